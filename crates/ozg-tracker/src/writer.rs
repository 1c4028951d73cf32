//! The one writer: it drains a bounded queue into one durable commit, publishes the state, then answers.

use crate::commit::{After, Commit, Job};
use crate::orders::{DumpBatch, Order, Receipt, RecordError};
use crate::recover::Again;
use crate::snapshot::Snapshots;
use crate::{Shared, Tracker};
use ozg_core::words::Position;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Orders that may wait for the writer.
const QUEUE_ORDERS_MAX: usize = 1_024;

/// The writer's thread and its queue.
pub(crate) struct Writer {
    queue: SyncSender<Job>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(crate) fn start(shared: &Arc<Shared>) -> Writer {
        let (queue, jobs) = sync_channel(QUEUE_ORDERS_MAX);
        let shared = Arc::clone(shared);
        let thread = std::thread::Builder::new().name("writer".into()).spawn(move || run(&shared, &jobs));
        if let Err(error) = &thread {
            tracing::error!(%error, "there is no writer: no thread");
        }
        Writer { queue, thread: Mutex::new(thread.ok()) }
    }

    /// Stops the thread once it has answered its orders.
    pub(crate) fn stop(&self) {
        let thread = self.thread.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // If the queue is full, this waits: the writer is still working on it.
            let _ = self.queue.send(Job::Stop);
            let _ = thread.join();
        }
    }

    fn send(&self, job: Job) -> Result<(), RecordError> {
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => RecordError::Busy,
            TrySendError::Disconnected(_) => {
                RecordError::Unavailable("the tracker is shutting down".to_owned())
            }
        })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Tracker {
    /// Records a batch. It is checked as a whole, and durable before the receipt is returned.
    ///
    /// # Errors
    /// Every mistake of it, a head that has moved, a full queue, or a failed disk.
    pub async fn record(&self, order: Order) -> Result<Receipt, RecordError> {
        let (answer, receipt) = oneshot::channel();
        self.writer.send(Job::Record(Box::new(order), answer))?;
        receipt.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Records a batch like [`Tracker::record`], blocking this thread.
    ///
    /// # Errors
    /// As for [`Tracker::record`].
    pub fn record_blocking(&self, order: Order) -> Result<Receipt, RecordError> {
        let (answer, receipt) = oneshot::channel();
        self.writer.send(Job::Record(Box::new(order), answer))?;
        receipt.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }

    /// Loads a batch of a dump with its own time, office and positions, blocking this thread; returns the new head. With
    /// `check` its events must pass every check, as if their office had just sent them.
    ///
    /// # Errors
    /// Every mistake of it, a gap or a time that goes back, or a failed disk.
    pub fn load_blocking(&self, batch: DumpBatch, check: bool) -> Result<Position, RecordError> {
        let (answer, head) = oneshot::channel();
        self.writer.send(Job::Load(Box::new(batch), check, answer))?;
        head.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }
}

fn stopped() -> RecordError {
    RecordError::Unavailable("the tracker is shutting down".to_owned())
}

/// How long the writer must have nothing to do until it counts as resting.
const REST: Duration = Duration::from_millis(500);

fn run(shared: &Arc<Shared>, jobs: &Receiver<Job>) {
    let mut snapshots = Snapshots::new(shared);
    while let Some(job) = next(shared, jobs, &mut snapshots) {
        let mut work = Commit::new(shared);
        let mut after = work.take(job);
        while after == After::More && work.may_take_more() {
            match jobs.try_recv() {
                Ok(job) => after = work.take(job),
                Err(_) => break,
            }
        }
        work.finish();
        work.answer();
        if shared.snapshot_is_due(false) {
            snapshots.start();
        }
        if after == After::Stop {
            break;
        }
    }
    snapshots.finish();
}

/// Waits for the next job; none if there will be no more. While no job comes, a log that takes no writes is brought back, and a
/// snapshot that is due is written.
fn next(shared: &Shared, jobs: &Receiver<Job>, snapshots: &mut Snapshots<'_>) -> Option<Job> {
    let mut again = Again::new();
    while shared.is_read_only() {
        match jobs.recv_timeout(again.next()) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Timeout) => drop(shared.recover()),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    if shared.snapshot_is_due(true) {
        match jobs.recv_timeout(REST) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Timeout) => snapshots.start(),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    jobs.recv().ok()
}
