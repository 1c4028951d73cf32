//! Opens a tracker: the log, then the newest snapshot that fits it, then what the log has beyond.

use crate::beside::facts_from_log;
use crate::clock::{Clock, Watched};
use crate::offices::Offices;
use crate::read::each_batch;
use crate::writer::Writer;
use crate::{ReadError, Shared, Tracker, snapshot};
use arc_swap::ArcSwap;
use ozg_core::state::State;
use ozg_log::Log;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// Mode of a new data folder, less the umask: who is not of the tracker's group reads neither log nor tokens.
const FOLDER_MODE: u32 = 0o750;

/// How a tracker is opened.
#[derive(Clone)]
pub struct Options {
    /// Where the time is taken from.
    pub clock: Clock,
    /// Whether the log is verified in the background once it is open.
    pub verify: bool,
    /// How the log is opened.
    pub log: ozg_log::Options,
}

impl Default for Options {
    fn default() -> Options {
        Options { clock: Clock::SYSTEM, verify: true, log: ozg_log::Options::default() }
    }
}

/// Why a tracker cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The log cannot be opened.
    #[error(transparent)]
    Log(#[from] ozg_log::OpenError),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The offices cannot be read.
    #[error("{0}")]
    Offices(#[from] crate::OfficeError),
    /// The folder cannot be made.
    #[error("the folder {folder} cannot be made: {error}")]
    Folder {
        /// Which folder.
        folder: String,
        /// The error of the system.
        error: std::io::Error,
    },
}

impl Tracker {
    /// Opens the tracker in a folder, and creates folder and log if they do not exist.
    ///
    /// # Errors
    /// The log is in use, damaged, or of a newer format; the folder or the offices cannot be read.
    #[expect(clippy::needless_pass_by_value, reason = "options are made for one opening")]
    pub fn open(folder: &Path, options: Options) -> Result<Tracker, OpenError> {
        DirBuilder::new()
            .recursive(true)
            .mode(FOLDER_MODE)
            .create(folder)
            .map_err(|error| OpenError::Folder { folder: folder.display().to_string(), error })?;
        let log = Log::open(folder, options.log.clone())?;
        Self::on_log(log, folder, &options)
    }

    /// Opens a tracker on a log that is open, with offices and snapshots in a folder.
    ///
    /// # Errors
    /// As for [`Tracker::open`].
    pub fn on_log(log: Log, folder: &Path, options: &Options) -> Result<Tracker, OpenError> {
        let state = snapshot::load(folder, &log).unwrap_or_default();
        let snapshot = state.head().get();
        let state = catch_up(&log, state)?;
        let (head, _) = watch::channel(state.head());
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            log,
            clock: Watched::new(options.clock),
            state: ArcSwap::from_pointee(state),
            head,
            verified: AtomicU32::new(0),
            offices: Offices::open(folder)?,
            read_only: Mutex::default(),
            snapshot: AtomicU32::new(snapshot),
            commit_seconds: Mutex::default(),
        });
        shared.warn_of_clock(&folder.join(ozg_log::FILE_NAME));
        let tracker = Tracker { writer: Arc::new(Writer::start(&shared)), shared };
        if options.verify {
            tracker.verify_behind();
        }
        Ok(tracker)
    }

    /// Verifies the log in a thread of its own. [`Tracker::verified_position`] changes when the verification ends.
    fn verify_behind(&self) {
        let shared = Arc::downgrade(&self.shared);
        let verify = move || {
            let Some(shared) = shared.upgrade() else { return };
            match shared.log.verify(&mut |_| {}) {
                Ok(verified) => {
                    let position = shared.note_verified(verified.head.position);
                    tracing::info!(%position, "log verified");
                }
                Err(error) => tracing::error!(%error, "the log is damaged"),
            }
        };
        if let Err(error) = std::thread::Builder::new().name("verify".into()).spawn(verify) {
            tracing::warn!(%error, "the log is not verified: no thread");
        }
    }
}

/// Applies the entries of the log that the state does not have yet.
pub(crate) fn catch_up(log: &Log, mut state: State) -> Result<State, ReadError> {
    let from = state.head();
    each_batch(log, from, |info, events| {
        state.replay(&info.office, info.recorded_at_ms, info.simulated, &events);
        state.take_facts(&facts_from_log(&info.facts));
    })?;
    Ok(state)
}
