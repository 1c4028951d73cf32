//! Series as CSV: long, a row a value, or wide, a column a line.

use super::cells::{Cell, cells, headings};
use super::{Publication, wide};
use crate::delimited::{neutral, writer};
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use std::borrow::Cow;
use std::io::{self, Write};

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
    match header.query.shape {
        Shape::Long => long(header, rows, out),
        Shape::Wide => wide::write(header, rows, out),
    }
}

fn long(header: &Header, rows: &mut dyn Iterator<Item = Row>, out: &mut dyn Write) -> io::Result<()> {
    let language = header.query.language;
    let mut csv = writer(out);
    csv.write_record(headings(header, language))?;
    for row in rows {
        for cell in cells(&row, header, language) {
            put(&mut csv, &cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes one cell; texts are kept from being formulas.
pub(crate) fn put(csv: &mut csv::Writer<&mut dyn Write>, cell: &Cell<'_>) -> io::Result<()> {
    match cell {
        Cell::Empty => csv.write_field("")?,
        Cell::Text(text) => csv.write_field(neutral(Cow::Borrowed(text)).as_ref())?,
        Cell::Number(number) => csv.write_field(number.to_string())?,
    }
    Ok(())
}
