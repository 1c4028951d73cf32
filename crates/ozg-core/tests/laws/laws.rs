//! The laws of ARCHITECTURE.md that are the core's.

use crate::equality::{narrowed, rows, wide};
use crate::seeds::seeds;
use crate::workload::{Dice, History, Recorded, history, request};
use ozg_core::event::{Body, Draft, EventId};
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::{Every, Query, Viewpoint};
use ozg_core::series::Row;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Basis, Day};

/// Questions of every kind: by area, topic, unit, service, stage; counted and reported; by change.
fn questions() -> Vec<Query> {
    let every = Every::Change;
    let mut all: Vec<Query> = Measure::all()
        .map(|measure| Query { every, bases: vec![Basis::Counted, Basis::Reported], ..wide(measure) })
        .collect();
    for measure in
        [Measure::Reuses, Measure::AreasReusing, Measure::PopulationCovered, Measure::ServicesLaunched]
    {
        all.push(Query { every, by: vec![Dimension::Area, Dimension::Service], ..Query::new(measure) });
    }
    all.push(Query { bases: vec![Basis::Summed, Basis::Target], ..Query::new(Measure::Reuses) });
    all.extend(narrowed());
    all
}

fn answers(state: &State, viewpoint: Viewpoint, today: Day, questions: &[Query]) -> Vec<Vec<Row>> {
    questions.iter().map(|query| rows(state, &Query { viewpoint, ..query.clone() }, today)).collect()
}

/// Fails with the first question whose answers differ.
fn same(seed: u64, what: &str, questions: &[Query], left: &[Vec<Row>], right: &[Vec<Row>]) {
    for ((query, left), right) in questions.iter().zip(left).zip(right) {
        let differs = left.iter().zip(right).find(|(left, right)| left != right);
        assert!(
            left == right,
            "seed {seed} {what}: {query:?}\n{} rows, {} rows\n{differs:#?}",
            left.len(),
            right.len()
        );
    }
}

/// Takes some of the questions, so that many seeds stay affordable.
fn some_questions(dice: &mut Dice, count: usize) -> Vec<Query> {
    let mut all = questions();
    dice.shuffle(&mut all);
    all.truncate(count);
    all
}

#[test]
fn prefix_an_answer_at_a_position_is_that_of_a_log_that_ends_there() {
    for seed in seeds(20) {
        let history = history(seed);
        let mut dice = Dice::new(seed ^ 0x11);
        for (index, batch) in history.batches.iter().enumerate() {
            if !dice.chance(40) {
                continue;
            }
            let fresh = history.replayed(index + 1);
            let today = berlin_day(batch.at_ms);
            let asked = some_questions(&mut dice, 4);
            let old = answers(&history.state, Viewpoint::Position(batch.last), today, &asked);
            same(
                seed,
                "prefix",
                &asked,
                &old,
                &answers(&fresh, Viewpoint::Position(batch.last), today, &asked),
            );
            same(seed, "prefix, at the head", &asked, &old, &answers(&fresh, Viewpoint::Head, today, &asked));
            let instant = answers(&history.state, Viewpoint::Instant(batch.at_ms), today, &asked);
            let next = history.batches.get(index + 1);
            if next.is_none_or(|next| next.at_ms > batch.at_ms) {
                same(seed, "prefix, by instant", &asked, &old, &instant);
            }
        }
    }
}

fn bytes(state: &State) -> Vec<u8> {
    postcard::to_stdvec(state).unwrap()
}

#[test]
fn rebuild_a_replayed_state_is_the_incremental_one_byte_for_byte() {
    for seed in seeds(60) {
        let history = history(seed);
        let incremental = bytes(&history.state);
        let replayed = history.replayed(history.batches.len());
        assert!(bytes(&replayed) == incremental, "seed {seed}: replayed");
        let read_back: State = postcard::from_bytes(&incremental).unwrap();
        assert!(bytes(&read_back) == incremental, "seed {seed}: written and read back");
        // A state that was written and read in between goes on to the same bytes.
        let Some((last, first)) = history.batches.split_last() else { continue };
        let mut resumed: State = postcard::from_bytes(&bytes(&history.replayed(first.len()))).unwrap();
        resumed.replay(last.office, last.at_ms, false, &last.events);
        assert!(bytes(&resumed) == incremental, "seed {seed}: resumed");
    }
}

#[test]
fn the_wire_keeps_every_event() {
    for seed in seeds(40) {
        for entry in history(seed).model.entries {
            let wire = entry.event.to_wire().unwrap();
            assert_eq!(
                ozg_core::event::Event::from_wire(&wire, &[]).as_ref(),
                Ok(&entry.event),
                "seed {seed}"
            );
            let texts: Vec<_> = entry.event.free_texts().map(|(_, text)| text.clone()).collect();
            let apart = entry.event.to_wire_apart().unwrap();
            let bare = ozg_core::event::Event::from_wire(&apart, &[]);
            assert_eq!(bare.is_err(), !texts.is_empty(), "seed {seed}: the texts stand beside it");
            assert_eq!(ozg_core::event::Event::from_wire(&apart, &texts), Ok(entry.event), "seed {seed}");
        }
    }
}

/// Tells whether anything in a batch replaces or withdraws anything.
fn acts(history: &History, batch: &Recorded) -> bool {
    let known = history.model.entries.iter().filter(|entry| entry.position <= batch.last);
    let mut entries = known.rev().take(batch.events.len());
    entries.any(|entry| history.model.acts_on(entry).is_some())
}

#[test]
fn no_news_the_same_batch_twice_records_nothing_the_second_time() {
    for seed in seeds(60) {
        let history = history(seed);
        for (index, batch) in history.batches.iter().enumerate() {
            let after = history.replayed(index + 1);
            let mut new_id = || EventId::from_u128(u128::MAX);
            let mut again = |drafts: &[Draft], what: &str| {
                let accepted = after.accept(drafts, &request(batch.office, batch.at_ms + 1), &mut new_id);
                let accepted = accepted.unwrap_or_else(|mistakes| {
                    panic!("seed {seed} batch {index} {what}: {mistakes:#?}\n{drafts:#?}")
                });
                assert!(accepted.is_empty(), "seed {seed} batch {index} {what}: {:#?}", accepted.events);
            };
            again(&History::as_sent(batch), "with ids");
            // Without ids, too, where no correction of the batch has changed what the others said or were no news beside.
            if !acts(&history, batch) {
                again(&batch.drafts, "as sent");
            }
            // At the head everything is still known by its id.
            let mut new_id = || EventId::from_u128(u128::MAX);
            let later = history.state.accept(
                &History::as_sent(batch),
                &request(batch.office, batch.at_ms),
                &mut new_id,
            );
            assert!(later.unwrap().is_empty(), "seed {seed} batch {index} at the head");
        }
    }
}

#[test]
fn withdrawal_an_entry_and_its_withdrawal_change_no_answer_that_is_asked_now() {
    let mut tried = 0;
    for seed in seeds(30) {
        let history = history(seed);
        let Some(last) = history.batches.last() else { continue };
        let mut dice = Dice::new(seed ^ 0x33);
        // Rolls another history and takes what it says as news for this one.
        let other = crate::workload::history(seed + 1_000_000);
        let asked = some_questions(&mut dice, 4);
        let today = berlin_day(last.at_ms);
        let before = answers(&history.state, Viewpoint::Head, today, &asked);
        for entry in other.model.entries.iter().filter(|entry| entry.event.replaces.is_none()) {
            if matches!(entry.event.body, Body::EntryWithdrawn(_)) || !dice.chance(15) {
                continue;
            }
            let id = EventId::from_u128(0xabcd_0000 + u128::from(entry.position.get()));
            let one = Draft { id: Some(id), ..entry.event.clone().into_draft() };
            let none = crate::workload::draft(Body::EntryWithdrawn(id));
            let mut next = history.clone();
            next.record(vec![one], last.office, last.at_ms + 1);
            if next.state.position_of(id).is_none() {
                continue;
            }
            next.record(vec![none], last.office, last.at_ms + 2);
            assert_eq!(next.state.head(), history.state.head().next().next(), "seed {seed}");
            let after = answers(&next.state, Viewpoint::Head, today, &asked);
            same(seed, &format!("withdrawal of {:?}", entry.event.body), &asked, &before, &after);
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn order_of_statements_in_a_batch_changes_no_answer() {
    for seed in seeds(30) {
        let history = history(seed);
        let mut dice = Dice::new(seed ^ 0x44);
        for (index, batch) in history.batches.iter().enumerate() {
            if batch.drafts.len() < 2 || !dice.chance(50) {
                continue;
            }
            let mut drafts = batch.drafts.clone();
            dice.shuffle(&mut drafts);
            let before = history.replayed(index);
            let mut id = 0xeeee_0000u128;
            let mut new_id = || {
                id += 1;
                EventId::from_u128(id)
            };
            let asked = request(batch.office, batch.at_ms);
            let accepted = before.accept(&drafts, &asked, &mut new_id);
            let accepted = accepted.unwrap_or_else(|mistakes| {
                panic!("seed {seed} batch {index} shuffled: {mistakes:#?}\n{drafts:?}")
            });
            let shuffled = accepted.into_state(&asked, batch.at_ms, false);
            let straight = history.replayed(index + 1);
            let today = berlin_day(batch.at_ms);
            let questions = some_questions(&mut dice, 4);
            let mut left = answers(&straight, Viewpoint::Head, today, &questions);
            let mut right = answers(&shuffled, Viewpoint::Head, today, &questions);
            // Sources that say the same are joined in the order in which they said it.
            left.iter_mut().chain(&mut right).flatten().for_each(|row| {
                let mut sources: Vec<&str> = row.source.split("; ").collect();
                sources.sort_unstable();
                row.source = sources.join("; ");
            });
            same(seed, "order", &questions, &left, &right);
        }
    }
}

#[test]
fn by_spreads_each_dimension_into_the_lines_of_lists() {
    for seed in seeds(8) {
        let history = history(seed);
        let Some(last) = history.batches.last() else { continue };
        let today = berlin_day(last.at_ms);
        let mut dice = Dice::new(seed ^ 0x66);
        for measure in Measure::all() {
            for dimension in measure.row().dimensions {
                let query = Query { by: vec![*dimension], every: Every::Year, ..Query::new(measure) };
                let answer = history.state.series(&query, today).unwrap();
                let from = answer.header().query.from;
                for row in answer.rows().filter(|_| dice.chance(5)) {
                    // Each row is that of the query which asks for its line alone.
                    let one = Query {
                        by: vec![*dimension],
                        every: Every::Year,
                        from,
                        areas: Some(vec![row.area.clone()]),
                        topics: measure.has(Dimension::Topic).then(|| vec![row.topic]),
                        services: row.service.clone().map(|service| vec![service]),
                        stages: row.stage.map(|stage| vec![stage]),
                        levels: row.level.map(|level| vec![level]),
                        units: row.unit.map(|unit| vec![Some(unit)]),
                        bases: vec![row.basis],
                        ..Query::new(measure)
                    };
                    let alone = rows(&history.state, &one, today);
                    assert!(
                        alone.contains(&row),
                        "seed {seed} {measure:?} by {dimension:?}\n{row:#?}\n{alone:#?}"
                    );
                }
            }
        }
    }
}
