//! A batch on trial. Each draft that is news is applied to a clone of the state; then the rules that must hold after
//! the whole batch are checked.

use super::facts::{fingerprint, fingerprint_of_draft};
use super::spoilt::Spoilt;
use super::turn::{is_withdrawal, target_id};
use super::{Accepted, MISTAKES_MAX, Outcome, OutcomeKind, Request};
use crate::event::{Body, Draft, Event, EventId, Facts, Replaces, on_behalf_of, remarks_fact};
use crate::mistake::{Code, Fault, Mistake};
use crate::state::{AuthorityNo, ServiceNo, State, Thing, Touched};
use crate::time::berlin_day;
use crate::words::{Area, AuthorityId, Day, Position, ServiceId, Slug};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A batch that is being tried on a clone of the state.
pub(super) struct Trial<'a> {
    pub(super) state: State,
    pub(super) head: Position,
    pub(super) recorded: Day,
    request: &'a Request<'a>,
    touched: Touched,
    /// The services and authorities that the batch itself lists.
    pub(super) listed_here: BTreeSet<ServiceId>,
    pub(super) registered_here: BTreeSet<AuthorityId>,
    pub(super) defined_here: BTreeSet<Slug>,
    /// Ids of drafts that are no news, with the entry that says the same. Other drafts of the batch may refer to these
    /// ids.
    same_as: BTreeMap<EventId, Position>,
    events: Vec<Event>,
    outcomes: Vec<Option<Outcome>>,
    /// Drafts of the catalogue and the registry whose description is already in force.
    pub(super) described_already: Vec<usize>,
    /// What drafts with mistakes are about: nothing else is judged of it.
    pub(super) spoilt: Spoilt,
    /// The draft behind each entry of the batch.
    pub(super) draft_of: Vec<usize>,
    /// The office that the draft at hand speaks for; none for its own.
    pub(super) speaks_for: Option<String>,
    /// The facts beside each entry of the batch.
    facts: Vec<Facts>,
    /// Mistakes, each with the draft that made it.
    pub(super) mistakes: Vec<(usize, Mistake)>,
}

type Refused = (Vec<Mistake>, Vec<usize>);

impl<'a> Trial<'a> {
    pub(super) fn request(&self) -> &'a Request<'a> {
        self.request
    }

    /// Tries a batch in the order of its turns, so that the order of the input never matters.
    pub(super) fn run(
        state: &State,
        drafts: &[Option<Cow<'_, Draft>>],
        request: &'a Request<'a>,
        new_id: &mut dyn FnMut() -> EventId,
    ) -> Result<Accepted, Refused> {
        let mut trial = Trial {
            state: state.clone(),
            head: state.head(),
            recorded: berlin_day(request.now_ms),
            request,
            touched: Touched::default(),
            listed_here: BTreeSet::new(),
            registered_here: BTreeSet::new(),
            defined_here: BTreeSet::new(),
            same_as: BTreeMap::new(),
            events: Vec::with_capacity(drafts.len()),
            outcomes: vec![None; drafts.len()],
            described_already: Vec::new(),
            spoilt: Spoilt::default(),
            draft_of: Vec::new(),
            speaks_for: None,
            facts: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut waiting: Vec<(usize, &Draft)> =
            drafts.iter().enumerate().filter_map(|(index, draft)| Some((index, draft.as_deref()?))).collect();
        for draft in waiting.iter().map(|(_, draft)| draft).filter(|draft| draft.replaces.is_none()) {
            trial.note_what_exists(&draft.body);
        }
        trial.put_in_order(&mut waiting);
        trial.take_all(&waiting, new_id);
        trial.check_after(drafts);
        trial.check_whereabouts(drafts);
        trial.end()
    }

    /// Takes drafts in order. A draft that corrects or withdraws another one of the batch waits until that one is
    /// taken. A draft that withdraws a replaced entry waits until the correction of that entry is withdrawn.
    fn take_all(&mut self, drafts: &[(usize, &Draft)], new_id: &mut dyn FnMut() -> EventId) {
        let mut waiting: Vec<(usize, &Draft)> = drafts.to_vec();
        while !waiting.is_empty() {
            let coming: Vec<EventId> = waiting.iter().filter_map(|(_, draft)| draft.id).collect();
            let withdrawn: Vec<EventId> = waiting
                .iter()
                .filter(|(_, draft)| is_withdrawal(draft))
                .filter_map(|(_, draft)| target_id(draft))
                .collect();
            let count = waiting.len();
            let mut later = Vec::new();
            for (index, draft) in waiting {
                let target = target_id(draft).filter(|target| draft.id != Some(*target));
                let comes_later = target.is_some_and(|target| match self.state.position_of(target) {
                    None => coming.contains(&target),
                    Some(position) => {
                        self.replaced_by(position).is_some_and(|actor| withdrawn.contains(&actor))
                    }
                });
                if comes_later {
                    later.push((index, draft));
                } else {
                    self.take(index, draft, new_id);
                }
                if self.mistakes.len() >= MISTAKES_MAX {
                    return;
                }
            }
            if later.len() == count {
                for (index, draft) in later {
                    let fault = Fault::say(
                        Code::Contradiction,
                        "Korrekturen verweisen im Kreis aufeinander",
                        "Corrections refer to each other in a circle",
                    );
                    self.wrong(index, draft, "replaces", None, fault);
                    self.spoil(draft);
                }
                return;
            }
            waiting = later;
        }
    }

    fn take(&mut self, index: usize, draft: &Draft, new_id: &mut dyn FnMut() -> EventId) {
        let draft = &*self.resolved(draft);
        if let Some(position) = draft.id.and_then(|id| self.state.position_of(id)) {
            return self.take_known(index, draft, position);
        }
        if let Some(position) = self.no_news(draft) {
            if draft.body.event_type().describes() && draft.replaces.is_none() {
                self.described_already.push(index);
            }
            return self.unchanged(index, draft, position);
        }
        let before = self.mistakes.len();
        self.check_body(index, draft);
        self.check_scope(index, draft);
        self.speaks_for = None;
        let target = self.target(index, draft);
        if self.mistakes.len() > before {
            return self.spoil(draft);
        }
        let target = target.and_then(|position| self.state.id_at(position));
        let (body, replaces) = match (&draft.body, target) {
            // The named draft may say the same as a standing entry; the log then names that entry.
            (Body::EntryWithdrawn(_), Some(entry)) => (Body::EntryWithdrawn(entry), None),
            (body, target) => (body.clone(), target),
        };
        let event = Event {
            id: draft.id.unwrap_or_else(new_id),
            body,
            source: draft.source.clone(),
            note: draft.note.clone(),
            reason: draft.reason.clone(),
            replaces,
        };
        let position = self.state.ingest(&event, fingerprint(&event), self.recorded, &mut self.touched);
        let kind = match (&event.body, event.replaces) {
            (Body::EntryWithdrawn(_), _) => OutcomeKind::Withdrawn,
            (_, Some(_)) => OutcomeKind::Corrected,
            (_, None) => OutcomeKind::Recorded,
        };
        let counts_from =
            draft.body.on().filter(|on| on.is_partial()).map(|on| on.counts_from(self.recorded));
        let outcome = Outcome {
            line: draft.at.line,
            sheet: None,
            kind,
            id: Some(event.id),
            position: Some(position),
            counts_from,
            remarks: Vec::new(),
        };
        self.outcomes[index] = Some(outcome);
        self.draft_of.push(index);
        self.facts.push(self.speaks_for.as_deref().map(on_behalf_of).unwrap_or_default());
        self.events.push(event);
    }

    /// Finds the entry that makes a draft no news. What a log has accepted was news.
    fn no_news(&self, draft: &Draft) -> Option<Position> {
        if self.request.was_accepted {
            return None;
        }
        match draft.replaces {
            Some(_) => self.corrected_already(draft),
            None => self.state.says_already(draft, self.recorded, self.request.office),
        }
    }

    /// A known id with the same content is no news; with other content it is taken.
    fn take_known(&mut self, index: usize, draft: &Draft, position: Position) {
        let known = self.state.entry(position).map(|mark| mark.fingerprint);
        if known == Some(fingerprint_of_draft(draft)) {
            return self.unchanged(index, draft, position);
        }
        let fault = Fault::say(
            Code::IdTaken,
            "Unter dieser Kennung ist schon etwas anderes aufgezeichnet; eine neue Kennung geben oder die Kennung weglassen",
            "Another statement has this id; give a new id, or leave it out",
        );
        let named = self.state.name(position, self.head, None);
        let id = draft.id.map(|id| id.to_string());
        let mistake = Mistake::at(&draft.at.field("id"), "id", id.as_deref(), fault).standing(vec![named]);
        self.mistakes.push((index, mistake));
        self.spoil(draft);
    }

    /// Returns the id of the entry that has replaced one that does not stand.
    fn replaced_by(&self, position: Position) -> Option<EventId> {
        let actor = self.state.entry(position).filter(|_| !self.state.stands(position))?.acted_by;
        self.state.id_at(actor)
    }

    /// Returns the draft with its target resolved: if it acts on a draft of the batch that is no news, it acts on the
    /// entry that says the same.
    fn resolved<'d>(&self, draft: &'d Draft) -> Cow<'d, Draft> {
        let unknown = target_id(draft).filter(|id| self.state.position_of(*id).is_none());
        let same = unknown.and_then(|id| self.state.id_at(*self.same_as.get(&id)?));
        let Some(entry) = same else { return Cow::Borrowed(draft) };
        let mut draft = draft.clone();
        if let Body::EntryWithdrawn(named) = &mut draft.body {
            *named = entry;
        } else {
            draft.replaces = Some(Replaces::Entry(entry));
        }
        Cow::Owned(draft)
    }

    fn unchanged(&mut self, index: usize, draft: &Draft, position: Position) {
        self.same_as.extend(draft.id.map(|id| (id, position)));
        self.outcomes[index] = Some(Outcome {
            line: draft.at.line,
            sheet: None,
            kind: OutcomeKind::Unchanged,
            id: self.state.id_at(position),
            position: Some(position),
            counts_from: None,
            remarks: Vec::new(),
        });
    }

    pub(super) fn touched_slots(&self) -> BTreeSet<(ServiceNo, Area, crate::state::Slot)> {
        self.touched.slots.iter().copied().collect()
    }

    pub(super) fn touched_authorities(&self) -> impl Iterator<Item = AuthorityNo> {
        self.touched.authorities.iter().copied()
    }

    pub(super) fn touched_things(&self) -> BTreeSet<Thing> {
        self.touched.things.iter().copied().collect()
    }

    pub(super) fn office(&self) -> &str {
        self.request.office
    }

    /// Returns the office that said an entry; that of the request for an entry of the batch itself.
    pub(super) fn office_behind(&self, entry: Position) -> &str {
        if entry > self.head {
            return self.office();
        }
        self.state.office_of(entry).unwrap_or_else(|| unreachable!("an entry up to the head has an office"))
    }

    /// Notes the office that an entry of the batch speaks for.
    pub(super) fn note_speaks_for(&mut self, entry: Position, office: Option<String>) {
        let index = entry.since(self.head).checked_sub(1).map(|index| index as usize);
        if let (Some(facts), Some(office)) = (index.and_then(|index| self.facts.get_mut(index)), office) {
            facts.extend(on_behalf_of(&office));
        }
    }

    pub(super) fn wrong(
        &mut self,
        index: usize,
        draft: &Draft,
        field: &str,
        value: Option<&str>,
        fault: Fault,
    ) {
        self.mistakes.push((index, Mistake::at(&draft.at.field(field), field, value, fault)));
    }

    fn end(self) -> Result<Accepted, Refused> {
        if !self.mistakes.is_empty() {
            let mut mistakes = self.mistakes;
            mistakes.sort_by_key(|(index, mistake)| (mistake.origin.line, *index));
            mistakes.truncate(MISTAKES_MAX);
            let (culprits, mistakes) = mistakes.into_iter().unzip();
            return Err((mistakes, culprits));
        }
        let remarks = self.remarks(&self.events);
        let outcome = |outcome: Option<Outcome>| {
            let mut outcome = outcome.unwrap_or(SKIPPED);
            let id = outcome.id.filter(|_| outcome.kind != OutcomeKind::Unchanged);
            outcome.remarks = id.and_then(|id| remarks.get(&id)).cloned().unwrap_or_default();
            outcome
        };
        let outcomes = self.outcomes.into_iter().map(outcome).collect();
        let mut facts = self.facts;
        for (event, facts) in self.events.iter().zip(&mut facts) {
            facts.extend(remarks.get(&event.id).map(|remarks| remarks_fact(remarks)).unwrap_or_default());
        }
        Ok(Accepted {
            events: self.events,
            facts,
            outcomes,
            recorded: self.recorded,
            trial: self.state,
            touched: self.touched,
            before: self.head,
        })
    }
}

/// What became of a draft that was left out.
const SKIPPED: Outcome = Outcome {
    line: 0,
    sheet: None,
    kind: OutcomeKind::Skipped,
    id: None,
    position: None,
    counts_from: None,
    remarks: Vec::new(),
};
