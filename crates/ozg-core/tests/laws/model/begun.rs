//! Rule 17: from which day on zeros are zeros. The ground of each service in each place is looked for on every day.

use super::regions::{kreise, region_of};
use super::{About, OnDay, World, counts};
use ozg_core::event::Body;
use ozg_core::measure::Measure;
use ozg_core::words::{Area, Day, Level, Model as MaturityModel, Place, ServiceId, Stage, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// The first days with any ground.
#[derive(Debug, Clone, Default)]
pub(crate) struct Begun {
    /// Of each measure, place and service.
    of: BTreeMap<(Measure, Place, ServiceId), Day>,
    /// Of anything that has not always held: a stage, a level or a plan of a listed service.
    anything: Option<Day>,
}

const OF_LEVELS: [Measure; 2] = [Measure::ServicesCompliant, Measure::ServicesAtMaturity];

/// The places of the workload: in all other Länder is what is in Thüringen.
fn areas() -> impl Iterator<Item = Place> {
    [Area::DE, Area::TH, Area::BW, Area::SH, Area::BB, Area::HH].into_iter().map(Place::Area)
}

impl World {
    pub(super) fn begun(&self) -> &Begun {
        self.begun.get_or_init(|| {
            let mut days = BTreeSet::from([Day::EVER]);
            for entry in &self.entries {
                days.insert(entry.recorded);
                days.extend(entry.event.body.on().map(|on| counts(on, entry.recorded)));
            }
            let authorities = self.places.iter().filter(|place| place.authority().is_some()).cloned();
            let kreise = kreise().map(|kreis| region_of(&kreis));
            let regions = self.regions().into_iter().chain(kreise).map(Place::Region);
            let places: Vec<Place> = areas().chain(regions).chain(authorities).collect();
            let mut begun = Begun::default();
            for day in days {
                let on_day = self.on(day);
                if begun.anything.is_none() && on_day.anything_counts() {
                    begun.anything = Some(day);
                }
                for place in &places {
                    // An authority speaks for itself of its maturity only.
                    let speaks =
                        |measure: &Measure| place.authority().is_none() || OF_LEVELS.contains(measure);
                    for service in &self.services {
                        for measure in Measure::all().filter(speaks) {
                            let key = (measure, place.clone(), service.clone());
                            if !begun.of.contains_key(&key) && on_day.has_ground(measure, place, service) {
                                begun.of.insert(key, day);
                            }
                        }
                    }
                }
            }
            begun
        })
    }

    /// Returns the first day of a counted line.
    pub(super) fn begins(&self, measure: Measure, about: &About) -> Option<Day> {
        let unit = about.service.as_ref().map(ServiceId::unit).or(about.unit).unwrap_or(Unit::Ozg);
        // An authority begins to speak when its Land does; of its maturity it speaks for itself.
        let place = match &about.place {
            Place::Authority(authority) if !OF_LEVELS.contains(&measure) => Place::Area(authority.area()),
            place => place.clone(),
        };
        let begun = self.begun();
        let of = |place: &Place, service: &ServiceId| {
            begun.of.get(&(measure, place.clone(), service.clone())).copied()
        };
        let here =
            self.services.iter().filter(|id| id.unit() == unit).filter_map(|id| of(&place, id)).min()?;
        let anywhere = match &about.service {
            Some(service) => areas().chain([place]).filter_map(|place| of(&place, service)).min()?,
            None => Day::EVER,
        };
        match here.max(anywhere) {
            Day::EVER => begun.anything.or_else(|| self.catalogue_recorded(unit)),
            day => Some(day),
        }
    }

    fn catalogue_recorded(&self, unit: Unit) -> Option<Day> {
        let listed = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::ServiceListed(id, _, None) if id.unit() == unit => Some(entry.recorded),
            _ => None,
        });
        listed.min()
    }
}

impl OnDay<'_> {
    /// Tells whether a listed service holds a stage anywhere, has a level or a plan.
    fn anything_counts(&self) -> bool {
        let germany = Place::Area(Area::DE);
        self.world.services.iter().any(|service| {
            let s = self.service_number(service);
            let is_listed = self.listings[s].is_some();
            let exists =
                |p: usize| self.world.places[p].authority().is_none() || self.registrations[p].is_some();
            let holds = (0..self.world.places.len()).any(|p| exists(p) && !self.held[s][p].is_empty());
            let is_assessed = areas().any(|area| self.has_ground(Measure::ServicesCompliant, &area, service));
            is_listed
                && (holds || is_assessed || self.has_ground(Measure::MilestonesPlanned, &germany, service))
        })
    }

    /// Tells whether a service is the ground of a measure in a place.
    fn has_ground(&self, measure: Measure, within: &Place, service: &ServiceId) -> bool {
        let about = |measure: Measure| About {
            place: within.clone(),
            topic: None,
            service: Some(service.clone()),
            stage: None,
            level: None,
            unit: Some(service.unit()).filter(|_| measure.has(ozg_core::measure::Dimension::Unit)),
        };
        let s = self.service_number(service);
        if self.services(&about(measure)).is_empty() {
            return false;
        }
        let any_stage = |held: &BTreeSet<Stage>| !held.is_empty();
        let live = |p: &usize| self.is_held(s, *p, Stage::Live);
        let is_responsible = |p: &usize| {
            self.world.places[*p].authority().is_some_and(|id| self.executing(s).contains(id.kind()))
        };
        match measure {
            Measure::ServicesListed => true,
            Measure::ServicesLaunched => self.launched(s, within),
            Measure::ServicesRolledOut => self.rolled_out_throughout(s, within),
            Measure::ServicesCoveringAll => {
                let all = self.authorities(within);
                self.can_be_judged(s, within) && all.iter().filter(|p| is_responsible(p)).any(live)
            }
            Measure::ServicesCompliant | Measure::ServicesAtMaturity => {
                let model = |model| -> Option<Level> { self.level(s, within, model) };
                model(MaturityModel::V1_1).is_some() || model(MaturityModel::V2_0).is_some()
            }
            Measure::Reuses | Measure::ReusesCurrent => self.pairs(&about(measure), any_stage) > 0,
            Measure::ReusesPossible => {
                self.can_be_judged(s, within) && !self.responsible(s, within).is_empty()
            }
            Measure::AuthoritiesActive => self.authorities(within).iter().any(live),
            Measure::PopulationCovered => {
                let live: Vec<usize> = self.authorities(within).into_iter().filter(|p| live(p)).collect();
                self.people(&live) > 0
            }
            Measure::AreasReusing => Stage::all().any(|stage| self.laender(within, &[s], stage).0 > 0),
            Measure::MilestonesPlanned | Measure::MilestonesOverdue => self.has_plan(&about(measure)),
            Measure::LeadTimeDays => !self.lead_times(&about(measure)).is_empty(),
            Measure::ReportingLagDays => !self.lags(&about(measure)).is_empty(),
            Measure::Applications | Measure::Other => false,
        }
    }
}
