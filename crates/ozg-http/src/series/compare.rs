//! `/v1/compare/{measure}.csv|.json`: a series at two data states, with the entries that explain each difference.

use super::shared::{link, of_no_table, publication_at, with_scope};
use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::naming::read_query;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::streaming::{Taker, blocking, computed};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LINK};
use axum::http::{HeaderValue, Response};
use ozg_core::measure::Measure;
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{Query, Scope, Viewpoint, exclusive, read_data_state, repeated};
use ozg_formats::series::{write_comparison_csv, write_comparison_json};
use std::io::Write;

/// Answers with a comparison: `{measure}.{csv|json}`.
pub(crate) async fn compare(
    State(door): State<Door>,
    Path(file): Path<String>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let (measure, is_csv) = measure_and_form(&file)?;
    let (query, against) = read(&door, measure, &given)?;
    let freshness = freshness(&door, &query, against);
    if let Some(response) = freshness.not_modified(&conditions) {
        return Ok(response);
    }
    let turn = door.turn().await?;
    let (state, today) = (door.state(), door.today());
    let (comparison, turn) = blocking(move || (state.compare(&query, against, today), turn)).await?;
    let comparison = comparison?;
    let (header, against) = (comparison.header().clone(), comparison.against());
    let address = format!("/v1/compare/{file}?{}&against={against}", header.query.query_string());
    let publication = publication_at(&door, (&header, comparison.sources()), &address);
    let link = link(&publication);
    let write = move |out: &mut dyn Write, taker: Taker| {
        let rows = taker.while_there(comparison.into_rows());
        if is_csv {
            return write_comparison_csv(&header, rows, out);
        }
        write_comparison_json(&header, against, &publication, rows, out)
    };
    let body = if conditions.is_head { no_body() } else { computed(turn, write).await? };
    let mut response = Response::new(body);
    let media_type = if is_csv { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().extend(link.map(|link| (LINK, link)));
    freshness.put(response.headers_mut());
    Ok(response)
}

fn measure_and_form(file: &str) -> Result<(Measure, bool), Problem> {
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    let measure = Measure::read_id(name).map_err(Problem::unknown)?;
    match ending {
        "csv" | "json" => Ok((measure, ending == "csv")),
        _ => Err(Problem::say(
            ProblemKind::UnknownAddress,
            format!("Die Endung „{ending}“ gibt es hier nicht. Erlaubt: csv, json"),
            format!("There is no ending \"{ending}\" here. Allowed: csv, json"),
        )
        .with("hint", format!("/v1/compare/{measure}.csv"))),
    }
}

/// Reads `against`, and the other parameters as those of a series.
fn read(door: &Door, measure: Measure, given: &Given) -> Result<(Query, Viewpoint), Problem> {
    let (against, others): (Vec<_>, Vec<_>) =
        given.0.iter().cloned().partition(|(name, _)| name == "against");
    let others = Given(others);
    let mut mistakes = of_no_table(&others);
    let mut say = |name: &str, value: Option<&str>, fault: Fault| {
        mistakes.push(Mistake::at(&Origin::default(), name, value, fault));
    };
    let mut viewpoint = None;
    match &against[..] {
        [(name, value)] => match read_data_state(value) {
            Ok(read) => viewpoint = Some(read),
            Err(fault) => say(name, Some(value), fault),
        },
        [] => say("against", None, missing()),
        [_, (name, value), ..] => say(name, Some(value), repeated(name, false)),
    }
    for (name, value) in with_scope(&others, Scope::OneState) {
        say(name, Some(value), exclusive(name, "against"));
    }
    match (read_query(door, measure, &others), viewpoint) {
        (Ok(query), Some(viewpoint)) if mistakes.is_empty() => Ok((query, viewpoint)),
        (Ok(_), _) => Err(Problem::parameters(mistakes)),
        (Err(more), _) => Err(Problem::parameters(mistakes.into_iter().chain(more).collect())),
    }
}

fn missing() -> Fault {
    Fault::say(
        Code::MissingField,
        "„against“ fehlt: der Datenstand, mit dem verglichen wird, als Position (1042), Tag oder Zeitpunkt",
        "\"against\" is missing: the data state to compare with, as a position (1042), a day or an instant",
    )
}

fn freshness(door: &Door, query: &Query, against: Viewpoint) -> Freshness {
    let last = query.on.or(query.to);
    let is_past = last.is_none_or(|last| last <= door.today());
    let pinned = Freshness::pinned(door, &[Some(query.viewpoint), Some(against)]);
    pinned
        .filter(|_| is_past)
        .map(|pinned| pinned.by_rules(query))
        .unwrap_or_else(|| Freshness::of_head(door))
}
