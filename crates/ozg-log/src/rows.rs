//! The tables in redb, and the only code that reads and writes them. What redb throws is caught here.

use std::cell::Cell;
use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use redb::{
    AccessGuard, Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition,
    TableError, WriteTransaction,
};

use crate::FORMAT;
use crate::bytes::Bytes;
use crate::chain::identity_check;
use crate::errors::FileError;
use crate::record::{Sealed, rows};
use crate::shapes::Identity;
use crate::texts::TextBlock;

/// A row is known by the position of the last entry of its batch and its number in the record of the batch; a row of texts by
/// the position of the first entry of its segment and its number in the block.
pub(crate) type Key = (u64, u16);
/// The value of a row.
pub(crate) type Value = AccessGuard<'static, &'static [u8]>;

const META: TableDefinition<'_, &str, u64> = TableDefinition::new("ozg-log");
const BATCHES: TableDefinition<'_, Key, &[u8]> = TableDefinition::new("batches");
const ABOUT: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("about");
const TEXTS: TableDefinition<'_, Key, &[u8]> = TableDefinition::new("texts");
const FORMAT_KEY: &str = "format";
const IDENTITY_KEY: &str = "identity";

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Tells whether a panic on this thread becomes an error that says the same, so that a hook need not report it.
///
/// A damaged file lets the store panic; `ozg` says what is damaged, and no line of the store's code before it.
#[must_use]
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

/// Runs code that calls redb, which may panic on a damaged file, and turns a panic into an error.
pub(crate) fn guarded<T, E: From<FileError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let outside = IS_GUARDED.replace(true);
    let ended = catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(outside);
    ended.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        Err(FileError::Damaged(format!("the store gave up: {said}")).into())
    })
}

/// Translates an error of redb.
pub(crate) fn failed(error: impl Into<redb::Error>) -> FileError {
    match error.into() {
        redb::Error::Io(error) => FileError::Io(error),
        redb::Error::Corrupted(what) => FileError::Damaged(what),
        error => FileError::Store(error.to_string()),
    }
}

/// Makes an empty store a log, or a log of an older format one of this format; what it holds stays as it is.
pub(crate) fn initialise(db: &Database, identity: &Identity) -> Result<(), FileError> {
    let txn = db.begin_write().map_err(failed)?;
    txn.open_table(META).map_err(failed)?.insert(FORMAT_KEY, FORMAT).map_err(failed)?;
    txn.open_table(BATCHES).map_err(failed)?;
    txn.open_table(TEXTS).map_err(failed)?;
    put_identity(&txn, identity)?;
    txn.commit().map_err(failed)
}

fn put_identity(txn: &WriteTransaction, identity: &Identity) -> Result<(), FileError> {
    let row = [identity.as_slice(), &identity_check(identity)].concat();
    txn.open_table(ABOUT).map_err(failed)?.insert(IDENTITY_KEY, row.as_slice()).map_err(failed)?;
    Ok(())
}

/// Reads and checks the identity of a log.
pub(crate) fn identity(db: &Database) -> Result<Identity, FileError> {
    let txn = db.begin_read().map_err(failed)?;
    let table = txn.open_table(ABOUT).map_err(failed)?;
    let row = table.get(IDENTITY_KEY).map_err(failed)?;
    let read = row.and_then(|row| {
        let mut bytes = Bytes(row.value());
        let identity: Identity = bytes.array()?;
        (bytes.0 == identity_check(&identity)).then_some(identity)
    });
    read.ok_or_else(|| FileError::Damaged("the identity of the log does not match its check".to_owned()))
}

/// Reads the format of a store; none if it is not a log.
pub(crate) fn format(db: &Database) -> Result<Option<u64>, FileError> {
    let txn = db.begin_read().map_err(failed)?;
    let table = match txn.open_table(META) {
        Ok(table) => table,
        Err(error @ TableError::Storage(_)) => return Err(failed(error)),
        Err(_) => return Ok(None),
    };
    Ok(table.get(FORMAT_KEY).map_err(failed)?.map(|format| format.value()))
}

/// A batch as it lies in the file: the position of its last entry, its record and its texts.
pub(crate) struct StoredBatch<'a> {
    pub(crate) last: u64,
    pub(crate) record: &'a [u8],
    pub(crate) texts: &'a [TextBlock],
}

impl<'a> From<&'a Sealed> for StoredBatch<'a> {
    fn from(sealed: &'a Sealed) -> Self {
        Self { last: sealed.info.last, record: &sealed.record, texts: &sealed.texts }
    }
}

/// Writes batches, and a new identity if there is one, in one transaction, if the log ends at `after`. Immediate durability and
/// the single-phase commit are redb's defaults.
pub(crate) fn write<'a>(
    db: &Database,
    after: u64,
    identity: Option<&Identity>,
    batches: impl IntoIterator<Item = StoredBatch<'a>>,
) -> Result<(), FileError> {
    let txn = db.begin_write().map_err(failed)?;
    {
        let mut table = txn.open_table(BATCHES).map_err(failed)?;
        let end = table.last().map_err(failed)?.map_or(0, |(key, _)| key.value().0);
        if end != after {
            return Err(FileError::Damaged(format!("the file ends at position {end}, the log at {after}")));
        }
        for batch in batches {
            for (number, range) in (0_u16..).zip(rows(batch.record.len())) {
                table.insert((batch.last, number), &batch.record[range]).map_err(failed)?;
            }
            batch.texts.iter().try_for_each(|block| put_texts(&txn, block))?;
        }
    }
    if let Some(identity) = identity {
        put_identity(&txn, identity)?;
    }
    txn.commit().map_err(failed)
}

/// Writes a block of texts.
fn put_texts(txn: &WriteTransaction, (first, block): &TextBlock) -> Result<(), FileError> {
    let mut table = txn.open_table(TEXTS).map_err(failed)?;
    for (number, range) in (0_u16..).zip(rows(block.len())) {
        table.insert((*first, number), &block[range]).map_err(failed)?;
    }
    Ok(())
}

/// Replaces the texts of one segment in a durable transaction.
pub(crate) fn write_texts(db: &Database, block: &TextBlock) -> Result<(), FileError> {
    let txn = db.begin_write().map_err(failed)?;
    let rows_of_segment = (block.0, 0)..=(block.0, u16::MAX);
    txn.open_table(TEXTS).map_err(failed)?.retain_in(rows_of_segment, |_, _| false).map_err(failed)?;
    put_texts(&txn, block)?;
    txn.commit().map_err(failed)
}

/// The rows as they are now: one read transaction, which must not outlive a call into this crate.
pub(crate) struct Rows {
    txn: ReadTransaction,
    batches: ReadOnlyTable<Key, &'static [u8]>,
    /// Opened when a text is first asked for.
    texts: OnceCell<ReadOnlyTable<Key, &'static [u8]>>,
}

impl Rows {
    /// Begins to read.
    pub(crate) fn open(db: &Database) -> Result<Self, FileError> {
        let txn = db.begin_read().map_err(failed)?;
        let batches = txn.open_table(BATCHES).map_err(failed)?;
        Ok(Self { txn, batches, texts: OnceCell::new() })
    }

    /// Gives the value of a row.
    pub(crate) fn get(&self, key: Key) -> Result<Option<AccessGuard<'_, &'static [u8]>>, FileError> {
        self.batches.get(key).map_err(failed)
    }

    /// Walks through the rows from the first row of the batch that holds `position` on.
    pub(crate) fn from(
        &self,
        position: u64,
    ) -> Result<impl Iterator<Item = Result<(Key, Value), FileError>>, FileError> {
        let range = self.batches.range((position, 0)..).map_err(failed)?;
        Ok(range.map(|row| row.map(|(key, value)| (key.value(), value)).map_err(failed)))
    }

    /// Gives the position of the last entry of the last batch; 0 if there is none.
    pub(crate) fn last(&self) -> Result<u64, FileError> {
        Ok(self.batches.last().map_err(failed)?.map_or(0, |(key, _)| key.value().0))
    }

    /// Gives the block of texts of the segment that begins at `first`; nothing where it has none.
    pub(crate) fn texts(&self, first: u64) -> Result<Vec<u8>, FileError> {
        let mut block = Vec::new();
        for row in self.text_table()?.range((first, 0)..=(first, u16::MAX)).map_err(failed)? {
            block.extend_from_slice(row.map_err(failed)?.1.value());
        }
        Ok(block)
    }

    /// Walks through the rows of the texts of the segments from `position` on.
    pub(crate) fn texts_from(
        &self,
        position: u64,
    ) -> Result<impl Iterator<Item = Result<(Key, Vec<u8>), FileError>>, FileError> {
        let range = self.text_table()?.range((position, 0)..).map_err(failed)?;
        Ok(range.map(|row| row.map(|(key, value)| (key.value(), value.value().to_vec())).map_err(failed)))
    }

    fn text_table(&self) -> Result<&ReadOnlyTable<Key, &'static [u8]>, FileError> {
        if self.texts.get().is_none() {
            let table = self.txn.open_table(TEXTS).map_err(failed)?;
            // Nobody else has opened it meanwhile: rows are read by one thread.
            let _ = self.texts.set(table);
        }
        self.texts.get().ok_or(FileError::Closed)
    }
}
