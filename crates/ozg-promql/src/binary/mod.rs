//! Operators between two values: number and number, vector and number, vector and vector, set and set.

mod matching;
mod operators;
mod sets;

use crate::errors::Error;
use crate::evaluate::{Evaluation, Value};
use crate::grid::Grid;
use crate::labels::Labels;
use crate::lines::{Line, joined};
use crate::numbers::ABSENT;
use operators::{Compute, Operator};
use promql_parser::parser::{BinModifier, BinaryExpr};

/// An operator as it is used: with `bool` or without.
#[derive(Clone, Copy)]
struct Used {
    operator: &'static Operator,
    returns_bool: bool,
}

impl Used {
    /// Computes a value. A comparison that holds gives `kept`, one that does not gives [`ABSENT`].
    #[inline]
    fn compute(self, left: f64, right: f64, kept: f64) -> f64 {
        match self.operator.compute {
            Compute::Number(compute) => compute(left, right),
            Compute::Comparison(compare) => match (compare(left, right), self.returns_bool) {
                (holds, true) => f64::from(u8::from(holds)),
                (true, false) => kept,
                (false, false) => ABSENT,
            },
            Compute::Set(_) => ABSENT,
        }
    }

    /// Tells whether the result is another metric than the operands, and so loses its name.
    fn drops_name(self) -> bool {
        self.returns_bool || self.operator.drops_name
    }

    fn relabel(self, labels: &Labels) -> Labels {
        if self.drops_name() { labels.nameless() } else { labels.clone() }
    }
}

/// Evaluates an operator.
pub(crate) fn evaluate(evaluation: &Evaluation<'_>, inner: &BinaryExpr, grid: &Grid) -> Result<Value, Error> {
    let operator = operators::find(&inner.op.to_string())?;
    let used = Used { operator, returns_bool: inner.return_bool() };
    let left = evaluation.value(&inner.lhs, grid)?;
    let right = evaluation.value(&inner.rhs, grid)?;
    match (left, right) {
        (Value::Scalar(left), Value::Scalar(right)) => {
            let pairs = left.into_iter().zip(right);
            Ok(Value::Scalar(pairs.map(|(left, right)| used.compute(left, right, left)).collect()))
        }
        (Value::Lines(lines), Value::Scalar(numbers)) => {
            let compute = |value: f64, step: usize| used.compute(value, numbers[step], value);
            with_numbers(evaluation, used, lines, compute)
        }
        (Value::Scalar(numbers), Value::Lines(lines)) => {
            let compute = |value: f64, step: usize| used.compute(numbers[step], value, value);
            with_numbers(evaluation, used, lines, compute)
        }
        (Value::Lines(left), Value::Lines(right)) => {
            let default = BinModifier::default();
            let modifier = inner.modifier.as_ref().unwrap_or(&default);
            let lines = match operator.compute {
                Compute::Set(set) => sets::evaluate(evaluation, set, modifier, left, right, grid)?,
                _ => matching::evaluate(evaluation, used, modifier, left, right, grid)?,
            };
            Ok(Value::Lines(joined(lines, &evaluation.meter)?))
        }
        _ => Err(Error::bad(
            "parse error: binary expression must contain only scalar and instant vector types",
        )),
    }
}

fn with_numbers(
    evaluation: &Evaluation<'_>,
    used: Used,
    lines: Vec<Line>,
    compute: impl Fn(f64, usize) -> f64,
) -> Result<Value, Error> {
    let lines = evaluation.mapped(lines, |labels| used.relabel(labels), compute)?;
    Ok(Value::Lines(joined(lines, &evaluation.meter)?))
}

/// Returns the labels by which the series of both sides are matched.
fn signature(modifier: &BinModifier, labels: &Labels) -> Labels {
    match &modifier.matching {
        None => labels.nameless(),
        Some(matching) if matching.is_include() => labels.only(&matching.labels().labels),
        Some(matching) => labels.nameless().without(&matching.labels().labels),
    }
}
