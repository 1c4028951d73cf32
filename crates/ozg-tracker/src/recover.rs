//! What follows a commit that failed: the log is read, not written, until the disk takes writes again.

use crate::{Shared, open};
use ozg_core::state::State;
use ozg_log::{NewFile, OpenError};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// The wait before the first attempt of the writer to bring the log back by itself; each further one is twice as long.
const AGAIN_FIRST: Duration = Duration::from_millis(500);
/// The longest wait between two such attempts.
const AGAIN_LAST: Duration = Duration::from_secs(30);
/// Bytes that are written to find out whether the disk takes writes: more than a small commit needs.
const TRIAL_BYTES: usize = 64 * 1_024;

/// The waits between attempts to bring the log back.
pub(crate) struct Again(Duration);

impl Again {
    pub(crate) fn new() -> Again {
        Again(AGAIN_FIRST)
    }

    /// Returns the next wait.
    pub(crate) fn next(&mut self) -> Duration {
        let wait = self.0;
        self.0 = (wait * 2).min(AGAIN_LAST);
        wait
    }
}

impl Shared {
    /// Tells whether nothing can be recorded just now.
    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only().is_some()
    }

    /// Brings the log back after a failed commit, if the disk takes writes, and says so in the status; returns the state that the
    /// log then holds. Until the log is open again it is unknown whether that commit is durable; if it is, its entries are applied
    /// to the state.
    pub(crate) fn recover(&self) -> State {
        let state = State::clone(&self.state.load());
        let (state, why) = match self.reopen(&state) {
            Ok(state) => {
                self.publish(state.clone());
                (state, None)
            }
            Err(why) => (state, Some(why)),
        };
        let mut told = self.read_only();
        match (&*told, &why) {
            (Some(_), None) => tracing::info!("the log takes writes again"),
            (_, Some(why)) => tracing::error!(%why, "the log takes no writes"),
            (None, None) => {}
        }
        *told = why;
        state
    }

    fn reopen(&self, state: &State) -> Result<State, String> {
        if let Err(error) = try_writing(&self.folder) {
            if self.log.needs_reopening() {
                self.log.read_only();
            }
            return Err(format!("the disk takes no writes: {error}"));
        }
        if self.log.needs_reopening() {
            let reopened = self.log.reopen();
            reopened.map_err(|error| format!("the log could not be opened again: {}", reason(&error)))?;
        }
        open::catch_up(&self.log, state.clone()).map_err(|error| error.to_string())
    }
}

/// Says why a log cannot be opened, without the folder that it lies in: anyone may read it.
fn reason(error: &OpenError) -> String {
    match error {
        OpenError::File { source, .. } => source.to_string(),
        OpenError::InUse { .. } => "another program has opened it".to_owned(),
        OpenError::NotALog { found, .. } => format!("the file is {found}"),
        OpenError::Damaged { damage, .. } => damage.to_string(),
        other => other.to_string(),
    }
}

/// Writes a file into the folder and removes it.
fn try_writing(folder: &Path) -> io::Result<()> {
    let mut trial = NewFile::begin(&folder.join("trial"), 0o600)?;
    let file = trial.file();
    file.set_len(TRIAL_BYTES as u64)?;
    file.write_all(&[1; TRIAL_BYTES])?;
    file.sync_data()
}
