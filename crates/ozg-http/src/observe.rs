//! The layers around every request: its log line, panics, timeouts, problems in the client's language, and the headers
//! of every answer.

use crate::address::{Address, allowed};
use crate::app::{Door, Site};
use crate::language;
use crate::limits::{READ_TIMEOUT, WRITE_TIMEOUT};
use crate::problem::{PROBLEM_TYPE, Problem, ProblemKind};
use crate::telling::AlreadyWritten;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Version};
use axum::middleware::Next;
use axum::response::IntoResponse;
use futures_util::FutureExt;
use ozg_core::words::Language;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

/// The route of a request whose address does not exist.
pub(crate) const NO_ROUTE: &str = "none";

/// Headers that a script from another origin may read.
const EXPOSED: &str = "content-disposition, content-language, deprecation, etag, last-modified, link, location, retry-after, sunset";

/// Handles a request and logs its route template, status and duration; never its query, its body or its token.
pub(crate) async fn observe(State(door): State<Door>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let wants = language::of_headers(request.headers());
    let is_read = matches!(method, Method::GET | Method::HEAD) || route.starts_with("/prometheus/");
    let limit = if is_read { READ_TIMEOUT } else { WRITE_TIMEOUT };
    let unlimited = door.is_local && route.starts_with("/local/");
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
    let handled = if unlimited { Ok(handled.await) } else { tokio::time::timeout(limit, handled).await };
    let response = match handled {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Problem::internal(&said(panic.as_ref())).into_response(),
        Err(_) => Problem::unavailable("Die Antwort hat zu lange gedauert", "The answer took too long")
            .into_response(),
    };
    let mut response = finish(response, (&door.addresses, &route), &method, wants);
    if let Some(matched) = matched {
        // The store of kept answers needs the route, to count the answer under it when it is sent again.
        response.extensions_mut().insert(matched);
    }
    record(&door, &route, &method, response.status(), started);
    response
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}

/// Writes problems in the client's language, and adds the headers of every answer. An answer to HEAD still has its body
/// here: the router measures it for `content-length` and then drops it.
fn finish(
    response: Response<Body>,
    (addresses, route): (&[&Address], &str),
    method: &Method,
    wants: Language,
) -> Response<Body> {
    let status = response.status();
    let is_told = response.extensions().get::<AlreadyWritten>().is_some()
        || response.headers().get(CONTENT_TYPE).is_some_and(|value| value == PROBLEM_TYPE);
    let mut response = match response.extensions().get::<Arc<Problem>>() {
        Some(problem) => problem.render(wants),
        None if status == StatusCode::METHOD_NOT_ALLOWED => {
            Problem::wrong_method(&allowed(addresses, route)).render(wants)
        }
        None if (status.is_client_error() || status.is_server_error()) && !is_told => {
            Problem::of_status(status).render(wants)
        }
        None => response,
    };
    common(response.headers_mut(), method);
    response
}

/// Refuses a request of HTTP/1.1 without a host, or with several (RFC 9112, 3.2).
pub(crate) async fn one_host(request: Request, next: Next) -> Response<Body> {
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts == 1 || request.version() < Version::HTTP_11 {
        return next.run(request).await;
    }
    let problem = Problem::say(
        ProblemKind::Unreadable,
        format!("Die Anfrage muss genau eine Kopfzeile Host haben; sie hat {hosts}"),
        format!("The request must have exactly one header Host; it has {hosts}"),
    );
    let mut response = problem.render(language::of_headers(request.headers()));
    common(response.headers_mut(), request.method());
    response
}

/// Returns what a browser may do with an answer that is opened by itself: nothing. A chart may be framed by anybody.
fn policy_of(headers: &HeaderMap) -> &'static str {
    let is_chart =
        headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"image/svg+xml"));
    if is_chart { "default-src 'none'" } else { "default-src 'none'; frame-ancestors 'none'" }
}

/// Adds the headers of every answer. Reads are open to every origin.
fn common(headers: &mut HeaderMap, method: &Method) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let policy = HeaderValue::from_static(policy_of(headers));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    if matches!(*method, Method::GET | Method::HEAD) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        let exposed = HeaderValue::from_static(EXPOSED);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}

/// Counts a request that a kept answer served; its line is logged at level debug only.
pub(crate) fn record_kept(site: &Site, route: &str, method: &Method, status: StatusCode, started: Instant) {
    let seconds = count(site, route, method, status, started);
    tracing::debug!(route, %method, status = status.as_u16(), seconds, "request");
}

fn count(site: &Site, route: &str, method: &Method, status: StatusCode, started: Instant) -> f64 {
    let seconds = started.elapsed().as_secs_f64();
    site.counters.request(route, method, status, seconds);
    seconds
}

/// Counts a request and writes its line.
fn record(site: &Site, route: &str, method: &Method, status: StatusCode, started: Instant) {
    let seconds = count(site, route, method, status, started);
    let status = status.as_u16();
    if status >= 500 {
        tracing::warn!(route, %method, status, seconds, "request");
    } else {
        tracing::info!(route, %method, status, seconds, "request");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{App, Config};
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn fails() -> &'static str {
        panic!("a secret of the inside")
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_that_tells_nothing_of_the_inside() {
        let folder = tempfile::tempdir().unwrap();
        let tracker = ozg_tracker::Tracker::open(folder.path(), ozg_tracker::Options::default()).unwrap();
        let site = Site::new(App { tracker, config: Config::default() }, Vec::new());
        let door = Door::public(&site);
        let too_large = || async { StatusCode::PAYLOAD_TOO_LARGE };
        let router = Router::new().route("/panics", get(fails)).route("/bare", get(too_large));
        let router = router.layer(from_fn_with_state(door, observe));
        for (path, status, slug) in [("/panics", 500, "internal"), ("/bare", 413, "too-large")] {
            let request = Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status().as_u16(), status);
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body["type"], format!("/problems/{slug}"));
            assert!(!body.to_string().contains("secret"));
        }
    }
}
