//! Series as a workbook: a sheet of typed cells, and a sheet of notes.

use super::Publication;
use super::columns::{Cells, cells, columns, headings};
use super::csv::spell;
use super::notes::notes;
use super::sheet_rows::{Look, SheetRows};
use super::sources::Sources;
use super::wide::{WideCells, wide};
use crate::book::Book;
use ozg_core::query::{Shape, Show};
use ozg_core::series::{Header, Row};
use ozg_core::words::Label;
use std::cell::RefCell;
use std::io::{self, Write};

/// The name of the sheet.
const SERIES: Label = Label { de: "Zeitreihe", en: "Series" };

/// Writes the next row of a sheet; tells whether there was one.
type NextRow<'a> = Box<dyn FnMut(&mut SheetRows, &mut String) -> io::Result<bool> + 'a>;

/// Writes a series as a workbook, row by row.
///
/// # Errors
/// Those of the writer; more columns than a sheet has.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let language = header.query.language.unwrap_or_default();
    let sources = RefCell::new(Sources::default());
    let mut rows = rows.inspect(|row| sources.borrow_mut().note(row));
    let (headings, looks, mut next) = table(header, &mut rows);
    let book = Book {
        sheet: SERIES.in_language(language),
        headings: &headings,
        // The day of a wide table; the day and the area of a long one.
        repeated: if header.query.shape == Shape::Wide { 1 } else { 2 },
        properties: [
            header.measure.name().in_language(language),
            &publication.operator,
            &publication.permalink,
        ],
        recorded_at_ms: header.recorded_at_ms,
        language,
        notes: &|| notes(header, publication, &sources.borrow(), language),
    };
    book.write(looks, &mut *next, out)
}

/// Returns the headings, how columns look, and the writer of the rows.
fn table<'a>(
    header: &'a Header,
    rows: &'a mut dyn Iterator<Item = Row>,
) -> (Vec<String>, Vec<Look>, NextRow<'a>) {
    if header.query.shape == Shape::Wide {
        let wide = wide(header, rows, spell);
        let headings = wide.headings();
        let of_line = if header.query.show == Show::Share { Look::Share } else { Look::Plain };
        let look = |says: WideCells| if matches!(says, WideCells::Period(_)) { Look::Text } else { of_line };
        let looks = wide.columns.iter().map(|column| look(column.says)).collect();
        let mut rows = wide.rows.into_iter();
        let next = move |sheet: &mut SheetRows, text: &mut String| {
            Ok(rows.next().map(|cells| sheet.put(&cells, text)).is_some())
        };
        return (headings, looks, Box::new(next));
    }
    let language = header.query.language;
    let headings: Vec<String> = headings(header, language).into_iter().map(str::to_owned).collect();
    let looks = columns(header).map(|column| match column.cells {
        Cells::Text => Look::Text,
        _ if column.id == "share" => Look::Share,
        _ => Look::Plain,
    });
    let looks = looks.collect();
    let next = move |sheet: &mut SheetRows, text: &mut String| {
        Ok(rows.next().map(|row| sheet.put(&cells(&row, header, language), text)).is_some())
    };
    (headings, looks, Box::new(next))
}
