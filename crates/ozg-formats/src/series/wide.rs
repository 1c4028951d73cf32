//! The wide table: a row per date, a column per line. One day with two dimensions gives the cross table instead.

use super::cell::{Cell, observed, qualifier};
use super::columns::{COLUMNS, place_of};
use super::cross;
use super::csv::Spell;
use super::lines::{DrawnLines, LineValue, joint};
use super::written::{CONFLICT, QUALIFIER};
use ozg_core::series::{Header, Row};
use ozg_core::words::{Language, Qualifier};
use std::collections::BTreeSet;

/// A table of texts and numbers.
pub(crate) struct Wide {
    /// Its columns.
    pub(crate) columns: Vec<WideColumn>,
    /// One row per date.
    pub(crate) rows: Vec<Vec<Cell<'static>>>,
}

/// A column of a wide table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WideColumn {
    /// Its heading.
    pub(crate) heading: String,
    /// What its cells say.
    pub(crate) says: WideCells,
}

/// What the cells of a column say; lines are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WideCells {
    /// What the row is about: the place of the column of the long form that says so.
    Lead(usize),
    /// The numbers of a line.
    Line(usize),
    /// How exactly they are meant: `>`, `–120`.
    Qualifier(usize),
    /// Of which periods they are.
    Period(usize),
    /// Where sources contradict each other.
    Conflict,
}

/// A line of a wide table, with a value for each of its rows.
pub(super) struct WideLine {
    pub(super) heading: String,
    /// The heading of the column that says of which periods they are.
    pub(super) period: Option<String>,
    pub(super) values: Vec<Option<LineValue>>,
}

impl Wide {
    /// Returns the headings of the columns.
    pub(crate) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.heading.clone()).collect()
    }
}

/// Makes the wide table of a series, with a row per date; for one day the cross table of its first two dimensions. `spell`
/// writes the numbers within texts.
pub(crate) fn wide(header: &Header, rows: &mut dyn Iterator<Item = Row>, spell: Spell) -> Wide {
    if let Some(dimensions) = cross::dimensions(header) {
        return cross::cross(header, dimensions, rows, spell);
    }
    let DrawnLines { days, lines, .. } = DrawnLines::of(header, rows);
    let line = |line: super::lines::DrawnLine| WideLine {
        values: days.iter().map(|day| line.values.get(day).copied()).collect(),
        heading: line.heading,
        period: line.period,
    };
    let lines: Vec<WideLine> = lines.into_iter().map(line).collect();
    let leads = days.iter().map(|day| Cell::Date(*day)).collect();
    table(("date", leads), &lines, header.query.language, spell)
}

/// Puts lines beside what their rows are about. A line with inexact values has a column beside it that says how exact they are, a
/// line of periods one that says which; where sources contradict each other, the last column names them.
pub(super) fn table(
    (lead, leads): (&str, Vec<Cell<'static>>),
    lines: &[WideLine],
    language: Option<Language>,
    spell: Spell,
) -> Wide {
    let lead = place_of(lead);
    let mut columns = vec![WideColumn { heading: word(lead, language), says: WideCells::Lead(lead) }];
    let mut rows: Vec<Vec<Cell<'static>>> = leads.into_iter().map(|lead| vec![lead]).collect();
    let mut conflicts: Vec<Vec<String>> = vec![Vec::new(); rows.len()];
    for (number, line) in (1..).zip(lines) {
        for says in line.columns(number) {
            columns.push(WideColumn { heading: line.heading(says, language), says });
            for (row, value) in rows.iter_mut().zip(&line.values) {
                row.push(value.map_or(Cell::Empty, |value| cell(says, &value, (language, spell))));
            }
        }
        for (conflicts, value) in conflicts.iter_mut().zip(&line.values) {
            conflicts.extend(value.and_then(|value| conflict(&line.heading, &value, spell)));
        }
    }
    if conflicts.iter().any(|conflicts| !conflicts.is_empty()) {
        let heading = language.map_or("conflict", |language| CONFLICT.in_language(language)).to_owned();
        columns.push(WideColumn { heading, says: WideCells::Conflict });
        for (row, conflicts) in rows.iter_mut().zip(conflicts) {
            row.push(match conflicts.is_empty() {
                true => Cell::Empty,
                false => Cell::Text(conflicts.join("; ").into()),
            });
        }
    }
    distinct(&mut columns, language);
    Wide { columns, rows }
}

/// Returns the word for what a column of the long form says. In English it is as small as the words that headings end in.
fn word(column: usize, language: Option<Language>) -> String {
    COLUMNS[column].heading(language.filter(|language| *language == Language::German)).to_owned()
}

/// Gives each column a heading of its own: one without words is a value, one that stands already is numbered.
fn distinct(columns: &mut [WideColumn], language: Option<Language>) {
    let mut taken = BTreeSet::new();
    for column in columns {
        if column.heading.is_empty() {
            column.heading = word(place_of("value"), language);
        }
        let numbered = (2..).map(|number: usize| format!("{} ({number})", column.heading));
        let free = std::iter::once(column.heading.clone()).chain(numbered).find(|it| !taken.contains(it));
        column.heading = free.unwrap_or_default();
        taken.insert(column.heading.clone());
    }
}

impl WideLine {
    /// Lists the columns that the line needs.
    fn columns(&self, number: usize) -> impl Iterator<Item = WideCells> + use<> {
        let is_inexact = self.values.iter().flatten().any(|value| value.qualifiers[0].is_some());
        let qualifier = is_inexact.then_some(WideCells::Qualifier(number));
        let period = self.period.is_some().then_some(WideCells::Period(number));
        std::iter::once(WideCells::Line(number)).chain(qualifier).chain(period)
    }

    fn heading(&self, says: WideCells, language: Option<Language>) -> String {
        match says {
            WideCells::Qualifier(_) => {
                let word = language.map_or("qualifier", |language| QUALIFIER.in_language(language));
                format!("{}{}{word}", self.heading, joint(language))
            }
            WideCells::Period(_) => self.period.clone().unwrap_or_default(),
            WideCells::Lead(_) | WideCells::Line(_) | WideCells::Conflict => self.heading.clone(),
        }
    }
}

fn cell(says: WideCells, value: &LineValue, (language, spell): (Option<Language>, Spell)) -> Cell<'static> {
    match (says, value.qualifiers[0], value.upper) {
        (WideCells::Qualifier(_), Some(Qualifier::Between), Some(upper)) => {
            Cell::Text(format!("–{}", spell(&Cell::Number(upper))).into())
        }
        (WideCells::Qualifier(_), inexact, _) => qualifier(inexact),
        (WideCells::Period(_), ..) => observed(value.observed, language),
        _ => Cell::Number(value.number),
    }
}

/// Names a line whose sources contradict each other, with its lowest and highest value.
fn conflict(heading: &str, value: &LineValue, spell: Spell) -> Option<String> {
    let number = |number| spell(&Cell::Number(number));
    Some(format!("{heading}: {}–{}", number(value.number), number(value.highest?)))
}
