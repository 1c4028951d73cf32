//! The rest of the log as NDJSON. Each chunk is read when the client has taken the previous one, so that a slow client
//! holds no transaction open.

use super::question::LogQuestion;
use super::shown::as_json;
use crate::app::{Door, Site};
use crate::limits::CHUNK_ENTRIES;
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Response};
use futures_util::stream;
use ozg_core::words::Position;
use ozg_formats::events::write_ndjson;
use std::io;
use std::sync::Arc;

/// How far an answer has got.
struct Progress {
    site: Arc<Site>,
    question: LogQuestion,
    /// The head at the beginning of the answer, where the answer ends.
    head: Position,
    left: usize,
}

/// Answers with all entries up to the present head, or as many as `limit` says.
pub(super) fn answer(door: &Door, question: LogQuestion) -> Result<Response<Body>, Problem> {
    let (head, left) = (door.state().head(), question.limit.unwrap_or(usize::MAX));
    let progress = Progress { site: door.share(), question, head, left };
    let chunks = stream::try_unfold(Some(progress), |progress| async move {
        match progress {
            Some(progress) => progress.next().await,
            None => Ok(None),
        }
    });
    let mut response = Response::new(Body::from_stream(chunks));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

impl Progress {
    /// Returns the next chunk, and the reading of the rest unless this was the last.
    async fn next(mut self) -> io::Result<Option<(Bytes, Option<Progress>)>> {
        if self.left == 0 || self.question.after >= self.head {
            return Ok(None);
        }
        let (site, question, limit) =
            (Arc::clone(&self.site), self.question.clone(), self.left.min(CHUNK_ENTRIES));
        let head = self.head;
        let read = blocking(move || {
            let mut page =
                site.tracker.entries(question.after, limit, &question.filter).map_err(io::Error::other)?;
            page.entries.retain(|entry| entry.position <= head);
            let mut lines = Vec::new();
            write_ndjson(page.entries.iter().map(as_json), &mut lines)?;
            Ok::<_, io::Error>((page, lines))
        });
        let (page, lines) = read.await.map_err(|_| io::Error::other("the log could not be read"))??;
        self.left -= page.entries.len();
        self.question.after = page.next_after;
        let more = (!page.at_head && self.left > 0).then_some(self);
        Ok(Some((lines.into(), more)))
    }
}
