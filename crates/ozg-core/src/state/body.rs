//! What an entry says, put together again from the history of its thing.

use super::dated::{Dated, Flavor, Goal};
use super::history::What;
use super::known::Known;
use super::{AuthorityNo, Number, State, Thing};
use crate::event::{Body, Dissolution, Maturity, Milestone, Plan, Target};
use crate::words::{Position, Slug};
use std::sync::Arc;

impl State {
    /// Returns what the entry at a position says; none for a withdrawal, which says nothing of a thing.
    pub(crate) fn body_of(&self, entry: Position) -> Option<Body> {
        Some(match self.entry(entry)?.thing()? {
            Thing::Said(number) => {
                let said = self.said.get(number.index())?.all();
                let said = said.iter().find(|known| known.entry == entry)?.what;
                let service = self.services.key(number.service())?.clone();
                let (place, on) = (self.place(number.area(), said.slot)?, said.on());
                match said.what() {
                    What::Reached(stage) => Body::MilestoneReached(Milestone { service, place, stage }, on),
                    What::Ended(stage) => Body::MilestoneEnded(Milestone { service, place, stage }, on),
                    What::Observed(stage) => Body::MilestoneObserved(Milestone { service, place, stage }, on),
                    What::Level(level) => Body::MaturityAssessed(Maturity { service, place, level, on }),
                }
            }
            Thing::Report(number) => {
                Body::ReuseReported(find(self.reuse_reports.value(number)?, entry)?.said.clone())
            }
            Thing::Figure(number) => {
                Body::FigureReported(find(self.figures.value(number)?, entry)?.said.clone())
            }
            Thing::Plan(number) => {
                let (milestone, plan) =
                    (self.plans.key(number)?.clone(), find(self.plans.value(number)?, entry)?);
                Body::MilestonePlanned(Plan { milestone, due: plan.said, on: plan.on })
            }
            Thing::Target(number) => {
                let (scope, target) =
                    (self.targets.key(number)?.clone(), find(self.targets.value(number)?, entry)?);
                let Goal { due, amount, of } = target.said;
                Body::TargetSet(Target { scope, amount, of, due, on: target.on })
            }
            Thing::Assessment(number) => {
                Body::AssessmentMade(find(self.assessments.value(number)?, entry)?.said.clone())
            }
            Thing::Service(number) => {
                let service = self.services.key(number)?.clone();
                let described = find(&self.services.value(number)?.said, entry)?;
                match &described.said {
                    Some(listing) => Body::ServiceListed(service, listing.as_ref().clone(), described.on),
                    None => Body::ServiceDelisted(service, described.on?),
                }
            }
            Thing::Authority(number) => self.registered_by(number, entry)?,
            Thing::Region(number) => {
                let (region, on, said) =
                    defined(self.regions.key(number)?, self.regions.value(number)?, entry)?;
                Body::RegionDefined(region, said, on)
            }
            Thing::List(number) => {
                let (list, on, said) = defined(self.lists.key(number)?, self.lists.value(number)?, entry)?;
                Body::ListDefined(list, said, on)
            }
            Thing::Objection(number) => {
                Body::ObjectionMade(find(self.objections.value(number)?, entry)?.said.clone())
            }
            Thing::Register(number) => {
                let declared = find(self.registers.value(number)?, entry)?;
                Body::RegisterDeclared(*self.registers.key(number)?, declared.said, declared.on)
            }
        })
    }

    fn registered_by(&self, number: AuthorityNo, entry: Position) -> Option<Body> {
        let authority = self.authorities.key(number)?.clone();
        let registered = find(&self.authorities.value(number)?.said, entry)?;
        Some(match &registered.said.how {
            Flavor::Listed(registration) => {
                Body::AuthorityListed(authority, registration.clone(), registered.on)
            }
            Flavor::Changed(change) => Body::AuthorityChanged(authority, change.clone(), registered.on?),
            Flavor::Dissolved { successors, inherits } => {
                let successors =
                    successors.iter().filter_map(|number| self.authorities.key(*number).cloned());
                let (successors, inherits, on) = (successors.collect(), *inherits, registered.on?);
                Body::AuthorityDissolved(Dissolution { authority, successors, inherits, on })
            }
        })
    }
}

fn find<T>(history: &[Known<Dated<T>>], entry: Position) -> Option<&Dated<T>> {
    history.iter().find(|known| known.entry == entry).map(|known| &known.what)
}

fn defined<T: Clone>(
    key: &Slug,
    history: &[Known<Dated<Arc<T>>>],
    entry: Position,
) -> Option<(Slug, Option<crate::words::PartialDate>, T)> {
    let dated = find(history, entry)?;
    Some((key.clone(), dated.on, dated.said.as_ref().clone()))
}
