//! The list of objections that stand, and one of them.

use super::list::{List, One, Rows};
use super::selection::{AS_OF, POSITION};
use ozg_core::asof::Objected;
use ozg_core::mistake::{Code, Fault};
use ozg_core::state::State;
use ozg_core::time::rfc3339;
use ozg_core::words::Position;
use serde_json::{Map, Value, json};

pub(super) const LIST: List = List {
    name: "objections",
    schema: "Objections",
    doc: "the objections that stand",
    columns: &COLUMNS,
    parameters: &[POSITION, AS_OF],
    rows: Rows::Things(|state, selection| {
        let standing = state.as_of(selection.position).objections();
        standing.iter().map(|objected| row(state, objected)).collect()
    }),
    one: Some(One {
        schema: "Objection",
        doc: "an objection",
        example: "00000000-0000-4000-8000-000000000001",
        has_feed: false,
        read: |state, id| {
            let position = state.entry_named(id);
            let standing = state.now().objections();
            let found = standing.iter().find(|objected| Some(objected.position) == position);
            let row = found.map(|objected| row(state, objected)).ok_or_else(|| unknown(id))?;
            let mut one: Map<String, Value> =
                COLUMNS.iter().map(|column| (*column).to_owned()).zip(row).collect();
            let links = json!({
                "objection": format!("/v1/events/{}", one["id"].as_str().unwrap_or(id)),
                "entry": format!("/v1/events/{}", one["entry_position"]),
            });
            one.insert("links".to_owned(), links);
            Ok(one.into())
        },
    }),
};

const COLUMNS: [&str; 12] = [
    "id",
    "position",
    "recorded_at",
    "office",
    "open",
    "says",
    "on",
    "entry",
    "entry_position",
    "entry_office",
    "service",
    "place",
];

fn row(state: &State, objected: &Objected<'_>) -> Vec<Value> {
    let batch = |position: Position| state.batch_of(position);
    let office = |position: Position| json!(batch(position).map(|batch| batch.office));
    let (service, place) = (state.about(objected.entry).0, state.place_at(objected.entry));
    vec![
        json!(state.id_at(objected.position).map(|id| id.to_string())),
        objected.position.get().into(),
        json!(batch(objected.position).map(|batch| rfc3339(batch.recorded_at_ms))),
        office(objected.position),
        objected.is_open.into(),
        objected.said.says.as_str().into(),
        json!(objected.said.on.map(|on| on.to_string())),
        objected.said.entry.to_string().into(),
        objected.entry.get().into(),
        office(objected.entry),
        json!(service.map(ToString::to_string)),
        json!(place.map(|place| place.to_string())),
    ]
}

fn unknown(id: &str) -> Fault {
    Fault::say(
        Code::UnknownEntry,
        format!("Einen Widerspruch „{id}“, der steht, gibt es nicht"),
        format!("There is no objection \"{id}\" that stands"),
    )
}
