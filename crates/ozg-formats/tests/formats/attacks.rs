//! Hostile and damaged files: each gets one clear answer, soon.

use crate::show::check;
use crate::workbooks::{packed_sheet, zip};
use expect_test::expect;

#[test]
fn bombs_are_refused() {
    let zeros = vec![b'0'; 20 << 20];
    check(
        &zip(&[("a.csv", &zeros)]),
        &expect![[r#"
            unreadable in: Unpacked the file is too large: allowed are 512 MiB and 300 times the packed size
        "#]],
    );
    check(
        &zip(&[("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", &zeros)]),
        &expect![[r#"
            unreadable in: Unpacked the file is too large: allowed are 128 MiB and 300 times the packed size
        "#]],
    );
    let names: Vec<String> = (0..2_001).map(|index| format!("{index}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    check(
        &zip(&files),
        &expect![[r#"
        unreadable in: The archive contains 2001 files, allowed are 2000
    "#]],
    );
}

#[test]
fn a_million_columns_are_refused() {
    check(
        format!("{}\n", "Ort,".repeat(1_000_000)).as_bytes(),
        &expect![[r#"
        too_many in:1: The sheet has 1000001 columns, allowed are 200
    "#]],
    );
    check(
        format!("Leistung,Ort,Stufe,Datum\n{}x\n", ",".repeat(1_000_000)).as_bytes(),
        &expect![[r#"
        too_many in:2: The sheet has 1000001 columns, allowed are 200
    "#]],
    );
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    check(
        &packed_sheet(&format!("<row r=\"1\">{cells}</row>")),
        &expect![[r#"
            too_many in:1: The sheet has more than 200 columns
        "#]],
    );
}

#[test]
fn what_a_sheet_claims_of_itself_costs_nothing() {
    let cell = |at: &str| format!("<row r=\"1\"><c r=\"{at}\"><v>1</v></c></row>");
    check(
        &packed_sheet(&cell("XFD1048576")),
        &expect![[r#"
            too_many in:1048576: The sheet has more than 200 columns
        "#]],
    );
    check(
        &packed_sheet(&cell("ZZZZZZZZZZ99999999999")),
        &expect![[r#"
            too_many in:1215752191: The sheet has more than 200 columns
        "#]],
    );
    check(
        &packed_sheet(&format!("{}{}", cell("A5"), cell("A2"))),
        &expect![[r#"
            missing_field in:5: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type". Unknown: 1 (A); a mapping says what they are (ozg import --map-draft)
        "#]],
    );
    check(
        &packed_sheet("<row r=\"1\"><c><f t=\"shared\" si=\"4000000000\" ref=\"A1:A9\">1</f></c></row>"),
        &expect![[r#"
            missing_field in:1: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type"
            wrong_type in:1:A1: The cell holds a formula; only values are read (hint: copy, then paste special, values)
        "#]],
    );
}

#[test]
fn what_is_there_again_and_again_is_kept_once() {
    let long = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c>", "x".repeat(40_000));
    check(
        &packed_sheet(&format!("<row r=\"1\">{long}</row>")),
        &expect![[r#"
        missing_field in:1: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type"
        bad_text in:1:A1: The cell has 40000 bytes, allowed are 32768
    "#]],
    );
    let formula = "<c r=\"A1\"><f>1+1</f><v>2</v></c>";
    check(
        &packed_sheet(&format!("<row r=\"1\">{}</row>", formula.repeat(100_000))),
        &expect![[r#"
            unreadable in: The file is damaged (zip or XLSX); download it or save it again
        "#]],
    );
}

#[test]
fn protected_and_damaged_files_say_so() {
    let mut protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    protected.extend([0; 512]);
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(
        &protected,
        &expect![[r#"
        unreadable in: The file is protected by a password; save it without one
    "#]],
    );
    check(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        &expect![[r#"
            unreadable in: The file is protected by a password, or an old workbook (XLS); save it without a password as XLSX or "CSV UTF-8" (hint: XLSX)
        "#]],
    );
    check(
        b"PK\x03\x04 and no more",
        &expect![[r#"
            unreadable in: The file breaks off before it is complete (zip, XLSX or ODS); download it or save it again
        "#]],
    );
    check(
        &zip(&[("[Content_Types].xml", b"")]),
        &expect![[r#"
        unreadable in: The file is damaged (zip or XLSX); download it or save it again
    "#]],
    );
    check(
        &packed_sheet("<row r=\"1\"><c r=\"A1\"><v>1</v>"),
        &expect![[r#"
        unreadable in: The file is damaged (zip or XLSX); download it or save it again
    "#]],
    );
    check(
        &zip(&[("a.pdf", b"")]),
        &expect![[r#"
        unreadable in: The archive contains no file that can be read (.ndjson, .csv, .txt)
    "#]],
    );
    check(
        &zip(&[("a.csv", b""), ("b.csv", b"")]),
        &expect![[r#"
        unreadable in: The archive contains 2 files that could be read; pack only one
    "#]],
    );
    let mut cut = zip(&[("a.csv", b"Leistung;Ort;Stufe;Datum\nozg:10255;BW;live;2024\n")]);
    cut.truncate(cut.len() - 30);
    check(
        &cut,
        &expect![[r#"
            unreadable in: The file breaks off before it is complete (zip, XLSX or ODS); download it or save it again
        "#]],
    );
}
