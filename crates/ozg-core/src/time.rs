//! The civil day in Berlin: which day an instant lies in, and when a day ends (rule 20).

use crate::words::Day;
use chrono::{DateTime, LocalResult, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Berlin;

/// Returns the day that it is in Berlin at an instant, given in milliseconds since 1970 UTC.
#[must_use]
pub fn berlin_day(instant_ms: i64) -> Day {
    let utc = DateTime::<Utc>::from_timestamp_millis(instant_ms).unwrap_or_default();
    Day::from_date(utc.with_timezone(&Berlin).date_naive()).unwrap_or(Day::EVER)
}

/// Returns the time of day that it is in Berlin at an instant, to the minute: `11:00`.
#[must_use]
pub fn berlin_clock(instant_ms: i64) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(instant_ms).unwrap_or_default();
    utc.with_timezone(&Berlin).format("%H:%M").to_string()
}

/// Returns the instant at which the day ends in Berlin: midnight of the next, in milliseconds since 1970 UTC.
#[must_use]
pub fn end_of_berlin_day(day: Day) -> i64 {
    start_of_berlin_day(day.after())
}

/// Returns the instant at which the day begins in Berlin, in milliseconds since 1970 UTC.
#[must_use]
pub fn start_of_berlin_day(day: Day) -> i64 {
    let midnight = day.date().and_time(NaiveTime::MIN);
    match Berlin.from_local_datetime(&midnight) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.timestamp_millis(),
        // Midnight has been skipped in Berlin in 1945 and 1980 only; the day then begins an hour later.
        LocalResult::None => midnight.and_utc().timestamp_millis(),
    }
}

/// Writes an instant as RFC 3339 in UTC with milliseconds.
#[must_use]
pub fn rfc3339(instant_ms: i64) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(instant_ms).unwrap_or_default();
    utc.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// Reads an RFC 3339 instant into milliseconds since 1970 UTC.
#[must_use]
pub fn read_rfc3339(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|instant| instant.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_berlin_ends_at_its_own_midnight() {
        let winter = read_rfc3339("2026-01-31T23:30:00Z").unwrap();
        assert_eq!(berlin_day(winter).to_string(), "2026-02-01");
        let summer = read_rfc3339("2026-07-31T21:59:59Z").unwrap();
        assert_eq!(berlin_day(summer).to_string(), "2026-07-31");
        assert_eq!([winter, summer].map(berlin_clock), ["00:30", "23:59"]);
        assert_eq!(rfc3339(end_of_berlin_day(Day::read("2026-07-31").unwrap())), "2026-07-31T22:00:00.000Z");
    }

    #[test]
    fn the_days_of_the_clock_change_have_23_and_25_hours() {
        let hours = |text: &str| {
            let day = Day::read(text).unwrap();
            (end_of_berlin_day(day) - start_of_berlin_day(day)) / 3_600_000
        };
        assert_eq!((hours("2026-03-29"), hours("2026-10-25"), hours("2026-10-26")), (23, 25, 24));
    }
}
