//! The addresses at which programs look for a Prometheus, and what the query API says of wrong questions.

use crate::common::{NOW_MS, World};
use expect_test::expect;
use serde_json::{Value, json};

/// Where a program may have been told that a Prometheus is.
const BASES: [&str; 2] = ["/prometheus", "/prometheus/as-of/p7"];

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prometheus_is_there() {
    let world = World::new().await;
    for base in BASES {
        for (path, text) in [
            ("", "The query API of Prometheus"),
            ("/", "The query API of Prometheus"),
            ("/-/healthy", "The tracker is healthy."),
            ("/-/ready", "The tracker is ready."),
        ] {
            let answer = world.get(&format!("{base}{path}")).await;
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, "text/plain; charset=utf-8"),
                "{path}"
            );
            assert!(answer.text.starts_with(text), "{path}: {}", answer.text);
        }
        for (path, data) in [
            ("alerts", json!({ "alerts": [] })),
            ("targets", json!({ "activeTargets": [], "droppedTargets": [], "droppedTargetCounts": {} })),
            ("scrape_pools", json!({ "scrapePools": [] })),
            ("rules?type=alert", json!({ "groups": [] })),
            ("status/config", json!({ "yaml": "global:\n  evaluation_interval: 1d\n" })),
            (
                "status/flags",
                json!({ "query.max-concurrency": "8", "query.max-samples": "50000000", "query.timeout": "25s" }),
            ),
        ] {
            let answer = world.get(&format!("{base}/api/v1/{path}")).await.json();
            assert_eq!(answer, json!({ "status": "success", "data": data }), "{path}");
        }
        let info = world.get(&format!("{base}/api/v1/status/runtimeinfo")).await.json();
        assert_eq!(info["data"]["startTime"], "2026-06-01T10:00:00.000Z");
        assert_eq!(info["data"]["serverTime"], "2026-06-01T10:00:00.000Z");
        assert!(info["data"]["GOMAXPROCS"].as_u64().is_some_and(|count| count > 0));
    }
    for nowhere in ["/prometheus/api/v1/read", "/prometheus/graph"] {
        let answer = world.get(nowhere).await;
        assert_eq!(
            (answer.status, answer.json()["errorType"].as_str()),
            (404, Some("not_found")),
            "{nowhere}"
        );
    }
    assert_eq!(world.get("/prometheus/as-of/soon/").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_series_is_that_of_the_search_for_series() {
    let world = World::new().await;
    let all = world
        .get(&format!("/prometheus/api/v1/series?match[]={}", escaped("{__name__=~\".+\"}")))
        .await
        .json();
    let all = all["data"].as_array().unwrap();
    let told = world.get("/prometheus/api/v1/status/tsdb?limit=2").await.json();
    assert_eq!(told["data"]["headStats"]["numSeries"], all.len());
    let by_name = told["data"]["seriesCountByMetricName"].as_array().unwrap();
    assert_eq!(by_name.len(), 2);
    for row in by_name {
        let of_name = all.iter().filter(|labels| labels["__name__"] == row["name"]).count();
        assert_eq!(row["value"], of_name, "{row}");
    }
    let members: Vec<&String> = told["data"].as_object().unwrap().keys().collect();
    expect![[r#"["headStats", "seriesCountByMetricName", "labelValueCountByLabelName", "memoryInBytesByLabelName", "seriesCountByLabelValuePair"]"#]]
        .assert_eq(&format!("{members:?}"));
    assert_eq!(told["data"]["headStats"]["maxTime"], 1_780_272_000_000_i64);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prometheus_may_take_some_of_the_series() {
    let world = World::new().await;
    let selectors = ["ozg_services_rolled_out{topic=\"all\",unit=\"ozg\"}", "ozg_area_info{area=~\"B[BE]\"}"];
    let path =
        format!("/prometheus/federate?match[]={}&match[]={}", escaped(selectors[0]), escaped(selectors[1]));
    let answer = world.get(&path).await;
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    expect![[r##"
        # HELP ozg_services_rolled_out Services for which "rolled out" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.
        # TYPE ozg_services_rolled_out gauge
        ozg_services_rolled_out{area="BB",basis="counted",topic="all",unit="ozg"} 1
        # HELP ozg_area_info The name of an area.
        # TYPE ozg_area_info gauge
        ozg_area_info{area="BB",name="Brandenburg"} 1
        ozg_area_info{area="BE",name="Berlin"} 1
    "##]].assert_eq(&answer.text);
    let scraped = world.get("/metrics").await.text;
    let in_order = |line: &str| {
        let (name, labels) = line.split_once('{').unwrap();
        let (labels, value) = labels.split_once("} ").unwrap();
        let mut labels: Vec<&str> = labels.split(',').collect();
        labels.sort_unstable();
        format!("{name}{{{}}} {value}", labels.join(","))
    };
    let scraped: Vec<String> = scraped
        .lines()
        .filter(|line| line.contains("area=") && !line.starts_with('#'))
        .map(in_order)
        .collect();
    for line in answer.text.lines().filter(|line| !line.starts_with('#')) {
        assert!(scraped.contains(&in_order(line)), "{line}");
    }
    assert_eq!(world.get("/prometheus/federate").await.status, 400);
    let before = world.get(&format!("/prometheus/as-of/p1/federate?match[]={}", escaped(selectors[0]))).await;
    assert!(!before.text.contains("area=\"BB\""), "{}", before.text);
}

/// The best-known number of an EfA service: in how many Länder it is reused.
#[tokio::test(flavor = "multi_thread")]
async fn areas_that_reuse_a_service_are_a_series_of_it() {
    let world = World::new().await;
    let claim = r#"{"type":"figure-reported","measure":"areas_reusing","service":"ozg:10255","place":"DE","stage":"live","value":12,"on":"2025-05","source":{"name":"A"}}"#;
    assert_eq!(world.record(claim).await.status, 201);
    let query = escaped("ozg_areas_reusing{service=\"ozg:10255\",stage=\"live\",area=~\"DE|BB\"}");
    let path = format!("/prometheus/api/v1/query?query={query}&time={}", NOW_MS / 1_000);
    let answer = world.get(&path).await.json();
    let rows = answer["data"]["result"].as_array().unwrap();
    let shown: Vec<String> =
        rows.iter().map(|row| format!("{} {}", row["metric"], row["value"][1])).collect();
    expect![[r#"
        {"__name__":"ozg_areas_reusing","area":"BB","basis":"counted","service":"ozg:10255","stage":"live"} "1"
        {"__name__":"ozg_areas_reusing","area":"DE","basis":"counted","service":"ozg:10255","stage":"live"} "1"
        {"__name__":"ozg_areas_reusing","area":"DE","basis":"reported","service":"ozg:10255","stage":"live"} "12""#]].assert_eq(&shown.join("\n"));
    let csv = world
        .get("/v1/series/areas_reusing.csv?service=ozg:10255&stage=live&area=DE,BB&on=2026-06-01")
        .await
        .text;
    assert_eq!(csv.lines().count() - 1, rows.len(), "{csv}");
    let known = world.get("/prometheus/api/v1/metadata?metric=ozg_areas_reusing").await.json();
    assert_eq!(known["data"]["ozg_areas_reusing"][0]["type"], "gauge");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_question_is_told_where_it_is_wrong() {
    let world = World::new().await;
    let long = format!("ozg_reuses{{area=~\"{}(\"}}", "x".repeat(20_000));
    let said = |answer: Value| answer["error"].as_str().unwrap_or_default().to_owned();
    for (path, expression, expected) in [
        (
            "query",
            "sum(ozg_reuses) by area",
            r#"invalid parameter "query": 1:20: parse error: unexpected identifier "area", expected "(""#,
        ),
        (
            "format_query",
            "ozg_reuses +",
            r#"invalid parameter "query": 1:13: parse error: unexpected end of input, expected an expression"#,
        ),
        (
            "query",
            "info(ozg_reuses)",
            "the function info is not answered here: it joins on the labels instance and job, which no series here has",
        ),
    ] {
        let answer = world.get(&format!("/prometheus/api/v1/{path}?query={}", escaped(expression))).await;
        assert_eq!(said(answer.json()), expected);
    }
    let answer = world.get(&format!("/prometheus/api/v1/series?match[]={}", escaped("{area=}"))).await;
    assert_eq!(
        said(answer.json()),
        r#"invalid parameter "match[]": 1:7: parse error: unexpected "}", expected a string"#
    );
    let answer = world.get(&format!("/prometheus/api/v1/query?query={}", escaped(&long))).await;
    let text = said(answer.json());
    assert_eq!(answer.status, 400);
    assert!(text.chars().count() < 700 && text.ends_with("unclosed group"), "{text}");
    for (path, status) in [("rules?type=x", 400), ("metadata?limit=-1", 200), ("metadata?limit=x", 400)] {
        assert_eq!(world.get(&format!("/prometheus/api/v1/{path}")).await.status, status, "{path}");
    }
}
