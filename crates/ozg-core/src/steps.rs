//! Timelines: a value that holds from a day on until the next; and running sums of dated changes.

use crate::words::Day;
use serde::{Deserialize, Serialize};

/// A timeline: `(day, value)` by day, each value holding from its day until the next; before the first the default
/// holds. Neighbouring values differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Steps<T>(Vec<(Day, T)>);

impl<T> Default for Steps<T> {
    fn default() -> Steps<T> {
        Steps(Vec::new())
    }
}

impl<T: Clone + PartialEq + Default> Steps<T> {
    /// Makes a timeline that has held for ever.
    pub(crate) fn always(value: T) -> Steps<T> {
        let mut steps = Steps::default();
        steps.push(Day::EVER, value);
        steps
    }

    /// Appends a value from a day on, which must not lie before the last; one of the same day gives way.
    pub(crate) fn push(&mut self, day: Day, value: T) {
        if self.0.last().is_some_and(|(last, _)| *last == day) {
            self.0.pop();
        }
        if self.0.last().map_or(value != T::default(), |(_, last)| *last != value) {
            self.0.push((day, value));
        }
    }

    /// Lists the steps.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Day, T)> + Clone {
        self.0.iter()
    }

    /// Tells whether the default holds on every day.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value on a day.
    pub(crate) fn on(&self, day: Day) -> T {
        self.step_on(day).map_or_else(T::default, |(_, value)| value.clone())
    }

    /// Returns the step that holds on a day, none before the first.
    pub(crate) fn step_on(&self, day: Day) -> Option<&(Day, T)> {
        self.0[..self.0.partition_point(|(from, _)| *from <= day)].last()
    }

    /// Walks the timeline by rising days.
    pub(crate) fn cursor(&self) -> Cursor<'_, T> {
        Cursor { steps: &self.0, passed: 0 }
    }

    /// Counts the steps that two timelines begin with alike.
    pub(crate) fn common(&self, other: &Steps<T>) -> usize {
        self.0.iter().zip(&other.0).take_while(|(own, other)| own == other).count()
    }

    /// Maps each value; neighbours that become equal are joined.
    pub(crate) fn map<U: Clone + PartialEq + Default>(&self, map: impl Fn(&T) -> U) -> Steps<U> {
        let mut steps = Steps::default();
        self.0.iter().for_each(|(day, value)| steps.push(*day, map(value)));
        steps
    }

    /// Lets the value of a day hold for all time before it.
    pub(crate) fn extended_back(&self, day: Day) -> Steps<T> {
        let mut steps = Steps::always(self.on(day));
        let later = self.0.iter().filter(|(from, _)| *from > day);
        later.for_each(|(from, value)| steps.push(*from, value.clone()));
        steps
    }

    /// Joins two timelines day by day.
    pub(crate) fn zip<U: Clone + PartialEq + Default, V: Clone + PartialEq + Default>(
        &self,
        other: &Steps<U>,
        join: impl Fn(&T, &U) -> V,
    ) -> Steps<V> {
        let (left, right) = (&self.0, &other.0);
        let (mut a, mut b) = (T::default(), U::default());
        let (mut i, mut j) = (0, 0);
        let mut steps = Steps::default();
        while i < left.len() || j < right.len() {
            let next_left = left.get(i).map_or(Day::LAST, |step| step.0);
            let next_right = right.get(j).map_or(Day::LAST, |step| step.0);
            let day = next_left.min(next_right);
            if let Some(step) = left.get(i).filter(|step| step.0 == day) {
                a = step.1.clone();
                i += 1;
            }
            if let Some(step) = right.get(j).filter(|step| step.0 == day) {
                b = step.1.clone();
                j += 1;
            }
            steps.push(day, join(&a, &b));
        }
        steps
    }
}

/// A place in a timeline that only moves on.
pub(crate) struct Cursor<'a, T> {
    steps: &'a [(Day, T)],
    passed: usize,
}

impl<'a, T> Cursor<'a, T> {
    /// Returns the step that holds on a day, which must not lie before the last one asked for; none before the first.
    pub(crate) fn step_on(&mut self, day: Day) -> Option<&'a (Day, T)> {
        while self.steps.get(self.passed).is_some_and(|(from, _)| *from <= day) {
            self.passed += 1;
        }
        self.steps.get(self.passed.checked_sub(1)?)
    }
}

impl Steps<bool> {
    /// Holds where it does not hold.
    pub(crate) fn not(&self) -> Steps<bool> {
        Steps::always(true).zip(self, |_, holds| !*holds)
    }

    /// Returns the first day on which it holds.
    pub(crate) fn first(&self) -> Option<Day> {
        self.0.iter().find(|(_, holds)| *holds).map(|(day, _)| *day)
    }

    /// Holds where either holds.
    pub(crate) fn or(&self, other: &Steps<bool>) -> Steps<bool> {
        if other.is_empty() {
            return self.clone();
        }
        self.zip(other, |a, b| *a || *b)
    }

    /// Holds where both hold.
    pub(crate) fn and(&self, other: &Steps<bool>) -> Steps<bool> {
        self.zip(other, |a, b| *a && *b)
    }
}

impl Steps<i64> {
    /// Adds day by day.
    pub(crate) fn plus(&self, other: &Steps<i64>) -> Steps<i64> {
        self.zip(other, |a, b| a + b)
    }

    /// Multiplies day by day.
    pub(crate) fn times(&self, other: &Steps<i64>) -> Steps<i64> {
        self.zip(other, |a, b| a * b)
    }
}

/// Dated changes whose running sum is a count: `(day, ±change)` by day, none of them zero.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Net(Vec<(Day, i32)>);

impl Net {
    /// Adds a change on a day.
    pub(crate) fn add(&mut self, day: Day, change: i32) {
        match self.0.binary_search_by_key(&day, |step| step.0) {
            Ok(index) => {
                self.0[index].1 += change;
                if self.0[index].1 == 0 {
                    self.0.remove(index);
                }
            }
            Err(index) if change != 0 => self.0.insert(index, (day, change)),
            Err(_) => {}
        }
    }

    /// Lists the changes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Day, i32)> + Clone {
        self.0.iter()
    }

    /// Tells whether nothing ever changes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the sum with further changes, which must come by day.
    pub(crate) fn plus(&self, changes: impl ExactSizeIterator<Item = (Day, i32)>) -> Net {
        let mut sum: Vec<(Day, i32)> = Vec::with_capacity(self.0.len() + changes.len());
        let mut rest = self.0.as_slice();
        for (day, change) in changes {
            let before = rest.partition_point(|step| step.0 < day);
            sum.extend_from_slice(&rest[..before]);
            rest = &rest[before..];
            if let Some(own) = rest.first().filter(|step| step.0 == day) {
                sum.push(*own);
                rest = &rest[1..];
            }
            match sum.last_mut().filter(|step| step.0 == day) {
                Some(step) => step.1 += change,
                None => sum.push((day, change)),
            }
            if sum.last().is_some_and(|step| step.1 == 0) {
                sum.pop();
            }
        }
        sum.extend_from_slice(rest);
        Net(sum)
    }

    /// Returns the first and the last day of change.
    pub(crate) fn span(&self) -> Option<(Day, Day)> {
        Some((self.0.first()?.0, self.0.last()?.0))
    }

    /// Sums several, day by day.
    pub(crate) fn sum_of(nets: &[std::borrow::Cow<'_, Net>]) -> Net {
        let days =
            || nets.iter().flat_map(|net| net.0.first().into_iter().chain(net.0.last())).map(|step| step.0);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Net::default() };
        let mut dense = vec![0i32; usize::from(last.0 - first.0) + 1];
        for (day, change) in nets.iter().flat_map(|net| &net.0) {
            dense[usize::from(day.0 - first.0)] += change;
        }
        (first.0..=last.0).map(Day).zip(dense).collect()
    }

    /// Returns the running sum as a timeline.
    pub(crate) fn steps(&self) -> Steps<i64> {
        let mut sum = 0;
        Steps(
            self.0
                .iter()
                .map(|(day, change)| {
                    sum += i64::from(*change);
                    (*day, sum)
                })
                .collect(),
        )
    }

    /// Returns when the running sum is above zero.
    pub(crate) fn above_zero(&self) -> Steps<bool> {
        let mut steps = Steps::default();
        let mut sum = 0;
        for (day, change) in &self.0 {
            sum += change;
            steps.push(*day, sum > 0);
        }
        steps
    }
}

impl FromIterator<(Day, i32)> for Net {
    /// Takes changes that are sorted by day, one a day.
    fn from_iter<I: IntoIterator<Item = (Day, i32)>>(changes: I) -> Net {
        Net(changes.into_iter().filter(|(_, change)| *change != 0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_join_equal_neighbours_and_zip_day_by_day() {
        let mut a = Steps::default();
        for (day, value) in [(3, true), (5, true), (7, false), (7, true), (9, false)] {
            a.push(Day(day), value);
        }
        assert_eq!(a.iter().copied().collect::<Vec<_>>(), [(Day(3), true), (Day(9), false)]);
        let b = Steps::always(true);
        assert_eq!(a.and(&b), a);
        assert_eq!(a.or(&b), b);
        assert!(!a.on(Day(2)) && a.on(Day(8)) && !a.on(Day(9)));
    }

    #[test]
    fn a_net_forgets_what_cancels() {
        let mut net = Net::default();
        net.add(Day(5), 2);
        net.add(Day(3), -1);
        net.add(Day(3), 1);
        assert_eq!(net.iter().copied().collect::<Vec<_>>(), [(Day(5), 2)]);
        assert_eq!(net.steps().on(Day(5)), 2);
        assert!(net.above_zero().on(Day(6)));
    }
}
