//! The lists: measures, areas, topics, services, authorities; each as JSON and CSV, and each one of them by itself.

mod authorities;
mod defined;
mod measures;
mod services;
mod words;

use crate::app::Door;
use crate::caching::Freshness;
use crate::params::{Query, Reading, read_area};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response};
use axum::routing::{MethodRouter, get};
use ozg_core::mistake::Fault;
use ozg_core::state::State as Known;
use ozg_core::words::{AuthorityKind, Day, PartialDate, Place, Topic, Unit};
use ozg_formats::delimited::write_list;
use serde_json::{Map, Value, json};

/// One row of the table of lists.
pub(crate) struct List {
    /// Name, as in its address.
    pub(crate) name: &'static str,
    /// Columns of the sheet and members of the objects.
    pub(crate) columns: &'static [&'static str],
    /// The parameters that it takes.
    pub(crate) parameters: &'static [&'static str],
    rows: fn(&Known, &Asked) -> Vec<Vec<Value>>,
    one: fn(&Known, &str) -> Result<Value, Fault>,
}

/// What a list is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    on: Day,
    /// A Land, DE, or a region.
    area: Option<Place>,
    topic: Option<Topic>,
    unit: Option<Unit>,
    kind: Option<AuthorityKind>,
}

/// All lists.
pub(crate) static LISTS: [List; 7] = [
    measures::LIST,
    words::AREAS,
    words::TOPICS,
    services::LIST,
    authorities::LIST,
    defined::REGIONS,
    defined::LISTS_OF_SERVICES,
];

impl Asked {
    fn read(list: &List, query: &Query, today: Day) -> Result<Asked, Problem> {
        let mut reading = Reading::new(query, list.parameters);
        let asked = Asked {
            on: reading.read("on", |text| PartialDate::read(text).map(PartialDate::last)).unwrap_or(today),
            area: reading.read("area", read_area),
            topic: reading.read("topic", Topic::read),
            unit: reading.read("unit", Unit::read),
            kind: reading.read("kind", AuthorityKind::read),
        };
        reading.finish()?;
        Ok(asked)
    }
}

/// Makes the handler of the list with a number, as CSV or as JSON.
pub(crate) fn all<const LIST: usize, const CSV: bool>() -> MethodRouter<Door> {
    get(answer_all::<LIST, CSV>)
}

/// Makes the handler of one of the list with a number.
pub(crate) fn one<const LIST: usize>() -> MethodRouter<Door> {
    get(answer_one::<LIST>)
}

async fn answer_all<const LIST: usize, const CSV: bool>(
    State(door): State<Door>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let list = &LISTS[LIST];
    let asked = Asked::read(list, &query, door.today())?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&headers) {
        return Ok(response);
    }
    let turn = door.turn().await?;
    let state = door.state();
    let body = blocking(move || {
        let rows = (list.rows)(&state, &asked);
        let body = if CSV { as_sheet(list, &rows) } else { as_json(list, &asked, rows) };
        drop(turn);
        body
    });
    let content_type = if CSV { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    Ok(response(body.await?, content_type, &freshness))
}

async fn answer_one<const LIST: usize>(
    State(door): State<Door>,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let list = &LISTS[LIST];
    Reading::new(&query, &[]).finish()?;
    let value = (list.one)(&door.state(), &id)
        .map_err(|fault| Problem::unknown(fault).with("list", format!("/v1/{}", list.name)))?;
    let freshness = Freshness::of_head(&door);
    if let Some(response) = freshness.not_modified(&headers) {
        return Ok(response);
    }
    Ok(response(format!("{value}\n"), "application/json", &freshness))
}

fn response(body: String, content_type: &'static str, freshness: &Freshness) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    response
}

fn as_sheet(list: &List, rows: &[Vec<Value>]) -> String {
    let mut body = Vec::new();
    // Nothing that is written into memory fails.
    let _ = write_list(list.columns, rows, &mut body);
    String::from_utf8(body).unwrap_or_default()
}

/// Writes the rows as objects, under the name of the list; a dated list says for which day it is.
fn as_json(list: &List, asked: &Asked, rows: Vec<Vec<Value>>) -> String {
    let object = |row: Vec<Value>| -> Value {
        list.columns.iter().map(|column| (*column).to_owned()).zip(row).collect::<Map<String, Value>>().into()
    };
    let mut body = Map::new();
    if list.parameters.contains(&"on") {
        body.insert("on".to_owned(), asked.on.to_string().into());
    }
    body.insert(list.name.to_owned(), rows.into_iter().map(object).collect());
    format!("{}\n", Value::Object(body))
}

/// Makes the fault for one that is well named but was never described.
fn never_described(id: &dyn std::fmt::Display) -> Fault {
    Fault::say(
        ozg_core::mistake::Code::UnknownService,
        format!("„{id}“ steht in keinem Eintrag"),
        format!("\"{id}\" is in no entry"),
    )
}

/// Writes the statement of a description: its entry, its days, whether it stands.
fn dated<T>(state: &Known, described: &ozg_core::state::Described<T>) -> Map<String, Value> {
    let mut object = Map::new();
    object
        .insert("from".to_owned(), json!((described.from != Day::EVER).then(|| described.from.to_string())));
    object.insert("until".to_owned(), json!(described.until.map(|until| until.to_string())));
    object.insert("on".to_owned(), json!(described.on.map(|on| on.to_string())));
    object.insert("stands".to_owned(), described.stands.into());
    object.insert("position".to_owned(), described.position.into());
    object.insert("id".to_owned(), json!(state.id_at(described.position).map(|id| id.to_string())));
    object
}
