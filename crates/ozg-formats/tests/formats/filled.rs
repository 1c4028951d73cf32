//! Templates, filled as their own instructions say, are taken: with the column of types left empty, in both languages.

use calamine::{Data, Reader, Xlsx};
use ozg_core::words::Language;
use ozg_formats::input::{InputKind, read_drafts};
use ozg_formats::sheets::{SheetKind, write_template};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

/// Returns the headings of a template, each with the example that its instructions give.
fn headings_and_examples(kind: SheetKind, language: Language) -> Vec<(String, String)> {
    let bytes = write_template(kind, language).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut rows = |sheet: usize| -> Vec<Vec<String>> {
        let name = book.sheet_names()[sheet].clone();
        let range = book.worksheet_range(&name).unwrap();
        range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    };
    let (sheet, instructions) = (rows(0), rows(1));
    let example = |heading: &String| {
        let row = instructions.iter().find(|row| row[0] == *heading);
        row.and_then(|row| row.last()).cloned().unwrap_or_else(|| panic!("no instruction for {heading}"))
    };
    sheet[0].iter().map(|heading| (heading.clone(), example(heading))).collect()
}

#[test]
fn a_template_that_is_filled_by_its_own_instructions_is_taken() {
    for (kind, language) in
        SheetKind::all().flat_map(|kind| Language::all().map(move |language| (kind, language)))
    {
        let columns = headings_and_examples(kind, language);
        assert_eq!(columns[0].1, "", "the column of types is left empty");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (index, (heading, example)) in (0..).zip(&columns) {
            sheet.write_string(0, index, heading).unwrap();
            sheet.write_string(1, index, example).unwrap();
        }
        let workbook = book.save_to_buffer().unwrap();
        let line = |pick: fn(&(String, String)) -> &String| {
            columns.iter().map(pick).cloned().collect::<Vec<_>>().join(";")
        };
        let csv = format!("{}\n{}\n", line(|column| &column.0), line(|column| &column.1));
        for (bytes, asked) in [(&workbook, None), (&workbook, Some(kind)), (&csv.into_bytes(), None)] {
            let asked = asked.map(|kind: SheetKind| InputKind::read(kind.id()).unwrap());
            let drafts = read_drafts(bytes, asked, None)
                .unwrap_or_else(|mistakes| panic!("{kind:?} {language:?}: {mistakes:?}"));
            let types: Vec<_> = drafts.iter().map(|draft| draft.body.event_type()).collect();
            assert_eq!(types, [kind.types()[0]], "{kind:?} {language:?}");
        }
    }
}
