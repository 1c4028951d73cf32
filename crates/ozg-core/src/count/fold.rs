//! Values of one service, one authority, a region, a list or a territory, computed on demand from the same timelines as
//! the cube.

use super::ground::{Amounts, Ground};
use super::rules::{Counts, Pairs, is_active, is_live, known_kinds, launched, outside, rolled_out, rule};
use super::whose::Whose;
use super::{About, Counted};
use crate::asof::AsOf;
use crate::measure::{Denominator, Measure};
use crate::state::{AuthorityNo, ServiceNo, Slot};
use crate::steps::Steps;
use crate::words::{Area, AuthorityKind, Day, KindSet, Level, Model, Place, Stage, StageSet, Topic, Unit};
use std::collections::BTreeMap;

/// Counts a measure for one service, or all services of an authority, a region, a list or a territory.
pub(crate) fn counted(whose: &Whose<'_>, measure: Measure, about: &About) -> Counted {
    let (counts, denominator) = (rule(measure).counts, measure.row().denominator);
    if let Counts::Authorities = counts {
        return active(whose, folds(whose, about));
    }
    let mut sum = Counted::default();
    let mut outside = Steps::default();
    // A denominator of listed services needs all of them, also those of which nothing is said at the authority.
    let is_of_catalogue = denominator == Denominator::ServicesListed;
    for fold in folds_of(whose, about, is_of_catalogue) {
        sum.value = sum.value.plus(&fold.value(counts, about));
        if let Some(below) = fold.below(denominator, about) {
            sum.denominator = Some(sum.denominator.map_or(below.clone(), |sum| sum.plus(&below)));
        }
        if matches!(denominator, Denominator::ReusesPossible | Denominator::PopulationResponsible) {
            outside = outside.plus(&fold.outside(counts, about));
        }
        if denominator == Denominator::PopulationResponsible {
            sum.partial = sum.partial.or(&fold.is_live_unpeopled());
        }
    }
    if denominator == Denominator::Laender {
        let laender = whose.laender();
        sum.denominator = Some(running(laender.iter().flat_map(|(_, lies)| steps_of(lies)).collect()));
    }
    sum.whole = Some(outside.map(|count| *count > 0))
        .filter(|outside| !outside.is_empty())
        .map(|outside| outside.not());
    sum
}

/// Folds each service that a line may count.
pub(super) fn folds<'a>(whose: &'a Whose<'_>, about: &About) -> impl Iterator<Item = Fold<'a>> + use<'a> {
    folds_of(whose, about, false)
}

fn folds_of<'a>(
    whose: &'a Whose<'_>,
    about: &About,
    everywhere: bool,
) -> impl Iterator<Item = Fold<'a>> + use<'a> {
    let topic = about.topic;
    let services = services(whose, about, everywhere).into_iter();
    services.map(move |service| Fold { at: whose.at(), service, topic, whose })
}

/// Lists the services that a line may count. A line of an authority counts those with a statement there, or all with
/// `everywhere`.
fn services(whose: &Whose<'_>, about: &About, everywhere: bool) -> Vec<ServiceNo> {
    let state = whose.at().state;
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
        everywhere
            || slot
                .is_none_or(|(area, slot)| slot.is_some_and(|slot| state.slots(number, area).contains(&slot)))
    };
    all.filter(|(number, service, _)| whose.ever_lists(service) && is_there(*number))
        .map(|(number, ..)| number)
        .collect()
}

/// Counts the authorities at which any of the services is live.
fn active<'a>(whose: &'a Whose<'_>, folds: impl Iterator<Item = Fold<'a>>) -> Counted {
    let mut live: BTreeMap<AuthorityNo, Steps<i64>> = BTreeMap::new();
    for fold in folds {
        let listed = fold.listed();
        for (area, slot) in whose.slots(fold.service) {
            let Some(authority) = slot.authority() else { continue };
            let stages = whose.stages(fold.service, area, slot);
            let holds = stages.zip(&listed, |stages, listed| i64::from(*listed && is_active(*stages)));
            let sum = live.entry(authority).or_default();
            *sum = sum.plus(&holds);
        }
    }
    let active = live.values().flat_map(|count| steps_of(&count.map(|count| *count > 0)));
    let all =
        AuthorityKind::all().fold(Steps::default(), |sum: Steps<i64>, kind| sum.plus(whose.of_kind(kind)));
    Counted { value: running(active.collect()), denominator: Some(all), ..Counted::default() }
}

/// One service, wherever a line asks about.
#[derive(Clone, Copy)]
pub(super) struct Fold<'a> {
    at: AsOf<'a>,
    pub(super) service: ServiceNo,
    topic: Option<Topic>,
    pub(super) whose: &'a Whose<'a>,
}

impl Fold<'_> {
    /// Returns when the service is in the catalogue, in the topic and on the list asked for.
    pub(super) fn listed(&self) -> Steps<bool> {
        self.whose.listed(self.service, self.topic)
    }

    /// Counts by a rule while the service is listed.
    pub(super) fn value(&self, counts: Counts, about: &About) -> Steps<i64> {
        let one = |holds: &Steps<bool>| self.listed().and(holds).map(|holds| i64::from(*holds));
        match counts {
            Counts::Services(holds) => one(&holds(self)),
            Counts::Levels(fits) => {
                let of_model = |model| {
                    self.lowest_level(model).map(|level| level.is_some_and(|level| fits(level, about.level)))
                };
                let any = [Model::V1_1, Model::V2_0].into_iter().map(of_model);
                one(&any.fold(Steps::default(), |any: Steps<bool>, of_model| any.or(&of_model)))
            }
            Counts::Pairs(Pairs { stages, .. }) => {
                let stage = about.stage.unwrap_or(Stage::Live);
                self.pairs(about, |_, held| held.map(|held| stages(*held).contains(stage)))
            }
            Counts::Amounts(amount) => self.masked(&amount(self, about.stage.unwrap_or(Stage::Live))),
            Counts::Authorities | Counts::Plans { .. } | Counts::LeadTime | Counts::Lag | Counts::Claims => {
                unreachable!("what is not counted by service is counted elsewhere")
            }
        }
    }

    /// Returns what stands below the line, where it is counted by service.
    fn below(&self, denominator: Denominator, about: &About) -> Option<Steps<i64>> {
        let is_area = about.place.authority().is_none();
        match denominator {
            Denominator::ServicesListed => Some(self.listed().map(|listed| i64::from(*listed))),
            Denominator::ReusesPossible if is_area => {
                Some(self.masked(&self.responsible())).filter(|steps| !steps.is_empty())
            }
            Denominator::PopulationResponsible if is_area => Some(self.masked(&self.people_responsible())),
            Denominator::None
            | Denominator::ReusesPossible
            | Denominator::PopulationResponsible
            | Denominator::AuthoritiesRegistered
            | Denominator::Laender
            | Denominator::MilestonesPlanned => None,
        }
    }

    pub(super) fn masked(&self, values: &Steps<i64>) -> Steps<i64> {
        values.zip(&self.listed(), |value, listed| if *listed { *value } else { 0 })
    }

    /// Counts the authorities whose stages fit.
    pub(super) fn pairs(
        &self,
        about: &About,
        fits: impl Fn(AuthorityKind, &Steps<StageSet>) -> Steps<bool>,
    ) -> Steps<i64> {
        let only = about.place.authority().and_then(|authority| self.at.state.authorities.number(authority));
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (area, slot) in self.whose.slots(self.service) {
            let Some(authority) = slot.authority() else { continue };
            let Some(id) = self.at.state.authorities.key(authority) else { continue };
            if only.is_some_and(|only| only != authority) {
                continue;
            }
            let stages = self.whose.stages(self.service, area, slot);
            changes.extend(steps_of(&fits(id.kind(), &stages)));
        }
        self.masked(&running(changes))
    }

    /// Counts the pairs whose authority is of a kind that does not execute the service on the day. These pairs have no
    /// denominator.
    fn outside(&self, counts: Counts, about: &About) -> Steps<i64> {
        let (kinds, stage) = (self.kinds(), about.stage.unwrap_or(Stage::Live));
        let stages = if let Counts::Pairs(pairs) = counts { pairs.stages } else { |held| held };
        self.pairs(about, |kind, held| {
            held.zip(&kinds, |held, kinds| stages(outside(*held, *kinds, kind)).contains(stage))
        })
    }

    pub(super) fn kinds(&self) -> Steps<KindSet> {
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

    fn people_responsible(&self) -> Steps<i64> {
        self.over_kinds(|kind| self.whose.people_of_kind(kind))
    }

    /// Returns the level of maturity in a model. An authority has its own level (rule 11). A region has the lowest level of the
    /// areas that it touches, and none while one of them has none.
    pub(super) fn lowest_level(&self, model: Model) -> Steps<Option<Level>> {
        let lowest =
            self.whose.touched().iter().fold(Steps::default(), |lowest: Steps<Lowest>, (area, touched)| {
                let level = self.level(*area, model);
                lowest.zip(&level.zip(touched, Lowest::of), Lowest::lower)
            });
        lowest.map(|lowest| match lowest {
            Lowest::Level(level) => Some(*level),
            Lowest::Untouched | Lowest::Missing => None,
        })
    }
}

impl Fold<'_> {
    /// Returns the level that is recorded for the place itself, for an authority while it exists.
    fn level(&self, area: Area, model: Model) -> Steps<Option<Level>> {
        let level = self.at.level(self.service, area, self.whose.own, model);
        match self.whose.own.authority() {
            Some(number) => level.zip(&self.at.registered(number), |level, exists| level.filter(|_| *exists)),
            None => level,
        }
    }
}

impl Ground for Fold<'_> {
    fn throughout(&self, holds: &dyn Fn(AsOf<'_>, ServiceNo, Area) -> Steps<bool>) -> Steps<bool> {
        let touched = self.whose.touched();
        let any = touched.iter().fold(Steps::default(), |any: Steps<bool>, (_, touched)| any.or(touched));
        touched.iter().fold(any, |all, (area, touched)| {
            all.and(&touched.not().or(&holds(self.at, self.service, *area)))
        })
    }

    fn available(&self) -> Steps<bool> {
        let slots = self.whose.slots(self.service).into_iter();
        slots.fold(Steps::default(), |any: Steps<bool>, (area, slot)| {
            let stages = self.whose.stages(self.service, area, slot);
            any.or(&stages.map(|stages| stages.meets(StageSet::AVAILABLE)))
        })
    }

    fn rolled_out_around(&self) -> Steps<bool> {
        let touched = self.whose.touched().iter();
        touched.fold(Steps::default(), |any: Steps<bool>, (area, touched)| {
            any.or(&rolled_out(self.at, self.service, *area).and(touched))
        })
    }

    fn launched_child(&self) -> Steps<bool> {
        let children =
            self.at.state.services.value(self.service).map_or(&[][..], |history| &history.children);
        children.iter().fold(Steps::default(), |any: Steps<bool>, child| {
            let linked = self.at.linked(*child, self.service);
            // Parents are of a higher unit than their children, so that this ends.
            if linked.is_empty() {
                any
            } else {
                any.or(&launched(&Fold { service: *child, ..*self }).and(&linked))
            }
        })
    }

    fn live(&self) -> Steps<i64> {
        let kinds = self.kinds();
        let anywhere = About::new(Place::Area(Area::DE));
        self.pairs(&anywhere, |kind, held| held.zip(&kinds, |held, kinds| is_live(*held, *kinds, kind)))
    }

    fn responsible(&self) -> Steps<i64> {
        self.over_kinds(|kind| self.whose.of_kind(kind))
    }

    fn can_be_judged(&self) -> Steps<bool> {
        let kinds = self.kinds();
        known_kinds(&kinds).and(&self.whose.all_complete(&kinds).holds)
    }
}

impl Amounts for Fold<'_> {
    fn people_live(&self) -> Steps<i64> {
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (area, slot) in self.whose.slots(self.service) {
            let Some(authority) = slot.authority() else { continue };
            let live = self.whose.stages(self.service, area, slot).map(|stages| stages.contains(Stage::Live));
            if !live.is_empty() {
                let people = self.whose.of_territory(self.whose.population(authority));
                let reached = people.zip(&live, |people, live| if *live { people.unwrap_or(0) } else { 0 });
                differences(&reached, &mut changes);
            }
        }
        running(changes)
    }

    fn laender_holding(&self, stage: Stage) -> Steps<i64> {
        self.laender(|stages| stages.contains(stage))
    }
}

impl Fold<'_> {
    /// Counts the Länder here with fitting stages, held by the Land itself or by an authority there.
    pub(super) fn laender(&self, fits: impl Fn(&StageSet) -> bool) -> Steps<i64> {
        let mut changes = Vec::new();
        for (land, lies) in self.whose.laender() {
            let slots = self.at.state.slots(self.service, land);
            let held = slots.into_iter().fold(Steps::default(), |any: Steps<bool>, slot| {
                let stages = self.at.pair(self.service, land, slot);
                let holds = stages.map(&fits);
                // What the Land itself holds counts for each part of it.
                any.or(&if slot == Slot::AREA { holds } else { holds.and(self.whose.lies(land, slot)) })
            });
            changes.extend(steps_of(&held.and(&lies)));
        }
        running(changes)
    }
}

/// The lowest level of the areas looked at so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Lowest {
    /// No area is touched.
    #[default]
    Untouched,
    /// An area that is touched has no level.
    Missing,
    Level(Level),
}

impl Lowest {
    fn of(level: &Option<Level>, touched: &bool) -> Lowest {
        match (level, touched) {
            (_, false) => Lowest::Untouched,
            (None, true) => Lowest::Missing,
            (Some(level), true) => Lowest::Level(*level),
        }
    }

    fn lower(&self, other: &Lowest) -> Lowest {
        match (*self, *other) {
            (Lowest::Untouched, one) | (one, Lowest::Untouched) => one,
            (Lowest::Level(one), Lowest::Level(other)) => Lowest::Level(one.min(other)),
            (Lowest::Missing, _) | (_, Lowest::Missing) => Lowest::Missing,
        }
    }
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
