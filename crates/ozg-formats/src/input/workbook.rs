//! Sheets as XLSX. Values are read cell by cell, so that a file gains nothing by claiming a large size. Results of
//! formulas are refused, since they are as old as the last program that calculated them.

use super::archive::{damaged, whole};
use super::cells::CELL_BYTES_MAX;
use super::headings::COLUMNS_MAX;
use super::row::{RowSource, SheetRow, is_comment};
use super::sink::line_number;
use calamine::{
    DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader,
};
use csv::StringRecord;
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use std::io::Cursor;

/// An open workbook.
pub(crate) struct Workbook<'a> {
    xlsx: Xlsx<Cursor<&'a [u8]>>,
}

/// Names of sheets that are preferred.
const WANTED: [&str; 10] = [
    "meilensteine",
    "milestones",
    "zahlen",
    "figures",
    "behörden",
    "authorities",
    "leistungen",
    "services",
    "nachfolger",
    "successors",
];
/// Words in the names of sheets that only explain.
const EXPLAINING: [&str; 13] = [
    "anleitung",
    "instruction",
    "legende",
    "legend",
    "hinweis",
    "notes",
    "readme",
    "lies",
    "fehler",
    "mistakes",
    "beispiel",
    "example",
    "erläuterung",
];

impl<'a> Workbook<'a> {
    /// Opens a workbook whose size has been checked.
    ///
    /// # Errors
    /// `unreadable` for a damaged one.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Workbook<'a>, Box<Mistake>> {
        let xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|_| whole(damaged()))?;
        Ok(Workbook { xlsx })
    }

    /// Starts to read the chosen sheet.
    ///
    /// # Errors
    /// `unreadable` if no sheet can be chosen, or it is damaged.
    pub(crate) fn rows(&mut self) -> Result<WorkbookRows<'_, 'a>, Box<Mistake>> {
        let name = self.sheet_name().ok_or_else(|| whole(no_sheet()))?;
        let counts_from_1904 = self.xlsx.has_1904_epoch();
        let cells = self.xlsx.worksheet_cells_reader(&name).map_err(|_| whole(damaged()))?;
        Ok(WorkbookRows {
            cells,
            ahead: None,
            broken: None,
            has_ended: false,
            last_row: None,
            counts_from_1904,
            wants_comments: false,
        })
    }

    /// Returns the name of the sheet to read: one with a preferred name, else the first that does not only explain.
    pub(crate) fn sheet_name(&self) -> Option<String> {
        let sheets = self.xlsx.sheets_metadata().iter();
        let visible: Vec<&str> = sheets
            .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.as_str())
            .collect();
        let is_wanted = |name: &&&str| WANTED.contains(&name.trim().to_lowercase().as_str());
        let explains = |name: &str| EXPLAINING.iter().any(|word| name.to_lowercase().contains(word));
        let first = || visible.iter().find(|name| !explains(name)).or(visible.first());
        visible.iter().find(is_wanted).or_else(first).map(|name| (*name).to_owned())
    }
}

/// The rows of a sheet; empty ones and comments are skipped.
pub(crate) struct WorkbookRows<'w, 'a> {
    cells: XlsxCellReader<'w, Cursor<&'a [u8]>>,
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
    is_number: bool,
}

impl RowSource for WorkbookRows<'_, '_> {
    fn next(&mut self) -> Option<SheetRow> {
        loop {
            let row = self.row()?;
            let is_empty = row.faults.is_empty() && row.cells.iter().all(|cell| cell.trim().is_empty());
            if !is_empty && (self.wants_comments || !is_comment(&row.cells)) {
                return Some(row);
            }
        }
    }

    fn give_back(&mut self, _: StringRecord) {}

    fn broken(&mut self) -> Option<Mistake> {
        self.broken.take()
    }

    fn counts_from_1904(&self) -> bool {
        self.counts_from_1904
    }
}

impl<'w, 'a> WorkbookRows<'w, 'a> {
    /// Returns comments, too.
    pub(crate) fn with_comments(mut self) -> WorkbookRows<'w, 'a> {
        self.wants_comments = true;
        self
    }

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
            numbers: Vec::new(),
            faults: Vec::new(),
        };
        let mut texts = Vec::new();
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
            put(&mut row, &mut texts, cell);
            next = self.cell();
        }
        row.cells = StringRecord::from(texts);
        Some(row)
    }

    /// Returns the next cell that is not empty.
    fn cell(&mut self) -> Option<WorkbookCell> {
        while !self.has_ended && self.broken.is_none() {
            let record = match self.cells.next_cell_with_formula_metadata() {
                Ok(Some(record)) => record,
                Ok(None) => {
                    self.has_ended = true;
                    return None;
                }
                Err(_) => {
                    self.broken = Some(*whole(damaged()));
                    return None;
                }
            };
            if matches!(record.value, DataRef::Empty) && record.formula.is_none() {
                continue;
            }
            let (row, column) = record.pos;
            let is_number = matches!(record.value, DataRef::Int(_) | DataRef::Float(_));
            let text = if record.formula.is_some() { Err(formula()) } else { text(&record.value) };
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            return Some(WorkbookCell { row, column, text, is_number });
        }
        None
    }
}

/// Puts a cell into its place of a row.
fn put(row: &mut SheetRow, texts: &mut Vec<String>, cell: WorkbookCell) {
    if texts.len() <= cell.column {
        texts.resize(cell.column + 1, String::new());
        row.numbers.resize(cell.column + 1, false);
    }
    row.numbers[cell.column] = cell.is_number;
    match cell.text {
        Ok(text) => texts[cell.column] = text,
        Err(fault) => row.faults.push((cell.column, fault)),
    }
}

/// Returns the content of a cell, as a person would type it.
fn text(value: &DataRef<'_>) -> Result<String, Fault> {
    match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) | DataRef::DurationIso(text) => short(text),
        DataRef::SharedString(text) => short(text),
        DataRef::DateTimeIso(text) => Ok(text.split('T').next().unwrap_or(text).to_owned()),
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) => Ok(number_text(*number)),
        DataRef::Bool(flag) => Ok(flag.to_string()),
        DataRef::DateTime(date) => date_text(*date),
        DataRef::Error(error) => Err(error_cell(&error.to_string())),
    }
}

/// Copies a text, unless it is longer than a cell may be. Many cells may share one long text, so it must not be copied.
fn short(text: &str) -> Result<String, Fault> {
    if text.len() <= CELL_BYTES_MAX {
        return Ok(text.to_owned());
    }
    Err(too_long(text.len()))
}

/// Makes the fault of a cell that holds too much.
pub(crate) fn too_long(found: usize) -> Fault {
    Fault::say(
        Code::BadText,
        format!("Die Zelle hat {found} Bytes, erlaubt sind {CELL_BYTES_MAX}"),
        format!("The cell has {found} bytes, allowed are {CELL_BYTES_MAX}"),
    )
}

/// Writes a number with the 15 digits that spreadsheet programs keep; a whole number has no point.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn date_text(date: ExcelDateTime) -> Result<String, Fault> {
    if date.is_datetime() && date.as_f64() >= 1.0 {
        return Ok(day_text(date));
    }
    Err(Fault::say(
        Code::BadDate,
        "In der Zelle steht eine Uhrzeit oder Dauer, kein Datum",
        "The cell holds a time or a duration, not a date",
    ))
}

fn day_text(date: ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day numbers that a bare number in a column of dates may be: 1950 to 2078.
const SERIAL_DAYS: std::ops::RangeInclusive<u32> = 18_264..=65_380;

/// Returns the date of a day number, as spreadsheet programs count days; what stands behind its point is the time of day.
pub(crate) fn serial_day(text: &str, counts_from_1904: bool) -> Option<String> {
    let time = |(_, time): &(&str, &str)| time.bytes().all(|byte| byte.is_ascii_digit());
    let day = text.split_once(['.', ',']).filter(time).map_or(text, |(day, _)| day);
    let days: u32 = if day.len() == 5 { day.parse().ok()? } else { return None };
    let is_believed = SERIAL_DAYS.contains(&days);
    is_believed
        .then(|| day_text(ExcelDateTime::new(f64::from(days), ExcelDateTimeType::DateTime, counts_from_1904)))
}

fn formula() -> Fault {
    Fault::say(
        Code::WrongType,
        "In der Zelle steht eine Formel; gelesen werden nur Werte",
        "The cell holds a formula; only values are read",
    )
    .hint(Bilingual::new("kopieren, dann „Inhalte einfügen“, „Werte“", "copy, then paste special, values"))
}

/// Makes the fault of a cell that holds the error of a formula.
pub(crate) fn error_cell(error: &str) -> Fault {
    Fault::say(
        Code::WrongType,
        format!(
            "In der Zelle steht der Fehler {error} einer Formel; den Wert eintragen oder die Zelle leeren"
        ),
        format!("The cell holds the error {error} of a formula; enter the value or empty the cell"),
    )
}

fn no_sheet() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die Arbeitsmappe hat kein sichtbares Tabellenblatt",
        "The workbook has no visible sheet",
    )
}

fn too_wide(line: usize) -> Mistake {
    let origin = Origin { line: line_number(line), ..Origin::default() };
    let fault = Fault::say(
        Code::TooMany,
        format!("Die Tabelle hat mehr als {COLUMNS_MAX} Spalten"),
        format!("The sheet has more than {COLUMNS_MAX} columns"),
    );
    Mistake::at(&origin, "", None, fault)
}
