//! A disk that fails, and a clock that jumps.

use crate::disk::Disk;
use crate::{NOW_MS, launched, launched_in, listed, options, order};
use ozg_core::words::Position;
use ozg_log::Log;
use ozg_tracker::{Clock, Filter, Options, RecordError, Status, Tracker};
use std::path::Path;
fn on_disk(disk: &Disk, folder: &Path) -> Tracker {
    let (again, log_options) = (disk.clone(), options().log);
    let log = Log::with_backend(move || again.clone(), log_options).unwrap();
    Tracker::on_log(log, folder, &options()).unwrap()
}

#[test]
fn after_a_failed_commit_the_log_is_reopened_and_the_same_request_is_safe() {
    let folder = tempfile::tempdir().unwrap();
    let mut failures = 0;
    for calls_until_failure in 0..60 {
        let disk = Disk::default();
        let tracker = on_disk(&disk, folder.path());
        tracker.record_blocking(order(vec![listed(10_001)])).unwrap();
        disk.fail_after(calls_until_failure);
        let first = tracker.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")]));
        disk.work_again();
        failures += u32::from(first.is_err());
        // Whether it was durable or not: said again, it stands once.
        let again = tracker.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")])).unwrap();
        assert_eq!(launched_in(&tracker, "BB").as_deref(), Some("1"));
        assert!(matches!(tracker.status(), Status::Ready));
        assert_eq!(again.head.get(), 2, "after {calls_until_failure} calls");
        std::fs::remove_file(folder.path().join("state.snapshot")).unwrap_or_default();
    }
    assert!(failures > 5, "the disk must have failed: {failures}");
}

/// Whoever is refused since the disk failed, and asks again once the disk works, is not answered with what held before: the order
/// that follows an answer is never of the commit that the answer is from.
#[test]
fn an_order_after_a_refusal_finds_the_disk_as_it_is_then() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::default();
    let tracker = on_disk(&disk, folder.path());
    for key in 10_001..10_201 {
        disk.fail_after(0);
        assert!(tracker.record_blocking(order(vec![listed(key)])).is_err());
        // What is refused without an attempt to write is refused of the same disk.
        assert!(tracker.record_blocking(order(vec![listed(key)])).is_err());
        disk.work_again();
        tracker.record_blocking(order(vec![listed(key)])).unwrap();
    }
    assert_eq!(tracker.state().head().get(), 200);
}

/// A disk that fails for longer than the reopening takes: what is recorded can be read, nothing is written, and the log comes back
/// without a restart.
#[test]
fn a_disk_that_fails_for_long_heals_when_the_disk_does() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::default();
    let tracker = on_disk(&disk, folder.path());
    tracker.record_blocking(order(vec![listed(10_001)])).unwrap();
    disk.fail_after(0);
    for day in ["2024-05-01", "2024-05-02"] {
        let failed = tracker.record_blocking(order(vec![launched(10_001, "BB", day)]));
        assert!(matches!(failed, Err(RecordError::Unavailable(_))), "{failed:?}");
        assert!(matches!(tracker.status(), Status::ReadOnly(_)));
        let page = tracker.entries(Position::START, 10, &Filter::default()).unwrap();
        assert_eq!((page.entries.len(), tracker.state().head().get()), (1, 1));
    }
    disk.work_again();
    let receipt = tracker.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")])).unwrap();
    assert_eq!((receipt.head.get(), tracker.status()), (2, Status::Ready));
    // The writer comes back by itself, too: its channel tells when.
    disk.fail_after(0);
    let entry = order(vec![launched(10_001, "BE", "2024-05-03")]);
    assert!(tracker.record_blocking(entry).is_err());
    disk.work_again();
    while tracker.status() != Status::Ready {
        std::thread::yield_now();
    }
    assert_eq!(launched_in(&tracker, "BB").as_deref(), Some("1"));
}

/// Time that passes is no jump, however long nothing is recorded; a clock that goes further is believed once the operator says so.
#[test]
fn a_clock_is_believed_as_far_as_time_passes() {
    use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
    const DAY: i64 = 86_400_000;
    static NOW: AtomicI64 = AtomicI64::new(NOW_MS);
    static PASSED: AtomicI64 = AtomicI64::new(0);
    let clock = Clock { now_ms: || NOW.load(SeqCst), passed_ms: || PASSED.load(SeqCst) };
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), Options { clock, ..options() }).unwrap();
    let record =
        |key: u32| tracker.record_blocking(order(vec![listed(key)])).map(|receipt| receipt.head.get());
    let steps = [(0, 0), (3 * DAY, 3 * DAY), (0, 5 * DAY), (5 * DAY, 0), (DAY, 0)];
    for (key, (now, passed)) in (10_001..).zip(steps) {
        NOW.fetch_add(now, SeqCst);
        PASSED.fetch_add(passed, SeqCst);
        assert_eq!(record(key), Ok(key - 10_000), "{now} {passed}");
        assert_eq!(tracker.status(), Status::Ready);
    }
    NOW.fetch_add(1, SeqCst);
    assert_eq!(record(10_006), Err(RecordError::ClockJumped { jump_ms: DAY + 1 }));
    assert_eq!(tracker.status(), Status::ClockJumped { jump_ms: DAY + 1 });
    tracker.accept_clock();
    assert_eq!(record(10_006), Ok(6));
    assert_eq!(tracker.log_ahead_ms(), None);
    NOW.fetch_sub(DAY, SeqCst);
    assert_eq!(record(10_007), Ok(7));
    assert_eq!(tracker.log_ahead_ms(), Some(DAY));
}
