//! Answers that a blocking thread writes and that are sent in chunks, in constant memory.

use crate::app::Site;
use crate::limits::{CHUNK_BYTES, CHUNKS_WAITING_MAX, STALL_TIMEOUT, TURN_TIMEOUT};
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use futures_util::stream::{self, StreamExt};
use std::io::{self, Write};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// A turn to compute. Others wait while too many turns are taken.
pub(crate) struct Turn(#[expect(dead_code, reason = "held until the answer has left")] OwnedSemaphorePermit);

impl Site {
    /// Waits for a turn to compute an answer.
    pub(crate) async fn turn(&self) -> Result<Turn, Problem> {
        turn_of(&self.turns).await
    }

    /// Exchanges a turn for one to compute an answer that takes much memory, and waits for that one.
    pub(crate) async fn large(&self, turn: Turn) -> Result<Turn, Problem> {
        drop(turn);
        turn_of(&self.large).await
    }

    /// Waits for a turn to answer a PromQL query, which may take much memory.
    pub(crate) async fn question(&self) -> Result<Turn, Problem> {
        turn_of(&self.questions).await
    }
}

async fn turn_of(turns: &Arc<Semaphore>) -> Result<Turn, Problem> {
    let permit = tokio::time::timeout(TURN_TIMEOUT, Arc::clone(turns).acquire_owned()).await;
    permit.ok().and_then(Result::ok).map(Turn).ok_or_else(Problem::busy)
}

/// Runs work that blocks, on the disk or by computing long, on a thread where it does not hold up others.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::internal(&error))
}

/// A message of a writing thread.
enum Piece {
    Chunk(Bytes),
    /// The answer is complete; an answer without this message is broken off.
    End,
}

/// The receiver of an answer that is being written.
pub(crate) struct Taker(mpsc::Sender<Piece>);

impl Taker {
    /// Ends the rows of an answer once nobody receives it any more, because the client has gone or the first row took too
    /// long. No more rows are computed then, and writing fails.
    pub(crate) fn while_there<T>(self, rows: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        rows.take_while(move |_| !self.0.is_closed())
    }
}

/// Lets a blocking thread write an answer. An answer that fits into one chunk is sent with its length, a longer one in
/// chunks. It is broken off if the writing fails or the client leaves it waiting for too long.
pub(crate) async fn written(
    turn: Turn,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Result<Body, Problem> {
    computed(turn, |out, _| write(out)).await
}

/// Lets a blocking thread write an answer as [`written`] does, and gives it the receiver of the answer.
pub(crate) async fn computed(
    turn: Turn,
    write: impl FnOnce(&mut dyn Write, Taker) -> io::Result<()> + Send + 'static,
) -> Result<Body, Problem> {
    let (pieces, mut taken) = mpsc::channel(CHUNKS_WAITING_MAX);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let taker = Taker(pieces.clone());
        let mut out = Chunks { buffer: Vec::new(), pieces, runtime };
        let result = write(&mut out, taker).and_then(|()| out.end());
        if let Err(error) = result {
            // A client that has gone is no failure of ours.
            if error.kind() != io::ErrorKind::BrokenPipe {
                tracing::error!(%error, "an answer was broken off");
            }
        }
        drop(turn);
    });
    match (taken.recv().await, taken.recv().await) {
        (Some(Piece::Chunk(whole)), Some(Piece::End)) => Ok(Body::from(whole)),
        (Some(Piece::End), _) => Ok(Body::empty()),
        (Some(first @ Piece::Chunk(_)), Some(second)) => {
            let rest = stream::unfold(Some(taken), |taken| async move {
                let mut taken = taken?;
                taken.recv().await.map(|piece| (piece, Some(taken)))
            });
            let pieces = stream::iter([first, second]).chain(rest).map(Some);
            Ok(Body::from_stream(until_end(pieces.chain(stream::iter([None])))))
        }
        _ => Err(Problem::internal(&"an answer could not be written")),
    }
}

/// Turns messages into bytes up to [`Piece::End`]. If the messages stop without it, the answer fails.
fn until_end(
    pieces: impl stream::Stream<Item = Option<Piece>> + Send,
) -> impl stream::Stream<Item = io::Result<Bytes>> + Send {
    pieces.scan(false, |has_ended, piece| {
        let next = match piece {
            _ if *has_ended => None,
            Some(Piece::Chunk(bytes)) => Some(Ok(bytes)),
            Some(Piece::End) => None,
            None => Some(Err(io::Error::other("the answer was broken off"))),
        };
        *has_ended |= next.is_none();
        std::future::ready(next)
    })
}

/// Collects written bytes into chunks and sends them.
struct Chunks {
    buffer: Vec<u8>,
    pieces: mpsc::Sender<Piece>,
    runtime: tokio::runtime::Handle,
}

impl Chunks {
    fn hand_on(&mut self, piece: Piece) -> io::Result<()> {
        let sent = self.runtime.block_on(tokio::time::timeout(STALL_TIMEOUT, self.pieces.send(piece)));
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes too long to read")),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            let rest = std::mem::take(&mut self.buffer);
            self.hand_on(Piece::Chunk(rest.into()))?;
        }
        self.hand_on(Piece::End)
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pieces.is_closed() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES {
            let chunk =
                std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK_BYTES + CHUNK_BYTES / 8));
            self.hand_on(Piece::Chunk(chunk.into()))?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: bytes wait until a chunk is full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Gives the only turn to an answer, drops the answer, and waits for the turn to come back.
    async fn abandoned(write: impl FnOnce(&mut dyn Write, Taker) -> io::Result<()> + Send + 'static) {
        let turns = Arc::new(Semaphore::new(1));
        let turn = turn_of(&turns).await.unwrap_or_else(|_| panic!("no turn"));
        let _ = tokio::time::timeout(Duration::from_millis(50), computed(turn, write)).await;
        let back = tokio::time::timeout(Duration::from_secs(5), Arc::clone(&turns).acquire_owned()).await;
        assert!(back.is_ok(), "it is still computed");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_has_gone_ends_the_computation() {
        let slowly = |_: &u64| std::thread::sleep(Duration::from_millis(1));
        // Lines that never fill a chunk, and a format that writes at the end.
        abandoned(move |out, _| (0..).inspect(slowly).try_for_each(|_: u64| out.write_all(b"a"))).await;
        abandoned(move |out, taker| {
            let sum: u64 = taker.while_there((0..).inspect(slowly)).sum();
            out.write_all(&sum.to_le_bytes())
        })
        .await;
        // Chunks of which none is taken.
        abandoned(|out, _| (0..).try_for_each(|_: u64| out.write_all(&[0; CHUNK_BYTES]))).await;
    }
}
