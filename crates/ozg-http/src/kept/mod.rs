//! The store of answers, in front of the router. A pinned answer is kept as it was sent, headers and compressed bytes, and
//! sent again for the same address and `Accept-Encoding`. It cannot change (law 7), so it never has to be dropped; rarely
//! used answers make room.
//!
//! For a series at the head only its query is kept. A client that has the answer already gets 304 without the address being
//! read again. A request that the store answers passes none of the layers behind it.

mod leaving;
pub(crate) mod store;

use crate::app::{Door, Site};
use crate::caching::{Freshness, IMMUTABLE, Tags};
use crate::limits::KEPT_ANSWER_BYTES_MAX;
use crate::observe::{self, NO_ROUTE};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    TRANSFER_ENCODING, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use futures_util::future::{BoxFuture, Either, Ready, ready};
use hyper::body::Body as _;
use leaving::Leaving;
use ozg_core::query::Query;
use ozg_core::time::end_of_berlin_day;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;
use store::{AnswerKey, AnswerKeyRef, Holds, HoldsUntil, KeptAnswer};
use tower::Service;

impl<'a> AnswerKeyRef<'a> {
    /// Returns the key of a request whose answer may be kept.
    fn of(request: &'a Request) -> Option<AnswerKeyRef<'a>> {
        if request.method() != Method::GET {
            return None;
        }
        let mut encodings = request.headers().get_all(ACCEPT_ENCODING).iter();
        let first = encodings.next().map(|value| value.as_bytes()).unwrap_or_default();
        let address = request.uri().path_and_query()?.as_str();
        encodings.next().is_none().then_some(AnswerKeyRef { address, encodings: first })
    }

    fn to_owned(&self) -> AnswerKey {
        AnswerKey { address: self.address.into(), encodings: self.encodings.into() }
    }
}

/// The query of an answer; the handler attaches it to the answer.
#[derive(Debug, Clone)]
pub(crate) struct Question(pub(crate) Arc<Query>);

impl HoldsUntil {
    fn new(site: &Site) -> HoldsUntil {
        // No log ends there, so the first request computes the ETag.
        HoldsUntil { head: AtomicU32::new(u32::MAX), day_ends_ms: end_of_berlin_day(site.today()) }
    }

    fn holds(&self, site: &Site) -> bool {
        // The number guards no other memory, so no ordering is needed.
        site.now_ms() <= self.day_ends_ms && self.head.load(Ordering::Relaxed) == site.state().head().get()
    }
}

impl KeptAnswer {
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
        let answer = self.door.kept.get(&AnswerKeyRef::of(request)?)?;
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
        let key = AnswerKeyRef::of(&request).map(|key| key.to_owned());
        let made = self.router.call(request);
        let site = self.door.share();
        Either::Right(Box::pin(async move {
            let response = made.await?;
            Ok(match key {
                Some(key) => leaving(site, key, response),
                None => response,
            })
        }))
    }
}

/// Lets the answer of the router be kept while it is sent, where that is allowed.
fn leaving(site: Arc<Site>, key: AnswerKey, mut response: Response<Body>) -> Response<Body> {
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
            let seen = HoldsUntil::new(&site);
            site.kept.put(key, KeptAnswer::new(route, headers, Holds::While(query, seen)));
        }
        return response;
    }
    if response.body().size_hint().lower() > KEPT_ANSWER_BYTES_MAX as u64 {
        return response;
    }
    let keep = move |site: &Site, body: Bytes| {
        site.kept.put(key, KeptAnswer::new(route, headers, Holds::ForEver(body)));
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
