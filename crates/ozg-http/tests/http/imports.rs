//! Editions, templates, regions and lists over HTTP.

use crate::common::World;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use std::io::Cursor;
use tower::ServiceExt;

async fn post(world: &World, path: &str, content_type: &str, body: impl Into<Body>) -> (u16, Value) {
    let answer = world.post(path, content_type, body).await;
    (answer.status, answer.json())
}

async fn bytes(world: &World, path: &str) -> Vec<u8> {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = world.router.clone().oneshot(request).await.unwrap();
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

const CATALOGUE: &str = "ozg_id,name,lage,themenfeld\n10901,Baugenehmigung,Bauen,Bauen & Wohnen\n10902,Wohngeld,Wohnen,Bauen & Wohnen\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_compared_and_says_what_it_changes() {
    let world = World::new().await;
    // The office has listed two services itself, so this is not the first that it says.
    let (status, problem) = post(&world, "/v1/events", "text/csv", CATALOGUE).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("jump")), "{problem}");
    let first = "/v1/events?on=2017-01-01&accept_jump=true";
    let (status, dry) = post(&world, &format!("{first}&dry_run=true"), "text/csv", CATALOGUE).await;
    assert_eq!((status, &dry["recorded"], &dry["dry_run"]), (200, &json!(4), &json!(true)), "{dry}");
    assert_eq!((&dry["edition"]["began"], &dry["edition"]["ended"]), (&json!(2), &json!(2)));
    assert_eq!(dry["edition"]["changes"][0]["thing"], "ozg:10901");
    let (status, receipt) = post(&world, first, "text/csv", CATALOGUE).await;
    assert_eq!((status, &receipt["recorded"]), (201, &json!(4)));
    let (status, again) = post(&world, "/v1/events?on=2026-01-01", "text/csv", CATALOGUE).await;
    assert_eq!((status, &again["recorded"], &again["unchanged"]), (200, &json!(0), &json!(2)));
    let without = CATALOGUE.lines().take(2).collect::<Vec<_>>().join("\n");
    let (status, problem) = post(&world, "/v1/events?on=2026-02-01", "text/csv", without.clone()).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("jump")), "{problem}");
    let (status, receipt) =
        post(&world, "/v1/events?on=2026-02-01&accept_jump=true", "text/csv", without).await;
    assert_eq!((status, &receipt["edition"]["ended"]), (201, &json!(1)));
    let listed = world.get("/v1/services.csv?on=2026-02-01&unit=ozg").await.text;
    assert!(listed.contains("ozg:10901") && !listed.contains("ozg:10902"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_and_lists_are_listed_and_narrow_what_is_asked() {
    let world = World::new().await;
    let events = json!([
        {"type": "region-defined", "region": "nord", "name": "Nord", "members": ["SH", "HH"]},
        {"type": "list-defined", "list": "alle", "name": "Alle", "services": ["ozg:10001"]},
    ]);
    let known = world.get("/v1/services.csv?unit=ozg").await.text;
    let service = known.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let events = events.to_string().replace("ozg:10001", &service);
    let (status, receipt) = post(&world, "/v1/events", "application/json", events).await;
    assert_eq!(status, 201, "{receipt}");
    let regions = world.get("/v1/regions.csv").await.text;
    assert_eq!(regions, "region,name,members,since\nnord,Nord,HH SH,\n");
    assert_eq!(world.get("/v1/regions/nord").await.json()["definitions"][0]["members"], json!(["HH", "SH"]));
    assert!(world.get("/v1/lists").await.text.contains(&service));
    assert_eq!(world.get("/v1/lists/keine").await.status, 404);
    for path in [
        "/v1/authorities.csv?area=region:nord",
        "/v1/events?area=region:nord",
        "/v1/events.atom?area=region:nord",
        "/v1/series/reuses.csv?area=region:nord&list=alle",
        "/v1/series/reuses.csv?area=region:nord&vintages=all",
        "/v1/series/reuses.csv?territory=2026-01-01&list=alle",
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
    let milestone = format!(
        r#"{{"type":"milestone-reached","service":"{service}","place":"SH","stage":"launched","on":"2026-01-01"}}"#
    );
    assert_eq!(world.record(&milestone).await.status, 201);
    let query = "/prometheus/api/v1/query?query=ozg_services_launched{area=\"region:nord\",unit=\"ozg\"}";
    let answer = world.get(&query.replace('{', "%7B").replace('}', "%7D").replace('"', "%22")).await.json();
    assert_eq!(answer["data"]["result"][0]["value"][1], "1", "{answer}");
    let info = world.get("/prometheus/api/v1/query?query=ozg_area_info").await.text;
    assert!(info.contains("\"area\":\"region:nord\",\"name\":\"Nord\""), "{info}");
    let problem = world.get("/v1/series/reuses.csv?area=region:nort").await;
    assert_eq!((problem.status, problem.text.contains("\"hint\":\"nord\"")), (400, true), "{}", problem.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filled_template_comes_back_as_no_news() {
    let world = World::new().await;
    let head = world.head();
    for kind in ["milestones", "figures", "authorities", "services"] {
        for lang in ["de", "en"] {
            let path = format!("/v1/templates/{kind}.xlsx?filled=true&lang={lang}");
            let sheet = bytes(&world, &path).await;
            assert!(zip::ZipArchive::new(Cursor::new(sheet.clone())).is_ok(), "{path}");
            let type_name = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let (status, receipt) = post(&world, &format!("/v1/events?as={kind}"), type_name, sheet).await;
            let is_empty = receipt["title"].as_str().is_some();
            assert!(is_empty || (status, &receipt["recorded"]) == (200, &json!(0)), "{path}: {receipt}");
        }
    }
    assert_eq!(world.head(), head);
    let unknown = world.get("/v1/templates/x.xlsx").await;
    assert_eq!(unknown.status, 404);
}
