//! What there is to count: the rules of the measures, the cube that keeps their sums, and the same rules folded on demand.

mod about;
mod fold;
mod median;
mod pairs;
mod plans;
mod project;
mod start;
mod sums;
mod thresholds;
mod whose;

pub(crate) use about::About;
pub(crate) use plans::{matching_plans, place_of};
pub(crate) use start::start;
pub(crate) use sums::Sums;
pub(crate) use whose::Extent;

use crate::asof::AsOf;
use crate::measure::{Denominator, Measure};
use crate::query::Query;
use crate::state::{CellId, Count};
use crate::steps::Steps;
use crate::words::{Area, AuthorityKind, Day, KindSet, Place, Stage, Unit};

/// The counted timeline of a line.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) value: Steps<i64>,
    /// When there is a value at all, where that is not always so.
    pub(crate) holds: Option<Steps<bool>>,
    pub(crate) denominator: Option<Steps<i64>>,
    /// When all that is counted has a denominator, where that is not always so.
    pub(crate) whole: Option<Steps<bool>>,
    /// The day of the first edition of a registry that is taken for the time before it, too.
    pub(crate) first_edition: Option<Day>,
}

impl Counted {
    /// Lists the days on which anything of it may change.
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
    match measure {
        Measure::MilestonesPlanned | Measure::MilestonesOverdue => plans::counted(at, query, about),
        Measure::LeadTimeDays | Measure::ReportingLagDays => median::counted(at, query, about),
        Measure::ServicesListed
        | Measure::ServicesLaunched
        | Measure::ServicesRolledOut
        | Measure::ServicesCoveringAll
        | Measure::ServicesCompliant
        | Measure::ServicesAtMaturity
        | Measure::Reuses
        | Measure::ReusesCurrent
        | Measure::ReusesPossible
        | Measure::AuthoritiesActive
        | Measure::PopulationCovered
        | Measure::AreasReusing
        | Measure::Applications
        | Measure::Other => {
            let first_edition = first_edition(at, query, about);
            let is_folded = is_folded(query, about);
            let sums = if is_folded { fold::counted(at, query, about) } else { stored(at, measure, about) };
            Counted { first_edition, ..sums }
        }
    }
}

/// Tells whether a line is about less than the cube has sums of.
fn is_folded(query: &Query, about: &About) -> bool {
    about.service.is_some()
        || !matches!(about.place, Place::Area(_))
        || query.list.is_some()
        || query.territory.is_some()
        || query.measure == Measure::PopulationCovered
}

/// Returns the day of the first edition of the registries that a measure rests on; before it that edition is taken.
fn first_edition(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let rests_on_registry = query.measure == Measure::ReusesPossible
        || query.measure == Measure::ServicesCoveringAll
        || matches!(
            query.measure.row().denominator,
            Denominator::ReusesPossible
                | Denominator::AuthoritiesRegistered
                | Denominator::PopulationResponsible
        );
    if !rests_on_registry || query.territory.is_some() {
        return None;
    }
    let of_kind = |kind: AuthorityKind| {
        let cell = CellId::new(Count::FirstEdition, Area::DE, None, Unit::Ozg, kind.index());
        at.cell(cell).iter().find(|(_, change)| *change > 0).map(|(day, _)| *day)
    };
    kinds(at, query, about).into_iter().filter_map(of_kind).max()
}

/// Lists the kinds of authorities that a line rests on: those that execute its services.
fn kinds(at: AsOf<'_>, query: &Query, about: &About) -> Vec<AuthorityKind> {
    if let Some(service) = about.service.as_ref().and_then(|service| at.state.services.number(service)) {
        let executed_by = at.executed_by(service);
        let ever: KindSet = executed_by.iter().flat_map(|(_, kinds)| kinds.iter()).collect();
        return ever.iter().collect();
    }
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let executes = |kind: &AuthorityKind| {
        let cell = CellId::new(Count::Executing, Area::DE, about.topic, unit, kind.index());
        query.measure == Measure::AuthoritiesActive || !at.cell(cell).is_empty()
    };
    AuthorityKind::all().filter(executes).collect()
}

/// Sums of cells, by area, topic, unit and stage or level.
fn stored(at: AsOf<'_>, measure: Measure, about: &About) -> Counted {
    let cube = Sums(at);
    let area = about.place.area();
    let (topic, unit) = (about.topic, about.unit.unwrap_or(Unit::Ozg));
    let stage = about.stage.unwrap_or(Stage::Live).index();
    let value = match measure {
        Measure::ServicesListed => cube.steps(Count::Listed, Area::DE, topic, unit, 0),
        Measure::ServicesLaunched => cube.steps(Count::Launched, area, topic, unit, 0),
        Measure::ServicesRolledOut => cube.steps(Count::RolledOut, area, topic, unit, 0),
        Measure::ServicesCoveringAll => cube.steps(Count::CoveringAll, area, topic, unit, 0),
        Measure::ServicesCompliant => cube.steps(Count::Compliant, area, topic, unit, 0),
        Measure::ServicesAtMaturity => cube.steps(
            Count::AtMaturity,
            area,
            topic,
            unit,
            about.level.map_or(0, crate::words::Level::index),
        ),
        Measure::Reuses => cube.summed(Count::Reuses, area, topic, unit, stage),
        Measure::ReusesCurrent => cube.summed(Count::ReusesCurrent, area, topic, unit, stage),
        Measure::ReusesPossible => cube.possible(area, topic, unit),
        Measure::AuthoritiesActive => cube.summed(Count::AuthoritiesActive, area, topic, unit, 0),
        Measure::PopulationCovered
        | Measure::AreasReusing
        | Measure::MilestonesPlanned
        | Measure::MilestonesOverdue
        | Measure::Applications
        | Measure::Other
        | Measure::LeadTimeDays
        | Measure::ReportingLagDays => Steps::default(),
    };
    let denominator = match measure.row().denominator {
        Denominator::ServicesListed => Some(cube.steps(Count::Listed, Area::DE, topic, unit, 0)),
        Denominator::ReusesPossible => {
            Some(cube.possible(area, topic, unit)).filter(|steps| !steps.is_empty())
        }
        Denominator::AuthoritiesRegistered => Some(cube.registered(area)),
        Denominator::None
        | Denominator::PopulationResponsible
        | Denominator::Laender
        | Denominator::MilestonesPlanned => None,
    };
    let of_stage = (measure == Measure::Reuses).then_some(Count::ReusesOutside);
    let outside = of_stage.or((measure == Measure::ReusesCurrent).then_some(Count::ReusesCurrentOutside));
    let outside = outside.map(|count| cube.summed(count, area, topic, unit, stage));
    let whole = outside
        .filter(|outside| !outside.is_empty())
        .map(|outside| Steps::always(true).zip(&outside, |_, outside| *outside == 0));
    Counted { value, denominator, whole, ..Counted::default() }
}
