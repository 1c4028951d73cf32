//! Log and state kept in step: one writer that makes batches durable before it answers, any number of readers that
//! never wait for it, offices and their tokens, and a snapshot that makes a restart quick.
//!
//! Ground state is the log; everything else here is derived from it and can be deleted.

mod beside;
mod clock;
mod commit;
mod encoded;
mod ids;
mod mappings;
mod offices;
mod open;
mod orders;
mod read;
mod recover;
mod snapshot;
mod writer;

pub use clock::{Clock, system_clock};
pub use mappings::{MAPPINGS_MAX, MappingError, Mappings};
pub use offices::{AuthError, Office, OfficeError, Offices, Proof, TokenRow};
pub use open::{OpenError, Options};
pub use orders::{DumpBatch, DumpEntry, Order, Receipt, RecordError, Status};
pub use ozg_log::{BackupError, Head, Identity, ReadError as LogReadError, Verified};
pub use read::{Entry, Filter, Page, ReadError};

use arc_swap::ArcSwap;
use ozg_core::state::State;
use ozg_core::words::Position;
use ozg_log::Log;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use writer::Writer;

/// A tracker on a folder. Cloning it shares it; the log is closed when the last clone is dropped.
#[derive(Clone)]
pub struct Tracker {
    shared: Arc<Shared>,
    writer: Arc<Writer>,
}

/// The parts that the writer and the readers share.
struct Shared {
    folder: PathBuf,
    log: Log,
    clock: clock::Watched,
    state: ArcSwap<State>,
    head: watch::Sender<Position>,
    verified: AtomicU32,
    offices: Offices,
    /// Why the disk takes no writes since a commit failed, if it takes none.
    read_only: Mutex<Option<String>>,
    /// Position of the newest snapshot on disk.
    snapshot: AtomicU32,
    commit_seconds: Mutex<Vec<f64>>,
}

impl Tracker {
    /// Returns the present state, which is derived from the log. The call never waits, and the returned state never changes.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        self.shared.state.load_full()
    }

    /// Returns a channel with the position of the head, which changes with each batch.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Position> {
        self.shared.head.subscribe()
    }

    /// Returns the offices and their tokens.
    #[must_use]
    pub fn offices(&self) -> &Offices {
        &self.shared.offices
    }

    /// Returns the mappings of sheets that offices keep.
    #[must_use]
    pub fn mappings(&self) -> Mappings {
        Mappings::new(&self.shared.folder)
    }

    /// Returns the folder that the tracker works in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// Returns the position up to which the log has been verified since it was opened.
    #[must_use]
    pub fn verified_position(&self) -> Position {
        Position::new(self.shared.verified.load(Ordering::Acquire))
    }

    /// Returns whether the tracker accepts writes.
    #[must_use]
    pub fn status(&self) -> Status {
        match (self.shared.read_only().clone(), self.shared.clock.jump_ms()) {
            (Some(why), _) => Status::ReadOnly(why),
            (None, Some(jump_ms)) => Status::ClockJumped { jump_ms },
            (None, None) => Status::Ready,
        }
    }

    /// Returns the head of the log with its chain.
    #[must_use]
    pub fn head(&self) -> Head {
        self.shared.log.head()
    }

    /// Returns what names the log: random bytes, given when it was made.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.shared.log.identity()
    }

    /// Takes the durations of the commits since the last call, in seconds, for a histogram.
    #[must_use]
    pub fn take_commit_seconds(&self) -> Vec<f64> {
        std::mem::take(
            &mut *self.shared.commit_seconds.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// Verifies the chain of the log and the check of every entry; blocks for as long as reading it takes.
    ///
    /// # Errors
    /// The first damage, with its position.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> Result<Verified, LogReadError> {
        let verified = self.shared.log.verify(progress)?;
        self.shared.note_verified(verified.head.position);
        Ok(verified)
    }

    /// Copies the log into a new file, verifying it, while the tracker goes on; blocks.
    ///
    /// # Errors
    /// The file exists, the log is damaged, or the disk fails.
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(u64)) -> Result<Head, BackupError> {
        self.shared.log.backup(to, progress)
    }

    /// Stops the writer once it has answered its orders, and writes a snapshot of the state.
    pub fn close(&self) {
        self.writer.stop();
        self.shared.write_snapshot(0);
    }
}

impl Shared {
    /// Returns why nothing can be recorded on the disk, if it cannot.
    fn read_only(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.read_only.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Remembers up to where the log has been verified.
    fn note_verified(&self, position: u64) -> Position {
        let position = Position::of_count(position);
        self.verified.fetch_max(position.get(), Ordering::AcqRel);
        position
    }

    fn publish(&self, state: State) {
        let head = state.head();
        self.state.store(Arc::new(state));
        self.head.send_replace(head);
    }
}
