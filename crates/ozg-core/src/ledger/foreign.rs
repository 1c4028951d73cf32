//! What other offices said: an office changes and ends its own entries only, unless it coordinates (rules 2, 26, 27).

use super::Rights;
use super::check::Trial;
use crate::event::Draft;
use crate::mistake::{Code, Fault, Standing};
use crate::state::{AuthorityNo, Known, Said, ServiceNo, Slot, What};
use crate::words::{Place, Position, Stage};
use std::borrow::Cow;
use std::collections::BTreeSet;

impl Trial<'_> {
    /// Returns the office that may not be overruled in an entry: another one, where this office does not coordinate what the
    /// entry touches.
    pub(super) fn foreign(&self, entry: Position) -> Option<&str> {
        let owner = self.office_behind(entry);
        (owner != self.office() && !self.coordinates(entry)).then_some(owner)
    }

    /// Tells whether the office coordinates everything that an entry touches.
    fn coordinates(&self, entry: Position) -> bool {
        let Rights { areas, topics, coordinates: Some(narrower) } = &self.request().rights else {
            return false;
        };
        let within = |areas: &[Place]| {
            let rights = Rights { areas: areas.to_vec(), topics: *topics, coordinates: None };
            let entry = self.state.objected_by(entry).unwrap_or(entry);
            self.state.body_of(entry).is_some_and(|body| self.lies_within(&rights, &body))
        };
        within(areas) && within(narrower)
    }

    /// Refuses a draft that corrects or withdraws what another office said; notes the office that the draft speaks for where
    /// this one coordinates.
    pub(super) fn check_owner(&mut self, index: usize, draft: &Draft, field: &str, entry: Position) {
        if self.request().was_accepted || entry > self.head {
            return;
        }
        match self.foreign(entry).map(str::to_owned) {
            Some(owner) => {
                let is_objection = self.state.objected_by(entry).is_some();
                let fault = owned_by(&owner, &self.state.name(entry, self.head, None), is_objection);
                self.wrong(index, draft, field, None, fault);
            }
            None => self.speaks_for = self.other_office(entry),
        }
    }

    /// Refuses the ends of milestones of the batch that end what another office said to hold.
    pub(super) fn check_ends(
        &mut self,
        drafts: &[Option<Cow<'_, Draft>>],
        about: (ServiceNo, Slot),
        said: &[Known<Said>],
    ) {
        if self.request().was_accepted {
            return;
        }
        let ends = said.iter().filter(|known| known.entry > self.head);
        let ends = ends.filter_map(|known| match known.what.what() {
            What::Ended(stage) => Some((*known, stage)),
            What::Reached(_) | What::Observed(_) | What::Level(_) => None,
        });
        for (end, stage) in ends.collect::<Vec<_>>() {
            let ended = self.ended_by(about, said, &end, stage);
            match ended.iter().find_map(|entry| Some((*entry, self.foreign(*entry)?.to_owned()))) {
                Some((entry, owner)) => {
                    let named = self.state.name(entry, self.head, None);
                    let fault = owned_by(&owner, &named, false);
                    self.blame(drafts, end.entry, "stage", None, fault, vec![named]);
                }
                None => {
                    let other = ended.into_iter().rev().find_map(|entry| self.other_office(entry));
                    self.note_speaks_for(end.entry, other);
                }
            }
        }
    }

    /// Returns the office behind an entry where it is not this one.
    fn other_office(&self, entry: Position) -> Option<String> {
        Some(self.office_behind(entry)).filter(|owner| *owner != self.office()).map(str::to_owned)
    }

    /// Lists the entries by which a stage held that a statement ends: those since the end before it, or where there are none
    /// those of the authorities that it was inherited from.
    fn ended_by(
        &self,
        (service, slot): (ServiceNo, Slot),
        said: &[Known<Said>],
        end: &Known<Said>,
        stage: Stage,
    ) -> Vec<Position> {
        let mut line: Vec<&Known<Said>> =
            said.iter().filter(|known| known.what.day <= end.what.day).collect();
        line.sort_by_key(|known| known.what.day);
        let mut held: Vec<Position> = Vec::new();
        for known in line.into_iter().filter(|known| known.entry != end.entry) {
            match known.what.what() {
                What::Reached(of) | What::Observed(of) if of == stage => held.push(known.entry),
                What::Ended(of) if of == stage && known.what.day < end.what.day => held.clear(),
                What::Reached(_) | What::Observed(_) | What::Ended(_) | What::Level(_) => {}
            }
        }
        match slot.authority().filter(|_| held.is_empty()) {
            Some(heir) => self.inherited_from(service, heir, stage),
            None => held,
        }
    }

    /// Lists the entries that say of the predecessors of an authority that they held a stage.
    fn inherited_from(&self, service: ServiceNo, heir: AuthorityNo, stage: Stage) -> Vec<Position> {
        let now = self.state.now();
        let (mut seen, mut next) = (BTreeSet::new(), now.precession(heir));
        let mut entries = Vec::new();
        while let Some(authority) = next.pop() {
            if !seen.insert(authority) {
                continue;
            }
            next.extend(now.precession(authority));
            let Some(id) = self.state.authorities.key(authority) else { continue };
            let said = self.state.said_at(service, id.area(), Slot::of_authority(authority));
            let holds = |what| matches!(what, What::Reached(of) | What::Observed(of) if of == stage);
            let standing = said.iter().filter(|known| known.stands() && holds(known.what.what()));
            entries.extend(standing.map(|known| known.entry));
        }
        entries
    }
}

/// Refuses to change what another office said, and names the way that is open; nobody can object to an objection.
fn owned_by(owner: &str, entry: &Standing, is_objection: bool) -> Fault {
    let named = entry.position.map_or_else(|| entry.id.to_string(), |position| format!("#{position}"));
    let fault = Fault::say(
        Code::ForeignEntry,
        format!(
            "Der Eintrag {named} gehört der Stelle „{owner}“; eine Stelle ändert und beendet nur ihre eigenen"
        ),
        format!(
            "The entry {named} belongs to the office {owner}; an office changes and ends only its own entries"
        ),
    );
    if is_objection {
        return fault;
    }
    let (de, en) = (
        ". Wer es besser weiß, erhebt Widerspruch (objection-made)",
        ". If you know better, object with objection-made",
    );
    fault.more(de, en).hint(way(entry))
}

/// Returns how to object to an entry.
fn way(entry: &Standing) -> String {
    format!("objection-made: entry={}", entry.id)
}

/// Adds the way to change a standing entry: the office's own entry is replaced, an entry of another office is objected to.
pub(super) fn mended(fault: Fault, foreign: Option<(&Standing, &str)>, (de, en): (&str, &str)) -> Fault {
    match foreign {
        None => fault.more(de, en).hint("replaces: standing"),
        Some((entry, owner)) => {
            let (de, en) = (
                format!(
                    ". Das sagt die Stelle „{owner}“; wer es besser weiß, erhebt Widerspruch (objection-made)"
                ),
                format!(". The office {owner} says so; if you know better, object with objection-made"),
            );
            fault.more(&de, &en).hint(way(entry))
        }
    }
}
