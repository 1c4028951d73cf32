//! Evaluates a query at all its instants at once: every node becomes lines of values, one value per instant.

use crate::aggregate;
use crate::binary;
use crate::errors::Error;
use crate::functions;
use crate::grid::{Asked, Grid};
use crate::labels::{Labels, NAME};
use crate::lines::{Line, joined};
use crate::meter::{Limits, Meter};
use crate::numbers::is_present;
use crate::parse::Query;
use crate::source::Source;
use promql_parser::parser::{Expr, UnaryExpr};

/// The value of a node.
#[derive(Debug)]
pub(crate) enum Value {
    Scalar(Vec<f64>),
    Lines(Vec<Line>),
    Text(String),
}

/// One series of an answer: labels, and instants in milliseconds with their values.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The labels.
    pub labels: Labels,
    /// Instants and values.
    pub points: Vec<(i64, f64)>,
}

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One number per instant.
    Scalar,
    /// One number per series, at one instant.
    Vector,
    /// Points of each series, over a span.
    Matrix,
    /// A text.
    Text,
}

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The form of the answer.
    pub shape: Shape,
    /// The series.
    pub rows: Vec<Row>,
    /// The text, for [`Shape::Text`]; else empty.
    pub text: String,
    /// The first instant of the query, in milliseconds since 1970.
    pub at: i64,
}

/// The context of one query, shared by all its nodes.
pub(crate) struct Evaluation<'a> {
    pub(crate) source: &'a dyn Source,
    pub(crate) meter: Meter<'a>,
    pub(crate) asked: Asked,
}

/// Evaluates a query at all instants that are asked for. The answer at one instant is a scalar, a vector, a text, or the
/// samples of a range vector; over a span it is a matrix.
///
/// # Errors
/// `BadData` and `Execution` for a query without an answer, such as one that matches many series to many; `Execution` for
/// one that exceeds a limit; `Timeout` once `limits.is_late` says so; and the errors of the source.
///
/// # Examples
/// A source with one series: 3 services are live in Brandenburg from 2024-01-01 (day 19,723 since 1970), 5 from the next
/// day.
///
/// ```
/// use ozg_promql::{Asked, Change, DAY_MS, Error, Labels, Limits, Matcher, Query, Series, Source, evaluate};
///
/// struct Live;
///
/// impl Source for Live {
///     fn select(&self, matchers: &[Matcher]) -> Result<Vec<Series>, Error> {
///         let labels = Labels::new([("__name__", "live"), ("area", "BB")]);
///         let changes = [Change { day: 19_723, value: Some(3.0) }, Change { day: 19_724, value: Some(5.0) }];
///         let is_wanted = matchers.iter().all(|matcher| matcher.accepts_labels(&labels));
///         Ok(is_wanted.then_some(Series { labels, changes: changes.into() }).into_iter().collect())
///     }
///
///     fn last_day(&self) -> i32 {
///         19_730
///     }
/// }
///
/// let query = Query::read(r#"2 * live{area="BB"}"#)?;
/// let limits = Limits { samples: 1_000, series: 10, points: 100, is_late: &|| false };
/// let noon = 19_723 * DAY_MS + DAY_MS / 2;
/// let two_days = Asked::span(noon, noon + DAY_MS, DAY_MS);
/// let answer = evaluate(&query, two_days, &Live, &limits)?;
/// assert_eq!(answer.rows[0].labels.get("area"), "BB");
/// assert_eq!(answer.rows[0].points, [(noon, 6.0), (noon + DAY_MS, 10.0)]);
/// # Ok::<(), Error>(())
/// ```
pub fn evaluate(
    query: &Query,
    asked: Asked,
    source: &dyn Source,
    limits: &Limits<'_>,
) -> Result<Answer, Error> {
    let evaluation = Evaluation { source, meter: Meter::new(limits), asked };
    let (grid, is_instant) = (&asked.grid(), asked.is_instant());
    let expression = unwrapped(&query.expression);
    if is_instant && matches!(expression, Expr::MatrixSelector(_) | Expr::Subquery(_)) {
        return evaluation.raw(expression, grid);
    }
    let answer = |shape, rows| Ok(Answer { shape, rows, text: String::new(), at: grid.start });
    match evaluation.value(expression, grid)? {
        Value::Text(text) => Ok(Answer { shape: Shape::Text, rows: Vec::new(), text, at: grid.start }),
        Value::Scalar(values) => {
            let points = grid.instants().zip(values).collect();
            let shape = if is_instant { Shape::Scalar } else { Shape::Matrix };
            answer(shape, vec![Row { labels: Labels::default(), points }])
        }
        Value::Lines(lines) => {
            let mut rows = rows(lines, grid, &evaluation.meter)?;
            if !is_instant {
                rows.sort_by(|left, right| left.labels.cmp(&right.labels));
            }
            answer(if is_instant { Shape::Vector } else { Shape::Matrix }, rows)
        }
    }
}

fn rows(lines: Vec<Line>, grid: &Grid, meter: &Meter<'_>) -> Result<Vec<Row>, Error> {
    let mut scratch = Vec::new();
    let mut rows = Vec::with_capacity(lines.len());
    let mut total = 0;
    for line in lines {
        meter.take(grid.count)?;
        let values = line.read(&mut scratch).iter().copied();
        let points: Vec<(i64, f64)> =
            grid.instants().zip(values).filter(|(_, value)| is_present(*value)).collect();
        if !points.is_empty() {
            total += points.len();
            meter.answered(total)?;
            rows.push(Row { labels: line.labels, points });
        }
    }
    Ok(rows)
}

/// Returns an expression without the brackets around it.
pub(crate) fn unwrapped(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => unwrapped(&inner.expr),
        other => other,
    }
}

impl Evaluation<'_> {
    pub(crate) fn value(&self, expression: &Expr, grid: &Grid) -> Result<Value, Error> {
        let value = self.value_of(expression, grid)?;
        // The node that takes this value looks at all of it, so that work is counted here.
        let lines = if let Value::Lines(lines) = &value { lines.len() } else { 1 };
        self.meter.work(lines.saturating_mul(grid.count))?;
        Ok(value)
    }

    fn value_of(&self, expression: &Expr, grid: &Grid) -> Result<Value, Error> {
        self.meter.tick()?;
        match expression {
            Expr::Paren(inner) => self.value(&inner.expr, grid),
            Expr::NumberLiteral(number) => {
                self.meter.take(grid.count)?;
                Ok(Value::Scalar(vec![number.val; grid.count]))
            }
            Expr::StringLiteral(text) => Ok(Value::Text(text.val.clone())),
            Expr::VectorSelector(selector) => Ok(Value::Lines(self.select(selector, grid)?)),
            Expr::Unary(inner) => self.negated(inner, grid),
            Expr::Binary(inner) => binary::evaluate(self, inner, grid),
            Expr::Aggregate(inner) => Ok(Value::Lines(aggregate::evaluate(self, inner, grid)?)),
            Expr::Call(call) => functions::evaluate(self, call, grid),
            Expr::MatrixSelector(_) | Expr::Subquery(_) => {
                Err(Error::bad("parse error: a range vector has no value at an instant"))
            }
            Expr::Extension(_) => Err(Error::outside("an extension of PromQL", None)),
        }
    }

    /// Evaluates an expression that must be a vector.
    pub(crate) fn vector(&self, expression: &Expr, grid: &Grid) -> Result<Vec<Line>, Error> {
        match self.value(expression, grid)? {
            Value::Lines(lines) => Ok(lines),
            Value::Scalar(_) | Value::Text(_) => Err(Error::bad("parse error: expected type instant vector")),
        }
    }

    /// Evaluates an expression that must be a number at each instant.
    pub(crate) fn scalar(&self, expression: &Expr, grid: &Grid) -> Result<Vec<f64>, Error> {
        match self.value(expression, grid)? {
            Value::Scalar(values) => Ok(values),
            Value::Lines(_) | Value::Text(_) => Err(Error::bad("parse error: expected type scalar")),
        }
    }

    fn negated(&self, inner: &UnaryExpr, grid: &Grid) -> Result<Value, Error> {
        match self.value(&inner.expr, grid)? {
            Value::Scalar(values) => Ok(Value::Scalar(values.into_iter().map(|value| -value).collect())),
            Value::Lines(lines) => {
                let lines = self.mapped(lines, |labels| labels.without(&[NAME]), |value, _| -value)?;
                Ok(Value::Lines(joined(lines, &self.meter)?))
            }
            Value::Text(_) => Err(Error::bad("parse error: unary expression on a string")),
        }
    }

    /// Maps every value and every label set of lines; `map` gets a value and its step.
    pub(crate) fn mapped(
        &self,
        lines: Vec<Line>,
        relabel: impl Fn(&Labels) -> Labels,
        map: impl Fn(f64, usize) -> f64,
    ) -> Result<Vec<Line>, Error> {
        let dense = |line: Line| {
            let (labels, mut values) = line.into_dense(&self.meter)?;
            for (step, value) in values.iter_mut().enumerate() {
                if is_present(*value) {
                    *value = map(*value, step);
                }
            }
            Ok(Line::dense(relabel(&labels), values))
        };
        lines.into_iter().map(dense).collect()
    }
}
