//! Schemas of series: of the JSON answer, and of the CSV table (CSV on the Web).

use super::{BASE, DIALECT, kinds};
use crate::series::{COLUMNS, Cells, Stands, of_any};
use ozg_core::measure::Measure;
use ozg_core::words::Basis;
use serde_json::{Map, Value, json};

const QUALIFIERS: [&str; 7] = [">", ">=", "<", "<=", "ca", "knapp", "between"];

/// Returns the JSON Schema of a series.
pub(crate) fn of_json() -> Value {
    let bilingual = || object(&[("de", json!({ "type": "string" })), ("en", json!({ "type": "string" }))]);
    let of = |stands: Stands| {
        let columns = COLUMNS.iter().filter(move |about| about.stands == stands);
        columns.map(|about| (about.id, cell(about.cells, about.always, about.doc.en)))
    };
    let mut rows = object(&of(Stands::Everywhere).collect::<Vec<(&str, Value)>>());
    // Those of vintages are there only where they are asked for.
    for (name, cell) in of(Stands::WithVintages) {
        rows["properties"][name] = cell;
    }
    let definition = object(&[
        (
            "id",
            json!({ "type": "string", "pattern": "^[a-z_]+/[0-9]+$", "examples": ["services_rolled_out/1"] }),
        ),
        ("version", json!({ "type": "integer", "minimum": 1 })),
        ("label", bilingual()),
        ("de", json!({ "type": "string" })),
        ("en", json!({ "type": "string" })),
        ("unit", bilingual()),
        ("addition", bilingual()),
    ]);
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), DIALECT.into());
    whole.insert("$id".to_owned(), format!("{BASE}/series.json").into());
    whole.insert("title".to_owned(), "series".into());
    whole.insert("description".to_owned(), "The answer to a query: definition, viewpoint and rows.".into());
    let answer = object(&[
        ("measure", json!({ "enum": Measure::all().map(Measure::id).collect::<Vec<_>>() })),
        ("definition", definition),
        ("query", json!({ "type": "object", "additionalProperties": { "type": "string" } })),
        ("position", json!({ "type": "integer", "minimum": 0 })),
        ("recorded_at", json!({ "type": ["string", "null"], "format": "date-time" })),
        ("permalink", json!({ "type": "string" })),
        ("operator", json!({ "type": "string" })),
        ("citation", json!({ "type": "string" })),
        ("licence", json!({ "type": "string" })),
        ("rows", json!({ "type": "array", "items": rows })),
    ]);
    if let Value::Object(mut answer) = answer {
        answer["properties"]["also"] = left_out();
        whole.extend(answer);
    }
    Value::Object(whole)
}

/// Makes the schema of what an answer leaves out, which only answers whose data state is not pinned tell.
fn left_out() -> Value {
    let (lines, href) = (json!({ "type": "integer", "minimum": 1 }), json!({ "type": "string" }));
    let other = json!({
        "type": "object",
        "properties": { "lines": lines, "href": href },
        "required": ["lines", "href"],
        "additionalProperties": { "type": "string" },
    });
    json!({ "type": "array", "items": other, "description": "lines that a question with one other parameter has" })
}

/// Makes the schema of an object that has exactly these members.
fn object(members: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn cell(cells: Cells, always: bool, doc: &str) -> Value {
    let schema = match cells {
        Cells::Date => json!({ "type": "string", "format": "date" }),
        Cells::Text => json!({ "type": "string" }),
        Cells::Number => json!({ "type": "number" }),
        Cells::Kind(kind) => kinds::schema(kind),
        Cells::Basis => json!({ "enum": bases() }),
        Cells::Qualifier => json!({ "enum": QUALIFIERS }),
    };
    let mut whole = Map::new();
    whole.insert("description".to_owned(), doc.into());
    match (always, schema) {
        (true, Value::Object(schema)) => whole.extend(schema),
        (_, schema) => {
            whole.insert("anyOf".to_owned(), json!([schema, { "type": "null" }]));
        }
    }
    Value::Object(whole)
}

fn bases() -> Vec<&'static str> {
    Basis::all().map(Basis::id).collect()
}

/// Returns the description of the CSV table in its long form, as CSV on the Web metadata.
pub(crate) fn of_csv() -> Value {
    of_any()
}
