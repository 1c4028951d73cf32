//! JSON Schemas of events: one per type, and one for all types.

use super::{BASE, DIALECT, EXAMPLES, kinds};
use ozg_core::event::{EventType, Need};
use serde_json::{Map, Value, json};

/// Fields that only sheets have: in JSON `source` is an object, and a level names its model.
const IN_SHEETS_ONLY: [&str; 3] = ["source_url", "published", "model"];

/// Returns the schema of one type.
pub(crate) fn of_type(event_type: EventType) -> Value {
    let mut schema = body(event_type);
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), DIALECT.into());
    whole.insert("$id".to_owned(), format!("{BASE}/events/{event_type}.json").into());
    whole.append(&mut schema);
    Value::Object(whole)
}

/// Returns the schema of any event, which refers to the schema of its type.
pub(crate) fn of_all() -> Value {
    let refs: Vec<Value> =
        EventType::all().map(|event_type| json!({ "$ref": format!("#/$defs/{event_type}") })).collect();
    let definitions: Map<String, Value> = EventType::all()
        .map(|event_type| (event_type.id().to_owned(), Value::Object(body(event_type))))
        .collect();
    json!({
        "$schema": DIALECT,
        "$id": format!("{BASE}/event.json"),
        "title": "event",
        "description": "One statement of any type, in its canonical form. The tracker also reads other forms that people write, such as `DE-BW`, `30.06.2024` or `im Einsatz`.",
        "type": "object",
        "properties": { "type": { "enum": EventType::all().map(EventType::id).collect::<Vec<_>>() } },
        "required": ["type"],
        "oneOf": refs,
        "$defs": definitions,
    })
}

fn body(event_type: EventType) -> Map<String, Value> {
    let row = event_type.row();
    let mut properties = Map::new();
    properties.insert("type".to_owned(), json!({ "const": event_type.id() }));
    let mut required = vec!["type"];
    for (field, need) in event_type.fields().filter(|(field, _)| !IN_SHEETS_ONLY.contains(&field.name)) {
        let mut schema = json!({ "title": field.heading.de, "description": format!("{}: {}", field.doc, field.kind.form()) });
        if let (Some(schema), Value::Object(more)) = (schema.as_object_mut(), kinds::schema(field.kind)) {
            schema.extend(more);
        }
        properties.insert(field.name.to_owned(), schema);
        if need == Need::Required {
            required.push(field.name);
        }
    }
    let mut body = Map::new();
    body.insert("title".to_owned(), event_type.id().into());
    body.insert(
        "description".to_owned(),
        format!("{} ({}): {}", event_type.name().de, event_type.name().en, row.doc).into(),
    );
    body.insert("type".to_owned(), "object".into());
    body.insert("properties".to_owned(), Value::Object(properties));
    body.insert("required".to_owned(), json!(required));
    body.insert("additionalProperties".to_owned(), false.into());
    for (keyword, rule) in rules(event_type) {
        body.insert(keyword.to_owned(), rule);
    }
    body.insert("examples".to_owned(), Value::Array(examples(event_type)));
    body
}

/// Returns the rules that go beyond single fields.
fn rules(event_type: EventType) -> Vec<(&'static str, Value)> {
    let any_of =
        |fields: &[&str]| fields.iter().map(|field| json!({ "required": [field] })).collect::<Vec<Value>>();
    if event_type == EventType::ReuseReported {
        return vec![("anyOf", any_of(&["live", "rolling_out", "of"]).into())];
    }
    if event_type == EventType::AuthorityChanged {
        return vec![("anyOf", any_of(&["name", "ars", "population"]).into())];
    }
    if event_type.field("measure").is_none() {
        return Vec::new();
    }
    let is = |measure: &str| json!({ "properties": { "measure": { "const": measure } } });
    vec![
        ("oneOf", any_of(&["value", "percent"]).into()),
        (
            "allOf",
            json!([
                { "if": is("other"), "then": { "required": ["scope"] } },
                { "if": is("services_at_maturity"), "then": { "required": ["level"] } },
            ]),
        ),
    ]
}

fn examples(event_type: EventType) -> Vec<Value> {
    let of_type = EXAMPLES.iter().filter(|(known, _)| *known == event_type);
    of_type.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
}
