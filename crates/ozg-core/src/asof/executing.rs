//! Which authorities execute a service, and which authorities exist: what a statement about a place rests on (rule 10).

use super::AsOf;
use super::entries::called;
use crate::event::Listing;
use crate::state::{AuthorityNo, Flavor, ServiceNo};
use crate::words::{AuthorityId, Day, KindSet, ServiceId, Text};
use std::sync::Arc;

impl AsOf<'_> {
    /// Returns the kinds that execute a service on a day: those of the listing in force; where none is, those of the next one,
    /// else of the last one before. Empty kinds are all.
    pub(crate) fn executing(self, service: ServiceNo, day: Day) -> KindSet {
        if let Some(in_force) = self.in_force(service, day) {
            return in_force.executed_by;
        }
        let steps = self.listing(service);
        let kinds = |(_, listing): &(Day, Option<Arc<Listing>>)| listing.as_ref().map(|one| one.executed_by);
        let next = steps.iter().filter(|(from, _)| *from > day).find_map(kinds);
        let last = || steps.iter().filter(|(from, _)| *from <= day).filter_map(kinds).last();
        next.or_else(last).unwrap_or_default()
    }

    /// Lists the authorities of other kinds that stand for the place of one and exist or existed.
    pub(crate) fn sisters_of(
        self,
        authority: &AuthorityId,
        kinds: KindSet,
        is_known: impl Fn(&AuthorityId) -> bool,
    ) -> Vec<AuthorityId> {
        kinds.iter().flat_map(|kind| authority.sisters(kind)).filter(is_known).collect()
    }

    /// Tells whether an authority is registered, for whatever days.
    pub(crate) fn is_known(self, authority: &AuthorityId) -> bool {
        self.state.authorities.get(authority).is_some_and(|history| {
            let mut standing = history.said.iter().filter(|known| known.at(self.position));
            standing.any(|known| matches!(known.what.said.how, Flavor::Listed(_)))
        })
    }

    /// Tells whether a service is in the catalogue, for whatever days.
    pub(crate) fn is_listed(self, service: &ServiceId) -> bool {
        self.state.services.get(service).is_some_and(|history| {
            history.said.iter().any(|known| known.at(self.position) && known.what.said.is_some())
        })
    }

    /// Returns the name of an authority on a day, else its last one before, else its first.
    pub(crate) fn name_of(self, authority: &AuthorityId, day: Day) -> Option<Text> {
        let steps = self.registration(self.state.authorities.number(authority)?);
        called(&steps, day, |registration| registration.name.clone())
    }

    /// Names an authority for a message: `ags:12054000 (Potsdam, Stadt)`.
    pub(crate) fn named(self, authority: &AuthorityId, day: Day) -> String {
        self.name_of(authority, day)
            .map_or_else(|| authority.to_string(), |name| format!("{authority} ({name})"))
    }

    /// Lists the ids of authorities.
    pub(crate) fn ids_of(self, numbers: &[AuthorityNo]) -> Vec<AuthorityId> {
        let mut ids: Vec<AuthorityId> =
            numbers.iter().filter_map(|one| self.state.authorities.key(*one).cloned()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
