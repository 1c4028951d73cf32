//! Statements as a sheet. Read again without edits, the sheet gives the same statements.

use super::downloaded::Downloaded;
use super::kinds::{SheetColumn, SheetKind, columns};
use super::template::header;
use super::{failed, styles, workbook};
use crate::input::headings::word_of_type;
use crate::input::numbers;
use ozg_core::event::{Event, EventType, Kind, Raw};
use ozg_core::words::{Day, Language, PartialDate, Stage};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::io;

/// The most statements that a sheet holds; spreadsheet programs have 1,048,576 rows.
pub const ROWS_MAX: usize = 1_000_000;
/// Digits that a spreadsheet program keeps of a number.
const DIGITS_KEPT: usize = 15;

/// Writes statements as XLSX in the layout of a template. Statements of other types add columns for their own fields.
///
/// # Errors
/// More than [`ROWS_MAX`] statements.
pub fn write_sheet(kind: SheetKind, events: &[Event], language: Language) -> io::Result<Vec<u8>> {
    write_downloaded(kind, events, None, language)
}

/// Writes statements as [`write_sheet`] does, with what was asked for, so that the sheet tells later what was deleted.
///
/// # Errors
/// More than [`ROWS_MAX`] statements.
pub fn write_downloaded(
    kind: SheetKind,
    events: &[Event],
    downloaded: Option<&Downloaded>,
    language: Language,
) -> io::Result<Vec<u8>> {
    if events.len() > ROWS_MAX {
        return Err(io::Error::other(format!("more than {ROWS_MAX} statements for one sheet")));
    }
    sheet(kind, events, downloaded, language).map_err(failed)
}

fn sheet(
    kind: SheetKind,
    events: &[Event],
    downloaded: Option<&Downloaded>,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut types: Vec<EventType> = kind.types().to_vec();
    types.extend(events.iter().map(Event::event_type));
    types.sort();
    types.dedup();
    let columns = columns(&types);
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet().set_name(kind.name().in_language(language))?;
    header(sheet, kind, &columns, language)?;
    for (row, event) in (1..).zip(events) {
        write_row(sheet, row, &columns, event, language)?;
    }
    if let Some(downloaded) = downloaded {
        downloaded.write(&mut workbook)?;
    }
    workbook.save_to_buffer()
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[SheetColumn],
    event: &Event,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.write_string(row, 0, word_of_type(event.event_type(), language))?;
    for (name, raw) in flat(event.fields()) {
        let column = columns.iter().position(|column| column.is_some_and(|field| field.name == name));
        let Some(index) = column.and_then(|index| u16::try_from(index).ok()) else { continue };
        let kind = columns[usize::from(index)].map(|field| field.kind);
        write_cell(sheet, (row, index), kind, &text(&raw), language)?;
    }
    Ok(())
}

/// Splits a source into its three columns.
fn flat(fields: Vec<(&'static str, Raw)>) -> Vec<(&'static str, Raw)> {
    let mut flat = Vec::with_capacity(fields.len() + 2);
    for (name, raw) in fields {
        match raw {
            Raw::Object(members) if name == "source" => {
                flat.extend(members.into_iter().filter_map(source_column));
            }
            raw => flat.push((name, raw)),
        }
    }
    flat
}

fn source_column((member, raw): (String, Raw)) -> Option<(&'static str, Raw)> {
    match member.as_str() {
        "name" => Some(("source", raw)),
        "url" => Some(("source_url", raw)),
        "published" => Some(("published", raw)),
        _ => None,
    }
}

/// Writes a value for a cell; commas separate lists, semicolons outlooks.
fn text(raw: &Raw) -> String {
    let words =
        |members: &[(String, Raw)]| members.iter().map(|(_, raw)| text(raw)).collect::<Vec<_>>().join(" ");
    match raw {
        Raw::Null => String::new(),
        Raw::Text(text) | Raw::Number(text) => text.clone(),
        Raw::Flag(flag) => flag.to_string(),
        Raw::Object(members) => words(members),
        Raw::List(items) if items.iter().any(|item| matches!(item, Raw::Object(_))) => {
            items.iter().map(text).collect::<Vec<_>>().join("; ")
        }
        Raw::List(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Option<Kind>,
    text: &str,
    language: Language,
) -> Result<(), XlsxError> {
    let number = || (text.len() <= DIGITS_KEPT).then(|| text.parse::<f64>().ok()).flatten();
    match kind {
        Some(Kind::Figure | Kind::Count) => match number() {
            Some(number) => sheet.write_number(row, column, number)?,
            None => sheet.write_string(row, column, numbers::printed(text, language))?,
        },
        Some(Kind::Date) => match PartialDate::read(text) {
            Ok(PartialDate::Day(day)) => {
                sheet.write_string_with_format(row, column, day_text(day, language), &styles::text())?
            }
            _ => sheet.write_string_with_format(row, column, text, &styles::text())?,
        },
        Some(Kind::Stage) => {
            let stage = Stage::read(text).map_or(text, |stage| stage.name().in_language(language));
            sheet.write_string(row, column, stage)?
        }
        _ => sheet.write_string_with_format(row, column, text, &styles::text())?,
    };
    Ok(())
}

/// Writes a day as a language prints it.
fn day_text(day: Day, language: Language) -> String {
    let text = day.to_string();
    match (language, text.split('-').collect::<Vec<_>>().as_slice()) {
        (Language::German, [year, month, day]) => format!("{day}.{month}.{year}"),
        _ => text,
    }
}
