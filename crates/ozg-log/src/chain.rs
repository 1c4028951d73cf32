//! The three uses of blake3: the check of an entry, the check of a batch header, and the chain over batches.

use crate::shapes::BatchInfo;

/// The bytes that a check keeps of a hash.
pub(crate) const CHECK_BYTES: usize = 8;

const CHAIN_TAG: &[u8] = b"ozg-log chain 1\n";
const HEADER_TAG: &[u8] = b"ozg-log batch 1\n";

/// Shortens a hash to a check.
pub(crate) fn check(hash: &[u8; 32]) -> [u8; CHECK_BYTES] {
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&hash[..CHECK_BYTES]);
    check
}

/// Checks a header, which is stored under the position `last`.
pub(crate) fn header_check(last: u64, header: &[u8]) -> [u8; CHECK_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(HEADER_TAG).update(&last.to_le_bytes()).update(header);
    check(hasher.finalize().as_bytes())
}

/// Computes the chain value of a batch, fed with the hashes of its entries in order.
pub(crate) struct Link(blake3::Hasher);

impl Link {
    /// Starts from the chain value before and all of `info` except its own chain value.
    pub(crate) fn new(before: &[u8; 32], info: &BatchInfo) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(CHAIN_TAG).update(before);
        hasher.update(&info.first.to_le_bytes()).update(&info.last.to_le_bytes());
        hasher.update(&info.recorded_at_ms.to_le_bytes()).update(&[u8::from(info.simulated)]);
        hasher.update(&(info.office.len() as u64).to_le_bytes()).update(info.office.as_bytes());
        Self(hasher)
    }

    /// Adds the hashes of the next entries.
    pub(crate) fn add(&mut self, hashes: &[[u8; 32]]) {
        self.0.update(hashes.as_flattened());
    }

    /// Gives the chain value.
    pub(crate) fn finish(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }
}
