//! An open log: what is shared by appending, reading and verifying.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use redb::{Database, StorageBackend};

use crate::errors::{Damage, FileError, OpenError};
use crate::file::{Access, FILE_NAME, Origin, file_error};
use crate::frame::Header;
use crate::record::head_after;
use crate::rows::{Rows, failed, guarded, identity};
use crate::shapes::{FileCheck, Head, Identity, Options};

/// One open log file: one writer at a time, any number of readers beside it. All calls block.
pub struct Log {
    origin: Origin,
    options: Options,
    db: RwLock<Option<Database>>,
    writer: Mutex<()>,
    state: RwLock<State>,
}

/// What is remembered of the file, so that nobody has to look.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct State {
    /// What names the log.
    pub(crate) identity: Identity,
    /// The last batch that is known to be durable.
    pub(crate) head: Head,
    /// Whether the batches are simulated; meaningless while there are none.
    pub(crate) simulated: bool,
    /// Whether a commit failed since the file was opened.
    pub(crate) failed: bool,
    /// Whether the file is open for reading only.
    pub(crate) is_view: bool,
}

impl Log {
    /// Opens the log in `folder`, or creates a new one if there is no file [`FILE_NAME`].
    pub fn open(folder: &Path, options: Options) -> Result<Self, OpenError> {
        Self::from_origin(Origin::File(folder.join(FILE_NAME)), options)
    }

    /// Opens a single file, whatever its name, such as a backup; creates it if there is none.
    pub fn open_file(path: &Path, options: Options) -> Result<Self, OpenError> {
        Self::from_origin(Origin::File(path.to_owned()), options)
    }

    /// Creates a log that lives in memory, for tests.
    pub fn in_memory() -> Self {
        // Only a system without random bytes fails in empty memory.
        Self::from_origin(Origin::memory(), Options::default()).expect("memory takes an empty log")
    }

    /// Opens a log in what `make` gives, which is called again by [`reopen`](Self::reopen); for tests of faults.
    #[doc(hidden)]
    pub fn with_backend<B: StorageBackend>(
        make: impl Fn() -> B + Send + Sync + 'static,
        options: Options,
    ) -> Result<Self, OpenError> {
        Self::from_origin(Origin::backend(make), options)
    }

    fn from_origin(origin: Origin, options: Options) -> Result<Self, OpenError> {
        let db = origin.open(&options, Access::Write)?;
        let state = read_state(&db, origin.path())?;
        let (db, state) = (RwLock::new(Some(db)), RwLock::new(state));
        Ok(Self { origin, options, db, writer: Mutex::new(()), state })
    }

    /// Gives the end of the log: the last batch that is known to be durable.
    pub fn head(&self) -> Head {
        self.state().head
    }

    /// Gives what names the log: random bytes, given when it was made and kept by its backups.
    pub fn identity(&self) -> Identity {
        self.state().identity
    }

    /// Tells whether the log holds simulated batches, and so no other, for ever.
    pub fn is_simulated(&self) -> bool {
        let state = self.state();
        state.head.batches > 0 && state.simulated
    }

    /// Tells whether a commit failed, so that nothing is recorded before [`reopen`](Self::reopen).
    pub fn needs_reopening(&self) -> bool {
        self.state().failed
    }

    /// Closes the file and opens it again. Afterwards the head tells whether a failed commit is durable. If it cannot be opened for
    /// writing, it can be read meanwhile, as far as the disk can be read.
    pub fn reopen(&self) -> Result<(), OpenError> {
        let _writer = self.lock_writer();
        let mut slot = self.db_mut();
        self.close_failed(&mut slot);
        let opened = self.origin.open(&self.options, Access::Write);
        let opened = opened.and_then(|db| Ok((read_state(&db, self.origin.path())?, db)));
        match opened {
            Ok((state, db)) => {
                *self.state_mut() = state;
                *slot = Some(db);
                Ok(())
            }
            Err(error) => {
                self.view(&mut slot);
                Err(error)
            }
        }
    }

    /// Opens the file for reading only, after a failed commit: the disk refuses writes, and what it holds can be read.
    pub fn read_only(&self) {
        let _writer = self.lock_writer();
        let mut slot = self.db_mut();
        if !self.state().is_view {
            self.close_failed(&mut slot);
            self.view(&mut slot);
        }
    }

    /// Closes the store so that it must be opened again.
    fn close_failed(&self, slot: &mut Option<Database>) {
        {
            let mut state = self.state_mut();
            (state.failed, state.is_view) = (true, false);
        }
        if let Err(error) = close(slot.take()) {
            tracing::warn!(%error, "the log was not closed cleanly");
        }
    }

    /// Puts a view of the file in the place of the store.
    fn view(&self, slot: &mut Option<Database>) {
        match self.origin.open(&self.options, Access::Read) {
            Ok(db) => {
                self.state_mut().is_view = true;
                *slot = Some(db);
            }
            Err(error) => tracing::error!(%error, "the log cannot be read"),
        }
    }

    /// Checks every page of the file, and repairs it if possible. Appends and reads wait meanwhile.
    ///
    /// This finds damage that concerns the structure of the file, also where no entry is; whether the entries
    /// are what was written tells [`verify`](Self::verify).
    pub fn check_file(&self) -> Result<FileCheck, FileError> {
        let _writer = self.lock_writer();
        let mut slot = self.db_mut();
        let db = slot.as_mut().ok_or(FileError::Closed)?;
        let checked = guarded(|| db.check_integrity().map_err(failed));
        let state = checked.and_then(|clean| {
            let state = read_state(db, self.origin.path());
            state.map(|state| (clean, state)).map_err(|error| FileError::Damaged(error.to_string()))
        });
        match state {
            Ok((clean, state)) => {
                let mut remembered = self.state_mut();
                *remembered = State { failed: remembered.failed, ..state };
                Ok(if clean { FileCheck::Clean } else { FileCheck::Repaired })
            }
            Err(error) => {
                self.state_mut().failed = true;
                Err(error)
            }
        }
    }

    /// Runs `work` on the open store, catching what it throws.
    pub(crate) fn with_db<T, E: From<FileError>>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, E>,
    ) -> Result<T, E> {
        let slot: RwLockReadGuard<'_, _> = self.db.read().unwrap_or_else(PoisonError::into_inner);
        let db = slot.as_ref().ok_or(FileError::Closed)?;
        guarded(|| work(db))
    }

    /// Waits until no one else writes.
    pub(crate) fn lock_writer(&self) -> MutexGuard<'_, ()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn state(&self) -> State {
        *self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn db_mut(&self) -> RwLockWriteGuard<'_, Option<Database>> {
        self.db.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        // A failure to note the clean shutdown costs a recovery at the next opening, no data.
        if let Err(error) = close(self.db_mut().take()) {
            tracing::warn!(%error, "the log was not closed cleanly");
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("path", &self.origin.path()).field("state", &self.state()).finish()
    }
}

/// Closes the store; redb may throw here on a damaged file.
pub(crate) fn close(db: Option<Database>) -> Result<(), FileError> {
    guarded(|| {
        drop(db);
        Ok(())
    })
}

/// Reads the state off the last batch.
fn read_state(db: &Database, path: &Path) -> Result<State, OpenError> {
    let read = || {
        let identity = identity(db)?;
        let rows = Rows::open(db)?;
        let last = rows.last()?;
        if last == 0 {
            return Ok(Ok(State { identity, ..State::default() }));
        }
        let header = match rows.get((last, 0))? {
            Some(row) => Header::read(last, row.value()),
            None => Err("the first row of the last batch is missing"),
        };
        Ok(header.map_err(|what| Damage { position: last, batch: None, what: what.to_owned() }).map(
            |header| {
                let head = head_after(header.number, &header.info);
                State { identity, head, simulated: header.info.simulated, ..State::default() }
            },
        ))
    };
    let state = guarded(read).map_err(|source| file_error(path, source))?;
    state.map_err(|damage| OpenError::Damaged { path: path.to_owned(), damage })
}
