//! Sums of claims about single services, only when asked for (SEMANTICS 15).

use super::counted::empty_row;
use super::lines::{About, Line};
use super::points::Point;
use super::reported::{Claims, Shown, holding};
use super::row::{Header, Observed, Row, Status};
use crate::event::Amount;
use crate::query::Every;
use crate::state::State;
use crate::words::{Area, Day, Figure, Number, PartialDate, Place, Qualifier, ServiceId};
use std::collections::BTreeSet;

impl Claims {
    /// Returns the first day on which any part of a sum holds.
    pub(super) fn start_of_sum(&self, about: &About) -> Option<Day> {
        parts(self, about).into_iter().flat_map(|(_, shown)| shown.first()).map(|shown| shown.day).min()
    }
}

/// Lists the claims that may enter a sum: those about one service each, for the area or, for DE, for a Land.
fn parts<'a>(claims: &'a Claims, about: &About) -> Vec<(&'a About, &'a [Shown])> {
    if about.service.is_some() {
        return Vec::new();
    }
    let same_kind = |part: &About| {
        part.service.is_some() && (part.stage, part.level) == (about.stage, about.level) && part.unit == about.unit
    };
    let in_area = |part: &About| match (&about.place, &part.place) {
        (Place::Area(Area::DE), Place::Area(_)) => true,
        (asked, found) => asked == found,
    };
    let fitting = claims.abouts().filter(|(part, _)| same_kind(part) && in_area(part));
    fitting.filter_map(|(part, tracks)| Some((part, tracks.get(&(None, false))?.as_slice()))).collect()
}

/// Computes the rows of a sum.
pub(super) fn rows(state: &State, header: &Header, line: &Line, points: &[Point], claims: &Claims) -> Vec<Row> {
    let parts = parts(claims, &line.about);
    let services: BTreeSet<&ServiceId> = parts.iter().filter_map(|(part, _)| part.service.as_ref()).collect();
    let on_change = header.query.every == Every::Change && header.query.on.is_none();
    let mut rows: Vec<Row> = Vec::new();
    for point in points.iter().filter(|point| point.day >= line.start) {
        let sums = services.iter().filter(|service| counts(state, line, service, point.day, header.position));
        let mut found: Vec<(Figure, Day)> = Vec::new();
        for service in sums {
            found.extend(of_service(&parts, &line.about.place, service, point.day));
        }
        let Some(latest) = found.iter().map(|(_, day)| *day).max() else { continue };
        let value = found.iter().fold(Number::from(0), |sum, (figure, _)| sum.plus(figure.number));
        let qualifier = qualifier(found.iter().map(|(figure, _)| figure.qualifier));
        let same = |row: &Row| (row.value, row.qualifier) == (Some(value), qualifier);
        if on_change && rows.last().is_some_and(same) {
            continue;
        }
        rows.push(Row {
            value: Some(value),
            qualifier,
            observed: Some(Observed::On(PartialDate::Day(latest))),
            status: Status { conflict: false, simulated: header.simulated, running: point.running },
            ..empty_row(line, point.day)
        });
    }
    rows
}

/// A service enters the sums of its topics, on the days on which it is listed.
fn counts(state: &State, line: &Line, service: &ServiceId, day: Day, position: u32) -> bool {
    let Some(number) = state.services.number(service) else { return false };
    let topics = state.topics(number, position).on(day);
    line.about.topic.map_or(!topics.is_empty(), |topic| topics.contains(topic))
}

/// For DE a service's claim about DE, else the sum of its Länder's. What is in conflict is left out.
fn of_service(parts: &[(&About, &[Shown])], place: &Place, service: &ServiceId, day: Day) -> Vec<(Figure, Day)> {
    let of_place = |wanted: &dyn Fn(&Place) -> bool| -> Vec<(Figure, Day)> {
        let fitting = parts.iter().filter(|(part, _)| part.service.as_ref() == Some(service) && wanted(&part.place));
        fitting.filter_map(|(_, shown)| undisputed(shown, day)).collect()
    };
    let own = of_place(&|found| found == place);
    let has_own = parts
        .iter()
        .any(|(part, shown)| part.service.as_ref() == Some(service) && part.place == *place && !holding(shown, day).is_empty());
    if has_own || *place != Place::Area(Area::DE) {
        return own;
    }
    of_place(&|found| matches!(found, Place::Area(area) if *area != Area::DE))
}

fn undisputed(shown: &[Shown], day: Day) -> Option<(Figure, Day)> {
    let held = holding(shown, day);
    let first = held.first()?;
    let Amount::Value(figure) = first.amount else { return None };
    held.iter().all(|other| other.amount == first.amount).then_some((figure, first.day))
}

/// `=` only if every part is, `>` if parts are `=` or `>`, else `ca`.
fn qualifier(parts: impl Iterator<Item = Qualifier>) -> Option<Qualifier> {
    let mut exact = true;
    for part in parts {
        match part {
            Qualifier::Exact => {}
            Qualifier::MoreThan | Qualifier::AtLeast => exact = false,
            _ => return Some(Qualifier::About),
        }
    }
    (!exact).then_some(Qualifier::MoreThan)
}
