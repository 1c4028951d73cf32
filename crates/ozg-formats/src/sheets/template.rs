//! Templates: an empty sheet with drop-down lists, and a sheet with instructions.

use super::kinds::{SheetColumn, SheetKind, columns, heading, is_needed};
use super::{failed, styles, words, workbook};
use ozg_core::words::{Label, Language};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};
use std::io;

/// Number of prepared rows below the headings.
const ROWS_PREPARED: u32 = 5_000;
const INSTRUCTIONS: Label = Label { de: "Anleitung", en: "Instructions" };
const LISTS: Label = Label { de: "Listen", en: "Lists" };

/// Writes a template as XLSX: headings in the language, drop-down lists, keys as text, and a sheet with instructions.
///
/// # Errors
/// None in practice; those of the writer.
pub fn write_template(kind: SheetKind, language: Language) -> io::Result<Vec<u8>> {
    template(kind, language).map_err(failed)
}

fn template(kind: SheetKind, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook()?;
    let columns = columns(kind.types());
    let sheet = workbook.add_worksheet().set_name(kind.name().in_language(language))?;
    header(sheet, kind, &columns, language)?;
    for (index, column) in (0..).zip(&columns) {
        if let Some(choices) = words::choices(*column, kind.types(), language) {
            let last = choices.len();
            let rule = list(index, last, *column, language);
            sheet.add_data_validation(1, index, ROWS_PREPARED, index, &rule?)?;
        }
    }
    instructions(&mut workbook, kind, &columns, language)?;
    lists(&mut workbook, kind, &columns, language)?;
    workbook.save_to_buffer()
}

/// Writes the headings and sets the columns up.
pub(super) fn header(
    sheet: &mut Worksheet,
    kind: SheetKind,
    columns: &[SheetColumn],
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in (0..).zip(columns) {
        if let Some(format) = styles::column(*column) {
            sheet.set_column_format(index, &format)?;
        }
        sheet.set_column_width(index, styles::width(*column))?;
        let format = styles::heading(is_needed(*column, kind.types()));
        sheet.write_string_with_format(0, index, heading(*column, language), &format)?;
    }
    Ok(())
}

/// Makes a drop-down list of the words in a column of the hidden sheet.
fn list(
    index: u16,
    last: usize,
    column: SheetColumn,
    language: Language,
) -> Result<DataValidation, XlsxError> {
    let letters = rust_xlsxwriter::utility::column_number_to_name(index);
    let formula = format!("={}!${letters}$1:${letters}${last}", LISTS.in_language(language));
    let style = if words::is_closed(column) {
        DataValidationErrorStyle::Stop
    } else {
        DataValidationErrorStyle::Information
    };
    let rule = DataValidation::new().allow_list_formula(Formula::new(formula)).set_error_style(style);
    Ok(rule.show_error_message(words::is_closed(column)))
}

fn lists(
    workbook: &mut Workbook,
    kind: SheetKind,
    columns: &[SheetColumn],
    language: Language,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(LISTS.in_language(language))?;
    sheet.set_hidden(true);
    for (index, column) in (0..).zip(columns) {
        let choices = words::choices(*column, kind.types(), language).unwrap_or_default();
        for (row, word) in (0..).zip(choices) {
            sheet.write_string(row, index, word)?;
        }
    }
    Ok(())
}

/// The headings of the sheet with instructions.
const EXPLAINED: [Label; 5] = [
    Label { de: "Spalte", en: "column" },
    Label { de: "nötig", en: "needed" },
    Label { de: "sagt", en: "says" },
    Label { de: "nimmt", en: "takes" },
    Label { de: "Beispiel", en: "example" },
];
const NOTES: [Label; 4] = [
    Label {
        de: "Eine Zeile ist eine Angabe. Spalten dürfen fehlen und in anderer Folge stehen; leere Zellen sagen nichts.",
        en: "A row is a statement. Columns may be left out and stand in any order; empty cells say nothing.",
    },
    Label {
        de: "Zeilen, deren erste Zelle mit # beginnt, sind Bemerkungen und werden übergangen.",
        en: "Rows whose first cell begins with # are remarks and are skipped.",
    },
    Label {
        de: "Schlüssel sind Text: führende Nullen gehören dazu. Werte statt Formeln eintragen.",
        en: "Keys are text: leading zeros belong to them. Enter values, not formulas.",
    },
    Label {
        de: "Zahlen werden gelesen wie die Sprache der Überschriften sie schreibt: 1.234 und 12,5 sind deutsch.",
        en: "Numbers are read as the language of the headings writes them: 1,234 and 12.5 are English.",
    },
];

fn instructions(
    workbook: &mut Workbook,
    kind: SheetKind,
    columns: &[SheetColumn],
    language: Language,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(INSTRUCTIONS.in_language(language))?;
    for (row, note) in (0..).zip(NOTES) {
        sheet.write_string(row, 0, note.in_language(language))?;
    }
    let first = 5;
    for (index, label) in (0..).zip(EXPLAINED) {
        sheet.write_string_with_format(first, index, label.in_language(language), &styles::heading(true))?;
        sheet.set_column_width(index, [18, 8, 44, 60, 26][usize::from(index)])?;
    }
    let yes = Label { de: "ja", en: "yes" }.in_language(language);
    for (row, column) in (first + 1..).zip(columns) {
        let texts = [
            heading(*column, language).to_owned(),
            if is_needed(*column, kind.types()) { yes.to_owned() } else { String::new() },
            words::says(*column, language).to_owned(),
            words::takes(*column, kind.types(), language),
            kind.example(*column, language).to_owned(),
        ];
        for (index, text) in (0..).zip(texts) {
            sheet.write_string_with_format(row, index, text, &styles::wrapped())?;
        }
    }
    Ok(())
}
