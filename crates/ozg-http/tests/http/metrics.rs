//! `/metrics`: the values of the domain and of the process.

use crate::common::World;
use expect_test::expect;
use std::collections::{BTreeMap, BTreeSet};

fn lines_of<'a>(text: &'a str, name: &str, with: &str) -> Vec<&'a str> {
    let of = |line: &&str| line.starts_with(&format!("{name}{{")) && line.contains(with);
    text.lines().filter(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_there_from_the_first_milestone_on() {
    let world = World::new().await;
    let text = world.get("/metrics").await.text;
    let shown: Vec<&str> = lines_of(&text, "ozg_services_rolled_out", "topic=\"all\",unit=\"ozg\"");
    expect![[r#"ozg_services_rolled_out{area="BB",topic="all",unit="ozg",basis="counted"} 1"#]]
        .assert_eq(&shown.join("\n"));
    let shown: Vec<&str> =
        lines_of(&text, "ozg_reuses", "area=\"BB\",topic=\"ein_auswanderung\",unit=\"ozg\"");
    expect![[r#"
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="interested",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="agreed",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="ready",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="connected",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="pilot",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="rolling_out",basis="counted"} 0
        ozg_reuses{area="BB",topic="ein_auswanderung",unit="ozg",stage="live",basis="counted"} 2"#]]
    .assert_eq(&shown.join("\n"));
    assert_eq!(lines_of(&text, "ozg_reuses", "area=\"BE\"").len(), 0, "nothing is known of Berlin");
    let below = "ozg_services_rolled_out_denominator";
    let of_land = "area=\"BB\",topic=\"all\",unit=\"ozg\"";
    assert_eq!(lines_of(&text, below, of_land).len(), 0, "nobody says that the catalogue is complete");
    assert_eq!(lines_of(&text, "ozg_services_compliant", "").len(), 0, "nothing was ever assessed");
    assert_eq!(world.record(r#"{"type":"register-declared","unit":"ozg"}"#).await.status, 201);
    let text = world.get("/metrics").await.text;
    assert_eq!(
        lines_of(&text, below, of_land),
        ["ozg_services_rolled_out_denominator{area=\"BB\",topic=\"all\",unit=\"ozg\",basis=\"counted\"} 2"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_shows_the_lowest_and_how_far_they_are_apart() {
    let world = World::new().await;
    let figures = r#"[
{"type":"figure-reported","measure":"services_rolled_out","place":"DE","value":127,"of":575,"on":"2023-06-30","source":{"name":"A"}},
{"type":"figure-reported","measure":"services_rolled_out","place":"DE","value":136,"of":575,"on":"2023-06-30","source":{"name":"B"}},
{"type":"figure-reported","measure":"services_rolled_out","place":"DE","value":50,"scope":"nur Bund","on":"2023-06-30","source":{"name":"B"}},
{"type":"figure-reported","measure":"services_rolled_out","place":"BY","value":11,"on":"2026-05","since":"2026-01","source":{"name":"B"}},
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","percent":50,"on":"2026-05","source":{"name":"B"}}
]"#;
    let answer = world.record(figures).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let text = world.get("/metrics").await.text;
    let mut shown = lines_of(&text, "ozg_services_rolled_out", "basis=\"reported\"");
    shown.extend(lines_of(&text, "ozg_services_rolled_out_denominator", "basis=\"reported\""));
    shown.extend(lines_of(&text, "ozg_reported_conflict", ""));
    shown.extend(lines_of(&text, "ozg_reported_timestamp_seconds", ""));
    expect![[r#"
        ozg_services_rolled_out{area="DE",topic="all",unit="ozg",basis="reported"} 127
        ozg_services_rolled_out_denominator{area="DE",topic="all",unit="ozg",basis="reported"} 575
        ozg_reported_conflict{measure="services_rolled_out",area="DE",topic="all",unit="ozg"} 9
        ozg_reported_timestamp_seconds{measure="services_rolled_out",area="DE",topic="all",unit="ozg"} 1688076000"#]].assert_eq(&shown.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_06_other_is_never_scraped() {
    let world = World::new().await;
    let figure = r#"{"type":"figure-reported","measure":"other","scope":"Formulare","place":"DE","value":4711,"on":"2024-01-31"}"#;
    assert_eq!(world.record(figure).await.status, 201);
    assert!(world.get("/v1/series/other.csv?area=DE&on=2024-01-31").await.text.contains(",4711,"));
    let text = world.get("/metrics").await.text;
    assert!(!text.contains("ozg_other") && !text.contains("\"other\""), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_and_the_process_are_counted() {
    let world = World::new().await;
    world.get("/v1/series/reuses.csv").await;
    world.get("/v1/nothing?secret=1").await;
    let text = world.get("/metrics").await.text;
    for line in [
        "ozg_log_head_position 7",
        "ozg_log_entries_total{type=\"milestone-reached\"} 3",
        "ozg_log_entries_total{type=\"entry-withdrawn\"} 0",
        "ozg_log_last_recorded_timestamp_seconds{office=\"bb\"} 1780308000.000",
        "ozg_log_last_recorded_timestamp_seconds{office=\"redaktion\"} 1780308000.000",
        "ozg_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/series/{file}\",status=\"200\"} 1",
        "ozg_http_request_duration_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "ozg_log_commit_duration_seconds_count 2",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(!text.contains("secret") && !text.contains("ozg_log_simulated"));
    assert!(text.contains("ozg_build_info{version=\""));
    world.record(r#"{"type":"service-listed","service":"ozg:10001","name":"X"}"#).await;
    let later = world.get("/metrics").await.text;
    assert!(later.contains("ozg_log_entries_total{type=\"service-listed\"} 3\n"), "the tally goes on");
}

/// What `promtool check metrics` looks for, and that labels are bounded.
#[tokio::test(flavor = "multi_thread")]
async fn the_text_is_well_formed_and_labels_are_bounded() {
    let world = World::new().await;
    for path in ["/a", "/v1/b", "/v1/series/c.csv", "/v1/events/d", "/problems/e", "/local/offices"] {
        world.get(path).await;
    }
    let text = world.get("/metrics").await.text;
    let mut families: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.splitn(3, ' ');
            let (kind, name, more) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let family = families.entry(name).or_default();
            let had = if kind == "HELP" { &mut family.0 } else { &mut family.1 };
            assert!(!std::mem::replace(had, true) && !more.is_empty(), "{line}");
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<f64>().is_ok(), "{line}");
        assert!(seen.insert(series), "twice: {series}");
        let (name, rest) = series.split_once('{').unwrap_or((series, ""));
        let base =
            ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        assert!(families.contains_key(name) || families.contains_key(base), "{line}");
        for pair in rest.trim_end_matches('}').split("\",").filter(|pair| !pair.is_empty()) {
            let (label, value) = pair.split_once("=\"").unwrap();
            labels.entry(label).or_default().insert(value.trim_end_matches('"'));
        }
    }
    assert!(families.values().all(|(help, kind)| *help && *kind), "{families:?}");
    assert!(!labels.contains_key("service") && !labels.contains_key("authority"), "{:?}", labels.keys());
    let counts: Vec<(&str, usize)> =
        ["area", "topic", "unit", "stage", "basis"].map(|label| (label, labels[label].len())).to_vec();
    assert!(labels["route"].len() > 3 && labels["route"].contains("none"), "{:?}", labels["route"]);
    for route in &labels["route"] {
        assert!(*route == "none" || ozg_http::ROUTES.iter().any(|row| row.path == *route), "{route}");
    }
    assert_eq!(counts, [("area", 17), ("topic", 16), ("unit", 1), ("stage", 7), ("basis", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_number_stands_in_the_series() {
    let world = World::new().await;
    let text = world.get("/metrics").await.text;
    let csv = world
        .get("/v1/series/services_launched.csv?by=area,topic,unit&on=2026-06-01&basis=counted")
        .await
        .text;
    let mut compared = 0;
    for row in csv.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let labels = format!(
            "{{area=\"{}\",topic=\"{}\",unit=\"{}\",basis=\"counted\"}}",
            cells[1], cells[2], cells[6]
        );
        let line = format!("ozg_services_launched{labels} {}", cells[9]);
        assert!(text.lines().any(|known| known == line), "{line}");
        compared += 1;
    }
    assert_eq!(compared, lines_of(&text, "ozg_services_launched", "counted").len());
    // Nothing is listed in the other units.
    assert_eq!(compared, 2 * 16);
}
