//! What drafts with mistakes are about. The checks after the batch leave it out: what seems wrong there may be right once
//! the mistake is mended. Everything else is judged, so that every mistake is named at once (rule 23).

use super::check::Trial;
use super::turn::target_id;
use crate::event::{Draft, Matter};
use crate::state::{SaidNo, ServiceNo, Slot, Thing};
use crate::words::{Area, Place, Position, ServiceId};
use std::collections::BTreeSet;

/// What drafts with mistakes are about.
#[derive(Debug, Default)]
pub(super) struct Spoilt {
    slots: BTreeSet<(ServiceNo, Area, Slot)>,
    things: BTreeSet<Thing>,
}

impl Spoilt {
    /// Tells whether a draft with mistakes is about a service at a place.
    pub(super) fn has_slot(&self, slot: (ServiceNo, Area, Slot)) -> bool {
        self.slots.contains(&slot)
    }

    /// Tells whether a draft with mistakes is about a thing.
    pub(super) fn has(&self, thing: Thing) -> bool {
        self.things.contains(&thing)
    }
}

impl Trial<'_> {
    /// Notes the thing that a draft with mistakes is about, and the thing of the entry that it would correct or withdraw.
    pub(super) fn spoil(&mut self, draft: &Draft) {
        let target = target_id(draft).and_then(|id| self.state.position_of(id));
        target.into_iter().for_each(|position| self.spoil_entry(position));
        let state = &self.state;
        let thing = match draft.body.matter() {
            Matter::Milestone(about) => return self.spoil_slot(&about.service, &about.place),
            Matter::Maturity(maturity) => return self.spoil_slot(&maturity.service, &maturity.place),
            Matter::Report(report) => {
                let key = (report.service.clone(), report.place.clone());
                state.reuse_reports.number(&key).map(Thing::Report)
            }
            Matter::Figure(claim) => state.figures.number(&claim.scope).map(Thing::Figure),
            Matter::Plan(plan) => state.plans.number(&plan.milestone).map(Thing::Plan),
            Matter::Target(target) => state.targets.number(&target.scope).map(Thing::Target),
            Matter::Assessment(made) => state.assessments.number(&made.subject).map(Thing::Assessment),
            Matter::Service(service, _) => state.services.number(service).map(Thing::Service),
            Matter::Authority(authority, ..) => state.authorities.number(authority).map(Thing::Authority),
            Matter::Region(region, _) => state.regions.number(region).map(Thing::Region),
            Matter::List(list, _) => state.lists.number(list).map(Thing::List),
            Matter::Register(register) => state.registers.number(&register).map(Thing::Register),
            Matter::Objection(made) => state.objections.number(&made.entry).map(Thing::Objection),
            Matter::Entry => None,
        };
        self.spoilt.things.extend(thing);
    }

    fn spoil_entry(&mut self, position: Position) {
        match (self.state.thing_at(position), self.state.place_at(position)) {
            (Some(Thing::Said(number)), Some(place)) => self.spoil_said(number, &place),
            (thing, _) => self.spoilt.things.extend(thing),
        }
    }

    fn spoil_slot(&mut self, service: &ServiceId, place: &Place) {
        if let Some(service) = self.state.services.number(service) {
            self.spoil_said(SaidNo::of(service, place.area()), place);
        }
    }

    fn spoil_said(&mut self, number: SaidNo, place: &Place) {
        let slot = self.state.slot(place).map(|slot| (number.service(), number.area(), slot));
        self.spoilt.slots.extend(slot);
    }
}
