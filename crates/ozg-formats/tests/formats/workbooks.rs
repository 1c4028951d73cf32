//! Sheets as XLSX: the same statements as from CSV, and the cases that only a workbook has.

use crate::show::{check, check_as};
use expect_test::expect;
use ozg_formats::input::InputKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Makes a workbook with one sheet.
pub(crate) fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

/// Makes a sheet of texts.
pub(crate) fn texts(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
}

/// Packs files into a zip.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Packs the rows of a sheet, as XML, into a workbook.
pub(crate) fn packed_sheet(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let of_package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let of_workbook = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", of_package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_workbook.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn what_cells_hold_is_read_as_one_would_type_it() {
    let day = ExcelDateTime::from_ymd(2024, 6, 30).unwrap();
    let format = Format::new().set_num_format("dd.mm.yyyy");
    let bytes = workbook(|sheet| {
        texts(sheet, &[&["Meilensteine 2024"], &[], &["Leistung", "Ort", "Stufe", "Datum", "Anmerkung"]]);
        texts(
            sheet,
            &[&[], &[], &[], &["ozg:10255", "BW", "im Einsatz"], &["# später"], &["ozg:10255", "BY", "live"]],
        );
        sheet.write_datetime_with_format(3, 3, &day, &format).unwrap();
        sheet.write_number(5, 3, 45_473).unwrap();
        sheet.write_boolean(5, 4, true).unwrap();
        texts(sheet, &[&[], &[], &[], &[], &[], &[], &["10255", "SH", "live", "2024"]]);
        sheet.write_number(6, 0, 10_255).unwrap();
        sheet.write_number(6, 3, 2_024).unwrap();
        sheet.write_number(6, 4, 1.5).unwrap();
    });
    check(
        &bytes,
        &expect![[r#"
        4 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06-30","id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"milestone-reached","service":"ozg:10255","place":"BY","stage":"live","on":"2024-06-30","note":"true","id":"00000000-0000-0000-0000-000000000000"}
        7 {"type":"milestone-reached","service":"ozg:10255","place":"SH","stage":"live","on":"2024","note":"1.5","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn numbers_mean_what_they_are() {
    let bytes = workbook(|sheet| {
        texts(sheet, &[&["Kennzahl", "Ort", "Stufe", "Wert", "Datum"]]);
        for (row, text) in [(1, ""), (2, "1.234"), (3, "1,5"), (4, ">1.234"), (5, "ca. 4.000")] {
            texts_at(sheet, row, &["reuses", "DE", "live", text, "2024"]);
        }
        sheet.write_number(1, 3, 1.234).unwrap();
    });
    check(
        &bytes,
        &expect![[r#"
        2 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":1.234,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":1234,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":1.5,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":">1234","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"figure-reported","measure":"reuses","place":"DE","stage":"live","unit":"ozg","value":"ca. 4000","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

fn texts_at(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

#[test]
fn formulas_and_their_errors_are_named_with_the_other_mistakes() {
    let bytes = workbook(|sheet| {
        texts(sheet, &[&["Leistung", "Ort", "Stufe", "Datum"], &["ozg:10255", "BX", "live", "2024"]]);
        texts_at(sheet, 2, &["ozg:10255", "BW", "live"]);
        sheet.write_formula(2, 3, Formula::new("=TODAY()").set_result("45473")).unwrap();
        texts_at(sheet, 3, &["ozg:10255", "#NV", "live", "2024"]);
    });
    check(
        &bytes,
        &expect![[r#"
            unknown_place in:2:B2: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            wrong_type in:3:D3: on: The cell holds a formula; only values are read (hint: copy, then paste special, values)
            wrong_type in:4:B4: place: The cell holds the error #NV of a formula; enter the value or empty the cell
        "#]],
    );
}

#[test]
fn the_sheet_that_is_meant_is_found() {
    let mut book = Workbook::new();
    texts(book.add_worksheet().set_name("Anleitung").unwrap(), &[&["Ort", "Datum", "Stufe", "Leistung"]]);
    book.add_worksheet().set_name("Versteckt").unwrap().set_hidden(true);
    texts(
        book.add_worksheet().set_name("Daten").unwrap(),
        &[&["service", "place", "stage", "on"], &["ozg:10255", "BW", "live", "2023"]],
    );
    check(
        &book.save_to_buffer().unwrap(),
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2023","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    texts(
        book.add_worksheet().set_name("Milestones").unwrap(),
        &[&["service", "place", "stage", "on"], &["ozg:10255", "BW", "live", "2024"]],
    );
    check(
        &book.save_to_buffer().unwrap(),
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn workbooks_are_no_texts() {
    let bytes = workbook(|sheet| texts(sheet, &[&["a"]]));
    check_as(
        &bytes,
        Some(InputKind::Ndjson),
        &expect![[r#"
        unreadable in: This is a workbook (XLSX); text is expected
    "#]],
    );
    check(
        &workbook(|_| {}),
        &expect![[r#"
        unreadable in: The file is empty
    "#]],
    );
}
