//! What goes into a log and comes out of it: batches, their head data, options.

use std::fmt;
use std::sync::Arc;

use crate::annex::{Annex, Facts, NO_ANNEX};

/// What names a log: random bytes, given when it is made and kept by its backups.
pub type Identity = [u8; 16];

/// A batch to be recorded: entries that become known together, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch<'a> {
    /// The time of recording, in milliseconds since 1970 UTC; raised to that of the last batch if earlier.
    pub recorded_at_ms: i64,
    /// The office that records, at most [`OFFICE_BYTES_MAX`](crate::OFFICE_BYTES_MAX) bytes.
    pub office: &'a str,
    /// Whether the entries are invented; a log holds either only such batches or none.
    pub simulated: bool,
    /// Facts about the whole batch, together at most [`BATCH_FACTS_BYTES_MAX`](crate::BATCH_FACTS_BYTES_MAX) bytes with their
    /// codes and lengths.
    pub facts: Facts,
    /// The entries, at least one.
    pub entries: Vec<NewEntry<'a>>,
}

/// An entry to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// The payload, opaque here, at most [`ENTRY_BYTES_MAX`](crate::ENTRY_BYTES_MAX) bytes.
    pub payload: &'a [u8],
    /// What stands beside it.
    pub annex: &'a Annex,
}

impl<'a> From<&'a [u8]> for NewEntry<'a> {
    fn from(payload: &'a [u8]) -> Self {
        Self { payload, annex: &NO_ANNEX }
    }
}

/// A batch that another log recorded before, with what that log said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedBatch<'a> {
    /// The batch; its time is kept as it is and must not lie before that of the batch before.
    pub batch: NewBatch<'a>,
    /// The position of its first entry; must be the next one of this log.
    pub first: u64,
    /// The chain value after it, compared if given.
    pub chain: Option<[u8; 32]>,
    /// The identity of that log, which an empty log takes over with its first batch.
    pub identity: Option<Identity>,
}

/// What the log knows of a recorded batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchInfo {
    /// The position of its first entry.
    pub first: u64,
    /// The position of its last entry.
    pub last: u64,
    /// The time of recording, in milliseconds since 1970 UTC; never before that of the batch before.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// Whether the entries are invented.
    pub simulated: bool,
    /// Facts about the batch.
    pub facts: Facts,
    /// The blake3 chain value over everything up to and including this batch.
    pub chain: [u8; 32],
}

/// Where a log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Head {
    /// The position of the last entry; 0 if the log is empty.
    pub position: u64,
    /// The number of batches.
    pub batches: u64,
    /// The time of the last batch, in milliseconds since 1970 UTC; 0 if the log is empty.
    pub recorded_at_ms: i64,
    /// The chain value of the last batch; zeros if the log is empty.
    pub chain: [u8; 32],
}

/// What a whole log was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    /// Where it ends.
    pub head: Head,
    /// How many free texts were removed; all others are what was written.
    pub texts_removed: u64,
}

/// A batch as it is read, or a part of one: consecutive entries, all checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The batch that the entries belong to.
    pub info: BatchInfo,
    /// The position of the first entry held here.
    pub first: u64,
    data: Vec<u8>,
    bounds: Vec<u32>,
    /// The annex of each entry and where its payload begins; empty where the batch has no annexes.
    annexes: Vec<(u32, Annex)>,
}

/// An entry as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its position.
    pub position: u64,
    /// What was recorded.
    pub payload: &'a [u8],
    /// What stands beside it.
    pub annex: &'a Annex,
}

impl Batch {
    /// Builds a part from `bounds`, one more than there are entries, into `data`.
    pub(crate) fn new(
        info: BatchInfo,
        first: u64,
        data: Vec<u8>,
        bounds: Vec<u32>,
        annexes: Vec<(u32, Annex)>,
    ) -> Self {
        debug_assert!(bounds.len() >= 2, "a part holds at least one entry");
        debug_assert!(annexes.is_empty() || annexes.len() + 1 == bounds.len(), "an annex for each entry");
        Self { info, first, data, bounds, annexes }
    }

    /// Counts the entries held here; at least 1.
    pub fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Tells whether there are no entries, which never happens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives the position of the last entry held here.
    pub fn last(&self) -> u64 {
        self.first + (self.len() as u64 - 1)
    }

    /// Tells whether the batch ends with the last entry held here.
    pub fn ends_batch(&self) -> bool {
        self.last() == self.info.last
    }

    /// Walks through the entries held here.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.bounds.windows(2).enumerate().map(|(index, ends)| {
            let (start, annex) = match self.annexes.get(index) {
                Some((payload_at, annex)) => (*payload_at, annex),
                None => (ends[0], &NO_ANNEX),
            };
            let payload = &self.data[start as usize..ends[1] as usize];
            Entry { position: self.first + index as u64, payload, annex }
        })
    }
}

/// The outcome of a check of the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileCheck {
    /// Nothing was wrong.
    Clean,
    /// Something was wrong and was repaired; the head may have gone back, so verify and compare it.
    Repaired,
}

/// Takes the share of a recovery that is done, from 0 to 1, while a file is opened after a crash.
pub type RecoveryProgress = Arc<dyn Fn(f64) + Send + Sync>;

/// How a log is opened.
#[derive(Clone)]
pub struct Options {
    /// The memory for pages of the file, in bytes.
    pub cache_bytes: usize,
    /// Called at least once if the file was not closed properly and has to be walked through.
    pub on_recovery: Option<RecoveryProgress>,
}

impl Default for Options {
    fn default() -> Self {
        Self { cache_bytes: 256 << 20, on_recovery: None }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("cache_bytes", &self.cache_bytes).finish_non_exhaustive()
    }
}
