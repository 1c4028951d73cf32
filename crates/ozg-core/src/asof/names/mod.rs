//! Names in the place of keys: authorities, services, regions and lists by name, entries by position. A name leads to one key,
//! or is refused with all keys that it may mean. The log holds the key: `Landkreis Barnim` is recorded as `kreis:12060`.

mod by_key;
mod called;
mod entries;
mod forms;
mod index;
mod look_up;
mod search;
mod settle;
mod told;

pub use look_up::{Lookup, Meant, NAMED_MAX};
pub use search::Sought;
pub use settle::ReadAs;

use super::AsOf;
use crate::event::{Body, Matter};
use crate::held::Held;
use crate::state::State;
use crate::steps::Steps;
use crate::words::{AuthorityId, Day, KindSet, Position, ServiceId, Slug, Text};
use forms::Form;
use index::Index;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of everything that has one.
#[derive(Debug, Clone, Default)]
pub struct Names {
    authorities: Index<AuthorityId>,
    services: Index<ServiceId>,
    regions: Index<Slug>,
    lists: Index<Slug>,
}

impl AsOf<'_> {
    /// Gathers the names that were ever borne, as they stand.
    #[must_use]
    pub fn names(self) -> Names {
        let (state, mut names) = (self.state, Names::default());
        for (number, authority, _) in state.authorities.numbered() {
            let said = self.registration(number).map(|said| said.as_ref().map(|said| said.name.clone()));
            spans(&said, |name, span| names.authorities.add(authority, name, Form::of(name), span));
        }
        for (number, service, _) in state.services.numbered() {
            let said = self.listing(number).map(|said| said.as_ref().map(|said| said.name.clone()));
            spans(&said, |name, span| names.services.add(service, name, Form::whole(name), span));
        }
        for region in state.regions() {
            let said = self.region(region).map(|said| said.as_ref().map(|said| said.name.clone()));
            spans(&said, |name, span| names.regions.add(region, name, Form::of_region(name), span));
        }
        for list in state.lists() {
            let said = self.list(list).map(|said| said.as_ref().map(|said| said.name.clone()));
            spans(&said, |name, span| names.lists.add(list, name, Form::whole(name), span));
        }
        names
    }
}

/// Passes each name with the days from which and until which it holds.
fn spans(names: &Steps<Option<Text>>, mut take: impl FnMut(&str, (Day, Day))) {
    let starts = names.iter().skip(1).map(|(day, _)| *day).chain([Day::LAST]);
    for ((from, name), until) in names.iter().zip(starts) {
        if let Some(name) = name {
            take(name.as_str(), (*from, until));
        }
    }
}

/// What a batch itself says of names, and of the kinds that execute its services.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    names: Names,
    kinds: BTreeMap<ServiceId, BTreeMap<Day, KindSet>>,
    registered: BTreeMap<AuthorityId, String>,
}

impl Own {
    /// Takes the names that a statement gives.
    fn add(&mut self, body: &Body, today: Day) {
        let from = body.on().map_or(Day::EVER, |on| on.counts_from(today));
        let span = (from, Day::LAST);
        let name = body.text().map(Text::as_str);
        match body.matter() {
            Matter::Service(service, listing) => {
                name.into_iter().for_each(|name| {
                    self.names.services.add(service, name, Form::whole(name), span);
                });
                if let Some(listing) = listing {
                    self.kinds.entry(service.clone()).or_default().insert(from, listing.executed_by);
                }
            }
            Matter::Authority(authority, registration, _) => {
                if let Some(registration) = registration {
                    self.registered.insert(authority.clone(), registration.name.to_string());
                }
                name.into_iter().for_each(|name| {
                    self.names.authorities.add(authority, name, Form::of(name), span);
                });
            }
            Matter::Region(region, _) => name.into_iter().for_each(|name| {
                self.names.regions.add(region, name, Form::of_region(name), span);
            }),
            Matter::List(list, _) => name.into_iter().for_each(|name| {
                self.names.lists.add(list, name, Form::whole(name), span);
            }),
            Matter::Milestone(_)
            | Matter::Maturity(_)
            | Matter::Report(_)
            | Matter::Figure(_)
            | Matter::Plan(_)
            | Matter::Target(_)
            | Matter::Assessment(_)
            | Matter::Register(_)
            | Matter::Objection(_)
            | Matter::Entry => {}
        }
    }
}

/// The names of the newest state that was asked for, gathered once for as long as nothing describes anything anew.
#[derive(Debug, Default)]
pub struct KeptNames(Held<Option<(Position, Arc<Names>)>>);

impl KeptNames {
    /// Returns the names as they stand in a state.
    #[must_use]
    pub fn of(&self, state: &State) -> Arc<Names> {
        let mut kept = self.0.hold();
        if let Some((position, names)) =
            kept.as_mut().filter(|(position, _)| state.names_stand_since(*position))
        {
            *position = state.head();
            return Arc::clone(names);
        }
        let names = Arc::new(state.now().names());
        *kept = Some((state.head(), Arc::clone(&names)));
        names
    }
}

impl State {
    /// Tells whether nothing was described, and no description corrected or withdrawn, behind a position.
    fn names_stand_since(&self, position: Position) -> bool {
        let describes = |entry: Position| self.entry(entry).is_some_and(|mark| mark.event_type.describes());
        let acts_on = |entry: Position| self.entry(entry).map_or(Position::START, |mark| mark.acts_on);
        let mut since = position.up_to(self.head());
        position <= self.head() && !since.any(|entry| describes(entry) || describes(acts_on(entry)))
    }
}
