//! Every step width shows days of the daily series, and by change exactly those on which a value changes.

use crate::equality::{about_of, rows, wide};
use crate::model::About;
use crate::seeds::seeds;
use crate::workload::{Dice, history};
use ozg_core::measure::Measure;
use ozg_core::query::{Every, Query};
use ozg_core::state::State;
use ozg_core::words::{Basis, Day, Place};
use std::collections::BTreeMap;

/// The daily series of a line at the head.
fn daily(state: &State, query: &Query, today: Day) -> BTreeMap<Day, (About, Option<i64>, Option<i64>)> {
    let query = Query { every: Every::Day, ..query.clone() };
    let whole = |number: Option<ozg_core::words::Number>| number.and_then(ozg_core::words::Number::whole);
    rows(state, &query, today)
        .into_iter()
        .map(|row| (row.date, (about_of(&row), whole(row.value), whole(row.denominator))))
        .collect()
}

fn some_line(dice: &mut Dice) -> Query {
    let measures = [
        Measure::ServicesLaunched,
        Measure::ServicesRolledOut,
        Measure::Reuses,
        Measure::AuthoritiesActive,
        Measure::ServicesListed,
        Measure::ServicesCoveringAll,
        Measure::ReportingLagDays,
        Measure::MilestonesOverdue,
    ];
    let measure = *dice.pick(&measures);
    let pick = wide(measure);
    let one = |all: Vec<Place>, dice: &mut Dice| vec![dice.pick(&all).clone()];
    Query {
        areas: pick.areas.map(|all| one(all, dice)),
        topics: pick.topics.map(|all| vec![*dice.pick(&all)]),
        units: pick.units.map(|all| vec![*dice.pick(&all)]),
        stages: pick.stages.map(|all| vec![*dice.pick(&all)]),
        ..Query { bases: vec![Basis::Counted], ..Query::new(measure) }
    }
}

#[test]
fn every_step_width_shows_days_of_the_daily_series() {
    for seed in seeds(50) {
        let history = history(seed);
        let Some(batch) = history.batches.last() else { continue };
        let today = ozg_core::time::berlin_day(batch.at_ms);
        let mut dice = Dice::new(seed ^ 0x777);
        for _ in 0..6 {
            let query = some_line(&mut dice);
            let daily = daily(&history.state, &query, today);
            let whole =
                |number: Option<ozg_core::words::Number>| number.and_then(ozg_core::words::Number::whole);
            let first = daily.keys().next().copied();
            for every in [Every::Week, Every::Month, Every::Quarter, Every::Year] {
                let found = rows(&history.state, &Query { every, ..query.clone() }, today);
                let ends: Vec<Day> = first
                    .map(|first| {
                        (first.0..=today.0)
                            .map(Day)
                            .filter(|day| *day == today || ends(every, *day))
                            .collect()
                    })
                    .unwrap_or_default();
                let expected: Vec<Day> = ends.into_iter().filter(|day| daily.contains_key(day)).collect();
                assert_eq!(
                    found.iter().map(|row| row.date).collect::<Vec<_>>(),
                    expected,
                    "seed {seed} {query:?}"
                );
                for row in found {
                    let value = (about_of(&row), whole(row.value), whole(row.denominator));
                    assert_eq!(daily.get(&row.date), Some(&value), "seed {seed} {query:?}");
                    assert_eq!(
                        row.status.running,
                        row.date == today && !ends_on(every, today),
                        "{every:?} {today}"
                    );
                }
            }
            let changes: Vec<Day> =
                rows(&history.state, &Query { every: Every::Change, ..query.clone() }, today)
                    .iter()
                    .map(|r| r.date)
                    .collect();
            let mut expected = Vec::new();
            for (day, value) in &daily {
                if daily.get(&day.before()) != Some(value) {
                    expected.push(*day);
                }
                // A row without a value tells that the values end.
                if *day < today && !daily.contains_key(&day.after()) {
                    expected.push(day.after());
                }
            }
            assert_eq!(changes, expected, "seed {seed} {query:?}");
        }
    }
}

fn ends_on(every: Every, day: Day) -> bool {
    ends(every, day)
}

/// Tells whether a period ends on a day, by the calendar alone.
fn ends(every: Every, day: Day) -> bool {
    use chrono::Datelike;
    let (date, next) = (day.date(), day.after().date());
    match every {
        Every::Day | Every::Change => true,
        Every::Week => date.weekday() == chrono::Weekday::Sun,
        Every::Month => next.month() != date.month(),
        Every::Quarter => (next.month() - 1) / 3 != (date.month() - 1) / 3,
        Every::Year => next.year() != date.year(),
    }
}
