//! The schemas of bodies. Those of events and series come from `ozg-formats`, the others are written here; a test
//! compares them with real answers.

use crate::lists::LISTS;
use ozg_formats::events::ENTRY_COLUMNS;
use ozg_formats::input::INPUTS;
use ozg_formats::schema::schemas;
use serde_json::{Map, Value, json};

/// Returns all schemas by name.
pub(super) fn all() -> Map<String, Value> {
    let mut all = from_formats();
    let mut put = |name: &str, schema: Value| drop(all.insert(name.to_owned(), schema));
    super::prometheus::schemas().into_iter().for_each(|(name, schema)| put(name, schema));
    put("Problem", problem());
    put("Receipt", receipt());
    put("Entry", entry());
    let entries = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Entry" } });
    put(
        "EventPage",
        object(&[
            ("entries", entries.clone()),
            ("next", text_or_null()),
            ("after", count()),
            ("head", count()),
        ]),
    );
    put("EntryHistory", history(&entries));
    put("SeriesEntries", series_entries());
    put("Comparison", requires(&["measure", "query", "position", "against", "permalink", "rows"]));
    for list in &LISTS {
        let rows = json!({ "type": "array", "items": { "type": "object", "required": list.columns } });
        put(
            list.schema,
            json!({ "type": "object", "properties": { (list.name): rows }, "required": [list.name] }),
        );
        let Some(one) = &list.one else { continue };
        let key = list.columns[0];
        put(
            one.schema,
            json!({ "type": "object", "properties": { (key): text(), "links": { "type": "object" } }, "required": [key, "links"] }),
        );
    }
    put(
        "Discovery",
        requires(&["name", "operator", "licence", "version", "position", "limits", "addresses"]),
    );
    put("Package", requires(&["name", "licenses", "resources"]));
    put("Description", requires(&["openapi", "info", "paths"]));
    put("Mappings", requires(&["mappings"]));
    put("Health", requires(&["status"]));
    put("Clock", requires(&["now"]));
    put("Problems", requires(&["problems", "codes"]));
    put("ProblemAbout", requires(&["type", "status", "title"]));
    all
}

/// Returns the body of a write in all its media types.
pub(super) fn batch_body() -> Value {
    let event = json!({ "$ref": "#/components/schemas/Event" });
    let cloud = requires(&["specversion", "id", "source", "type", "data"]);
    let several = |one: &Value| json!({ "type": "array", "items": one, "minItems": 1 });
    let schema = |media_type: &str| match media_type {
        "application/json" => json!({ "anyOf": [event, several(&event)] }),
        "application/cloudevents+json" => cloud.clone(),
        "application/cloudevents-batch+json" => several(&cloud),
        _ => json!({ "type": "string" }),
    };
    let taken = INPUTS.iter().flat_map(|input| input.content_types).copied();
    let content: Map<String, Value> =
        taken.map(|media_type| (media_type.to_owned(), json!({ "schema": schema(media_type) }))).collect();
    json!({
        "required": true,
        "description": "One event or many; see the schema of each type. A batch is recorded whole or not at all.",
        "content": content,
    })
}

/// Returns the schemas of events and series, with references as OpenAPI writes them.
fn from_formats() -> Map<String, Value> {
    let mut all = Map::new();
    for (file, content) in schemas() {
        let Ok(mut schema) = serde_json::from_str::<Value>(&content) else { continue };
        if let Value::Object(members) = &mut schema {
            ["$schema", "$id", "$defs"].into_iter().for_each(|name| drop(members.shift_remove(name)));
        }
        let event_type = file.strip_prefix("events/").and_then(|name| name.strip_suffix(".json"));
        let name = match (file.as_str(), event_type) {
            (_, Some(event_type)) => event_type.to_owned(),
            ("event.json", _) => "Event".to_owned(),
            ("series.json", _) => "Series".to_owned(),
            ("mapping.json", _) => "Mapping".to_owned(),
            _ => continue,
        };
        point(&mut schema);
        all.insert(name, schema);
    }
    all
}

/// Points references to the components.
fn point(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(target) if name == "$ref" => {
                        *target = target.replace("#/$defs/", "#/components/schemas/");
                    }
                    _ => point(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn problem() -> Value {
    let standing = json!({ "type": "object", "properties": { "id": text(), "position": count(), "on": text() }, "required": ["id", "on"] });
    let error = json!({
        "type": "object",
        "properties": {
            "line": count(), "sheet": text(), "cell": text(), "pointer": text(), "field": text(), "code": text(), "value": text(),
            "message": text(), "hint": text(),
            "standing": { "anyOf": [standing, { "type": "array", "items": standing }] },
        },
        "required": ["code", "message"],
    });
    json!({
        "type": "object",
        "properties": {
            "type": text(), "status": count(), "title": text(), "detail": text(), "hint": text(),
            "errors": { "type": "array", "items": error },
            "remarks": { "type": "array", "items": remark() },
        },
        "required": ["type", "status", "title"],
    })
}

/// Describes a remark on how an input was read.
fn remark() -> Value {
    json!({
        "type": "object",
        "description": "A remark on how the input was read.",
        "properties": {
            "line": count(), "sheet": text(), "cell": text(), "pointer": text(), "code": text(), "value": text(), "de": text(),
            "en": text(),
        },
        "required": ["line", "code", "de", "en"],
    })
}

fn receipt() -> Value {
    let held = object(&[("place", text()), ("name", text_or_null()), ("service", text()), ("stage", text())]);
    let change = object(&[("line", count()), ("change", text()), ("thing", text()), ("detail", text())]);
    let declared = json!({
        "type": "object",
        "properties": { "unit": text(), "kind": text(), "area": text() },
    });
    let edition = object(&[
        ("covers", text_or_null()),
        ("on", text_or_null()),
        ("first", json!({ "type": "boolean" })),
        ("stood", count()),
        ("began", count()),
        ("changed", count()),
        ("ended", count()),
        ("declared", json!({ "type": "array", "items": declared })),
        ("changes", json!({ "type": "array", "items": change })),
    ]);
    let outcome = json!({ "enum": ["recorded", "corrected", "withdrawn", "unchanged", "skipped"] });
    let entry = json!({
        "type": "object",
        "properties": { "line": count(), "sheet": text(), "outcome": outcome, "id": text(), "position": count(), "counts_from": date(), "remarks": codes() },
        "required": ["line", "outcome"],
    });
    json!({
        "type": "object",
        "properties": {
            "head": count(), "recorded": count(), "unchanged": count(), "skipped": count(),
            "dry_run": { "type": "boolean" },
            "entries": { "type": "array", "items": entry },
            "first": { "type": ["integer", "null"] }, "last": { "type": ["integer", "null"] },
            "remarks": { "type": "array", "items": remark() },
            "still_held": {
                "type": "array",
                "description": "What holds on at other authorities in the Kreis of a place at which everything ended.",
                "items": held,
            },
            "edition": edition,
        },
        "required": ["head", "recorded", "unchanged", "skipped", "dry_run"],
    })
}

fn entry() -> Value {
    json!({
        "type": "object",
        "description": "An event with what the tracker adds to it.",
        "properties": { "position": count(), "recorded_at": instant(), "office": text(), "on_behalf_of": text(), "remarks": codes(), "type": text(), "id": text() },
        "required": ["position", "recorded_at", "office", "type", "id"],
    })
}

fn history(entries: &Value) -> Value {
    let named = json!({ "type": ["object", "null"], "properties": { "position": count(), "id": text() } });
    object(&[
        ("entry", json!({ "$ref": "#/components/schemas/Entry" })),
        ("batch", json!({ "type": ["object", "null"], "properties": { "first": count(), "last": count() } })),
        ("stands", json!({ "type": "boolean" })),
        ("replaces", named.clone()),
        ("withdraws", named.clone()),
        ("replaced_by", named.clone()),
        ("withdrawn_by", named),
        (
            "objections",
            json!({ "type": "array", "items": requires(&["position", "id", "office", "says", "open"]) }),
        ),
        ("history", entries.clone()),
    ])
}

fn series_entries() -> Value {
    let entry = json!({ "type": "object", "required": ENTRY_COLUMNS.iter().map(|column| column.id).collect::<Vec<_>>() });
    object(&[
        ("measure", text()),
        ("query", json!({ "type": "object" })),
        ("position", count()),
        ("permalink", text()),
        ("citation", text()),
        ("licence", text()),
        ("entries", json!({ "type": "array", "items": entry })),
    ])
}

/// Makes the schema of an object that has exactly these members.
fn object(members: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// Makes the schema of an object that has at least these members.
fn requires(members: &[&str]) -> Value {
    json!({ "type": "object", "required": members })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn text_or_null() -> Value {
    json!({ "type": ["string", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn codes() -> Value {
    json!({ "type": "array", "items": text() })
}

fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}
