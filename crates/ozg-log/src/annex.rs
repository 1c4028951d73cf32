//! What stands beside a payload: named facts, and free texts that can be removed without breaking the chain.

use std::collections::BTreeMap;

use crate::bytes::{Bytes, put_number};
use crate::{ENTRY_FACTS_BYTES_MAX, ENTRY_TEXTS_MAX};

/// The bytes of a hash of a text.
pub(crate) const HASH_BYTES: usize = 32;
/// The bytes of a salt.
pub const SALT_BYTES: usize = 16;
/// The most bytes of an annex: the number of texts, their hashes, the facts.
pub(crate) const ANNEX_BYTES_MAX: usize = 1 + ENTRY_TEXTS_MAX * HASH_BYTES + ENTRY_FACTS_BYTES_MAX;

/// Facts that are named by code numbers; what they mean is opaque here, and unknown ones are kept.
///
/// ```
/// let edition = ozg_log::Facts::from_iter([(1, b"2026".to_vec())]);
/// assert_eq!(edition.get(1), Some(b"2026".as_slice()));
/// assert_eq!(edition.get(2), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(BTreeMap<u32, Vec<u8>>);

impl Facts {
    /// Returns the bytes of a fact.
    pub fn get(&self, code: u32) -> Option<&[u8]> {
        self.0.get(&code).map(Vec::as_slice)
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Walks through the facts by ascending code.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.0.iter().map(|(code, bytes)| (*code, bytes.as_slice()))
    }

    /// Gives the facts as bytes: code, length, bytes of each.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (code, bytes) in self.iter() {
            put_number(&mut out, u64::from(code));
            put_number(&mut out, bytes.len() as u64);
            out.extend_from_slice(bytes);
        }
        out
    }

    /// Reads facts that take all of `bytes`; none where they are not ascending or cut off.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (mut bytes, mut facts) = (Bytes(bytes), BTreeMap::new());
        while !bytes.0.is_empty() {
            let code = u32::try_from(bytes.number()?).ok()?;
            let length = bytes.size(bytes.0.len())?;
            let follows = facts.last_key_value().is_none_or(|(last, _)| *last < code);
            facts.insert(code, bytes.take(length)?.to_vec());
            if !follows {
                return None;
            }
        }
        Some(Self(facts))
    }
}

impl FromIterator<(u32, Vec<u8>)> for Facts {
    fn from_iter<I: IntoIterator<Item = (u32, Vec<u8>)>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

/// A free text of an entry. The chain covers its hash only, so that it can be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// It is there.
    Kept {
        /// Random bytes, so that nobody finds a short text by guessing it from its hash.
        salt: [u8; SALT_BYTES],
        /// What it says, at most [`TEXT_BYTES_MAX`](crate::TEXT_BYTES_MAX) bytes.
        text: String,
    },
    /// It was removed; the hash still names it.
    Removed {
        /// The hash that it had.
        hash: [u8; HASH_BYTES],
    },
}

impl Text {
    /// Returns the hash that names the text: blake3 of salt and text.
    pub fn hash(&self) -> [u8; HASH_BYTES] {
        match self {
            Self::Kept { salt, text } => {
                *blake3::Hasher::new().update(salt).update(text.as_bytes()).finalize().as_bytes()
            }
            Self::Removed { hash } => *hash,
        }
    }

    /// Returns what the text says; none where it was removed.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Kept { text, .. } => Some(text),
            Self::Removed { .. } => None,
        }
    }
}

/// What stands beside the payload of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annex {
    /// Facts, together at most [`ENTRY_FACTS_BYTES_MAX`](crate::ENTRY_FACTS_BYTES_MAX) bytes with their codes and lengths.
    pub facts: Facts,
    /// Free texts, which the payload may name by their index; at most [`ENTRY_TEXTS_MAX`](crate::ENTRY_TEXTS_MAX).
    pub texts: Vec<Text>,
}

/// An annex with nothing in it.
pub(crate) static NO_ANNEX: Annex = Annex { facts: Facts(BTreeMap::new()), texts: Vec::new() };

impl Annex {
    /// Tells whether there is nothing beside the payload.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.texts.is_empty()
    }

    /// Gives the bytes that stand before the payload: their length, the hashes of the texts, the facts.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        if self.is_empty() {
            return vec![0];
        }
        let mut annex = Vec::new();
        put_number(&mut annex, self.texts.len() as u64);
        self.texts.iter().for_each(|text| annex.extend(text.hash()));
        annex.extend(self.facts.to_bytes());
        let mut out = Vec::with_capacity(annex.len() + 2);
        put_number(&mut out, annex.len() as u64);
        out.extend(annex);
        out
    }
}

/// What a stored entry says of its annex: the facts, the hashes of the texts, and where the payload begins.
pub(crate) struct Beside {
    pub(crate) facts: Facts,
    pub(crate) hashes: Vec<[u8; HASH_BYTES]>,
    pub(crate) payload_at: usize,
}

impl Beside {
    /// Reads the start of a stored entry; none where it makes no sense.
    pub(crate) fn read(stored: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(stored);
        let length = bytes.size(ANNEX_BYTES_MAX)?;
        let annex = bytes.take(length)?;
        let payload_at = stored.len() - bytes.0.len();
        if annex.is_empty() {
            return Some(Self { facts: Facts::default(), hashes: Vec::new(), payload_at });
        }
        let mut annex = Bytes(annex);
        let count = annex.size(ENTRY_TEXTS_MAX)?;
        let hashes = (0..count).map(|_| annex.array()).collect::<Option<Vec<_>>>()?;
        let facts = Facts::read(annex.0)?;
        // Nothing beside a payload has one form only.
        let is_empty = hashes.is_empty() && facts.is_empty();
        (!is_empty).then_some(Self { facts, hashes, payload_at })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_annex_comes_back(
            facts in prop::collection::btree_map(any::<u32>(), prop::collection::vec(any::<u8>(), 0..40), 0..5),
            texts in prop::collection::vec((any::<[u8; SALT_BYTES]>(), "\\PC{0,20}"), 0..4),
            payload: Vec<u8>,
        ) {
            let texts = texts.into_iter().map(|(salt, text)| Text::Kept { salt, text }).collect();
            let annex = Annex { facts: Facts(facts), texts };
            let mut stored = annex.to_bytes();
            stored.extend(&payload);
            let beside = Beside::read(&stored).expect("just written");
            prop_assert_eq!(&stored[beside.payload_at..], payload);
            prop_assert_eq!(&beside.facts, &annex.facts);
            prop_assert_eq!(beside.hashes, annex.texts.iter().map(Text::hash).collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_read_or_refused(stored: Vec<u8>) {
            if let Some(beside) = Beside::read(&stored) {
                prop_assert!(beside.payload_at <= stored.len());
            }
        }
    }

    #[test]
    fn facts_have_one_form() {
        assert_eq!(Facts::read(&[2, 0, 1, 0]), None, "codes ascend");
        assert_eq!(Facts::read(&[1, 0, 1, 0]), None, "each stands once");
        assert_eq!(Facts::read(&[1, 3, 9]), None, "cut off");
        assert!(Beside::read(&[1, 0, 7]).is_none(), "an empty annex has no bytes");
    }
}
