//! Reports: a sheet as it was sent, with the mistakes beside their cells. Corrected, the report can be sent as it is.

use super::patched::patched;
use super::{failed, styles, workbook};
use crate::input::content::Content;
use crate::input::headings::{self, REPORT_HEADING};
use crate::input::row::{Holds, RowSource, SheetRow};
use crate::input::shown::PERCENT;
use crate::input::{Unpacked, opening, unpack};
use crate::problem::field_name;
use ozg_core::mistake::Mistake;
use ozg_core::words::{Label, Language};
use rust_xlsxwriter::{Note, Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The most cells of a sheet that a report repeats; of a larger sheet it repeats only rows with mistakes.
pub const REPORT_CELLS_MAX: usize = 2_000_000;
/// The last row that spreadsheet programs have, counted from 0.
const LAST_ROW: u32 = 1_048_575;
/// The most characters of a cell or a note.
const CELL_CHARACTERS_MAX: usize = 32_000;
const SHEET: Label = Label { de: "Tabelle", en: "Sheet" };
pub(super) const WHOLE: Label = Label { de: "Fehler der Datei", en: "Mistakes of the file" };

/// Writes a sheet (CSV, or the named or best one of a workbook) as XLSX with its mistakes. Wrong cells are coloured and have a note, a last column names the
/// mistakes of each row, and a second sheet names those of the whole file. A workbook (XLSX) keeps its widths, formats and other
/// sheets; the notes are left out there.
///
/// # Errors
/// None in practice; those of the writer.
pub fn write_report(
    bytes: &[u8],
    sheet: Option<&str>,
    mistakes: &[Mistake],
    language: Language,
) -> io::Result<Vec<u8>> {
    report(bytes, sheet, mistakes, language).map_err(failed)
}

/// The mistakes, by line and by cell.
#[derive(Default)]
pub(super) struct FoundMistakes {
    pub(super) lines: BTreeMap<u32, Vec<String>>,
    pub(super) cells: BTreeMap<(u32, u16), Vec<String>>,
    whole: Vec<String>,
}

/// The place of the column with the mistakes.
pub(super) struct ReportColumn {
    pub(super) header_line: usize,
    pub(super) column: usize,
    /// Whether it is that of an earlier report.
    is_earlier: bool,
}

fn report(
    bytes: &[u8],
    sheet_asked: Option<&str>,
    mistakes: &[Mistake],
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let found = found(mistakes, language);
    let unpacked = unpack(bytes).unwrap_or(Unpacked::File((&[][..]).into()));
    let mut content = Content::of(&unpacked, sheet_asked).ok();
    let place = content.as_mut().and_then(|content| content.rows(place).ok().flatten());
    if let (Unpacked::Workbook(bytes), Some(content), Some(place)) = (&unpacked, &content, &place)
        && let Some(name) = content.sheet().filter(|name| !(place.is_earlier && is_own(name)))
        && let Some(report) = patched(bytes, name, place, &found, language)
    {
        return Ok(report);
    }
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name(SHEET.in_language(language))?;
    let mut written = BTreeSet::new();
    if let (Some(content), Some(place)) = (&mut content, &place) {
        let rows = content.all_rows(|rows| write_rows(sheet, rows, place, &found, language));
        written = rows.unwrap_or(Ok(BTreeSet::new()))?;
    }
    let whole = found.whole_without(&written);
    if !whole.is_empty() {
        let sheet = workbook.add_worksheet().set_name(WHOLE.in_language(language))?;
        sheet.set_column_width(0, 120)?;
        for (row, text) in (0..).zip(&whole) {
            sheet.write_string_with_format(row, 0, cut(text), &styles::wrapped())?;
        }
    }
    workbook.save_to_buffer()
}

/// Tells whether a sheet is one that an earlier report was written into anew.
fn is_own(name: &str) -> bool {
    [SHEET.de, SHEET.en].contains(&name)
}

impl FoundMistakes {
    /// Returns the mistakes of the whole file, and those of lines that were not written.
    pub(super) fn whole_without(&self, written: &BTreeSet<u32>) -> Vec<String> {
        let left = self.lines.iter().filter(|(line, _)| !written.contains(line));
        let left = left.flat_map(|(line, texts)| texts.iter().map(move |text| format!("{line}: {text}")));
        self.whole.iter().cloned().chain(left).collect()
    }
}

/// Sorts the mistakes by place.
fn found(mistakes: &[Mistake], language: Language) -> FoundMistakes {
    let mut found = FoundMistakes::default();
    for mistake in mistakes {
        let hint = mistake.hint.as_ref().map(|hint| format!(" → {}", hint.in_language(language)));
        let text = format!("{}{}", mistake.message.in_language(language), hint.unwrap_or_default());
        if mistake.origin.line == 0 {
            found.whole.push(text);
            continue;
        }
        if let Some(cell) = mistake.origin.cell.as_deref().and_then(address) {
            found.cells.entry(cell).or_default().push(text.clone());
        }
        let name = field_name(&mistake.field, language);
        let field = if name.is_empty() { String::new() } else { format!("{name}: ") };
        found.lines.entry(mistake.origin.line).or_default().push(format!("{field}{text}"));
    }
    found
}

/// Reads the address of a cell, `B14`, as row and column counted from 0.
pub(super) fn address(cell: &str) -> Option<(u32, u16)> {
    let letters: String = cell.chars().take_while(char::is_ascii_uppercase).collect();
    let row: u32 = cell.get(letters.len()..)?.parse().ok()?;
    let column = letters
        .bytes()
        .try_fold(0_u16, |sum, letter| sum.checked_mul(26)?.checked_add(u16::from(letter - b'A') + 1))?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Finds the headings, and the column for the mistakes: the one of an earlier report, else the first after the widest row.
fn place(rows: &mut dyn RowSource) -> Option<ReportColumn> {
    let mut sheet = opening::open(rows, &headings::is_known, None).ok()?;
    let header_line = sheet.header.line;
    let earlier = sheet.headings().iter().position(|heading| headings::is_report(heading));
    let mut width = sheet.header.cells.len();
    while let Some(row) = sheet.next() {
        width = width.max(row.cells.len());
        sheet.give_back(row);
    }
    let column = earlier.unwrap_or(width).min(headings::COLUMNS_MAX);
    Some(ReportColumn { header_line, column, is_earlier: earlier.is_some() })
}

/// Writes the rows as they were, each with its mistakes; returns the written lines.
fn write_rows(
    sheet: &mut Worksheet,
    rows: &mut dyn RowSource,
    place: &ReportColumn,
    found: &FoundMistakes,
    language: Language,
) -> Result<BTreeSet<u32>, XlsxError> {
    let (mut written, mut cells) = (BTreeSet::new(), 0);
    let column = u16::try_from(place.column).unwrap_or(u16::MAX);
    while let Some(row) = rows.next() {
        let line = u32::try_from(row.line).unwrap_or(u32::MAX);
        cells += row.cells.len();
        let mistakes = found.lines.get(&line);
        if line == 0 || line > LAST_ROW || (cells > REPORT_CELLS_MAX && mistakes.is_none()) {
            continue;
        }
        write_row(sheet, line - 1, &row, place.column, found)?;
        if row.line == place.header_line {
            let heading = REPORT_HEADING.in_language(language);
            sheet.write_string_with_format(line - 1, column, heading, &styles::heading(true))?;
            sheet.set_column_width(column, 80)?;
            if row.line == 1 {
                sheet.set_freeze_panes(1, 0)?;
            }
        }
        // Mistakes of the headings go onto the second sheet: in the row of the headings they would become headings.
        if let Some(mistakes) = mistakes.filter(|_| row.line != place.header_line) {
            sheet.write_string_with_format(
                line - 1,
                column,
                cut(&mistakes.join("\n")),
                &styles::wrapped(),
            )?;
            written.insert(line);
        }
        rows.give_back(row.cells);
    }
    Ok(written)
}

fn write_row(
    sheet: &mut Worksheet,
    number: u32,
    row: &SheetRow,
    report_column: usize,
    found: &FoundMistakes,
) -> Result<(), XlsxError> {
    // A mistake may be about a missing cell, behind the end of its row.
    let last_wrong = found.cells.range((number, 0)..=(number, u16::MAX)).next_back();
    let width = last_wrong.map_or(0, |((_, column), _)| usize::from(*column) + 1).max(row.cells.len());
    for index in (0..width).filter(|index| *index != report_column) {
        let Ok(column) = u16::try_from(index) else { break };
        let cell = row.cells.get(index).unwrap_or_default();
        let holds = row.holds(index);
        let number_in_it = match holds {
            Holds::Text => None,
            Holds::Number => cell.parse::<f64>().ok(),
            Holds::Percent => cell.trim_end_matches(PERCENT).parse::<f64>().ok().map(|number| number / 100.0),
        };
        let mistakes = found.cells.get(&(number, column));
        let format = if mistakes.is_some() { styles::wrong() } else { styles::text() };
        let format = if holds == Holds::Percent { format.set_num_format("0.00%") } else { format };
        match number_in_it.filter(|number| number.is_finite()) {
            Some(value) if mistakes.is_none() && holds == Holds::Number => {
                sheet.write_number(number, column, value)?
            }
            Some(value) => sheet.write_number_with_format(number, column, value, &format)?,
            None if cell.is_empty() => sheet.write_blank(number, column, &format)?,
            None => sheet.write_string_with_format(number, column, cut(cell), &format)?,
        };
        if let Some(mistakes) = mistakes {
            let note = Note::new(cut(&mistakes.join("\n"))).add_author_prefix(false).set_width(320);
            sheet.insert_note(number, column, &note)?;
        }
    }
    Ok(())
}

pub(super) fn cut(text: &str) -> String {
    text.chars().take(CELL_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_cells_are_read() {
        assert_eq!(
            (address("A1"), address("B14"), address("AA2")),
            (Some((0, 0)), Some((13, 1)), Some((1, 26)))
        );
        assert_eq!((address("1"), address("A0"), address("ZZZZZZ1"), address("A")), (None, None, None, None));
    }
}
