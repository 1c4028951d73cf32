//! Questions that cannot have an answer, each with the nearest that can (rules 21, 21b, 21c).

use crate::common::World;
use axum::http::Request;
use expect_test::expect;
use std::fmt::Write;

/// Asks each address and tells status, codes and hints.
async fn refused(world: &World, paths: &[&str]) -> String {
    let mut said = String::new();
    for path in paths {
        let answer = world.get(path).await;
        write!(said, "{path}\n   {}", answer.status).unwrap();
        if answer.status == 200 {
            said.push('\n');
            continue;
        }
        let problem = answer.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        for error in &errors {
            write!(said, " {}", error["code"].as_str().unwrap_or_default()).unwrap();
            error["hint"].as_str().into_iter().for_each(|hint| write!(said, " → {hint}").unwrap());
        }
        if errors.is_empty() {
            write!(said, " {}", problem["type"].as_str().unwrap_or_default()).unwrap();
        }
        said.push('\n');
    }
    said
}

/// Questions of series.
const QUESTIONS: [&str; 26] = [
    "/v1/series/services_launched.csv?area=DE&on=2027-12-31",
    "/v1/series/services_launched.csv?area=DE&on=2026",
    "/v1/series/services_launched.csv?area=DE&to=2027-12-31",
    "/v1/series/services_launched.csv?from=2030",
    "/v1/series/services_launched.csv?as_of=2030-01-01",
    "/v1/series/services_launched.csv?as_of=2030-01-01T00:00:00Z",
    "/v1/series/services_launched.csv?published_until=2030",
    "/v1/series/milestones_planned.csv?from=2027&to=2028",
    "/v1/series/milestones_planned.csv?as_of=2030",
    "/v1/series/reuses.csv?service=ozg:10256",
    "/v1/series/reuses.csv?service=ozg:10001&position=7",
    "/v1/series/reuses.csv?service=ozg:10001&position=8",
    "/v1/series/reuses.csv?service=ozg:10255&unit=leika",
    "/v1/series/reuses.csv?area=ags:09999999",
    "/v1/series/reuses.csv?area=abh:12055",
    "/v1/series/reuses.csv?stage=rolled_out",
    "/v1/series/areas_reusing.csv?service=ozg:10255&stage=rolled_out",
    "/v1/series/applications.csv?basis=counted",
    "/v1/series/applications.csv?basis=counted,reported",
    "/v1/series/services_launched.csv?published_until=2025&basis=counted",
    "/v1/series/services_launched.csv?land=BY",
    "/v1/series/services_launched.csv?von=2024",
    "/v1/series/services_launched.csv?basis=berichtet",
    "/v1/series/services_launched.csv?topic=alle",
    "/v1/series/services_launched.csv?area=NRW,Thueringen,Baden-Wuerttemberg",
    "/v1/series/reuses/entries.csv?service=ozg:10256",
];
/// Questions of comparisons, feeds and the log.
const BEYOND: [&str; 10] = [
    "/v1/compare/reuses.csv?service=ozg:10256&against=3",
    "/v1/compare/reuses.csv?against=99",
    "/v1/series/reuses.csv?updated_after=99",
    "/v1/measures/reuses.atom?service=ozg:10256",
    "/v1/events?after=99",
    "/v1/events?after=8",
    "/v1/events?office=redaktio",
    "/v1/events?office=narrow",
    "/v1/events?service=ozg:10256",
    "/v1/events.atom?office=redaktio",
];

#[tokio::test(flavor = "multi_thread")]
async fn rule_21b_what_cannot_have_an_answer_is_refused_with_the_nearest_that_can() {
    let world = World::new().await;
    let later = r#"{"type":"service-listed","service":"ozg:10001","name":"Später"}"#;
    assert_eq!(world.record(later).await.status, 201);
    expect![[r#"
        /v1/series/services_launched.csv?area=DE&on=2027-12-31
           400 future_date → 2026-06-01
        /v1/series/services_launched.csv?area=DE&on=2026
           200
        /v1/series/services_launched.csv?area=DE&to=2027-12-31
           200
        /v1/series/services_launched.csv?from=2030
           400 future_date → 2026-06-01
        /v1/series/services_launched.csv?as_of=2030-01-01
           400 future_date → 2026-06-01
        /v1/series/services_launched.csv?as_of=2030-01-01T00:00:00Z
           400 future_date → 2026-06-01
        /v1/series/services_launched.csv?published_until=2030
           400 future_date → 2026-06-01
        /v1/series/milestones_planned.csv?from=2027&to=2028
           200
        /v1/series/milestones_planned.csv?as_of=2030
           400 future_date → 2026-06-01
        /v1/series/reuses.csv?service=ozg:10256
           400 unknown_service → ozg:10255
        /v1/series/reuses.csv?service=ozg:10001&position=7
           400 unknown_service → position=8
        /v1/series/reuses.csv?service=ozg:10001&position=8
           200
        /v1/series/reuses.csv?service=ozg:10255&unit=leika
           400 fields_exclude → ozg
        /v1/series/reuses.csv?area=ags:09999999
           400 unknown_place
        /v1/series/reuses.csv?area=abh:12055
           400 unknown_place
        /v1/series/reuses.csv?stage=rolled_out
           400 stage_not_here → live
        /v1/series/areas_reusing.csv?service=ozg:10255&stage=rolled_out
           200
        /v1/series/applications.csv?basis=counted
           400 dimension_not_here → reported
        /v1/series/applications.csv?basis=counted,reported
           200
        /v1/series/services_launched.csv?published_until=2025&basis=counted
           400 fields_exclude → reported
        /v1/series/services_launched.csv?land=BY
           400 unknown_field → area
        /v1/series/services_launched.csv?von=2024
           400 unknown_field → from
        /v1/series/services_launched.csv?basis=berichtet
           400 unknown_word → reported
        /v1/series/services_launched.csv?topic=alle
           400 unknown_topic → all
        /v1/series/services_launched.csv?area=NRW,Thueringen,Baden-Wuerttemberg
           200
        /v1/series/reuses/entries.csv?service=ozg:10256
           400 unknown_service → ozg:10255
    "#]]
    .assert_eq(&refused(&world, &QUESTIONS).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21b_what_lies_beyond_the_log_is_not_found() {
    let world = World::new().await;
    let later = r#"{"type":"service-listed","service":"ozg:10001","name":"Später"}"#;
    assert_eq!(world.record(later).await.status, 201);
    expect![[r#"
        /v1/compare/reuses.csv?service=ozg:10256&against=3
           400 unknown_service → ozg:10255
        /v1/compare/reuses.csv?against=99
           404 /problems/beyond-head
        /v1/series/reuses.csv?updated_after=99
           404 /problems/beyond-head
        /v1/measures/reuses.atom?service=ozg:10256
           400 unknown_service → ozg:10255
        /v1/events?after=99
           404 /problems/beyond-head
        /v1/events?after=8
           200
        /v1/events?office=redaktio
           400 unknown_word → redaktion
        /v1/events?office=narrow
           400 unknown_word
        /v1/events?service=ozg:10256
           400 unknown_service → ozg:10255
        /v1/events.atom?office=redaktio
           400 unknown_word → redaktion
    "#]]
    .assert_eq(&refused(&world, &BEYOND).await);
    let request = Request::get("/v1/events").header("accept", "text/event-stream");
    let request = request.header("last-event-id", "99").body(axum::body::Body::empty()).unwrap();
    assert_eq!(world.ask(request).await.status, 404, "nobody waits for what has another number");
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21_what_could_be_read_then_is_claims_only_and_says_what_it_assumed() {
    let world = World::new().await;
    let claims = r#"[
{"type":"figure-reported","measure":"services_launched","place":"HH","value":229,"on":"2023-09","source":{"name":"A","published":"2023-10-10"}},
{"type":"figure-reported","measure":"services_launched","place":"HH","value":200,"on":"2023-06","source":{"name":"B"}},
{"type":"milestone-reached","service":"ozg:10000","place":"HH","stage":"launched","on":"2023-01-05"}
]"#;
    assert_eq!(world.record(claims).await.status, 201);
    let mut said = String::new();
    for until in ["2023-05", "2023-09-30", "2023-10"] {
        let path = format!("/v1/series/services_launched.csv?area=HH&on=2023-12-31&published_until={until}");
        let answer = world.get(&path).await;
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            format!(" {} {} {}", cells[8], cells[9], cells[14])
        };
        let rows: Vec<String> = answer.text.lines().skip(1).map(row).collect();
        writeln!(said, "{until}:{}", rows.join(";")).unwrap();
        assert!(answer.header("link").contains("&basis=reported&"), "{}", answer.header("link"));
    }
    expect![[r#"
        2023-05:
        2023-09-30: reported 200 carried published_assumed
        2023-10: reported 229 carried
    "#]]
    .assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21c_what_platforms_append_to_an_address_means_nothing() {
    let world = World::new().await;
    let plain = world.get("/v1/series/reuses.csv?area=BB").await;
    let shared =
        world.get("/v1/series/reuses.csv?area=BB&utm_source=x&fbclid=1&gclid=2&mc_cid=3&_=4&ref=y").await;
    assert_eq!((shared.status, &shared.text), (200, &plain.text));
    assert_eq!(shared.header("link"), plain.header("link"));
    assert_eq!(world.get("/v1/series/reuses.csv?area=BB&utm=x").await.status, 400);
    for (path, leads) in [("/?utm_source=x", "/"), ("/en/?fbclid=1", "/en/")] {
        let page = world.get(path).await;
        assert_eq!((page.status, page.header("location")), (308, leads), "{path}");
    }
    assert_eq!(world.get("/?utm=x").await.status, 400);
}
