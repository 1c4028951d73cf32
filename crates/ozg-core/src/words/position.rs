//! Positions in the log: the second of the two clocks. The first says when something was true, this one when it was known.

use serde::{Deserialize, Serialize};

/// A place in the log: that of an entry, counted from 1, and the data state in which everything up to it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(u32);

impl Position {
    /// Before the first entry: nothing is known.
    pub const START: Position = Position(0);
    /// Behind every entry that a log may hold.
    pub(crate) const NEVER: Position = Position(u32::MAX);
    /// The last entry that a log may hold: positions are kept in 32 bits.
    pub const LAST: Position = Position(u32::MAX - 1);

    /// Makes the position with a number: 0 is [`Position::START`], 1 the first entry.
    #[must_use]
    pub const fn new(number: u32) -> Position {
        Position(number)
    }

    /// Returns the position of the last of so many entries.
    ///
    /// # Panics
    /// Where there are more entries than a log may hold.
    #[must_use]
    pub fn of_count(entries: impl TryInto<u32>) -> Position {
        match entries.try_into() {
            Ok(number) if number <= Position::LAST.0 => Position(number),
            _ => unreachable!("a log holds at most {} entries", Position::LAST),
        }
    }

    /// Returns the number, as it is written in addresses and answers.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Returns the place of the entry among all entries, counted from 0; none before the first.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        self.0.checked_sub(1).map(|index| index as usize)
    }

    /// Tells whether nothing is known yet.
    #[must_use]
    pub const fn is_start(self) -> bool {
        self.0 == Position::START.0
    }

    /// Returns the position of an entry, none before the first.
    #[must_use]
    pub fn entry(self) -> Option<Position> {
        (!self.is_start()).then_some(self)
    }

    /// Returns the next position.
    #[must_use]
    pub const fn next(self) -> Position {
        Position(self.0.saturating_add(1))
    }

    /// Returns the position before, none before the first entry.
    #[must_use]
    pub fn previous(self) -> Option<Position> {
        self.0.checked_sub(1).map(Position)
    }

    /// Lists the positions behind this one up to another.
    pub fn up_to(self, last: Position) -> impl DoubleEndedIterator<Item = Position> + Clone {
        (self.0.saturating_add(1)..=last.0).map(Position)
    }

    /// Counts the entries behind another position up to this one; 0 where it lies behind this one.
    #[must_use]
    pub const fn since(self, other: Position) -> u32 {
        self.0.saturating_sub(other.0)
    }
}

impl From<Position> for u64 {
    fn from(position: Position) -> u64 {
        position.0.into()
    }
}

impl std::str::FromStr for Position {
    type Err = std::num::ParseIntError;

    /// Reads a number in digits.
    fn from_str(text: &str) -> Result<Position, Self::Err> {
        text.parse().map(Position)
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_entries_from_1() {
        assert_eq!(Position::START.next(), Position::new(1));
        assert_eq!(Position::START.previous(), None);
        assert_eq!((Position::new(3).index(), Position::START.index()), (Some(2), None));
        let between: Vec<u32> = Position::new(3).up_to(Position::of_count(5u64)).map(Position::get).collect();
        assert_eq!(between, [4, 5]);
        assert_eq!(Position::new(5).since(Position::new(3)), 2);
    }
}
