//! The tracker on real files, and on a disk that fails on command.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disk;
mod faults;

use ozg_core::event::{
    Body, Covers, Draft, Event, EventId, EventType, Form, Milestone, Raw, RawEvent, SaidWith, Where,
};
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::words::{Day, PartialDate, Position, ServiceId, Text, Unit};
use ozg_log::{Annex, Facts, Log, NewBatch, NewEntry};
use ozg_tracker::{DumpBatch, DumpEntry, Entry, Filter, Options, Order, RecordError, Tracker};

const NOW_MS: i64 = 1_780_000_000_000;

fn options() -> Options {
    Options { clock: ozg_tracker::Clock::believed(|| NOW_MS), verify: false, ..Options::default() }
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
            identity: Some(tracker.identity()),
            facts: entry.batch_facts.clone(),
            entries: vec![DumpEntry { event: entry.event.clone(), beside: entry.beside.clone() }],
        };
        copy.load_blocking(batch.clone(), false).unwrap();
        assert!(copy.load_blocking(batch, false).is_err(), "the same positions twice");
    }
    assert_eq!(copy.entries(Position::START, 10, &Filter::default()).unwrap().entries, entries);
    assert_eq!((copy.head(), copy.identity()), (tracker.head(), tracker.identity()));
}

#[test]
fn with_which_edition_a_batch_was_said_is_known_after_a_restart_with_and_without_the_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    let edition = SaidWith {
        input: "ozg-catalogue".to_owned(),
        covers: Covers::Services(Unit::Ozg),
        on: None,
        file: [5; 32],
        is_complete: true,
    };
    tracker.record_blocking(order(vec![listed(10_001)])).unwrap();
    let said = Order { edition: Some(edition.clone()), ..order(vec![listed(10_002), listed(10_003)]) };
    tracker.record_blocking(said).unwrap();
    tracker.record_blocking(order(vec![listed(10_004)])).unwrap();
    let known = |tracker: &Tracker| {
        let state = tracker.state();
        (1..=4).map(|number| state.said_with(Position::new(number)).cloned()).collect::<Vec<_>>()
    };
    let expected = [None, Some(edition.clone()), Some(edition), None];
    assert_eq!(known(&tracker), expected);
    tracker.close();
    drop(tracker);
    assert_eq!(known(&Tracker::open(folder.path(), options()).unwrap()), expected);
    std::fs::remove_file(folder.path().join("state.snapshot")).unwrap();
    assert_eq!(known(&Tracker::open(folder.path(), options()).unwrap()), expected);
}

/// Nothing of the product writes facts of entries yet; what stands in a log is kept, with texts that were removed.
#[test]
fn facts_and_removed_texts_go_from_log_to_log() {
    let folder = tempfile::tempdir().unwrap();
    let noted = |key: u32, on: &str| Draft {
        note: Some(Text::read("laut Frau Muster").unwrap()),
        ..launched(key, "BB", on)
    };
    let first = Tracker::open(folder.path(), options()).unwrap();
    first.record_blocking(order(vec![listed(10_001), listed(10_002), noted(10_001, "2024-05-02")])).unwrap();
    let recorded = first.entries(Position::START, 10, &Filter::default()).unwrap().entries;
    let (identity, before) = (first.identity(), first.head());
    drop(first);
    let log = Log::open(folder.path(), options().log).unwrap();
    let payload = noted_payload(&recorded[2].event, "2024-06-01");
    let annex = Annex { facts: Facts::from_iter([(77, b"unknown".to_vec())]), texts: Vec::new() };
    let entries = vec![NewEntry { payload: &payload, annex: &annex }];
    let facts = Facts::from_iter([(9_000, vec![1])]);
    log.append(&[NewBatch { recorded_at_ms: NOW_MS, office: "bb", simulated: false, facts, entries }])
        .unwrap();
    assert!(log.remove_text(3, 0).unwrap());
    let tracker = Tracker::on_log(log, folder.path(), &options()).unwrap();
    assert_eq!((tracker.identity(), tracker.verify(&mut |_| ()).unwrap().texts_removed), (identity, 1));
    let entries = tracker.entries(Position::START, 10, &Filter::default()).unwrap().entries;
    assert_eq!(entries[2].event.note.as_ref().map(Text::as_str), Some(Text::REMOVED));
    assert_eq!(entries[2].beside.texts[0].kept, None);
    assert_eq!(entries[3].beside.facts.get(&77).map(Vec::as_slice), Some(b"unknown".as_slice()));
    assert_eq!(entries[3].batch_facts.get(&9_000), Some(&vec![1]));
    let (_folder, copy) = copied(&tracker, &[&entries[..3], &entries[3..]]);
    assert_eq!(copy.verify(&mut |_| ()).unwrap().texts_removed, 1);
    assert_eq!(before.position, 3);
}

/// Loads batches of a log into an empty tracker, which then has the same log.
fn copied(tracker: &Tracker, batches: &[&[Entry]]) -> (tempfile::TempDir, Tracker) {
    let folder = tempfile::tempdir().unwrap();
    let copy = Tracker::open(folder.path(), options()).unwrap();
    for batch in batches {
        let line = |entry: &Entry| DumpEntry { event: entry.event.clone(), beside: entry.beside.clone() };
        let loaded = DumpBatch {
            first: Some(batch[0].position),
            recorded_at_ms: batch[0].recorded_at_ms,
            office: batch[0].office.clone(),
            simulated: false,
            identity: Some(tracker.identity()),
            facts: batch[0].batch_facts.clone(),
            entries: batch.iter().map(line).collect(),
        };
        copy.load_blocking(loaded, true).unwrap();
    }
    assert_eq!(copy.entries(Position::START, 10, &Filter::default()).unwrap().entries, batches.concat());
    assert_eq!((copy.identity(), copy.head()), (tracker.identity(), tracker.head()));
    (folder, copy)
}

/// What an objection says can be removed; of entries of older logs it stands in them, and they go from log to log as they are.
#[test]
fn what_an_objection_says_is_removed_and_stays_where_it_stands_in_older_entries() {
    let folder = tempfile::tempdir().unwrap();
    let tracker = Tracker::open(folder.path(), options()).unwrap();
    tracker.record_blocking(order(vec![listed(10_001), launched(10_001, "BB", "2024-05-02")])).unwrap();
    let entries =
        |tracker: &Tracker| tracker.entries(Position::START, 10, &Filter::default()).unwrap().entries;
    let about = entries(&tracker)[1].event.id.to_string();
    let fields = [("entry", about.as_str()), ("says", "laut Frau Muster"), ("note", "am Telefon")];
    let objects = |office: &str| Order {
        office: office.to_owned(),
        ..order(vec![draft(1, "objection-made", &fields)])
    };
    tracker.record_blocking(objects("cc")).unwrap();
    let new = entries(&tracker)[2].clone();
    assert_eq!(new.beside.texts.iter().map(|text| text.name).collect::<Vec<_>>(), ["note", "says"]);
    tracker.close();
    drop(tracker);
    let log = Log::open(folder.path(), options().log).unwrap();
    for (number, office, names) in [(8, "dd", &[][..]), (9, "ee", &["note"])] {
        let event = Event { id: EventId::from_u128(number), ..new.event.clone() };
        let payload = event.to_wire_without(names).unwrap();
        let texts =
            names.iter().map(|_| ozg_log::Text::Kept { salt: [1; 16], text: "am Telefon".to_owned() });
        let annex = Annex { facts: Facts::default(), texts: texts.collect() };
        let entries = vec![NewEntry { payload: &payload, annex: &annex }];
        let batch =
            NewBatch { recorded_at_ms: NOW_MS, office, simulated: false, facts: Facts::default(), entries };
        log.append(&[batch]).unwrap();
    }
    assert!(log.remove_text(3, 1).unwrap(), "what the new one says");
    assert!(
        !log.remove_text(4, 0).unwrap() && !log.remove_text(5, 1).unwrap(),
        "what stands in older entries"
    );
    let tracker = Tracker::on_log(log, folder.path(), &options()).unwrap();
    let kept = entries(&tracker);
    let says =
        kept[2..].iter().map(|entry| entry.event.free_texts().last().map(|(_, says)| says.to_string()));
    let says: Vec<_> = says.map(Option::unwrap).collect();
    assert_eq!(says, [Text::REMOVED, "laut Frau Muster", "laut Frau Muster"]);
    let names = |entry: &Entry| entry.beside.texts.iter().map(|text| text.name).collect::<Vec<_>>().join(" ");
    assert_eq!(kept[2..].iter().map(names).collect::<Vec<_>>(), ["note says", "", "note"]);
    let (_folder, copy) = copied(&tracker, &[&kept[..2], &kept[2..3], &kept[3..4], &kept[4..]]);
    assert_eq!(copy.verify(&mut |_| ()).unwrap().texts_removed, 1);
}

/// Encodes the same statement about another day, without a note.
fn noted_payload(event: &Event, on: &str) -> Vec<u8> {
    let Body::MilestoneReached(milestone, _) = &event.body else { panic!("a milestone") };
    let milestone = Milestone { service: ServiceId::read("ozg:10002").unwrap(), ..milestone.clone() };
    let body = Body::MilestoneReached(milestone, PartialDate::read(on).unwrap());
    Event { id: EventId::from_u128(4), body, note: None, ..event.clone() }.to_wire_apart().unwrap()
}
