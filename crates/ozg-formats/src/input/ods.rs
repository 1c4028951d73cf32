//! Spreadsheets in OpenDocument (ODS), as LibreOffice saves them. They are read from their XML, one row after the other: a file
//! gains nothing by claiming a large size or many repetitions.

use super::archive::whole;
use super::cells::too_wide;
use super::choice::{ROWS_LOOKED_AT, SheetOffered};
use super::content::Book;
use super::headings::COLUMNS_MAX;
use super::merged::Merged;
use super::ods_cells::{OdsCell, number};
use super::ods_styles::{Styles, attribute};
use super::row::{Holds, RowSource, SheetRow};
use super::sink::Sink;
use super::unseen::Unseen;
use csv::StringRecord;
use ozg_core::mistake::{Code, Fault, Mistake};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

/// The last row that spreadsheet programs have.
const ROWS_MAX: usize = 1_048_576;

/// An open spreadsheet.
pub(crate) struct Ods<'a> {
    content: &'a str,
    styles: Styles,
    tables: Vec<Table>,
    unseen: Unseen,
}

/// A sheet, and where its rows begin.
struct Table {
    name: String,
    is_hidden: bool,
    begins: usize,
}

impl<'a> Ods<'a> {
    /// Opens a spreadsheet from its parts `content.xml` and `styles.xml`.
    ///
    /// # Errors
    /// `unreadable` for a damaged one.
    pub(crate) fn open(content: &'a [u8], styles: &[u8]) -> Result<Ods<'a>, Box<Mistake>> {
        let opened = || {
            let (content, common) = (std::str::from_utf8(content).ok()?, std::str::from_utf8(styles).ok()?);
            let mut styles = Styles::default();
            styles.add(common)?;
            styles.add(content)?;
            let tables = tables(content, &styles).filter(|tables| !tables.is_empty())?;
            Some(Ods { content, styles, tables, unseen: Unseen::default() })
        };
        opened().ok_or_else(|| whole(damaged()))
    }
}

/// Finds the sheets of a spreadsheet.
fn tables(content: &str, styles: &Styles) -> Option<Vec<Table>> {
    let mut reader = Reader::from_str(content);
    let mut tables = Vec::new();
    let mut is_within = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.name().as_ref() == "office:spreadsheet" => is_within = true,
            Event::Start(tag) if is_within && tag.name().as_ref() == "table:table" => {
                let style = attribute(&tag, "table:style-name").unwrap_or_default();
                tables.push(Table {
                    name: attribute(&tag, "table:name").unwrap_or_default(),
                    is_hidden: styles.hides(&style),
                    begins: usize::try_from(reader.buffer_position()).ok()?,
                });
                reader.read_to_end(tag.name()).ok()?;
            }
            Event::Start(tag) if is_within => {
                let _ = reader.read_to_end(tag.name()).ok()?;
            }
            Event::End(tag) if tag.name().as_ref() == "office:spreadsheet" => return Some(tables),
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl Book for Ods<'_> {
    fn sheets(&mut self) -> Vec<SheetOffered> {
        let offered = |table: &Table| {
            let mut unseen = Unseen::default();
            let mut rows = OdsRows::new(self.content, &self.styles, table, &mut unseen, true);
            let top = std::iter::from_fn(|| rows.next()).take(ROWS_LOOKED_AT);
            let top = top.map(|row| row.cells.iter().map(str::to_owned).collect()).collect();
            SheetOffered { name: table.name.clone(), is_hidden: table.is_hidden, top }
        };
        self.tables.iter().map(offered).collect()
    }

    fn read(
        &mut self,
        sheet: &str,
        wants_comments: bool,
        read: &mut dyn FnMut(&mut dyn RowSource),
    ) -> Result<(), Box<Mistake>> {
        let table = self.tables.iter().find(|table| table.name == sheet).ok_or_else(|| whole(damaged()))?;
        read(&mut OdsRows::new(self.content, &self.styles, table, &mut self.unseen, wants_comments));
        Ok(())
    }

    fn remark(&mut self, sink: &mut Sink<'_>) {
        std::mem::take(&mut self.unseen).remark(sink);
    }
}

/// The rows of a sheet; empty ones and comments are skipped.
struct OdsRows<'o> {
    reader: Reader<&'o [u8]>,
    styles: &'o Styles,
    /// The style of cells in each column that name none.
    columns: Vec<Option<String>>,
    hidden_columns: BTreeSet<usize>,
    /// Number of the last row, counted from 1.
    line: usize,
    /// A row that stands there several times, and how often more.
    again: Option<(OdsRow, usize)>,
    merged: Merged,
    broken: Option<Mistake>,
    has_ended: bool,
    wants_comments: bool,
    unseen: &'o mut Unseen,
}

/// A row as it is written, which may stand there several times.
#[derive(Clone)]
struct OdsRow {
    texts: Vec<String>,
    holds: Vec<Holds>,
    faults: Vec<(usize, Fault)>,
    is_hidden: bool,
    is_struck: bool,
}

impl<'o> OdsRows<'o> {
    fn new(
        content: &'o str,
        styles: &'o Styles,
        table: &Table,
        unseen: &'o mut Unseen,
        wants_comments: bool,
    ) -> OdsRows<'o> {
        let mut reader = Reader::from_str(content.get(table.begins..).unwrap_or_default());
        let config = reader.config_mut();
        // The end of the table stands without its beginning.
        config.allow_unmatched_ends = true;
        config.expand_empty_elements = true;
        OdsRows {
            reader,
            styles,
            columns: Vec::new(),
            hidden_columns: BTreeSet::new(),
            line: 0,
            again: None,
            merged: Merged::default(),
            broken: None,
            has_ended: false,
            wants_comments,
            unseen,
        }
    }

    /// Returns the next row that is not empty.
    fn row(&mut self) -> Option<SheetRow> {
        let row = match self.again.take() {
            Some((row, times)) => {
                self.again = (times > 1).then(|| (row.clone(), times - 1));
                row
            }
            None => self.read()?,
        };
        self.line += 1;
        if self.line > ROWS_MAX {
            self.broken = Some(*whole(damaged()));
            return None;
        }
        if row.is_hidden {
            self.unseen.hidden_row(self.line);
        }
        if row.is_struck {
            self.unseen.struck_row(self.line);
        }
        let is_filled = |column: &usize| row.texts.get(*column).is_some_and(|text| !text.is_empty());
        for column in self.hidden_columns.iter().filter(|column| is_filled(column)) {
            self.unseen.hidden_column(*column);
        }
        let OdsRow { mut texts, holds, faults, .. } = row;
        let mut row = SheetRow { line: self.line, cells: StringRecord::new(), quotes: None, holds, faults };
        self.merged.fill(u32::try_from(self.line).unwrap_or(u32::MAX), &mut row, &mut texts);
        row.cells = StringRecord::from(texts);
        Some(row)
    }

    /// Reads on to the next row that is not empty.
    fn read(&mut self) -> Option<OdsRow> {
        while !self.has_ended && self.broken.is_none() {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => match tag.name().as_ref() {
                    "table:table-column" => self.column(&tag),
                    "table:table-row" => {
                        if let Some(row) = self.cells(&tag) {
                            return Some(row);
                        }
                    }
                    // Groups, headers and the like hold rows or columns.
                    name if name.starts_with("table:table-") => {}
                    _ if self.reader.read_to_end(tag.name()).is_err() => {
                        self.broken = Some(*whole(damaged()));
                    }
                    _ => {}
                },
                Ok(Event::End(tag)) if tag.name().as_ref() == "table:table" => self.has_ended = true,
                Ok(Event::Eof) | Err(_) => self.broken = Some(*whole(damaged())),
                Ok(_) => {}
            }
        }
        None
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        let style = attribute(tag, "table:default-cell-style-name");
        let is_hidden = attribute(tag, "table:visibility").is_some_and(|how| how != "visible");
        for _ in 0..number(tag, "table:number-columns-repeated") {
            if self.columns.len() > COLUMNS_MAX {
                break;
            }
            if is_hidden {
                self.hidden_columns.insert(self.columns.len());
            }
            self.columns.push(style.clone());
        }
    }

    /// Reads the cells of a row; none if it is empty or damaged.
    fn cells(&mut self, tag: &BytesStart<'_>) -> Option<OdsRow> {
        let times = number(tag, "table:number-rows-repeated");
        let style = attribute(tag, "table:default-cell-style-name");
        let mut row = OdsRow {
            texts: Vec::new(),
            holds: Vec::new(),
            faults: Vec::new(),
            is_hidden: attribute(tag, "table:visibility").is_some_and(|how| how != "visible"),
            is_struck: false,
        };
        let (mut index, mut begins) = (0_usize, Vec::new());
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) if is_cell(&tag) => {
                    let columns = &self.columns;
                    let own = |name: Option<&str>| {
                        let of_column = || columns.get(index).and_then(Option::as_deref);
                        self.styles.look(name.or(style.as_deref()).or_else(of_column).unwrap_or("Default"))
                    };
                    let Some(cell) = OdsCell::read(&tag, &mut self.reader, own) else { break };
                    if cell.rows > 1 && !cell.is_empty() {
                        begins.push((index, cell.rows));
                    }
                    if !row.put(index, &cell) {
                        self.broken = Some(too_wide(self.line + 1));
                        return None;
                    }
                    index = index.saturating_add(cell.times);
                }
                Ok(Event::End(tag)) if tag.name().as_ref() == "table:table-row" => {
                    return self.whole_row(row, times, &begins);
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        self.broken = Some(*whole(damaged()));
        None
    }

    /// Returns a row with something in it, and remembers how often it stands there; an empty one is only counted.
    fn whole_row(&mut self, row: OdsRow, times: usize, begins: &[(usize, u32)]) -> Option<OdsRow> {
        if row.texts.is_empty() && row.faults.is_empty() {
            self.line = self.line.saturating_add(times).min(ROWS_MAX);
            return None;
        }
        let number = u32::try_from(self.line + 1).unwrap_or(u32::MAX);
        for (column, rows) in begins {
            self.merged.begin(number, *column, number.saturating_add(rows - 1));
        }
        self.again = (times > 1).then(|| (row.clone(), times - 1));
        Some(row)
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell")
}

impl OdsRow {
    /// Puts a cell into its places; tells whether there is room.
    fn put(&mut self, index: usize, cell: &OdsCell) -> bool {
        if cell.is_empty() {
            return true;
        }
        if index.saturating_add(cell.times) > COLUMNS_MAX + 1 {
            return false;
        }
        self.is_struck |= cell.is_struck;
        for column in index..index + cell.times {
            match &cell.text {
                Ok(text) => {
                    self.texts.resize(column + 1, String::new());
                    self.holds.resize(column + 1, Holds::Text);
                    text.clone_into(&mut self.texts[column]);
                    self.holds[column] = cell.holds;
                }
                Err(fault) => self.faults.push((column, fault.clone())),
            }
        }
        true
    }
}

impl RowSource for OdsRows<'_> {
    fn next(&mut self) -> Option<SheetRow> {
        loop {
            let row = self.row()?;
            if row.is_wanted(self.wants_comments) {
                return Some(row);
            }
        }
    }

    fn broken(&mut self) -> Option<Mistake> {
        self.broken.take()
    }

    fn is_text(&self) -> bool {
        false
    }
}

/// Makes the fault of a spreadsheet that cannot be read.
pub(crate) fn damaged() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die ODS-Datei ist beschädigt; in LibreOffice öffnen und neu speichern, oder als XLSX",
        "The ODS file is damaged; open it in LibreOffice and save it again, or as XLSX",
    )
}
