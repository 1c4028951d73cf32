//! `GET /v1/series/…`: a series in the format that the ending of the address chooses, and the entries behind it.

mod behind;
mod compare;
mod noted;
mod shared;

pub(crate) use behind::{as_csv, as_json};
pub(crate) use compare::compare;
pub(crate) use noted::write_noted;
pub(crate) use shared::publication;

use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::kept::Question;
use crate::limits::LARGE_ROWS;
use crate::naming::read_query;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::{Taker, Turn, blocking, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use ozg_formats::series::{FORMATS, Format};
use shared::{Planned, explained, link, links, related};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

/// The parameter that asks for a file to save. It is not part of the query, and in no permalink.
pub(crate) const DOWNLOAD: &str = "download";

/// Lists the formats that this build has.
fn known() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.is_built())
}

/// Answers with a series: `{measure}.{ending}`.
pub(crate) async fn answer(
    State(door): State<Door>,
    Path(file): Path<String>,
    mut given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let (measure, format) = measure_and_format(&file)?;
    let is_download = given.take_one(DOWNLOAD)?;
    let mut query = read_query(&door, measure, &given).map_err(Problem::parameters)?;
    format.adapt(&mut query);
    query.check_adapted(&given.0).map_err(Problem::parameters)?;
    format.check(&given.0).map_err(Problem::parameters)?;
    let freshness = Freshness::of_query(&door, &query);
    let question = Question(Arc::new(query.clone()));
    if let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let (planned, left_out) = explained(&door, query).await?;
    let planned = fitting(planned, format).await?;
    let header = planned.0.header().clone();
    let mut publication = publication(&door, &planned.0, &file);
    let (planned, names) = named(planned, format.has_names && !conditions.is_head).await?;
    publication.names = names;
    publication.also = left_out.map(|left_out| related(&door, (&file, &given), left_out));
    let link = link(&publication);
    let related =
        publication.also.iter().flatten().filter(|_| !conditions.is_head).cloned().collect::<Vec<_>>();
    let name = is_download.then(|| disposition(&header, format)).flatten();
    let body = if conditions.is_head {
        no_body()
    } else {
        let (rows, turn) = at_its_size(&door, planned, format).await?;
        let tracker = door.tracker.clone();
        let write = move |out: &mut dyn Write, taker: Taker| {
            let rows = taker.while_there(rows);
            write_noted(&tracker, format, (&header, &publication), rows, out)
        };
        computed(turn, write).await?
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.content_type));
    headers.extend(link.map(|link| (LINK, link)));
    for link in links(&related) {
        headers.append(LINK, link);
    }
    headers.extend(name.map(|name| (CONTENT_DISPOSITION, name)));
    freshness.put(headers);
    response.extensions_mut().insert(question);
    Ok(response)
}

/// Returns the header that lets a client save the answer, such as `services_launched_p1042.csv`.
fn disposition(header: &Header, format: &Format) -> Option<HeaderValue> {
    let (measure, position) = (header.measure, header.position);
    let name = format!("attachment; filename=\"{measure}_p{position}.{}\"", format.id);
    HeaderValue::from_str(&name).ok()
}

/// Finds the names of what an answer names by key, where they are wanted.
async fn named(planned: Planned, is_wanted: bool) -> Result<(Planned, BTreeMap<String, String>), Problem> {
    if !is_wanted {
        return Ok((planned, BTreeMap::new()));
    }
    blocking(move || {
        let names = planned.0.names();
        (planned, names)
    })
    .await
}

/// Refuses an answer that has more rows than its format holds, before any of it is sent.
async fn fitting(planned: Planned, format: &'static Format) -> Result<Planned, Problem> {
    let Some(allowed) = format.rows_max else {
        return Ok(planned);
    };
    let (planned, is_beyond) = exceeds(planned, allowed).await?;
    if !is_beyond {
        return Ok(planned);
    }
    let id = format.id;
    let problem = Problem::say(
        ProblemKind::BadParameters,
        format!(
            "Das Format {id} fasst {allowed} Zeilen, diese Antwort hat mehr: Zeitraum, Schrittweite oder Dimensionen eingrenzen, oder .csv nehmen"
        ),
        format!(
            "The format {id} holds {allowed} rows, and this answer has more: narrow the span, the step width or the dimensions, or take .csv"
        ),
    );
    Err(problem.with("limit", allowed).with("hint", "csv"))
}

/// The rows of an answer, with the turn in which they are computed.
type Rows = (Box<dyn Iterator<Item = Row> + Send>, Turn);

/// Exchanges the turn of a large answer for one of the few large turns. Such an answer takes much memory, since its format
/// needs all rows before it writes the first. The rows that show its size are kept for the answer.
async fn at_its_size(door: &Door, (series, turn): Planned, format: &Format) -> Result<Rows, Problem> {
    let streams = format.streams && series.header().query.shape != Shape::Wide;
    if streams || !series.may_exceed(LARGE_ROWS) {
        return Ok((Box::new(series.into_rows()), turn));
    }
    let (first, rest) = while_waiting(move |waits| {
        let mut rows = series.into_rows();
        let first: Vec<Row> = rows.by_ref().take_while(|_| waits()).take(LARGE_ROWS + 1).collect();
        (first, rows)
    })
    .await?;
    let turn = if first.len() > LARGE_ROWS { door.large(turn).await? } else { turn };
    Ok((Box::new(first.into_iter().chain(rest)), turn))
}

/// Tells whether an answer has more than so many rows.
async fn exceeds(planned: Planned, rows: usize) -> Result<(Planned, bool), Problem> {
    // An answer that cannot have so many rows need not be counted.
    if !planned.0.may_exceed(rows) {
        return Ok((planned, false));
    }
    while_waiting(move |waits| {
        let is_beyond = planned.0.rows().take_while(|_| waits()).nth(rows).is_some();
        (planned, is_beyond)
    })
    .await
}

/// Runs what computes rows, and gives it a way to ask whether the client still waits.
async fn while_waiting<T: Send + 'static>(
    work: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static,
) -> Result<T, Problem> {
    let waiting = Arc::new(());
    let waits = Arc::downgrade(&waiting);
    let done = blocking(move || work(&|| waits.strong_count() > 0)).await;
    drop(waiting);
    done
}

/// Splits the last part of an address.
fn measure_and_format(file: &str) -> Result<(Measure, &'static Format), Problem> {
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    let measure = Measure::read_id(name).map_err(Problem::unknown)?;
    let format = Format::read(ending).map_err(|fault| {
        let known: Vec<String> =
            known().map(|format| format!("/v1/series/{measure}.{}", format.id)).collect();
        let list = known.join(", ");
        let problem = Problem::say(
            ProblemKind::UnknownAddress,
            format!("Die Endung „{ending}“ gibt es nicht. Erlaubt: {list}"),
            format!("There is no ending \"{ending}\". Allowed: {list}"),
        );
        match fault.hint_in_english() {
            Some(near) => problem.with("hint", format!("/v1/series/{measure}.{near}")),
            None if ending.is_empty() => problem.with("hint", known[0].clone()),
            None => problem,
        }
    })?;
    Ok((measure, format))
}
