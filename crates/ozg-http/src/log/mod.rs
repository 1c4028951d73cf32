//! `GET /v1/events`: the log, forward, as pages, as NDJSON, or as server-sent events.

mod entry;
mod page;
mod question;
mod shown;
mod stream;
mod subscribe;

pub(crate) use entry::one;
use question::check_after;
pub(crate) use question::{FEED, LOG, LogQuestion, check, office, unknown_office};
pub(crate) use shown::head_of;

use crate::app::Door;
use crate::caching::Conditions;
use crate::naming;
use crate::parameters::Given;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Response};

/// Answers with the log in the form that `Accept` names; in pages of JSON if it names none of the forms.
pub(crate) async fn list(
    State(door): State<Door>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    let question = naming::read(&door, &given, LogQuestion::default(), &LOG)?;
    check(&question.filter, &door)?;
    check_after(question.after, &door)?;
    match form(&conditions.headers) {
        LogForm::Pages => page::answer(&door, question, &conditions).await,
        LogForm::Lines => stream::answer(&door, question),
        LogForm::Events => subscribe::answer(&door, question, &conditions.headers),
    }
}

/// The forms of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LogForm {
    Pages,
    Lines,
    Events,
}

/// Chooses the first form that `Accept` names.
fn form(headers: &HeaderMap) -> LogForm {
    let accepts = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut names = accepts
        .flat_map(|value| value.split(','))
        .map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let known = names.find_map(|name| match name.as_str() {
        "application/json" | "*/*" | "application/*" => Some(LogForm::Pages),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Some(LogForm::Lines),
        "text/event-stream" => Some(LogForm::Events),
        _ => None,
    });
    known.unwrap_or(LogForm::Pages)
}
