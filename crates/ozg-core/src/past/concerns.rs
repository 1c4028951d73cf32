//! The answers that an entry may concern, by measure and area. The test is coarse but quick: a kept answer stays valid
//! while entries arrive that do not concern it.

use crate::event::{EventType, Says};
use crate::measure::{Counting, Dimension, Measure};
use crate::query::Query;
use crate::state::State;
use crate::words::{Area, Place, Position};
use std::collections::BTreeMap;

/// The last position that concerns each kind of answer. Only new entries are read to keep it up to date.
#[derive(Debug, Clone, Default)]
pub struct Concerns {
    read_until: Position,
    /// The last entry about the catalogue or the registry, which concern everything that is counted.
    general: Position,
    /// Milestones, maturities and plans by area.
    counted: BTreeMap<Area, Position>,
    /// Claims and targets by measure and area.
    reported: BTreeMap<(Measure, Area), Position>,
}

impl Concerns {
    /// Reads the new entries of a state.
    pub fn catch_up(&mut self, state: &State) {
        for position in self.read_until.up_to(state.head()) {
            self.read(state, position);
        }
        self.read_until = self.read_until.max(state.head());
    }

    /// Notes the answers that an entry concerns: through its own subject, and through the entries that it replaces,
    /// withdraws or lets stand again.
    fn read(&mut self, state: &State, position: Position) {
        let mut subject = position;
        while !subject.is_start() {
            self.note(state, subject, position);
            subject = state.entry(subject).map_or(Position::START, |mark| mark.acts_on);
        }
    }

    fn note(&mut self, state: &State, subject: Position, position: Position) {
        let area = state.about(subject).1.unwrap_or(Area::DE);
        match state.type_at(subject).map(EventType::says) {
            // An authority in another area may take over the stages of a place, now or for another territory.
            Some(Says::Progress) if state.has_kin(subject) => self.general = position,
            Some(Says::Progress) => drop(self.counted.insert(area, position)),
            Some(Says::Claim) => {
                let measures = state.thing_at(subject).map(|thing| state.measures_of(thing));
                for measure in measures.into_iter().flatten() {
                    self.reported.insert((measure, area), position);
                }
            }
            // An objection shows beside the values that rest on its entry.
            Some(Says::Objection) => {
                let entry = state.objected_by(subject).unwrap_or_default();
                if !entry.is_start() {
                    self.note(state, entry, position);
                }
            }
            // No series is about assessments. The subject of a withdrawal is noted with the entry that it withdraws.
            Some(Says::Review | Says::Withdrawal) => {}
            Some(Says::Description { .. }) | None => self.general = position,
        }
    }

    /// Returns the last position that may have changed the answer to a query at the head; [`Position::START`] where none did.
    #[must_use]
    pub fn of(&self, query: &Query) -> Position {
        let areas = areas(query);
        let concerned = |area: Area| areas.as_ref().is_none_or(|areas| areas.contains(&area));
        let counts = query.measure.row().counting != Counting::ReportedOnly;
        let counted = self.counted.iter().filter(|(area, _)| counts && concerned(**area));
        // Claims concern an answer of counted values too, since it lists the claims that it leaves out (rule 21a).
        let asked = |measure: Measure, area: Area| measure == query.measure && concerned(area);
        let reported = self.reported.iter().filter(|((measure, area), _)| asked(*measure, *area));
        let last = counted.map(|(_, last)| *last).chain(reported.map(|(_, last)| *last)).max();
        last.unwrap_or_default().max(self.general)
    }
}

/// Lists the areas that an answer rests on; `None` means all. A statement about DE concerns each Land. A question about a
/// service concerns all areas, since the service may begin in any; so does a measure that may have held for ever (rule 17).
fn areas(query: &Query) -> Option<Vec<Area>> {
    let is_of_service = query.services.is_some() || query.spreads(Dimension::Service);
    if is_of_service || crate::count::may_always_hold(query.measure) {
        return None;
    }
    let mut areas = vec![Area::DE];
    for place in query.areas.as_ref()? {
        match place {
            Place::Area(Area::DE) => return None,
            Place::Area(area) => areas.push(*area),
            Place::Authority(_) | Place::Region(_) => {
                areas.push(Some(place.area()).filter(|area| *area != Area::DE)?);
            }
        }
    }
    Some(areas)
}
