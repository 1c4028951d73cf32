//! The yardstick: an axum handler that returns a constant, in a process of its own like the tracker.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::collections::BTreeSet;

/// The argument that makes this program that process; the lengths of its answers follow.
pub(crate) const CHILD: &str = "--constant";
/// Where it answers 304, as the tracker does to who has an answer already.
pub(crate) const SEEN: &str = "/seen";

/// Serves `/{length}` for each length and [`SEEN`], until it is ended.
pub(crate) fn child(arguments: &[String]) {
    let lengths: BTreeSet<usize> = arguments.iter().filter_map(|text| text.parse().ok()).collect();
    let router = lengths.into_iter().fold(Router::new(), |router, length| {
        let body = Bytes::from(vec![b'0'; length]);
        let handler = move || std::future::ready(([(CONTENT_TYPE, "text/csv; charset=utf-8")], body.clone()));
        router.route(&format!("/{length}"), get(handler))
    });
    let router = router.route(SEEN, get(|| std::future::ready(StatusCode::NOT_MODIFIED)));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("http://{}/", listener.local_addr().expect("an address"));
        axum::serve(listener, router).await.expect("it serves");
    });
}
