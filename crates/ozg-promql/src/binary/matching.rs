//! Operators between two vectors. Series are matched by their labels once. At each step the matched series that have a
//! value are combined, and the rules of matching are checked: one side is unique, and so is the result.

use super::{Used, signature};
use crate::errors::Error;
use crate::evaluate::Evaluation;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::lines::Line;
use crate::numbers::{ABSENT, is_present};
use promql_parser::parser::{BinModifier, VectorMatchCardinality};
use std::collections::HashMap;

/// A line with one value per step.
type Dense = (Labels, Vec<f64>);

/// How the sides of an operator are matched.
struct Rule<'a> {
    used: Used,
    modifier: &'a BinModifier,
    /// Whether the left side is the "one" side, as with `group_right`.
    swapped: bool,
    /// Labels that the result takes from the "one" side.
    taken: &'a [String],
    /// The values that are filled in where a series of the "many" or the "one" side has no match.
    fill_many: Option<f64>,
    fill_one: Option<f64>,
}

pub(super) fn evaluate(
    evaluation: &Evaluation<'_>,
    used: Used,
    modifier: &BinModifier,
    left: Vec<Line>,
    right: Vec<Line>,
    grid: &Grid,
) -> Result<Vec<Line>, Error> {
    let dense = |lines: Vec<Line>| {
        lines
            .into_iter()
            .map(|line| line.into_dense(&evaluation.meter))
            .collect::<Result<Vec<Dense>, Error>>()
    };
    let (left, right) = (dense(left)?, dense(right)?);
    let matched = steps_to_match(modifier, &left, &right, grid);
    let swapped = matches!(modifier.card, VectorMatchCardinality::OneToMany(_));
    let taken = modifier.card.labels().map_or(&[][..], |labels| &labels.labels);
    let fill = &modifier.fill_values;
    let (fill_many, fill_one) = if swapped { (fill.rhs, fill.lhs) } else { (fill.lhs, fill.rhs) };
    let rule = Rule { used, modifier, swapped, taken, fill_many, fill_one };
    let (many, one) = if swapped { (right, left) } else { (left, right) };
    let mut ones: HashMap<Labels, Vec<Dense>> = HashMap::new();
    for line in one {
        ones.entry(signature(modifier, &line.0)).or_default().push(line);
    }
    for lines in ones.values() {
        unique(lines, &matched, &rule)?;
    }
    let mut lines = Vec::new();
    let mut results: HashMap<Labels, Vec<bool>> = HashMap::new();
    for line in &many {
        let key = signature(modifier, &line.0);
        for one in ones.get(&key).into_iter().flatten() {
            evaluation.meter.take(grid.count)?;
            let values = rule.combine(&line.1, &one.1);
            if modifier.card == VectorMatchCardinality::OneToOne {
                once(results.entry(key.clone()).or_insert_with(|| vec![false; grid.count]), &values)?;
            }
            lines.push(Line::dense(rule.labels(&line.0, &one.0), values));
        }
    }
    if let Some(value) = rule.fill_one {
        lines.extend(rule.filled(
            evaluation,
            &many,
            &by_group(&rule, ones.values().flatten()),
            value,
            false,
        )?);
    }
    if let Some(value) = rule.fill_many {
        let mut ones: Vec<Dense> = ones.into_values().flatten().collect();
        ones.sort_by(|left, right| left.0.cmp(&right.0));
        lines.extend(rule.filled(evaluation, &ones, &by_group(&rule, many.iter()), value, true)?);
    }
    Ok(lines)
}

/// The steps at which a group of series has a value.
type Present = HashMap<Labels, Vec<bool>>;

/// Marks the steps at which the groups of a side have a value.
fn by_group<'a>(rule: &Rule<'_>, lines: impl Iterator<Item = &'a Dense>) -> Present {
    let mut groups = Present::new();
    for (labels, values) in lines {
        let group =
            groups.entry(signature(rule.modifier, labels)).or_insert_with(|| vec![false; values.len()]);
        group.iter_mut().zip(values).for_each(|(present, value)| *present |= is_present(*value));
    }
    groups
}

/// Marks the steps at which series are matched: both sides have a value, or what one of them lacks is filled in. At the other
/// steps nothing is refused.
fn steps_to_match(modifier: &BinModifier, left: &[Dense], right: &[Dense], grid: &Grid) -> Vec<bool> {
    let fills = modifier.fill_values.lhs.is_some() || modifier.fill_values.rhs.is_some();
    let any = |lines: &[Dense]| {
        let mut any = vec![false; grid.count];
        for (_, values) in lines {
            any.iter_mut().zip(values).for_each(|(any, value)| *any |= is_present(*value));
        }
        any
    };
    let both = |(left, right): (bool, bool)| (left && right) || (fills && (left || right));
    any(left).into_iter().zip(any(right)).map(both).collect()
}

/// Refuses two series on the "one" side that have a value at the same step.
fn unique(lines: &[Dense], both: &[bool], rule: &Rule<'_>) -> Result<(), Error> {
    if lines.len() < 2 {
        return Ok(());
    }
    for (step, _) in both.iter().enumerate().filter(|(_, both)| **both) {
        if lines.iter().filter(|(_, values)| is_present(values[step])).count() > 1 {
            let side = if rule.swapped { "left" } else { "right" };
            return Err(Error::execution(format!(
                "found duplicate series for the match group on the {side} hand-side of the operation: {} and {};many-to-many matching not allowed: matching labels must be unique on one side",
                lines[0].0, lines[1].0
            )));
        }
    }
    Ok(())
}

/// Refuses a second match of a group at the same step.
fn once(seen: &mut [bool], values: &[f64]) -> Result<(), Error> {
    for (seen, value) in seen.iter_mut().zip(values) {
        let now = is_present(*value);
        if *seen && now {
            return Err(Error::execution(
                "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
            ));
        }
        *seen |= now;
    }
    Ok(())
}

impl Rule<'_> {
    /// Computes the steps at which both sides have a value. A comparison keeps the value of the left side.
    fn combine(&self, many: &[f64], one: &[f64]) -> Vec<f64> {
        let pairs = many.iter().copied().zip(one.iter().copied());
        let compute = |(many, one): (f64, f64)| {
            if !is_present(many) || !is_present(one) {
                return ABSENT;
            }
            let (left, right) = if self.swapped { (one, many) } else { (many, one) };
            self.used.compute(left, right, left)
        };
        pairs.map(compute).collect()
    }

    /// Computes the lines of one side where their group has no value on the other side: there `value` stands for it, and its
    /// labels are those that are matched. `is_many` tells that the "many" side is filled in.
    fn filled(
        &self,
        evaluation: &Evaluation<'_>,
        lines: &[Dense],
        others: &Present,
        value: f64,
        is_many: bool,
    ) -> Result<Vec<Line>, Error> {
        let mut out = Vec::new();
        for (labels, values) in lines {
            evaluation.meter.take(values.len())?;
            let group = signature(self.modifier, labels);
            let other = others.get(&group);
            let is_alone = |step: usize| other.is_none_or(|present| !present[step]);
            let fill = |step| if is_alone(step) { value } else { ABSENT };
            let fills: Vec<f64> = (0..values.len()).map(fill).collect();
            let (many, one) = if is_many { (&group, labels) } else { (labels, &group) };
            let filled = if is_many { self.combine(&fills, values) } else { self.combine(values, &fills) };
            if filled.iter().any(|value| is_present(*value)) {
                out.push(Line::dense(self.labels(many, one), filled));
            }
        }
        Ok(out)
    }

    fn labels(&self, many: &Labels, one: &Labels) -> Labels {
        let mut labels = self.used.relabel(many);
        if self.modifier.card == VectorMatchCardinality::OneToOne {
            labels = match &self.modifier.matching {
                Some(matching) if matching.is_include() => labels.only(&matching.labels().labels),
                Some(matching) => labels.without(&matching.labels().labels),
                None => labels,
            };
        }
        self.taken.iter().fold(labels, |labels, name| labels.with(name, one.get(name)))
    }
}
