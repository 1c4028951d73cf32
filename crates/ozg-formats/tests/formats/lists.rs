//! Lists as workbooks.

use calamine::{Data, Reader, Xlsx};
use ozg_core::words::Language;
use ozg_formats::lists::{ListBook, write_list_xlsx};
use serde_json::{Map, Value, json};
use std::io::{Cursor, Read};

const COLUMNS: [&str; 5] = ["service", "due", "due_day", "days_overdue", "plan"];

fn book(language: Option<Language>, head: &Map<String, Value>) -> Vec<u8> {
    let rows = vec![
        vec![json!("=1+1"), json!("2026-05"), json!("2026-05-31"), json!(1), json!(10)],
        vec![json!("ozg:10255"), json!("2026-12-31"), json!("2026-12-31"), json!(null), json!(12)],
    ];
    let (name, operator) = ("due", "Amt");
    let list = ListBook {
        name,
        columns: &COLUMNS,
        head,
        operator,
        recorded_at_ms: Some(1_780_308_000_000),
        language,
    };
    let mut out = Vec::new();
    write_list_xlsx(&list, &mut rows.into_iter().map(Ok), &mut out).unwrap();
    out
}

/// Writes the rows of a sheet, days with a `d` before their number.
fn rows(bytes: &[u8], sheet: &str) -> String {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let cell = |cell: &Data| match cell {
        Data::DateTime(day) => format!("d{}", day.as_f64()),
        cell => cell.to_string(),
    };
    range.rows().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|") + "\n").collect()
}

#[test]
fn days_are_dates_partial_dates_texts_and_the_head_notes() {
    let head: Map<String, Value> = [
        ("on", json!("2026-06-01")),
        ("position", json!(12)),
        ("permalink", json!("http://x/v1/due.xlsx?position=12")),
        ("next", json!(null)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect();
    let german = book(Some(Language::German), &head);
    assert_eq!(
        rows(&german, "fällig"),
        "Leistung|fällig|fällig am|Tage überfällig|Plan\n=1+1|2026-05|d46173|1|10\nozg:10255|d46387|d46387||12\n"
    );
    assert_eq!(
        rows(&german, "Hinweise"),
        "Datum|2026-06-01\nPosition|12\nDauerhafte Adresse|http://x/v1/due.xlsx?position=12\n"
    );
    assert_eq!(german, book(Some(Language::German), &head), "the same list gives the same bytes");
    let plain = book(None, &Map::new());
    assert!(rows(&plain, "fällig").starts_with("service|due|due_day|days_overdue|plan\n"));
    let workbook: Xlsx<_> = Xlsx::new(Cursor::new(plain)).unwrap();
    assert_eq!(workbook.sheet_names(), ["fällig"], "no notes where nothing is to be noted");
}

#[test]
fn a_list_is_printed_across_the_page_with_its_headings_on_each() {
    let bytes = book(None, &Map::new());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    for words in [
        "state=\"frozen\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
    ] {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
}
