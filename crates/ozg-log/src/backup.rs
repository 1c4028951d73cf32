//! A copy of a live log. What is recorded never changes, so it is read in steps up to the head at the start.

use std::path::Path;

use redb::Database;

use crate::errors::{BackupError, FileError, OpenError};
use crate::file::{builder, create_new};
use crate::log::{Log, close};
use crate::rows::{guarded, write};
use crate::shapes::{Head, Options};
use crate::verify::{GoodBatch, Walk};

/// The memory for pages of the copy, in bytes.
const COPY_CACHE_BYTES: usize = 32 << 20;

impl Log {
    /// Copies the log up to its present head into the new file `to`, verifying it, and returns that head.
    ///
    /// Appends go on meanwhile. The file appears under its name only when it is complete and durable; it is a
    /// log itself. `progress` gets the reached position every few MiB.
    ///
    /// # Errors
    /// A file that exists, damage of the log, or a disk that fails.
    ///
    /// # Examples
    /// ```
    /// # use ozg_log::{Facts, Log, NewBatch, NewEntry};
    /// # let log = Log::in_memory();
    /// # let entries = vec![NewEntry::from(&b"live in Potsdam"[..]), NewEntry::from(&b"live in Cottbus"[..])];
    /// # let recorded_at_ms = 1_717_200_000_000;
    /// # log.append(&[NewBatch { recorded_at_ms, office: "bb", simulated: false, facts: Facts::default(), entries }])?;
    /// // A log with one batch of two entries.
    /// let folder = tempfile::tempdir()?;
    /// let head = log.backup(&folder.path().join("backup.redb"), &mut |_| {})?;
    /// assert_eq!(head, log.head());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(u64)) -> Result<Head, BackupError> {
        if to.exists() {
            return Err(BackupError::Exists(to.to_owned()));
        }
        let options = Options { cache_bytes: COPY_CACHE_BYTES, on_recovery: None };
        let copy =
            create_new(&builder(&options), to, Some(self.identity())).map_err(|error| match error {
                OpenError::InUse { path } => BackupError::InUse(path),
                OpenError::File { source, .. } => BackupError::Write(source),
                other => BackupError::Write(FileError::Store(other.to_string())),
            })?;
        let (copy, new) = copy.ok_or_else(|| BackupError::Exists(to.to_owned()))?;
        let copied = self.copy_into(&copy, progress).and_then(|head| {
            new.finish().map_err(|error| BackupError::Write(error.into()))?;
            Ok(head)
        });
        close(Some(copy)).map_err(BackupError::Write)?;
        copied
    }

    fn copy_into(&self, copy: &Database, progress: &mut dyn FnMut(u64)) -> Result<Head, BackupError> {
        let mut walk = Walk::new(self.head());
        loop {
            let after = walk.at.position;
            let batches = self.step(&mut walk)?;
            if batches.is_empty() {
                return Ok(walk.at);
            }
            let batches = batches.iter().map(GoodBatch::as_stored);
            guarded(|| write(copy, after, None, batches)).map_err(BackupError::Write)?;
            progress(walk.at.position);
        }
    }
}
