//! The schema of a mapping of sheets.

use super::{BASE, DIALECT};
use crate::input::Shape;
use ozg_core::event::FIELDS;
use serde_json::{Value, json};

/// Returns the schema.
pub(super) fn schema() -> Value {
    let fields: Vec<&str> = std::iter::once("type").chain(FIELDS.iter().map(|field| field.name)).collect();
    let german = FIELDS.iter().map(|field| field.heading.de);
    let targets: Vec<&str> = fields.iter().copied().chain(["Art", "ignore"]).chain(german).collect();
    let shapes: Vec<&str> = Shape::ALL.iter().map(|(_, word)| *word).collect();
    let texts = |doc: &str| {
        let of_texts = json!({ "type": "string", "minLength": 1 });
        json!({ "type": "object", "description": doc, "additionalProperties": of_texts })
    };
    let column = json!({
        "anyOf": [
            { "enum": targets },
            { "type": "string", "pattern": "^(stage|service|place|Stufe|Leistung|Ort):.+$" },
        ],
    });
    json!({
        "$schema": DIALECT,
        "$id": format!("{BASE}/mapping.json"),
        "title": "Mapping of a sheet",
        "description": "What an office says once about the form of its sheets, so that the next sheet of the same form is read without questions.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "sheet": { "type": "string", "description": "the sheet of a workbook; else the one that looks like data" },
            "header_row": { "type": "integer", "minimum": 1, "description": "the line with the headings; else they are found" },
            "shape": { "enum": shapes, "description": "rows: each row is a statement. stage_columns: a column for each stage, each filled cell is a milestone. matrix: authorities down and services across, or the other way. Without it the shape is found" },
            "columns": {
                "type": "object",
                "description": "what each column is, by its heading: a field, `ignore`, or `stage:live`, `service:dienst:wohngeld`, `place:BB` where each cell below is a statement of its own",
                "additionalProperties": column,
            },
            "constants": {
                "type": "object",
                "description": "what every row says that has no column: `service`, `stage`; `on` is the day of the sheet",
                "propertyNames": { "enum": fields },
                "additionalProperties": { "type": "string", "minLength": 1 },
            },
            "words": texts("words of the sheet and what they mean: a stage, `ja`, `nein`, a type, a date"),
            "names": texts("names of services and authorities in the sheet and their keys"),
        },
    })
}
