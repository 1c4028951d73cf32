//! Going through the whole log, entry by entry and link by link of the chain.

use redb::Database;

use crate::annex::{Beside, HASH_BYTES};
use crate::chain::Link;
use crate::errors::{FileError, ReadError};
use crate::frame::Header;
use crate::log::Log;
use crate::record::{head_after, rows};
use crate::rows::{Key, Rows, StoredBatch};
use crate::segment::{Unpacked, unpack};
use crate::shapes::{Head, Verified};
use crate::texts::{SegmentTexts, TextBlock, TextPlace, UNREADABLE};

/// After so many bytes a walk takes a fresh read transaction.
const STEP_BYTES_ENOUGH: usize = 8 << 20;

/// A batch that was found good: the position of its last entry, its record and its texts.
pub(crate) struct GoodBatch {
    last: u64,
    record: Vec<u8>,
    texts: Vec<TextBlock>,
}

impl GoodBatch {
    /// Gives the batch to be written as it is.
    pub(crate) fn as_stored(&self) -> StoredBatch<'_> {
        StoredBatch { last: self.last, record: &self.record, texts: &self.texts }
    }
}

impl Log {
    /// Verifies everything up to the present head and returns that head, or names the first damage.
    ///
    /// Every entry and every text must match its check, positions be gapless, times never go back, the chain hold and every
    /// row be there. A removed text is not damage; removed texts are counted. `progress` gets the reached position every few
    /// MiB.
    ///
    /// # Errors
    /// The first damage with its position, or a disk that fails.
    ///
    /// # Examples
    /// ```
    /// # use ozg_log::{Facts, Log, NewBatch, NewEntry};
    /// # let log = Log::in_memory();
    /// # let entries = vec![NewEntry::from(&b"live in Potsdam"[..]), NewEntry::from(&b"live in Cottbus"[..])];
    /// # let recorded_at_ms = 1_717_200_000_000;
    /// # log.append(&[NewBatch { recorded_at_ms, office: "bb", simulated: false, facts: Facts::default(), entries }])?;
    /// // A log with one batch of two entries.
    /// let verified = log.verify(&mut |_| {})?;
    /// assert_eq!((verified.head.position, verified.texts_removed), (2, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> Result<Verified, ReadError> {
        let head = self.head();
        let mut walk = Walk::new(head);
        while !self.step(&mut walk)?.is_empty() {
            progress(walk.at.position);
        }
        Ok(Verified { head, texts_removed: walk.texts_removed })
    }

    /// Verifies the next few MiB with a fresh read transaction and gives them; nothing at the end.
    pub(crate) fn step(&self, walk: &mut Walk) -> Result<Vec<GoodBatch>, ReadError> {
        self.with_db(|db| walk.step(db))
    }
}

/// How far a walk got.
pub(crate) struct Walk {
    /// The end of what was found good.
    pub(crate) at: Head,
    /// How many texts were found to be removed.
    texts_removed: u64,
    until: Head,
    simulated: Option<bool>,
}

impl Walk {
    /// Starts at the beginning, to end at a head known to be durable.
    pub(crate) fn new(until: Head) -> Self {
        Self { at: Head::default(), texts_removed: 0, until, simulated: None }
    }

    fn step(&mut self, db: &Database) -> Result<Vec<GoodBatch>, ReadError> {
        let mut good: Vec<GoodBatch> = Vec::new();
        if self.at.position == self.until.position {
            return if self.at == self.until {
                Ok(good)
            } else {
                Err(self.damaged("the log ends otherwise"))
            };
        }
        let table = Rows::open(db)?;
        let mut bytes = 0;
        let mut rows =
            table.from(self.at.position + 1)?.map(|row| row.map(|(key, row)| (key, row.value().to_vec())));
        let mut texts = table.texts_from(self.at.position + 1)?.peekable();
        while bytes < STEP_BYTES_ENOUGH && self.at.position < self.until.position {
            let (first, number) = (self.at.position + 1, self.at.batches + 1);
            let Found { last, record, hashes } = self.next_record(&mut rows)?;
            let is_of_batch = |row: &Result<(Key, Vec<u8>), FileError>| {
                row.as_ref().map_or(true, |((position, _), _)| *position <= last)
            };
            let found = std::iter::from_fn(|| texts.next_if(is_of_batch)).collect::<Result<Vec<_>, _>>()?;
            let blocks = blocks(found, number)?;
            self.check_texts(number, hashes, &blocks)?;
            check_found(&table, (first, last), &record, &blocks, number)?;
            bytes += record.len() + blocks.iter().map(|(_, block)| block.len()).sum::<usize>();
            good.push(GoodBatch { last, record, texts: blocks });
        }
        Ok(good)
    }

    /// Checks that the texts of a batch are those that its entries name.
    fn check_texts(
        &mut self,
        number: u64,
        named: Vec<TextHashes>,
        blocks: &[TextBlock],
    ) -> Result<(), ReadError> {
        let mut blocks = blocks.iter().peekable();
        for TextHashes { first, hashes } in named {
            let damaged = |entry, what| ReadError::damaged(first + u64::from(entry), Some(number), what);
            let texts = match blocks.next_if(|(block, _)| *block == first) {
                Some((_, block)) => SegmentTexts::read(block).ok_or_else(|| damaged(0, UNREADABLE))?,
                None => SegmentTexts::default(),
            };
            for (place, hash) in &hashes {
                let text = texts.text(*place, *hash).map_err(|what| damaged(place.0, what))?;
                self.texts_removed += u64::from(text.text().is_none());
            }
            let mut named = hashes.iter().map(|(place, _)| *place);
            if let Some((entry, _)) = texts.places().find(|place| named.next() != Some(*place)) {
                return Err(damaged(entry, "there is a text that no entry names"));
            }
        }
        blocks.next().map_or(Ok(()), |(first, _)| {
            Err(ReadError::damaged(*first, Some(number), "there are texts of a segment that does not exist"))
        })
    }

    /// Takes the rows of the next batch and checks all of it.
    fn next_record(
        &mut self,
        found: &mut dyn Iterator<Item = Result<(Key, Vec<u8>), FileError>>,
    ) -> Result<Found, ReadError> {
        let missing = "a row of the batch is missing";
        let (key, mut record) = found.next().ok_or_else(|| self.damaged(missing))??;
        if key.1 != 0 {
            return Err(self.damaged("the first row of the batch is missing, or there is one row too many"));
        }
        let header = Header::read(key.0, &record).map_err(|what| self.damaged(what))?;
        for (number, range) in (0_u16..).zip(rows(header.record_bytes())) {
            if number > 0 {
                let (next, row) = found.next().ok_or_else(|| self.damaged(missing))??;
                if next != (key.0, number) {
                    return Err(self.damaged(missing));
                }
                record.extend_from_slice(&row);
            }
            if record.len() != range.end {
                return Err(self.damaged("a row of the batch has another length"));
            }
        }
        let (at, hashes) = self.check_record(&header, &record)?;
        self.at = at;
        self.simulated = Some(header.info.simulated);
        Ok(Found { last: key.0, record, hashes })
    }

    /// Checks a batch against the one before, each of its entries, and its link of the chain; gives the hashes of its texts.
    fn check_record(&self, header: &Header, record: &[u8]) -> Result<(Head, Vec<TextHashes>), ReadError> {
        let info = &header.info;
        if info.first != self.at.position + 1 || header.number != self.at.batches + 1 {
            return Err(self.damaged("the batch does not follow the one before"));
        }
        if self.at.batches > 0 && info.recorded_at_ms < self.at.recorded_at_ms {
            return Err(self.damaged("the batch was recorded before the one before"));
        }
        if self.simulated.is_some_and(|simulated| simulated != info.simulated) {
            return Err(self.damaged("real and simulated batches are mixed"));
        }
        let mut link = Link::new(&self.at.chain, info, header.has_annexes);
        let (mut first, mut at, mut hashes) = (info.first, header.bytes, Vec::new());
        for sizes in &header.segments {
            let stored = &record[at..at + sizes.record_bytes()];
            let unpacked = unpack(*sizes, stored, 0..sizes.count).map_err(|spoilt| {
                ReadError::damaged(first + spoilt.index as u64, Some(header.number), spoilt.what)
            })?;
            link.add(&unpacked.hashes);
            if header.has_annexes {
                hashes.push(TextHashes::of(first, header.number, &unpacked)?);
            }
            (first, at) = (first + sizes.count as u64, at + stored.len());
        }
        if link.finish() != info.chain {
            return Err(self.damaged("the chain does not hold: an entry or a batch was changed"));
        }
        Ok((head_after(header.number, info), hashes))
    }

    fn damaged(&self, what: &str) -> ReadError {
        ReadError::damaged(self.at.position + 1, Some(self.at.batches + 1), what)
    }
}

/// The rows of a batch, put together, and the hashes of its texts.
struct Found {
    last: u64,
    record: Vec<u8>,
    hashes: Vec<TextHashes>,
}

/// The texts that the entries of a segment name, by ascending place.
struct TextHashes {
    /// The position of the first entry of the segment.
    first: u64,
    hashes: Vec<(TextPlace, [u8; HASH_BYTES])>,
}

impl TextHashes {
    fn of(first: u64, batch: u64, unpacked: &Unpacked) -> Result<Self, ReadError> {
        let mut hashes = Vec::new();
        for (entry, ends) in (0_u16..).zip(unpacked.bounds.windows(2)) {
            let stored = &unpacked.data[ends[0] as usize..ends[1] as usize];
            let beside = Beside::read(stored).ok_or_else(|| {
                let position = first + u64::from(entry);
                ReadError::damaged(position, Some(batch), "the annex of the entry makes no sense")
            })?;
            hashes.extend((0..).zip(beside.hashes).map(|(index, hash)| ((entry, index), hash)));
        }
        Ok(Self { first, hashes })
    }
}

/// Puts the rows of texts together, a block for each segment.
fn blocks(found: Vec<(Key, Vec<u8>)>, batch: u64) -> Result<Vec<TextBlock>, ReadError> {
    let mut blocks: Vec<TextBlock> = Vec::new();
    for ((first, number), row) in found {
        match blocks.last_mut() {
            Some((last, block)) if *last == first && number > 0 => block.extend(row),
            _ if number == 0 => blocks.push((first, row)),
            _ => return Err(ReadError::damaged(first, Some(batch), "the first row of the texts is missing")),
        }
    }
    Ok(blocks)
}

/// Checks that the rows of a batch are found by looking for them, too: the way to them may be damaged.
fn check_found(
    table: &Rows,
    (first, last): (u64, u64),
    record: &[u8],
    texts: &[TextBlock],
    batch: u64,
) -> Result<(), ReadError> {
    let lost = |position| ReadError::damaged(position, Some(batch), "the batch is not found by its position");
    for position in [first, last] {
        let (key, _) = table.from(position)?.next().ok_or_else(|| lost(position))??;
        if key != (last, 0) {
            return Err(lost(position));
        }
    }
    for (number, range) in (0_u16..).zip(rows(record.len())) {
        let row = table.get((last, number))?.ok_or_else(|| lost(first))?;
        if row.value() != &record[range] {
            return Err(lost(first));
        }
    }
    for (first, block) in texts {
        if table.texts(*first)? != *block {
            return Err(ReadError::damaged(*first, Some(batch), "texts are not found by their position"));
        }
    }
    Ok(())
}
