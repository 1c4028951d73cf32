//! Schemas of series: of the JSON answer, and of the CSV table (CSV on the Web).

use super::{BASE, DIALECT, kinds};
use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::series::{Basis, COLUMNS};
use serde_json::{Map, Value, json};

/// What kind of cells a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cells {
    Date,
    Text,
    Number,
    Kind(Kind),
    Basis,
    Qualifier,
}

/// For each column of a series: its cells, whether each row has one, and what it says.
const ABOUT: [(&str, Cells, bool, &str); 18] = [
    ("date", Cells::Date, true, "the day that the value is for"),
    ("area", Cells::Kind(Kind::Place), true, "Germany, a Land, or an authority where one was asked for"),
    ("topic", Cells::Text, false, "the topic; `all` for all; empty where the measure has no topics"),
    ("service", Cells::Kind(Kind::Service), false, "the service; empty for all"),
    ("stage", Cells::Kind(Kind::Stage), false, "the stage, for measures that have it"),
    (
        "level",
        Cells::Kind(Kind::Level),
        false,
        "the level of maturity with its model, for measures that have it",
    ),
    ("unit", Cells::Kind(Kind::Unit), false, "what is counted as one service"),
    ("scope", Cells::Text, false, "words that narrow a published figure"),
    (
        "basis",
        Cells::Basis,
        true,
        "what the value rests on; values of different bases are never added or mixed",
    ),
    ("value", Cells::Number, false, "the value; empty where only a percentage was published"),
    ("qualifier", Cells::Qualifier, false, "how exactly the value is meant; empty for exact values"),
    ("denominator", Cells::Number, false, "what stands below the line of the share"),
    ("share", Cells::Number, false, "value by denominator, or the published percentage, as a share of 1"),
    (
        "observed",
        Cells::Text,
        false,
        "the date of the figure as written, `2022-07`, for a change `2022-03/2022-07`; for counted values the day of the last change",
    ),
    ("status", Cells::Text, false, "of `conflict`, `simulated`, `running`, `withdrawn`, separated by blanks"),
    ("source", Cells::Text, false, "names of the sources, separated by `; `"),
    ("source_url", Cells::Text, false, "addresses of the sources, separated by blanks"),
    ("definition", Cells::Text, true, "the measure and the version of its definition"),
];

/// The same for the columns that are there only where vintages are asked for.
const ABOUT_VINTAGES: [(&str, Cells, bool, &str); 2] = [
    (
        "known_from",
        Cells::Text,
        false,
        "the data state from which the row was known: when it was recorded, and its position; only with `vintages`",
    ),
    (
        "known_until",
        Cells::Text,
        false,
        "the data state from which it no longer was; empty while it is; only with `vintages`",
    ),
];

const QUALIFIERS: [&str; 6] = [">", ">=", "<", "<=", "ca", "knapp"];

/// Returns the JSON Schema of a series.
pub(crate) fn of_json() -> Value {
    let bilingual = || object(&[("de", json!({ "type": "string" })), ("en", json!({ "type": "string" }))]);
    let columns: Vec<(&str, Value)> =
        ABOUT.iter().map(|(name, cells, always, doc)| (*name, cell(*cells, *always, doc))).collect();
    let mut rows = object(&columns);
    for (name, cells, always, doc) in ABOUT_VINTAGES {
        rows["properties"][name] = cell(cells, always, doc);
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
        ("citation", json!({ "type": "string" })),
        ("licence", json!({ "type": "string" })),
        ("rows", json!({ "type": "array", "items": rows })),
    ]);
    if let Value::Object(answer) = answer {
        whole.extend(answer);
    }
    Value::Object(whole)
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
    let columns: Vec<Value> = ABOUT
        .iter()
        .zip(COLUMNS)
        .map(|((name, cells, always, doc), (_, label))| {
            let datatype = match cells {
                Cells::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
                Cells::Number => json!("decimal"),
                Cells::Text | Cells::Kind(_) | Cells::Basis | Cells::Qualifier => json!("string"),
            };
            json!({
                "name": name,
                "titles": { "und": name, "de": label.de, "en": label.en },
                "datatype": datatype,
                "required": always,
                "dc:description": doc,
            })
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": "series.csv",
        "dc:title": "series",
        "dc:description": "A series in its long form: a row a value.",
        "dialect": { "encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\n"], "quoteChar": "\"" },
        "tableSchema": { "columns": columns },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_described() {
        let (about, columns) = (ABOUT.map(|row| row.0), COLUMNS.map(|row| row.0));
        assert_eq!(about, columns);
        assert_eq!(ABOUT_VINTAGES.map(|row| row.0), ozg_core::series::VINTAGE_COLUMNS.map(|row| row.0));
    }
}
