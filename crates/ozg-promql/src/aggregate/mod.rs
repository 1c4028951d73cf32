//! Aggregations. Lines are put into groups once; then each group becomes one line, or keeps some of its lines.

mod folds;
mod ranks;
mod samples;

use crate::errors::Error;
use crate::evaluate::{Evaluation, unwrapped};
use crate::grid::Grid;
use crate::labels::Labels;
use crate::lines::{Line, joined};
use promql_parser::parser::{AggregateExpr, Expr, LabelModifier};
use std::collections::HashMap;

/// The lines of one group, and the parameter of the aggregation at each step.
struct Group<'a> {
    lines: &'a [Line],
    steps: usize,
    numbers: &'a [f64],
}

/// How an aggregation is computed.
#[derive(Clone, Copy)]
enum Run {
    /// A value for each step from the values of a group.
    Fold(fn(&Group<'_>) -> Vec<f64>),
    /// The same, from all values of a step at once.
    Columns(fn(&Group<'_>) -> Vec<f64>),
    /// The lines that rank highest, unchanged.
    Rank(ranks::Before),
    /// Some of the lines, whatever their values, unchanged.
    Sample(&'static samples::Keep),
    /// One line per distinct value.
    CountValues,
}

/// One row of the table of aggregations.
pub(crate) struct Row {
    name: &'static str,
    run: Run,
}

impl Row {
    /// Returns what refuses a parameter, whether or not there is anything to aggregate.
    fn check(&self) -> Option<fn(f64) -> Result<(), Error>> {
        match self.run {
            Run::Rank(_) => Some(|number| ranks::count(number).map(drop)),
            Run::Sample(keep) => Some(keep.check),
            Run::Fold(_) | Run::Columns(_) | Run::CountValues => None,
        }
    }
}

const fn row_of(name: &'static str, run: Run) -> Row {
    Row { name, run }
}

static AGGREGATIONS: &[Row] = &[
    row_of("sum", Run::Fold(folds::sum)),
    row_of("avg", Run::Fold(folds::mean)),
    row_of("min", Run::Fold(folds::smallest)),
    row_of("max", Run::Fold(folds::largest)),
    row_of("count", Run::Fold(folds::count)),
    row_of("group", Run::Fold(folds::group)),
    row_of("stddev", Run::Fold(folds::deviation)),
    row_of("stdvar", Run::Fold(folds::variance)),
    row_of("quantile", Run::Columns(folds::quantile)),
    row_of("topk", Run::Rank(|left, right| left < right)),
    row_of("bottomk", Run::Rank(|left, right| left > right)),
    row_of("limitk", Run::Sample(&samples::FIRST)),
    row_of("limit_ratio", Run::Sample(&samples::RATIO)),
    row_of("count_values", Run::CountValues),
];

/// Finds the row of an aggregation.
pub(crate) fn row(inner: &AggregateExpr) -> Result<&'static Row, Error> {
    let name = inner.op.to_string();
    let found = AGGREGATIONS.iter().find(|row| row.name == name);
    found.ok_or_else(|| Error::outside(&format!("the aggregation {name}"), None))
}

/// Evaluates an aggregation.
pub(crate) fn evaluate(
    evaluation: &Evaluation<'_>,
    inner: &AggregateExpr,
    grid: &Grid,
) -> Result<Vec<Line>, Error> {
    let row = row(inner)?;
    let param = inner.param.as_deref().map(unwrapped);
    let lines = evaluation.vector(&inner.expr, grid)?;
    if let (Run::CountValues, Some(Expr::StringLiteral(label))) = (row.run, param) {
        return ranks::count_values(evaluation, grouped(inner, lines), &label.val, grid);
    }
    let numbers = param.map_or(Ok(Vec::new()), |param| evaluation.scalar(param, grid))?;
    if let Some(check) = row.check() {
        numbers.iter().try_for_each(|number| check(*number))?;
    }
    let mut out = Vec::new();
    for (labels, lines) in grouped(inner, lines) {
        evaluation.meter.take(grid.count)?;
        let group = Group { lines: &lines, steps: grid.count, numbers: &numbers };
        match row.run {
            Run::Columns(fold) => {
                evaluation.meter.take(lines.len().saturating_mul(grid.count))?;
                out.push(Line::dense(labels, fold(&group)));
            }
            Run::Fold(fold) => out.push(Line::dense(labels, fold(&group))),
            Run::Rank(before) => out.extend(ranks::kept(evaluation, &group, before)?),
            Run::Sample(keep) => out.extend(samples::kept(evaluation, &group, keep)?),
            Run::CountValues => {}
        }
    }
    joined(out, &evaluation.meter)
}

/// Puts lines into groups, in the order in which the groups appear.
fn grouped(inner: &AggregateExpr, lines: Vec<Line>) -> Vec<(Labels, Vec<Line>)> {
    let mut places: HashMap<Labels, usize> = HashMap::new();
    let mut groups: Vec<(Labels, Vec<Line>)> = Vec::new();
    for line in lines {
        let key = key(inner, &line.labels);
        let place = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(line);
    }
    groups
}

fn key(inner: &AggregateExpr, labels: &Labels) -> Labels {
    match &inner.modifier {
        None => Labels::default(),
        Some(LabelModifier::Include(names)) => labels.only(&names.labels),
        Some(LabelModifier::Exclude(names)) => labels.nameless().without(&names.labels),
    }
}
