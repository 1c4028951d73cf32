//! Measures the tracker on a generated log: `make bench`. Numbers that depend on the machine are ratios.
//!
//! `OZG_BENCH_ENTRIES` milestones (1,000,000) are imported in batches of 10,000; what it prints belongs into
//! docs/operating.md. `OZG_BENCH_ONLY=beside` asks only the query API beside a Prometheus, `OZG_BENCH_ONLY=serving` only
//! asks series under load. `OZG_BENCH_FOLDER` names the folder whose disk is measured (that of temporary files).

mod beside;
mod constant;
mod import;
mod load;
mod measured;
#[path = "../../../../tests/oracle/programs.rs"]
mod programs;
mod questions;
mod restart;
mod running;
mod serving;
mod single;
mod slow;
mod split;

use measured::Table;
use std::path::{Path, PathBuf};

/// Milestones that are imported where `OZG_BENCH_ENTRIES` says nothing.
const ENTRIES_DEFAULT: usize = 1_000_000;
const SEED: u64 = 2017;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == restart::CHILD) {
        return restart::child(&arguments[at + 1..]);
    }
    if let Some(at) = arguments.iter().position(|argument| argument == constant::CHILD) {
        return constant::child(&arguments[at + 1..]);
    }
    let entries =
        std::env::var("OZG_BENCH_ENTRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(ENTRIES_DEFAULT);
    let parent = std::env::var("OZG_BENCH_FOLDER").map_or_else(|_| std::env::temp_dir(), PathBuf::from);
    let folder = tempfile::tempdir_in(parent).expect("a temporary folder");
    let mut table = Table::default();
    match std::env::var("OZG_BENCH_ONLY").as_deref() {
        Ok("beside") => beside::run(&folder.path().join("beside"), &mut table),
        Ok("serving") => serving::run(&folder.path().join("serving"), &mut table),
        _ => everything(folder.path(), entries, &mut table),
    }
    println!("\n{}", table.markdown());
}

fn everything(folder: &Path, entries: usize, table: &mut Table) {
    let imported = import::run(&folder.join("log"), entries, table);
    split::run(&folder.join("split"), entries, table);
    restart::run(&folder.join("log"), imported.head, table);
    questions::run(&folder.join("log"), table);
    let mut rest = imported.rest;
    let for_scrapes = rest.split_off(rest.len().saturating_sub(questions::SCRAPES));
    single::run(&folder.join("log"), rest, table);
    questions::scrape(&folder.join("log"), for_scrapes, table);
    single::disk(&folder.join("singles"), table);
    beside::run(&folder.join("beside"), table);
    serving::run(&folder.join("serving"), table);
}
