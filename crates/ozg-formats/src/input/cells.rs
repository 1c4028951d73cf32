//! Where a cell stands, and what is wrong with cells, with the header and with quotation marks, in every kind of sheet.

use super::headings::COLUMNS_MAX;
use super::row::{Quotes, SheetRow};
use super::sink::{Sink, line_number, unreadable};
use ozg_core::event::column_letters;
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};

/// The most bytes that a cell may hold.
pub const CELL_BYTES_MAX: usize = 32 * 1024;

/// Mistakes of cells beyond this column name only the line.
const CELLS_NAMED_MAX: usize = 1_000;

/// Returns the address of a cell, counted from 0.
pub(crate) fn cell_at(line: u32, index: usize) -> Origin {
    let cell = (index <= CELLS_NAMED_MAX).then(|| format!("{}{line}", column_letters(index)));
    Origin { line, cell, ..Origin::default() }
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

/// Makes the fault of a cell that holds too much.
pub(crate) fn too_long(found: usize) -> Fault {
    Fault::say(
        Code::BadText,
        format!("Die Zelle hat {found} Bytes, erlaubt sind {CELL_BYTES_MAX}"),
        format!("The cell has {found} bytes, allowed are {CELL_BYTES_MAX}"),
    )
}

/// Makes the fault of a cell that holds a formula.
pub(crate) fn formula() -> Fault {
    Fault::say(
        Code::WrongType,
        "In der Zelle steht eine Formel; gelesen werden nur Werte",
        "The cell holds a formula; only values are read",
    )
    .hint(Bilingual::new("kopieren, dann „Inhalte einfügen“, „Werte“", "copy, then paste special, values"))
}

/// Makes the fault of a cell that holds the error of a formula.
pub(crate) fn error_cell(error: &str) -> Fault {
    Fault::say(
        Code::WrongType,
        format!(
            "In der Zelle steht der Fehler {error} einer Formel; den Wert eintragen oder die Zelle leeren"
        ),
        format!("The cell holds the error {error} of a formula; enter the value or empty the cell"),
    )
}

/// Makes the mistake of a row with more columns than are read.
pub(crate) fn too_wide(line: usize) -> Mistake {
    let origin = Origin { line: line_number(line), ..Origin::default() };
    let fault = Fault::say(
        Code::TooMany,
        format!("Die Tabelle hat mehr als {COLUMNS_MAX} Spalten"),
        format!("The sheet has more than {COLUMNS_MAX} columns"),
    );
    Mistake::at(&origin, "", None, fault)
}
