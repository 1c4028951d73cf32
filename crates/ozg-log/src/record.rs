//! A record: one batch as bytes, and how they are cut into rows that fill the pages of the store.

use std::ops::Range;

use crate::chain::Link;
use crate::frame::{Header, SegmentSizes};
use crate::segment::Packed;
use crate::shapes::{BatchInfo, Head, NewBatch};
use crate::texts::TextBlock;

/// The lengths of rows, longest first. A value above 4 KiB takes pages of a power of two together; key and
/// page header take less than 64 bytes. What is left over, at most the shortest of these, shares a page.
const ROW_BYTES: [usize; 4] = [(32 << 10) - 64, (16 << 10) - 64, (8 << 10) - 64, (4 << 10) - 64];

/// Cuts a record of so many bytes into the ranges of its rows. The header always lies in the first.
pub(crate) fn rows(record_bytes: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let left = record_bytes - at;
        let row = ROW_BYTES.into_iter().find(|bytes| *bytes <= left).unwrap_or(left);
        at += row;
        (row > 0).then(|| at - row..at)
    })
}

/// The entries of a batch, packed, before it has a place.
pub(crate) struct PackedBatch {
    /// The segments in order.
    pub(crate) segments: Vec<Packed>,
    /// Whether annexes stand before the payloads.
    pub(crate) has_annexes: bool,
    /// The texts of each segment that has some, with the index of its first entry in the batch.
    pub(crate) texts: Vec<TextBlock>,
}

/// A batch that is ready to be written.
pub(crate) struct Sealed {
    pub(crate) info: BatchInfo,
    pub(crate) record: Vec<u8>,
    pub(crate) texts: Vec<TextBlock>,
}

/// Gives a packed batch its place behind `head`: position and chain value; `recorded_at_ms` is its time.
pub(crate) fn seal(head: &Head, recorded_at_ms: i64, batch: &NewBatch<'_>, packed: &PackedBatch) -> Sealed {
    let sizes: Vec<SegmentSizes> = packed.segments.iter().map(|segment| segment.sizes).collect();
    let mut info = BatchInfo {
        first: head.position + 1,
        last: head.position + batch.entries.len() as u64,
        recorded_at_ms,
        office: batch.office.to_owned(),
        simulated: batch.simulated,
        facts: batch.facts.clone(),
        chain: [0; 32],
    };
    let mut link = Link::new(&head.chain, &info, packed.has_annexes);
    packed.segments.iter().for_each(|segment| link.add(&segment.hashes));
    info.chain = link.finish();
    let mut record = Header::write(head.batches + 1, &info, packed.has_annexes, &sizes);
    record.reserve_exact(sizes.iter().map(SegmentSizes::record_bytes).sum());
    packed.segments.iter().for_each(|segment| segment.put(&mut record));
    let texts = packed.texts.iter().map(|(index, block)| (info.first + index, block.clone())).collect();
    Sealed { info, record, texts }
}

/// Gives the head of a log that ends with a batch.
pub(crate) fn head_after(number: u64, info: &BatchInfo) -> Head {
    Head { position: info.last, batches: number, recorded_at_ms: info.recorded_at_ms, chain: info.chain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annex::Facts;

    #[test]
    fn rows_are_gapless_and_just_under_a_power_of_two() {
        for record_bytes in (1..200_000).step_by(61) {
            let mut end = 0;
            for row in rows(record_bytes) {
                assert_eq!(row.start, end);
                end = row.end;
                assert!(ROW_BYTES.contains(&row.len()) || row.len() < 4096 - 64);
            }
            assert_eq!(end, record_bytes);
        }
        assert_eq!(rows(0).count(), 0);
    }

    #[test]
    fn the_header_of_the_widest_batch_lies_in_its_first_row() {
        let segment = SegmentSizes { count: 1, raw_bytes: 1_200_000, stored_bytes: 10 };
        // At most as many as full segments of the most bytes, of the most entries, and a last one.
        for count in 1..(256 + 128 + 2_u64) {
            let office = "x".repeat(crate::OFFICE_BYTES_MAX);
            let facts = Facts::from_iter([(1, vec![0; crate::BATCH_FACTS_BYTES_MAX - 3])]);
            assert_eq!(facts.to_bytes().len(), crate::BATCH_FACTS_BYTES_MAX);
            let info = BatchInfo {
                first: u64::MAX - count,
                last: u64::MAX - 1,
                recorded_at_ms: i64::MIN,
                office,
                simulated: true,
                facts,
                chain: [0; 32],
            };
            let header =
                Header::write(u64::MAX, &info, true, &vec![segment; usize::try_from(count).expect("small")]);
            let first = rows(header.len() + 18 * usize::try_from(count).expect("small")).next();
            assert!(header.len() <= first.expect("a row").end, "{count} segments");
        }
    }
}
