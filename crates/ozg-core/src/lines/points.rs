//! The days that a series has a row for: the ends of periods, and the last day asked for (rule 18).

use crate::query::Every;
use crate::words::Day;
use chrono::{Datelike, Weekday};

/// A day with the period that it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// The day that the value is for.
    pub(crate) day: Day,
    /// The first day of the period, for changes and flows that are shown in the period that contains them.
    pub(crate) from: Day,
    /// Whether the period ends after that day.
    pub(crate) running: bool,
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

/// Chooses the points at which a line has a value: all from its first day on; with `every=change` the first one and the
/// days on which it may change.
pub(crate) fn chosen(
    points: &[Point],
    start: Day,
    changes: Option<impl IntoIterator<Item = Day>>,
) -> Vec<&Point> {
    let points = &points[points.partition_point(|point| point.day < start)..];
    let (Some(changes), Some(first)) = (changes, points.first()) else { return points.iter().collect() };
    let mut days: Vec<Day> = changes.into_iter().filter(|day| *day > first.day).collect();
    days.sort_unstable();
    days.dedup();
    let at =
        |day: Day| points.get(usize::try_from(day.days_since(first.day)).expect("days behind the first"));
    std::iter::once(first).chain(days.into_iter().filter_map(at)).collect()
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
