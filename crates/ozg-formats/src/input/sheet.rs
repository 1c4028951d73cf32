//! Sheets as CSV: separated by comma, semicolon or tab, with the quirks of spreadsheet programs.

use super::headings::{self, Column, Header};
use super::rows::{Quotes, Row, Rows, with_line_feeds};
use super::sink::{Sink, line_number, unreadable};
use csv::StringRecord;
use ozg_core::event::{EventType, Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The most bytes that a cell may hold.
pub const CELL_BYTES_MAX: usize = 32 * 1024;

/// Reads a sheet; `asked` is what its rows are where they do not say so themselves.
pub(crate) fn read(text: &str, asked: Option<EventType>, sink: &mut Sink<'_>) {
    let text = with_line_feeds(text);
    let mut rows = Rows::new(&text);
    let Some(first) = rows.next() else { return sink.mistake(nothing()) };
    let headings: Vec<&str> = first.cells.iter().collect();
    if headings.len() > headings::COLUMNS_MAX {
        return sink.mistake(too_wide(first.line, headings.len()));
    }
    if let Some(quotes) = first.quotes {
        return sink.mistake(wrong_quotes(first.line, quotes));
    }
    let header = headings::read(&headings, first.line, asked, sink);
    if !header.is_usable {
        return;
    }
    let mut has_rows = false;
    while let Some(next) = rows.next() {
        has_rows = true;
        if row(&header, &next, sink).is_break() {
            return;
        }
        rows.give_back(next.cells);
    }
    if !has_rows {
        sink.mistake(no_rows(first.line));
    }
}

fn row(header: &Header, row: &Row, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let cells = &row.cells;
    let at = Where { line: line_number(row.line), form: Form::Sheet(Arc::clone(&header.names)) };
    let wrong = row.quotes.map(|quotes| wrong_quotes(row.line, quotes));
    if let Some(mistake) = wrong.or_else(|| wrong_shape(header, &at, cells)) {
        sink.mistake(mistake);
        return ControlFlow::Continue(());
    }
    let mut fields = Vec::with_capacity(cells.len() + 1);
    let (mut event_type, mut has_type) = (header.default_type, true);
    for (index, cell) in cells.iter().enumerate() {
        let text = cell.trim();
        if text.is_empty() {
            continue;
        }
        match header.columns.get(index).copied().unwrap_or(Column::Unnamed) {
            Column::Field(name) => fields.push((name.to_owned(), Raw::Text(with_line_breaks(text)))),
            Column::Type => match headings::type_word(text) {
                Ok(found) => event_type = Some(found),
                Err(fault) => {
                    sink.fault(&at, "type", Some(text), fault);
                    has_type = false;
                }
            },
            Column::Unnamed => {}
        }
    }
    match event_type {
        Some(event_type) => fields.push(("type".to_owned(), Raw::Text(event_type.name().to_owned()))),
        // What the row says cannot be told from its other cells; the one mistake is enough.
        None if !has_type => return ControlFlow::Continue(()),
        None => {}
    }
    sink.event(RawEvent { at, fields })
}

/// Writes line breaks within a cell in one way.
fn with_line_breaks(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() }
}

/// Finds what is wrong with the cells before they are looked into.
fn wrong_shape(header: &Header, at: &Where, cells: &StringRecord) -> Option<Mistake> {
    let (found, expected) = (cells.len(), header.columns.len());
    let surplus = cells.iter().skip(expected).any(|cell| !cell.trim().is_empty());
    // A row that is too short says nothing in the cells that are left out, as some versions of Excel leave out empty ones.
    if surplus {
        return Some(unreadable(
            at.line,
            format!(
                "Die Zeile hat {found} Zellen, die Überschrift {expected}: Anführungszeichen und Trennzeichen prüfen"
            ),
            format!("The row has {found} cells, the header {expected}: check quotation marks and separators"),
        ));
    }
    let nameless = cells.iter().enumerate().find(|(index, cell)| {
        !cell.trim().is_empty() && header.names.get(*index).is_some_and(|name| *name == format!("{index} "))
    });
    if let Some((index, cell)) = nameless {
        let fault = Fault::say(
            Code::UnknownField,
            "Über dieser Zelle steht keine Überschrift",
            "There is no heading above this cell",
        );
        return Some(Mistake::at(&at.field(&format!("{index} ")), "", Some(cell), fault));
    }
    let (index, cell) = cells.iter().enumerate().find(|(_, cell)| cell.len() > CELL_BYTES_MAX)?;
    let fault = Fault::say(
        Code::Unreadable,
        format!(
            "Die Zelle hat {} Bytes, erlaubt sind {CELL_BYTES_MAX}: fehlt ein Anführungszeichen?",
            cell.len()
        ),
        format!(
            "The cell has {} bytes, allowed are {CELL_BYTES_MAX}: is a quotation mark missing?",
            cell.len()
        ),
    );
    Some(Mistake::at(&at.field(header.names.get(index)?), "", Some(cell), fault))
}

fn wrong_quotes(line: usize, quotes: Quotes) -> Mistake {
    let (de, en) = match quotes {
        Quotes::Open => (
            "Ein Anführungszeichen wird nicht geschlossen; alles bis zum Ende der Datei stünde in einer Zelle",
            "A quotation mark is not closed; all up to the end of the file would stand in one cell",
        ),
        Quotes::TextBehind => (
            "Hinter einem schließenden Anführungszeichen steht noch Text; im Text verdoppelt man sie",
            "Text stands behind a closing quotation mark; within a text they are doubled",
        ),
    };
    unreadable(line_number(line), de, en)
}

fn no_rows(line: usize) -> Mistake {
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
    let max = headings::COLUMNS_MAX;
    let at = Where { line: line_number(line), form: Form::None };
    let fault = Fault::say(
        Code::TooMany,
        format!("Die Tabelle hat {found} Spalten, erlaubt sind {max}"),
        format!("The sheet has {found} columns, allowed are {max}"),
    );
    Mistake::at(&at.field(""), "", None, fault)
}
