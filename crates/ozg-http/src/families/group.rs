//! The samples of one measure: its values, their denominators, and the published values beside them.
//!
//! A claim whose scope is narrowed by words has no sample here, and neither has a change or a flow. Where sources
//! conflict, the lowest value is the sample, and the conflict has a sample of its own.

use super::history::{HeldDays, LabelledLine};
use ozg_core::measure::{Denominator, Dimension, Measure, Metrics};
use ozg_core::query::{Query, Viewpoint};
use ozg_core::series::{Observed, Row, SeriesError};
use ozg_core::state::State;
use ozg_core::time::start_of_berlin_day;
use ozg_core::words::{Area, Basis, ClaimKind, Day, Number, Place, Position, ServiceId};

/// The lines of one measure, by kind.
#[derive(Debug, Default)]
pub(crate) struct MeasureLines {
    pub(crate) values: Vec<LabelledLine>,
    pub(crate) denominators: Vec<LabelledLine>,
    pub(crate) conflicts: Vec<LabelledLine>,
    pub(crate) timestamps: Vec<LabelledLine>,
}

impl MeasureLines {
    /// Adds the lines of another.
    pub(crate) fn append(&mut self, other: MeasureLines) {
        self.values.extend(other.values);
        self.denominators.extend(other.denominators);
        self.conflicts.extend(other.conflicts);
        self.timestamps.extend(other.timestamps);
    }
}

type Labels = Vec<(&'static str, String)>;

/// Returns the lines of a measure, with one line per value of each label.
pub(crate) fn tell(
    state: &State,
    measure: Measure,
    viewpoint: Viewpoint,
    span: HeldDays,
) -> Result<MeasureLines, SeriesError> {
    let spread = [Dimension::Area, Dimension::Topic, Dimension::Unit, Dimension::Stage];
    told(state, spread_out(measure, &spread), viewpoint, span, labels)
}

/// Makes the query of a measure by the dimensions that are its labels.
fn spread_out(measure: Measure, by: &[Dimension]) -> Query {
    let is_over_stages = measure.row().metrics == Metrics::AreasOverStages;
    let is_label = |of: &&Dimension| measure.has(**of) && !(is_over_stages && **of == Dimension::Stage);
    Query { by: by.iter().filter(is_label).copied().collect(), ..Query::new(measure) }
}

/// Returns the lines of a measure for each region, over all topics. Only the query API has them, since the values of a
/// region are computed on demand.
pub(crate) fn tell_regions(
    state: &State,
    measure: Measure,
    position: Position,
    viewpoint: Viewpoint,
    span: HeldDays,
) -> Result<MeasureLines, SeriesError> {
    let regions = regions(state, position);
    if regions.is_empty() {
        return Ok(MeasureLines::default());
    }
    let spread = [Dimension::Area, Dimension::Unit, Dimension::Stage];
    let query = Query { areas: Some(regions), ..spread_out(measure, &spread) };
    told(state, query, viewpoint, span, labels)
}

fn regions(state: &State, position: Position) -> Vec<Place> {
    state.as_of(position).regions().into_iter().map(|(region, _)| Place::Region(region)).collect()
}

/// Returns the lines of a measure of one service by area and stage, including regions.
pub(crate) fn tell_service(
    state: &State,
    measure: Measure,
    service: &ServiceId,
    position: Position,
    viewpoint: Viewpoint,
    span: HeldDays,
) -> Result<MeasureLines, SeriesError> {
    let areas = Area::all().map(Place::Area).chain(regions(state, position)).collect();
    let query = Query {
        services: Some(vec![service.clone()]),
        areas: Some(areas),
        ..spread_out(measure, &[Dimension::Area, Dimension::Stage])
    };
    told(state, query, viewpoint, span, labels_of_service)
}

fn told(
    state: &State,
    mut query: Query,
    viewpoint: Viewpoint,
    span: HeldDays,
    labels: fn(&Row) -> Option<Labels>,
) -> Result<MeasureLines, SeriesError> {
    span.put(&mut query);
    query.viewpoint = viewpoint;
    query.bases = vec![Basis::Counted, Basis::Reported];
    query.kinds = vec![ClaimKind::Stock];
    let measure = query.measure;
    let mut told = MeasureLines::default();
    let mut line: Option<Telling> = None;
    for row in state.series(&query, span.last())?.rows() {
        let Some(labels) = labels(&row) else { continue };
        if line.as_ref().is_none_or(|line| line.values.labels != labels) {
            line.replace(Telling::new(measure, labels, &row, span.last()))
                .into_iter()
                .for_each(|line| line.put(&mut told));
        }
        line.iter_mut().for_each(|line| line.add(&row));
    }
    line.into_iter().for_each(|line| line.put(&mut told));
    Ok(told)
}

/// Returns the labels of a row; none for a row that is not the value of an area, since its scope is narrowed by words or
/// names a service or an authority.
fn labels(row: &Row) -> Option<Labels> {
    if row.area.authority().is_some() || row.scope.is_some() || row.service.is_some() {
        return None;
    }
    Some(vec![
        ("area", row.area.to_string()),
        ("topic", row.topic.map_or("all", |topic| topic.id()).to_owned()),
        ("unit", row.unit.map_or("", |unit| unit.id()).to_owned()),
        ("stage", row.stage.map_or("", |stage| stage.id()).to_owned()),
        ("level", row.level.map(|level| level.to_string()).unwrap_or_default()),
        ("basis", row.basis.id().to_owned()),
    ])
}

fn labels_of_service(row: &Row) -> Option<Labels> {
    let (None, Some(service), None) = (row.area.authority(), &row.service, &row.scope) else { return None };
    Some(vec![
        ("service", service.to_string()),
        ("area", row.area.to_string()),
        ("stage", row.stage.map_or("", |stage| stage.id()).to_owned()),
        ("basis", row.basis.id().to_owned()),
    ])
}

/// The lines of one label set while its rows are read, day by day.
struct Telling {
    is_claim: bool,
    has_denominator: bool,
    last: Day,
    values: LabelledLine,
    denominators: LabelledLine,
    conflicts: LabelledLine,
    timestamps: LabelledLine,
    /// The rows of one day; several if their sources conflict.
    of_day: Option<OfDay>,
}

#[derive(Debug, Clone, Copy)]
struct OfDay {
    day: Day,
    lowest: Option<Number>,
    highest: Option<Number>,
    denominator: Option<Number>,
    observed: Option<Day>,
}

impl Telling {
    fn new(measure: Measure, labels: Labels, row: &Row, last: Day) -> Telling {
        let is_claim = row.basis == Basis::Reported;
        let without_basis = labels.iter().filter(|(name, _)| *name != "basis").cloned();
        let of_claim: Labels =
            std::iter::once(("measure", measure.id().to_owned())).chain(without_basis).collect();
        Telling {
            is_claim,
            // A claim may have a denominator of its own; counted values have the one in the table of measures.
            has_denominator: is_claim || measure.row().denominator != Denominator::None,
            last,
            values: LabelledLine::new(labels.clone()),
            denominators: LabelledLine::new(labels),
            conflicts: LabelledLine::new(of_claim.clone()),
            timestamps: LabelledLine::new(of_claim),
            of_day: None,
        }
    }

    fn add(&mut self, row: &Row) {
        if self.of_day.is_some_and(|of_day| of_day.day != row.date) {
            self.end_day();
        }
        let empty = OfDay { day: row.date, lowest: None, highest: None, denominator: None, observed: None };
        let of_day = self.of_day.get_or_insert(empty);
        let Some(value) = row.value else { return };
        if of_day.lowest.is_none_or(|lowest| value < lowest) {
            (of_day.lowest, of_day.denominator) = (Some(value), row.denominator);
        }
        // A range reaches to its higher end, which is no conflict by itself.
        let highest = if row.status.conflict { row.upper.unwrap_or(value) } else { value };
        of_day.highest = of_day.highest.max(Some(highest));
        of_day.observed = of_day.observed.max(match row.observed {
            Some(Observed::On(on)) => Some(on.last()),
            Some(Observed::Between(..)) | None => None,
        });
    }

    fn end_day(&mut self) {
        let Some(of_day) = self.of_day.take() else { return };
        let number = |number: Option<Number>| number.map(Number::to_f64);
        self.values.put(of_day.day, number(of_day.lowest));
        if self.has_denominator {
            self.denominators.put(of_day.day, number(of_day.denominator));
        }
        if !self.is_claim {
            return;
        }
        let apart = match (of_day.lowest, of_day.highest) {
            (Some(lowest), Some(highest)) if highest > lowest => Some(highest.to_f64() - lowest.to_f64()),
            _ => None,
        };
        self.conflicts.put(of_day.day, apart);
        self.timestamps.put(of_day.day, None);
        // A claim about a month that has not ended counts for the present day until it ends.
        let mut day = of_day.day;
        while let Some(observed) = of_day.observed {
            self.timestamps.put(day, Some(seconds(observed.min(day))));
            if day >= observed.min(self.last) {
                break;
            }
            day = day.after();
        }
    }

    fn put(mut self, told: &mut MeasureLines) {
        self.end_day();
        let lines = [
            (self.values, &mut told.values),
            (self.denominators, &mut told.denominators),
            (self.conflicts, &mut told.conflicts),
            (self.timestamps, &mut told.timestamps),
        ];
        for (line, lines) in lines {
            if !line.is_empty() {
                lines.push(line);
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of centuries are exact")]
fn seconds(day: Day) -> f64 {
    start_of_berlin_day(day).div_euclid(1_000) as f64
}
