//! `/v1/series/{measure}/entries.csv|.json`: the entries that the values of a series rest on.

use super::{link, of_no_table, plan, publication};
use crate::app::Door;
use crate::caching::{Asking, Freshness, no_body};
use crate::log::head_of;
use crate::params;
use crate::problem::Problem;
use crate::streaming::{Taker, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::series::{Behind, Header};
use ozg_formats::events::{ENTRY_COLUMNS, EntryRow, write_entries};
use ozg_formats::series::Publication;
use ozg_tracker::Tracker;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes entries in one format.
type WriteEntries =
    fn(&Header, &Publication, &mut dyn Iterator<Item = EntryRow>, &mut dyn Write) -> io::Result<()>;

/// Answers with the sheet.
pub(crate) async fn as_csv(
    State(door): State<Door>,
    Path(measure): Path<String>,
    parameters: params::Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    let write: WriteEntries = |_, _, rows, out| write_entries(rows, out);
    answer(&door, (&measure, "csv"), &parameters, &asking, "text/csv; charset=utf-8; header=present", write)
        .await
}

/// Answers with JSON.
pub(crate) async fn as_json(
    State(door): State<Door>,
    Path(measure): Path<String>,
    parameters: params::Query,
    asking: Asking,
) -> Result<Response<Body>, Problem> {
    answer(&door, (&measure, "json"), &parameters, &asking, "application/json", write_json).await
}

async fn answer(
    door: &Door,
    (measure, ending): (&str, &str),
    parameters: &params::Query,
    asking: &Asking,
    content_type: &'static str,
    write: WriteEntries,
) -> Result<Response<Body>, Problem> {
    let measure = Measure::read(measure).map_err(Problem::unknown)?;
    let query = Query::read(measure, &parameters.0).map_err(Problem::parameters)?;
    let mistakes = of_no_table(&parameters.0);
    if !mistakes.is_empty() {
        return Err(Problem::parameters(mistakes));
    }
    let freshness = Freshness::of_query(door, &query);
    if let Some(response) = freshness.not_modified(asking) {
        return Ok(response);
    }
    let (series, turn) = plan(door, query).await?;
    let publication = publication(door, series.header(), &format!("{measure}/entries.{ending}"));
    let link = link(&publication);
    let tracker = door.tracker.clone();
    let write = move |out: &mut dyn Write, taker: Taker| {
        let header = series.header().clone();
        let behind = series.entries();
        drop(series);
        let mut failure = None;
        let mut rows =
            taker.while_there(behind.iter()).map_while(|behind| row(&tracker, behind, &mut failure));
        write(&header, &publication, &mut rows, out)?;
        failure.map_or(Ok(()), Err)
    };
    let body = if asking.is_head { no_body() } else { computed(turn, write).await? };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.extend(link.map(|link| (LINK, link)));
    freshness.put(headers);
    Ok(response)
}

/// Reads the entry behind a value. The first entry that cannot be read ends the answer with a failure.
fn row(tracker: &Tracker, behind: &Behind, failure: &mut Option<io::Error>) -> Option<EntryRow> {
    match tracker.entry(behind.position) {
        Ok(Some(entry)) => Some(EntryRow::new(&head_of(&entry), &entry.event, Some(behind.change))),
        Ok(None) => {
            *failure = Some(io::Error::other(format!("entry {} is not in the log", behind.position)));
            None
        }
        Err(error) => {
            *failure = Some(io::Error::other(error));
            None
        }
    }
}

fn write_json(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = EntryRow>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let query: Map<String, Value> =
        header.query.parameters().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let head = json!({
        "measure": header.measure.id(),
        "query": query,
        "position": header.position,
        "permalink": publication.permalink,
        "citation": publication.citation,
        "licence": publication.licence,
    })
    .to_string();
    out.write_all(&head.as_bytes()[..head.len() - 1])?;
    out.write_all(b",\"entries\":[")?;
    for (index, row) in rows.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &json_row(row))?;
    }
    out.write_all(b"\n]}\n")
}

/// Writes a row as an object with the names of the columns; empty cells are null.
fn json_row(row: EntryRow) -> Value {
    let texts =
        [row.id, row.event_type, row.on, row.recorded_at, row.office, row.place, row.service, row.stage];
    let more = [row.reason, row.source, row.note];
    let text = |text: String| if text.is_empty() { Value::Null } else { Value::String(text) };
    let values = std::iter::once(Value::from(row.position.get()))
        .chain(texts.into_iter().map(text))
        .chain([json!(row.change)])
        .chain(more.into_iter().map(text));
    ENTRY_COLUMNS.iter().map(|name| (*name).to_owned()).zip(values).collect::<Map<String, Value>>().into()
}
