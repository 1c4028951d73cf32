//! The lists: measures, areas, topics, services, authorities; each as JSON and CSV, and each one of them by itself.

mod authorities;
mod defined;
pub(crate) mod list;
mod measures;
mod objections;
pub(crate) mod routes;
mod selection;
mod services;
mod words;

use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::finding::news;
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use axum::routing::{MethodRouter, get};
use list::List;
use ozg_core::measure::Measure;
use ozg_core::state::State;
use ozg_core::words::{Day, Position};
use ozg_formats::delimited::write_list;
use selection::Selection;
use serde_json::{Map, Value};

/// All lists.
pub(crate) static LISTS: [List; 9] = [
    measures::LIST,
    words::AREAS,
    words::TOPICS,
    words::WORDS,
    services::LIST,
    authorities::LIST,
    defined::REGIONS,
    defined::LISTS_OF_SERVICES,
    objections::LIST,
];

/// Makes the handler of a whole list, as CSV or as JSON.
fn all(list: &'static List, is_csv: bool) -> MethodRouter<Door> {
    get(move |door: axum::extract::State<Door>, given: Given, conditions: Conditions| async move {
        answer_all((list, is_csv), &door, &given, &conditions).await
    })
}

/// Makes the handler of one of a list.
fn one(list: &'static List) -> MethodRouter<Door> {
    get(
        move |door: axum::extract::State<Door>, id: Path<String>, given: Given, conditions: Conditions| async move {
            answer_one(list, &door, &id, &given, &conditions).await
        },
    )
}

async fn answer_all(
    (list, is_csv): (&'static List, bool),
    door: &Door,
    given: &Given,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    let selection = Selection::read(list.parameters, given, door)?;
    let pinned = Freshness::pinned(door, &[Some(selection.viewpoint)]).filter(|_| list.is_dated());
    let freshness = pinned.unwrap_or_else(|| Freshness::of_head(door));
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    let ending = if is_csv { "csv" } else { "json" };
    let query = selection.pinned(list.parameters);
    let permalink = format!("{}/v1/{}.{ending}?{query}", door.config.public_url, list.name);
    let link = HeaderValue::from_str(&format!("<{permalink}>; rel=\"cite-as\"")).ok();
    let body = if conditions.is_head {
        no_body()
    } else {
        let (turn, state) = (door.turn().await?, door.state());
        let body = blocking(move || {
            let rows = (list.rows)(&state, &selection);
            let body =
                if is_csv { as_sheet(list, &rows) } else { as_json(list, &selection, &permalink, rows) };
            drop(turn);
            body
        });
        Body::from(body.await?)
    };
    let content_type = if is_csv { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    let mut response = response(body, content_type, &freshness);
    response.headers_mut().extend(link.filter(|_| list.is_dated()).map(|link| (LINK, link)));
    Ok(response)
}

async fn answer_one(
    list: &List,
    door: &Door,
    id: &str,
    given: &Given,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    if let (true, Some(measure)) = (list.has_feed, id.strip_suffix(".atom")) {
        let measure = Measure::read_id(measure).map_err(Problem::unknown)?;
        return news::answer(door, measure, given, conditions).await;
    }
    given.none()?;
    let value = (list.one)(&door.state(), id)
        .map_err(|fault| Problem::unknown(fault).with("list", format!("/v1/{}", list.name)))?;
    let freshness = Freshness::of_head(door);
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    Ok(response(Body::from(format!("{value}\n")), "application/json", &freshness))
}

fn response(body: Body, content_type: &'static str, freshness: &Freshness) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    response
}

/// Writes a whole list as a sheet, for a day and as of a position.
pub(crate) fn sheet_as_of(list: &List, state: &State, on: Day, position: Position) -> String {
    as_sheet(list, &(list.rows)(state, &Selection::everything(on, position)))
}

fn as_sheet(list: &List, rows: &[Vec<Value>]) -> String {
    let mut body = Vec::new();
    // Nothing that is written into memory fails.
    let _ = write_list(list.columns, rows, &mut body);
    String::from_utf8(body).unwrap_or_default()
}

/// Writes the rows as objects, under the name of the list; a dated list says for which day it is.
fn as_json(list: &List, selection: &Selection, permalink: &str, rows: Vec<Vec<Value>>) -> String {
    let object = |row: Vec<Value>| -> Value {
        list.columns.iter().map(|column| (*column).to_owned()).zip(row).collect::<Map<String, Value>>().into()
    };
    let mut body = Map::new();
    if list.is_dated() {
        body.insert("on".to_owned(), selection.on().to_string().into());
        body.insert("position".to_owned(), selection.position.get().into());
        body.insert("permalink".to_owned(), permalink.into());
    }
    body.insert(list.name.to_owned(), rows.into_iter().map(object).collect());
    format!("{}\n", Value::Object(body))
}
