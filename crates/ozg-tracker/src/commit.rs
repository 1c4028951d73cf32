//! Orders that share one durable commit.

use crate::Shared;
use crate::encoded::Encoded;
use crate::ids::new_ids;
use crate::orders::{DumpBatch, Order, Receipt, RecordError, not_mixed};
use ozg_core::event::{Event, Facts};
use ozg_core::ledger::{Accepted, BATCH_ENTRIES_MAX, Request};
use ozg_core::state::State;
use ozg_core::words::Position;
use ozg_log::{AppendError, NewBatch, RecordedBatch};
use std::time::Instant;
use tokio::sync::oneshot;

/// Entries from which a batch is written and projected side by side.
const SIDE_BY_SIDE_MIN: usize = 1_000;
/// Orders that share one durable commit at most.
const COMMIT_ORDERS_MAX: usize = 256;

/// Where the answer to a job goes.
pub(crate) type Answer<T> = oneshot::Sender<Result<T, RecordError>>;

/// What the writer is to do.
pub(crate) enum Job {
    Record(Box<Order>, Answer<Receipt>),
    Load(Box<DumpBatch>, bool, Answer<Position>),
    Stop,
}

/// What follows a job that was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// Another job may share the commit.
    More,
    /// The commit is over.
    Commit,
    /// The commit is over, and so is the writer.
    Stop,
}

/// Orders that share one durable commit. They are answered when it is over: an order that follows an answer finds the log as it is
/// then, not as the commit found it.
pub(crate) struct Commit<'a> {
    shared: &'a Shared,
    /// The state as it will be once the commit is durable.
    state: State,
    batches: Vec<Encoded>,
    /// Receipts of batches that are not durable yet.
    waiting: Vec<(Answer<Receipt>, Receipt)>,
    answers: Vec<(Answer<Receipt>, Result<Receipt, RecordError>)>,
    taken: usize,
}

impl<'a> Commit<'a> {
    /// Begins a commit on the state as it stands.
    pub(crate) fn new(shared: &'a Shared) -> Commit<'a> {
        let state = State::clone(&shared.state.load());
        Commit { shared, state, batches: Vec::new(), waiting: Vec::new(), answers: Vec::new(), taken: 0 }
    }

    /// Tells whether the commit has room for another job.
    pub(crate) fn may_take_more(&self) -> bool {
        self.taken < COMMIT_ORDERS_MAX
            && self.batches.iter().map(|batch| batch.len()).sum::<usize>() < BATCH_ENTRIES_MAX
    }

    /// Takes a job; tells what follows.
    pub(crate) fn take(&mut self, job: Job) -> After {
        self.taken += 1;
        match job {
            Job::Stop => After::Stop,
            Job::Record(order, answer) => {
                match self.order(&order) {
                    Ok(receipt) => self.waiting.push((answer, receipt)),
                    Err(error) => self.answers.push((answer, Err(error))),
                }
                After::More
            }
            Job::Load(batch, check, answer) => {
                self.finish();
                let result = self.load(&batch, check);
                drop(answer.send(result));
                After::Commit
            }
        }
    }

    /// The time of the next batch: clocks step back, positions do not, and readers bisect on this.
    fn now_ms(&self) -> i64 {
        let last = self.state.batch_until(self.state.head()).map_or(i64::MIN, |batch| batch.recorded_at_ms);
        self.shared.clock.now_ms().max(last)
    }

    fn order(&mut self, order: &Order) -> Result<Receipt, RecordError> {
        self.check_writable()?;
        // An order gets the time of the clock; a batch of a dump has its own.
        if let Some(jump_ms) = self.shared.clock.jump_ms() {
            return Err(RecordError::ClockJumped { jump_ms });
        }
        if let Some(expected) = order.expected_head.filter(|expected| *expected != self.state.head()) {
            return Err(RecordError::HeadMoved { expected, head: self.state.head() });
        }
        if !self.state.head().is_start() && self.state.is_simulated() != order.simulated {
            return Err(RecordError::Unavailable(not_mixed(self.state.is_simulated())));
        }
        let offices = &self.shared.offices;
        let rights = offices.rights(&order.office, order.proof, self.shared.clock.now_ms())?;
        let now_ms = self.now_ms();
        let request = Request {
            office: &order.office,
            rights,
            now_ms,
            on_conflict: order.on_conflict,
            was_accepted: false,
        };
        let mut ids = new_ids(now_ms, order.drafts.len());
        let mut accepted =
            self.state.accept(&order.drafts, &request, &mut ids).map_err(RecordError::Mistakes)?;
        let receipt = Receipt::of(&accepted.outcomes, self.state.head(), order.dry_run);
        if order.dry_run || accepted.is_empty() {
            return Ok(receipt);
        }
        if accepted.events.len() > BATCH_ENTRIES_MAX {
            return self.order_in_batches(&accepted, &request, order, receipt);
        }
        let facts = order.facts(true);
        if accepted.events.len() >= SIDE_BY_SIDE_MIN {
            self.finish();
            let (events, beside) =
                (std::mem::take(&mut accepted.events), std::mem::take(&mut accepted.facts));
            self.side_by_side((&events, &beside), &request, order.simulated, &facts, |_| {
                accepted.into_state(&request, now_ms, order.simulated)
            })?;
        } else {
            let said = (accepted.events.as_slice(), accepted.facts.as_slice());
            let encoded = Encoded::new(&order.office, now_ms, order.simulated, &facts, said)?;
            self.batches.push(encoded);
            self.state = accepted.into_state(&request, now_ms, order.simulated);
            self.state.take_facts(&facts);
        }
        Ok(Receipt { head: self.state.head(), ..receipt })
    }

    /// Records a long file, which has been checked whole, in batches that are durable one after the other. If the power
    /// fails in between, the same file again completes it.
    fn order_in_batches(
        &mut self,
        accepted: &Accepted,
        request: &Request<'_>,
        order: &Order,
        receipt: Receipt,
    ) -> Result<Receipt, RecordError> {
        self.finish();
        let batches = accepted.events.len().div_ceil(BATCH_ENTRIES_MAX);
        let beside = accepted.facts.chunks(BATCH_ENTRIES_MAX);
        let chunks = accepted.events.chunks(BATCH_ENTRIES_MAX).zip(beside);
        for (number, (chunk, beside)) in (1..).zip(chunks) {
            let facts = order.facts(number == batches);
            self.side_by_side((chunk, beside), request, order.simulated, &facts, |state| {
                let mut state = state.clone();
                state.replay(request.office, request.now_ms, order.simulated, chunk);
                state
            })?;
        }
        Ok(Receipt { head: self.state.head(), ..receipt })
    }

    /// Makes one large batch durable while the state that it leads to is projected on this thread.
    fn side_by_side(
        &mut self,
        said: (&[Event], &[Facts]),
        request: &Request<'_>,
        simulated: bool,
        facts: &Facts,
        project: impl FnOnce(&State) -> State,
    ) -> Result<(), RecordError> {
        let (shared, office, now_ms) = (self.shared, request.office, request.now_ms);
        let write = || {
            let batch = Encoded::new(office, now_ms, simulated, facts, said)?;
            Ok(timed(shared, || shared.log.append(&[batch.as_new()]).map(|_| ())))
        };
        let (state, written) = std::thread::scope(|scope| {
            let writing = scope.spawn(write);
            let mut state = project(&self.state);
            state.take_facts(facts);
            (state, writing.join())
        });
        let written = written
            .unwrap_or_else(|_| Err(RecordError::Unavailable("writing the batch panicked".to_owned())))?;
        self.state = state;
        self.settle(written)
    }

    /// Tries to bring the log back if it cannot be written, once for all orders of this commit.
    fn check_writable(&mut self) -> Result<(), RecordError> {
        if self.taken == 1 && self.shared.is_read_only() {
            self.recover();
        }
        let why = self.shared.read_only().clone();
        why.map_or(Ok(()), |why| Err(RecordError::Unavailable(why)))
    }

    fn load(&mut self, batch: &DumpBatch, check: bool) -> Result<Position, RecordError> {
        self.check_writable()?;
        let wrong = |why: String| Err(RecordError::Unavailable(why));
        let next = self.state.head().next();
        if let Some(first) = batch.first.filter(|first| *first != next) {
            return wrong(format!("the dump goes on at position {first}, the log at {next}"));
        }
        if !self.state.head().is_start() && self.state.is_simulated() != batch.simulated {
            return wrong(not_mixed(self.state.is_simulated()));
        }
        let mut events: Vec<Event> = batch.entries.iter().map(|entry| entry.event.clone()).collect();
        if check {
            let request = Request {
                office: &batch.office,
                rights: Default::default(),
                now_ms: batch.recorded_at_ms,
                on_conflict: Default::default(),
                was_accepted: true,
            };
            let drafts: Vec<_> = events.into_iter().map(Event::into_draft).collect();
            let mut ids = new_ids(batch.recorded_at_ms, drafts.len());
            events = self.state.accept(&drafts, &request, &mut ids).map_err(RecordError::Mistakes)?.events;
        }
        let Some(encoded) = Encoded::kept(batch, &events)? else {
            return wrong(format!("the batch from {next} on holds a statement that is no news"));
        };
        let (first, identity) = (u64::from(next), batch.identity);
        let recorded = RecordedBatch { batch: encoded.as_new(), first, chain: None, identity };
        self.state.replay(&batch.office, batch.recorded_at_ms, batch.simulated, &events);
        self.state.take_facts(&batch.facts);
        self.settle(timed(self.shared, || self.shared.log.append_recorded(&[recorded]).map(|_| ())))?;
        Ok(self.state.head())
    }

    /// Makes the orders of this commit durable, and publishes the state.
    pub(crate) fn finish(&mut self) {
        let batches = std::mem::take(&mut self.batches);
        let result = if batches.is_empty() {
            Ok(())
        } else {
            let batches: Vec<NewBatch<'_>> = batches.iter().map(Encoded::as_new).collect();
            self.settle(timed(self.shared, || self.shared.log.append(&batches).map(|_| ())))
        };
        for (answer, receipt) in self.waiting.drain(..) {
            self.answers.push((answer, result.clone().map(|()| receipt)));
        }
    }

    /// Answers the orders of this commit.
    pub(crate) fn answer(&mut self) {
        for (answer, result) in self.answers.drain(..) {
            drop(answer.send(result));
        }
    }

    /// Publishes the state once its batches are durable. If writing failed, the state becomes the one that the log then holds.
    fn settle(&mut self, written: Result<(), AppendError>) -> Result<(), RecordError> {
        match written {
            Ok(()) => {
                self.shared.publish(self.state.clone());
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "a commit failed");
                self.recover();
                Err(RecordError::Unavailable(format!(
                    "the log could not be written ({error}); the same request with the same ids may be sent again"
                )))
            }
        }
    }

    /// Brings the log back after a failed commit, if the disk takes writes again.
    fn recover(&mut self) {
        self.state = self.shared.recover();
    }
}

/// Writes, and measures how long it took.
fn timed<T>(shared: &Shared, write: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = write();
    let seconds = started.elapsed().as_secs_f64();
    let mut commits = shared.commit_seconds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if commits.len() < COMMIT_SECONDS_MAX {
        commits.push(seconds);
    }
    result
}

/// Durations of commits that are kept until they are asked for.
const COMMIT_SECONDS_MAX: usize = 100_000;
