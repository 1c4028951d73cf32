//! Counted measures on one day, each as its definition reads.

use super::regions::region_of;
use super::{About, Value, World};
use ozg_core::event::{Body, Listing, Register, Registration};
use ozg_core::measure::Measure;
use ozg_core::words::{
    Area, AuthorityKind, Day, KindSet, Level, Model as MaturityModel, Place, ServiceId, Stage, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// A number with what stands below the line.
type Counts = (i64, Option<i64>);

/// The world on one day.
pub(crate) struct OnDay<'a> {
    pub(super) world: &'a World,
    pub(super) day: Day,
    pub(super) listings: Vec<Option<Listing>>,
    pub(super) registrations: Vec<Option<Registration>>,
    pub(super) held: Vec<Vec<BTreeSet<Stage>>>,
    levels: BTreeMap<(usize, Place, MaturityModel), Level>,
    /// The registrations of the day or, before the first edition of a register, of that edition.
    pub(super) editions: Vec<Option<Registration>>,
}

const AVAILABLE: [Stage; 3] = [Stage::Live, Stage::Launched, Stage::RolledOut];

/// Returns what is counted: in a Kreis all that lies in it; its maturity is its own (rules 11, 21d).
fn as_counted(measure: Measure, about: &About) -> About {
    let of_levels = [Measure::ServicesCompliant, Measure::ServicesAtMaturity].contains(&measure);
    let kreis = about.place.authority().filter(|id| id.kind() == AuthorityKind::Kreis && !of_levels);
    let place = kreis.map_or_else(|| about.place.clone(), |kreis| Place::Region(region_of(kreis)));
    About { place, ..about.clone() }
}

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
        let edition = |place: &Place| {
            let authority = place.authority()?;
            let register = Register::Authorities(authority.kind(), authority.area());
            self.registration(authority, self.edition(register, day))
        };
        let editions = self.places.iter().map(edition).collect();
        let mut levels = BTreeMap::new();
        for entry in &self.entries {
            let Body::MaturityAssessed(said) = &entry.event.body else { continue };
            let (model, s) = (said.level.model(), self.service(&said.service));
            let exists = said.place.authority().is_none_or(|id| self.registration(id, day).is_some());
            let level = self.level(&said.service, &said.place, model, day).filter(|_| exists);
            levels.extend(level.map(|level| ((s, said.place.clone(), model), level)));
        }
        OnDay { world: self, day, listings, registrations, editions, held, levels }
    }

    pub(super) fn service(&self, service: &ServiceId) -> usize {
        self.services.iter().position(|known| known == service).unwrap()
    }

    pub(super) fn place(&self, place: &Place) -> usize {
        // Areas come first, in their own order.
        if let Place::Area(area) = place {
            return area.index();
        }
        self.places.iter().position(|known| known == place).unwrap()
    }
}

impl OnDay<'_> {
    pub(super) fn lies(&self, place: &Place, within: &Place) -> bool {
        self.world.lies(place, within, self.day)
    }

    pub(super) fn around(&self, within: &Place) -> BTreeSet<Area> {
        self.world.around(within, self.day)
    }

    /// Lists the authorities that exist in a place, by place.
    pub(super) fn authorities(&self, within: &Place) -> Vec<usize> {
        let all = 0..self.world.places.len();
        all.filter(|p| self.registrations[*p].is_some() && self.lies(&self.world.places[*p], within))
            .collect()
    }

    /// Lists the listed services of a line.
    pub(super) fn services(&self, about: &About) -> Vec<usize> {
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

    pub(super) fn service_number(&self, service: &ServiceId) -> usize {
        self.world.service(service)
    }

    pub(super) fn is_held(&self, s: usize, p: usize, stage: Stage) -> bool {
        self.held[s][p].contains(&stage)
    }

    pub(super) fn holds(&self, s: usize, place: &Place, stage: Stage) -> bool {
        self.held[s][self.world.place(place)].contains(&stage)
    }

    pub(super) fn launched(&self, s: usize, within: &Place) -> bool {
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

    pub(super) fn executing(&self, s: usize) -> KindSet {
        self.listings[s].as_ref().map(|listing| listing.executed_by).unwrap_or_default()
    }

    pub(super) fn rolled_out_throughout(&self, s: usize, within: &Place) -> bool {
        let around = self.around(within);
        !around.is_empty() && around.into_iter().all(|area| self.rolled_out(s, area))
    }

    pub(super) fn responsible(&self, s: usize, within: &Place) -> Vec<usize> {
        let kinds = self.executing(s);
        let kind = |p: &usize| self.world.places[*p].authority().is_some_and(|id| kinds.contains(id.kind()));
        self.of_edition(within).into_iter().filter(kind).collect()
    }

    /// It is live at as many of those who execute it as there are.
    fn covering(&self, s: usize, within: &Place) -> bool {
        let kinds = self.executing(s);
        let kind = |p: &usize| self.world.places[*p].authority().is_some_and(|id| kinds.contains(id.kind()));
        let live = |p: &usize| self.held[s][*p].contains(&Stage::Live);
        let live = self.authorities(within).into_iter().filter(kind).filter(live).count();
        let responsible = self.responsible(s, within).len();
        self.can_be_judged(s, within) && responsible > 0 && live == responsible
    }

    /// The level of an area, or of an authority that exists (rule 11); of a region the lowest of its Länder, where all of them
    /// are assessed.
    pub(super) fn level(&self, s: usize, within: &Place, model: MaturityModel) -> Option<Level> {
        let around: Vec<Place> = match within {
            Place::Authority(_) => vec![within.clone()],
            within => self.around(within).into_iter().map(Place::Area).collect(),
        };
        let level = |place: &Place| self.levels.get(&(s, place.clone(), model)).copied();
        let levels: Vec<Level> = around.iter().filter_map(level).collect();
        levels.iter().min().copied().filter(|_| levels.len() == around.len())
    }

    /// The furthest stage in the order in which ARCHITECTURE.md lists them.
    fn furthest(held: &BTreeSet<Stage>) -> Option<Stage> {
        use Stage as S;
        let order = [S::Live, S::RollingOut, S::Pilot, S::Connected, S::Ready, S::Agreed, S::Interested];
        order.into_iter().find(|stage| held.contains(stage))
    }

    pub(super) fn pairs(&self, about: &About, fits: impl Fn(&BTreeSet<Stage>) -> bool) -> usize {
        let authorities = self.authorities(&about.place);
        let of_service = |s: usize| authorities.iter().filter(|p| fits(&self.held[s][**p])).count();
        self.services(about).into_iter().map(of_service).sum()
    }

    fn possible(&self, about: &About) -> usize {
        self.services(about).into_iter().map(|s| self.responsible(s, &about.place).len()).sum()
    }

    pub(super) fn people(&self, places: &[usize]) -> i64 {
        places
            .iter()
            .map(|p| self.registrations[*p].as_ref().and_then(|r| r.population).map_or(0, i64::from))
            .sum()
    }

    /// Answers a counted question by definition, or nothing where there is no row (rule 17).
    pub(crate) fn counted(&self, measure: Measure, about: &About) -> Option<Value> {
        let about = &as_counted(measure, about);
        let within = &about.place;
        if self.day < self.world.begins(measure, about)?.max(self.world.exists_from(within)?) {
            return None;
        }
        // Nothing is said of authorities that were never registered.
        if about.place.authority().is_some_and(|id| !self.world.ever_registered.contains(id)) {
            return None;
        }
        let services = self.services(about);
        let number = |count: usize| i64::try_from(count).unwrap();
        let count = |fits: &dyn Fn(usize) -> bool| number(services.iter().filter(|s| fits(**s)).count());
        let stage = about.stage.unwrap_or(Stage::Live);
        let v1 = |s: usize| self.level(s, within, MaturityModel::V1_1);
        let judged = services.iter().filter(|s| self.can_be_judged(**s, within)).count();
        let (value, below) = match measure {
            Measure::ServicesListed => (self.listed(about), None),
            Measure::ServicesLaunched => (count(&|s| self.launched(s, within)), Some(self.listed(about))),
            Measure::ServicesRolledOut => {
                (count(&|s| self.rolled_out_throughout(s, within)), Some(self.listed(about)))
            }
            Measure::ServicesCoveringAll if judged == 0 => return None,
            Measure::ServicesCoveringAll => (count(&|s| self.covering(s, within)), Some(self.listed(about))),
            Measure::ServicesCompliant => {
                let compliant = [Level::read("1.1:3").ok(), Level::read("1.1:4").ok()];
                let is_compliant = |s| v1(s).is_some() && compliant.contains(&v1(s));
                (count(&is_compliant), Some(self.listed(about)))
            }
            Measure::ServicesAtMaturity => {
                let is_there = |s| self.level(s, within, about.level.unwrap().model()) == about.level;
                (count(&is_there), Some(self.listed(about)))
            }
            Measure::Reuses => {
                let holds = |held: &BTreeSet<Stage>| held.contains(&stage);
                (number(self.pairs(about, holds)), self.possible_below(about, holds))
            }
            Measure::ReusesCurrent => {
                let holds = |held: &BTreeSet<Stage>| Self::furthest(held) == Some(stage);
                (number(self.pairs(about, holds)), self.possible_below(about, holds))
            }
            // Nothing was counted where it is not known who executes anything, or not all of them.
            Measure::ReusesPossible
                if services.iter().all(|s| self.executing(*s).is_empty())
                    || self.known(measure, about, &services).partial =>
            {
                return None;
            }
            Measure::ReusesPossible => (number(self.possible(about)), None),
            Measure::AuthoritiesActive => {
                let live = |p: &&usize| services.iter().any(|s| self.held[*s][**p].contains(&Stage::Live));
                let all = self.authorities(within);
                (number(all.iter().filter(live).count()), Some(number(self.of_edition(within).len())))
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
        };
        let known = self.known(measure, about, &services);
        Some(Value {
            value,
            below: below.filter(|_| !known.partial),
            partial: known.partial,
            first_edition: known.early && !known.partial,
        })
    }

    fn population(&self, about: &About, services: &[usize]) -> Counts {
        let live = |s: &usize| -> Vec<usize> {
            let all = self.authorities(&about.place).into_iter();
            all.filter(|p| self.held[*s][*p].contains(&Stage::Live)).collect()
        };
        let reached = services.iter().map(|s| self.people(&live(s))).sum();
        let population = |p: &usize| {
            self.editions[*p].as_ref().and_then(|described| described.population).map_or(0, i64::from)
        };
        let of_service =
            |s: &usize| -> i64 { self.responsible(*s, &about.place).iter().map(population).sum() };
        let responsible = services.iter().map(of_service).sum();
        let is_whole = self.all_possible(about, |held| held.contains(&Stage::Live));
        (reached, is_whole.then_some(responsible))
    }

    /// Counts the Länder that lie within a place or that a region touches, and those of them in which services hold a stage.
    pub(super) fn laender(&self, within: &Place, services: &[usize], stage: Stage) -> Counts {
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
        let is_possible = |s: usize, p: usize| {
            self.world.places[p].authority().is_some_and(|id| self.executing(s).contains(id.kind()))
        };
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
