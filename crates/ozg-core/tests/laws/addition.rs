//! Law 6: the parts of a dimension add up to the whole where the table of measures says so.

use crate::equality::{about_of, areas, rows, some_days, wide};
use crate::model::About;
use crate::seeds::seeds;
use crate::workload::{Dice, history, services};
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::Query;
use ozg_core::series::Row;
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Basis, Day, Stage};
use std::collections::BTreeMap;

type Counts = BTreeMap<About, i64>;

fn counts(state: &State, query: Query, today: Day) -> Counts {
    let query = Query { on: Some(today), bases: vec![Basis::Counted], ..query };
    let whole = |row: &Row| row.value.and_then(ozg_core::words::Number::whole).unwrap();
    rows(state, &query, today).iter().map(|row| (about_of(row), whole(row))).collect()
}

/// Sums the parts of each line over a dimension that `key` takes away.
fn summed(parts: &Counts, key: impl Fn(&About) -> About) -> Counts {
    let mut sums = Counts::new();
    parts.iter().for_each(|(about, value)| *sums.entry(key(about)).or_default() += value);
    sums
}

fn fits(seed: u64, what: &str, whole: &Counts, sums: &Counts) {
    for (about, sum) in sums {
        assert_eq!(whole.get(about).copied().unwrap_or(0), *sum, "seed {seed} {what} {about:?}");
    }
}

#[test]
fn addition_holds_where_the_table_of_measures_says_so() {
    for seed in seeds(25) {
        let history = history(seed);
        let Some(last) = history.batches.last() else { continue };
        let state = &history.state;
        let world = history.model.world(last.last);
        let mut dice = Dice::new(seed ^ 0x55);
        for day in some_days(&mut dice, &world, berlin_day(last.at_ms), 1) {
            let adding =
                Measure::all().filter(|measure| !measure.row().adds_over.is_empty() && dice.chance(40));
            for measure in adding.collect::<Vec<_>>() {
                let per_service = !measure.has(Dimension::Unit);
                let services = per_service.then(services);
                let all = Query { services, ..wide(measure) };
                let whole = counts(state, all.clone(), day);
                for dimension in measure.row().adds_over {
                    match dimension {
                        Dimension::Area => check_areas(seed, state, &all, &whole, day),
                        Dimension::Service => {
                            // A sum of which not all parts are known has no value.
                            let is_known = |about: &About| {
                                measure != Measure::ReusesPossible || whole.contains_key(about)
                            };
                            let parts = counts(
                                state,
                                Query { services: Some(crate::workload::services()), ..all.clone() },
                                day,
                            );
                            fits(
                                seed,
                                &format!("services of {measure:?} on {day}"),
                                &whole,
                                &summed(&parts, |about| About { service: None, ..about.clone() })
                                    .into_iter()
                                    .filter(|(about, _)| is_known(about))
                                    .collect(),
                            );
                        }
                        Dimension::Stage if measure == Measure::ReusesCurrent => {}
                        Dimension::Stage => {
                            let stages = Some(Stage::all().collect());
                            let parts = counts(state, Query { stages, ..all.clone() }, day);
                            let total = counts(state, Query { stages: None, ..all.clone() }, day);
                            fits(
                                seed,
                                &format!("stages of {measure:?} on {day}"),
                                &total,
                                &summed(&parts, |about| About { stage: None, ..about.clone() }),
                            );
                        }
                        other => panic!("no test for {other:?}"),
                    }
                }
            }
            check_stages_and_order(seed, state, day);
        }
    }
}

/// DE is the sum of the 16 Länder and of the authorities without one, which are those of the Bund.
fn check_areas(seed: u64, state: &State, all: &Query, whole: &Counts, day: Day) {
    use ozg_core::words::{Area, AuthorityId, AuthorityKind, Place};
    let laender = Query { areas: Some(Area::laender().map(Place::Area).collect()), ..all.clone() };
    let germany = |about: &About| About { place: Place::Area(Area::DE), ..about.clone() };
    let sums = summed(&counts(state, laender, day), germany);
    let mut federal = Counts::new();
    if matches!(all.measure, Measure::Reuses | Measure::ReusesCurrent) {
        let bund: Vec<AuthorityId> = crate::workload::authorities();
        let bund =
            bund.into_iter().filter(|id| id.kind() == AuthorityKind::Bund).map(Place::Authority).collect();
        federal = summed(&counts(state, Query { areas: Some(bund), ..all.clone() }, day), germany);
    }
    for (about, value) in whole.iter().filter(|(about, _)| about.place == Place::Area(Area::DE)) {
        let laender = sums.get(about).copied().unwrap_or(0);
        match all.measure {
            Measure::Reuses | Measure::ReusesCurrent => {
                let rest = federal.get(about).copied().unwrap_or(0);
                // A Land without any milestone is silent, and then has no pairs either.
                assert_eq!(
                    *value,
                    laender + rest,
                    "seed {seed} areas of {:?} {about:?} on {day}",
                    all.measure
                );
            }
            // What is possible or registered in a Land before its first milestone is not shown there.
            _ => assert!(*value >= laender, "seed {seed} areas of {:?} {about:?} on {day}", all.measure),
        }
    }
}

/// Stages of `reuses_current` sum to the pairs with any stage; rolled out ≤ launched ≤ listed.
fn check_stages_and_order(seed: u64, state: &State, day: Day) {
    let stages: Vec<Stage> = Stage::of_authorities().collect();
    let current = counts(state, Query { stages: Some(stages.clone()), ..wide(Measure::ReusesCurrent) }, day);
    let any = summed(&current, |about| About { stage: None, ..about.clone() });
    let each = counts(state, Query { stages: Some(stages), ..wide(Measure::Reuses) }, day);
    let most = summed(&each, |about| About { stage: None, ..about.clone() });
    for (about, pairs) in &any {
        let least = each
            .iter()
            .filter(|(of, _)| About { stage: None, ..(*of).clone() } == *about)
            .map(|(_, v)| *v)
            .max();
        assert!(
            (least.unwrap_or(0)..=most.get(about).copied().unwrap_or(0)).contains(pairs),
            "seed {seed} {about:?}"
        );
    }
    let of = |measure| counts(state, Query { areas: Some(areas()), ..wide(measure) }, day);
    let (listed, launched) = (of(Measure::ServicesListed), of(Measure::ServicesLaunched));
    for (about, rolled_out) in of(Measure::ServicesRolledOut) {
        assert!(
            rolled_out <= launched[&about] && launched[&about] <= listed[&about],
            "seed {seed} {about:?} on {day}"
        );
    }
}
