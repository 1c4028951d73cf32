//! Civil days and partial dates. A partial date counts from its last day, and its precision is kept (rule 5).

use super::tagged::tagged;
use super::{Language, word_as_text, written_date};
use crate::mistake::{Code, Fault};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A civil day, kept as days since 1900-01-01; 1900-01-01 itself stands for "ever", the last one is 2079-06-05.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub u16);

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("1900-01-01 exists");

/// First year that a date may lie in.
pub(crate) const YEAR_MIN: i32 = 1949;
/// Last year that a date may lie in.
pub(crate) const YEAR_MAX: i32 = 2078;

impl Day {
    /// The day from which those statements hold that have always held.
    pub const EVER: Day = Day(0);
    /// The last day that can be represented.
    pub const LAST: Day = Day(u16::MAX);

    /// Returns the day of a year, month and day of the month.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        Day::from_date(NaiveDate::from_ymd_opt(year, month, day)?)
    }

    /// Returns the day of a calendar date, none outside 1900-01-01 to 2079-06-05.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Option<Day> {
        u16::try_from(date.signed_duration_since(EPOCH).num_days()).ok().map(Day)
    }

    /// Returns the calendar date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        EPOCH.checked_add_days(Days::new(u64::from(self.0))).unwrap_or(EPOCH)
    }

    /// Returns the day before.
    #[must_use]
    pub fn before(self) -> Day {
        Day(self.0.saturating_sub(1))
    }

    /// Returns the day after.
    #[must_use]
    pub fn after(self) -> Day {
        Day(self.0.saturating_add(1))
    }

    /// Returns the same day of the next year, of 29 February the day before.
    #[must_use]
    pub fn a_year_later(self) -> Day {
        self.date().checked_add_months(Months::new(12)).and_then(Day::from_date).unwrap_or(Day::LAST)
    }

    /// Returns how many days lie between the two, negative where `since` is later.
    #[must_use]
    pub fn days_since(self, since: Day) -> i32 {
        i32::from(self.0) - i32::from(since.0)
    }

    /// Reads a whole date, `2024-06-30` or `30.06.2024`.
    ///
    /// # Errors
    /// `bad_date` for anything else, a partial date included.
    pub fn read(text: &str) -> Result<Day, Fault> {
        match PartialDate::read(text)? {
            PartialDate::Day(day) => Ok(day),
            PartialDate::Month(..)
            | PartialDate::Quarter(..)
            | PartialDate::Half(..)
            | PartialDate::Week(..)
            | PartialDate::Year(_) => Err(Fault::say(
                Code::BadDate,
                format!("„{text}“: hier wird ein ganzes Datum gebraucht"),
                format!("\"{text}\": a whole date is needed here"),
            )),
        }
    }
}

word_as_text!(Day);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Every row of a series has a day; a format string would be read anew for each.
        let date = self.date();
        let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
        let digit = |number: u32| b'0' + u8::try_from(number % 10).expect("one digit");
        let [y, m, d] = [year, month, day].map(|number| (digit(number / 10), digit(number)));
        let text = [digit(year / 1000), digit(year / 100), y.0, y.1, b'-', m.0, m.1, b'-', d.0, d.1];
        f.pad(std::str::from_utf8(&text).expect("digits and hyphens"))
    }
}

tagged! {
    /// A date, as precise as it was given.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    PartialDate;
    /// A whole date.
    0 Day(day: Day);
    /// Year and month, `2024-06`.
    1 Month(year: u16, month: u8);
    /// Year and quarter, `2023-Q1`.
    2 Quarter(year: u16, quarter: u8);
    /// A year, `2024`.
    3 Year(year: u16);
    /// Year and half-year, `2024-H1`.
    4 Half(year: u16, half: u8);
    /// Year and week of ISO 8601, `2024-W23`; a week belongs to the year of its Thursday.
    5 Week(year: u16, week: u8);
}

impl PartialDate {
    /// Returns its first day.
    #[must_use]
    pub fn first(self) -> Day {
        match self {
            PartialDate::Day(day) => day,
            PartialDate::Month(year, month) => first_of(year, month),
            PartialDate::Quarter(year, quarter) => first_of(year, quarter * 3 - 2),
            PartialDate::Year(year) => first_of(year, 1),
            PartialDate::Half(year, half) => first_of(year, half * 6 - 5),
            PartialDate::Week(year, week) => of_week(year, week, Weekday::Mon).unwrap_or(Day::LAST),
        }
    }

    /// Returns its last day, from which it counts.
    #[must_use]
    pub fn last(self) -> Day {
        match self {
            PartialDate::Day(day) => day,
            PartialDate::Month(year, month) => last_of(year, month),
            PartialDate::Quarter(year, quarter) => last_of(year, quarter * 3),
            PartialDate::Year(year) => last_of(year, 12),
            PartialDate::Half(year, half) => last_of(year, half * 6),
            PartialDate::Week(year, week) => of_week(year, week, Weekday::Sun).unwrap_or(Day::LAST),
        }
    }

    /// Returns the day from which it counts when it was recorded on `recorded`: its last day or, if earlier, that day
    /// (rule 5).
    #[must_use]
    pub fn counts_from(self, recorded: Day) -> Day {
        match self {
            PartialDate::Day(day) => day,
            PartialDate::Month(..)
            | PartialDate::Quarter(..)
            | PartialDate::Half(..)
            | PartialDate::Week(..)
            | PartialDate::Year(_) => self.last().min(recorded.max(self.first())),
        }
    }

    /// Tells whether it is less precise than a day.
    #[must_use]
    pub fn is_partial(self) -> bool {
        !matches!(self, PartialDate::Day(_))
    }

    /// Returns a week of ISO 8601; none where the year has no such week.
    #[must_use]
    pub fn week(year: u16, week: u8) -> Option<PartialDate> {
        of_week(year, week, Weekday::Mon).map(|_| PartialDate::Week(year, week))
    }

    /// Returns the date of a precision that a day lies in.
    #[must_use]
    pub fn of_day(day: Day, precision: Precision) -> PartialDate {
        let date = day.date();
        let number = |number: u32| u8::try_from(number).expect("a year has 12 months and 53 weeks");
        let of_year = |year: i32| u16::try_from(year).expect("years lie between 1900 and 2079");
        let (year, month) = (of_year(date.year()), number(date.month()));
        match precision {
            Precision::Day => PartialDate::Day(day),
            Precision::Month => PartialDate::Month(year, month),
            Precision::Quarter => PartialDate::Quarter(year, month.div_ceil(3)),
            Precision::Year => PartialDate::Year(year),
            Precision::Half => PartialDate::Half(year, month.div_ceil(6)),
            Precision::Week => {
                let week = date.iso_week();
                PartialDate::Week(of_year(week.year()), number(week.week()))
            }
        }
    }

    /// Returns how precise it is.
    #[must_use]
    pub fn precision(self) -> Precision {
        match self {
            PartialDate::Day(_) => Precision::Day,
            PartialDate::Month(..) => Precision::Month,
            PartialDate::Quarter(..) => Precision::Quarter,
            PartialDate::Year(_) => Precision::Year,
            PartialDate::Half(..) => Precision::Half,
            PartialDate::Week(..) => Precision::Week,
        }
    }

    /// Reads a date in any form that people write: `2024-06-30`, `30.06.2024`, `Juni 2024`, `06/24`, `Q2 2024`, `KW 23/2024`.
    ///
    /// # Errors
    /// `bad_date` for days that do not exist, dates that are vague or may mean two days, and other forms;
    /// `date_out_of_range` for years before 1949 or after 2078.
    pub fn read(text: &str) -> Result<PartialDate, Fault> {
        written_date::read(text)
    }

    /// Returns it as it is written in a language: half-years and weeks have a name in German, all else is as in JSON.
    #[must_use]
    pub fn in_language(self, language: Option<Language>) -> String {
        match (self, language) {
            (PartialDate::Half(year, half), Some(Language::German)) => format!("{half}. Halbjahr {year}"),
            (PartialDate::Week(year, week), Some(Language::German)) => format!("KW {week}/{year}"),
            _ => self.to_string(),
        }
    }
}

/// How precise a date is; the number of each stands in the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the name of what a date may be")]
pub enum Precision {
    Day = 0,
    Month = 1,
    Quarter = 2,
    Year = 3,
    Half = 4,
    Week = 5,
}

impl Precision {
    /// All of them, at the place of their number.
    pub const ALL: [Precision; 6] = [
        Precision::Day,
        Precision::Month,
        Precision::Quarter,
        Precision::Year,
        Precision::Half,
        Precision::Week,
    ];
}

fn of_week(year: u16, week: u8, weekday: Weekday) -> Option<Day> {
    Day::from_date(NaiveDate::from_isoywd_opt(i32::from(year), u32::from(week), weekday)?)
}

fn first_of(year: u16, month: u8) -> Day {
    Day::from_ymd(i32::from(year), u32::from(month), 1).unwrap_or(Day::LAST)
}

fn last_of(year: u16, month: u8) -> Day {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    first_of(next_year, next_month).before()
}

word_as_text!(PartialDate);

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PartialDate::Day(day) => day.fmt(f),
            PartialDate::Month(year, month) => write!(f, "{year}-{month:02}"),
            PartialDate::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            PartialDate::Year(year) => write!(f, "{year}"),
            PartialDate::Half(year, half) => write!(f, "{year}-H{half}"),
            PartialDate::Week(year, week) => write!(f, "{year}-W{week:02}"),
        }
    }
}

impl From<Day> for PartialDate {
    fn from(day: Day) -> PartialDate {
        PartialDate::Day(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let table = [
            ("2024-06-30", "2024-06-30", "2024-06-30"),
            ("30.06.2024", "2024-06-30", "2024-06-30"),
            ("1.2.2024", "2024-02-01", "2024-02-01"),
            ("2024-06", "2024-06", "2024-06-30"),
            ("06.2024", "2024-06", "2024-06-30"),
            ("6/2024", "2024-06", "2024-06-30"),
            ("2023-Q1", "2023-Q1", "2023-03-31"),
            ("Q4/2023", "2023-Q4", "2023-12-31"),
            ("2024", "2024", "2024-12-31"),
        ];
        for (text, canonical, last) in table {
            let date = PartialDate::read(text).unwrap();
            assert_eq!(date.to_string(), canonical);
            assert_eq!(date.last().to_string(), last);
            assert_eq!(PartialDate::read(canonical).unwrap(), date);
        }
    }

    #[test]
    fn half_years_and_weeks_have_their_first_and_last_day() {
        let table = [
            ("2024-H1", "2024-01-01", "2024-06-30", "1. Halbjahr 2024"),
            ("2024-H2", "2024-07-01", "2024-12-31", "2. Halbjahr 2024"),
            ("2024-W23", "2024-06-03", "2024-06-09", "KW 23/2024"),
            ("2025-W01", "2024-12-30", "2025-01-05", "KW 1/2025"),
            ("2020-W53", "2020-12-28", "2021-01-03", "KW 53/2020"),
        ];
        for (text, first, last, german) in table {
            let date = PartialDate::read(text).unwrap();
            assert_eq!((date.first().to_string(), date.last().to_string()), (first.into(), last.into()));
            assert_eq!(date.in_language(Some(Language::German)), german);
            assert_eq!(PartialDate::read(german), Ok(date));
            let within = [date.first(), date.last()].map(|day| PartialDate::of_day(day, date.precision()));
            assert_eq!(within, [date, date]);
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in [
            "2024-02-31",
            "31.02.2024",
            "2024-13",
            "2024-13-01",
            "24-01-01",
            "2023-Q5",
            "gestern",
            "2024-1-1T00",
            "",
        ] {
            assert_eq!(PartialDate::read(text).unwrap_err().code, Code::BadDate, "{text}");
        }
        assert_eq!(PartialDate::read("1899-12-31").unwrap_err().code, Code::DateOutOfRange);
        assert_eq!(PartialDate::read("9999").unwrap_err().code, Code::DateOutOfRange);
    }

    #[test]
    fn a_partial_date_counts_from_its_last_day_or_the_day_it_was_recorded() {
        let recorded = Day::read("2025-06-20").unwrap();
        assert_eq!(PartialDate::read("2025-06").unwrap().counts_from(recorded), recorded);
        assert_eq!(PartialDate::read("2025-05").unwrap().counts_from(recorded).to_string(), "2025-05-31");
        assert_eq!(PartialDate::read("2025-05-01").unwrap().counts_from(recorded).to_string(), "2025-05-01");
    }
}
