//! The body of an answer while it is sent. Once it has been sent completely, it is kept.

use crate::app::Site;
use crate::limits::KEPT_ANSWER_BYTES_MAX;
use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Keeps a body that was sent completely.
type Keep = Box<dyn FnOnce(&Site, Bytes) + Send>;

/// A body that is sent, and collected meanwhile as long as it is small enough.
pub(super) struct Leaving {
    body: Body,
    site: Arc<Site>,
    so_far: Option<(Vec<u8>, Keep)>,
}

impl Leaving {
    pub(super) fn new(body: Body, site: Arc<Site>, keep: Keep) -> Leaving {
        Leaving { body, site, so_far: Some((Vec::new(), keep)) }
    }

    fn note(&mut self, data: &[u8]) {
        if let Some((bytes, _)) = &mut self.so_far {
            if bytes.len() + data.len() > KEPT_ANSWER_BYTES_MAX {
                self.so_far = None;
            } else {
                bytes.extend_from_slice(data);
            }
        }
    }

    fn end(&mut self) {
        if let Some((bytes, keep)) = self.so_far.take() {
            keep(&self.site, Bytes::from(bytes.into_boxed_slice()));
        }
    }
}

impl hyper::body::Body for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                self.note(frame.data_ref().map_or(&[], |data| data));
                // A sender that knows the end does not poll again.
                if self.body.is_end_stream() {
                    self.end();
                }
            }
            Poll::Ready(None) => self.end(),
            Poll::Ready(Some(Err(_))) => self.so_far = None,
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
