//! The first day on which a line has a value (rule 17).

use super::About;
use super::begins::Begins;
use super::plans::first_plan;
use super::rules::{Counts, Rule, rule};
use super::sums::{Sub, Sum};
use super::whose::Whose;
use super::{fold, ground, median, sums};
use crate::asof::AsOf;
use crate::measure::{Counting, Dimension, Measure};
use crate::query::Query;
use crate::state::{CellId, Count, StartOf};
use crate::time::berlin_day;
use crate::words::{Area, Day, Level, Place, ServiceId, Stage, Unit};

/// Returns the first day on which a counted line has a value: where its place has begun and, if it is about one service, that
/// service has begun anywhere.
pub(crate) fn start(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let (measure, counts) = (query.measure, rule(query.measure).counts);
    let about = &*about.as_counted(measure);
    match measure.row().counting {
        Counting::ReportedOnly => return None,
        Counting::PerService if about.service.is_none() => return None,
        Counting::Stored | Counting::Folded | Counting::PerService => {}
    }
    if let Place::Authority(authority) = &about.place {
        let speaks_of_it = matches!(counts, Counts::Pairs(_) | Counts::Levels(_));
        if !speaks_of_it || at.registered(at.state.authorities.number(authority)?).is_empty() {
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
    let unit = unit_of(about);
    let place = place_of(measure, about);
    let of_place = begun(at, measure, &place, unit)?;
    let of_service = match &about.service {
        Some(service) => begun_anywhere(at, measure, service, &place)?,
        None => Day::EVER,
    };
    let first = match of_place.max(of_service) {
        Day::EVER => at.anything_counts().or_else(|| catalogue_recorded(at, unit))?,
        day => day,
    };
    let Place::Region(region) = &about.place else { return Some(first) };
    let (exists_from, _) = *at.region(region).iter().next()?;
    Some(first.max(exists_from))
}

/// Lists the cells whose first days say when a line begins; none where that is folded on demand.
pub(crate) fn first_cells(measure: Measure, about: &About) -> Option<Vec<CellId>> {
    match place_of(measure, &about.as_counted(measure)) {
        Place::Area(area) => cells(rule(measure), area, unit_of(about)),
        Place::Region(_) | Place::Authority(_) => None,
    }
}

/// Returns the place that decides when a line begins: for an authority its Land, but for maturity the authority itself
/// (rule 11).
fn place_of(measure: Measure, about: &About) -> Place {
    match &about.place {
        Place::Authority(authority) if rule(measure).begins != Begins::Level => Place::Area(authority.area()),
        place @ (Place::Area(_) | Place::Region(_) | Place::Authority(_)) => place.clone(),
    }
}

fn unit_of(about: &About) -> Unit {
    about.service.as_ref().map(ServiceId::unit).or(about.unit).unwrap_or(Unit::Ozg)
}

/// Tells whether anything is ever counted in a line; none where that would take a fold over many services.
pub(crate) fn ever_counts(at: AsOf<'_>, query: &Query, about: &About) -> Option<bool> {
    match (&about.place, &about.service, rule(query.measure).stored) {
        (Place::Area(area), None, Some(sum)) => {
            Some(sum.cells(*area, about).into_iter().any(|cell| !at.cell(cell).is_empty()))
        }
        (_, None, _) => None,
        (_, Some(_), _) => Some(super::counted(at, query, about).value.iter().any(|(_, value)| *value != 0)),
    }
}

/// Tells whether no service is ever at the level of a line.
fn is_never_at_level(at: AsOf<'_>, measure: Measure, about: &About) -> bool {
    match (&about.place, rule(measure).stored) {
        (Place::Area(area), Some(sum)) => {
            sum.cells(*area, about).into_iter().all(|cell| at.cell(cell).is_empty())
        }
        _ => fold::counted(&Whose::at_place(at, &about.place), measure, about).value.is_empty(),
    }
}

/// Returns the first day on which any service of a unit begins a measure in a place.
fn begun(at: AsOf<'_>, measure: Measure, place: &Place, unit: Unit) -> Option<Day> {
    if let Place::Area(area) = place
        && let Some(cells) = cells(rule(measure), *area, unit)
    {
        return cells.into_iter().filter_map(|cell| at.state.cube.first(cell, at.position)).min();
    }
    let about = About { unit: Some(unit), ..About::new(place.clone()) };
    folded(at, measure, &about)
}

/// Returns the first day on which a service begins a measure anywhere: in Germany, in a Land or at the place itself.
fn begun_anywhere(at: AsOf<'_>, measure: Measure, service: &ServiceId, place: &Place) -> Option<Day> {
    let is_said_of_each = rule(measure).begins.is_said_of_each();
    let areas = Area::all().filter(|area| is_said_of_each || *area == Area::DE);
    let own = place.authority().map(|_| place.clone());
    let about = |place: Place| About {
        service: Some(service.clone()),
        unit: Some(service.unit()),
        ..About::new(place)
    };
    areas.map(Place::Area).chain(own).filter_map(|place| folded(at, measure, &about(place))).min()
}

/// Finds the first day by folding, or remembers it.
fn folded(at: AsOf<'_>, measure: Measure, about: &About) -> Option<Day> {
    let key = StartOf {
        measure,
        place: about.place.clone(),
        service: about.service.clone(),
        unit: unit_of(about),
        position: at.position,
    };
    at.state.asked.starts.of(key, || {
        let whose = Whose::at_place(at, &about.place);
        let query = Query::new(measure);
        let of_median = |gather| median::counted(at, &query, about, gather).holds?.first();
        match rule(measure).counts {
            Counts::Plans { .. } => first_plan(&whose, about),
            Counts::LeadTime => of_median(median::lead_times),
            Counts::Lag => of_median(median::lags),
            Counts::Claims => None,
            Counts::Services(_)
            | Counts::Levels(_)
            | Counts::Pairs(_)
            | Counts::Amounts(_)
            | Counts::Authorities => ground::begun(&whose, measure, about),
        }
    })
}

/// Lists the cells whose first day is the day on which a measure begins in an area; `None` where that day is folded on demand.
fn cells(rule: Rule, area: Area, unit: Unit) -> Option<Vec<CellId>> {
    let about = About { unit: Some(unit), ..About::new(Place::Area(area)) };
    let laender = || Area::laender().filter(move |land| area == Area::DE || *land == area);
    Some(match rule.begins {
        Begins::Listed | Begins::Value | Begins::ValueOfEach => rule.stored?.cells(area, &about),
        // Each pair counts in the furthest of its stages.
        Begins::Pair => Stage::all()
            .map(|stage| About { stage: Some(stage), ..about.clone() })
            .flat_map(|about| Sum::OfLaender(Count::ReusesCurrent, Sub::Stage).cells(area, &about))
            .collect(),
        Begins::Level => levels(area, unit).collect(),
        Begins::Judged(how_far) => vec![sums::judged(area, &about, how_far)],
        Begins::Held => laender().map(|land| held(land, unit)).collect(),
        Begins::Plan => return None,
    })
}

fn held(area: Area, unit: Unit) -> CellId {
    CellId::new(Count::Held, area, None, unit, 0)
}

fn levels(area: Area, unit: Unit) -> impl Iterator<Item = CellId> {
    Level::all().map(move |level| CellId::new(Count::AtMaturity, area, None, unit, level.index()))
}

/// Tells whether what begins a measure may have existed for ever.
pub(crate) fn may_always_hold(measure: Measure) -> bool {
    rule(measure).begins.may_always_hold()
}

/// Lists the cells of stages held and of levels: whatever counts in them began on a day.
pub(crate) fn cells_of_anything() -> impl Iterator<Item = CellId> {
    Area::all()
        .flat_map(|area| Unit::all().map(move |unit| (area, unit)))
        .flat_map(|(area, unit)| std::iter::once(held(area, unit)).chain(levels(area, unit)))
}

/// Returns the day on which the first standing undated listing of a unit was recorded. Undated listings hold for ever.
fn catalogue_recorded(at: AsOf<'_>, unit: Unit) -> Option<Day> {
    let of_unit = at.state.services.iter().filter(|(service, _)| service.unit() == unit);
    let standing = of_unit.flat_map(|(_, history)| &history.said).filter(|known| known.at(at.position));
    let always = standing.filter(|known| known.what.day == Day::EVER && known.what.said.is_some());
    let recorded = always.filter_map(|known| at.state.batch_of(known.entry));
    recorded.map(|batch| berlin_day(batch.recorded_at_ms)).min()
}

impl AsOf<'_> {
    /// Returns the first day on which a listed service holds a stage anywhere, has a level of maturity or a plan.
    fn anything_counts(&self) -> Option<Day> {
        let germany = |unit| About { unit: Some(unit), ..About::new(Place::Area(Area::DE)) };
        let planned =
            Unit::all().filter_map(|unit| folded(*self, Measure::MilestonesPlanned, &germany(unit)));
        let said = cells_of_anything().filter_map(|cell| self.state.cube.first(cell, self.position));
        said.chain(planned).min()
    }

    /// Returns the first day with a milestone, a level, a claim or a plan.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        let figures = self.state.figures.iter().flat_map(|(_, known)| known);
        let figures = figures.filter(|known| known.at(self.position)).map(|known| known.what.day);
        let reports = self.state.reuse_reports.iter().flat_map(|(_, known)| known);
        let reports = reports.filter(|known| known.at(self.position)).map(|known| known.what.day);
        figures.chain(reports).chain(self.anything_counts()).min()
    }
}
