//! What an entry is about, as far as the state remembers it.

use crate::event::{ClaimScope, EventType};
use crate::state::{Number, SaidNo, Slot, State};
use crate::words::{Area, AuthorityId, Place, Position, ServiceId, Slug};

impl State {
    /// Returns the service and the area that the entry at a position is about.
    #[must_use]
    pub fn about(&self, position: Position) -> (Option<&ServiceId>, Option<Area>) {
        let Some(mark) = self.entry(position) else { return (None, None) };
        match mark.event_type {
            EventType::MilestoneReached
            | EventType::MilestoneEnded
            | EventType::MilestoneObserved
            | EventType::MaturityAssessed => {
                let said: SaidNo = mark.thing();
                (self.services.key(said.service()), Some(said.area()))
            }
            EventType::ReuseReported => match self.reuse_reports.key(mark.thing()) {
                Some((service, place)) => (Some(service), Some(place.area())),
                None => (None, None),
            },
            EventType::FigureReported => scope_about(self.figures.key(mark.thing())),
            EventType::TargetSet => scope_about(self.targets.key(mark.thing())),
            EventType::MilestonePlanned => match self.plans.key(mark.thing()) {
                Some(milestone) => (Some(&milestone.service), Some(milestone.place.area())),
                None => (None, None),
            },
            EventType::ServiceListed | EventType::ServiceDelisted => (self.services.key(mark.thing()), None),
            EventType::AuthorityListed | EventType::AuthorityChanged | EventType::AuthorityDissolved => {
                (None, self.authorities.key(mark.thing()).map(AuthorityId::area))
            }
            EventType::EntryWithdrawn => self.about(mark.acts_on),
            EventType::AssessmentMade | EventType::RegionDefined | EventType::ListDefined => (None, None),
        }
    }

    /// Tells whether the entry at a position is about an area and what lies in it, or about a region and what has ever lain
    /// in it as the region is defined now.
    #[must_use]
    pub fn is_about(&self, position: Position, place: &Place) -> bool {
        match place {
            Place::Area(area) => self.about(position).1 == Some(*area),
            Place::Authority(authority) => {
                self.place_about(position) == Some(Place::Authority(authority.clone()))
            }
            Place::Region(region) => match self.place_about(position) {
                Some(Place::Region(found)) => found == *region,
                Some(found) => self.ever_lay_in(&found, region),
                None => false,
            },
        }
    }

    /// Tells whether the place that an entry is about is an authority with predecessors or successors.
    pub(crate) fn has_kin(&self, position: Position) -> bool {
        let Some(Place::Authority(authority)) = self.place_about(position) else { return false };
        let Some(number) = self.authorities.number(&authority) else { return false };
        let has_predecessors =
            self.authorities.value(number).is_some_and(|history| !history.predecessors.is_empty());
        has_predecessors || !self.succession(number, self.head()).is_empty()
    }

    fn ever_lay_in(&self, place: &Place, region: &Slug) -> bool {
        let steps = self.region(region, self.head());
        steps.iter().filter_map(|(_, region)| region.as_deref()).any(|region| region.has(place))
    }

    /// Returns the place with a slot in an area.
    pub(crate) fn place(&self, area: Area, slot: Slot) -> Option<Place> {
        match slot.authority() {
            Some(number) => self.authorities.key(number).cloned().map(Place::Authority),
            None => Some(Place::Area(area)),
        }
    }

    /// Returns the place that the entry at a position is about.
    fn place_about(&self, position: Position) -> Option<Place> {
        let mark = self.entry(position)?;
        match mark.event_type {
            EventType::MilestoneReached
            | EventType::MilestoneEnded
            | EventType::MilestoneObserved
            | EventType::MaturityAssessed => {
                let said = self
                    .said
                    .get(mark.thing::<SaidNo>().index())?
                    .all()
                    .iter()
                    .find(|known| known.entry == position)?;
                self.place(mark.thing::<SaidNo>().area(), said.what.slot)
            }
            EventType::ReuseReported => self.reuse_reports.key(mark.thing()).map(|(_, place)| place.clone()),
            EventType::FigureReported => self.figures.key(mark.thing()).map(|scope| scope.place.clone()),
            EventType::TargetSet => self.targets.key(mark.thing()).map(|scope| scope.place.clone()),
            EventType::MilestonePlanned => {
                self.plans.key(mark.thing()).map(|milestone| milestone.place.clone())
            }
            EventType::AuthorityListed | EventType::AuthorityChanged | EventType::AuthorityDissolved => {
                self.authorities.key(mark.thing()).cloned().map(Place::Authority)
            }
            EventType::RegionDefined => self.regions.key(mark.thing()).cloned().map(Place::Region),
            EventType::EntryWithdrawn => self.place_about(mark.acts_on),
            EventType::ServiceListed
            | EventType::ServiceDelisted
            | EventType::ListDefined
            | EventType::AssessmentMade => None,
        }
    }
}

fn scope_about(scope: Option<&ClaimScope>) -> (Option<&ServiceId>, Option<Area>) {
    match scope {
        Some(scope) => (scope.service.as_ref(), Some(scope.place.area())),
        None => (None, None),
    }
}
