//! What an answer says that it leaves out (rule 21a): each address that once had an empty or a silent answer, and what it says now.

use crate::common::World;
use axum::body::Body;
use axum::http::Request;
use expect_test::expect;
use std::fmt::Write;

const CLAIMS: &str = r#"
{"type":"service-listed","service":"dienst:bauen","name":"Digitale Baugenehmigung","topics":["bauen_wohnen"]}
{"type":"service-listed","service":"leika:99012001001000","name":"Baugenehmigung","topics":["bauen_wohnen"]}
{"type":"figure-reported","measure":"services_compliant","place":"BB","unit":"leika","value":88,"of":6077,"on":"2024-06-30","source":"A"}
{"type":"figure-reported","measure":"services_launched","place":"DE","unit":"leika","value":823,"of":7509,"on":"2026-01-15","source":"A"}
{"type":"figure-reported","measure":"services_launched","place":"DE","unit":"dienst","value":65,"on":"2026-01-15","source":"A"}
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":70,"since":"2023-01","on":"2023-09","source":"A"}
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":229,"on":"2023-09","source":"A"}
{"type":"figure-reported","measure":"services_rolled_out","place":"DE","topic":"bauen_wohnen","value":12,"on":"2023-09","source":"A"}
{"type":"figure-reported","measure":"reuses_current","place":"DE","service":"dienst:bauen","stage":"rolling_out","value":50,"on":"2024-01-31","source":"A"}
{"type":"figure-reported","measure":"reuses","place":"DE","service":"dienst:bauen","stage":"connected","value":452,"on":"2024-01-31","source":"A"}
{"type":"figure-reported","measure":"applications","place":"DE","service":"dienst:bauen","value":72000,"since":"2025-01","on":"2025-12","source":"A"}
{"type":"figure-reported","measure":"applications","place":"abh:12054","service":"dienst:bauen","value":7,"on":"2025-12","source":"A"}
{"type":"figure-reported","measure":"applications","place":"abh:12054","value":9,"on":"2025-12","source":"A"}
{"type":"target-set","measure":"services_rolled_out","place":"DE","value":575,"due":"2028-12-31","on":"2024-01-01"}
"#;

/// Questions that leave something out, or have no answer at all.
const QUESTIONS: [&str; 16] = [
    "services_compliant.json?area=BB",
    "services_compliant.json?area=SH",
    "services_launched.json?area=DE&on=2026-02-01&basis=reported",
    "services_launched.json?area=DE&on=2025-12-31&basis=reported",
    "services_rolled_out.json?area=HH&on=2023-09-30",
    "services_rolled_out.json?area=HH&on=2023-10-31",
    "services_rolled_out.json?area=HH&basis=counted",
    "services_rolled_out.json?area=DE",
    "reuses.json?stage=rolling_out&basis=reported",
    "reuses.json?service=dienst:bauen&area=DE",
    "reuses_current.json?area=DE",
    "applications.json?area=DE",
    "applications.json?area=BB",
    "areas_reusing.json?area=DE",
    "areas_reusing.json?area=DE&service=dienst:bauen",
    "milestones_planned.json?area=DE",
];

/// Asks a question and tells how many rows its answer has, and what it says that it leaves out.
async fn told(world: &World, question: &str) -> String {
    let mut said = String::new();
    let address = format!("/v1/series/{question}");
    let answer = world.get(&address).await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text);
    let json = answer.json();
    let rows = json["rows"].as_array().unwrap().len();
    writeln!(
        said,
        "{question}\n   {rows} rows{}",
        if json["also"].is_null() { ", nothing said" } else { ", also:" }
    )
    .unwrap();
    let links: Vec<&str> =
        answer.headers.get_all("link").iter().skip(1).map(|link| link.to_str().unwrap()).collect();
    let also = json["also"].as_array().cloned().unwrap_or_default();
    assert_eq!(links.len(), also.len(), "{question}");
    for (other, link) in also.iter().zip(links) {
        let href = other["href"].as_str().unwrap();
        assert!(link.starts_with(&format!("<{href}>; rel=\"related\"; title=\"")), "{link}");
        // Who follows it gets at least one row more about what it names.
        let followed = world.get(href).await.json();
        let there = followed["rows"].as_array().unwrap().len();
        assert!(there > 0, "{question} leads to {href}, which is empty");
        let (lines, query) = (&other["lines"], href.split_once('?').unwrap().1);
        writeln!(said, "   {lines} at {query}").unwrap();
    }
    // Neither who asks for the head, nor who has it, nor who asks at a data state is told.
    let head = world.ask(Request::head(&address).body(Body::empty()).unwrap()).await;
    assert_eq!(head.headers.get_all("link").iter().count(), 1, "{question}");
    let pinned = world.get(&format!("{address}&position={}", json["position"])).await;
    assert_eq!(pinned.headers.get_all("link").iter().count(), 1, "{question}");
    assert!(pinned.json()["also"].is_null(), "{question}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21a_an_answer_says_what_it_leaves_out() {
    let world = World::new().await;
    let claims = CLAIMS.trim().lines().collect::<Vec<_>>().join(",");
    let recorded = world.record(&format!("[{claims}]")).await;
    assert_eq!(recorded.status, 201, "{}", recorded.text);
    let mut said = String::new();
    for question in QUESTIONS {
        said += &told(&world, question).await;
    }
    expect![[r#"
        services_compliant.json?area=BB
           0 rows, also:
           1 at area=BB&unit=leika
        services_compliant.json?area=SH
           0 rows, also:
        services_launched.json?area=DE&on=2026-02-01&basis=reported
           0 rows, also:
           1 at area=DE&on=2026-02-01&basis=reported&unit=dienst
           1 at area=DE&on=2026-02-01&basis=reported&unit=leika
           1 at area=DE&on=2026-02-01&basis=counted
        services_launched.json?area=DE&on=2025-12-31&basis=reported
           0 rows, also:
           1 at area=DE&on=2025-12-31&basis=counted
        services_rolled_out.json?area=HH&on=2023-09-30
           1 rows, also:
           1 at area=HH&on=2023-09-30&kind=stock,period
        services_rolled_out.json?area=HH&on=2023-10-31
           1 rows, nothing said
        services_rolled_out.json?area=HH&basis=counted
           0 rows, also:
           1 at area=HH&basis=reported
        services_rolled_out.json?area=DE
           0 rows, also:
           1 at area=DE&basis=target
           1 at area=DE&topic=bauen_wohnen
        reuses.json?stage=rolling_out&basis=reported
           0 rows, also:
        reuses.json?service=dienst:bauen&area=DE
           0 rows, also:
           1 at service=dienst:bauen&area=DE&stage=connected
        reuses_current.json?area=DE
           196 rows, also:
           1 at area=DE&basis=summed
           1 at area=DE&service=dienst:bauen
        applications.json?area=DE
           0 rows, also:
           1 at area=DE&service=dienst:bauen
           1 at area=abh:12054
        applications.json?area=BB
           0 rows, also:
           1 at area=abh:12054
        areas_reusing.json?area=DE
           0 rows, also:
           1 at area=DE&service=ozg:10255
        areas_reusing.json?area=DE&service=dienst:bauen
           0 rows, also:
        milestones_planned.json?area=DE
           0 rows, also:
    "#]]
    .assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21d_a_kreis_is_what_lies_in_it() {
    let world = World::new().await;
    let said = r#"[{"type":"authority-listed","authority":"kreis:12054","name":"Kreis"},
        {"type":"authority-listed","authority":"ags:12054000","name":"Stadt"},
        {"type":"service-listed","service":"dienst:bauen","name":"Digitale Baugenehmigung"},
        {"type":"milestone-reached","service":"dienst:bauen","place":"kreis:12054","stage":"live","on":"2024-01-01"},
        {"type":"milestone-reached","service":"dienst:bauen","place":"ags:12054000","stage":"live","on":"2024-02-01"},
        {"type":"figure-reported","measure":"reuses","place":"kreis:12054","service":"dienst:bauen","value":3,"on":"2024-03-01","source":"A"}]"#;
    let recorded = world.record(said).await;
    assert_eq!(recorded.status, 201, "{}", recorded.text);
    let mut said = String::new();
    for question in [
        "reuses.csv?area=kreis:12054&service=dienst:bauen&every=month&from=2024-01&to=2024-03",
        "reuses.csv?area=kreis:12054&unit=dienst&on=2024-03-31",
        "authorities_active.csv?area=kreis:12054&on=2024-03-31",
        "services_launched.csv?area=kreis:12054&unit=dienst&on=2024-03-31",
        "reuses/entries.csv?area=kreis:12054&service=dienst:bauen&basis=counted",
        "reuses.csv?area=kreis:12055",
    ] {
        let answer = world.get_with(&format!("/v1/series/{question}"), "accept-language", "en").await;
        writeln!(said, "{question}\n   {}", answer.status).unwrap();
        for line in answer.text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            // The ids of entries are others each time.
            let is_of_entries = question.contains("/entries.");
            let shown: &[usize] = if is_of_entries { &[0, 2, 3] } else { &[0, 1, 8, 9] };
            let shown = shown.iter().map(|at| cells.get(*at).copied().unwrap_or_default());
            writeln!(said, "   {}", shown.collect::<Vec<_>>().join(" ").trim_end()).unwrap();
        }
    }
    expect![[r#"
        reuses.csv?area=kreis:12054&service=dienst:bauen&every=month&from=2024-01&to=2024-03
           200
           2024-01-31 kreis:12054 counted 1
           2024-02-29 kreis:12054 counted 2
           2024-03-31 kreis:12054 counted 2
           2024-03-31 kreis:12054 reported 3
        reuses.csv?area=kreis:12054&unit=dienst&on=2024-03-31
           200
           2024-03-31 kreis:12054 counted 2
        authorities_active.csv?area=kreis:12054&on=2024-03-31
           200
           2024-03-31 kreis:12054 counted 1
        services_launched.csv?area=kreis:12054&unit=dienst&on=2024-03-31
           200
           2024-03-31 kreis:12054 counted 1
        reuses/entries.csv?area=kreis:12054&service=dienst:bauen&basis=counted
           200
           11 milestone-reached 2024-01-01
           12 milestone-reached 2024-02-01
        reuses.csv?area=kreis:12055
           400
    "#]]
    .assert_eq(&said);
}
