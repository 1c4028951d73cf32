//! The rows of a series as lines over dates, for wide tables and charts.

use super::cell::{Cell, word};
use super::columns::{Column, Role, TABLE, place_of};
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::{Show, Vintages};
use ozg_core::series::{Header, Observed, Row};
use ozg_core::words::{Area, Basis, Day, Label, Language, Number, Place, Qualifier};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What tells one line from another: what its first row says in the columns that tell lines apart, and whether it is a flow.
/// Lines are listed in this order.
#[derive(Debug, Clone)]
pub(crate) struct LineKey {
    row: Row,
    is_flow: bool,
}

impl Ord for LineKey {
    fn cmp(&self, other: &LineKey) -> Ordering {
        let compared = telling().map(|(_, compare)| compare(&self.row, &other.row));
        compared.fold(Ordering::Equal, Ordering::then).then(self.is_flow.cmp(&other.is_flow))
    }
}

impl PartialOrd for LineKey {
    fn partial_cmp(&self, other: &LineKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for LineKey {
    fn eq(&self, other: &LineKey) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for LineKey {}

/// Lists the columns that tell lines apart, each with how it does.
fn telling() -> impl Iterator<Item = (&'static Column, fn(&Row, &Row) -> Ordering)> {
    TABLE.iter().filter_map(|column| Some((column, column.telling?)))
}

/// The value of a line on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineValue {
    /// The shown value: the value, share or change. If several conflict, the lowest.
    pub number: Number,
    /// The higher end of the shown value, where it is a range.
    pub upper: Option<Number>,
    /// The highest of several values that conflict, or the highest end of a range among them, if it differs from the lowest.
    pub highest: Option<Number>,
    /// The qualifiers of the value and of the highest value; none for exact values.
    pub qualifiers: [Option<Qualifier>; 2],
    /// Whether the period has not ended.
    pub is_running: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLine {
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
pub struct DrawnLines {
    /// All days, ascending.
    pub days: Vec<Day>,
    /// All lines: by area, topic, service, stage, level, unit, scope, basis.
    pub lines: Vec<DrawnLine>,
}

/// The parts of a row that a line can show.
#[derive(Debug, Clone, Copy)]
struct DrawnPoint {
    value: Option<Number>,
    share: Option<Number>,
    /// The higher ends of both, where they are ranges.
    uppers: [Option<Number>; 2],
    /// The qualifiers of both; none for exact ones.
    qualifiers: [Option<Qualifier>; 2],
    is_running: bool,
}

impl DrawnLines {
    /// Sorts the rows of a series into lines, which show values, shares or changes as the query says. Flows and changes are
    /// lines of their own. Since they are changes already, they are shown as they are.
    #[must_use]
    pub fn of(header: &Header, rows: impl Iterator<Item = Row>) -> DrawnLines {
        let (days, lines) = keyed(header, rows);
        let keys: Vec<&LineKey> = lines.iter().map(|(key, _)| key).collect();
        let headings = headings(&keys, header);
        let lines = lines.into_iter().zip(headings).map(|((key, values), heading)| DrawnLine {
            heading,
            basis: key.row.basis,
            is_flow: key.is_flow,
            values,
        });
        DrawnLines { lines: lines.collect(), days: days.into_iter().collect() }
    }
}

/// The values of lines, each line with its key.
pub(crate) type KeyedLines = Vec<(LineKey, BTreeMap<Day, LineValue>)>;

/// Sorts rows into lines by their keys. If a point has several vintages, the one that is still known is shown.
pub(crate) fn keyed(header: &Header, rows: impl Iterator<Item = Row>) -> (BTreeSet<Day>, KeyedLines) {
    let mut days = BTreeSet::new();
    let mut points: BTreeMap<LineKey, BTreeMap<Day, Vec<DrawnPoint>>> = BTreeMap::new();
    let has_past = matches!(header.query.vintages, Some(Vintages::All | Vintages::Changed));
    let is_past = |row: &Row| has_past && row.vintage.is_some_and(|vintage| vintage.until.is_some());
    for row in rows.filter(|row| !is_past(row)) {
        days.insert(row.date);
        let (day, is_running) = (row.date, row.status.running);
        let uppers = [row.upper, row.share_upper];
        let qualifiers = [row.qualifier, row.share_qualifier];
        let point = DrawnPoint { value: row.value, share: row.share, uppers, qualifiers, is_running };
        points.entry(LineKey::of(row)).or_default().entry(day).or_default().push(point);
    }
    let show = |key: &LineKey| match header.query.show {
        Show::Change if key.is_flow => Show::Value,
        show => show,
    };
    let lines = points.into_iter().map(|(key, points)| {
        let values = shown(&points, show(&key));
        (key, values)
    });
    (days, lines.collect())
}

impl LineKey {
    /// Returns the key without its word in a dimension.
    pub(crate) fn without(&self, dimension: Dimension) -> LineKey {
        let mut key = self.clone();
        match dimension {
            Dimension::Area => key.row.area = Place::Area(Area::DE),
            Dimension::Topic => key.row.topic = None,
            Dimension::Service => key.row.service = None,
            Dimension::Stage => key.row.stage = None,
            Dimension::Level => key.row.level = None,
            Dimension::Unit => key.row.unit = None,
        }
        key
    }

    /// Returns the word of the key in a dimension.
    pub(crate) fn word(&self, dimension: Dimension, header: &Header) -> String {
        let column = &TABLE[place_of(dimension.id())];
        (column.cell)(&self.row, header.measure, header.query.language).to_string()
    }

    fn of(row: Row) -> LineKey {
        LineKey { is_flow: matches!(row.observed, Some(Observed::Between(..))), row }
    }

    /// Returns the word in each column that tells lines apart, empty where the key has none; the last is `since` for a flow.
    fn words(&self, measure: Measure, language: Option<Language>) -> Vec<String> {
        let since = self.is_flow.then_some(("since", Label { de: "seit", en: "since" }));
        let cells = telling().map(|(column, _)| (column.cell)(&self.row, measure, language));
        let in_one_line =
            |cell: Cell<'_>| cell.to_string().split_whitespace().collect::<Vec<&str>>().join(" ");
        cells.chain([word(since, language)]).map(in_one_line).collect()
    }
}

/// Names each line by the dimensions in which the lines differ; if they differ in none, by the area. Flows are always marked.
pub(crate) fn headings(keys: &[&LineKey], header: &Header) -> Vec<String> {
    let language = header.query.language;
    let words: Vec<Vec<String>> = keys.iter().map(|key| key.words(header.measure, language)).collect();
    let varies = |index: usize| words.iter().any(|line| line[index] != words[0][index]);
    let flow = telling().count();
    let mut shown: Vec<usize> = (0..flow).filter(|index| varies(*index)).collect();
    if shown.is_empty() {
        shown.extend(telling().position(|(column, _)| column.role == Role::Geo));
    }
    shown.push(flow);
    let between = if language.is_some() { " · " } else { " " };
    let heading = |line: &Vec<String>| {
        let parts: Vec<&str> =
            shown.iter().map(|index| line[*index].as_str()).filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    words.iter().map(heading).collect()
}

/// Takes the lowest value of each day, and shows values, shares or changes.
fn shown(points: &BTreeMap<Day, Vec<DrawnPoint>>, show: Show) -> BTreeMap<Day, LineValue> {
    let which = usize::from(show == Show::Share);
    let number = |point: &DrawnPoint| [point.value, point.share][which];
    let of_day = |points: &Vec<DrawnPoint>| {
        let lowest = points.iter().min_by_key(|point| (point.value.is_none(), point.value, point.share))?;
        let most = points.iter().max_by_key(|point| (point.value, point.share))?;
        let ends = points.iter().filter_map(|point| point.uppers[which].or(number(point)));
        let number = number(lowest)?;
        let highest = ends.max().filter(|highest| points.len() > 1 && *highest != number);
        let (upper, qualifiers) = (lowest.uppers[which], [lowest, most].map(|point| point.qualifiers[which]));
        Some(LineValue { number, upper, highest, qualifiers, is_running: lowest.is_running })
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
            let minus = before.number.negated();
            let highest = value.highest.map(|highest| highest.plus(minus));
            let from = before.qualifiers[0].map(|_| Qualifier::About);
            let qualifiers = value.qualifiers.map(|to| from.or(to));
            let upper = value.upper.filter(|_| from.is_none()).map(|upper| upper.plus(minus));
            let number = value.number.plus(minus);
            changes.insert(day, LineValue { number, upper, highest, qualifiers, ..value });
        }
        before = Some(value);
    }
    changes
}
