//! First days that are folded on demand. Many lines share them, so each is found once for as long as a state is shared.

use crate::held::Held;
use crate::measure::Measure;
use crate::words::{Day, Place, Position, ServiceId, Unit};
use std::collections::BTreeMap;

/// Most first days that are remembered; beyond, all are found anew.
const STARTS_MAX: usize = 10_000;

/// What a first day is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StartOf {
    pub(crate) measure: Measure,
    pub(crate) place: Place,
    pub(crate) service: Option<ServiceId>,
    pub(crate) unit: Unit,
    pub(crate) position: Position,
}

/// First days as of the positions that were asked for. What holds as of a position never changes; a clone, which the writer
/// may change, begins with none all the same.
#[derive(Debug, Default)]
pub(crate) struct Starts(Held<BTreeMap<StartOf, Option<Day>>>);

impl Clone for Starts {
    fn clone(&self) -> Starts {
        Starts::default()
    }
}

impl Starts {
    /// Returns a first day, and finds it where nobody has asked yet.
    pub(crate) fn of(&self, key: StartOf, find: impl FnOnce() -> Option<Day>) -> Option<Day> {
        if let Some(known) = self.0.hold().get(&key) {
            return *known;
        }
        let found = find();
        let mut known = self.0.hold();
        if known.len() >= STARTS_MAX {
            known.clear();
        }
        known.insert(key, found);
        found
    }
}
