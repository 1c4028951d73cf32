//! Single events, one after the other, each durable before the next; beside a bare write and fdatasync of the same bytes.

use crate::import::{record, simulation};
use crate::measured::{Table, file_bytes, options, quantiles, rate, set_now, timed, to_f64};
use ozg_core::event::{Draft, Event};
use ozg_tracker::Tracker;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Pairs of a bare write and an append.
const PAIRS: usize = 2_000;
/// Single entries whose bytes on disk are counted.
const SINGLES: usize = 20_000;

/// Measures on the imported log; bare writes and appends take turns, so that both meet the same disk.
pub(crate) fn run(folder: &Path, rest: Vec<Draft>, table: &mut Table) {
    let tracker = Tracker::open(folder, options()).expect("the log");
    let mut bare_file = File::create(folder.join("bare")).expect("a file beside the log");
    let (mut bare, mut single) = (Vec::new(), Vec::new());
    for draft in rest.into_iter().take(PAIRS) {
        let bytes = wire(&draft);
        let (written, time) = timed(|| bare_file.write_all(&bytes).and_then(|()| bare_file.sync_data()));
        written.expect("it is durable");
        bare.push(time);
        single.push(timed(|| record(&tracker, vec![draft])).1);
    }
    let (bare, _) = quantiles(&mut bare);
    let (single, slowest) = quantiles(&mut single);
    table.row("bare write + fdatasync of an event, median", format!("{bare:.1?}"), "");
    table.row("append of one event on that log, median / 99 %", format!("{single:.1?} / {slowest:.1?}"), "");
    let ratio = single.as_secs_f64() / bare.as_secs_f64();
    table.row("append by bare write", format!("{ratio:.2}"), "≤ 1.5");
    tracker.close();
}

/// Counts the bytes that single entries take on a disk of their own.
pub(crate) fn disk(folder: &Path, table: &mut Table) {
    let tracker = Tracker::open(folder, options()).expect("a new log");
    let mut simulation = simulation(SINGLES);
    let mut listings = simulation.listings();
    let mut milestones = Vec::new();
    for batch in simulation.by_ref() {
        set_now(batch.recorded_at_ms);
        if listings > 0 {
            listings -= batch.drafts.len();
            record(&tracker, batch.drafts);
        } else {
            milestones.extend(batch.drafts);
        }
    }
    milestones.truncate(SINGLES);
    let log = folder.join(ozg_log::FILE_NAME);
    let before = file_bytes(&log);
    let count = milestones.len();
    let ((), time) = timed(|| milestones.into_iter().for_each(|draft| record(&tracker, vec![draft])));
    tracker.close();
    drop(tracker);
    let bytes = to_f64(file_bytes(&log).saturating_sub(before)) / to_f64(count);
    table.row("disk: bytes per single entry", format!("{bytes:.0} (over {count})"), "≤ 400");
    table.row("single entries, one after the other", rate(count, time), "");
}

fn wire(draft: &Draft) -> Vec<u8> {
    let draft = draft.clone();
    let event = Event {
        id: draft.id.unwrap_or_default(),
        body: draft.body,
        source: draft.source,
        note: draft.note,
        reason: draft.reason,
        replaces: None,
    };
    event.to_wire().expect("it encodes")
}
