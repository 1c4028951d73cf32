//! Timelines of single things, as of a position: pure, total functions of the statements that stand then.

use super::AsOf;
use super::ever::INHERITANCE_DEPTH_MAX;
use crate::event::{Listing, Region, Registration, ServiceList};
use crate::state::{AuthorityNo, Flavor, ServiceNo, Slot, What, by_day, in_force, steps};
use crate::steps::Steps;
use crate::words::{Area, Day, KindSet, Level, Model, Place, Slug, Stage, StageSet, Text, TopicSet};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

impl<'a> AsOf<'a> {
    /// Returns how the catalogue describes a service; none while it is not listed.
    pub(crate) fn listing(self, service: ServiceNo) -> Steps<Option<Arc<Listing>>> {
        let said = self.state.services.value(service).map_or(&[][..], |history| &history.said);
        steps(said, self.position, Option::clone)
    }

    /// Returns how the catalogue describes a service on a day.
    pub(crate) fn in_force(self, service: ServiceNo, day: Day) -> Option<&'a Listing> {
        let said = &self.state.services.value(service)?.said;
        in_force(said.iter().filter(|known| known.at(self.position)), day)?.what.said.as_deref()
    }

    /// Returns the topics of a service; empty while it is not listed, `ohne_themenfeld` where it has none.
    pub(crate) fn topics(self, service: ServiceNo) -> Steps<TopicSet> {
        self.listing(service).map(|listing| {
            listing.as_ref().map_or_else(TopicSet::default, |listing| listing.topics.or_none())
        })
    }

    /// Returns the kinds of authorities that execute a service; empty while it is not listed or names none.
    pub(crate) fn executed_by(self, service: ServiceNo) -> Steps<KindSet> {
        self.listing(service)
            .map(|listing| listing.as_ref().map_or_else(KindSet::default, |listing| listing.executed_by))
    }

    /// Returns when a service is listed and names another as its parent.
    pub(crate) fn linked(self, child: ServiceNo, parent: ServiceNo) -> Steps<bool> {
        let Some(parent) = self.state.services.key(parent) else { return Steps::default() };
        self.listing(child)
            .map(|listing| listing.as_ref().is_some_and(|listing| listing.parents.contains(parent)))
    }

    /// Returns how the registry describes an authority; none while it does not exist.
    pub(crate) fn registration(self, authority: AuthorityNo) -> Steps<Option<Registration>> {
        let said = self.state.authorities.value(authority).map_or(&[][..], |history| &history.said);
        let mut steps = Steps::default();
        let mut current: Option<Registration> = None;
        for known in by_day(said, self.position) {
            match &known.what.said.how {
                Flavor::Listed(registration) => current = Some(registration.clone()),
                Flavor::Dissolved { .. } => current = None,
                Flavor::Changed(change) => {
                    if let Some(registration) = &mut current {
                        registration.name = change.name.clone().unwrap_or_else(|| registration.name.clone());
                        registration.ars = change.ars.clone().or_else(|| registration.ars.clone());
                        registration.population = change.population.or(registration.population);
                    }
                }
            }
            steps.push(known.what.day, current.clone());
        }
        steps
    }

    /// Returns what a region consists of; none while it does not exist.
    pub(crate) fn region(self, region: &Slug) -> Steps<Option<Arc<Region>>> {
        // A Kreis that is asked about is the region of that one Kreis (rule 21d).
        if region.as_str().contains(':')
            && let (Ok(kreis), Ok(name)) = (Place::read(region.as_str()), Text::read(region.as_str()))
        {
            return Steps::always(Some(Arc::new(Region { name, members: vec![kreis] })));
        }
        let history = self.state.regions.get(region).map_or(&[][..], Vec::as_slice);
        steps(history, self.position, |region| {
            Some(Arc::clone(region)).filter(|region| !region.members.is_empty())
        })
    }

    /// Returns the services on a list; none while it does not exist.
    pub(crate) fn list(self, list: &Slug) -> Steps<Option<Arc<ServiceList>>> {
        let history = self.state.lists.get(list).map_or(&[][..], Vec::as_slice);
        steps(history, self.position, |list| Some(Arc::clone(list)).filter(|list| !list.services.is_empty()))
    }

    /// Returns when an authority exists.
    pub(crate) fn registered(self, authority: AuthorityNo) -> Steps<bool> {
        let said = self.state.authorities.value(authority).map_or(&[][..], |history| &history.said);
        let mut steps = Steps::default();
        for known in by_day(said, self.position) {
            match known.what.said.how {
                Flavor::Listed(_) => steps.push(known.what.day, true),
                Flavor::Dissolved { .. } => steps.push(known.what.day, false),
                Flavor::Changed(_) => {}
            }
        }
        steps
    }

    /// Returns the stages that a service holds at a place, whether or not the authority exists and the service is listed.
    pub(crate) fn stages(self, service: ServiceNo, area: Area, slot: Slot) -> Steps<StageSet> {
        self.stages_to_depth(service, area, slot, INHERITANCE_DEPTH_MAX)
    }

    fn stages_to_depth(self, service: ServiceNo, area: Area, slot: Slot, depth: usize) -> Steps<StageSet> {
        let mut changes: Vec<(Day, Stage, Change)> = Vec::new();
        for known in self.state.said_at(service, area, slot).iter().filter(|known| known.at(self.position)) {
            match known.what.what() {
                What::Reached(stage) => changes.push((known.what.day, stage, Change::Reached)),
                What::Ended(stage) => changes.push((known.what.day, stage, Change::Ended)),
                What::Observed(stage) => changes.push((known.what.day, stage, Change::Found)),
                What::Level(_) => {}
            }
        }
        if let Some(authority) = slot.authority().filter(|_| self.state.inheriting) {
            for (day, stages) in self.inherited(service, authority, depth) {
                changes.extend(stages.iter().map(|stage| (day, stage, Change::Found)));
            }
        }
        changes.sort_unstable();
        let mut steps = Steps::default();
        let mut held = StageSet::default();
        for of_day in changes.chunk_by(|left, right| left.0 == right.0) {
            for of_stage in of_day.chunk_by(|left, right| left.1 == right.1) {
                held.set(of_stage[0].1, holds_after(held.contains(of_stage[0].1), of_stage));
            }
            steps.push(of_day[0].0, held);
        }
        steps
    }

    /// Lists the days on which an authority takes over a stage.
    pub(crate) fn inherits_on(self, service: ServiceNo, authority: AuthorityNo, stage: Stage) -> Vec<Day> {
        let inherited = self.takes_over(service, authority);
        inherited.into_iter().filter(|(_, stages)| stages.contains(stage)).map(|(day, _)| day).collect()
    }

    /// Returns the stages that an authority takes over, each with the day on which it does.
    pub(crate) fn takes_over(self, service: ServiceNo, authority: AuthorityNo) -> Vec<(Day, StageSet)> {
        self.inherited(service, authority, INHERITANCE_DEPTH_MAX)
    }

    /// Returns the stages that an authority takes over, by the day on which its predecessors are dissolved. It takes over a
    /// stage if all predecessors that are dissolved on that day held it on the day before.
    fn inherited(self, service: ServiceNo, authority: AuthorityNo, depth: usize) -> Vec<(Day, StageSet)> {
        let Some(history) = self.state.authorities.value(authority) else { return Vec::new() };
        if history.predecessors.is_empty() || depth == 0 {
            return Vec::new();
        }
        let mut inherited: Vec<(Day, StageSet)> = Vec::new();
        for predecessor in history.predecessors.iter().copied() {
            let Some(said) = self.state.authorities.value(predecessor).map(|history| &history.said) else {
                continue;
            };
            let area =
                self.state.authorities.key(predecessor).map_or(Area::DE, crate::words::AuthorityId::area);
            for known in said.iter().filter(|known| known.at(self.position)) {
                let Flavor::Dissolved { successors, inherits: true } = &known.what.said.how else { continue };
                if !successors.contains(&authority) {
                    continue;
                }
                let day = known.what.day;
                let slot = Slot::of_authority(predecessor);
                let held = self.stages_to_depth(service, area, slot, depth - 1).on(day.before());
                match inherited.iter_mut().find(|(known, _)| *known == day) {
                    Some((_, stages)) => *stages = stages.both(held),
                    None => inherited.push((day, held)),
                }
            }
        }
        inherited.retain(|(_, stages)| !stages.is_empty());
        inherited
    }

    /// Returns the stages that a service holds at a place while that place exists.
    pub(crate) fn pair(self, service: ServiceNo, area: Area, slot: Slot) -> Steps<StageSet> {
        let stages = self.stages(service, area, slot);
        match slot.authority() {
            None => stages,
            Some(_) if stages.is_empty() => stages,
            Some(authority) => {
                stages.zip(
                    &self.registered(authority),
                    |stages, exists| {
                        if *exists { *stages } else { StageSet::default() }
                    },
                )
            }
        }
    }

    /// Returns whether a milestone of an area itself holds.
    pub(crate) fn area_holds(self, service: ServiceNo, area: Area, stage: Stage) -> Steps<bool> {
        self.stages(service, area, Slot::AREA).map(|stages| stages.contains(stage))
    }

    /// Returns the level of maturity in a model that a service has for a place.
    pub(crate) fn level(
        self,
        service: ServiceNo,
        area: Area,
        slot: Slot,
        model: Model,
    ) -> Steps<Option<Level>> {
        let said = self.state.said_at(service, area, slot);
        let mut levels: Vec<(Day, Level)> = said
            .iter()
            .filter(|known| known.at(self.position))
            .filter_map(|known| match known.what.what() {
                What::Level(level) if level.model() == model => Some((known.what.day, level)),
                What::Level(_) | What::Reached(_) | What::Ended(_) | What::Observed(_) => None,
            })
            .collect();
        levels.sort();
        let mut steps = Steps::default();
        levels.into_iter().for_each(|(day, level)| steps.push(day, Some(level)));
        steps
    }

    /// Lists the authorities that take over when one is dissolved, as of a position, whether or not they inherit.
    pub(crate) fn succession(self, authority: AuthorityNo) -> Vec<AuthorityNo> {
        let said = self.state.authorities.value(authority).map_or(&[][..], |history| &history.said);
        let known = said.iter().filter(|known| known.at(self.position));
        let dissolved = known.filter_map(|known| match &known.what.said.how {
            Flavor::Dissolved { successors, .. } => Some(successors),
            Flavor::Listed(_) | Flavor::Changed(_) => None,
        });
        dissolved.flatten().copied().collect()
    }

    /// Lists the authorities that inherit from one as of a position, directly or through others.
    pub(crate) fn heirs(self, authority: AuthorityNo) -> BTreeSet<AuthorityNo> {
        let mut heirs = BTreeSet::new();
        let mut next = vec![authority];
        while let Some(from) = next.pop().filter(|_| self.state.inheriting) {
            let said = self.state.authorities.value(from).map_or(&[][..], |history| &history.said);
            for known in said.iter().filter(|known| known.at(self.position)) {
                if let Flavor::Dissolved { successors, inherits: true } = &known.what.said.how {
                    next.extend(successors.iter().filter(|heir| heirs.insert(**heir)));
                }
            }
        }
        heirs
    }

    /// Lists the authorities that one takes over from, as of a position, whether or not it inherits.
    pub(crate) fn precession(self, authority: AuthorityNo) -> Vec<AuthorityNo> {
        let named = self.state.authorities.value(authority).map_or(&[][..], |history| &history.predecessors);
        let named = named.iter().copied();
        named.filter(|number| self.succession(*number).contains(&authority)).collect()
    }
}

/// What happens to a stage on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Reached,
    Ended,
    /// Taken over from predecessors, or observed. If the stage is also reached on the same day, both are one event.
    Found,
}

/// Tells whether a stage is held after what happened to it on one day. Statements of one day come in the order that
/// alternates, so only their balance counts (rule 1).
fn holds_after(before: bool, of_day: &[(Day, Stage, Change)]) -> bool {
    let count = |change: Change| of_day.iter().filter(|(.., other)| *other == change).count();
    let reached = count(Change::Reached).max(count(Change::Found).min(1));
    match reached.cmp(&count(Change::Ended)) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => before,
    }
}
