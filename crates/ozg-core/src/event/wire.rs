//! The binary form of an event in the log: a version byte, then postcard. It is for ever: words and types may be added,
//! each with a code of its own; a change of any field is a new version with an upcaster here and a frozen sample in the
//! tests.
//!
//! Version 1 holds all of an event. Version 2 holds one with free texts without them: a byte of flags tells which texts stand
//! beside the entry (1 note, 2 reason), then the rest follows as in version 1. An event without free texts is written in
//! version 1.

use super::body::Event;
use crate::words::Text;
use serde::Deserialize;

/// The newest version that is written and read.
pub const WIRE_VERSION: u8 = 2;

/// The version that holds all of an event.
const WHOLE: u8 = 1;
/// The flag of a note.
const NOTE: u8 = 1;
/// The flag of a reason.
const REASON: u8 = 2;

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
        let flag = |text: &Option<Text>, flag: u8| if text.is_some() { flag } else { 0 };
        let flags = flag(&self.note, NOTE) | flag(&self.reason, REASON);
        if flags == 0 {
            return self.to_wire();
        }
        let apart = Event { note: None, reason: None, ..self.clone() };
        postcard::to_extend(&apart, vec![WIRE_VERSION, flags])
            .map_err(|error| WireError::Damaged(error.to_string()))
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
            [WIRE_VERSION, flags, rest @ ..] => decode(bytes, rest, *flags, texts),
            [version, ..] if *version > WIRE_VERSION => Err(WireError::NewerVersion(*version)),
            [WIRE_VERSION] => Err(WireError::Damaged("it is cut off".to_owned())),
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
    if flags & !(NOTE | REASON) != 0 || flags.count_ones() as usize != texts.len() {
        return Err(WireError::Damaged("it names other texts than stand beside it".to_owned()));
    }
    let mut texts = texts.iter().cloned();
    for (flag, text) in [(NOTE, &mut event.note), (REASON, &mut event.reason)] {
        if flags & flag != 0 {
            *text = texts.next();
        }
    }
    Ok(event)
}
