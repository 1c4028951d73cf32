//! Series as JSON: first the members that belong to all rows, then the rows, one per line. Values are ids in every
//! language.

use super::cell::Cell;
use super::columns::{cells, headings};
use super::stream::stream;
use super::{Publication, Related};
use ozg_core::series::{Header, Row};
use ozg_core::time::rfc3339;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes a series as JSON.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = headings(header, None);
    let mut rows = rows.peekable();
    // Where there is something, it need not be said that there is nothing else.
    let also = publication.also.as_ref().filter(|also| !also.is_empty() || rows.peek().is_none());
    let mut head = head(header, publication);
    if let Some(also) = also {
        head["also"] = also.iter().map(Related::json).collect();
    }
    let write = |row: Row, out: &mut dyn Write| write_row(&row, header, &names, out);
    stream(&head, "rows", rows, write, out)
}

fn write_row(row: &Row, header: &Header, names: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let mut before = '{';
    for (name, cell) in names.iter().zip(cells(row, header, None)) {
        write!(out, "{before}\"{name}\":")?;
        match cell {
            Cell::Empty => out.write_all(b"null")?,
            Cell::Text(text) => serde_json::to_writer(&mut *out, &text)?,
            Cell::Date(day) => write!(out, "\"{day}\"")?,
            Cell::Number(number) => write!(out, "{number}")?,
        }
        before = ',';
    }
    out.write_all(b"}")
}

/// Returns everything but the rows.
fn head(header: &Header, publication: &Publication) -> Value {
    json!({
        "measure": header.measure.id(),
        "definition": definition(header),
        "query": query(header),
        "position": header.position,
        "recorded_at": header.recorded_at_ms.map(rfc3339),
        "permalink": publication.permalink,
        "operator": publication.operator,
        "citation": publication.citation,
        "licence": publication.licence,
    })
}

/// Returns the definition of the measure in both languages.
pub(crate) fn definition(header: &Header) -> Value {
    let row = header.measure.row();
    json!({
        "id": header.measure.definition_id(),
        "version": row.version,
        "label": { "de": header.measure.name().de, "en": header.measure.name().en },
        "de": row.definition.de,
        "en": row.definition.en,
        "unit": { "de": row.value_unit.de, "en": row.value_unit.en },
        "addition": { "de": row.addition.de, "en": row.addition.en },
    })
}

/// Returns every parameter that has an effect.
pub(crate) fn query(header: &Header) -> Map<String, Value> {
    let parameters = header.query.parameters();
    parameters.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
}
