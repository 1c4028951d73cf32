//! The uses of blake3: checks of entries, of batch headers and of the identity; the chain over batches.

use crate::frame::flags;
use crate::shapes::{BatchInfo, Identity};

/// The bytes that a check keeps of a hash.
pub(crate) const CHECK_BYTES: usize = 8;

/// Of batches that have only what format 1 knows.
const CHAIN_TAG: &[u8] = b"ozg-log chain 1\n";
/// Of batches with facts, or with annexes of entries.
const CHAIN_TAG_2: &[u8] = b"ozg-log chain 2\n";
const HEADER_TAG: &[u8] = b"ozg-log batch 1\n";
const IDENTITY_TAG: &[u8] = b"ozg-log identity\n";

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

/// Checks the identity of a log.
pub(crate) fn identity_check(identity: &Identity) -> [u8; CHECK_BYTES] {
    let mut hasher = blake3::Hasher::new();
    check(hasher.update(IDENTITY_TAG).update(identity).finalize().as_bytes())
}

/// Computes the chain value of a batch, fed with the hashes of its stored entries in order.
pub(crate) struct Link(blake3::Hasher);

impl Link {
    /// Starts from the chain value before and all of `info` except its own chain value. `has_annexes` tells whether annexes
    /// stand before the payloads.
    pub(crate) fn new(before: &[u8; 32], info: &BatchInfo, has_annexes: bool) -> Self {
        let mut hasher = blake3::Hasher::new();
        let is_form_1 = !has_annexes && info.facts.is_empty();
        hasher.update(if is_form_1 { CHAIN_TAG } else { CHAIN_TAG_2 }).update(before);
        hasher.update(&info.first.to_le_bytes()).update(&info.last.to_le_bytes());
        hasher.update(&info.recorded_at_ms.to_le_bytes()).update(&[flags(info, has_annexes)]);
        hasher.update(&(info.office.len() as u64).to_le_bytes()).update(info.office.as_bytes());
        if !is_form_1 {
            let facts = info.facts.to_bytes();
            hasher.update(&(facts.len() as u64).to_le_bytes()).update(&facts);
        }
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
