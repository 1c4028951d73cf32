//! A question with every parameter that decides spelt out, so that its address means the same for ever (rule 19).

use crate::asof::AsOf;
use crate::lines::{DataState, Line, counts_plans, last_due};
use crate::measure::Dimension;
use crate::query::{Every, Query, RULES, Shape, Viewpoint};
use crate::time::berlin_day;
use crate::words::{Area, Basis, Day, Language, Place, Stage, Unit};

/// Spells a query out at a data state, today, with the lines that it has.
pub(super) fn spelt_out(
    at: AsOf<'_>,
    query: &Query,
    (data, today): (&DataState, Day),
    lines: &[Line],
) -> Query {
    let mut effective = Query { begins: Vec::new(), rules: RULES.last().copied(), ..query.clone() };
    effective.viewpoint = Viewpoint::Position(data.position);
    if query.shape == Shape::Wide {
        effective.language = query.language.or(Some(Language::German));
    }
    put_dimensions(&mut effective, lines);
    put_days(&mut effective, (at, data, today), lines);
    effective
}

/// Puts in the areas, topics, stages and units of the lines where the question named none. A dimension that is spread out stays
/// so. A line of plans over all stages gets no stage.
fn put_dimensions(query: &mut Query, lines: &[Line]) {
    let fixes = |dimension: Dimension| query.measure.has(dimension) && !query.spreads(dimension);
    let [area, topic, stage, unit] =
        [Dimension::Area, Dimension::Topic, Dimension::Stage, Dimension::Unit].map(fixes);
    let units = once_each(lines.iter().map(|line| line.about.unit));
    let units = if units.is_empty() { vec![Some(Unit::Ozg)] } else { units };
    let held: Option<Vec<Stage>> = once_each(lines.iter().map(|line| line.about.stage)).into_iter().collect();
    let held = held.filter(|held| !held.is_empty()).or_else(|| {
        let is_total = counts_plans(query);
        (!is_total).then_some(vec![Stage::Live])
    });
    query.areas = query.areas.take().or_else(|| area.then(|| vec![Place::Area(Area::DE)]));
    query.topics = query.topics.take().or_else(|| topic.then(|| vec![None]));
    query.stages = query.stages.take().or(held.filter(|_| stage));
    query.units = query.units.take().or(Some(units).filter(|_| unit));
}

/// Puts in the days: an answer ends today, a pinned one by itself on the day of its data state, one of targets with the last.
fn put_days(query: &mut Query, (at, data, today): (AsOf<'_>, &DataState, Day), lines: &[Line]) {
    let end = match (&data.batch, data.pinned) {
        (Some(batch), true) => berlin_day(batch.recorded_at_ms).min(today),
        _ => today,
    };
    let aimed = lines.iter().filter(|line| line.basis == Basis::Target);
    let end = aimed.filter_map(|line| last_due(at, query, &line.about)).chain([end]).max();
    // What is asked for expressly may go on to today, and that of plans and targets beyond.
    let reaches_out = query.bases.iter().any(|basis| query.reaches_out(*basis));
    let cut = |day: Day| if reaches_out { day } else { day.min(today) };
    query.to = query.to.map(cut).or(end.max(query.from));
    query.on = query.on.map(cut);
    // The first value, at most the last day.
    query.from = query.from.or(lines.iter().map(|line| line.start).chain(query.to).min());
    if query.on.is_some() {
        (query.from, query.to, query.last) = (None, None, None);
        query.every = Every::Month;
    }
}

/// Lists values, each once, in the order in which they come.
fn once_each<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}
