//! Rows of counted lines: value and denominator of each day.

use super::Line;
use super::behind::Grounds;
use super::points::{OnPoints, Point};
use super::row::{Header, Observed, Proof, Row, Status};
use crate::asof::AsOf;
use crate::query::Every;
use crate::steps::Steps;
use crate::words::{Day, Number, PartialDate};

/// Computes the rows of a counted line.
pub(crate) fn rows(at: AsOf<'_>, header: &Header, line: &Line, points: &[Point]) -> Vec<Row> {
    let counted = crate::count::counted(at, &header.query, &line.about);
    let mut value_on = counted.value.cursor();
    let mut below_on = counted.denominator.as_ref().map(Steps::cursor);
    let mut rows = Vec::with_capacity(points.len().min(1024));
    let on_points = OnPoints::new(header, points);
    let days = || Some(counted.days());
    let (grounds, scope) = (Grounds::of(at, header, line), scope(header));
    let (disputed_from, moved) = (grounds.disputed_from(at), grounds.last_of_days());
    // By change, a row holds until the next one, so a row without a value marks the end of the values.
    let tells_end = header.query.every == Every::Change && header.query.on.is_none();
    let mut has_value = false;
    let look = |point: &Point| {
        let partial = counted.partial.on(point.day);
        let had_value =
            std::mem::replace(&mut has_value, counted.holds.as_ref().is_none_or(|holds| holds.on(point.day)));
        if !has_value {
            return (had_value && tells_end).then_some(((None, None, partial), (None, None, partial, None)));
        }
        let step = value_on.step_on(point.day);
        let value = Some(Number::from(step.map_or(0, |(_, value)| *value)));
        let counted_below =
            below_on.as_mut().map(|below| below.step_on(point.day).map_or(0, |(_, below)| *below));
        let is_whole = !partial && counted.whole.as_ref().is_none_or(|whole| whole.on(point.day));
        let below = counted_below.filter(|_| is_whole).map(Number::from);
        let observed = step.map(|(day, _)| *day).filter(|day| *day > Day::EVER);
        Some(((value, below, partial), (value, below, partial, observed)))
    };
    on_points.put(line.start, days, look, |point, (value, denominator, partial, observed)| {
        let status = Status {
            disputed: disputed_from.is_some_and(|from| from <= point.day),
            simulated: header.simulated,
            running: point.running,
            first_edition: !partial && counted.early.on(point.day),
            partial,
            ..Status::default()
        };
        rows.push(Row {
            value,
            denominator,
            share: denominator.and_then(|denominator| value?.divided_by(denominator)),
            observed: observed.map(|day| Observed::On(PartialDate::Day(day))),
            proof: Proof::of(observed.and_then(|day| moved.get(&day).copied())),
            scope: scope.clone(),
            status,
            ..Row::empty(line, point.day)
        });
    });
    on_points.newest(rows)
}

/// Returns the words that narrow what was counted: the list and the territory that were asked for.
fn scope(header: &Header) -> Option<String> {
    let list = header.query.list.as_ref().map(|list| format!("list={list}"));
    let territory = header.query.territory.map(|day| format!("territory={day}"));
    let words: Vec<String> = list.into_iter().chain(territory).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
