//! Sheets as XLSX: the same statements as from CSV, and the cases that only a workbook has.

use crate::show::{check, check_as};
use expect_test::expect;
use ozg_formats::input::{InputKind, Reading, read_each};
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
            unreadable in: This is a workbook (XLSX or ODS); text is expected
        "#]],
    );
    check(
        &workbook(|_| {}),
        &expect![[r#"
        unreadable in: The file is empty
    "#]],
    );
}

/// Returns the remarks of a reading.
fn remarks(bytes: &[u8]) -> String {
    let Reading { remarks, .. } = read_each(bytes, None, None, 1_000, &mut |_| Ok(())).unwrap();
    remarks.iter().map(|remark| format!("{}: {}\n", remark.remark.id(), remark.message.en)).collect()
}

#[test]
fn a_cell_means_what_it_shows() {
    let bytes = workbook(|sheet| {
        texts(sheet, &[&["Kennzahl", "Ort", "Prozent", "Datum", "Anmerkung"]]);
        let figures = [
            (0.97, "0%", (2024, 6, 1), "mmm yy"),
            (0.276_522, "0.0 %", (2024, 1, 1), "yyyy"),
            (83.0, "0\" %\"", (2024, 6, 30), "dd.mm.yyyy"),
            (0.005, "0.0%;[Red]-0.0%", (2024, 6, 30), "[$-407]d. mmmm yyyy;@"),
            (1.5, "General", (2024, 4, 1), "mm/yyyy"),
        ];
        for (row, (value, format, (year, month, day), date)) in (1..).zip(figures) {
            texts_at(sheet, row, &["services_rolled_out", "SN"]);
            sheet.write_number_with_format(row, 2, value, &Format::new().set_num_format(format)).unwrap();
            let on = ExcelDateTime::from_ymd(year, month, day).unwrap();
            sheet.write_datetime_with_format(row, 3, &on, &Format::new().set_num_format(date)).unwrap();
            sheet.write_number_with_format(row, 4, value, &Format::new().set_num_format(format)).unwrap();
        }
    });
    check(
        &bytes,
        &expect![[r#"
        2 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":97,"on":"2024-06","note":"97 %","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":27.6522,"on":"2024","note":"27,6522 %","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":83,"on":"2024-06-30","note":"83","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":0.5,"on":"2024-06-30","note":"0,5 %","id":"00000000-0000-0000-0000-000000000000"}
        6 {"type":"figure-reported","measure":"services_rolled_out","place":"SN","unit":"ozg","percent":1.5,"on":"2024-04","note":"1.5","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    let bytes = workbook(|sheet| {
        texts(sheet, &[&["Kennzahl", "Ort", "Wert", "Datum"]]);
        for (row, format) in [(1, "dd.mm.yyyy"), (2, "d. mmm"), (3, "mmmm"), (4, "hh:mm")] {
            texts_at(sheet, row, &["reuses", "DE", "5"]);
            let format = Format::new().set_num_format(format);
            let number = if row == 1 { 2_024.0 } else { 45_444.0 };
            sheet.write_number_with_format(row, 3, number, &format).unwrap();
        }
        sheet.write_number_with_format(4, 2, 0.5, &Format::new().set_num_format("0%")).unwrap();
    });
    check(
        &bytes,
        &expect![[r#"
        date_out_of_range in:2:D2: on: The cell shows 1905-07-16; was the year 2024 typed into a cell for days? (hint: 2024)
        bad_date in:3:D3: on: The cell shows a date without its year; add the year (hint: 2024-06-01)
        bad_date in:4:D4: on: The cell shows a date without its year; add the year (hint: 2024-06)
        bad_date in:5:D5: on: The cell holds a time or a duration, not a date
    "#]],
    );
}

#[test]
fn what_is_hidden_or_struck_through_is_read_with_a_remark() {
    let bytes = workbook(|sheet| {
        let rows: [&[&str]; 4] = [
            &["service", "place", "stage", "on", "note"],
            &["ozg:10255", "BW", "live", "2024", "a"],
            &["ozg:10255", "BY", "live", "2024"],
            &["ozg:10255", "SH", "live", "2024"],
        ];
        texts(sheet, &rows);
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(4).unwrap();
        sheet.set_column_hidden(9).unwrap();
        let struck = Format::new().set_font_strikethrough();
        sheet.write_string_with_format(3, 1, "SH", &struck).unwrap();
    });
    expect![[r#"
        hidden_read: Rows were read, too, that are hidden (1): 3
        hidden_read: Rows were read, too, that are struck through (1): 4
        hidden_read: Columns were read, too, that are hidden: E
    "#]]
    .assert_eq(&remarks(&bytes));
}

#[test]
fn cells_without_a_heading_are_named_and_merged_ones_hold_for_their_rows() {
    let bytes = workbook(|sheet| {
        texts(
            sheet,
            &[
                &["service", "place", "stage", "on"],
                &["", "BW", "live", "2024"],
                &["", "BY", "live", "2024", "x", "y"],
                &["", "SH", "live", "2024", "z"],
            ],
        );
        sheet.merge_range(1, 0, 3, 0, "ozg:10255", &Format::new()).unwrap();
        texts_at(sheet, 4, &["ozg:10255", "BB", "live", "2024"]);
    });
    check(
        &bytes,
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"milestone-reached","service":"ozg:10255","place":"BY","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"milestone-reached","service":"ozg:10255","place":"SH","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    expect![[r#"
        columns_ignored: There is no heading above this cell; the column E is not read
        columns_ignored: There is no heading above this cell; the column F is not read
    "#]]
    .assert_eq(&remarks(&bytes));
}

#[test]
fn styles_that_would_be_copied_without_end_are_refused() {
    let format = format!("<numFmt numFmtId=\"164\" formatCode=\"{}\"/>", "0".repeat(100_000));
    let styles = format!(
        "<styleSheet><numFmts>{format}</numFmts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf numFmtId=\"164\"/>".repeat(10_000)
    );
    check(
        &zip(&[("[Content_Types].xml", b""), ("xl/styles.xml", styles.as_bytes())]),
        &expect![[r#"
        unreadable in: Unpacked the file is too large: allowed are 128 MiB and 300 times the packed size
    "#]],
    );
}

#[test]
fn notes_with_contacts_have_a_remark() {
    let csv = "service,place,stage,on,note\nozg:10255,BW,live,2024,a@b.de\nozg:10255,BY,live,2024,b\nozg:10255,SH,live,2024,Frau Muster\n";
    expect![[r#"
        contact_in_note: A note or reason names an e-mail address, a telephone number or a person, and is published (2): line 2, 4
    "#]].assert_eq(&remarks(csv.as_bytes()));
}
