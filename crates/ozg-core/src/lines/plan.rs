//! The lines of an answer: one for each combination of requested values and for each basis.

use super::SeriesError;
use super::reported::Claims;
use crate::asof::AsOf;
use crate::count::{About, Counts};
use crate::measure::{Counting, Dimension};
use crate::query::{Query, default_areas};
use crate::words::{Area, Basis, ClaimKind, Day, Level, Place, ServiceId, Stage, Topic, Unit};

/// Most lines of one answer: combinations of the requested values.
pub(crate) const LINES_MAX: usize = 500_000;

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) about: About,
    pub(crate) basis: Basis,
    /// The first day on which it has a value.
    pub(crate) start: Day,
}

/// Plans the lines of an answer, in the order of the lists.
pub(crate) fn plan(at: AsOf<'_>, query: &Query, claims: &Claims) -> Result<Vec<Line>, SeriesError> {
    let mut lines = Vec::new();
    for about in abouts(at, query, claims)? {
        for basis in Basis::all().filter(|basis| query.bases.contains(basis)) {
            let start = start(at, query, (&about, basis), claims);
            lines.extend(start.map(|start| Line { about: about.clone(), basis, start }));
        }
    }
    Ok(lines)
}

/// Tells whether claims can answer a line. No claim is about a list or about another territory.
fn speaks(query: &Query, about: &About, basis: Basis) -> bool {
    // All but claims is a stock.
    if basis != Basis::Reported && !query.kinds.contains(&ClaimKind::Stock) {
        return false;
    }
    match basis {
        Basis::Counted => true,
        Basis::Summed => query.territory.is_none(),
        Basis::Reported | Basis::Target => {
            query.territory.is_none() && (query.list.is_none() || about.service.is_some())
        }
    }
}

/// Returns the first day on which a line has a value, as of a position.
pub(crate) fn start(
    at: AsOf<'_>,
    query: &Query,
    (about, basis): (&About, Basis),
    claims: &Claims,
) -> Option<Day> {
    let on_list = at.on_list(query.list.as_ref());
    let is_on_list = about.service.as_ref().is_none_or(|service| on_list.ever(service));
    if !speaks(query, about, basis) || !is_on_list {
        return None;
    }
    match basis {
        Basis::Counted => crate::count::start(at, query, about),
        Basis::Reported => claims.start(about),
        Basis::Summed => claims.start_of_sum(about),
        Basis::Target => super::targets::start(at, query, about),
    }
}

pub(crate) fn abouts(at: AsOf<'_>, query: &Query, claims: &Claims) -> Result<Vec<About>, SeriesError> {
    let measure = query.measure;
    let places = places(query);
    let topics = choose(query.topics.clone(), query.spreads(Dimension::Topic), || {
        std::iter::once(None).chain(Topic::all().map(Some)).collect()
    });
    let services = choose(
        query.services.as_ref().map(|services| services.iter().cloned().map(Some).collect()),
        query.spreads(Dimension::Service),
        || services(at, query, claims),
    );
    let stages = if measure.has(Dimension::Stage) { stages(query) } else { vec![None] };
    let levels = match (&query.levels, measure.has(Dimension::Level)) {
        (Some(levels), _) => levels.iter().copied().map(Some).collect(),
        (None, true) => Level::all().map(Some).collect(),
        (None, false) => vec![None],
    };
    let lengths = [places.len(), topics.len(), services.len(), stages.len(), levels.len()];
    let found = lengths.into_iter().fold(1, usize::saturating_mul);
    if found > LINES_MAX {
        return Err(SeriesError::TooMany { what: "lines", found, allowed: LINES_MAX });
    }
    let mut out = Vec::new();
    for place in &places {
        for topic in &topics {
            for service in &services {
                for stage in &stages {
                    for level in &levels {
                        for unit in units_of(query, service.as_ref()) {
                            out.push(About {
                                place: place.clone(),
                                topic: *topic,
                                service: service.clone(),
                                stage: *stage,
                                level: *level,
                                unit,
                            });
                        }
                    }
                }
            }
        }
    }
    Ok(out)
}

/// Lists the places of the lines.
pub(crate) fn places(query: &Query) -> Vec<Place> {
    match (&query.areas, query.spreads(Dimension::Area)) {
        (Some(areas), _) => areas.clone(),
        (None, true) => default_areas(),
        (None, false) => vec![Place::Area(Area::DE)],
    }
}

fn choose<T>(
    given: Option<Vec<Option<T>>>,
    spread: bool,
    all: impl FnOnce() -> Vec<Option<T>>,
) -> Vec<Option<T>> {
    match (given, spread) {
        (Some(given), _) => given,
        (None, true) => all(),
        (None, false) => vec![None],
    }
}

/// Lists all services that were ever listed or claimed about as of a position, by key; of a list, those ever on it.
fn services(at: AsOf<'_>, query: &Query, claims: &Claims) -> Vec<Option<ServiceId>> {
    let on_list = at.on_list(query.list.as_ref());
    let known = at.state.services.numbered().filter(|(number, ..)| !at.listing(*number).is_empty());
    let mut services: Vec<&ServiceId> =
        known.map(|(_, service, _)| service).chain(claims.services()).collect();
    services.sort_unstable();
    services.dedup();
    services.into_iter().filter(|service| on_list.ever(service)).cloned().map(Some).collect()
}

pub(crate) fn counts_plans(query: &Query) -> bool {
    matches!(crate::count::rule(query.measure).counts, Counts::Plans { .. })
}

/// Lists the stages of the lines: `live`; each stage for `reuses_current`; all stages together for plans.
pub(crate) fn stages(query: &Query) -> Vec<Option<Stage>> {
    let measure = query.measure;
    let plans = counts_plans(query);
    // Where each pair counts in one stage only there is a line for each stage.
    let adds_up = !plans && measure.row().adds_over.contains(&Dimension::Stage);
    let each = || -> Vec<Option<Stage>> {
        Stage::all().filter(|stage| plans || !stage.is_for_areas_only()).map(Some).collect()
    };
    match &query.stages {
        Some(stages) => stages.iter().copied().map(Some).collect(),
        None if query.spreads(Dimension::Stage) || adds_up => each(),
        None if plans => vec![None],
        None => vec![Some(Stage::Live)],
    }
}

/// Lists the units of the lines: those asked for, or that of the service. By default a measure of pairs or plans has each unit,
/// one that is only reported also lines without a unit, and any other has `ozg` (rule 21a).
pub(crate) fn units_of(query: &Query, service: Option<&ServiceId>) -> Vec<Option<Unit>> {
    let measure = query.measure;
    if !measure.has(Dimension::Unit) {
        return vec![None];
    }
    let each = || Unit::all().map(Some);
    let asked: Option<Vec<Option<Unit>>> = match (&query.units, query.spreads(Dimension::Unit)) {
        (Some(units), _) => Some(units.clone()),
        (None, true) => Some(each().collect()),
        (None, false) => None,
    };
    match (asked, service) {
        (Some(units), Some(service)) => {
            units.into_iter().filter(|unit| *unit == Some(service.unit())).collect()
        }
        (Some(units), None) => units,
        (None, Some(service)) => vec![Some(service.unit())],
        // Claims about applications and other things need not count services at all.
        (None, None) if measure.row().counting == Counting::ReportedOnly => {
            std::iter::once(None).chain(each()).collect()
        }
        (None, None) if measure.may_be_summed() || counts_plans(query) => each().collect(),
        (None, None) => vec![Some(Unit::Ozg)],
    }
}
