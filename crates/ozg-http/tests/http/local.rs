//! The addresses of the operator, over the local socket.

use crate::common::{Answer, World, ask};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt;

async fn post(world: &World, path: &str, body: &str) -> Answer {
    let request = Request::post(path).header("accept-language", "en").body(Body::from(body.to_owned()));
    ask(&world.local, request.unwrap()).await
}

async fn offices(world: &World) -> Vec<(String, String)> {
    let request = Request::get("/local/offices").body(Body::empty()).unwrap();
    let listed = ask(&world.local, request).await.json();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    listed["offices"].as_array().unwrap().iter().map(|row| (text(row, "id"), text(row, "status"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_gets_its_token_once_and_loses_it() {
    let world = World::new().await;
    let added =
        post(&world, "/local/offices", r#"{"id":"hh","areas":["HH"],"topics":[],"expires":"2026-12"}"#).await;
    assert_eq!((added.status, added.json()["expires"].as_str()), (201, Some("2026-12-31T23:00:00.000Z")));
    let token = added.json()["token"].as_str().unwrap().to_owned();
    let event = r#"{"type":"milestone-reached","service":"ozg:10000","place":"HH","stage":"launched","on":"2024-01-01"}"#;
    let write = || {
        let request = Request::post("/v1/events").header("authorization", format!("Bearer {token}"));
        world.ask(request.header("content-type", "application/json").body(Body::from(event)).unwrap())
    };
    assert_eq!(write().await.status, 201);
    let listed = offices(&world).await;
    assert_eq!(listed[2], ("hh".to_owned(), "valid".to_owned()));
    let request = || Request::delete("/local/offices/hh").body(Body::empty()).unwrap();
    assert_eq!(ask(&world.local, request()).await.json()["revoked"], 1);
    assert_eq!(ask(&world.local, request()).await.status, 404);
    assert_eq!(write().await.status, 401);
    assert_eq!(offices(&world).await[2].1, "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_26_an_office_with_limits_says_nothing_beyond_them() {
    let world = World::new().await;
    let added = [
        post(&world, "/local/offices", r#"{"id":"familie","topics":["familie_kind"]}"#).await,
        post(&world, "/local/offices", r#"{"id":"hh","areas":["HH"]}"#).await,
    ];
    let [familie, hh] = added.map(|added| added.json()["token"].as_str().unwrap().to_owned());
    let write = async |token: &str, event: &'static str| {
        let request = Request::post("/v1/events").header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "application/json").body(Body::from(event)).unwrap();
        let answer = world.ask(request).await;
        let code = answer.json()["errors"][0]["code"].as_str().map(str::to_owned);
        (answer.status, code.unwrap_or_default())
    };
    let family = r#"{"type":"milestone-reached","service":"ozg:10000","place":"HH","stage":"launched","on":"2024-01-01"}"#;
    let stay = r#"{"type":"milestone-reached","service":"ozg:10255","place":"HH","stage":"launched","on":"2024-01-01"}"#;
    let listing = r#"{"type":"service-listed","service":"ozg:10001","name":"Neu"}"#;
    let forbidden = (403, "out_of_scope".to_owned());
    assert_eq!(write(&familie, family).await.0, 201);
    assert_eq!(write(&familie, stay).await, forbidden);
    assert_eq!(write(&hh, stay).await.0, 201);
    assert_eq!(write(&hh, listing).await, forbidden, "a listing has no place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_office_is_refused_with_every_mistake() {
    let world = World::new().await;
    let answer =
        post(&world, "/local/offices", r#"{"idd":"x","areas":["XX"],"topics":"bildung","expires":"morgen"}"#)
            .await;
    let problem = answer.json();
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(
        (answer.status, fields),
        (422, vec!["idd", "areas", "topics", "expires", "id"]),
        "{}",
        answer.text
    );
    assert_eq!(post(&world, "/local/offices", r#"{"id":"Ä"}"#).await.status, 422);
    assert_eq!(post(&world, "/local/offices", "x").await.status, 400);
    let expired = post(&world, "/local/offices", r#"{"id":"old","expires":"2026-05"}"#).await;
    assert_eq!((expired.status, expired.json()["errors"][0]["field"].as_str()), (422, Some("expires")));
    assert_eq!(offices(&world).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_verified_and_copied() {
    let world = World::new().await;
    let verified = post(&world, "/local/verify", "").await;
    let lines: Vec<Value> = verified.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [progress, verified] = lines.as_slice() else { panic!("{}", verified.text) };
    assert_eq!(*progress, json!({"verified": 7, "of": 7}));
    assert_eq!(verified["position"].as_u64(), Some(7));
    assert_eq!(verified["chain"].as_str().unwrap().len(), 64);
    assert_eq!(verified["texts_removed"], 0);
    let discovery = world.get("/v1").await.json();
    assert_eq!((&discovery["chain"], &discovery["log"]), (&verified["chain"], &verified["log"]));
    assert_eq!(discovery["log"].as_str().unwrap().len(), 32);
    let copied = world.local.clone().oneshot(Request::post("/local/backup").body(Body::empty()).unwrap());
    let copied = copied.await.unwrap();
    assert_eq!((copied.status().as_u16(), copied.headers()["etag"].to_str().unwrap()), (200, "\"7\""));
    let bytes = axum::body::to_bytes(copied.into_body(), usize::MAX).await.unwrap();
    assert!(bytes.starts_with(b"redb"), "the copy is a log");
    let left: Vec<_> =
        std::fs::read_dir(world.folder.path()).unwrap().filter_map(|entry| entry.ok()).collect();
    assert!(left.iter().all(|entry| entry.file_name() != "log.copy"), "{left:?}");
    let dump = ask(&world.local, Request::get("/local/dump").body(Body::empty()).unwrap()).await.text;
    let (lines, last) = (dump.lines().count(), dump.lines().last().unwrap_or_default());
    assert!(
        lines == 8 && last.starts_with("{\"position\":7,") && last.contains("\"batch_last\":7"),
        "{dump}"
    );
    assert_eq!(world.get("/local/dump").await.status, 404);
    let metrics = world.get("/metrics").await.text;
    assert!(metrics.contains("ozg_log_verified_position 7\n"));
}
