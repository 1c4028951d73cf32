//! A statement with the span of positions in which it stood: one clock of the two.

use crate::words::Position;
use serde::{Deserialize, Serialize};

/// A statement, and the positions from which and until which it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known<T> {
    /// Position from which it stands: that of its entry, or of the withdrawal that made it stand again.
    pub(crate) from: Position,
    /// Position of the entry that replaced or withdrew it; [`Position::NEVER`] while it stands.
    pub(crate) until: Position,
    /// Position of the entry that says it.
    pub(crate) entry: Position,
    /// What it says.
    pub(crate) what: T,
}

impl<T> Known<T> {
    pub(crate) fn new(entry: Position, what: T) -> Known<T> {
        Known { from: entry, until: Position::NEVER, entry, what }
    }

    /// Tells whether it stands as of now: nothing has replaced or withdrawn it.
    pub(crate) fn stands(&self) -> bool {
        self.until == Position::NEVER
    }

    /// Tells whether it stands as of a position, which must be the end of a batch.
    pub(crate) fn at(&self, position: Position) -> bool {
        self.from <= position && position < self.until
    }
}

/// Operations that every history has, whatever its statements say.
pub(crate) trait History {
    /// Ends the statement of an entry at a position.
    fn close(&mut self, entry: Position, at: Position);
    /// Lets the statement of an entry stand again from a position on.
    fn reopen(&mut self, entry: Position, at: Position);
    /// Returns until when the statement of an entry stands or stood, of the spans that begin by a position the last.
    fn until_at(&self, entry: Position, at: Position) -> Option<Position>;
}

/// Returns until when the statement of an entry stands or stood, of the spans that begin by a position the last.
pub(super) fn until_at<T>(history: &[Known<T>], entry: Position, at: Position) -> Option<Position> {
    let spans = history.iter().filter(|known| known.entry == entry && known.from <= at);
    spans.map(|known| known.until).last()
}

impl<T: Clone> History for Vec<Known<T>> {
    fn close(&mut self, entry: Position, at: Position) {
        if let Some(known) = self.iter_mut().find(|known| known.entry == entry && known.stands()) {
            known.until = at;
        }
    }

    fn reopen(&mut self, entry: Position, at: Position) {
        if let Some(index) = self.iter().rposition(|known| known.entry == entry) {
            let again = Known { from: at, until: Position::NEVER, entry, what: self[index].what.clone() };
            self.insert(index + 1, again);
        }
    }

    fn until_at(&self, entry: Position, at: Position) -> Option<Position> {
        until_at(self, entry, at)
    }
}
