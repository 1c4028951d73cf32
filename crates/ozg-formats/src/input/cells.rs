//! Where a cell stands, and what is wrong with the header and with quotation marks, in every kind of sheet.

use super::row::{Quotes, SheetRow};
use super::sink::{Sink, line_number, unreadable};
use ozg_core::event::column_letters;
use ozg_core::mistake::{Mistake, Origin};

/// The most bytes that a cell may hold.
pub const CELL_BYTES_MAX: usize = 32 * 1024;

/// Mistakes of cells beyond this column name only the line.
const CELLS_NAMED_MAX: usize = 1_000;

/// Returns the address of a cell, counted from 0.
pub(crate) fn cell_at(line: u32, index: usize) -> Origin {
    let cell = (index <= CELLS_NAMED_MAX).then(|| format!("{}{line}", column_letters(index)));
    Origin { line, pointer: None, cell }
}

/// Adds the mistakes of headings that are formulas.
pub(crate) fn wrong_headings(header: &SheetRow, sink: &mut Sink<'_>) {
    for (index, fault) in &header.faults {
        sink.mistake(Mistake::at(&cell_at(line_number(header.line), *index), "", None, fault.clone()));
    }
}

pub(crate) fn wrong_quotes(line: usize, quotes: Quotes) -> Mistake {
    let (de, en) = match quotes {
        Quotes::Open => (
            "Ein Anführungszeichen wird nicht geschlossen; alles bis zum Ende der Datei wäre eine Zelle",
            "A quotation mark is not closed; everything up to the end of the file would be one cell",
        ),
        Quotes::TextBehind => (
            "Hinter einem schließenden Anführungszeichen folgt noch Text; Anführungszeichen im Text verdoppeln",
            "Text follows a closing quotation mark; double the quotation marks within a text",
        ),
    };
    unreadable(line_number(line), de, en)
}
