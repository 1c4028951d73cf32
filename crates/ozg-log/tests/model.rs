//! The log against a naive vector: what is appended, refused, read and reopened.

mod common;

use common::disk::Disk;
use common::{Model, Said, new_batch, options, payloads, with_annexes};
use ozg_log::{Annex, AppendError, Facts, Log, NewBatch, NewEntry, RecordedBatch, Refusal, Text};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Append(Vec<(i64, String, Facts, Vec<Said>)>),
    Reopen,
    RemoveText(u64),
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

fn facts() -> impl Strategy<Value = Facts> {
    let facts = prop::collection::vec((any::<u32>(), prop::collection::vec(any::<u8>(), 0..20)), 0..4);
    prop_oneof![3 => Just(Facts::default()), 1 => facts.prop_map(Facts::from_iter)]
}

fn annex() -> impl Strategy<Value = Annex> {
    let text = (any::<[u8; 16]>(), "[a-zäöü ]{0,30}").prop_map(|(salt, text)| Text::Kept { salt, text });
    let texts = prop::collection::vec(text, 0..3);
    prop_oneof![3 => Just(Annex::default()), 1 => (facts(), texts).prop_map(|(facts, texts)| Annex { facts, texts })]
}

fn batch() -> impl Strategy<Value = (i64, String, Facts, Vec<Said>)> {
    let entries = prop_oneof![
        4 => prop::collection::vec((entry(), annex()), 1..5),
        1 => (1_usize..1_300, any::<u32>()).prop_map(|(count, from)| with_annexes(count, u64::from(from))),
        1 => (1_usize..1_300, any::<u32>()).prop_map(|(count, from)| payloads(count, u64::from(from))),
    ];
    (0_i64..1_000, "[a-zäöü]{0,9}", facts(), entries)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec(batch(), 0..4).prop_map(Step::Append),
        1 => Just(Step::Reopen),
        2 => any::<u64>().prop_map(Step::RemoveText),
        3 => any::<u64>().prop_map(Step::ReadEntry),
        2 => (any::<u64>(), 0_usize..900).prop_map(|(after, count)| Step::ReadFrom(after, count)),
    ]
}

fn act(log: &Log, model: &mut Model, step: Step) {
    match step {
        Step::Append(batches) => {
            let batches: Vec<NewBatch<'_>> = batches
                .iter()
                .map(|(at, office, facts, entries)| NewBatch {
                    office,
                    facts: facts.clone(),
                    ..new_batch(entries, *at)
                })
                .collect();
            let infos: Vec<_> = batches.iter().map(|batch| model.add(batch)).collect();
            assert_eq!(log.append(&batches).expect("a good batch"), infos);
        }
        Step::Reopen => log.reopen().expect("a good log"),
        Step::RemoveText(any) => {
            let position = any % (model.head().position + 3);
            let is_there = model.entry(position).is_some_and(|(_, _, annex)| !annex.texts.is_empty());
            assert_eq!(log.remove_text(position, 0).expect("a good log"), is_there);
            if is_there {
                model.remove_text(position, 0);
            }
        }
        Step::ReadEntry(any) => {
            model.assert_entry(log, any % (model.head().position + 3)).expect("a good log");
        }
        Step::ReadFrom(any, count) => {
            let after = any % (model.head().position + 3);
            let parts = log.batches(after, count).expect("a good log");
            let read = parts.iter().flat_map(|part| {
                part.entries().map(|entry| (entry.position, (&part.info, entry.payload, entry.annex)))
            });
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
            let (office, facts) = (info.office.as_str(), info.facts.clone());
            let batch = NewBatch { office, facts, ..new_batch(entries, info.recorded_at_ms) };
            let (first, chain, identity) = (info.first, Some(info.chain), Some(log.identity()));
            copy.append_recorded(&[RecordedBatch { batch, first, chain, identity }]).expect("the same log");
        }
        model.assert_equals(&copy, 1_000);
        prop_assert_eq!(copy.identity() == log.identity(), model.head().batches > 0);
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
    let (good, long) = (payloads(2, 1), vec![(vec![1; ozg_log::ENTRY_BYTES_MAX + 1], Annex::default())]);
    let batch = || new_batch(&good, 5);
    let many = NewBatch { entries: vec![lone(b"x"); ozg_log::BATCH_ENTRIES_MAX + 1], ..batch() };
    let big = vec![0; ozg_log::ENTRY_BYTES_MAX];
    let heavy = NewBatch { entries: vec![lone(&big); 65], ..batch() };
    let office = "x".repeat(ozg_log::OFFICE_BYTES_MAX + 1);
    let refused = |bad: NewBatch<'_>| refusal(log.append(&[batch(), bad]));
    assert_eq!(refused(NewBatch { entries: vec![], ..batch() }), (1, Refusal::NoEntries));
    assert_eq!(refused(new_batch(&long, 5)), (1, Refusal::EntryTooLong { index: 0, bytes: (1 << 20) + 1 }));
    assert_eq!(refused(many), (1, Refusal::TooManyEntries(65_537)));
    assert_eq!(refused(heavy), (1, Refusal::TooManyBytes(65 << 20)));
    assert_eq!(refused(NewBatch { office: &office, ..batch() }), (1, Refusal::OfficeTooLong(256)));
    assert_eq!(refused(NewBatch { simulated: true, ..batch() }), (1, Refusal::SimulatedInReal));
    let facts = Facts::from_iter([(1, vec![0; ozg_log::BATCH_FACTS_BYTES_MAX])]);
    assert_eq!(
        refused(NewBatch { facts: facts.clone(), ..batch() }),
        (1, Refusal::FactsTooLong { bytes: 515, max: 512 })
    );
    let beside =
        |annex: &Annex| refused(NewBatch { entries: vec![NewEntry { payload: b"", annex }], ..batch() });
    let text = |bytes| Text::Kept { salt: [0; 16], text: "x".repeat(bytes) };
    let texts = vec![text(1); ozg_log::ENTRY_TEXTS_MAX + 1];
    assert_eq!(beside(&Annex { facts, texts }), (1, Refusal::TooManyTexts { index: 0, texts: 17 }));
    let texts = vec![text(ozg_log::TEXT_BYTES_MAX + 1)];
    let facts = Facts::default();
    assert_eq!(beside(&Annex { facts, texts }), (1, Refusal::TextTooLong { index: 0, bytes: 65_537 }));
    assert_eq!(log.head(), ozg_log::Head::default());
    assert_eq!(log.append(&[]).expect("nothing to do"), []);
}

fn lone(payload: &[u8]) -> NewEntry<'_> {
    NewEntry::from(payload)
}

#[test]
fn a_text_that_is_removed_leaves_the_chain_as_it_is() {
    let (log, mut model) = (Log::in_memory(), Model::default());
    for entries in [with_annexes(1, 2), with_annexes(700, 8), payloads(1, 0)] {
        let batch = new_batch(&entries, 1);
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("good"), [model.add(&batch)]);
    }
    let (before, chain) = (log.verify(&mut |_| ()).expect("undamaged"), log.head().chain);
    assert_eq!(before.texts_removed, 0);
    for (position, index) in [(1, 1), (1, 0), (5, 0), (5, 0)] {
        assert!(log.remove_text(position, index).expect("undamaged"), "{position}");
        model.remove_text(position, usize::from(index));
    }
    assert!(!log.remove_text(1, 2).expect("undamaged"), "it has two");
    assert!(!log.remove_text(702, 0).expect("undamaged"), "it has none");
    assert!(!log.remove_text(703, 0).expect("undamaged"), "there is none");
    model.assert_equals(&log, 400);
    assert_eq!((log.head().chain, log.verify(&mut |_| ()).expect("undamaged").texts_removed), (chain, 3));
    log.reopen().expect("undamaged");
    model.assert_equals(&log, 400);
}

#[test]
fn the_largest_batches_fit() {
    let big = noise(1, ozg_log::ENTRY_BYTES_MAX);
    let (log, mut model) = (Log::in_memory(), Model::default());
    for entries in [vec![lone(&big); 64], vec![lone(b"tiny"); ozg_log::BATCH_ENTRIES_MAX]] {
        let facts = Facts::default();
        let batch = NewBatch { recorded_at_ms: 1, office: "", simulated: false, facts, entries };
        assert_eq!(log.append(std::slice::from_ref(&batch)).expect("within the limits"), [model.add(&batch)]);
    }
    assert_eq!(log.verify(&mut |_| ()).expect("undamaged").head, model.head());
    model.assert_entry(&log, model.head().position - 5).expect("undamaged");
    model.assert_entry(&log, 60).expect("undamaged");
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
    let identity = None;
    let recorded =
        |at, first, chain| RecordedBatch { batch: new_batch(&entries, at), first, chain, identity };
    let refused = |recorded| refusal(log.append_recorded(&[recorded])).1;
    assert_eq!(refused(recorded(60, 5, None)), Refusal::OtherFirst { given: 5, next: 4 });
    assert_eq!(refused(recorded(49, 4, None)), Refusal::RecordedBefore { given: 49, last: 50 });
    assert_eq!(refused(recorded(60, 4, Some(first.chain))), Refusal::OtherChain);
    log.append_recorded(&[recorded(60, 4, None)]).expect("good");
    assert_eq!((log.head().position, log.head().recorded_at_ms), (6, 60));
}
