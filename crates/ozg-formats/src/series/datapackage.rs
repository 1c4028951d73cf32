//! Series as a Frictionless Data Package (Data Package v2) in a ZIP archive: the CSV, `datapackage.json`, and a README
//! with definition and citation. The archive is sent while it is written; its bytes depend on the answer alone.

use super::Publication;
use super::columns::Cells;
use super::csv::{spell, write_to, write_wide};
use super::notes::notes;
use super::sources::Sources;
use super::wide::{WideColumn, wide};
use super::written::{TableColumn, of_table};
use crate::delimited::writer;
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use ozg_core::time::rfc3339;
use ozg_core::words::Language;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const TABLE_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Writes a series as an archive.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(out);
    // All files have the earliest time that ZIP knows, so that the same answer gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .large_file(true);
    let mut sources = Sources::default();
    archive.start_file(csv_name(header), options)?;
    let wide = rows_to(&mut archive, header, &mut rows.inspect(|row| sources.note(row)))?;
    let columns = of_table(header, &wide);
    archive.start_file("datapackage.json", options)?;
    writeln!(archive, "{:#}", package(header, publication, &sources, &columns))?;
    archive.start_file("README.md", options)?;
    archive.write_all(readme(header, publication, &sources).as_bytes())?;
    archive.finish()?.into_inner();
    Ok(())
}

/// Writes the CSV and returns the columns of a wide one.
fn rows_to(
    out: &mut dyn Write,
    header: &Header,
    rows: &mut dyn Iterator<Item = Row>,
) -> io::Result<Vec<WideColumn>> {
    if header.query.shape == Shape::Long {
        write_to(&mut writer(out), spell, header, rows)?;
        return Ok(Vec::new());
    }
    let wide = wide(header, rows, spell);
    write_wide(&mut writer(out), spell, &wide)?;
    Ok(wide.columns)
}

fn csv_name(header: &Header) -> String {
    format!("{}.csv", header.measure.id())
}

/// Describes the archive.
fn package(header: &Header, publication: &Publication, sources: &Sources, columns: &[TableColumn]) -> Value {
    let row = header.measure.row();
    let language = header.query.language.unwrap_or_default();
    let mut package = json!({
        "$schema": PACKAGE_PROFILE,
        "name": header.measure.id().replace('_', "-"),
        "title": header.measure.name().in_language(language),
        "description": row.definition.in_language(language),
        "homepage": publication.permalink,
        "version": header.position.to_string(),
        "licenses": [licence(publication, language)],
        "contributors": [{ "title": publication.operator, "roles": ["publisher"] }],
        "definition": header.measure.definition_id(),
        "citation": publication.citations_json(header),
        "resources": [resource(header, columns, language)],
    });
    if let Some(recorded) = header.recorded_at_ms {
        package["created"] = rfc3339(recorded).into();
    }
    let sources = sources.json();
    if !sources.is_empty() {
        package["sources"] = sources.into();
    }
    package
}

fn licence(publication: &Publication, language: Language) -> Value {
    let mut licence =
        json!({ "name": publication.licence_id(), "title": publication.licence_name(language) });
    if let Some(url) = publication.licence_url() {
        licence["path"] = url.into();
    }
    licence
}

fn resource(header: &Header, columns: &[TableColumn], language: Language) -> Value {
    let fields: Vec<Value> = columns.iter().map(|column| field(column, language)).collect();
    json!({
        "$schema": RESOURCE_PROFILE,
        "name": header.measure.id(),
        "type": "table",
        "path": csv_name(header),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": { "$schema": TABLE_PROFILE, "fields": fields, "missingValues": [""] },
    })
}

fn field(column: &TableColumn, language: Language) -> Value {
    let kind = match column.cells {
        Cells::Date => "date",
        Cells::Number => "number",
        Cells::Text | Cells::Kind(_) | Cells::Basis | Cells::Qualifier => "string",
    };
    let (heading, doc) = (&column.heading, column.doc.in_language(language));
    json!({
        "name": heading,
        "title": heading,
        "type": kind,
        "description": doc,
        "constraints": { "required": column.always },
    })
}

/// Writes a paragraph on one line, so that nothing in it begins an element of HTML: programs that show Markdown may allow HTML.
fn without_html(paragraph: &str) -> String {
    paragraph.replace('\n', " ").replace('<', "\\<")
}

/// Writes the README in both languages.
fn readme(header: &Header, publication: &Publication, sources: &Sources) -> String {
    let label = header.measure.name();
    let mut text = format!("# {} · {}\n", label.de, label.en);
    for (language, title) in [(Language::German, "Deutsch"), (Language::English, "English")] {
        let _ = write!(text, "\n## {title}\n");
        for note in notes(header, publication, sources, language) {
            let _ = write!(text, "\n### {}\n", note.heading);
            for paragraph in &note.texts {
                let _ = write!(text, "\n{}\n", without_html(paragraph));
            }
        }
    }
    text
}
