//! `ozg record` records one statement, or with `--all-services` the end of every stage at a place.

use super::import::summary;
use crate::answer;
use crate::connection::{Connection, request};
use crate::failure::{Failure, tell};
use crate::language::say;
use crate::statement::Statement;
use ozg_core::words::Stage;
use ozg_http::message::header::CONTENT_TYPE;
use ozg_http::message::{Body, HeaderValue, Method};
use serde_json::{Map, Value};

pub(crate) async fn run(connection: &Connection, statement: Statement) -> Result<(), Failure> {
    let events =
        if statement.all_services { expand(connection, &statement).await? } else { vec![event(&statement)] };
    let is_single = events.len() == 1;
    let body = if is_single { events.into_iter().next() } else { Some(Value::Array(events)) };
    let body = Body::from(body.unwrap_or_default().to_string());
    let mut request = request(Method::POST, "/v1/events", body)?;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    connection.sign(&mut request).await?;
    let receipt = answer::json(connection.send(request).await?, None).await?;
    for entry in receipt["entries"].as_array().into_iter().flatten() {
        tell(line(entry))?;
    }
    tell(summary(&receipt))?;
    Ok(())
}

fn event(statement: &Statement) -> Value {
    let mut event = Map::new();
    event.insert("type".to_owned(), statement.name.into());
    // The tracker reads each field from text, as it reads the cells of a sheet.
    event.extend(statement.fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())));
    Value::Object(event)
}

fn line(entry: &Value) -> String {
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let position = entry["position"].as_u64().map(|position| format!(" #{position}")).unwrap_or_default();
    let counts = match text("counts_from") {
        "" => String::new(),
        day => format!(" ({} {day})", say("zählt ab", "counts from")),
    };
    format!("{}{position} {}{counts}", text("outcome"), text("id"))
}

/// Finds every stage that any service holds at the place on the day, and ends each.
async fn expand(connection: &Connection, statement: &Statement) -> Result<Vec<Value>, Failure> {
    let field =
        |name: &str| statement.fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    let stages: Vec<&str> = Stage::of_authorities().map(Stage::id).collect();
    let path = format!(
        "/v1/series/reuses.json?by=service,stage&area={}&stage={}&basis=counted&on={}",
        field("place"),
        stages.join(","),
        field("on"),
    );
    let series = answer::json(connection.get(&path).await?, None).await?;
    let rows = series["rows"].as_array().into_iter().flatten();
    let held = rows.filter(|row| row["value"].as_u64().is_some_and(|count| count > 0));
    let events: Vec<Value> = held
        .map(|row| {
            let mut one = event(statement);
            one["service"] = row["service"].clone();
            one["stage"] = row["stage"].clone();
            one
        })
        .collect();
    if events.is_empty() {
        let nothing = say("hier gilt an diesem Tag keine Stufe", "no stage holds there on that day");
        return Err(Failure::said(format!("{}: {nothing}", field("place"))));
    }
    Ok(events)
}
