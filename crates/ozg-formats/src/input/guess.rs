//! What an input is when nobody says so.

use super::text::decode;
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

/// Guesses from the name of a file and its bytes: the ending decides, but of JSON there are several kinds.
pub(crate) fn of_file(name: &str, bytes: &[u8]) -> InputKind {
    let by_name = InputKind::of_file_name(name);
    if let Some(kind) = by_name.filter(|kind| *kind != InputKind::Json) {
        return kind;
    }
    let by_text = decode(bytes).map_or(InputKind::Csv, |decoded| kind(&decoded.text));
    // What is called JSON and is no sheet of cells gets told what is wrong with it as JSON.
    if by_name.is_some() && by_text == InputKind::Csv { InputKind::Json } else { by_text }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides_and_of_json_what_stands_in_it() {
        let table: [(&str, &[u8], InputKind); 10] = [
            ("a.csv", b"{", InputKind::Csv),
            ("a.NDJSON", b"", InputKind::Ndjson),
            ("a.json", b"[{}]", InputKind::Json),
            ("a.json", b"{\n}", InputKind::Json),
            ("a.json", b"no json", InputKind::Json),
            ("a.json", b" {\"specversion\":\"1.0\"}", InputKind::CloudEvents),
            ("a.json", b"{}\n{}\n", InputKind::Ndjson),
            ("stdin", b"\xef\xbb\xbf[]", InputKind::Json),
            ("stdin", b"\xff\xfe[\0]\0", InputKind::Json),
            ("stdin", b"Leistung;Ort", InputKind::Csv),
        ];
        for (name, bytes, expected) in table {
            assert_eq!(of_file(name, bytes), expected, "{name} {bytes:?}");
        }
    }
}
