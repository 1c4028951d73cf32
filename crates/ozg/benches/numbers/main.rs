//! Measures the tracker on a generated log, in one run, as ratios where a machine would decide: `make bench`.
//!
//! `OZG_BENCH_ENTRIES` milestones (1,000,000) are imported in batches of 10,000; what it prints belongs into
//! docs/operating.md. `OZG_BENCH_ONLY=beside` asks only the query API beside a Prometheus. `OZG_BENCH_FOLDER` names the folder whose disk is measured (that of temporary files).

mod beside;
mod import;
mod measured;
mod questions;
mod restart;
mod single;
mod split;

use measured::Table;
use std::path::PathBuf;

/// Milestones that are imported where `OZG_BENCH_ENTRIES` says nothing.
const ENTRIES_DEFAULT: usize = 1_000_000;
const SEED: u64 = 2017;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == restart::CHILD) {
        return restart::child(&arguments[at + 1..]);
    }
    let entries =
        std::env::var("OZG_BENCH_ENTRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(ENTRIES_DEFAULT);
    let parent = std::env::var("OZG_BENCH_FOLDER").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::tempdir_in(parent).expect("a temporary folder");
    let mut table = Table::default();
    if std::env::var("OZG_BENCH_ONLY").is_ok_and(|part| part == "beside") {
        beside::run(&folder.path().join("beside"), &mut table);
        return println!("\n{}", table.markdown());
    }
    let imported = import::run(&folder.path().join("log"), entries, &mut table);
    split::run(&folder.path().join("split"), entries, &mut table);
    restart::run(&folder.path().join("log"), imported.head, &mut table);
    questions::run(&folder.path().join("log"), &mut table);
    let mut rest = imported.rest;
    let for_scrapes = rest.split_off(rest.len().saturating_sub(questions::SCRAPES));
    single::run(&folder.path().join("log"), rest, &mut table);
    questions::scrape(&folder.path().join("log"), for_scrapes, &mut table);
    single::disk(&folder.path().join("singles"), &mut table);
    beside::run(&folder.path().join("beside"), &mut table);
    println!("\n{}", table.markdown());
}
