//! A workbook (XLSX, ECMA-376) of one sheet of typed cells, whose first row stays in view, filters and is printed on each page,
//! and of notes if there are any. Its bytes depend on what it holds alone: the time in its properties is that of the data state. The
//! library for workbooks holds all cells in memory, so it makes everything but the rows, which are inserted afterwards.

use crate::series::Note;
use crate::series::sheet_rows::{
    DAY_STYLE, FILTER_WIDTH, Look, MEASURED_ROWS, SHARE_STYLE, SheetRows, fitting,
};
use crate::sheets::paper::{Paper, height, on_paper, pages_of};
use ozg_core::words::{Label, Language};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::io::{self, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The name of the sheet of notes.
const NOTES: Label = Label { de: "Hinweise", en: "Notes" };
/// Most rows of a sheet below its headings; XLSX allows no more.
pub const SHEET_ROWS_MAX: usize = 1_048_575;
/// Least and greatest width of a column, in characters.
const WIDTHS: (usize, usize) = (8, 32);
/// Widths of the two columns of the notes, in characters.
const NOTES_WIDTHS: (u16, u16) = (20, 100);
/// Characters of a line of the notes that every program has room for: they break long addresses at places of their own.
const NOTES_LINE: usize = 80;
/// The part with the sheet of rows, and the part that lists all parts.
const SHEET: &str = "xl/worksheets/sheet1.xml";
const CONTENT_TYPES: &str = "[Content_Types].xml";
const END_OF_ROW: &str = "</row>";
const END_OF_ROWS: &str = "</sheetData>";
/// The number of the format that shows a day as the reader's country does.
const DAY_FORMAT: u8 = 14;

/// What a workbook is besides its rows.
pub(crate) struct Book<'a> {
    /// The name of the sheet of rows.
    pub(crate) sheet: &'a str,
    pub(crate) headings: &'a [String],
    /// How many columns say what a row is about: on paper they stand on each page.
    pub(crate) repeated: u16,
    /// What stands in the properties: title, author, comment.
    pub(crate) properties: [&'a str; 3],
    /// The instant of the data state.
    pub(crate) recorded_at_ms: Option<i64>,
    pub(crate) language: Language,
    /// Makes the notes, before the first row and again behind the last one; as many or more then.
    pub(crate) notes: &'a dyn Fn() -> Vec<Note>,
}

/// Writes the next row of a sheet; tells whether there was one.
pub(crate) type NextRow<'a> = &'a mut dyn FnMut(&mut SheetRows, &mut String) -> io::Result<bool>;

impl Book<'_> {
    /// Writes the workbook. Its sheet is sent row by row; the rest of the workbook is small.
    ///
    /// # Errors
    /// Those of a row and of the writer; more columns than a sheet has.
    pub(crate) fn write(&self, looks: Vec<Look>, next: NextRow<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut sheet = SheetRows::new(self.headings, looks);
        let mut text = String::new();
        // The widths of columns precede the rows in the file, and follow from the first rows.
        while sheet.count() < MEASURED_ROWS && next(&mut sheet, &mut text)? {}
        let begin = self.shell(&sheet)?;
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
        while next(&mut sheet, &mut text)? {
            archive.write_all(text.as_bytes())?;
            text.clear();
        }
        let end = self.shell(&sheet)?;
        archive.write_all(end.behind_rows()?.as_bytes())?;
        for (name, bytes) in end.parts.iter().filter(|(name, _)| name != SHEET && name != CONTENT_TYPES) {
            archive.start_file(name.as_str(), options)?;
            archive.write_all(bytes)?;
        }
        archive.finish()?.into_inner();
        Ok(())
    }

    /// Makes the workbook without its rows: headings, styles, notes, properties.
    fn shell(&self, rows: &SheetRows) -> io::Result<Shell> {
        let bytes = self.workbook(rows).map_err(io::Error::other)?;
        Shell::read(&bytes)
    }

    fn workbook(&self, rows: &SheetRows) -> Result<Vec<u8>, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.sheet)?;
        for (column, heading) in (0..).zip(self.headings) {
            sheet.write_string_with_format(0, column, fitting(heading), &head())?;
        }
        // The styles of the rows, in the order of their numbers.
        sheet.write_blank(1, 0, &Format::new().set_num_format_index(DAY_FORMAT))?;
        sheet.write_blank(1, 1, &Format::new().set_num_format("0.0%"))?;
        sheet.set_freeze_panes(1, 0)?;
        let widths: Vec<usize> =
            rows.widths().iter().map(|width| (*width).clamp(WIDTHS.0, WIDTHS.1)).collect();
        for (column, width) in (0_u16..).zip(&widths) {
            sheet.set_column_width(column, u16::try_from(*width).unwrap_or_default())?;
        }
        let headings = self.headings.iter().zip(&widths);
        let wrapped = headings.map(|(heading, width)| (heading.as_str(), width - FILTER_WIDTH));
        sheet.set_row_height(0, height(wrapped))?;
        let last = u16::try_from(self.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, u32::try_from(rows.count()).unwrap_or(u32::MAX), last)?;
        let pages = pages_of(&widths, self.repeated);
        on_paper(&mut sheet, Paper::Table { pages, repeated: self.repeated })?;
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_timestamp(self.recorded_at_ms.unwrap_or_default() / 1000)?;
        let [title, author, comment] = self.properties;
        let properties = DocProperties::new()
            .set_title(title)
            .set_author(author)
            .set_comment(comment)
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        workbook.push_worksheet(sheet);
        let notes = (self.notes)();
        if !notes.is_empty() {
            workbook.push_worksheet(notes_sheet(&notes, self.language)?);
        }
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

fn notes_sheet(notes: &[Note], language: Language) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(NOTES.in_language(language))?;
    sheet.set_column_width(0, NOTES_WIDTHS.0)?.set_column_width(1, NOTES_WIDTHS.1)?;
    on_paper(&mut sheet, Paper::Text)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let heading = Format::new().set_bold().set_align(FormatAlign::Top);
    let mut row = 0;
    for note in notes {
        sheet.write_string_with_format(row, 0, note.heading, &heading)?;
        for text in &note.texts {
            sheet.write_string_with_format(row, 1, fitting(text), &wrapped)?;
            sheet.set_row_height(row, height([(text.as_str(), NOTES_LINE)]))?;
            row += 1;
        }
    }
    Ok(sheet)
}

fn head() -> Format {
    let format = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    format.set_background_color(Color::RGB(0x00DC_E6F1))
}
