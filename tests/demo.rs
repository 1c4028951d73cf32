//! The demo answers the questions of docs/demo.md, and has every row of the published figures, if this machine has
//! them.

use crate::binary::Server;
use ozg_core::words::Place;
use serde_json::Value;
use std::path::PathBuf;

/// Asks for a series and returns its rows with these columns.
fn rows(server: &Server, question: &str, columns: &[&str]) -> Vec<String> {
    let series = server.json(&format!("/v1/series/{question}"));
    let cell = |row: &Value, column: &str| match &row[column] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &Value| columns.iter().map(|column| cell(row, column)).collect::<Vec<_>>().join(" ");
    series["rows"].as_array().expect("rows").iter().map(row).collect()
}

#[test]
fn the_demo_answers_the_questions_that_it_was_made_for() {
    let server = Server::demo();
    laender(&server);
    conflict(&server);
    aufenthalt(&server);
    single_figures(&server);
    two_data_states(&server);
    what_it_is(&server);
    nothing_is_told_that_nobody_said(&server);
}

/// The demo knows 9 of the 575 services, and nobody has assessed any (rules 10b, 17).
fn nothing_is_told_that_nobody_said(server: &Server) {
    let germany = "json?area=DE&basis=counted&on=2026-06-01";
    let columns = ["value", "denominator", "share", "status"];
    assert_eq!(rows(server, &format!("services_launched.{germany}"), &columns), ["4 - - partial"]);
    assert_eq!(rows(server, &format!("services_listed.{germany}"), &columns), ["9 - - partial"]);
    for silent in ["services_compliant", "services_covering_all", "reuses_possible", "milestones_planned"] {
        let question = format!("{silent}.json?by=area&basis=counted");
        assert!(rows(server, &question, &columns).is_empty(), "{silent}");
    }
    let metrics = server.get("/metrics");
    let samples = metrics.lines().filter(|line| line.starts_with("ozg_") && !line.starts_with("ozg_log"));
    let counted: Vec<&str> = samples.filter(|line| line.contains("basis=\"counted\"")).collect();
    let is_untold = |line: &&str| line.contains("denominator") || line.starts_with("ozg_services_compliant");
    assert_eq!(counted.iter().find(|line| is_untold(line)), None);
    eprintln!("{} samples of counted values", counted.len());
}

fn laender(server: &Server) {
    let question = "services_rolled_out.json?unit=ozg&basis=reported&every=change&from=2022&to=2025&area=";
    let columns = ["observed", "value", "denominator"];
    let of = |area: &str| {
        let all = rows(server, &format!("{question}{area}"), &columns);
        // Changes since a day ("+131 since 2022-12-31") are rows of their own.
        all.into_iter().filter(|row| !row.contains('/')).collect::<Vec<_>>()
    };
    assert_eq!(of("HH"), ["2022-12-31 159 575", "2023-09 229 575", "2024-03 259 575", "2025-01 290 575"]);
    assert_eq!(of("BY"), ["2022-12-31 178 575", "2023-06 223 575", "2023-09 246 575", "2025-01 276 575"]);
    assert_eq!(of("SL"), ["2022-07 80 575", "2023-06 127 575", "2024-03 169 575", "2025-01 196 575"]);
    assert_eq!(of("NW"), ["2023-06 154 575", "2025-01 197 575"]);
    assert_eq!(of("BB"), ["2023-05 127 575", "2025-01 197 575", "2025-05 204 575"]);
    assert_eq!(of("TH"), ["2022-07 142 575", "2023-09 200 575", "2025-01 231 575"]);
}

fn conflict(server: &Server) {
    let question = "services_rolled_out.json?unit=ozg&basis=reported&area=DE&on=2023-06-30";
    let mut found = rows(server, question, &["scope", "value", "status"]);
    // Subsets ("only the Bund") are rows of their own.
    found.retain(|row| row.starts_with("- 1"));
    found.sort();
    assert_eq!(found, ["- 127 conflict", "- 136 conflict"]);
}

fn aufenthalt(server: &Server) {
    let question =
        "reuses_current.json?service=ozg:10255&area=DE&basis=reported&every=change&from=2020&to=2025&stage=";
    let columns = ["observed", "qualifier", "value"];
    let live = rows(server, &format!("{question}live"), &columns);
    assert_eq!(live, ["2023-08-31 - 100", "2023-09-25 > 100", "2025-02-07 > 270", "2025-08-15 - 300"]);
    let rolling_out = rows(server, &format!("{question}rolling_out"), &columns);
    assert_eq!(rolling_out, ["2024-11-06 - 160", "2025-02-07 - 170", "2025-08-16 - 150"]);
    let counted = "reuses.json?service=ozg:10255&area=DE&basis=counted&every=change&from=2020&to=2025";
    let counted = rows(server, counted, &["date", "value"]);
    assert!(
        counted.contains(&"2023-08-31 4".to_owned()) && counted.contains(&"2025-08-15 5".to_owned()),
        "{counted:?}"
    );
}

fn single_figures(server: &Server) {
    let bafoeg = "areas_reusing.json?service=dienst:bafoeg-digital&by=service&every=change&to=2025&basis=";
    assert_eq!(
        rows(server, &format!("{bafoeg}reported"), &["observed", "value"]),
        ["2020-11 5", "2021-10 16"]
    );
    let counted = rows(server, &format!("{bafoeg}counted"), &["value"]);
    assert_eq!(counted.last().map(String::as_str), Some("16"), "{counted:?}");
    let fall = "services_rolled_out.json?unit=ozg&kind=period&area=NI&every=change&from=2022&to=2022";
    let fall = rows(server, fall, &["observed", "value"]);
    assert!(fall.contains(&"2022-03/2022-07 -11".to_owned()), "{fall:?}");
    let brandenburg =
        "services_launched.json?unit=leika&basis=reported&area=BB&every=change&from=2024&to=2024";
    assert!(rows(server, brandenburg, &["value", "qualifier"]).contains(&"650 ca".to_owned()));
}

fn two_data_states(server: &Server) {
    let question = "services_rolled_out.json?unit=ozg&basis=reported&area=HH&every=change&to=2025";
    let first = |state: &str| rows(server, &format!("{question}{state}"), &["observed", "value"])[0].clone();
    assert_eq!(first("&as_of=2026-02-28"), "2023-09 229");
    assert_eq!(first("&position=229"), "2023-09 229");
    assert_eq!(first(""), "2022-12-31 159");
    let withdrawn = server.json("/v1/events/a705832f-228f-550d-8b2b-ef18f6b34e6e");
    assert_eq!(
        (withdrawn["stands"].as_bool(), withdrawn["withdrawn_by"]["position"].as_u64()),
        (Some(false), Some(247))
    );
}

/// Each catalogue and each register of the demo is declared partial (rule 10a).
fn what_it_is(server: &Server) {
    let entries = server.json("/v1/events?after=247&limit=1000");
    let said = |entry: &Value| {
        let of = ["unit", "kind"].iter().find_map(|name| entry[*name].as_str());
        (of.unwrap_or_default().to_owned(), entry["complete"].as_bool())
    };
    let mut said: Vec<(String, Option<bool>)> =
        entries["entries"].as_array().expect("entries").iter().map(said).collect();
    said.sort();
    let listed = ["ozg", "leika", "dienst", "gemeinde", "kreis", "auslaenderbehoerde", "meldebehoerde"];
    let mut expected: Vec<(String, Option<bool>)> =
        listed.into_iter().chain(["fahrerlaubnisbehoerde"]).map(|of| (of.to_owned(), Some(false))).collect();
    expected.sort();
    assert_eq!(said, expected);
    let authorities = server.json("/v1/authorities.json");
    let kinds =
        authorities["authorities"].as_array().expect("authorities").iter().map(|row| row["kind"].clone());
    let kinds: std::collections::BTreeSet<String> = kinds.map(|kind| kind.to_string()).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

/// Returns the file of the published figures: in `OZG_DATA_DIR`, else beside the repository.
fn published_figures() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var("OZG_DATA_DIR").map_or_else(|_| PathBuf::from(beside), PathBuf::from);
    Some(folder.join("published-figures.csv")).filter(|file| file.exists())
}

#[test]
fn every_published_figure_is_found_with_its_value_date_and_place() {
    let Some(file) = published_figures() else {
        eprintln!("SKIPPED: published-figures.csv is not here; OZG_DATA_DIR names its folder");
        return;
    };
    let server = Server::demo();
    let mapping = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/mapping.csv");
    let read = |path: &std::path::Path| -> Vec<csv::StringRecord> {
        csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
    };
    let (figures, mapping) = (read(&file), read(std::path::Path::new(mapping)));
    assert_eq!(figures.len(), mapping.len(), "each figure has its row in the mapping");
    for (index, (figure, mapped)) in figures.iter().zip(&mapping).enumerate() {
        assert_eq!(mapped[0].parse::<usize>().unwrap(), index + 1);
        let events: Vec<Value> = mapped[2]
            .split_whitespace()
            .map(|id| server.json(&format!("/v1/events/{id}"))["entry"].clone())
            .collect();
        let [date, land, value, precision] = [0, 2, 4, 8].map(|column| figure[column].to_owned());
        let has = |what: &str, holds: &dyn Fn(&Value) -> bool| {
            assert!(events.iter().any(holds), "row {}: {what} of {figure:?} is not in {events:?}", index + 1);
        };
        has("the value", &|event| has_value(event, &value));
        has("the date", &|event| ["on", "due"].iter().any(|name| event[name] == as_said(&date, &precision)));
        has("the place", &|event| {
            let place = event["place"].as_str().and_then(|place| Place::read(place).ok());
            place.is_some_and(|place| place.area().id() == land)
        });
    }
}

/// Tells whether an event states the value; a milestone is the go-live of one.
fn has_value(event: &Value, value: &str) -> bool {
    let figures = ["value", "percent", "live", "rolling_out", "of"];
    let stated = figures.iter().any(|name| match &event[name] {
        Value::Number(number) => number.to_string() == value,
        Value::String(text) => text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-') == value,
        _ => false,
    });
    stated || (event["type"] == "milestone-reached" && value == "1")
}

/// Writes the date as precisely as the source gave it.
fn as_said(date: &str, precision: &str) -> String {
    match precision {
        "year" => date[..4].to_owned(),
        "month" => date[..7].to_owned(),
        "quarter" => format!("{}-Q{}", &date[..4], date[5..7].parse::<u32>().unwrap_or(1).div_ceil(3)),
        _ => date.to_owned(),
    }
}
