//! Queries for values, series and labels.

use super::answers;
use super::ask::Ask;
use super::refusal::Refusal;
use super::source::SeenSeries;
use axum::response::Response;
use ozg_promql::{
    ANSWER_POINTS_MAX, DAY_MS, Error, Limits, Matcher, SAMPLES_MAX, SERIES_MAX, Series, Source, evaluate,
    is_label_name,
};
use std::collections::BTreeSet;

/// Number of series after which a listing checks whether time is up.
const SERIES_A_LOOK: usize = 1_024;

/// Answers a query at one instant.
pub(crate) async fn query(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        let (asked, limit) = (ask.at()?, ask.limit()?);
        let query = ask.query()?;
        let answer = evaluate(&query, asked, seen, &limits(&|| seen.is_late()))?;
        Ok(answers::query(&answer, limit))
    })
    .await
}

/// Answers a query at the instants of a span.
pub(crate) async fn query_range(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        let (asked, limit) = (ask.span()?, ask.limit()?);
        let query = ask.query()?;
        if !query.is_instant() {
            let kind = query.kind();
            let why =
                format!("invalid expression type {kind:?} for range query, must be Scalar or instant Vector");
            return Err(Refusal::parameter("query", why));
        }
        let answer = evaluate(&query, asked, seen, &limits(&|| seen.is_late()))?;
        Ok(answers::query(&answer, limit))
    })
    .await
}

fn limits<'a>(is_late: &'a dyn Fn() -> bool) -> Limits<'a> {
    Limits { samples: SAMPLES_MAX, series: SERIES_MAX, points: ANSWER_POINTS_MAX, is_late }
}

/// Lists the series that selectors find.
pub(crate) async fn series(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        let selectors = ask.selectors()?;
        if selectors.is_empty() {
            return Err(Refusal::bad("no match[] parameter provided"));
        }
        let mut found = BTreeSet::new();
        each(seen, &selectors, ask.search()?, |series| {
            found.insert(series.labels.clone());
        })?;
        Ok(answers::list(found.into_iter().collect(), ask.limit()?, answers::labels))
    })
    .await
}

/// Lists the names of labels.
pub(crate) async fn label_names(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        let mut found: BTreeSet<String> = BTreeSet::new();
        each(seen, &ask.selectors()?, ask.search()?, |series| {
            for (name, _) in series.labels.iter() {
                if !found.contains(name) {
                    found.insert(name.to_owned());
                }
            }
        })?;
        Ok(answers::list(found.into_iter().collect(), ask.limit()?, |name, out| answers::text(name, out)))
    })
    .await
}

/// Lists the values of a label.
pub(crate) async fn label_values(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        if !is_label_name(&ask.label) {
            return Err(Refusal::bad(format!("invalid label name: {:?}", ask.label)));
        }
        let mut found: BTreeSet<String> = BTreeSet::new();
        each(seen, &ask.selectors()?, ask.search()?, |series| {
            let value = series.labels.get(&ask.label);
            if !value.is_empty() && !found.contains(value) {
                found.insert(value.to_owned());
            }
        })?;
        Ok(answers::list(found.into_iter().collect(), ask.limit()?, |value, out| answers::text(value, out)))
    })
    .await
}

/// Visits the series that at least one selector finds and that have a value within a span. Without selectors it visits all
/// series.
fn each(
    seen: &SeenSeries,
    selectors: &[Vec<Matcher>],
    (start, end): (i64, i64),
    mut take: impl FnMut(&Series),
) -> Result<(), Refusal> {
    if end < start {
        return Ok(());
    }
    let (first, last) = (start.div_euclid(DAY_MS), end.div_euclid(DAY_MS));
    // No series has a value after today.
    if first > i64::from(seen.last_day()) {
        return Ok(());
    }
    let mut count = 0;
    let mut look = |series: &Series| {
        count += 1;
        if count % SERIES_A_LOOK == 0 && seen.is_late() {
            return Err(Error::Timeout);
        }
        if has_value(series, first, last) {
            take(series);
        }
        Ok(())
    };
    if selectors.is_empty() {
        return Ok(seen.each(&[], &mut look)?);
    }
    selectors.iter().try_for_each(|matchers| Ok(seen.each(matchers, &mut look)?))
}

/// Tells whether a series has a value on any day from a first to a last.
fn has_value(series: &Series, first: i64, last: i64) -> bool {
    let begun = series.changes.partition_point(|change| i64::from(change.day) <= last);
    let mut known = series.changes[..begun].iter().rev();
    // From the last change in the span back to the one that holds on its first day.
    for change in known.by_ref() {
        if change.value.is_some() {
            return true;
        }
        if i64::from(change.day) <= first {
            return false;
        }
    }
    false
}
