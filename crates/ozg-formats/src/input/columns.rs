//! Tables in the layouts of other publishers: finds each column by its heading and reads the rows below.

use super::cells::{CELL_BYTES_MAX, cell_at, error_cell, too_long, wrong_headings, wrong_quotes};
use super::content::Content;
use super::layouts::LayoutColumn;
use super::opening::{self, no_rows};
use super::pages::{self, PageRows};
use super::row::{RowSource, SheetRow, is_error};
use super::sink::{Sink, line_number};
use super::workbook;
use ozg_core::event::{Columns, Form, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::words::{Label, unmarked};
use std::borrow::Cow;
use std::sync::Arc;

/// A row below the header.
pub(crate) struct TableRow<'r> {
    /// The place of the row.
    pub(crate) at: Where,
    row: &'r SheetRow,
    columns: &'r [LayoutColumn],
    places: &'r [Option<usize>],
    counts_from_1904: bool,
}

impl TableRow<'_> {
    /// Returns the cell of a column, by the index of the column in the layout; empty if the sheet lacks the column.
    pub(crate) fn get(&self, column: usize) -> &str {
        let index = self.places.get(column).copied().flatten();
        let text = index.and_then(|index| self.row.cells.get(index)).unwrap_or_default().trim();
        // Digits that are marked as text, so that no zero is lost.
        match unmarked(text) {
            Cow::Borrowed(bare) if bare.starts_with(|c: char| c.is_ascii_digit()) => bare,
            _ => text,
        }
    }

    /// Returns the cell of a column of dates. A day number of a spreadsheet program (`45473`) becomes a date.
    pub(crate) fn date(&self, column: usize) -> String {
        let text = self.get(column);
        let day = text.split([' ', 'T']).next().unwrap_or(text);
        workbook::serial_day(day, self.counts_from_1904).unwrap_or_else(|| day.to_owned())
    }

    /// Adds the mistake of a cell.
    pub(crate) fn fault(&self, column: usize, fault: Fault, sink: &mut Sink<'_>) {
        let name = self.columns.get(column).map_or("", |column| column.name);
        let value = Some(self.get(column)).filter(|value| !value.is_empty());
        sink.mistake(Mistake::at(&self.at.field(name), name, value, fault));
    }

    /// Returns the value of a cell, or adds its mistake.
    pub(crate) fn read<T>(&self, column: usize, read: Result<T, Fault>, sink: &mut Sink<'_>) -> Option<T> {
        read.map_err(|fault| self.fault(column, fault, sink)).ok()
    }

    /// Adds the mistakes of unreadable cells in used columns; tells whether there are any.
    fn has_wrong_cells(&self, sink: &mut Sink<'_>) -> bool {
        let mut is_wrong = false;
        for (column, place) in self.places.iter().enumerate() {
            let Some(index) = place else { continue };
            let fault = self.row.faults.iter().find(|(at, _)| at == index).map(|(_, fault)| fault.clone());
            let cell = self.row.cells.get(*index).unwrap_or_default();
            let error = || is_error(cell).then(|| error_cell(cell.trim()));
            let long = || (cell.len() > CELL_BYTES_MAX).then(|| too_long(cell.len()));
            if let Some(fault) = fault.or_else(error).or_else(long) {
                is_wrong = true;
                self.fault(column, fault, sink);
            }
        }
        is_wrong
    }
}

/// Takes a row.
pub(crate) type TakeRow<'t> = dyn FnMut(&TableRow<'_>, &mut Sink<'_>) + 't;

/// Passes each row of a table to `take`; tells whether the header could be read.
pub(crate) fn each_row(
    content: &mut Content<'_>,
    columns: &'static [LayoutColumn],
    sink: &mut Sink<'_>,
    take: &mut TakeRow<'_>,
) -> bool {
    let paged = match &content {
        Content::Text(decoded) if pages::is_json(&decoded.text) => Some(PageRows::read(&decoded.text)),
        Content::Text(_) | Content::Workbook(..) => None,
    };
    let read = match paged {
        Some(pages) => pages.map(|mut pages| each(&mut pages, columns, sink, take)),
        None => content.rows(|source| each(source, columns, sink, take)),
    };
    match read {
        Ok(is_read) => is_read,
        Err(mistake) => {
            sink.mistake(*mistake);
            false
        }
    }
}

fn each(
    source: &mut dyn RowSource,
    columns: &'static [LayoutColumn],
    sink: &mut Sink<'_>,
    take: &mut TakeRow<'_>,
) -> bool {
    let is_known = |heading: &str| columns.iter().any(|column| column.is(heading));
    let mut table = match opening::open(source, &is_known, None) {
        Ok(table) => table,
        Err(mistake) => {
            sink.mistake(*mistake);
            return false;
        }
    };
    wrong_headings(&table.header, sink);
    let headings = table.headings();
    let line = table.header.line;
    let Some(places) = places(&headings, columns, line, sink) else { return false };
    let names = names(headings.len(), columns, &places);
    let names = Arc::new(Columns { names, sheet: sink.sheet() });
    let (width, counts_from_1904) = (headings.len(), table.counts_from_1904());
    let mut has_rows = false;
    while let Some(row) = table.next() {
        has_rows = true;
        let at = Where { line: line_number(row.line), form: table.form(row.line, &names) };
        if sink.row(&at).is_break() {
            return false;
        }
        if let Some(mistake) = wrong_shape(&row, width) {
            sink.mistake(mistake);
            continue;
        }
        let table_row = TableRow { at, row: &row, columns, places: &places, counts_from_1904 };
        if !table_row.has_wrong_cells(sink) {
            take(&table_row, sink);
        }
        table.give_back(row);
    }
    match table.broken() {
        Some(mistake) => sink.mistake(mistake),
        None if !has_rows => sink.mistake(no_rows(line)),
        None => {}
    }
    true
}

/// Finds the place of each column; a missing or repeated one is a mistake.
fn places(
    headings: &[&str],
    columns: &[LayoutColumn],
    line: usize,
    sink: &mut Sink<'_>,
) -> Option<Vec<Option<usize>>> {
    let at = Where { line: line_number(line), form: Form::None };
    let mut is_complete = true;
    let places = columns.iter().map(|column| {
        let mut found = (0..headings.len()).filter(|index| column.is(headings[*index]));
        let (first, second) = (found.next(), found.next());
        if let Some(second) = second {
            sink.mistake(Mistake::at(
                &cell_at(at.line, second),
                column.name,
                None,
                Fault::twice(COLUMN, column.name),
            ));
            is_complete = false;
        }
        if first.is_none() && column.is_required {
            sink.fault(
                &at,
                column.name,
                None,
                Fault::missing(COLUMN, Label { de: column.name, en: column.name }),
            );
            is_complete = false;
        }
        first
    });
    let places: Vec<Option<usize>> = places.collect();
    is_complete.then_some(places)
}

fn names(count: usize, columns: &[LayoutColumn], places: &[Option<usize>]) -> Vec<String> {
    let name = |index: usize| places.iter().position(|place| *place == Some(index));
    (0..count).map(|index| name(index).map_or(String::new(), |at| columns[at].name.to_owned())).collect()
}

fn wrong_shape(row: &SheetRow, width: usize) -> Option<Mistake> {
    if let Some(quotes) = row.quotes {
        return Some(wrong_quotes(row.line, quotes));
    }
    let cells = row.cells.iter().enumerate();
    let (index, cell) = cells.skip(width).find(|(_, cell)| !cell.trim().is_empty())?;
    let fault = Fault::say(
        Code::UnknownField,
        format!(
            "Die Zeile hat {} Zellen, die Kopfzeile {width}: Anführungszeichen und Trennzeichen prüfen",
            row.cells.len()
        ),
        format!(
            "The row has {} cells, the headings have {width}: check quotation marks and separators",
            row.cells.len()
        ),
    );
    Some(Mistake::at(&cell_at(line_number(row.line), index), "", Some(cell.trim()), fault))
}

const COLUMN: Label = Label { de: "Die Spalte", en: "The column" };
