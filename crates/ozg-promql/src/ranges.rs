//! Range vectors: the samples of series, one a day or one per step of a subquery, and the window of them that each
//! instant sees. A window excludes its left end and includes its right end.

use crate::errors::Error;
use crate::evaluate::{Answer, Evaluation, Row, Shape};
use crate::grid::{DAY_MS, Grid, day_of};
use crate::labels::Labels;
use crate::lines::Line;
use crate::meter::Meter;
use crate::numbers::{ABSENT, is_present};
use crate::source::Series;
use promql_parser::parser::{Expr, MatrixSelector, SubqueryExpr};
use std::time::Duration;

/// Step of a subquery that names none: a day, since a series has one sample a day.
const SUBQUERY_STEP_MS: i64 = DAY_MS;

/// The samples of one label set.
#[derive(Debug)]
pub(crate) struct Samples {
    pub(crate) labels: Labels,
    times: Vec<i64>,
    values: Vec<f64>,
}

/// A range vector: the samples of series, the end of the window of each instant, and the width of the windows.
#[derive(Debug)]
pub(crate) struct Ranges {
    pub(crate) lines: Vec<Samples>,
    ends: Grid,
    range_ms: i64,
}

/// The samples of one label set that one instant sees; at least one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window<'a> {
    pub(crate) times: &'a [i64],
    pub(crate) values: &'a [f64],
    /// The open start and the closed end.
    pub(crate) start: i64,
    pub(crate) end: i64,
    /// The instant that is evaluated.
    pub(crate) at: i64,
}

impl Ranges {
    /// Computes a value from every window that has a sample.
    ///
    /// # Errors
    /// The errors of `compute`, and a timeout.
    pub(crate) fn over(
        &self,
        meter: &Meter<'_>,
        line: &Samples,
        grid: &Grid,
        mut compute: impl FnMut(&Window<'_>, usize) -> Result<f64, Error>,
    ) -> Result<Vec<f64>, Error> {
        let (mut first, mut next) = (0, 0);
        let mut out = Vec::with_capacity(grid.count);
        for step in 0..grid.count {
            let end = self.ends.at(step);
            let start = end.saturating_sub(self.range_ms);
            while next < line.times.len() && line.times[next] <= end {
                next += 1;
            }
            while first < next && line.times[first] <= start {
                first += 1;
            }
            if first == next {
                out.push(ABSENT);
                continue;
            }
            let (times, values) = (&line.times[first..next], &line.values[first..next]);
            meter.work(next - first)?;
            out.push(compute(&Window { times, values, start, end, at: grid.at(step) }, step)?);
        }
        Ok(out)
    }
}

impl Evaluation<'_> {
    /// Evaluates what must be a range vector.
    pub(crate) fn ranges(&self, expression: &Expr, grid: &Grid) -> Result<Ranges, Error> {
        match expression {
            Expr::Paren(inner) => self.ranges(&inner.expr, grid),
            Expr::MatrixSelector(selector) => self.days(selector, grid),
            Expr::Subquery(subquery) => self.subquery(subquery, grid),
            _ => Err(Error::bad("parse error: expected type range vector")),
        }
    }

    /// Takes the sample of each day at 00:00 UTC.
    fn days(&self, selector: &MatrixSelector, grid: &Grid) -> Result<Ranges, Error> {
        let ends = self.moved(selector.vs.at.as_ref(), selector.vs.offset.as_ref(), grid);
        let range_ms = milliseconds(selector.range);
        // From the first day that begins after the open start of the first window to the last that begins by the end.
        let first = day_of(ends.start.saturating_sub(range_ms)).saturating_add(1);
        let last = day_of(ends.end()).min(self.source.last_day());
        let mut lines = Vec::new();
        for series in self.found(&selector.vs)? {
            let samples = daily(series, first, last);
            self.meter.take(samples.times.len())?;
            lines.push(samples);
        }
        Ok(Ranges { lines, ends, range_ms })
    }

    /// Evaluates a subquery at each of its steps, which lie at multiples of its step width since 1970.
    fn subquery(&self, subquery: &SubqueryExpr, grid: &Grid) -> Result<Ranges, Error> {
        let ends = self.moved(subquery.at.as_ref(), subquery.offset.as_ref(), grid);
        let range_ms = milliseconds(subquery.range);
        let step = subquery.step.map_or(SUBQUERY_STEP_MS, milliseconds).max(1);
        let open = ends.start.saturating_sub(range_ms);
        let first = open.div_euclid(step).saturating_add(1).saturating_mul(step);
        if first > ends.end() {
            return Ok(Ranges { lines: Vec::new(), ends, range_ms });
        }
        let inner = Grid::span(first, ends.end(), step);
        self.meter.take(inner.count)?;
        let mut scratch = Vec::new();
        let mut lines = Vec::new();
        for line in self.vector_of_subquery(&subquery.expr, &inner)? {
            self.meter.take(inner.count)?;
            lines.push(samples_of(&line, &inner, &mut scratch));
        }
        Ok(Ranges { lines, ends, range_ms })
    }

    fn vector_of_subquery(&self, expression: &Expr, grid: &Grid) -> Result<Vec<Line>, Error> {
        // A `sort` inside a subquery has no effect: the order of series has a meaning at one instant only.
        self.vector(expression, grid)
    }

    /// Answers a range vector, whose rows are the samples themselves.
    pub(crate) fn raw(&self, expression: &Expr, grid: &Grid) -> Result<Answer, Error> {
        let ranges = self.ranges(expression, grid)?;
        let mut rows = Vec::new();
        let mut total = 0;
        for line in &ranges.lines {
            let mut points = Vec::new();
            ranges.over(&self.meter, line, grid, |window, _| {
                points = window.times.iter().copied().zip(window.values.iter().copied()).collect();
                Ok(0.0)
            })?;
            total += points.len();
            self.meter.answered(total)?;
            if !points.is_empty() {
                rows.push(Row { labels: line.labels.clone(), points });
            }
        }
        rows.sort_by(|left, right| left.labels.cmp(&right.labels));
        Ok(Answer { shape: Shape::Matrix, rows, text: String::new(), at: grid.start })
    }
}

fn daily(series: Series, first: i32, last: i32) -> Samples {
    let mut samples = Samples { labels: series.labels, times: Vec::new(), values: Vec::new() };
    for (index, change) in series.changes.iter().enumerate() {
        let Some(value) = change.value else { continue };
        let until = series.changes.get(index + 1).map_or(last, |next| next.day.saturating_sub(1)).min(last);
        for day in change.day.max(first)..=until {
            samples.times.push(i64::from(day) * DAY_MS);
            samples.values.push(value);
        }
    }
    samples
}

fn samples_of(line: &Line, grid: &Grid, scratch: &mut Vec<f64>) -> Samples {
    let mut samples = Samples { labels: line.labels.clone(), times: Vec::new(), values: Vec::new() };
    for (instant, value) in grid.instants().zip(line.read(scratch).iter().copied()) {
        if is_present(value) {
            samples.times.push(instant);
            samples.values.push(value);
        }
    }
    samples
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
