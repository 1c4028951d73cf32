//! Sheets of events, from CSV or XLSX, with the quirks of spreadsheet programs.

use super::across::{Across, AcrossCell};
use super::asides;
use super::cells::{CELL_BYTES_MAX, cell_at, error_cell, wrong_headings, wrong_quotes};
use super::content::Content;
use super::header::{self, SheetHeader, mapped};
use super::headings::{self, HeadingMeaning};
use super::left_out::LeftOut;
use super::mapping::Mapping;
use super::opening::{self, no_rows};
use super::row::{Holds, RowSource, SheetRow, is_error};
use super::shown::PERCENT;
use super::sink::{Sink, line_number};
use super::{numbers, turned, workbook};
use csv::StringRecord;
use ozg_core::event::{EventType, Form, Kind, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::words::{Language, unmarked};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Reads a sheet; `asked` is the type of rows that do not name theirs.
pub(crate) fn read(content: &mut Content<'_>, asked: Option<EventType>, sink: &mut Sink<'_>) {
    if let Err(mistake) = content.rows(|source| rows(source, asked, sink)) {
        sink.mistake(*mistake);
    }
}

fn rows(source: &mut dyn RowSource, asked: Option<EventType>, sink: &mut Sink<'_>) {
    let header_row = sink.mapping().and_then(Mapping::header_row);
    let mut sheet = match opening::open(source, &headings::is_of_events, header_row) {
        Ok(sheet) => sheet,
        Err(mistake) => return sink.mistake(*mistake),
    };
    if let Some(mistake) = turned::mistake(&sheet).filter(|_| sink.mapping().is_none()) {
        return sink.mistake(mistake);
    }
    let header = header::read(&sheet, asked, sink);
    wrong_headings(&sheet.header, sink);
    if !header.is_usable {
        return;
    }
    let (counts_from_1904, is_text) = (sheet.counts_from_1904(), sheet.is_text());
    let (across, left_out) = (Across::default(), LeftOut::default());
    let mut reading = SheetReading { header: &header, counts_from_1904, is_text, across, left_out };
    let mut has_rows = false;
    while let Some(next) = sheet.next() {
        has_rows = true;
        if reading.row(&next, sink).is_break() {
            return;
        }
        sheet.give_back(next);
    }
    reading.across.finish(sheet.day_of_title(), sink);
    reading.left_out.finish(&header, sink);
    match sheet.broken() {
        Some(mistake) => sink.mistake(mistake),
        None if !has_rows => sink.mistake(no_rows(sheet.header.line)),
        None => {}
    }
}

/// A sheet whose rows are being read.
struct SheetReading<'h> {
    header: &'h SheetHeader,
    counts_from_1904: bool,
    /// Whether the cells were separated by characters, so that one may have slipped.
    is_text: bool,
    across: Across,
    left_out: LeftOut,
}

/// What the cells of a row say.
#[derive(Default)]
struct RowCells {
    fields: Vec<(String, Raw)>,
    across: Vec<AcrossCell>,
    event_type: Option<EventType>,
    /// Whether the cell with the type cannot be read.
    has_wrong_type: bool,
}

impl SheetReading<'_> {
    fn row(&mut self, row: &SheetRow, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let header = self.header;
        let at = Where { line: line_number(row.line), form: Form::Sheet(Arc::clone(&header.names)) };
        let wrong = row.quotes.map(|quotes| wrong_quotes(row.line, quotes));
        let surplus = || surplus(header, &at, &row.cells).filter(|_| self.is_text);
        if let Some(mistake) = wrong.or_else(surplus).or_else(|| too_long(&at, &row.cells)) {
            sink.mistake(mistake);
            return ControlFlow::Continue(());
        }
        if let Some(remark) = asides::remark(header, row) {
            sink.remark(remark);
            return ControlFlow::Continue(());
        }
        if wrong_cells(header, &at, row, sink) {
            return ControlFlow::Continue(());
        }
        let RowCells { mut fields, across, event_type, has_wrong_type } = self.cells(row, &at, sink);
        let event_type = event_type.or(header.default_type);
        self.left_out.foreign(header, event_type, &mut fields);
        for (field, text) in &header.constants {
            if fields.iter().all(|(known, _)| known != field) {
                fields.push(((*field).to_owned(), Raw::Text(text.clone())));
            }
        }
        if header.is_across() {
            return self.across.row(header, at.line, &fields, &across, sink);
        }
        match event_type {
            // Without its type the other cells cannot be read; this one mistake is enough.
            None if has_wrong_type => return ControlFlow::Continue(()),
            Some(event_type) => fields.push(("type".to_owned(), Raw::Text(event_type.id().to_owned()))),
            None => {}
        }
        sink.event(RawEvent { at, fields })
    }

    /// Reads the cells of a row, in the words of the mapping.
    fn cells(&mut self, row: &SheetRow, at: &Where, sink: &mut Sink<'_>) -> RowCells {
        let (header, mapping, mut cells) = (self.header, sink.mapping(), RowCells::default());
        for (index, cell) in row.cells.iter().enumerate() {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            let column = header.columns.get(index).copied().unwrap_or(HeadingMeaning::Unnamed);
            let kind = header.kinds.get(index).copied().flatten();
            let text = if kind.is_some_and(Kind::is_free) { text.into() } else { unmarked(text) };
            let text = if column.is_read() { mapped(mapping, kind, &text) } else { text };
            match column {
                HeadingMeaning::Field(name) | HeadingMeaning::Across(name) => {
                    let (language, from_1904) = (header.language, self.counts_from_1904);
                    let text = match row.holds(index) {
                        Holds::Percent => percent(name, &text, language),
                        holds => typed(kind, &text, holds == Holds::Number, language, from_1904),
                    };
                    let text = with_line_breaks(&text);
                    match column {
                        HeadingMeaning::Across(_) => {
                            cells.across.push(AcrossCell { index, field: name, text });
                        }
                        _ => cells.fields.push((name.to_owned(), Raw::Text(text))),
                    }
                }
                HeadingMeaning::Type => match headings::type_word(&text) {
                    Ok(found) => cells.event_type = Some(found),
                    Err(fault) => {
                        sink.fault(at, "type", Some(&text), fault);
                        cells.has_wrong_type = true;
                    }
                },
                HeadingMeaning::Unnamed => self.left_out.nameless(index, at.line),
                HeadingMeaning::Own | HeadingMeaning::Ignored => {}
            }
        }
        cells
    }
}

/// Returns the text of a number that is shown in per cent, as its field takes it.
fn percent<'t>(field: &str, text: &'t str, language: Language) -> Cow<'t, str> {
    match text.strip_suffix(PERCENT) {
        Some(number) if field == "percent" => format!("{}{PERCENT}", numbers::exact(number)).into(),
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
    let is_read = |index: usize| header.columns.get(index).is_some_and(|column| column.is_read());
    let faults = row.faults.iter().filter(|(index, _)| is_read(*index)).cloned();
    let errors = row.cells.iter().enumerate().filter(|(index, cell)| is_error(cell) && is_read(*index));
    let errors = errors.map(|(index, cell)| (index, error_cell(cell.trim())));
    let mut is_wrong = false;
    for (index, fault) in faults.chain(errors) {
        is_wrong = true;
        let name = header.names.names.get(index).map_or("", String::as_str);
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

/// Finds a cell beyond the last heading. In a short row the missing cells count as empty, since some versions of Excel leave
/// out empty cells at the end.
fn surplus(header: &SheetHeader, at: &Where, cells: &StringRecord) -> Option<Mistake> {
    let (found, expected) = (cells.len(), header.columns.len());
    let (index, cell) = cells.iter().enumerate().skip(expected).find(|(_, cell)| !cell.trim().is_empty())?;
    let fault = Fault::say(
        Code::UnknownField,
        format!(
            "Die Zeile hat {found} Zellen, die Kopfzeile {expected}: Anführungszeichen und Trennzeichen prüfen"
        ),
        format!(
            "The row has {found} cells, the headings have {expected}: check quotation marks and separators"
        ),
    );
    Some(Mistake::at(&cell_at(at.line, index), "", Some(cell.trim()), fault))
}

fn too_long(at: &Where, cells: &StringRecord) -> Option<Mistake> {
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
