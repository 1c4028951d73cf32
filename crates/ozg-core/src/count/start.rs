//! The first day on which a line has a value.

use super::About;
use super::plans::first_plan;
use super::rules::{Counts, rule};
use super::whose::Whose;
use crate::asof::AsOf;
use crate::measure::{Counting, Dimension, Measure};
use crate::query::Query;
use crate::words::{Area, Day, Place};

/// Returns the first day on which a counted line has a value: the first milestone of any service in its area or region, which
/// must exist.
pub(crate) fn start(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let (measure, counts) = (query.measure, rule(query.measure).counts);
    match measure.row().counting {
        Counting::ReportedOnly => return None,
        Counting::PerService if about.service.is_none() => return None,
        Counting::Stored | Counting::Folded | Counting::PerService => {}
    }
    // A service that was not known yet as of the position has no line then, whatever was recorded about it later.
    if let Some(service) = &about.service
        && at.listing(at.state.services.number(service)?).is_empty()
    {
        return None;
    }
    if let Place::Authority(authority) = &about.place {
        let counts_places = matches!(counts, Counts::Pairs(_));
        if !counts_places || at.registered(at.state.authorities.number(authority)?).is_empty() {
            return None;
        }
    }
    if measure.has(Dimension::Level)
        && query.levels.is_none()
        && about.service.is_none()
        && is_never_at_level(at, measure, about)
    {
        return None;
    }
    let whose = Whose::at_place(at, &about.place);
    let counts_plans = matches!(counts, Counts::Plans { .. });
    let planned = counts_plans.then(|| first_plan(&whose)).flatten();
    let Some(region) = whose.region() else {
        return first_day(at, whose.area()).into_iter().chain(planned).min();
    };
    let (exists_from, _) = *region.map(Option::is_some).iter().next()?;
    let Place::Region(id) = &about.place else { return None };
    let first_reached = at.state.region_starts.of(id, at.position, || whose.first_reached());
    first_reached.into_iter().chain(planned).min().map(|first| first.max(exists_from))
}

/// Tells whether no service is ever at the level of a line.
fn is_never_at_level(at: AsOf<'_>, measure: Measure, about: &About) -> bool {
    match (&about.place, rule(measure).stored) {
        (Place::Area(area), Some(sum)) => {
            sum.cells(*area, about).into_iter().all(|cell| at.cell(cell).is_empty())
        }
        _ => super::fold::counted(at, &Query::new(measure), about).value.is_empty(),
    }
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
        let planned = first_plan(&Whose::at_place(*self, &Place::Area(Area::DE)));
        figures.chain(reports).chain(reached).chain(planned).min()
    }
}
