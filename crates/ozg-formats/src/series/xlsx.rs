//! Series as an XLSX workbook (ECMA-376): a sheet of typed cells, whose first row stays in view and filters, and a sheet
//! of notes. Its bytes follow from the answer alone: the time in its properties is that of the data state.

use super::Publication;
use super::cells::{Cell, cells, headings};
use super::columns::place_of;
use super::csv::spell;
use super::notes::notes;
use super::sources::Sources;
use super::wide::wide;
use ozg_core::query::{Shape, Show};
use ozg_core::series::{Header, Row};
use ozg_core::words::{Label, Language};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::io::{self, Write};

/// Names of the two sheets.
const SERIES: Label = Label { de: "Zeitreihe", en: "Series" };
const NOTES: Label = Label { de: "Hinweise", en: "Notes" };
/// Most rows of a sheet below its headings, a property of the format.
pub(crate) const SHEET_ROWS_MAX: usize = 1_048_575;
/// Longest text of a cell, in characters, a property of the format.
const TEXT_CHARACTERS_MAX: usize = 32_767;
/// How wide columns may be, in characters.
const WIDTHS: (usize, usize) = (8, 44);
/// How wide the two columns of the notes are, in characters.
const NOTES_WIDTHS: (u16, u16) = (20, 110);
/// The number of the format that shows a day as the reader's country does.
const DAY_FORMAT: u8 = 14;
/// Rows whose width is looked at.
const MEASURED_ROWS: usize = 1_000;

/// The sheet of rows while it is written.
struct Sheet {
    sheet: Worksheet,
    row: u32,
    widths: Vec<usize>,
    day: Format,
    share: Format,
    is_share: Vec<bool>,
}

/// Writes a series as a workbook.
///
/// # Errors
/// Those of the writer; a sheet that is full.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bytes = workbook(header, publication, rows).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
) -> Result<Vec<u8>, XlsxError> {
    let language = header.query.language.unwrap_or_default();
    let mut sources = Sources::default();
    let series = series(header, language, &mut rows.inspect(|row| sources.note(row)))?;
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(header.recorded_at_ms.unwrap_or_default() / 1000)?;
    let properties = DocProperties::new()
        .set_title(header.measure.row().label.in_language(language))
        .set_author(&publication.operator)
        .set_comment(&publication.permalink)
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    workbook.push_worksheet(series);
    workbook.push_worksheet(notes_sheet(header, publication, &sources, language)?);
    workbook.save_to_buffer()
}

fn series(
    header: &Header,
    language: Language,
    rows: &mut dyn Iterator<Item = Row>,
) -> Result<Worksheet, XlsxError> {
    if header.query.shape == Shape::Wide {
        let wide = wide(header, rows, spell);
        let is_share = vec![header.query.show == Show::Share; wide.headings.len()];
        let mut sheet = Sheet::new(&wide.headings, is_share, language)?;
        wide.rows.iter().try_for_each(|row| sheet.put(row))?;
        return sheet.finish();
    }
    let heads: Vec<String> = headings(header, header.query.language).into_iter().map(str::to_owned).collect();
    let is_share = (0..heads.len()).map(|at| at == place_of("share")).collect();
    let mut sheet = Sheet::new(&heads, is_share, language)?;
    for row in rows {
        sheet.put(&cells(&row, header, header.query.language))?;
    }
    sheet.finish()
}

impl Sheet {
    fn new(headings: &[String], is_share: Vec<bool>, language: Language) -> Result<Sheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(SERIES.in_language(language))?;
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(0, column, fitting(heading), &head())?;
        }
        sheet.set_freeze_panes(1, 0)?;
        let widths = headings.iter().map(|heading| heading.chars().count() + 3).collect();
        let day = Format::new().set_num_format_index(DAY_FORMAT);
        let share = Format::new().set_num_format("0.0%");
        Ok(Sheet { sheet, row: 0, widths, day, share, is_share })
    }

    fn put(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, (at, cell)) in (0_u16..).zip(cells.iter().enumerate()) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => self.sheet.write_string(self.row, column, fitting(text))?,
                Cell::Date(day) => {
                    let date = ExcelDateTime::from_serial_datetime(f64::from(day.0) + SERIAL_OF_1900)?;
                    self.sheet.write_datetime_with_format(self.row, column, &date, &self.day)?
                }
                Cell::Number(number) if self.is_share[at] => {
                    self.sheet.write_number_with_format(self.row, column, number.to_f64(), &self.share)?
                }
                Cell::Number(number) => self.sheet.write_number(self.row, column, number.to_f64())?,
            };
            if self.row as usize <= MEASURED_ROWS {
                let width = cell.to_string().chars().count() + 1;
                self.widths[at] = self.widths[at].max(width);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Worksheet, XlsxError> {
        for (column, width) in (0_u16..).zip(&self.widths) {
            let width = u16::try_from((*width).clamp(WIDTHS.0, WIDTHS.1)).unwrap_or_default();
            self.sheet.set_column_width(column, width)?;
        }
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.autofilter(0, 0, self.row, last)?;
        Ok(self.sheet)
    }
}

/// What stands for 1900-01-01 plus nothing; the format believes in a 29th of February 1900, and no day before that is used.
const SERIAL_OF_1900: f64 = 2.0;

fn notes_sheet(
    header: &Header,
    publication: &Publication,
    sources: &Sources,
    language: Language,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(NOTES.in_language(language))?;
    sheet.set_column_width(0, NOTES_WIDTHS.0)?.set_column_width(1, NOTES_WIDTHS.1)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let heading = Format::new().set_bold().set_align(FormatAlign::Top);
    let mut row = 0;
    for note in notes(header, publication, sources, language) {
        sheet.write_string_with_format(row, 0, note.heading, &heading)?;
        for text in &note.texts {
            sheet.write_string_with_format(row, 1, fitting(text), &wrapped)?;
            row += 1;
        }
    }
    Ok(sheet)
}

fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00DC_E6F1)).set_align(FormatAlign::Top)
}

/// Cuts a text at the length that a cell takes.
fn fitting(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(TEXT_CHARACTERS_MAX) {
        Some((end, _)) => Cow::Borrowed(&text[..end]),
        None => Cow::Borrowed(text),
    }
}
