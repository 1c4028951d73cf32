//! The rules with stored sums by pair and by level: what the projection keeps, and in which cells.

use super::rules::{Counts, Pairs, rule};
use super::sums::{Sub, Sum};
use crate::measure::Measure;
use crate::state::Count;
use crate::words::Level;
use std::sync::LazyLock;

/// The stored measures of pairs: the rule of each and the count of its cells.
pub(crate) static STORED_PAIRS: LazyLock<Vec<(Pairs, Count)>> = LazyLock::new(|| {
    let stored = |measure| {
        let rule = rule(measure);
        let (Counts::Pairs(pairs), Some(Sum::OfLaender(count, _))) = (rule.counts, rule.stored) else {
            return None;
        };
        Some((pairs, count))
    };
    Measure::all().filter_map(stored).collect()
});

/// A stored measure of levels: when a level counts, in which cells, and whether there is one for each level.
type StoredLevels = (fn(Level, Option<Level>) -> bool, Count, Sub);

/// The rules of measures of levels with their stored sums.
pub(crate) static STORED_LEVELS: LazyLock<Vec<StoredLevels>> = LazyLock::new(|| {
    let stored = |measure| {
        let rule = rule(measure);
        let (Counts::Levels(counts), Some(Sum::OfArea(count, sub))) = (rule.counts, rule.stored) else {
            return None;
        };
        Some((counts, count, sub))
    };
    Measure::all().filter_map(stored).collect()
});
