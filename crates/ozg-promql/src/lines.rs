//! The values of a node of a query: one line per label set, one value per step.

use crate::errors::Error;
use crate::grid::{DAY_MS, Grid};
use crate::labels::Labels;
use crate::meter::Meter;
use crate::numbers::{ABSENT, is_present};
use crate::source::Change;
use std::collections::HashMap;
use std::sync::Arc;

/// One label set with a value for each step, or [`ABSENT`].
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) labels: Labels,
    pub(crate) values: Values,
}

/// The values of a line: one per step, or the changes from which they follow.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    Dense(Vec<f64>),
    Held(Held),
}

/// A series whose values hold until the next change, seen at the instants of a grid, up to a last day.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) changes: Arc<[Change]>,
    pub(crate) grid: Grid,
    pub(crate) last_day: i32,
}

impl Line {
    pub(crate) fn dense(labels: Labels, values: Vec<f64>) -> Line {
        Line { labels, values: Values::Dense(values) }
    }

    /// Returns one value per step; `scratch` is their memory if the line holds changes.
    pub(crate) fn read<'a>(&'a self, scratch: &'a mut Vec<f64>) -> &'a [f64] {
        match &self.values {
            Values::Dense(values) => values,
            Values::Held(held) => {
                held.write(scratch);
                scratch
            }
        }
    }

    /// Turns the line into its labels and one value per step.
    pub(crate) fn into_dense(self, meter: &Meter<'_>) -> Result<(Labels, Vec<f64>), Error> {
        let values = match self.values {
            Values::Dense(values) => values,
            Values::Held(held) => {
                meter.take(held.grid.count)?;
                let mut values = Vec::new();
                held.write(&mut values);
                values
            }
        };
        Ok((self.labels, values))
    }
}

impl Held {
    /// Writes a value for each step: each change fills the steps up to the next one.
    fn write(&self, out: &mut Vec<f64>) {
        out.clear();
        out.resize(self.grid.count, ABSENT);
        let midnight = |day: i32| i64::from(day) * DAY_MS;
        let end = midnight(self.last_day.saturating_add(1));
        if self.grid.step == 0 {
            let at = self.grid.start;
            let known = self.changes.partition_point(|change| midnight(change.day) <= at);
            let value = known.checked_sub(1).and_then(|index| self.changes[index].value);
            if let (Some(value), true) = (value, at < end) {
                out.fill(value);
            }
            return;
        }
        let end = self.grid.first_at(end);
        for (index, change) in self.changes.iter().enumerate() {
            let Some(value) = change.value else { continue };
            let first = self.grid.first_at(midnight(change.day));
            let next = self.changes.get(index + 1).map_or(end, |next| self.grid.first_at(midnight(next.day)));
            if first < next.min(end) {
                out[first..next.min(end)].fill(value);
            }
        }
    }
}

/// Joins lines with the same labels; two values at the same step are refused.
pub(crate) fn joined(lines: Vec<Line>, meter: &Meter<'_>) -> Result<Vec<Line>, Error> {
    let mut places: HashMap<Labels, usize> = HashMap::with_capacity(lines.len());
    let mut all: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match places.get(&line.labels) {
            None => {
                places.insert(line.labels.clone(), all.len());
                all.push(line);
            }
            Some(place) => {
                let known = std::mem::replace(&mut all[*place], Line::dense(Labels::default(), Vec::new()));
                let (labels, mut values) = known.into_dense(meter)?;
                let (_, more) = line.into_dense(meter)?;
                for (value, more) in values.iter_mut().zip(more) {
                    match (is_present(*value), is_present(more)) {
                        (true, true) => return Err(Error::same_labels()),
                        (false, true) => *value = more,
                        _ => {}
                    }
                }
                all[*place] = Line::dense(labels, values);
            }
        }
    }
    Ok(all)
}

/// Refuses lines with the same labels, even if their values are at different steps.
pub(crate) fn distinct(lines: Vec<Line>) -> Result<Vec<Line>, Error> {
    let mut seen = std::collections::HashSet::with_capacity(lines.len());
    if lines.iter().all(|line| seen.insert(&line.labels)) { Ok(lines) } else { Err(Error::same_labels()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_until_the_next_change_and_not_after_the_last_day() {
        let change = |day, value| Change { day, value };
        let changes = [change(2, Some(5.0)), change(4, None), change(5, Some(7.0))];
        let grid = Grid { start: DAY_MS / 2, step: DAY_MS, count: 9 };
        let held = Held { changes: Arc::from(changes), grid, last_day: 6 };
        let mut out = Vec::new();
        held.write(&mut out);
        let shown: Vec<Option<f64>> = out.into_iter().map(|v| Some(v).filter(|v| is_present(*v))).collect();
        let (five, seven) = (Some(5.0), Some(7.0));
        assert_eq!(shown, [None, None, five, five, None, seven, seven, None, None]);
        let fixed = Held { grid: Grid { start: 3 * DAY_MS, step: 0, count: 2 }, ..held };
        let mut out = Vec::new();
        fixed.write(&mut out);
        assert_eq!(out, [5.0, 5.0]);
    }
}
