//! Editions, which describe everything of a kind on one day, in hand-written fixtures of every layout.

use crate::show::{check, check_edition};
use crate::workbooks::{texts, workbook, zip};
use expect_test::expect;
use ozg_formats::input::read_each;

/// Writes a record of the GV100AD.
fn record(level: &str, key: &str, name: &str, mark: &str, population: &str) -> String {
    let head = format!("{level}20231130{key:<12}{name}");
    let pad = |text: String, width: usize| format!("{text}{}", " ".repeat(width - text.chars().count()));
    format!("{}\n", pad(format!("{}{mark}    00000005673{population}", pad(head, 122)), 220))
}

/// A register with one Kreis and one Gemeinde in each Land, and some more in Schleswig-Holstein.
fn register() -> String {
    let mut text = String::new();
    for land in 1..=16 {
        let (kreis, gemeinde) = (format!("{land:02}001"), format!("{land:02}0010010000"));
        text.push_str(&record("10", &format!("{land:02}"), &format!("Land {land} ä"), "  ", ""));
        text.push_str(&record("20", &format!("{land:02}0"), "Bezirk", "  ", ""));
        text.push_str(&record("40", &kreis, "Kreis", "41", ""));
        text.push_str(&record("50", &format!("{kreis}   0000"), "Verband", "50", ""));
        text.push_str(&record("60", &gemeinde, "Mühl, Stadt", "61", "00000001000"));
    }
    text.push_str(&record("60", "010019900000", "Forst, gemfr. Geb.", "66", "00000000007"));
    text.push_str(&record("60", "010010020000", "Zweitort", "64", "00000000200"));
    text
}

#[test]
fn the_register_of_municipalities() {
    let text = register();
    let short: String =
        text.lines().take(5).chain(text.lines().skip(80)).map(|line| format!("{line}\n")).collect();
    check_edition(
        short.as_bytes(),
        &expect![[r#"
        unreadable in: Länder are missing: BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, TH. Is the file cut off?
    "#]],
    );
    let whole = |bytes: &[u8]| read_each(bytes, None, None, 1_000, &mut |_| Ok(())).unwrap();
    let edition = whole(text.as_bytes());
    let rows = edition.edition.as_ref().map(|edition| edition.rows.len());
    assert_eq!((rows, edition.remarks.len()), (Some(16 * 3 + 1), 1));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(whole(&latin), edition);
    assert_eq!(whole(text.replace('\n', "\r\n").as_bytes()), edition);
    assert_eq!(
        whole(&zip(&[("GV100AD/GV100AD_301123.txt", &latin), ("Datensatzbeschreibung.pdf", b"")])),
        edition
    );
}

#[test]
fn a_register_with_mistakes() {
    let text = register();
    check_edition(
        &text.as_bytes()[..text.len() - 100],
        &expect![[r#"
        bad_key in:82: Textkennzeichen: The characters 123 to 124 are 2 digits, here ""
        unreadable in: The last line breaks off: the file is not complete
    "#]],
    );
    let broken = text
        .replacen("1020231130", "1120231130", 1)
        .replacen("00000001000", "0000000100x", 1)
        .replacen("4020231130", "4020231331", 1)
        .replacen("60202311300200", "60202312300200", 1);
    check_edition(
        broken.as_bytes(),
        &expect![[r#"
            unknown_word in:1: Satzart: There is no record type "11" in the GV100AD. Allowed: 10, 20, 30, 40, 50, 60
            bad_date in:3: Gebietsstand: "20231331" is not a date in the form YYYYMMDD
            bad_key in:5: Bevölkerung: The characters 140 to 150 are 11 digits, here "0000000100x"
            contradiction in:10: Gebietsstand: The earlier lines are as of 2023-11-30; a file is about exactly one day
        "#]],
    );
    check_edition(
        format!("{text}{}", text.lines().last().unwrap()).as_bytes(),
        &expect![[r#"
        contradiction in:83: Line 82 already has this key
    "#]],
    );
}

#[test]
fn the_catalogue_of_ozg_services() {
    check_edition(
        "ozg_id,name,lage,themenfeld,anzahl_leika_leistungen\n10000,Elterngeld,Geburt,Familie & Kind,4\n10000,Elterngeld,Arbeit,Arbeit und  Ruhestand,4\n10001,Ummeldung,Umzug,Querschnitt,1\n10001,Umzug melden,Umzug,,1\n"
            .as_bytes(),
        &expect![[r#"
            Services(Ozg), no day, no source
            2 ozg:10000 Elterngeld ["arbeit_ruhestand", "familie_kind"] []
            4 ozg:10001 Ummeldung ["querschnittsleistungen"] []
            remark 5: Umzug melden: ozg:10001 is called "Ummeldung" in an earlier line; that name is kept
        "#]],
    );
    check_edition(
        b"ozg_id,name,themenfeld\n1000,,Familie\n99012001001000,x,Bildung\n",
        &expect![[r#"
        bad_key in:2:A2: ozg_id: "1000" is not an OZG-Leistung; its key has five digits (10255)
        bad_text in:2:B2: name: The text is empty
        unknown_topic in:2:C2: themenfeld: The topic "Familie" is unknown. Allowed: arbeit_ruhestand, bauen_wohnen, bildung, ein_auswanderung, engagement_hobby, familie_kind, forschung_foerderung, gesundheit, mobilitaet_reisen, querschnittsleistungen, recht_ordnung, steuern_zoll, umwelt, unternehmensfuehrung_entwicklung, ohne_themenfeld (hint: familie_kind)
        bad_key in:3:A3: ozg_id: "99012001001000" is not an OZG-Leistung; its key has five digits (10255)
    "#]],
    );
}

#[test]
fn the_catalogue_of_leika_services() {
    check_edition(
        "leika_schluessel,name,leika_typ,ozg_id,ozg_leistung\n99001001000000,Abfallgebühr,5,10110,Abfall\n99001001000000,Abfallgebühren,5,10111,Abfall\nnicht im LeiKa,Altpapier,2/3,10110,\n99001002000000,Altpapier,\"1, 2\",,\n"
            .as_bytes(),
        &expect![[r#"
            Services(Leika), no day, no source
            2 leika:99001001000000 Abfallgebühr [] ["ozg:10110", "ozg:10111"]
            5 leika:99001002000000 Altpapier [] []
            remark 3: Abfallgebühren: leika:99001001000000 is called "Abfallgebühr" in an earlier line; that name is kept
            remark 4: Altpapier: The service has no key and is left out
            remark 5: 99001002000000: The service belongs to no OZG-Leistung
            remark 5: 1, 2: This Typ is not exactly one number from 1 to 5; the authorities that execute the service stay open
        "#]],
    );
    check_edition(
        b"leika_schluessel,name,leika_typ,ozg_id\n9900100100000,x,1,10110\n99001001000000,,1,1011\n",
        &expect![[r#"
            bad_key in:2:A2: leika_schluessel: "9900100100000" is not a LeiKa key; it has 14 digits and begins with 99 (99012001001000)
            bad_text in:3:B3: name: The text is empty
            bad_key in:3:D3: ozg_id: "1011" is not an OZG-Leistung; its key has five digits (10255)
        "#]],
    );
}

#[test]
fn editions_are_no_statements_and_never_empty() {
    check(
        b"ozg_id,name,themenfeld\n10000,Elterngeld,Bildung\n",
        &expect![[r#"
        unreadable in: This is a register or a catalogue; only single events are read here
    "#]],
    );
    check_edition(
        b"leika_schluessel,name\nnicht im LeiKa,a\n",
        &expect![[r#"
        unreadable in: No row gives an entry. This edition would end everything that holds now; check the file
    "#]],
    );
    check_edition(
        b"leika_key,ars,online_status,aktiv,art_flaechendeckung\n-,,,,x\n",
        &expect![[r#"
        unreadable in: No row gives an entry. This edition would end everything that holds now; check the file
    "#]],
    );
}

const HEADINGS: [&str; 9] = [
    "leika_key",
    "leika_name",
    "ars",
    "ars_federal_state",
    "bundesland",
    "online_status",
    "aktiv",
    "art_flaechendeckung",
    "export_datum",
];

#[test]
fn availability() {
    let (bw, by) = (["080000000000", "08", "Baden-Württemberg"], ["091620000000", "09", "Bayern"]);
    let key = "99012001001000";
    let rows: [[&str; 9]; 8] = [
        [key, "a", bw[0], bw[1], bw[2], "ok", "ja", "landesweit flächendeckend", "2025-01-31"],
        [key, "a", bw[0], bw[1], bw[2], "ok", "ja", "landesweit flächendeckend", "2025-01-31"],
        [key, "a", by[0], by[1], by[2], "ok", "ja", "kreisweit flächendeckend", "2025-01-31"],
        [key, "a", by[0], by[1], by[2], "nicht ok", "ja", "kreisweit flächendeckend", ""],
        ["99012001002000", "b", by[0], by[1], by[2], "ok", "nein", "landesweit flächendeckend", ""],
        ["99012001002000", "b", by[0], by[1], by[2], "ok", "ja", "in mind. einer Kommune verfügbar", ""],
        ["99012001003000", "c", by[0], by[1], by[2], "ok", "ja", "bundesweit flächendeckend", ""],
        ["99012001004000", "d", by[0], by[1], by[2], "ok", "ja", "nicht in Auswertung berücksichtigt", ""],
    ];
    let csv: String =
        std::iter::once(&HEADINGS).chain(&rows).map(|row| format!("{}\n", row.join(";"))).collect();
    check_edition(
        csv.as_bytes(),
        &expect![[r#"
            Availability({BW, BY}), 2025-01-31, Dashboard Digitale Verwaltung
            2 leika:99012001001000 rolled_out at BW
            4 leika:99012001001000 live at kreis:09162
            7 leika:99012001002000 launched at BY
            8 leika:99012001003000 rolled_out at DE
            9 leika:99012001004000 is not counted
        "#]],
    );
    let all: Vec<&[&str]> = std::iter::once(&HEADINGS[..]).chain(rows.iter().map(|row| &row[..])).collect();
    let read = |bytes: &[u8]| read_each(bytes, None, None, 1_000, &mut |_| Ok(())).unwrap();
    assert_eq!(
        read(&workbook(|sheet| texts(sheet, &all))).edition.map(|edition| edition.rows.len()),
        Some(5)
    );
    assert_eq!(
        read_each(csv.as_bytes(), None, Some("text/csv"), 1_000, &mut |_| Ok(())).unwrap(),
        read(csv.as_bytes())
    );
}

#[test]
fn availability_with_mistakes() {
    check_edition(
        "leika_key,ars,bundesland,online_status,aktiv,art_flaechendeckung,datenstand_pvog_import\n9901,8,Bayern,okay,vielleicht,landesweit,2025-13-01\n99012001001000,09,Hessen,ok,ja,landesweit flächendeckend,2025-01-01 08:00:00\n99012001001000,09,Bayern,ok,ja,kreisweit flächendeckend,2025-01-02\n,,,,,,\n99012001001000,,,ok,ja,landesweit flächendeckend,\n"
            .as_bytes(),
        &expect![[r#"
            bad_key in:2:A2: leika_key: "9901" is not a LeiKa key; it has 14 digits and begins with 99 (99012001001000)
            lost_leading_zero in:2:B2: ars: "8" is not a regional key: 2, 5, 8, 9 or 12 digits that begin with the key of a Land (hint: 08)
            bad_date in:2:G2: datenstand_pvog_import: "2025-13-01": this day does not exist in the calendar
            contradiction in:3:C3: bundesland: Another column of this row says BY
            contradiction in:4:G4: datenstand_pvog_import: An earlier row says 2025-01-01; an export is about exactly one day
            bad_key in:4:B4: ars: "09" names no Kreis; "kreisweit" needs at least five digits
            missing_field in:6:B6: ars: The row names no area: fill in one of the columns ars, ars_federal_state and bundesland
        "#]],
    );
}
