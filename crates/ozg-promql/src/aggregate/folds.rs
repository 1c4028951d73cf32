//! Aggregations that fold the values of a group into one value, at each step.

use super::Group;
use crate::functions::{quantile_of_sorted, sort_nan_first};
use crate::kahan::{Sum, mean as mean_of};
use crate::numbers::{ABSENT, is_present};

impl Group<'_> {
    /// Folds the values of all lines into one state per step.
    fn fold<T: Clone>(&self, empty: T, mut add: impl FnMut(&mut T, f64)) -> Vec<T> {
        let mut states = vec![empty; self.steps];
        let mut scratch = Vec::new();
        for line in self.lines {
            for (state, value) in states.iter_mut().zip(line.read(&mut scratch)) {
                if is_present(*value) {
                    add(state, *value);
                }
            }
        }
        states
    }

    /// Folds the values of all lines into one number per step, beginning with the first value.
    fn reduce(&self, mut join: impl FnMut(f64, f64) -> f64) -> Vec<f64> {
        self.fold(ABSENT, |state, value| {
            *state = if is_present(*state) { join(*state, value) } else { value }
        })
    }

    /// Computes one number from all values of a step.
    fn columns(&self, compute: impl Fn(&mut Vec<f64>, usize) -> f64) -> Vec<f64> {
        let mut columns = self.fold(Vec::new(), Vec::push);
        let all = columns.iter_mut().enumerate();
        all.map(|(step, column)| if column.is_empty() { ABSENT } else { compute(column, step) }).collect()
    }
}

/// A sum and whether there was anything to add.
type Running = (Sum, bool);

pub(super) fn sum(group: &Group<'_>) -> Vec<f64> {
    let sums: Vec<Running> = group.fold((Sum::default(), false), |(sum, any), value| {
        sum.add(value);
        *any = true;
    });
    sums.into_iter().map(|(sum, any)| if any { sum.total() } else { ABSENT }).collect()
}

pub(super) fn mean(group: &Group<'_>) -> Vec<f64> {
    let sums = group.fold((Sum::default(), 0.0), |(sum, count), value| {
        sum.add(value);
        *count += 1.0;
    });
    let means: Vec<f64> =
        sums.iter().map(|(sum, count)| if *count > 0.0 { sum.total() / count } else { ABSENT }).collect();
    if means.iter().all(|mean| mean.is_finite() || !is_present(*mean)) {
        return means;
    }
    group.columns(|column, _| mean_of(column.iter().copied()))
}

pub(super) fn smallest(group: &Group<'_>) -> Vec<f64> {
    group.reduce(|least, value| if value < least || least.is_nan() { value } else { least })
}

pub(super) fn largest(group: &Group<'_>) -> Vec<f64> {
    group.reduce(|most, value| if value > most || most.is_nan() { value } else { most })
}

pub(super) fn count(group: &Group<'_>) -> Vec<f64> {
    let counts = group.fold(0.0, |count, _| *count += 1.0);
    counts.into_iter().map(|count| if count > 0.0 { count } else { ABSENT }).collect()
}

pub(super) fn group(group: &Group<'_>) -> Vec<f64> {
    group.fold(ABSENT, |state, _| *state = 1.0)
}

/// Count, mean and squares of the differences from it (Welford).
type Spread = (f64, f64, f64);

fn spread(group: &Group<'_>) -> Vec<f64> {
    let spreads: Vec<Spread> = group.fold((0.0, 0.0, 0.0), |(count, mean, squares), value| {
        *count += 1.0;
        let delta = value - *mean;
        *mean += delta / *count;
        *squares += delta * (value - *mean);
    });
    spreads
        .into_iter()
        .map(|(count, _, squares)| if count > 0.0 { squares / count } else { ABSENT })
        .collect()
}

pub(super) fn variance(group: &Group<'_>) -> Vec<f64> {
    spread(group)
}

pub(super) fn deviation(group: &Group<'_>) -> Vec<f64> {
    spread(group).into_iter().map(|value| if is_present(value) { value.sqrt() } else { ABSENT }).collect()
}

pub(super) fn quantile(group: &Group<'_>) -> Vec<f64> {
    group.columns(|column, step| {
        sort_nan_first(column);
        quantile_of_sorted(group.numbers.get(step).copied().unwrap_or(f64::NAN), column)
    })
}
