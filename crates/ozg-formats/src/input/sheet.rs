//! Sheets of events, from CSV or XLSX, with the quirks of spreadsheet programs.

use super::cells::{CELL_BYTES_MAX, cell_at, error_cell, wrong_headings, wrong_quotes};
use super::content::Content;
use super::headings::{self, HeadingMeaning, SheetHeader};
use super::opening::{self, no_rows};
use super::row::{Holds, RowSource, SheetRow, is_error};
use super::shown::PERCENT;
use super::sink::{Sink, line_number};
use super::{numbers, workbook};
use csv::StringRecord;
use ozg_core::event::{EventType, Form, Kind, Raw, RawEvent, Where, column_letters};
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake};
use ozg_core::remarked::Remarked;
use ozg_core::words::{Language, Remark};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Reads a sheet; `asked` is the type of rows that do not name theirs.
pub(crate) fn read(content: &mut Content<'_>, asked: Option<EventType>, sink: &mut Sink<'_>) {
    if let Err(mistake) = content.rows(|source| rows(source, asked, sink)) {
        sink.mistake(*mistake);
    }
}

fn rows(source: &mut dyn RowSource, asked: Option<EventType>, sink: &mut Sink<'_>) {
    let mut sheet = match opening::open(source, &headings::is_field) {
        Ok(sheet) => sheet,
        Err(mistake) => return sink.mistake(*mistake),
    };
    let header = headings::read(&sheet.headings(), sheet.header.line, asked, sink);
    wrong_headings(&sheet.header, sink);
    if !header.is_usable {
        return;
    }
    let (counts_from_1904, is_text) = (sheet.counts_from_1904(), sheet.is_text());
    let (mut has_rows, mut headless) = (false, Headless::default());
    while let Some(next) = sheet.next() {
        has_rows = true;
        headless.note(&header, &next, is_text);
        if row(&header, &next, counts_from_1904, is_text, sink).is_break() {
            return;
        }
        sheet.give_back(next);
    }
    headless.remark(sink);
    match sheet.broken() {
        Some(mistake) => sink.mistake(mistake),
        None if !has_rows => sink.mistake(no_rows(sheet.header.line)),
        None => {}
    }
}

fn row(
    header: &SheetHeader,
    row: &SheetRow,
    counts_from_1904: bool,
    is_text: bool,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let at = Where { line: line_number(row.line), form: Form::Sheet(Arc::clone(&header.names)) };
    let wrong = row.quotes.map(|quotes| wrong_quotes(row.line, quotes));
    if let Some(mistake) = wrong.or_else(|| wrong_shape(header, &at, &row.cells, is_text)) {
        sink.mistake(mistake);
        return ControlFlow::Continue(());
    }
    if wrong_cells(header, &at, row, sink) {
        return ControlFlow::Continue(());
    }
    let mut fields = Vec::with_capacity(row.cells.len() + 1);
    let (mut event_type, mut has_type) = (header.default_type, true);
    for (index, cell) in row.cells.iter().enumerate() {
        let text = cell.trim();
        if text.is_empty() {
            continue;
        }
        match header.columns.get(index).copied().unwrap_or(HeadingMeaning::Unnamed) {
            HeadingMeaning::Field(name) => {
                let kind = header.kinds.get(index).copied().flatten();
                let text = match row.holds(index) {
                    Holds::Percent => percent(name, text, header.language),
                    holds => typed(kind, text, holds == Holds::Number, header.language, counts_from_1904),
                };
                fields.push((name.to_owned(), Raw::Text(with_line_breaks(&text))));
            }
            HeadingMeaning::Type => match headings::type_word(text) {
                Ok(found) => event_type = Some(found),
                Err(fault) => {
                    sink.fault(&at, "type", Some(text), fault);
                    has_type = false;
                }
            },
            HeadingMeaning::Unnamed | HeadingMeaning::Ignored => {}
        }
    }
    match event_type {
        Some(event_type) => fields.push(("type".to_owned(), Raw::Text(event_type.id().to_owned()))),
        // Without its type the other cells cannot be read; this one mistake is enough.
        None if !has_type => return ControlFlow::Continue(()),
        None => {}
    }
    sink.event(RawEvent { at, fields })
}

/// Returns the text of a number that is shown in per cent: the bare number where the field is a percentage, else what the
/// cell shows.
fn percent<'t>(field: &str, text: &'t str, language: Language) -> Cow<'t, str> {
    match text.strip_suffix(PERCENT) {
        Some(number) if field == "percent" => numbers::exact(number).into(),
        _ => numbers::printed(text, language).into(),
    }
}

/// Returns the text of a cell in the form that its field takes: numbers by the language of the headings, day numbers of a
/// spreadsheet program as dates.
fn typed<'t>(
    kind: Option<Kind>,
    text: &'t str,
    is_number: bool,
    language: Language,
    counts_from_1904: bool,
) -> Cow<'t, str> {
    match kind {
        Some(Kind::Figure | Kind::Count) if is_number => numbers::exact(text).into(),
        Some(Kind::Figure | Kind::Count) => numbers::normal(text, language).into(),
        Some(Kind::Model) if is_number && !text.contains('.') => format!("{text}.0").into(),
        Some(Kind::Date) => match workbook::serial_day(text, counts_from_1904) {
            Some(day) => day.into(),
            None => text.into(),
        },
        _ => text.into(),
    }
}

/// Adds the mistakes of cells that are formulas or their errors; tells whether there are any.
fn wrong_cells(header: &SheetHeader, at: &Where, row: &SheetRow, sink: &mut Sink<'_>) -> bool {
    let is_read = |index: usize| {
        matches!(header.columns.get(index), Some(HeadingMeaning::Type | HeadingMeaning::Field(_)))
    };
    let faults = row.faults.iter().filter(|(index, _)| is_read(*index)).cloned();
    let errors = row.cells.iter().enumerate().filter(|(index, cell)| is_error(cell) && is_read(*index));
    let errors = errors.map(|(index, cell)| (index, error_cell(cell.trim())));
    let mut is_wrong = false;
    for (index, fault) in faults.chain(errors) {
        is_wrong = true;
        let name = header.names.get(index).map_or("", String::as_str);
        let field = match header.columns.get(index) {
            Some(HeadingMeaning::Field(field)) => field,
            _ => "",
        };
        sink.mistake(Mistake::at(&at.field(name), field, None, fault));
    }
    is_wrong
}

/// Replaces CRLF within a cell by LF.
fn with_line_breaks(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() }
}

/// Finds a mistake in the number or the size of the cells.
fn wrong_shape(header: &SheetHeader, at: &Where, cells: &StringRecord, is_text: bool) -> Option<Mistake> {
    let (found, expected) = (cells.len(), header.columns.len());
    let surplus = cells.iter().enumerate().skip(expected).find(|(_, cell)| !cell.trim().is_empty());
    // In a short row the missing cells count as empty, since some versions of Excel leave out empty cells at the end.
    if let Some((index, cell)) = surplus.filter(|_| is_text) {
        let fault = Fault::say(
            Code::UnknownField,
            format!(
                "Die Zeile hat {found} Zellen, die Kopfzeile {expected}: Anführungszeichen und Trennzeichen prüfen"
            ),
            format!(
                "The row has {found} cells, the headings have {expected}: check quotation marks and separators"
            ),
        );
        return Some(Mistake::at(&cell_at(at.line, index), "", Some(cell.trim()), fault));
    }
    let (index, cell) = cells.iter().enumerate().find(|(_, cell)| cell.len() > CELL_BYTES_MAX)?;
    let fault = Fault::say(
        Code::Unreadable,
        format!(
            "Die Zelle hat {} Bytes, erlaubt sind {CELL_BYTES_MAX}: fehlt ein Anführungszeichen?",
            cell.len()
        ),
        format!(
            "The cell has {} bytes, allowed are {CELL_BYTES_MAX}: is a quotation mark missing?",
            cell.len()
        ),
    );
    Some(Mistake::at(&cell_at(at.line, index), "", Some(cell), fault))
}

/// Cells without a heading: they are not read, but named.
#[derive(Default)]
struct Headless {
    /// For each column the first line, and the number of cells.
    columns: BTreeMap<usize, (usize, usize)>,
}

impl Headless {
    fn note(&mut self, header: &SheetHeader, row: &SheetRow, is_text: bool) {
        for (index, cell) in row.cells.iter().enumerate() {
            let is_headless = match header.columns.get(index) {
                Some(HeadingMeaning::Unnamed) => header.names[index] == headings::name_of(index, ""),
                Some(_) => false,
                None => !is_text,
            };
            if is_headless && !cell.trim().is_empty() {
                self.columns.entry(index).or_insert((row.line, 0)).1 += 1;
            }
        }
    }

    fn remark(self, sink: &mut Sink<'_>) {
        for (index, (line, count)) in self.columns {
            let column = column_letters(index);
            let message = match count {
                1 => Bilingual::new(
                    format!("Die Zelle {column}{line} hat keine Überschrift und wird nicht gelesen"),
                    format!("The cell {column}{line} has no heading and is not read"),
                ),
                _ => Bilingual::new(
                    format!(
                        "{count} Zellen der Spalte {column}, zuerst {column}{line}, haben keine Überschrift und werden nicht gelesen"
                    ),
                    format!(
                        "{count} cells of column {column}, first {column}{line}, have no heading and are not read"
                    ),
                ),
            };
            let origin = cell_at(line_number(line), index);
            sink.remark(Remarked::at(&origin, Remark::LeftOut, None).saying(message));
        }
    }
}
