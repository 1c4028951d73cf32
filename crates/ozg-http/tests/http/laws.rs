//! Law 7: a permalink gives the same bytes for ever. Law 8: every face gives the same number.

use crate::common::{NOW_MS, World, ask};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use ozg_formats::series::FORMATS;
use ozg_http::{App, Config, router};
use ozg_tracker::{Options, Tracker};

const QUESTIONS: [&str; 21] = [
    "/v1/series/services_rolled_out.csv?area=BB,DE",
    "/v1/series/services_launched.json?by=topic&every=quarter",
    "/v1/series/reuses.csv?by=area,stage&every=change",
    "/v1/series/reuses.csv?service=ozg:10255&area=BB&shape=wide&show=share&lang=en",
    "/v1/series/reuses_current.json?area=BB&last=2",
    "/v1/series/lead_time_days.csv?area=BB",
    "/v1/series/services_listed.csv?on=2026-05",
    "/v1/series/services_launched.de.csv?area=BB,DE",
    "/v1/series/services_launched.xlsx?area=BB,DE",
    "/v1/series/services_launched.jsonstat.json",
    "/v1/series/services_launched.sdmx.csv?by=topic",
    "/v1/series/services_launched.metadata.json",
    "/v1/series/services_launched.csv-metadata.json?shape=wide",
    "/v1/series/services_launched.svg?show=share&area=BB,DE",
    "/v1/series/services_launched.zip",
    "/v1/series/reuses.csv?area=BB&vintages=all",
    "/v1/series/reuses.json?area=BB&updated_after=4",
    "/v1/compare/services_launched.csv?area=BB,DE&against=4",
    "/v1/services.csv?topic=familie_kind",
    "/v1/authorities.json?area=BB",
    "/v1/series/reuses/entries.csv?area=BB",
];

fn permalink(link: &str) -> String {
    link.trim_start_matches('<').split('>').next().unwrap_or_default().to_owned()
}

async fn get(router: &Router, path: &str) -> crate::common::Answer {
    ask(router, Request::get(path).body(Body::empty()).unwrap()).await
}

fn reopened(world: &World) -> Router {
    let options = Options {
        clock: ozg_tracker::Clock::believed(|| NOW_MS + 400 * 86_400_000),
        verify: false,
        ..Options::default()
    };
    let tracker = Tracker::open(world.folder.path(), options).unwrap();
    router(App { tracker, config: Config { now: || NOW_MS + 400 * 86_400_000, ..Config::default() } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permalink_gives_the_same_bytes_after_later_entries_a_restart_and_a_rebuild() {
    let mut world = World::new().await;
    let mut links = Vec::new();
    // Binary formats keep their content, not their bytes, beyond a release.
    let texts = FORMATS.iter().filter(|format| !["xlsx", "parquet", "zip"].contains(&format.id));
    let of_each = texts.map(|format| format!("/v1/series/reuses.{}?area=BB,DE&from=2024", format.id));
    for question in QUESTIONS.map(str::to_owned).into_iter().chain(of_each) {
        let answer = world.get(&question).await;
        assert_eq!(answer.status, 200, "{question}: {}", answer.text);
        let link = permalink(answer.header("link"));
        assert!(link.contains("position=7"), "{link}");
        assert!(link.contains("definition=") || !link.contains("/series/"), "{link}");
        assert_eq!(world.get(&link).await.text, answer.text, "{link}");
        links.push((link, answer.text));
    }
    let later = r#"[
{"type":"milestone-reached","service":"ozg:10000","place":"BE","stage":"rolled_out","on":"2020-04-01"},
{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000005","reason":"Verwechslung"},
{"type":"service-listed","service":"ozg:10000","name":"Elterngeld neu","topics":["bildung"],"on":"2021-01-01"}
]"#;
    assert_eq!(world.record(later).await.status, 201);
    // One router has kept its answers, the other has to make them again.
    let other = router(world.app.clone());
    for (link, text) in &links {
        assert_eq!(world.get(link).await.text, *text, "after later entries: {link}");
        assert_eq!(get(&other, link).await.text, *text, "after later entries, made again: {link}");
    }
    drop(other);
    world.app.tracker.close();
    let folder = std::mem::replace(&mut world, World::empty());
    let path = folder.folder.path().to_owned();
    let World { app, router: old, local, folder, .. } = folder;
    drop((app, old, local));
    let world = World { folder, ..world };
    {
        let restarted = reopened(&world);
        for (link, text) in &links {
            assert_eq!(get(&restarted, link).await.text, *text, "after a restart: {link}");
        }
    }
    std::fs::remove_file(path.join("state.snapshot")).unwrap();
    let rebuilt = reopened(&world);
    for (link, text) in &links {
        assert_eq!(get(&rebuilt, link).await.text, *text, "after a rebuild: {link}");
    }
}

/// Reads `area,…,value` of a CSV answer as `area value`.
fn of_csv(text: &str) -> Vec<String> {
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.map(|cells| format!("{} {} {} {}", cells[1], cells[8], cells[9], cells[11])).collect()
}

fn of_json(answer: &crate::common::Answer) -> Vec<String> {
    let text =
        |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let rows = answer.json()["rows"].as_array().unwrap().clone();
    let row = |row: &serde_json::Value| {
        let below = if row["denominator"].is_null() { String::new() } else { text(&row["denominator"]) };
        format!("{} {} {} {below}", text(&row["area"]), text(&row["basis"]), text(&row["value"]))
    };
    rows.iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_face_gives_the_same_number() {
    let world = World::new().await;
    let claim = r#"{"type":"figure-reported","measure":"services_rolled_out","place":"BB","value":204,"of":575,"on":"2025-05","source":{"name":"A"}}"#;
    assert_eq!(world.record(claim).await.status, 201);
    one_number(&world, 0).await;
    // A catalogue that is declared complete brings denominators, an assessment its zeros, on every face alike.
    let more = r#"[
{"type":"register-declared","unit":"ozg"},
{"type":"maturity-assessed","service":"ozg:10000","place":"BB","level":"1.1:2","on":"2024-01-01"}
]"#;
    assert_eq!(world.record(more).await.status, 201);
    one_number(&world, 4).await;
}

/// Compares the faces, and counts the denominators and the rows of compliant services.
async fn one_number(world: &World, expected: usize) {
    let metrics = world.get("/metrics").await.text;
    let mut found = 0;
    for measure in ["services_listed", "services_launched", "services_rolled_out", "services_compliant"] {
        let csv = of_csv(&world.get(&format!("/v1/series/{measure}.csv?last=1")).await.text);
        let json = of_json(&world.get(&format!("/v1/series/{measure}.json?last=1")).await);
        assert_eq!(csv, json, "{measure}");
        let shown = metrics.lines().filter(|line| {
            line.starts_with(&format!("ozg_{measure}{{")) && line.contains("topic=\"all\",unit=\"ozg\"")
        });
        assert_eq!(shown.count(), csv.len(), "{measure}");
        for row in &csv {
            let [area, basis, value, below] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let labels = format!("{{area=\"{area}\",topic=\"all\",unit=\"ozg\",basis=\"{basis}\"}}");
            assert!(metrics.contains(&format!("ozg_{measure}{labels} {value}\n")), "{measure} {row}");
            let denominator = metrics
                .lines()
                .find_map(|line| line.strip_prefix(&format!("ozg_{measure}_denominator{labels} ")));
            assert_eq!(denominator.unwrap_or_default(), below, "{measure} {row}");
            found += usize::from(!below.is_empty() && basis == "counted");
        }
        let wide = world
            .get(&format!("/v1/series/{measure}.csv?last=1&area=BB&basis=counted&shape=wide"))
            .await
            .text;
        match csv.iter().find(|row| row.starts_with("BB counted")) {
            Some(row) => {
                let value = row.split(' ').nth(2).unwrap();
                assert!(wide.trim_end().ends_with(&format!(",{value}")), "{measure}: {wide}");
            }
            None => assert_eq!(wide.lines().count(), 1, "{measure}: {wide}"),
        }
    }
    assert_eq!(found, expected);
}
