//! Entries as people name them: by their position in the log, or by their id.

use crate::event::{EventId, Kind};
use crate::mistake::{Code, Fault};
use crate::state::State;
use crate::words::Position;

/// An entry as it was written down.
enum Written {
    /// A position: `16586`, `#16586`.
    Position(Option<Position>),
    /// An id.
    Id(EventId),
    /// Neither.
    Other,
}

/// Most digits of a position; an id has 32.
const POSITION_DIGITS_MAX: usize = 10;

fn written(text: &str) -> Written {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_position = (1..=POSITION_DIGITS_MAX).contains(&digits.len());
    if is_position && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Written::Position(digits.parse().ok());
    }
    EventId::try_parse(text).map_or(Written::Other, Written::Id)
}

/// Tells whether a field of a kind names an entry by its position.
pub(super) fn is_position(kind: Kind, text: &str) -> bool {
    matches!(kind, Kind::Entry | Kind::EntryOrStanding) && matches!(written(text), Written::Position(_))
}

impl State {
    /// Finds the entry that a text names: by its position (`16586` or `#16586`) or its id (a UUID).
    #[must_use]
    pub fn entry_named(&self, text: &str) -> Option<Position> {
        match written(text) {
            Written::Position(position) => {
                position.and_then(Position::entry).filter(|position| *position <= self.head())
            }
            Written::Id(id) => self.position_of(id),
            Written::Other => None,
        }
    }

    /// Returns the id of the entry at the position that a text names.
    pub(super) fn id_named(&self, text: &str) -> Result<String, Fault> {
        let id = self.entry_named(text).and_then(|position| self.id_at(position));
        id.map(|id| id.to_string()).ok_or_else(|| {
            let (number, head) = (text.trim().trim_start_matches('#'), self.head());
            Fault::say(
                Code::UnknownEntry,
                format!("Einen Eintrag #{number} gibt es nicht; das Protokoll endet bei {head}"),
                format!("There is no entry #{number}; the log ends at {head}"),
            )
        })
    }
}
