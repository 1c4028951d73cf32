//! A statement with the span of positions in which it stood: one clock of the two.

use serde::{Deserialize, Serialize};

/// What is said to be true, and from which position until which the tracker believed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known<T> {
    /// Position from which it stands: that of its entry, or of the withdrawal that made it stand again.
    pub(crate) from: u32,
    /// Position of the entry that replaced or withdrew it; [`STANDS`] while it stands.
    pub(crate) until: u32,
    /// Position of the entry that says it.
    pub(crate) entry: u32,
    /// What it says.
    pub(crate) what: T,
}

/// The `until` of what still stands.
pub(crate) const STANDS: u32 = u32::MAX;

impl<T> Known<T> {
    pub(crate) fn new(entry: u32, what: T) -> Known<T> {
        Known { from: entry, until: STANDS, entry, what }
    }

    /// Tells whether it stands as of a position, which must be the end of a batch.
    pub(crate) fn at(&self, position: u32) -> bool {
        self.from <= position && position < self.until
    }
}

/// Operations that every history has, whatever its statements say.
pub(crate) trait History {
    /// Ends what the entry says at a position.
    fn close(&mut self, entry: u32, at: u32);
    /// Lets what the entry says stand again from a position on.
    fn reopen(&mut self, entry: u32, at: u32);
}

impl<T: Clone> History for Vec<Known<T>> {
    fn close(&mut self, entry: u32, at: u32) {
        if let Some(known) = self.iter_mut().find(|known| known.entry == entry && known.until == STANDS) {
            known.until = at;
        }
    }

    fn reopen(&mut self, entry: u32, at: u32) {
        if let Some(index) = self.iter().rposition(|known| known.entry == entry) {
            let again = Known { from: at, until: STANDS, entry, what: self[index].what.clone() };
            self.insert(index + 1, again);
        }
    }
}
