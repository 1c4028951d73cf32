//! The exact texts of small answers, in the formats whose bytes never change.

use crate::read_back::file;
use crate::series::{bytes, day, header, publication, row, rows, wide, written};
use expect_test::{expect, expect_file};
use ozg_core::measure::Measure;
use ozg_core::query::Show;
use ozg_core::series::{Compared, Row};
use ozg_core::words::{Area, Basis, Language, Place, Position, Qualifier, ServiceId, Slug, Unit};
use ozg_formats::series::write_comparison_csv;

#[test]
fn german_csv() {
    let visible = |text: String| text.replace('\u{feff}', "⟨BOM⟩").replace("\r\n", "␍\n");
    let header = header(Measure::ServicesRolledOut);
    expect![[r#"
        ⟨BOM⟩Datum;Gebiet;Themenfeld;Leistung;Stufe;Reifegrad;Zähleinheit;Eingrenzung;Grundlage;Wert;Genauigkeit;Nenner;Anteil;Stand;Hinweis;Quelle;Quelle_URL;Definition;seit;bis;Genauigkeit_Nenner;Nenner_bis;Genauigkeit_Anteil;Anteil_bis;veröffentlicht;Eintrag;Bemerkung;Anmerkung␍
        30.06.2022;Berlin;alle;;;;OZG-Leistungen;;gezählt;70;;;;;;;;services_rolled_out/1;;;;;;;;;;␍
        30.06.2022;Deutschland;alle;;;;OZG-Leistungen;;gezählt;100;;;;;;;;services_rolled_out/1;;;;;;;;;;␍
        31.07.2022;Berlin;alle;;;;OZG-Leistungen;;gezählt;75;;;;;;;;services_rolled_out/1;;;;;;;;;;␍
        31.07.2022;Berlin;alle;;;;OZG-Leistungen;;berichtet;90;>;575;0,156522;2022-07;Widerspruch;"Zeitung ""A""";https://example.org/a,b;services_rolled_out/1;;;;;;;;7;;"abgeleitet; =1+1"␍
        31.07.2022;Berlin;alle;;;;OZG-Leistungen;;berichtet;80;>;575;0,13913;2022-07;Widerspruch;"'=HYPERLINK(""x"")";https://example.org/a,b;services_rolled_out/1;;;;;;;;7;;"abgeleitet; =1+1"␍
        31.07.2022;Berlin;alle;;;;OZG-Leistungen;;berichtet;-11;;;;2022-03/2022-07;;;;services_rolled_out/1;2022-03;;;;;;;;;␍
        31.08.2022;Deutschland;Bauen & Wohnen;;;;OZG-Leistungen;"'@nur
        Bund";gezählt;3;;;;;;;;services_rolled_out/1;;;;;;;;;;␍
        31.08.2022;Deutschland;alle;;;;OZG-Leistungen;;gezählt;;;;0,125;;simuliert, läuft noch;;;services_rolled_out/1;;;;;;;;;;␍
        31.08.2022;Berlin;alle;;;;OZG-Leistungen;;gezählt;74;;;;09.08.2022;;;;services_rolled_out/1;;;;;;;;;;␍
    "#]].assert_eq(&visible(written("de.csv", &header, rows())));
    expect![[r#"
        ⟨BOM⟩Datum;Deutschland · alle · gezählt;Deutschland · Bauen & Wohnen · @nur Bund · gezählt;Berlin · alle · gezählt;Berlin · alle · berichtet;Berlin · alle · berichtet · seit;Berlin · alle · berichtet · Zeitraum;Widerspruch␍
        30.06.2022;;;;;;;␍
        31.07.2022;;;;0,13913;;;Berlin · alle · berichtet: 0,13913–0,156522␍
        31.08.2022;0,125;;;;;;␍
    "#]].assert_eq(&visible(written("de.csv", &wide(Show::Share, None), rows())));
}

#[test]
fn sdmx_csv() {
    expect![[r#"
        STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,REF_AREA,TOPIC,SERVICE,STAGE,LEVEL,UNIT,SCOPE,BASIS,PERIOD,STATEMENT,OBS_VALUE,DENOMINATOR,SHARE,UPPER,DENOMINATOR_UPPER,SHARE_UPPER,QUALIFIER,OBSERVED,STATUS,SOURCE,SOURCE_URL,DEFINITION,SINCE,DENOMINATOR_QUALIFIER,SHARE_QUALIFIER,PUBLISHED,ENTRY,REMARK,NOTE
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-06-30,BE,_T,_Z,_Z,_Z,ozg,_Z,counted,_Z,1,70,,,,,,,,,,,services_rolled_out/1,,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-06-30,DE,_T,_Z,_Z,_Z,ozg,_Z,counted,_Z,1,100,,,,,,,,,,,services_rolled_out/1,,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-07-31,BE,_T,_Z,_Z,_Z,ozg,_Z,counted,_Z,1,75,,,,,,,,,,,services_rolled_out/1,,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-07-31,BE,_T,_Z,_Z,_Z,ozg,_Z,reported,_Z,1,90,575,0.156522,,,,>,2022-07,conflict,"Zeitung ""A""","https://example.org/a,b",services_rolled_out/1,,,,,7,,abgeleitet; =1+1
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-07-31,BE,_T,_Z,_Z,_Z,ozg,_Z,reported,_Z,2,80,575,0.13913,,,,>,2022-07,conflict,"'=HYPERLINK(""x"")","https://example.org/a,b",services_rolled_out/1,,,,,7,,abgeleitet; =1+1
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-07-31,BE,_T,_Z,_Z,_Z,ozg,_Z,reported,2022-03/2022-07,1,-11,,,,,,,2022-03/2022-07,,,,services_rolled_out/1,2022-03,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-08-31,DE,bauen_wohnen,_Z,_Z,_Z,ozg,"'@nur
        Bund",counted,_Z,1,3,,,,,,,,,,,services_rolled_out/1,,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-08-31,DE,_T,_Z,_Z,_Z,ozg,_Z,counted,_Z,1,,,0.125,,,,,,simulated running,,,services_rolled_out/1,,,,,,,
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2022-08-31,BE,_T,_Z,_Z,_Z,ozg,_Z,counted,_Z,1,74,,,,,,,2022-08-09,,,,services_rolled_out/1,,,,,,,
    "#]].assert_eq(&written("sdmx.csv", &header(Measure::ServicesRolledOut), rows()));
}

#[test]
fn json_stat() {
    expect![[r#"
        {"version":"2.0","class":"dataset","href":"https://example.org/v1/series/services_rolled_out.csv?position=42","label":"Leistungen flächendeckend (laut Angabe)","source":"OZG tracker","updated":"2026-01-01T00:00:00.123Z","note":["Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.","DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.","Datenstand 2026-01-01T00:00:00.123Z, Position 42"],"id":["date","area","topic","unit","scope","basis","period","statement","metric"],"size":[3,2,2,1,2,2,2,2,6],"role":{"time":["date"],"geo":["area"],"metric":["metric"]},"dimension":{"date":{"label":"Datum","category":{"index":["2022-06-30","2022-07-31","2022-08-31"],"label":{"2022-06-30":"2022-06-30","2022-07-31":"2022-07-31","2022-08-31":"2022-08-31"}}},"area":{"label":"Gebiet","category":{"index":["BE","DE"],"label":{"BE":"Berlin","DE":"Deutschland"}}},"topic":{"label":"Themenfeld","category":{"index":["all","bauen_wohnen"],"label":{"all":"alle","bauen_wohnen":"Bauen & Wohnen"}}},"unit":{"label":"Zähleinheit","category":{"index":["ozg"],"label":{"ozg":"OZG-Leistungen"}}},"scope":{"label":"Eingrenzung","category":{"index":["_Z","@nur\nBund"],"label":{"_Z":"–","@nur\nBund":"@nur\nBund"}}},"basis":{"label":"Grundlage","category":{"index":["counted","reported"],"label":{"counted":"gezählt","reported":"berichtet"}}},"period":{"label":"Zeitraum","category":{"index":["_Z","2022-03/2022-07"],"label":{"_Z":"–","2022-03/2022-07":"2022-03/2022-07"}}},"statement":{"label":"Angabe","category":{"index":["1","2"]}},"metric":{"label":"Größe","category":{"index":["value","denominator","share","upper","denominator_upper","share_upper"],"label":{"value":"Wert","denominator":"Nenner","share":"Anteil","upper":"bis","denominator_upper":"Nenner_bis","share_upper":"Anteil_bis"},"unit":{"value":{"decimals":0,"label":"Leistungen"},"denominator":{"decimals":0,"label":"Leistungen"},"share":{"decimals":6,"label":"1"},"upper":{"decimals":0,"label":"Leistungen"},"denominator_upper":{"decimals":0,"label":"Leistungen"},"share_upper":{"decimals":0,"label":"Leistungen"}}}}},
        "value":{"0":70,"192":100,"384":75,"408":90,"409":575,"410":0.156522,"414":80,"415":575,"416":0.13913,"420":-11,"768":74,"962":0.125,"1104":3},
        "status":{"408":"conflict","414":"conflict","960":"simulated running"},
        "extension":{"definition":{"id":"services_rolled_out/1","version":1,"label":{"de":"Leistungen flächendeckend (laut Angabe)","en":"Services rolled out (as stated)"},"de":"Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.","en":"Services for which \"rolled out\" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.","unit":{"de":"Leistungen","en":"services"},"addition":{"de":"DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.","en":"DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total."}},"query":{"by":"area","unit":"ozg","basis":"counted,reported","kind":"stock","every":"month","from":"2022-06-01","to":"2022-08-31","position":"42","definition":"services_rolled_out/1"},"position":42,"permalink":"https://example.org/v1/series/services_rolled_out.csv?position=42","citation":{"short":{"de":"OZG tracker, services_rolled_out/1, Datenstand 2026-01-01T00:00:00.123Z, Position 42, https://example.org/v1/series/services_rolled_out.csv?position=42","en":"OZG tracker, services_rolled_out/1, Data state 2026-01-01T00:00:00.123Z, position 42, https://example.org/v1/series/services_rolled_out.csv?position=42"},"long":{"de":"OZG tracker: Leistungen flächendeckend (laut Angabe) (services_rolled_out/1). Datenstand 2026-01-01T00:00:00.123Z, Position 42. https://example.org/v1/series/services_rolled_out.csv?position=42 (CC BY 4.0)","en":"OZG tracker: Services rolled out (as stated) (services_rolled_out/1). Data state 2026-01-01T00:00:00.123Z, position 42. https://example.org/v1/series/services_rolled_out.csv?position=42 (CC BY 4.0)"}},"licence":{"id":"CC BY 4.0","name":{"de":"CC BY 4.0","en":"CC BY 4.0"},"url":null},
        "attributes":{"qualifier":{"408":">","414":">"},"observed":{"408":"2022-07","414":"2022-07","420":"2022-03/2022-07","768":"2022-08-09"},"source":{"408":"Zeitung \"A\"","414":"=HYPERLINK(\"x\")"},"source_url":{"408":"https://example.org/a,b","414":"https://example.org/a,b"},"since":{"420":"2022-03"},"denominator_qualifier":{},"share_qualifier":{},"published":{},"entry":{"408":"7","414":"7"},"remark":{},"note":{"408":"abgeleitet; =1+1","414":"abgeleitet; =1+1"}}}}
    "#]].assert_eq(&written("jsonstat.json", &header(Measure::ServicesRolledOut), rows()));
}

#[test]
fn descriptions() {
    let simple = || vec![row("2022-06-30", Area::BW, 1), row("2022-07-31", Area::BW, 4)];
    let metadata = written("metadata.json", &header(Measure::ServicesRolledOut), rows());
    expect_file!["../fixtures/metadata.json"].assert_eq(&metadata);
    let german = wide(Show::Value, Some(Language::German));
    expect_file!["../fixtures/csv-metadata.json"].assert_eq(&written("csv-metadata.json", &german, simple()));
}

#[test]
fn charts() {
    let mut simulated = wide(Show::Share, Some(Language::English));
    simulated.simulated = true;
    expect_file!["../fixtures/shares.svg"].assert_eq(&written("svg", &simulated, rows()));
    let of_values = header(Measure::ServicesRolledOut);
    expect_file!["../fixtures/values.svg"].assert_eq(&written("svg", &of_values, rows()));
    expect_file!["../fixtures/nothing.svg"].assert_eq(&written("svg", &of_values, Vec::new()));
    let many =
        Area::all().flat_map(|area| [row("2022-06-30", area, 1), row("2023-07-31", area, 4)]).collect();
    let text = written("svg", &wide(Show::Change, None), many);
    assert_eq!(text.matches("<rect x=").count(), 18, "a bar of each area, and one in the key\n{text}");
}

#[test]
fn a_chart_of_many_lines_shows_those_that_say_most() {
    let value = |at: i64| if at < 6 { 0 } else { at };
    let service = |at: i64| ServiceId::read(&format!("ozg:{}", 10_000 + at)).unwrap();
    let about = |at: i64| Row { service: Some(service(at)), ..row("2022-06-30", Area::DE, value(at)) };
    let text = written("svg", &wide(Show::Value, Some(Language::German)), (0..28).map(about).collect());
    for at in 0..28 {
        let title = format!("<title>{}</title>", service(at));
        assert_eq!(text.contains(&title), !(2..=5).contains(&at), "{title}");
    }
    assert!(text.contains("4 weitere Linien sind nicht gezeigt"), "{text}");
}

#[test]
fn what_narrows_a_question_stands_in_title_and_citation() {
    let mut narrow = header(Measure::Reuses);
    let query = &mut narrow.query;
    query.areas = Some(vec![Place::Area(Area::DE)]);
    query.services = Some(vec![ServiceId::read("ozg:10255").unwrap()]);
    query.language = Some(Language::German);
    let about = |mut row: Row| {
        row.qualifier = Some(Qualifier::MoreThan);
        row
    };
    let rows = vec![row("2022-06-30", Area::DE, 200), about(row("2022-07-31", Area::DE, 270))];
    let text = written("svg", &narrow, rows.clone());
    for said in [
        "Nachnutzungen · ozg:10255 · Deutschland</text>",
        "ausgezählt · 30.6.2022 – 31.7.2022</text>",
        "Paare aus Leistung und Behörde</text>",
        "&gt;270</text>",
        "<title>31.7.2022: mehr als\u{a0}270</title>",
        "Datenstand 01.01.2026, 01:00 Uhr (Berlin), Position 42",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    narrow.query.language = Some(Language::English);
    let text = written("svg", &narrow, rows);
    assert!(text.contains("Data state 1 January 2026, 01:00 (Berlin), position 42"), "{text}");
    let query = &mut narrow.query;
    query.list = Some(Slug::read("bauen").unwrap());
    query.territory = Some(day("2025-01-01"));
    (query.bases, query.units) = (vec![Basis::Reported], Some(vec![Some(Unit::Leika)]));
    let citation = |language: Language| publication().citation_in(&narrow, language);
    let long = [citation(Language::German), citation(Language::English)];
    let begins = long.each_ref().map(|text| text.split_inclusive(").").next().unwrap());
    expect![[r#"
        OZG tracker: Nachnutzungen, ozg:10255, Deutschland, LeiKa-Leistungen, Liste bauen, Behörden vom 1.1.2025, berichtet (reuses/2).
        OZG tracker: Reuses, ozg:10255, Germany, LeiKa services, list bauen, authorities of 1 January 2025, reported (reuses/2)."#]].assert_eq(&begins.join("\n"));
}

#[test]
fn a_comparison_names_qualifiers() {
    let exact = row("2022-07-31", Area::BE, 270);
    let more = Row { qualifier: Some(Qualifier::MoreThan), ..exact.clone() };
    let compared = Compared { row: Some(more), against: Some(exact), entries: vec![Position::new(9)] };
    let mut out = Vec::new();
    write_comparison_csv(&header(Measure::ServicesRolledOut), std::iter::once(compared), &mut out).unwrap();
    expect![[r#"
        date,area,topic,service,stage,level,unit,scope,basis,period,source,value,value_against,qualifier,qualifier_against,change,change_qualifier,change_upper,entries,explained_by,definition
        2022-07-31,BE,all,,,,ozg,,counted,,,270,270,>,,0,>,,1,9,services_rolled_out/1
    "#]].assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn an_archive() {
    let archive = bytes("zip", &header(Measure::ServicesRolledOut), rows());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    expect_file!["../fixtures/README.md"].assert_eq(&file(&mut archive, "README.md"));
    expect_file!["../fixtures/datapackage.json"].assert_eq(&file(&mut archive, "datapackage.json"));
}
