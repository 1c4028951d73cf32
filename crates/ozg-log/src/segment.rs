//! Segments: up to 512 entries that are compressed together and can be read without their neighbours.

use std::cell::RefCell;
use std::ops::Range;

use crate::ENTRY_BYTES_MAX;
use crate::annex::ANNEX_BYTES_MAX;
use crate::chain::{CHECK_BYTES, check};
use crate::frame::SegmentSizes;

/// The most entries of a segment.
pub(crate) const SEGMENT_ENTRIES_MAX: usize = 512;
/// A segment ends with the entry that reaches so many bytes, its texts included.
pub(crate) const SEGMENT_BYTES_ENOUGH: usize = 256 << 10;
/// The most bytes that a segment may have before compression; more is not believed.
pub(crate) const RAW_BYTES_MAX: usize = SEGMENT_BYTES_ENOUGH + STORED_BYTES_MAX + 4 * SEGMENT_ENTRIES_MAX;
/// The most bytes of a stored entry: the length of the annex, the annex, the payload.
const STORED_BYTES_MAX: usize = 3 + ANNEX_BYTES_MAX + ENTRY_BYTES_MAX;
/// Less is kept as it is: a lone event shrinks by a tenth at most, and takes microseconds each way.
const COMPRESSED_BYTES_MIN: usize = 512;
/// Measured on bulk imports: 2 and 3 are slower and no smaller.
const ZSTD_LEVEL: i32 = 1;

thread_local! {
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// A segment ready to be stored.
pub(crate) struct Packed {
    /// Its sizes, for the header.
    pub(crate) sizes: SegmentSizes,
    /// The hashes of its entries, for the chain.
    pub(crate) hashes: Vec<[u8; 32]>,
    /// Lengths and payloads as stored.
    data: Vec<u8>,
}

impl Packed {
    /// Appends the segment to a record: the checks, then the data.
    pub(crate) fn put(&self, record: &mut Vec<u8>) {
        record.extend(self.hashes.iter().flat_map(check));
        record.extend_from_slice(&self.data);
    }
}

/// Cuts entries into segments and packs each; `texts_bytes` gives the bytes of the texts of an entry.
pub(crate) fn pack_all(entries: &[&[u8]], texts_bytes: impl Fn(usize) -> usize) -> Vec<Packed> {
    let mut segments = Vec::with_capacity(entries.len().div_ceil(SEGMENT_ENTRIES_MAX));
    let (mut start, mut bytes) = (0, 0);
    for (index, entry) in entries.iter().enumerate() {
        bytes += entry.len() + texts_bytes(index);
        let full = index + 1 - start == SEGMENT_ENTRIES_MAX || bytes >= SEGMENT_BYTES_ENOUGH;
        if full || index + 1 == entries.len() {
            segments.push(pack(&entries[start..=index]));
            (start, bytes) = (index + 1, 0);
        }
    }
    segments
}

fn pack(entries: &[&[u8]]) -> Packed {
    let payload_bytes: usize = entries.iter().map(|entry| entry.len()).sum();
    let mut raw = Vec::with_capacity(payload_bytes + 4 * entries.len());
    for entry in &entries[..entries.len() - 1] {
        raw.extend_from_slice(&u32::try_from(entry.len()).unwrap_or(u32::MAX).to_le_bytes());
    }
    entries.iter().for_each(|entry| raw.extend_from_slice(entry));
    let raw_bytes = raw.len();
    let data = compress(&raw).unwrap_or(raw);
    let hashes = entries.iter().map(|entry| *blake3::hash(entry).as_bytes()).collect();
    Packed { sizes: SegmentSizes { count: entries.len(), raw_bytes, stored_bytes: data.len() }, hashes, data }
}

/// Compresses, if that makes it smaller.
pub(crate) fn compress(raw: &[u8]) -> Option<Vec<u8>> {
    if raw.len() < COMPRESSED_BYTES_MIN {
        return None;
    }
    COMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = zstd::bulk::Compressor::new(ZSTD_LEVEL).ok();
        }
        slot.as_mut()?.compress(raw).ok().filter(|data| data.len() < raw.len())
    })
}

/// Entries of a segment, checked.
#[derive(Debug)]
pub(crate) struct Unpacked {
    /// The bytes that `bounds` points into.
    pub(crate) data: Vec<u8>,
    /// The starts of the wanted entries, and the end of the last.
    pub(crate) bounds: Vec<u32>,
    /// The hashes of the wanted entries.
    pub(crate) hashes: Vec<[u8; 32]>,
}

/// What is wrong with a segment, and from which of its entries on.
#[derive(Debug)]
pub(crate) struct Spoilt {
    /// The index of the entry in the segment.
    pub(crate) index: usize,
    /// What is damaged.
    pub(crate) what: &'static str,
}

/// Reads the entries `wanted` of a stored segment and checks each of them.
pub(crate) fn unpack(sizes: SegmentSizes, stored: &[u8], wanted: Range<usize>) -> Result<Unpacked, Spoilt> {
    let spoilt = |what| Spoilt { index: wanted.start, what };
    let (checks, data) =
        stored.split_at_checked(sizes.count * CHECK_BYTES).ok_or_else(|| spoilt("the segment is cut off"))?;
    let data = (data.len() == sizes.stored_bytes)
        .then(|| decompress(sizes.raw_bytes, data))
        .flatten()
        .ok_or_else(|| spoilt("the segment cannot be decompressed"))?;
    let all = bounds(sizes.count, &data).ok_or_else(|| spoilt("the lengths of the entries make no sense"))?;
    let bounds = all.get(wanted.start..=wanted.end).ok_or_else(|| spoilt("the entry is missing"))?.to_vec();
    let mut hashes = Vec::with_capacity(wanted.len());
    for (index, ends) in wanted.zip(bounds.windows(2)) {
        let hash = *blake3::hash(&data[ends[0] as usize..ends[1] as usize]).as_bytes();
        if checks[index * CHECK_BYTES..][..CHECK_BYTES] != check(&hash) {
            return Err(Spoilt { index, what: "the entry does not match its check" });
        }
        hashes.push(hash);
    }
    Ok(Unpacked { data, bounds, hashes })
}

/// Gives back what [`compress`] got, of which `raw_bytes` is the length; none where `data` is not that.
pub(crate) fn decompress(raw_bytes: usize, data: &[u8]) -> Option<Vec<u8>> {
    if data.len() == raw_bytes {
        return Some(data.to_vec());
    }
    DECOMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = zstd::bulk::Decompressor::new().ok();
        }
        slot.as_mut()?.decompress(data, raw_bytes).ok().filter(|raw| raw.len() == raw_bytes)
    })
}

/// Turns the lengths at the start of `raw` into the bounds of the payloads behind them.
fn bounds(count: usize, raw: &[u8]) -> Option<Vec<u32>> {
    let lengths_bytes = 4 * (count - 1);
    let lengths = raw.get(..lengths_bytes)?;
    let end = u32::try_from(raw.len()).ok()?;
    let mut at = u32::try_from(lengths_bytes).ok()?;
    let mut bounds = Vec::with_capacity(count + 1);
    bounds.push(at);
    for length in lengths.as_chunks::<4>().0 {
        at = at.checked_add(u32::from_le_bytes(*length)).filter(|at| *at <= end)?;
        bounds.push(at);
    }
    bounds.push(end);
    Some(bounds)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn entries_come_back(entries in prop::collection::vec(prop::collection::vec(0..4_u8, 0..90), 1..700)) {
            let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
            let mut back = Vec::new();
            for packed in pack_all(&entries, |_| 0) {
                let mut stored = Vec::new();
                packed.put(&mut stored);
                prop_assert_eq!(stored.len(), packed.sizes.record_bytes());
                let unpacked = unpack(packed.sizes, &stored, 0..packed.sizes.count).expect("just packed");
                prop_assert_eq!(&unpacked.hashes, &packed.hashes);
                for ends in unpacked.bounds.windows(2) {
                    back.push(unpacked.data[ends[0] as usize..ends[1] as usize].to_vec());
                }
            }
            prop_assert_eq!(back, entries);
        }

        #[test]
        fn any_bytes_are_refused_without_panic(
            stored: Vec<u8>, count in 1_usize..600, raw_bytes in 0_usize..9_000, stored_bytes in 0_usize..200,
        ) {
            let sizes = SegmentSizes { count, raw_bytes, stored_bytes };
            prop_assert!(unpack(sizes, &stored, 0..count).is_err());
        }
    }

    #[test]
    fn no_segment_is_longer_than_what_is_believed() {
        let (long, short) = (vec![1; ENTRY_BYTES_MAX], vec![2; SEGMENT_BYTES_ENOUGH / 512]);
        let mut entries = vec![short.as_slice(); 511];
        entries.push(&long);
        assert!(pack_all(&entries, |_| 0).iter().all(|packed| packed.sizes.raw_bytes <= RAW_BYTES_MAX));
    }

    #[test]
    fn what_does_not_shrink_is_kept_as_it_is() {
        let noise = blake3::hash(b"noise");
        let packed = pack_all(&[noise.as_bytes(), blake3::hash(b"more").as_bytes()], |_| 0);
        assert_eq!(packed[0].sizes.raw_bytes, packed[0].sizes.stored_bytes);
    }
}
