//! The tracker on real files, and on a disk that fails on command.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;

use disk::Disk;
use ozg_core::event::{Draft, EventType, Form, Raw, RawEvent, Where};
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::words::{Day, Position};
use ozg_log::Log;
use ozg_tracker::{DumpBatch, Filter, Options, Order, RecordError, Status, Tracker};
use std::path::Path;

const NOW_MS: i64 = 1_780_000_000_000;

fn options() -> Options {
    Options { clock: || NOW_MS, verify: false, ..Options::default() }
}

fn draft(line: u32, event_type: &str, fields: &[(&str, &str)]) -> Draft {
    let fields =
        fields.iter().map(|(name, value)| ((*name).to_owned(), Raw::Text((*value).to_owned()))).collect();
    let raw = RawEvent { at: Where { line, form: Form::None }, fields };
    raw.read(Some(EventType::read(event_type).unwrap())).unwrap()
}

fn listed(key: u32) -> Draft {
    let service = format!("ozg:{key:05}");
    draft(1, "service-listed", &[("service", &service), ("name", "Aufenthaltstitel")])
}

fn launched(key: u32, place: &str, on: &str) -> Draft {
    let service = format!("ozg:{key:05}");
    draft(
        2,
        "milestone-reached",
        &[("service", &service), ("place", place), ("stage", "launched"), ("on", on)],
    )
}

fn order(drafts: Vec<Draft>) -> Order {
    Order { office: "bb".to_owned(), drafts, ..Order::default() }
}

fn launched_in(tracker: &Tracker, place: &str) -> Option<String> {
    let parameters = [("area".to_owned(), place.to_owned()), ("on".to_owned(), "2025-01-01".to_owned())];
    let query = Query::read(Measure::ServicesLaunched, &parameters).unwrap();
    let today = Day::read("2026-01-01").unwrap();
    let series = tracker.state().series(&query, today).unwrap();
    series.rows().next().and_then(|row| row.value).map(|value| value.to_string())
}

#[test]
fn what_was_acknowledged_is_there_after_a_restart_with_and_without_the_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    let receipt =
        tracker.record_blocking(order(vec![listed(10_255), launched(10_255, "BB", "2024-05-02")])).unwrap();
    assert_eq!((receipt.head.get(), receipt.recorded, receipt.unchanged), (2, 2, 0));
    let again = tracker.record_blocking(order(vec![launched(10_255, "BB", "2024-05-02")])).unwrap();
    assert_eq!((again.head.get(), again.recorded, again.unchanged), (2, 0, 1));
    assert_eq!(launched_in(&tracker, "BB").as_deref(), Some("1"));
    tracker.close();
    drop(tracker);
    let snapshot = folder.path().join("state.snapshot");
    assert!(snapshot.exists());
    let with = Tracker::open(folder.path(), options()).unwrap();
    assert_eq!((with.state().head().get(), launched_in(&with, "BB").as_deref()), (2, Some("1")));
    drop(with);
    std::fs::write(&snapshot, b"ozg-state-03 and then nonsense").unwrap();
    let without = Tracker::open(folder.path(), options()).unwrap();
    assert_eq!((without.state().head().get(), launched_in(&without, "BB").as_deref()), (2, Some("1")));
}

#[test]
fn a_snapshot_of_another_log_is_dropped() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (folder, key) in [(one.path(), 10_001), (two.path(), 10_002)] {
        let tracker = Tracker::open(folder, options()).unwrap();
        tracker.record_blocking(order(vec![listed(key)])).unwrap();
        tracker.close();
    }
    std::fs::copy(one.path().join("state.snapshot"), two.path().join("state.snapshot")).unwrap();
    let tracker = Tracker::open(two.path(), options()).unwrap();
    tracker.record_blocking(order(vec![launched(10_002, "BB", "2024-05-02")])).unwrap();
    assert!(tracker.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")])).is_err());
}

#[test]
fn a_dry_run_and_a_refused_batch_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    let dry = tracker.record_blocking(Order { dry_run: true, ..order(vec![listed(10_255)]) }).unwrap();
    assert_eq!((dry.recorded, dry.head.get(), dry.dry_run), (1, 0, true));
    let refused = tracker.record_blocking(order(vec![listed(10_255), launched(99_999, "BB", "2024-05-02")]));
    assert!(matches!(refused, Err(RecordError::Mistakes(mistakes)) if mistakes.len() == 1));
    assert_eq!((tracker.state().head().get(), tracker.head().position), (0, 0));
    let moved = tracker
        .record_blocking(Order { expected_head: Some(Position::new(7)), ..order(vec![listed(10_255)]) });
    assert_eq!(moved, Err(RecordError::HeadMoved { expected: Position::new(7), head: Position::START }));
}

#[test]
fn a_long_file_is_checked_whole_and_recorded_in_batches() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    let drafts: Vec<Draft> = (0..25_000).map(|n| listed(10_000 + n)).collect();
    let receipt = tracker.record_blocking(order(drafts.clone())).unwrap();
    assert_eq!((receipt.head.get(), receipt.recorded), (25_000, 25_000));
    assert_eq!(tracker.state().batch_count(), 3);
    let again = tracker.record_blocking(order(drafts)).unwrap();
    assert_eq!((again.head.get(), again.unchanged), (25_000, 25_000));
    let page = tracker.entries(Position::new(9_990), 20, &Filter::default()).unwrap();
    let positions: Vec<u32> = page.entries.iter().map(|entry| entry.position.get()).collect();
    assert_eq!(positions, (9_991..=10_010).collect::<Vec<_>>());
}

#[test]
fn entries_are_filtered_and_paged() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    let drafts = vec![
        listed(10_001),
        listed(10_002),
        launched(10_001, "BB", "2024-05-02"),
        launched(10_002, "BE", "2024-05-02"),
        launched(10_001, "BE", "2024-06-02"),
    ];
    tracker.record_blocking(order(drafts)).unwrap();
    let berlin = Filter { area: Some("BE".parse().unwrap()), ..Filter::default() };
    let first = tracker.entries(Position::START, 1, &berlin).unwrap();
    assert_eq!((first.entries[0].position.get(), first.next_after.get(), first.at_head), (4, 4, false));
    let second = tracker.entries(first.next_after, 10, &berlin).unwrap();
    assert_eq!((second.entries.len(), second.next_after.get(), second.at_head), (1, 5, true));
    let other = Filter { office: Some("nobody".to_owned()), ..Filter::default() };
    assert!(tracker.entries(Position::START, 10, &other).unwrap().entries.is_empty());
}

#[test]
fn generated_and_real_entries_never_share_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    tracker.record_blocking(Order { simulated: true, ..order(vec![listed(10_001)]) }).unwrap();
    assert!(tracker.state().is_simulated());
    assert!(matches!(tracker.record_blocking(order(vec![listed(10_002)])), Err(RecordError::Unavailable(_))));
    drop(tracker);
    assert!(Tracker::open(folder.path(), options()).unwrap().state().is_simulated());
}

#[test]
fn a_dump_keeps_times_offices_and_positions() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    tracker.record_blocking(order(vec![listed(10_001)])).unwrap();
    tracker
        .record_blocking(Order {
            office: "be".to_owned(),
            ..order(vec![launched(10_001, "BE", "2024-05-02")])
        })
        .unwrap();
    let entries = tracker.entries(Position::START, 10, &Filter::default()).unwrap().entries;
    let copy_folder = tempfile::tempdir().unwrap();
    let copy = Tracker::open(copy_folder.path(), options()).unwrap();
    for entry in &entries {
        let batch = DumpBatch {
            first: Some(entry.position),
            recorded_at_ms: entry.recorded_at_ms,
            office: entry.office.clone(),
            simulated: false,
            events: vec![entry.event.clone()],
        };
        copy.load_blocking(batch.clone(), false).unwrap();
        assert!(copy.load_blocking(batch, false).is_err(), "the same positions twice");
    }
    assert_eq!(copy.entries(Position::START, 10, &Filter::default()).unwrap().entries, entries);
    assert_eq!(copy.head(), tracker.head());
}

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
        let again = tracker.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")]));
        let again = match again {
            Err(RecordError::Unavailable(_)) => {
                assert!(matches!(tracker.status(), Status::ReadOnly(_)));
                drop(tracker);
                let reopened = on_disk(&disk, folder.path());
                let receipt =
                    reopened.record_blocking(order(vec![launched(10_001, "BB", "2024-05-02")])).unwrap();
                assert_eq!(launched_in(&reopened, "BB").as_deref(), Some("1"));
                receipt
            }
            other => {
                assert_eq!(launched_in(&tracker, "BB").as_deref(), Some("1"));
                other.unwrap()
            }
        };
        assert_eq!(again.head.get(), 2, "after {calls_until_failure} calls");
        std::fs::remove_file(folder.path().join("state.snapshot")).unwrap_or_default();
    }
    assert!(failures > 5, "the disk must have failed: {failures}");
}
