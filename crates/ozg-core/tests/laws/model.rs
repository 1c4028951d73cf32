//! The oracle: a list of all entries that is scanned anew for every question. It knows nothing of differences, cells,
//! histories or timelines; each measure is written down as its definition reads.

use ozg_core::event::{Amount, Body, Claim, ClaimScope, Event, Listing, Milestone, Registration};
use ozg_core::measure::Measure;
use ozg_core::words::{
    Area, AuthorityId, Day, Figure, KindSet, Level, Model as MaturityModel, Number, PartialDate, Place,
    Qualifier, ServiceId, Stage, Topic, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the log.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) position: u32,
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

/// A value with what stands below the line.
pub(crate) type Value = (i64, Option<i64>);

impl Model {
    pub(crate) fn push(&mut self, event: Event, recorded: Day, office: &str) {
        let position = u32::try_from(self.entries.len() + 1).unwrap();
        self.entries.push(Entry { position, recorded, office: office.to_owned(), event });
    }

    fn position_of(&self, id: uuid::Uuid) -> Option<u32> {
        self.entries.iter().find(|entry| entry.event.id == id).map(|entry| entry.position)
    }

    /// Returns the position of the entry that an entry replaces or withdraws.
    pub(crate) fn acts_on(&self, entry: &Entry) -> Option<u32> {
        match entry.event.body {
            Body::EntryWithdrawn(target) => self.position_of(target),
            _ => entry.event.replaces.and_then(|target| self.position_of(target)),
        }
    }

    /// SEMANTICS 2, literally: an entry stands as of p unless an entry ≤ p replaced or withdrew it and was not itself
    /// withdrawn ≤ p.
    pub(crate) fn world(&self, position: u32) -> World {
        let known: Vec<&Entry> = self.entries.iter().filter(|entry| entry.position <= position).collect();
        let acts: Vec<(u32, u32, bool)> = known
            .iter()
            .filter_map(|entry| {
                let withdraws = matches!(entry.event.body, Body::EntryWithdrawn(_));
                Some((entry.position, self.acts_on(entry)?, withdraws))
            })
            .collect();
        let withdrawn = |of: u32| acts.iter().any(|(_, target, withdraws)| *target == of && *withdraws);
        let stands = |of: u32| !acts.iter().any(|(actor, target, _)| *target == of && !withdrawn(*actor));
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
    ever_listed: BTreeSet<ServiceId>,
    ever_registered: BTreeSet<AuthorityId>,
    /// What was said of each milestone: the day, and whether it was reached.
    milestones: BTreeMap<Milestone, Vec<(Day, bool)>>,
    /// Who was dissolved, inheriting, in favour of an authority: `(day, predecessor)`.
    predecessors: BTreeMap<AuthorityId, Vec<(Day, AuthorityId)>>,
}

impl World {
    fn of(entries: Vec<Entry>) -> World {
        let mut services: BTreeSet<ServiceId> = BTreeSet::new();
        let mut places: BTreeSet<Place> = Area::all().map(Place::Area).collect();
        let (mut ever_listed, mut registered_on) = (BTreeSet::new(), BTreeSet::new());
        let mut milestones: BTreeMap<Milestone, Vec<(Day, bool)>> = BTreeMap::new();
        let mut predecessors: BTreeMap<AuthorityId, Vec<(Day, AuthorityId)>> = BTreeMap::new();
        for entry in &entries {
            services.extend(entry.event.body.service().cloned());
            places.extend(entry.event.body.place());
            let mut say = |about: &Milestone, on: PartialDate, reached: bool| {
                milestones.entry(about.clone()).or_default().push((counts(on, entry.recorded), reached));
            };
            match &entry.event.body {
                Body::MilestoneReached(about, on) => say(about, *on, true),
                Body::MilestoneEnded(about, on) => say(about, *on, false),
                Body::ServiceListed(id, ..) => drop(ever_listed.insert(id.clone())),
                Body::AuthorityListed(id, _, on) => {
                    let day = on.map_or(Day::EVER, |on| counts(on, entry.recorded));
                    registered_on.insert((id.clone(), day));
                }
                Body::AuthorityDissolved { authority, successors, inherits: true, on } => {
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
        let mut world =
            World { entries, services, places, ever_listed, ever_registered, milestones, predecessors };
        // Who is dissolved on the day on which it is registered never exists.
        let exists = |(id, day): &(AuthorityId, Day)| world.registration(id, *day).is_some();
        world.ever_registered = registered_on.into_iter().filter(exists).map(|(id, _)| id).collect();
        world
    }

    /// Lists what was said of a milestone: the day, and whether it was reached.
    pub(crate) fn milestone(&self, milestone: &Milestone) -> Vec<(Day, bool)> {
        self.milestones.get(milestone).cloned().unwrap_or_default()
    }

    /// Lists all milestones that anything was said about.
    pub(crate) fn milestones(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.keys()
    }

    /// SEMANTICS 1: by day, reached and ended alternate, beginning with reached; same-day pairs in the order that does.
    pub(crate) fn alternates(said: &[(Day, bool)]) -> bool {
        let days: BTreeSet<Day> = said.iter().map(|(day, _)| *day).collect();
        let mut held = 0;
        days.into_iter().all(|day| {
            let of_day = said.iter().filter(|(on, _)| *on == day);
            held += of_day.map(|(_, reached)| if *reached { 1 } else { -1 }).sum::<i32>();
            held == 0 || held == 1
        })
    }

    /// SEMANTICS 17: the first day on which a milestone of any service was reached in an area, or taken over there.
    fn first_day(&self, area: Area, taken_over: &[(Area, Day)]) -> Option<Day> {
        let inherited = taken_over.iter().filter(|(heir, _)| area == Area::DE || *heir == area);
        let reached = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::MilestoneReached(about, on) if area == Area::DE || about.place.area() == area => {
                Some(counts(*on, entry.recorded))
            }
            _ => None,
        });
        reached.chain(inherited.map(|(_, day)| *day)).min()
    }

    /// Lists the areas of successors with the days on which they take over anything.
    pub(crate) fn taken_over(&self) -> Vec<(Area, Day)> {
        let candidates: BTreeSet<(&ServiceId, Stage)> =
            self.milestones().map(|milestone| (&milestone.service, milestone.stage)).collect();
        let mut days = BTreeSet::new();
        for (heir, predecessors) in &self.predecessors {
            for (day, _) in predecessors {
                if candidates.iter().any(|(service, stage)| self.inherits(service, heir, *stage, *day)) {
                    days.insert((heir.area(), *day));
                }
            }
        }
        days.into_iter().collect()
    }

    /// SEMANTICS 10: a successor holds each stage that all its predecessors of that day held on the day before.
    fn inherits(&self, service: &ServiceId, heir: &AuthorityId, stage: Stage, on: Day) -> bool {
        let predecessors = self.predecessors(heir);
        let of_day: Vec<&AuthorityId> =
            predecessors.iter().filter(|(dissolved, _)| *dissolved == on).map(|(_, id)| id).collect();
        let held =
            |id: &&AuthorityId| self.holds(service, &Place::Authority((*id).clone()), stage, on.before());
        !of_day.is_empty() && of_day.iter().all(held)
    }

    fn first_plan(&self, area: Area) -> Option<Day> {
        let plans = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::MilestonePlanned(plan) if area == Area::DE || plan.milestone.place.area() == area => {
                Some(plan.on.map_or(entry.recorded, |on| counts(on, entry.recorded)))
            }
            _ => None,
        });
        plans.min()
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
        let said = self.milestone(&Milestone { service: service.clone(), place: place.clone(), stage });
        let predecessors =
            place.authority().map(|authority| self.predecessors(authority)).unwrap_or_default();
        let days: BTreeSet<Day> = said
            .iter()
            .map(|(on, _)| *on)
            .chain(predecessors.iter().map(|(on, _)| *on))
            .filter(|on| *on <= day)
            .collect();
        let mut held = false;
        for on in days {
            let inherited = place.authority().is_some_and(|heir| self.inherits(service, heir, stage, on));
            let reached = said.iter().filter(|(at, up)| *at == on && *up).count().max(usize::from(inherited));
            let ended = said.iter().filter(|(at, up)| *at == on && !*up).count();
            if reached != ended {
                held = reached > ended;
            }
        }
        held
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
                Body::AuthorityDissolved { authority: id, on, .. } if id == authority => {
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
                Body::AuthorityDissolved { .. } => described = None,
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

    /// Looks at the world on one day.
    pub(crate) fn on(&self, day: Day) -> OnDay<'_> {
        let listings = self.services.iter().map(|service| self.listing(service, day)).collect();
        let registrations =
            self.places.iter().map(|place| self.registration(place.authority()?, day)).collect();
        let mut held = vec![vec![BTreeSet::new(); self.places.len()]; self.services.len()];
        // Only what was ever said, or what a successor may have taken over, can hold.
        let mut candidates: BTreeSet<(ServiceId, Stage)> = BTreeSet::new();
        for milestone in self.milestones() {
            candidates.insert((milestone.service.clone(), milestone.stage));
            if self.holds(&milestone.service, &milestone.place, milestone.stage, day) {
                let (s, p) = (self.service(&milestone.service), self.place(&milestone.place));
                held[s][p].insert(milestone.stage);
            }
        }
        for (p, place) in self.places.iter().enumerate() {
            if place.authority().is_some_and(|authority| !self.predecessors(authority).is_empty()) {
                for (service, stage) in &candidates {
                    if self.holds(service, place, *stage, day) {
                        held[self.service(service)][p].insert(*stage);
                    }
                }
            }
        }
        let taken_over = self.taken_over();
        let first =
            Area::all().map(|area| (self.first_day(area, &taken_over), self.first_plan(area))).collect();
        let mut levels = BTreeMap::new();
        for entry in &self.entries {
            let Body::MaturityAssessed(said) = &entry.event.body else { continue };
            let (model, s) = (said.level.model(), self.service(&said.service));
            if let (Place::Area(area), Some(level)) =
                (&said.place, self.level(&said.service, &said.place, model, day))
            {
                levels.insert((s, *area, model), level);
            }
        }
        OnDay { world: self, day, listings, registrations, held, levels, first }
    }

    fn service(&self, service: &ServiceId) -> usize {
        self.services.iter().position(|known| known == service).unwrap()
    }

    fn place(&self, place: &Place) -> usize {
        // Areas come first, in their own order.
        if let Place::Area(area) = place {
            return area.index();
        }
        self.places.iter().position(|known| known == place).unwrap()
    }
}

/// The world on one day.
pub(crate) struct OnDay<'a> {
    world: &'a World,
    day: Day,
    listings: Vec<Option<Listing>>,
    registrations: Vec<Option<Registration>>,
    held: Vec<Vec<BTreeSet<Stage>>>,
    levels: BTreeMap<(usize, Area, MaturityModel), Level>,
    /// By area: the first milestone and the first plan.
    first: Vec<(Option<Day>, Option<Day>)>,
}

fn covers(area: Area, place: &Place) -> bool {
    area == Area::DE || place.area() == area
}

const AVAILABLE: [Stage; 3] = [Stage::Live, Stage::Launched, Stage::RolledOut];

impl OnDay<'_> {
    /// Lists the authorities that exist in an area, by place.
    fn authorities(&self, area: Area) -> Vec<usize> {
        let all = 0..self.world.places.len();
        all.filter(|p| self.registrations[*p].is_some() && covers(area, &self.world.places[*p])).collect()
    }

    /// Lists the listed services of a line.
    fn services(&self, about: &About) -> Vec<usize> {
        let all = 0..self.world.services.len();
        all.filter(|s| {
            let id = &self.world.services[*s];
            about.service.as_ref().is_none_or(|service| service == id)
                && about.unit.is_none_or(|unit| unit == id.unit())
                && self.listings[*s].as_ref().is_some_and(|listing| {
                    about.topic.is_none_or(|topic| listing.topics.or_none().contains(topic))
                })
        })
        .collect()
    }

    fn holds(&self, s: usize, place: &Place, stage: Stage) -> bool {
        self.held[s][self.world.place(place)].contains(&stage)
    }

    fn launched(&self, s: usize, area: Area) -> bool {
        let within = |p: &usize| {
            let place = &self.world.places[*p];
            let exists = place.authority().is_none() || self.registrations[*p].is_some();
            exists && covers(area, place) && AVAILABLE.iter().any(|stage| self.held[s][*p].contains(stage))
        };
        let own = (0..self.world.places.len()).any(|p| within(&p));
        let nationwide = self.holds(s, &Place::Area(Area::DE), Stage::RolledOut);
        let id = &self.world.services[s];
        let through_a_child = (0..self.world.services.len()).any(|child| {
            self.listings[child].as_ref().is_some_and(|listing| listing.parents.contains(id))
                && self.launched(child, area)
        });
        own || nationwide || through_a_child
    }

    fn rolled_out(&self, s: usize, area: Area) -> bool {
        let there = |area: Area| self.holds(s, &Place::Area(area), Stage::RolledOut);
        there(area) || there(Area::DE) || (area == Area::DE && Area::laender().all(there))
    }

    fn executing(&self, s: usize) -> KindSet {
        self.listings[s].as_ref().map(|listing| listing.executed_by).unwrap_or_default()
    }

    fn responsible(&self, s: usize, area: Area) -> Vec<usize> {
        let kinds = self.executing(s);
        let kind = |p: &usize| self.world.places[*p].authority().is_some_and(|id| kinds.contains(id.kind()));
        self.authorities(area).into_iter().filter(kind).collect()
    }

    fn covering(&self, s: usize, area: Area) -> bool {
        let responsible = self.responsible(s, area);
        !responsible.is_empty() && responsible.iter().all(|p| self.held[s][*p].contains(&Stage::Live))
    }

    fn level(&self, s: usize, area: Area, model: MaturityModel) -> Option<Level> {
        self.levels.get(&(s, area, model)).copied()
    }

    /// The furthest stage in the order in which DESIGN §2 lists them.
    fn furthest(held: &BTreeSet<Stage>) -> Option<Stage> {
        use Stage as S;
        let order = [S::Live, S::RollingOut, S::Pilot, S::Connected, S::Ready, S::Agreed, S::Interested];
        order.into_iter().find(|stage| held.contains(stage))
    }

    fn pairs(&self, about: &About, fits: impl Fn(&BTreeSet<Stage>) -> bool) -> usize {
        let authorities: Vec<usize> = match &about.place {
            Place::Area(area) => self.authorities(*area),
            place => {
                self.authorities(Area::DE).into_iter().filter(|p| self.world.places[*p] == *place).collect()
            }
        };
        let of_service = |s: usize| authorities.iter().filter(|p| fits(&self.held[s][**p])).count();
        self.services(about).into_iter().map(of_service).sum()
    }

    fn possible(&self, about: &About) -> usize {
        let area = about.place.area();
        self.services(about).into_iter().map(|s| self.responsible(s, area).len()).sum()
    }

    fn people(&self, places: &[usize]) -> i64 {
        places
            .iter()
            .map(|p| self.registrations[*p].as_ref().and_then(|r| r.population).map_or(0, i64::from))
            .sum()
    }

    /// Lists the milestones whose plan in force was due: `(milestone, due)`.
    fn plans_due(&self, about: &About) -> Vec<(Milestone, Day)> {
        let mut latest: BTreeMap<Milestone, (Day, u32, Day)> = BTreeMap::new();
        for entry in &self.world.entries {
            let Body::MilestonePlanned(plan) = &entry.event.body else { continue };
            let made = plan.on.map_or(entry.recorded, |on| counts(on, entry.recorded));
            if made <= self.day {
                let known = latest.entry(plan.milestone.clone()).or_insert((Day::EVER, 0, Day::LAST));
                *known = (*known).max((made, entry.position, plan.due.last()));
            }
        }
        let services = self.services(&About { service: None, stage: None, ..about.clone() });
        let fits = |milestone: &Milestone| {
            let at = match &about.place {
                Place::Area(area) => covers(*area, &milestone.place),
                place => milestone.place == *place,
            };
            let exists = milestone.place.authority().is_none()
                || self.registrations[self.world.place(&milestone.place)].is_some();
            at && exists
                && about.stage.is_none_or(|stage| stage == milestone.stage)
                && about.service.as_ref().is_none_or(|service| *service == milestone.service)
                && services.iter().any(|s| self.world.services[*s] == milestone.service)
        };
        let due = latest.into_iter().map(|(milestone, (.., due))| (milestone, due));
        due.filter(|(milestone, due)| *due <= self.day && fits(milestone)).collect()
    }

    fn overdue(&self, about: &About) -> usize {
        let open = |(milestone, due): &(Milestone, Day)| {
            *due < self.day
                && !self.holds(self.world.service(&milestone.service), &milestone.place, milestone.stage)
        };
        self.plans_due(about).iter().filter(|plan| open(plan)).count()
    }

    fn lead_times(&self, about: &About) -> Vec<i64> {
        let place = Place::Area(about.place.area());
        let first = |s: usize, stage: Stage| {
            let service = self.world.services[s].clone();
            let said =
                self.world.milestone(&Milestone { service: service.clone(), place: place.clone(), stage });
            let held = said
                .into_iter()
                .map(|(day, _)| day)
                .filter(|day| self.world.holds(&service, &place, stage, *day));
            held.min()
        };
        let of_service = |s: usize| {
            let (launched, rolled_out) = (first(s, Stage::Launched)?, first(s, Stage::RolledOut)?);
            (launched <= rolled_out && rolled_out <= self.day)
                .then(|| i64::from(rolled_out.days_since(launched)))
        };
        self.services(about).into_iter().filter_map(of_service).collect()
    }

    fn lags(&self, about: &About) -> Vec<i64> {
        let services = self.services(about);
        let mut lags = Vec::new();
        for entry in &self.world.entries {
            let (Body::MilestoneReached(milestone, on) | Body::MilestoneEnded(milestone, on)) =
                &entry.event.body
            else {
                continue;
            };
            let day = counts(*on, entry.recorded);
            let of_line = services.iter().any(|s| self.world.services[*s] == milestone.service);
            if of_line && day <= self.day && covers(about.place.area(), &milestone.place) {
                lags.push(i64::from(entry.recorded.days_since(day)).max(0));
            }
        }
        lags
    }

    /// Answers a counted question by definition, or nothing where there is no row (SEMANTICS 17).
    pub(crate) fn counted(&self, measure: Measure, about: &About) -> Option<Value> {
        let area = about.place.area();
        let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
        let (milestone, plan) = self.first[area.index()];
        if self.day < [milestone, plan.filter(|_| plans)].into_iter().flatten().min()? {
            return None;
        }
        // Nothing is said of services that were never listed and authorities that were never registered.
        if about.service.as_ref().is_some_and(|id| !self.world.ever_listed.contains(id))
            || about.place.authority().is_some_and(|id| !self.world.ever_registered.contains(id))
        {
            return None;
        }
        let services = self.services(about);
        let number = |count: usize| i64::try_from(count).unwrap();
        let count = |fits: &dyn Fn(usize) -> bool| number(services.iter().filter(|s| fits(**s)).count());
        let listed = Some(number(services.len()));
        let stage = about.stage.unwrap_or(Stage::Live);
        let v1 = |s: usize| self.level(s, area, MaturityModel::V1_1);
        Some(match measure {
            Measure::ServicesListed => (number(services.len()), None),
            Measure::ServicesLaunched => (count(&|s| self.launched(s, area)), listed),
            Measure::ServicesRolledOut => (count(&|s| self.rolled_out(s, area)), listed),
            Measure::ServicesCoveringAll => (count(&|s| self.covering(s, area)), listed),
            Measure::ServicesCompliant => {
                let compliant = [Level::read("1.1:3").ok(), Level::read("1.1:4").ok()];
                (count(&|s| v1(s).is_some() && compliant.contains(&v1(s))), listed)
            }
            Measure::ServicesAtMaturity => {
                (count(&|s| self.level(s, area, about.level.unwrap().model()) == about.level), listed)
            }
            Measure::Reuses => {
                (number(self.pairs(about, |held| held.contains(&stage))), self.possible_below(about))
            }
            Measure::ReusesCurrent => (
                number(self.pairs(about, |held| Self::furthest(held) == Some(stage))),
                self.possible_below(about),
            ),
            Measure::ReusesPossible => (number(self.possible(about)), None),
            Measure::AuthoritiesActive => {
                let live = |p: &&usize| services.iter().any(|s| self.held[*s][**p].contains(&Stage::Live));
                let all = self.authorities(area);
                (number(all.iter().filter(live).count()), Some(number(all.len())))
            }
            Measure::PopulationCovered => {
                let s = *services.first().unwrap_or(&usize::MAX);
                if s == usize::MAX {
                    return Some((0, Some(0)));
                }
                let live =
                    self.authorities(area).into_iter().filter(|p| self.held[s][*p].contains(&Stage::Live));
                (self.people(&live.collect::<Vec<_>>()), Some(self.people(&self.responsible(s, area))))
            }
            Measure::AreasReusing if area != Area::DE => return None,
            Measure::AreasReusing => {
                let held = |land: Area, s: usize| {
                    let there = self.authorities(land).into_iter().any(|p| self.held[s][p].contains(&stage));
                    there || self.holds(s, &Place::Area(land), stage)
                };
                let lands = |s: &usize| Area::laender().filter(|land| held(*land, *s)).count();
                (number(services.iter().map(lands).sum()), Some(16))
            }
            Measure::MilestonesPlanned => (number(self.plans_due(about).len()), None),
            Measure::MilestonesOverdue => {
                (number(self.overdue(about)), Some(number(self.plans_due(about).len())))
            }
            Measure::LeadTimeDays => (lower_median(self.lead_times(about))?, None),
            Measure::ReportingLagDays => (lower_median(self.lags(about))?, None),
            Measure::Applications | Measure::Other => return None,
        })
    }

    fn possible_below(&self, about: &About) -> Option<i64> {
        matches!(about.place, Place::Area(_)).then(|| i64::try_from(self.possible(about)).unwrap())
    }
}

fn lower_median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len().checked_sub(1)? / 2).copied()
}

/// A claim as a line shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) value: Option<Number>,
    pub(crate) percent: Option<Number>,
    pub(crate) qualifier: Option<Qualifier>,
    pub(crate) of: Option<Number>,
    pub(crate) conflict: bool,
    pub(crate) sources: String,
}

/// A claim with what it is about.
struct Said {
    about: About,
    scope: Option<String>,
    flow: Option<PartialDate>,
    day: Day,
    amount: Amount,
    of: Option<Figure>,
    source: String,
}

impl World {
    fn claims(&self, measure: Measure) -> Vec<Said> {
        let mut said = Vec::new();
        for entry in &self.entries {
            let source =
                entry.event.source.as_ref().map_or(entry.office.clone(), |source| source.name.to_string());
            match &entry.event.body {
                Body::FigureReported(Claim { scope, amount, of, on, since }) if scope.measure == measure => {
                    let ClaimScope { place, topic, service, stage, level, unit, .. } = scope.clone();
                    said.push(Said {
                        about: About { place, topic, service, stage, level, unit },
                        scope: scope.scope.as_ref().map(ToString::to_string),
                        flow: *since,
                        day: counts(*on, entry.recorded),
                        amount: *amount,
                        of: *of,
                        source,
                    });
                }
                Body::ReuseReported(report) => {
                    let speaks: Vec<(Option<Stage>, Option<Figure>, Option<Figure>)> = match measure {
                        Measure::Reuses => vec![(Some(Stage::Live), report.live, report.of)],
                        Measure::ReusesCurrent => vec![
                            (Some(Stage::Live), report.live, report.of),
                            (Some(Stage::RollingOut), report.rolling_out, report.of),
                        ],
                        Measure::ReusesPossible => vec![(None, report.of, None)],
                        _ => Vec::new(),
                    };
                    for (stage, figure, of) in speaks {
                        let Some(figure) = figure else { continue };
                        let (place, service) = (report.place.clone(), Some(report.service.clone()));
                        let unit = Some(report.service.unit());
                        said.push(Said {
                            about: About { place, topic: None, service, stage, level: None, unit },
                            scope: None,
                            flow: None,
                            day: counts(report.on, entry.recorded),
                            amount: Amount::Value(figure),
                            of,
                            source: source.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
        said
    }

    /// SEMANTICS 6 and 7: which claims a measure has on a day, by what they are about.
    pub(crate) fn reported(
        &self,
        measure: Measure,
        day: Day,
    ) -> BTreeMap<(About, Option<String>), Vec<Shown>> {
        Self::shown(&self.claims(measure), day)
    }

    fn shown(claims: &[Said], day: Day) -> BTreeMap<(About, Option<String>), Vec<Shown>> {
        let keys: BTreeSet<(About, Option<String>)> =
            claims.iter().map(|said| (said.about.clone(), said.scope.clone())).collect();
        let mut answer = BTreeMap::new();
        for key in keys {
            let of_key = |said: &&Said| (&said.about, &said.scope) == (&key.0, &key.1);
            let stocks: Vec<&Said> =
                claims.iter().filter(of_key).filter(|said| said.flow.is_none() && said.day <= day).collect();
            let latest = stocks.iter().map(|said| said.day).max();
            let holding: Vec<&Said> = stocks.into_iter().filter(|said| Some(said.day) == latest).collect();
            let flows: Vec<&Said> =
                claims.iter().filter(of_key).filter(|said| said.flow.is_some() && said.day == day).collect();
            let mut rows = join(&holding);
            rows.extend(join(&flows));
            rows.sort();
            if !rows.is_empty() {
                answer.insert(key, rows);
            }
        }
        answer
    }

    /// SEMANTICS 15: the sum over services of the claims that hold about an area.
    pub(crate) fn summed(
        &self,
        measure: Measure,
        about: &About,
        day: Day,
    ) -> Option<(Number, Option<Qualifier>)> {
        let stocks: Vec<Said> = self.claims(measure).into_iter().filter(|said| said.flow.is_none()).collect();
        let held = Self::shown(&stocks, day);
        let Place::Area(area) = about.place else { return None };
        let of = |service: &ServiceId, area: Area| -> Vec<Shown> {
            let part = About {
                place: Place::Area(area),
                topic: None,
                service: Some(service.clone()),
                ..about.clone()
            };
            held.get(&(part, None)).cloned().unwrap_or_default()
        };
        let mut parts: Vec<(Number, Option<Qualifier>)> = Vec::new();
        let mut missing = false;
        for service in &self.services {
            let listing = self.listing(service, day);
            let counts =
                listing.is_some_and(|l| about.topic.is_none_or(|topic| l.topics.or_none().contains(topic)));
            if !counts || about.unit.is_some_and(|unit| unit != service.unit()) {
                continue;
            }
            let mut found = of(service, area);
            if found.is_empty() && area == Area::DE {
                found = Area::laender().flat_map(|land| of(service, land)).collect();
            }
            if found.iter().any(|shown| shown.conflict) {
                return None;
            }
            missing |= found.iter().all(|shown| shown.value.is_none());
            parts.extend(found.into_iter().filter_map(|shown| Some((shown.value?, shown.qualifier))));
        }
        let sum = parts.iter().fold(Number::from(0), |sum, (value, _)| sum.plus(*value));
        let kinds: BTreeSet<Option<Qualifier>> = parts.iter().map(|(_, qualifier)| *qualifier).collect();
        let lower = [None, Some(Qualifier::MoreThan), Some(Qualifier::AtLeast)];
        let qualifier = if !kinds.iter().all(|kind| lower.contains(kind)) {
            Some(Qualifier::About)
        } else if missing || kinds.iter().any(Option::is_some) {
            Some(Qualifier::MoreThan)
        } else {
            None
        };
        (!parts.is_empty()).then_some((sum, qualifier))
    }
}

/// Same value, qualifier and denominator: one row, sources joined. Otherwise a row each, all marked.
fn join(held: &[&Said]) -> Vec<Shown> {
    let mut groups: Vec<(&Said, Vec<String>)> = Vec::new();
    for said in held {
        let same = |group: &&mut (&Said, Vec<String>)| {
            (group.0.amount, group.0.of) == (said.amount, said.of)
                && (said.flow.is_none() || (group.0.flow, group.0.day) == (said.flow, said.day))
        };
        match groups.iter_mut().find(same) {
            Some(group) if group.1.contains(&said.source) => {}
            Some(group) => group.1.push(said.source.clone()),
            None => groups.push((said, vec![said.source.clone()])),
        }
    }
    let rivals = |said: &Said| groups.iter().filter(|(other, _)| other.flow == said.flow).count() > 1;
    let row = |(said, sources): &(&Said, Vec<String>)| {
        let (value, percent, figure) = match said.amount {
            Amount::Value(figure) => (Some(figure.number), None, figure),
            Amount::Percent(figure) => (None, Some(figure.number), figure),
        };
        Shown {
            value,
            percent,
            qualifier: Some(figure.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact),
            of: said.of.map(|of| of.number),
            conflict: rivals(said),
            sources: sources.join("; "),
        }
    };
    groups.iter().map(row).collect()
}
