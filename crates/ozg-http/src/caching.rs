//! What may be kept: answers to a data state that cannot change are immutable, all others are checked with their ETag.

use crate::app::Site;
use crate::limits::SETTLED;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use ozg_core::query::{Query, Viewpoint};
use ozg_core::time::end_of_berlin_day;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const CHECKED: HeaderValue = HeaderValue::from_static("no-cache");

/// How long an answer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Freshness {
    etag: String,
    is_pinned: bool,
}

impl Freshness {
    /// Of an answer that follows from the head of the log and from today.
    pub(crate) fn of_head(site: &Site) -> Freshness {
        let etag = format!("W/\"{}-{}-{VERSION}\"", site.state().head(), site.today());
        Freshness { etag, is_pinned: false }
    }

    /// Of an answer to a query: one to a data state never changes, unless it asks for days that are still to come.
    pub(crate) fn of_query(site: &Site, query: &Query) -> Freshness {
        let last = query.on.or(query.to);
        if last.is_some_and(|last| last > site.today()) {
            return Freshness::of_head(site);
        }
        Freshness::of_viewpoint(site, query.viewpoint)
    }

    fn of_viewpoint(site: &Site, viewpoint: Viewpoint) -> Freshness {
        let settled = |instant_ms: i64| {
            let margin = i64::try_from(SETTLED.as_millis()).unwrap_or(i64::MAX);
            instant_ms < site.now_ms().saturating_sub(margin)
        };
        let is_pinned = match viewpoint {
            Viewpoint::Head => false,
            Viewpoint::Position(position) => position <= site.state().head(),
            Viewpoint::Day(day) => settled(end_of_berlin_day(day)),
            Viewpoint::Instant(instant) => settled(instant),
        };
        if is_pinned {
            Freshness { etag: format!("W/\"pinned-{VERSION}\""), is_pinned }
        } else {
            Freshness::of_head(site)
        }
    }

    /// Answers a request for what the client has already.
    pub(crate) fn not_modified(&self, headers: &HeaderMap) -> Option<Response<Body>> {
        let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let same =
            |tag: &str| tag == "*" || tag.trim_start_matches("W/") == self.etag.trim_start_matches("W/");
        if !tags.flat_map(|value| value.split(',')).any(|tag| same(tag.trim())) {
            return None;
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.put(response.headers_mut());
        Some(response)
    }

    /// Puts the headers on an answer.
    pub(crate) fn put(&self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, if self.is_pinned { IMMUTABLE } else { CHECKED });
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(ETAG, etag);
        }
    }
}

/// A new release may write the same answer otherwise.
const VERSION: &str = env!("CARGO_PKG_VERSION");
