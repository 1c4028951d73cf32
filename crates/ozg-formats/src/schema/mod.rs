//! Schemas of inputs and answers, generated from the tables of ozg-core. They are checked in under `schemas/`; a test
//! compares the files with the generated ones.

mod event;
mod examples;
mod kinds;
mod mapping;
mod series;
mod sheets;

pub use examples::EXAMPLES;

use ozg_core::event::EventType;
use serde_json::Value;

/// The address below which all schemas lie.
pub(crate) const BASE: &str = "https://example.org/ozg-tracker/schemas";
/// The dialect of the schemas.
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Generates all files: path below `schemas/`, and content.
#[must_use]
pub fn schemas() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = EventType::all()
        .map(|event_type| (format!("events/{event_type}.json"), pretty(&event::of_type(event_type))))
        .collect();
    files.push(("event.json".to_owned(), pretty(&event::of_all())));
    files.push(("series.json".to_owned(), pretty(&series::of_json())));
    files.push(("series.csv-metadata.json".to_owned(), pretty(&series::of_csv())));
    files.push(("mapping.json".to_owned(), pretty(&mapping::schema())));
    files.push(("sheets.json".to_owned(), pretty(&sheets::as_json())));
    files.push(("sheets.md".to_owned(), sheets::as_markdown()));
    files
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
