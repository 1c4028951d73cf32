//! Which catalogues and registers are complete, and since when (rule 10a).

use super::AsOf;
use crate::event::Register;
use crate::state::{by_day, steps};
use crate::steps::Steps;
use crate::words::{Area, AuthorityKind, Day, Unit};

/// When a catalogue or a register is complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Complete {
    /// When it is complete, the time before the first day on which it was declared so included.
    pub(crate) holds: Steps<bool>,
    /// The time before that day, for which its state of that day stands.
    pub(crate) early: Steps<bool>,
}

impl Complete {
    fn of(declared: &Steps<bool>) -> Complete {
        let Some(first) = declared.first() else { return Complete::default() };
        let mut early = Steps::default();
        if first > Day::EVER {
            early.push(Day::EVER, true);
            early.push(first, false);
        }
        Complete { holds: declared.extended_back(first), early }
    }

    /// Lets the first edition stand for the time before it.
    pub(crate) fn with_first<T: Clone + PartialEq + Default>(&self, of_days: Steps<T>) -> Steps<T> {
        match self.early.iter().last() {
            Some((first, _)) => of_days.extended_back(*first),
            None => of_days,
        }
    }
}

impl AsOf<'_> {
    /// Returns when the catalogue of a unit is complete.
    pub(crate) fn catalogue(self, unit: Unit) -> Complete {
        let history = self.state.registers.get(&Register::Catalogue(unit));
        Complete::of(&steps(history.map_or(&[][..], Vec::as_slice), self.position, |complete| *complete))
    }

    /// Tells whether anything was ever said of the register of a kind in a Land itself, not only in Germany.
    pub(crate) fn has_own_register(self, kind: AuthorityKind, area: Area) -> bool {
        area != Area::DE && self.state.registers.get(&Register::Authorities(kind, area)).is_some()
    }

    /// Returns when the register of the authorities of a kind in a Land is complete; in DE that of those without a Land. What
    /// is said of Germany is said of every Land; of one day, what is said of the Land itself holds.
    pub(crate) fn register(self, kind: AuthorityKind, area: Area) -> Complete {
        let mut said: Vec<(Day, bool, bool)> = Vec::new();
        for (is_own, of) in [(false, Area::DE), (true, area)] {
            let history = self.state.registers.get(&Register::Authorities(kind, of));
            let standing = by_day(history.map_or(&[][..], Vec::as_slice), self.position);
            said.extend(standing.into_iter().map(|known| (known.what.day, is_own, known.what.said)));
        }
        said.sort_by_key(|(day, is_own, _)| (*day, *is_own));
        let mut declared = Steps::default();
        said.into_iter().for_each(|(day, _, complete)| declared.push(day, complete));
        Complete::of(&declared)
    }
}
