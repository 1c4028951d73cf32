//! Look-ups: the descriptions of services, authorities, regions and lists, with their history.

use super::AsOf;
use crate::event::{Listing, Region, Registration, RegistrationChange, ServiceList};
use crate::state::{AuthorityNo, Dated, Flavor, Known, Registered, State, in_force};
use crate::words::{AuthorityId, Day, PartialDate, Position, ServiceId, Slug, Text};
use std::sync::Arc;

/// The history of a service in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceDescription {
    /// Which service.
    pub service: ServiceId,
    /// The statements of the catalogue about it, by day, including those that no longer stand.
    pub listings: Vec<Described<Option<Arc<Listing>>>>,
    /// The services that have ever named it as a parent, sorted.
    pub children: Vec<ServiceId>,
}

/// The history of an authority in the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityDescription {
    /// Which authority.
    pub authority: AuthorityId,
    /// The statements of the registry about it, by day, including those that no longer stand.
    pub registrations: Vec<Described<Registry>>,
    /// The authorities that have ever named it as a successor, sorted.
    pub predecessors: Vec<AuthorityId>,
}

/// A statement of the registry about an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registry {
    /// It exists, with this description.
    Listed(Registration),
    /// What is named changes.
    Changed(RegistrationChange),
    /// It no longer exists.
    Dissolved {
        /// Who takes over.
        successors: Vec<AuthorityId>,
        /// Whether they inherit what all their predecessors held.
        inherits: bool,
    },
}

/// A dated statement with the entry that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described<T> {
    /// Position of the entry.
    pub position: Position,
    /// The day as it was written; none means that it has always held.
    pub on: Option<PartialDate>,
    /// The day from which it counts.
    pub from: Day,
    /// The day from which the next standing statement counts; none where it still holds, or never stood long enough.
    pub until: Option<Day>,
    /// Whether the entry stands.
    pub stands: bool,
    /// What it says.
    pub what: T,
}

impl AsOf<'_> {
    /// Returns how the catalogue describes a service on a day, and since when; none where it is not listed.
    #[must_use]
    pub fn listing_on(&self, service: &ServiceId, day: Day) -> Option<(Day, Arc<Listing>)> {
        let steps = self.listing(self.state.services.number(service)?);
        let (since, listing) = steps.step_on(day)?;
        Some((*since, listing.clone()?))
    }

    /// Returns how the registry describes an authority on a day, and since when; none where it does not exist.
    #[must_use]
    pub fn registration_on(&self, authority: &AuthorityId, day: Day) -> Option<(Day, Registration)> {
        let steps = self.registration(self.state.authorities.number(authority)?);
        let (since, registration) = steps.step_on(day)?;
        Some((*since, registration.clone()?))
    }

    /// Returns what a region consists of on a day, and since when; none where it does not exist.
    #[must_use]
    pub fn region_on(&self, region: &Slug, day: Day) -> Option<(Day, Arc<Region>)> {
        let steps = self.region(region);
        let (since, region) = steps.step_on(day)?;
        Some((*since, region.clone()?))
    }

    /// Returns the services on a list on a day, and since when; none where it does not exist.
    #[must_use]
    pub fn list_on(&self, list: &Slug, day: Day) -> Option<(Day, Arc<ServiceList>)> {
        let steps = self.list(list);
        let (since, list) = steps.step_on(day)?;
        Some((*since, list.clone()?))
    }

    /// Lists the regions whose definitions stand, each with its newest name.
    #[must_use]
    pub fn regions(&self) -> Vec<(Slug, Text)> {
        let named = self.state.regions.iter().filter_map(|(region, history)| {
            let standing = history.iter().filter(|known| known.at(self.position));
            let newest = in_force(standing, Day::LAST)?;
            Some((region.clone(), newest.what.said.name.clone()))
        });
        named.collect()
    }
}

impl State {
    /// Lists the services that the catalogue has ever described, in the order in which they were first named.
    pub fn services(&self) -> impl Iterator<Item = &ServiceId> {
        self.services.iter().filter(|(_, history)| !history.said.is_empty()).map(|(service, _)| service)
    }

    /// Lists the authorities that the registry has ever described, in the order in which they were first named.
    pub fn authorities(&self) -> impl Iterator<Item = &AuthorityId> {
        self.authorities
            .iter()
            .filter(|(_, history)| !history.said.is_empty())
            .map(|(authority, _)| authority)
    }

    /// Lists the regions that were ever defined, in the order in which they were first named.
    pub fn regions(&self) -> impl Iterator<Item = &Slug> {
        self.regions.iter().map(|(region, _)| region)
    }

    /// Returns the history of a region; none where it was never defined.
    #[must_use]
    pub fn region_history(&self, region: &Slug) -> Option<Vec<Described<Arc<Region>>>> {
        Some(described(self.regions.get(region)?, Arc::clone))
    }

    /// Lists the lists of services that were ever defined, in the order in which they were first named.
    pub fn lists(&self) -> impl Iterator<Item = &Slug> {
        self.lists.iter().map(|(list, _)| list)
    }

    /// Returns the history of a list of services; none where it was never defined.
    #[must_use]
    pub fn list_history(&self, list: &Slug) -> Option<Vec<Described<Arc<ServiceList>>>> {
        Some(described(self.lists.get(list)?, Arc::clone))
    }

    /// Returns the history of a service in the catalogue; none where it was never described.
    #[must_use]
    pub fn service(&self, service: &ServiceId) -> Option<ServiceDescription> {
        let history = self.services.get(service).filter(|history| !history.said.is_empty())?;
        let listings = described(&history.said, Option::clone);
        let mut children: Vec<ServiceId> =
            history.children.iter().filter_map(|child| self.services.key(*child).cloned()).collect();
        children.sort_unstable();
        Some(ServiceDescription { service: service.clone(), listings, children })
    }

    /// Returns the history of an authority in the registry; none where it was never described.
    #[must_use]
    pub fn authority(&self, authority: &AuthorityId) -> Option<AuthorityDescription> {
        let history = self.authorities.get(authority).filter(|history| !history.said.is_empty())?;
        let named = |numbers: &[AuthorityNo]| {
            let mut ids: Vec<AuthorityId> =
                numbers.iter().filter_map(|number| self.authorities.key(*number).cloned()).collect();
            ids.sort_unstable();
            ids
        };
        let registrations = described(&history.said, |said: &Registered| match &said.how {
            Flavor::Listed(registration) => Registry::Listed(registration.clone()),
            Flavor::Changed(change) => Registry::Changed(change.clone()),
            Flavor::Dissolved { successors, inherits } => {
                Registry::Dissolved { successors: named(successors), inherits: *inherits }
            }
        });
        let predecessors = named(&history.predecessors);
        Some(AuthorityDescription { authority: authority.clone(), registrations, predecessors })
    }
}

/// Sorts statements by day and gives each its end; an entry that stood twice is listed once.
fn described<S, T>(said: &[Known<Dated<S>>], read: impl Fn(&S) -> T) -> Vec<Described<T>> {
    let mut all: Vec<Described<T>> = Vec::new();
    for known in said {
        let stands = known.stands();
        if let Some(same) = all.iter_mut().find(|described| described.position == known.entry) {
            same.stands |= stands;
            continue;
        }
        let (from, on, what) = (known.what.day, known.what.on, read(&known.what.said));
        all.push(Described { position: known.entry, on, from, until: None, stands, what });
    }
    all.sort_by_key(|described| (described.from, described.position));
    let starts: Vec<Day> =
        all.iter().filter(|described| described.stands).map(|described| described.from).collect();
    for described in all.iter_mut().filter(|described| described.stands) {
        described.until = starts.iter().find(|start| **start > described.from).copied();
    }
    all
}
