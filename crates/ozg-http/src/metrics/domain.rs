//! The current values: one family a measure and one for its denominator, by area, topic, unit, stage and basis.
//!
//! They are the rows of the very series that everyone can ask for, so that all faces give the same number. What is
//! narrowed by words, or a change or flow, is no current value; where sources conflict, the lowest stands here and the
//! conflict beside it.

use super::family::{Family, Kind};
use super::labels::Labels;
use crate::problem::Problem;
use ozg_core::measure::{Denominator, Dimension, Measure};
use ozg_core::query::Query;
use ozg_core::series::{Basis, Observed, Row};
use ozg_core::state::State;
use ozg_core::time::start_of_berlin_day;
use ozg_core::words::{Area, Day, Number, Topic};

/// The measures that are scraped.
pub(super) const SCRAPED: [Measure; 10] = [
    Measure::ServicesListed,
    Measure::ServicesLaunched,
    Measure::ServicesRolledOut,
    Measure::ServicesCoveringAll,
    Measure::ServicesCompliant,
    Measure::Reuses,
    Measure::ReusesCurrent,
    Measure::ReusesPossible,
    Measure::AuthoritiesActive,
    Measure::MilestonesOverdue,
];

/// Writes all families of the domain.
pub(super) fn text(state: &State, today: Day) -> Result<String, Problem> {
    let mut out = String::new();
    let mut claims = Claims::new(today);
    for measure in SCRAPED {
        let (values, denominators) = of_measure(state, measure, today, &mut claims)?;
        out.push_str(&values.text());
        out.push_str(&denominators.text());
    }
    out.push_str(&claims.conflicts.text());
    out.push_str(&claims.timestamps.text());
    out.push_str(&names());
    Ok(out)
}

fn of_measure(
    state: &State,
    measure: Measure,
    today: Day,
    claims: &mut Claims,
) -> Result<(Family, Family), Problem> {
    let row = measure.row();
    let name = format!("ozg_{}", row.id);
    let mut values = Family::new(&name, Kind::Gauge, row.definition.en);
    let below = format!("What stands below the line of a share of {name}.");
    let mut denominators = Family::new(format!("{name}_denominator"), Kind::Gauge, &below);
    let series = state.series(&query(measure, today), today)?;
    let mut group: Option<Group> = None;
    for row in series.rows() {
        let (Some(labels), Some(value)) = (Labels::of(&row), row.value) else { continue };
        if matches!(row.observed, Some(Observed::Between(..))) {
            continue;
        }
        match &mut group {
            Some(group) if group.labels == labels => group.add(&row, value),
            _ => {
                let next = Group::new(labels, &row, value);
                group
                    .replace(next)
                    .into_iter()
                    .for_each(|group| group.put(measure, &mut values, &mut denominators, claims));
            }
        }
    }
    group.into_iter().for_each(|group| group.put(measure, &mut values, &mut denominators, claims));
    Ok((values, denominators))
}

/// Asks for today's values, spread out over everything that is a label.
fn query(measure: Measure, today: Day) -> Query {
    let mut query = Query::new(measure);
    let overdue = measure == Measure::MilestonesOverdue;
    let spread = [Dimension::Area, Dimension::Topic, Dimension::Unit, Dimension::Stage];
    let is_label =
        |dimension: &Dimension| measure.has(*dimension) && !(overdue && *dimension == Dimension::Stage);
    query.by = spread.into_iter().filter(is_label).collect();
    query.on = Some(today);
    query.bases = vec![Basis::Counted, Basis::Reported];
    query
}

/// Rows that have the same labels: one, or several whose sources conflict.
struct Group {
    labels: Labels,
    lowest: Number,
    highest: Number,
    denominator: Option<Number>,
    observed: Option<Day>,
    is_claim: bool,
}

impl Group {
    fn new(labels: Labels, row: &Row, value: Number) -> Group {
        Group {
            labels,
            lowest: value,
            highest: value,
            denominator: row.denominator,
            observed: observed(row),
            is_claim: row.basis == Basis::Reported,
        }
    }

    fn add(&mut self, row: &Row, value: Number) {
        if value < self.lowest {
            (self.lowest, self.denominator) = (value, row.denominator);
        }
        self.highest = self.highest.max(value);
        self.observed = self.observed.max(observed(row));
    }

    fn put(self, measure: Measure, values: &mut Family, denominators: &mut Family, claims: &mut Claims) {
        values.put(&self.labels.of_value(), self.lowest);
        if let Some(denominator) = self.denominator.filter(|_| has_denominator(measure, self.is_claim)) {
            denominators.put(&self.labels.of_value(), denominator);
        }
        if self.is_claim {
            claims.put(measure, &self);
        }
    }
}

/// Any claim may come with a denominator of its own; counted values have that of the table.
fn has_denominator(measure: Measure, is_claim: bool) -> bool {
    is_claim || measure.row().denominator != Denominator::None
}

fn observed(row: &Row) -> Option<Day> {
    match row.observed {
        Some(Observed::On(on)) => Some(on.last()),
        Some(Observed::Between(..)) | None => None,
    }
}

/// What is said about published values beside the values themselves.
struct Claims {
    today: Day,
    conflicts: Family,
    timestamps: Family,
}

impl Claims {
    fn new(today: Day) -> Claims {
        let conflicts =
            "Highest minus lowest of the published values that contradict each other; absent where none do.";
        let timestamps = "The day for which the published value was stated, as seconds since 1970.";
        Claims {
            today,
            conflicts: Family::new("ozg_reported_conflict", Kind::Gauge, conflicts),
            timestamps: Family::new("ozg_reported_timestamp_seconds", Kind::Gauge, timestamps),
        }
    }

    fn put(&mut self, measure: Measure, group: &Group) {
        let labels = group.labels.of_claim(measure.id());
        if group.highest > group.lowest {
            let difference = group.highest.to_f64() - group.lowest.to_f64();
            self.conflicts.put(&labels, difference);
        }
        if let Some(day) = group.observed {
            self.timestamps.put(&labels, start_of_berlin_day(day.min(self.today)).div_euclid(1_000));
        }
    }
}

/// Names areas and topics, to be joined where names are wanted.
fn names() -> String {
    let mut areas = Family::new("ozg_area_info", Kind::Gauge, "The name of an area.");
    for area in Area::all() {
        areas.put(&[("area", area.id()), ("name", area.name().de)], 1);
    }
    let mut topics = Family::new("ozg_topic_info", Kind::Gauge, "The name of a topic; all is their total.");
    topics.put(&[("topic", "all"), ("name", "alle Themenfelder")], 1);
    for topic in Topic::all() {
        topics.put(&[("topic", topic.id()), ("name", topic.name().de)], 1);
    }
    areas.text() + &topics.text()
}
