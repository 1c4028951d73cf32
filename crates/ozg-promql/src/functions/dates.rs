//! Parts of dates, in UTC, from seconds since 1970.

const DAY: i64 = 86_400;

pub(super) fn minute(seconds: i64) -> i64 {
    seconds.rem_euclid(3_600) / 60
}

pub(super) fn hour(seconds: i64) -> i64 {
    seconds.rem_euclid(DAY) / 3_600
}

/// Counts from Sunday, which is 0.
pub(super) fn day_of_week(seconds: i64) -> i64 {
    (seconds.div_euclid(DAY) + 4).rem_euclid(7)
}

pub(super) fn year(seconds: i64) -> i64 {
    date(seconds).0
}

pub(super) fn month(seconds: i64) -> i64 {
    date(seconds).1
}

pub(super) fn day_of_month(seconds: i64) -> i64 {
    date(seconds).2
}

pub(super) fn day_of_year(seconds: i64) -> i64 {
    let (year, month, day) = date(seconds);
    (1..month).map(|month| length(year, month)).sum::<i64>() + day
}

pub(super) fn days_in_month(seconds: i64) -> i64 {
    let (year, month, _) = date(seconds);
    length(year, month)
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns year, month and day of the Gregorian calendar; years are counted from March, so that leap days come last.
fn date(seconds: i64) -> (i64, i64, i64) {
    const DAYS_OF_400_YEARS: i64 = 146_097;
    let days = seconds.div_euclid(DAY) + 719_468;
    let (era, day) = (days.div_euclid(DAYS_OF_400_YEARS), days.rem_euclid(DAYS_OF_400_YEARS));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let from_march = (5 * day + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, (1970, 1, 1)),
            (951_782_400, (2000, 2, 29)),
            (1_709_164_800, (2024, 2, 29)),
            (-1, (1969, 12, 31)),
        ] {
            assert_eq!(date(seconds), expected);
        }
        assert_eq!((day_of_week(0), day_of_year(1_735_603_200), days_in_month(951_782_400)), (4, 366, 29));
        assert_eq!((hour(86_399), minute(86_399)), (23, 59));
    }
}
