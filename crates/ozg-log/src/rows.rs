//! The tables in redb, and the only code that reads and writes them. What redb throws is caught here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use redb::{
    AccessGuard, Database, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition, TableError,
};

use crate::errors::FileError;
use crate::record::{Sealed, rows};

/// A row is known by the position of the last entry of its batch and its number in the record of the batch.
pub(crate) type Key = (u64, u16);
/// The value of a row.
pub(crate) type Value = AccessGuard<'static, &'static [u8]>;

const META: TableDefinition<'_, &str, u64> = TableDefinition::new("ozg-log");
const BATCHES: TableDefinition<'_, Key, &[u8]> = TableDefinition::new("batches");
const FORMAT_KEY: &str = "format";

/// Runs code that calls redb, which may panic on a damaged file, and turns a panic into an error.
pub(crate) fn guarded<T, E: From<FileError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
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

/// Makes an empty store a log of the given format.
pub(crate) fn initialise(db: &Database, format: u64) -> Result<(), FileError> {
    let txn = db.begin_write().map_err(failed)?;
    txn.open_table(META).map_err(failed)?.insert(FORMAT_KEY, format).map_err(failed)?;
    txn.open_table(BATCHES).map_err(failed)?;
    txn.commit().map_err(failed)
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

/// Writes batches in one durable transaction, if the log ends at `after`.
pub(crate) fn write(db: &Database, after: u64, batches: &[Sealed]) -> Result<(), FileError> {
    let records: Vec<_> = batches.iter().map(|sealed| (sealed.info.last, sealed.record.as_slice())).collect();
    write_records(db, after, &records)
}

/// Writes records in one transaction. Immediate durability and the single-phase commit are redb's defaults.
pub(crate) fn write_records(db: &Database, after: u64, records: &[(u64, &[u8])]) -> Result<(), FileError> {
    let txn = db.begin_write().map_err(failed)?;
    {
        let mut table = txn.open_table(BATCHES).map_err(failed)?;
        let end = table.last().map_err(failed)?.map_or(0, |(key, _)| key.value().0);
        if end != after {
            return Err(FileError::Damaged(format!("the file ends at position {end}, the log at {after}")));
        }
        for (last, record) in records {
            for (number, range) in (0_u16..).zip(rows(record.len())) {
                table.insert((*last, number), &record[range]).map_err(failed)?;
            }
        }
    }
    txn.commit().map_err(failed)
}

/// The rows as they are now: one read transaction, which must not outlive a call into this crate.
pub(crate) struct Rows(ReadOnlyTable<Key, &'static [u8]>);

impl Rows {
    /// Begins to read.
    pub(crate) fn open(db: &Database) -> Result<Self, FileError> {
        let txn = db.begin_read().map_err(failed)?;
        Ok(Self(txn.open_table(BATCHES).map_err(failed)?))
    }

    /// Gives the value of a row.
    pub(crate) fn get(&self, key: Key) -> Result<Option<AccessGuard<'_, &'static [u8]>>, FileError> {
        self.0.get(key).map_err(failed)
    }

    /// Walks through the rows from the first row of the batch that holds `position` on.
    pub(crate) fn from(
        &self,
        position: u64,
    ) -> Result<impl Iterator<Item = Result<(Key, Value), FileError>>, FileError> {
        let range = self.0.range((position, 0)..).map_err(failed)?;
        Ok(range.map(|row| row.map(|(key, value)| (key.value(), value)).map_err(failed)))
    }

    /// Gives the position of the last entry of the last batch; 0 if there is none.
    pub(crate) fn last(&self) -> Result<u64, FileError> {
        Ok(self.0.last().map_err(failed)?.map_or(0, |(key, _)| key.value().0))
    }
}
