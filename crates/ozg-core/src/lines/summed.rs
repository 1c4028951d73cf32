//! Sums of claims about single services, only when asked for (rule 15).

use super::Line;
use super::points::{OnPoints, Point};
use super::reported::{Claims, Shown, holding};
use super::row::{Header, Observed, Row, Status};
use crate::asof::AsOf;
use crate::count::{About, Sum};
use crate::event::Amount;
use crate::state::Count;
use crate::words::{Area, Day, Figure, PartialDate, Place, ServiceId};
use std::collections::BTreeSet;

impl Claims {
    /// Returns the first day on which any part of a sum holds.
    pub(crate) fn start_of_sum(&self, about: &About) -> Option<Day> {
        parts(self, about).into_iter().flat_map(|(_, shown)| shown.first()).map(|shown| shown.day).min()
    }
}

/// Lists the claims that may enter a sum: those about one service each, for the area or, for DE, for a Land.
fn parts<'a>(claims: &'a Claims, about: &About) -> Vec<(&'a About, &'a [Shown])> {
    if about.service.is_some() {
        return Vec::new();
    }
    let same_kind = |part: &About| {
        part.service.is_some()
            && (part.stage, part.level) == (about.stage, about.level)
            && part.unit == about.unit
    };
    let in_area = |part: &About| match (&about.place, &part.place) {
        (Place::Area(Area::DE), Place::Area(_)) => true,
        (asked, found) => asked == found,
    };
    let fitting = claims.abouts().filter(|(part, _)| same_kind(part) && in_area(part));
    fitting.filter_map(|(part, tracks)| Some((part, tracks.get(&(None, false))?.as_slice()))).collect()
}

/// Computes the rows of a sum; there is none on days on which a part of it is in conflict.
pub(crate) fn rows(
    at: AsOf<'_>,
    header: &Header,
    line: &Line,
    points: &[Point],
    claims: &Claims,
) -> Vec<Row> {
    let parts = parts(claims, &line.about);
    let on_list = at.on_list(header.query.list.as_ref());
    let services: BTreeSet<&ServiceId> = parts.iter().filter_map(|(part, _)| part.service.as_ref()).collect();
    let listed = Sum::OfGermany(Count::Listed).steps(at, Area::DE, &line.about);
    let look = |point: &Point| {
        let counting = services
            .iter()
            .filter(|service| on_list.on(service, point.day) && counts(at, line, service, point.day));
        let of_each = counting.map(|service| of_service(&parts, &line.about.place, service, point.day));
        let of_each: Vec<Vec<(Figure, Day)>> = of_each.collect::<Option<_>>()?;
        let days = || of_each.iter().flatten().map(|(_, day)| *day);
        let latest = days().max()?;
        let carried = days().any(|day| point.carries(day));
        let mut figures: Vec<Figure> = of_each.iter().flatten().map(|(figure, _)| *figure).collect();
        let told = of_each.iter().filter(|parts| !parts.is_empty()).count();
        if i64::try_from(told).is_ok_and(|told| told < listed.on(point.day)) {
            figures.push(Figure::unknown());
        }
        let value = Amount::Value(Figure::sum(&figures));
        Some((value, (value, latest, carried)))
    };
    let mut rows = Vec::new();
    let on_points = OnPoints::new(header, points);
    on_points.put(
        line.start,
        || None,
        look,
        |point, (value, latest, carried)| {
            let (simulated, running) = (header.simulated, point.running);
            rows.push(Row {
                observed: Some(Observed::On(PartialDate::Day(latest))),
                status: Status { simulated, running, carried, ..Status::default() },
                ..Row::empty(line, point.day).with_amount(value, None)
            });
        },
    );
    on_points.newest(rows)
}

/// Tells whether a service enters a sum: on the days on which it is listed, in its topics.
fn counts(at: AsOf<'_>, line: &Line, service: &ServiceId, day: Day) -> bool {
    let Some(number) = at.state.services.number(service) else { return false };
    let topics = at.topics(number).on(day);
    line.about.topic.map_or(!topics.is_empty(), |topic| topics.contains(topic))
}

/// Returns the part of a service: for DE its claim about DE, else the sum of its claims about the Länder. It returns
/// none if any of them is in conflict.
fn of_service(
    parts: &[(&About, &[Shown])],
    place: &Place,
    service: &ServiceId,
    day: Day,
) -> Option<Vec<(Figure, Day)>> {
    let of_place = |wanted: &dyn Fn(&Place) -> bool| -> Vec<Vec<&Shown>> {
        let fitting =
            parts.iter().filter(|(part, _)| part.service.as_ref() == Some(service) && wanted(&part.place));
        fitting.map(|(_, shown)| holding(shown, day)).filter(|held| !held.is_empty()).collect()
    };
    let mut held = of_place(&|found| found == place);
    let of_laender = held.is_empty() && *place == Place::Area(Area::DE);
    if of_laender {
        held = of_place(&|found| matches!(found, Place::Area(area) if *area != Area::DE));
    }
    let agreed = |held: &Vec<&Shown>| {
        held.iter().all(|other| (other.amount, other.of) == (held[0].amount, held[0].of))
    };
    if !held.iter().all(agreed) {
        return None;
    }
    let figure = |held: &Vec<&Shown>| match held[0].amount {
        Amount::Value(figure) => Some((figure, held[0].day)),
        Amount::Percent(_) => None,
    };
    let mut figures: Vec<(Figure, Day)> = held.iter().filter_map(figure).collect();
    // A Land without a claim makes the sum a part: its value is unknown.
    if of_laender && !figures.is_empty() && figures.len() < Area::laender().count() {
        figures.extend(figures.iter().map(|(_, day)| *day).max().map(|day| (Figure::unknown(), day)));
    }
    Some(figures)
}
