//! The lists: measures, areas, topics, services, authorities. Each has addresses as JSON, CSV and XLSX, and one for each of its
//! things. Questions of every day are answered with lists, too: entries, what is missing, what is due, which figures contradict
//! each other, which are old, where nothing is said, what changed.

mod authorities;
mod changes;
mod claim_row;
mod conflicts;
mod coverage;
mod defined;
mod due;
mod entries;
pub(crate) mod entry_row;
mod form;
pub(crate) mod list;
mod measures;
mod missing;
mod narrowing;
mod objections;
pub(crate) mod routes;
mod selection;
mod services;
pub(crate) mod shown;
mod stale;
mod words;

use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::finding::news;
use crate::links::lead;
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::{Taker, blocking, computed};
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use axum::routing::{MethodRouter, get};
use form::Form;
use list::{Answered, Asked, List, One};
use ozg_core::measure::Measure;
use ozg_core::query::Parameter;
use ozg_core::state::State;
use ozg_core::words::{Day, Language, Position};
use ozg_formats::delimited::write_list;
use ozg_formats::lists::{ListBook, heading, write_list_json, write_list_xlsx};
use selection::Selection;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// All lists: the things that there are, and behind them the questions.
pub(crate) static LISTS: [List; 16] = [
    measures::LIST,
    words::AREAS,
    words::TOPICS,
    words::WORDS,
    services::LIST,
    authorities::LIST,
    defined::REGIONS,
    defined::LISTS_OF_SERVICES,
    objections::LIST,
    entries::LIST,
    missing::LIST,
    due::LIST,
    conflicts::LIST,
    stale::LIST,
    coverage::LIST,
    changes::LIST,
];

/// A parameter of a list.
#[derive(Debug, Clone, Copy)]
pub struct ListParameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub doc: &'static str,
    /// Whether it has to be given.
    pub is_required: bool,
}

/// Returns the parameters of a list; none where there is no such list.
pub fn list_parameters(name: &str) -> impl Iterator<Item = ListParameter> {
    let list = LISTS.iter().find(|list| list.name == name);
    let parameter = |row: &'static Parameter<Selection>| {
        let Parameter { name, doc, is_required, .. } = *row;
        ListParameter { name, doc, is_required }
    };
    list.into_iter().flat_map(move |list| list.parameters.iter().map(parameter))
}

/// Returns the columns of a list; none where there is no such list.
#[must_use]
pub fn list_columns(name: &str) -> &'static [&'static str] {
    LISTS.iter().find(|list| list.name == name).map_or(&[], |list| list.columns)
}

/// Lists those of things that there are, which an archive holds.
pub(crate) fn of_things() -> impl Iterator<Item = &'static List> {
    LISTS.iter().filter(|list| list.one.is_some())
}

/// Makes the handler of a whole list in a form.
fn all(list: &'static List, form: Form) -> MethodRouter<Door> {
    get(move |door: axum::extract::State<Door>, given: Given, conditions: Conditions| async move {
        answer_all((list, form), &door, &given, &conditions).await
    })
}

/// Makes the handler of one of a list.
fn one(list: &'static List, one: &'static One) -> MethodRouter<Door> {
    get(
        move |door: axum::extract::State<Door>, id: Path<String>, given: Given, conditions: Conditions| async move {
            answer_one((list, one), &door, &id, &given, &conditions).await
        },
    )
}

async fn answer_all(
    (list, form): (&'static List, Form),
    door: &Door,
    given: &Given,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    let selection = Selection::read(list.parameters, given, door)?;
    list.check(&door.state(), &selection)?;
    let pinned = Freshness::pinned(door, &[Some(selection.viewpoint)]).filter(|_| list.has_data_states());
    let freshness = pinned.unwrap_or_else(|| Freshness::of_head(door));
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    let address =
        |query: String| format!("{}/v1/{}{}?{query}", door.config.public_url, list.name, form.ending());
    let permalink = address(selection.pinned(list.parameters));
    let cite = list.has_data_states().then(|| format!("<{permalink}>; rel=\"cite-as\""));
    let (body, next) = if conditions.is_head {
        (no_body(), None)
    } else {
        let turn = door.turn().await?;
        let asked = Asked { tracker: door.tracker.clone(), state: door.state(), selection };
        let (answered, Asked { selection, .. }) = blocking(move || (list.answer(&asked), asked)).await?;
        let Answered { rows, next } = answered?;
        form.check(&*rows)?;
        let next = next.map(|before| address(selection.page_before(before, list.parameters)));
        let head = head(list, &selection, permalink, next.as_deref());
        let (operator, recorded_at_ms) = (door.config.operator.clone(), recorded_at_ms(&selection, door));
        let write = move |out: &mut dyn Write, taker: Taker| {
            let mut rows = taker.while_there(rows);
            let List { name, columns, .. } = *list;
            match form {
                Form::Csv => write_list(&headings(list, selection.language), &mut rows, out),
                Form::Json => write_list_json(&head, (name, columns), &mut rows, out),
                Form::Xlsx => {
                    let (head, operator, language) = (&head, operator.as_str(), selection.language);
                    let book = ListBook { name, columns, head, operator, recorded_at_ms, language };
                    write_list_xlsx(&book, &mut rows, out)
                }
            }
        };
        (computed(turn, write).await?, next)
    };
    let links = cite.into_iter().chain(next.map(|next| format!("<{next}>; rel=\"next\"")));
    let links = links.filter_map(|link| HeaderValue::from_str(&link).ok()).map(|link| (LINK, link));
    let mut response = response(body, form.content_type(), &freshness);
    response.headers_mut().extend(links);
    Ok(response)
}

/// Returns the instant of the data state.
fn recorded_at_ms(selection: &Selection, door: &Door) -> Option<i64> {
    door.state().batch_until(selection.position).map(|batch| batch.recorded_at_ms)
}

/// Writes the members of an answer before its rows: for which day it is, as it was known when, and where it goes on.
fn head(list: &List, selection: &Selection, permalink: String, next: Option<&str>) -> Map<String, Value> {
    let mut head = Map::new();
    if list.is_dated() {
        head.insert("on".to_owned(), selection.on().to_string().into());
    }
    if list.has_data_states() {
        head.insert("position".to_owned(), selection.position.get().into());
        head.insert("permalink".to_owned(), permalink.into());
    }
    if list.has_pages() {
        head.insert("next".to_owned(), json!(next));
    }
    head
}

/// Returns the headings of the columns: in a language, else their ids.
fn headings(list: &List, language: Option<Language>) -> Vec<&'static str> {
    list.columns.iter().map(|column| heading(column, language)).collect()
}

async fn answer_one(
    (list, one): (&List, &One),
    door: &Door,
    id: &str,
    given: &Given,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    if let (true, Some(measure)) = (one.has_feed, id.strip_suffix(".atom")) {
        let measure = Measure::read_id(measure).map_err(Problem::unknown)?;
        return news::answer(door, measure, given, conditions).await;
    }
    given.none()?;
    let mut value = (one.read)(&door.state(), id)
        .map_err(|fault| Problem::unknown(fault).with("list", format!("/v1/{}", list.name)))?;
    let freshness = Freshness::of_head(door);
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    lead(&mut value, door.config.prefix());
    Ok(response(Body::from(format!("{value}\n")), "application/json", &freshness))
}

fn response(body: Body, content_type: &'static str, freshness: &Freshness) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    response
}

/// Writes a whole list of things as a sheet, for a day and as of a position.
pub(crate) fn sheet_as_of(list: &List, state: &State, on: Day, position: Position) -> io::Result<Vec<u8>> {
    let mut sheet = Vec::new();
    let rows = list.things(state, &Selection::everything(on, position));
    write_list(list.columns, &mut rows.into_iter().map(Ok), &mut sheet)?;
    Ok(sheet)
}
