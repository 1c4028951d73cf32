//! `ozg record` records one statement, or with `--all-services` the end of every stage at a place.

use super::import::summary;
use super::remarks::of_entry;
use crate::answer;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::{of_terminal, say};
use crate::statement::Statement;
use ozg_core::query::escape_part;
use ozg_core::words::{Language, Stage};
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, HeaderValue, Method};
use serde_json::{Map, Value};

pub(crate) async fn run(connection: &Connection, statement: Statement) -> Result<(), Failure> {
    let all = statement.all_services;
    let events = if all { expand(connection, &statement).await? } else { vec![event(&statement)] };
    let ended: Vec<String> = events.iter().filter(|_| all).map(what_ends).collect();
    let is_single = events.len() == 1;
    let body = if is_single { events.into_iter().next() } else { Some(Value::Array(events)) };
    let body = Body::from(body.unwrap_or_default().to_string());
    let mut request = request(Method::POST, "/v1/events", body)?;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    connection.sign(&mut request).await?;
    let receipt = answer::json(connection.send(request).await?, None).await?;
    for (index, entry) in receipt["entries"].as_array().into_iter().flatten().enumerate() {
        let what = ended.get(index).map(String::as_str).unwrap_or_default();
        tell(format!("{}{what}", line(entry)))?;
    }
    tell_still_held(&receipt)?;
    remarks(&receipt).into_iter().try_for_each(tell)?;
    tell(summary(&receipt))?;
    Ok(())
}

/// Names what a statement ends, behind its line.
fn what_ends(event: &Value) -> String {
    let text = |name: &str| event[name].as_str().unwrap_or_default();
    format!(" · {} · {} · {}", text("place"), text("service"), text("stage"))
}

/// Tells what stays live at other authorities in the Kreis of a place at which everything ended.
fn tell_still_held(receipt: &Value) -> Result<(), Failure> {
    for held in receipt["still_held"].as_array().into_iter().flatten() {
        let text = |name: &str| held[name].as_str().unwrap_or_default();
        let (still, name) = (say("gilt weiter", "still holds"), text("name"));
        tell(format!("{still}: {} ({name}) · {} · {}", text("place"), text("service"), text("stage")))?;
    }
    Ok(())
}

/// Lists the remarks of a receipt, for a terminal: what was read otherwise than it is written.
fn remarks(receipt: &Value) -> Vec<String> {
    let language = of_terminal().tag();
    let all = receipt["remarks"].as_array().into_iter().flatten();
    all.map(|remark| remark[language].as_str().unwrap_or_default().to_owned()).collect()
}

fn event(statement: &Statement) -> Value {
    let mut event = Map::new();
    event.insert("type".to_owned(), statement.name.into());
    // The tracker reads each field from text, as it reads the cells of a sheet.
    event.extend(statement.fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())));
    Value::Object(event)
}

pub(super) fn line(entry: &Value) -> String {
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let position = entry["position"].as_u64().map(|position| format!(" #{position}")).unwrap_or_default();
    let counts = match text("counts_from") {
        "" => String::new(),
        day => format!(" ({} {day})", say("zählt ab", "counts from")),
    };
    let remarks = of_entry(entry);
    let remarks = if remarks.is_empty() { remarks } else { format!(" – {remarks}") };
    format!("{}{position} {}{counts}{remarks}", outcome(text("outcome")), text("id"))
}

/// Returns the word for an outcome in the language of the terminal.
fn outcome(id: &str) -> &str {
    let german = match id {
        "recorded" => "aufgezeichnet",
        "corrected" => "berichtigt",
        "withdrawn" => "zurückgezogen",
        "unchanged" => "unverändert",
        "skipped" => "ausgelassen",
        other => other,
    };
    if of_terminal() == Language::German { german } else { id }
}

/// Finds every stage that any service holds at the place on the day, and ends each.
async fn expand(connection: &Connection, statement: &Statement) -> Result<Vec<Value>, Failure> {
    let field =
        |name: &str| statement.fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    let stages: Vec<&str> = Stage::of_authorities().map(Stage::id).collect();
    let path = format!(
        "/v1/series/reuses.json?by=service,stage&area={}&stage={}&basis=counted&on={}",
        escape_part(field("place")),
        stages.join(","),
        escape_part(field("on")),
    );
    let series = answer::json(connection.get(&path).await?, None).await?;
    let rows = series["rows"].as_array().into_iter().flatten();
    let held = rows.filter(|row| row["value"].as_u64().is_some_and(|count| count > 0));
    let events: Vec<Value> = held
        .map(|row| {
            let mut one = event(statement);
            one["service"] = row["service"].clone();
            one["stage"] = row["stage"].clone();
            one["place"] = row["area"].clone();
            one
        })
        .collect();
    if events.is_empty() {
        let nothing = say("hier gilt an diesem Tag keine Stufe", "no stage holds there on that day");
        return Err(Failure::said(format!("{}: {nothing}", field("place"))));
    }
    Ok(events)
}
