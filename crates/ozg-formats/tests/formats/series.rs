//! Series in their formats.

use expect_test::{Expect, expect};
use ozg_core::measure::Measure;
use ozg_core::query::{Query, Shape, Show, Viewpoint};
use ozg_core::series::{Header, KnownAt, Observed, Proof, Row, Status, Vintage};
use ozg_core::words::{
    Area, Basis, Day, Language, PartialDate, Place, Position, Qualifier, Stage, Topic, Unit,
};
use ozg_formats::series::{DrawnLines, Format, Publication, write_chart, write_series, write_table};
use std::collections::BTreeMap;

pub(crate) fn day(text: &str) -> Day {
    Day::read(text).unwrap()
}

pub(crate) fn header(measure: Measure) -> Header {
    let query = Query {
        units: Some(vec![Some(Unit::Ozg)]),
        from: Some(day("2022-06-01")),
        to: Some(day("2022-08-31")),
        viewpoint: Viewpoint::Position(Position::new(42)),
        ..Query::new(measure)
    };
    Header {
        measure,
        query,
        position: Position::new(42),
        recorded_at_ms: Some(1_767_225_600_123),
        simulated: false,
    }
}

pub(crate) fn wide(show: Show, language: Option<Language>) -> Header {
    let mut header = header(Measure::ServicesRolledOut);
    (header.query.shape, header.query.show, header.query.language) = (Shape::Wide, show, language);
    header
}

pub(crate) fn row(date: &str, area: Area, value: i64) -> Row {
    Row {
        date: day(date),
        area: Place::Area(area),
        topic: None,
        service: None,
        stage: None,
        level: None,
        unit: Some(Unit::Ozg),
        scope: None,
        basis: Basis::Counted,
        value: Some(value.into()),
        qualifier: Some(Qualifier::Exact),
        upper: None,
        denominator: None,
        denominator_qualifier: None,
        denominator_upper: None,
        share: None,
        share_qualifier: None,
        share_upper: None,
        observed: None,
        status: Status::default(),
        source: String::new(),
        source_url: String::new(),
        published: None,
        remarks: Vec::new(),
        proof: Proof::default(),
        vintage: None,
    }
}

/// Rows with everything that can be in one: a share, a conflict, a flow, hostile texts.
pub(crate) fn rows() -> Vec<Row> {
    let reported = |value: i64, source: &str| Row {
        basis: Basis::Reported,
        qualifier: Some(Qualifier::MoreThan),
        denominator: Some(575.into()),
        share: ozg_core::words::Number::from(value).divided_by(575.into()),
        observed: Some(Observed::On(PartialDate::read("2022-07").unwrap())),
        status: Status { conflict: true, ..Status::default() },
        source: source.to_owned(),
        source_url: "https://example.org/a,b".to_owned(),
        proof: Proof {
            entries: vec![Position::new(7), Position::new(9)],
            note: "abgeleitet; =1+1".to_owned(),
        },
        ..row("2022-07-31", Area::BE, value)
    };
    let flow = Row {
        observed: Some(Observed::Between(
            PartialDate::read("2022-03").unwrap(),
            PartialDate::read("2022-07").unwrap(),
        )),
        basis: Basis::Reported,
        ..row("2022-07-31", Area::BE, -11)
    };
    vec![
        row("2022-06-30", Area::BE, 70),
        row("2022-06-30", Area::DE, 100),
        row("2022-07-31", Area::BE, 75),
        reported(90, "Zeitung \"A\""),
        reported(80, "=HYPERLINK(\"x\")"),
        flow,
        Row {
            topic: Some(Topic::Building),
            scope: Some("@nur\nBund".to_owned()),
            ..row("2022-08-31", Area::DE, 3)
        },
        Row {
            value: None,
            share: Some(ozg_core::words::Number::new(125, 3)),
            status: Status { running: true, simulated: true, ..Status::default() },
            ..row("2022-08-31", Area::DE, 0)
        },
        Row { observed: Some(Observed::On(day("2022-08-09").into())), ..row("2022-08-31", Area::BE, 74) },
    ]
}

pub(crate) fn publication() -> Publication {
    Publication {
        also: None,
        names: BTreeMap::new(),
        sources: Vec::new(),
        operator: "OZG tracker".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        permalink: "https://example.org/v1/series/services_rolled_out.csv?position=42".to_owned(),
        citation: "OZG tracker, services_rolled_out/1, position 42".to_owned(),
    }
}

/// Returns a header as a format adapts it.
pub(crate) fn adapted(header: &Header, format: &Format) -> Header {
    let mut header = header.clone();
    format.adapt(&mut header.query);
    header
}

pub(crate) fn bytes(format: &str, header: &Header, rows: Vec<Row>) -> Vec<u8> {
    let mut out = Vec::new();
    let format = Format::read(format).unwrap();
    let header = adapted(header, format);
    write_series(format, &header, &publication(), rows.into_iter(), &mut out).unwrap();
    out
}

pub(crate) fn written(format: &str, header: &Header, rows: Vec<Row>) -> String {
    String::from_utf8(bytes(format, header, rows)).unwrap()
}

fn check(format: &str, header: &Header, expected: &Expect) {
    expected.assert_eq(&written(format, header, rows()));
}

pub(crate) fn json_of_everything() -> String {
    written("json", &header(Measure::ServicesRolledOut), rows())
}

#[test]
fn long_csv() {
    check(
        "csv",
        &header(Measure::ServicesRolledOut),
        &expect![[r#"
            date,area,topic,service,stage,level,unit,scope,basis,value,qualifier,denominator,share,observed,status,source,source_url,definition,since,upper,denominator_qualifier,denominator_upper,share_qualifier,share_upper,published,entry,remark,note
            2022-06-30,BE,all,,,,ozg,,counted,70,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-06-30,DE,all,,,,ozg,,counted,100,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-07-31,BE,all,,,,ozg,,counted,75,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-07-31,BE,all,,,,ozg,,reported,90,>,575,0.156522,2022-07,conflict,"Zeitung ""A""","https://example.org/a,b",services_rolled_out/1,,,,,,,,7,,abgeleitet; =1+1
            2022-07-31,BE,all,,,,ozg,,reported,80,>,575,0.13913,2022-07,conflict,"'=HYPERLINK(""x"")","https://example.org/a,b",services_rolled_out/1,,,,,,,,7,,abgeleitet; =1+1
            2022-07-31,BE,all,,,,ozg,,reported,-11,,,,2022-03/2022-07,,,,services_rolled_out/1,2022-03,,,,,,,,,
            2022-08-31,DE,bauen_wohnen,,,,ozg,"'@nur
            Bund",counted,3,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-08-31,DE,all,,,,ozg,,counted,,,,0.125,,simulated running,,,services_rolled_out/1,,,,,,,,,,
            2022-08-31,BE,all,,,,ozg,,counted,74,,,,2022-08-09,,,,services_rolled_out/1,,,,,,,,,,
        "#]],
    );
    let mut german = header(Measure::ServicesRolledOut);
    german.query.language = Some(Language::German);
    check(
        "csv",
        &german,
        &expect![[r#"
            Datum,Gebiet,Themenfeld,Leistung,Stufe,Reifegrad,Zähleinheit,Eingrenzung,Grundlage,Wert,Genauigkeit,Nenner,Anteil,Stand,Hinweis,Quelle,Quelle_URL,Definition,seit,bis,Genauigkeit_Nenner,Nenner_bis,Genauigkeit_Anteil,Anteil_bis,veröffentlicht,Eintrag,Bemerkung,Anmerkung
            2022-06-30,Berlin,alle,,,,OZG-Leistungen,,gezählt,70,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-06-30,Deutschland,alle,,,,OZG-Leistungen,,gezählt,100,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-07-31,Berlin,alle,,,,OZG-Leistungen,,gezählt,75,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-07-31,Berlin,alle,,,,OZG-Leistungen,,berichtet,90,>,575,0.156522,2022-07,Widerspruch,"Zeitung ""A""","https://example.org/a,b",services_rolled_out/1,,,,,,,,7,,abgeleitet; =1+1
            2022-07-31,Berlin,alle,,,,OZG-Leistungen,,berichtet,80,>,575,0.13913,2022-07,Widerspruch,"'=HYPERLINK(""x"")","https://example.org/a,b",services_rolled_out/1,,,,,,,,7,,abgeleitet; =1+1
            2022-07-31,Berlin,alle,,,,OZG-Leistungen,,berichtet,-11,,,,2022-03/2022-07,,,,services_rolled_out/1,2022-03,,,,,,,,,
            2022-08-31,Deutschland,Bauen & Wohnen,,,,OZG-Leistungen,"'@nur
            Bund",gezählt,3,,,,,,,,services_rolled_out/1,,,,,,,,,,
            2022-08-31,Deutschland,alle,,,,OZG-Leistungen,,gezählt,,,,0.125,,"simuliert, läuft noch",,,services_rolled_out/1,,,,,,,,,,
            2022-08-31,Berlin,alle,,,,OZG-Leistungen,,gezählt,74,,,,2022-08-09,,,,services_rolled_out/1,,,,,,,,,,
        "#]],
    );
}

#[test]
fn a_measure_without_topics_has_no_topic() {
    let live = Row { stage: Some(Stage::Live), unit: None, ..row("2022-06-30", Area::DE, 5) };
    expect![[r#"
        date,area,topic,service,stage,level,unit,scope,basis,value,qualifier,denominator,share,observed,status,source,source_url,definition,since,upper,denominator_qualifier,denominator_upper,share_qualifier,share_upper,published,entry,remark,note
        2022-06-30,DE,,,live,,,,counted,5,,,,,,,,areas_reusing/1,,,,,,,,,,
    "#]].assert_eq(&written("csv", &header(Measure::AreasReusing), vec![live]));
    expect![[r#"
        date,area,topic,service,stage,level,unit,scope,basis,value,qualifier,denominator,share,observed,status,source,source_url,definition,since,upper,denominator_qualifier,denominator_upper,share_qualifier,share_upper,published,entry,remark,note
    "#]].assert_eq(&written("csv", &header(Measure::AreasReusing), Vec::new()));
}

#[test]
fn wide_csv() {
    check(
        "csv",
        &wide(Show::Value, None),
        &expect![[r#"
            date,DE all counted,DE bauen_wohnen @nur Bund counted,BE all counted,BE all reported,BE all reported qualifier,BE all reported since,BE all reported period,conflict
            2022-06-30,100,,70,,,,,
            2022-07-31,,,75,80,>,-11,2022-03/2022-07,BE all reported: 80–90
            2022-08-31,,3,74,,,,,
        "#]],
    );
    check(
        "csv",
        &wide(Show::Change, None),
        &expect![[r#"
            date,DE all counted,DE bauen_wohnen @nur Bund counted,BE all counted,BE all reported
            2022-06-30,,,,
            2022-07-31,,,5,
            2022-08-31,,,-1,
        "#]],
    );
    check(
        "csv",
        &wide(Show::Share, Some(Language::German)),
        &expect![[r#"
            Datum,Deutschland · alle · gezählt,Deutschland · Bauen & Wohnen · @nur Bund · gezählt,Berlin · alle · gezählt,Berlin · alle · berichtet,Berlin · alle · berichtet · seit,Berlin · alle · berichtet · Zeitraum,Widerspruch
            2022-06-30,,,,,,,
            2022-07-31,,,,0.13913,,,Berlin · alle · berichtet: 0.13913–0.156522
            2022-08-31,0.125,,,,,,
        "#]],
    );
    let simple = vec![row("2022-06-30", Area::BW, 1), row("2022-07-31", Area::BW, 4)];
    expect![[r#"
        date,BW
        2022-06-30,1
        2022-07-31,4
    "#]]
    .assert_eq(&written("csv", &wide(Show::Value, None), simple.clone()));
    expect![[r#"
        Datum,Baden-Württemberg
        2022-06-30,
        2022-07-31,3
    "#]]
    .assert_eq(&written("csv", &wide(Show::Change, Some(Language::German)), simple));
}

#[test]
fn json() {
    expect![[r#"
        {"measure":"services_rolled_out","definition":{"id":"services_rolled_out/1","version":1,"label":{"de":"Leistungen flächendeckend (laut Angabe)","en":"Services rolled out (as stated)"},"de":"Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.","en":"Services for which \"rolled out\" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.","unit":{"de":"Leistungen","en":"services"},"addition":{"de":"DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.","en":"DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total."}},"query":{"by":"area","unit":"ozg","basis":"counted,reported","kind":"stock","every":"month","from":"2022-06-01","to":"2022-08-31","position":"42","definition":"services_rolled_out/1"},"position":42,"recorded_at":"2026-01-01T00:00:00.123Z","permalink":"https://example.org/v1/series/services_rolled_out.csv?position=42","operator":"OZG tracker","citation":"OZG tracker, services_rolled_out/1, position 42","licence":"CC BY 4.0","rows":[
        {"date":"2022-06-30","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"counted","value":70,"qualifier":null,"denominator":null,"share":null,"observed":null,"status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-06-30","area":"DE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"counted","value":100,"qualifier":null,"denominator":null,"share":null,"observed":null,"status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-07-31","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"counted","value":75,"qualifier":null,"denominator":null,"share":null,"observed":null,"status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-07-31","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"reported","value":90,"qualifier":">","denominator":575,"share":0.156522,"observed":"2022-07","status":"conflict","source":"Zeitung \"A\"","source_url":"https://example.org/a,b","definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":7,"remark":null,"note":"abgeleitet; =1+1"},
        {"date":"2022-07-31","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"reported","value":80,"qualifier":">","denominator":575,"share":0.13913,"observed":"2022-07","status":"conflict","source":"=HYPERLINK(\"x\")","source_url":"https://example.org/a,b","definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":7,"remark":null,"note":"abgeleitet; =1+1"},
        {"date":"2022-07-31","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"reported","value":-11,"qualifier":null,"denominator":null,"share":null,"observed":"2022-03/2022-07","status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":"2022-03","upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-08-31","area":"DE","topic":"bauen_wohnen","service":null,"stage":null,"level":null,"unit":"ozg","scope":"@nur\nBund","basis":"counted","value":3,"qualifier":null,"denominator":null,"share":null,"observed":null,"status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-08-31","area":"DE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"counted","value":null,"qualifier":null,"denominator":null,"share":0.125,"observed":null,"status":"simulated running","source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null},
        {"date":"2022-08-31","area":"BE","topic":"all","service":null,"stage":null,"level":null,"unit":"ozg","scope":null,"basis":"counted","value":74,"qualifier":null,"denominator":null,"share":null,"observed":"2022-08-09","status":null,"source":null,"source_url":null,"definition":"services_rolled_out/1","since":null,"upper":null,"denominator_qualifier":null,"denominator_upper":null,"share_qualifier":null,"share_upper":null,"published":null,"entry":null,"remark":null,"note":null}
        ]}
    "#]].assert_eq(&json_of_everything());
    let empty: serde_json::Value =
        serde_json::from_str(&written("json", &header(Measure::Reuses), Vec::new())).unwrap();
    assert_eq!(empty["rows"], serde_json::json!([]));
}

#[test]
fn a_table_and_a_chart() {
    let mut out = Vec::new();
    write_table(&header(Measure::ServicesRolledOut), &publication(), &mut rows().into_iter(), &mut out)
        .unwrap();
    write_table(
        &wide(Show::Value, Some(Language::German)),
        &Publication::default(),
        &mut rows().into_iter(),
        &mut out,
    )
    .unwrap();
    expect![[r#"
        date        area  topic         unit  scope      basis     value  qualifier  denominator     share  observed         status             source           since    entry  note
        2022-06-30  BE    all           ozg              counted      70
        2022-06-30  DE    all           ozg              counted     100
        2022-07-31  BE    all           ozg              counted      75
        2022-07-31  BE    all           ozg              reported     90  >                  575  0.156522  2022-07          conflict           Zeitung "A"                   7  abgeleitet; =1+1
        2022-07-31  BE    all           ozg              reported     80  >                  575   0.13913  2022-07          conflict           =HYPERLINK("x")               7  abgeleitet; =1+1
        2022-07-31  BE    all           ozg              reported    -11                                    2022-03/2022-07                                      2022-03
        2022-08-31  DE    bauen_wohnen  ozg   @nur Bund  counted       3
        2022-08-31  DE    all           ozg              counted                                     0.125                   simulated running
        2022-08-31  BE    all           ozg              counted      74                                    2022-08-09
        services_rolled_out/1
        OZG tracker, services_rolled_out/1, position 42
        https://example.org/v1/series/services_rolled_out.csv?position=42
        Datum       Deutschland · alle · gezählt  Deutschland · Bauen & Wohnen · @nur Bund · gezä…  Berlin · alle · gezählt  Berlin · alle · berichtet  Berlin · alle · berichtet · Genauigkeit  Berlin · alle · berichtet · seit  Berlin · alle · berichtet · Zeitraum  Widerspruch
        2022-06-30                           100                                                                         70
        2022-07-31                                                                                                       75                         80  >                                                                     -11  2022-03/2022-07                       Berlin · alle · berichtet: 80–90
        2022-08-31                                                                               3                       74
        services_rolled_out/1
    "#]].assert_eq(&String::from_utf8(out).unwrap());
    let steps = [(1, 0), (2, 10), (4, 40), (6, 25), (9, 60)].into_iter().flat_map(|(month, value)| {
        let date = format!("2024-{month:02}-01");
        [row(&date, Area::BW, value), row(&date, Area::BY, 60 - value / 2)]
    });
    let mut out = Vec::new();
    write_chart(&DrawnLines::of(&wide(Show::Value, None), steps), 48, 9, &mut out).unwrap();
    write_chart(&DrawnLines::of(&wide(Show::Value, None), std::iter::empty()), 48, 9, &mut out).unwrap();
    write_chart(
        &DrawnLines::of(&wide(Show::Value, None), std::iter::once(row("2024-01-01", Area::DE, 7))),
        0,
        0,
        &mut out,
    )
    .unwrap();
    expect![[r#"
        60 ┤──────┐                                        ┌ BW
           ┤      └───────────┐                            │
           ┤                  │           ┌────────────────│
           ┤                  ┌───────────┐                │
        30 ┤                  │           │                │ BY
           ┤                  │           └────────────────┘
           ┤                  │
           ┤      ┌───────────┘
         0 ┤──────┘
           └────────────────────────────────────────────────
            2024-01-01                            2024-09-01
        7.00 ┤──────────────────── DE
        4.67 ┤
             ┤
        0.00 ┤
             └────────────────────
              2024-01-01
    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn formats_have_one_row_each() {
    assert_eq!(Format::read("jsn").unwrap_err().hint_in_english(), Some("json"));
    for format in ozg_formats::series::FORMATS.iter().filter(|format| format.is_built()) {
        assert_eq!(Format::read(format.id).map(|found| found.id), Ok(format.id));
    }
}

#[test]
fn of_one_day_two_dimensions_make_a_cross_table() {
    let mut header = wide(Show::Value, None);
    header.query.on = Some(day("2022-08-31"));
    header.query.by = vec![ozg_core::measure::Dimension::Topic, ozg_core::measure::Dimension::Area];
    let of = |topic: Option<Topic>, area: Area, value: i64| Row { topic, ..row("2022-08-31", area, value) };
    let rows = vec![
        of(None, Area::DE, 9),
        of(None, Area::BE, 4),
        of(Some(Topic::Building), Area::DE, 3),
        Row { status: Status { conflict: true, ..Status::default() }, ..of(None, Area::BE, 5) },
    ];
    expect![[r#"
        topic,DE,BE,conflict
        all,9,4,BE: 4–5
        bauen_wohnen,3,,
    "#]]
    .assert_eq(&written("csv", &header, rows));
}

#[test]
fn vintages_have_two_more_columns() {
    let known =
        |position: u32| KnownAt { position: Position::new(position), recorded_at_ms: 1_767_225_600_123 };
    let with = |value: i64, from: u32, until: Option<u32>| Row {
        vintage: Some(Vintage { from: known(from), until: until.map(known) }),
        ..row("2022-06-30", Area::BE, value)
    };
    let mut header = header(Measure::ServicesRolledOut);
    header.query.vintages = Some(ozg_core::query::Vintages::All);
    let csv = written("csv", &header, vec![with(70, 3, Some(7)), with(71, 7, None)]);
    expect![[r#"
        date,area,topic,service,stage,level,unit,scope,basis,value,qualifier,denominator,share,observed,status,source,source_url,definition,since,upper,denominator_qualifier,denominator_upper,share_qualifier,share_upper,published,entry,remark,note,known_from,known_until
        2022-06-30,BE,all,,,,ozg,,counted,70,,,,,,,,services_rolled_out/1,,,,,,,,,,,2026-01-01T00:00:00.123Z p3,2026-01-01T00:00:00.123Z p7
        2022-06-30,BE,all,,,,ozg,,counted,71,,,,,,,,services_rolled_out/1,,,,,,,,,,,2026-01-01T00:00:00.123Z p7,
    "#]].assert_eq(&csv);
    let json = written("json", &header, vec![with(70, 3, None)]);
    assert!(json.contains("\"known_from\":\"2026-01-01T00:00:00.123Z p3\",\"known_until\":null}"), "{json}");
    assert!(
        written("csv", &header, vec![with(70, 3, None)]).lines().next().unwrap().ends_with("known_until")
    );
}
