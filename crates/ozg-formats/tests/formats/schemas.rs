//! The files in `schemas/` are the generated ones, and they accept what the tracker writes.

use crate::out::events;
use jsonschema::Validator;
use ozg_formats::events::event_json;
use ozg_formats::schema::{EXAMPLES, schemas};
use serde_json::{Value, json};
use std::path::Path;

fn schema(name: &str) -> Validator {
    let (_, text) = schemas().into_iter().find(|(known, _)| known == name).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn schemas_match() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    for (name, text) in schemas() {
        let path = folder.join(&name);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == text, "schemas/{name} is out of date: run the test with UPDATE_SCHEMAS=1");
    }
}

#[test]
fn every_example_fits_its_schema() {
    let any = schema("event.json");
    for (event_type, text) in EXAMPLES {
        let value: Value = serde_json::from_str(text).unwrap();
        let of_type = schema(&format!("events/{event_type}.json"));
        assert!(of_type.validate(&value).is_ok(), "{text}: {:?}", of_type.validate(&value));
        assert!(any.is_valid(&value), "{text}");
    }
    for event in events() {
        assert!(any.is_valid(&event_json(&event)), "{}", event_json(&event));
    }
    for event_type in ozg_core::event::EventType::all() {
        assert!(EXAMPLES.iter().any(|(known, _)| *known == event_type), "{event_type} has no example");
    }
}

#[test]
fn wrong_events_do_not() {
    let any = schema("event.json");
    let right: Value = serde_json::from_str(EXAMPLES[0].1).unwrap();
    let wrongs = [
        ("stage", json!("liv")),
        ("place", json!("ags:1003000")),
        ("on", json!("2024-13")),
        ("colour", json!("red")),
        ("service", json!(10255)),
        ("type", json!("milestone-ended")),
        ("source", json!({ "url": "https://example.org" })),
    ];
    for (field, value) in wrongs {
        let mut wrong = right.clone();
        wrong[field] = value;
        assert!(!any.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn a_series_fits_its_schema() {
    let text = crate::series::json_of_everything();
    let value: Value = serde_json::from_str(&text).unwrap();
    let series = schema("series.json");
    assert!(series.validate(&value).is_ok(), "{text}: {:?}", series.validate(&value));
}
