//! The instants of a query, and the days that they lie in.

/// Milliseconds per day.
pub const DAY_MS: i64 = 86_400_000;

/// Evenly spaced instants in milliseconds since 1970 UTC; a step of 0 repeats one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grid {
    /// The first instant.
    pub(crate) start: i64,
    /// Milliseconds from one instant to the next.
    pub(crate) step: i64,
    /// The number of instants.
    pub(crate) count: usize,
}

impl Grid {
    /// Makes the grid from `start` to `end`. The grid ends before `end` if no step falls on it: from 10 to 35 by 10 it is
    /// 10, 20, 30.
    pub(crate) fn span(start: i64, end: i64, step: i64) -> Grid {
        let steps = if step > 0 { end.saturating_sub(start).max(0) / step } else { 0 };
        Grid { start, step, count: usize::try_from(steps).unwrap_or(usize::MAX - 1) + 1 }
    }

    /// Returns the instant at an index.
    pub(crate) fn at(&self, index: usize) -> i64 {
        let index = i64::try_from(index).unwrap_or(i64::MAX);
        self.start.saturating_add(index.saturating_mul(self.step))
    }

    /// Returns the last instant.
    pub(crate) fn end(&self) -> i64 {
        self.at(self.count.saturating_sub(1))
    }

    /// Lists the instants.
    pub(crate) fn instants(&self) -> impl Iterator<Item = i64> + '_ {
        (0..self.count).map(|index| self.at(index))
    }

    /// Returns the index of the first instant at or after another.
    pub(crate) fn first_at(&self, instant: i64) -> usize {
        let ahead = instant.saturating_sub(self.start);
        if ahead <= 0 {
            return 0;
        }
        if self.step == 0 {
            return self.count;
        }
        let index = ahead / self.step + i64::from(ahead % self.step != 0);
        usize::try_from(index).unwrap_or(usize::MAX).min(self.count)
    }
}

/// What a query asks for: one instant, or a span in steps. `@ end()` and `end()` mean the end that was asked for, on which
/// no step need fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub(crate) start: i64,
    pub(crate) end: i64,
    /// Milliseconds from one step to the next; 0 for one instant.
    pub(crate) step: i64,
}

impl Asked {
    /// Asks for one instant in milliseconds since 1970.
    #[must_use]
    pub fn instant(at: i64) -> Asked {
        Asked { start: at, end: at, step: 0 }
    }

    /// Asks for a span in steps, all in milliseconds.
    #[must_use]
    pub fn span(start: i64, end: i64, step: i64) -> Asked {
        Asked { start, end, step: step.max(1) }
    }

    /// Tells whether one instant is asked for; only then the order of series has a meaning.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        self.step == 0
    }

    /// Returns the instants.
    pub(crate) fn grid(&self) -> Grid {
        Grid::span(self.start, self.end, self.step)
    }
}

/// Returns the day that an instant lies in, in UTC, as days since 1970.
pub(crate) fn day_of(instant: i64) -> i32 {
    i32::try_from(instant.div_euclid(DAY_MS)).unwrap_or(if instant < 0 { i32::MIN } else { i32::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_instant_is_met_only_where_a_step_falls_on_it() {
        let grid = Grid::span(10, 35, 10);
        assert_eq!(grid.instants().collect::<Vec<_>>(), [10, 20, 30]);
        assert_eq!(
            (grid.first_at(-5), grid.first_at(11), grid.first_at(20), grid.first_at(31)),
            (0, 1, 1, 3)
        );
        assert_eq!((day_of(-1), day_of(0), day_of(DAY_MS)), (-1, 0, 1));
    }
}
