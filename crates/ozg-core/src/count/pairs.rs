//! The lowest level of the projection: the places that hold stages of a service, with the counts that follow, and the
//! authorities at which any service is live.

use super::project::{Projection, changes};
use super::{rules, stored};
use crate::state::{ActiveKey, AuthorityNo, CellId, Count, ServiceNo, Slot};
use crate::steps::{Net, Steps};
use crate::words::{Area, Day, KindSet, StageSet, Topic, TopicSet, Unit};

impl Projection<'_> {
    /// Reuses by stage, and the counts above them.
    pub(crate) fn pairs(&mut self, slots: &[(ServiceNo, Area, Slot)]) {
        let mut active: Vec<(AuthorityNo, Active)> = Vec::new();
        for of_service in slots.chunk_by(|left, right| left.0 == right.0) {
            let service = of_service[0].0;
            let unit = self.state.unit_of(service);
            let topics = self.both(|at| at.topics(service));
            let kinds = self.both(|at| at.executed_by(service));
            for (_, area, slot) in of_service {
                let stages = self.both(|at| at.pair(service, *area, *slot));
                self.held((*area, unit), &stages, &topics);
                if let Some(authority) = slot.authority() {
                    self.emit((*area, unit), stages.each_ref(), topics.each_ref(), put_pairs);
                    self.outside((*area, unit), authority, &stages, &kinds, &topics);
                    gather_active(&mut active, authority, unit, &stages, &topics);
                }
                self.count((service, *area, *slot), &stages, &kinds);
            }
        }
        active.sort_unstable_by_key(|(authority, (key, day, _))| (*authority, *key, *day));
        for of_authority in active.chunk_by(|left, right| left.0 == right.0) {
            self.active(of_authority[0].0, of_authority);
        }
    }

    /// Places that hold any stage while the service is listed.
    fn held(
        &mut self,
        (area, unit): (Area, Unit),
        stages: &[Steps<StageSet>; 2],
        topics: &[Steps<TopicSet>; 2],
    ) {
        let held = [0, 1].map(|index| {
            stages[index].zip(&topics[index], |stages, topics| !stages.is_empty() && !topics.is_empty())
        });
        let cell = CellId::new(Count::Held, area, None, unit, 0);
        for (held, sign) in held.iter().zip([-1, 1]) {
            changes(held, |day, up| self.out.add(cell, day, up * sign));
        }
    }

    /// Reuses by an authority of a kind that does not execute the service on the day.
    fn outside(
        &mut self,
        about: (Area, Unit),
        authority: AuthorityNo,
        stages: &[Steps<StageSet>; 2],
        kinds: &[Steps<KindSet>; 2],
        topics: &[Steps<TopicSet>; 2],
    ) {
        let Some(kind) = self.state.authorities.key(authority).map(|id| id.kind()) else { return };
        let outside = [0, 1]
            .map(|index| stages[index].zip(&kinds[index], |held, kinds| rules::outside(*held, *kinds, kind)));
        self.emit(about, outside.each_ref(), topics.each_ref(), |held, put| {
            for (pairs, _) in stored::STORED_PAIRS.iter() {
                (pairs.stages)(*held).iter().for_each(|stage| put(pairs.outside, stage.index()));
            }
        });
    }

    fn count(
        &mut self,
        (service, area, slot): (ServiceNo, Area, Slot),
        stages: &[Steps<StageSet>; 2],
        kinds: &[Steps<KindSet>; 2],
    ) {
        let kind =
            slot.authority().and_then(|authority| self.state.authorities.key(authority)).map(|id| id.kind());
        let available =
            stages.each_ref().map(|stages| stages.map(|stages| stages.meets(StageSet::AVAILABLE)));
        let live = [0, 1].map(|index| match kind {
            Some(kind) => {
                stages[index].zip(&kinds[index], |stages, kinds| rules::is_live(*stages, *kinds, kind))
            }
            None => Steps::default(),
        });
        // What is rolled out in Germany is launched in the Länder, whether or not it was available there before.
        if area != Area::DE && available[0] == available[1] && live[0] == live[1] {
            return;
        }
        let counts = self.levels.in_area_mut(service, area);
        for (index, sign) in [(0, -1), (1, 1)] {
            changes(&available[index], |day, up| counts.available.add(day, up * sign));
            changes(&live[index], |day, up| counts.live.add(day, up * sign));
        }
        self.counts_changed.insert((service, area));
    }

    /// Authorities at which anything is live.
    fn active(&mut self, authority: AuthorityNo, changed: &[(AuthorityNo, Active)]) {
        let area = self.state.authorities.key(authority).map_or(Area::DE, crate::words::AuthorityId::area);
        let nets = self.levels.of_authority_mut(authority);
        for of_key in changed.chunk_by(|(_, left), (_, right)| left.0 == right.0) {
            let key = of_key[0].1.0;
            let index = match nets.binary_search_by_key(&key, |(known, _)| *known) {
                Ok(index) => index,
                Err(index) => {
                    nets.insert(index, (key, Net::default()));
                    index
                }
            };
            let net = &mut nets[index].1;
            let before = net.above_zero();
            of_key.iter().for_each(|(_, (_, day, change))| net.add(*day, *change));
            let cell = CellId::new(Count::AuthoritiesActive, area, key.1, key.0, 0);
            changes(&before, |day, up| self.out.add(cell, day, -up));
            changes(&net.above_zero(), |day, up| self.out.add(cell, day, up));
            if net.is_empty() {
                nets.remove(index);
            }
        }
    }
}

fn put_pairs(held: &StageSet, put: &mut dyn FnMut(Count, usize)) {
    for (pairs, count) in stored::STORED_PAIRS.iter() {
        (pairs.stages)(*held).iter().for_each(|stage| put(*count, stage.index()));
    }
}

/// A change of how many services are live at an authority.
type Active = (ActiveKey, Day, i32);

fn gather_active(
    out: &mut Vec<(AuthorityNo, Active)>,
    authority: AuthorityNo,
    unit: Unit,
    stages: &[Steps<StageSet>; 2],
    topics: &[Steps<TopicSet>; 2],
) {
    let live = [0, 1].map(|index| {
        stages[index].zip(&topics[index], |stages, topics| {
            if rules::is_active(*stages) { *topics } else { TopicSet::default() }
        })
    });
    if live[0] == live[1] {
        return;
    }
    for (live, sign) in live.iter().zip([-1, 1]) {
        let mut last = TopicSet::default();
        let mut put =
            |topic: Option<Topic>, day: Day, change: i32| out.push((authority, ((unit, topic), day, change)));
        for (day, now) in live.iter() {
            if last.is_empty() != now.is_empty() {
                put(None, *day, if now.is_empty() { -sign } else { sign });
            }
            last.iter().for_each(|topic| put(Some(topic), *day, -sign));
            now.iter().for_each(|topic| put(Some(topic), *day, sign));
            last = *now;
        }
    }
}
