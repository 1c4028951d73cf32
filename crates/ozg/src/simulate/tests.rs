//! Tests: every statement of a generated log is accepted, and the same seed gives the same log.

use super::*;
use ozg_core::event::{EventType, Replaces};
use ozg_core::ledger::Request;
use ozg_core::state::State;
use std::collections::BTreeMap;

fn simulation(entries: usize, seed: u64) -> Simulation {
    Simulation::new(Settings { entries, seed, batch_entries: 2_000 })
}

#[test]
fn every_batch_is_accepted_and_news() {
    for seed in [1, 7] {
        let mut state = State::default();
        let mut recorded = 0;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ids = 0u128;
        for batch in simulation(40_000, seed) {
            let request = Request {
                office: OFFICE,
                rights: Default::default(),
                now_ms: batch.recorded_at_ms,
                on_conflict: Default::default(),
                was_accepted: false,
            };
            for draft in &batch.drafts {
                let corrects = matches!(draft.replaces, Some(Replaces::Entry(_)));
                let kind = if corrects { "corrected" } else { draft.body.event_type().id() };
                *counts.entry(kind).or_default() += 1;
            }
            let mut new_id = || {
                ids += 1;
                uuid::Uuid::from_u128(ids)
            };
            let accepted = state.accept(&batch.drafts, &request, &mut new_id).unwrap();
            assert_eq!(accepted.events.len(), batch.drafts.len());
            recorded += accepted.events.len();
            state = accepted.into_state(&request, batch.recorded_at_ms, true);
        }
        assert_eq!(recorded, 40_000);
        let units_and_kinds = 14;
        assert_eq!(counts["register-declared"], units_and_kinds, "all is declared complete (rule 10a)");
        let listed = ["authority-listed", "service-listed", "register-declared"].map(|name| counts[name]);
        let share = |name: &str| counts[name] * 1_000 / (recorded - listed.iter().sum::<usize>());
        assert!((15..25).contains(&share("corrected")), "{counts:?}");
        assert!((7..13).contains(&share("entry-withdrawn")), "{counts:?}");
        assert!((15..40).contains(&share("milestone-ended")), "{counts:?}");
        assert!(counts[EventType::MilestoneReached.id()] > 25_000, "{counts:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_log() {
    let all = |seed| simulation(5_000, seed).flat_map(|batch| batch.drafts).collect::<Vec<_>>();
    assert_eq!(all(3), all(3));
    assert_ne!(all(3), all(4));
    assert_eq!(all(3).len(), 5_000);
}

#[test]
fn time_never_goes_back() {
    let times: Vec<i64> = simulation(30_000, 1).map(|batch| batch.recorded_at_ms).collect();
    assert!(times.is_sorted());
    let last = berlin_day(times[times.len() - 1]);
    assert!(last.to_string().starts_with("2026"), "{last}");
}
