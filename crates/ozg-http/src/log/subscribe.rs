//! The log as server-sent events: first the entries after a position, then each new one, until one side closes the
//! connection. The id of an event is its position, so `Last-Event-ID` continues without a gap.

use super::question::{LogQuestion, check_after};
use super::shown::as_json;
use crate::app::{Door, Site};
use crate::limits::{CHUNK_ENTRIES, HEARTBEAT, STALL_TIMEOUT};
use crate::parameters::whole;
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Response};
use futures_util::stream;
use ozg_core::words::Position;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};

/// Chunks of events that may wait for a slow subscriber.
const CHUNKS_WAITING_MAX: usize = 4;

/// Answers with events, without an end.
pub(super) fn answer(
    door: &Door,
    mut question: LogQuestion,
    headers: &HeaderMap,
) -> Result<Response<Body>, Problem> {
    if let Some(last) = headers.get("last-event-id") {
        let text = last.to_str().unwrap_or_default();
        question.after = whole(text, 0, u32::MAX)
            .map(Position::new)
            .map_err(|fault| Problem::parameter("Last-Event-ID", Some(text), fault))?;
        check_after(question.after, door)?;
    }
    let place = Arc::clone(&door.places).try_acquire_owned().map_err(|_| Problem::busy())?;
    let (chunks, taken) = mpsc::channel(CHUNKS_WAITING_MAX);
    let subscription = Subscription {
        site: door.share(),
        head: door.tracker.subscribe(),
        ending: door.ending.subscribe(),
        chunks,
        place,
    };
    tokio::spawn(subscription.run(question));
    let taken = stream::unfold(taken, |mut taken| async move {
        Some((Ok::<Bytes, Infallible>(taken.recv().await?), taken))
    });
    let mut response = Response::new(Body::from_stream(taken));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// The feed of one subscriber.
struct Subscription {
    site: Arc<Site>,
    head: watch::Receiver<Position>,
    ending: watch::Receiver<bool>,
    chunks: mpsc::Sender<Bytes>,
    #[expect(dead_code, reason = "held for as long as the subscription lasts")]
    place: OwnedSemaphorePermit,
}

impl Subscription {
    async fn run(mut self, mut question: LogQuestion) {
        // The answer begins at once, even if there is no event yet.
        let mut goes_on = self.send(": ozg-tracker\n\n".to_owned()).await;
        let mut left = question.limit.unwrap_or(usize::MAX);
        while goes_on && left > 0 {
            self.head.mark_unchanged();
            let Some((text, sent, next_after, at_head)) = self.read(&question, left).await else { return };
            goes_on = text.is_empty() || self.send(text).await;
            left -= sent;
            question.after = next_after;
            if goes_on && at_head && left > 0 {
                goes_on = self.wait().await;
            }
        }
    }

    /// Returns the text of the next events, their number, the position to continue from, and whether they reach the head.
    async fn read(&self, question: &LogQuestion, left: usize) -> Option<(String, usize, Position, bool)> {
        let (site, question) = (Arc::clone(&self.site), question.clone());
        let read = blocking(move || {
            let page = site.tracker.entries(question.after, left.min(CHUNK_ENTRIES), &question.filter)?;
            let event = |entry| {
                let data = as_json(entry);
                format!("id: {}\ndata: {data}\n\n", entry.position)
            };
            let text: String = page.entries.iter().map(event).collect();
            Ok::<_, ozg_tracker::ReadError>((text, page.entries.len(), page.next_after, page.at_head))
        });
        match read.await {
            Ok(Ok(read)) => Some(read),
            Ok(Err(error)) => {
                tracing::error!(%error, "a subscription was broken off");
                None
            }
            Err(_) => None,
        }
    }

    /// Waits until the head moves, and sends signs of life meanwhile; tells whether to go on.
    async fn wait(&mut self) -> bool {
        loop {
            if *self.ending.borrow() {
                return false;
            }
            tokio::select! {
                moved = self.head.changed() => return moved.is_ok(),
                _ = self.ending.changed() => return false,
                () = self.chunks.closed() => return false,
                () = tokio::time::sleep(HEARTBEAT) => {
                    if !self.send(":\n\n".to_owned()).await {
                        return false;
                    }
                }
            }
        }
    }

    /// Sends text; tells whether the subscriber still accepts it.
    async fn send(&self, text: String) -> bool {
        matches!(tokio::time::timeout(STALL_TIMEOUT, self.chunks.send(text.into())).await, Ok(Ok(())))
    }
}
