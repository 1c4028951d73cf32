//! What may be kept, and what every answer has.

use crate::common::World;
use axum::body::Body;
use axum::http::Request;

const CHECKED: &str = "public, max-age=0, s-maxage=60, stale-while-revalidate=600";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_data_state_never_changes() {
    let world = World::new().await;
    let open = world.get("/v1/series/reuses.csv?area=BB").await;
    assert_eq!(open.header("cache-control"), CHECKED);
    let link = open.header("link").to_owned();
    let permalink = link.strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"cite-as\"")).unwrap();
    let pinned = world.get(permalink).await;
    assert_eq!(pinned.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((pinned.header("link"), &pinned.text), (link.as_str(), &open.text));
    let late = r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-04-15","reason":"Störung"}"#;
    assert_eq!(world.record(late).await.status, 201);
    assert_eq!(world.get(permalink).await.text, open.text);
    assert_ne!(world.get("/v1/series/reuses.csv?area=BB").await.text, open.text);
    for path in ["/v1/series/reuses.json?position=7", "/v1/series/reuses/entries.csv?position=7"] {
        let answer = world.get(path).await;
        assert!(answer.header("cache-control").ends_with("immutable"), "{path}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_state_that_may_still_grow_is_not_kept() {
    let world = World::new().await;
    for as_of in ["2026-06-01", "2027", "2026-06-01T10:00:00Z"] {
        let answer = world.get(&format!("/v1/series/reuses.csv?as_of={as_of}")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, CHECKED), "{as_of}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_already_is_told_so() {
    let world = World::new().await;
    let paths = [
        "/",
        "/en/",
        "/v1/events",
        "/v1/events/1",
        "/v1/series/reuses.csv",
        "/v1/series/reuses.csv?position=7",
        "/v1/series/reuses/entries.json",
        "/v1/measures",
        "/v1/services.csv",
        "/v1/services/ozg:10255",
    ];
    for path in paths {
        let first = world.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with("W/\""), "{path}: {first:?}");
        for tag in
            [etag.clone(), format!("\"x\", {etag}"), etag.trim_start_matches("W/").to_owned(), "*".to_owned()]
        {
            let again = world.get_with(path, "if-none-match", &tag).await;
            assert_eq!(
                (again.status, again.text.as_str(), again.header("etag")),
                (304, "", etag.as_str()),
                "{path}"
            );
        }
        assert_eq!(world.get_with(path, "if-none-match", "W/\"x\"").await.status, 200, "{path}");
    }
    let etag = world.get("/v1/measures").await.header("etag").to_owned();
    world.record(r#"{"type":"service-listed","service":"ozg:10001","name":"X"}"#).await;
    assert_eq!(world.get_with("/v1/measures", "if-none-match", &etag).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_open_to_every_origin_and_head_has_no_body() {
    let world = World::new().await;
    for path in ["/v1/series/reuses.csv", "/v1/events", "/metrics", "/v1/nothing"] {
        let get = world.get(path).await;
        assert_eq!(get.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(get.header("x-content-type-options"), "nosniff", "{path}");
        let head = world.ask(Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        // The values of /metrics change between two requests; what would have to be computed has no length.
        if path == "/v1/nothing" {
            assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        }
        assert_ne!(head.header("content-length"), "0", "{path}");
    }
    let preflight = Request::options("/v1/series/reuses.csv")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match");
    let answer = world.ask(preflight.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.header("access-control-allow-methods")), (200, "GET,HEAD,POST"));
    let post = world.record("[]").await;
    assert!(post.header("access-control-allow-methods").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permalink_that_was_made_long_after_the_last_entry_gives_the_same_bytes() {
    let world = World::new().await;
    let mut app = world.app.clone();
    app.config.now = || crate::common::NOW_MS + 90 * 86_400_000;
    let later = ozg_http::router(app);
    let get =
        async |path: &str| crate::common::ask(&later, Request::get(path).body(Body::empty()).unwrap()).await;
    let open = get("/v1/series/reuses.csv?area=BB&from=2026-01").await;
    let permalink = open.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
    assert_eq!(get(&permalink).await.text, open.text, "{permalink}");
}
