//! What an entry is about: a thing, which has one history that all entries about it share.

use super::history::Slot;
use super::known::{History, Known, until_at};
use super::{
    AssessmentNo, AuthorityNo, EntryMark, FigureNo, ListNo, Number, ObjectionNo, PlanNo, RegionNo,
    RegisterNo, ReportNo, SaidNo, ServiceNo, State, TargetNo,
};
use crate::event::{EventType, Register};
use crate::measure::{Measure, Reports};
use crate::words::{Area, AuthorityId, Place, Position, ServiceId, Subject, Topic};

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// A service in an area and at the authorities there: milestones and maturity.
    Said(SaidNo),
    /// A service at a place of which reuses were reported.
    Report(ReportNo),
    /// What figures were claimed about.
    Figure(FigureNo),
    /// A milestone for which there are plans.
    Plan(PlanNo),
    /// What targets were set for.
    Target(TargetNo),
    /// What was assessed.
    Assessment(AssessmentNo),
    /// A service of the catalogue.
    Service(ServiceNo),
    /// An authority of the registry.
    Authority(AuthorityNo),
    /// A region.
    Region(RegionNo),
    /// A list of services.
    List(ListNo),
    /// A catalogue or a register that may be complete.
    Register(RegisterNo),
    /// An entry that somebody objects to.
    Objection(ObjectionNo),
}

impl Thing {
    /// Returns its index among the things of its kind.
    pub(super) fn index(self) -> usize {
        match self {
            Thing::Said(number) => number.index(),
            Thing::Report(number) => number.index(),
            Thing::Figure(number) => number.index(),
            Thing::Plan(number) => number.index(),
            Thing::Target(number) => number.index(),
            Thing::Assessment(number) => number.index(),
            Thing::Service(number) => number.index(),
            Thing::Authority(number) => number.index(),
            Thing::Region(number) => number.index(),
            Thing::List(number) => number.index(),
            Thing::Register(number) => number.index(),
            Thing::Objection(number) => number.index(),
        }
    }
}

impl EntryMark {
    /// Returns the thing that the entry is about; none for a withdrawal, which is about another entry.
    pub(crate) fn thing(&self) -> Option<Thing> {
        let index = self.thing as usize;
        Some(match self.event_type {
            EventType::MilestoneReached
            | EventType::MilestoneEnded
            | EventType::MilestoneObserved
            | EventType::MaturityAssessed => Thing::Said(Number::of_index(index)),
            EventType::ReuseReported => Thing::Report(Number::of_index(index)),
            EventType::FigureReported => Thing::Figure(Number::of_index(index)),
            EventType::MilestonePlanned => Thing::Plan(Number::of_index(index)),
            EventType::TargetSet => Thing::Target(Number::of_index(index)),
            EventType::AssessmentMade => Thing::Assessment(Number::of_index(index)),
            EventType::ServiceListed | EventType::ServiceDelisted => Thing::Service(Number::of_index(index)),
            EventType::AuthorityListed | EventType::AuthorityChanged | EventType::AuthorityDissolved => {
                Thing::Authority(Number::of_index(index))
            }
            EventType::RegionDefined => Thing::Region(Number::of_index(index)),
            EventType::ListDefined => Thing::List(Number::of_index(index)),
            EventType::RegisterDeclared => Thing::Register(Number::of_index(index)),
            EventType::ObjectionMade => Thing::Objection(Number::of_index(index)),
            EventType::EntryWithdrawn => return None,
        })
    }
}

impl State {
    /// Returns the thing that the entry at a position is about; a withdrawal is about that of the entry that it withdraws.
    pub(crate) fn thing_at(&self, position: Position) -> Option<Thing> {
        let mark = self.entry(position)?;
        mark.thing().or_else(|| self.thing_at(mark.acts_on))
    }

    /// Returns the history of a thing, to be written.
    pub(super) fn history_mut(&mut self, thing: Thing) -> Option<&mut dyn History> {
        fn any<H: History>(history: Option<&mut H>) -> Option<&mut dyn History> {
            history.map(|history| history as &mut dyn History)
        }
        match thing {
            Thing::Said(number) => any(self.said.get_mut(number.index()).map(|said| said.all_mut())),
            Thing::Report(number) => any(self.reuse_reports.value_mut(number)),
            Thing::Figure(number) => any(self.figures.value_mut(number)),
            Thing::Plan(number) => any(self.plans.value_mut(number)),
            Thing::Target(number) => any(self.targets.value_mut(number)),
            Thing::Assessment(number) => any(self.assessments.value_mut(number)),
            Thing::Service(number) => any(self.services.value_mut(number).map(|history| &mut history.said)),
            Thing::Authority(number) => {
                any(self.authorities.value_mut(number).map(|history| &mut history.said))
            }
            Thing::Region(number) => any(self.regions.value_mut(number)),
            Thing::List(number) => any(self.lists.value_mut(number)),
            Thing::Register(number) => any(self.registers.value_mut(number)),
            Thing::Objection(number) => any(self.objections.value_mut(number)),
        }
    }

    /// Tells whether an entry stands as of a position.
    pub(crate) fn stands_at(&self, entry: Position, at: Position) -> bool {
        self.until_at(entry, at).is_some_and(|until| at < until)
    }

    /// Returns until when an entry stands or stood, as it was known at a position; none for an entry that no history holds by then.
    pub(crate) fn until_at(&self, entry: Position, at: Position) -> Option<Position> {
        fn any<H: History>(history: Option<&H>) -> Option<&dyn History> {
            history.map(|history| history as &dyn History)
        }
        let thing = self.entry(entry).and_then(EntryMark::thing)?;
        let history = match thing {
            Thing::Said(number) => {
                let said = self.said.get(number.index()).map_or(&[][..], |said| said.all());
                return until_at(said, entry, at);
            }
            Thing::Report(number) => any(self.reuse_reports.value(number)),
            Thing::Figure(number) => any(self.figures.value(number)),
            Thing::Plan(number) => any(self.plans.value(number)),
            Thing::Target(number) => any(self.targets.value(number)),
            Thing::Assessment(number) => any(self.assessments.value(number)),
            Thing::Service(number) => any(self.services.value(number).map(|history| &history.said)),
            Thing::Authority(number) => any(self.authorities.value(number).map(|history| &history.said)),
            Thing::Region(number) => any(self.regions.value(number)),
            Thing::List(number) => any(self.lists.value(number)),
            Thing::Register(number) => any(self.registers.value(number)),
            Thing::Objection(number) => any(self.objections.value(number)),
        };
        history?.until_at(entry, at)
    }

    /// Returns the thing that an objection is about: that of the entry that it objects to.
    fn objected(&self, number: ObjectionNo) -> Option<Thing> {
        self.thing_at(self.position_of(*self.objections.key(number)?)?)
    }

    /// Returns the service that a thing is about.
    pub(crate) fn service_of(&self, thing: Thing) -> Option<&ServiceId> {
        match thing {
            Thing::Objection(number) => self.service_of(self.objected(number)?),
            Thing::Said(number) => self.services.key(number.service()),
            Thing::Service(number) => self.services.key(number),
            Thing::Report(number) => self.reuse_reports.key(number).map(|(service, _)| service),
            Thing::Figure(number) => self.figures.key(number)?.service.as_ref(),
            Thing::Target(number) => self.targets.key(number)?.service.as_ref(),
            Thing::Plan(number) => self.plans.key(number).map(|milestone| &milestone.service),
            Thing::Assessment(_)
            | Thing::Authority(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_) => None,
        }
    }

    /// Returns the area that a thing is about or lies in; none for one without and for a region.
    pub(crate) fn area_of(&self, thing: Thing) -> Option<Area> {
        match thing {
            Thing::Said(number) => Some(number.area()),
            Thing::Authority(number) => self.authorities.key(number).map(AuthorityId::area),
            Thing::Report(_) | Thing::Figure(_) | Thing::Target(_) | Thing::Plan(_) => {
                self.named_place(thing).map(Place::area)
            }
            Thing::Register(number) => self.registered_area(number),
            Thing::Objection(number) => self.area_of(self.objected(number)?),
            Thing::Service(_) | Thing::Assessment(_) | Thing::Region(_) | Thing::List(_) => None,
        }
    }

    /// Returns the place that the entry at a position is about.
    #[must_use]
    pub fn place_at(&self, position: Position) -> Option<Place> {
        let mark = self.entry(position)?;
        match mark.thing() {
            None => self.place_at(mark.acts_on),
            Some(Thing::Said(number)) => self.place(number.area(), self.slot_at(number, position)?),
            Some(Thing::Authority(number)) => self.authorities.key(number).cloned().map(Place::Authority),
            Some(Thing::Region(number)) => self.regions.key(number).cloned().map(Place::Region),
            Some(thing @ (Thing::Report(_) | Thing::Figure(_) | Thing::Target(_) | Thing::Plan(_))) => {
                self.named_place(thing).cloned()
            }
            Some(Thing::Register(number)) => self.registered_area(number).map(Place::Area),
            Some(Thing::Objection(number)) => self.place_at(self.position_of(*self.objections.key(number)?)?),
            Some(Thing::Service(_) | Thing::Assessment(_) | Thing::List(_)) => None,
        }
    }

    /// Returns the area of a register; none for a catalogue.
    fn registered_area(&self, number: RegisterNo) -> Option<Area> {
        match self.registers.key(number)? {
            Register::Authorities(_, area) => Some(*area),
            Register::Catalogue(_) => None,
        }
    }

    /// Returns the place with a slot in an area.
    pub(crate) fn place(&self, area: Area, slot: Slot) -> Option<Place> {
        match slot.authority() {
            Some(number) => self.authorities.key(number).cloned().map(Place::Authority),
            None => Some(Place::Area(area)),
        }
    }

    /// Lists the measures that claims about a thing are about; none for what no claim is about.
    pub(crate) fn measures_of(&self, thing: Thing) -> Vec<Measure> {
        let scope = match thing {
            Thing::Report(_) => {
                return Measure::all().filter(|measure| measure.row().reports != Reports::None).collect();
            }
            Thing::Figure(number) => self.figures.key(number),
            Thing::Target(number) => self.targets.key(number),
            Thing::Said(_)
            | Thing::Plan(_)
            | Thing::Assessment(_)
            | Thing::Service(_)
            | Thing::Authority(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_)
            | Thing::Objection(_) => None,
        };
        scope.map(|scope| scope.measure).into_iter().collect()
    }

    /// Returns the topic that the key of a thing names.
    pub(crate) fn topic_of(&self, thing: Thing) -> Option<Topic> {
        match thing {
            Thing::Figure(number) => self.figures.key(number)?.topic,
            Thing::Target(number) => self.targets.key(number)?.topic,
            Thing::Assessment(number) => match self.assessments.key(number)? {
                Subject::Topic(topic) => Some(*topic),
                Subject::Strategy(_) | Subject::Block(_) => None,
            },
            Thing::Said(_)
            | Thing::Report(_)
            | Thing::Plan(_)
            | Thing::Service(_)
            | Thing::Authority(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_)
            | Thing::Objection(_) => None,
        }
    }

    /// Returns the slot that an entry of a history of milestones is about.
    fn slot_at(&self, number: SaidNo, position: Position) -> Option<Slot> {
        let of_entry = |known: &&Known<super::Said>| known.entry == position;
        self.said.get(number.index())?.all().iter().find(of_entry).map(|known| known.what.slot)
    }

    /// Returns the place that the key of a thing names.
    fn named_place(&self, thing: Thing) -> Option<&Place> {
        match thing {
            Thing::Report(number) => self.reuse_reports.key(number).map(|(_, place)| place),
            Thing::Figure(number) => self.figures.key(number).map(|scope| &scope.place),
            Thing::Target(number) => self.targets.key(number).map(|scope| &scope.place),
            Thing::Plan(number) => self.plans.key(number).map(|milestone| &milestone.place),
            Thing::Said(_)
            | Thing::Assessment(_)
            | Thing::Service(_)
            | Thing::Authority(_)
            | Thing::Region(_)
            | Thing::List(_)
            | Thing::Register(_)
            | Thing::Objection(_) => None,
        }
    }
}
