//! What stands of the catalogue and the registry, as far as an edition must know it: who said it, and from which edition it is.

use crate::event::Listing;
use crate::ledger::BATCH_ENTRIES_MAX;
use crate::state::{Flavor, State, by_day};
use crate::words::{Day, KindSet, PartialDate, ServiceId, Unit};
use std::collections::BTreeSet;

impl State {
    /// Lists the days of the editions of the registry that stand for some kinds of authorities: that of the one that has
    /// always held first, then the days of later changes; none before there was an edition.
    pub(super) fn editions(&self, kinds: KindSet) -> Vec<Day> {
        let of_kinds = self.authorities.iter().filter(|(authority, _)| kinds.contains(authority.kind()));
        let standing = of_kinds.flat_map(|(_, history)| &history.said).filter(|known| known.stands());
        let (mut first, mut later) = (BTreeSet::new(), BTreeSet::new());
        for known in standing.filter(|known| !matches!(known.what.said.how, Flavor::Dissolved { .. })) {
            match known.what.said.edition {
                Some(day) => first.insert(day),
                None => later.insert(known.what.day),
            };
        }
        let Some(earliest) = first.first().copied() else { return Vec::new() };
        first.into_iter().chain(later.into_iter().filter(|day| *day > earliest)).collect()
    }

    /// Tells whether an office itself has listed a service.
    pub(super) fn listed_by(&self, service: &ServiceId, office: &str) -> bool {
        let said = self.services.get(service).map_or(&[][..], |history| &history.said);
        let listed = said.iter().filter(|known| known.stands() && known.what.said.is_some());
        listed.into_iter().any(|known| self.office_of(known.entry) == Some(office))
    }

    /// Tells whether an office has begun to list the services of a unit with an edition that was recorded in several batches
    /// and broke off: all that it has said is of one day, and its last batch is full.
    pub(super) fn is_begun_listing(&self, unit: Unit, office: &str, on: Option<PartialDate>) -> bool {
        let of_unit = self.services.iter().filter(|(service, _)| service.unit() == unit);
        let standing = of_unit.flat_map(|(_, history)| &history.said).filter(|known| known.stands());
        let own: Vec<_> = standing.filter(|known| self.office_of(known.entry) == Some(office)).collect();
        let is_of_the_day = own.iter().all(|known| known.what.said.is_some() && known.what.on == on);
        let last = own.iter().map(|known| known.entry).max().filter(|_| is_of_the_day);
        let batch = last.and_then(|last| self.batch_of(last));
        batch.is_some_and(|batch| batch.size() == BATCH_ENTRIES_MAX)
    }

    /// Returns how a service was listed before an office took it out of the catalogue by a snapshot; none where it is
    /// listed on the day, or where somebody else delisted it.
    pub(super) fn listing_before_delisting(
        &self,
        service: &ServiceId,
        office: &str,
        day: Day,
    ) -> Option<Listing> {
        let said = &self.services.get(service)?.said;
        let mut standing = by_day(said, self.latest());
        standing.retain(|known| known.what.day <= day);
        let (last, before) = standing.split_last()?;
        if last.what.said.is_some() || self.office_of(last.entry) != Some(office) {
            return None;
        }
        before.iter().rev().find_map(|known| known.what.said.as_deref().cloned())
    }

    /// Returns the latest day from which an office described a service of a unit; none where it named no day.
    pub(super) fn latest_listing(&self, unit: Unit, office: &str) -> Option<Day> {
        let of_unit = self.services.iter().filter(|(service, _)| service.unit() == unit);
        let standing = of_unit.flat_map(|(_, history)| &history.said).filter(|known| known.stands());
        let dated = standing.filter(|known| known.what.day > Day::EVER);
        dated.filter(|known| self.office_of(known.entry) == Some(office)).map(|known| known.what.day).max()
    }
}
