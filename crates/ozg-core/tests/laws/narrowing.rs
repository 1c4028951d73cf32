//! Narrowing that narrows nothing: a list of all services answers as no list, a region of one Land as that Land, a region of
//! all Kreise of a Land counts the authorities in them.

use crate::desk::{Desk, empty};
use crate::equality::rows;
use crate::seeds::few_seeds;
use crate::workload::history;
use ozg_core::measure::{Denominator, Dimension, Measure};
use ozg_core::query::{Every, Query};
use ozg_core::series::{Row, Status};
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{Area, Basis, Day, Place, Slug};

/// Those that count authorities, so that they can be asked for another territory.
const OF_AUTHORITIES: [Measure; 6] = [
    Measure::ServicesCoveringAll,
    Measure::Reuses,
    Measure::ReusesCurrent,
    Measure::ReusesPossible,
    Measure::AuthoritiesActive,
    Measure::PopulationCovered,
];

/// Returns what the rows say without what they were narrowed by.
fn plain(state: &State, query: &Query, today: Day) -> Vec<Row> {
    let plain = |row: Row| {
        let denominator = row.denominator.filter(|below| *below != 0.into());
        Row { scope: None, area: Place::Area(Area::BW), denominator, ..row }
    };
    rows(state, query, today).into_iter().map(plain).collect()
}

/// Leaves out what rests on the catalogue, which a list does not need (rule 10b).
fn without_catalogue(rows: Vec<Row>, query: &Query) -> Vec<Row> {
    if query.measure.row().denominator != Denominator::ServicesListed {
        return rows;
    }
    let without = |row: Row| {
        let status = Status { partial: false, first_edition: false, ..row.status };
        Row { denominator: None, share: None, status, ..row }
    };
    let mut rows: Vec<Row> = rows.into_iter().map(without).collect();
    if query.every == Every::Change {
        rows.dedup_by(|next, before| Row { date: before.date, ..next.clone() } == *before);
    }
    rows
}

fn narrowed(seed: u64) -> (State, Day) {
    let history = history(seed);
    let at_ms = history.batches.last().unwrap().at_ms + 1;
    let mut desk = Desk { state: history.state, now_ms: at_ms, office: "office-a", ..empty() };
    // Lists name services that are known; a service that was only delisted is none.
    let all: Vec<String> = desk
        .state
        .services()
        .filter(|service| {
            desk.state.service(service).is_some_and(|said| {
                said.listings.iter().any(|listing| listing.stands && listing.what.is_some())
            })
        })
        .map(ToString::to_string)
        .collect();
    let list = format!("list-defined list=alle; name=Alle; services={}", all.join(","));
    let said = desk.say(&[&list, "region-defined region=land; name=Land; members=BW"]);
    assert!(!said.contains("refused"), "seed {seed}: {said}");
    (desk.state, berlin_day(at_ms))
}

/// Everything that is counted of a Land: month by month, by stage, and by service where services have such values.
fn questions(measure: Measure) -> Vec<Query> {
    let query = Query {
        areas: Some(vec![Place::Area(Area::BW)]),
        bases: vec![Basis::Counted],
        every: Every::Month,
        by: if measure.has(Dimension::Stage) { vec![Dimension::Stage] } else { Vec::new() },
        ..Query::new(measure)
    };
    let by = [query.by.clone(), vec![Dimension::Service]].concat();
    let by_service = Query { by, ..query.clone() };
    let mut all = vec![query.clone(), Query { every: Every::Change, ..query }];
    all.extend(measure.has(Dimension::Service).then_some(by_service));
    all
}

#[test]
fn narrowing_that_narrows_nothing_changes_nothing() {
    for seed in few_seeds(15) {
        let (state, today) = narrowed(seed);
        for query in Measure::all().flat_map(questions) {
            let measure = query.measure;
            let whole = plain(&state, &query, today);
            let of_list = Query { list: Slug::read("alle").ok(), ..query.clone() };
            // The first edition of a catalogue stands for the time before it, a list is as it was.
            if measure != Measure::ServicesListed {
                assert_eq!(
                    without_catalogue(plain(&state, &of_list, today), &query),
                    without_catalogue(whole.clone(), &query),
                    "seed {seed} {measure}: a list of all services"
                );
            }
            let region = Query { areas: Some(vec![Place::read("region:land").unwrap()]), ..query.clone() };
            let of_region = plain(&state, &region, today);
            assert_eq!(of_region, whole, "seed {seed} {measure}: a region of one Land");
        }
    }
}

#[test]
fn the_territory_of_a_day_is_that_of_the_day_on_the_day() {
    for seed in few_seeds(15) {
        let history = history(seed);
        let today = berlin_day(history.batches.last().unwrap().at_ms);
        for day in (0..2).map(|back| Day(today.0 - back * 17)) {
            for measure in OF_AUTHORITIES {
                let query = Query { on: Some(day), bases: vec![Basis::Counted], ..Query::new(measure) };
                let then = Query { territory: Some(day), ..query.clone() };
                // What changed last is another day where predecessors count in, and there is no first edition.
                let values = |query: &Query| -> Vec<String> {
                    let found = rows(&history.state, query, today);
                    // Where nothing is possible there may be a zero or nothing.
                    let below = |row: &Row| row.denominator.filter(|below| *below != 0.into());
                    let said = |row: &Row| (row.area.clone(), row.stage, row.value, below(row));
                    found.iter().map(|row| format!("{:?}", said(row))).collect()
                };
                assert_eq!(values(&then), values(&query), "seed {seed} {measure} on {day}");
            }
        }
    }
}
