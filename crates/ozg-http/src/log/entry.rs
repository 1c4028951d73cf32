//! One entry, with the corrections that led to it and those that followed.

use super::shown::as_json;
use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::limits::HISTORY_ENTRIES_MAX;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{self, Path};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use ozg_core::asof::Objected;
use ozg_core::event::EventType;
use ozg_core::state::State;
use ozg_core::words::Position;
use ozg_tracker::{ReadError, Tracker};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Answers with an entry, by its id or its position.
pub(crate) async fn one(
    extract::State(door): extract::State<Door>,
    Path(id): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    let state = door.state();
    let position = state.entry_named(&id).ok_or_else(|| unknown(&id, state.head()))?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let tracker = door.tracker.clone();
    let body = if conditions.is_head {
        no_body()
    } else {
        let body = blocking(move || body(&tracker, &state, position)).await??;
        Body::from(format!("{}\n", body.ok_or_else(|| unknown(&id, door.state().head()))?))
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    freshness.put(response.headers_mut());
    Ok(response)
}

fn unknown(id: &str, head: Position) -> Problem {
    Problem::say(
        ProblemKind::UnknownThing,
        format!("Einen Eintrag „{id}“ gibt es nicht; Kennung (UUID) oder Position von 1 bis {head}"),
        format!("There is no entry \"{id}\"; an id (UUID) or a position from 1 to {head}"),
    )
    .with("head", head.get())
}

/// Writes the entry, its present status, and every entry that corrects it or that it corrects, by position.
fn body(tracker: &Tracker, state: &State, position: Position) -> Result<Option<Value>, ReadError> {
    let (Some(entry), Some(fate)) = (tracker.entry(position)?, state.fate(position)) else { return Ok(None) };
    let named = |position: Option<Position>| {
        position.map(
            |position| json!({ "position": position, "id": state.id_at(position).map(|id| id.to_string()) }),
        )
    };
    let acts = fate.acts_on.filter(|_| state.type_at(position) != Some(EventType::EntryWithdrawn));
    let mut body = Map::new();
    body.insert("entry".to_owned(), as_json(&entry));
    body.insert("batch".to_owned(), batch(state, position));
    body.insert("stands".to_owned(), fate.stands.into());
    body.insert("replaces".to_owned(), json!(named(acts)));
    body.insert("withdraws".to_owned(), json!(named(fate.acts_on.filter(|_| acts.is_none()))));
    body.insert("replaced_by".to_owned(), json!(named(fate.replaced_by)));
    body.insert("withdrawn_by".to_owned(), json!(named(fate.withdrawn_by)));
    body.insert("objections".to_owned(), objections(state, position));
    let mut history = Vec::new();
    for position in related(state, position) {
        if let Some(entry) = tracker.entry(position)? {
            let mut value = as_json(&entry);
            if let Value::Object(value) = &mut value {
                value
                    .insert("stands".to_owned(), state.fate(position).is_some_and(|fate| fate.stands).into());
            }
            history.push(value);
        }
    }
    body.insert("history".to_owned(), Value::Array(history));
    Ok(Some(Value::Object(body)))
}

/// Lists the objections to an entry that stand.
fn objections(state: &State, position: Position) -> Value {
    let all = state.now().objections().into_iter().filter(|objected| objected.entry == position);
    let one = |objected: Objected<'_>| {
        let office = state.batch_of(objected.position).map(|batch| batch.office);
        json!({
            "position": objected.position,
            "id": state.id_at(objected.position).map(|id| id.to_string()),
            "office": office,
            "on": objected.said.on.map(|on| on.to_string()),
            "says": objected.said.says.as_str(),
            "open": objected.is_open,
        })
    };
    all.map(one).collect()
}

fn batch(state: &State, position: Position) -> Value {
    state.batch_of(position).map_or(Value::Null, |batch| json!({ "first": batch.first, "last": batch.last }))
}

/// Finds the entries that are linked by corrections and withdrawals.
fn related(state: &State, position: Position) -> BTreeSet<Position> {
    let mut found = BTreeSet::from([position]);
    let mut open = vec![position];
    while let Some(fate) = open.pop().and_then(|position| state.fate(position)) {
        for next in [fate.acts_on, fate.replaced_by, fate.withdrawn_by].into_iter().flatten() {
            if found.len() < HISTORY_ENTRIES_MAX && found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}
