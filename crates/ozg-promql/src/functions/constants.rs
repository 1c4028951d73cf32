//! Functions that look at no series: numbers, and the instants of the query.

use super::math::{larger, smaller};
use super::numbers;
use crate::errors::Error;
use crate::evaluate::{Evaluation, Value};
use crate::grid::Grid;
use promql_parser::parser::Call;

type Computed = Result<Value, Error>;

/// Returns an instant in seconds.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of centuries are exact")]
pub(super) fn seconds(ms: i64) -> f64 {
    ms as f64 / 1_000.0
}

fn same(evaluation: &Evaluation<'_>, grid: &Grid, value: f64) -> Computed {
    evaluation.meter.take(grid.count)?;
    Ok(Value::Scalar(vec![value; grid.count]))
}

pub(super) fn pi(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    same(evaluation, grid, std::f64::consts::PI)
}

pub(super) fn time(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    evaluation.meter.take(grid.count)?;
    Ok(Value::Scalar(grid.instants().map(seconds).collect()))
}

/// The first instant of the query, in a subquery too.
pub(super) fn start(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    same(evaluation, grid, seconds(evaluation.asked.start))
}

/// The end of the query as it was asked for.
pub(super) fn end(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    same(evaluation, grid, seconds(evaluation.asked.end))
}

/// The length of the span; 0 at one instant.
pub(super) fn range(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    same(evaluation, grid, seconds(evaluation.asked.end.saturating_sub(evaluation.asked.start)))
}

/// The distance of the steps; 0 at one instant.
pub(super) fn step(evaluation: &Evaluation<'_>, _: &Call, grid: &Grid) -> Computed {
    same(evaluation, grid, seconds(evaluation.asked.step))
}

pub(super) fn larger_of(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    of_two(evaluation, call, grid, larger)
}

pub(super) fn smaller_of(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Computed {
    of_two(evaluation, call, grid, smaller)
}

fn of_two(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid, choose: fn(f64, f64) -> f64) -> Computed {
    match &numbers(evaluation, call, grid)?[..] {
        [left, right] => {
            let pairs = left.iter().zip(right);
            Ok(Value::Scalar(pairs.map(|(left, right)| choose(*left, *right)).collect()))
        }
        _ => Err(Error::bad("parse error: two numbers are expected")),
    }
}
