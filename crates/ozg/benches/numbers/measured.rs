//! The table of results, each beside its target, and the clocks that measure them.

use ozg_tracker::Options;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// The rows of the answer, printed as they come.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 3]>,
}

impl Table {
    /// Adds a row and prints it at once.
    pub(crate) fn row(&mut self, what: &str, measured: impl Into<String>, aim: &str) {
        let row = [what.to_owned(), measured.into(), aim.to_owned()];
        println!("{:<58} {:<36} {}", row[0], row[1], row[2]);
        self.rows.push(row);
    }

    /// Writes all rows as a Markdown table.
    pub(crate) fn markdown(&self) -> String {
        let mut text = "| measured | value | aim |\n|---|---|---|\n".to_owned();
        for row in &self.rows {
            let _ = writeln!(text, "| {} | {} | {} |", row[0], row[1], row[2]);
        }
        text
    }
}

/// The time that is given to trackers.
static NOW_MS: AtomicI64 = AtomicI64::new(0);

/// Tells the time of the generated log.
pub(crate) fn now_ms() -> i64 {
    NOW_MS.load(Ordering::Relaxed)
}

/// Sets the clock of trackers that are opened with [`options`].
pub(crate) fn set_now(now: i64) {
    NOW_MS.store(now, Ordering::Relaxed);
}

/// Opens trackers on the clock of the generated log, without verifying behind.
pub(crate) fn options() -> Options {
    Options { clock: ozg_tracker::Clock::believed(now_ms), verify: false, ..Options::default() }
}

/// Runs something and tells how long it took.
pub(crate) fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = run();
    (result, started.elapsed())
}

/// Returns the median, and the value below which 99 of 100 lie.
pub(crate) fn quantiles(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    (at(50), at(99))
}

/// Writes a rate per second with separators.
pub(crate) fn rate(count: usize, time: Duration) -> String {
    format!("{}/s", grouped(to_f64(count) / time.as_secs_f64().max(1e-9)))
}

/// Writes a whole number with separators.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

pub(crate) fn to_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Returns the bytes of a file, 0 where it is none.
pub(crate) fn file_bytes(path: &Path) -> usize {
    std::fs::metadata(path).map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

/// Returns the resident memory of this process, in bytes.
pub(crate) fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: usize = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    kib * 1_024
}
