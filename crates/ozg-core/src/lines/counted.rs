//! Rows of counted lines: the value of each day, with what stands below the line.

use super::Line;
use super::behind::disputed_from;
use super::points::{OnPoints, Point};
use super::reported::Claims;
use super::row::{Header, Observed, Row, Status};
use crate::asof::AsOf;
use crate::count::{About, Counted, Counts};
use crate::measure::Measure;
use crate::query::Query;
use crate::steps::Steps;
use crate::words::{Day, Number, PartialDate};

/// A claim that serves as the denominator from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClaimedDenominator {
    pub(crate) from: Day,
    pub(crate) number: Number,
    pub(crate) source: String,
    pub(crate) url: String,
}

/// Computes the rows of a counted line.
pub(crate) fn rows(at: AsOf<'_>, header: &Header, line: &Line, points: &[Point]) -> Vec<Row> {
    let counted = crate::count::counted(at, &header.query, &line.about);
    let claimed = claimed(at, header, &line.about, &counted);
    let mut value_on = counted.value.cursor();
    let mut below_on = counted.denominator.as_ref().map(Steps::cursor);
    let mut rows = Vec::with_capacity(points.len().min(1024));
    let on_points = OnPoints::new(header, points);
    let days =
        || Some(counted.days().into_iter().chain(claimed.iter().map(|claimed| claimed.from)).collect());
    let disputed_from = disputed_from(at, header, line);
    let look = |point: &Point| {
        let holds = counted.holds.as_ref().is_none_or(|holds| holds.on(point.day));
        let step = holds.then(|| value_on.step_on(point.day))?;
        let value = Number::from(step.map_or(0, |(_, value)| *value));
        let counted_below =
            below_on.as_mut().map(|below| below.step_on(point.day).map_or(0, |(_, below)| *below));
        let is_whole = counted.whole.as_ref().is_none_or(|whole| whole.on(point.day));
        let below = below(&claimed, (counted_below, is_whole), point.day);
        let observed = step.map(|(day, _)| *day).filter(|day| *day > Day::EVER);
        Some(((value, below.0), (value, below, observed)))
    };
    on_points.put(line.start, days, look, |point, (value, (denominator, source, source_url), observed)| {
        let status = Status {
            disputed: disputed_from.is_some_and(|from| from <= point.day),
            simulated: header.simulated,
            running: point.running,
            first_edition: counted.first_edition.is_some_and(|first| point.day < first),
            ..Status::default()
        };
        rows.push(Row {
            value: Some(value),
            denominator,
            share: denominator.and_then(|denominator| value.divided_by(denominator)),
            observed: observed.map(|day| Observed::On(PartialDate::Day(day))),
            scope: scope(header),
            status,
            source,
            source_url,
            ..Row::empty(line, point.day)
        });
    });
    on_points.newest(rows)
}

/// Returns the words that narrow what was counted: the list and the territory that were asked for.
fn scope(header: &Header) -> Option<String> {
    let list = header.query.list.as_ref().map(|list| format!("list={list}"));
    let territory = header.query.territory.map(|day| format!("territory={day}"));
    let words: Vec<String> = list.into_iter().chain(territory).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Returns the denominator on a day; if it is a claim, with source and address.
fn below(
    claimed: &[ClaimedDenominator],
    (counted, is_whole): (Option<i64>, bool),
    day: Day,
) -> (Option<Number>, String, String) {
    // A claim never stands in for authorities that are registered.
    let is_counted = counted.is_some_and(|counted| counted > 0);
    let counted = counted.filter(|_| is_whole);
    let claimed = claimed.iter().rfind(|claimed| claimed.from <= day && !is_counted);
    match claimed {
        Some(claimed) => (Some(claimed.number), claimed.source.clone(), claimed.url.clone()),
        None => (counted.map(Number::from), String::new(), String::new()),
    }
}

/// Where a service has no denominator of its own, the last claim serves, and is named (rule 10c).
fn claimed(at: AsOf<'_>, header: &Header, about: &About, counted: &Counted) -> Vec<ClaimedDenominator> {
    // A claim is a denominator only for a line about one service.
    let counts_pairs = matches!(crate::count::rule(header.measure).counts, Counts::Pairs(_));
    let asks = counts_pairs && about.service.is_some();
    let has_own = counted.denominator.as_ref().is_some_and(|denominator| denominator.lowest() > 0);
    if !asks || has_own {
        return Vec::new();
    }
    let query = Query {
        measure: Measure::ReusesPossible,
        viewpoint: header.query.viewpoint,
        published_until: header.query.published_until,
        ..Query::new(Measure::ReusesPossible)
    };
    let claims = Claims::gather(at, &query);
    let possible = About { stage: None, level: None, ..about.clone() };
    claims.lowest_by_day(&possible)
}
