//! Published values one by one. Each holds until its next value; its labels are its whole scope and its source.

use super::history::LabelledLine;
use ozg_core::measure::Measure;
use ozg_core::query::Viewpoint;
use ozg_core::series::{Row, SeriesError};
use ozg_core::state::State;
use ozg_core::words::{Day, looked_up};
use std::collections::BTreeMap;

type Labels = Vec<(&'static str, String)>;

/// Returns all published stocks up to a day. Percentages are left out, since they are no number of things.
pub(crate) fn all(state: &State, viewpoint: Viewpoint, last: Day) -> Result<Vec<LabelledLine>, SeriesError> {
    let mut lines = Vec::new();
    for measure in Measure::all() {
        // Rows with the same scope, which differ in source and qualifier only.
        let (mut tracks, mut spellings) = (BTreeMap::<Labels, Vec<Row>>::new(), Spellings::default());
        for mut row in state.claims(measure, viewpoint, last)?.rows() {
            row.source = spellings.of_first(&row.source);
            row.scope = row.scope.as_deref().map(|scope| spellings.of_first(scope));
            tracks.entry(about(measure, &row)).or_default().push(row);
        }
        tracks.into_iter().for_each(|(about, rows)| lines.extend(track(&about, &rows)));
    }
    Ok(lines)
}

/// The first spelling of each text; other spellings of it are no other label (rule 6d).
#[derive(Default)]
struct Spellings(BTreeMap<String, String>);

impl Spellings {
    fn of_first(&mut self, text: &str) -> String {
        self.0.entry(looked_up(text)).or_insert_with(|| text.to_owned()).clone()
    }
}

/// Makes a line per source and qualifier. On each day with rows exactly the lines of those rows have a value.
fn track(about: &Labels, rows: &[Row]) -> Vec<LabelledLine> {
    let mut lines: BTreeMap<Labels, LabelledLine> = BTreeMap::new();
    for of_day in rows.chunk_by(|left, right| left.date == right.date) {
        let day = of_day[0].date;
        let mut held: BTreeMap<Labels, f64> = BTreeMap::new();
        for row in of_day {
            let Some(value) = row.value.map(|value| value.to_f64()) else { continue };
            let lowest = held.entry(labels(about, row)).or_insert(value);
            *lowest = lowest.min(value);
        }
        for (labels, line) in &mut lines {
            if !held.contains_key(labels) {
                line.put(day, None);
            }
        }
        for (labels, value) in held {
            lines.entry(labels.clone()).or_insert_with(|| LabelledLine::new(labels)).put(day, Some(value));
        }
    }
    lines.into_values().collect()
}

fn about(measure: Measure, row: &Row) -> Labels {
    vec![
        ("measure", measure.id().to_owned()),
        ("area", row.area.to_string()),
        ("topic", row.topic.map_or("all", |topic| topic.id()).to_owned()),
        ("service", row.service.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("unit", row.unit.map_or("", |unit| unit.id()).to_owned()),
        ("stage", row.stage.map_or("", |stage| stage.id()).to_owned()),
        ("level", row.level.map(|level| level.to_string()).unwrap_or_default()),
        ("scope", row.scope.clone().unwrap_or_default()),
    ]
}

fn labels(about: &Labels, row: &Row) -> Labels {
    let qualifier = row.qualifier.map_or("", |qualifier| qualifier.id()).to_owned();
    let more = [("source", row.source.clone()), ("qualifier", qualifier)];
    about.iter().cloned().chain(more).collect()
}
