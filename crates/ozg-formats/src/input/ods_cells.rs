//! The cells of a spreadsheet in OpenDocument: what each shows, and how often it stands there.

use super::cells::{CELL_BYTES_MAX, formula, too_long};
use super::ods_styles::{CellLook, attribute};
use super::row::Holds;
use super::shown::{self, CellFormat, StoredDay};
use ozg_core::mistake::Fault;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A cell.
pub(super) struct OdsCell {
    pub(super) text: Result<String, Fault>,
    pub(super) holds: Holds,
    /// How many columns it stands in, one after the other.
    pub(super) times: usize,
    /// How many rows it is merged over.
    pub(super) rows: u32,
    pub(super) is_struck: bool,
}

impl OdsCell {
    /// Tells whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        matches!(&self.text, Ok(text) if text.is_empty())
    }

    /// Reads a cell whose tag was read; none if it is damaged. `look` finds the look of its style, by name.
    pub(super) fn read(
        tag: &BytesStart<'_>,
        reader: &mut Reader<&[u8]>,
        look: impl Fn(Option<&str>) -> CellLook,
    ) -> Option<OdsCell> {
        let (text, length) = text(reader, tag)?;
        let look = look(attribute(tag, "table:style-name").as_deref());
        let (text, holds) = content(tag, text, length, look.format);
        Some(OdsCell {
            text,
            holds,
            times: number(tag, "table:number-columns-repeated"),
            rows: u32::try_from(number(tag, "table:number-rows-spanned")).unwrap_or(u32::MAX),
            is_struck: look.is_struck,
        })
    }
}

/// Reads an attribute that says how often something is there, 1 without it.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// Reads the paragraphs of a cell up to its end, without notes and drawings; a text that is too long is cut, and its length kept.
fn text(reader: &mut Reader<&[u8]>, cell: &BytesStart<'_>) -> Option<(String, usize)> {
    let (mut text, mut length, mut depth, mut paragraphs) = (String::new(), 0, 0_usize, 0);
    let mut put = |part: &str| {
        length += part.len();
        if text.len() <= CELL_BYTES_MAX {
            text.push_str(part);
        }
    };
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.name().as_ref() {
                "text:p" | "text:h" if depth == 0 => {
                    put(if paragraphs > 0 { "\n" } else { "" });
                    (depth, paragraphs) = (1, paragraphs + 1);
                }
                name if depth == 0 || is_aside(name) => {
                    let _ = reader.read_to_end(tag.name()).ok()?;
                }
                name => {
                    match name {
                        "text:s" => put(&" ".repeat(number(&tag, "text:c").min(CELL_BYTES_MAX))),
                        "text:tab" => put("\t"),
                        "text:line-break" => put("\n"),
                        _ => {}
                    }
                    depth += 1;
                }
            },
            Event::Text(part) if depth > 0 => put(&part.xml10_content()),
            Event::CData(part) if depth > 0 => put(&part),
            Event::GeneralRef(part) if depth > 0 => put(character(&part)?.encode_utf8(&mut [0; 4])),
            Event::End(tag) if tag.name() == cell.name() => break,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return None,
            _ => {}
        }
    }
    Some((text, length))
}

/// Tells whether an element within a paragraph is no part of its text.
fn is_aside(name: &str) -> bool {
    name.starts_with("draw:")
        || name == "office:annotation"
        || name == "text:note"
        || name == "text:ruby-text"
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character);
    }
    let named = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    named.iter().find(|(name, _)| *name == &**reference).map(|(_, character)| *character)
}

/// Returns what a cell shows and what it holds.
fn content(
    tag: &BytesStart<'_>,
    text: String,
    length: usize,
    format: CellFormat,
) -> (Result<String, Fault>, Holds) {
    if attribute(tag, "table:formula").is_some() {
        return (Err(formula()), Holds::Text);
    }
    let value = || attribute(tag, "office:value").and_then(|value| value.parse::<f64>().ok());
    let percent = CellFormat { percent: [true; 3], ..CellFormat::default() };
    let shown = match attribute(tag, "office:value-type").as_deref() {
        Some("percentage") => value().map(|value| shown::number_cell(value, percent)),
        Some("float" | "currency") => value().map(|value| shown::number_cell(value, format)),
        Some("date") => attribute(tag, "office:date-value")
            .and_then(|value| StoredDay::read(&value))
            .map(|stored| (shown::date(stored, format.date), Holds::Text)),
        Some("time") => Some((Err(shown::time()), Holds::Text)),
        Some("boolean") => attribute(tag, "office:boolean-value").map(|value| (Ok(value), Holds::Text)),
        Some("string") if text.is_empty() => {
            attribute(tag, "office:string-value").map(|value| (Ok(value), Holds::Text))
        }
        _ => None,
    };
    shown.unwrap_or_else(|| {
        let text = if length > CELL_BYTES_MAX { Err(too_long(length)) } else { Ok(text) };
        (text, Holds::Text)
    })
}
