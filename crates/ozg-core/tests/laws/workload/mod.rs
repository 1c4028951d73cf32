//! Random histories of a small world: late entries, corrections, withdrawals, endings, mergers, re-plans, claims.

mod dice;
mod roll;
mod said;

pub(crate) use dice::Dice;

use crate::model::{Model, World, counts};
use ozg_core::event::{Body, Dissolution, Draft, Event, EventId, Form, Where};
use ozg_core::ledger::{Accepted, OnConflict, Request, Rights};
use ozg_core::mistake::{Code, Mistake};
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Area, AuthorityId, Day, Position, ServiceId, Text, Topic};
use roll::{founding, roll_batch};

/// A batch as it was recorded.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) office: &'static str,
    pub(crate) at_ms: i64,
    /// The drafts that were accepted, whether or not they were news.
    pub(crate) drafts: Vec<Draft>,
    pub(crate) events: Vec<Event>,
    /// Position of the last entry.
    pub(crate) last: Position,
}

/// A history: the batches, the state after all of them, and the model of the same.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) batches: Vec<Recorded>,
    pub(crate) state: State,
    pub(crate) model: Model,
    next_id: u128,
}

pub(crate) const LAENDER: [Area; 4] = [Area::BW, Area::SH, Area::BB, Area::HH];
pub(crate) const TOPICS: [Topic; 4] = [Topic::Building, Topic::Family, Topic::Law, Topic::None];
const OFFICES: [&str; 2] = ["office-a", "office-b"];
const MS_A_DAY: i64 = 86_400_000;

pub(crate) fn day(text: &str) -> Day {
    Day::read(text).unwrap()
}

pub(crate) fn services() -> Vec<ServiceId> {
    let texts = [
        "ozg:10001",
        "ozg:10002",
        "ozg:10003",
        "ozg:10004",
        "leika:99000000000001",
        "leika:99000000000002",
        "leika:99000000000003",
        "dienst:eins",
        "dienst:zwei",
    ];
    texts.iter().map(|text| ServiceId::read(text).unwrap()).collect()
}

pub(crate) fn authorities() -> Vec<AuthorityId> {
    let texts = [
        "ags:08000001",
        "ags:08000002",
        "ags:08000003",
        "ags:01000001",
        "ags:01000002",
        "ags:12000001",
        "abh:08001",
        "abh:01001",
        "abh:12001",
        "abh:02000",
        "kreis:01051",
        "bund:bamf",
        "kreis:08000",
        "kreis:01000",
    ];
    texts.iter().map(|text| AuthorityId::read(text).unwrap()).collect()
}

fn text(text: &str) -> Text {
    Text::read(text).unwrap()
}

pub(crate) fn draft(body: Body) -> Draft {
    let at = Where { line: 0, form: Form::None };
    Draft { at, id: None, body, source: None, note: None, reason: None, replaces: None }
}

pub(crate) fn request(office: &str, now_ms: i64) -> Request<'_> {
    let rights = Rights::default();
    Request { office, rights, now_ms, on_conflict: OnConflict::Reject, was_accepted: false }
}

/// Rolls a history of some batches.
pub(crate) fn history(seed: u64) -> History {
    let mut dice = Dice::new(seed);
    let mut history =
        History { batches: Vec::new(), state: State::default(), model: Model::default(), next_id: 1 };
    let mut at_ms = day("2024-01-10").date().and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp_millis();
    let count = 4 + dice.below(6);
    for number in 0..count {
        at_ms += i64::try_from(dice.below(18)).unwrap() * MS_A_DAY
            + i64::try_from(dice.below(50_000_000)).unwrap();
        let office = if dice.chance(80) { OFFICES[0] } else { OFFICES[1] };
        let drafts = if number == 0 { founding(&mut dice) } else { roll_batch(&mut dice, &history, at_ms) };
        history.record(drafts, office, at_ms);
    }
    history
}

impl History {
    /// Records drafts, dropping those that are refused; tells what was refused.
    pub(crate) fn record(&mut self, mut drafts: Vec<Draft>, office: &'static str, at_ms: i64) {
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.at.line = u32::try_from(index + 1).unwrap();
        }
        while !drafts.is_empty() {
            match self.accept(&drafts, office, at_ms) {
                Ok(accepted) => return self.take(drafts, accepted, office, at_ms),
                Err(mistakes) => {
                    self.check_refusal(&drafts, &mistakes, at_ms);
                    let lines: Vec<u32> = mistakes.iter().map(|mistake| mistake.origin.line).collect();
                    let before = drafts.len();
                    drafts.retain(|draft| !lines.contains(&draft.at.line));
                    assert!(drafts.len() < before, "a refusal names a draft: {mistakes:?}");
                }
            }
        }
    }

    pub(crate) fn accept(
        &self,
        drafts: &[Draft],
        office: &str,
        at_ms: i64,
    ) -> Result<Accepted, Vec<Mistake>> {
        let mut next = self.next_id;
        let mut new_id = || {
            next += 1;
            EventId::from_u128(next)
        };
        self.state.accept(drafts, &request(office, at_ms), &mut new_id)
    }

    fn take(&mut self, drafts: Vec<Draft>, accepted: Accepted, office: &'static str, at_ms: i64) {
        if accepted.is_empty() {
            return;
        }
        let events = accepted.events.clone();
        self.next_id += u128::try_from(events.len()).unwrap();
        self.state = accepted.into_state(&request(office, at_ms), at_ms, false);
        for event in &events {
            self.model.push(event.clone(), berlin_day(at_ms), office);
        }
        let last = self.state.head();
        self.check_alternation(last);
        self.batches.push(Recorded { office, at_ms, drafts, events, last });
    }

    /// What was accepted alternates, for every milestone that cannot be inherited.
    fn check_alternation(&self, last: Position) {
        let world = self.model.world(last);
        let heirs: Vec<&AuthorityId> = world
            .entries
            .iter()
            .filter_map(|entry| match &entry.event.body {
                Body::AuthorityDissolved(Dissolution { successors, inherits: true, .. }) => Some(successors),
                _ => None,
            })
            .flatten()
            .collect();
        for milestone in world.milestones() {
            let inherits = milestone.place.authority().is_some_and(|authority| heirs.contains(&authority));
            if inherits || !world.observed(milestone).is_empty() {
                continue;
            }
            let said = world.milestone(milestone);
            assert!(World::alternates(&said), "as of {last} {milestone:?} does not alternate: {said:?}");
        }
    }

    /// A single milestone that is refused as a conflict would not have alternated.
    fn check_refusal(&self, drafts: &[Draft], mistakes: &[Mistake], at_ms: i64) {
        let [draft] = drafts else { return };
        let (milestone, on, reached) = match &draft.body {
            Body::MilestoneReached(milestone, on) => (milestone, on, true),
            Body::MilestoneEnded(milestone, on) => (milestone, on, false),
            _ => return,
        };
        let conflict = mistakes.iter().all(|m| matches!(m.code, Code::AlreadyReached | Code::NotReached));
        let world = self.model.world(self.state.head());
        // What ends at a predecessor may leave an end at its successor alone.
        let hands_down = world.entries.iter().any(|entry| match &entry.event.body {
            Body::AuthorityDissolved(Dissolution { authority, inherits: true, .. }) => {
                milestone.place.authority() == Some(authority)
            }
            _ => false,
        });
        if draft.replaces.is_none() && conflict && !hands_down && world.observed(milestone).is_empty() {
            let mut said = world.milestone(milestone);
            said.push((counts(*on, berlin_day(at_ms)), reached));
            assert!(!World::alternates(&said), "refused, but it alternates: {draft:?} {said:?}");
        }
    }

    /// Returns the drafts of a batch as they would be sent again with the ids that they were given.
    pub(crate) fn as_sent(batch: &Recorded) -> Vec<Draft> {
        batch.events.iter().map(|event| event.clone().into_draft()).collect()
    }

    /// Replays some batches into a fresh state.
    pub(crate) fn replayed(&self, batches: usize) -> State {
        let mut state = State::default();
        for batch in &self.batches[..batches] {
            state.replay(batch.office, batch.at_ms, false, &batch.events);
        }
        state
    }
}
