//! Workbooks of series on paper and in LibreOffice: set up for printing, rows high enough, dates that are sorted rightly.

use crate::series::{bytes, header, row, wide};
use ozg_core::measure::Measure;
use ozg_core::query::Show;
use ozg_core::series::{Header, Observed, Row};
use ozg_core::words::{Area, Language, PartialDate};
use std::io::{Cursor, Read};

/// The part of a workbook, as text.
fn part(header: &Header, rows: Vec<Row>, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("xlsx", header, rows))).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn observed(on: &str) -> Row {
    Row { observed: Some(Observed::On(PartialDate::read(on).unwrap())), ..row("2024-12-31", Area::BB, 7) }
}

#[test]
fn sheets_are_as_wide_as_their_pages_and_their_headings_stand_on_every_page() {
    let header = header(Measure::ServicesRolledOut);
    let of = |name: &str| part(&header, vec![observed("2024")], name);
    let (table, notes, book) =
        (of("xl/worksheets/sheet1.xml"), of("xl/worksheets/sheet2.xml"), of("xl/workbook.xml"));
    for (sheet, pages) in [(&table, " fitToWidth=\"2\""), (&notes, "")] {
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{sheet}");
        assert!(sheet.contains(&format!("paperSize=\"9\"{pages} fitToHeight=\"0\"")), "{sheet}");
    }
    assert!(table.contains("orientation=\"landscape\"") && notes.contains("orientation=\"portrait\""));
    assert!(
        book.contains("_xlnm.Print_Titles\" localSheetId=\"0\">Zeitreihe!$A:$B,Zeitreihe!$1:$1<"),
        "{book}"
    );
}

#[test]
fn a_wide_table_is_legible_on_paper() {
    let of = |lines: usize, name: &str| {
        let rows = Area::all().take(lines).map(|area| row("2022-06-30", area, 1)).collect();
        part(&wide(Show::Value, Some(Language::German)), rows, name)
    };
    let (few, many) = (of(8, "xl/workbook.xml"), of(17, "xl/workbook.xml"));
    assert!(
        few.contains(">Zeitreihe!$1:$1<") && many.contains(">Zeitreihe!$A:$A,Zeitreihe!$1:$1<"),
        "{few}\n{many}"
    );
    let setup = |lines: usize| of(lines, "xl/worksheets/sheet1.xml");
    assert!(!setup(8).contains("fitToWidth") && setup(17).contains(" fitToWidth=\"2\""), "{}", setup(17));
}

#[test]
fn wrapped_texts_have_rows_that_are_high_enough() {
    let header = header(Measure::ServicesRolledOut);
    let notes = part(&header, vec![observed("2024")], "xl/worksheets/sheet2.xml");
    let heights = notes.split("<row ").skip(1).map(|row| {
        let height = row.split_once("ht=\"").and_then(|(_, rest)| rest.split_once('"'));
        height.and_then(|(height, _)| height.parse::<f64>().ok()).unwrap_or(15.0)
    });
    let heights: Vec<f64> = heights.collect();
    // The words of the statuses take many lines, the name of the measure takes one.
    assert!(heights[0] < 16.0 && heights.iter().any(|height| *height > 90.0), "{heights:?}");
}

#[test]
fn dates_of_figures_are_texts_throughout() {
    let rows = ["2024", "2024-06", "2024-06-30"].map(observed);
    let table = part(&header(Measure::ServicesRolledOut), rows.to_vec(), "xl/worksheets/sheet1.xml");
    for date in ["2024", "2024-06", "2024-06-30"] {
        assert!(table.contains(&format!("t=\"inlineStr\"><is><t>{date}</t></is>")), "{date}: {table}");
    }
    // The day of a row stays a day, in long and in wide tables.
    let day = "r=\"A2\" s=\"2\"><v>45657</v>";
    assert!(table.contains(day), "{table}");
    let wide = part(&wide(Show::Value, Some(Language::German)), rows.to_vec(), "xl/worksheets/sheet1.xml");
    assert!(wide.contains(day), "{wide}");
}
