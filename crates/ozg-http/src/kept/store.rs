//! The store of answers that are kept, by address and encoding.

use crate::limits::KEPT_BYTES_MAX;
use axum::body::Bytes;
use axum::extract::MatchedPath;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, LINK};
use ozg_core::query::Query;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// Parts of the store, each with a lock and its share of the bytes. So few that each share holds the largest answer.
const PARTS: usize = 8;
/// Usual size of an answer in bytes, from which the initial capacity follows.
const USUAL_BYTES: usize = 32 << 10;
/// Bytes that an answer takes besides address and body: its headers and the entry in the store.
const HEAD_BYTES: usize = 2 << 10;

/// The key of an answer in the store: everything in the request that it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct AnswerKey {
    pub(super) address: Box<str>,
    pub(super) encodings: Box<[u8]>,
}

/// The same key, borrowed from a request.
#[derive(Hash)]
pub(super) struct AnswerKeyRef<'a> {
    pub(super) address: &'a str,
    pub(super) encodings: &'a [u8],
}

impl Equivalent<AnswerKey> for AnswerKeyRef<'_> {
    fn equivalent(&self, key: &AnswerKey) -> bool {
        self.address == &*key.address && self.encodings == &*key.encodings
    }
}

/// The kept parts of an answer.
#[derive(Debug)]
pub(super) struct KeptAnswer {
    pub(super) route: Option<MatchedPath>,
    pub(super) headers: HeaderMap,
    /// The headers of a 304 to a client that has the answer already.
    pub(super) headers_of_seen: HeaderMap,
    pub(super) holds: Holds,
}

/// How long an answer stays valid.
#[derive(Debug)]
pub(super) enum Holds {
    ForEver(Bytes),
    /// As long as the query has the same ETag.
    While(Arc<Query>, HoldsUntil),
}

/// The head and the day at which the ETag of a query was last computed. It need not be computed again while neither has
/// changed.
#[derive(Debug)]
pub(super) struct HoldsUntil {
    pub(super) head: AtomicU32,
    pub(super) day_ends_ms: i64,
}

impl KeptAnswer {
    pub(super) fn new(route: Option<MatchedPath>, headers: HeaderMap, holds: Holds) -> KeptAnswer {
        let mut headers_of_seen = headers.clone();
        for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_DISPOSITION, LINK] {
            headers_of_seen.remove(name);
        }
        KeptAnswer { route, headers, headers_of_seen, holds }
    }

    pub(super) fn body_bytes(&self) -> usize {
        match &self.holds {
            Holds::ForEver(body) => body.len(),
            Holds::While(..) => 0,
        }
    }
}

/// Weighs an answer by the bytes that it takes in the store.
#[derive(Debug, Clone)]
pub(super) struct Bytewise;

impl Weighter<AnswerKey, Arc<KeptAnswer>> for Bytewise {
    fn weight(&self, key: &AnswerKey, answer: &Arc<KeptAnswer>) -> u64 {
        let bytes = key.address.len() + key.encodings.len() + answer.body_bytes() + HEAD_BYTES;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The store.
pub(crate) struct Kept(pub(super) Option<Cache<AnswerKey, Arc<KeptAnswer>, Bytewise>>);

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

    pub(super) fn get(&self, key: &AnswerKeyRef<'_>) -> Option<Arc<KeptAnswer>> {
        self.0.as_ref()?.get(key)
    }

    pub(super) fn put(&self, key: AnswerKey, answer: KeptAnswer) {
        if let Some(store) = &self.0 {
            store.insert(key, Arc::new(answer));
        }
    }
}
