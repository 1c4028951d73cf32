//! `and`, `or`, `unless`: which series of two vectors stay, at each step.

use super::operators::Set;
use super::signature;
use crate::errors::Error;
use crate::evaluate::Evaluation;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::lines::Line;
use crate::numbers::{ABSENT, is_present};
use promql_parser::parser::BinModifier;
use std::collections::HashMap;

pub(super) fn evaluate(
    evaluation: &Evaluation<'_>,
    set: Set,
    modifier: &BinModifier,
    left: Vec<Line>,
    right: Vec<Line>,
    grid: &Grid,
) -> Result<Vec<Line>, Error> {
    match set {
        Set::And => kept(evaluation, modifier, left, &present(modifier, &right, grid), true),
        Set::Unless => kept(evaluation, modifier, left, &present(modifier, &right, grid), false),
        Set::Or => {
            let there = present(modifier, &left, grid);
            let mut lines = left;
            lines.extend(kept(evaluation, modifier, right, &there, false)?);
            Ok(lines)
        }
    }
}

/// Marks for each group of series the steps at which one of them has a value.
fn present(modifier: &BinModifier, lines: &[Line], grid: &Grid) -> HashMap<Labels, Vec<bool>> {
    let mut groups: HashMap<Labels, Vec<bool>> = HashMap::new();
    let mut scratch = Vec::new();
    for line in lines {
        let group =
            groups.entry(signature(modifier, &line.labels)).or_insert_with(|| vec![false; grid.count]);
        for (there, value) in group.iter_mut().zip(line.read(&mut scratch)) {
            *there |= is_present(*value);
        }
    }
    groups
}

/// Keeps the values at the steps at which the group has a value, or at those at which it has none.
fn kept(
    evaluation: &Evaluation<'_>,
    modifier: &BinModifier,
    lines: Vec<Line>,
    groups: &HashMap<Labels, Vec<bool>>,
    wanted: bool,
) -> Result<Vec<Line>, Error> {
    let mut out = Vec::new();
    for line in lines {
        match groups.get(&signature(modifier, &line.labels)) {
            None if wanted => {}
            None => out.push(line),
            Some(there) => {
                let (labels, mut values) = line.into_dense(&evaluation.meter)?;
                for (value, there) in values.iter_mut().zip(there) {
                    if *there != wanted {
                        *value = ABSENT;
                    }
                }
                out.push(Line::dense(labels, values));
            }
        }
    }
    Ok(out)
}
