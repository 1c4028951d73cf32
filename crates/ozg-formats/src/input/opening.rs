//! Finds the headings of a sheet, below any titles and notes, by the headings that the tracker knows.

use super::cells::wrong_quotes;
use super::headings::COLUMNS_MAX;
use super::row::{RowSource, SheetRow};
use super::sink::{line_number, unreadable};
use ozg_core::event::{Form, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use std::collections::VecDeque;

/// Number of rows at the beginning among which the headings are searched.
pub const HEADER_ROWS_MAX: usize = 10;

/// A sheet whose header has been found.
pub(crate) struct Opened<'s> {
    /// The row with the headings.
    pub(crate) header: SheetRow,
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

    /// Tells whether the cells were separated by characters, so that one may have slipped.
    pub(crate) fn is_text(&self) -> bool {
        self.source.is_text()
    }

    /// Returns the headings.
    pub(crate) fn headings(&self) -> Vec<&str> {
        self.header.cells.iter().collect()
    }
}

/// Finds the headings: among the first rows the one with the most known headings, else the first row.
///
/// # Errors
/// `unreadable` for an empty or damaged sheet and for quotation marks that do not match in the headings; `too_many` for more
/// columns than are allowed.
pub(crate) fn open<'s>(
    source: &'s mut dyn RowSource,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<Opened<'s>, Box<Mistake>> {
    let mut rows = VecDeque::new();
    while rows.len() < HEADER_ROWS_MAX
        && let Some(row) = source.next()
    {
        if row.cells.len() > COLUMNS_MAX {
            return Err(Box::new(too_wide(row.line, row.cells.len())));
        }
        rows.push_back(row);
    }
    let known = |row: &SheetRow| row.cells.iter().filter(|cell| is_known(cell)).count();
    let best = rows.iter().enumerate().max_by_key(|(index, row)| (known(row), usize::MAX - index));
    let at = best.map_or(0, |(index, _)| index);
    let ahead = rows.split_off((at + 1).min(rows.len()));
    let Some(header) = rows.pop_back() else {
        return Err(Box::new(source.broken().unwrap_or_else(nothing)));
    };
    match header.quotes {
        Some(quotes) => Err(Box::new(wrong_quotes(header.line, quotes))),
        None => Ok(Opened { header, ahead, source }),
    }
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

fn too_wide(line: usize, found: usize) -> Mistake {
    let at = Where { line: line_number(line), form: Form::None };
    let fault = Fault::say(
        Code::TooMany,
        format!("Die Tabelle hat {found} Spalten, erlaubt sind {COLUMNS_MAX}"),
        format!("The sheet has {found} columns, allowed are {COLUMNS_MAX}"),
    );
    Mistake::at(&at.field(""), "", None, fault)
}
