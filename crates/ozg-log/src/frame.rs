//! The header of a batch as bytes: what FORMAT.md says, written and read back.

use crate::chain::{CHECK_BYTES, header_check};
use crate::segment::{RAW_BYTES_MAX, SEGMENT_ENTRIES_MAX};
use crate::shapes::BatchInfo;
use crate::{BATCH_ENTRIES_MAX, OFFICE_BYTES_MAX};

const SIMULATED: u8 = 1;
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
    pub(crate) fn write(number: u64, info: &BatchInfo, segments: &[SegmentSizes]) -> Vec<u8> {
        let mut out = vec![0; FIELDS_AT];
        out.push(if info.simulated { SIMULATED } else { 0 });
        put_number(&mut out, number);
        put_number(&mut out, info.last - info.first);
        put_number(&mut out, zigzag(info.recorded_at_ms));
        out.push(u8::try_from(info.office.len()).unwrap_or(u8::MAX));
        out.extend_from_slice(info.office.as_bytes());
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
        Fields(&header[FIELDS_AT..]).header(last, bytes).ok_or("the batch header makes no sense")
    }
}

/// Fields that are taken off one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn header(mut self, last: u64, bytes: usize) -> Option<Header> {
        let flags = self.take(1)?[0];
        if flags & !SIMULATED != 0 {
            return None;
        }
        let number = self.number()?;
        let first = last.checked_sub(self.number()?).filter(|first| *first > 0)?;
        let recorded_at_ms = unzigzag(self.number()?);
        let office_bytes = usize::from(self.take(1)?[0]);
        debug_assert!(office_bytes <= OFFICE_BYTES_MAX);
        let office = std::str::from_utf8(self.take(office_bytes)?).ok()?.to_owned();
        let chain = self.take(32)?.try_into().ok()?;
        let segments = self.segments(last - first + 1)?;
        let info =
            BatchInfo { first, last, recorded_at_ms, office, simulated: flags & SIMULATED != 0, chain };
        self.0.is_empty().then_some(Header { number, info, segments, bytes })
    }

    fn segments(&mut self, entries: u64) -> Option<Vec<SegmentSizes>> {
        let segment_count = self.size(BATCH_ENTRIES_MAX)?;
        let segments: Vec<_> = (0..segment_count).map(|_| self.segment()).collect::<Option<_>>()?;
        let counted: usize = segments.iter().map(|segment| segment.count).sum();
        (counted as u64 == entries).then_some(segments)
    }

    fn segment(&mut self) -> Option<SegmentSizes> {
        let count = self.size(SEGMENT_ENTRIES_MAX).filter(|count| *count > 0)?;
        let raw_bytes = self.size(RAW_BYTES_MAX)?;
        let stored_bytes = self.size(raw_bytes)?;
        Some(SegmentSizes { count, raw_bytes, stored_bytes })
    }

    /// Takes a number that is at most `max`.
    fn size(&mut self, max: usize) -> Option<usize> {
        self.number().and_then(|number| usize::try_from(number).ok()).filter(|size| *size <= max)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Takes an LEB128 number of at most 64 bits.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
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
        let info = BatchInfo { first: 3, last: 602, recorded_at_ms, office, simulated: true, chain: [7; 32] };
        let big = SegmentSizes { count: 512, raw_bytes: 90_000, stored_bytes: 20_000 };
        let small = SegmentSizes { count: 88, raw_bytes: 70, stored_bytes: 70 };
        Header::write(2, &info, &[big, small])
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
            prop_assert_eq!(header.record_bytes(), bytes + 600 * 8 + 20_070);
        }

        #[test]
        fn any_bytes_are_refused_without_panic(row: Vec<u8>, last: u64) {
            prop_assert!(Header::read(last, &row).is_err());
            let _ = Fields(&row).header(last, 0);
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
