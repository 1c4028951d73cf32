//! Every answer equals the one that the model gives by definition.

use crate::model::{About, Asked, OnDay, Shown, Value, World};
use crate::seeds::seeds;
use crate::workload::{Dice, History, LAENDER, TOPICS, authorities, history, services};
use ozg_core::measure::{Counting, Dimension, Measure};
use ozg_core::query::{Every, Query, Viewpoint};
use ozg_core::series::{Row, SeriesError};
use ozg_core::state::State;
use ozg_core::words::{
    Area, Basis, ClaimKind, Day, Level, Number, PartialDate, Place, Qualifier, Slug, Stage, Unit,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub(crate) fn about_of(row: &Row) -> About {
    About {
        place: row.area.clone(),
        topic: row.topic,
        service: row.service.clone(),
        stage: row.stage,
        level: row.level,
        unit: row.unit,
    }
}

pub(crate) fn areas() -> Vec<Place> {
    [Area::DE, Area::TH].into_iter().chain(LAENDER).map(Place::Area).collect()
}

/// The lines that a query of everything has: by area, topic, unit, stage or level.
pub(crate) fn wide(measure: Measure) -> Query {
    Query {
        areas: Some(areas()),
        topics: measure
            .has(Dimension::Topic)
            .then(|| std::iter::once(None).chain(TOPICS.map(Some)).collect()),
        units: measure.has(Dimension::Unit).then(|| Unit::all().map(Some).collect()),
        stages: stages(measure),
        levels: measure
            .has(Dimension::Level)
            .then(|| ["1.1:2", "1.1:3", "2.0:5"].iter().map(|text| Level::read(text).unwrap()).collect()),
        bases: vec![Basis::Counted],
        ..Query::new(measure)
    }
}

fn stages(measure: Measure) -> Option<Vec<Stage>> {
    let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
    let of_plans = [Stage::Live, Stage::RolledOut, Stage::RollingOut];
    let of_reuses = [Stage::Live, Stage::RollingOut, Stage::Connected, Stage::Interested];
    measure.has(Dimension::Stage).then(|| if plans { of_plans.to_vec() } else { of_reuses.to_vec() })
}

/// The lines of single services.
fn by_service(measure: Measure) -> Query {
    let topics = measure.has(Dimension::Topic).then(|| vec![None, Some(TOPICS[0])]);
    let areas = [Area::DE, Area::BW, Area::SH].map(Place::Area).to_vec();
    Query { services: Some(services()), units: None, topics, areas: Some(areas), ..wide(measure) }
}

/// The lines of single authorities.
fn by_authority(measure: Measure) -> Query {
    Query { areas: Some(authorities().into_iter().map(Place::Authority).collect()), ..wide(measure) }
}

/// The lines of the region of the workload.
fn of_region(query: Query) -> Query {
    Query { areas: Some(vec![Place::read("region:mitte").unwrap()]), ..query }
}

/// Returns the rows of an answer; about a region or list that nobody ever defined there are none.
pub(crate) fn rows(state: &State, query: &Query, today: Day) -> Vec<Row> {
    match state.series(query, today) {
        Err(SeriesError::Undefined { .. }) => Vec::new(),
        // Of what is not known there are no rows.
        Err(SeriesError::Impossible(mistakes)) => {
            let is_known = |id: String| mistakes.iter().all(|mistake| mistake.value.as_ref() != Some(&id));
            let (mut areas, mut services) = (query.areas.clone(), query.services.clone());
            areas.iter_mut().for_each(|areas| areas.retain(|place| is_known(place.to_string())));
            services.iter_mut().for_each(|services| services.retain(|id| is_known(id.to_string())));
            let nothing = areas.as_ref().is_some_and(Vec::is_empty)
                || services.as_ref().is_some_and(Vec::is_empty)
                || (&areas, &services) == (&query.areas, &query.services);
            if nothing { Vec::new() } else { rows(state, &Query { areas, services, ..query.clone() }, today) }
        }
        answer => answer.unwrap().rows().collect(),
    }
}

/// Questions about regions, lists and territories, which are folded on demand.
pub(crate) fn narrowed() -> Vec<Query> {
    let region = Some(vec![Place::read("region:mitte").unwrap(), Place::Area(Area::BW)]);
    let list = Some(Slug::read("fokus").unwrap());
    let territory = Some(Day::read("2024-01-05").unwrap());
    let counted = Measure::all().filter(|measure| measure.row().counting != Counting::ReportedOnly);
    let mut all = Vec::new();
    for measure in counted {
        let per_service = measure.row().counting == Counting::PerService;
        let by = if per_service { vec![Dimension::Area, Dimension::Service] } else { vec![Dimension::Area] };
        let query = Query { every: Every::Change, by, ..Query::new(measure) };
        all.push(Query { areas: region.clone(), ..query.clone() });
        all.push(Query { list: list.clone(), areas: region.clone(), ..query.clone() });
    }
    let of_authorities = [
        Measure::Reuses,
        Measure::ReusesCurrent,
        Measure::ServicesCoveringAll,
        Measure::AuthoritiesActive,
        Measure::PopulationCovered,
    ];
    all.extend(of_authorities.map(|measure| Query {
        every: Every::Change,
        territory,
        ..Query::new(measure)
    }));
    all
}

/// Lists the lines of a query of lists, without asking the core.
fn lines(query: &Query) -> Vec<About> {
    let has = |dimension| query.measure.has(dimension);
    let stages: Vec<Option<Stage>> =
        query.stages.as_ref().map_or(vec![None], |all| all.iter().copied().map(Some).collect());
    let levels: Vec<Option<Level>> =
        query.levels.as_ref().map_or(vec![None], |all| all.iter().copied().map(Some).collect());
    let mut found = Vec::new();
    for place in query.areas.iter().flatten() {
        for topic in query.topics.clone().unwrap_or_else(|| vec![None]) {
            for stage in &stages {
                for level in &levels {
                    let about = |service: Option<ozg_core::words::ServiceId>, unit: Option<Unit>| About {
                        place: place.clone(),
                        topic,
                        service,
                        stage: *stage,
                        level: *level,
                        unit: unit.filter(|_| has(Dimension::Unit)),
                    };
                    match (&query.services, &query.units) {
                        (Some(services), _) => {
                            found.extend(services.iter().map(|id| about(Some(id.clone()), Some(id.unit()))));
                        }
                        (None, Some(units)) => {
                            found.extend(units.iter().map(|unit| about(None, *unit)));
                        }
                        (None, None) => found.push(about(None, None)),
                    }
                }
            }
        }
    }
    found
}

/// Compares all counted rows of one day.
fn compare(seed: u64, state: &State, on_day: &OnDay<'_>, query: &Query, day: Day) -> usize {
    let mut found: BTreeMap<About, Value> = BTreeMap::new();
    for row in rows(state, query, day) {
        assert_eq!(row.date, day, "seed {seed}");
        let whole = |number: ozg_core::words::Number| number.whole().unwrap();
        let below = row.denominator.map(whole);
        let value = Value {
            value: row.value.map(whole).unwrap(),
            below,
            partial: row.status.partial,
            first_edition: row.status.first_edition,
        };
        assert_eq!(found.insert(about_of(&row), value), None, "seed {seed}: a line twice");
    }
    let at = |about: &About| {
        format!("seed {seed} {:?} on {day} as of {:?} {about:?}", query.measure, query.viewpoint)
    };
    let lines = lines(query);
    for about in &lines {
        let mut expected = on_day.counted(query.measure, about);
        let answer = found.remove(about);
        // Where nothing was ever possible there is no denominator; else a zero is one.
        if let (Some(expected), Some(Value { below: None, .. })) = (&mut expected, answer) {
            expected.below = expected.below.filter(|below| *below != 0);
        }
        assert_eq!(answer, expected, "{}", at(about));
    }
    assert!(found.is_empty(), "seed {seed}: lines that were not asked for: {found:?}");
    lines.len()
}

/// Chooses some of the days on which anything changes, and neighbours of them.
pub(crate) fn some_days(dice: &mut Dice, world: &World, last: Day, count: usize) -> Vec<Day> {
    let mut days: Vec<Day> =
        world.days().into_iter().flat_map(|day| [day.before(), day, day.after()]).collect();
    days.push(last);
    days.retain(|day| *day > Day::EVER && *day <= last);
    dice.shuffle(&mut days);
    days.truncate(count);
    days
}

fn check_counted(seed: u64) -> usize {
    let history = history(seed);
    let mut dice = Dice::new(seed ^ 0xc0de);
    let mut compared = 0;
    for batch in &history.batches {
        if !dice.chance(45) {
            continue;
        }
        let world = history.model.world(batch.last);
        let today = ozg_core::time::berlin_day(batch.at_ms);
        for day in some_days(&mut dice, &world, today, 2) {
            let on_day = world.on(day);
            for measure in Measure::all().filter(|_| dice.chance(40)).collect::<Vec<_>>() {
                let counting = measure.row().counting;
                let viewpoint = Viewpoint::Position(batch.last);
                let at = |query: Query| Query { on: Some(day), viewpoint, ..query };
                if matches!(counting, Counting::Stored | Counting::Folded) {
                    compared += compare(seed, &history.state, &on_day, &at(wide(measure)), day);
                    let region = at(of_region(wide(measure)));
                    compared += compare(seed, &history.state, &on_day, &region, day);
                }
                if measure.has(Dimension::Service) && counting != Counting::ReportedOnly {
                    compared += compare(seed, &history.state, &on_day, &at(by_service(measure)), day);
                    let region = at(of_region(by_service(measure)));
                    compared += compare(seed, &history.state, &on_day, &region, day);
                }
                let of_levels = matches!(measure, Measure::ServicesCompliant | Measure::ServicesAtMaturity);
                if of_levels || matches!(measure, Measure::Reuses | Measure::ReusesCurrent) {
                    compared += compare(seed, &history.state, &on_day, &at(by_authority(measure)), day);
                }
                if of_levels {
                    let query = Query { services: Some(services()), units: None, ..by_authority(measure) };
                    compared += compare(seed, &history.state, &on_day, &at(query), day);
                }
            }
        }
    }
    compared
}

#[test]
fn every_counted_value_equals_the_naive_one() {
    let compared: usize = seeds(40).map(check_counted).sum();
    assert!(compared > 0);
    eprintln!("{compared} counted values compared");
}

fn shown(row: &Row) -> Shown {
    let percent = row.value.is_none().then(|| row.share.unwrap());
    Shown {
        value: row.value,
        percent,
        qualifier: row.qualifier.or(percent.and(row.share_qualifier)),
        upper: row.upper.or(percent.and(row.share_upper)),
        of: row.denominator,
        of_qualifier: row.denominator_qualifier,
        period: row.period(),
        published: row.published.map(PartialDate::last),
        conflict: row.status.conflict,
        carried: row.status.carried,
        sources: row.source.clone(),
    }
}

/// All lines that claims of the workload can be about.
fn claimed(measure: Measure, with_services: bool) -> Query {
    let topics =
        measure.has(Dimension::Topic).then(|| std::iter::once(None).chain(TOPICS.map(Some)).collect());
    Query {
        areas: Some(areas()),
        topics,
        services: with_services.then(services),
        stages: stages(measure),
        bases: vec![Basis::Reported],
        ..Query::new(measure)
    }
}

/// Asks for one point: a day, or the end of a span within a year.
fn at_point(query: Query, span: &RangeInclusive<Day>) -> Query {
    let (from, day) = (*span.start(), *span.end());
    match from == day {
        true => Query { on: Some(day), ..query },
        false => Query { from: Some(from), to: Some(day), every: Every::Year, ..query },
    }
}

/// Chooses a point that ends on a day: the day itself, or a span of up to two months within its year.
fn point(dice: &mut Dice, day: Day) -> RangeInclusive<Day> {
    let back = u16::try_from(dice.below(60)).unwrap();
    let from = Day(day.0 - back);
    let is_of_year = from.to_string()[..4] == day.to_string()[..4];
    if is_of_year && dice.chance(50) { from..=day } else { day..=day }
}

fn check_reported(history: &History, seed: u64) {
    let mut dice = Dice::new(seed ^ 0xfeed);
    for batch in &history.batches {
        let world = history.model.world(batch.last);
        let today = ozg_core::time::berlin_day(batch.at_ms);
        for day in some_days(&mut dice, &world, today, 4) {
            let span = point(&mut dice, day);
            let kinds: Vec<ClaimKind> = match dice.below(3) {
                0 => vec![ClaimKind::Stock],
                1 => vec![ClaimKind::Period],
                _ => ClaimKind::all().collect(),
            };
            let published_until =
                dice.chance(30).then(|| Day(day.0 - u16::try_from(dice.below(40)).unwrap()));
            let asked = Asked { kinds, published_until };
            let measures = [
                Measure::ServicesLaunched,
                Measure::Applications,
                Measure::Reuses,
                Measure::ReusesCurrent,
                Measure::ReusesPossible,
            ];
            for measure in measures {
                let mut found: BTreeMap<(About, Option<String>), Vec<Shown>> = BTreeMap::new();
                for with_services in [false, true] {
                    let query = at_point(claimed(measure, with_services), &span);
                    let Asked { kinds, published_until } = asked.clone();
                    let viewpoint = Viewpoint::Position(batch.last);
                    let query = Query { viewpoint, kinds, published_until, ..query };
                    for row in rows(&history.state, &query, today) {
                        found.entry((about_of(&row), row.scope.clone())).or_default().push(shown(&row));
                    }
                }
                found.values_mut().for_each(|rows| rows.sort());
                let mut expected = world.reported(measure, &asked, span.clone());
                for rows in expected.values_mut() {
                    for row in rows.iter_mut().filter(|row| row.percent.is_some()) {
                        row.percent = row.percent.map(Number::hundredth);
                        row.upper = row.upper.map(Number::hundredth);
                    }
                    rows.sort();
                }
                assert_eq!(
                    found, expected,
                    "seed {seed} {measure:?} {asked:?} in {span:?} as of {}",
                    batch.last
                );
            }
        }
    }
}

#[test]
fn every_claim_that_holds_equals_the_naive_one() {
    seeds(80).for_each(|seed| check_reported(&history(seed), seed));
}

#[test]
fn sums_of_claims_equal_the_naive_ones() {
    for seed in seeds(50) {
        let history = history(seed);
        let mut dice = Dice::new(seed ^ 0x5a5a);
        for batch in &history.batches {
            let world = history.model.world(batch.last);
            let today = ozg_core::time::berlin_day(batch.at_ms);
            for day in some_days(&mut dice, &world, today, 3) {
                let span = point(&mut dice, day);
                let query = Query {
                    bases: vec![Basis::Summed],
                    viewpoint: Viewpoint::Position(batch.last),
                    ..wide(Measure::Reuses)
                };
                let said = |row: &Row| (row.value.unwrap(), row.qualifier, row.upper, row.status.carried);
                let found: BTreeMap<About, _> = rows(&history.state, &at_point(query.clone(), &span), today)
                    .into_iter()
                    .map(|row| (about_of(&row), said(&row)))
                    .collect();
                for about in lines(&query) {
                    let expected = world.summed(Measure::Reuses, &about, &span).map(|(sum, carried)| {
                        let inexact = Some(sum.qualifier).filter(|it| *it != Qualifier::Exact);
                        (sum.number, inexact, sum.upper, carried)
                    });
                    let answer = found.get(&about).copied();
                    assert_eq!(answer, expected, "seed {seed} in {span:?} as of {} {about:?}", batch.last);
                }
            }
        }
    }
}
