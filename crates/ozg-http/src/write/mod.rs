//! `POST /v1/events`: bytes become a batch, the batch is recorded whole or not at all, and a receipt says what became of
//! each statement (SEMANTICS 22, 23, 25).

mod receipt;
pub(crate) mod upload;
mod whole;

use crate::app::Door;
use crate::auth;
use crate::params::{Query, Reading, flag};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, IF_MATCH};
use axum::http::{HeaderMap, Response};
use ozg_core::ledger::{self, OnConflict};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Label, PartialDate, nearest};
use ozg_formats::input::InputKind;
use ozg_tracker::{Office, Order, Receipt, RecordError};
use whole::{Reader, Whole};

/// The parameters of a write.
pub(crate) const PARAMETERS: [&str; 5] = ["as", "dry_run", "on_conflict", "on", "accept_jump"];

/// Records a batch.
pub(crate) async fn record(
    State(door): State<Door>,
    query: Query,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let office = auth::office(&door, request.headers())?;
    let asked = Asked::read(&query, request.headers())?;
    let body = upload::read(request, door.is_local).await?;
    let Asked { kind, content_type, dry_run, on_conflict, expected_head, on, accept_jump } = asked;
    let turn = door.turn().await?;
    let Office { id, areas, topics } = office;
    let (state, now_ms, writer) = (door.state(), door.now_ms(), id.clone());
    let whole = blocking(move || {
        let request = ledger::Request { office: &writer, areas, topics, now_ms, on_conflict };
        let reader = Reader { kind, content_type: content_type.as_deref(), on, accept_jump };
        let whole = whole::read(&body, &reader, &state, &request);
        drop(turn);
        whole
    });
    let Whole { drafts, difference } = whole.await?.map_err(Problem::batch)?;
    let is_single = drafts.len() == 1;
    // A log of generated entries is marked for ever; what people add to one is marked with it.
    let simulated = door.state().is_simulated();
    let order = Order { office: id, areas, topics, drafts, dry_run, on_conflict, expected_head, simulated };
    let receipt = if difference.is_some() && order.drafts.is_empty() {
        nothing_new(&door, dry_run, expected_head)?
    } else {
        door.tracker.record(order).await?
    };
    tracing::info!(
        head = receipt.head,
        recorded = receipt.recorded,
        unchanged = receipt.unchanged,
        dry_run = receipt.dry_run,
        "recorded"
    );
    Ok(receipt::answer(&receipt, difference.as_ref(), is_single))
}

/// Makes the receipt of an edition that says nothing beyond what stands.
fn nothing_new(door: &Door, dry_run: bool, expected_head: Option<u32>) -> Result<Receipt, Problem> {
    let head = door.state().head();
    match expected_head.filter(|expected| *expected != head) {
        Some(expected) => Err(RecordError::HeadMoved { expected, head }.into()),
        None => Ok(Receipt { head, recorded: 0, unchanged: 0, skipped: 0, dry_run, outcomes: Vec::new() }),
    }
}

/// What a write asks for besides its body.
struct Asked {
    kind: Option<InputKind>,
    content_type: Option<String>,
    dry_run: bool,
    on_conflict: OnConflict,
    expected_head: Option<u32>,
    on: Option<PartialDate>,
    accept_jump: bool,
}

impl Asked {
    fn read(query: &Query, headers: &HeaderMap) -> Result<Asked, Problem> {
        let mut reading = Reading::new(query, &PARAMETERS);
        let kind = reading.read("as", InputKind::read);
        let dry_run = reading.read("dry_run", flag).unwrap_or(false);
        let on_conflict = reading.read("on_conflict", on_conflict).unwrap_or_default();
        let on = reading.read("on", PartialDate::read);
        let accept_jump = reading.read("accept_jump", flag).unwrap_or(false);
        reading.finish()?;
        let content_type = media_type(headers, kind)?;
        let expected_head = expected_head(headers)?;
        Ok(Asked { kind, content_type, dry_run, on_conflict, expected_head, on, accept_jump })
    }
}

fn on_conflict(text: &str) -> Result<OnConflict, Fault> {
    OnConflict::read(text).ok_or_else(|| {
        let words = ["reject", "replace", "skip"];
        let what = Label { de: "Erlaubt: reject, replace, skip", en: "Allowed: reject, replace, skip" };
        let fault = Fault::say(Code::UnknownWord, what.de, what.en);
        match nearest(text, words.into_iter()) {
            Some(near) => fault.hint(near),
            None => fault,
        }
    })
}

/// Checks that the body is of a kind that is read. Where `as` says what it is, the header need not.
fn media_type(headers: &HeaderMap, kind: Option<InputKind>) -> Result<Option<String>, Problem> {
    let text = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"));
    if let Some(coding) = text(CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(upload::wrong_coding(coding));
    }
    match (text(CONTENT_TYPE), kind) {
        (Some(named), _) if InputKind::of_content_type(named).is_some() => Ok(Some(named.to_owned())),
        // Clients name a type of their own where they are told none (curl that of a form).
        (_, Some(_)) => Ok(None),
        (named, None) => Err(upload::wrong_media_type(named)),
    }
}

/// Reads `If-Match: "<head>"`, the position that the office has seen last.
fn expected_head(headers: &HeaderMap) -> Result<Option<u32>, Problem> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.and_then(|head| head.parse().ok()).map(Some).ok_or_else(|| {
        let fault = Fault::say(
            Code::BadNumber,
            "If-Match nennt die letzte bekannte Position in Anführungszeichen",
            "If-Match names the last position known, in quotes",
        );
        Problem::parameter("If-Match", Some(text), fault.hint("\"1042\""))
    })
}
