//! The functions, one row each. A new function is a row here and a Rust function in one of the files of this folder.

mod constants;
mod counters;
mod dates;
mod math;
mod order;
mod over_time;
mod relabel;
mod trends;
mod whole;

pub(crate) use math::{quantile_of_sorted, sort_nan_first};

use crate::errors::Error;
use crate::evaluate::{Evaluation, Value};
use crate::grid::Grid;
use crate::labels::NAME;
use crate::lines::{Line, distinct, joined};
use crate::ranges::Window;
use promql_parser::parser::value::ValueType;
use promql_parser::parser::{Call, Expr};

/// Computes a value from a window; `None` means no value.
type OfWindow = fn(&Window<'_>, &[f64]) -> Result<Option<f64>, Error>;

/// How a function is computed.
#[derive(Clone, Copy)]
enum Run {
    /// From each value and the further parameters, which are numbers.
    Value(fn(f64, &[f64]) -> f64),
    /// From each window and the further parameters, which are numbers.
    Window(OfWindow),
    /// The same, keeping the name of the metric.
    WindowNamed(OfWindow),
    /// From each value, read as seconds since 1970; without an argument, from the instant.
    Date(fn(i64) -> i64),
    /// In its own way.
    Whole(fn(&Evaluation<'_>, &Call, &Grid) -> Result<Value, Error>),
}

/// One row of the table of functions.
pub(crate) struct Row {
    name: &'static str,
    run: Run,
}

const fn row_of(name: &'static str, run: Run) -> Row {
    Row { name, run }
}

use Run::{Date, Value as Each, Whole, Window as Over, WindowNamed};

/// All functions, by kind.
#[rustfmt::skip]
static FUNCTIONS: &[Row] = &[
    row_of("abs", Each(|v, _| v.abs())),
    row_of("acos", Each(|v, _| v.acos())),
    row_of("acosh", Each(|v, _| v.acosh())),
    row_of("asin", Each(|v, _| v.asin())),
    row_of("asinh", Each(|v, _| v.asinh())),
    row_of("atan", Each(|v, _| v.atan())),
    row_of("atanh", Each(|v, _| v.atanh())),
    row_of("ceil", Each(|v, _| v.ceil())),
    row_of("clamp_max", Each(|v, n| math::smaller(n[0], v))),
    row_of("clamp_min", Each(|v, n| math::larger(n[0], v))),
    row_of("cos", Each(|v, _| v.cos())),
    row_of("cosh", Each(|v, _| v.cosh())),
    row_of("deg", Each(|v, _| v * 180.0 / std::f64::consts::PI)),
    row_of("exp", Each(|v, _| v.exp())),
    row_of("floor", Each(|v, _| v.floor())),
    row_of("ln", Each(|v, _| v.ln())),
    row_of("log10", Each(|v, _| v.log10())),
    row_of("log2", Each(|v, _| v.log2())),
    row_of("rad", Each(|v, _| v * std::f64::consts::PI / 180.0)),
    row_of("round", Each(math::round)),
    row_of("sgn", Each(|v, _| math::sign(v))),
    row_of("sin", Each(|v, _| v.sin())),
    row_of("sinh", Each(|v, _| v.sinh())),
    row_of("sqrt", Each(|v, _| v.sqrt())),
    row_of("tan", Each(|v, _| v.tan())),
    row_of("tanh", Each(|v, _| v.tanh())),
    row_of("avg_over_time", Over(over_time::mean)),
    row_of("count_over_time", Over(over_time::count)),
    row_of("first_over_time", WindowNamed(over_time::first)),
    row_of("last_over_time", WindowNamed(over_time::last)),
    row_of("mad_over_time", Over(over_time::median_deviation)),
    row_of("max_over_time", Over(over_time::largest)),
    row_of("min_over_time", Over(over_time::smallest)),
    row_of("present_over_time", Over(|_, _| Ok(Some(1.0)))),
    row_of("quantile_over_time", Over(over_time::quantile)),
    row_of("stddev_over_time", Over(over_time::deviation)),
    row_of("stdvar_over_time", Over(over_time::variance)),
    row_of("sum_over_time", Over(over_time::sum)),
    row_of("ts_of_first_over_time", Over(over_time::time_of_first)),
    row_of("ts_of_last_over_time", Over(over_time::time_of_last)),
    row_of("ts_of_max_over_time", Over(over_time::time_of_largest)),
    row_of("ts_of_min_over_time", Over(over_time::time_of_smallest)),
    row_of("changes", Over(counters::changes)),
    row_of("delta", Over(counters::delta)),
    row_of("idelta", Over(counters::idelta)),
    row_of("increase", Over(counters::increase)),
    row_of("irate", Over(counters::irate)),
    row_of("rate", Over(counters::rate)),
    row_of("resets", Over(counters::resets)),
    row_of("deriv", Over(trends::slope)),
    row_of("double_exponential_smoothing", Over(trends::smoothed)),
    row_of("predict_linear", Over(trends::predicted)),
    row_of("day_of_month", Date(dates::day_of_month)),
    row_of("day_of_week", Date(dates::day_of_week)),
    row_of("day_of_year", Date(dates::day_of_year)),
    row_of("days_in_month", Date(dates::days_in_month)),
    row_of("hour", Date(dates::hour)),
    row_of("minute", Date(dates::minute)),
    row_of("month", Date(dates::month)),
    row_of("year", Date(dates::year)),
    row_of("absent", Whole(whole::absent)),
    row_of("absent_over_time", Whole(whole::absent_over_time)),
    row_of("clamp", Whole(whole::clamp)),
    row_of("end", Whole(constants::end)),
    row_of("label_join", Whole(relabel::join)),
    row_of("label_replace", Whole(relabel::replace)),
    row_of("max_of", Whole(constants::larger_of)),
    row_of("min_of", Whole(constants::smaller_of)),
    row_of("pi", Whole(constants::pi)),
    row_of("range", Whole(constants::range)),
    row_of("scalar", Whole(whole::scalar)),
    row_of("sort", Whole(order::sort)),
    row_of("sort_by_label", Whole(order::by_label)),
    row_of("sort_by_label_desc", Whole(order::by_label_descending)),
    row_of("sort_desc", Whole(order::sort_descending)),
    row_of("start", Whole(constants::start)),
    row_of("step", Whole(constants::step)),
    row_of("time", Whole(constants::time)),
    row_of("timestamp", Whole(whole::timestamp)),
    row_of("vector", Whole(whole::vector)),
];

/// The functions that have nothing to work on here, by what their names begin with, and why.
const OUTSIDE: [(&str, &str); 2] = [
    ("info", "it joins on the labels instance and job, which no series here has"),
    ("histogram_", "no series here is a histogram"),
];

/// Finds the row of a function.
pub(crate) fn row(name: &str) -> Result<&'static Row, Error> {
    let found = FUNCTIONS.iter().find(|row| row.name == name);
    found.ok_or_else(|| {
        let why = OUTSIDE.iter().find(|(begins, _)| name.starts_with(begins)).map(|(_, why)| *why);
        Error::outside(&format!("the function {name}"), why)
    })
}

/// Evaluates a call.
pub(crate) fn evaluate(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Result<Value, Error> {
    match row(call.func.name)?.run {
        Each(compute) => each(evaluation, call, grid, compute),
        Over(compute) => over(evaluation, call, grid, compute, false),
        WindowNamed(compute) => over(evaluation, call, grid, compute, true),
        Date(compute) => date(evaluation, call, grid, compute),
        Whole(compute) => compute(evaluation, call, grid),
    }
}

/// Finds the argument of a type; the others are numbers.
fn main_argument(call: &Call, wanted: ValueType) -> Option<&Expr> {
    call.args.args.iter().map(|argument| &**argument).find(|argument| argument.value_type() == wanted)
}

/// Evaluates the parameters beside the main argument: one number per step for each.
fn numbers(evaluation: &Evaluation<'_>, call: &Call, grid: &Grid) -> Result<Vec<Vec<f64>>, Error> {
    let scalars = call.args.args.iter().filter(|argument| argument.value_type() == ValueType::Scalar);
    scalars.map(|argument| evaluation.scalar(argument, grid)).collect()
}

fn each(
    evaluation: &Evaluation<'_>,
    call: &Call,
    grid: &Grid,
    compute: fn(f64, &[f64]) -> f64,
) -> Result<Value, Error> {
    let numbers = numbers(evaluation, call, grid)?;
    let Some(main) = main_argument(call, ValueType::Vector) else { return Ok(Value::Lines(Vec::new())) };
    let lines = evaluation.vector(main, grid)?;
    let of_step = |value: f64, step: usize| {
        let mut beside = [0.0; 2];
        for (place, numbers) in beside.iter_mut().zip(&numbers) {
            *place = numbers[step];
        }
        compute(value, &beside[..numbers.len().min(2)])
    };
    let lines = evaluation.mapped(lines, |labels| labels.without(&[NAME]), of_step)?;
    Ok(Value::Lines(joined(lines, &evaluation.meter)?))
}

fn over(
    evaluation: &Evaluation<'_>,
    call: &Call,
    grid: &Grid,
    compute: OfWindow,
    keeps_name: bool,
) -> Result<Value, Error> {
    let numbers = numbers(evaluation, call, grid)?;
    let Some(main) = main_argument(call, ValueType::Matrix) else { return Ok(Value::Lines(Vec::new())) };
    let ranges = evaluation.ranges(main, grid)?;
    let mut lines = Vec::with_capacity(ranges.lines.len());
    for line in &ranges.lines {
        evaluation.meter.take(grid.count)?;
        let values = ranges.over(&evaluation.meter, line, grid, |window, step| {
            let mut beside = [0.0; 2];
            for (place, numbers) in beside.iter_mut().zip(&numbers) {
                *place = numbers[step];
            }
            Ok(crate::numbers::or_absent(compute(window, &beside[..numbers.len().min(2)])?))
        })?;
        if values.iter().any(|value| crate::numbers::is_present(*value)) {
            let labels = if keeps_name { line.labels.clone() } else { line.labels.nameless() };
            lines.push(Line::dense(labels, values));
        }
    }
    Ok(Value::Lines(distinct(lines)?))
}

fn date(
    evaluation: &Evaluation<'_>,
    call: &Call,
    grid: &Grid,
    compute: fn(i64) -> i64,
) -> Result<Value, Error> {
    #[expect(clippy::cast_possible_truncation, reason = "what is no instant has no date; the cast bounds it")]
    #[expect(clippy::cast_precision_loss, reason = "years, days and hours are small")]
    let of_seconds = |seconds: f64| {
        if seconds.is_nan() { f64::NAN } else { compute(seconds as i64) as f64 }
    };
    let Some(argument) = call.args.args.first() else {
        let values = grid.instants().map(|instant| of_seconds(constants::seconds(instant))).collect();
        return Ok(Value::Lines(vec![Line::dense(crate::labels::Labels::default(), values)]));
    };
    let lines = evaluation.vector(argument, grid)?;
    let lines = evaluation.mapped(lines, |labels| labels.without(&[NAME]), |value, _| of_seconds(value))?;
    Ok(Value::Lines(joined(lines, &evaluation.meter)?))
}
