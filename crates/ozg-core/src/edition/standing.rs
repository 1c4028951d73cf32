//! What stands of the catalogue and the registry, as far as an edition must know it: who said it, and from which edition it is.

use crate::event::Listing;
use crate::state::{State, by_day};
use crate::words::{Day, KindSet, ServiceId};
use std::collections::BTreeSet;

impl State {
    /// Lists the days of the first registers of some kinds of authorities that stand: their authorities have always existed,
    /// and the day stands beside them.
    pub(super) fn first_registers(&self, kinds: KindSet) -> BTreeSet<Day> {
        let of_kinds = self.authorities.iter().filter(|(authority, _)| kinds.contains(authority.kind()));
        let standing = of_kinds.flat_map(|(_, history)| &history.said).filter(|known| known.stands());
        standing.filter_map(|known| known.what.said.edition).collect()
    }

    /// Tells whether an office itself has listed a service.
    pub(super) fn listed_by(&self, service: &ServiceId, office: &str) -> bool {
        let said = self.services.get(service).map_or(&[][..], |history| &history.said);
        let listed = said.iter().filter(|known| known.stands() && known.what.said.is_some());
        listed.into_iter().any(|known| self.office_of(known.entry) == Some(office))
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
}
