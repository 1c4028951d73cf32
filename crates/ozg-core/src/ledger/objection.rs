//! Objections: an office that knows better but may not correct says so (rule 28).

use super::check::Trial;
use crate::event::{Draft, EventType, Objection};
use crate::mistake::{Code, Fault, Mistake};
use crate::words::Position;

impl Trial<'_> {
    /// Refuses an objection to what is not a standing statement of another office.
    pub(super) fn check_objection(&mut self, index: usize, draft: &Draft, objection: &Objection) {
        if self.request().was_accepted {
            return;
        }
        let text = objection.entry.to_string();
        let Some(position) = self.state.position_of(objection.entry) else {
            let fault = Fault::say(
                Code::UnknownEntry,
                format!("Einen Eintrag {text} gibt es nicht"),
                format!("There is no entry {text}"),
            );
            return self.wrong(index, draft, "entry", Some(&text), fault);
        };
        let found = self.state.type_at(position);
        if matches!(found, Some(EventType::EntryWithdrawn | EventType::ObjectionMade)) {
            let fault = Fault::say(
                Code::OtherType,
                "Einem Zurückziehen und einem Widerspruch kann man nicht widersprechen",
                "Nobody can object to a withdrawal or to an objection",
            );
            return self.wrong(index, draft, "entry", Some(&text), fault);
        }
        if self.office_behind(position) == self.office() {
            let fault = Fault::say(
                Code::OwnEntry,
                "Der Eintrag ist der eigene: mit „ersetzt“ (replaces) ändern oder zurückziehen (entry-withdrawn)",
                "The entry is your own: change it with \"replaces\", or withdraw it with entry-withdrawn",
            );
            return self.wrong(index, draft, "entry", Some(&text), fault);
        }
        if !self.state.stands(position) {
            let fault = Fault::say(
                Code::NotStanding,
                "Der Eintrag steht nicht mehr: er wurde ersetzt oder zurückgezogen",
                "The entry no longer stands: it was replaced or withdrawn",
            );
            let actor = self.state.entry(position).map_or(Position::START, |mark| mark.acted_by);
            let named = self.state.name(actor, self.head, None);
            let mistake = Mistake::at(&draft.at.field("entry"), "entry", Some(&text), fault);
            self.mistakes.push((index, mistake.standing(vec![named])));
        }
    }
}
