//! The rows of any sheet, from CSV or XLSX: cells, with the line in which each row begins.

use csv::StringRecord;
use ozg_core::event::{Columns, Form};
use ozg_core::mistake::{Fault, Mistake};
use std::sync::Arc;

/// The texts that spreadsheet programs write into a cell whose formula failed, in English and in German.
pub(crate) const ERROR_CELLS: [&str; 14] = [
    "#N/A", "#NV", "#DIV/0!", "#REF!", "#BEZUG!", "#NAME?", "#VALUE!", "#WERT!", "#NUM!", "#ZAHL!", "#NULL!",
    "#SPILL!", "#CALC!", "#FIELD!",
];

/// One row.
pub(crate) struct SheetRow {
    /// Its number in a spreadsheet, counted from 1.
    pub(crate) line: usize,
    /// Its cells.
    pub(crate) cells: StringRecord,
    /// The mistake of its quotation marks.
    pub(crate) quotes: Option<Quotes>,
    /// What the cells hold; cells beyond the end of this list hold texts.
    pub(crate) holds: Vec<Holds>,
    /// The cells that cannot be read, with their faults.
    pub(crate) faults: Vec<(usize, Fault)>,
}

/// What a cell holds, as its spreadsheet program knows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A text, or a date.
    #[default]
    Text,
    /// A number.
    Number,
    /// A number that is shown in per cent; its text is `97 %`.
    Percent,
}

/// The mistakes that quotation marks can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// A mark is opened and not closed until the end of the file.
    Open,
    /// Text follows a closing mark before the next separator.
    TextBehind,
}

/// Rows of cells, one after the other; empty ones and comments are skipped.
pub(crate) trait RowSource {
    /// Returns the next row that is not empty.
    fn next(&mut self) -> Option<SheetRow>;

    /// Takes back the cells of a row, to reuse their memory.
    fn give_back(&mut self, _cells: StringRecord) {}

    /// Returns the mistake that ended the rows early.
    fn broken(&mut self) -> Option<Mistake> {
        None
    }

    /// Returns how the cells of a row are addressed: by cells of a sheet, whose columns have these names.
    fn form(&self, _line: usize, names: &Arc<Columns>) -> Form {
        Form::Sheet(Arc::clone(names))
    }

    /// Tells whether the cells are separated by characters, as in CSV; a stray one moves the cells behind it.
    fn is_text(&self) -> bool {
        true
    }

    /// Tells whether days are counted from 1904, as old versions of Excel for the Macintosh do.
    fn counts_from_1904(&self) -> bool {
        false
    }
}

impl SheetRow {
    /// Returns what a cell holds.
    pub(crate) fn holds(&self, index: usize) -> Holds {
        self.holds.get(index).copied().unwrap_or_default()
    }

    /// Tells whether it is handed out: it says something, and is no comment unless comments are wanted.
    pub(crate) fn is_wanted(&self, wants_comments: bool) -> bool {
        let is_empty = self.faults.is_empty() && self.cells.iter().all(|cell| cell.trim().is_empty());
        !is_empty && (wants_comments || !is_comment(&self.cells))
    }
}

/// Tells whether a row is a comment: its first cell begins with # and is not the error of a formula.
pub(crate) fn is_comment(cells: &StringRecord) -> bool {
    let first = cells.get(0).unwrap_or_default().trim_start();
    first.starts_with('#') && !is_error(first)
}

/// Tells whether a cell holds the error of a formula.
pub(crate) fn is_error(cell: &str) -> bool {
    cell.starts_with('#') && ERROR_CELLS.iter().any(|error| cell.trim() == *error)
}
