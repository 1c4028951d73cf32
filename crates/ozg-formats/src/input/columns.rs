//! Tables in the layouts of other publishers: finds each column by its heading and reads the rows below.

use super::content::Content;
use super::headings::normal;
use super::opening::{self, no_rows};
use super::row::{Row, RowSource, is_error};
use super::sheet::{CELL_BYTES_MAX, cell_at, wrong_headings, wrong_quotes};
use super::sink::{Sink, line_number};
use super::table::InputKind;
use super::{availability, leika, ozg, successors, workbook};
use ozg_core::event::{Form, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

/// A column of a layout.
pub(crate) struct Known {
    /// The heading, which is also the name of the column in mistakes.
    pub(crate) name: &'static str,
    /// Other headings of the same column.
    pub(crate) also: &'static [&'static str],
    /// Whether the column is required.
    pub(crate) is_required: bool,
}

/// Makes a required column.
pub(crate) const fn must(name: &'static str, also: &'static [&'static str]) -> Known {
    Known { name, also, is_required: true }
}

/// Makes an optional column.
pub(crate) const fn may(name: &'static str, also: &'static [&'static str]) -> Known {
    Known { name, also, is_required: false }
}

/// The layouts: the columns of each, and those by which it is recognised.
const LAYOUTS: [(InputKind, &[Known], &[&str]); 4] = [
    (InputKind::Availability, availability::COLUMNS, &["art_flaechendeckung"]),
    (InputKind::LeikaCatalogue, leika::COLUMNS, &["leika_schluessel"]),
    (InputKind::OzgCatalogue, ozg::COLUMNS, &["ozg_id", "themenfeld"]),
    (InputKind::Successors, successors::COLUMNS, &["predecessor"]),
];

/// Tells whether a heading is known in one of the layouts.
pub(crate) fn is_known(heading: &str) -> bool {
    static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let columns = LAYOUTS.iter().flat_map(|(_, columns, _)| columns.iter());
        columns
            .flat_map(|column| [column.name].into_iter().chain(column.also.iter().copied()))
            .map(normal)
            .collect()
    });
    KNOWN.contains(&normal(heading))
}

/// Returns the layout of these headings, even if some are missing.
pub(crate) fn layout_of(headings: &[&str]) -> Option<InputKind> {
    let has = |column: &Known| headings.iter().any(|heading| column.is(heading));
    let is_marked = |columns: &[Known], marks: &[&str]| {
        marks.iter().all(|mark| columns.iter().any(|column| column.name == *mark && has(column)))
    };
    LAYOUTS.iter().find(|(_, columns, marks)| is_marked(columns, marks)).map(|(kind, ..)| *kind)
}

impl Known {
    fn is(&self, heading: &str) -> bool {
        let heading = normal(heading);
        heading == self.name || self.also.iter().any(|also| normal(also) == heading)
    }
}

/// A row below the header.
pub(crate) struct TableRow<'r> {
    /// The place of the row.
    pub(crate) at: Where,
    row: &'r Row,
    columns: &'r [Known],
    places: &'r [Option<usize>],
    counts_from_1904: bool,
}

impl TableRow<'_> {
    /// Returns the cell of a column, by the index of the column in the layout; empty if the sheet lacks the column.
    pub(crate) fn get(&self, column: usize) -> &str {
        let index = self.places.get(column).copied().flatten();
        index.and_then(|index| self.row.cells.get(index)).unwrap_or_default().trim()
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
            let error = || is_error(cell).then(|| workbook::error_cell(cell.trim()));
            let long = || (cell.len() > CELL_BYTES_MAX).then(|| workbook::too_long(cell.len()));
            if let Some(fault) = fault.or_else(error).or_else(long) {
                is_wrong = true;
                self.fault(column, fault, sink);
            }
        }
        is_wrong
    }
}

/// Takes a row.
pub(crate) type Take<'t> = dyn FnMut(&TableRow<'_>, &mut Sink<'_>) + 't;

/// Passes each row of a table to `take`; tells whether the header could be read.
pub(crate) fn each_row(
    content: &mut Content<'_>,
    columns: &'static [Known],
    sink: &mut Sink<'_>,
    take: &mut Take<'_>,
) -> bool {
    match content.rows(|source| each(source, columns, sink, take)) {
        Ok(is_read) => is_read,
        Err(mistake) => {
            sink.mistake(*mistake);
            false
        }
    }
}

fn each(
    source: &mut dyn RowSource,
    columns: &'static [Known],
    sink: &mut Sink<'_>,
    take: &mut Take<'_>,
) -> bool {
    let is_known = |heading: &str| columns.iter().any(|column| column.is(heading));
    let mut table = match opening::open(source, &is_known) {
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
    let names = Arc::new(names(headings.len(), columns, &places));
    let (width, counts_from_1904) = (headings.len(), table.counts_from_1904());
    let mut has_rows = false;
    while let Some(row) = table.next() {
        has_rows = true;
        let at = Where { line: line_number(row.line), form: Form::Sheet(Arc::clone(&names)) };
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
    columns: &[Known],
    line: usize,
    sink: &mut Sink<'_>,
) -> Option<Vec<Option<usize>>> {
    let at = Where { line: line_number(line), form: Form::None };
    let mut is_complete = true;
    let places = columns.iter().map(|column| {
        let mut found = (0..headings.len()).filter(|index| column.is(headings[*index]));
        let (first, second) = (found.next(), found.next());
        if let Some(second) = second {
            sink.mistake(Mistake::at(&cell_at(at.line, second), column.name, None, twice(column.name)));
            is_complete = false;
        }
        if first.is_none() && column.is_required {
            sink.fault(&at, column.name, None, missing(column.name));
            is_complete = false;
        }
        first
    });
    let places: Vec<Option<usize>> = places.collect();
    is_complete.then_some(places)
}

fn names(count: usize, columns: &[Known], places: &[Option<usize>]) -> Vec<String> {
    let name = |index: usize| places.iter().position(|place| *place == Some(index));
    (0..count).map(|index| name(index).map_or(String::new(), |at| columns[at].name.to_owned())).collect()
}

fn wrong_shape(row: &Row, width: usize) -> Option<Mistake> {
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

fn twice(name: &str) -> Fault {
    Fault::say(
        Code::DuplicateField,
        format!("Die Spalte „{name}“ gibt es zweimal"),
        format!("The column \"{name}\" exists twice"),
    )
}

fn missing(name: &str) -> Fault {
    Fault::say(
        Code::MissingField,
        format!("Die Spalte „{name}“ fehlt"),
        format!("The column \"{name}\" is missing"),
    )
}
