//! The rows of a sheet with the line in which each begins. The parser is forgiving; what it forgives but may hide a
//! swallowed row, quotation marks that do not match, is noticed here.

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
}

/// One row.
pub(crate) struct Row {
    /// The line in which it begins, counted from 1.
    pub(crate) line: usize,
    /// Its cells.
    pub(crate) cells: StringRecord,
    /// What is wrong with its quotation marks.
    pub(crate) quotes: Option<Quotes>,
}

/// What can be wrong with quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// One is opened and not closed until the end of the file.
    Open,
    /// Something stands between a closing one and the next separator.
    TextBehind,
}

/// Makes every end of a line a line feed where a file has lone carriage returns only, as old programs write.
pub(crate) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        text.into()
    }
}

impl<'a> Rows<'a> {
    /// Starts to read the rows of a sheet.
    pub(crate) fn new(text: &'a str) -> Rows<'a> {
        let (start, separator) = separator(text);
        let body = &text.as_bytes()[start..];
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .delimiter(separator)
            .from_reader(body);
        let line = 1 + usize::from(start > 0);
        Rows { reader, text: body, separator, spare: StringRecord::new(), counted_to: 0, line }
    }

    /// Returns the next row that has something in it.
    pub(crate) fn next(&mut self) -> Option<Row> {
        loop {
            let before = self.position();
            let mut cells = std::mem::take(&mut self.spare);
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                self.spare = cells;
                continue;
            }
            let start = self.start_of_record(before);
            let text = &self.text[start..self.position().max(start)];
            let quotes = if text.contains(&b'"') { quotes(text, self.separator) } else { None };
            return Some(Row { line: self.line_of(start), cells, quotes });
        }
    }

    /// Takes the cells of a row back so that their memory is used again.
    pub(crate) fn give_back(&mut self, cells: StringRecord) {
        self.spare = cells;
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// Returns where the record behind a position begins: the reader skips empty lines and comments silently.
    fn start_of_record(&self, before: usize) -> usize {
        let mut at = before;
        loop {
            match self.text.get(at) {
                Some(b'\r' | b'\n') => at += 1,
                Some(b'#') => {
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
        self.line
    }
}

/// Counts the ends of lines: LF, CRLF or a lone CR.
fn line_ends(text: &[u8]) -> usize {
    let line_feeds = text.iter().filter(|byte| **byte == b'\n').count();
    let lone = text.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    line_feeds + lone + usize::from(text.last() == Some(&b'\r'))
}

/// Returns where the sheet begins and what separates its cells: as Excel's `sep=;` says, else what the header has most.
fn separator(text: &str) -> (usize, u8) {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some([separator]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (first.len(), *separator);
    }
    let is_header = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let header = text.lines().find(is_header).unwrap_or_default();
    let count = |separator: u8| {
        let mut is_quoted = false;
        let outside = header.bytes().filter(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == separator && !is_quoted
        });
        outside.count()
    };
    let most = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator));
    (0, most.unwrap_or(b','))
}

/// Where in a record a byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Bare,
    Quoted,
    /// Behind a quotation mark that closes a cell, unless another one follows.
    Closed,
}

/// Finds what is wrong with the quotation marks of a record.
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
