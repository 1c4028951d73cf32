//! The subject of an entry, as far as the state remembers it.

use super::AsOf;
use crate::state::State;
use crate::words::{Area, Place, Position, ServiceId, Slug};

impl State {
    /// Returns the service and the area that the entry at a position is about.
    #[must_use]
    pub fn about(&self, position: Position) -> (Option<&ServiceId>, Option<Area>) {
        let Some(thing) = self.thing_at(position) else { return (None, None) };
        (self.service_of(thing), self.area_of(thing))
    }

    /// Tells whether the place that an entry is about is an authority with predecessors or successors.
    pub(crate) fn has_kin(&self, position: Position) -> bool {
        let Some(Place::Authority(authority)) = self.place_at(position) else { return false };
        let Some(number) = self.authorities.number(&authority) else { return false };
        let has_predecessors =
            self.authorities.value(number).is_some_and(|history| !history.predecessors.is_empty());
        has_predecessors || !self.now().succession(number).is_empty()
    }
}

impl AsOf<'_> {
    /// Tells whether an entry is about a place: an area or a place in it; a region or a place that ever lay in it, as the
    /// region is defined.
    #[must_use]
    pub fn is_about(self, entry: Position, place: &Place) -> bool {
        let state = self.state;
        match place {
            Place::Area(area) => state.about(entry).1 == Some(*area),
            Place::Authority(authority) => state.place_at(entry) == Some(Place::Authority(authority.clone())),
            Place::Region(region) => match state.place_at(entry) {
                Some(Place::Region(found)) => found == *region,
                Some(found) => self.ever_lay_in(&found, region),
                None => false,
            },
        }
    }

    fn ever_lay_in(self, place: &Place, region: &Slug) -> bool {
        let steps = self.region(region);
        steps.iter().filter_map(|(_, region)| region.as_deref()).any(|region| region.has(place))
    }
}
