//! The log against a naive vector: what is appended, refused, read and reopened.

mod common;

use common::disk::Disk;
use common::{Model, new_batch, options, payloads};
use ozg_log::{AppendError, Log, NewBatch, RecordedBatch, Refusal};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Append(Vec<(i64, String, Vec<Vec<u8>>)>),
    Reopen,
    ReadEntry(u64),
    ReadFrom(u64, usize),
}

fn entry() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => (any::<u64>()).prop_map(common::payload),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (0_usize..90_000).prop_map(|len| vec![5; len]),
        1 => (any::<u64>(), 0_usize..60_000).prop_map(|(seed, len)| noise(seed, len)),
    ]
}

fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

fn batch() -> impl Strategy<Value = (i64, String, Vec<Vec<u8>>)> {
    let entries = prop_oneof![
        4 => prop::collection::vec(entry(), 1..5),
        1 => (1_usize..1_300, any::<u32>()).prop_map(|(count, from)| payloads(count, u64::from(from))),
    ];
    (0_i64..1_000, "[a-zäöü]{0,9}", entries)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec(batch(), 0..4).prop_map(Step::Append),
        1 => Just(Step::Reopen),
        3 => any::<u64>().prop_map(Step::ReadEntry),
        2 => (any::<u64>(), 0_usize..900).prop_map(|(after, count)| Step::ReadFrom(after, count)),
    ]
}

fn act(log: &Log, model: &mut Model, step: Step) {
    match step {
        Step::Append(batches) => {
            let batches: Vec<NewBatch<'_>> = batches
                .iter()
                .map(|(at, office, entries)| NewBatch { office, ..new_batch(entries, *at) })
                .collect();
            let infos: Vec<_> = batches.iter().map(|batch| model.add(batch)).collect();
            assert_eq!(log.append(&batches).expect("a good batch"), infos);
        }
        Step::Reopen => log.reopen().expect("a good log"),
        Step::ReadEntry(any) => {
            let position = any % (model.head().position + 3);
            let found = log.entry(position).expect("a good log");
            let found = found.as_ref().map(|(info, entry)| (info, entry.as_slice()));
            assert_eq!(found, model.entry(position));
        }
        Step::ReadFrom(any, count) => {
            let after = any % (model.head().position + 3);
            let parts = log.batches(after, count).expect("a good log");
            let read =
                parts.iter().flat_map(|part| part.entries().map(|(at, entry)| (at, (&part.info, entry))));
            let end = model.head().position.min(after.saturating_add(count as u64));
            assert!(read.eq((after + 1..=end).map(|at| (at, model.entry(at).expect("in the model")))));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_log_does_what_a_vector_does(steps in prop::collection::vec(step(), 1..14)) {
        let (disk, mut model) = (Disk::default(), Model::default());
        let log = Log::with_backend(move || disk.clone(), options()).expect("an empty disk");
        for step in steps {
            act(&log, &mut model, step);
            prop_assert_eq!(log.head(), model.head());
        }
        model.assert_equals(&log, 700);
        // A dump of it gives the same log again.
        let copy = Log::in_memory();
        for (info, entries) in &model.0 {
            let batch = NewBatch { office: &info.office, ..new_batch(entries, info.recorded_at_ms) };
            copy.append_recorded(&[RecordedBatch { batch, first: info.first, chain: Some(info.chain) }])
                .expect("the same log");
        }
        model.assert_equals(&copy, 1_000);
    }
}

fn refusal(result: Result<Vec<ozg_log::BatchInfo>, AppendError>) -> (usize, Refusal) {
    match result {
        Err(AppendError::Refused { index, refusal }) => (index, refusal),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_cannot_be_recorded_is_named_and_nothing_of_the_commit_is_recorded() {
    let log = Log::in_memory();
    let (good, long) = (payloads(2, 1), vec![vec![1; ozg_log::ENTRY_BYTES_MAX + 1]]);
    let batch = || new_batch(&good, 5);
    let many = NewBatch { entries: vec![b"x"; ozg_log::BATCH_ENTRIES_MAX + 1], ..batch() };
    let big = vec![0; ozg_log::ENTRY_BYTES_MAX];
    let heavy = NewBatch { entries: vec![&big; 65], ..batch() };
    let office = "x".repeat(ozg_log::OFFICE_BYTES_MAX + 1);
    let refused = |bad: NewBatch<'_>| refusal(log.append(&[batch(), bad]));
    assert_eq!(refused(NewBatch { entries: vec![], ..batch() }), (1, Refusal::NoEntries));
    assert_eq!(refused(new_batch(&long, 5)), (1, Refusal::EntryTooLong { index: 0, bytes: (1 << 20) + 1 }));
    assert_eq!(refused(many), (1, Refusal::TooManyEntries(65_537)));
    assert_eq!(refused(heavy), (1, Refusal::TooManyBytes(65 << 20)));
    assert_eq!(refused(NewBatch { office: &office, ..batch() }), (1, Refusal::OfficeTooLong(256)));
    assert_eq!(refused(NewBatch { simulated: true, ..batch() }), (1, Refusal::SimulatedInReal));
    assert_eq!(log.head(), ozg_log::Head::default());
    assert_eq!(log.append(&[]).expect("nothing to do"), []);
}

#[test]
fn the_largest_batches_fit() {
    let big = noise(1, ozg_log::ENTRY_BYTES_MAX);
    let (log, mut model) = (Log::in_memory(), Model::default());
    for entries in [vec![big.as_slice(); 64], vec![b"tiny".as_slice(); ozg_log::BATCH_ENTRIES_MAX]] {
        let batch = NewBatch { recorded_at_ms: 1, office: "", simulated: false, entries };
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("within the limits"), [model.add(&batch)]);
    }
    assert_eq!(log.verify(&mut |_| ()).expect("undamaged"), model.head());
    let position = model.head().position - 5;
    assert_eq!(log.entry(position).expect("undamaged").expect("there").1, b"tiny");
    assert_eq!(log.entry(60).expect("undamaged").expect("there").1, big);
}

#[test]
fn a_log_is_real_or_simulated_for_ever() {
    let entries = payloads(1, 1);
    let real = new_batch(&entries, 1);
    let simulated = NewBatch { simulated: true, ..real.clone() };
    let log = Log::in_memory();
    assert!(!log.is_simulated());
    log.append(&[simulated.clone(), simulated.clone()]).expect("an empty log takes both");
    assert!(log.is_simulated());
    log.reopen().expect("undamaged");
    assert!(log.is_simulated());
    assert_eq!(refusal(log.append(std::slice::from_ref(&real))), (0, Refusal::RealInSimulated));
    log.append(&[simulated]).expect("the same kind");
}

#[test]
fn a_dump_that_was_changed_is_refused() {
    let entries = payloads(3, 1);
    let log = Log::in_memory();
    let first = log.append(&[new_batch(&entries, 50)]).expect("good").remove(0);
    let recorded = |at, first, chain| RecordedBatch { batch: new_batch(&entries, at), first, chain };
    let refused = |recorded| refusal(log.append_recorded(&[recorded])).1;
    assert_eq!(refused(recorded(60, 5, None)), Refusal::OtherFirst { given: 5, next: 4 });
    assert_eq!(refused(recorded(49, 4, None)), Refusal::RecordedBefore { given: 49, last: 50 });
    assert_eq!(refused(recorded(60, 4, Some(first.chain))), Refusal::OtherChain);
    log.append_recorded(&[recorded(60, 4, None)]).expect("good");
    assert_eq!((log.head().position, log.head().recorded_at_ms), (6, 60));
}
