//! The disk of the tracker: batches of opaque bytes in redb, chained and checked. It knows no milestone.
//!
//! A [`Log`] is one file. Entries get gapless positions from 1 and never change; a batch is written whole
//! or not at all; several batches may share one durable commit. What is read was checked first. The layout,
//! byte by byte, is in `FORMAT.md` beside this crate's manifest.
//!
//! Invariants: only this crate names redb; no read transaction outlives a call; nothing read from the file is
//! handed out unchecked; after a failed commit nothing is written until the file was opened again.

mod annex;
mod append;
mod backup;
mod bytes;
mod chain;
mod errors;
mod file;
mod frame;
mod log;
mod memory;
mod read;
mod record;
mod replace;
mod rows;
mod segment;
mod shapes;
mod texts;
mod verify;
mod view;

pub use annex::{Annex, Facts, SALT_BYTES, Text};
pub use errors::{AppendError, BackupError, Damage, FileError, OpenError, ReadError, Refusal};
pub use file::FILE_NAME;
pub use log::Log;
#[doc(hidden)]
pub use redb::StorageBackend;
pub use replace::{NewFile, replace_file};
pub use rows::is_guarded;
pub use shapes::{
    Batch, BatchInfo, Entry, FileCheck, Head, Identity, NewBatch, NewEntry, Options, RecordedBatch,
    RecoveryProgress, Verified,
};

/// The version of the layout that this crate writes and the newest that it reads.
pub const FORMAT: u64 = 2;

/// The most entries that one batch may hold.
pub const BATCH_ENTRIES_MAX: usize = 65_536;

/// The most bytes that one batch may hold: payloads, facts and free texts of its entries.
pub const BATCH_BYTES_MAX: usize = 64 << 20;

/// The most bytes that one entry may hold.
pub const ENTRY_BYTES_MAX: usize = 1 << 20;

/// The most bytes that the name of an office may have.
pub const OFFICE_BYTES_MAX: usize = 255;

/// The most bytes that the facts of a batch may have together, with their codes and lengths.
pub const BATCH_FACTS_BYTES_MAX: usize = 512;

/// The most bytes that the facts of an entry may have together, with their codes and lengths.
pub const ENTRY_FACTS_BYTES_MAX: usize = 16 << 10;

/// The most free texts that one entry may have.
pub const ENTRY_TEXTS_MAX: usize = 16;

/// The most bytes that one free text may have.
pub const TEXT_BYTES_MAX: usize = 64 << 10;
