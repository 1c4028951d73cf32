//! Reading: forward in chunks, each with a fresh read transaction, and single entries; everything is checked.

use std::borrow::Cow;
use std::ops::Range;

use redb::Database;

use crate::annex::{Annex, Beside};
use crate::errors::{FileError, ReadError};
use crate::frame::{Header, SegmentSizes};
use crate::log::Log;
use crate::record::rows;
use crate::rows::{Key, Rows, Value};
use crate::segment::{Unpacked, unpack};
use crate::shapes::Batch;
use crate::texts::{SegmentTexts, texts_of};

/// A read ends with the segment that reaches so many bytes, even if more entries were asked for.
const READ_BYTES_ENOUGH: usize = 64 << 20;

impl Log {
    /// Reads at most `entries_max` entries behind position `after`, in order, as batches or parts of them.
    ///
    /// Fewer come if they are long or damage follows; none come only at the end of the log. To read on, pass
    /// the position of the last entry. Memory is bounded by about 64 MiB, and nothing is held between calls.
    ///
    /// # Errors
    /// Damage at the first entry that is read, or a disk that fails.
    ///
    /// # Examples
    /// ```
    /// # use ozg_log::{Facts, Log, NewBatch, NewEntry};
    /// # let log = Log::in_memory();
    /// # let entries = vec![NewEntry::from(&b"live in Potsdam"[..]), NewEntry::from(&b"live in Cottbus"[..])];
    /// # let recorded_at_ms = 1_717_200_000_000;
    /// # log.append(&[NewBatch { recorded_at_ms, office: "bb", simulated: false, facts: Facts::default(), entries }])?;
    /// // A log with one batch of two entries.
    /// let parts = log.batches(1, 100)?;
    /// let entry = parts[0].entries().next().ok_or("an entry")?;
    /// assert_eq!((entry.position, entry.payload), (2, &b"live in Cottbus"[..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn batches(&self, after: u64, entries_max: usize) -> Result<Vec<Batch>, ReadError> {
        let end = self.head().position;
        let mut parts = Vec::new();
        if after >= end || entries_max == 0 {
            return Ok(parts);
        }
        let mut wanted = Wanted { next: after + 1, end, entries: entries_max, bytes: READ_BYTES_ENOUGH };
        match self.with_db(|db| wanted.read(db, &mut parts)) {
            Err(_) if !parts.is_empty() => Ok(parts),
            Err(error) => Err(error),
            Ok(()) if parts.is_empty() => Err(missing(after + 1)),
            Ok(()) => Ok(parts),
        }
    }

    /// Reads one entry, as a part of its batch; none if the log ends before `position`, or that is 0.
    pub fn entry(&self, position: u64) -> Result<Option<Batch>, ReadError> {
        if position == 0 || position > self.head().position {
            return Ok(None);
        }
        self.with_db(|db| {
            let rows = Rows::open(db)?;
            let record = Record::of(&rows, position)?;
            let (first, sizes, at) = record.segment_of(position).ok_or_else(|| missing(position))?;
            let index = index_in(first, position);
            Ok(Some(record.part(first, sizes, at, index..index + 1)?))
        })
    }
}

/// Gives the position at which the segment of an entry begins.
pub(crate) fn segment_start(rows: &Rows, position: u64) -> Result<u64, ReadError> {
    let segment = Record::of(rows, position)?.segment_of(position);
    segment.map(|(first, ..)| first).ok_or_else(|| missing(position))
}

/// What a forward read still wants.
struct Wanted {
    next: u64,
    /// Nothing behind this is handed out: it is not known to be durable.
    end: u64,
    entries: usize,
    bytes: usize,
}

impl Wanted {
    fn read(&mut self, db: &Database, parts: &mut Vec<Batch>) -> Result<(), ReadError> {
        let rows = Rows::open(db)?;
        for row in rows.from(self.next)? {
            let (key, value) = row?;
            // The further rows of the batch just read.
            if key.1 > 0 && key.0 + 1 == self.next {
                continue;
            }
            self.read_record(&Record::open(&rows, (key, value), self.next)?, parts)?;
            if self.is_satisfied() {
                break;
            }
        }
        Ok(())
    }

    fn read_record(&mut self, record: &Record<'_>, parts: &mut Vec<Batch>) -> Result<(), ReadError> {
        for (first, sizes, at) in record.segments() {
            let end = first + sizes.count as u64;
            if end <= self.next {
                continue;
            }
            let start = index_in(first, self.next);
            let stop = sizes.count.min(start.saturating_add(self.entries));
            parts.push(record.part(first, sizes, at, start..stop)?);
            self.entries -= stop - start;
            self.bytes = self.bytes.saturating_sub(sizes.raw_bytes);
            self.next = first + stop as u64;
            if self.is_satisfied() {
                break;
            }
        }
        Ok(())
    }

    fn is_satisfied(&self) -> bool {
        self.entries == 0 || self.bytes == 0 || self.next > self.end
    }
}

/// A stored batch whose header was read and checked.
pub(crate) struct Record<'r> {
    rows: &'r Rows,
    last: u64,
    first_row: Value,
    header: Header,
}

impl<'r> Record<'r> {
    /// Opens the record that holds `position`.
    fn of(rows: &'r Rows, position: u64) -> Result<Self, ReadError> {
        let row = rows.from(position)?.next().ok_or_else(|| missing(position))??;
        Self::open(rows, row, position)
    }

    /// Opens the record that `row` starts and that should hold `position`.
    fn open(
        rows: &'r Rows,
        ((last, number), first_row): (Key, Value),
        position: u64,
    ) -> Result<Self, ReadError> {
        if number != 0 {
            return Err(ReadError::damaged(position, None, "the first row of the batch is missing"));
        }
        let header = Header::read(last, first_row.value()).map_err(|what| {
            ReadError::damaged(position, None, format!("{what}, in the batch up to {last}"))
        })?;
        if header.info.first > position {
            return Err(missing(position));
        }
        Ok(Self { rows, last, first_row, header })
    }

    /// Walks through the segments: first position, sizes, where in the record.
    fn segments(&self) -> impl Iterator<Item = (u64, SegmentSizes, Range<usize>)> + '_ {
        let (mut first, mut at) = (self.header.info.first, self.header.bytes);
        self.header.segments.iter().map(move |sizes| {
            let segment = (first, *sizes, at..at + sizes.record_bytes());
            (first, at) = (first + sizes.count as u64, segment.2.end);
            segment
        })
    }

    fn segment_of(&self, position: u64) -> Option<(u64, SegmentSizes, Range<usize>)> {
        self.segments().find(|(first, sizes, _)| position - first < sizes.count as u64)
    }

    /// Reads the entries `wanted` of a segment.
    fn part(
        &self,
        first: u64,
        sizes: SegmentSizes,
        at: Range<usize>,
        wanted: Range<usize>,
    ) -> Result<Batch, ReadError> {
        let position = first + wanted.start as u64;
        let Unpacked { data, bounds, .. } = self.unpack(first, sizes, at, wanted.clone())?;
        let annexes = if self.header.has_annexes {
            let texts = texts_of(self.rows, first, position)?;
            let entries = wanted.zip(bounds.windows(2));
            entries
                .map(|(index, ends)| self.annex(first, index, &data, ends, &texts))
                .collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        Ok(Batch::new(self.header.info.clone(), position, data, bounds, annexes))
    }

    /// Reads the annex of an entry, with its texts, and tells where in `data` its payload begins.
    fn annex(
        &self,
        first: u64,
        index: usize,
        data: &[u8],
        ends: &[u32],
        texts: &SegmentTexts,
    ) -> Result<(u32, Annex), ReadError> {
        let damaged = |what| ReadError::damaged(first + index as u64, Some(self.header.number), what);
        let stored = &data[ends[0] as usize..ends[1] as usize];
        let beside = Beside::read(stored).ok_or_else(|| damaged("the annex of the entry makes no sense"))?;
        let entry = u16::try_from(index).unwrap_or_else(|_| unreachable!("a segment is short"));
        let named =
            (0..).zip(beside.hashes).map(|(text, hash)| texts.text((entry, text), hash).map_err(damaged));
        let texts = named.collect::<Result<_, _>>()?;
        let before = u32::try_from(beside.payload_at).unwrap_or_else(|_| unreachable!("an annex is short"));
        Ok((ends[0] + before, Annex { facts: beside.facts, texts }))
    }

    fn unpack(
        &self,
        first: u64,
        sizes: SegmentSizes,
        at: Range<usize>,
        wanted: Range<usize>,
    ) -> Result<Unpacked, ReadError> {
        let position = first + wanted.start as u64;
        let stored = self.bytes(at)?.ok_or_else(|| {
            ReadError::damaged(
                position,
                Some(self.header.number),
                "a row of the batch is missing or too short",
            )
        })?;
        unpack(sizes, &stored, wanted).map_err(|spoilt| {
            ReadError::damaged(first + spoilt.index as u64, Some(self.header.number), spoilt.what)
        })
    }

    /// Takes bytes out of the record; none if a row is missing or too short.
    fn bytes(&self, wanted: Range<usize>) -> Result<Option<Cow<'_, [u8]>>, FileError> {
        if let Some(bytes) = self.first_row.value().get(wanted.clone()) {
            return Ok(Some(Cow::Borrowed(bytes)));
        }
        let mut bytes = Vec::with_capacity(wanted.len());
        for (number, range) in (0_u16..).zip(rows(self.header.record_bytes())) {
            let (start, end) = (wanted.start.max(range.start), wanted.end.min(range.end));
            if start >= end {
                continue;
            }
            let Some(row) = self.rows.get((self.last, number))? else { return Ok(None) };
            let Some(part) = row.value().get(start - range.start..end - range.start) else { return Ok(None) };
            bytes.extend_from_slice(part);
        }
        Ok(Some(Cow::Owned(bytes)))
    }
}

fn missing(position: u64) -> ReadError {
    ReadError::damaged(position, None, "the batch with this entry is missing")
}

/// Gives the index of `position` in a segment, which has at most a few hundred entries.
fn index_in(first: u64, position: u64) -> usize {
    usize::try_from(position - first).unwrap_or(usize::MAX)
}
