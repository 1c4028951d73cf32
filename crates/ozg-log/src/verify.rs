//! Going through the whole log, entry by entry and link by link of the chain.

use redb::Database;

use crate::chain::Link;
use crate::errors::{FileError, ReadError};
use crate::frame::Header;
use crate::log::Log;
use crate::record::{head_after, rows};
use crate::rows::{Key, Rows};
use crate::segment::unpack;
use crate::shapes::Head;

/// After so many bytes a walk takes a fresh read transaction.
const STEP_BYTES_ENOUGH: usize = 8 << 20;

/// A batch that was found good: the position of its last entry, and its record.
pub(crate) type GoodRecord = (u64, Vec<u8>);

impl Log {
    /// Verifies everything up to the present head and returns that head, or names the first damage.
    ///
    /// Every entry must match its check, positions be gapless, times never go back, the chain hold and every
    /// row be there. `progress` is told the position reached, every few MiB.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> Result<Head, ReadError> {
        let head = self.head();
        let mut walk = Walk::new(head);
        while !self.step(&mut walk)?.is_empty() {
            progress(walk.at.position);
        }
        Ok(head)
    }

    /// Verifies the next few MiB with a fresh read transaction and gives them; nothing at the end.
    pub(crate) fn step(&self, walk: &mut Walk) -> Result<Vec<GoodRecord>, ReadError> {
        self.with_db(|db| walk.step(db))
    }
}

/// How far a walk got.
pub(crate) struct Walk {
    /// The end of what was found good.
    pub(crate) at: Head,
    until: Head,
    simulated: Option<bool>,
}

impl Walk {
    /// Starts at the beginning, to end at a head known to be durable.
    pub(crate) fn new(until: Head) -> Self {
        Self { at: Head::default(), until, simulated: None }
    }

    fn step(&mut self, db: &Database) -> Result<Vec<GoodRecord>, ReadError> {
        let mut good: Vec<GoodRecord> = Vec::new();
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
        while bytes < STEP_BYTES_ENOUGH && self.at.position < self.until.position {
            let first = self.at.position + 1;
            let (last, record) = self.next_record(&mut rows)?;
            check_found(&table, (first, last), &record, self.at.batches)?;
            bytes += record.len();
            good.push((last, record));
        }
        Ok(good)
    }

    /// Takes the rows of the next batch and checks all of it.
    fn next_record(
        &mut self,
        found: &mut dyn Iterator<Item = Result<(Key, Vec<u8>), FileError>>,
    ) -> Result<GoodRecord, ReadError> {
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
        self.at = self.check_record(&header, &record)?;
        self.simulated = Some(header.info.simulated);
        Ok((key.0, record))
    }

    /// Checks a batch against the one before, each of its entries, and its link of the chain.
    fn check_record(&self, header: &Header, record: &[u8]) -> Result<Head, ReadError> {
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
        let mut link = Link::new(&self.at.chain, info);
        let (mut first, mut at) = (info.first, header.bytes);
        for sizes in &header.segments {
            let stored = &record[at..at + sizes.record_bytes()];
            let unpacked = unpack(*sizes, stored, 0..sizes.count).map_err(|spoilt| {
                ReadError::damaged(first + spoilt.index as u64, Some(header.number), spoilt.what)
            })?;
            link.add(&unpacked.hashes);
            (first, at) = (first + sizes.count as u64, at + stored.len());
        }
        if link.finish() != info.chain {
            return Err(self.damaged("the chain does not hold: an entry or a batch was changed"));
        }
        Ok(head_after(header.number, info))
    }

    fn damaged(&self, what: &str) -> ReadError {
        ReadError::damaged(self.at.position + 1, Some(self.at.batches + 1), what)
    }
}

/// Checks that the rows of a batch are found by looking for them, too: the way to them may be damaged.
fn check_found(table: &Rows, (first, last): (u64, u64), record: &[u8], batch: u64) -> Result<(), ReadError> {
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
    Ok(())
}
