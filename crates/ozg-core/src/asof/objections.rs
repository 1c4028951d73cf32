//! Objections as of a position: which stand, which are open, which entries are disputed (rule 28).

use super::AsOf;
use crate::event::{Body, Objection};
use crate::state::{Dated, Known, State};
use crate::words::{Area, Day, Position};

/// An objection that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objected<'a> {
    /// Position of the objection.
    pub position: Position,
    /// Position of the entry that it is about.
    pub entry: Position,
    /// What it says.
    pub said: &'a Objection,
    /// Whether it is open: its entry stands, too.
    pub is_open: bool,
}

impl<'a> AsOf<'a> {
    /// Lists the objections that stand, by position.
    #[must_use]
    pub fn objections(self) -> Vec<Objected<'a>> {
        let of_entry = |history: &'a Vec<Known<Dated<Objection>>>| {
            let standing = history.iter().filter(|known| known.at(self.position));
            standing.filter_map(|known| {
                let (said, entry) = (&known.what.said, self.state.position_of(known.what.said.entry)?);
                let is_open = self.state.stands_at(entry, self.position);
                Some(Objected { position: known.entry, entry, said, is_open })
            })
        };
        let mut all: Vec<Objected<'a>> =
            self.state.objections.iter().flat_map(|(_, history)| of_entry(history)).collect();
        all.sort_by_key(|objected| objected.position);
        all
    }

    /// Returns the day from which the values that rest on an entry are disputed: the day of the entry, or an earlier day that
    /// an open objection gives. `None` without an open objection.
    pub(crate) fn disputed_from(self, entry: Position, day: Day) -> Option<Day> {
        if !self.state.has_objections() {
            return None;
        }
        let history = self.state.objections.get(&self.state.id_at(entry)?)?;
        let open = history.iter().filter(|known| known.at(self.position));
        let from = open.map(|known| known.what.on.map_or(day, |_| known.what.day.min(day)));
        from.min().filter(|_| self.state.stands_at(entry, self.position))
    }
}

impl State {
    /// Tells whether anybody ever objected to anything.
    pub(crate) fn has_objections(&self) -> bool {
        self.objections.all().len() > 0
    }

    /// Returns the entry that an objection is about; `None` for an entry of another type.
    #[must_use]
    pub fn objected_by(&self, position: Position) -> Option<Position> {
        let Body::ObjectionMade(objection) = self.body_of(position)? else { return None };
        self.position_of(objection.entry)
    }

    /// Counts the open objections by the area that their entries are about; none for those about no area.
    #[must_use]
    pub fn open_objections(&self) -> Vec<(Option<Area>, usize)> {
        let open = self.as_of(self.head()).objections().into_iter().filter(|objected| objected.is_open);
        let areas: Vec<Option<Area>> = open.map(|objected| self.about(objected.entry).1).collect();
        let count = |area: Option<Area>| (area, areas.iter().filter(|other| **other == area).count());
        Area::all().map(Some).chain([None]).map(count).collect()
    }
}
