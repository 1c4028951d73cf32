//! The rows of a series as lines over dates, for wide tables and charts.

use super::cells;
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::{Show, Vintages};
use ozg_core::series::{Header, Observed, Row};
use ozg_core::words::{
    Area, Basis, Day, Label, Language, Level, Number, Place, Qualifier, ServiceId, Stage, Topic, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// The words that distinguish lines, in the order in which lines are sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    area: Place,
    topic: Option<Topic>,
    service: Option<ServiceId>,
    stage: Option<Stage>,
    level: Option<Level>,
    unit: Option<Unit>,
    scope: Option<String>,
    basis: Basis,
    is_flow: bool,
}

/// The value of a line on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineValue {
    /// The shown value: the value, share or change. If several conflict, the lowest.
    pub number: Number,
    /// The highest of several values that conflict, if it differs from the lowest.
    pub highest: Option<Number>,
    /// The qualifiers of the value and of the highest value; none for exact values.
    pub qualifiers: [Option<Qualifier>; 2],
    /// Whether the period has not ended.
    pub is_running: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The name of the line, in as few words as distinguish it from the others.
    pub heading: String,
    /// The basis of its values.
    pub basis: Basis,
    /// Whether its values are flows or changes over a span, which do not hold until the next value.
    pub is_flow: bool,
    /// Its values by day.
    pub values: BTreeMap<Day, LineValue>,
}

/// The lines of a series, and all days on which any has a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// All days, ascending.
    pub days: Vec<Day>,
    /// All lines: by area, topic, service, stage, level, unit, scope, basis.
    pub lines: Vec<Line>,
}

/// The parts of a row that a line can show.
#[derive(Debug, Clone, Copy)]
struct Point {
    value: Option<Number>,
    share: Option<Number>,
    qualifier: Option<Qualifier>,
    is_running: bool,
}

impl Lines {
    /// Sorts the rows of a series into lines, which show values, shares or changes as the query says. Flows and changes are
    /// lines of their own. Since they are changes already, they are shown as they are.
    #[must_use]
    pub fn of(header: &Header, rows: impl Iterator<Item = Row>) -> Lines {
        let (days, lines) = keyed(header, rows);
        let keys: Vec<&Key> = lines.iter().map(|(key, _)| key).collect();
        let headings = headings(&keys, header);
        let lines = lines.into_iter().zip(headings).map(|((key, values), heading)| Line {
            heading,
            basis: key.basis,
            is_flow: key.is_flow,
            values,
        });
        Lines { lines: lines.collect(), days: days.into_iter().collect() }
    }
}

/// The values of lines, each line with its key.
pub(crate) type Keyed = Vec<(Key, BTreeMap<Day, LineValue>)>;

/// Sorts rows into lines by their keys. If a point has several vintages, the one that is still known is shown.
pub(crate) fn keyed(header: &Header, rows: impl Iterator<Item = Row>) -> (BTreeSet<Day>, Keyed) {
    let mut days = BTreeSet::new();
    let mut points: BTreeMap<Key, BTreeMap<Day, Vec<Point>>> = BTreeMap::new();
    let has_past = matches!(header.query.vintages, Some(Vintages::All | Vintages::Changed));
    let is_past = |row: &Row| has_past && row.vintage.is_some_and(|vintage| vintage.until.is_some());
    for row in rows.filter(|row| !is_past(row)) {
        days.insert(row.date);
        let (day, is_running) = (row.date, row.status.running);
        let qualifier = row.qualifier.filter(|qualifier| *qualifier != Qualifier::Exact);
        let point = Point { value: row.value, share: row.share, qualifier, is_running };
        points.entry(Key::of(row)).or_default().entry(day).or_default().push(point);
    }
    let show = |key: &Key| match header.query.show {
        Show::Change if key.is_flow => Show::Value,
        show => show,
    };
    let lines = points.into_iter().map(|(key, points)| {
        let values = shown(&points, show(&key));
        (key, values)
    });
    (days, lines.collect())
}

impl Key {
    /// Returns the key without its word in a dimension.
    pub(crate) fn without(&self, dimension: Dimension) -> Key {
        let mut key = self.clone();
        match dimension {
            Dimension::Area => key.area = Place::Area(Area::DE),
            Dimension::Topic => key.topic = None,
            Dimension::Service => key.service = None,
            Dimension::Stage => key.stage = None,
            Dimension::Level => key.level = None,
            Dimension::Unit => key.unit = None,
        }
        key
    }

    /// Returns the word of the key in a dimension.
    pub(crate) fn word(&self, dimension: Dimension, header: &Header) -> String {
        let at = Dimension::all().position(|other| other == dimension).unwrap_or(AREA);
        std::mem::take(&mut self.words(header.measure, header.query.language)[at])
    }

    fn of(row: Row) -> Key {
        Key {
            is_flow: matches!(row.observed, Some(Observed::Between(..))),
            area: row.area,
            topic: row.topic,
            service: row.service,
            stage: row.stage,
            level: row.level,
            unit: row.unit,
            scope: row.scope,
            basis: row.basis,
        }
    }

    /// Returns the word in each dimension; empty where the key has none.
    fn words(&self, measure: Measure, language: Option<Language>) -> [String; 9] {
        let word = |id: &'static str, name: Label| {
            language.map_or(id, |language| name.in_language(language)).to_owned()
        };
        let flow =
            if self.is_flow { word("since", Label { de: "seit", en: "since" }) } else { String::new() };
        [
            cells::area(&self.area, language).into_owned(),
            cells::topic(self.topic, measure, language).unwrap_or_default().to_owned(),
            self.service.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.stage.map(|stage| word(stage.id(), stage.name())).unwrap_or_default(),
            self.level.map(|level| level.to_string()).unwrap_or_default(),
            self.unit.map(|unit| word(unit.id(), unit.name())).unwrap_or_default(),
            self.scope.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<&str>>().join(" "),
            word(self.basis.id(), self.basis.name()),
            flow,
        ]
    }
}

const AREA: usize = 0;
const FLOW: usize = 8;

/// Names each line by the dimensions in which the lines differ; if they differ in none, by the area. Flows are always marked.
pub(crate) fn headings(keys: &[&Key], header: &Header) -> Vec<String> {
    let language = header.query.language;
    let words: Vec<[String; 9]> = keys.iter().map(|key| key.words(header.measure, language)).collect();
    let varies = |index: usize| words.iter().any(|line| line[index] != words[0][index]);
    let mut shown: Vec<usize> = (0..FLOW).filter(|index| varies(*index)).collect();
    if shown.is_empty() {
        shown.push(AREA);
    }
    shown.push(FLOW);
    let between = if language.is_some() { " · " } else { " " };
    let heading = |line: &[String; 9]| {
        let parts: Vec<&str> =
            shown.iter().map(|index| line[*index].as_str()).filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    words.iter().map(heading).collect()
}

/// Takes the lowest value of each day, and shows values, shares or changes.
fn shown(points: &BTreeMap<Day, Vec<Point>>, show: Show) -> BTreeMap<Day, LineValue> {
    let number = |point: &Point| if show == Show::Share { point.share } else { point.value };
    let of_day = |points: &Vec<Point>| {
        let lowest = points.iter().min_by_key(|point| (point.value.is_none(), point.value, point.share))?;
        let most = points.iter().max_by_key(|point| (point.value, point.share))?;
        let highest = number(most);
        let number = number(lowest)?;
        let highest = highest.filter(|highest| *highest != number);
        let qualifiers = [lowest.qualifier, most.qualifier];
        Some(LineValue { number, highest, qualifiers, is_running: lowest.is_running })
    };
    let values = points.iter().filter_map(|(day, points)| Some((*day, of_day(points)?)));
    if show == Show::Change { changes(values) } else { values.collect() }
}

/// Returns the change from each value to the next; the first value has none. A change from an inexact value is approximate.
fn changes(values: impl Iterator<Item = (Day, LineValue)>) -> BTreeMap<Day, LineValue> {
    let mut before: Option<LineValue> = None;
    let mut changes = BTreeMap::new();
    for (day, value) in values {
        if let Some(before) = before {
            let minus = negated(before.number);
            let highest = value.highest.map(|highest| highest.plus(minus));
            let from = before.qualifiers[0].map(|_| Qualifier::About);
            let qualifiers = value.qualifiers.map(|to| from.or(to));
            changes.insert(day, LineValue { number: value.number.plus(minus), highest, qualifiers, ..value });
        }
        before = Some(value);
    }
    changes
}

/// Returns the number with the other sign.
pub(crate) fn negated(number: Number) -> Number {
    let text = number.to_string();
    let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
    let digits: i64 = format!("{whole}{behind}").parse().unwrap_or_default();
    Number::new(-digits, u8::try_from(behind.len()).unwrap_or_default())
}
