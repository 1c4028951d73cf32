//! The receipt of a write (rule 22).

use crate::limits::RECEIPT_ENTRIES_MAX;
use crate::problem::Problem;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use ozg_core::asof::Held;
use ozg_core::edition::{Covers, Difference};
use ozg_core::event::Register;
use ozg_core::ledger::{Outcome, OutcomeKind};
use ozg_core::remarked::Remarked;
use ozg_core::words::Text;
use ozg_tracker::Receipt;
use serde_json::{Map, Value, json};

/// What a receipt tells besides what became of each statement.
pub(super) struct Told<'a> {
    /// The differences of an edition.
    pub(super) edition: Option<&'a Difference>,
    /// What was read otherwise than it is written.
    pub(super) readings: &'a [Remarked],
    /// What stays in the Kreis of a place at which everything ended.
    pub(super) beside: &'a [Held],
}

/// Answers 201 if something was recorded, else 200. For a single event `Location` has its address, behind the prefix
/// of the tracker.
pub(crate) fn answer(receipt: &Receipt, told: &Told<'_>, is_single: bool, prefix: &str) -> Response<Body> {
    let Told { edition, readings, beside } = *told;
    let has_news = receipt.recorded > 0 && !receipt.dry_run;
    let mut body = body(receipt);
    if let Some(edition) = edition {
        tell(edition, &mut body);
    }
    if !beside.is_empty() {
        body.insert("still_held".to_owned(), beside.iter().map(held).collect());
    }
    let remarks = || readings.iter().chain(edition.into_iter().flat_map(|edition| &edition.remarks));
    if edition.is_some() || remarks().next().is_some() {
        body.insert("remarks".to_owned(), remarks().map(remarked).collect());
    }
    let mut response = Response::new(Body::from(format!("{}\n", Value::Object(body))));
    *response.status_mut() = if has_news { StatusCode::CREATED } else { StatusCode::OK };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let mut put =
        |name, text: String| headers.extend(HeaderValue::from_str(&text).ok().map(|value| (name, value)));
    put(ETAG, format!("\"{}\"", receipt.head));
    if let (true, true, [Outcome { id: Some(id), .. }]) = (has_news, is_single, receipt.outcomes.as_slice()) {
        put(LOCATION, format!("{prefix}/v1/events/{id}"));
    }
    response
}

/// Adds the remarks to the problem of what was refused.
pub(super) fn refused(problem: Problem, remarks: &[Remarked]) -> Problem {
    match remarks {
        [] => problem,
        remarks => problem.with("remarks", remarks.iter().map(remarked).collect::<Value>()),
    }
}

/// Adds the differences of an edition.
fn tell(edition: &Difference, body: &mut Map<String, Value>) {
    let unchanged = body.get("unchanged").and_then(Value::as_u64).unwrap_or(0);
    body.insert("unchanged".to_owned(), json!(unchanged + edition.unchanged as u64));
    let changes = edition.changes.iter().map(|change| {
        json!({ "line": change.line, "change": change.turn.id(), "thing": change.thing, "detail": change.detail })
    });
    let told = json!({
        "covers": edition.covers.map(Covers::id),
        "on": edition.on.map(|on| on.to_string()),
        "first": edition.is_first,
        "stood": edition.stood,
        "began": edition.began,
        "changed": edition.changed,
        "ended": edition.ended,
        "declared": edition.declared.iter().map(|register| declared(*register)).collect::<Value>(),
        "changes": changes.collect::<Value>(),
    });
    body.insert("edition".to_owned(), told);
}

/// Describes a register as the event `register-declared` does.
fn declared(register: Register) -> Value {
    match register {
        Register::Catalogue(unit) => json!({ "unit": unit.id() }),
        Register::Authorities(kind, area) => json!({ "kind": kind.id(), "area": area.id() }),
    }
}

fn held(held: &Held) -> Value {
    json!({
        "place": held.authority.to_string(),
        "name": held.name.as_ref().map(Text::as_str),
        "service": held.service.to_string(),
        "stage": held.stage.id(),
    })
}

fn remarked(remarked: &Remarked) -> Value {
    let mut said = Map::new();
    said.insert("line".to_owned(), remarked.origin.line.into());
    let mut put = |name: &str, text: Option<&str>| {
        said.extend(text.map(|text| (name.to_owned(), text.into())));
    };
    put("sheet", remarked.origin.sheet.as_deref());
    put("cell", remarked.origin.cell.as_deref());
    put("pointer", remarked.origin.pointer.as_deref());
    put("code", Some(remarked.remark.id()));
    put("value", remarked.value.as_deref());
    put("de", Some(&remarked.message.de));
    put("en", Some(&remarked.message.en));
    Value::Object(said)
}

fn body(receipt: &Receipt) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("head".to_owned(), receipt.head.get().into());
    body.insert("recorded".to_owned(), receipt.recorded.into());
    body.insert("unchanged".to_owned(), receipt.unchanged.into());
    body.insert("skipped".to_owned(), receipt.skipped.into());
    body.insert("dry_run".to_owned(), receipt.dry_run.into());
    if receipt.outcomes.len() <= RECEIPT_ENTRIES_MAX {
        body.insert("entries".to_owned(), receipt.outcomes.iter().map(entry).collect());
        return body;
    }
    let is_news = |outcome: &&Outcome| !matches!(outcome.kind, OutcomeKind::Unchanged | OutcomeKind::Skipped);
    let news = || receipt.outcomes.iter().filter(is_news).filter_map(|outcome| outcome.position);
    body.insert("first".to_owned(), json!(news().min()));
    body.insert("last".to_owned(), json!(news().max()));
    let remarked = receipt.outcomes.iter().filter(|outcome| !outcome.remarks.is_empty());
    let remarked: Vec<Value> = remarked.take(RECEIPT_ENTRIES_MAX).map(entry).collect();
    if !remarked.is_empty() {
        body.insert("entries".to_owned(), remarked.into());
    }
    body
}

fn entry(outcome: &Outcome) -> Value {
    let mut entry = Map::new();
    entry.insert("line".to_owned(), outcome.line.into());
    entry.insert("outcome".to_owned(), outcome.kind.id().into());
    let mut put =
        |name: &str, value: Option<Value>| entry.extend(value.map(|value| (name.to_owned(), value)));
    put("sheet", outcome.sheet.as_deref().map(Value::from));
    put("id", outcome.id.map(|id| id.to_string().into()));
    put("position", outcome.position.map(|position| position.get().into()));
    put("counts_from", outcome.counts_from.map(|day| day.to_string().into()));
    let remarks: Vec<&str> = outcome.remarks.iter().map(|remark| remark.id()).collect();
    put("remarks", (!remarks.is_empty()).then(|| remarks.into()));
    Value::Object(entry)
}
