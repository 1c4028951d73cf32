//! What there is to count: the rules of the measures, the cube that keeps their sums, and the same rules folded on demand.

mod about;
mod fold;
mod median;
mod pairs;
mod plans;
mod project;
mod rules;
mod start;
mod sums;
mod thresholds;
mod whose;

pub(crate) use about::About;
pub(crate) use plans::{matching_plans, place_of};
pub(crate) use rules::{Counts, Moved, Statement, rule};
pub(crate) use start::start;
pub(crate) use sums::Sum;
pub(crate) use whose::Whose;

use crate::asof::AsOf;
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{CellId, Count};
use crate::steps::Steps;
use crate::words::{AuthorityKind, Day, KindSet, Place};
use rules::Rule;
use sums::Sub;

/// The counted timeline of a line.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) value: Steps<i64>,
    /// When the line has a value, if it does not always have one.
    pub(crate) holds: Option<Steps<bool>>,
    pub(crate) denominator: Option<Steps<i64>>,
    /// When everything counted has a denominator, if that is not always so.
    pub(crate) whole: Option<Steps<bool>>,
    /// The day of the first edition of a registry, which also stands for the time before it.
    pub(crate) first_edition: Option<Day>,
}

impl Counted {
    /// Lists the days on which the line may change.
    pub(crate) fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self.value.iter().map(|(day, _)| *day).collect();
        days.extend(self.holds.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.denominator.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.whole.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days
    }
}

/// Counts a line as of a position.
pub(crate) fn counted(at: AsOf<'_>, query: &Query, about: &About) -> Counted {
    let measure = query.measure;
    if let (Some(service), Some(unit)) = (&about.service, about.unit)
        && service.unit() != unit
    {
        return Counted::default();
    }
    let rule = rules::rule(measure);
    let counted = match (rule.counts, rule.stored) {
        (Counts::Plans { overdue }, _) => plans::counted(at, query, about, overdue),
        (Counts::LeadTime, _) => median::counted(at, query, about, median::lead_times),
        (Counts::Lag, _) => median::counted(at, query, about, median::lags),
        (Counts::Claims, _) => Counted::default(),
        (
            Counts::Services(_)
            | Counts::Levels(_)
            | Counts::Pairs(_)
            | Counts::Amounts(_)
            | Counts::Authorities,
            sum,
        ) => match sum.filter(|_| !is_narrowed(query, about)) {
            Some(sum) => stored(at, measure, sum, about),
            None => fold::counted(at, query, about),
        },
    };
    // Where no authority of an executing kind is registered, nothing was counted: that is no zero (rule 10c).
    let holds = match (&about.service, measure) {
        (Some(_), Measure::ReusesPossible) => Some(counted.value.map(|possible| *possible > 0)),
        _ => counted.holds.clone(),
    };
    Counted { first_edition: first_edition(at, query, about), holds, ..counted }
}

/// Lists the cells that the value of a line and what stands beside it are read from; none where they are folded on demand.
pub(crate) fn cells(query: &Query, about: &About) -> Option<Vec<CellId>> {
    let rule = rules::rule(query.measure);
    let sum = rule.stored.filter(|_| !is_narrowed(query, about))?;
    let area = about.place.area();
    // Services that are listed say which lines there are.
    let sums =
        [sum, Sum::OfGermany(Count::Listed)].into_iter().chain(Sum::below(query.measure.row().denominator));
    let mut cells: Vec<CellId> = sums.flat_map(|sum| sum.cells(area, about)).collect();
    if let Some(outside) = outside(rule.counts) {
        cells.extend(outside.cells(area, about));
    }
    if rule.rests_on_registry() {
        cells.extend(
            AuthorityKind::all().flat_map(|kind| [sums::first_edition(kind), sums::executing(about, kind)]),
        );
    }
    Some(cells)
}

/// Tells whether the cube has no sum for a line, so that the line is computed on demand.
fn is_narrowed(query: &Query, about: &About) -> bool {
    about.service.is_some()
        || !matches!(about.place, Place::Area(_))
        || query.list.is_some()
        || query.territory.is_some()
}

/// Returns the day of the first edition of the registries that a measure rests on. That edition also stands for the
/// time before it.
fn first_edition(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let rule = rules::rule(query.measure);
    if !rule.rests_on_registry() || query.territory.is_some() {
        return None;
    }
    let of_kind = |kind: AuthorityKind| {
        let cell = at.cell(sums::first_edition(kind));
        cell.iter().find(|(_, change)| *change > 0).map(|(day, _)| *day)
    };
    kinds(at, rule, about).into_iter().filter_map(of_kind).max()
}

/// Lists the kinds of authorities that a line rests on: those that execute its services, or all.
fn kinds(at: AsOf<'_>, rule: Rule, about: &About) -> Vec<AuthorityKind> {
    if let Some(service) = about.service.as_ref().and_then(|service| at.state.services.number(service)) {
        let executed_by = at.executed_by(service);
        let ever: KindSet = executed_by.iter().flat_map(|(_, kinds)| kinds.iter()).collect();
        return ever.iter().collect();
    }
    let rests_on_all = matches!(rule.counts, Counts::Authorities);
    AuthorityKind::all()
        .filter(|kind| rests_on_all || !at.cell(sums::executing(about, *kind)).is_empty())
        .collect()
}

/// Returns the sum of the pairs that have no denominator.
fn outside(counts: Counts) -> Option<Sum> {
    let Counts::Pairs(pairs) = counts else { return None };
    Some(Sum::OfLaender(pairs.outside, Sub::Stage))
}

/// Reads a stored sum with what stands below the line.
fn stored(at: AsOf<'_>, measure: Measure, sum: Sum, about: &About) -> Counted {
    let area = about.place.area();
    let value = sum.steps(at, area, about);
    let below = Sum::below(measure.row().denominator);
    let denominator = below.map(|sum| (sum, sum.steps(at, area, about)));
    // Where nothing is possible, nothing stands below the line.
    let denominator = denominator.filter(|(sum, steps)| !matches!(sum, Sum::Possible) || !steps.is_empty());
    let outside = outside(rules::rule(measure).counts).map(|sum| sum.steps(at, area, about));
    let whole = outside
        .filter(|outside| !outside.is_empty())
        .map(|outside| Steps::always(true).zip(&outside, |_, outside| *outside == 0));
    Counted { value, denominator: denominator.map(|(_, steps)| steps), whole, ..Counted::default() }
}
