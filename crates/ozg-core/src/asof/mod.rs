//! What is known as of a position: pure, total functions of the statements that stand then. None of them counts anything.

mod about;
mod beside;
mod complete;
mod describe;
mod entries;
mod ever;
mod executing;
mod list;
mod names;
mod objections;
mod timeline;

pub use beside::Held;
pub(crate) use complete::Complete;
pub use describe::{AuthorityDescription, Described, Registry, ServiceDescription};
pub(crate) use list::OnList;
pub use names::{KeptNames, Lookup, Meant, NAMED_MAX, Names, ReadAs, Sought};
pub use objections::Objected;

use crate::state::State;
use crate::words::Position;

/// The state as it was known at a position, which is the end of a batch.
#[derive(Debug, Clone, Copy)]
pub struct AsOf<'a> {
    pub(crate) state: &'a State,
    pub(crate) position: Position,
}

impl State {
    /// Reads the state as it was known at a position.
    #[must_use]
    pub fn as_of(&self, position: Position) -> AsOf<'_> {
        AsOf { state: self, position }
    }

    /// Reads the state as everything stands now: of a batch that is being tried, with all that has been taken in of it.
    #[must_use]
    pub fn now(&self) -> AsOf<'_> {
        self.as_of(self.latest())
    }
}

impl AsOf<'_> {
    /// Returns the state that is read.
    #[must_use]
    pub fn state(&self) -> &State {
        self.state
    }

    /// Returns the position.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }
}
