//! Finds the headings of a sheet, below any titles and notes, by the headings that the tracker knows.

use super::cells::wrong_quotes;
use super::headings::COLUMNS_MAX;
use super::row::{RowSource, SheetRow};
use super::sink::{line_number, unreadable};
use ozg_core::event::{Columns, Form, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::words::{PartialDate, unmarked};
use std::collections::VecDeque;
use std::sync::Arc;

/// Number of rows at the beginning among which the headings are searched.
pub const HEADER_ROWS_MAX: usize = 50;

/// The fewest known headings, and the fewest filled cells of a row, that make a second table and not a title.
const TABLE_HEADINGS_MIN: usize = 3;

/// A sheet whose header has been found.
pub(crate) struct Opened<'s> {
    /// The row with the headings.
    pub(crate) header: SheetRow,
    /// The rows above it.
    titles: VecDeque<SheetRow>,
    ahead: VecDeque<SheetRow>,
    source: &'s mut dyn RowSource,
}

impl Opened<'_> {
    /// Returns the next row below the header.
    pub(crate) fn next(&mut self) -> Option<SheetRow> {
        self.ahead.pop_front().or_else(|| self.source.next())
    }

    /// Takes back the cells of a row, to reuse their memory.
    pub(crate) fn give_back(&mut self, row: SheetRow) {
        self.source.give_back(row.cells);
    }

    /// Returns the mistake that ended the rows early.
    pub(crate) fn broken(&mut self) -> Option<Mistake> {
        self.source.broken()
    }

    /// Tells whether days are counted from 1904.
    pub(crate) fn counts_from_1904(&self) -> bool {
        self.source.counts_from_1904()
    }

    /// Returns how the cells of a row are addressed.
    pub(crate) fn form(&self, line: usize, names: &Arc<Columns>) -> Form {
        self.source.form(line, names)
    }

    /// Tells whether the cells were separated by characters, so that a cell may have slipped.
    pub(crate) fn is_text(&self) -> bool {
        self.source.is_text()
    }

    /// Returns the headings.
    pub(crate) fn headings(&self) -> Vec<&str> {
        self.header.cells.iter().collect()
    }

    /// Returns the filled cells of a column in the first rows below the header.
    pub(crate) fn first_cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.ahead.iter().filter_map(move |row| row.cells.get(column));
        cells.map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// Returns the first rows: those above the header, the header, and those below it.
    pub(crate) fn first_rows(&self) -> impl Iterator<Item = &SheetRow> {
        self.titles.iter().chain([&self.header]).chain(&self.ahead)
    }

    /// Returns the day that a title names: `Stand: 30.06.2024`.
    pub(crate) fn day_of_title(&self) -> Option<PartialDate> {
        let cells = self.titles.iter().map(|row| row.cells.iter().collect::<Vec<_>>().join(" "));
        let after = cells.filter_map(|text| {
            let at = text.to_lowercase().find("stand")?;
            let rest = text.get(at + "stand".len()..)?.trim_start_matches([':', ' ']).to_owned();
            let words: Vec<&str> = rest.split_whitespace().take(3).collect();
            let lengths = (1..=words.len()).rev();
            lengths
                .map(|length| words[..length].join(" "))
                .find_map(|text| PartialDate::read(text.trim_end_matches([',', ';', '.'])).ok())
        });
        after.reduce(|_, last| last)
    }
}

/// Finds the headings: the row with the number `asked`, else among the first rows the one with the most known headings, else
/// the first with two filled cells. A row with a date or a number is never taken for the headings.
///
/// # Errors
/// `unreadable` for an empty or damaged sheet and for quotation marks that do not match in the headings; `too_many` for more
/// columns than are allowed.
pub(crate) fn open<'s>(
    source: &'s mut dyn RowSource,
    is_known: &dyn Fn(&str) -> bool,
    asked: Option<usize>,
) -> Result<Opened<'s>, Box<Mistake>> {
    let mut rows = VecDeque::new();
    while rows.len() < HEADER_ROWS_MAX.max(asked.unwrap_or(0))
        && let Some(row) = source.next()
    {
        if row.cells.len() > COLUMNS_MAX {
            return Err(Box::new(too_wide(row.line, row.cells.len())));
        }
        rows.push_back(row);
    }
    let at = match asked {
        Some(line) => rows.iter().position(|row| row.line == line).ok_or_else(|| Box::new(no_row(line)))?,
        None => header(&rows, is_known),
    };
    if let Some(above) = table_above(&rows, at, is_known).filter(|_| asked.is_none()) {
        return Err(Box::new(two_tables(above, rows[at].line)));
    }
    let ahead = rows.split_off((at + 1).min(rows.len()));
    let Some(header) = rows.pop_back() else {
        return Err(Box::new(source.broken().unwrap_or_else(nothing)));
    };
    match header.quotes {
        Some(quotes) => Err(Box::new(wrong_quotes(header.line, quotes))),
        None => Ok(Opened { header, titles: rows, ahead, source }),
    }
}

/// Returns the place of the row with the headings.
fn header(rows: &VecDeque<SheetRow>, is_known: &dyn Fn(&str) -> bool) -> usize {
    let known = |row: &SheetRow| row.cells.iter().filter(|cell| is_known(cell)).count();
    let filled = |row: &SheetRow| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let candidates = || rows.iter().enumerate().filter(|(_, row)| !row.cells.iter().any(is_value));
    let best = candidates().max_by_key(|(index, row)| (known(row), usize::MAX - index));
    let best = best.filter(|(_, row)| known(row) > 0);
    let first = || candidates().find(|(_, row)| filled(row) > 1);
    best.or_else(first).map_or(0, |(index, _)| index)
}

/// Returns the line with the headings of another table that stands with its rows above the headings.
fn table_above(rows: &VecDeque<SheetRow>, at: usize, is_known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let known = |row: &SheetRow| row.cells.iter().filter(|cell| is_known(cell)).count();
    let filled = |row: &SheetRow| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let titles = || rows.iter().take(at);
    let above =
        titles().position(|row| known(row) >= TABLE_HEADINGS_MIN && !row.cells.iter().any(is_value))?;
    let has_rows = titles()
        .skip(above + 1)
        .any(|row| filled(row) >= TABLE_HEADINGS_MIN && row.cells.iter().any(is_value));
    rows.get(above).filter(|_| has_rows).map(|row| row.line)
}

/// Tells whether a cell holds a date or a number, as no heading does.
fn is_value(cell: &str) -> bool {
    let cell = unmarked(cell);
    cell.bytes().any(|byte| byte.is_ascii_digit())
        && (cell.trim().parse::<f64>().is_ok() || PartialDate::read(&cell).is_ok())
}

/// Returns the mistake of a sheet without rows below its header.
pub(crate) fn no_rows(line: usize) -> Mistake {
    unreadable(
        line_number(line),
        "Unter den Überschriften steht keine Zeile",
        "There is no row below the headings",
    )
}

fn nothing() -> Mistake {
    unreadable(0, "Die Datei ist leer", "The file is empty")
}

fn no_row(line: usize) -> Mistake {
    unreadable(
        line_number(line),
        format!("Die Zeile {line}, in der nach der Zuordnung die Überschriften stehen, ist leer oder fehlt"),
        format!("The line {line}, in which the mapping says the headings stand, is empty or missing"),
    )
}

/// Makes the mistake of two tables below each other, of which one would be lost.
fn two_tables(above: usize, below: usize) -> Mistake {
    unreadable(
        line_number(below),
        format!(
            "Hier stehen zwei Tabellen untereinander, mit Überschriften in Zeile {above} und in Zeile {below}; jede in ein eigenes Tabellenblatt oder eine eigene Datei setzen"
        ),
        format!(
            "Two tables stand below each other, with headings in line {above} and in line {below}; put each into a sheet or a file of its own"
        ),
    )
}

fn too_wide(line: usize, found: usize) -> Mistake {
    let at = Where { line: line_number(line), form: Form::None };
    let fault = Fault::say(
        Code::TooMany,
        format!("Die Tabelle hat {found} Spalten, erlaubt sind {COLUMNS_MAX}"),
        format!("The sheet has {found} columns, allowed are {COLUMNS_MAX}"),
    );
    Mistake::at(&at.field(""), "", None, fault)
}
