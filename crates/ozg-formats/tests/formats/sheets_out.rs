//! Sheets as outputs: templates, statements to send back, and reports.

use crate::show::{check, event};
use crate::workbooks::{texts, workbook};
use calamine::{Reader, Xlsx};
use expect_test::expect;
use ozg_core::words::Language;
use ozg_formats::input::{InputKind, read_drafts};
use ozg_formats::sheets::{SheetKind, write_report, write_sheet, write_template};
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Read};

const LANGUAGES: [Language; 2] = [Language::German, Language::English];

/// Returns the cells of a sheet as text, a line a row.
fn cells(bytes: &[u8], name: &str) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|") + "\n").collect()
}

#[test]
fn templates_have_the_headings_that_are_read() {
    for kind in SheetKind::all() {
        assert_eq!(SheetKind::named(kind.id()), Some(kind));
        for language in LANGUAGES {
            let bytes = write_template(kind, language).unwrap();
            assert_eq!(bytes, write_template(kind, language).unwrap());
            let mistakes = read_drafts(&bytes, Some(InputKind::read(kind.id()).unwrap()), None).unwrap_err();
            assert_eq!(mistakes[0].message.en, "There is no row below the headings", "{kind:?}");
        }
    }
    let bytes = write_template(SheetKind::Milestones, Language::German).unwrap();
    expect![[r#"
        Art|Leistung|Ort|Stufe|Datum|fällig|Grund|ersetzt|Quelle|Quelle_URL|veröffentlicht|Anmerkung|Kennung
        Eine Zeile ist eine Angabe. Spalten dürfen fehlen und in anderer Folge stehen; leere Zellen sagen nichts.||||
        Zeilen, deren erste Zelle mit # beginnt, sind Bemerkungen und werden übergangen.||||
        Schlüssel sind Text: führende Nullen gehören dazu. Werte statt Formeln eintragen.||||
        Zahlen werden gelesen wie die Sprache der Überschriften sie schreibt: 1.234 und 12,5 sind deutsch.||||
        ||||
        Spalte|nötig|sagt|nimmt|Beispiel
        Art||die Art der Zeile; leer: die Art der Tabelle|erreicht, beendet, geplant|
        Leistung|ja|die Leistung|ozg:10255, leika:99012001001000, dienst:wohngeld-online oder der Name im Katalog|ozg:10255
        Ort|ja|der Ort, an dem es gilt|DE, BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH, eine Behörde mit Namen oder Schlüssel (LK Barnim, kreis:12060)|ags:01003000
        Stufe|ja|die Stufe|Interesse bekundet, Nachnutzung vereinbart, bereit, angeschlossen, Pilot, im Roll-out, im Einsatz, Go-live, flächendeckend|im Einsatz
        Datum|ja|der Tag, um den es geht; ein unvollständiges Datum zählt ab seinem letzten Tag|30.06.2024, Juni 2024, 2. Quartal 2024, 1. Halbjahr 2024, KW 23/2024, 2024|30.06.2024
        fällig||nur bei Art „geplant“: der Tag, zu dem die Stufe fällig ist; Datum ist dann der Tag des Plans, oder leer|30.06.2024, Juni 2024, 2. Quartal 2024, 1. Halbjahr 2024, KW 23/2024, 2024|
        Grund||warum|ein Text|
        ersetzt||welchen Eintrag es berichtigt|standing, 16586, UUID|
        Quelle||woher die Angabe stammt|ein Text|Projektbüro
        Quelle_URL||die Adresse der Quelle|https://…|
        veröffentlicht||wann die Quelle veröffentlicht wurde|30.06.2024, Juni 2024, 2. Quartal 2024, 1. Halbjahr 2024, KW 23/2024, 2024|
        Anmerkung||eine Anmerkung|ein Text|
        Kennung||die Kennung des Eintrags; bei neuen Einträgen leer|UUID|
    "#]].assert_eq(&(cells(&bytes, "Meilensteine") + &cells(&bytes, "Anleitung")));
}

#[test]
fn templates_offer_words_and_keep_keys_as_text() {
    let bytes = write_template(SheetKind::Milestones, Language::English).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    for wanted in ["Lists!$D$1:$D$9", "Lists!$C$1:$C$17", "sqref=\"D2:D5001\"", "state=\"frozen\""] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(
        part("xl/styles.xml").contains("numFmtId=\"49\"")
            && part("xl/workbook.xml").contains("state=\"hidden\"")
    );
}

#[test]
#[ignore = "measures; run it alone"]
fn measure_large_workbooks() {
    let text: String = std::iter::once("service,place,stage,on\n".to_owned())
        .chain((0..100_000).map(|n| {
            format!("ozg:{:05},ags:01{:06},live,2024-01-{:02}\n", n % 600 + 10_000, n / 600, n % 28 + 1)
        }))
        .collect();
    let start = std::time::Instant::now();
    let events: Vec<_> = read_drafts(text.as_bytes(), None, None).unwrap().iter().map(event).collect();
    eprintln!("100,000 rows of CSV read in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let book = write_sheet(SheetKind::Milestones, &events, Language::English).unwrap();
    eprintln!("written as XLSX ({} bytes) in {:?}", book.len(), start.elapsed());
    let start = std::time::Instant::now();
    assert_eq!(read_drafts(&book, None, None).unwrap().len(), 100_000);
    eprintln!("read as XLSX in {:?}", start.elapsed());
}

#[test]
fn what_comes_back_unedited_says_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let mut events = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if path.extension().is_some_and(|ending| ending == "ndjson") {
            events.extend(read_drafts(&std::fs::read(&path).unwrap(), None, None).unwrap().iter().map(event));
        }
    }
    let more = r#"[
        {"type":"milestone-ended","service":"leika:99012001001000","place":"ags:01003000","stage":"live","on":"2024-06-30","reason":"= Umbau\nund mehr","replaces":"0197a3c2-5b7e-7c11-9d52-0242ac120002","id":"0197a3c2-5b7e-7c11-9d52-0242ac120003"},
        {"type":"figure-reported","measure":"applications","place":"DE","value":"ca. 1.5","on":"2024-06"},
        {"type":"figure-reported","measure":"applications","place":"BW","value":"1.2340","of":"999999999999.125","on":"2023-Q1","source":{"name":"a","url":"https://example.org","published":"2024-02-29"}},
        {"type":"figure-reported","measure":"applications","place":"BY","percent":"12.5","on":"2023"},
        {"type":"authority-listed","authority":"abh:12054-2","name":"x","ars":"120540000000","population":1234},
        {"type":"authority-dissolved","authority":"ags:01003000","successors":["ags:01003001","ags:01003002"],"inherits":true,"on":"2024-01-01"},
        {"type":"service-listed","service":"ozg:10071","name":"x","topics":["familie_kind","umwelt"],"parents":[],"executed_by":["standesamt","land"],"lead":"HB"},
        {"type":"assessment-made","subject":"topic:umwelt","status":"kritisch","urgent":true,"on":"2024","outlook":[{"year":2027,"status":"kritisch","implementation":"am_anfang"},{"year":2028,"status":"unkritisch"}]}
    ]"#;
    events.extend(read_drafts(more.as_bytes(), None, None).unwrap().iter().map(event));
    for (kind, language) in SheetKind::all().flat_map(|kind| LANGUAGES.map(|language| (kind, language))) {
        let bytes = write_sheet(kind, &events, language).unwrap();
        let back = read_drafts(&bytes, Some(InputKind::read(kind.id()).unwrap()), None).unwrap();
        assert_eq!(back.len(), events.len());
        for (back, sent) in back.iter().zip(&events) {
            assert_eq!(&event(back), sent, "{kind:?} {language:?}");
        }
    }
}

#[test]
fn a_report_has_the_mistakes_beside_their_cells_and_may_come_back() {
    let sheet =
        "Titel\nLeistung;Ort;Stufe;Datum\n# Bemerkung\nozg:10255;BX;live;2024\nozg:10255;BW;live;2024\n";
    let mistakes = read_drafts(sheet.as_bytes(), None, None).unwrap_err();
    let report = write_report(sheet.as_bytes(), None, &mistakes, Language::German).unwrap();
    expect![[r#"
        Titel||||
        Leistung|Ort|Stufe|Datum|Fehler
        # Bemerkung||||
        ozg:10255|BX|live|2024|Ort: „BX“ ist kein Ort. Erlaubt: DE, ein Land (BW, DE-BW, 08), eine Behörde (ags:01003000) oder eine Region (region:rhein-neckar)
        ozg:10255|BW|live|2024|
    "#]].assert_eq(&cells(&report, "Tabelle"));
    check(
        &report,
        &expect![[r#"
        unknown_place in:4:B4: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
    let again = write_report(&report, None, &mistakes, Language::English).unwrap();
    expect![[r#"
        Titel||||
        Leistung|Ort|Stufe|Datum|mistakes
        # Bemerkung||||
        ozg:10255|BX|live|2024|place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
        ozg:10255|BW|live|2024|
    "#]].assert_eq(&cells(&again, "Sheet"));
    let book = workbook(|sheet| texts(sheet, &[&["Leistung", "Stufe"], &["ozg:1", "liv"]]));
    let mistakes = read_drafts(&book, None, None).unwrap_err();
    let report = write_report(&book, None, &mistakes, Language::English).unwrap();
    expect![[r#"
        Leistung|Stufe|mistakes
        ozg:1|liv|
    "#]]
    .assert_eq(&cells(&report, "Sheet1"));
    let mistakes = read_drafts(b"\xd0\xcf\x11\xe0", None, None).unwrap_err();
    let report = write_report(b"\xd0\xcf\x11\xe0", None, &mistakes, Language::English).unwrap();
    expect![[r#"
        The file is protected by a password, or an old workbook (XLS); save it without a password as XLSX or "CSV UTF-8" → XLSX
    "#]]
    .assert_eq(&cells(&report, "Mistakes of the file"));
}

#[test]
fn a_missing_cell_behind_the_end_of_its_row_has_a_note() {
    let headings = ["Art", "Leistung", "Ort", "Stufe", "Datum", "Grund"];
    let text = format!("{}\nbeendet;ozg:10255;BW;live;2024\n", headings.join(";"));
    let mistakes = read_drafts(text.as_bytes(), None, None).unwrap_err();
    let report = write_report(text.as_bytes(), None, &mistakes, Language::German).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(report)).unwrap();
    let mut notes = String::new();
    archive.by_name("xl/comments1.xml").unwrap().read_to_string(&mut notes).unwrap();
    assert!(notes.contains("ref=\"F2\""), "{mistakes:?} {notes}");
}

#[test]
fn a_report_of_a_workbook_keeps_what_was_there() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Daten").unwrap();
    texts(
        sheet,
        &[
            &["Stand & mehr"],
            &["Leistung", "Ort", "Stufe", "Datum", "Ort"],
            &["ozg:10255", "BX", "live"],
            &["ozg:10255", "BW", "live"],
        ],
    );
    sheet.set_column_width(1, 33).unwrap();
    sheet.set_column_width(9, 12).unwrap();
    let date = Format::new().set_num_format("mmm yy").set_bold();
    for row in [2, 3] {
        sheet.write_number_with_format(row, 3, 45_444, &date).unwrap();
    }
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(2, 1, "BX", &bold).unwrap();
    texts(book.add_worksheet().set_name("Anderes").unwrap(), &[&["bleibt"]]);
    let book = book.save_to_buffer().unwrap();
    let mistakes = read_drafts(&book, None, None).unwrap_err();
    let report = write_report(&book, None, &mistakes, Language::German).unwrap();
    let names = Xlsx::new(Cursor::new(&report)).unwrap().sheet_names();
    expect![[r#"["Daten", "Anderes", "Fehler der Datei"]"#]].assert_eq(&format!("{names:?}"));
    expect![[r#"
        Stand & mehr|||||
        Leistung|Ort|Stufe|Datum|Ort|Fehler
        ozg:10255|BX|live|45444||Ort: „BX“ ist kein Ort. Erlaubt: DE, ein Land (BW, DE-BW, 08), eine Behörde (ags:01003000) oder eine Region (region:rhein-neckar)
        ozg:10255|BW|live|45444||
        bleibt
        2: Ort: Die Überschrift „Ort“ steht zweimal da (oder auf Deutsch und auf Englisch)
    "#]].assert_eq(&(cells(&report, "Daten") + &cells(&report, "Anderes") + &cells(&report, &names[2])));
    let mut archive = zip::ZipArchive::new(Cursor::new(&report)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (sheet, styles) = (part("xl/worksheets/sheet1.xml"), part("xl/styles.xml"));
    assert!(sheet.contains("<col min=\"2\" max=\"2\" width=\"33."), "{sheet}");
    assert!(styles.contains("FFFFC7CE") && styles.contains("mmm yy"), "{styles}");
    check(
        &report,
        &expect![[r#"
        duplicate_field in:2:E2: Ort: The heading "Ort" is given twice (or in German and in English)
        unknown_place in:3:B3: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
    // The report of a report has the mistakes in the same column.
    let again = write_report(&report, None, &[], Language::German).unwrap();
    expect![[r#"
        Stand & mehr|||||
        Leistung|Ort|Stufe|Datum|Ort|Fehler
        ozg:10255|BX|live|45444||
        ozg:10255|BW|live|45444||
    "#]]
    .assert_eq(&cells(&again, "Daten"));
}
