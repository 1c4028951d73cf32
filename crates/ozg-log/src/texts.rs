//! The rows of free texts: salt and text, or the mark of a text that was removed.

use crate::annex::{HASH_BYTES, SALT_BYTES, Text};
use crate::chain::{CHECK_BYTES, removed_mark};
use crate::errors::{AppendError, FileError, ReadError};
use crate::log::Log;
use crate::rows::{Rows, write_text};

/// A row is known by the position of its entry and the number of the text there, from 0.
pub(crate) type TextKey = (u64, u8);

/// A row of a text as it lies in the file.
pub(crate) type TextRow = (TextKey, Vec<u8>);

/// Gives the row of a text.
pub(crate) fn to_row(key: TextKey, text: &Text) -> TextRow {
    match text {
        Text::Kept { salt, text } => (key, [salt.as_slice(), text.as_bytes()].concat()),
        Text::Removed { .. } => (key, removed_mark(key).to_vec()),
    }
}

/// Reads a row of the text that an entry names by `hash`.
pub(crate) fn read_row(key: TextKey, row: &[u8], hash: [u8; HASH_BYTES]) -> Result<Text, &'static str> {
    if row.len() == CHECK_BYTES && row == removed_mark(key) {
        return Ok(Text::Removed { hash });
    }
    let changed = "a text of the entry does not match its hash";
    let (salt, text) = row.split_first_chunk::<SALT_BYTES>().ok_or(changed)?;
    let text = String::from_utf8(text.to_vec()).map_err(|_| changed)?;
    let text = Text::Kept { salt: *salt, text };
    if text.hash() == hash { Ok(text) } else { Err(changed) }
}

/// Reads the texts that the entry at a position names by their hashes.
pub(crate) fn texts_of(
    rows: &Rows,
    position: u64,
    hashes: &[[u8; HASH_BYTES]],
) -> Result<Vec<Text>, ReadError> {
    let damaged = |what| ReadError::damaged(position, None, what);
    let mut texts = Vec::with_capacity(hashes.len());
    for (index, hash) in (0_u8..).zip(hashes) {
        let key = (position, index);
        let row = rows.text(key)?.ok_or_else(|| damaged("a text of the entry is missing"))?;
        texts.push(read_row(key, row.value(), *hash).map_err(damaged)?);
    }
    Ok(texts)
}

impl Log {
    /// Removes the text number `index` of the entry at `position`; tells whether there is such a text. The entry then reads
    /// with [`Text::Removed`], and the chain holds as before.
    ///
    /// The bytes of the text may lie in pages of the file that are free until those are used again, and in older
    /// backups; a backup made afterwards is without them.
    pub fn remove_text(&self, position: u64, index: u8) -> Result<bool, AppendError> {
        let _writer = self.lock_writer();
        if self.state().failed {
            return Err(AppendError::Reopen);
        }
        let entry = self.entry(position).map_err(|error| match error {
            ReadError::File(error) => AppendError::Failed(error),
            damaged @ ReadError::Damaged(_) => AppendError::Failed(FileError::Damaged(damaged.to_string())),
        })?;
        let named = entry.is_some_and(|part| {
            part.entries().any(|entry| entry.annex.texts.get(usize::from(index)).is_some())
        });
        if !named {
            return Ok(false);
        }
        let key = (position, index);
        let written = self.with_db(|db| write_text(db, key, &removed_mark(key)));
        if written.is_err() {
            self.state_mut().failed = true;
        }
        written.map(|()| true).map_err(AppendError::Failed)
    }
}
