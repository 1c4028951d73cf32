//! The history of one label set: values by the day from which each holds.

use ozg_core::query::{Every, Query};
use ozg_core::words::Day;

/// The days of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeldDays {
    /// One day.
    On(Day),
    /// Each day up to this one on which something changed.
    Until(Day),
}

impl HeldDays {
    /// Returns the last day.
    pub(crate) fn last(self) -> Day {
        match self {
            HeldDays::On(day) | HeldDays::Until(day) => day,
        }
    }

    /// Sets the days of a query.
    pub(super) fn put(self, query: &mut Query) {
        match self {
            HeldDays::On(day) => query.on = Some(day),
            HeldDays::Until(day) => (query.every, query.to) = (Every::Change, Some(day)),
        }
    }
}

/// A label set with its values. Each holds from its day until the next; `None` ends the values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelledLine {
    pub(crate) labels: Vec<(&'static str, String)>,
    pub(crate) changes: Vec<(Day, Option<f64>)>,
}

impl LabelledLine {
    pub(crate) fn new(labels: Vec<(&'static str, String)>) -> LabelledLine {
        LabelledLine { labels, changes: Vec::new() }
    }

    /// Lets a value hold from a day on, and drops the values of later days.
    pub(super) fn put(&mut self, day: Day, value: Option<f64>) {
        while self.changes.last().is_some_and(|(last, _)| *last >= day) {
            self.changes.pop();
        }
        if self.changes.last().map_or(value.is_some(), |(_, last)| *last != value) {
            self.changes.push((day, value));
        }
    }

    /// Returns the last value.
    pub(crate) fn last(&self) -> Option<f64> {
        self.changes.last().and_then(|(_, value)| *value)
    }

    /// Tells whether the line never has a value.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_give_way_and_neighbours_differ() {
        let mut line = LabelledLine::new(Vec::new());
        let puts = [(3, None), (4, Some(1.0)), (6, Some(1.0)), (9, Some(2.0)), (8, None), (8, None)];
        puts.into_iter().for_each(|(day, value)| line.put(Day(day), value));
        assert_eq!(line.changes, [(Day(4), Some(1.0)), (Day(8), None)]);
    }
}
