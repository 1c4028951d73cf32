//! What a log keeps beside a batch and beside an entry: facts with code numbers, and free texts that can be removed.

use super::body::Event;
use crate::words::Text;
use std::collections::BTreeMap;

/// Facts by their code numbers. Codes that this tracker does not know are kept as they are.
pub type Facts = BTreeMap<u32, Vec<u8>>;

/// The random bytes beside a free text, so that nobody finds a short text by guessing it from its hash.
pub type Salt = [u8; 16];

/// The names of the free texts of an event, in the order in which a log keeps them.
pub const FREE_TEXTS: [&str; 2] = ["note", "reason"];

/// A free text as a log keeps it: the hash that the chain covers, and salt and text until the text is removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// The hash of salt and text (blake3).
    pub hash: [u8; 32],
    /// Salt and text; none once the text was removed.
    pub kept: Option<(Salt, Text)>,
}

/// What a log keeps beside an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// Facts about the entry.
    pub facts: Facts,
    /// Its free texts in the order of [`FREE_TEXTS`], of those that the event has; none where they stand in the entry itself, as
    /// in logs of format 1.
    pub texts: Option<Vec<KeptText>>,
}

impl Event {
    /// Lists the free texts that the event has, with their names, in the order of [`FREE_TEXTS`].
    pub fn free_texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let texts = [self.note.as_ref(), self.reason.as_ref()];
        FREE_TEXTS.into_iter().zip(texts).filter_map(|(name, text)| Some((name, text?)))
    }
}
