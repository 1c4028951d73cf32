//! The binary form of an event in the log: a version byte, then postcard. It is for ever: words and types may be added,
//! each with a code of its own; a change of any field is a new version with an upcaster here and a frozen sample in the
//! tests.

use super::body::Event;
use serde::Deserialize;

/// The version that is written.
pub const WIRE_VERSION: u8 = 1;

/// Why the bytes of an entry are no event.
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
    /// Writes the event as bytes for the log.
    ///
    /// # Errors
    /// None in practice: encoding into memory fails only when memory does.
    pub fn to_wire(&self) -> Result<Vec<u8>, WireError> {
        let bytes = vec![WIRE_VERSION];
        postcard::to_extend(self, bytes).map_err(|error| WireError::Damaged(error.to_string()))
    }

    /// Reads the bytes of an entry, of this version or an older one.
    ///
    /// # Errors
    /// `NewerVersion` for one written by a newer tracker, `UnknownCode` for a word that no table has, `Damaged` for bytes
    /// that are no event.
    pub fn from_wire(bytes: &[u8]) -> Result<Event, WireError> {
        match bytes.split_first() {
            Some((&WIRE_VERSION, rest)) => {
                let mut reading = postcard::Deserializer::from_bytes(rest);
                Event::deserialize(&mut reading).map_err(|error| {
                    if error != postcard::Error::SerdeDeCustom {
                        return WireError::Damaged(error.to_string());
                    }
                    let unread = reading.finalize().map_or(0, <[u8]>::len);
                    WireError::UnknownCode { byte: bytes.len() - unread }
                })
            }
            Some((&version, _)) if version > WIRE_VERSION => Err(WireError::NewerVersion(version)),
            Some((&version, _)) => Err(WireError::Damaged(format!("there is no version {version}"))),
            None => Err(WireError::Damaged("it is empty".to_owned())),
        }
    }
}
