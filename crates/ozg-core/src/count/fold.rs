//! One service, one authority, a region, a list or a territory, folded on demand by the same timelines that the cube is
//! made of.

use super::whose::Extent;
use super::{About, Counted};
use crate::asof::AsOf;
use crate::event::ServiceList;
use crate::measure::{Denominator, Measure};
use crate::query::Query;
use crate::state::{AuthorityNo, ServiceNo, Slot, State};
use crate::steps::Steps;
use crate::words::{
    Area, AuthorityKind, Day, KindSet, Level, Model, Place, ServiceId, Slug, Stage, StageSet, Topic, Unit,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How deep children of children are followed; units allow three levels.
const CHILD_DEPTH_MAX: usize = 4;

/// Counts a measure for one service, or all services of an authority, a region, a list or a territory.
pub(crate) fn counted(at: AsOf<'_>, query: &Query, about: &About) -> Counted {
    let measure = query.measure;
    let extent = Extent::of(at, &about.place, query.territory);
    let list = query.list.as_ref().map(|list| at.list(list));
    let fold_of =
        |service| Fold { at, service, topic: about.topic, extent: &extent, list: query.list.as_ref() };
    let services = services(at.state, about, list.as_ref());
    if measure == Measure::AuthoritiesActive {
        return active(&extent, services.into_iter().map(fold_of));
    }
    let mut sum = Counted::default();
    let mut outside = Steps::default();
    for fold in services.into_iter().map(fold_of) {
        sum.value = sum.value.plus(&fold.value(measure, about));
        if let Some(below) = fold.denominator(measure, about) {
            sum.denominator = Some(sum.denominator.map_or(below.clone(), |sum| sum.plus(&below)));
        }
        if matches!(
            measure.row().denominator,
            Denominator::ReusesPossible | Denominator::PopulationResponsible
        ) {
            outside = outside.plus(&fold.outside(measure, about));
        }
    }
    if measure.row().denominator == Denominator::Laender {
        let laender = extent.laender();
        sum.denominator = Some(running(laender.iter().flat_map(|(_, lies)| steps_of(lies)).collect()));
    }
    sum.whole = Some(outside.map(|count| *count > 0))
        .filter(|outside| !outside.is_empty())
        .map(|outside| not(&outside));
    sum
}

/// Turns a timeline round.
fn not(holds: &Steps<bool>) -> Steps<bool> {
    Steps::always(true).zip(holds, |_, holds| !*holds)
}

/// Lists the services that a line may count.
fn services(state: &State, about: &About, list: Option<&Steps<Option<Arc<ServiceList>>>>) -> Vec<ServiceNo> {
    if let Some(service) = &about.service {
        return state.services.number(service).into_iter().collect();
    }
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let all = state.services.numbered().filter(|(_, service, _)| service.unit() == unit);
    let slot = about
        .place
        .authority()
        .map(|authority| (authority.area(), state.authorities.number(authority).map(Slot::of_authority)));
    let is_there = |number: ServiceNo| {
        slot.is_none_or(|(area, slot)| slot.is_some_and(|slot| state.slots(number, area).contains(&slot)))
    };
    let is_named = |service: &ServiceId| {
        list.is_none_or(|list| {
            list.iter().any(|(_, list)| list.as_ref().is_some_and(|list| list.services.contains(service)))
        })
    };
    all.filter(|(number, service, _)| is_named(service) && is_there(*number))
        .map(|(number, ..)| number)
        .collect()
}

/// Counts the authorities at which any of the services is live.
fn active<'a>(extent: &Extent<'_>, folds: impl Iterator<Item = Fold<'a>>) -> Counted {
    let mut live: BTreeMap<AuthorityNo, Steps<i64>> = BTreeMap::new();
    for fold in folds {
        let listed = fold.listed();
        for (area, slot) in extent.slots(fold.service) {
            let Some(authority) = slot.authority() else { continue };
            let stages = extent.stages(fold.service, area, slot);
            let holds =
                stages.zip(&listed, |stages, listed| i64::from(*listed && stages.contains(Stage::Live)));
            let sum = live.entry(authority).or_default();
            *sum = sum.plus(&holds);
        }
    }
    let active = live.values().flat_map(|count| steps_of(&count.map(|count| *count > 0)));
    let all =
        AuthorityKind::all().fold(Steps::default(), |sum: Steps<i64>, kind| sum.plus(extent.of_kind(kind)));
    Counted { value: running(active.collect()), denominator: Some(all), ..Counted::default() }
}

struct Fold<'a> {
    at: AsOf<'a>,
    service: ServiceNo,
    topic: Option<Topic>,
    extent: &'a Extent<'a>,
    list: Option<&'a Slug>,
}

impl Fold<'_> {
    /// Returns when the service is in the catalogue, in the topic and on the list asked for.
    fn listed(&self) -> Steps<bool> {
        self.at.listed_in(self.service, self.topic, self.list)
    }

    fn value(&self, measure: Measure, about: &About) -> Steps<i64> {
        let one = |holds: &Steps<bool>| self.listed().and(holds).map(|holds| i64::from(*holds));
        match measure {
            Measure::ServicesListed => one(&Steps::always(true)),
            Measure::ServicesLaunched => one(&self.launched(self.service, CHILD_DEPTH_MAX)),
            Measure::ServicesRolledOut => {
                one(&self.throughout(|area| self.at.rolled_out(self.service, area)))
            }
            Measure::ServicesCoveringAll => one(&self.covering()),
            Measure::ServicesCompliant => one(&self.at_level(Level::is_compliant)),
            Measure::ServicesAtMaturity => {
                one(&about.level.map_or_else(Steps::default, |l| self.lowest_is(l)))
            }
            Measure::Reuses | Measure::ReusesCurrent => {
                let holds = holds(measure, about);
                self.pairs(about, |_, stages| stages.map(|stages| holds(*stages)))
            }
            Measure::ReusesPossible => self.masked(&self.responsible()),
            Measure::PopulationCovered => self.masked(&self.people_live()),
            Measure::AreasReusing => self.masked(&self.areas(about.stage.unwrap_or(Stage::Live))),
            Measure::AuthoritiesActive
            | Measure::MilestonesPlanned
            | Measure::MilestonesOverdue
            | Measure::Applications
            | Measure::Other
            | Measure::LeadTimeDays
            | Measure::ReportingLagDays => Steps::default(),
        }
    }

    fn denominator(&self, measure: Measure, about: &About) -> Option<Steps<i64>> {
        if about.place.authority().is_some() {
            let of_listed = measure.row().denominator == Denominator::ServicesListed;
            return of_listed.then(|| self.listed().map(|listed| i64::from(*listed)));
        }
        match measure.row().denominator {
            Denominator::ServicesListed => Some(self.listed().map(|listed| i64::from(*listed))),
            Denominator::ReusesPossible => {
                Some(self.masked(&self.responsible())).filter(|steps| !steps.is_empty())
            }
            Denominator::PopulationResponsible => Some(self.masked(&self.people_responsible())),
            Denominator::None
            | Denominator::AuthoritiesRegistered
            | Denominator::Laender
            | Denominator::MilestonesPlanned => None,
        }
    }

    fn masked(&self, values: &Steps<i64>) -> Steps<i64> {
        values.zip(&self.listed(), |value, listed| if *listed { *value } else { 0 })
    }

    /// Counts the authorities whose stages fit.
    fn pairs(
        &self,
        about: &About,
        fits: impl Fn(AuthorityKind, &Steps<StageSet>) -> Steps<bool>,
    ) -> Steps<i64> {
        let only = about.place.authority().and_then(|authority| self.at.state.authorities.number(authority));
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (area, slot) in self.extent.slots(self.service) {
            let Some(authority) = slot.authority() else { continue };
            let Some(id) = self.at.state.authorities.key(authority) else { continue };
            if only.is_some_and(|only| only != authority) {
                continue;
            }
            let stages = self.extent.stages(self.service, area, slot);
            changes.extend(steps_of(&fits(id.kind(), &stages)));
        }
        self.masked(&running(changes))
    }

    /// Counts reuses by authorities of a kind that does not execute the service on the day: they have no denominator.
    fn outside(&self, measure: Measure, about: &About) -> Steps<i64> {
        let (kinds, holds) = (self.kinds(), holds(measure, about));
        self.pairs(about, |kind, stages| {
            stages.zip(&kinds, |stages, kinds| holds(*stages) && !kinds.contains(kind))
        })
    }

    fn kinds(&self) -> Steps<KindSet> {
        self.at.executed_by(self.service)
    }

    /// Sums something over the kinds that execute the service.
    fn over_kinds<'s>(&'s self, of_kind: impl Fn(AuthorityKind) -> &'s Steps<i64>) -> Steps<i64> {
        let kinds = self.kinds();
        let ever =
            kinds.iter().fold(KindSet::default(), |all, (_, kinds)| all.iter().chain(kinds.iter()).collect());
        ever.iter().fold(Steps::default(), |sum: Steps<i64>, kind| {
            let named =
                of_kind(kind).zip(&kinds, |count, kinds| if kinds.contains(kind) { *count } else { 0 });
            sum.plus(&named)
        })
    }

    fn responsible(&self) -> Steps<i64> {
        self.over_kinds(|kind| self.extent.of_kind(kind))
    }

    fn people_responsible(&self) -> Steps<i64> {
        self.over_kinds(|kind| self.extent.people_of_kind(kind))
    }

    /// Sums the inhabitants of the places at which the service is live.
    fn people_live(&self) -> Steps<i64> {
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (area, slot) in self.extent.slots(self.service) {
            let Some(authority) = slot.authority() else { continue };
            let live =
                self.extent.stages(self.service, area, slot).map(|stages| stages.contains(Stage::Live));
            if !live.is_empty() {
                let people = self.extent.people(authority);
                differences(&people.zip(&live, |people, live| if *live { *people } else { 0 }), &mut changes);
            }
        }
        running(changes)
    }

    fn covering(&self) -> Steps<bool> {
        let about = About {
            place: Place::Area(Area::DE),
            topic: None,
            service: None,
            stage: None,
            level: None,
            unit: None,
        };
        let kinds = self.kinds();
        let live = self.pairs(&about, |kind, stages| {
            stages.zip(&kinds, |stages, kinds| stages.contains(Stage::Live) && kinds.contains(kind))
        });
        self.masked(&self.responsible())
            .zip(&live, |responsible, live| *responsible > 0 && responsible == live)
    }

    /// Returns when something holds here throughout: in the area, or in every Land that the region touches.
    fn throughout(&self, holds: impl Fn(Area) -> Steps<bool>) -> Steps<bool> {
        let touched = self.extent.touched();
        let any = touched.iter().fold(Steps::default(), |any: Steps<bool>, (_, touched)| any.or(touched));
        touched.iter().fold(any, |all, (area, touched)| all.and(&not(touched).or(&holds(*area))))
    }

    /// Returns when the level of maturity throughout is one that fits.
    fn at_level(&self, fits: impl Fn(Level) -> bool) -> Steps<bool> {
        let levels = [Model::V1_1, Model::V2_0];
        let level = |area, model| self.at.level(self.service, area, Slot::AREA, model);
        self.throughout(|area| {
            levels.into_iter().fold(Steps::default(), |any: Steps<bool>, model| {
                any.or(&level(area, model).map(|level| level.is_some_and(&fits)))
            })
        })
    }

    /// Returns when the lowest level of maturity in a model is this one, and there is one throughout.
    fn lowest_is(&self, lowest: Level) -> Steps<bool> {
        let of_model = |level: Level| level.model() == lowest.model();
        let above = self.at_level(|level| of_model(level) && level > lowest);
        self.at_level(|level| of_model(level) && level >= lowest).and(&not(&above))
    }

    /// Counts the Länder in which the stage is held, at the Land itself or at an authority there.
    fn areas(&self, stage: Stage) -> Steps<i64> {
        let mut changes = Vec::new();
        for (land, lies) in self.extent.laender() {
            let slots = self.at.state.slots(self.service, land);
            let held = slots.into_iter().fold(Steps::default(), |any: Steps<bool>, slot| {
                let stages = self.at.pair(self.service, land, slot);
                let holds = stages.map(|stages| stages.contains(stage));
                // What the Land itself holds counts for each part of it.
                any.or(&if slot == Slot::AREA { holds } else { holds.and(self.extent.lies(land, slot)) })
            });
            changes.extend(steps_of(&held.and(&lies)));
        }
        running(changes)
    }

    /// Returns when a service is available here: at any place, or rolled out around it, itself or through a child that is
    /// listed and names it as its parent.
    fn launched(&self, service: ServiceNo, depth: usize) -> Steps<bool> {
        let at = self.at;
        let touched = self.extent.touched().iter();
        let mut any = touched.fold(Steps::default(), |any: Steps<bool>, (area, touched)| {
            any.or(&at.rolled_out(service, *area).and(touched))
        });
        for (area, slot) in self.extent.slots(service) {
            let stages = self.extent.stages(service, area, slot);
            any = any.or(&stages.map(|stages| stages.meets(StageSet::AVAILABLE)));
        }
        let children = at.state.services.value(service).map_or(&[][..], |history| &history.children);
        if depth == 0 {
            return any;
        }
        children.iter().copied().fold(any, |any, child| {
            let linked = at.linked(child, service);
            if linked.is_empty() {
                return any;
            }
            any.or(&self.launched(child, depth - 1).and(&linked))
        })
    }
}

/// Returns which stages a measure of reuses counts.
fn holds(measure: Measure, about: &About) -> impl Fn(StageSet) -> bool + use<> {
    let (stage, current) = (about.stage.unwrap_or(Stage::Live), measure == Measure::ReusesCurrent);
    move |stages: StageSet| if current { stages.furthest() == Some(stage) } else { stages.contains(stage) }
}

/// Appends the differences of a timeline of numbers.
pub(crate) fn differences(values: &Steps<i64>, changes: &mut Vec<(Day, i64)>) {
    let mut last = 0;
    for (day, value) in values.iter() {
        changes.push((*day, value - last));
        last = *value;
    }
}

/// Lists the rises and falls of a timeline.
pub(crate) fn steps_of(holds: &Steps<bool>) -> Vec<(Day, i64)> {
    holds.iter().map(|(day, holds)| (*day, if *holds { 1 } else { -1 })).collect()
}

/// Returns the running sum of changes in any order.
pub(crate) fn running(mut changes: Vec<(Day, i64)>) -> Steps<i64> {
    changes.sort_unstable_by_key(|(day, _)| *day);
    let mut sum = 0;
    let mut steps = Steps::default();
    for of_day in changes.chunk_by(|left, right| left.0 == right.0) {
        sum += of_day.iter().map(|(_, change)| change).sum::<i64>();
        steps.push(of_day[0].0, sum);
    }
    steps
}
