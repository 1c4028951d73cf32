//! How dates are written: one table of forms, by which they are read and which the manual and `/v1/words` list.

use super::date::{YEAR_MAX, YEAR_MIN};
use super::plain::plain;
use super::{Day, PartialDate};
use crate::mistake::{Code, Fault};
use crate::time::{berlin_day, read_rfc3339};
use chrono::Datelike;

/// A form in which a date is written.
#[derive(Debug)]
pub struct DateForm {
    /// Its parts in order: `Y` a year, `V` its last two digits, `M` a month, `N` the name of a month, `D` a day, `Q` a
    /// quarter, `H` a half-year, `W` a week; `_` blanks and perhaps a separator. All else stands for itself, with or
    /// without blanks around.
    parts: &'static str,
    /// A date in this form.
    pub example: &'static str,
}

/// The forms; what fits an earlier one is not tried with a later one.
pub const DATE_FORMS: [DateForm; 34] = [
    form("Y-M-D", "2024-06-30"),
    form("Y/M/D", "2024/06/30"),
    form("D.M.Y", "30.06.2024"),
    form("D.M.V", "30.6.24"),
    form("D/M/Y", "30/06/2024"),
    form("D-M-Y", "30-06-2024"),
    form("D. N Y", "30. Juni 2024"),
    form("D N Y", "30 June 2024"),
    form("N D, Y", "June 30, 2024"),
    form("Y-M", "2024-06"),
    form("Y/M", "2024/06"),
    form("M.Y", "06.2024"),
    form("M/Y", "06/2024"),
    form("M/V", "06/24"),
    form("N_Y", "Juni 2024"),
    form("N_V", "Jun 24"),
    form("Y_qQ", "2024-Q2"),
    form("qQ_Y", "Q2 2024"),
    form("qQ/V", "Q2/24"),
    form("Q. quartal_Y", "2. Quartal 2024"),
    form("Q. quartal/V", "2. Quartal/24"),
    form("quartal Q_Y", "Quartal 2/2024"),
    form("Q. quarter_Y", "2. quarter 2024"),
    form("Y_hH", "2024-H1"),
    form("hH_Y", "H1 2024"),
    form("H. halbjahr_Y", "1. Halbjahr 2024"),
    form("halbjahr H_Y", "Halbjahr 1/2024"),
    form("H. hj_Y", "1. Hj. 2024"),
    form("Y_wW", "2024-W23"),
    form("wW_Y", "W23 2024"),
    form("Y_kw W", "2024 KW 23"),
    form("kw W_Y", "KW 23/2024"),
    form("W. kw_Y", "23. KW 2024"),
    form("Y", "2024"),
];

const fn form(parts: &'static str, example: &'static str) -> DateForm {
    DateForm { parts, example }
}

/// The names of the months and how they are shortened, in both languages.
const MONTHS: [&[&str]; 12] = [
    &["januar", "january", "jan", "jänner"],
    &["februar", "february", "feb"],
    &["märz", "maerz", "march", "mrz", "mär", "mar"],
    &["april", "apr"],
    &["mai", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["dezember", "december", "dez", "dec"],
];

/// Words that leave open when within a year or a month; such a date is refused.
pub const VAGUE: [&str; 18] = [
    "anfang",
    "mitte",
    "ende",
    "frühjahr",
    "frühling",
    "sommer",
    "herbst",
    "winter",
    "früh",
    "spät",
    "early",
    "mid",
    "late",
    "beginning of",
    "end of",
    "spring",
    "summer",
    "autumn",
];
/// Words that may stand before a date.
const BEFORE: [&str; 5] = ["stand vom ", "stand:", "stand ", "as of ", "am "];
/// Words before a date without which it says the same: a hint leaves them out.
const LEADING: [&str; 21] = [
    "seit",
    "ab",
    "zum",
    "since",
    "from",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "den",
];
/// Two digits mean a year of this century up to this one.
const SHORT_YEAR_MAX: u16 = 49;

/// Reads a date in any of the forms; a time is the day that it is in Berlin (rule 5).
///
/// # Errors
/// `bad_date` for days that do not exist, dates that are vague or may mean two days, and other forms;
/// `date_out_of_range` for years before 1949 or after 2078.
pub(super) fn read(text: &str) -> Result<PartialDate, Fault> {
    let whole = plain(text).to_lowercase();
    let before = BEFORE.iter().find_map(|word| whole.strip_prefix(word));
    let date = before.unwrap_or(&whole).trim_start();
    if let Some((day, clock)) = clock(date) {
        return with_clock(text, day, clock);
    }
    match DATE_FORMS.iter().find_map(|form| Found::in_form(date, form.parts)) {
        Some(found) => found.date(text),
        None => Err(vague(text, date).unwrap_or_else(|| led(text, date))),
    }
}

/// Splits a date from the time of day behind it.
fn clock(date: &str) -> Option<(&str, &str)> {
    let is_clock = |rest: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        matches!(digits, 1 | 2) && rest.as_bytes().get(digits) == Some(&b':')
    };
    let at = date.char_indices().find(|(at, c)| matches!(c, ' ' | 't') && is_clock(&date[at + 1..]))?.0;
    Some((date[..at].trim_end_matches([',', ' ']), &date[at + 1..]))
}

fn with_clock(text: &str, date: &str, clock: &str) -> Result<PartialDate, Fault> {
    let has_offset = clock.contains(['z', '+', '-']);
    if has_offset {
        let instant = read_rfc3339(&format!("{date}T{}", clock.to_uppercase().replace(' ', "")));
        let day = instant.map(berlin_day).ok_or_else(|| wrong_form(text))?;
        return in_range(text, u16::try_from(day.date().year()).unwrap_or(0)).map(|_| PartialDate::Day(day));
    }
    let is_clock =
        |clock: &str| clock.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    let day = read(date)?;
    let is_whole = matches!(day, PartialDate::Day(_)) && is_clock(clock.trim_end_matches(" uhr"));
    if is_whole { Ok(day) } else { Err(wrong_form(text)) }
}

/// What stands in a date: its numbers, and how certain their order is.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    year: Option<u16>,
    is_short: bool,
    month: Option<u8>,
    is_named: bool,
    day: Option<u8>,
    quarter: Option<u8>,
    half: Option<u8>,
    week: Option<u8>,
    /// Whether day and month may have changed places, as in `05/06/2024`.
    may_be_swapped: bool,
}

impl Found {
    /// Matches a text with a form, from the first letter to the last.
    fn in_form(text: &str, parts: &str) -> Option<Found> {
        let mut found = Found { may_be_swapped: matches!(parts, "D/M/Y" | "D-M-Y"), ..Found::default() };
        let mut rest = text;
        for part in parts.chars() {
            rest = found.part(part, rest)?;
        }
        rest.is_empty().then_some(found)
    }

    /// Takes a part of a form from the beginning of a text; returns what follows.
    fn part<'t>(&mut self, part: char, text: &'t str) -> Option<&'t str> {
        match part {
            'Y' => digits(text, 4..=4).map(|(year, rest)| (self.year = Some(year), rest).1),
            'V' => digits(text, 2..=2).map(|(year, rest)| {
                (self.year, self.is_short) = (Some(year), true);
                rest
            }),
            'M' => small(text, &mut self.month),
            'D' => small(text, &mut self.day),
            'W' => small(text, &mut self.week),
            'Q' => ordinal(text, &mut self.quarter),
            'H' => ordinal(text, &mut self.half),
            'N' => self.named_month(text),
            ' ' => Some(text.trim_start_matches([' ', '.'])),
            '_' => {
                let text = text.trim_start_matches([' ', '.']);
                Some(text.strip_prefix(['/', '-', '\u{2013}']).unwrap_or(text).trim_start())
            }
            own => text
                .trim_start()
                .strip_prefix(own)
                .map(|rest| if own.is_alphabetic() { rest } else { rest.trim_start() }),
        }
    }

    fn named_month<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        let index = MONTHS.iter().position(|names| names.contains(&&text[..end]))?;
        (self.month, self.is_named) = (u8::try_from(index + 1).ok(), true);
        Some(&text[end..])
    }

    /// Makes the date of what was found.
    fn date(self, text: &str) -> Result<PartialDate, Fault> {
        let year = self.year.ok_or_else(|| wrong_form(text))?;
        let year = if self.is_short { short_year(text, year, self)? } else { in_range(text, year)? };
        match self {
            Found { day: Some(day), month: Some(month), .. } => self.day(text, year, month, day),
            Found { month: Some(month @ 1..=12), .. } => Ok(PartialDate::Month(year, month)),
            Found { month: Some(month), .. } => Err(no_such_day(
                text,
                &format!("{year} hat keinen Monat {month}"),
                &format!("{year} has no month {month}"),
            )),
            Found { quarter: Some(quarter @ 1..=4), .. } => Ok(PartialDate::Quarter(year, quarter)),
            Found { half: Some(half @ 1..=2), .. } => Ok(PartialDate::Half(year, half)),
            Found { week: Some(week), .. } => PartialDate::week(year, week).ok_or_else(|| {
                no_such_day(
                    text,
                    &format!("{year} hat keine Kalenderwoche {week}"),
                    &format!("{year} has no week {week}"),
                )
            }),
            Found { quarter: None, half: None, .. } => Ok(PartialDate::Year(year)),
            _ => Err(wrong_form(text)),
        }
    }

    fn day(self, text: &str, year: u16, month: u8, day: u8) -> Result<PartialDate, Fault> {
        let on = |month: u8, day: u8| Day::from_ymd(i32::from(year), u32::from(month), u32::from(day));
        let swapped = on(day, month).filter(|_| self.may_be_swapped && day != month);
        match (on(month, day), swapped) {
            (Some(day), None) => Ok(PartialDate::Day(day)),
            (Some(day), Some(other)) => Err(either(text, &day.to_string(), &other.to_string())),
            (None, Some(other)) => Err(month_first(text).hint(other.to_string())),
            (None, None) => Err(no_such_day(
                text,
                "diesen Tag gibt es nicht im Kalender",
                "this day does not exist in the calendar",
            )),
        }
    }
}

/// Reads a number of so many digits at the beginning of a text; returns it and what follows.
fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = lengths.contains(&length).then(|| text[..length].parse().ok()).flatten()?;
    Some((number, &text[length..]))
}

fn small<'t>(text: &'t str, into: &mut Option<u8>) -> Option<&'t str> {
    let (number, rest) = digits(text, 1..=2)?;
    *into = u8::try_from(number).ok();
    Some(rest)
}

/// Reads a digit or a Roman number up to four.
fn ordinal<'t>(text: &'t str, into: &mut Option<u8>) -> Option<&'t str> {
    if let Some((number, rest)) = digits(text, 1..=1) {
        *into = u8::try_from(number).ok();
        return Some(rest);
    }
    let end = text.find(|c: char| !matches!(c, 'i' | 'v')).unwrap_or(text.len());
    let index = ["i", "ii", "iii", "iv"].iter().position(|roman| *roman == &text[..end])?;
    *into = u8::try_from(index + 1).ok();
    Some(&text[end..])
}

/// Returns the year that two digits mean. Behind a month, up to 12 they may as well be a month or a day.
fn short_year(text: &str, year: u16, found: Found) -> Result<u16, Fault> {
    let is_mistakable = found.day.is_none() && found.month.is_some() && year <= 12;
    if year > SHORT_YEAR_MAX || is_mistakable {
        return Err(no_such_day(
            text,
            "das Jahr mit vier Ziffern schreiben",
            "write the year with four digits",
        ));
    }
    Ok(2000 + year)
}

fn in_range(text: &str, year: u16) -> Result<u16, Fault> {
    if (YEAR_MIN..=YEAR_MAX).contains(&i32::from(year)) {
        return Ok(year);
    }
    Err(Fault::say(
        Code::DateOutOfRange,
        format!("„{text}“: das Jahr muss zwischen {YEAR_MIN} und {YEAR_MAX} liegen"),
        format!("\"{text}\": the year must lie between {YEAR_MIN} and {YEAR_MAX}"),
    ))
}

/// Refuses `Mitte 2023`, with the next coarser exact date as a hint, and `II/2024`, which has two meanings.
fn vague(text: &str, date: &str) -> Option<Fault> {
    if let Some((roman, year)) = date.split_once('/') {
        let mut part = None;
        let year = digits(year.trim(), 4..=4).filter(|(_, rest)| rest.is_empty())?.0;
        ordinal(roman.trim(), &mut part).filter(|rest| rest.is_empty())?;
        return Some(match part? {
            part @ 1..=2 => either(text, &format!("{year}-Q{part}"), &format!("{year}-H{part}")),
            part => wrong_form(text).hint(format!("{year}-Q{part}")),
        });
    }
    let rest = VAGUE.iter().find_map(|word| date.strip_prefix(word)?.strip_prefix([' ', '-']))?;
    let fault = Fault::say(
        Code::BadDate,
        format!("„{text}“ ist zu ungenau; den Zeitraum nennen, in dem es sicher liegt"),
        format!("\"{text}\" is too vague; name the period in which it lies for certain"),
    );
    match read(rest.trim()) {
        // A winter lies in two years.
        Ok(coarser) if coarser.is_partial() && !date.starts_with("winter") => {
            Some(fault.hint(coarser.to_string()))
        }
        _ => Some(fault),
    }
}

/// Refuses `seit Juni 2024` with the date alone as a hint, and what is no date.
fn led(text: &str, date: &str) -> Fault {
    let behind = |word: &&str| date.strip_prefix(*word)?.strip_prefix([' ', ',', '.']);
    let rest = LEADING.iter().find_map(behind);
    let found = rest.and_then(|rest| read(rest.trim_start_matches([' ', ',', '.'])).ok());
    match found {
        Some(found) => wrong_form(text).hint(found.to_string()),
        None => wrong_form(text),
    }
}

fn either(text: &str, one: &str, other: &str) -> Fault {
    Fault::say(
        Code::BadDate,
        format!("„{text}“ kann {one} oder {other} heißen; eines von beiden schreiben"),
        format!("\"{text}\" may mean {one} or {other}; write one of the two"),
    )
}

fn month_first(text: &str) -> Fault {
    no_such_day(text, "der Tag steht vor dem Monat", "the day stands before the month")
}

fn no_such_day(text: &str, de: &str, en: &str) -> Fault {
    Fault::say(Code::BadDate, format!("„{text}“: {de}"), format!("\"{text}\": {en}"))
}

fn wrong_form(text: &str) -> Fault {
    Fault::say(
        Code::BadDate,
        format!(
            "„{text}“ ist kein Datum. Erlaubt: 30.06.2024, Juni 2024, 2024-06, 2. Quartal 2024, 1. Halbjahr 2024, KW 23/2024, 2024"
        ),
        format!(
            "\"{text}\" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_by_its_own_row() {
        for form in &DATE_FORMS {
            let date = plain(form.example).to_lowercase();
            let read_by = DATE_FORMS.iter().find(|form| Found::in_form(&date, form.parts).is_some());
            assert_eq!(read_by.map(|form| form.parts), Some(form.parts), "{form:?}");
            assert!(read(form.example).is_ok(), "{form:?}");
        }
    }
}
