//! Counted measures on one day, each as its definition reads.

use super::{About, Value, World, counts};
use ozg_core::event::{Body, Listing, Milestone, Registration};
use ozg_core::measure::Measure;
use ozg_core::words::{
    Area, Day, KindSet, Level, Model as MaturityModel, Place, Position, ServiceId, Stage, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// The world on one day.
pub(crate) struct OnDay<'a> {
    world: &'a World,
    day: Day,
    listings: Vec<Option<Listing>>,
    registrations: Vec<Option<Registration>>,
    held: Vec<Vec<BTreeSet<Stage>>>,
    levels: BTreeMap<(usize, Area, MaturityModel), Level>,
    /// By area and region: the first milestone and the first plan.
    first: BTreeMap<Place, (Option<Day>, Option<Day>)>,
}

const AVAILABLE: [Stage; 3] = [Stage::Live, Stage::Launched, Stage::RolledOut];

impl World {
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
        let within = Area::all().map(Place::Area).chain(self.regions().into_iter().map(Place::Region));
        let first = within.map(|within| {
            let days = (self.first_day(&within, &taken_over), self.first_plan(&within));
            (within, days)
        });
        let first = first.collect();
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

impl OnDay<'_> {
    fn lies(&self, place: &Place, within: &Place) -> bool {
        self.world.lies(place, within, self.day)
    }

    fn around(&self, within: &Place) -> BTreeSet<Area> {
        self.world.around(within, self.day)
    }

    /// Lists the authorities that exist in a place, by place.
    fn authorities(&self, within: &Place) -> Vec<usize> {
        let all = 0..self.world.places.len();
        all.filter(|p| self.registrations[*p].is_some() && self.lies(&self.world.places[*p], within))
            .collect()
    }

    /// Lists the listed services of a line.
    fn services(&self, about: &About) -> Vec<usize> {
        let all = 0..self.world.services.len();
        all.filter(|s| {
            let id = &self.world.services[*s];
            let is_meant = match (&about.service, about.unit) {
                (Some(service), _) => service == id,
                (None, unit) => unit.unwrap_or(Unit::Ozg) == id.unit(),
            };
            is_meant
                && self.listings[*s].as_ref().is_some_and(|listing| {
                    about.topic.is_none_or(|topic| listing.topics.or_none().contains(topic))
                })
        })
        .collect()
    }

    fn holds(&self, s: usize, place: &Place, stage: Stage) -> bool {
        self.held[s][self.world.place(place)].contains(&stage)
    }

    fn launched(&self, s: usize, within: &Place) -> bool {
        let available = |p: &usize| {
            let place = &self.world.places[*p];
            let exists = place.authority().is_none() || self.registrations[*p].is_some();
            exists
                && self.lies(place, within)
                && AVAILABLE.iter().any(|stage| self.held[s][*p].contains(stage))
        };
        let own = (0..self.world.places.len()).any(|p| available(&p));
        let around = self.around(within);
        let for_all = around.iter().any(|area| self.rolled_out(s, *area));
        let id = &self.world.services[s];
        let through_a_child = (0..self.world.services.len()).any(|child| {
            self.listings[child].as_ref().is_some_and(|listing| listing.parents.contains(id))
                && self.launched(child, within)
        });
        own || for_all || through_a_child
    }

    fn rolled_out(&self, s: usize, area: Area) -> bool {
        let there = |area: Area| self.holds(s, &Place::Area(area), Stage::RolledOut);
        there(area) || there(Area::DE) || (area == Area::DE && Area::laender().all(there))
    }

    fn executing(&self, s: usize) -> KindSet {
        self.listings[s].as_ref().map(|listing| listing.executed_by).unwrap_or_default()
    }

    fn rolled_out_throughout(&self, s: usize, within: &Place) -> bool {
        let around = self.around(within);
        !around.is_empty() && around.into_iter().all(|area| self.rolled_out(s, area))
    }

    fn responsible(&self, s: usize, within: &Place) -> Vec<usize> {
        let kinds = self.executing(s);
        let kind = |p: &usize| self.world.places[*p].authority().is_some_and(|id| kinds.contains(id.kind()));
        self.authorities(within).into_iter().filter(kind).collect()
    }

    fn covering(&self, s: usize, within: &Place) -> bool {
        let responsible = self.responsible(s, within);
        !responsible.is_empty() && responsible.iter().all(|p| self.held[s][*p].contains(&Stage::Live))
    }

    /// The level of an area; of a region the lowest of its Länder, where all of them are assessed.
    fn level(&self, s: usize, within: &Place, model: MaturityModel) -> Option<Level> {
        let around = self.around(within);
        let levels: Vec<Level> =
            around.iter().filter_map(|area| self.levels.get(&(s, *area, model)).copied()).collect();
        levels.iter().min().copied().filter(|_| levels.len() == around.len())
    }

    /// The furthest stage in the order in which ARCHITECTURE.md lists them.
    fn furthest(held: &BTreeSet<Stage>) -> Option<Stage> {
        use Stage as S;
        let order = [S::Live, S::RollingOut, S::Pilot, S::Connected, S::Ready, S::Agreed, S::Interested];
        order.into_iter().find(|stage| held.contains(stage))
    }

    fn pairs(&self, about: &About, fits: impl Fn(&BTreeSet<Stage>) -> bool) -> usize {
        let authorities = self.authorities(&about.place);
        let of_service = |s: usize| authorities.iter().filter(|p| fits(&self.held[s][**p])).count();
        self.services(about).into_iter().map(of_service).sum()
    }

    fn possible(&self, about: &About) -> usize {
        self.services(about).into_iter().map(|s| self.responsible(s, &about.place).len()).sum()
    }

    fn people(&self, places: &[usize]) -> i64 {
        places
            .iter()
            .map(|p| self.registrations[*p].as_ref().and_then(|r| r.population).map_or(0, i64::from))
            .sum()
    }

    /// Lists the milestones whose plan in force was due: the milestone, the day the plan was made, the day it was due.
    fn plans_due(&self, about: &About) -> Vec<(Milestone, Day, Day)> {
        let mut latest: BTreeMap<Milestone, (Day, Position, Day)> = BTreeMap::new();
        for entry in &self.world.entries {
            let Body::MilestonePlanned(plan) = &entry.event.body else { continue };
            let made = plan.on.map_or(entry.recorded, |on| counts(on, entry.recorded));
            if made <= self.day {
                let known =
                    latest.entry(plan.milestone.clone()).or_insert((Day::EVER, Position::START, Day::LAST));
                *known = (*known).max((made, entry.position, plan.due.last()));
            }
        }
        let services = self.services(&About { service: None, stage: None, ..about.clone() });
        let fits = |milestone: &Milestone| {
            let at = self.lies(&milestone.place, &about.place);
            let exists = milestone.place.authority().is_none()
                || self.registrations[self.world.place(&milestone.place)].is_some();
            at && exists
                && about.stage.is_none_or(|stage| stage == milestone.stage)
                && about.service.as_ref().is_none_or(|service| *service == milestone.service)
                && services.iter().any(|s| self.world.services[*s] == milestone.service)
        };
        let due = latest.into_iter().map(|(milestone, (made, _, due))| (milestone, made, due));
        due.filter(|(milestone, _, due)| *due <= self.day && fits(milestone)).collect()
    }

    fn overdue(&self, about: &About) -> usize {
        let open = |(milestone, made, due): &(Milestone, Day, Day)| {
            *due < self.day && !self.world.held_between(milestone, *made, self.day)
        };
        self.plans_due(about).iter().filter(|plan| open(plan)).count()
    }

    fn lead_times(&self, about: &About) -> Vec<i64> {
        let first = |s: usize, area: Area, stage: Stage| {
            let (service, place) = (self.world.services[s].clone(), Place::Area(area));
            let milestone = Milestone { service: service.clone(), place: place.clone(), stage };
            let (said, observed) = (self.world.milestone(&milestone), self.world.observed(&milestone));
            let days = said.iter().map(|(day, _)| *day).chain(observed.iter().copied());
            let first = days.filter(|day| self.world.holds(&service, &place, stage, *day)).min()?;
            // What was only observed began on an unknown day.
            said.contains(&(first, true)).then_some(first)
        };
        let around = self.around(&about.place);
        let of_service = |s: usize, area: Area| {
            let (launched, rolled_out) =
                (first(s, area, Stage::Launched)?, first(s, area, Stage::RolledOut)?);
            (launched <= rolled_out && rolled_out <= self.day)
                .then(|| i64::from(rolled_out.days_since(launched)))
        };
        let services = self.services(about).into_iter();
        services.flat_map(|s| around.iter().filter_map(move |area| of_service(s, *area))).collect()
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
            if of_line && day <= self.day && self.lies(&milestone.place, &about.place) {
                lags.push(i64::from(entry.recorded.days_since(day)).max(0));
            }
        }
        lags
    }

    /// Answers a counted question by definition, or nothing where there is no row (rule 17).
    pub(crate) fn counted(&self, measure: Measure, about: &About) -> Option<Value> {
        let within = &about.place;
        let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
        // An authority begins to speak when its Land does.
        let (milestone, plan) = match within {
            Place::Authority(authority) => self.first[&Place::Area(authority.area())],
            place => *self.first.get(place)?,
        };
        let first = [milestone, plan.filter(|_| plans)].into_iter().flatten().min()?;
        if self.day < first.max(self.world.exists_from(within)?) {
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
        let v1 = |s: usize| self.level(s, within, MaturityModel::V1_1);
        Some(match measure {
            Measure::ServicesListed => (number(services.len()), None),
            Measure::ServicesLaunched => (count(&|s| self.launched(s, within)), listed),
            Measure::ServicesRolledOut => (count(&|s| self.rolled_out_throughout(s, within)), listed),
            Measure::ServicesCoveringAll => (count(&|s| self.covering(s, within)), listed),
            Measure::ServicesCompliant => {
                let compliant = [Level::read("1.1:3").ok(), Level::read("1.1:4").ok()];
                (count(&|s| v1(s).is_some() && compliant.contains(&v1(s))), listed)
            }
            Measure::ServicesAtMaturity => {
                (count(&|s| self.level(s, within, about.level.unwrap().model()) == about.level), listed)
            }
            Measure::Reuses => {
                let holds = |held: &BTreeSet<Stage>| held.contains(&stage);
                (number(self.pairs(about, holds)), self.possible_below(about, holds))
            }
            Measure::ReusesCurrent => {
                let holds = |held: &BTreeSet<Stage>| Self::furthest(held) == Some(stage);
                (number(self.pairs(about, holds)), self.possible_below(about, holds))
            }
            // Of one service nothing was counted where nobody is registered who could execute it.
            Measure::ReusesPossible if about.service.is_some() && self.possible(about) == 0 => return None,
            Measure::ReusesPossible => (number(self.possible(about)), None),
            Measure::AuthoritiesActive => {
                let live = |p: &&usize| services.iter().any(|s| self.held[*s][**p].contains(&Stage::Live));
                let all = self.authorities(within);
                (number(all.iter().filter(live).count()), Some(number(all.len())))
            }
            Measure::PopulationCovered => self.population(about, &services),
            Measure::AreasReusing => self.laender(within, &services, stage),
            Measure::MilestonesPlanned => (number(self.plans_due(about).len()), None),
            Measure::MilestonesOverdue => {
                (number(self.overdue(about)), Some(number(self.plans_due(about).len())))
            }
            Measure::LeadTimeDays => (lower_median(self.lead_times(about))?, None),
            Measure::ReportingLagDays => (lower_median(self.lags(about))?, None),
            Measure::Applications | Measure::Other => return None,
        })
    }

    fn population(&self, about: &About, services: &[usize]) -> Value {
        let live = |s: &usize| -> Vec<usize> {
            let all = self.authorities(&about.place).into_iter();
            all.filter(|p| self.held[*s][*p].contains(&Stage::Live)).collect()
        };
        let reached = services.iter().map(|s| self.people(&live(s))).sum();
        let responsible = services.iter().map(|s| self.people(&self.responsible(*s, &about.place))).sum();
        let is_whole = self.all_possible(about, |held| held.contains(&Stage::Live));
        (reached, is_whole.then_some(responsible))
    }

    /// Counts the Länder that lie within a place or that a region touches, and those of them in which services hold a stage.
    fn laender(&self, within: &Place, services: &[usize], stage: Stage) -> Value {
        let touched = self.around(within);
        let counts = |land: &Area| touched.contains(land) || self.lies(&Place::Area(*land), within);
        let laender: Vec<Area> = Area::laender().filter(counts).collect();
        let held = |land: Area, s: usize| {
            let holds = |p: usize| self.held[s][p].contains(&stage) && self.world.places[p].area() == land;
            self.holds(s, &Place::Area(land), stage) || self.authorities(within).into_iter().any(holds)
        };
        let reusing = |s: &usize| laender.iter().filter(|land| held(**land, *s)).count();
        let number = |count: usize| i64::try_from(count).unwrap();
        (number(services.iter().map(reusing).sum()), Some(number(laender.len())))
    }

    /// A denominator, where each pair counted is one of those possible.
    fn possible_below(&self, about: &About, holds: impl Fn(&BTreeSet<Stage>) -> bool) -> Option<i64> {
        let is_whole = about.place.authority().is_none() && self.all_possible(about, holds);
        is_whole.then(|| i64::try_from(self.possible(about)).unwrap())
    }

    /// Tells whether each pair counted is one of those possible.
    fn all_possible(&self, about: &About, holds: impl Fn(&BTreeSet<Stage>) -> bool) -> bool {
        let is_possible = |s: usize, p: usize| self.responsible(s, &Place::Area(Area::DE)).contains(&p);
        let outside = |s: usize| {
            let all = self.authorities(&about.place).into_iter();
            all.filter(|p| holds(&self.held[s][*p])).any(|p| !is_possible(s, p))
        };
        !self.services(about).into_iter().any(outside)
    }
}

fn lower_median(mut days: Vec<i64>) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len().checked_sub(1)? / 2).copied()
}
