//! Plans, and days between statements, each as its definition reads.

use super::{About, OnDay, counts};
use ozg_core::event::{Body, Milestone};
use ozg_core::words::{Area, Day, Place, Position, Stage};
use std::collections::BTreeMap;

impl OnDay<'_> {
    pub(super) fn has_plan(&self, about: &About) -> bool {
        !self.plans(about).is_empty()
    }

    /// Lists the milestones whose plan in force was due: the milestone, the day the plan was made, the day it was due.
    pub(super) fn plans_due(&self, about: &About) -> Vec<(Milestone, Day, Day)> {
        self.plans(about).into_iter().filter(|(.., due)| *due <= self.day).collect()
    }

    /// Lists the milestones with a plan in force, in the same way.
    fn plans(&self, about: &About) -> Vec<(Milestone, Day, Day)> {
        let mut latest: BTreeMap<Milestone, (Day, Position, Day)> = BTreeMap::new();
        for entry in &self.world.entries {
            let Body::MilestonePlanned(plan) = &entry.event.body else { continue };
            let made = plan.on.map_or(entry.recorded, |on| counts(on, entry.recorded));
            if made <= self.day {
                let known =
                    latest.entry(plan.milestone.clone()).or_insert((Day::EVER, Position::START, Day::LAST));
                *known = (*known).max((made, entry.position, plan.due.last()));
            }
        }
        let services = self.services(&About { service: None, stage: None, ..about.clone() });
        let fits = |milestone: &Milestone| {
            let at = self.lies(&milestone.place, &about.place);
            let exists = milestone.place.authority().is_none()
                || self.registrations[self.world.place(&milestone.place)].is_some();
            at && exists
                && about.stage.is_none_or(|stage| stage == milestone.stage)
                && about.service.as_ref().is_none_or(|service| *service == milestone.service)
                && services.iter().any(|s| self.world.services[*s] == milestone.service)
        };
        let due = latest.into_iter().map(|(milestone, (made, _, due))| (milestone, made, due));
        due.filter(|(milestone, ..)| fits(milestone)).collect()
    }

    pub(super) fn overdue(&self, about: &About) -> usize {
        let open = |(milestone, made, due): &(Milestone, Day, Day)| {
            *due < self.day && !self.world.held_between(milestone, *made, self.day)
        };
        self.plans_due(about).iter().filter(|plan| open(plan)).count()
    }

    pub(super) fn lead_times(&self, about: &About) -> Vec<i64> {
        let first = |s: usize, area: Area, stage: Stage| {
            let (service, place) = (self.world.services[s].clone(), Place::Area(area));
            let milestone = Milestone { service: service.clone(), place: place.clone(), stage };
            let (said, observed) = (self.world.milestone(&milestone), self.world.observed(&milestone));
            let days = said.iter().map(|(day, _)| *day).chain(observed.iter().copied());
            let first = days.filter(|day| self.world.holds(&service, &place, stage, *day)).min()?;
            // What was only observed began on an unknown day.
            said.contains(&(first, true)).then_some(first)
        };
        let around = self.around(&about.place);
        let of_service = |s: usize, area: Area| {
            let (launched, rolled_out) =
                (first(s, area, Stage::Launched)?, first(s, area, Stage::RolledOut)?);
            (launched <= rolled_out && rolled_out <= self.day)
                .then(|| i64::from(rolled_out.days_since(launched)))
        };
        let services = self.services(about).into_iter();
        services.flat_map(|s| around.iter().filter_map(move |area| of_service(s, *area))).collect()
    }

    pub(super) fn lags(&self, about: &About) -> Vec<i64> {
        let services = self.services(about);
        let mut lags = Vec::new();
        for entry in &self.world.entries {
            let (Body::MilestoneReached(milestone, on) | Body::MilestoneEnded(milestone, on)) =
                &entry.event.body
            else {
                continue;
            };
            let day = counts(*on, entry.recorded);
            let of_line = services.iter().any(|s| self.world.services[*s] == milestone.service);
            if of_line && day <= self.day && self.lies(&milestone.place, &about.place) {
                lags.push(i64::from(entry.recorded.days_since(day)).max(0));
            }
        }
        lags
    }
}
