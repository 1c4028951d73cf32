//! The columns of each sheet, as JSON and as a text for people.

use super::kinds;
use crate::input::{InputKind, heading_of};
use ozg_core::event::{EventType, Field, Need};
use ozg_core::words::{Language, Stage};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Words of the column of types, German and English.
type Words = &'static [(&'static str, &'static str)];

/// The described sheets, and the types that their rows can have.
const SHEETS: [(InputKind, EventType, Words); 2] = [
    (InputKind::Milestones, EventType::MilestoneReached, &[("erreicht", "reached"), ("beendet", "ended")]),
    (InputKind::Figures, EventType::FigureReported, &[]),
];

/// The rules that hold for every sheet.
const RULES: [&str; 7] = [
    "Columns may stand in any order, with German or English headings; upper and lower case are the same.",
    "A workbook (XLSX) or CSV; titles may stand above the headings, within the first 50 rows.",
    "Numbers are read in the language of most headings: 1.234 and 1,5 under German ones, 1,234 and 1.5 under English ones.",
    "Cells of CSV are separated by comma, semicolon or tab; texts with a separator stand in quotation marks.",
    "CSV in UTF-8, UTF-16 with a byte order mark, and Windows-1252 are read.",
    "Empty lines and lines that begin with # are skipped.",
    "Keep columns with keys as text, else the spreadsheet program drops leading zeros and rounds 14 digits.",
];

/// Returns the description as JSON.
pub(crate) fn as_json() -> Value {
    let sheets: Vec<Value> = SHEETS
        .iter()
        .map(|(kind, event_type, words)| {
            let input = kind.row();
            let mut columns: Vec<Value> = event_type.fields().map(|(field, need)| column(field, need)).collect();
            columns.insert(0, type_column(words));
            json!({ "id": input.id, "label": { "de": input.label.de, "en": input.label.en }, "doc": input.doc, "columns": columns })
        })
        .collect();
    json!({ "rules": RULES, "sheets": sheets })
}

fn type_column(words: Words) -> Value {
    let mut allowed: Vec<&str> = words.iter().flat_map(|(de, en)| [*de, *en]).collect();
    allowed.extend(EventType::all().map(EventType::id));
    json!({
        "field": "type",
        "heading": { "de": heading_of(None, Language::German), "en": heading_of(None, Language::English) },
        "required": false,
        "doc": "the type of the row, where it differs from that of the sheet",
        "allowed": allowed,
    })
}

fn column(field: &Field, need: Need) -> Value {
    let mut column = json!({
        "field": field.name,
        "heading": { "de": field.heading.de, "en": field.heading.en },
        "required": need == Need::Required,
        "doc": field.doc,
        "form": field.kind.form(),
    });
    if let (Some(object), Some(words)) = (column.as_object_mut(), kinds::words(field.kind)) {
        object.insert("allowed".to_owned(), words.into());
    }
    column
}

/// Returns the description as a text.
pub(crate) fn as_markdown() -> String {
    let mut text =
        String::from("# Tabellen · sheets\n\nGenerated from the table of fields; do not edit.\n\n");
    for rule in RULES {
        let _ = writeln!(text, "- {rule}");
    }
    for (kind, event_type, words) in SHEETS {
        let input = kind.row();
        let _ = write!(text, "\n## {} · {}\n\n{}\n\n", input.label.de, input.label.en, input.doc);
        text.push_str("| Überschrift | heading | needed | says | form |\n|---|---|---|---|---|\n");
        let short: Vec<String> = words.iter().map(|(de, en)| format!("`{de}` (`{en}`)")).collect();
        let form = [short, vec!["the name of a type of event".to_owned()]].concat().join(", ");
        let (de, en) = (heading_of(None, Language::German), heading_of(None, Language::English));
        let _ = writeln!(
            text,
            "| {de} | {en} | | the type of the row, where it differs from that of the sheet | {form} |"
        );
        for (field, need) in event_type.fields() {
            let needed = if need == Need::Required { "yes" } else { "" };
            let (de, en, doc, form) = (field.heading.de, field.heading.en, field.doc, field.kind.form());
            let _ = writeln!(text, "| {de} | {en} | {needed} | {doc} | {} |", form.replace('|', "\\|"));
        }
    }
    text.push_str("\n## Stufen · stages\n\n| id | deutsch | English |\n|---|---|---|\n");
    for stage in Stage::all() {
        let _ = writeln!(text, "| `{}` | {} | {} |", stage.id(), stage.name().de, stage.name().en);
    }
    text
}
