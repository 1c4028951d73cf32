//! Sheets in the forms that offices keep: other headings, own columns, titles, sums and footnotes, a column for each stage,
//! a matrix.

use crate::show::{check_edition, check_sheet};
use crate::workbooks::{texts, workbook};
use expect_test::{Expect, expect};
use ozg_core::words::PartialDate;
use ozg_formats::input::{Asked, read_drafts};

fn check(sheet: &str, expected: &Expect) {
    check_sheet(sheet.as_bytes(), &Asked::default(), expected);
}

fn check_on(day: &str, sheet: &str, expected: &Expect) {
    let day = PartialDate::read(day).ok();
    check_sheet(sheet.as_bytes(), &Asked { day, ..Asked::default() }, expected);
}

#[test]
fn columns_of_the_office_are_named_and_not_read() {
    check(
        "Nr.;Leistung;Ort;Name;Land;Stufe;Datum;Status;Ansprechpartner\n\
         1;dienst:aufenthalt;abh:12051;ABH Brandenburg;BB;im Einsatz;30.06.2024;grün;Frau Muster\n",
        &expect![[r#"
            2 milestone-reached dienst:aufenthalt abh:12051 live 2024-06-30
            columns_ignored 1: Not read: Nr. (A), Name (D), Land (E), Status (H), Ansprechpartner (I)
        "#]],
    );
    check_sheet(
        &workbook(|sheet| {
            texts(
                sheet,
                &[
                    &["Leistung", "Ort", "Stufe", "Datum"],
                    &["dienst:aufenthalt", "abh:12051", "im Einsatz", "30.06.2024", "Kommentar ohne Kopf"],
                ],
            );
        }),
        &Asked::default(),
        &expect![[r#"
            2 milestone-reached dienst:aufenthalt abh:12051 live 2024-06-30
            columns_ignored E2: There is no heading above this cell; the column E is not read
        "#]],
    );
    check(
        "Leistung;Ort;Stufe;Datum;\nozg:10255;BW;live;2024;\nozg:10255;BY;live;2024;x\n",
        &expect![[r#"
        2 milestone-reached ozg:10255 BW live 2024
        3 milestone-reached ozg:10255 BY live 2024
        columns_ignored E3: There is no heading above this cell; the column E is not read
    "#]],
    );
    // In a sheet with a column of types, columns of other types are not read either.
    check(
        "Art;Leistung;Ort;Stufe;Datum;Name;fällig\n;ozg:10255;BW;live;2024;Land;\ngeplant;ozg:10255;BY;live;;Land;2030\n",
        &expect![[r#"
            2 milestone-reached ozg:10255 BW live 2024
            3 milestone-planned ozg:10255 BY live 2030
            columns_ignored 0: Not read: Name (F)
        "#]],
    );
}

#[test]
fn a_needed_column_is_never_guessed() {
    check(
        "Leistung;Ort;Behörde;Stufe;Datum\nozg:10255;BW;BY;live;2024\n",
        &expect![[r#"
        duplicate_field in:1:C1: Behörde: Each of these columns could be "place": Ort (B), Behörde (C). Call the right one so, or say with a mapping (--map) which it is
    "#]],
    );
    check(
        "Leistung;Behörde;AGS;Stufe;Datum\nozg:10255;x;ags:01003000;live;2024\n",
        &expect![[r#"
        duplicate_field in:1:C1: AGS: Each of these columns could be "place": Behörde (B), AGS (C). Call the right one so, or say with a mapping (--map) which it is
    "#]],
    );
    check(
        "Lestung;Ort;Stufe;Datum;Quele\nozg:10255;BW;live;2024;a\n",
        &expect![[r#"
        unknown_field in:1:A1: Lestung: The heading "Lestung" is unknown. Allowed: type, service, place, stage, on, reason, replaces, source, source_url, published, note, id (hint: Leistung)
    "#]],
    );
    check(
        "Leistung;Ort;Stufe;Datum;Quele\nozg:10255;BW;live;2024;a\n",
        &expect![[r#"
        2 milestone-reached ozg:10255 BW live 2024
        columns_ignored 1: Not read: Quele (E). "Quele" is no column; was "Quelle" meant?
    "#]],
    );
    check(
        "Leistung;Stufe;Wo;Wann\nozg:10255;live;BW;2024\n",
        &expect![[r#"
        missing_field in:1: place: The column "place" is missing. Unknown: Wo (C), Wann (D); a mapping says what they are (ozg import --map-draft)
        missing_field in:1: on: The column "on" is missing; if the sheet says what held on one day: --on with that day. Unknown: Wo (C), Wann (D); a mapping says what they are (ozg import --map-draft)
    "#]],
    );
}

#[test]
fn headings_in_the_words_of_offices() {
    let table = [
        "OZG-Leistung;Gemeinde;Umsetzungsstand;seit",
        "Leistung*;Ort*;Stufe:;Datum (TT.MM.JJJJ)",
        "Onlinedienst;Kommune;Status;date",
        "LeiKa-Schlüssel;AGS;Umsetzungsstand;Datum",
        "service;authority;stage;date",
        "Leistung;Bundesland;Stufe;Datum",
    ];
    for headings in table {
        let sheet = format!("{headings}\nozg:10255;BW;im Einsatz;30.06.2024\n");
        let drafts = read_drafts(sheet.as_bytes(), None, None);
        let drafts = drafts.unwrap_or_else(|mistakes| panic!("{headings}: {mistakes:?}"));
        assert_eq!(
            (drafts.len(), drafts[0].body.on().map(|on| on.to_string())),
            (1, Some("2024-06-30".into()))
        );
    }
}

#[test]
fn titles_sums_groups_and_footnotes() {
    let titles = "Projektbüro\n".repeat(12);
    check(
        &format!("{titles}Leistung;Ort;Stufe;Datum\nozg:10255;BW;live;2024\n"),
        &expect![[r#"
        14 milestone-reached ozg:10255 BW live 2024
    "#]],
    );
    check(
        "Rollout;Land\nStand:;30.06.2024\nLeistung;Ort;Stufe;Datum;Anzahl\nOberbayern;;;;\nozg:10255;BW;live;2024;3\n\
         Leistung;Ort;Stufe;Datum;Anzahl\nozg:10255;BY;live;2024;3\nSumme;;;;6\nGesamt: 6;;;;\n* vorläufig, Stand: Juni;;;;\n;;;Σ;12\n",
        &expect![[r#"
            5 milestone-reached ozg:10255 BW live 2024
            7 milestone-reached ozg:10255 BY live 2024
            columns_ignored 3: Not read: Anzahl (E)
            rows_ignored A4: Only one cell is filled (heading of a group, footnote); the row is not read
            rows_ignored A6: The headings stand here again; the row is not read
            rows_ignored A8: A sum; the row is not read
            rows_ignored A9: A sum; the row is not read
            rows_ignored A10: Only one cell is filled (heading of a group, footnote); the row is not read
            rows_ignored D11: A sum; the row is not read
        "#]],
    );
    // What may be a statement is refused, with the way out.
    check(
        "Leistung;Ort;Stufe;Datum\nozg:10255,BW,live,2024\nSumme;BW;;\nozg:10255;BW;;\nags:01003000;;;\n",
        &expect![[r#"
            bad_key in:2:A2: service: "ozg:10255,BW,live,2024" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            missing_field in:2: Missing: place, stage, on. If the row is no statement (sum, heading, footnote): put # in front or delete it
            bad_key in:3:A3: service: "Summe" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            missing_field in:3: Missing: stage, on. If the row is no statement (sum, heading, footnote): put # in front or delete it
            missing_field in:4: Missing: stage, on. If the row is no statement (sum, heading, footnote): put # in front or delete it
            bad_key in:5:A5: service: "ags:01003000" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            missing_field in:5: Missing: place, stage, on. If the row is no statement (sum, heading, footnote): put # in front or delete it
        "#]],
    );
}

#[test]
fn a_column_for_each_stage() {
    check(
        "Leistung;Ort;angeschlossen;Pilot;im Einsatz\ndienst:aufenthalt;abh:12051;01.03.2024;01.04.2024;30.06.2024\n\
         dienst:aufenthalt;abh:12052;2024-02;;-\n",
        &expect![[r#"
            2 milestone-reached dienst:aufenthalt abh:12051 connected 2024-03-01
            2 milestone-reached dienst:aufenthalt abh:12051 pilot 2024-04-01
            2 milestone-reached dienst:aufenthalt abh:12051 live 2024-06-30
            3 milestone-reached dienst:aufenthalt abh:12052 connected 2024-02
            denied 3: service Text("dienst:aufenthalt"), place Text("abh:12052"), stage Text("live"), type Text("milestone-observed")
        "#]],
    );
    check(
        "Behörde;OZG-Leistung;Interesse bekundet;angeschlossen;Anmerkung\nabh:12051;ozg:10255;x;bald;sagt der Leiter\n",
        &expect![[r#"
            unknown_word in:2:D2: on: "bald" is unknown here. Allowed: a date, a stage, yes, x, no, – (a mapping names other words)
            missing_field in:2:C2: on: The cells say what holds, but not on which day: give the day of the sheet (--on, on=)
        "#]],
    );
    check(
        "Leistung;Ort;Datum;Pilot;live\nozg:10255;BW;2024-06;x;nein\n",
        &expect![[r#"
        2 milestone-observed ozg:10255 BW pilot 2024-06
        denied 2: service Text("ozg:10255"), place Text("BW"), on Text("2024-06"), stage Text("live"), type Text("milestone-observed")
    "#]],
    );
    // Reports of reuse have numbers below these headings.
    check(
        "Leistung;Ort;im_Einsatz;von;Datum\nozg:10255;BW;5;16;2024\n",
        &expect![[r#"
        missing_field in:1: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type"
    "#]],
    );
}

#[test]
fn a_matrix() {
    let sheet =
        "Behörde;dienst:aufenthalt;dienst:verpflichtungserklaerung\nabh:12051;ja;nein\nabh:12052;x;\n";
    check(
        sheet,
        &expect![[r#"
        missing_field in:2:B2: on: The cells say what holds, but not on which day: give the day of the sheet (--on, on=)
    "#]],
    );
    check_on(
        "2024-06-30",
        sheet,
        &expect![[r#"
        2 milestone-observed dienst:aufenthalt abh:12051 live 2024-06-30
        3 milestone-observed dienst:aufenthalt abh:12052 live 2024-06-30
        denied 2: place Text("abh:12051"), service Text("dienst:verpflichtungserklaerung"), type Text("milestone-observed"), stage Text("live"), on Text("2024-06-30")
        read_as B2: The cells name no stage; they are read as live
    "#]],
    );
    check(
        &format!("Rollout, Stand: 30.06.2024\n{sheet}"),
        &expect![[r#"
        missing_field in:3:B3: on: The cells say what holds, but not on which day: give the day of the sheet (--on, on=) (hint: --on 2024-06-30)
    "#]],
    );
    check(
        ";Aufenthalt;Nr.;Wohngeld;Leiter\nabh:12051;01.03.2024;1;;Frau A\n",
        &expect![[r#"
        missing_field in:1: The headings do not say what the rows are: add a column "stage" for milestones, "measure" for figures, or "type". Unknown: Aufenthalt (B), Nr. (C), Wohngeld (D), Leiter (E); a mapping says what they are (ozg import --map-draft)
    "#]],
    );
    check_on(
        "2024-06-30",
        "Kommune;ozg:10255;ozg:10256;Leiter\nabh:12051;01.03.2024;im Einsatz;Frau A\nSumme;1;1;\nabh:12052;bald;Pilot;\n",
        &expect![[r#"
            unknown_word in:4:B4: on: "bald" is unknown here. Allowed: a date, a stage, yes, x, no, – (a mapping names other words)
        "#]],
    );
    check_on(
        "2024-06-30",
        "Leistung;BW;BY;DE\nozg:10255;ja;nein;flächendeckend\n",
        &expect![[r#"
        2 milestone-observed ozg:10255 BW live 2024-06-30
        2 milestone-observed ozg:10255 DE rolled_out 2024-06-30
        denied 2: service Text("ozg:10255"), place Text("BY"), type Text("milestone-observed"), stage Text("live"), on Text("2024-06-30")
        read_as B2: The cells name no stage; they are read as live
    "#]],
    );
    check_on(
        "2024-06-30",
        "Ort;dienst:a;Wohngeld\nabh:12051;ja;ja\n",
        &expect![[r#"
        bad_key in:2:C2: service: "Wohngeld" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
    "#]],
    );
    check_on(
        "2024-06-30",
        ";ozg:10255;ozg:10256\nBW;ja;x\n",
        &expect![[r#"
        2 milestone-observed ozg:10255 BW live 2024-06-30
        2 milestone-observed ozg:10256 BW live 2024-06-30
        read_as B2: The cells name no stage; they are read as live
    "#]],
    );
}

#[test]
fn a_sheet_without_days_says_what_was_found_on_its_day() {
    let sheet = "Leistung;Ort;Stufe\nozg:10255;BW;live\n";
    check(
        sheet,
        &expect![[r#"
        missing_field in:1: on: The column "on" is missing; if the sheet says what held on one day: --on with that day
    "#]],
    );
    check_on(
        "2024-06-30",
        sheet,
        &expect![[r#"
        2 milestone-observed ozg:10255 BW live 2024-06-30
    "#]],
    );
}

#[test]
fn pages_of_the_federal_export() {
    let row = r#"{"leikaKey":"99041006017000","ars":"051170000000","onlineStatus":"ok","aktiv":"ja","artFlaechendeckung":"landesweit flächendeckend","datenstandPvogImport":"2026-09-29"}"#;
    let other = row.replace("99041006017000", "99041006017001").replace("\"ja\"", "null");
    let page = |rows: &str, total: u32| format!(r#"{{"content":[{rows}],"page":{{"totalPages":{total}}}}}"#);
    check_edition(
        page(row, 1).as_bytes(),
        &expect![[r#"
        Availability({NW}), 2026-09-29, Dashboard Digitale Verwaltung
        1 leika:99041006017000 rolled_out at NW
    "#]],
    );
    check_edition(
        format!("[{},{}]", page(row, 2), page(&other, 2)).as_bytes(),
        &expect![[r#"
        Availability({NW}), 2026-09-29, Dashboard Digitale Verwaltung
        1 leika:99041006017000 rolled_out at NW
        remark 2: : "" in aktiv is not known (ja, nein); the row does not count
    "#]],
    );
    check_edition(
        page(row, 2).as_bytes(),
        &expect![[r#"
        unreadable in: These are 1 of 2 pages; send all pages in one list: [{"content":…}, …]
    "#]],
    );
    check_edition(
        format!("[{row},{other}]").as_bytes(),
        &expect![[r#"
        Availability({NW}), 2026-09-29, Dashboard Digitale Verwaltung
        1 leika:99041006017000 rolled_out at NW
        remark 2: : "" in aktiv is not known (ja, nein); the row does not count
    "#]],
    );
}
