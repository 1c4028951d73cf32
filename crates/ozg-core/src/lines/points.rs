//! The days that a series has a row for: the ends of periods, and the last day asked for (rule 18).

use super::row::{Header, Row};
use crate::query::{Every, Query};
use crate::words::{Basis, Day};
use chrono::{Datelike, Weekday};

/// A day with the period that it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// The day that the value is for.
    pub(crate) day: Day,
    /// The first day of the period: the day after the point before, or the first day asked for.
    pub(crate) from: Day,
    /// Whether the period ends after that day.
    pub(crate) running: bool,
}

impl Point {
    /// Tells whether a value observed on a day is carried to this point: the day lies outside the period of the point
    /// (rule 7b).
    pub(crate) fn carries(&self, observed: Day) -> bool {
        !(self.from..=self.day).contains(&observed)
    }
}

/// The points of an answer. Points of counted and reported lines end today; points of plans and targets may lie ahead.
#[derive(Debug, Clone, Default)]
pub(crate) struct Points {
    happened: Vec<Point>,
    ahead: Vec<Point>,
}

impl Points {
    /// Lists the points of the span or the day of a query, as it was spelt out.
    pub(crate) fn of_query(query: &Query, today: Day) -> Points {
        let until = |end: Day| match (query.on, query.from, query.to) {
            (Some(on), ..) if on <= end => vec![Point { day: on, from: on, running: false }],
            (None, Some(from), Some(to)) => of_span(query.every, from, to.min(end), query.last),
            _ => Vec::new(),
        };
        Points { happened: until(today), ahead: until(Day::LAST) }
    }

    /// Takes the same points for everything.
    pub(crate) fn same(points: Vec<Point>) -> Points {
        Points { happened: points.clone(), ahead: points }
    }

    /// Returns the points of the lines of a basis.
    pub(crate) fn of(&self, query: &Query, basis: Basis) -> &[Point] {
        if query.reaches_out(basis) { &self.ahead } else { &self.happened }
    }

    /// Returns the number of points that a line has at most.
    pub(crate) fn len(&self) -> usize {
        self.ahead.len()
    }

    /// Returns the last day of any line.
    pub(crate) fn last(&self) -> Day {
        self.ahead.last().map_or(Day::EVER, |point| point.day)
    }
}

/// Lists the points of a span; `Every::Change` has a point a day, of which each line takes those where it changes.
pub(crate) fn of_span(every: Every, from: Day, to: Day, last: Option<u32>) -> Vec<Point> {
    let mut points = Vec::new();
    let mut start = from;
    while start <= to {
        let end = end_of_period(every, start);
        points.push(Point { day: end.min(to), from: start, running: end > to });
        if end >= to {
            break;
        }
        start = end.after();
    }
    if let (Some(last), false) = (last, every == Every::Change) {
        let excess = points.len().saturating_sub(last as usize);
        points.drain(..excess);
    }
    points
}

/// Chooses the points of an answer for which a line has a row.
pub(crate) struct OnPoints<'a> {
    points: &'a [Point],
    /// Whether a point has a row only if it differs from the point before.
    on_change: bool,
    last: Option<u32>,
}

impl<'a> OnPoints<'a> {
    pub(crate) fn new(header: &Header, points: &'a [Point]) -> OnPoints<'a> {
        let on_change = header.query.every == Every::Change && header.query.on.is_none();
        OnPoints { points, on_change, last: header.query.last }
    }

    /// Makes the rows of a line from its first day on. `look` finds the value at a point, with a key that is compared with the
    /// key of the point before; it returns `None` where there is no value. `changes` lists the days on which the key may
    /// change, `None` if any day may.
    pub(crate) fn put<K: PartialEq, T>(
        &self,
        start: Day,
        changes: impl FnOnce() -> Option<Vec<Day>>,
        mut look: impl FnMut(&Point) -> Option<(K, T)>,
        mut put: impl FnMut(&Point, T),
    ) {
        let mut before = None;
        for point in self.chosen(start, self.on_change.then(changes).flatten()) {
            let Some((key, found)) = look(point) else {
                before = None;
                continue;
            };
            if self.on_change && before.as_ref() == Some(&key) {
                continue;
            }
            before = Some(key);
            put(point, found);
        }
    }

    /// Chooses the points from a day on; where days of change are given, only the first point and those days.
    fn chosen(&self, start: Day, changes: Option<Vec<Day>>) -> Vec<&'a Point> {
        let points = &self.points[self.points.partition_point(|point| point.day < start)..];
        let (Some(changes), Some(first)) = (changes, points.first()) else { return points.iter().collect() };
        let mut days: Vec<Day> = changes.into_iter().filter(|day| *day > first.day).collect();
        days.sort_unstable();
        days.dedup();
        let at =
            |day: Day| points.get(usize::try_from(day.days_since(first.day)).expect("days behind the first"));
        std::iter::once(first).chain(days.into_iter().filter_map(at)).collect()
    }

    /// Keeps the last `last` rows of a line of changes. Where every point has a row, the points were bounded before.
    pub(crate) fn newest(&self, mut rows: Vec<Row>) -> Vec<Row> {
        if let (true, Some(last)) = (self.on_change, self.last) {
            rows.drain(..rows.len().saturating_sub(last as usize));
        }
        rows
    }
}

/// Returns the last day of the period that a day lies in.
pub(crate) fn end_of_period(every: Every, day: Day) -> Day {
    let date = day.date();
    let (year, month) = (date.year(), date.month());
    let first_of_next = |year: i32, month: u32| {
        let (year, month) = if month > 12 { (year + 1, 1) } else { (year, month) };
        Day::from_ymd(year, month, 1).unwrap_or(Day::LAST)
    };
    match every {
        Every::Day | Every::Change => day,
        Every::Week => Day(day.0.saturating_add(days_to_sunday(date.weekday()))),
        Every::Month => first_of_next(year, month + 1).before(),
        Every::Quarter => first_of_next(year, month.div_ceil(3) * 3 + 1).before(),
        Every::Year => first_of_next(year + 1, 1).before(),
    }
}

fn days_to_sunday(weekday: Weekday) -> u16 {
    u16::try_from(6 - weekday.num_days_from_monday()).expect("a week has seven days")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(every: Every, from: &str, to: &str, last: Option<u32>) -> String {
        let points = of_span(every, Day::read(from).unwrap(), Day::read(to).unwrap(), last);
        let shown =
            points.iter().map(|point| format!("{}{}", point.day, if point.running { "…" } else { "" }));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn points_are_the_ends_of_periods_and_the_last_day() {
        assert_eq!(days(Every::Month, "2024-01-15", "2024-03-10", None), "2024-01-31 2024-02-29 2024-03-10…");
        assert_eq!(days(Every::Week, "2024-01-01", "2024-01-14", None), "2024-01-07 2024-01-14");
        assert_eq!(days(Every::Quarter, "2023-11-01", "2024-03-31", None), "2023-12-31 2024-03-31");
        assert_eq!(days(Every::Year, "2022-05-01", "2024-02-01", None), "2022-12-31 2023-12-31 2024-02-01…");
        assert_eq!(days(Every::Day, "2024-02-28", "2024-03-01", Some(2)), "2024-02-29 2024-03-01");
        assert_eq!(days(Every::Month, "2024-03-10", "2024-01-01", None), "");
    }
}
