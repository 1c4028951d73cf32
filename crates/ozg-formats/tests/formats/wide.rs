//! Wide tables and charts: what is inexact, carried, of a period.

use crate::series::{day, row, wide, written};
use expect_test::expect;
use ozg_core::query::Show;
use ozg_core::series::{Observed, Row, Status};
use ozg_core::words::{Area, Basis, Figure, Language, PartialDate, Qualifier};
use ozg_formats::series::{DrawnLines, write_chart};
use std::collections::BTreeMap;

/// A claim: the day of its row, where, the figure as printed, the day or month that it was observed.
pub(crate) fn claim(date: &str, area: Area, value: &str, on: &str) -> Row {
    let (figure, on) = (Figure::read(value).unwrap(), PartialDate::read(on).unwrap());
    let is_of_month = on.last().to_string()[..7] == date[..7];
    Row {
        value: Some(figure.number),
        qualifier: Some(figure.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact),
        upper: figure.upper,
        observed: Some(Observed::On(on)),
        basis: Basis::Reported,
        status: Status { carried: !is_of_month, ..Status::default() },
        ..row(date, area, 0)
    }
}

/// A claim about a period.
pub(crate) fn flow(date: &str, value: i64, since: &str, on: &str) -> Row {
    let [since, on] = [since, on].map(|text| PartialDate::read(text).unwrap());
    Row { observed: Some(Observed::Between(since, on)), basis: Basis::Reported, ..row(date, Area::HH, value) }
}

fn table(show: Show, language: Language, rows: &[Row]) -> String {
    written("csv", &wide(show, Some(language)), rows.to_vec())
}

#[test]
fn rule_07c_a_wide_table_says_how_exact_its_values_are() {
    let rows = [
        claim("2022-06-30", Area::BB, "100–120", "2022-06"),
        claim("2022-06-30", Area::HE, ">270", "2022-06"),
        claim("2022-06-30", Area::HH, "7", "2022-06"),
        claim("2022-07-31", Area::BB, "130", "2022-07"),
        claim("2022-07-31", Area::HE, "knapp 280", "2022-07"),
        claim("2022-07-31", Area::HH, "8", "2022-07"),
        claim("2022-08-31", Area::BB, ">200", "2022-08"),
        claim("2022-08-31", Area::HE, "ca. 300", "2022-08"),
        claim("2022-08-31", Area::HH, "9", "2022-08"),
    ];
    let mut said = table(Show::Value, Language::German, &rows);
    said += &table(Show::Change, Language::English, &rows);
    let mut header = wide(Show::Value, Some(Language::English));
    header.query.on = Some(day("2022-06-30"));
    header.query.by = [ozg_core::measure::Dimension::Area, ozg_core::measure::Dimension::Topic].to_vec();
    said += &written("csv", &header, rows[..3].to_vec());
    let described = written("csv-metadata.json", &wide(Show::Value, Some(Language::English)), rows.to_vec());
    let described: serde_json::Value = serde_json::from_str(&described).unwrap();
    for column in described["tableSchema"]["columns"].as_array().unwrap() {
        said += &format!("{} {}\n", column["name"], column["datatype"]);
    }
    expect![[r#"
        Datum,Brandenburg,Brandenburg · Genauigkeit,Hamburg,Hessen,Hessen · Genauigkeit
        2022-06-30,100,–120,7,270,>
        2022-07-31,130,,8,280,knapp
        2022-08-31,200,>,9,300,ca
        date,Brandenburg,Brandenburg · qualifier,Hamburg,Hesse,Hesse · qualifier
        2022-06-30,,,,,
        2022-07-31,10,–30,1,10,<
        2022-08-31,70,>,1,20,ca
        area,all,all · qualifier
        Brandenburg,100,–120
        Hamburg,7,
        Hesse,270,>
        "date" {"base":"date","format":"yyyy-MM-dd"}
        "line_1" "decimal"
        "line_1_qualifier" "string"
        "line_2" "decimal"
        "line_3" "decimal"
        "line_3_qualifier" "string"
    "#]]
    .assert_eq(&said);
}

#[test]
fn rule_07b_changes_are_of_neighbours_that_were_observed() {
    let share_only = Row { value: None, qualifier: None, ..claim("2022-09-30", Area::HH, "1", "2022-09") };
    let rows = [
        claim("2022-06-30", Area::HH, "135", "2022-05"),
        claim("2022-07-31", Area::HH, "140", "2022-07"),
        claim("2022-08-31", Area::HH, "150", "2022-08"),
        share_only,
        claim("2022-10-31", Area::HH, "160", "2022-10"),
        claim("2022-11-30", Area::HH, "160", "2022-10"),
        flow("2022-08-31", 10, "2022-07", "2022-08"),
    ];
    expect![[r#"
        Datum,Hamburg
        2022-06-30,
        2022-07-31,
        2022-08-31,10
        2022-09-30,
        2022-10-31,
        2022-11-30,
    "#]]
    .assert_eq(&table(Show::Change, Language::German, &rows));
}

#[test]
fn rule_06b_a_wide_table_has_the_period_that_ends_last() {
    let conflict = |row: Row| Row { status: Status { conflict: true, ..Status::default() }, ..row };
    let rows = [
        claim("2023-12-31", Area::HH, "229", "2023-12"),
        flow("2023-12-31", 20, "2023-01", "2023-03"),
        flow("2023-12-31", 70, "2023-01", "2023-09"),
        conflict(flow("2023-12-31", 60, "2023-02", "2023-09")),
        conflict(flow("2023-12-31", 62, "2023-02", "2023-09")),
        flow("2024-12-31", -5, "2024-01", "2024-02-15"),
    ];
    let header = wide(Show::Value, Some(Language::German));
    let mut said = table(Show::Value, Language::German, &rows);
    said += &table(Show::Value, Language::English, &rows[1..]);
    let sdmx = written("sdmx.csv", &header, rows.to_vec());
    let mut reader = csv::Reader::from_reader(sdmx.as_bytes());
    let place = |name: &str, headings: &csv::StringRecord| headings.iter().position(|it| it == name).unwrap();
    let headings = reader.headers().unwrap().clone();
    for record in reader.records() {
        let record = record.unwrap();
        let of = |name: &str| record[place(name, &headings)].to_owned();
        said += &format!("{} {} {} {}\n", of("TIME_PERIOD"), of("PERIOD"), of("STATEMENT"), of("OBS_VALUE"));
    }
    let cube: serde_json::Value =
        serde_json::from_str(&written("jsonstat.json", &header, rows.to_vec())).unwrap();
    said += &format!("{}\n{}\n", cube["id"], cube["dimension"]["period"]["category"]["index"]);
    let svg = written("svg", &header, rows.to_vec());
    said +=
        &format!("{} {}\n", svg.contains("Zahlen über Zeiträume sind nicht gezeigt"), svg.contains("seit"));
    let svg = written("svg", &header, rows[1..].to_vec());
    said +=
        &format!("{} {}\n", svg.contains("Zahlen über Zeiträume sind nicht gezeigt"), svg.contains("seit"));
    expect![[r#"
        Datum,Hamburg,Hamburg · seit,Hamburg · Zeitraum,Widerspruch
        2023-12-31,229,60,2023-02/2023-09,Hamburg · seit: 60–62
        2024-12-31,,-5,2024-01/2024-02-15,
        date,Hamburg · since,Hamburg · period,conflict
        2023-12-31,60,2023-02/2023-09,Hamburg · since: 60–62
        2024-12-31,-5,2024-01/2024-02-15,
        2023-12-31 _Z 1 229
        2023-12-31 2023-01/2023-03 1 20
        2023-12-31 2023-01/2023-09 1 70
        2023-12-31 2023-02/2023-09 1 60
        2023-12-31 2023-02/2023-09 2 62
        2024-12-31 2024-01/2024-02-15 1 -5
        ["date","area","topic","unit","basis","period","statement","metric"]
        ["_Z","2023-01/2023-03","2023-01/2023-09","2023-02/2023-09","2024-01/2024-02-15"]
        true false
        false true
    "#]]
    .assert_eq(&said);
}

#[test]
fn rule_07b_lines_of_claims_end_a_year_after_the_last() {
    let months = (6..=12).map(|month| (2022, month)).chain((1..=12).map(|month| (2023, month)));
    let rows = months.map(|(year, month)| {
        let last = PartialDate::read(&format!("{year}-{month:02}")).unwrap().last().to_string();
        let (value, on) = if (year, month) < (2022, 9) { ("10", "2022-06") } else { ("30", "2022-09") };
        claim(&last, Area::HH, value, on)
    });
    let rows: Vec<Row> = rows.collect();
    let header = wide(Show::Value, Some(Language::German));
    let drawn = DrawnLines::of_chart(&header, &BTreeMap::new(), rows.iter().cloned());
    let line = &drawn.lines[0];
    assert_eq!(line.ends, Some(day("2023-09-30")));
    assert_eq!(line.values.keys().next_back(), Some(&day("2023-09-30")));
    assert_eq!(line.carried_behind(), Some(day("2022-09-30")));
    let mut out = Vec::new();
    write_chart(&drawn, 48, 5, &mut out).unwrap();
    let mut said = String::from_utf8(out).unwrap();
    let svg = written("svg", &header, rows);
    let drawn = svg.split("<g><title>").nth(1).and_then(|group| group.split("</g>").next()).unwrap();
    drawn.lines().skip(1).for_each(|line| said += &format!("{line}\n"));
    said += &format!("{}\n", svg.contains("höchstens zwölf Monate"));
    expect![[r##"
        30 ┤        ┌───────────────────────────────         Hamburg
           ┤        │
        15 ┤        │
           ┤────────┘
         0 ┤
           └────────────────────────────────────────────────
            2022-06-30                            2023-12-31
        <path d="M48.6 370.3H181.9V157.0" fill="none" stroke="#2044aa" stroke-width="2" stroke-dasharray="6 4"/>
        <path d="M181.9 157.0H710.7" fill="none" stroke="#2044aa" stroke-width="2.4" stroke-dasharray="0.1 5" stroke-linecap="round"/>
        <path d="M48.6 364.8l5.5 5.5l-5.5 5.5l-5.5 -5.5z" fill="#ffffff" stroke="#2044aa" stroke-width="1.8" stroke-linejoin="round"><title>30.6.2022: 10</title></path>
        <path d="M181.9 151.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z" fill="#ffffff" stroke="#2044aa" stroke-width="1.8" stroke-linejoin="round"><title>30.9.2022: 30</title></path>
        true
    "##]].assert_eq(&said);
}

#[test]
fn every_column_of_a_wide_table_has_a_name_of_its_own() {
    let scoped = |scope: &str, row: Row| Row { scope: Some(scope.into()), ..row };
    let main = || claim("2025-01-31", Area::DE, "196", "2025-01");
    let since = Row { area: main().area, ..flow("2025-01-31", 70, "2024-01", "2025-01") };
    let rows = [
        main(),
        since,
        scoped("OZG-Booster", claim("2025-01-31", Area::DE, ">15", "2025-01")),
        scoped("OZG-Booster · Genauigkeit", main()),
        scoped("Datum", main()),
        scoped("Deutschland", main()),
    ];
    let mut said = table(Show::Value, Language::German, &rows);
    said += &table(Show::Value, Language::English, &rows[..2]);
    // The rows are the Länder: a column for one topic is not "Germany".
    let mut header = wide(Show::Value, Some(Language::English));
    header.query.on = Some(day("2025-01-31"));
    header.query.by = [ozg_core::measure::Dimension::Area, ozg_core::measure::Dimension::Topic].to_vec();
    said += &written("csv", &header, vec![main(), scoped("pilots", main())]);
    expect![[r#"
        Datum,Deutschland,Deutschland · seit,Deutschland · Zeitraum,Datum (2),Deutschland (2),OZG-Booster,OZG-Booster · Genauigkeit,OZG-Booster · Genauigkeit (2)
        2025-01-31,196,70,2024-01/2025-01,196,196,15,>,196
        date,Germany,Germany · since,Germany · period
        2025-01-31,196,70,2024-01/2025-01
        area,all,pilots
        Germany,196,196
    "#]].assert_eq(&said);
    let described = written("csv-metadata.json", &wide(Show::Value, Some(Language::German)), rows.to_vec());
    let described: serde_json::Value = serde_json::from_str(&described).unwrap();
    let titles: Vec<String> = described["tableSchema"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["titles"].to_string())
        .collect();
    let distinct: std::collections::BTreeSet<&String> = titles.iter().collect();
    assert_eq!(distinct.len(), titles.len(), "{titles:?}");
}
