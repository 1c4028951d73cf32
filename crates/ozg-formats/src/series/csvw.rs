//! The description of the CSV of a series, as CSV on the Web metadata (W3C, Metadata Vocabulary for Tabular Data).

use super::columns::{COLUMNS, Cells, Stands};
use super::csv::spell;
use super::sources::Sources;
use super::wide::{WideColumn, wide};
use super::written::{TableColumn, of_table};
use super::{Publication, publication::state};
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use ozg_core::words::Language;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Describes the CSV of a series.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sources = Sources::default();
    let mut rows = rows.inspect(|row| sources.note(row));
    let wide = match header.query.shape {
        Shape::Wide => wide(header, &mut rows, spell).columns,
        Shape::Long => {
            rows.for_each(drop);
            Vec::new()
        }
    };
    let language = header.query.language.unwrap_or(Language::English);
    let url = publication.permalink_as(header, "csv");
    let mut whole = table(&url, &columns(header, &wide), language);
    let row = header.measure.row();
    whole["dc:title"] = header.measure.name().in_language(language).into();
    whole["dc:description"] = row.definition.in_language(language).into();
    whole["dc:publisher"] = publication.operator.as_str().into();
    whole["dc:license"] = publication
        .licence_url()
        .map_or_else(|| publication.licence.as_str().into(), |url| json!({ "@id": url }));
    whole["dc:bibliographicCitation"] = publication.citation_in(header, language).into();
    whole["dc:hasVersion"] = header.position.to_string().into();
    whole["dc:provenance"] = state(header, language).into();
    whole["dc:source"] = sources.iter().map(|(name, _)| name).collect::<Vec<_>>().into();
    writeln!(out, "{whole:#}")
}

/// Describes the long form of any series, with headings in every language.
pub(crate) fn of_any() -> Value {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .filter(|about| about.stands == Stands::Everywhere)
        .map(|about| {
            let titles = json!({ "und": about.id, "de": about.label.de, "en": about.label.en });
            column((about.id, titles), about.cells, about.always, about.doc.en)
        })
        .collect();
    let mut whole = table("series.csv", &columns, Language::English);
    whole["dc:title"] = "series".into();
    whole["dc:description"] = "A series in its long form: a row a value.".into();
    whole
}

fn columns(header: &Header, wide: &[WideColumn]) -> Vec<Value> {
    let language = header.query.language.unwrap_or(Language::English);
    let describe = |column_of: &TableColumn| {
        let TableColumn { name, heading, cells, always, doc } = column_of;
        column((name, heading.as_str().into()), *cells, *always, doc.in_language(language))
    };
    of_table(header, wide).iter().map(describe).collect()
}

fn column((name, titles): (&str, Value), cells: Cells, always: bool, doc: &str) -> Value {
    let datatype = match cells {
        Cells::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        Cells::Number => json!("decimal"),
        Cells::Text | Cells::Kind(_) | Cells::Basis | Cells::Qualifier => json!("string"),
    };
    json!({ "name": name, "titles": titles, "datatype": datatype, "required": always, "dc:description": doc })
}

fn table(url: &str, columns: &[Value], language: Language) -> Value {
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": language.tag() }],
        "url": url,
        "dc:title": null,
        "dc:description": null,
        "dialect": { "encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\n"], "quoteChar": "\"" },
        "tableSchema": { "columns": columns },
    })
}
