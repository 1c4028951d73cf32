//! Caching headers. An answer at a data state that cannot change is immutable. All others are revalidated by their
//! ETag, or by the instant of the last entry that concerns them, before anything is computed.

use crate::app::{Config, Site};
use crate::limits::SETTLED;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use futures_util::stream;
use ozg_core::query::{Query, Viewpoint};
use ozg_core::series::DataState;
use ozg_core::time::{end_of_berlin_day, start_of_berlin_day};
use ozg_core::words::Position;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::time::{Duration, SystemTime};

/// `Cache-Control` of an answer that never changes.
pub(crate) const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// `Cache-Control` of all other answers: clients revalidate each time, which costs little. A shared cache may answer by
/// itself for one minute, and for ten more while it revalidates.
const CHECKED: HeaderValue =
    HeaderValue::from_static("public, max-age=0, s-maxage=60, stale-while-revalidate=600");

/// The conditions of a request: its headers, which name the answers that the client has already, and whether it is HEAD.
#[derive(Debug, Clone)]
pub(crate) struct Conditions {
    pub(crate) headers: HeaderMap,
    pub(crate) is_head: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Conditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Conditions, Infallible> {
        Ok(Conditions { headers: parts.headers.clone(), is_head: parts.method == Method::HEAD })
    }
}

/// The body of an answer to HEAD. It declares no length, since the answer would have to be computed for that.
pub(crate) fn no_body() -> Body {
    Body::from_stream(stream::empty::<io::Result<axum::body::Bytes>>())
}

/// The ETags that a client has.
pub(crate) struct Tags<'a>(pub(crate) &'a HeaderMap);

impl Tags<'_> {
    /// Tells whether an ETag is among them; weak and strong ETags count as the same.
    pub(crate) fn have(&self, etag: &str) -> bool {
        let tags = self.0.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let same = |tag: &str| tag == "*" || tag.trim_start_matches("W/") == etag.trim_start_matches("W/");
        tags.flat_map(|value| value.split(',')).any(|tag| same(tag.trim()))
    }
}

/// How long an answer stays valid: its ETag, the instant of its last change, and whether it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Freshness {
    etag: String,
    modified_ms: Option<i64>,
    is_pinned: bool,
}

impl Freshness {
    /// The freshness of an answer that depends on the whole log and on today.
    pub(crate) fn of_head(site: &Site) -> Freshness {
        Freshness::of_position(site, site.state().head())
    }

    /// The freshness of an answer that depends on today and on the log up to a position. No later entry concerns it.
    fn of_position(site: &Site, position: Position) -> Freshness {
        let today = site.today();
        let etag = format!("W/\"{position}-{today}-{}\"", mark(site, &[position]));
        let recorded = site.state().batch_of(position).map_or(0, |batch| batch.recorded_at_ms);
        // A new day changes the answer, since its days end today.
        let modified = recorded.max(start_of_berlin_day(today));
        // `Last-Modified` counts whole seconds; another entry may follow within the same second.
        let is_over = modified < site.now_ms() - 2_000;
        Freshness { etag, modified_ms: is_over.then_some(modified), is_pinned: false }
    }

    /// The freshness of an answer to a query. An answer at a data state never changes, unless the query asks for days that
    /// are still to come. An answer at the head changes with the entries that concern its measure and areas.
    pub(crate) fn of_query(site: &Site, query: &Query) -> Freshness {
        let last = query.on.or(query.to);
        let is_settled = last.is_none_or(|last| last <= site.today())
            || query.bases.iter().all(|basis| query.reaches_out(*basis));
        if is_settled
            && let Some(pinned) = Freshness::pinned(site, &[Some(query.viewpoint), query.updated_after])
        {
            return pinned.by_rules(query);
        }
        if query.viewpoint != Viewpoint::Head || query.updated_after.is_some() {
            return Freshness::of_head(site);
        }
        let concerns = {
            let mut concerns = site.concerns.hold();
            concerns.catch_up(&site.state());
            concerns.of(query)
        };
        Freshness::of_position(site, concerns)
    }

    /// The freshness of an answer up to a position that no later entry can change.
    pub(crate) fn immutable(site: &Site, position: Position) -> Freshness {
        let etag = format!("W/\"pinned-{}\"", mark(site, &[position]));
        Freshness { etag, modified_ms: None, is_pinned: true }
    }

    /// The freshness of an answer that depends on data states only; none if one of them can still change.
    pub(crate) fn pinned(site: &Site, viewpoints: &[Option<Viewpoint>]) -> Option<Freshness> {
        let mut given = viewpoints.iter().flatten();
        if !given.all(|viewpoint| is_settled(site, *viewpoint)) {
            return None;
        }
        let state = site.state();
        let data_states: Vec<Option<DataState>> = viewpoints
            .iter()
            .map(|viewpoint| viewpoint.and_then(|viewpoint| state.data_state(viewpoint).ok()))
            .collect();
        let positions: Vec<Position> = data_states.iter().flatten().map(|data| data.position).collect();
        let first = data_states.into_iter().next().flatten();
        let modified_ms = first.and_then(|data| data.batch).map(|batch| batch.recorded_at_ms);
        let etag = format!("W/\"pinned-{}\"", mark(site, &positions));
        Some(Freshness { etag, modified_ms, is_pinned: true })
    }

    /// The freshness by the rules that a query names: bytes are promised for an edition of them only (rule 19).
    pub(crate) fn by_rules(self, query: &Query) -> Freshness {
        Freshness { is_pinned: self.is_pinned && query.rules.is_some(), ..self }
    }

    /// Answers 304 if the client has this answer already. `If-None-Match` takes precedence over `If-Modified-Since`.
    pub(crate) fn not_modified(&self, conditions: &Conditions) -> Option<Response<Body>> {
        let headers = &conditions.headers;
        let has_it = if headers.contains_key(IF_NONE_MATCH) {
            Tags(headers).have(&self.etag)
        } else {
            self.has_been_seen(headers).unwrap_or_default()
        };
        if !has_it {
            return None;
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.put(response.headers_mut());
        Some(response)
    }

    fn has_been_seen(&self, headers: &HeaderMap) -> Option<bool> {
        let since = httpdate::parse_http_date(headers.get(IF_MODIFIED_SINCE)?.to_str().ok()?).ok()?;
        Some(instant(self.modified_ms?)? <= since)
    }

    /// Puts the headers on an answer.
    pub(crate) fn put(&self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, if self.is_pinned { IMMUTABLE } else { CHECKED });
        // The layer for compression adds this header only to answers that it compresses. An answer without a body must
        // have the headers of the one with it (RFC 9110, section 15.4.5).
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(ETAG, etag);
        }
        let modified = self.modified_ms.and_then(instant).map(httpdate::fmt_http_date);
        if let Some(modified) = modified.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(LAST_MODIFIED, modified);
        }
    }
}

/// Tells whether a data state can no longer change.
fn is_settled(site: &Site, viewpoint: Viewpoint) -> bool {
    let settled = |instant_ms: i64| {
        let margin = i64::try_from(SETTLED.as_millis()).unwrap_or(i64::MAX);
        instant_ms < site.now_ms().saturating_sub(margin)
    };
    match viewpoint {
        Viewpoint::Head => false,
        Viewpoint::Position(position) => position <= site.state().head(),
        Viewpoint::Day(day) => settled(end_of_berlin_day(day)),
        Viewpoint::Instant(instant) => settled(instant),
    }
}

/// Returns the whole second of an instant, as headers hold it.
fn instant(instant_ms: i64) -> Option<SystemTime> {
    let seconds = u64::try_from(instant_ms).ok()? / 1_000;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Hashes everything that an answer depends on besides its query: the release, the name and licence of the tracker, and
/// the log, by its first entry and the entries at some positions. Another log has another mark; so has a log that was
/// restored from a backup and then got other entries.
fn mark(site: &Site, positions: &[Position]) -> String {
    let state = site.state();
    let Config { operator, licence, public_url, contact, contributor, now: _ } = &site.config;
    let entry = |position: Position| {
        let id = state.id_at(position).map(|id| id.to_string());
        (position, id, state.batch_of(position).map(|batch| batch.recorded_at_ms))
    };
    let entries: Vec<_> =
        std::iter::once(Position::START.next()).chain(positions.iter().copied()).map(entry).collect();
    let mut hasher = DefaultHasher::new();
    (VERSION, operator, licence, public_url, contact, contributor, entries).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The release, which is part of the mark: a new release may write the same answer differently.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(test)]
mod tests {
    use crate::app::{App, Config};
    use crate::limits::COMPUTATIONS_MAX;
    use crate::routes;
    use axum::body::Body;
    use axum::http::{Method, Request, Response};
    use std::sync::Arc;
    use std::time::Duration;
    use tower::ServiceExt;

    #[tokio::test(flavor = "multi_thread")]
    async fn head_and_not_modified_do_not_compute() {
        let folder = tempfile::tempdir().unwrap();
        let tracker = ozg_tracker::Tracker::open(folder.path(), ozg_tracker::Options::default()).unwrap();
        let site = routes::site(App { tracker, config: Config::default() });
        let router = routes::router(&site, false);
        let ask = |method: Method, path: &str, tag: &str| {
            let request = Request::builder().method(method).uri(path).header("if-none-match", tag);
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap());
            tokio::time::timeout(Duration::from_millis(700), answer)
        };
        let paths =
            ["/v1/series/reuses.csv", "/v1/services.csv", "/v1/series/reuses/entries.csv", "/v1/events"];
        for path in paths {
            let first = ask(Method::GET, path, "").await.unwrap().unwrap();
            let tag = first.headers()["etag"].to_str().unwrap().to_owned();
            // Computing needs a turn. The test holds all turns, so that any answer that is computed waits.
            let taken = Arc::clone(&site.turns)
                .acquire_many_owned(u32::try_from(COMPUTATIONS_MAX).unwrap())
                .await
                .unwrap();
            assert!(ask(Method::GET, path, "").await.is_err(), "{path}");
            assert_eq!(ask(Method::GET, path, &tag).await.unwrap().unwrap().status(), 304, "{path}");
            // What is planned first is planned in a turn, for its head, too.
            if path.starts_with("/v1/series") {
                assert!(ask(Method::HEAD, path, "").await.is_err(), "{path}");
                drop(taken);
                assert_head(&first, &ask(Method::HEAD, path, "").await.unwrap().unwrap(), path);
                continue;
            }
            let head = ask(Method::HEAD, path, "").await.unwrap().unwrap();
            assert_head(&first, &head, path);
            drop(taken);
        }
    }

    fn assert_head(get: &Response<Body>, head: &Response<Body>, path: &str) {
        assert_eq!(head.status(), 200, "{path}");
        for name in ["etag", "link", "content-type"] {
            assert_eq!(head.headers().get(name), get.headers().get(name), "{path}");
        }
    }
}
