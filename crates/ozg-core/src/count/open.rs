//! What is open on a day: plans whose stage has not come (rule 9), and authorities that lack a stage of a service.

use super::plans::{first_held, held, matching_plans, while_there};
use super::{About, Whose};
use crate::asof::AsOf;
use crate::event::Milestone;
use crate::measure::Measure;
use crate::state::{Dated, Known, Slot, by_day};
use crate::steps::Steps;
use crate::words::{
    AuthorityId, Day, KindSet, PartialDate, Place, Position, ServiceId, Stage, StageSet, Text, Topic, Unit,
};
use std::collections::BTreeMap;

/// Which open plans are asked for; what is none accepts all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAsked {
    /// Where.
    pub place: Place,
    /// Only services of this topic.
    pub topic: Option<Topic>,
    /// Only this service.
    pub service: Option<ServiceId>,
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Only services of this unit.
    pub unit: Option<Unit>,
}

/// A plan in force whose stage has not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlan {
    /// What is planned.
    pub milestone: Milestone,
    /// When it is due.
    pub due: PartialDate,
    /// When it was due by the first plan.
    pub first_due: PartialDate,
    /// The day from which the plan holds.
    pub set: Day,
    /// Position of the plan.
    pub entry: Position,
}

impl OpenPlan {
    /// Returns the number of days by which it is overdue on a day: due on 2025-03-31, it is 1 on 2025-04-01. `None` up to the
    /// day due.
    #[must_use]
    pub fn days_overdue(&self, on: Day) -> Option<i32> {
        Some(on.days_since(self.due.last())).filter(|days| *days > 0)
    }
}

/// An authority that lacks a stage of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which authority.
    pub authority: AuthorityId,
    /// Its name.
    pub name: Text,
    /// Its inhabitants.
    pub population: Option<u32>,
    /// The stages that it holds.
    pub holds: StageSet,
    /// The plan for the stage that it lacks.
    pub plan: Option<OpenPlan>,
}

/// Why nobody knows which authorities lack a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExecuted {
    /// No entry describes the service.
    Unknown,
    /// The service is not in the catalogue on the day.
    NotListed,
    /// The catalogue does not say which kinds of authorities execute it.
    NoKind,
}

impl AsOf<'_> {
    /// Lists the plans that are in force on a day and whose stage has not come since they were made, by day due, service and
    /// place. Those overdue are the ones that `milestones_overdue` counts.
    #[must_use]
    pub fn open_plans(self, asked: &OpenAsked, on: Day) -> Vec<OpenPlan> {
        let OpenAsked { place, topic, service, stage, unit } = asked.clone();
        let about = About { topic, service, stage, unit, ..About::new(place) };
        let about = about.as_counted(Measure::MilestonesOverdue);
        let whose = Whose::at_place(self, &about.place);
        let plans = matching_plans(&whose, &about);
        let mut open: Vec<OpenPlan> = plans
            .filter_map(|(milestone, plans)| open_plan(&whose, &about, (milestone, plans), on))
            .collect();
        open.sort_by(|one, other| {
            (one.due.last(), &one.milestone).cmp(&(other.due.last(), &other.milestone))
        });
        open
    }

    /// Returns the kinds of authorities that execute a service on a day.
    ///
    /// # Errors
    /// Why nobody knows.
    pub fn executing_on(self, service: &ServiceId, on: Day) -> Result<KindSet, NotExecuted> {
        let number = self.state.services.number(service).filter(|_| self.is_listed(service));
        let listing = self.in_force(number.ok_or(NotExecuted::Unknown)?, on).ok_or(NotExecuted::NotListed)?;
        let kinds = listing.executed_by;
        if kinds == KindSet::default() { Err(NotExecuted::NoKind) } else { Ok(kinds) }
    }

    /// Lists the authorities of a place, of the kinds that execute a service ([`AsOf::executing_on`]), that do not hold a stage of it on
    /// a day, by id.
    #[must_use]
    pub fn missing(
        self,
        (service, kinds): (&ServiceId, KindSet),
        (place, stage): (&Place, Stage),
        on: Day,
    ) -> Vec<Missing> {
        let Some(number) = self.state.services.number(service) else { return Vec::new() };
        let counted = About::new(place.clone());
        let counted = &counted.as_counted(Measure::Reuses).place;
        let whose = Whose::at_place(self, counted);
        let asked = OpenAsked {
            place: place.clone(),
            topic: None,
            service: Some(service.clone()),
            stage: Some(stage),
            unit: None,
        };
        let plans = self.open_plans(&asked, on).into_iter();
        let mut plans: BTreeMap<Place, OpenPlan> =
            plans.map(|plan| (plan.milestone.place.clone(), plan)).collect();
        let here = self.state.authorities.numbered().filter(|(authority, id, _)| {
            kinds.contains(id.kind())
                && counted.authority().is_none_or(|only| only == *id)
                && whose.inside(*authority).on(on)
        });
        let mut missing: Vec<Missing> = here
            .filter_map(|(authority, id, _)| {
                let holds = self.pair(number, id.area(), Slot::of_authority(authority)).on(on);
                let (_, registration) = self.registration_on(id, on).filter(|_| !holds.contains(stage))?;
                let plan = plans.remove(&Place::Authority(id.clone()));
                let (name, population) = (registration.name, registration.population);
                Some(Missing { authority: id.clone(), name, population, holds, plan })
            })
            .collect();
        missing.sort_by(|one, other| one.authority.cmp(&other.authority));
        missing
    }
}

/// Returns the plan in force for a milestone, if it has not held since the plan was made.
fn open_plan(
    whose: &Whose<'_>,
    about: &About,
    (milestone, plans): (&Milestone, &[Known<Dated<PartialDate>>]),
    on: Day,
) -> Option<OpenPlan> {
    let known = by_day(plans, whose.at().position);
    let plan = known.iter().rev().find(|plan| plan.what.day <= on)?;
    let has_come = first_held(&held(whose.at(), milestone), plan.what.day).is_some_and(|first| first <= on);
    let is_open = !has_come && while_there(whose, milestone, about.topic, &Steps::always(true)).on(on);
    is_open.then(|| OpenPlan {
        milestone: milestone.clone(),
        due: plan.what.said,
        first_due: known.first().map_or(plan.what.said, |first| first.what.said),
        set: plan.what.day,
        entry: plan.entry,
    })
}
