//! The header of a batch as bytes: what FORMAT.md says, written and read back.

use crate::annex::Facts;
use crate::bytes::{Bytes, put_number};
use crate::chain::{CHECK_BYTES, header_check};
use crate::segment::{RAW_BYTES_MAX, SEGMENT_ENTRIES_MAX};
use crate::shapes::BatchInfo;
use crate::{BATCH_ENTRIES_MAX, BATCH_FACTS_BYTES_MAX, OFFICE_BYTES_MAX};

const SIMULATED: u8 = 1;
const ANNEXES: u8 = 2;
const FACTS: u8 = 4;
/// Where the fields begin, behind the check and the length.
const FIELDS_AT: usize = CHECK_BYTES + 2;

/// The sizes of one segment: entries that are compressed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SegmentSizes {
    /// Its entries.
    pub(crate) count: usize,
    /// The bytes of its lengths and payloads before compression.
    pub(crate) raw_bytes: usize,
    /// The bytes of the same as stored; equal to `raw_bytes` if not compressed.
    pub(crate) stored_bytes: usize,
}

impl SegmentSizes {
    /// Gives the bytes that the segment takes in the record, checks included.
    pub(crate) fn record_bytes(&self) -> usize {
        self.count * CHECK_BYTES + self.stored_bytes
    }
}

/// The header of a stored batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// The number of the batch, from 1.
    pub(crate) number: u64,
    /// What is known of the batch.
    pub(crate) info: BatchInfo,
    /// Whether annexes stand before the payloads of the entries.
    pub(crate) has_annexes: bool,
    /// The segments in order.
    pub(crate) segments: Vec<SegmentSizes>,
    /// The length of the header itself.
    pub(crate) bytes: usize,
}

impl Header {
    /// Gives the length of the whole record: header and segments.
    pub(crate) fn record_bytes(&self) -> usize {
        self.bytes + self.segments.iter().map(SegmentSizes::record_bytes).sum::<usize>()
    }

    /// Writes a header.
    pub(crate) fn write(
        number: u64,
        info: &BatchInfo,
        has_annexes: bool,
        segments: &[SegmentSizes],
    ) -> Vec<u8> {
        let mut out = vec![0; FIELDS_AT];
        out.push(flags(info, has_annexes));
        put_number(&mut out, number);
        put_number(&mut out, info.last - info.first);
        put_number(&mut out, zigzag(info.recorded_at_ms));
        out.push(u8::try_from(info.office.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(info.office.as_bytes());
        if !info.facts.is_empty() {
            let facts = info.facts.to_bytes();
            put_number(&mut out, facts.len() as u64);
            out.extend_from_slice(&facts);
        }
        out.extend_from_slice(&info.chain);
        put_number(&mut out, segments.len() as u64);
        for segment in segments {
            put_number(&mut out, segment.count as u64);
            put_number(&mut out, segment.raw_bytes as u64);
            put_number(&mut out, segment.stored_bytes as u64);
        }
        let length = u16::try_from(out.len()).unwrap_or(u16::MAX);
        out[CHECK_BYTES..FIELDS_AT].copy_from_slice(&length.to_le_bytes());
        let check = header_check(info.last, &out[CHECK_BYTES..]);
        out[..CHECK_BYTES].copy_from_slice(&check);
        out
    }

    /// Checks and reads the header at the start of the first row stored under `last`.
    pub(crate) fn read(last: u64, row: &[u8]) -> Result<Self, &'static str> {
        let length = row.get(CHECK_BYTES..FIELDS_AT).ok_or("the batch header is cut off")?;
        let bytes = usize::from(u16::from_le_bytes([length[0], length[1]]));
        let header = row.get(..bytes).ok_or("the batch header is cut off")?;
        let checked = header.get(CHECK_BYTES..).ok_or("the batch header is cut off")?;
        if header_check(last, checked) != header[..CHECK_BYTES] {
            return Err("the batch header does not match its check");
        }
        read_fields(Bytes(&header[FIELDS_AT..]), last, bytes).ok_or("the batch header makes no sense")
    }
}

/// Gives the flags of a batch: what there is of it.
pub(crate) fn flags(info: &BatchInfo, has_annexes: bool) -> u8 {
    let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
    flag(info.simulated, SIMULATED) | flag(has_annexes, ANNEXES) | flag(!info.facts.is_empty(), FACTS)
}

fn read_fields(mut fields: Bytes<'_>, last: u64, bytes: usize) -> Option<Header> {
    let flags = fields.take(1)?[0];
    if flags & !(SIMULATED | ANNEXES | FACTS) != 0 {
        return None;
    }
    let number = fields.number()?;
    let first = last.checked_sub(fields.number()?).filter(|first| *first > 0)?;
    let recorded_at_ms = unzigzag(fields.number()?);
    let office_bytes = usize::from(fields.take(1)?[0]);
    debug_assert!(office_bytes <= OFFICE_BYTES_MAX);
    let office = std::str::from_utf8(fields.take(office_bytes)?).ok()?.to_owned();
    let facts = if flags & FACTS == 0 { Facts::default() } else { read_facts(&mut fields)? };
    let chain = fields.array()?;
    let segments = read_segments(&mut fields, last - first + 1)?;
    let simulated = flags & SIMULATED != 0;
    let info = BatchInfo { first, last, recorded_at_ms, office, simulated, facts, chain };
    let has_annexes = flags & ANNEXES != 0;
    fields.0.is_empty().then_some(Header { number, info, has_annexes, segments, bytes })
}

/// Reads the facts of a batch that has some.
fn read_facts(fields: &mut Bytes<'_>) -> Option<Facts> {
    let length = fields.size(BATCH_FACTS_BYTES_MAX)?;
    Facts::read(fields.take(length)?).filter(|facts| !facts.is_empty())
}

fn read_segments(fields: &mut Bytes<'_>, entries: u64) -> Option<Vec<SegmentSizes>> {
    let segment_count = fields.size(BATCH_ENTRIES_MAX)?;
    let segments: Vec<_> = (0..segment_count).map(|_| read_segment(fields)).collect::<Option<_>>()?;
    let counted: usize = segments.iter().map(|segment| segment.count).sum();
    (counted as u64 == entries).then_some(segments)
}

fn read_segment(fields: &mut Bytes<'_>) -> Option<SegmentSizes> {
    let count = fields.size(SEGMENT_ENTRIES_MAX).filter(|count| *count > 0)?;
    let raw_bytes = fields.size(RAW_BYTES_MAX)?;
    let stored_bytes = fields.size(raw_bytes)?;
    Some(SegmentSizes { count, raw_bytes, stored_bytes })
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample(recorded_at_ms: i64, office: &str) -> Vec<u8> {
        let office = office.to_owned();
        let facts = Facts::from_iter([(1, b"2026-01-31".to_vec()), (70_000, vec![0; 90])]);
        let info =
            BatchInfo { first: 3, last: 602, recorded_at_ms, office, simulated: true, facts, chain: [7; 32] };
        let big = SegmentSizes { count: 512, raw_bytes: 90_000, stored_bytes: 20_000 };
        let small = SegmentSizes { count: 88, raw_bytes: 70, stored_bytes: 70 };
        Header::write(2, &info, true, &[big, small])
    }

    proptest! {
        #[test]
        fn a_header_comes_back(at: i64, office in "\\PC{0,60}") {
            let mut row = sample(at, &office);
            let bytes = row.len();
            row.extend([9; 50]);
            let header = Header::read(602, &row).expect("it was just written");
            prop_assert_eq!((header.bytes, header.number, header.info.recorded_at_ms), (bytes, 2, at));
            prop_assert_eq!(&header.info.office, &office);
            prop_assert!(header.has_annexes && header.info.facts.get(1) == Some(b"2026-01-31"));
            prop_assert_eq!(header.record_bytes(), bytes + 600 * 8 + 20_070);
        }

        #[test]
        fn any_bytes_are_refused_without_panic(row: Vec<u8>, last: u64) {
            prop_assert!(Header::read(last, &row).is_err());
            let _ = read_fields(Bytes(&row), last, 0);
        }
    }

    #[test]
    fn every_flipped_bit_and_every_other_place_is_refused() {
        let row = sample(1_700_000_000_000, "amt");
        assert!(Header::read(601, &row).is_err());
        for bit in 0..row.len() * 8 {
            let mut flipped = row.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(Header::read(602, &flipped).is_err(), "bit {bit}");
        }
    }
}
