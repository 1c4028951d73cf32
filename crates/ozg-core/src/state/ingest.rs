//! Applies one event to the state: adds it to a history, ends the entry that it replaces or withdraws, and notes the
//! things to project again.

use super::dated::{Dated, Flavor, Goal, Registered};
use super::history::{Said, Slot, What};
use super::known::{History, Known};
use super::{AuthorityNo, EntryMark, Number, RegisterNo, SaidNo, ServiceNo, State, Thing};
use crate::event::{Body, Dissolution, Event, EventType, Listing, Milestone, Target};
use crate::words::{Area, AuthorityId, Day, PartialDate, Place, Position, ServiceId, Stage};
use std::sync::Arc;

/// The things that a batch has touched; only these are projected again.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Places of services: `(service, area, slot)`.
    pub(crate) slots: Vec<(ServiceNo, Area, Slot)>,
    /// Services whose catalogue history changed.
    pub(crate) services: Vec<ServiceNo>,
    /// Authorities whose registry history changed.
    pub(crate) authorities: Vec<AuthorityNo>,
    /// Catalogues and registers that were declared complete or partial.
    pub(crate) registers: Vec<RegisterNo>,
    /// Things whose statements changed.
    pub(crate) things: Vec<Thing>,
}

impl Touched {
    /// Notes that the statements about a thing changed.
    fn note(&mut self, thing: Thing) {
        match thing {
            Thing::Service(number) => self.services.push(number),
            Thing::Authority(number) => self.authorities.push(number),
            Thing::Register(number) => self.registers.push(number),
            Thing::Said(_)
            | Thing::Report(_)
            | Thing::Figure(_)
            | Thing::Plan(_)
            | Thing::Target(_)
            | Thing::Assessment(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Objection(_) => {}
        }
        self.things.push(thing);
    }
}

impl State {
    /// Applies the event at the next position. The event must have been checked; applying it cannot fail.
    pub(crate) fn ingest(
        &mut self,
        event: &Event,
        fingerprint: u64,
        recorded: Day,
        touched: &mut Touched,
    ) -> Position {
        let position = self.latest().next();
        let target =
            if let Body::EntryWithdrawn(entry) = &event.body { Some(*entry) } else { event.replaces };
        let acts_on = target.and_then(|entry| self.ids.position(entry)).unwrap_or_default();
        let thing = self.remember(event, (position, recorded), touched);
        thing.into_iter().for_each(|thing| touched.note(thing));
        let thing = thing.map_or(0, Thing::index);
        let thing = u32::try_from(thing).unwrap_or_else(|_| unreachable!("no more things than entries"));
        let event_type = event.event_type();
        self.ids.push(event.id);
        let (acted_by, noted) = (Position::START, event.note.is_some());
        self.entries.push(EntryMark { fingerprint, thing, acts_on, acted_by, event_type, noted });
        if !acts_on.is_start() {
            self.act(position, acts_on, event_type == EventType::EntryWithdrawn, touched);
        }
        position
    }

    /// Ends an entry. If that entry is a correction and is withdrawn, the entry that it had replaced stands again.
    fn act(&mut self, actor: Position, target: Position, withdraws: bool, touched: &mut Touched) {
        self.change(target, touched, |history| history.close(target, actor));
        if let Some(mark) = target.index().and_then(|index| self.entries.get_mut(index)) {
            mark.acted_by = actor;
        }
        let replaced = self.entry(target).map_or(Position::START, |mark| mark.acts_on);
        if withdraws && !replaced.is_start() {
            self.change(replaced, touched, |history| history.reopen(replaced, actor));
        }
    }

    /// Changes the history that an entry belongs to.
    fn change(&mut self, position: Position, touched: &mut Touched, change: impl Fn(&mut dyn History)) {
        let Some(thing) = self.entry(position).and_then(EntryMark::thing) else { return };
        match thing {
            Thing::Said(number) => self.change_said(position, number, touched, change),
            Thing::Service(_)
            | Thing::Authority(_)
            | Thing::Report(_)
            | Thing::Figure(_)
            | Thing::Plan(_)
            | Thing::Target(_)
            | Thing::Assessment(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_)
            | Thing::Objection(_) => self.history_mut(thing).into_iter().for_each(change),
        }
        touched.note(thing);
    }

    fn change_said(
        &mut self,
        position: Position,
        thing: SaidNo,
        touched: &mut Touched,
        change: impl Fn(&mut dyn History),
    ) {
        let Some(said) = self.said.get_mut(thing.index()) else { return };
        let Some(what) = said.all().iter().find(|known| known.entry == position).map(|known| known.what)
        else {
            return;
        };
        change(said.all_mut());
        touched.slots.push((thing.service(), thing.area(), what.slot));
    }

    /// Adds what an event says to the history of its thing, and returns that thing; none for a withdrawal.
    fn remember(&mut self, event: &Event, when: (Position, Day), touched: &mut Touched) -> Option<Thing> {
        let (position, recorded) = when;
        let described = |on, how| Dated::registered(event, on, recorded, how);
        Some(match &event.body {
            Body::MilestoneReached(about, on) => self.milestone(about, What::Reached, *on, when, touched),
            Body::MilestoneEnded(about, on) => self.milestone(about, What::Ended, *on, when, touched),
            Body::MilestoneObserved(about, on) => self.milestone(about, What::Observed, *on, when, touched),
            Body::MaturityAssessed(assessed) => {
                let about = (&assessed.service, &assessed.place);
                self.say(about, What::Level(assessed.level), assessed.on, when, touched)
            }
            Body::ReuseReported(report) => {
                let key = (report.service.clone(), report.place.clone());
                let said = Dated::sourced(event, recorded, report.clone());
                Thing::Report(self.reuse_reports.remember(&key, position, said))
            }
            Body::FigureReported(claim) => {
                let said = Dated::sourced(event, recorded, claim.clone());
                Thing::Figure(self.figures.remember(&claim.scope, position, said))
            }
            Body::AssessmentMade(assessment) => {
                let said = Dated::sourced(event, recorded, assessment.clone());
                Thing::Assessment(self.assessments.remember(&assessment.subject, position, said))
            }
            Body::MilestonePlanned(plan) => {
                let said = Dated::sourced(event, recorded, plan.due);
                Thing::Plan(self.plans.remember(&plan.milestone, position, said))
            }
            Body::TargetSet(Target { scope, amount, of, due, .. }) => {
                let said = Dated::sourced(event, recorded, Goal { due: *due, amount: *amount, of: *of });
                Thing::Target(self.targets.remember(scope, position, said))
            }
            Body::ServiceListed(service, listing, on) => {
                let said = Dated::described(*on, recorded, Some(Arc::new(listing.clone())));
                Thing::Service(self.describe_service(service, position, said))
            }
            Body::ServiceDelisted(service, on) => {
                let said = Dated::described(Some(*on), recorded, None);
                Thing::Service(self.describe_service(service, position, said))
            }
            Body::AuthorityListed(authority, registration, on) => {
                let how = Flavor::Listed(registration.clone());
                Thing::Authority(self.register(authority, position, described(*on, how)))
            }
            Body::AuthorityChanged(authority, change, on) => {
                let how = Flavor::Changed(change.clone());
                Thing::Authority(self.register(authority, position, described(Some(*on), how)))
            }
            Body::AuthorityDissolved(Dissolution { authority, successors, inherits, on }) => {
                let numbers = successors.iter().map(|successor| self.authorities.number_or_new(successor));
                let how = Flavor::Dissolved { successors: numbers.collect(), inherits: *inherits };
                Thing::Authority(self.register(authority, position, described(Some(*on), how)))
            }
            Body::RegionDefined(region, defined, on) => {
                let said = Dated::described(*on, recorded, Arc::new(defined.clone()));
                Thing::Region(self.regions.remember(region, position, said))
            }
            Body::ListDefined(list, defined, on) => {
                let said = Dated::described(*on, recorded, Arc::new(defined.clone()));
                Thing::List(self.lists.remember(list, position, said))
            }
            Body::RegisterDeclared(register, complete, on) => {
                let said = Dated::described(*on, recorded, *complete);
                Thing::Register(self.registers.remember(register, position, said))
            }
            Body::ObjectionMade(objection) => {
                let said = Dated::described(objection.on, recorded, objection.clone());
                Thing::Objection(self.objections.remember(&objection.entry, position, said))
            }
            Body::EntryWithdrawn(_) => return None,
        })
    }

    /// Adds a statement about a milestone.
    fn milestone(
        &mut self,
        about: &Milestone,
        what: fn(Stage) -> What,
        on: PartialDate,
        when: (Position, Day),
        touched: &mut Touched,
    ) -> Thing {
        self.say((&about.service, &about.place), what(about.stage), on, when, touched)
    }

    /// Adds a statement about a service at a place.
    fn say(
        &mut self,
        (service, place): (&ServiceId, &Place),
        what: What,
        on: PartialDate,
        (position, recorded): (Position, Day),
        touched: &mut Touched,
    ) -> Thing {
        let number = self.services.number_or_new(service);
        let slot = match place {
            Place::Area(_) | Place::Region(_) => Slot::AREA,
            Place::Authority(authority) => {
                let authority = self.authorities.number_or_new(authority);
                let known =
                    self.authorities.value(authority).map(|history| history.services.binary_search(&number));
                if let Some(Err(index)) = known
                    && let Some(history) = self.authorities.value_mut(authority)
                {
                    history.services.insert(index, number);
                }
                Slot::of_authority(authority)
            }
        };
        let area = place.area();
        let said = Said::new(slot, what, on, on.counts_from(recorded));
        let thing = SaidNo::of(number, area);
        self.said.grow_mut(thing.index()).push(Known::new(position, said));
        touched.slots.push((number, area, slot));
        Thing::Said(thing)
    }

    fn describe_service(
        &mut self,
        service: &ServiceId,
        position: Position,
        said: Dated<Option<Arc<Listing>>>,
    ) -> ServiceNo {
        let number = self.services.number_or_new(service);
        for parent in said.said.iter().flat_map(|listing| &listing.parents) {
            let parent = self.services.number_or_new(parent);
            if let Some(history) = self.services.value_mut(parent)
                && !history.children.contains(&number)
            {
                history.children.push(number);
            }
        }
        if let Some(history) = self.services.value_mut(number) {
            history.said.push(Known::new(position, said));
        }
        number
    }

    fn register(
        &mut self,
        authority: &AuthorityId,
        position: Position,
        said: Dated<Registered>,
    ) -> AuthorityNo {
        let number = self.authorities.number_or_new(authority);
        if let Flavor::Dissolved { successors, inherits } = &said.said.how {
            self.inheriting |= *inherits;
            for successor in successors {
                if let Some(history) = self.authorities.value_mut(*successor)
                    && !history.predecessors.contains(&number)
                {
                    history.predecessors.push(number);
                }
            }
        }
        if let Some(history) = self.authorities.value_mut(number) {
            history.said.push(Known::new(position, said));
        }
        number
    }
}
