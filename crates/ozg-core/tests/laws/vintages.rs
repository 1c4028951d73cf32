//! Vintages against the law that an answer at a position is an answer as of that position: the rows of `vintages=all` that
//! were known at a position are the answer at that position, for every position of random histories.

use crate::equality::{narrowed, rows, wide};
use crate::seeds::few_seeds;
use crate::workload::{History, history};
use ozg_core::measure::{Dimension, Measure};
use ozg_core::query::{Every, Query, Viewpoint, Vintages};
use ozg_core::series::Row;
use ozg_core::words::{Basis, Day, Position};

fn questions() -> Vec<Query> {
    let bases = vec![Basis::Counted, Basis::Reported];
    let mut all: Vec<Query> = Measure::all()
        .map(|measure| Query { every: Every::Quarter, bases: bases.clone(), ..wide(measure) })
        .collect();
    for measure in
        [Measure::Reuses, Measure::ServicesLaunched, Measure::ReusesPossible, Measure::AreasReusing]
    {
        all.push(Query {
            every: Every::Year,
            by: vec![Dimension::Area, Dimension::Service],
            ..Query::new(measure)
        });
    }
    let bases = vec![Basis::Summed, Basis::Target];
    all.push(Query { bases, every: Every::Year, ..Query::new(Measure::Reuses) });
    all.extend(narrowed().into_iter().map(|query| Query { every: Every::Year, ..query }));
    all
}

/// Sorts rows as any order of lines would have them, without their vintages.
fn plain(rows: impl Iterator<Item = Row>) -> Vec<String> {
    let mut all: Vec<String> = rows.map(|row| format!("{:?}", Row { vintage: None, ..row })).collect();
    all.sort();
    all
}

fn known_at(rows: &[Row], position: Position) -> Vec<String> {
    let known = rows.iter().filter(|row| {
        let vintage = row.vintage.unwrap();
        vintage.from.position <= position && vintage.until.is_none_or(|until| position < until.position)
    });
    plain(known.cloned())
}

fn bounds(history: &History) -> (Day, Day) {
    let today = ozg_core::time::berlin_day(history.batches.last().unwrap().at_ms);
    (Day::read("2017-01-01").unwrap(), today)
}

#[test]
fn vintages_known_at_a_position_are_the_answer_at_that_position() {
    for seed in few_seeds(4) {
        let history = history(seed);
        let (from, today) = bounds(&history);
        for query in questions() {
            let query = Query { from: Some(from), to: Some(today), ..query };
            let all = rows(&history.state, &Query { vintages: Some(Vintages::All), ..query.clone() }, today);
            for batch in &history.batches {
                let viewpoint = Viewpoint::Position(batch.last);
                let at = Query { viewpoint, ..query.clone() };
                if history.state.series(&at, today).is_err() {
                    continue; // A region or list was not defined yet.
                }
                let then = rows(&history.state, &at, today);
                let (known, then) = (known_at(&all, batch.last), plain(then.into_iter()));
                let differs: Vec<_> = known.iter().filter(|row| !then.contains(row)).take(2).collect();
                let lacks: Vec<_> = then.iter().filter(|row| !known.contains(row)).take(2).collect();
                assert!(known == then, "seed {seed} at {} {query:?}\n{differs:#?}\n{lacks:#?}", batch.last);
            }
        }
    }
}

#[test]
fn the_latest_vintages_are_the_answer_and_updates_tell_two_data_states_apart() {
    for seed in few_seeds(6) {
        let history = history(seed);
        let (from, today) = bounds(&history);
        let middle = history.batches[history.batches.len() / 2].last;
        for query in questions() {
            let query = Query { from: Some(from), to: Some(today), ..query };
            let ask = |query: Query| rows(&history.state, &query, today);
            let now = ask(query.clone());
            let latest = ask(Query { vintages: Some(Vintages::Latest), ..query.clone() });
            assert_eq!(plain(latest.into_iter()), plain(now.clone().into_iter()), "seed {seed}: {query:?}");
            let viewpoint = Viewpoint::Position(middle);
            if history.state.series(&Query { viewpoint, ..query.clone() }, today).is_err() {
                continue; // A region or list was not defined yet.
            }
            let then = ask(Query { viewpoint, ..query.clone() });
            let updated = ask(Query { updated_after: Some(viewpoint), ..query.clone() });
            let new = now.iter().filter(|row| !then.contains(row)).cloned();
            let told = updated.iter().filter(|row| !row.status.withdrawn).cloned();
            assert_eq!(plain(told), plain(new), "seed {seed}: {query:?}");
        }
    }
}
