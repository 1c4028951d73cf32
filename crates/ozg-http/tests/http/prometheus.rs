//! Law 8 for the query API: its values of today are those of `/metrics`, and its values at any day and data state are
//! those of the series. Another test compares PromQL itself with a real Prometheus.

use crate::common::{NOW_MS, World};
use serde_json::Value;
use std::collections::BTreeMap;

/// Families of the process, which has no history.
const OF_THE_PROCESS: [&str; 5] = ["ozg_log_", "ozg_http_", "ozg_build_", "ozg_objections_", "process_"];
const CLAIM: &str = r#"[
{"type":"figure-reported","measure":"services_rolled_out","place":"BB","value":204,"of":575,"on":"2025-05","source":{"name":"A"}},
{"type":"figure-reported","measure":"services_rolled_out","place":"BB","value":210,"of":575,"on":"2025-05","source":{"name":"B"}}
]"#;

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Asks and returns the values by labels, the name among them.
async fn query(world: &World, prefix: &str, expression: &str, seconds: i64) -> BTreeMap<String, String> {
    let path = format!("{prefix}/api/v1/query?query={}&time={seconds}", escaped(expression));
    let answer = world.get(&path).await;
    assert_eq!(answer.status, 200, "{expression}: {}", answer.text);
    let json = answer.json();
    let rows = json["data"]["result"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let labels = |row: &Value| {
        let metric = row["metric"].as_object().unwrap();
        let mut labels: Vec<String> =
            metric.iter().map(|(name, value)| format!("{name}={}", text(value))).collect();
        labels.sort();
        labels.join(",")
    };
    rows.iter().map(|row| (labels(row), text(&row["value"][1]))).collect()
}

/// Reads the text of a scrape in the same form.
fn scraped(text: &str) -> BTreeMap<String, String> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !OF_THE_PROCESS.iter().any(|name| line.starts_with(name)));
    let read = |line: &str| {
        let (series, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').unwrap();
        let labels = labels.trim_end_matches("\"}").split("\",");
        let mut labels: Vec<String> = labels.map(|label| label.replacen("=\"", "=", 1)).collect();
        labels.push(format!("__name__={name}"));
        labels.sort();
        (labels.join(","), value.to_owned())
    };
    lines.map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_scraped_is_what_the_query_api_says_of_now() {
    let world = World::new().await;
    assert_eq!(world.record(CLAIM).await.status, 201);
    let scraped = scraped(&world.get("/metrics").await.text);
    assert!(scraped.len() > 500, "{} values", scraped.len());
    assert!(scraped.keys().any(|labels| labels.contains("ozg_reported_conflict")));
    let others = "ozg_service_.*|ozg_claim|ozg_areas_reusing";
    let expression = format!("{{__name__=~\"ozg_.*\",__name__!~\"{others}\"}}");
    let asked = query(&world, "/prometheus", &expression, NOW_MS / 1_000).await;
    assert_eq!(asked, scraped);
}

#[tokio::test(flavor = "multi_thread")]
async fn services_with_series_have_names() {
    let world = World::new().await;
    let listed =
        r#"{"type":"service-listed","service":"ozg:20500","name":"Nirgends gemeldet","on":"2020-01-01"}"#;
    assert_eq!(world.record(listed).await.status, 201);
    let claimed = r#"[
{"type":"service-listed","service":"ozg:20501","name":"Nur angegeben","on":"2020-01-01"},
{"type":"reuse-reported","service":"ozg:20501","place":"DE","live":3,"on":"2024-01-31","source":{"name":"x"}}
]"#;
    assert_eq!(world.record(claimed).await.status, 201);
    let named = query(&world, "/prometheus", "ozg_service_info", NOW_MS / 1_000).await;
    let names: Vec<&String> = named.keys().collect();
    let has = |name: &str| names.iter().any(|labels| labels.contains(name));
    assert!(has("ozg:10255") && has("Nur angegeben") && !has("Nirgends gemeldet"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_data_state_is_the_same_by_path_by_label_and_in_a_series() {
    let world = World::new().await;
    let before = world.head();
    assert_eq!(world.record(CLAIM).await.status, 201);
    let later = r#"[
{"type":"milestone-reached","service":"ozg:10255","place":"BE","stage":"rolled_out","on":"2023-01-01"},
{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000007","reason":"Verwechslung"}
]"#;
    assert_eq!(world.record(later).await.status, 201);
    let head = world.head();
    let mut told = 0;
    for (day, seconds) in
        [("2023-06-30", 1_688_126_400), ("2024-04-15", 1_713_182_400), ("2026-05-31", 1_780_228_800)]
    {
        for position in [before, head] {
            let selector = "ozg_services_rolled_out{topic=\"all\",unit=\"ozg\",basis=\"counted\"";
            let by_path =
                query(&world, &format!("/prometheus/as-of/p{position}"), &format!("{selector}}}"), seconds)
                    .await;
            let by_label =
                query(&world, "/prometheus", &format!("{selector},as_of=\"p{position}\"}}"), seconds).await;
            assert_eq!(by_path, by_label, "{day} as of {position}");
            let path =
                format!("/v1/series/services_rolled_out.csv?on={day}&position={position}&basis=counted");
            let csv = world.get(&path).await.text;
            let rows = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
            let of_series: BTreeMap<String, String> = rows
                .map(|cells| {
                    let area = cells[1];
                    let labels = format!(
                        "__name__=ozg_services_rolled_out,area={area},basis=counted,topic=all,unit=ozg"
                    );
                    (labels, cells[9].to_owned())
                })
                .collect();
            assert_eq!(by_path, of_series, "{day} as of {position}");
            told += by_path.len();
        }
    }
    assert!(told > 3, "{told} values were compared");
    let states =
        ["/prometheus/as-of/p999/api/v1/query?query=1", "/prometheus/as-of/soon/api/v1/query?query=1"];
    let answers = [world.get(states[0]).await, world.get(states[1]).await];
    assert_eq!(answers.map(|answer| answer.status), [404, 400]);
}

/// What could take a server down, or says nothing where it should say something.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_refused_and_what_is_not_there_is_named() {
    let world = World::new().await;
    let deep = format!("# \"\n{}1{}", "1+(".repeat(3_000), ")".repeat(3_000));
    let grown = (0..4)
        .fold(format!("label_replace(vector(1),\"a\",\"{}\",\"\",\"\")", "x".repeat(900)), |inner, _| {
            format!("label_replace({inner},\"a\",\"{}\",\"a\",\"(.*)\")", "$1".repeat(100))
        });
    let patterns = format!("x{{{}}}", "a=~\"\\\\w{99}\",".repeat(40));
    for (expression, status, class) in [
        (&*deep, 400, "bad_data"),
        (&grown, 422, "execution"),
        (&patterns, 400, "bad_data"),
        ("max_over_time(stddev({__name__=~\".+\"})[20000s:1ms])", 422, "execution"),
        ("quantile_over_time(0.5, vector(time())[40000s:1ms])", 422, "execution"),
        ("ozg_area_info{as_of=\"p99999\"}", 404, "not_found"),
        ("ozg_area_info{as_of!=\"\"}", 400, "bad_data"),
        ("ozg_area_info{as_of=\"soon\"}", 400, "bad_data"),
        ("ozg_area_info{area=~`D\\w`}", 200, ""),
        ("count_values by (area) (\"area\", ozg_area_info)", 200, ""),
        ("1 # a comment", 200, ""),
    ] {
        let form = format!("query={}&time={}", escaped(expression), NOW_MS / 1_000);
        let answer = world.post("/prometheus/api/v1/query", "Application/X-WWW-Form-Urlencoded", form).await;
        let named = answer.json()["errorType"].as_str().unwrap_or_default().to_owned();
        let shown: String = expression.chars().take(60).collect();
        assert_eq!((answer.status, &*named), (status, class), "{shown}: {}", answer.text);
    }
    let many = "match[]=x&".repeat(100);
    assert_eq!(world.get(&format!("/prometheus/api/v1/series?{many}")).await.status, 400);
    let later = world.get("/prometheus/api/v1/series?match[]=ozg_area_info&start=2030-01-01T00:00:00Z").await;
    assert_eq!(later.json()["data"], serde_json::json!([]));
    let selector = escaped("ozg_area_info{as_of=\"p1\"}");
    assert_eq!(world.get(&format!("/v1/samples.openmetrics?match[]={selector}")).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_06d_a_source_and_a_scope_are_one_series_in_any_spelling() {
    let world = World::new().await;
    let claim = |source: &str, scope: &str, value: u32, on: &str| {
        format!(
            r#"{{"type":"figure-reported","measure":"services_rolled_out","place":"BB","value":{value},"of":575,"on":"{on}","scope":"{scope}","source":{{"name":"{source}"}}}}"#
        )
    };
    let claims = [
        claim("Landkreis Märkisch-Oderland", "nur Bund", 100, "2025-01-31"),
        claim("LANDKREIS  Ma\u{308}rkisch-Oderland", "NUR\u{a0}BUND", 110, "2025-03-31"),
    ];
    for claim in &claims {
        let answer = world.record(claim).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    let first = "scope=nur Bund,source=Landkreis Märkisch-Oderland";
    for matcher in [
        "",
        ",source=\"landkreis märkisch-oderland\"",
        ",source=\"Landkreis Ma\u{308}rkisch-Oderland\",scope=\"nur  bund\"",
        ",source!=\"Landkreis Barnim\"",
        ",source=~\"Landkreis M.*\"",
    ] {
        for (seconds, value) in
            [(NOW_MS / 1000 - 420 * 86_400, "110"), (NOW_MS / 1000, "110"), (1_740_000_000, "100")]
        {
            let found =
                query(&world, "/prometheus", &format!("ozg_claim{{area=\"BB\"{matcher}}}"), seconds).await;
            let found: Vec<(&String, &String)> = found.iter().collect();
            assert_eq!(found.len(), 1, "{matcher} {seconds}: {found:?}");
            assert!(found[0].0.contains(first) && found[0].1 == value, "{matcher} {seconds}: {found:?}");
        }
    }
    let none = query(
        &world,
        "/prometheus",
        "ozg_claim{area=\"BB\",source!=\"landkreis märkisch-oderland\"}",
        NOW_MS / 1000,
    )
    .await;
    assert!(none.is_empty(), "{none:?}");
    let selector = escaped("ozg_claim{source=\"landkreis märkisch-oderland\"}");
    let series =
        world.get(&format!("/prometheus/api/v1/series?match[]={selector}&start=2024-01-01T00:00:00Z")).await;
    assert_eq!(series.json()["data"].as_array().map(Vec::len), Some(1), "{}", series.text);
    let federated = world.get(&format!("/prometheus/federate?match[]={selector}")).await;
    let lines: Vec<&str> = federated.text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 1, "{}", federated.text);
    assert!(lines[0].contains("source=\"Landkreis Märkisch-Oderland\""), "{}", federated.text);
}
