//! The free texts of a segment, kept together beside its record: salt and text of each, or that it was removed.

use crate::annex::{HASH_BYTES, SALT_BYTES, Text};
use crate::bytes::{Bytes, put_number};
use crate::errors::{AppendError, FileError, ReadError};
use crate::log::Log;
use crate::read::segment_start;
use crate::rows::{Rows, write_texts};
use crate::segment::{SEGMENT_BYTES_ENOUGH, SEGMENT_ENTRIES_MAX, compress, decompress};
use crate::{ENTRY_TEXTS_MAX, TEXT_BYTES_MAX};

/// Where a text belongs: the index of its entry in the segment, and its own index there.
pub(crate) type TextPlace = (u16, u8);

/// The texts of a segment as they lie in the file: the position of its first entry, and the block.
pub(crate) type TextBlock = (u64, Vec<u8>);

/// The bytes of a text beside what it says: its place, its length, its salt.
const TEXT_FRAME_BYTES_MAX: usize = 2 + 1 + 3 + SALT_BYTES;
/// The most bytes of a block before compression: what ends a segment, and the texts of its last entry; more is not believed.
const RAW_BYTES_MAX: usize = SEGMENT_BYTES_ENOUGH
    + ENTRY_TEXTS_MAX * TEXT_BYTES_MAX
    + SEGMENT_ENTRIES_MAX * ENTRY_TEXTS_MAX * TEXT_FRAME_BYTES_MAX;

/// The message about a block that cannot be read.
pub(crate) const UNREADABLE: &str = "the texts of the entries make no sense";

/// A text as a block holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum StoredText {
    Kept { salt: [u8; SALT_BYTES], text: Vec<u8> },
    Removed,
}

impl From<&Text> for StoredText {
    fn from(text: &Text) -> Self {
        match text {
            Text::Kept { salt, text } => Self::Kept { salt: *salt, text: text.clone().into_bytes() },
            Text::Removed { .. } => Self::Removed,
        }
    }
}

/// The texts of a segment, by ascending place.
#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct SegmentTexts(Vec<(TextPlace, StoredText)>);

impl SegmentTexts {
    /// Takes texts with their places, which ascend.
    pub(crate) fn new<'a>(texts: impl IntoIterator<Item = (TextPlace, &'a Text)>) -> Self {
        Self(texts.into_iter().map(|(place, text)| (place, StoredText::from(text))).collect())
    }

    /// Tells whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Walks through the places of the texts.
    pub(crate) fn places(&self) -> impl Iterator<Item = TextPlace> {
        self.0.iter().map(|(place, _)| *place)
    }

    /// Gives the block: the bytes before compression, then one zstd frame of them, or they themselves.
    pub(crate) fn to_block(&self) -> Vec<u8> {
        let mut raw = Vec::new();
        for ((entry, index), text) in &self.0 {
            put_number(&mut raw, u64::from(*entry));
            raw.push(*index);
            match text {
                StoredText::Removed => put_number(&mut raw, 0),
                StoredText::Kept { salt, text } => {
                    put_number(&mut raw, text.len() as u64 + 1);
                    raw.extend_from_slice(salt);
                    raw.extend_from_slice(text);
                }
            }
        }
        let mut block = Vec::new();
        put_number(&mut block, raw.len() as u64);
        block.extend(compress(&raw).unwrap_or(raw));
        block
    }

    /// Reads a block; none where it makes no sense.
    pub(crate) fn read(block: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(block);
        let raw_bytes = bytes.size(RAW_BYTES_MAX)?;
        let raw = decompress(raw_bytes, bytes.0)?;
        let (mut raw, mut texts) = (Bytes(&raw), Vec::new());
        while !raw.0.is_empty() {
            let entry = u16::try_from(raw.size(SEGMENT_ENTRIES_MAX)?).ok()?;
            let place = (entry, raw.take(1)?[0]);
            let text = match raw.size(TEXT_BYTES_MAX + 1)? {
                0 => StoredText::Removed,
                length => {
                    let salt = raw.array()?;
                    StoredText::Kept { salt, text: raw.take(length - 1)?.to_vec() }
                }
            };
            if texts.last().is_some_and(|(last, _)| *last >= place) {
                return None;
            }
            texts.push((place, text));
        }
        Some(Self(texts))
    }

    /// Gives the text of a place, which the annex of its entry names by `hash`.
    pub(crate) fn text(&self, place: TextPlace, hash: [u8; HASH_BYTES]) -> Result<Text, &'static str> {
        let at = self.find(place).ok_or("a text of the entry is missing")?;
        match &self.0[at].1 {
            StoredText::Removed => Ok(Text::Removed { hash }),
            StoredText::Kept { salt, text } => {
                let text = String::from_utf8(text.clone()).ok().map(|text| Text::Kept { salt: *salt, text });
                text.filter(|text| text.hash() == hash).ok_or("a text of the entry does not match its hash")
            }
        }
    }

    /// Removes what the text of a place says; tells whether there is such a text.
    fn remove(&mut self, place: TextPlace) -> bool {
        let Some(at) = self.find(place) else { return false };
        self.0[at].1 = StoredText::Removed;
        true
    }

    fn find(&self, place: TextPlace) -> Option<usize> {
        self.0.binary_search_by_key(&place, |(place, _)| *place).ok()
    }
}

/// Reads the texts of the segment that begins at `first`; none where it has no block. Damage is named at `position`.
pub(crate) fn texts_of(rows: &Rows, first: u64, position: u64) -> Result<SegmentTexts, ReadError> {
    let block = rows.texts(first)?;
    if block.is_empty() {
        return Ok(SegmentTexts::default());
    }
    SegmentTexts::read(&block).ok_or_else(|| ReadError::damaged(position, None, UNREADABLE))
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
        if position == 0 || position > self.head().position {
            return Ok(false);
        }
        let found = self.with_db(|db| {
            let rows = Rows::open(db)?;
            let first = segment_start(&rows, position)?;
            Ok((first, texts_of(&rows, first, position)?))
        });
        let (first, mut texts) = found.map_err(|error| match error {
            ReadError::File(error) => AppendError::Failed(error),
            damaged @ ReadError::Damaged(_) => AppendError::Failed(FileError::Damaged(damaged.to_string())),
        })?;
        let entry = u16::try_from(position - first).unwrap_or_else(|_| unreachable!("a segment is short"));
        if !texts.remove((entry, index)) {
            return Ok(false);
        }
        let written = self.with_db(|db| write_texts(db, &(first, texts.to_block())));
        if written.is_err() {
            self.state_mut().failed = true;
        }
        written.map(|()| true).map_err(AppendError::Failed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_back(
            texts in prop::collection::btree_map((0_u16..512, 0_u8..16), (any::<[u8; SALT_BYTES]>(), "\\PC{0,20}"), 0..90),
        ) {
            let texts: Vec<_> =
                texts.into_iter().map(|(place, (salt, text))| (place, Text::Kept { salt, text })).collect();
            let mut block = SegmentTexts::new(texts.iter().map(|(place, text)| (*place, text)));
            let back = SegmentTexts::read(&block.to_block()).expect("just written");
            prop_assert_eq!(&back, &block);
            for (place, text) in &texts {
                prop_assert_eq!(back.text(*place, text.hash()), Ok(text.clone()));
                prop_assert!(back.text(*place, [0; HASH_BYTES]).is_err());
                prop_assert!(block.remove(*place));
            }
            let back = SegmentTexts::read(&block.to_block()).expect("just written");
            for (place, text) in &texts {
                prop_assert_eq!(back.text(*place, text.hash()), Ok(Text::Removed { hash: text.hash() }));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(block: Vec<u8>) {
            if let Some(texts) = SegmentTexts::read(&block) {
                prop_assert!(texts.places().is_sorted());
            }
        }
    }

    #[test]
    fn no_block_is_longer_than_what_is_believed() {
        let long = Text::Kept { salt: [1; SALT_BYTES], text: "x".repeat(TEXT_BYTES_MAX) };
        let texts = (0..16).map(|index| ((511, index), &long));
        assert!(SegmentTexts::read(&SegmentTexts::new(texts).to_block()).is_some());
    }

    #[test]
    fn places_ascend() {
        let text = Text::Removed { hash: [0; HASH_BYTES] };
        let twice = SegmentTexts::new([((1, 0), &text), ((1, 0), &text)]);
        assert_eq!(SegmentTexts::read(&twice.to_block()), None);
    }
}
