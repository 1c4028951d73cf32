//! Targets: what is aimed at for a day. The latest of each source holds; none ever becomes a fact by itself (rule 9).

use super::Line;
use super::points::Point;
use super::row::{Header, Observed, Proof, Row, Status};
use crate::asof::AsOf;
use crate::count::About;
use crate::event::ClaimScope;
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{Dated, Goal, Known, State};
use crate::words::Day;

pub(crate) fn matching<'a>(
    state: &'a State,
    measure: Measure,
    about: &'a About,
) -> impl Iterator<Item = (&'a ClaimScope, &'a Vec<Known<Dated<Goal>>>)> {
    state.targets.iter().filter(move |(scope, _)| {
        scope.measure == measure
            && scope.place == about.place
            && scope.topic == about.topic
            && scope.service == about.service
            && scope.stage == about.stage
            && scope.level == about.level
            && scope.unit == about.unit
    })
}

/// Returns the first day for which a target was set.
pub(crate) fn start(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let targets = matching(at.state, query.measure, about).flat_map(|(_, targets)| targets);
    targets.filter(|target| target.at(at.position)).map(|target| target.what.said.due.last()).min()
}

/// Returns the last day for which a target of a line is set.
pub(crate) fn last_due(at: AsOf<'_>, query: &Query, about: &About) -> Option<Day> {
    let targets = matching(at.state, query.measure, about).flat_map(|(_, targets)| targets);
    targets.filter(|target| target.at(at.position)).map(|target| target.what.said.due.last()).max()
}

/// Computes the rows of the targets of a line: each is shown in the period that contains the day it is due.
pub(crate) fn rows(at: AsOf<'_>, header: &Header, line: &Line, points: &[Point]) -> Vec<Row> {
    let mut rows = Vec::new();
    for point in points {
        for (scope, targets) in matching(at.state, header.measure, &line.about) {
            let mut due: Vec<&Known<Dated<Goal>>> = targets
                .iter()
                .filter(|target| target.at(at.position))
                .filter(|target| (point.from..=point.day).contains(&target.what.said.due.last()))
                .collect();
            due.sort_by_key(|target| (target.what.said.due, target.what.day, target.entry));
            // Of targets for the same date, each source's latest holds.
            let latest = due.iter().enumerate().filter(|(index, target)| {
                !due[index + 1..]
                    .iter()
                    .any(|later| later.what.said.due == target.what.said.due && is_same_source(later, target))
            });
            rows.extend(latest.map(|(_, target)| row(at.state, header, line, point, scope, target)));
        }
    }
    rows
}

/// Tells whether two targets are of one source, published alike.
fn is_same_source(one: &Known<Dated<Goal>>, other: &Known<Dated<Goal>>) -> bool {
    match (one.what.source.as_deref(), other.what.source.as_deref()) {
        (Some(one), Some(other)) => one.is_same(other) && one.published == other.published,
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn row(
    state: &State,
    header: &Header,
    line: &Line,
    point: &Point,
    scope: &ClaimScope,
    target: &Known<Dated<Goal>>,
) -> Row {
    let said = &target.what.said;
    let source = target.what.source.as_deref();
    Row {
        scope: scope.scope.as_ref().map(ToString::to_string),
        observed: Some(Observed::On(said.due)),
        status: Status { simulated: header.simulated, running: point.running, ..Status::default() },
        source: source.map_or_else(
            || state.office_of(target.entry).unwrap_or_default().to_owned(),
            |s| s.name.to_string(),
        ),
        source_url: source
            .and_then(|source| source.url.as_ref())
            .map(ToString::to_string)
            .unwrap_or_default(),
        proof: Proof::of([target.entry]),
        ..Row::empty(line, point.day).with_amount(said.amount, said.of)
    }
}
