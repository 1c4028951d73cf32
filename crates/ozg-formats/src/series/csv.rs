//! Series as CSV: long, with a row per value, or wide, with a column per line. UTF-8 without a byte order mark, comma,
//! point, LF.

use super::Publication;
use super::cell::Cell;
use super::columns::{cells, headings};
use super::wide::{Wide, wide};
use crate::delimited::{neutral, writer};
use csv::Writer;
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a cell that is not a text.
pub(crate) type Spell = fn(&Cell<'_>) -> String;

/// Writes a series as CSV in the shape that its query asks for.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    _: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_to(&mut writer(out), spell, header, rows)
}

/// Writes a series into a writer of a dialect of CSV.
pub(crate) fn write_to(
    csv: &mut Writer<&mut dyn Write>,
    spell: Spell,
    header: &Header,
    rows: &mut dyn Iterator<Item = Row>,
) -> io::Result<()> {
    match header.query.shape {
        Shape::Long => write_long(csv, spell, header, rows),
        Shape::Wide => write_wide(csv, spell, &wide(header, rows, spell)),
    }
}

fn write_long(
    csv: &mut Writer<&mut dyn Write>,
    spell: Spell,
    header: &Header,
    rows: &mut dyn Iterator<Item = Row>,
) -> io::Result<()> {
    let language = header.query.language;
    csv.write_record(headings(header, language))?;
    for row in rows {
        for cell in cells(&row, header, language) {
            put(csv, spell, &cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes a wide table.
pub(crate) fn write_wide(csv: &mut Writer<&mut dyn Write>, spell: Spell, wide: &Wide) -> io::Result<()> {
    for column in &wide.columns {
        put(csv, spell, &Cell::from(column.heading.as_str()))?;
    }
    csv.write_record(None::<&[u8]>)?;
    for row in &wide.rows {
        for cell in row {
            put(csv, spell, cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes one cell; a text cannot become a formula.
pub(crate) fn put(csv: &mut Writer<&mut dyn Write>, spell: Spell, cell: &Cell<'_>) -> io::Result<()> {
    match cell {
        Cell::Empty => csv.write_field("")?,
        Cell::Text(text) => csv.write_field(neutral(Cow::Borrowed(text)).as_ref())?,
        Cell::Date(_) | Cell::Number(_) => csv.write_field(spell(cell))?,
    }
    Ok(())
}

/// Writes days as ISO 8601 and numbers with a point.
pub(crate) fn spell(cell: &Cell<'_>) -> String {
    cell.to_string()
}
