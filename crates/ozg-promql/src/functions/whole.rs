//! Functions that look at a vector as a whole.

use super::constants::seconds;
use super::math::{larger, smaller};
use crate::errors::Error;
use crate::evaluate::{Evaluation, Value, unwrapped};
use crate::grid::{DAY_MS, Grid};
use crate::labels::{Labels, NAME};
use crate::lines::{Line, joined};
use crate::matcher::{Comparison, of_parser};
use crate::numbers::{ABSENT, is_present};
use promql_parser::parser::{Call, Expr};

type Computed = Result<Value, Error>;

pub(super) fn first(call: &Call) -> Result<&Expr, Error> {
    call.args.args.first().map(|argument| &**argument).ok_or_else(|| Error::bad("parse error: no argument"))
}

fn one(values: Vec<f64>) -> Value {
    Value::Lines(vec![Line::dense(Labels::default(), values)])
}

pub(super) fn vector(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    Ok(one(evaluation.scalar(first(call)?, grid)?))
}

/// The value of the only series; NaN if there are none or several.
pub(super) fn scalar(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    evaluation.meter.take(grid.count)?;
    let mut values = vec![ABSENT; grid.count];
    let mut scratch = Vec::new();
    for line in evaluation.vector(first(call)?, grid)? {
        for (value, more) in values.iter_mut().zip(line.read(&mut scratch)) {
            if is_present(*more) {
                *value = if is_present(*value) { f64::NAN } else { *more };
            }
        }
    }
    Ok(Value::Scalar(values.into_iter().map(|v| if is_present(v) { v } else { f64::NAN }).collect()))
}

/// 1 at the steps at which a vector has no series.
pub(super) fn absent(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    let argument = first(call)?;
    let lines = evaluation.vector(argument, grid)?;
    evaluation.meter.take(grid.count)?;
    let mut scratch = Vec::new();
    let mut values = vec![1.0; grid.count];
    for line in &lines {
        mark_present(&mut values, line.read(&mut scratch));
    }
    Ok(Value::Lines(vec![Line::dense(labels_of_nothing(evaluation, argument)?, values)]))
}

/// 1 at the steps at which no series has a sample in the window.
pub(super) fn absent_over_time(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    let argument = first(call)?;
    let ranges = evaluation.ranges(argument, grid)?;
    evaluation.meter.take(grid.count)?;
    let mut values = vec![1.0; grid.count];
    for line in &ranges.lines {
        mark_present(&mut values, &ranges.over(&evaluation.meter, line, grid, |_, _| Ok(1.0))?);
    }
    Ok(Value::Lines(vec![Line::dense(labels_of_nothing(evaluation, argument)?, values)]))
}

fn mark_present(values: &mut [f64], present: &[f64]) {
    for (value, present) in values.iter_mut().zip(present) {
        if is_present(*present) {
            *value = ABSENT;
        }
    }
}

/// Returns the labels that a selector compares exactly once, and with `=`.
fn labels_of_nothing(evaluation: &Evaluation<'_>, expression: &Expr) -> Result<Labels, Error> {
    let selector = match unwrapped(expression) {
        Expr::VectorSelector(selector) => selector,
        Expr::MatrixSelector(selector) => &selector.vs,
        _ => return Ok(Labels::default()),
    };
    let mut demanded: Vec<(String, String)> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let matchers = of_parser(selector.name.as_deref(), &selector.matchers)?;
    for matcher in matchers.into_iter().filter(|m| m.label != NAME && !evaluation.source.is_apart(&m.label)) {
        if matches!(matcher.comparison, Comparison::Equal) && !seen.contains(&matcher.label) {
            seen.push(matcher.label.clone());
            demanded.push((matcher.label, matcher.value));
        } else {
            demanded.retain(|(label, _)| *label != matcher.label);
        }
    }
    Ok(Labels::new(demanded))
}

/// Limits values to a range; gives no value if the lower limit is above the upper one.
pub(super) fn clamp(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    let bounds = super::numbers(evaluation, call, grid)?;
    let lines = evaluation.vector(first(call)?, grid)?;
    let [least, most] = &bounds[..] else { return Err(Error::bad("parse error: clamp takes two numbers")) };
    let clamped = |value: f64, step: usize| {
        if most[step] < least[step] { ABSENT } else { larger(least[step], smaller(most[step], value)) }
    };
    let lines = evaluation.mapped(lines, |labels| labels.without(&[NAME]), clamped)?;
    Ok(Value::Lines(joined(lines, &evaluation.meter)?))
}

/// The instant of each sample: the midnight of its day for a selector, else the instant itself.
pub(super) fn timestamp(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    let argument = first(call)?;
    let lines = evaluation.vector(argument, grid)?;
    let nameless = |labels: &Labels| labels.without(&[NAME]);
    let lines = match unwrapped(argument) {
        Expr::VectorSelector(selector) => {
            let seen = evaluation.moved(selector.at.as_ref(), selector.offset.as_ref(), grid);
            let midnight = |step: usize| seconds(seen.at(step).div_euclid(DAY_MS) * DAY_MS);
            evaluation.mapped(lines, nameless, |_, step| midnight(step))?
        }
        _ => evaluation.mapped(lines, nameless, |_, step| seconds(grid.at(step)))?,
    };
    Ok(Value::Lines(joined(lines, &evaluation.meter)?))
}
