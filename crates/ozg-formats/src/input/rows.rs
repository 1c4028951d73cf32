//! The rows of a sheet as CSV, with the number that each has in a spreadsheet: that of its line, unless cells before it have
//! several lines. The parser forgives quotation marks that do not match; they may hide a swallowed row, so they are reported
//! here.

use super::headings;
use super::opening::HEADER_ROWS_MAX;
use super::row::{ERROR_CELLS, Quotes, RowSource, SheetRow, is_comment};
use csv::StringRecord;
use std::borrow::Cow;

/// The rows of a sheet; empty ones and comments are skipped.
pub(crate) struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    text: &'a [u8],
    separator: u8,
    spare: StringRecord,
    counted_to: usize,
    line: usize,
    /// Ends of lines within cells so far: a spreadsheet has one row for a record, however many lines its cells have.
    within: usize,
    /// Whether the parser itself skips lines that begin with #.
    parser_skips: bool,
    wants_comments: bool,
}

/// Replaces carriage returns by line feeds in a file that has no line feed at all, as old programs write it.
pub(crate) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        text.into()
    }
}

impl<'a> Rows<'a> {
    /// Starts to read the rows of a sheet, on request including comments.
    pub(crate) fn with_comments(text: &'a str, wants_comments: bool) -> Rows<'a> {
        let (start, separator) = separator(text);
        let body = &text.as_bytes()[start..];
        // A line that begins with the error of a formula (#NV) is not a comment, though it begins with #.
        let has_errors =
            text.contains("\n#") && ERROR_CELLS.iter().any(|error| text.contains(&format!("\n{error}")));
        let parser_skips = !wants_comments && !has_errors;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(parser_skips.then_some(b'#'))
            .delimiter(separator)
            .from_reader(body);
        let line = 1 + usize::from(start > 0);
        let spare = StringRecord::new();
        Rows {
            reader,
            text: body,
            separator,
            spare,
            counted_to: 0,
            line,
            within: 0,
            parser_skips,
            wants_comments,
        }
    }
}

impl RowSource for Rows<'_> {
    fn next(&mut self) -> Option<SheetRow> {
        loop {
            let before = self.position();
            let mut cells = std::mem::take(&mut self.spare);
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            let start = self.start_of_record(before);
            let all = self.text;
            let text = &all[start..self.position().max(start)];
            let is_quoted = text.contains(&b'"');
            let line = self.line_of(start);
            self.within += if is_quoted { line_ends(text.trim_ascii_end()) } else { 0 };
            let is_empty = cells.iter().all(|cell| cell.trim().is_empty());
            if is_empty || (!self.wants_comments && is_comment(&cells)) {
                self.spare = cells;
                continue;
            }
            let quotes = if is_quoted { quotes(text, self.separator) } else { None };
            return Some(SheetRow { line, cells, quotes, holds: Vec::new(), faults: Vec::new() });
        }
    }

    fn give_back(&mut self, cells: StringRecord) {
        self.spare = cells;
    }
}

impl Rows<'_> {
    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// Returns the place where the next record after a position begins. The parser skips empty lines and comments silently.
    fn start_of_record(&self, before: usize) -> usize {
        let mut at = before;
        loop {
            match self.text.get(at) {
                Some(b'\r' | b'\n') => at += 1,
                Some(b'#') if self.parser_skips => {
                    let rest = &self.text[at..];
                    at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                }
                _ => return at,
            }
        }
    }

    fn line_of(&mut self, start: usize) -> usize {
        self.line += line_ends(&self.text[self.counted_to.min(start)..start]);
        self.counted_to = start;
        self.line.saturating_sub(self.within)
    }
}

/// Counts the ends of lines: LF, CRLF or a lone CR.
fn line_ends(text: &[u8]) -> usize {
    let line_feeds = text.iter().filter(|byte| **byte == b'\n').count();
    let lone = text.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    line_feeds + lone + usize::from(text.last() == Some(&b'\r'))
}

/// Returns the place where the sheet begins, and its separator: the one that Excel's `sep=;` names, else the one that splits
/// a line into the most known headings, else the most frequent one in the first line.
fn separator(text: &str) -> (usize, u8) {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some([separator]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
        && separator.is_ascii()
    {
        return (first.len(), *separator);
    }
    let written = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let lines: Vec<&str> = text.lines().filter(written).take(HEADER_ROWS_MAX).collect();
    let known = |separator: u8| lines.iter().map(|line| known_headings(line, separator)).max().unwrap_or(0);
    let outside = |separator: u8| lines.first().map_or(0, |line| count_outside_quotes(line, separator));
    let most =
        [b'\t', b';', b','].into_iter().max_by_key(|separator| (known(*separator), outside(*separator)));
    (0, most.unwrap_or(b','))
}

fn known_headings(line: &str, separator: u8) -> usize {
    let cells = line.split(char::from(separator)).take(headings::COLUMNS_MAX);
    cells.filter(|cell| headings::is_known(cell.trim().trim_matches('"'))).count()
}

fn count_outside_quotes(line: &str, separator: u8) -> usize {
    let mut is_quoted = false;
    let outside = line.bytes().filter(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == separator && !is_quoted
    });
    outside.count()
}

/// The place of a byte within a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Bare,
    Quoted,
    /// After a quotation mark that closes a cell, unless another one follows.
    Closed,
}

/// Finds the mistake of the quotation marks of a record.
fn quotes(record: &[u8], separator: u8) -> Option<Quotes> {
    let mut at = At::CellStart;
    for byte in record {
        at = match (at, *byte) {
            (At::CellStart, b'"') | (At::Closed, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == separator => At::CellStart,
            (At::Closed, b'\r' | b'\n' | b' ') => At::Closed,
            (At::Closed, _) => return Some(Quotes::TextBehind),
            (At::CellStart | At::Bare, _) => At::Bare,
        };
    }
    (at == At::Quoted).then_some(Quotes::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_that_do_not_match_are_noticed() {
        let table = [
            ("a;b\r\n", None),
            ("a;\"b\"\n", None),
            ("\"a;\"\"b\"\"\";5\" Rohr\n", None),
            ("a;\"b\n", Some(Quotes::Open)),
            ("a;\"b\nc;d\n\"e\";f\n", Some(Quotes::TextBehind)),
        ];
        for (record, expected) in table {
            assert_eq!(quotes(record.as_bytes(), b';'), expected, "{record}");
        }
    }
}
