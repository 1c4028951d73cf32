//! Finds the entry that a correction or a withdrawal acts on. It must stand, have the same type, and be the office's
//! own.

use super::check::Trial;
use super::facts::fingerprint_of_draft;
use super::standing::Candidate;
use crate::event::{Body, Draft, EventType, Replaces};
use crate::mistake::{Code, Fault, Mistake, Standing};
use crate::words::Position;

impl Trial<'_> {
    /// Finds the entry that a draft replaces or withdraws, which must stand, be of the same type and of the same office.
    pub(super) fn target(&mut self, index: usize, draft: &Draft) -> Option<Position> {
        let (field, id) = match (&draft.body, draft.replaces) {
            (Body::EntryWithdrawn(entry), _) => ("entry", *entry),
            (_, Some(Replaces::Entry(entry))) => ("replaces", entry),
            (_, Some(Replaces::Standing)) => return self.standing_target(index, draft),
            (_, None) => return None,
        };
        let text = id.to_string();
        let Some(position) = self.state.position_of(id) else {
            let fault = Fault::say(
                Code::UnknownEntry,
                format!("Einen Eintrag {id} gibt es nicht"),
                format!("There is no entry {id}"),
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        };
        let target = self.state.entry(position).map(|mark| mark.event_type);
        if field == "entry" && target == Some(EventType::EntryWithdrawn) {
            let fault = Fault::say(
                Code::NotStanding,
                "Ein Zurückziehen ist endgültig; die Angabe neu melden",
                "Withdrawing is final; record the statement again instead",
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        if field == "replaces" && target != Some(draft.body.event_type()) {
            let found = target.unwrap_or(draft.body.event_type());
            let (name, id) = (found.name().de, found.id());
            let fault = Fault::say(
                Code::OtherType,
                format!("Der Eintrag ist „{name}“ ({id}); eine Korrektur muss denselben Typ haben"),
                format!("The entry is {id}; a correction must have the same type"),
            );
            self.wrong(index, draft, field, Some(&text), fault);
            return None;
        }
        self.check_owner(index, draft, field, position);
        if !self.state.stands(position) {
            let fault = Fault::say(
                Code::NotStanding,
                "Der Eintrag steht nicht mehr: er wurde ersetzt oder zurückgezogen",
                "The entry no longer stands: it was replaced or withdrawn",
            );
            let actor = self.state.entry(position).map_or(Position::START, |mark| mark.acted_by);
            let named = self.state.name(actor, self.head, None);
            let mistake =
                Mistake::at(&draft.at.field(field), field, Some(&text), fault).standing(vec![named]);
            self.mistakes.push((index, mistake));
            return None;
        }
        Some(position)
    }

    /// Finds the one standing statement about the same thing.
    fn standing_target(&mut self, index: usize, draft: &Draft) -> Option<Position> {
        let found = self.standing_about(draft);
        let [Candidate { entry, on, .. }] = found.as_slice() else {
            let fault = if found.is_empty() { nothing_stands() } else { several_stand(found.len()) };
            let named = found.iter().map(|found| self.state.name(found.entry, self.head, found.on)).collect();
            self.unclear(index, draft, fault, named);
            return None;
        };
        let corrects = |entry: Position| self.state.entry(entry).is_some_and(|mark| !mark.acts_on.is_start());
        if *entry > self.head && corrects(*entry) {
            let named = self.state.name(*entry, self.head, *on);
            self.unclear(index, draft, corrected_twice(), vec![named]);
            return None;
        }
        self.check_owner(index, draft, "replaces", *entry);
        Some(*entry)
    }

    fn unclear(&mut self, index: usize, draft: &Draft, fault: Fault, named: Vec<Standing>) {
        let mistake = Mistake::at(&draft.at.field("replaces"), "replaces", Some("standing"), fault);
        self.mistakes.push((index, mistake.standing(named)));
    }

    /// Finds the entry that a correction repeats word for word: the standing entry that it would replace, or an earlier
    /// correction of that entry. A correction that differs in any field is news (rule 3).
    pub(super) fn corrected_already(&self, draft: &Draft) -> Option<Position> {
        let fingerprint = fingerprint_of_draft(draft);
        let says_so = |position: &Position| {
            let mark = self.state.entry(*position);
            mark.is_some_and(|mark| mark.fingerprint == fingerprint) && self.state.stands(*position)
        };
        match draft.replaces? {
            Replaces::Entry(id) => {
                let target = self.state.position_of(id)?;
                let actor = self.state.entry(target)?.acted_by;
                [target, actor].into_iter().find(says_so)
            }
            Replaces::Standing => self.standing_about(draft).iter().map(|found| found.entry).find(says_so),
        }
    }
}

fn nothing_stands() -> Fault {
    Fault::say(
        Code::StandingUnclear,
        "Zu dieser Sache steht noch nichts, was sich ersetzen ließe: „ersetzt“ (replaces) weglassen",
        "Nothing stands about this thing that could be replaced: leave \"replaces\" out",
    )
}

fn several_stand(count: usize) -> Fault {
    Fault::say(
        Code::StandingUnclear,
        format!("Es stehen {count} Einträge zur selben Sache; einen mit seiner Kennung nennen"),
        format!("{count} entries about the same thing stand; name one by its id"),
    )
}

fn corrected_twice() -> Fault {
    Fault::say(
        Code::Contradiction,
        "Der Stapel korrigiert dieselbe Sache zweimal, und die Reihenfolge darf nicht entscheiden, welche Korrektur gilt; eine weglassen",
        "The batch corrects the same thing twice, and the order must not decide which correction holds; leave one out",
    )
}
