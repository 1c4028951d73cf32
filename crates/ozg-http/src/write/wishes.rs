//! What a write asks for besides its body: its parameters, and two of its headers.

use super::upload;
use crate::parameters::flag;
use crate::problem::Problem;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, IF_MATCH};
use ozg_core::ledger::OnConflict;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, put, read_word};
use ozg_core::words::{PartialDate, Position, Text};
use ozg_formats::input::{INPUTS, InputKind};

/// The parameters and headers of a write.
#[derive(Debug, Default)]
pub(crate) struct Wishes {
    pub(super) kind: Option<InputKind>,
    pub(super) content_type: Option<String>,
    pub(super) sheet: Option<String>,
    pub(super) dry_run: bool,
    pub(super) on_conflict: OnConflict,
    pub(super) expected_head: Option<Position>,
    pub(super) on: Option<PartialDate>,
    pub(super) accept_jump: bool,
    /// A mapping as JSON, and the name of one that the office keeps.
    pub(super) mapping: Option<String>,
    pub(super) mapping_name: Option<String>,
    /// Why entries that are missing in a downloaded sheet are withdrawn.
    pub(super) withdraw_missing: Option<Text>,
}

/// The parameters of a write.
pub(crate) static PARAMETERS: [Parameter<Wishes>; 9] = [
    Parameter::<Wishes>::new(
        ("as", "what the body is, where its media type does not say it all"),
        Takes::Word(|| INPUTS.iter().map(|input| input.id.to_owned()).collect()),
        |wishes, text| put(&mut wishes.kind, InputKind::read(text).map(Some)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        (
            "sheet",
            "the sheets of a workbook that are read: a name, several with / between them, or all; without it the one that looks most like data",
        ),
        Takes::Text("Meilensteine"),
        |wishes, text| put(&mut wishes.sheet, Ok(Some(text.to_owned()))),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("dry_run", "check everything, record nothing"),
        Takes::Flag,
        |wishes, text| put(&mut wishes.dry_run, flag(text)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("on_conflict", "what to do with statements that contradict standing ones"),
        Takes::Word(|| OnConflict::all().map(|one| one.id().to_owned()).collect()),
        |wishes, text| put(&mut wishes.on_conflict, read_word(text, OnConflict::all(), OnConflict::id)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("on", "the day of an edition or of a sheet that does not say it itself"),
        Takes::Date,
        |wishes, text| put(&mut wishes.on, PartialDate::read(text).map(Some)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("accept_jump", "take an edition although it begins or ends more than 20 % of what stood"),
        Takes::Flag,
        |wishes, text| put(&mut wishes.accept_jump, flag(text)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("map", "the name of a mapping that the office keeps, for a sheet of its own form"),
        Takes::Slug(Some("rollout")),
        |wishes, text| put(&mut wishes.mapping_name, Ok(Some(text.to_owned()))),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        (
            "withdraw_missing",
            "why entries are withdrawn that a downloaded sheet no longer has; without it they stand on",
        ),
        Takes::Text("wrong authority"),
        |wishes, text| put(&mut wishes.withdraw_missing, Text::read(text).map(Some)),
        |_| None,
    ),
    Parameter::<Wishes>::new(
        ("mapping", "a mapping itself, as JSON; longer ones are kept by a name first"),
        Takes::Text("{\"columns\":{\"Kommune\":\"place\"}}"),
        |wishes, text| put(&mut wishes.mapping, Ok(Some(text.to_owned()))),
        |_| None,
    ),
];

impl Wishes {
    /// Adds what the headers say.
    pub(super) fn with_headers(self, headers: &HeaderMap) -> Result<Wishes, Problem> {
        let content_type = media_type(headers, self.kind)?;
        Ok(Wishes { content_type, expected_head: expected_head(headers)?, ..self })
    }
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
