//! Sheets as XLSX. Values are read cell by cell, so that a file gains nothing by claiming a large size. Results of
//! formulas are refused, since they are as old as the last program that calculated them.

use super::archive::{damaged, whole};
use super::cells::{CELL_BYTES_MAX, error_cell, formula, too_long, too_wide};
use super::choice::{ROWS_LOOKED_AT, SheetOffered};
use super::content::Book;
use super::headings::COLUMNS_MAX;
use super::merged::Merged;
use super::row::{Holds, RowSource, SheetRow};
use super::shown::{self, CellFormat, StoredDay};
use super::sink::Sink;
use super::unseen::Unseen;
use super::xlsx_parts::Hidden;
use calamine::{
    DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxCellReader,
};
use csv::StringRecord;
use ozg_core::mistake::{Fault, Mistake};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

/// An open workbook.
pub(crate) struct Workbook<'a> {
    xlsx: Xlsx<Cursor<&'a [u8]>>,
    /// The numbers of the cells with formulas, for each sheet that was read.
    formulas: BTreeMap<String, Arc<Vec<u32>>>,
    /// The rows and columns that are hidden, for each sheet that was read.
    hidden: BTreeMap<String, Arc<Hidden>>,
    bytes: &'a [u8],
    unseen: Unseen,
}

/// Characters of a cell that are looked at to choose a sheet.
const CHARACTERS_LOOKED_AT: usize = 200;

impl<'a> Workbook<'a> {
    /// Opens a workbook whose size has been checked.
    ///
    /// # Errors
    /// `unreadable` for a damaged one.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Workbook<'a>, Box<Mistake>> {
        let xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|_| whole(damaged()))?;
        let (formulas, hidden) = (BTreeMap::new(), BTreeMap::new());
        Ok(Workbook { xlsx, formulas, hidden, bytes, unseen: Unseen::default() })
    }

    /// Starts to read a sheet.
    fn rows(&mut self, name: &str, wants_comments: bool) -> Result<WorkbookRows<'_, 'a>, Box<Mistake>> {
        let counts_from_1904 = self.xlsx.has_1904_epoch();
        let formulas = self.formulas(name)?;
        let merged = self.merged(name)?;
        let hidden = self.hidden.entry(name.to_owned());
        let hidden = Arc::clone(hidden.or_insert_with(|| Arc::new(Hidden::of(self.bytes, name))));
        let cells = self.xlsx.worksheet_cells_reader(name).map_err(|_| whole(damaged()))?;
        let looks = cells.styles().iter().map(look).collect();
        Ok(WorkbookRows {
            cells,
            looks,
            formulas,
            merged,
            hidden,
            unseen: &mut self.unseen,
            read: 0,
            formulas_read: 0,
            ahead: None,
            broken: None,
            has_ended: false,
            last_row: None,
            counts_from_1904,
            wants_comments,
        })
    }

    /// Finds the cells of a sheet that are merged downwards.
    fn merged(&mut self, name: &str) -> Result<Merged, Box<Mistake>> {
        let merged = self.xlsx.merge_cells_by_sheet_name(name).unwrap_or_default();
        let merged = merged.into_iter().filter(|cells| cells.start.0 < cells.end.0);
        let begin = |column: u32| usize::try_from(column).ok().filter(|column| *column < COLUMNS_MAX);
        let merged = merged.filter_map(|cells| Some((cells.start.0, begin(cells.start.1)?, cells.end.0)));
        Ok(Merged::new(merged.collect()))
    }

    /// Returns the first rows of a sheet that are not empty.
    fn top(&mut self, name: &str) -> Vec<Vec<String>> {
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        let Ok(mut cells) = self.xlsx.worksheet_cells_reader(name) else { return Vec::new() };
        while let Ok(Some(cell)) = cells.next_cell() {
            let (row, column) = cell.get_position();
            // Only texts are headings; of other cells it matters that they are there.
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::String(text) => text.chars().take(CHARACTERS_LOOKED_AT).collect(),
                DataRef::SharedString(text) => text.chars().take(CHARACTERS_LOOKED_AT).collect(),
                _ => "0".to_owned(),
            };
            if usize::try_from(column).is_ok_and(|column| column > COLUMNS_MAX) {
                continue;
            }
            let is_full = rows.len() == ROWS_LOOKED_AT;
            match rows.last_mut() {
                Some((last, texts)) if *last == row => texts.push(text),
                _ if is_full => break,
                _ => rows.push((row, vec![text])),
            }
        }
        rows.into_iter().map(|(_, texts)| texts).collect()
    }

    /// Finds the cells of a sheet that hold formulas, by their numbers in the order of the file. The reader of cells tells either
    /// formulas or formats, so a sheet is read twice.
    fn formulas(&mut self, name: &str) -> Result<Arc<Vec<u32>>, Box<Mistake>> {
        if let Some(known) = self.formulas.get(name) {
            return Ok(Arc::clone(known));
        }
        let mut cells = self.xlsx.worksheet_cells_reader(name).map_err(|_| whole(damaged()))?;
        let (mut formulas, mut number) = (Vec::new(), 0);
        // What is damaged is named when the rows are read.
        while let Ok(Some(cell)) = cells.next_cell_with_formula_metadata() {
            if cell.formula.is_some() {
                formulas.push(number);
            }
            number += 1;
        }
        let formulas = Arc::new(formulas);
        self.formulas.insert(name.to_owned(), Arc::clone(&formulas));
        Ok(formulas)
    }
}

impl Book for Workbook<'_> {
    fn sheets(&mut self) -> Vec<SheetOffered> {
        let sheets = self.xlsx.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let named: Vec<(String, bool)> =
            sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
        let offered =
            |(name, is_hidden): (String, bool)| SheetOffered { top: self.top(&name), name, is_hidden };
        named.into_iter().map(offered).collect()
    }

    fn read(
        &mut self,
        sheet: &str,
        wants_comments: bool,
        read: &mut dyn FnMut(&mut dyn RowSource),
    ) -> Result<(), Box<Mistake>> {
        read(&mut self.rows(sheet, wants_comments)?);
        Ok(())
    }

    fn remark(&mut self, sink: &mut Sink<'_>) {
        std::mem::take(&mut self.unseen).remark(sink);
    }
}

/// The rows of a sheet; empty ones and comments are skipped.
pub(crate) struct WorkbookRows<'w, 'a> {
    cells: XlsxCellReader<'w, Cursor<&'a [u8]>>,
    /// The format of each style, and whether it strikes its text through.
    looks: Vec<(CellFormat, bool)>,
    formulas: Arc<Vec<u32>>,
    merged: Merged,
    hidden: Arc<Hidden>,
    unseen: &'w mut Unseen,
    /// Number of cells that were read, and of those with formulas.
    read: u32,
    formulas_read: usize,
    ahead: Option<WorkbookCell>,
    broken: Option<Mistake>,
    has_ended: bool,
    last_row: Option<u32>,
    counts_from_1904: bool,
    wants_comments: bool,
}

/// A cell that has been read.
struct WorkbookCell {
    row: u32,
    column: usize,
    text: Result<String, Fault>,
    holds: Holds,
    is_struck: bool,
}

impl RowSource for WorkbookRows<'_, '_> {
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

    fn counts_from_1904(&self) -> bool {
        self.counts_from_1904
    }
}

impl WorkbookRows<'_, '_> {
    /// Collects the cells of the next row.
    fn row(&mut self) -> Option<SheetRow> {
        let first = self.ahead.take().or_else(|| self.cell())?;
        let number = first.row;
        if self.last_row.is_some_and(|last| last >= number) {
            self.broken = Some(*whole(damaged()));
            return None;
        }
        self.last_row = Some(number);
        let line = usize::try_from(number).unwrap_or(usize::MAX).saturating_add(1);
        let mut row = SheetRow {
            line,
            cells: StringRecord::new(),
            quotes: None,
            holds: Vec::new(),
            faults: Vec::new(),
        };
        let (mut texts, mut is_struck) = (Vec::new(), false);
        let mut next = Some(first);
        while let Some(cell) = next {
            if cell.row != number {
                self.ahead = Some(cell);
                break;
            }
            // A file that repeats one cell without end would fill the memory with faults.
            let is_damaged = row.faults.len() > COLUMNS_MAX;
            if is_damaged || cell.column > COLUMNS_MAX {
                self.broken = Some(if is_damaged { *whole(damaged()) } else { too_wide(line) });
                return None;
            }
            is_struck |= cell.is_struck && cell.text.as_ref().is_ok_and(|text| !text.is_empty());
            put(&mut row, &mut texts, cell);
            next = self.cell();
        }
        if is_struck {
            self.unseen.struck_row(line);
        }
        if self.hidden.rows.binary_search(&number).is_ok() {
            self.unseen.hidden_row(line);
        }
        for column in self
            .hidden
            .columns
            .iter()
            .filter(|column| texts.get(**column).is_some_and(|text| !text.is_empty()))
        {
            self.unseen.hidden_column(*column);
        }
        self.merged.fill(number, &mut row, &mut texts);
        row.cells = StringRecord::from(texts);
        Some(row)
    }

    /// Returns the next cell that is not empty.
    fn cell(&mut self) -> Option<WorkbookCell> {
        while !self.has_ended && self.broken.is_none() {
            let (cell, style) = match self.cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => {
                    self.has_ended = true;
                    return None;
                }
                Err(_) => {
                    self.broken = Some(*whole(damaged()));
                    return None;
                }
            };
            let is_formula = self.formulas.get(self.formulas_read) == Some(&self.read);
            self.formulas_read += usize::from(is_formula);
            self.read += 1;
            if matches!(cell.get_value(), DataRef::Empty) && !is_formula {
                continue;
            }
            let (row, column) = cell.get_position();
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            let (format, is_struck) = self.looks.get(style).copied().unwrap_or_default();
            let (text, holds) =
                if is_formula { (Err(formula()), Holds::Text) } else { content(cell.get_value(), format) };
            return Some(WorkbookCell { row, column, text, holds, is_struck });
        }
        None
    }
}

/// Reads the format of a style, and whether it strikes its text through.
fn look(style: &Style) -> (CellFormat, bool) {
    let format = style.number_format.as_ref().map(|format| CellFormat::of(&format.format_code));
    let is_struck = style.font.as_ref().is_some_and(calamine::Font::has_strikethrough);
    (format.unwrap_or_default(), is_struck)
}

/// Puts a cell into its place of a row.
fn put(row: &mut SheetRow, texts: &mut Vec<String>, cell: WorkbookCell) {
    if texts.len() <= cell.column {
        texts.resize(cell.column + 1, String::new());
        row.holds.resize(cell.column + 1, Holds::Text);
    }
    row.holds[cell.column] = cell.holds;
    match cell.text {
        Ok(text) => texts[cell.column] = text,
        Err(fault) => row.faults.push((cell.column, fault)),
    }
}

/// Returns the content of a cell, as a person would type it who sees the sheet, and what it holds.
fn content(value: &DataRef<'_>, format: CellFormat) -> (Result<String, Fault>, Holds) {
    let text = match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) | DataRef::DurationIso(text) => short(text),
        DataRef::SharedString(text) => short(text),
        DataRef::DateTimeIso(text) => match StoredDay::read(text) {
            Some(stored) => shown::date(stored, format.date),
            None => Ok(text.split('T').next().unwrap_or(text).to_owned()),
        },
        DataRef::Int(number) => return shown::number_cell(*number as f64, format),
        DataRef::Float(number) => return shown::number_cell(*number, format),
        DataRef::Bool(flag) => Ok(flag.to_string()),
        DataRef::DateTime(date) => date_text(*date, format),
        DataRef::Error(error) => Err(error_cell(&error.to_string())),
    };
    (text, Holds::Text)
}

/// Copies a text, unless it is longer than a cell may be. Many cells may share one long text, so it must not be copied.
fn short(text: &str) -> Result<String, Fault> {
    if text.len() <= CELL_BYTES_MAX {
        return Ok(text.to_owned());
    }
    Err(too_long(text.len()))
}

fn date_text(date: ExcelDateTime, format: CellFormat) -> Result<String, Fault> {
    if !date.is_datetime() || date.as_f64() < 1.0 {
        return Err(shown::time());
    }
    shown::date(stored_day(date), format.date)
}

fn stored_day(date: ExcelDateTime) -> StoredDay {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    StoredDay { year, month, day }
}

/// The day numbers that a bare number in a column of dates may be: 1950 to 2078.
const SERIAL_DAYS: std::ops::RangeInclusive<u32> = 18_264..=65_380;

/// Returns the date of a day number, as spreadsheet programs count days; what stands behind its point is the time of day.
pub(crate) fn serial_day(text: &str, counts_from_1904: bool) -> Option<String> {
    let time = |(_, time): &(&str, &str)| time.bytes().all(|byte| byte.is_ascii_digit());
    let day = text.split_once(['.', ',']).filter(time).map_or(text, |(day, _)| day);
    let days: u32 = if day.len() == 5 { day.parse().ok()? } else { return None };
    let is_believed = SERIAL_DAYS.contains(&days);
    is_believed.then(|| {
        stored_day(ExcelDateTime::new(f64::from(days), ExcelDateTimeType::DateTime, counts_from_1904)).whole()
    })
}
