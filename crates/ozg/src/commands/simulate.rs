//! `ozg simulate` fills an empty log with generated entries, whose clock is that of the generated world.

use crate::cli::{Global, Simulate};
use crate::connection::{folder, open_here, unopened};
use crate::failure::{Failure, tell};
use crate::language::say;
use crate::simulate::{OFFICE, Settings, Simulation};
use indicatif::{ProgressBar, ProgressStyle};
use ozg_core::ledger::BATCH_ENTRIES_MAX;
use ozg_core::words::Position;
use ozg_tracker::{Options, Order, Tracker};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

/// The time of the generated world. A tracker's clock is a plain function, so its time stands here.
static NOW_MS: AtomicI64 = AtomicI64::new(0);

fn now_ms() -> i64 {
    NOW_MS.load(Ordering::Relaxed)
}

pub(crate) async fn run(global: &Global, arguments: &Simulate) -> Result<(), Failure> {
    let settings = Settings {
        entries: arguments.entries,
        seed: arguments.seed,
        batch_entries: arguments.batch.clamp(1, BATCH_ENTRIES_MAX),
    };
    let started = Instant::now();
    let head = fill(&folder(global), settings).await?;
    let word = say("simulierte Einträge", "simulated entries");
    tell(format!("{head} {word} ({:.1} s)", started.elapsed().as_secs_f64()))?;
    Ok(())
}

/// Generates a log in a folder that has none, and returns its head.
pub(crate) async fn fill(folder: &Path, settings: Settings) -> Result<Position, Failure> {
    let options =
        Options { clock: ozg_tracker::Clock::believed(now_ms), verify: false, ..Options::default() };
    let tracker = open_here(folder, options).await?.map_err(|error| unopened(folder, &error))?;
    if !tracker.state().head().is_start() {
        let why = say(
            "das Protokoll hat schon Einträge; einen leeren Ordner nennen",
            "the log has entries already; name an empty folder",
        );
        return Err(Failure::said(format!("{}: {why}", folder.display())));
    }
    let filling = tokio::task::spawn_blocking(move || record_all(&tracker, settings));
    filling.await.map_err(Failure::said)?
}

fn record_all(tracker: &Tracker, settings: Settings) -> Result<Position, Failure> {
    let bar = bar(settings.entries as u64);
    for batch in Simulation::new(settings) {
        NOW_MS.store(batch.recorded_at_ms, Ordering::Relaxed);
        bar.inc(batch.drafts.len() as u64);
        let order =
            Order { office: OFFICE.to_owned(), drafts: batch.drafts, simulated: true, ..Order::default() };
        tracker.record_blocking(order).map_err(|error| Failure::said(format!("{error}: {error:?}")))?;
    }
    bar.finish_and_clear();
    tracker.close();
    Ok(tracker.state().head())
}

/// Makes a progress bar; it is drawn on a terminal only.
pub(crate) fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = "{bar:40} {human_pos}/{human_len} {msg} ({eta})";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
