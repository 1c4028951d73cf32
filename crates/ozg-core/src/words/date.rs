//! Civil days and partial dates. A partial date counts from its last day, and its precision is kept (rule 5).

use super::tagged::tagged;
use super::word_as_text;
use crate::mistake::{Code, Fault};
use chrono::{Datelike, Days, NaiveDate};
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
            partial @ (PartialDate::Month(..) | PartialDate::Quarter(..) | PartialDate::Year(_)) => {
                Err(Fault::say(
                    Code::BadDate,
                    format!("„{text}“: hier wird ein ganzes Datum gebraucht"),
                    format!("\"{text}\": a whole date is needed here"),
                )
                .hint(partial.last().to_string()))
            }
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
    /// A date, as precise as it was given: a day, a month, a quarter or a year.
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
        }
    }

    /// Returns the day from which it counts when it was recorded on `recorded`: its last day or, if earlier, that day
    /// (rule 5).
    #[must_use]
    pub fn counts_from(self, recorded: Day) -> Day {
        match self {
            PartialDate::Day(day) => day,
            PartialDate::Month(..) | PartialDate::Quarter(..) | PartialDate::Year(_) => {
                self.last().min(recorded.max(self.first()))
            }
        }
    }

    /// Tells whether it is less precise than a day.
    #[must_use]
    pub fn is_partial(self) -> bool {
        !matches!(self, PartialDate::Day(_))
    }

    /// Reads `2024-06-30`, `30.06.2024`, `2024-06`, `06.2024`, `06/2024`, `2023-Q1`, `Q1/2023`, `2024`.
    ///
    /// # Errors
    /// `bad_date` for days that do not exist and other forms, `date_out_of_range` for years before 1949 or after 2078.
    pub fn read(text: &str) -> Result<PartialDate, Fault> {
        let word = text.trim();
        let parts: Vec<&str> = word.split(['-', '.', '/']).map(str::trim).collect();
        let german = word.contains('.') || word.contains('/');
        match parts.as_slice() {
            [year] => whole_year(text, year).map(PartialDate::Year),
            [year, part] if !german && part.to_uppercase().starts_with('Q') => quarter(text, year, part),
            [part, year] if part.to_uppercase().starts_with('Q') => quarter(text, year, part),
            [year, month] if !german => month_of(text, year, month),
            [month, year] => month_of(text, year, month),
            [year, month, day] if !german => day_of(text, year, month, day),
            [day, month, year] if word.contains('.') => day_of(text, year, month, day),
            _ => Err(wrong_form(text)),
        }
    }
}

fn first_of(year: u16, month: u8) -> Day {
    Day::from_ymd(i32::from(year), u32::from(month), 1).unwrap_or(Day::LAST)
}

fn last_of(year: u16, month: u8) -> Day {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    first_of(next_year, next_month).before()
}

fn number(text: &str, part: &str, lengths: std::ops::RangeInclusive<usize>) -> Result<u16, Fault> {
    if !lengths.contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong_form(text));
    }
    part.parse().map_err(|_| wrong_form(text))
}

fn whole_year(text: &str, part: &str) -> Result<u16, Fault> {
    let year = number(text, part, 4..=4)?;
    if (YEAR_MIN..=YEAR_MAX).contains(&i32::from(year)) {
        return Ok(year);
    }
    Err(Fault::say(
        Code::DateOutOfRange,
        format!("„{text}“: das Jahr muss zwischen {YEAR_MIN} und {YEAR_MAX} liegen"),
        format!("\"{text}\": the year must lie between {YEAR_MIN} and {YEAR_MAX}"),
    ))
}

fn quarter(text: &str, year: &str, part: &str) -> Result<PartialDate, Fault> {
    let quarter = number(text, part.get(1..).unwrap_or_default(), 1..=1)?;
    let year = whole_year(text, year)?;
    match u8::try_from(quarter) {
        Ok(quarter @ 1..=4) => Ok(PartialDate::Quarter(year, quarter)),
        _ => Err(wrong_form(text)),
    }
}

fn month_of(text: &str, year: &str, month: &str) -> Result<PartialDate, Fault> {
    let month = number(text, month, 1..=2)?;
    let year = whole_year(text, year)?;
    match u8::try_from(month) {
        Ok(month @ 1..=12) => Ok(PartialDate::Month(year, month)),
        _ => Err(no_such_day(
            text,
            &format!("{year} hat keinen Monat {month}"),
            &format!("{year} has no month {month}"),
        )),
    }
}

fn day_of(text: &str, year: &str, month: &str, day: &str) -> Result<PartialDate, Fault> {
    let (day, month) = (number(text, day, 1..=2)?, number(text, month, 1..=2)?);
    let year = whole_year(text, year)?;
    Day::from_ymd(i32::from(year), u32::from(month), u32::from(day)).map(PartialDate::Day).ok_or_else(|| {
        no_such_day(text, "diesen Tag gibt es nicht im Kalender", "this day does not exist in the calendar")
    })
}

fn no_such_day(text: &str, de: &str, en: &str) -> Fault {
    Fault::say(Code::BadDate, format!("„{text}“: {de}"), format!("\"{text}\": {en}"))
}

fn wrong_form(text: &str) -> Fault {
    Fault::say(
        Code::BadDate,
        format!("„{text}“ ist kein Datum. Erlaubt: 2024-06-30, 30.06.2024, 2024-06, 2023-Q1, 2024"),
        format!("\"{text}\" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2023-Q1, 2024"),
    )
}

word_as_text!(PartialDate);

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PartialDate::Day(day) => day.fmt(f),
            PartialDate::Month(year, month) => write!(f, "{year}-{month:02}"),
            PartialDate::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            PartialDate::Year(year) => write!(f, "{year}"),
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
