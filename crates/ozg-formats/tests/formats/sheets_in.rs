//! Sheets as inputs: separators, headings, encodings, and the mistakes that each can have.

use crate::show::{check, check_as};
use expect_test::expect;
use ozg_formats::input::{InputKind, read_drafts};

const GERMAN: &str = "Leistung;Ort;Stufe;Datum;Art;Grund;ersetzt;Quelle;Quelle_URL;veröffentlicht;Anmerkung;Kennung\r\n\
ozg:10255;ags:01003000;im Einsatz;30.06.2024;;;;Lübeck;https://example.org/a;07/2024;\"mit ; und \"\"Zitat\"\"\";\r\n\
\r\n\
# eine Bemerkung\r\n\
10255;DE-BW;flächendeckend;2023-Q1;beendet;abgeschaltet;standing;;;;;0197a3c2-5b7e-7c11-9d52-0242ac120002\r\n\
;;;;;;;;;;;\r\n";

#[test]
fn german_milestones_with_semicolons() {
    check(
        GERMAN.as_bytes(),
        &expect![[r#"
            2 {"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-06-30","source":{"name":"Lübeck","url":"https://example.org/a","published":"2024-07"},"note":"mit ; und \"Zitat\"","id":"00000000-0000-0000-0000-000000000000"}
            5 {"type":"milestone-ended","service":"ozg:10255","place":"BW","stage":"rolled_out","on":"2023-Q1","reason":"abgeschaltet","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"} (replaces standing)
        "#]],
    );
}

#[test]
fn english_headings_in_any_order_and_case() {
    check(
        b"ON,Stage,place,SERVICE,Source URL,source\n2024-06,live,BW,ozg:10255,https://example.org,a\n",
        &expect![[r#"
            2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","source":{"name":"a","url":"https://example.org"},"id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    check(
        b"on\tstage\tplace\tservice\n2024-06\tlive\tBW\tozg:10255",
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    check(
        b"sep=;\r\nDatum;Stufe;Ort;Leistung\r\n2024-06;live;BX;ozg:10255\r\n",
        &expect![[r#"
        unknown_place in:3:C3: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
}

#[test]
fn figures() {
    check(
        "Kennzahl;Ort;Zähleinheit;Wert;Prozent;von;Datum;seit;Eingrenzung\n\
         services_rolled_out;BE;ozg;>80;;575;07.2022;;\n\
         services_rolled_out;BE;ozg;;12,5;;2022;;nur Bund\n\
         applications;DE;;-11;;;2022-07;2022-03;\n"
            .as_bytes(),
        &expect![[r#"
            2 {"type":"figure-reported","measure":"services_rolled_out","place":"BE","unit":"ozg","value":">80","of":575,"on":"2022-07","id":"00000000-0000-0000-0000-000000000000"}
            3 {"type":"figure-reported","measure":"services_rolled_out","place":"BE","unit":"ozg","scope":"nur Bund","percent":12.5,"on":"2022","id":"00000000-0000-0000-0000-000000000000"}
            4 {"type":"figure-reported","measure":"applications","place":"DE","value":-11,"on":"2022-07","since":"2022-03","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    check_as(b"measure,place,stage,value,on,type\nreuses,DE,live,1.234,2024,\nreuses,DE,live,5,2024,Ziel gesetzt\n", Some(InputKind::Figures), &expect![[r#"
        missing_field in:3: due: The field "due" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
    "#]]);
}

#[test]
fn any_type_by_a_column() {
    check(
        "type,service,name,topics,executed_by,on,authority,population\n\
         service-listed,ozg:10255,Wohnsitz,bauen_wohnen;umwelt,meldebehoerde|land,,,\n\
         authority-changed,,,,,2024-01-01,ags:01003000,200\n\
         Leistung aus dem Katalog genommen,ozg:10255,,,,2024,,\n\
         service-listd,ozg:10255,Wohnsitz,,,,,\n"
            .as_bytes(),
        &expect![[r#"
            unknown_type in:5:A5: type: The type "service-listd" is unknown. Allowed: erreicht, reached, beendet, ended, geplant, planned, vorgefunden, observed, milestone-reached, milestone-ended, maturity-assessed, reuse-reported, figure-reported, milestone-planned, target-set, assessment-made, service-listed, service-delisted, authority-listed, authority-changed, authority-dissolved, entry-withdrawn, milestone-observed, region-defined, list-defined, register-declared, objection-made (hint: service-listed)
        "#]],
    );
}

#[test]
fn headings_with_mistakes() {
    check(
        b"Lestung;Ort;Stufe;Datum;Ort;place;Farbe\nozg:1;BW;live;2024;;;\n",
        &expect![[r#"
            duplicate_field in:1:E1: Ort: The heading "Ort" is given twice (or in German and in English)
            duplicate_field in:1:F1: place: The heading "place" is given twice (or in German and in English)
            unknown_field in:1:A1: Lestung: The heading "Lestung" is unknown. Allowed: type, service, place, stage, on, reason, replaces, source, source_url, published, note, id (hint: Leistung)
            bad_key in:2:A2: service: "ozg:1" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
        "#]],
    );
    check(
        b"Leistung;Stufe\nozg:1;live\n",
        &expect![[r#"
            missing_field in:1: place: The column "place" is missing
            missing_field in:1: on: The column "on" is missing; if the sheet says what held on one day: --on with that day
        "#]],
    );
    check(
        b"a,b\n1,2\n",
        &expect![[r#"
            missing_field in:1: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type". Unknown: a (A), b (B); a mapping says what they are (ozg import --map-draft)
        "#]],
    );
    check(
        b"Leistung;Ort;Stufe;Datum;\nozg:10255;BW;live;2024;\nozg:10255;BY;live;2024;x\n",
        &expect![[r#"
            2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
            3 {"type":"milestone-reached","service":"ozg:10255","place":"BY","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    let wide = format!("{}\n", vec!["a"; 201].join(","));
    check(
        wide.as_bytes(),
        &expect![[r#"
        too_many in:1: The sheet has 201 columns, allowed are 200
    "#]],
    );
}

#[test]
fn rows_with_mistakes() {
    check(
        "Leistung;Ort;Stufe;Datum;Art;Anmerkung\n\
         ozg:1025;BX;liv;31.02.2024;ereicht;\n\
         ozg:10255;1003000;live;gestern;;a\u{7}b\n\
         ozg:10255;BW;live\n\
         \n\
         ozg:10255;BW;live;2024;erreicht;x;y\n\
         9,9012E+13;ags:1003000;live;;beendet;\n\
         ozg:10255;BW;live;2024;;\"offen\n\
         ozg:10255;BW;live;2024;;\n"
            .as_bytes(),
        &expect![[r#"
            unknown_type in:2:E2: type: The type "ereicht" is unknown. Allowed: erreicht, reached, beendet, ended, geplant, planned, vorgefunden, observed, milestone-reached, milestone-ended, maturity-assessed, reuse-reported, figure-reported, milestone-planned, target-set, assessment-made, service-listed, service-delisted, authority-listed, authority-changed, authority-dissolved, entry-withdrawn, milestone-observed, region-defined, list-defined, register-declared, objection-made (hint: erreicht)
            bad_key in:2:A2: service: "ozg:1025" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            unknown_place in:2:B2: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            unknown_stage in:2:C2: stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out (hint: live)
            bad_date in:2:D2: on: "31.02.2024": this day does not exist in the calendar
            lost_leading_zero in:3:B3: place: "1003000" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar) (hint: ags:01003000)
            bad_date in:3:D3: on: "gestern" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
            bad_text in:3:F3: note: The text has the control character U+0007
            missing_field in:4:D4: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
            unknown_field in:6:G6: The row has 7 cells, the headings have 6: check quotation marks and separators
            bad_key in:7:A7: service: "9,9012E+13" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case (hint: keep the column as text: the digits were rounded)
            lost_leading_zero in:7:B7: place: "ags:1003000" has lost its leading zero; keep the column as text (hint: ags:01003000)
            missing_field in:7: Missing: on, reason. If the row is no statement (sum, heading, footnote): put # in front or delete it
            unreadable in:8: A quotation mark is not closed; everything up to the end of the file would be one cell
        "#]],
    );
    let long = format!("Leistung;Ort;Stufe;Datum;Anmerkung\nozg:10255;BW;live;2024;{}\n", "x".repeat(40_000));
    check(
        long.as_bytes(),
        &expect![[r#"
        unreadable in:2:E2: The cell has 40000 bytes, allowed are 32768: is a quotation mark missing?
    "#]],
    );
}

#[test]
fn empty_cells_at_the_end_of_a_row_may_be_left_out() {
    let header = "Leistung;Ort;Stufe;Datum;Art;Grund;Anmerkung";
    let rows = [
        "ozg:10255;BW;live;2024",
        "ozg:10255;BY;live;2024;;;",
        "ozg:10255;BY;live;2025;beendet;Umbau",
        "ozg:10255;SH;live;2024;;;;;",
        // It needs a day, and an end its reason.
        "ozg:10255;HH;live",
        "ozg:10255;BY;live;2025;beendet",
        // Another separator than the header has.
        "ozg:10255,BY,live,2025",
        "ozg:10255;BB;live;2024;;;;x",
    ];
    check(
        format!("{header}\n{}\n", rows.join("\n")).as_bytes(),
        &expect![[r#"
            missing_field in:6:D6: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
            missing_field in:7:F7: reason: The field "reason" is missing: a text
            bad_key in:8:A8: service: "ozg:10255,BY,live,2025" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            missing_field in:8: Missing: place, stage, on. If the row is no statement (sum, heading, footnote): put # in front or delete it
            unknown_field in:9:H9: The row has 8 cells, the headings have 7: check quotation marks and separators
        "#]],
    );
    check(
        format!("{header}\n{}\n", rows[..4].join("\n")).as_bytes(),
        &expect![[r#"
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"milestone-reached","service":"ozg:10255","place":"BY","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        4 {"type":"milestone-ended","service":"ozg:10255","place":"BY","stage":"live","on":"2025","reason":"Umbau","id":"00000000-0000-0000-0000-000000000000"}
        5 {"type":"milestone-reached","service":"ozg:10255","place":"SH","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn lines_are_counted_through_quotes_comments_and_lone_returns() {
    check(
        b"service,place,stage,on,note\r#c\r\rozg:10255,BX,live,2024,\"a\rb\"\rozg:10255,BY,liv,2024,\r",
        &expect![[r#"
            unknown_place in:4:B4: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            unknown_stage in:5:C5: stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out (hint: live)
        "#]],
    );
    check(
        b"service,place,stage,on,note\r\n#c\r\n\r\nozg:10255,BX,live,2024,\"a\r\nb\"\r\nozg:10255,BY,liv,2024,\r\n",
        &expect![[r#"
            unknown_place in:4:B4: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
            unknown_stage in:5:C5: stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out (hint: live)
        "#]],
    );
    check(
        b"\n\n# c\nservice,place,stage,on\n\n\n#c\nozg:10255,BX,live,2024",
        &expect![[r#"
        unknown_place in:8:B8: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
}

#[test]
fn encodings_of_sheets() {
    let text = "Leistung;Ort;Stufe;Datum;Anmerkung\nozg:10255;BW;flächendeckend;2024;Größe – „gut“ €\n";
    let units = || [0xfeff].into_iter().chain(text.encode_utf16());
    let windows = b"Leistung;Ort;Stufe;Datum;Anmerkung\nozg:10255;BW;fl\xe4chendeckend;2024;Gr\xf6\xdfe \x96 \x84gut\x93 \x80\n";
    let encoded: [Vec<u8>; 5] = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
        windows.to_vec(),
    ];
    for bytes in encoded {
        let drafts = read_drafts(&bytes, None, Some("text/csv")).unwrap();
        assert_eq!(drafts[0].note.as_ref().map(|note| note.as_str()), Some("Größe – „gut“ €"));
        assert_eq!((drafts[0].at.line, drafts.len()), (2, 1));
    }
}

#[test]
fn bytes_that_are_no_text() {
    check(
        b"Leistung;Ort\nl\xc3\xbcbeck;l\xfcbeck\n",
        &expect![[r#"
        wrong_encoding in:2: The byte 0xFC is not UTF-8 (hint: UTF-8)
    "#]],
    );
    check(
        b"Leistung;Ort\nl\x81beck;x\n",
        &expect![[r#"
            wrong_encoding in:2: The umlauts of the file are those of CP850 (DOS), which is not read; save it as "CSV UTF-8" (hint: CSV UTF-8)
        "#]],
    );
    check(
        b"Leistung;Ort\n\x00\x01",
        &expect![[r#"
            wrong_encoding in:2: This is not text but a binary file; save sheets as XLSX or "CSV UTF-8" (hint: CSV UTF-8)
        "#]],
    );
    check(
        b"PK\x03\x04\x14\x00\x06\x00",
        &expect![[r#"
            unreadable in: The file breaks off before it is complete (zip, XLSX or ODS); download it or save it again
        "#]],
    );
    check(
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        &expect![[r#"
            unreadable in: The file is protected by a password, or an old workbook (XLS); save it without a password as XLSX or "CSV UTF-8" (hint: XLSX)
        "#]],
    );
    check(
        b"\xff\xfea\x00\x00\xd8",
        &expect![[r#"
        wrong_encoding in: The file starts like UTF-16LE but is not such a file
    "#]],
    );
    check(
        b"",
        &expect![[r#"
        unreadable in: The file is empty
    "#]],
    );
    check(
        b" \r\n\n",
        &expect![[r#"
        unreadable in: The file is empty
    "#]],
    );
    check(
        "\u{feff}".as_bytes(),
        &expect![[r#"
        unreadable in: The file is empty
    "#]],
    );
    check(
        b"Leistung;Ort;Stufe;Datum\n",
        &expect![[r#"
        unreadable in:1: There is no row below the headings
    "#]],
    );
    check(
        b"Leistung;Ort;Stufe;Datum\n;;;\n",
        &expect![[r#"
        unreadable in:1: There is no row below the headings
    "#]],
    );
}

#[test]
fn a_quotation_mark_that_hides_rows_is_noticed() {
    check(
        b"service,place,stage,on,note\nozg:10255,BW,live,2024,\"open\nozg:10255,BY,live,2024,\"closed\"\n",
        &expect![[r#"
            unreadable in:2: Text follows a closing quotation mark; double the quotation marks within a text
        "#]],
    );
    check(
        b"service,place,stage,\"on\nozg:10255,BW,live,2024\n",
        &expect![[r#"
        unreadable in:1: A quotation mark is not closed; everything up to the end of the file would be one cell
    "#]],
    );
}
