//! The lists of areas and topics.

use super::list::List;
use super::selection::Selection;
use ozg_core::mistake::Fault;
use ozg_core::state::State;
use ozg_core::words::{Area, Topic};
use serde_json::{Value, json};

pub(super) const AREAS: List = List {
    name: "areas",
    schema: "Areas",
    one_schema: "Area",
    doc: "Germany and the Länder",
    one_doc: "an area",
    example: "BB",
    columns: &["area", "official_key", "name_de", "name_en"],
    parameters: &[],
    has_feed: false,
    rows: |_, _| Area::all().map(area_row).collect(),
    one: one_area,
};

pub(super) const TOPICS: List = List {
    name: "topics",
    schema: "Topics",
    one_schema: "Topic",
    doc: "the topics (Themenfelder)",
    one_doc: "a topic",
    example: "bildung",
    columns: &["topic", "name_de", "name_en"],
    parameters: &[],
    has_feed: false,
    rows: topic_rows,
    one: one_topic,
};

fn area_row(area: Area) -> Vec<Value> {
    let name = area.name();
    vec![area.id().into(), area.official_key().into(), name.de.into(), name.en.into()]
}

fn one_area(_: &State, id: &str) -> Result<Value, Fault> {
    let area = Area::read(id)?;
    let name = area.name();
    Ok(json!({
        "area": area.id(),
        "official_key": area.official_key(),
        "name": { "de": name.de, "en": name.en },
        "links": links("area", area.id()),
    }))
}

fn topic_rows(_: &State, _: &Selection) -> Vec<Vec<Value>> {
    let row = |topic: Topic| vec![topic.id().into(), topic.name().de.into(), topic.name().en.into()];
    Topic::all().map(row).collect()
}

fn one_topic(_: &State, id: &str) -> Result<Value, Fault> {
    let topic = Topic::read(id)?;
    let name = topic.name();
    Ok(json!({
        "topic": topic.id(),
        "name": { "de": name.de, "en": name.en },
        "links": links("topic", topic.id()),
    }))
}

/// Returns the addresses of ready-made series about an area or a topic.
fn links(dimension: &str, id: &str) -> Value {
    let link = |measure: &str| Value::from(format!("/v1/series/{measure}.csv?{dimension}={id}"));
    json!({
        "services_launched": link("services_launched"),
        "services_rolled_out": link("services_rolled_out"),
        "reuses": link("reuses"),
    })
}
