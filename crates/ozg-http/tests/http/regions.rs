//! A region that crosses Länder, at every address that takes an area.

use crate::common::World;
use expect_test::expect;
use std::fmt::Write;

/// Parts of three Länder, what is said of them and of what lies beside them.
const RHEIN_NECKAR: &str = r#"[
{"type":"service-listed","service":"ozg:10001","name":"Wohngeld","topics":["bauen_wohnen"],"executed_by":["gemeinde"]},
{"type":"authority-listed","authority":"kreis:08226","name":"Rhein-Neckar-Kreis"},
{"type":"authority-listed","authority":"kreis:06431","name":"Bergstraße"},
{"type":"authority-listed","authority":"kreis:07338","name":"Rhein-Pfalz-Kreis"},
{"type":"authority-listed","authority":"ags:08226095","name":"Weinheim","population":45000},
{"type":"authority-listed","authority":"ags:06431002","name":"Bensheim","population":41000},
{"type":"authority-listed","authority":"ags:07338017","name":"Mutterstadt","population":13000},
{"type":"authority-listed","authority":"ags:08111000","name":"Stuttgart","population":630000},
{"type":"region-defined","region":"rhein-neckar","name":"Metropolregion Rhein-Neckar","members":["kreis:08226","kreis:06431","kreis:07338"]},
{"type":"milestone-reached","service":"ozg:10001","place":"ags:08226095","stage":"live","on":"2025-01-10"},
{"type":"milestone-reached","service":"ozg:10001","place":"ags:07338017","stage":"live","on":"2025-03-10"},
{"type":"milestone-reached","service":"ozg:10001","place":"ags:08111000","stage":"live","on":"2024-01-10"},
{"type":"milestone-reached","service":"ozg:10001","place":"BW","stage":"launched","on":"2025-01-10"},
{"type":"milestone-reached","service":"ozg:10001","place":"BW","stage":"rolled_out","on":"2025-02-09"},
{"type":"milestone-reached","service":"ozg:10001","place":"HE","stage":"launched","on":"2025-01-10"},
{"type":"milestone-reached","service":"ozg:10001","place":"HE","stage":"rolled_out","on":"2025-01-20"},
{"type":"milestone-planned","service":"ozg:10001","place":"ags:06431002","stage":"live","due":"2025-12-31","on":"2025-01-01"},
{"type":"milestone-planned","service":"ozg:10001","place":"ags:07338017","stage":"live","due":"2025-12-31","on":"2025-01-01"},
{"type":"milestone-planned","service":"ozg:10001","place":"ags:08111000","stage":"live","due":"2025-12-31","on":"2025-01-01"},
{"type":"maturity-assessed","service":"ozg:10001","place":"BW","level":"1.1:4","on":"2025-01-01"},
{"type":"maturity-assessed","service":"ozg:10001","place":"HE","level":"1.1:3","on":"2025-01-01"},
{"type":"maturity-assessed","service":"ozg:10001","place":"RP","level":"1.1:3","on":"2025-06-01"},
{"type":"milestone-reached","service":"ozg:10001","place":"RP","stage":"rolled_out","on":"2025-12-01"},
{"type":"register-declared","unit":"ozg"},
{"type":"register-declared","kind":"gemeinde"},
{"type":"register-declared","kind":"kreis"}
]"#;

async fn rhein_neckar() -> World {
    let world = World::empty();
    let answer = world.record(RHEIN_NECKAR).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn every_counted_measure_has_values_in_a_region_of_parts_of_three_laender() {
    let world = rhein_neckar().await;
    let measures = world.get("/v1/measures").await.json();
    let counted = measures["measures"].as_array().unwrap().iter().filter(|row| row["counted"] != "no");
    let mut said = String::new();
    let of_claims = ["applications", "other"];
    for measure in counted.map(|row| row["measure"].as_str().unwrap()).filter(|one| !of_claims.contains(one))
    {
        let by = if measure == "areas_reusing" { "&service=ozg:10001" } else { "" };
        let path =
            format!("/v1/series/{measure}.json?area=region:rhein-neckar&basis=counted&on=2026-01-01{by}");
        let answer = world.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        for row in answer.json()["rows"].as_array().unwrap() {
            let of_what = [&row["stage"], &row["level"]].into_iter().filter_map(|cell| cell.as_str());
            let of_what: String = of_what.map(|cell| format!(" {cell}")).collect();
            writeln!(said, "{measure}{of_what}: {} of {}", row["value"], row["denominator"]).unwrap();
        }
    }
    expect![[r#"
        services_listed: 1 of null
        services_launched: 1 of 1
        services_rolled_out: 1 of 1
        services_covering_all: 0 of 1
        services_compliant: 1 of 1
        services_at_maturity 1.1:3: 1 of 1
        reuses live: 2 of 3
        reuses_current interested: 0 of 3
        reuses_current agreed: 0 of 3
        reuses_current ready: 0 of 3
        reuses_current connected: 0 of 3
        reuses_current pilot: 0 of 3
        reuses_current rolling_out: 0 of 3
        reuses_current live: 2 of 3
        reuses_possible: 3 of null
        authorities_active: 2 of 6
        population_covered: 58000 of 99000
        areas_reusing live: 2 of 3
        milestones_planned: 2 of null
        milestones_overdue: 1 of 2
        lead_time_days: 10 of null
        reporting_lag_days: 448 of null
    "#]]
    .assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_is_an_area_to_the_log_the_feeds_and_the_entries_behind_a_value() {
    let world = rhein_neckar().await;
    let positions = async |path: &str| -> Vec<u64> {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let json = answer.json();
        json["entries"].as_array().unwrap().iter().map(|entry| entry["position"].as_u64().unwrap()).collect()
    };
    // Stuttgart (8, 12, 19) and the Länder (13–16, 20–22) are not in it.
    let log = positions("/v1/events?area=region:rhein-neckar").await;
    assert_eq!(log, [2, 3, 4, 5, 6, 7, 9, 10, 11, 17, 18]);
    let feed = world.get("/v1/events.atom?area=region:rhein-neckar").await;
    assert_eq!((feed.status, feed.text.matches("<entry>").count()), (200, log.len()));
    let mut said = String::new();
    for measure in [
        "reuses",
        "services_launched",
        "services_rolled_out",
        "services_compliant",
        "lead_time_days",
        "reporting_lag_days",
        "milestones_overdue",
    ] {
        let query = "area=region:rhein-neckar&basis=counted&on=2026-01-01";
        let entries = world.get(&format!("/v1/series/{measure}/entries.csv?{query}")).await;
        assert_eq!(entries.status, 200, "{measure}: {}", entries.text);
        let behind: Vec<&str> =
            entries.text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        writeln!(said, "{measure}: {}", behind.join(" ")).unwrap();
        let news = world.get(&format!("/v1/measures/{measure}.atom?area=region:rhein-neckar&lang=en")).await;
        assert_eq!(news.status, 200, "{measure}: {}", news.text);
        assert!(news.text.contains("region:rhein-neckar"), "{measure}: {}", news.text);
    }
    expect![[r#"
        reuses: 10 11
        services_launched: 10 11 14 16 23
        services_rolled_out: 14 16 23
        services_compliant: 20 21 22
        lead_time_days: 13 14 15 16 23
        reporting_lag_days: 10 11
        milestones_overdue: 11 17 18
    "#]]
    .assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_that_is_not_defined_is_refused_with_the_nearest_that_is() {
    let world = rhein_neckar().await;
    for path in [
        "/v1/series/reuses.csv",
        "/v1/series/reuses/entries.csv",
        "/v1/measures/reuses.atom",
        "/v1/events",
        "/v1/events.atom",
        "/v1/authorities",
    ] {
        let answer = world.get(&format!("{path}?area=region:rhein-nekar")).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
        assert_eq!(answer.json()["hint"], "rhein-neckar", "{path}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_query_api_has_the_regions_that_are_defined() {
    let world = rhein_neckar().await;
    // {area="region:rhein-neckar",unit=~"|ozg",stage=~"|live"}
    let selector = "%7Barea%3D%22region%3Arhein-neckar%22%2Cunit%3D~%22%7Cozg%22%2Cstage%3D~%22%7Clive%22%7D";
    let mut said = Vec::new();
    for series in [
        "ozg_services_compliant",
        "ozg_milestones_overdue",
        "ozg_milestones_overdue_denominator",
        "ozg_reuses",
        "ozg_area_info",
    ] {
        let answer =
            world.get(&format!("/prometheus/api/v1/query?query={series}{selector}&time=1767268800")).await;
        for found in answer.json()["data"]["result"].as_array().unwrap() {
            said.push(format!("{} {}\n", found["metric"], found["value"][1]));
        }
    }
    said.sort();
    expect![[r#"
        {"__name__":"ozg_area_info","area":"region:rhein-neckar","name":"Metropolregion Rhein-Neckar"} "1"
        {"__name__":"ozg_milestones_overdue","area":"region:rhein-neckar","basis":"counted","topic":"all","unit":"ozg"} "1"
        {"__name__":"ozg_milestones_overdue_denominator","area":"region:rhein-neckar","basis":"counted","topic":"all","unit":"ozg"} "2"
        {"__name__":"ozg_reuses","area":"region:rhein-neckar","basis":"counted","stage":"live","topic":"all","unit":"ozg"} "2"
        {"__name__":"ozg_services_compliant","area":"region:rhein-neckar","basis":"counted","topic":"all","unit":"ozg"} "1"
    "#]].assert_eq(&said.concat());
}
