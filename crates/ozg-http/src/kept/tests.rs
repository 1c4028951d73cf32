//! Answers are kept as they were sent, given only to matching requests, and limited in size.

use super::*;
use crate::app::{App, Config};
use crate::limits::{COMPUTATIONS_MAX, KEPT_BYTES_MAX};
use crate::routes;
use axum::http::header::CONTENT_TYPE;
use ozg_tracker::{Order, Tracker};
use std::path::Path;
use std::time::Duration;
use tower::ServiceExt;

const PINNED: &str = "/v1/series/reuses.csv?position=1&to=2020-01-01&rules=2";

/// Opens a tracker that has an entry.
async fn tracker(folder: &Path) -> Tracker {
    let tracker = Tracker::open(folder, ozg_tracker::Options::default()).unwrap();
    let entry = br#"{"type":"service-listed","service":"ozg:10255","name":"X"}"#;
    let drafts = ozg_formats::input::read_drafts(entry, None, Some("application/json")).unwrap();
    tracker.record(Order { office: "bb".to_owned(), drafts, ..Order::default() }).await.unwrap();
    tracker
}

async fn ask(router: &Router, path: &str, lines: &[(&str, &str)]) -> Option<(u16, HeaderMap, Bytes)> {
    let request =
        lines.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap());
    let answer = tokio::time::timeout(Duration::from_millis(500), answer).await.ok()?.unwrap();
    let (head, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Some((head.status.as_u16(), head.headers, body))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_what_left_and_is_given_for_the_same_address_and_encoding_only() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = tracker(folder.path()).await;
    let site = routes::site(App { tracker, config: Config::default() });
    let router = routes::router(&site, false);
    let first = ask(&router, PINNED, &[]).await.unwrap();
    assert!(first.1[CACHE_CONTROL].to_str().unwrap().ends_with("immutable"), "{first:?}");
    ask(&router, "/v1/series/reuses.csv", &[]).await.unwrap();
    // All turns are taken, so nothing can be computed.
    let all = u32::try_from(COMPUTATIONS_MAX).unwrap();
    let taken = Arc::clone(&site.turns).acquire_many_owned(all).await.unwrap();
    let mut again = ask(&router, PINNED, &[]).await.unwrap();
    // The first answer may have been sent without a length.
    again.1.remove(CONTENT_LENGTH);
    let mut headers = first.1.clone();
    headers.remove(CONTENT_LENGTH);
    assert_eq!((again.0, &again.1, &again.2), (200, &headers, &first.2));
    let tag = first.1[ETAG].to_str().unwrap();
    let seen = ask(&router, PINNED, &[("if-none-match", tag)]).await.unwrap();
    assert_eq!((seen.0, seen.1.get(ETAG), seen.2.len()), (304, first.1.get(ETAG), 0));
    assert!(!seen.1.contains_key(CONTENT_TYPE) && seen.1.contains_key(CACHE_CONTROL));
    assert_eq!(ask(&router, PINNED, &[("if-none-match", "W/\"x\"")]).await.unwrap().0, 200);
    for (path, lines) in [
        ("/v1/series/reuses.csv", &[][..]),
        ("/v1/series/reuses.csv?position=1&to=2020-01-01&rules=2&lang=en", &[]),
        ("/v1/series/reuses.json?position=1&to=2020-01-01&rules=2", &[]),
        (PINNED, &[("accept-encoding", "br")]),
        (PINNED, &[("accept-encoding", "br"), ("accept-encoding", "gzip")]),
    ] {
        assert!(ask(&router, path, lines).await.is_none(), "{path} {lines:?} is computed");
    }
    drop(taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_what_is_known_now_is_told_so_until_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = tracker(folder.path()).await;
    let site = routes::site(App { tracker, config: Config { now: now_ms, ..Config::default() } });
    let router = routes::router(&site, false);
    let path = "/v1/series/reuses.csv";
    let made = ask(&router, path, &[("if-none-match", "W/\"x\"")]).await.unwrap();
    let tag = made.1[ETAG].to_str().unwrap();
    let fresh = routes::router(
        &routes::site(App { tracker: site.tracker.clone(), config: site.config.clone() }),
        false,
    );
    let mut told = Vec::new();
    // One router has the query already, the other reads it from the address.
    for router in [&router, &router, &fresh] {
        let (status, headers, _) = ask(router, path, &[("if-none-match", tag)]).await.unwrap();
        let told_of = headers.iter().filter(|(name, _)| *name != CONTENT_LENGTH);
        let mut lines: Vec<String> = told_of.map(|line| format!("{line:?}")).collect();
        lines.sort();
        told.push((status, lines));
    }
    assert_eq!(told[0].0, 304);
    assert!(told.iter().all(|other| *other == told[0]), "{told:?}");
    NOW_MS.fetch_add(86_400_000, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(ask(&router, path, &[("if-none-match", tag)]).await.unwrap().0, 200);
}

static NOW_MS: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(1_900_000_000_000);

fn now_ms() -> i64 {
    NOW_MS.load(std::sync::atomic::Ordering::Relaxed)
}

#[tokio::test]
async fn large_and_broken_answers_are_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = tracker(folder.path()).await;
    let site = routes::site(App { tracker, config: Config::default() });
    let leave = async |address: &str, pieces: Vec<std::io::Result<Bytes>>| {
        let key = AnswerKeyRef { address, encodings: b"" };
        let mut response = Response::new(Body::from_stream(futures_util::stream::iter(pieces)));
        response.headers_mut().insert(CACHE_CONTROL, IMMUTABLE);
        let response = super::leaving(Arc::clone(&site), key.to_owned(), response);
        let _ = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        site.kept.get(&key).map(|answer| answer.body_bytes())
    };
    let piece = |length: usize| Ok(Bytes::from(vec![b'0'; length]));
    assert_eq!(leave("/whole", vec![piece(3), piece(2)]).await, Some(5));
    assert_eq!(leave("/large", vec![piece(KEPT_ANSWER_BYTES_MAX), piece(1)]).await, None);
    assert_eq!(leave("/broken", vec![piece(3), Err(std::io::Error::other("broken"))]).await, None);
    for number in 0..2 * KEPT_BYTES_MAX / KEPT_ANSWER_BYTES_MAX {
        leave(&format!("/{number}"), vec![piece(KEPT_ANSWER_BYTES_MAX)]).await;
    }
    let held = site.kept.0.as_ref().unwrap().weight();
    assert!((1..=KEPT_BYTES_MAX as u64).contains(&held), "{held}");
}
