//! The first day on which a line has a value.

use super::About;
use super::plans::first_plan;
use super::whose::Extent;
use crate::measure::{Counting, Measure};
use crate::query::Query;
use crate::state::{CellId, Count, State};
use crate::words::{Area, Day, Place, Position, Unit};

/// Returns the first day on which a counted line has a value: the first milestone of any service in its area or region, which
/// must exist.
pub(crate) fn start(state: &State, query: &Query, about: &About, position: Position) -> Option<Day> {
    let measure = query.measure;
    match measure.row().counting {
        Counting::ReportedOnly => return None,
        Counting::PerService if about.service.is_none() => return None,
        _ => {}
    }
    // What was not known yet as of the position has no line then, whatever was recorded of it later.
    if let Some(service) = &about.service
        && state.listing(state.services.number(service)?, position).is_empty()
    {
        return None;
    }
    if let Place::Authority(authority) = &about.place {
        let counts_places = matches!(measure, Measure::Reuses | Measure::ReusesCurrent);
        if !counts_places || state.registered(state.authorities.number(authority)?, position).is_empty() {
            return None;
        }
    }
    if measure == Measure::ServicesAtMaturity
        && query.levels.is_none()
        && about.service.is_none()
        && is_never_at_level(state, about, position)
    {
        return None;
    }
    let extent = Extent::of(state, &about.place, None, position);
    let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
    let planned = plans.then(|| first_plan(&extent)).flatten();
    let Some(region) = extent.region() else {
        return first_day(state, extent.area(), position).into_iter().chain(planned).min();
    };
    let (exists_from, _) = *region.map(Option::is_some).iter().next()?;
    let Place::Region(id) = &about.place else { return None };
    let first_reached = state.region_starts.of(id, position, || extent.first_reached());
    first_reached.into_iter().chain(planned).min().map(|first| first.max(exists_from))
}

/// Tells whether no service is ever at the level of a line.
fn is_never_at_level(state: &State, about: &About, position: Position) -> bool {
    let (Place::Area(area), Some(level)) = (&about.place, about.level) else {
        let query = Query::new(Measure::ServicesAtMaturity);
        return super::fold::counted(state, &query, position, about).value.is_empty();
    };
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let cell = CellId::new(Count::AtMaturity, *area, about.topic, unit, level.index());
    state.cube.at(cell, position).is_empty()
}

/// Returns the first day on which anything was reached in an area, as of a position.
pub(crate) fn first_day(state: &State, area: Area, position: Position) -> Option<Day> {
    let of = |area: Area| {
        let known = state.first_days.get(area.index())?;
        known[..known.partition_point(|(from, _)| *from <= position)].last()?.1
    };
    if area == Area::DE { Area::all().filter_map(of).min() } else { of(area) }
}

impl State {
    /// Returns the first day that anything is known of, as of a position: the first milestone, claim or plan.
    #[must_use]
    pub fn first_day(&self, position: Position) -> Option<Day> {
        let figures = self.figures.iter().flat_map(|(_, known)| known);
        let figures = figures.filter(|known| known.at(position)).map(|known| known.what.day);
        let reports = self.reuse_reports.iter().flat_map(|(_, known)| known);
        let reports = reports.filter(|known| known.at(position)).map(|known| known.what.day);
        let reached = first_day(self, Area::DE, position);
        let planned = first_plan(&Extent::of(self, &Place::Area(Area::DE), None, position));
        figures.chain(reports).chain(reached).chain(planned).min()
    }
}
