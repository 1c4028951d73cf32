//! The metadata of an answer, as JSON: everything but its rows, such as definition, query, columns, data state,
//! citations, licence, sources.

use super::Publication;
use super::columns::{Cells, Column, columns};
use super::json::{definition, query};
use super::sources::Sources;
use ozg_core::series::{Header, Row};
use ozg_core::time::rfc3339;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the metadata of a series.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut sources, mut count) = (Sources::default(), 0_usize);
    for row in rows {
        sources.note(&row);
        count += 1;
    }
    let whole = json!({
        "measure": header.measure.id(),
        "definition": definition(header),
        "query": query(header),
        "position": header.position,
        "recorded_at": header.recorded_at_ms.map(rfc3339),
        "simulated": header.simulated,
        "permalink": publication.permalink,
        "publisher": publication.operator,
        "citation": publication.citations_json(header),
        "licence": publication.licence_json(),
        "rows": count,
        "columns": columns(header).map(column).collect::<Vec<_>>(),
        "sources": sources.json(),
    });
    writeln!(out, "{whole:#}")
}

fn column(about: &Column) -> Value {
    let kind = match about.cells {
        Cells::Date => "date",
        Cells::Number => "number",
        Cells::Text | Cells::Kind(_) | Cells::Basis | Cells::Qualifier => "string",
    };
    json!({
        "name": about.id,
        "label": { "de": about.label.de, "en": about.label.en },
        "type": kind,
        "required": about.always,
        "description": { "de": about.doc.de, "en": about.doc.en },
    })
}
