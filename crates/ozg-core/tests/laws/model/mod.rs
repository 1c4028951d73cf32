//! The oracle: a list of all entries that is scanned anew for every question. It knows nothing of differences, cells,
//! histories or timelines; each measure is written down as its definition reads.

mod begun;
mod claims;
mod complete;
mod counted;
mod plans;
mod regions;

pub(crate) use claims::{Asked, Shown};
pub(crate) use counted::OnDay;

use ozg_core::event::{Body, Dissolution, Event, Listing, Milestone, Registration};
use ozg_core::words::{
    Area, AuthorityId, Day, Level, Model as MaturityModel, PartialDate, Place, Position, ServiceId, Stage,
    Topic, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the log.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) position: Position,
    pub(crate) recorded: Day,
    pub(crate) office: String,
    pub(crate) event: Event,
}

/// The whole log, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub(crate) entries: Vec<Entry>,
}

/// What a line of an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct About {
    pub(crate) place: Place,
    pub(crate) topic: Option<Topic>,
    pub(crate) service: Option<ServiceId>,
    pub(crate) stage: Option<Stage>,
    pub(crate) level: Option<Level>,
    pub(crate) unit: Option<Unit>,
}

/// A value with what stands below the line and beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) value: i64,
    pub(crate) below: Option<i64>,
    pub(crate) partial: bool,
    pub(crate) first_edition: bool,
}

impl Model {
    pub(crate) fn push(&mut self, event: Event, recorded: Day, office: &str) {
        let position = Position::of_count(self.entries.len() + 1);
        self.entries.push(Entry { position, recorded, office: office.to_owned(), event });
    }

    fn position_of(&self, id: uuid::Uuid) -> Option<Position> {
        self.entries.iter().find(|entry| entry.event.id == id).map(|entry| entry.position)
    }

    /// Returns the position of the entry that an entry replaces or withdraws.
    pub(crate) fn acts_on(&self, entry: &Entry) -> Option<Position> {
        match entry.event.body {
            Body::EntryWithdrawn(target) => self.position_of(target),
            _ => entry.event.replaces.and_then(|target| self.position_of(target)),
        }
    }

    /// Rule 2, literally: an entry stands as of p unless an entry ≤ p replaced or withdrew it and was not itself
    /// withdrawn ≤ p.
    pub(crate) fn world(&self, position: Position) -> World {
        let known: Vec<&Entry> = self.entries.iter().filter(|entry| entry.position <= position).collect();
        let acts: Vec<(Position, Position, bool)> = known
            .iter()
            .filter_map(|entry| {
                let withdraws = matches!(entry.event.body, Body::EntryWithdrawn(_));
                Some((entry.position, self.acts_on(entry)?, withdraws))
            })
            .collect();
        let withdrawn = |of: Position| acts.iter().any(|(_, target, withdraws)| *target == of && *withdraws);
        let stands =
            |of: Position| !acts.iter().any(|(actor, target, _)| *target == of && !withdrawn(*actor));
        let standing = known.into_iter().filter(|entry| stands(entry.position)).cloned().collect();
        World::of(standing)
    }
}

/// Returns the day from which a date counts: its last day or, if earlier, the day it was recorded.
pub(crate) fn counts(on: PartialDate, recorded: Day) -> Day {
    match on {
        PartialDate::Day(day) => day,
        partial => partial.last().min(recorded),
    }
}

/// Everything that stands as of a position.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) entries: Vec<Entry>,
    pub(crate) services: Vec<ServiceId>,
    pub(crate) places: Vec<Place>,
    ever_registered: BTreeSet<AuthorityId>,
    /// What was said of each milestone: the day, and whether it was reached.
    milestones: BTreeMap<Milestone, Vec<(Day, bool)>>,
    /// When a milestone was observed: it holds then, and began then or earlier.
    observed: BTreeMap<Milestone, Vec<Day>>,
    /// Who was dissolved, inheriting, in favour of an authority: `(day, predecessor)`.
    predecessors: BTreeMap<AuthorityId, Vec<(Day, AuthorityId)>>,
    /// Found on first use.
    begun: std::cell::OnceCell<begun::Begun>,
}

impl World {
    fn of(entries: Vec<Entry>) -> World {
        let mut services: BTreeSet<ServiceId> = BTreeSet::new();
        let mut places: BTreeSet<Place> = Area::all().map(Place::Area).collect();
        let mut registered_on = BTreeSet::new();
        let mut milestones: BTreeMap<Milestone, Vec<(Day, bool)>> = BTreeMap::new();
        let mut predecessors: BTreeMap<AuthorityId, Vec<(Day, AuthorityId)>> = BTreeMap::new();
        let mut observed: BTreeMap<Milestone, Vec<Day>> = BTreeMap::new();
        for entry in &entries {
            services.extend(entry.event.body.service().cloned());
            places.extend(entry.event.body.place());
            let mut say = |about: &Milestone, on: PartialDate, reached: bool| {
                milestones.entry(about.clone()).or_default().push((counts(on, entry.recorded), reached));
            };
            match &entry.event.body {
                Body::MilestoneReached(about, on) => say(about, *on, true),
                Body::MilestoneEnded(about, on) => say(about, *on, false),
                Body::MilestoneObserved(about, on) => {
                    milestones.entry(about.clone()).or_default();
                    observed.entry(about.clone()).or_default().push(counts(*on, entry.recorded));
                }
                Body::AuthorityListed(id, _, on) => {
                    let day = on.map_or(Day::EVER, |on| counts(on, entry.recorded));
                    registered_on.insert((id.clone(), day));
                }
                Body::AuthorityDissolved(Dissolution { authority, successors, inherits: true, on }) => {
                    for successor in successors {
                        let known = predecessors.entry(successor.clone()).or_default();
                        known.push((counts(*on, entry.recorded), authority.clone()));
                    }
                }
                _ => {}
            }
        }
        let (services, places) = (services.into_iter().collect(), places.into_iter().collect());
        let ever_registered = BTreeSet::new();
        let mut world = World {
            entries,
            services,
            places,
            ever_registered,
            milestones,
            observed,
            predecessors,
            begun: std::cell::OnceCell::new(),
        };
        // Who is dissolved on the day on which it is registered never exists.
        let exists = |(id, day): &(AuthorityId, Day)| world.registration(id, *day).is_some();
        world.ever_registered = registered_on.into_iter().filter(exists).map(|(id, _)| id).collect();
        world
    }

    /// Lists what was said of a milestone: the day, and whether it was reached.
    pub(crate) fn milestone(&self, milestone: &Milestone) -> Vec<(Day, bool)> {
        self.milestones.get(milestone).cloned().unwrap_or_default()
    }

    /// Lists the days on which a milestone was observed.
    pub(crate) fn observed(&self, milestone: &Milestone) -> Vec<Day> {
        self.observed.get(milestone).cloned().unwrap_or_default()
    }

    /// Lists all milestones that anything was said about.
    pub(crate) fn milestones(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.keys()
    }

    /// Rule 1: by day, reached and ended alternate, beginning with reached; same-day pairs in the order that does.
    pub(crate) fn alternates(said: &[(Day, bool)]) -> bool {
        let days: BTreeSet<Day> = said.iter().map(|(day, _)| *day).collect();
        let mut held = 0;
        days.into_iter().all(|day| {
            let of_day = said.iter().filter(|(on, _)| *on == day);
            held += of_day.map(|(_, reached)| if *reached { 1 } else { -1 }).sum::<i32>();
            held == 0 || held == 1
        })
    }

    /// Lists the successors with the days on which they take over anything.
    pub(crate) fn taken_over(&self) -> Vec<(Place, Day)> {
        let candidates: BTreeSet<(&ServiceId, Stage)> =
            self.milestones().map(|milestone| (&milestone.service, milestone.stage)).collect();
        let mut days = BTreeSet::new();
        for (heir, predecessors) in &self.predecessors {
            for (day, _) in predecessors {
                if candidates.iter().any(|(service, stage)| self.inherits(service, heir, *stage, *day)) {
                    days.insert((Place::Authority(heir.clone()), *day));
                }
            }
        }
        days.into_iter().collect()
    }

    /// Rule 10: a successor holds each stage that all its predecessors of that day held on the day before.
    fn inherits(&self, service: &ServiceId, heir: &AuthorityId, stage: Stage, on: Day) -> bool {
        let predecessors = self.predecessors(heir);
        let of_day: Vec<&AuthorityId> =
            predecessors.iter().filter(|(dissolved, _)| *dissolved == on).map(|(_, id)| id).collect();
        let held =
            |id: &&AuthorityId| self.holds(service, &Place::Authority((*id).clone()), stage, on.before());
        !of_day.is_empty() && of_day.iter().all(held)
    }

    /// Lists every day on which anything is said to begin or end.
    pub(crate) fn days(&self) -> BTreeSet<Day> {
        let said =
            self.entries.iter().filter_map(|entry| Some(counts(entry.event.body.on()?, entry.recorded)));
        said.collect()
    }

    fn predecessors(&self, authority: &AuthorityId) -> Vec<(Day, AuthorityId)> {
        self.predecessors.get(authority).cloned().unwrap_or_default()
    }

    /// Tells whether a milestone holds on a day, whatever the catalogue and the registry say.
    pub(crate) fn holds(&self, service: &ServiceId, place: &Place, stage: Stage, day: Day) -> bool {
        let milestone = Milestone { service: service.clone(), place: place.clone(), stage };
        let (said, observed) = (self.milestone(&milestone), self.observed(&milestone));
        let mut held = false;
        for on in self.turns(&milestone).into_iter().filter(|on| *on <= day) {
            let inherited = observed.contains(&on)
                || place.authority().is_some_and(|heir| self.inherits(service, heir, stage, on));
            let reached = said.iter().filter(|(at, up)| *at == on && *up).count().max(usize::from(inherited));
            let ended = said.iter().filter(|(at, up)| *at == on && !*up).count();
            if reached != ended {
                held = reached > ended;
            }
        }
        held
    }

    /// Tells whether a milestone held on any day of a span, its ends included.
    pub(crate) fn held_between(&self, milestone: &Milestone, from: Day, to: Day) -> bool {
        let days = self.turns(milestone).into_iter().filter(|day| from < *day && *day <= to);
        let Milestone { service, place, stage } = milestone;
        std::iter::once(from).chain(days).any(|day| self.holds(service, place, *stage, day))
    }

    /// Lists the days on which a milestone may begin or cease to hold.
    fn turns(&self, milestone: &Milestone) -> BTreeSet<Day> {
        let predecessors = milestone.place.authority().map(|authority| self.predecessors(authority));
        let said = self.milestone(milestone).into_iter().map(|(on, _)| on);
        let inherited = predecessors.unwrap_or_default().into_iter().map(|(on, _)| on);
        said.chain(inherited).chain(self.observed(milestone)).collect()
    }

    /// Returns how the catalogue describes a service on a day: the latest listing by then.
    pub(crate) fn listing(&self, service: &ServiceId, day: Day) -> Option<Listing> {
        let mut latest: Option<(Day, Option<Listing>)> = None;
        for entry in &self.entries {
            let (on, listing) = match &entry.event.body {
                Body::ServiceListed(id, listing, on) if id == service => (*on, Some(listing.clone())),
                Body::ServiceDelisted(id, on) if id == service => (Some(*on), None),
                _ => continue,
            };
            let on = on.map_or(Day::EVER, |on| counts(on, entry.recorded));
            if on <= day && latest.as_ref().is_none_or(|(known, _)| *known <= on) {
                latest = Some((on, listing));
            }
        }
        latest?.1
    }

    /// Returns how the registry describes an authority on a day.
    pub(crate) fn registration(&self, authority: &AuthorityId, day: Day) -> Option<Registration> {
        let mut said: Vec<(Day, u8, &Body)> = Vec::new();
        for entry in &self.entries {
            let day_of = |on: &Option<PartialDate>| on.map_or(Day::EVER, |on| counts(on, entry.recorded));
            match &entry.event.body {
                Body::AuthorityListed(id, _, on) if id == authority => {
                    said.push((day_of(on), 0, &entry.event.body));
                }
                Body::AuthorityChanged(id, _, on) if id == authority => {
                    said.push((day_of(&Some(*on)), 1, &entry.event.body));
                }
                Body::AuthorityDissolved(Dissolution { authority: id, on, .. }) if id == authority => {
                    said.push((day_of(&Some(*on)), 2, &entry.event.body));
                }
                _ => {}
            }
        }
        said.sort_by_key(|(on, order, _)| (*on, *order));
        let mut described: Option<Registration> = None;
        for (_, _, body) in said.into_iter().filter(|(on, ..)| *on <= day) {
            match body {
                Body::AuthorityListed(_, registration, _) => described = Some(registration.clone()),
                Body::AuthorityDissolved(_) => described = None,
                Body::AuthorityChanged(_, change, _) => {
                    if let Some(now) = &mut described {
                        now.name = change.name.clone().unwrap_or_else(|| now.name.clone());
                        now.ars = change.ars.clone().or_else(|| now.ars.clone());
                        now.population = change.population.or(now.population);
                    }
                }
                _ => {}
            }
        }
        described
    }

    fn level(&self, service: &ServiceId, place: &Place, model: MaturityModel, day: Day) -> Option<Level> {
        let said = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::MaturityAssessed(said)
                if said.service == *service && said.place == *place && said.level.model() == model =>
            {
                Some((counts(said.on, entry.recorded), said.level))
            }
            _ => None,
        });
        said.filter(|(on, _)| *on <= day).max_by_key(|(on, _)| *on).map(|(_, level)| level)
    }
}
