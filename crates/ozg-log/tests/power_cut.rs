//! Power cuts at every write and sync: nothing acknowledged is lost, nothing else is half there.
//!
//! `OZG_CUTS` sets the number of cuts.

mod common;

use common::disk::{Disk, Op, apply, cut};
use common::{Model, Random, Said, batch_with_fact, new_batch, options, payloads, with_annexes};
use ozg_log::{Log, NewBatch};

const CUTS_DEFAULT: usize = 2_500;
/// The sizes of the batches of each commit: single events, small imports, bulk, several batches at once.
const COMMITS: [&[usize]; 24] = [
    &[1],
    &[1],
    &[3, 1],
    &[1],
    &[700],
    &[1],
    &[40],
    &[1, 1, 1, 1],
    &[1],
    &[2],
    &[300, 1, 600],
    &[1],
    &[1],
    &[90],
    &[1],
    &[1, 2, 3],
    &[1_500],
    &[1],
    &[1],
    &[30],
    &[1],
    &[5, 5],
    &[1],
    &[1],
];

/// What a run asked of the disk, and what it recorded.
struct Run {
    start: Vec<u8>,
    trace: Vec<Op>,
    model: Model,
}

fn open(disk: &Disk) -> Log {
    let disk = disk.clone();
    Log::with_backend(move || disk.clone(), options()).expect("the log opens after every power cut")
}

/// Makes the entries of a commit: of every second one with texts and facts.
fn entries(number: usize, size: usize, from: u64) -> Vec<Said> {
    if number.is_multiple_of(2) { payloads(size, from) } else { with_annexes(size, from) }
}

fn batch(number: usize, entries: &[Said]) -> NewBatch<'_> {
    let at = i64::try_from(number).expect("small");
    if number.is_multiple_of(5) { batch_with_fact(entries, at) } else { new_batch(entries, at) }
}

/// Records all commits; the log is closed and opened again in the middle.
fn run() -> Run {
    let disk = Disk::default();
    drop(open(&disk));
    let (start, mut model) = (disk.bytes(), Model::default());
    disk.take_trace();
    let mut log = open(&disk);
    for (number, sizes) in COMMITS.iter().enumerate() {
        if number == COMMITS.len() / 2 {
            drop(log);
            log = open(&disk);
        }
        let entries: Vec<_> = sizes
            .iter()
            .map(|size| entries(number, *size, model.head().position * 7 + *size as u64))
            .collect();
        let batches: Vec<NewBatch<'_>> = entries.iter().map(|entries| batch(number, entries)).collect();
        let infos = log.append(&batches).expect("a disk that works");
        let expected: Vec<_> = batches.iter().map(|batch| model.add(batch)).collect();
        assert_eq!(infos, expected);
        disk.acknowledge(model.head().position);
    }
    drop(log);
    Run { start, trace: disk.take_trace(), model }
}

/// The two positions at which a log may end after a cut.
struct Ends {
    acknowledged: u64,
    under_way: u64,
}

fn check(bytes: &[u8], ends: &Ends, model: &Model, random: &mut Random) {
    let disk = Disk::new(bytes.to_vec());
    let log = open(&disk);
    let end = log.head().position;
    assert!(
        end == ends.acknowledged || end == ends.under_way,
        "{end} of {} {}",
        ends.acknowledged,
        ends.under_way
    );
    let mut model = model.until(end);
    model.assert_equals(&log, 400);
    if random.below(4) == 0 {
        let entries = with_annexes(3, 9);
        let batch = new_batch(&entries, 99);
        assert_eq!(
            log.append(std::slice::from_ref(&batch)).expect("a log that goes on"),
            [model.add(&batch)]
        );
        model.assert_equals(&log, 1_000);
    }
}

/// Cuts the power during the recovery from a cut as well.
fn check_cut_recovery(bytes: Vec<u8>, ends: &Ends, model: &Model, random: &mut Random) {
    let disk = Disk::new(bytes.to_vec());
    let log = open(&disk);
    let ends =
        Ends { acknowledged: ends.acknowledged.max(log.head().position), under_way: log.head().position };
    let trace = disk.take_trace();
    let (mut synced, mut unsynced) = (bytes, Vec::new());
    for op in trace.into_iter().take(random.below(12)) {
        advance(&mut synced, &mut unsynced, op);
    }
    check(&cut(&synced, &unsynced, random), &ends, model, random);
}

fn advance(synced: &mut Vec<u8>, unsynced: &mut Vec<Op>, op: Op) {
    match op {
        Op::Sync => unsynced.drain(..).for_each(|op| apply(synced, &op)),
        op => unsynced.push(op),
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_half_there() {
    let cuts = std::env::var("OZG_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(CUTS_DEFAULT);
    let Run { start, trace, model } = run();
    let points = trace.iter().filter(|op| !matches!(op, Op::Acknowledged(_))).count();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut synced, mut unsynced, mut acknowledged) = (start, Vec::new(), 0);
    let (mut done, mut passed) = (0, 0);
    for (index, op) in trace.iter().enumerate() {
        if let Op::Acknowledged(position) = op {
            acknowledged = *position;
            continue;
        }
        advance(&mut synced, &mut unsynced, op.clone());
        let next =
            trace[index..].iter().find_map(|op| if let Op::Acknowledged(to) = op { Some(*to) } else { None });
        let ends = Ends { acknowledged, under_way: next.unwrap_or(acknowledged) };
        passed += 1;
        while done * points < cuts * passed {
            let bytes = cut(&synced, &unsynced, &mut random);
            if random.below(5) == 0 {
                check_cut_recovery(bytes, &ends, &model, &mut random);
            } else {
                check(&bytes, &ends, &model, &mut random);
            }
            done += 1;
        }
    }
    assert!(done >= cuts && points > 150, "{done} cuts at {points} points");
    eprintln!("{done} power cuts at {points} points");
}

/// The test above would notice: on a disk whose syncs do nothing, cuts lose what was acknowledged.
#[test]
fn a_disk_that_does_not_sync_is_found_out() {
    let Run { start, trace, model } = run();
    let mut random = Random(77);
    let lost = (0..200).filter(|_| {
        let disk = Disk::new(cut(&start, &trace, &mut random));
        let log = Log::with_backend(move || disk.clone(), options());
        log.map_or(true, |log| log.head() != model.head() || log.verify(&mut |_| ()).is_err())
    });
    assert!(lost.count() > 100);
}

/// The bytes of a log of format 1 that was closed.
fn old_bytes() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/format-1.redb")).expect("the fixture")
}

#[test]
fn a_cut_while_a_log_gets_the_new_format_leaves_one_of_either() {
    let disk = Disk::new(old_bytes());
    drop(open(&disk));
    let trace = disk.take_trace();
    let head = open(&Disk::new(old_bytes())).head();
    let mut random = Random(0x51);
    let (mut synced, mut unsynced) = (old_bytes(), Vec::new());
    for op in trace {
        advance(&mut synced, &mut unsynced, op);
        for _ in 0..12 {
            let disk = Disk::new(cut(&synced, &unsynced, &mut random));
            let log = open(&disk);
            assert_eq!(log.head(), head);
            let identity = log.identity();
            log.verify(&mut |_| ()).expect("an undamaged log");
            drop(log);
            assert_eq!(open(&disk).identity(), identity, "it keeps its identity");
        }
    }
}
