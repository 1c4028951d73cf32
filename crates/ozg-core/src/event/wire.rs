//! The binary form of an event in the log: a version byte, then postcard. It is for ever: words and types may be added,
//! each with a code of its own; a change of any field is a new version with an upcaster here and a frozen sample in the
//! tests.
//!
//! Version 1 holds all of an event. Version 2 holds one with free texts without them: a byte of flags tells which texts stand
//! beside the entry (1 note, 2 reason), then the rest follows as in version 1. Version 3 holds an objection without what it says,
//! which stands beside the entry, too (4): an empty text is in its place. An event without free texts is written in version 1.

use super::beside::FREE_TEXTS;
use super::body::Event;
use super::types::EventType;
use crate::words::Text;
use serde::Deserialize;

/// The newest version that is written and read.
pub const WIRE_VERSION: u8 = 3;

/// The version that holds all of an event.
const WHOLE: u8 = 1;
/// The version in which note and reason may stand apart, and nothing else.
const APART: u8 = 2;
/// The flags of a note and of a reason; those of all texts are in the order of [`FREE_TEXTS`].
const NOTE_AND_REASON: u8 = 3;
/// The flag of what an objection says, which every entry of version 3 has.
const SAYS: u8 = 4;

/// Why the bytes of an entry cannot be read as an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// A newer tracker has written it.
    #[error("the entry is in version {0}, this tracker reads up to {WIRE_VERSION}: use a newer tracker")]
    NewerVersion(u8),
    /// The bytes hold a code that no table of this tracker has.
    #[error(
        "the entry holds at byte {byte} a word or a type that this tracker does not know: a newer tracker wrote it, or it is damaged"
    )]
    UnknownCode {
        /// How many bytes of the entry were read, the unknown code included.
        byte: usize,
    },
    /// The bytes do not decode.
    #[error("the entry does not decode: {0}")]
    Damaged(String),
}

impl Event {
    /// Writes the event as bytes for the log, its free texts included: what logs of format 1 hold.
    ///
    /// # Errors
    /// None in practice: encoding into memory fails only when memory does.
    pub fn to_wire(&self) -> Result<Vec<u8>, WireError> {
        let bytes = vec![WHOLE];
        postcard::to_extend(self, bytes).map_err(|error| WireError::Damaged(error.to_string()))
    }

    /// Writes the event as bytes for the log without its free texts, which stand beside them in the order of
    /// [`free_texts`](Event::free_texts).
    ///
    /// # Errors
    /// As for [`to_wire`](Event::to_wire).
    pub fn to_wire_apart(&self) -> Result<Vec<u8>, WireError> {
        self.to_wire_without(&FREE_TEXTS)
    }

    /// Writes the event as bytes for the log without those of its free texts that are named: an older entry may have had some of
    /// its texts in itself.
    ///
    /// # Errors
    /// As for [`to_wire`](Event::to_wire).
    pub fn to_wire_without(&self, names: &[&str]) -> Result<Vec<u8>, WireError> {
        let apart = self.free_texts().filter(|(name, _)| names.contains(name));
        let flags = apart.fold(0, |flags, (name, _)| flags | flag_of(name));
        let version = match flags {
            0 => return self.to_wire(),
            flags if flags & SAYS == 0 => APART,
            _ => WIRE_VERSION,
        };
        postcard::to_extend(&self.without_texts(names), vec![version, flags])
            .map_err(|error| WireError::Damaged(error.to_string()))
    }

    /// Lists the free texts that stand beside an entry, by its bytes.
    pub fn texts_beside(bytes: &[u8]) -> impl Iterator<Item = &'static str> {
        let flags = if let [APART | WIRE_VERSION, flags, ..] = bytes { *flags } else { 0 };
        FREE_TEXTS.into_iter().filter(move |name| flags & flag_of(name) != 0)
    }

    /// Reads the bytes of an entry, of this version or an older one, with the free texts that stand beside it: none where
    /// they stand in the entry, else one for each, [`Text::removed`] for one that was removed.
    ///
    /// # Errors
    /// `NewerVersion` for one written by a newer tracker, `UnknownCode` for a word that no table has, `Damaged` for bytes
    /// that are no event, or other texts than the entry names.
    pub fn from_wire(bytes: &[u8], texts: &[Text]) -> Result<Event, WireError> {
        match bytes {
            [WHOLE, rest @ ..] => decode(bytes, rest, 0, texts),
            [APART, flags, rest @ ..] if flags & !NOTE_AND_REASON == 0 => decode(bytes, rest, *flags, texts),
            [WIRE_VERSION, flags, rest @ ..]
                if flags & !(NOTE_AND_REASON | SAYS) == 0 && flags & SAYS != 0 =>
            {
                decode(bytes, rest, *flags, texts)
            }
            [APART | WIRE_VERSION, _, ..] => Err(other_texts()),
            [version, ..] if *version > WIRE_VERSION => Err(WireError::NewerVersion(*version)),
            [APART | WIRE_VERSION] => Err(WireError::Damaged("it is cut off".to_owned())),
            [version, ..] => Err(WireError::Damaged(format!("there is no version {version}"))),
            [] => Err(WireError::Damaged("it is empty".to_owned())),
        }
    }
}

/// Decodes an event from the rest of its bytes and puts in the texts that the flags name.
fn decode(bytes: &[u8], rest: &[u8], flags: u8, texts: &[Text]) -> Result<Event, WireError> {
    let mut reading = postcard::Deserializer::from_bytes(rest);
    let mut event = Event::deserialize(&mut reading).map_err(|error| {
        if error != postcard::Error::SerdeDeCustom {
            return WireError::Damaged(error.to_string());
        }
        let unread = reading.finalize().map_or(0, <[u8]>::len);
        WireError::UnknownCode { byte: bytes.len() - unread }
    })?;
    let says_nothing = flags & SAYS != 0 && event.event_type() != EventType::ObjectionMade;
    if says_nothing || flags.count_ones() as usize != texts.len() {
        return Err(other_texts());
    }
    for (name, text) in Event::texts_beside(bytes).zip(texts) {
        event.put_text(name, text.clone());
    }
    Ok(event)
}

fn flag_of(name: &str) -> u8 {
    FREE_TEXTS.iter().zip(0..).find(|(known, _)| **known == name).map_or(0, |(_, place)| 1 << place)
}

fn other_texts() -> WireError {
    WireError::Damaged("it names other texts than stand beside it".to_owned())
}
