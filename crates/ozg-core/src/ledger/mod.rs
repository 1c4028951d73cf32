//! The ledger: what may be said. It takes a batch of drafts, tells what is news, and refuses with every mistake at once.
//!
//! A batch is tried on a clone of the state. Either it is whole and right, and the clone with its differences becomes
//! the next state once the batch is durable; or the clone is dropped and nothing has happened.

mod after;
mod check;
mod facts;
mod fields;
mod foreign;
mod objection;
mod remarks;
mod returned;
mod rights;
mod same;
mod scope;
mod spoilt;
mod standing;
mod succession;
mod target;
mod turn;
mod twice;
mod whereabouts;

pub use rights::Rights;

use crate::event::{Draft, Event, EventId, Facts, Replaces};
use crate::mistake::{Class, Code, Mistake};
use crate::state::{State, Touched};
use crate::time::berlin_day;
use crate::words::{Day, Position, Remark};
use std::borrow::Cow;
use std::sync::Arc;

/// Most entries of one batch; longer files are recorded in several.
pub const BATCH_ENTRIES_MAX: usize = 10_000;
/// Most mistakes that are reported of one request.
pub const MISTAKES_MAX: usize = 1_000;

/// Who says it, when, and what to do about conflicts.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The office that records it.
    pub office: &'a str,
    /// What the office may do.
    pub rights: Rights,
    /// Now, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// What to do with a statement that contradicts a standing one.
    pub on_conflict: OnConflict,
    /// Whether it comes from a log that has accepted it: rules that came later do not apply to it.
    pub was_accepted: bool,
}

/// What to do with a statement that contradicts a standing one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnConflict {
    /// Refuse the whole batch.
    #[default]
    Reject,
    /// Replace the standing statement, where there is exactly one of the same type.
    Replace,
    /// Leave the statement out.
    Skip,
}

impl OnConflict {
    /// Lists all.
    pub fn all() -> impl Iterator<Item = OnConflict> + Clone {
        [OnConflict::Reject, OnConflict::Replace, OnConflict::Skip].into_iter()
    }

    /// Returns the word of the parameter.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            OnConflict::Reject => "reject",
            OnConflict::Replace => "replace",
            OnConflict::Skip => "skip",
        }
    }
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// It was recorded.
    Recorded,
    /// It was recorded and replaces an entry.
    Corrected,
    /// It was recorded and withdraws an entry.
    Withdrawn,
    /// It says what stands already; nothing was recorded.
    Unchanged,
    /// It was left out because of a conflict, as asked for.
    Skipped,
}

impl OutcomeKind {
    /// Returns the word of a receipt.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            OutcomeKind::Recorded => "recorded",
            OutcomeKind::Corrected => "corrected",
            OutcomeKind::Withdrawn => "withdrawn",
            OutcomeKind::Unchanged => "unchanged",
            OutcomeKind::Skipped => "skipped",
        }
    }
}

/// What became of a draft, for the receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The line where it stood.
    pub line: u32,
    /// The sheet where it stood, where several of a workbook are read.
    pub sheet: Option<Arc<str>>,
    /// What became of it.
    pub kind: OutcomeKind,
    /// Id of its entry, or of the standing one that says the same.
    pub id: Option<EventId>,
    /// Position of its entry, or of the standing one that says the same.
    pub position: Option<Position>,
    /// The day from which a date counts that is less precise than a day.
    pub counts_from: Option<Day>,
    /// What is worth a second look.
    pub remarks: Vec<Remark>,
}

/// A request that is whole and right: what is to be recorded, and what became of each draft.
#[derive(Debug)]
pub struct Accepted {
    /// The news, in the order of their positions.
    pub events: Vec<Event>,
    /// The facts beside each of them.
    pub facts: Vec<Facts>,
    /// What became of each draft, in the order of the input.
    pub outcomes: Vec<Outcome>,
    /// The day on which it is recorded, in Berlin.
    pub recorded: Day,
    trial: State,
    touched: Touched,
    before: Position,
}

impl State {
    /// Checks a request against the state, and tries it on a clone. The state itself does not change;
    /// [`Accepted::into_state`] returns the next one.
    ///
    /// # Errors
    /// Every mistake of every draft, up to [`MISTAKES_MAX`].
    ///
    /// # Examples
    /// Two statements of the office `bb`: a service is listed, and it was launched in Brandenburg.
    ///
    /// ```
    /// use ozg_core::event::{EventId, Form, Raw, RawEvent, Where};
    /// use ozg_core::ledger::{OnConflict, Request, Rights};
    /// use ozg_core::state::State;
    ///
    /// let read = |line, fields: &[(&str, &str)]| {
    ///     let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), Raw::text(value))).collect();
    ///     RawEvent { at: Where { line, form: Form::None }, fields }.read(None)
    /// };
    /// let listed = [("type", "service-listed"), ("service", "ozg:10255"), ("name", "Aufenthalt")];
    /// let launched = [("service", "ozg:10255"), ("place", "BB"), ("stage", "launched"), ("on", "2024-03-01")];
    /// let launched = [&[("type", "milestone-reached")], &launched[..]].concat();
    /// let drafts = [read(1, &listed)?, read(2, &launched)?];
    ///
    /// let (rights, now_ms, on_conflict) = (Rights::default(), 1_717_200_000_000, OnConflict::Reject);
    /// let request = Request { office: "bb", rights, now_ms, on_conflict, was_accepted: false };
    /// let mut last = 0;
    /// let mut new_id = || {
    ///     last += 1;
    ///     EventId::from_u128(last)
    /// };
    /// let accepted = State::default().accept(&drafts, &request, &mut new_id)?;
    /// assert_eq!(accepted.events.len(), 2);
    /// let state = accepted.into_state(&request, now_ms, false);
    ///
    /// // The same statements again are no news.
    /// assert!(state.accept(&drafts, &request, &mut new_id)?.is_empty());
    /// # Ok::<(), Vec<ozg_core::mistake::Mistake>>(())
    /// ```
    pub fn accept(
        &self,
        drafts: &[Draft],
        request: &Request<'_>,
        new_id: &mut dyn FnMut() -> EventId,
    ) -> Result<Accepted, Vec<Mistake>> {
        let places = drafts.iter().map(|draft| (draft.at.line, draft.at.sheet().cloned()));
        let mut drafts: Vec<Option<Cow<'_, Draft>>> =
            drafts.iter().map(|draft| Some(self.returned(draft, request))).collect();
        let mut rounds = if request.on_conflict == OnConflict::Reject { 0 } else { CONFLICT_ROUNDS_MAX };
        loop {
            let trial = check::Trial::run(self, &drafts, request, new_id);
            let (mistakes, culprits) = match trial {
                Ok(mut accepted) => {
                    // What was skipped has its place, too.
                    let outcomes = accepted.outcomes.iter_mut().zip(places);
                    outcomes.for_each(|(outcome, place)| (outcome.line, outcome.sheet) = place);
                    return Ok(accepted);
                }
                Err(refused) => refused,
            };
            // Where a batch has other mistakes, too, only those conflicts are named that cannot be resolved.
            if rounds == 0 || !resolve(&mut drafts, &mistakes, &culprits, request.on_conflict) {
                return Err(mistakes);
            }
            rounds -= 1;
        }
    }

    /// Takes in a batch that stands in the log; it was checked when it was recorded.
    pub fn replay(&mut self, office: &str, recorded_at_ms: i64, simulated: bool, events: &[Event]) {
        let before = self.head();
        let recorded = berlin_day(recorded_at_ms);
        let mut touched = Touched::default();
        for event in events {
            self.ingest(event, facts::fingerprint(event), recorded, &mut touched);
        }
        self.finish(office, recorded_at_ms, simulated, before, &touched);
    }

    fn finish(
        &mut self,
        office: &str,
        recorded_at_ms: i64,
        simulated: bool,
        before: Position,
        touched: &Touched,
    ) {
        let last = self.latest();
        if last == before {
            return;
        }
        self.simulated |= simulated;
        self.close_batch(office, recorded_at_ms, last);
        self.project(before, last, touched);
    }
}

/// Rounds in which conflicts are resolved; a replacement may uncover another conflict.
const CONFLICT_ROUNDS_MAX: usize = 4;

/// Resolves conflicts as asked for; tells whether anything could be resolved.
fn resolve(
    drafts: &mut [Option<Cow<'_, Draft>>],
    mistakes: &[Mistake],
    culprits: &[usize],
    how: OnConflict,
) -> bool {
    let mut changed = false;
    let of_conflict = |(mistake, _): &(&Mistake, &usize)| mistake.code.class() == Class::Conflict;
    for (mistake, culprit) in mistakes.iter().zip(culprits).filter(of_conflict) {
        let Some(slot) = drafts.get_mut(*culprit) else { continue };
        let Some(draft) = slot else { continue };
        let replaceable = matches!(mistake.code, Code::AlreadyReached | Code::AlreadySaid);
        match (how, mistake.standing.as_slice()) {
            (OnConflict::Replace, [standing]) if replaceable && draft.replaces.is_none() => {
                draft.to_mut().replaces = Some(Replaces::Entry(standing.id));
                changed = true;
            }
            (OnConflict::Skip, _) => {
                *slot = None;
                changed = true;
            }
            _ => {}
        }
    }
    changed
}

impl Accepted {
    /// Tells whether there is nothing to record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the state in which the whole request is one batch, recorded now.
    #[must_use]
    pub fn into_state(self, request: &Request<'_>, recorded_at_ms: i64, simulated: bool) -> State {
        let mut state = self.trial;
        state.finish(request.office, recorded_at_ms, simulated, self.before, &self.touched);
        state
    }
}
