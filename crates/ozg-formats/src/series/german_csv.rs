//! Series as CSV for a German spreadsheet program: a double click opens the file with its columns, numbers and days
//! recognised. UTF-8 with a byte order mark, semicolon, decimal comma, CRLF, days as `31.12.2024`, names in German.

use super::Publication;
use super::cell::Cell;
use super::csv::write_to;
use ozg_core::series::{Header, Row};
use std::io::{self, Write};

/// The byte order mark. Without it Excel reads a file as Windows-1252.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a series.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    _: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut builder = csv::WriterBuilder::new();
    let builder = builder.delimiter(b';').terminator(csv::Terminator::CRLF).flexible(true);
    write_to(&mut builder.from_writer(out), spell, header, rows)
}

fn spell(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Date(day) => day.date().format("%d.%m.%Y").to_string(),
        Cell::Number(number) => number.to_string().replace('.', ","),
        Cell::Empty | Cell::Text(_) => cell.to_string(),
    }
}
