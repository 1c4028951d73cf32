//! The rows of a series as lines over dates, for wide tables and charts.

use super::cell::word;
use super::columns::{Cells, Column, Stands, TABLE, place_of};
use ozg_core::measure::Dimension;
use ozg_core::query::{Show, Vintages};
use ozg_core::series::{Header, Observed, Row, Status};
use ozg_core::words::{Area, Basis, Day, Figure, Label, Language, Number, Place, Qualifier, Unit};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Names by keys: `Aufenthalt` by `ozg:10255`.
pub(crate) type Names = BTreeMap<String, String>;

/// What headings follow from: the answer, and the names of keys.
pub(crate) type Called<'a> = (&'a Header, &'a Names);

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

/// Lists the columns that tell lines apart, each with how it does. All periods are of one line.
fn telling() -> impl Iterator<Item = (&'static Column, fn(&Row, &Row) -> Ordering)> {
    let of_tables = TABLE.iter().filter(|column| column.stands != Stands::InCubes);
    of_tables.filter_map(|column| Some((column, column.telling?)))
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
    /// Whether it was observed at the point before or earlier, and holds on.
    pub is_carried: bool,
    /// Whether there may be more, since a register or catalogue is partial.
    pub is_partial: bool,
    /// When it was observed.
    pub observed: Option<Observed>,
}

impl LineValue {
    /// Returns the shown value with how exactly it is meant.
    fn figure(&self) -> Figure {
        let qualifier = self.qualifiers[0].unwrap_or(Qualifier::Exact);
        Figure { upper: self.upper, ..Figure::new(self.number, qualifier) }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLine {
    /// The name of the line, in as few words as distinguish it from the others.
    pub heading: String,
    /// Of periods, which do not hold until the next value: the heading of the column that says which they are.
    pub period: Option<String>,
    /// The same without the basis: lines of one subject differ in their basis only.
    pub subject: String,
    /// The basis of its values.
    pub basis: Basis,
    /// The unit of its values, where they have one.
    pub unit: Option<Unit>,
    /// The days on which it has rows, but nothing to show.
    pub gaps: Vec<Day>,
    /// The last day to which a chart draws it; none where it goes on to the end.
    pub ends: Option<Day>,
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
    /// Whether lines of periods were left out.
    pub is_without_periods: bool,
}

impl DrawnLines {
    /// Sorts the rows of a series into lines, which show values, shares or changes as the query says. Values of periods are
    /// lines of their own, of which there are no changes.
    #[must_use]
    pub fn of(header: &Header, rows: impl Iterator<Item = Row>) -> DrawnLines {
        DrawnLines::called(header, &Names::new(), rows)
    }

    /// Sorts rows into lines whose headings have names in the place of keys.
    fn called(header: &Header, names: &Names, rows: impl Iterator<Item = Row>) -> DrawnLines {
        let (days, points) = pointed(header, rows);
        let keys: Vec<&LineKey> = points.iter().map(|(key, _)| key).collect();
        let headings = headings(&keys, (header, names), Dimension::Area);
        let subjects = subjects(&keys, (header, names));
        let lines = points.iter().zip(headings).zip(subjects);
        let lines = lines.map(|(((key, points), (heading, period)), subject)| {
            let values = shown(points, header.query.show);
            let is_gap = |day: &&Day| header.query.show != Show::Change && !values.contains_key(*day);
            let gaps = points.keys().filter(is_gap).copied().collect();
            let (basis, unit) = (key.row.basis, key.row.unit);
            DrawnLine { heading, period, subject, basis, unit, gaps, ends: None, values }
        });
        DrawnLines { lines: lines.collect(), days: days.into_iter().collect(), is_without_periods: false }
    }

    /// Sorts the rows of a series into the lines of a chart: those of claims end twelve months after what they last observed
    /// (rule 7b). Beside stocks there are no periods. What has a name is called by it.
    #[must_use]
    pub fn of_chart(header: &Header, names: &Names, rows: impl Iterator<Item = Row>) -> DrawnLines {
        let mut drawn = DrawnLines::called(header, names, rows);
        let of_stocks = |line: &DrawnLine| line.period.is_none();
        if drawn.lines.iter().any(of_stocks) {
            drawn.is_without_periods = !drawn.lines.iter().all(of_stocks);
            drawn.lines.retain(of_stocks);
        }
        for line in drawn.lines.iter_mut().filter(|line| line.holds_on()) {
            line.ends = line.last_observed().map(Day::a_year_later);
            let ends = line.ends.unwrap_or(Day::LAST);
            line.values.retain(|day, _| *day <= ends);
        }
        drawn
    }
}

impl DrawnLine {
    /// Tells whether its values are looked up, so that each holds until the next is observed.
    pub(crate) fn holds_on(&self) -> bool {
        matches!(self.basis, Basis::Reported | Basis::Summed) && self.period.is_none()
    }

    /// Returns the last day that anything was observed on.
    fn last_observed(&self) -> Option<Day> {
        match self.values.last_key_value()?.1.observed? {
            Observed::On(on) | Observed::Between(_, on) => Some(on.last()),
        }
    }

    /// Returns the day of the value that was observed last: what comes behind it is carried. None where all is observed.
    #[must_use]
    pub fn carried_behind(&self) -> Option<Day> {
        let (_, last) =
            self.values.last_key_value().filter(|(_, last)| self.holds_on() && last.is_carried)?;
        let same = |(_, value): &(&Day, &LineValue)| value.observed == last.observed;
        self.values.iter().rev().take_while(same).last().map(|(day, _)| *day)
    }
}

/// The values of lines, each line with its key.
pub(crate) type KeyedLines = Vec<(LineKey, BTreeMap<Day, LineValue>)>;

/// Sorts rows into lines by their keys.
pub(crate) fn keyed(header: &Header, rows: impl Iterator<Item = Row>) -> (BTreeSet<Day>, KeyedLines) {
    let (days, lines) = pointed(header, rows);
    let lines = lines.into_iter().map(|(key, points)| {
        let values = shown(&points, header.query.show);
        (key, values)
    });
    (days, lines.collect())
}

/// The points of lines, each line with its key.
type PointedLines = Vec<(LineKey, BTreeMap<Day, Vec<DrawnPoint>>)>;

/// Sorts rows into the points of lines. If a point has several vintages, the one that is still known is shown.
fn pointed(header: &Header, rows: impl Iterator<Item = Row>) -> (BTreeSet<Day>, PointedLines) {
    let mut days = BTreeSet::new();
    let mut points: BTreeMap<LineKey, BTreeMap<Day, Vec<DrawnPoint>>> = BTreeMap::new();
    let has_past = matches!(header.query.vintages, Some(Vintages::All | Vintages::Changed));
    let is_past = |row: &Row| has_past && row.vintage.is_some_and(|vintage| vintage.until.is_some());
    for row in rows.filter(|row| !is_past(row)) {
        days.insert(row.date);
        let (day, status) = (row.date, row.status);
        let figures = [row.figure(), row.share_figure()];
        let point = DrawnPoint { figures, status, observed: row.observed };
        points.entry(LineKey::of(row)).or_default().entry(day).or_default().push(point);
    }
    // From figures of periods no changes follow.
    let is_shown = |key: &LineKey| header.query.show != Show::Change || !key.is_flow;
    (days, points.into_iter().filter(|(key, _)| is_shown(key)).collect())
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
        LineKey { is_flow: row.period().is_some(), row }
    }

    /// Returns the word in each column that tells lines apart, empty where the key has none; the last is that of periods. A name
    /// stands in the place of a key.
    fn words(&self, (header, names): Called<'_>, of_periods: (&'static str, Label)) -> Vec<String> {
        let (measure, language) = (header.measure, header.query.language);
        let since = self.is_flow.then_some(of_periods);
        let in_one_line = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
        let called = |(column, _): (&Column, _)| {
            let word = (column.cell)(&self.row, measure, language).to_string();
            let name = names.get(&word).filter(|_| matches!(column.cells, Cells::Kind(_)));
            in_one_line(name.unwrap_or(&word))
        };
        telling().map(called).chain([in_one_line(&word(since, language).to_string())]).collect()
    }
}

/// Returns what stands between the words of a heading.
pub(crate) fn joint(language: Option<Language>) -> &'static str {
    if language.is_some() { " · " } else { " " }
}

/// The last word of the name of a line of periods, and of the column beside it that says which they are.
const SINCE: (&str, Label) = ("since", Label { de: "seit", en: "since" });
const PERIOD: (&str, Label) = ("period", Label { de: "Zeitraum", en: "period" });

/// Names each line by the dimensions in which the lines differ; a line that has no word in any of them is named by its word in
/// `else_by`. Beside the name of a line of periods stands the heading of the column that says which they are.
pub(crate) fn headings(
    keys: &[&LineKey],
    called: Called<'_>,
    else_by: Dimension,
) -> Vec<(String, Option<String>)> {
    let periods = named(keys, called, else_by, PERIOD).into_iter().zip(keys);
    let periods = periods.map(|(heading, key)| key.is_flow.then_some(heading));
    named(keys, called, else_by, SINCE).into_iter().zip(periods).collect()
}

/// Names each line as its heading does, but not by its basis.
fn subjects(keys: &[&LineKey], called: Called<'_>) -> Vec<String> {
    let is_basis = |index: usize| telling().nth(index).is_some_and(|(column, _)| column.id == "basis");
    named_by(keys, called, (Dimension::Area, SINCE), &|index| !is_basis(index))
}

fn named(
    keys: &[&LineKey],
    called: Called<'_>,
    else_by: Dimension,
    of_periods: (&'static str, Label),
) -> Vec<String> {
    named_by(keys, called, (else_by, of_periods), &|_| true)
}

fn named_by(
    keys: &[&LineKey],
    called: Called<'_>,
    (else_by, of_periods): (Dimension, (&'static str, Label)),
    tells: &dyn Fn(usize) -> bool,
) -> Vec<String> {
    let words: Vec<Vec<String>> = keys.iter().map(|key| key.words(called, of_periods)).collect();
    let varies = |index: &usize| words.iter().any(|line| line[*index] != words[0][*index]);
    let flow = telling().count();
    let varying: Vec<usize> = (0..flow).filter(|index| tells(*index) && varies(index)).collect();
    let otherwise = telling().position(|(column, _)| column.id == else_by.id());
    let heading = |line: &Vec<String>| {
        let mut shown: Vec<usize> =
            varying.iter().copied().filter(|index| !line[*index].is_empty()).collect();
        if shown.is_empty() {
            shown.extend(otherwise);
        }
        shown.push(flow);
        let words = shown.iter().map(|index| line[*index].as_str()).filter(|word| !word.is_empty());
        words.collect::<Vec<&str>>().join(joint(called.0.query.language))
    };
    words.iter().map(heading).collect()
}

/// The parts of a row that a line can show.
#[derive(Debug, Clone, Copy)]
struct DrawnPoint {
    /// The value and the share.
    figures: [Option<Figure>; 2],
    status: Status,
    observed: Option<Observed>,
}

impl DrawnPoint {
    /// Returns the last and the first day of a period.
    fn period(&self) -> Option<(Day, Day)> {
        self.observed?.period().map(|(first, last)| (last, first))
    }
}

/// Takes the lowest value of each day, and shows values, shares or changes.
fn shown(points: &BTreeMap<Day, Vec<DrawnPoint>>, show: Show) -> BTreeMap<Day, LineValue> {
    let of_day = |points: &Vec<DrawnPoint>| of_day(points, usize::from(show == Show::Share));
    match show {
        Show::Change => changes(points.iter().map(|(day, points)| (*day, of_day(points)))),
        Show::Value | Show::Share => {
            points.iter().filter_map(|(day, points)| Some((*day, of_day(points)?))).collect()
        }
    }
}

/// Takes the lowest value of a day; of periods that of the last to end, of these the shortest (rule 6b).
fn of_day(points: &[DrawnPoint], which: usize) -> Option<LineValue> {
    let period = points.iter().filter_map(DrawnPoint::period).max();
    let points: Vec<&DrawnPoint> = points.iter().filter(|point| point.period() == period).collect();
    let order = |point: &DrawnPoint| point.figures.map(|figure| figure.map(|figure| figure.number));
    let lowest = points.iter().min_by_key(|point| (point.figures[0].is_none(), order(point)))?;
    let most = points.iter().max_by_key(|point| order(point))?;
    let figures = || points.iter().filter_map(|point| point.figures[which]);
    let shown = lowest.figures[which]?;
    let highest = figures().map(|figure| figure.upper.unwrap_or(figure.number)).max();
    let qualifier = |point: &DrawnPoint| {
        point.figures[which].map(|figure| figure.qualifier).filter(|it| *it != Qualifier::Exact)
    };
    Some(LineValue {
        number: shown.number,
        upper: shown.upper,
        highest: highest.filter(|highest| points.len() > 1 && *highest != shown.number),
        qualifiers: [qualifier(lowest), qualifier(most)],
        is_running: lowest.status.running,
        is_carried: lowest.status.carried,
        is_partial: lowest.status.partial,
        observed: lowest.observed,
    })
}

/// Returns the change of each value from the one before it, where both were observed at their points (rules 7b, 7c).
fn changes(values: impl Iterator<Item = (Day, Option<LineValue>)>) -> BTreeMap<Day, LineValue> {
    let mut before: Option<LineValue> = None;
    let mut found = BTreeMap::new();
    for (day, value) in values {
        let change = before.zip(value).and_then(|(before, value)| change(&before, &value));
        found.extend(change.map(|change| (day, change)));
        before = value;
    }
    found
}

fn change(before: &LineValue, value: &LineValue) -> Option<LineValue> {
    if before.is_carried || value.is_carried {
        return None;
    }
    let change = value.figure().less(before.figure())?;
    let qualifier = Some(change.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact);
    Some(LineValue {
        number: change.number,
        upper: change.upper,
        highest: value.highest.map(|highest| highest.plus(before.number.negated())),
        qualifiers: [qualifier, value.highest.and(value.qualifiers[1])],
        ..*value
    })
}
