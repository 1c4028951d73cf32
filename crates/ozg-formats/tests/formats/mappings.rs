//! Mappings: what the columns and words of a sheet mean, drafted, read, applied.

use crate::show::check_sheet;
use expect_test::expect;
use ozg_core::words::PartialDate;
use ozg_formats::input::{Asked, InputKind, Mapping, map_draft, read_drafts};

#[test]
fn a_mapping_says_what_columns_and_words_mean() {
    let mapping = Mapping::read(
        r#"{"header_row":2,"columns":{"Wo":"Ort","Stand der Dinge":"stage","Leiter":"ignore"},
            "constants":{"service":"ozg:10255","on":"2024-06-30"},"words":{"Läuft":"live"},"names":{"ABH":"abh:12051"}}"#,
    )
    .unwrap();
    let asked = Asked { mapping: Some(&mapping), ..Asked::default() };
    let sheet = "Behörde;Stufe;Datum\nWo;Stand der Dinge;Leiter;Nr.\nABH;läuft;A;1\nabh:12052;Pilot;B;2\n";
    check_sheet(
        sheet.as_bytes(),
        &asked,
        &expect![[r#"
        3 milestone-observed ozg:10255 abh:12051 live 2024-06-30
        4 milestone-observed ozg:10255 abh:12052 pilot 2024-06-30
        columns_ignored 2: Not read: Leiter (C), Nr. (D)
    "#]],
    );
    // A column that the next sheet of this form lacks is named.
    check_sheet(
        b"x;y\nWo;Stand\nABH;live\n",
        &asked,
        &expect![[r#"
        missing_field in:2:/columns/Stand der Dinge: columns: The mapping names the column "Stand der Dinge", which this sheet does not have
        missing_field in:2: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type". Unknown: Stand (B); a mapping says what they are (ozg import --map-draft)
    "#]],
    );
    let matrix = Mapping::read(
        r#"{"columns":{"Wo":"place","Wohngeld":"service:dienst:wohngeld","Go":"stage:pilot"},"constants":{"service":"ozg:10255"},"words":{"ok":"ja"}}"#,
    )
    .unwrap();
    let asked = Asked { mapping: Some(&matrix), day: PartialDate::read("2024").ok(), ..Asked::default() };
    check_sheet(
        "Wo;Wohngeld;Go\nBW;ok;2023-05\n".as_bytes(),
        &asked,
        &expect![[r#"
        2 milestone-observed dienst:wohngeld BW live 2024
        2 milestone-reached ozg:10255 BW pilot 2023-05
        read_as B2: The cells name no stage; they are read as live
    "#]],
    );
}

#[test]
fn mistakes_of_a_mapping_name_their_keys() {
    let read = |text: &str| match Mapping::read(text) {
        Ok(_) => "read\n".to_owned(),
        Err(mistakes) => mistakes
            .iter()
            .map(|mistake| {
                let pointer = mistake.origin.pointer.as_deref().unwrap_or_default();
                format!("{} {pointer}: {}\n", mistake.code.as_str(), mistake.message.en)
            })
            .collect(),
    };
    expect![[r#"
        unknown_word /shape: The shape "matrx" is unknown. Allowed: rows, stage_columns, matrix
        bad_number /header_row: The number of the line with the headings is expected, from 1
        wrong_type /sheet: A text is expected
        duplicate_field /columns/D: The key "D" is given twice
        unknown_field /columns/a~1b: "plce" is no column. Allowed: a field (service, place, stage, on, note …), stage:live, service:dienst:wohngeld, place:BB, ignore
        unknown_field /columns/c: "stage:liv" is no column. Allowed: a field (service, place, stage, on, note …), stage:live, service:dienst:wohngeld, place:BB, ignore
        missing_field /columns/d: "?" still stands here: enter what is meant, or delete the line
        unknown_field /constants/colour: There is no field "colour". Allowed: type, service, authority, region, list, subject, measure, place, topic, stage, level, model, unit, scope, value, percent, live, rolling_out, of, status, implementation, urgent, name, kind, area, ars, population, successors, inherits, members, services, topics, parents, executed_by, lead, complete, on, since, due, outlook, entry, says, reason, replaces, source, source_url, published, note, id
        unknown_stage /constants/stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out
        bad_date /constants/on: "gestern" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
        unknown_word /words/läuft: The word "lauft" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out, ja, nein
        unknown_field /more: The field "more" is unknown. Allowed: sheet, header_row, shape, columns, constants, words, names
    "#]].assert_eq(&read(
        r#"{"shape":"matrx","header_row":0,"sheet":1,"columns":{"a/b":"plce","c":"stage:liv","d":"?","D":"on"},
            "constants":{"colour":"red","stage":"liv","on":"gestern"},"words":{"läuft":"lauft"},"names":{"ABH":"12"},"more":1}"#,
    ));
    expect![[r#"
        unreadable : No JSON from line 1, column 1: the text breaks off (EOF while parsing an object)
    "#]]
    .assert_eq(&read("{"));
    expect![[r#"
        wrong_type : A JSON object is expected
    "#]]
    .assert_eq(&read("[]"));
}

#[test]
fn a_draft_asks_for_what_is_not_understood() {
    let draft = |sheet: &str| map_draft((sheet.as_bytes(), None), InputKind::Csv, None, &[]).unwrap();
    expect![[r#"
        {
          "header_row": 2,
          "shape": "rows",
          "columns": {
            "Wo": "?",
            "Stufe": "stage",
            "Leiter": "?"
          },
          "constants": {
            "service": "?",
            "place": "?",
            "on": "?"
          }
        }
    "#]]
    .assert_eq(&draft("Rollout\nWo;Stufe;Leiter\nBW;live;A\n"));
    expect![[r#"
        {
          "header_row": 1,
          "shape": "stage_columns",
          "columns": {
            "Leistung": "service",
            "Ort": "place",
            "Pilot": "stage:pilot",
            "im Einsatz": "stage:live",
            "Leiter": "ignore"
          }
        }
    "#]]
    .assert_eq(&draft("Leistung;Ort;Pilot;im Einsatz;Leiter\nozg:10255;BW;2024;2025;A\n"));
    // Once the columns are known, the mistakes of the rows ask for words and names.
    let sheet = "Leistung;Ort;Stufe;Datum\nozg:10255;ABH Nord;läuft;2024\n";
    let mistakes = read_drafts(sheet.as_bytes(), None, None).unwrap_err();
    let given = Mapping::read(&draft(sheet)).unwrap();
    let text = map_draft((sheet.as_bytes(), None), InputKind::Csv, Some(&given), &mistakes).unwrap();
    expect![[r#"
        {
          "header_row": 1,
          "shape": "rows",
          "columns": {
            "Leistung": "service",
            "Ort": "place",
            "Stufe": "stage",
            "Datum": "on"
          },
          "words": {
            "läuft": "?"
          },
          "names": {
            "ABH Nord": "?"
          }
        }
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_draft_is_about_all_sheets_that_look_like_data() {
    let bytes = include_bytes!("../../../../tests/inputs/two_forms.xlsx");
    let draft = |asked: Option<&str>| map_draft((bytes, asked), InputKind::Csv, None, &[]).unwrap();
    expect![[r#"
        {
          "sheet": "all",
          "header_row": 1,
          "shape": "rows",
          "columns": {
            "Leistung": "service",
            "Ort": "place",
            "Stufe": "stage",
            "Datum": "on",
            "Kennzahl": "measure",
            "Zähleinheit": "unit",
            "Wert": "value",
            "Quelle": "source"
          }
        }
    "#]]
    .assert_eq(&draft(None));
    expect![[r#"
        {
          "sheet": "Zahlen 2024",
          "header_row": 1,
          "shape": "rows",
          "columns": {
            "Kennzahl": "measure",
            "Ort": "place",
            "Zähleinheit": "unit",
            "Wert": "value",
            "Datum": "on",
            "Quelle": "source"
          }
        }
    "#]]
    .assert_eq(&draft(Some("Zahlen 2024")));
    // What is drafted reads the sheets that it is about.
    let mapping = Mapping::read(&draft(None)).unwrap();
    let asked = Asked { mapping: Some(&mapping), ..Asked::default() };
    let mut count = 0;
    let read = ozg_formats::input::read_asked(bytes, &asked, 100, &mut |_| {
        count += 1;
        Ok(())
    });
    assert!(read.is_ok() && count == 2, "{count}");
}
