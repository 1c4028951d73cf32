//! Single entries as of a position: what ended them, the day and the topic that they are about, and the name of that.

use super::AsOf;
use crate::event::Body;
use crate::steps::Steps;
use crate::time::berlin_day;
use crate::words::{Day, Place, Position, ServiceId, Slug, Text, Topic};

impl AsOf<'_> {
    /// Returns the entry that has replaced or withdrawn the given one, and `None` while the given one stands. A withdrawal
    /// always stands.
    #[must_use]
    pub fn ended_by(self, entry: Position) -> Option<Position> {
        self.state.until_at(entry, self.position).filter(|until| *until <= self.position)
    }

    /// Returns the day from which an entry counts (rule 5). A withdrawal has the day of the entry that it withdraws. An undated
    /// description has none.
    #[must_use]
    pub fn day_of(self, entry: Position) -> Option<Day> {
        let recorded = || self.state.batch_of(entry).map(|batch| berlin_day(batch.recorded_at_ms));
        let Some(body) = self.state.body_of(entry) else {
            // A withdrawal acts on an entry before it, so that this ends.
            return self.day_of(self.state.entry(entry)?.acts_on.entry()?);
        };
        match (body.on(), &body) {
            (Some(on), _) => Some(on.counts_from(recorded()?)),
            (None, Body::ObjectionMade(objection)) => {
                self.day_of(self.state.position_of(objection.entry).filter(|other| *other < entry)?)
            }
            (None, Body::MilestonePlanned(_) | Body::TargetSet(_)) => recorded(),
            (None, _) => None,
        }
    }

    /// Tells whether an entry is about a topic: the service of the entry is ever listed in the topic, or the entry names the
    /// topic.
    #[must_use]
    pub fn is_of_topic(self, entry: Position, topic: Topic) -> bool {
        let Some(thing) = self.state.thing_at(entry) else { return false };
        let service = self.state.service_of(thing).and_then(|service| self.state.services.number(service));
        let is_in = |number| self.topics(number).iter().any(|(_, topics)| topics.contains(topic));
        service.is_some_and(is_in) || self.state.topic_of(thing) == Some(topic)
    }

    /// Returns the name of a service on a day; without one its last name before that day, else its first.
    #[must_use]
    pub fn service_called(self, service: &ServiceId, day: Day) -> Option<Text> {
        called(&self.listing(self.state.services.number(service)?), day, |listing| listing.name.clone())
    }

    /// Returns the name of an authority or a region on a day, else its last one before, else its first; areas have theirs.
    #[must_use]
    pub fn place_called(self, place: &Place, day: Day) -> Option<Text> {
        match place {
            Place::Area(_) => None,
            Place::Authority(authority) => self.name_of(authority, day),
            Place::Region(region) => called(&self.region(region), day, |region| region.name.clone()),
        }
    }

    /// Returns the name of a list on a day, else its last one before, else its first.
    #[must_use]
    pub fn list_called(self, list: &Slug, day: Day) -> Option<Text> {
        called(&self.list(list), day, |list| list.name.clone())
    }
}

/// Returns the name that something has on a day, else its last one before, else its first.
pub(super) fn called<T: Clone + PartialEq>(
    steps: &Steps<Option<T>>,
    day: Day,
    name: impl Fn(&T) -> Text,
) -> Option<Text> {
    let named = || steps.iter().filter_map(|(from, said)| Some((*from, said.as_ref()?)));
    let last = named().filter(|(from, _)| *from <= day).last();
    last.or_else(|| named().next()).map(|(_, said)| name(said))
}
