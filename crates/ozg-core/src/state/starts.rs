//! First days of regions, which all their lines share: found once for as long as a state is shared.

use crate::held::Held;
use crate::words::{Day, Position, Slug};
use std::collections::BTreeMap;

/// Most first days that are remembered; beyond, all are found anew.
const STARTS_MAX: usize = 1_000;

/// The first day of each region as of each position that was asked for. What holds as of a position never changes; a clone,
/// which the writer may change, begins with none all the same.
#[derive(Debug, Default)]
pub(crate) struct RegionStarts(Held<BTreeMap<(Slug, Position), Option<Day>>>);

impl Clone for RegionStarts {
    fn clone(&self) -> RegionStarts {
        RegionStarts::default()
    }
}

impl RegionStarts {
    /// Returns the first day of a region as of a position, and finds it where nobody has asked yet.
    pub(crate) fn of(
        &self,
        region: &Slug,
        position: Position,
        find: impl FnOnce() -> Option<Day>,
    ) -> Option<Day> {
        let key = (region.clone(), position);
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
