//! What an input is when nobody says so.

use super::{INPUTS, InputKind};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::nearest;
use serde::de::IgnoredAny;

/// How much of the beginning is looked at for the marks of a CloudEvent, in bytes.
const BEGINNING_BYTES: usize = 4_096;

/// Guesses from the text: JSON starts with a brace or bracket, CloudEvents have a `specversion`, NDJSON has a whole
/// object in its first line and more lines behind; everything else is a sheet.
pub(crate) fn kind(text: &str) -> InputKind {
    let text = text.trim_start();
    if !text.starts_with(['{', '[']) {
        return InputKind::Csv;
    }
    if beginning(text).contains("\"specversion\"") {
        return InputKind::CloudEvents;
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let whole = text.starts_with('{') && serde_json::from_str::<IgnoredAny>(first).is_ok();
    if whole && !rest.trim().is_empty() { InputKind::Ndjson } else { InputKind::Json }
}

fn beginning(text: &str) -> &str {
    let end = (0..=BEGINNING_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Makes the fault for an id of an input that does not exist.
pub(crate) fn unknown(text: &str) -> Fault {
    let ids: Vec<&str> = INPUTS.iter().map(|input| input.id).collect();
    let allowed = ids.join(", ");
    let fault = Fault::say(
        Code::UnknownWord,
        format!("Die Eingabeart „{text}“ ist unbekannt. Erlaubt: {allowed}"),
        format!("The kind of input \"{text}\" is unknown. Allowed: {allowed}"),
    );
    match nearest(text, ids.into_iter()) {
        Some(near) => fault.hint(near),
        None => fault,
    }
}
