//! `GET /v1` and the tracker's description of itself: all addresses and limits, its problems and codes, whether it
//! lives and accepts writes.

use crate::address::Address;
use crate::app::Door;
use crate::limits;
use crate::links::lead;
use crate::parameters::Given;
use crate::problem::{Problem, ProblemKind};
use crate::problems::{PROBLEMS, ProblemRow};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use ozg_core::mistake::Code;
use ozg_core::time::rfc3339;
use ozg_core::words::Remark;
use ozg_formats::input::INPUTS;
use ozg_formats::series::FORMATS;
use ozg_tracker::Status;
use serde_json::{Value, json};

/// Answers with JSON that clients must not cache.
pub(crate) fn json_answer(value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{value}\n")));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Answers with all addresses, limits and the data state.
pub(crate) async fn discovery(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let state = door.state();
    let (head, newest) = (state.batch_until(state.head()), door.tracker.head());
    let address =
        |row: &&Address| json!({ "method": row.verb.name(), "href": row.path, "id": row.id, "doc": row.doc });
    let mut discovery = json!({
        "name": "OZG-Tracker",
        "operator": door.config.operator,
        "licence": door.config.licence,
        "version": env!("CARGO_PKG_VERSION"),
        "log": hex(&door.tracker.identity()),
        "position": state.head(),
        "recorded_at": head.map(|batch| rfc3339(batch.recorded_at_ms)),
        "chain": (newest.position == u64::from(state.head())).then(|| hex(&newest.chain)),
        "simulated": state.is_simulated(),
        "today": door.today().to_string(),
        "formats": FORMATS.iter().filter(|format| format.is_built()).map(|format| format.id).collect::<Vec<_>>(),
        "inputs": INPUTS.iter().map(|input| input.id).collect::<Vec<_>>(),
        "limits": limits(),
        "addresses": door.addresses.iter().filter(|row| !row.is_local).map(address).collect::<Vec<_>>(),
    });
    lead(&mut discovery, door.config.prefix());
    Ok(json_answer(&discovery))
}

/// Writes a hash in hexadecimal digits.
pub(crate) fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn limits() -> Value {
    json!({
        "body_bytes_max": limits::BODY_BYTES_MAX,
        "page_entries_default": limits::PAGE_ENTRIES_DEFAULT,
        "page_entries_max": limits::PAGE_ENTRIES_MAX,
        "receipt_entries_max": limits::RECEIPT_ENTRIES_MAX,
        "events_max": ozg_formats::input::EVENTS_MAX,
        "mistakes_max": ozg_formats::input::MISTAKES_MAX,
        "batch_entries_max": ozg_core::ledger::BATCH_ENTRIES_MAX,
        "points_max": ozg_core::query::POINTS_MAX,
        "rows_max": ozg_core::series::ROWS_MAX,
        "list_max": ozg_core::query::LIST_MAX,
    })
}

/// Answers with all problems, all codes of mistakes and all remarks.
pub(crate) async fn problems(given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let code = |code: &Code| json!({ "code": code.as_str(), "doc": code.meaning() });
    let remark = |remark: Remark| {
        let name = remark.name();
        json!({ "code": remark.id(), "de": name.de, "en": name.en })
    };
    Ok(json_answer(&json!({
        "problems": PROBLEMS.iter().map(problem_row).collect::<Vec<_>>(),
        "codes": Code::ALL.iter().map(code).collect::<Vec<_>>(),
        "remarks": Remark::all().map(remark).collect::<Vec<_>>(),
    })))
}

/// Answers with one problem.
pub(crate) async fn problem(Path(slug): Path<String>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    match PROBLEMS.iter().find(|row| row.slug == slug) {
        Some(row) => Ok(json_answer(&problem_row(row))),
        None => {
            let problem = Problem::new(ProblemKind::UnknownThing).with("list", "/problems");
            Err(problem.near(&slug, PROBLEMS.iter().map(|row| row.slug)))
        }
    }
}

fn problem_row(row: &ProblemRow) -> Value {
    json!({
        "type": format!("/problems/{}", row.slug),
        "status": row.status,
        "title": { "de": row.title.de, "en": row.title.en },
    })
}

/// Answers while the process lives.
pub(crate) async fn health(given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    Ok(json_answer(&json!({ "status": "ok" })))
}

/// Answers 503 while the tracker cannot record anything.
pub(crate) async fn readiness(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    match door.tracker.status() {
        Status::Ready => {
            let mut health = json!({ "status": "ready", "position": door.state().head() });
            if let Some(ahead_ms) = door.tracker.log_ahead_ms() {
                health["log_ahead_seconds"] = (ahead_ms / 1_000).into();
            }
            Ok(json_answer(&health))
        }
        Status::ClockJumped { jump_ms } => Err(Problem::clock_jumped(jump_ms)),
        Status::ReadOnly(why) => {
            tracing::warn!(%why, "not ready");
            Err(Problem::unavailable(
                format!("Lesen ist möglich; aufgezeichnet werden kann gerade nichts: {why}"),
                format!("Reading is possible; nothing can be recorded just now: {why}"),
            ))
        }
    }
}
