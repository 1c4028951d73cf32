//! Series as an XLSX workbook (ECMA-376): a sheet of typed cells, whose first row stays in view and filters, and a
//! sheet of notes. Its bytes depend on the answer alone: the time in its properties is that of the data state. The
//! library for workbooks holds all cells in memory, so it makes everything but the rows, which are inserted afterwards.

use super::Publication;
use super::columns::{cells, headings, place_of};
use super::csv::spell;
use super::notes::notes;
use super::sheet_rows::{DAY_STYLE, MEASURED_ROWS, SHARE_STYLE, SheetRows, fitting};
use super::sources::Sources;
use super::wide::wide;
use ozg_core::query::{Shape, Show};
use ozg_core::series::{Header, Row};
use ozg_core::words::{Label, Language};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::io::{self, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Names of the two sheets.
const SERIES: Label = Label { de: "Zeitreihe", en: "Series" };
const NOTES: Label = Label { de: "Hinweise", en: "Notes" };
/// Most rows of a sheet below its headings; XLSX allows no more.
pub(crate) const SHEET_ROWS_MAX: usize = 1_048_575;
/// Least and greatest width of a column, in characters.
const WIDTHS: (usize, usize) = (8, 44);
/// Widths of the two columns of the notes, in characters.
const NOTES_WIDTHS: (u16, u16) = (20, 110);
/// The part with the sheet of rows, and the part that lists all parts.
const SHEET: &str = "xl/worksheets/sheet1.xml";
const CONTENT_TYPES: &str = "[Content_Types].xml";
const END_OF_ROW: &str = "</row>";
const END_OF_ROWS: &str = "</sheetData>";
/// The number of the format that shows a day as the reader's country does.
const DAY_FORMAT: u8 = 14;

/// Writes the next row of a sheet; tells whether there was one.
type NextRow<'a> = Box<dyn FnMut(&mut SheetRows, &mut String) -> bool + 'a>;

/// Writes a series as a workbook. Its sheet is sent row by row; the rest of the workbook is small.
///
/// # Errors
/// Those of the writer; more columns than a sheet has.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let language = header.query.language.unwrap_or_default();
    let mut sources = Sources::default();
    let mut rows = rows.inspect(|row| sources.note(row));
    let (headings, is_share, mut next) = table(header, &mut rows);
    let mut sheet = SheetRows::new(&headings, is_share);
    let mut text = String::new();
    // The widths of columns precede the rows in the file, and follow from the first rows.
    while sheet.count() < MEASURED_ROWS && next(&mut sheet, &mut text) {}
    let book = Book { header, publication, language, headings: &headings };
    let begin = book.shell(&sheet, &Sources::default())?;
    let mut archive = ZipWriter::new_stream(out);
    // All files have the earliest time that ZIP knows, so that the same answer gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    // Programs recognise a workbook by this part at its beginning.
    archive.start_file(CONTENT_TYPES, options)?;
    archive.write_all(begin.part(CONTENT_TYPES))?;
    archive.start_file(SHEET, options)?;
    archive.write_all(begin.before_rows()?.as_bytes())?;
    archive.write_all(text.as_bytes())?;
    text.clear();
    while next(&mut sheet, &mut text) {
        archive.write_all(text.as_bytes())?;
        text.clear();
    }
    drop(next);
    let end = book.shell(&sheet, &sources)?;
    archive.write_all(end.behind_rows()?.as_bytes())?;
    for (name, bytes) in end.parts.iter().filter(|(name, _)| name != SHEET && name != CONTENT_TYPES) {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    archive.finish()?.into_inner();
    Ok(())
}

/// Returns the headings, which columns are shares, and the writer of the rows.
fn table<'a>(
    header: &'a Header,
    rows: &'a mut dyn Iterator<Item = Row>,
) -> (Vec<String>, Vec<bool>, NextRow<'a>) {
    if header.query.shape == Shape::Wide {
        let wide = wide(header, rows, spell);
        let headings = wide.headings();
        let is_share = vec![header.query.show == Show::Share; headings.len()];
        let mut rows = wide.rows.into_iter();
        let next = move |sheet: &mut SheetRows, text: &mut String| {
            rows.next().map(|cells| sheet.put(&cells, text)).is_some()
        };
        return (headings, is_share, Box::new(next));
    }
    let language = header.query.language;
    let headings: Vec<String> = headings(header, language).into_iter().map(str::to_owned).collect();
    let is_share = (0..headings.len()).map(|at| at == place_of("share")).collect();
    let next = move |sheet: &mut SheetRows, text: &mut String| {
        rows.next().map(|row| sheet.put(&cells(&row, header, language), text)).is_some()
    };
    (headings, is_share, Box::new(next))
}

/// The parts of a workbook besides its rows.
struct Book<'a> {
    header: &'a Header,
    publication: &'a Publication,
    language: Language,
    headings: &'a [String],
}

impl Book<'_> {
    /// Makes the workbook without its rows: headings, styles, notes, properties.
    fn shell(&self, rows: &SheetRows, sources: &Sources) -> io::Result<Shell> {
        let bytes = self.workbook(rows, sources).map_err(io::Error::other)?;
        Shell::read(&bytes)
    }

    fn workbook(&self, rows: &SheetRows, sources: &Sources) -> Result<Vec<u8>, XlsxError> {
        let Book { header, publication, language, headings } = *self;
        let mut sheet = Worksheet::new();
        sheet.set_name(SERIES.in_language(language))?;
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(0, column, fitting(heading), &head())?;
        }
        // The styles of the rows, in the order of their numbers.
        sheet.write_blank(1, 0, &Format::new().set_num_format_index(DAY_FORMAT))?;
        sheet.write_blank(1, 1, &Format::new().set_num_format("0.0%"))?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, width) in (0_u16..).zip(rows.widths()) {
            let width = u16::try_from((*width).clamp(WIDTHS.0, WIDTHS.1)).unwrap_or_default();
            sheet.set_column_width(column, width)?;
        }
        let last = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, u32::try_from(rows.count()).unwrap_or(u32::MAX), last)?;
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_timestamp(header.recorded_at_ms.unwrap_or_default() / 1000)?;
        let properties = DocProperties::new()
            .set_title(header.measure.name().in_language(language))
            .set_author(&publication.operator)
            .set_comment(&publication.permalink)
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        workbook.push_worksheet(sheet);
        workbook.push_worksheet(notes_sheet(header, publication, sources, language)?);
        workbook.save_to_buffer()
    }
}

/// The parts of a workbook whose sheet has no rows yet.
struct Shell {
    parts: Vec<(String, Vec<u8>)>,
}

impl Shell {
    fn read(bytes: &[u8]) -> io::Result<Shell> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index)?;
            let mut part = Vec::new();
            file.read_to_end(&mut part)?;
            parts.push((file.name()?.into_owned(), part));
        }
        Ok(Shell { parts })
    }

    fn part(&self, name: &str) -> &[u8] {
        self.parts.iter().find(|(part, _)| part == name).map_or(&[], |(_, bytes)| bytes)
    }

    fn sheet(&self) -> io::Result<(&str, &str, &str)> {
        let text = std::str::from_utf8(self.part(SHEET)).map_err(io::Error::other)?;
        let split = || {
            let (before, rest) = text.split_once(END_OF_ROW)?;
            let (styles, behind) = rest.split_once(END_OF_ROWS)?;
            Some((before, styles, behind))
        };
        split().ok_or_else(|| io::Error::other("the sheet has other parts than expected"))
    }

    /// Returns the sheet up to its headings, without its size, which is optional and not known yet.
    fn before_rows(&self) -> io::Result<String> {
        let (before, styles, _) = self.sheet()?;
        if !styles.contains(&format!("\"A2\" s=\"{DAY_STYLE}\""))
            || !styles.contains(&format!("\"B2\" s=\"{SHARE_STYLE}\""))
        {
            return Err(io::Error::other("the styles of the sheet have other numbers than expected"));
        }
        let size = before.split_once("<dimension ").and_then(|(head, rest)| {
            rest.split_once("/>").map(|(_, rest)| format!("{head}{rest}{END_OF_ROW}"))
        });
        Ok(size.unwrap_or_else(|| format!("{before}{END_OF_ROW}")))
    }

    /// Returns the part of the sheet after its rows.
    fn behind_rows(&self) -> io::Result<String> {
        Ok(format!("{END_OF_ROWS}{}", self.sheet()?.2))
    }
}

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
