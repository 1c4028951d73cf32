//! Rows of a sheet of a workbook (ECMA-376, 18.3.1), written as they come. Texts stand in their cells, so that no table
//! of all texts is needed.

use super::cell::Cell;
use ozg_core::event::column_letters;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Styles of days and of shares; the headings have the first.
pub(crate) const DAY_STYLE: u8 = 2;
pub(crate) const SHARE_STYLE: u8 = 3;
/// Width of the sign of the filter beside a heading, in characters.
pub(crate) const FILTER_WIDTH: usize = 3;
/// Longest text of a cell, in characters; XLSX allows no more.
const TEXT_CHARACTERS_MAX: usize = 32_767;
/// Number of rows that decide about the widths of columns.
pub(crate) const MEASURED_ROWS: usize = 1_000;
/// The day number of 1900-01-01, as it holds for days from March 1900 on: XLSX counts a 29 February 1900 that never was.
const SERIAL_OF_1900: u32 = 2;

/// Writes the rows of a sheet below its headings.
pub(crate) struct SheetRows {
    count: usize,
    /// The names of the columns: A, B, …
    names: Vec<String>,
    widths: Vec<usize>,
    looks: Vec<Look>,
}

/// How the cells of a column look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As what they hold: days, numbers, texts.
    Plain,
    /// Numbers in per cent.
    Share,
    /// Whole days are texts, too, so that they are sorted together with `2024` and `2024-06`.
    Text,
}

impl SheetRows {
    /// Begins below headings.
    pub(crate) fn new(headings: &[String], looks: Vec<Look>) -> SheetRows {
        // Headings are wrapped between words; the sign of the filter stands beside them.
        let longest = |heading: &String| heading.split(' ').map(|word| word.chars().count()).max();
        let widths =
            headings.iter().map(|heading| longest(heading).unwrap_or_default() + FILTER_WIDTH).collect();
        let names = (0..headings.len()).map(column_letters).collect();
        SheetRows { count: 0, names, widths, looks }
    }

    /// Returns the number of rows so far.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Returns how wide columns should be, in characters.
    pub(crate) fn widths(&self) -> &[usize] {
        &self.widths
    }

    /// Writes a row.
    pub(crate) fn put(&mut self, cells: &[Cell<'_>], out: &mut String) {
        self.count += 1;
        let row = self.count + 1;
        let _ = write!(out, "<row r=\"{row}\">");
        for ((cell, column), look) in cells.iter().zip(&self.names).zip(&self.looks) {
            let _ = match cell {
                Cell::Empty => Ok(()),
                Cell::Text(text) => {
                    let _ = write!(out, "<c r=\"{column}{row}\" t=\"inlineStr\"><is>");
                    put_text(&fitting(text), out);
                    write!(out, "</is></c>")
                }
                Cell::Date(day) if *look == Look::Text => {
                    write!(out, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{day}</t></is></c>")
                }
                Cell::Date(day) => {
                    let serial = u32::from(day.0) + SERIAL_OF_1900;
                    write!(out, "<c r=\"{column}{row}\" s=\"{DAY_STYLE}\"><v>{serial}</v></c>")
                }
                Cell::Number(number) => {
                    let style = if *look == Look::Share { SHARE_STYLE } else { 0 };
                    write!(out, "<c r=\"{column}{row}\" s=\"{style}\"><v>{}</v></c>", number.to_f64())
                }
            };
        }
        out.push_str("</row>");
        if self.count <= MEASURED_ROWS {
            for (width, cell) in self.widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.to_string().chars().count() + 1);
            }
        }
    }
}

/// Writes a text. A character that XML cannot hold is written as `_x0001_`; so is the beginning of a text that already looks
/// so.
fn put_text(text: &str, out: &mut String) {
    let keeps_spaces = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    out.push_str(if keeps_spaces { "<t xml:space=\"preserve\">" } else { "<t>" });
    for (at, character) in text.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_escape(&text.as_bytes()[at..]) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            '\0'..'\x20' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push_str("</t>");
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', digits @ .., ] if digits.get(4) == Some(&b'_') && digits[..4].iter().all(u8::is_ascii_hexdigit))
}

/// Cuts a text at the length that a cell holds.
pub(crate) fn fitting(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(TEXT_CHARACTERS_MAX) {
        Some((end, _)) => Cow::Borrowed(&text[..end]),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_xml_can_hold() {
        let of = |text: &str| {
            let mut out = String::new();
            put_text(text, &mut out);
            out
        };
        assert_eq!(of("a<b>&\u{1}"), "<t>a&lt;b&gt;&amp;_x0001_</t>");
        assert_eq!(of("_x0041_ _x"), "<t>_x005F_x0041_ _x</t>");
        assert_eq!(of(" a\nb"), "<t xml:space=\"preserve\"> a\nb</t>");
    }
}
