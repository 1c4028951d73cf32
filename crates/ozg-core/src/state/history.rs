//! The records of statements in the state, by the thing that they are about.

use super::dated::{Dated, Registered};
use super::known::Known;
use super::numbers::{AuthorityNo, Number, ServiceNo};
use super::with_room;
use crate::event::Listing;
use crate::words::{Day, Level, PartialDate, Precision, Stage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where in an area something holds: the area itself is 0, an authority its number + 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Slot(pub(crate) u32);

impl Slot {
    pub(crate) const AREA: Slot = Slot(0);

    pub(crate) fn of_authority(number: AuthorityNo) -> Slot {
        Slot(
            u32::try_from(number.index() + 1)
                .unwrap_or_else(|_| unreachable!("no more authorities than entries")),
        )
    }

    pub(crate) fn authority(self) -> Option<AuthorityNo> {
        self.0.checked_sub(1).map(|index| AuthorityNo::of_index(index as usize))
    }
}

/// A statement about a service at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Reached(Stage),
    Ended(Stage),
    /// It holds on the day and began then or earlier.
    Observed(Stage),
    Level(Level),
}

impl What {
    /// Returns the stage of a statement about a milestone.
    pub(crate) fn stage(self) -> Option<Stage> {
        match self {
            What::Reached(stage) | What::Ended(stage) | What::Observed(stage) => Some(stage),
            What::Level(_) => None,
        }
    }
}

/// Codes of levels begin here; those of stages reached and ended lie below.
const LEVELS_FROM: u8 = 32;
/// Codes of stages observed begin here.
const OBSERVED_FROM: u8 = 64;
const _: () = assert!(
    Stage::COUNT * 2 <= LEVELS_FROM as usize
        && LEVELS_FROM as usize + Level::COUNT <= OBSERVED_FROM as usize
        && OBSERVED_FROM as usize + Stage::COUNT <= u8::MAX as usize
);

/// A statement about a milestone or a maturity in eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) slot: Slot,
    /// The day from which it counts.
    pub(crate) day: Day,
    code: u8,
    precision: u8,
}

impl Said {
    pub(crate) fn new(slot: Slot, what: What, on: PartialDate, day: Day) -> Said {
        let code = match what {
            What::Reached(stage) => stage.index() * 2,
            What::Ended(stage) => stage.index() * 2 + 1,
            What::Level(level) => usize::from(LEVELS_FROM) + level.index(),
            What::Observed(stage) => usize::from(OBSERVED_FROM) + stage.index(),
        };
        Said {
            slot,
            day,
            code: u8::try_from(code).expect("codes lie below 256, as checked above"),
            precision: on.precision() as u8,
        }
    }

    pub(crate) fn what(self) -> What {
        let stage =
            |index: u8| Stage::from_index(index.into()).unwrap_or_else(|| unreachable!("a known stage"));
        if let Some(observed) = self.code.checked_sub(OBSERVED_FROM) {
            return What::Observed(stage(observed));
        }
        if let Some(level) = self.code.checked_sub(LEVELS_FROM) {
            return What::Level(
                Level::from_index(level.into()).unwrap_or_else(|| unreachable!("a known level")),
            );
        }
        let stage = stage(self.code / 2);
        if self.code.is_multiple_of(2) { What::Reached(stage) } else { What::Ended(stage) }
    }

    /// Returns the date as it was given. The day from which it counts lies within the named period.
    pub(crate) fn on(self) -> PartialDate {
        let precision = Precision::ALL.get(usize::from(self.precision)).copied();
        PartialDate::of_day(self.day, precision.unwrap_or(Precision::Day))
    }
}

/// The statements about one service in one area, sorted by slot, then by position.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct AreaStatements(Option<Arc<Vec<Known<Said>>>>);

impl AreaStatements {
    /// Lists all.
    pub(crate) fn all(&self) -> &[Known<Said>] {
        self.0.as_ref().map_or(&[], |all| all.as_slice())
    }

    /// Lists those about one slot.
    pub(crate) fn of_slot(&self, slot: Slot) -> &[Known<Said>] {
        let all = self.all();
        let start = all.partition_point(|known| known.what.slot < slot);
        // A slot has few statements, so walking over them touches less memory than bisecting.
        let count = all[start..].iter().take_while(|known| known.what.slot == slot).count();
        &all[start..start + count]
    }

    /// Adds a statement after the others of its slot.
    pub(crate) fn push(&mut self, known: Known<Said>) {
        let all = with_room(self.0.get_or_insert_default());
        let index = all.partition_point(|other| other.what.slot <= known.what.slot);
        all.insert(index, known);
    }

    pub(crate) fn all_mut(&mut self) -> &mut Vec<Known<Said>> {
        Arc::make_mut(self.0.get_or_insert_default())
    }
}

/// The catalogue's history of a service.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ServiceHistory {
    pub(crate) said: Vec<Known<Dated<Option<Arc<Listing>>>>>,
    /// Numbers of the services that have ever named it as a parent.
    pub(crate) children: Vec<ServiceNo>,
}

/// The registry's history of an authority.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct AuthorityHistory {
    pub(crate) said: Vec<Known<Dated<Registered>>>,
    /// Numbers of the services that anything was said about here, sorted.
    pub(crate) services: Vec<ServiceNo>,
    /// Numbers of the authorities that have ever named it as a successor.
    pub(crate) predecessors: Vec<AuthorityNo>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_keeps_what_was_said_in_eight_bytes() {
        assert_eq!(size_of::<Said>(), 8);
        assert_eq!(size_of::<Known<Said>>(), 20);
        for text in ["2024-06-30", "2024-06", "2024-Q2", "2024", "2024-H1", "2024-W23", "2025-W01"] {
            let on = PartialDate::read(text).unwrap();
            for what in [
                What::Reached(Stage::Live),
                What::Ended(Stage::RolledOut),
                What::Observed(Stage::RolledOut),
                What::Level(Level::read("2.0:7").unwrap()),
            ] {
                let said = Said::new(Slot(3), what, on, on.last());
                assert_eq!((said.what(), said.on()), (what, on));
            }
        }
    }
}
