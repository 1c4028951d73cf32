//! Errors of the log: each says what went wrong and what to do.

use std::fmt;
use std::path::PathBuf;

use crate::{
    BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, ENTRY_BYTES_MAX, ENTRY_TEXTS_MAX, FORMAT, OFFICE_BYTES_MAX,
    TEXT_BYTES_MAX,
};

/// The first place at which the content of a log is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The position of the first entry concerned.
    pub position: u64,
    /// The number of the batch, from 1, if it is still legible.
    pub batch: Option<u64>,
    /// What is damaged.
    pub what: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "position {}", self.position)?;
        if let Some(batch) = self.batch {
            write!(f, " (batch {batch})")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// A failure of the file or of the store in it.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk or the file system failed.
    #[error("the disk failed: {0}")]
    Io(#[from] std::io::Error),
    /// The structure of the file is damaged.
    #[error("the log file is damaged ({0}): check the file, and restore a backup if it cannot be repaired")]
    Damaged(String),
    /// An earlier reopening failed, so there is no open file.
    #[error("the log is closed since it could not be reopened: open it again")]
    Closed,
    /// The store refused for another reason.
    #[error("the store refused: {0}")]
    Store(String),
}

/// Why a log could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another part of this one, has it open.
    #[error("{} is in use by another process: stop that process, or speak to it", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the tracker wrote it.
    #[error("the log has format {found}, this program knows up to {known}: use a newer version of it")]
    NewerFormat {
        /// The format of the file.
        found: u64,
        /// The newest format that this program knows: [`FORMAT`].
        known: u64,
    },
    /// The file is something else.
    #[error("{} is not a log: {found}; name another folder, or move the file away", path.display())]
    NotALog {
        /// The file.
        path: PathBuf,
        /// What was found in it.
        found: String,
    },
    /// The end of the log cannot be read.
    #[error("{} is damaged at {damage}: restore a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The damage.
        damage: Damage,
    },
    /// The file could not be opened or created.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What failed.
        source: FileError,
    },
}

impl OpenError {
    pub(crate) fn newer(found: u64) -> Self {
        Self::NewerFormat { found, known: FORMAT }
    }
}

/// Why a batch cannot be recorded, whatever the state of the disk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no entries.
    #[error("it has no entries")]
    NoEntries,
    /// It has more than [`BATCH_ENTRIES_MAX`] entries.
    #[error("it has {0} entries, at most {BATCH_ENTRIES_MAX} are possible: cut it")]
    TooManyEntries(usize),
    /// Its payloads, facts and texts have more than [`BATCH_BYTES_MAX`] bytes together.
    #[error("it has {0} bytes, at most {BATCH_BYTES_MAX} are possible: cut it")]
    TooManyBytes(usize),
    /// An entry has more than [`ENTRY_BYTES_MAX`] bytes.
    #[error("its entry {index} has {bytes} bytes, at most {ENTRY_BYTES_MAX} are possible")]
    EntryTooLong {
        /// The index of the entry in the batch, from 0.
        index: usize,
        /// Its length.
        bytes: usize,
    },
    /// The name of the office has more than [`OFFICE_BYTES_MAX`] bytes.
    #[error("the name of its office has {0} bytes, at most {OFFICE_BYTES_MAX} are possible")]
    OfficeTooLong(usize),
    /// Its facts, or those of an entry, have too many bytes together.
    #[error("its facts have {bytes} bytes, at most {max} are possible")]
    FactsTooLong {
        /// Their length with codes and lengths.
        bytes: usize,
        /// The most that is possible.
        max: usize,
    },
    /// An entry has more than [`ENTRY_TEXTS_MAX`] free texts.
    #[error("its entry {index} has {texts} texts, at most {ENTRY_TEXTS_MAX} are possible")]
    TooManyTexts {
        /// The index of the entry in the batch, from 0.
        index: usize,
        /// How many.
        texts: usize,
    },
    /// A free text has more than [`TEXT_BYTES_MAX`] bytes.
    #[error("a text of its entry {index} has {bytes} bytes, at most {TEXT_BYTES_MAX} are possible")]
    TextTooLong {
        /// The index of the entry in the batch, from 0.
        index: usize,
        /// The length of the text.
        bytes: usize,
    },
    /// It is simulated and the log is not.
    #[error("it is simulated, but the log holds real entries: use another log")]
    SimulatedInReal,
    /// The log is simulated and it is not.
    #[error("it is real, but the log is marked as simulated for ever: use another log")]
    RealInSimulated,
    /// A dump does not continue where the log ends.
    #[error("it starts at position {given}, the log goes on at {next}")]
    OtherFirst {
        /// The position in the dump.
        given: u64,
        /// The next position of the log.
        next: u64,
    },
    /// A dump goes back in time.
    #[error("it was recorded at {given} ms, before the batch before it at {last} ms")]
    RecordedBefore {
        /// The time in the dump, in milliseconds.
        given: i64,
        /// The time of the batch before, in milliseconds.
        last: i64,
    },
    /// A dump was changed: the chain value is another one.
    #[error("its chain value is not the one that its content gives: the dump was changed")]
    OtherChain,
}

/// Why nothing was recorded, or may not have been.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// A batch cannot be recorded; nothing was.
    #[error("batch {index} of the commit cannot be recorded: {refusal}")]
    Refused {
        /// The index of the batch in the call, from 0.
        index: usize,
        /// Why.
        refusal: Refusal,
    },
    /// The commit failed; whether it is durable shows the head after reopening.
    #[error("the commit failed, it may or may not be durable: {0}; reopen the log and look at its head")]
    Failed(#[source] FileError),
    /// An earlier commit failed; nothing was tried.
    #[error("an earlier commit failed: reopen the log before recording anything")]
    Reopen,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// What is stored there is not what was written.
    #[error("the log is damaged at {0}")]
    Damaged(Damage),
    /// The file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
}

impl ReadError {
    pub(crate) fn damaged(position: u64, batch: Option<u64>, what: impl Into<String>) -> Self {
        Self::Damaged(Damage { position, batch, what: what.into() })
    }
}

/// Why a backup was not made; there is none at the destination then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already.
    #[error("{} exists already: name another file", .0.display())]
    Exists(PathBuf),
    /// The log could not be read, or is damaged.
    #[error("the log cannot be copied: {0}")]
    Read(#[from] ReadError),
    /// The copy could not be written.
    #[error("the copy cannot be written: {0}")]
    Write(#[source] FileError),
    /// Another backup to the same file is under way.
    #[error("another backup to {} is under way", .0.display())]
    InUse(PathBuf),
}
