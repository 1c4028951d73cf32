//! `POST /v1/events`: bytes become a batch, the batch is recorded whole or not at all, and a receipt says what became of
//! each statement (rules 22, 23, 25).

mod receipt;
pub(crate) mod upload;
mod whole;

use crate::app::Door;
use crate::auth;
use crate::limits::COMPARISONS_MAX;
use crate::params::{Query, Reading, flag};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, IF_MATCH};
use axum::http::{HeaderMap, Response};
use ozg_core::edition::SaidWith;
use ozg_core::event::Draft;
use ozg_core::ledger::{self, OnConflict};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Label, PartialDate, Position, nearest};
use ozg_formats::input::InputKind;
use ozg_tracker::{Office, Order, Receipt, RecordError};
use std::sync::Arc;
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
    let write = Arc::new(Write { office, asked, body });
    for _ in 0..COMPARISONS_MAX {
        let Whole { drafts, difference, head } = write.read(&door).await?;
        let is_single = drafts.len() == 1;
        let edition = difference.as_ref().and_then(|difference| difference.said_with.clone());
        let receipt = match write.record(&door, drafts, edition, head).await {
            // The differences between the edition and the log have to be found again.
            Err(RecordError::HeadMoved { .. }) if difference.is_some() && !write.minds_head() => continue,
            receipt => receipt?,
        };
        tracing::info!(
            head = %receipt.head,
            recorded = receipt.recorded,
            unchanged = receipt.unchanged,
            dry_run = receipt.dry_run,
            "recorded"
        );
        return Ok(receipt::answer(&receipt, difference.as_ref(), is_single));
    }
    Err(Problem::outrun(COMPARISONS_MAX))
}

/// A request to record something.
struct Write {
    office: Office,
    asked: Asked,
    body: Vec<u8>,
}

impl Write {
    /// Tells whether the office itself sent `If-Match`.
    fn minds_head(&self) -> bool {
        self.asked.expected_head.is_some()
    }

    /// Reads the body, and compares an edition with the present state.
    async fn read(self: &Arc<Write>, door: &Door) -> Result<Whole, Problem> {
        let turn = door.turn().await?;
        let (write, state, now_ms) = (Arc::clone(self), door.state(), door.now_ms());
        let whole = blocking(move || {
            let Write { office: Office { id, areas, topics }, asked, body } = &*write;
            let (areas, topics, on_conflict) = (*areas, *topics, asked.on_conflict);
            let was_accepted = false;
            let request = ledger::Request { office: id, areas, topics, now_ms, on_conflict, was_accepted };
            let Asked { kind, on, accept_jump, .. } = *asked;
            let reader = Reader { kind, content_type: asked.content_type.as_deref(), on, accept_jump };
            let whole = whole::read(body, &reader, &state, &request);
            drop(turn);
            whole
        });
        whole.await?.map_err(Problem::batch)
    }

    /// Records the statements. The differences of an edition were found at a head, and are recorded only if the log still
    /// ends there.
    async fn record(
        &self,
        door: &Door,
        drafts: Vec<Draft>,
        edition: Option<SaidWith>,
        head: Position,
    ) -> Result<Receipt, RecordError> {
        let Asked { dry_run, on_conflict, expected_head, .. } = self.asked;
        let is_edition = edition.is_some();
        if let Some(expected) = expected_head.filter(|expected| is_edition && *expected != head) {
            return Err(RecordError::HeadMoved { expected, head });
        }
        if is_edition && drafts.is_empty() {
            let outcomes = Vec::new();
            return Ok(Receipt { head, recorded: 0, unchanged: 0, skipped: 0, dry_run, outcomes });
        }
        let Office { id, areas, topics } = self.office.clone();
        let expected_head = if is_edition { Some(head) } else { expected_head };
        // A log of generated entries is marked for ever; entries that people add to it get the same mark.
        let simulated = door.state().is_simulated();
        let order = Order {
            office: id,
            areas,
            topics,
            drafts,
            dry_run,
            on_conflict,
            expected_head,
            simulated,
            edition,
        };
        door.tracker.record(order).await
    }
}

/// The parameters and headers of a write.
struct Asked {
    kind: Option<InputKind>,
    content_type: Option<String>,
    dry_run: bool,
    on_conflict: OnConflict,
    expected_head: Option<Position>,
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

/// Checks that the media type of the body is one that is read. With `as` the header does not matter.
fn media_type(headers: &HeaderMap, kind: Option<InputKind>) -> Result<Option<String>, Problem> {
    let text = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"));
    if let Some(coding) = text(CONTENT_ENCODING).filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(upload::wrong_coding(coding));
    }
    match (text(CONTENT_TYPE), kind) {
        (Some(named), _) if InputKind::of_content_type(named).is_some() => Ok(Some(named.to_owned())),
        // Clients send a type of their own if none is given (curl that of a form).
        (_, Some(_)) => Ok(None),
        (named, None) => Err(upload::wrong_media_type(named)),
    }
}

/// Reads `If-Match: "<head>"`, the last position that the office has seen.
fn expected_head(headers: &HeaderMap) -> Result<Option<Position>, Problem> {
    let Some(value) = headers.get(IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.and_then(|head| head.parse().ok()).map(Some).ok_or_else(|| {
        let fault = Fault::say(
            Code::BadNumber,
            "If-Match nennt die letzte bekannte Position in Anführungszeichen, z. B. \"1042\"",
            "If-Match names the last known position in quotes, e.g. \"1042\"",
        );
        Problem::parameter("If-Match", Some(text), fault.hint("\"1042\""))
    })
}
