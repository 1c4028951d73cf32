//! `topk` and `bottomk`, which keep lines as they are, and `count_values`, which makes one line per distinct value.

use super::Group;
use crate::errors::Error;
use crate::evaluate::Evaluation;
use crate::grid::Grid;
use crate::labels::{Labels, is_label_name};
use crate::lines::{Line, joined};
use crate::numbers::{ABSENT, is_present, plain};
use std::collections::HashMap;

/// Tells whether the first of two values ranks lower.
pub(super) type Before = fn(f64, f64) -> bool;

/// Largest value of the parameter, a count.
const COUNT_MAX: f64 = 9_223_372_036_854_775_807.0;

/// The best values so far, the lowest of them on top. The heap is built as in Prometheus, so that ties are broken alike.
struct Heap {
    best: Vec<(f64, usize)>,
    before: Before,
}

impl Heap {
    /// NaN ranks lowest.
    fn is_lower(&self, left: f64, right: f64) -> bool {
        left.is_nan() || (self.before)(left, right)
    }

    fn less(&self, left: usize, right: usize) -> bool {
        self.is_lower(self.best[left].0, self.best[right].0)
    }

    fn offer(&mut self, value: f64, index: usize, most: usize) {
        if self.best.len() < most {
            self.best.push((value, index));
            self.rise(self.best.len() - 1);
        } else if self
            .best
            .first()
            .is_some_and(|(least, _)| (self.before)(*least, value) || (least.is_nan() && !value.is_nan()))
        {
            self.best[0] = (value, index);
            self.sink(0);
        }
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.less(at, parent) {
                break;
            }
            self.best.swap(at, parent);
            at = parent;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            if left >= self.best.len() {
                break;
            }
            let child = if right < self.best.len() && self.less(right, left) { right } else { left };
            if !self.less(child, at) {
                break;
            }
            self.best.swap(at, child);
            at = child;
        }
    }
}

/// Keeps at each step the lines that rank highest; at one instant in the order of their ranks.
pub(super) fn kept(
    evaluation: &Evaluation<'_>,
    group: &Group<'_>,
    before: Before,
) -> Result<Vec<Line>, Error> {
    evaluation.meter.take(group.lines.len().saturating_mul(group.steps))?;
    let mut lines = Vec::with_capacity(group.lines.len());
    for line in group.lines {
        lines.push(line.clone().into_dense(&evaluation.meter)?);
    }
    let mut out: Vec<Vec<f64>> = lines.iter().map(|_| vec![ABSENT; group.steps]).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut heap = Heap { best: Vec::new(), before };
    for step in 0..group.steps {
        let most = count(group.numbers.get(step).copied().unwrap_or(f64::NAN))?;
        heap.best.clear();
        for (index, (_, values)) in lines.iter().enumerate() {
            if is_present(values[step]) && most > 0 {
                heap.offer(values[step], index, most);
            }
        }
        heap.best.iter().for_each(|(value, index)| out[*index][step] = *value);
    }
    if group.steps == 1 {
        let mut best = heap.best.clone();
        best.sort_by(|left, right| match (heap.is_lower(left.0, right.0), heap.is_lower(right.0, left.0)) {
            (true, false) => std::cmp::Ordering::Greater,
            (false, true) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Equal,
        });
        order = best.into_iter().map(|(_, index)| index).collect();
    }
    let mut take = |index: usize| std::mem::take(&mut out[index]);
    let kept = order.into_iter().map(|index| Line::dense(lines[index].0.clone(), take(index)));
    Ok(kept.filter(|line| line.read(&mut Vec::new()).iter().any(|value| is_present(*value))).collect())
}

/// Reads a parameter that is a count; what is below 0 counts as 0.
pub(super) fn count(number: f64) -> Result<usize, Error> {
    if number.is_nan() || number.abs() > COUNT_MAX {
        return Err(Error::execution(format!("Scalar value {} overflows int64", plain(number))));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded and not negative")]
    Ok(number.max(0.0) as usize)
}

/// Counts how often each value occurs in a group. A label of the result holds the value.
pub(super) fn count_values(
    evaluation: &Evaluation<'_>,
    groups: Vec<(Labels, Vec<Line>)>,
    label: &str,
    grid: &Grid,
) -> Result<Vec<Line>, Error> {
    if !is_label_name(label) {
        return Err(Error::execution(format!("invalid label name {label:?}")));
    }
    // If the label is one of those that the groups are made by, groups become one.
    let mut places: HashMap<Labels, usize> = HashMap::new();
    let mut counts: Vec<Line> = Vec::new();
    let mut scratch = Vec::new();
    for (labels, lines) in groups {
        for line in &lines {
            for (step, value) in line.read(&mut scratch).iter().enumerate().filter(|(_, v)| is_present(**v)) {
                let labels = labels.with(label, &plain(*value));
                let place = match places.get(&labels) {
                    Some(place) => *place,
                    None => {
                        evaluation.meter.take(grid.count)?;
                        counts.push(Line::dense(labels.clone(), vec![ABSENT; grid.count]));
                        places.insert(labels, counts.len() - 1);
                        counts.len() - 1
                    }
                };
                if let crate::lines::Values::Dense(counted) = &mut counts[place].values {
                    counted[step] = if is_present(counted[step]) { counted[step] + 1.0 } else { 1.0 };
                }
            }
        }
    }
    joined(counts, &evaluation.meter)
}
