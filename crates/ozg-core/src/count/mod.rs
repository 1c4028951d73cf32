//! What there is to count: the rules of the measures, the cube that keeps their sums, and the same rules folded on demand.

mod about;
mod begins;
mod fold;
mod ground;
mod median;
mod moved;
mod open;
mod pairs;
mod partial;
mod plans;
mod project;
mod registered;
mod rules;
mod start;
mod stored;
mod sums;
mod thresholds;
mod whose;

pub(crate) use about::About;
pub(crate) use moved::{Moved, Statement};
pub use open::{Missing, NotExecuted, OpenAsked, OpenPlan};
pub(crate) use plans::{matching_plans, place_of};
pub(crate) use rules::{Counts, rule};
pub(crate) use start::{cells_of_anything, ever_counts, first_cells, may_always_hold, start};
pub(crate) use sums::Sum;
pub(crate) use whose::Whose;

use crate::asof::AsOf;
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{CellId, Count};
use crate::steps::Steps;
use crate::words::{AuthorityKind, Day, Place, Unit};
use begins::{Begins, JudgedAs};
use rules::RestsOn;
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
    /// When a catalogue or a register that the line needs is partial: then the value has no denominator.
    pub(crate) partial: Steps<bool>,
    /// When the first edition of a catalogue or a register is read for a day before it.
    pub(crate) early: Steps<bool>,
}

impl Counted {
    /// Lists the days on which the line may change.
    pub(crate) fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self.value.iter().map(|(day, _)| *day).collect();
        days.extend(self.holds.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.denominator.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        let flags = self.whole.iter().chain([&self.partial, &self.early]);
        days.extend(flags.flat_map(Steps::iter).map(|(day, _)| *day));
        days
    }
}

/// Counts a line as of a position.
pub(crate) fn counted(at: AsOf<'_>, query: &Query, about: &About) -> Counted {
    let measure = query.measure;
    let about = &*about.as_counted(measure);
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
            None => fold::counted(&Whose::of(at, query, about), measure, about),
        },
    };
    let whose = Whose::of(at, query, about);
    let lacks = partial::lacks(&whose, query, about);
    let counted = Counted {
        partial: counted.partial.or(&lacks.partial),
        early: lacks.early,
        holds: lacks.holds.or(counted.holds),
        ..counted
    };
    match rule.rests_on() {
        RestsOn::Catalogue if !partial::is_told(query, about) => {
            of_first_catalogue(at, query, about, counted)
        }
        RestsOn::Nothing | RestsOn::Catalogue | RestsOn::Executing | RestsOn::Registered => counted,
    }
}

/// Reads the first complete catalogue for the days before it: as the denominator, or as the value of `services_listed`.
fn of_first_catalogue(at: AsOf<'_>, query: &Query, about: &About, counted: Counted) -> Counted {
    let catalogue = at.catalogue(about.unit.unwrap_or(Unit::Ozg));
    match counted.denominator {
        Some(below) => Counted { denominator: Some(catalogue.with_first(below)), ..counted },
        // Its value is the catalogue itself.
        None if rules::rule(query.measure).begins == Begins::Listed => {
            Counted { value: catalogue.with_first(counted.value), ..counted }
        }
        None => counted,
    }
}

/// Lists the cells from which a row of a line is read: value, denominator and flags. Returns `None` where the line is folded on
/// demand.
pub(crate) fn cells(query: &Query, about: &About) -> Option<Vec<CellId>> {
    let rule = rules::rule(query.measure);
    let sum = rule.stored.filter(|_| !is_narrowed(query, about))?;
    let area = about.place.area();
    // The listed services decide which lines an answer has.
    let sums =
        [sum, Sum::OfGermany(Count::Listed)].into_iter().chain(Sum::below(query.measure.row().denominator));
    let mut cells: Vec<CellId> = sums.flat_map(|sum| sum.cells(area, about)).collect();
    if let Some(outside) = outside(rule.counts) {
        cells.extend(outside.cells(area, about));
    }
    if rule.rests_on() != RestsOn::Nothing {
        cells.extend(AuthorityKind::all().map(|kind| sums::executing(about, kind)));
        cells.push(sums::judged(area, about, JudgedAs::Judged));
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
