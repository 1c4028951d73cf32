//! Plans and targets. The latest by a day holds on it; neither ever becomes a fact by itself (SEMANTICS 9).

use super::counted::{Counted, empty_row};
use super::extent::Extent;
use super::fold::{running, steps_of};
use super::lines::{About, Line};
use super::points::Point;
use super::row::{Header, Observed, Row, Status};
use crate::event::{Amount, ClaimScope, Milestone};
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{Known, PlanSaid, Slot, State, Steps, TargetSaid};
use crate::words::{Area, Day, Number, Place, Position, Qualifier};

/// Returns the first day on which any plan was made for a place that ever lies here.
pub(super) fn first_plan(extent: &Extent<'_>) -> Option<Day> {
    let (state, position) = (extent.state(), extent.position());
    let here = state.plans.iter().filter(|(milestone, _)| ever_lies(extent, milestone));
    let known = here.flat_map(|(_, plans)| plans.iter().filter(|plan| plan.at(position)));
    known.map(|plan| plan.what.day).min()
}

fn ever_lies(extent: &Extent<'_>, milestone: &Milestone) -> bool {
    let place = place_of(extent.state(), milestone);
    place.is_some_and(|(area, slot)| !extent.lies(area, slot).is_empty())
}

/// Lists the plans that a line may count.
pub(super) fn matching_plans<'a>(
    extent: &Extent<'a>,
    about: &About,
) -> impl Iterator<Item = (&'a Milestone, &'a Vec<Known<PlanSaid>>)> {
    extent
        .state()
        .plans
        .iter()
        .filter(|(milestone, _)| fits(about, milestone) && ever_lies(extent, milestone))
}

/// Returns where a milestone is kept: its area, and its slot there.
pub(super) fn place_of(state: &State, milestone: &Milestone) -> Option<(Area, Slot)> {
    match &milestone.place {
        Place::Area(area) => Some((*area, Slot::AREA)),
        Place::Authority(id) => Some((id.area(), Slot::of_authority(state.authorities.number(id)?))),
        Place::Region(_) => None,
    }
}

/// Counts milestones whose plan was due, or due and not reached.
pub(super) fn counted(state: &State, header: &Header, about: &About) -> Counted {
    let extent = Extent::of(state, &about.place, None, header.position);
    let count = |overdue: bool| {
        let mut changes = Vec::new();
        for (milestone, plans) in matching_plans(&extent, about) {
            changes.extend(steps_of(&due(&extent, header, about, (milestone, plans), overdue)));
        }
        running(changes)
    };
    match header.measure {
        Measure::MilestonesOverdue => {
            Counted { value: count(true), denominator: Some(count(false)), ..Counted::default() }
        }
        _ => Counted { value: count(false), ..Counted::default() },
    }
}

fn fits(about: &About, milestone: &Milestone) -> bool {
    (about.place.authority().is_none() || about.place == milestone.place)
        && about.service.as_ref().is_none_or(|service| *service == milestone.service)
        && about.stage.is_none_or(|stage| stage == milestone.stage)
        && about.unit.is_none_or(|unit| unit == milestone.service.unit())
}

/// Returns when the plan in force for a milestone here was due: by the day, or before the day and not reached on it.
fn due(
    extent: &Extent<'_>,
    header: &Header,
    about: &About,
    (milestone, plans): (&Milestone, &[Known<PlanSaid>]),
    overdue: bool,
) -> Steps<bool> {
    let (state, position) = (extent.state(), extent.position());
    let Some(service) = state.services.number(&milestone.service) else { return Steps::default() };
    let Some((area, slot)) = place_of(state, milestone) else { return Steps::default() };
    let mut known: Vec<&Known<PlanSaid>> = plans.iter().filter(|plan| plan.at(position)).collect();
    known.sort_by_key(|plan| (plan.what.day, plan.entry));
    let mut due = Steps::default();
    for (index, plan) in known.iter().enumerate() {
        let until = known.get(index + 1).map_or(Day::LAST, |next| next.what.day);
        let from = if overdue { plan.what.due.last().after() } else { plan.what.due.last() };
        due.push(plan.what.day, false);
        let from = from.max(plan.what.day);
        if from < until {
            due.push(from, true);
        }
    }
    let listed = state.listed_in(service, about.topic, header.query.list.as_ref(), position);
    let due = due.and(&listed).and(extent.lies(area, slot));
    let due = match slot.authority() {
        Some(authority) => due.and(&state.registered(authority, position)),
        None => due,
    };
    if !overdue {
        return due;
    }
    let reached = state.pair(service, area, slot, position).map(|stages| stages.contains(milestone.stage));
    due.zip(&reached, |due, reached| *due && !*reached)
}

pub(super) fn matching<'a>(
    state: &'a State,
    query_measure: Measure,
    about: &'a About,
) -> impl Iterator<Item = (&'a ClaimScope, &'a Vec<Known<TargetSaid>>)> {
    state.targets.iter().filter(move |(scope, _)| {
        scope.measure == query_measure
            && scope.place == about.place
            && scope.topic == about.topic
            && scope.service == about.service
            && scope.stage == about.stage
            && scope.level == about.level
            && scope.unit == about.unit
    })
}

/// Returns the first day for which a target was set.
pub(super) fn target_start(state: &State, query: &Query, about: &About, position: Position) -> Option<Day> {
    let targets = matching(state, query.measure, about).flat_map(|(_, targets)| targets);
    targets.filter(|target| target.at(position)).map(|target| target.what.due.last()).min()
}

/// Computes the rows of the targets of a line: each is shown in the period that contains the day it is due.
pub(super) fn target_rows(state: &State, header: &Header, line: &Line, points: &[Point]) -> Vec<Row> {
    let mut rows = Vec::new();
    for point in points {
        for (scope, targets) in matching(state, header.measure, &line.about) {
            let mut due: Vec<&Known<TargetSaid>> = targets
                .iter()
                .filter(|target| target.at(header.position))
                .filter(|target| (point.from..=point.day).contains(&target.what.due.last()))
                .collect();
            due.sort_by_key(|target| (target.what.due, target.what.day, target.entry));
            // Of targets for the same date, each source's latest holds.
            let latest = due.iter().enumerate().filter(|(index, target)| {
                !due[index + 1..]
                    .iter()
                    .any(|later| later.what.due == target.what.due && later.what.source == target.what.source)
            });
            rows.extend(latest.map(|(_, target)| target_row(state, header, line, point, scope, target)));
        }
    }
    rows
}

fn target_row(
    state: &State,
    header: &Header,
    line: &Line,
    point: &Point,
    scope: &ClaimScope,
    target: &Known<TargetSaid>,
) -> Row {
    let said = &target.what;
    let (value, share, figure) = match said.amount {
        Amount::Value(figure) => (Some(figure.number), None, figure),
        Amount::Percent(figure) => (None, Some(figure.number.hundredth()), figure),
    };
    let denominator: Option<Number> = said.of.map(|of| of.number);
    let source = said.source.as_ref();
    Row {
        scope: scope.scope.as_ref().map(ToString::to_string),
        value,
        qualifier: Some(figure.qualifier).filter(|qualifier| *qualifier != Qualifier::Exact),
        denominator,
        share: share.or_else(|| value?.divided_by(denominator?)),
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
        ..empty_row(line, point.day)
    }
}
