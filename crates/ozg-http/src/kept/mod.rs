//! The store of answers, in front of the router. A pinned answer is kept as it was sent, headers and compressed bytes, and
//! sent again for the same address and `Accept-Encoding`. It cannot change (law 7), so it never has to be dropped; rarely
//! used answers make room.
//!
//! For a series at the head only its query is kept. A client that has the answer already gets 304 without the address being
//! read again. A request that the store answers passes none of the layers behind it.

mod leaving;

use crate::app::{Door, Site};
use crate::caching::{Freshness, IMMUTABLE, Tags};
use crate::limits::{KEPT_ANSWER_BYTES_MAX, KEPT_BYTES_MAX};
use crate::observe::{self, NO_ROUTE};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE,
    ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, TRANSFER_ENCODING, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use futures_util::future::{BoxFuture, Either, Ready, ready};
use hyper::body::Body as _;
use leaving::Leaving;
use ozg_core::query::Query;
use ozg_core::time::end_of_berlin_day;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;
use tower::Service;

/// Parts of the store, each with a lock and its share of the bytes. So few that each share holds the largest answer.
const PARTS: usize = 8;
/// Usual size of an answer in bytes, from which the initial capacity follows.
const USUAL_BYTES: usize = 32 << 10;
/// Bytes that an answer takes besides address and body: its headers and the entry in the store.
const HEAD_BYTES: usize = 2 << 10;

/// The key of an answer in the store: everything in the request that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    address: Box<str>,
    encodings: Box<[u8]>,
}

/// The same key, borrowed from a request.
#[derive(Hash)]
struct Asking<'a> {
    address: &'a str,
    encodings: &'a [u8],
}

impl Equivalent<Asked> for Asking<'_> {
    fn equivalent(&self, asked: &Asked) -> bool {
        self.address == &*asked.address && self.encodings == &*asked.encodings
    }
}

impl<'a> Asking<'a> {
    /// Returns the key of a request whose answer may be kept.
    fn of(request: &'a Request) -> Option<Asking<'a>> {
        if request.method() != Method::GET {
            return None;
        }
        let mut encodings = request.headers().get_all(ACCEPT_ENCODING).iter();
        let first = encodings.next().map(|value| value.as_bytes()).unwrap_or_default();
        let address = request.uri().path_and_query()?.as_str();
        encodings.next().is_none().then_some(Asking { address, encodings: first })
    }

    fn to_owned(&self) -> Asked {
        Asked { address: self.address.into(), encodings: self.encodings.into() }
    }
}

/// The query of an answer; the handler attaches it to the answer.
#[derive(Debug, Clone)]
pub(crate) struct Question(pub(crate) Arc<Query>);

/// The kept parts of an answer.
#[derive(Debug)]
struct Answer {
    route: Option<MatchedPath>,
    headers: HeaderMap,
    /// The headers of a 304 to a client that has the answer already.
    headers_of_seen: HeaderMap,
    holds: Holds,
}

/// How long an answer stays valid.
#[derive(Debug)]
enum Holds {
    ForEver(Bytes),
    /// As long as the query has the same ETag.
    While(Arc<Query>, Seen),
}

/// The head and the day at which the ETag of a query was last computed. It need not be computed again while neither has
/// changed.
#[derive(Debug)]
struct Seen {
    head: AtomicU32,
    day_ends_ms: i64,
}

impl Seen {
    fn new(site: &Site) -> Seen {
        // No log ends there, so the first request computes the ETag.
        Seen { head: AtomicU32::new(u32::MAX), day_ends_ms: end_of_berlin_day(site.today()) }
    }

    fn holds(&self, site: &Site) -> bool {
        // The number guards no other memory, so no ordering is needed.
        site.now_ms() <= self.day_ends_ms && self.head.load(Ordering::Relaxed) == site.state().head().get()
    }
}

impl Answer {
    fn new(route: Option<MatchedPath>, headers: HeaderMap, holds: Holds) -> Answer {
        let mut headers_of_seen = headers.clone();
        for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_DISPOSITION, LINK] {
            headers_of_seen.remove(name);
        }
        Answer { route, headers, headers_of_seen, holds }
    }

    fn body_bytes(&self) -> usize {
        match &self.holds {
            Holds::ForEver(body) => body.len(),
            Holds::While(..) => 0,
        }
    }

    /// Answers a request; none if the router has to answer it.
    fn to(&self, request: &HeaderMap, site: &Site) -> Option<Response<Body>> {
        let asks_for_news = request.contains_key(IF_NONE_MATCH);
        if !asks_for_news && request.contains_key(IF_MODIFIED_SINCE) {
            return None;
        }
        let has = |etag: &HeaderValue| etag.to_str().is_ok_and(|etag| Tags(request).have(etag));
        match &self.holds {
            Holds::ForEver(_) if asks_for_news && self.headers.get(ETAG).is_some_and(has) => {
                Some(with(StatusCode::NOT_MODIFIED, self.headers_of_seen.clone(), Body::empty()))
            }
            Holds::ForEver(body) => {
                Some(with(StatusCode::OK, self.headers.clone(), Body::from(body.clone())))
            }
            Holds::While(query, seen) if asks_for_news => {
                let mut headers = self.headers_of_seen.clone();
                if !seen.holds(site) {
                    let head = site.state().head().get();
                    headers.remove(LAST_MODIFIED);
                    Freshness::of_query(site, query).put(&mut headers);
                    if headers.get(ETAG) == self.headers_of_seen.get(ETAG) {
                        seen.head.store(head, Ordering::Relaxed);
                    }
                }
                let is_seen = headers.get(ETAG).is_some_and(has);
                is_seen.then(|| with(StatusCode::NOT_MODIFIED, headers, Body::empty()))
            }
            Holds::While(..) => None,
        }
    }
}

fn with(status: StatusCode, headers: HeaderMap, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Weighs an answer by the bytes that it takes in the store.
#[derive(Debug, Clone)]
struct Bytewise;

impl Weighter<Asked, Arc<Answer>> for Bytewise {
    fn weight(&self, asked: &Asked, answer: &Arc<Answer>) -> u64 {
        let bytes = asked.address.len() + asked.encodings.len() + answer.body_bytes() + HEAD_BYTES;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The store.
pub(crate) struct Kept(Option<Cache<Asked, Arc<Answer>, Bytewise>>);

impl Kept {
    /// Makes an empty store.
    pub(crate) fn new() -> Kept {
        let options = OptionsBuilder::new()
            .shards(PARTS)
            .estimated_items_capacity(KEPT_BYTES_MAX / USUAL_BYTES)
            .weight_capacity(KEPT_BYTES_MAX as u64)
            .build();
        let (hasher, events) = (DefaultHashBuilder::default(), Default::default());
        // The options are constants and complete; if they were not, every answer would be computed.
        Kept(options.ok().map(|options| Cache::with_options(options, Bytewise, hasher, events)))
    }

    fn get(&self, asking: &Asking<'_>) -> Option<Arc<Answer>> {
        self.0.as_ref()?.get(asking)
    }

    fn put(&self, asked: Asked, answer: Answer) {
        if let Some(store) = &self.0 {
            store.insert(asked, Arc::new(answer));
        }
    }
}

/// A service in front of the router: sends a kept answer, else calls the router and keeps its answer where that is allowed.
#[derive(Clone)]
pub(crate) struct Keeping {
    door: Door,
    router: Router,
}

impl Keeping {
    /// Puts the store in front of the router of a door.
    pub(crate) fn new(door: Door, router: Router) -> Keeping {
        Keeping { door, router }
    }

    /// Answers from the store.
    fn kept(&self, request: &Request) -> Option<Response<Body>> {
        let started = Instant::now();
        let answer = self.door.kept.get(&Asking::of(request)?)?;
        let response = answer.to(request.headers(), &self.door)?;
        let route = answer.route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
        observe::record_kept(&self.door, route, request.method(), response.status(), started);
        Some(response)
    }
}

impl Service<Request> for Keeping {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Either<
        Ready<Result<Response<Body>, Infallible>>,
        BoxFuture<'static, Result<Response<Body>, Infallible>>,
    >;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if let Some(response) = self.kept(&request) {
            return Either::Left(ready(Ok(response)));
        }
        let asked = Asking::of(&request).map(|asking| asking.to_owned());
        let made = self.router.call(request);
        let site = self.door.share();
        Either::Right(Box::pin(async move {
            let response = made.await?;
            Ok(match asked {
                Some(asked) => leaving(site, asked, response),
                None => response,
            })
        }))
    }
}

/// Lets the answer of the router be kept while it is sent, where that is allowed.
fn leaving(site: Arc<Site>, asked: Asked, mut response: Response<Body>) -> Response<Body> {
    let question = response.extensions_mut().remove::<Question>();
    let route = response.extensions().get::<MatchedPath>().cloned();
    if response.status() != StatusCode::OK || varies(response.headers()) {
        return response;
    }
    let mut headers = response.headers().clone();
    // A kept body is sent in one piece, however it was sent the first time.
    headers.remove(CONTENT_LENGTH);
    headers.remove(TRANSFER_ENCODING);
    let is_for_ever = headers.get(CACHE_CONTROL).is_some_and(|value| value == IMMUTABLE);
    if !is_for_ever {
        if let Some(Question(query)) = question {
            let seen = Seen::new(&site);
            site.kept.put(asked, Answer::new(route, headers, Holds::While(query, seen)));
        }
        return response;
    }
    if response.body().size_hint().lower() > KEPT_ANSWER_BYTES_MAX as u64 {
        return response;
    }
    let keep = move |site: &Site, body: Bytes| {
        site.kept.put(asked, Answer::new(route, headers, Holds::ForEver(body)));
    };
    response.map(|body| Body::new(Leaving::new(body, site, Box::new(keep))))
}

/// Tells whether an answer depends on more than address and encoding.
fn varies(headers: &HeaderMap) -> bool {
    let mut names = headers.get_all(VARY).iter();
    names.any(|names| !names.as_bytes().eq_ignore_ascii_case(ACCEPT_ENCODING.as_str().as_bytes()))
}

#[cfg(test)]
mod tests;
