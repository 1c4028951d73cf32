//! Guesses the kind of an input that nobody named.

use super::archive::{Unpacked, unpack};
use super::content::Content;
use super::kind::InputKind;
use super::{dump, gv100ad, headings, layouts, opening};

use serde::de::IgnoredAny;

/// Bytes at the beginning in which the marks of a CloudEvent are searched.
const BEGINNING_BYTES: usize = 4_096;

/// Returns the kind of an input: the requested one, else that of the media type, else that of the content. A media type of
/// sheets or lines fits several kinds, so the content decides among them.
pub(crate) fn of_content(
    asked: Option<InputKind>,
    content_type: Option<&str>,
    content: &mut Content<'_>,
) -> InputKind {
    if let Some(kind) = asked {
        return kind;
    }
    match content_type.and_then(InputKind::of_content_type) {
        Some(InputKind::Csv) => sheet(content),
        Some(InputKind::Ndjson) => lines(content),
        Some(InputKind::Json) if content.text().is_ok_and(is_paged_export) => InputKind::Availability,
        Some(InputKind::Archive | InputKind::Gv100ad) | None => kind(content),
        Some(other) => other,
    }
}

/// Guesses from the content: JSON begins with a brace or bracket, CloudEvents have a `specversion`, NDJSON has a whole object
/// in its first line and more lines after it, a register has records of fixed width; everything else is a sheet.
fn kind(content: &mut Content<'_>) -> InputKind {
    let Ok(text) = content.text() else { return sheet(content) };
    let text = text.trim_start();
    if gv100ad::is_register(text) {
        return InputKind::Gv100ad;
    }
    if !text.starts_with(['{', '[']) {
        return sheet(content);
    }
    if dump::is_dump(text) {
        return InputKind::Dump;
    }
    if is_paged_export(text) {
        return InputKind::Availability;
    }
    if beginning(text).contains("\"specversion\"") {
        return InputKind::CloudEvents;
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let whole = text.starts_with('{') && serde_json::from_str::<IgnoredAny>(first).is_ok();
    if whole && !rest.trim().is_empty() { InputKind::Ndjson } else { InputKind::Json }
}

/// Tells whether JSON is an export of the federal dashboard.
fn is_paged_export(text: &str) -> bool {
    let beginning = beginning(text);
    ["\"art_flaechendeckung\"", "\"artFlaechendeckung\""].iter().any(|name| beginning.contains(name))
}

/// Guesses which kind of lines of JSON an input is.
fn lines(content: &Content<'_>) -> InputKind {
    match content.text() {
        Ok(text) if dump::is_dump(text) => InputKind::Dump,
        _ => InputKind::Ndjson,
    }
}

/// Guesses which kind of sheet an input is, by its headings.
fn sheet(content: &mut Content<'_>) -> InputKind {
    let layout = content.rows(|source| {
        let opened = opening::open(source, &headings::is_known, None).ok()?;
        let headings = opened.headings();
        let is_of_events = headings::type_of_rows(&headings).is_some();
        let is_in_other_words = headings::type_in_other_words(&headings).is_some();
        let layout = layouts::layout_of(&headings).filter(|_| !is_of_events);
        layout.filter(|kind| !is_in_other_words || layouts::is_whole(*kind, &headings))
    });
    layout.ok().flatten().unwrap_or(InputKind::Csv)
}

/// Guesses from the name of a file and its bytes. The ending decides first. JSON, lines and sheets have several kinds, so
/// their content decides; an archive is the kind of the file in it.
pub(crate) fn of_file(name: &str, bytes: &[u8], asked: Option<&str>) -> InputKind {
    let by_name = InputKind::of_file_name(name);
    let unpacked = unpack(bytes).unwrap_or(Unpacked::File(bytes.into()));
    let Ok(mut content) = Content::of(&unpacked, asked) else { return by_name.unwrap_or(InputKind::Csv) };
    match by_name {
        Some(InputKind::Csv) => sheet(&mut content),
        Some(InputKind::Ndjson) => lines(&content),
        // A file named `.json` is read as JSON, so that its mistakes are those of JSON, unless it is a sheet of cells.
        Some(InputKind::Json) => match kind(&mut content) {
            known @ (InputKind::CloudEvents
            | InputKind::Ndjson
            | InputKind::Dump
            | InputKind::Availability) => known,
            _ => InputKind::Json,
        },
        Some(InputKind::Archive) | None => kind(&mut content),
        Some(other) => other,
    }
}

fn beginning(text: &str) -> &str {
    let end = (0..=BEGINNING_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

impl InputKind {
    /// Guesses the kind of a file, from the ending of its name and from its content; `sheet` is that of a workbook which is read.
    #[must_use]
    pub fn of_file(name: &str, bytes: &[u8], sheet: Option<&str>) -> InputKind {
        of_file(name, bytes, sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides_and_of_json_lines_and_sheets_what_stands_in_it() {
        let record = format!("{:<220}\n", "102023113001          Schleswig-Holstein");
        let table: [(&str, &[u8], InputKind); 18] = [
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
            ("a.ndjson", b"{\"position\":1,\"event\":{}}", InputKind::Dump),
            ("a.txt", record.as_bytes(), InputKind::Gv100ad),
            ("a.csv", b"ozg_id,name,lage,themenfeld\n", InputKind::OzgCatalogue),
            ("a.csv", b"leika_schluessel;name;leika_typ;ozg_id\n", InputKind::LeikaCatalogue),
            ("a.csv", b"leika_key;ars;online_status;aktiv;art_flaechendeckung\n", InputKind::Availability),
            ("a.csv", "Vorgänger;Nachfolger;Datum;Art\n".as_bytes(), InputKind::Successors),
            ("stdin", b"Export\n\npredecessor,successor,on,kind\n", InputKind::Successors),
            ("a.csv", "Behörde;Name\n".as_bytes(), InputKind::Csv),
        ];
        for (name, bytes, expected) in table {
            assert_eq!(of_file(name, bytes, None), expected, "{name} {bytes:?}");
        }
    }
}
