//! The first day on which a line has a value.

use super::About;
use super::plans::first_plan;
use super::whose::Extent;
use crate::asof::AsOf;
use crate::measure::{Counting, Measure};
use crate::query::Query;
use crate::state::{CellId, Count};
use crate::words::{Area, Day, Place, Unit};

/// Returns the first day on which a counted line has a value: the first milestone of any service in its area or region, which
/// must exist.
pub(crate) fn start(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let measure = query.measure;
    match measure.row().counting {
        Counting::ReportedOnly => return None,
        Counting::PerService if about.service.is_none() => return None,
        Counting::Stored | Counting::Folded | Counting::PerService => {}
    }
    // What was not known yet as of the at.position has no line then, whatever was recorded of it later.
    if let Some(service) = &about.service
        && at.listing(at.state.services.number(service)?).is_empty()
    {
        return None;
    }
    if let Place::Authority(authority) = &about.place {
        let counts_places = matches!(measure, Measure::Reuses | Measure::ReusesCurrent);
        if !counts_places || at.registered(at.state.authorities.number(authority)?).is_empty() {
            return None;
        }
    }
    if measure == Measure::ServicesAtMaturity
        && query.levels.is_none()
        && about.service.is_none()
        && is_never_at_level(at, about)
    {
        return None;
    }
    let extent = Extent::of(at, &about.place, None);
    let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
    let planned = plans.then(|| first_plan(&extent)).flatten();
    let Some(region) = extent.region() else {
        return first_day(at, extent.area()).into_iter().chain(planned).min();
    };
    let (exists_from, _) = *region.map(Option::is_some).iter().next()?;
    let Place::Region(id) = &about.place else { return None };
    let first_reached = at.state.region_starts.of(id, at.position, || extent.first_reached());
    first_reached.into_iter().chain(planned).min().map(|first| first.max(exists_from))
}

/// Tells whether no service is ever at the level of a line.
fn is_never_at_level(at: AsOf<'_>, about: &About) -> bool {
    let (Place::Area(area), Some(level)) = (&about.place, about.level) else {
        let query = Query::new(Measure::ServicesAtMaturity);
        return super::fold::counted(at, &query, about).value.is_empty();
    };
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let cell = CellId::new(Count::AtMaturity, *area, about.topic, unit, level.index());
    at.cell(cell).is_empty()
}

/// Returns the first day on which anything was reached in an area, as of a position.
pub(crate) fn first_day(at: AsOf<'_>, area: Area) -> Option<Day> {
    let of = |area: Area| {
        let known = at.state.first_days.get(area.index())?;
        known[..known.partition_point(|(from, _)| *from <= at.position)].last()?.1
    };
    if area == Area::DE { Area::all().filter_map(of).min() } else { of(area) }
}

impl AsOf<'_> {
    /// Returns the first day that anything is known of: the first milestone, claim or plan.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        let figures = self.state.figures.iter().flat_map(|(_, known)| known);
        let figures = figures.filter(|known| known.at(self.position)).map(|known| known.what.day);
        let reports = self.state.reuse_reports.iter().flat_map(|(_, known)| known);
        let reports = reports.filter(|known| known.at(self.position)).map(|known| known.what.day);
        let reached = first_day(*self, Area::DE);
        let planned = first_plan(&Extent::of(*self, &Place::Area(Area::DE), None));
        figures.chain(reports).chain(reached).chain(planned).min()
    }
}
