//! Every status of rule 23, with the type of its problem.

use crate::common::{World, ask, id};
use axum::body::Body;
use axum::http::Request;

const LIVE: &str =
    r#"{"type":"milestone-reached","service":"ozg:10000","place":"BE","stage":"launched","on":"2024-01-01"}"#;

fn with_token(token: &str, name: &str, value: &str, body: &'static str) -> Request<Body> {
    Request::post("/v1/events")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header(name, value)
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_recorded_is_201_what_is_not_is_200() {
    let world = World::new().await;
    assert_eq!(world.record(LIVE).await.status, 201);
    assert_eq!(world.record(LIVE).await.status, 200);
    assert_eq!(
        world.post("/v1/events?dry_run=true", "application/json", LIVE.replace("BE", "HH")).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_needs_a_valid_token() {
    let world = World::new().await;
    let without = Request::post("/v1/events").body(Body::from(LIVE)).unwrap();
    let unknown = with_token("ozg_00", "x", "y", LIVE);
    let basic =
        Request::post("/v1/events").header("authorization", "Basic eDp5").body(Body::empty()).unwrap();
    let revoked = {
        world.app.tracker.offices().revoke("bb", 0).unwrap();
        with_token(&world.narrow, "x", "y", LIVE)
    };
    for request in [without, unknown, basic, revoked] {
        let answer = world.ask(request).await;
        assert_eq!((answer.status, answer.json()["type"].as_str()), (401, Some("/problems/no-token")));
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
    }
    assert_eq!(world.head(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_writes_about_its_own_only() {
    let world = World::new().await;
    let answer = world.ask(with_token(&world.narrow, "accept-language", "en", LIVE)).await;
    assert_eq!(answer.status, 403, "{}", answer.text);
    assert_eq!(answer.json()["errors"][0]["code"], "out_of_scope");
    let withdrawal =
        r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000005","reason":"x"}"#;
    let answer = world.ask(with_token(&world.narrow, "accept-language", "en", withdrawal)).await;
    assert_eq!((answer.status, answer.json()["errors"][0]["code"].as_str()), (403, Some("foreign_entry")));
    let over_tcp =
        Request::post("/v1/events").header("ozg-office", "redaktion").body(Body::from(LIVE)).unwrap();
    assert_eq!(world.ask(over_tcp).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_is_404_with_the_nearest_that_does() {
    let world = World::new().await;
    let hints = [
        ("/v1/event", "/v1/events"),
        ("/v1/events/", "/v1/events"),
        ("/en", "/en/"),
        ("/v1/series/services_rolledout.csv", "services_rolled_out"),
        ("/v1/series/reuses", "/v1/series/reuses.csv"),
        ("/v1/series/reuses.jsn", "/v1/series/reuses.json"),
        ("/v1/measures/reuse", "reuses"),
        ("/v1/topics/bildungg", "bildung"),
        ("/problems/to-large", "too-large"),
    ];
    for (path, hint) in hints {
        let answer = world.get_with(path, "accept-language", "en").await;
        assert_eq!((answer.status, answer.json()["hint"].as_str()), (404, Some(hint)), "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let id = id(99);
    for path in [
        "/v1/events/0",
        "/v1/events/8",
        "/v1/events/x",
        &format!("/v1/events/{id}"),
        "/v1/services/ozg:10001",
    ] {
        assert_eq!(world.get(path).await.status, 404, "{path}");
    }
    let answer = world.get("/v1/series/reuses.csv?position=8").await;
    assert_eq!((answer.status, answer.json()["head"].as_u64()), (404, Some(7)));
    assert_eq!(world.get("/local/offices").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_method_is_405_with_those_allowed() {
    let world = World::new().await;
    let answer = world.ask(Request::put("/v1/events").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.json()["type"].as_str()), (405, Some("/problems/wrong-method")));
    assert_eq!(answer.header("allow"), "GET, HEAD, POST");
    let answer = world.ask(Request::post("/metrics").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_conflicts_are_409_and_name_the_standing_entry() {
    let world = World::new().await;
    let later = r#"{"type":"milestone-reached","service":"ozg:10000","place":"BB","stage":"rolled_out","on":"2024-06-01"}"#;
    let answer = world.record(later).await;
    let body = answer.json();
    assert_eq!((answer.status, body["type"].as_str()), (409, Some("/problems/conflict")));
    assert_eq!(body["errors"][0]["standing"]["id"].as_str(), Some(id(7).as_str()));
    assert_eq!(body["errors"][0]["standing"]["position"], 7);
    let mixed = format!(
        r#"[{later},{{"type":"milestone-reached","service":"ozg:1","place":"BB","stage":"live","on":"2024"}}]"#
    );
    assert_eq!(world.record(&mixed).await.status, 422);
    let replaced = world.post("/v1/events?on_conflict=replace", "application/json", later).await;
    assert_eq!(
        (replaced.status, replaced.json()["entries"][0]["outcome"].as_str()),
        (201, Some("corrected"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_has_moved_is_412() {
    let world = World::new().await;
    let answer = world.ask(with_token(&world.token, "if-match", "\"6\"", LIVE)).await;
    let body = answer.json();
    assert_eq!((answer.status, body["expected"].as_u64(), body["head"].as_u64()), (412, Some(6), Some(7)));
    assert_eq!(world.ask(with_token(&world.token, "if-match", "seven", LIVE)).await.status, 400);
    assert_eq!(world.ask(with_token(&world.token, "if-match", "\"7\"", LIVE)).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_413_and_says_how_much_is_allowed() {
    let world = World::empty();
    let request = |length: usize| {
        Request::post("/v1/events")
            .header("authorization", format!("Bearer {}", world.token))
            .header("content-type", "application/json")
            .header("content-length", length)
            .body(Body::from("[]"))
            .unwrap()
    };
    let answer = world.ask(request(ozg_http::limits::BODY_BYTES_MAX + 1)).await;
    assert_eq!((answer.status, answer.json()["limit"].as_u64()), (413, Some(64 << 20)));
    let long = vec![b' '; ozg_http::limits::BODY_BYTES_MAX + 1];
    let answer = world.post("/v1/events", "application/json", long).await;
    assert_eq!((answer.status, answer.json()["type"].as_str()), (413, Some("/problems/too-large")));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_media_types_are_415_with_those_that_are_read() {
    let world = World::empty();
    let answer = world.post("/v1/events", "application/x-www-form-urlencoded", "a=b").await;
    let body = answer.json();
    assert_eq!((answer.status, body["type"].as_str()), (415, Some("/problems/wrong-media-type")));
    for allowed in ["application/json", "application/cloudevents+json", "application/x-ndjson", "text/csv"] {
        assert!(body["allowed"].as_array().unwrap().contains(&allowed.into()), "{allowed}");
    }
    let zipped = Request::post("/v1/events")
        .header("authorization", format!("Bearer {}", world.token))
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(Body::from("x"));
    assert_eq!(world.ask(zipped.unwrap()).await.status, 415);
    // Where `as` says what it is, the type need not be known: some clients name one of their own.
    for content_type in ["application/octet-stream", "application/x-www-form-urlencoded", "a/b", "?"] {
        let answer = world.post("/v1/events?as=csv", content_type, "x\n").await;
        assert_eq!(answer.status, 422, "{content_type}");
    }
    let listed = r#"{"type":"service-listed","service":"ozg:10001","name":"X"}"#;
    let answer = world.post("/v1/events?as=json", "application/x-www-form-urlencoded", listed).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_statements_are_422_and_every_mistake_is_named() {
    let world = World::new().await;
    let body = r#"[{"type":"milestone-reached","service":"ozg:10255","place":"1003000","stage":"live","on":"2024-02-31"},
{"type":"milestone-reached","service":"ozg:99999","place":"BB","stage":"live","on":"2030-01-01"}]"#;
    let answer = world.record(body).await;
    let problem = answer.json();
    let codes: Vec<(u64, &str)> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["line"].as_u64().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(answer.status, 422);
    let expected = [(1, "lost_leading_zero"), (1, "bad_date"), (2, "future_date"), (2, "unknown_service")];
    assert_eq!(codes, expected, "{}", answer.text);
    // No authority has the key with its zero, so that it is no hint.
    assert!(problem["errors"][0]["hint"].is_null());
    assert_eq!(world.head(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_office_must_be_known() {
    let world = World::new().await;
    let request = |office: &str| {
        Request::post("/v1/events")
            .header("ozg-office", office)
            .header("content-type", "application/json")
            .body(Body::from(LIVE))
            .unwrap()
    };
    let answer = ask(&world.local, request("redakton")).await;
    assert_eq!((answer.status, answer.json()["hint"].as_str()), (403, Some("redaktion")));
    assert_eq!(ask(&world.local, request("redaktion")).await.status, 201);
}

/// What a thousand mistakes have in common is said once: the answer is not larger than the question.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_many_mistakes_has_a_small_answer() {
    let world = World::new().await;
    let unknown: Vec<String> = (0..1_000).map(|number| format!("p{number}=1")).collect();
    for path in ["/v1/series/reuses.csv", "/v1/entries.csv", "/healthz"] {
        let answer = world.get(&format!("{path}?{}&lang=en", unknown.join("&"))).await;
        assert_eq!(answer.status, 400);
        let problem = answer.json();
        let mistakes = problem["errors"].as_array().unwrap();
        let more = mistakes.last().unwrap()["message"].as_str().unwrap();
        assert_eq!(mistakes.len(), 51, "{problem}");
        assert!(more.contains("nur die ersten 50") || more.contains("only the first 50"), "{more}");
    }
}
