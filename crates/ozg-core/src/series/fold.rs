//! One service, or one authority, folded on demand by the same timelines that the cube is made of.

use super::counted::{Counted, Sums};
use super::lines::About;
use crate::measure::{Denominator, Measure};
use crate::state::{Slot, State, Steps};
use crate::words::{Area, AuthorityKind, Day, KindSet, Level, Model, Place, Stage, StageSet, Topic};

/// How deep children of children are followed; units allow three levels.
const CHILD_DEPTH_MAX: usize = 4;

/// Counts a measure for one service in an area, or the services of one authority.
pub(super) fn counted(state: &State, measure: Measure, about: &About, position: u32) -> Counted {
    let services: Vec<usize> = match (&about.service, &about.place) {
        (Some(service), _) => state.services.number(service).into_iter().collect(),
        (None, Place::Authority(authority)) => {
            let unit = about.unit;
            let all = state.services.iter().enumerate();
            let of_unit = all.filter(|(_, (service, _))| unit.is_none_or(|unit| service.unit() == unit));
            let slot = state.authorities.number(authority).map(Slot::of_authority);
            let area = authority.area();
            of_unit
                .map(|(number, _)| number)
                .filter(|number| slot.is_some_and(|slot| state.slots(*number, area).contains(&slot)))
                .collect()
        }
        (None, Place::Area(_)) => Vec::new(),
    };
    let mut sum = Counted::default();
    for service in services {
        let fold = Fold { state, service, position, topic: about.topic };
        sum.value = sum.value.plus(&fold.value(measure, about));
        let denominator = if about.service.is_some() { fold.denominator(measure, about) } else { None };
        sum.denominator = sum.denominator.or(denominator);
    }
    sum
}

struct Fold<'a> {
    state: &'a State,
    service: usize,
    position: u32,
    topic: Option<Topic>,
}

impl Fold<'_> {
    /// Returns when the service is listed, in the topic asked for.
    fn listed(&self) -> Steps<bool> {
        let topics = self.state.topics(self.service, self.position);
        topics.map(|topics| self.topic.map_or(!topics.is_empty(), |topic| topics.contains(topic)))
    }

    fn value(&self, measure: Measure, about: &About) -> Steps<i64> {
        let (state, service, position) = (self.state, self.service, self.position);
        let area = about.place.area();
        let one = |holds: &Steps<bool>| self.listed().and(holds).map(|holds| i64::from(*holds));
        match measure {
            Measure::ServicesListed => one(&Steps::always(true)),
            Measure::ServicesLaunched => one(&launched(state, service, area, position, CHILD_DEPTH_MAX)),
            Measure::ServicesRolledOut => one(&state.rolled_out(service, area, position)),
            Measure::ServicesCoveringAll => one(&self.covering(area)),
            Measure::ServicesCompliant => one(&self.at_level(area, Level::is_compliant)),
            Measure::ServicesAtMaturity => one(&self.at_level(area, |level| Some(level) == about.level)),
            Measure::Reuses => {
                let stage = about.stage.unwrap_or(Stage::Live);
                self.pairs(about, |_, stages| stages.map(|stages| stages.contains(stage)))
            }
            Measure::ReusesCurrent => {
                let stage = about.stage.unwrap_or(Stage::Live);
                self.pairs(about, |_, stages| stages.map(|stages| stages.furthest() == Some(stage)))
            }
            Measure::ReusesPossible => self.masked(&self.responsible(area)),
            Measure::PopulationCovered => self.masked(&self.population(area, true)),
            Measure::AreasReusing => self.masked(&self.areas(about.stage.unwrap_or(Stage::Live))),
            _ => Steps::default(),
        }
    }

    fn denominator(&self, measure: Measure, about: &About) -> Option<Steps<i64>> {
        let area = about.place.area();
        match measure.row().denominator {
            Denominator::ServicesListed => Some(self.listed().map(|listed| i64::from(*listed))),
            Denominator::ReusesPossible if matches!(about.place, Place::Area(_)) => {
                Some(self.masked(&self.responsible(area))).filter(|steps| !steps.is_empty())
            }
            Denominator::PopulationResponsible => Some(self.masked(&self.population(area, false))),
            Denominator::Laender => Some(Steps::always(16)),
            _ => None,
        }
    }

    fn masked(&self, values: &Steps<i64>) -> Steps<i64> {
        values.zip(&self.listed(), |value, listed| if *listed { *value } else { 0 })
    }

    fn slots(&self, area: Area) -> Vec<(Area, Slot)> {
        let areas = if area == Area::DE { Area::all().collect() } else { vec![area] };
        let of_area =
            |area: Area| self.state.slots(self.service, area).into_iter().map(move |slot| (area, slot));
        areas.into_iter().flat_map(of_area).collect()
    }

    /// Counts the authorities whose stages fit.
    fn pairs(
        &self,
        about: &About,
        fits: impl Fn(AuthorityKind, &Steps<StageSet>) -> Steps<bool>,
    ) -> Steps<i64> {
        let only = about.place.authority().and_then(|authority| self.state.authorities.number(authority));
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (area, slot) in self.slots(about.place.area()) {
            let Some(authority) = slot.authority() else { continue };
            let Some(id) = self.state.authorities.key(authority) else { continue };
            if only.is_some_and(|only| only != authority) {
                continue;
            }
            let stages = self.state.pair(self.service, area, slot, self.position);
            changes.extend(steps_of(&fits(id.kind(), &stages)));
        }
        self.masked(&running(changes))
    }

    fn responsible(&self, area: Area) -> Steps<i64> {
        let kinds = self.state.executed_by(self.service, self.position);
        let sums = Sums { state: self.state, position: self.position };
        let ever =
            kinds.iter().fold(KindSet::default(), |all, (_, kinds)| all.iter().chain(kinds.iter()).collect());
        ever.iter().fold(Steps::default(), |sum, kind| {
            let count = sums.of_kind(area, kind);
            sum.plus(&count.zip(&kinds, |count, kinds| if kinds.contains(kind) { *count } else { 0 }))
        })
    }

    fn covering(&self, area: Area) -> Steps<bool> {
        let about = About {
            place: Place::Area(area),
            topic: None,
            service: None,
            stage: None,
            level: None,
            unit: None,
        };
        let kinds = self.state.executed_by(self.service, self.position);
        let live = self.pairs(&about, |kind, stages| {
            stages.zip(&kinds, |stages, kinds| stages.contains(Stage::Live) && kinds.contains(kind))
        });
        self.masked(&self.responsible(area))
            .zip(&live, |responsible, live| *responsible > 0 && responsible == live)
    }

    fn at_level(&self, area: Area, fits: impl Fn(Level) -> bool) -> Steps<bool> {
        let levels = [Model::V1_1, Model::V2_0];
        let level = |model| self.state.level(self.service, area, Slot::AREA, model, self.position);
        levels.into_iter().fold(Steps::default(), |any: Steps<bool>, model| {
            any.or(&level(model).map(|level| level.is_some_and(&fits)))
        })
    }

    /// Sums the inhabitants of the places of live authorities, or of all responsible ones.
    fn population(&self, area: Area, live_only: bool) -> Steps<i64> {
        let kinds = self.state.executed_by(self.service, self.position);
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (number, (id, _)) in self.state.authorities.iter().enumerate() {
            if area != Area::DE && id.area() != area {
                continue;
            }
            let population = self.state.registration(number, self.position);
            let population = population.map(|described| {
                described.as_ref().and_then(|described| described.population).map_or(0, i64::from)
            });
            if population.is_empty() {
                continue;
            }
            let counts = if live_only {
                let pair =
                    self.state.pair(self.service, id.area(), Slot::of_authority(number), self.position);
                pair.map(|stages| stages.contains(Stage::Live))
            } else {
                kinds.map(|kinds| kinds.contains(id.kind()))
            };
            let people = population.zip(&counts, |people, counts| if *counts { *people } else { 0 });
            let mut last = 0;
            for (day, people) in people.iter() {
                changes.push((*day, people - last));
                last = *people;
            }
        }
        running(changes)
    }

    /// Counts the Länder in which the stage is held, at the Land itself or at an authority there.
    fn areas(&self, stage: Stage) -> Steps<i64> {
        let mut changes = Vec::new();
        for land in Area::laender() {
            let slots = self.state.slots(self.service, land);
            let held = slots.into_iter().fold(Steps::default(), |any: Steps<bool>, slot| {
                any.or(&self
                    .state
                    .pair(self.service, land, slot, self.position)
                    .map(|stages| stages.contains(stage)))
            });
            changes.extend(steps_of(&held));
        }
        running(changes)
    }
}

/// Returns when a service is available in an area: itself, or through a child that is listed and names it as its parent.
fn launched(state: &State, service: usize, area: Area, position: u32, depth: usize) -> Steps<bool> {
    let available = |area: Area, slot: Slot| {
        state.pair(service, area, slot, position).map(|stages| stages.meets(StageSet::AVAILABLE))
    };
    let areas: Vec<Area> = if area == Area::DE { Area::all().collect() } else { vec![area] };
    let mut any = if area == Area::DE {
        Steps::default()
    } else {
        state.area_holds(service, Area::DE, Stage::RolledOut, position)
    };
    for area in areas {
        for slot in state.slots(service, area) {
            any = any.or(&available(area, slot));
        }
    }
    let children = state.services.value(service).map_or(&[][..], |history| &history.children);
    if depth == 0 {
        return any;
    }
    children.iter().map(|child| *child as usize).fold(any, |any, child| {
        let linked = state.linked(child, service, position);
        if linked.is_empty() {
            return any;
        }
        any.or(&launched(state, child, area, position, depth - 1).and(&linked))
    })
}

/// Lists the rises and falls of a timeline.
pub(super) fn steps_of(holds: &Steps<bool>) -> Vec<(Day, i64)> {
    holds.iter().map(|(day, holds)| (*day, if *holds { 1 } else { -1 })).collect()
}

/// Returns the running sum of changes in any order.
pub(super) fn running(mut changes: Vec<(Day, i64)>) -> Steps<i64> {
    changes.sort_unstable_by_key(|(day, _)| *day);
    let mut sum = 0;
    let mut steps = Steps::default();
    for of_day in changes.chunk_by(|left, right| left.0 == right.0) {
        sum += of_day.iter().map(|(_, change)| change).sum::<i64>();
        steps.push(of_day[0].0, sum);
    }
    steps
}
