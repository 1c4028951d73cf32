//! Plans. On a day the latest plan made by then is in force. No plan becomes a fact by itself (rule 9).

use super::fold::{running, steps_of};
use super::whose::Whose;
use super::{About, Counted};
use crate::asof::AsOf;
use crate::event::Milestone;
use crate::query::Query;
use crate::state::{Dated, Known, Slot, State, by_day};
use crate::steps::Steps;
use crate::words::{Area, Day, PartialDate, Place, Topic};

/// Returns the first day on which any plan that a line may count is in force.
pub(crate) fn first_plan(whose: &Whose<'_>, about: &About) -> Option<Day> {
    let at = whose.at();
    let first = |(milestone, plans): (&Milestone, &Vec<Known<Dated<PartialDate>>>)| {
        let made = plans.iter().filter(|plan| plan.at(at.position)).map(|plan| plan.what.day).min()?;
        let mut in_force = Steps::default();
        in_force.push(made, true);
        while_there(whose, milestone, about.topic, &in_force).first()
    };
    matching_plans(whose, about).filter_map(first).min()
}

/// Keeps a timeline of a milestone while its service is listed and its place exists here.
pub(super) fn while_there(
    whose: &Whose<'_>,
    milestone: &Milestone,
    topic: Option<Topic>,
    holds: &Steps<bool>,
) -> Steps<bool> {
    let at = whose.at();
    let Some(service) = at.state.services.number(&milestone.service) else { return Steps::default() };
    let Some((area, slot)) = place_of(at.state, milestone) else { return Steps::default() };
    let here = holds.and(&whose.listed(service, topic)).and(whose.lies(area, slot));
    match slot.authority() {
        Some(authority) => here.and(&at.registered(authority)),
        None => here,
    }
}

fn ever_lies(whose: &Whose<'_>, milestone: &Milestone) -> bool {
    let place = place_of(whose.at().state, milestone);
    place.is_some_and(|(area, slot)| !whose.lies(area, slot).is_empty())
}

/// Lists the plans that a line may count.
pub(crate) fn matching_plans<'a>(
    whose: &Whose<'a>,
    about: &About,
) -> impl Iterator<Item = (&'a Milestone, &'a Vec<Known<Dated<PartialDate>>>)> {
    whose
        .at()
        .state
        .plans
        .iter()
        .filter(|(milestone, _)| fits(about, milestone) && ever_lies(whose, milestone))
}

/// Returns where a milestone is kept: its area, and its slot there.
pub(crate) fn place_of(state: &State, milestone: &Milestone) -> Option<(Area, Slot)> {
    match &milestone.place {
        Place::Area(area) => Some((*area, Slot::AREA)),
        Place::Authority(id) => Some((id.area(), Slot::of_authority(state.authorities.number(id)?))),
        Place::Region(_) => None,
    }
}

/// Counts milestones whose plan was due, or overdue.
pub(crate) fn counted(at: AsOf<'_>, query: &Query, about: &About, overdue: bool) -> Counted {
    let whose = Whose::of(at, query, about);
    let count = |overdue: bool| {
        let mut changes = Vec::new();
        for (milestone, plans) in matching_plans(&whose, about) {
            changes.extend(steps_of(&due(&whose, about, (milestone, plans), overdue)));
        }
        running(changes)
    };
    let value = count(overdue);
    let denominator = overdue.then(|| count(false));
    Counted { value, denominator, ..Counted::default() }
}

fn fits(about: &About, milestone: &Milestone) -> bool {
    (about.place.authority().is_none() || about.place == milestone.place)
        && about.service.as_ref().is_none_or(|service| *service == milestone.service)
        && about.stage.is_none_or(|stage| stage == milestone.stage)
        && about.unit.is_none_or(|unit| unit == milestone.service.unit())
}

/// Returns when the plan in force for a milestone here was due: by the day, or overdue on it (rule 9).
fn due(
    whose: &Whose<'_>,
    about: &About,
    (milestone, plans): (&Milestone, &[Known<Dated<PartialDate>>]),
    overdue: bool,
) -> Steps<bool> {
    let held = held(whose.at(), milestone);
    let known = by_day(plans, whose.at().position);
    let mut due = Steps::default();
    for (index, plan) in known.iter().enumerate() {
        let (made, last) = (plan.what.day, plan.what.said.last());
        let replaced = known.get(index + 1).map_or(Day::LAST, |next| next.what.day);
        let (from, until) = match overdue {
            false => (last, replaced),
            true => (last.after(), replaced.min(first_held(&held, made).unwrap_or(Day::LAST))),
        };
        due.push(made, false);
        let from = from.max(made);
        if from < until {
            due.push(from, true);
            if until < replaced {
                due.push(until, false);
            }
        }
    }
    while_there(whose, milestone, about.topic, &due)
}

/// Returns when a milestone holds.
pub(super) fn held(at: AsOf<'_>, milestone: &Milestone) -> Steps<bool> {
    let number = at.state.services.number(&milestone.service);
    let Some((service, (area, slot))) = number.zip(place_of(at.state, milestone)) else {
        return Steps::default();
    };
    at.pair(service, area, slot).map(|stages| stages.contains(milestone.stage))
}

/// Returns the first day from `from` on, that day included, on which a milestone held.
pub(super) fn first_held(held: &Steps<bool>, from: Day) -> Option<Day> {
    if held.on(from) {
        return Some(from);
    }
    held.iter().find(|(day, holds)| *holds && *day > from).map(|(day, _)| *day)
}
