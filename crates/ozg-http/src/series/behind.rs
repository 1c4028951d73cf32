//! `/v1/series/{measure}/entries.csv|.json`: the entries that the values of a series rest on.

use super::shared::{link, of_no_table, plan, publication};
use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::log::head_of;
use crate::naming::read_query;
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::{Taker, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::series::{Behind, Header};
use ozg_formats::events::{EntryRow, write_entries, write_entries_json};
use ozg_formats::series::Publication;
use ozg_tracker::Tracker;
use std::io::{self, Write};

/// Writes entries in one format.
type WriteEntries =
    fn(&Header, &Publication, &mut dyn Iterator<Item = EntryRow>, &mut dyn Write) -> io::Result<()>;

/// Answers with the sheet.
pub(crate) async fn as_csv(
    State(door): State<Door>,
    Path(measure): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let write: WriteEntries = |_, _, rows, out| write_entries(rows, out);
    answer(&door, (&measure, "csv"), &given, &conditions, "text/csv; charset=utf-8; header=present", write)
        .await
}

/// Answers with JSON.
pub(crate) async fn as_json(
    State(door): State<Door>,
    Path(measure): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let write: WriteEntries =
        |header, publication, rows, out| write_entries_json(header, publication, rows, out);
    answer(&door, (&measure, "json"), &given, &conditions, "application/json", write).await
}

async fn answer(
    door: &Door,
    (measure, ending): (&str, &str),
    given: &Given,
    conditions: &Conditions,
    content_type: &'static str,
    write: WriteEntries,
) -> Result<Response<Body>, Problem> {
    let measure = Measure::read_id(measure).map_err(Problem::unknown)?;
    let query = read_query(door, measure, given).map_err(Problem::parameters)?;
    let mistakes = of_no_table(given);
    if !mistakes.is_empty() {
        return Err(Problem::parameters(mistakes));
    }
    let freshness = Freshness::of_query(door, &query);
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    let (series, turn) = plan(door, query).await?;
    let publication = publication(door, &series, &format!("{measure}/entries.{ending}"));
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
    let body = if conditions.is_head { no_body() } else { computed(turn, write).await? };
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
