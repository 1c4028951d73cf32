//! Bulk import: batches of 10,000 through the tracker, each validated, projected and durable before the next.

use crate::SEED;
use crate::measured::{
    Table, file_bytes, grouped, options, quantiles, rate, resident_bytes, set_now, timed, to_f64,
};
use ozg::simulate::{Batch, OFFICE, Settings, Simulation};
use ozg_core::event::Draft;
use ozg_tracker::{Order, Tracker};
use std::path::Path;
use std::time::Duration;

/// Entries of a batch.
pub(crate) const BATCH_ENTRIES: usize = 10_000;
/// Milestones that are kept back for single appends.
const REST_ENTRIES: usize = 10_000;

/// What is left when all has been imported.
pub(crate) struct Imported {
    /// The head of the log.
    pub(crate) head: u32,
    /// Milestones that may be said next.
    pub(crate) rest: Vec<Draft>,
}

/// Prepares a log with so many milestones behind its catalogue and registry.
pub(crate) fn simulation(milestones: usize) -> Simulation {
    let settings = |entries| Settings { entries, seed: SEED, batch_entries: BATCH_ENTRIES };
    let listings = Simulation::new(settings(milestones.max(60_000))).listings();
    Simulation::new(settings(milestones.max(60_000) + listings))
}

/// Records a batch; the generator promises that it is valid.
pub(crate) fn record(tracker: &Tracker, drafts: Vec<Draft>) {
    let count = drafts.len();
    let order = Order { office: OFFICE.to_owned(), drafts, simulated: true, ..Order::default() };
    let receipt = tracker.record_blocking(order).expect("a generated batch is valid");
    assert_eq!(receipt.recorded, count, "a generated batch is news");
}

pub(crate) fn run(folder: &Path, milestones: usize, table: &mut Table) -> Imported {
    let (alone, generating_alone) =
        timed(|| simulation(milestones).map(|batch| batch.drafts.len()).sum::<usize>());
    table.row("generating alone", format!("{:.2} µs an entry", micros(generating_alone, alone)), "≤ 1 µs");
    let mut simulation = simulation(milestones + REST_ENTRIES);
    let mut left = simulation.listings() + milestones;
    let listings = simulation.listings();
    let tracker = Tracker::open(folder, options()).expect("a new log");
    let before = resident_bytes();
    let (mut generating, mut recording, mut times) = (Duration::ZERO, Duration::ZERO, Vec::new());
    let (mut recorded, mut rest) = (0, Vec::new());
    while left > 0 {
        let (batch, generated) = timed(|| simulation.next());
        let Some(Batch { recorded_at_ms, mut drafts }) = batch else { break };
        rest = drafts.split_off(drafts.len().min(left));
        left -= drafts.len();
        set_now(recorded_at_ms);
        let count = drafts.len();
        let is_catalogue = tracker.state().head().get() < u32::try_from(listings).unwrap_or(u32::MAX);
        let ((), time) = timed(|| record(&tracker, drafts));
        if !is_catalogue {
            generating += generated;
            recording += time;
            recorded += count;
            times.push(time);
        }
    }
    rest.extend(simulation.flat_map(|batch| batch.drafts));
    let commits: f64 = tracker.take_commit_seconds().iter().sum();
    let memory = resident_bytes().saturating_sub(before);
    let head = tracker.state().head().get();
    let differences = tracker.state().differences();
    let ((), closing) = timed(|| tracker.close());
    drop(tracker);
    let total = head as usize;
    table.row("milestones imported, batches of 10,000", grouped(to_f64(recorded)), "");
    table.row("import: validated, projected, durable", rate(recorded, recording), "≥ 150,000/s");
    let (median, slowest) = quantiles(&mut times);
    table.row("import: one batch, median / 99 %", format!("{median:.1?} / {slowest:.1?}"), "");
    table.row(
        "import: share of the durable commit",
        format!("{:.0} %", 100.0 * commits / recording.as_secs_f64()),
        "",
    );
    table.row(
        "generating, not counted above",
        format!("{:.2} µs an entry", micros(generating, recorded)),
        "≤ 1 µs",
    );
    table.row("differences per entry", format!("{:.2}", to_f64(differences) / to_f64(total)), "");
    let log = file_bytes(&folder.join(ozg_log::FILE_NAME));
    table.row("disk: log, bytes per entry", format!("{:.1}", to_f64(log) / to_f64(total)), "≤ 160");
    let snapshot = file_bytes(&folder.join("state.snapshot"));
    table.row("disk: snapshot, bytes per entry", format!("{:.1}", to_f64(snapshot) / to_f64(total)), "");
    table.row("closing, with a snapshot", format!("{closing:.1?}"), "");
    table.row(
        "memory after the import, bytes per entry",
        format!("{:.0}", to_f64(memory) / to_f64(total)),
        "≤ 300",
    );
    Imported { head, rest }
}

pub(crate) fn micros(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e6 / to_f64(count.max(1))
}
