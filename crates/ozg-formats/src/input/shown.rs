//! What a number format shows of the value of a cell: `0 %` shows 0.97 as 97 per cent, `mmm yy` shows the month of a day. A
//! cell means what it shows.

use super::row::Holds;
use ozg_core::mistake::{Code, Fault};

/// The parts of a date that a format shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub(crate) day: bool,
    pub(crate) month: bool,
    pub(crate) quarter: bool,
    pub(crate) year: bool,
    /// Hours, minutes or seconds.
    pub(crate) time: bool,
}

/// The format of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CellFormat {
    /// Whether numbers above zero, below zero, and zero are shown in per cent.
    pub(crate) percent: [bool; 3],
    /// What is shown of a date.
    pub(crate) date: DateParts,
}

impl CellFormat {
    /// Reads a format code: `0%`, `0.0" %"`, `mmm yy`.
    pub(crate) fn of(code: &str) -> CellFormat {
        let sections = sections(code);
        // One section is for all numbers, the second is for those below zero, the third for zero.
        let section = |index: usize| sections.get(index).or_else(|| sections.first());
        let percent = [0, 1, 2].map(|index| section(index).is_some_and(|section| section.contains(&'%')));
        CellFormat { percent, date: date_parts(code) }
    }

    /// Tells whether a number is shown in per cent.
    pub(crate) fn is_percent(self, value: f64) -> bool {
        let [above, below, zero] = self.percent;
        if value > 0.0 {
            above
        } else if value < 0.0 {
            below
        } else {
            zero
        }
    }
}

/// The number of 1 January 1905, as spreadsheet programs count days.
const FIRST_OF_1905: u16 = 1_828;
/// The years that the tracker keeps; as numbers of days they all lie in 1905.
const TYPED_YEARS: std::ops::RangeInclusive<u16> = 1_949..=2_078;

/// A day, as a spreadsheet program stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StoredDay {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl StoredDay {
    /// Reads a day in ISO form: `2024-06-30`, perhaps with a time behind it.
    pub(crate) fn read(text: &str) -> Option<StoredDay> {
        let mut parts = text.split('T').next()?.splitn(3, '-');
        let mut next = || parts.next();
        let (year, month, day) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(StoredDay { year, month, day })
    }

    /// Returns the year that was typed where the program expected a day: 2024 is the day with this number, 16 July 1905.
    fn typed_year(self) -> Option<u16> {
        const DAYS_BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        let before = DAYS_BEFORE.get(usize::from(self.month.checked_sub(1)?))?;
        let number = FIRST_OF_1905 + before + u16::from(self.day) - 1;
        (self.year == 1905 && TYPED_YEARS.contains(&number)).then_some(number)
    }

    /// Writes the whole day in ISO form.
    pub(crate) fn whole(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Returns the date that a cell shows of the stored day: `2024-06` where the format shows no day.
///
/// # Errors
/// `bad_date` if it shows no year, or only a time; `date_out_of_range` for a year that was typed into a cell for days.
pub(crate) fn date(stored: StoredDay, parts: DateParts) -> Result<String, Fault> {
    let shown = parts_of(stored, parts)?;
    match stored.typed_year() {
        Some(year) => Err(year_as_day(&shown, year)),
        None => Ok(shown),
    }
}

fn parts_of(stored: StoredDay, parts: DateParts) -> Result<String, Fault> {
    let StoredDay { year, month, .. } = stored;
    match parts {
        DateParts { year: true, day: false, month: true, .. } => Ok(format!("{year:04}-{month:02}")),
        DateParts { year: true, day: false, quarter: true, .. } => {
            Ok(format!("{year:04}-Q{}", month.div_ceil(3)))
        }
        DateParts { year: true, day: false, .. } => Ok(format!("{year:04}")),
        DateParts { year: true, day: true, .. } => Ok(stored.whole()),
        DateParts { day: false, month: false, quarter: false, time: true, .. } => Err(time()),
        // A format without any part of a date shows the day as the program sees fit.
        DateParts { day: false, month: false, quarter: false, .. } => Ok(stored.whole()),
        DateParts { day: true, .. } => Err(no_year(stored.whole())),
        DateParts { month: true, .. } => Err(no_year(format!("{year:04}-{month:02}"))),
        DateParts { .. } => Err(no_year(format!("{year:04}-Q{}", month.div_ceil(3)))),
    }
}

/// Makes the fault of a cell that holds no date but a time.
pub(crate) fn time() -> Fault {
    Fault::say(
        Code::BadDate,
        "In der Zelle steht eine Uhrzeit oder Dauer, kein Datum",
        "The cell holds a time or a duration, not a date",
    )
}

fn year_as_day(shown: &str, year: u16) -> Fault {
    Fault::say(
        Code::DateOutOfRange,
        format!("Die Zelle zeigt {shown}; wurde das Jahr {year} in eine Zelle für Tage geschrieben?"),
        format!("The cell shows {shown}; was the year {year} typed into a cell for days?"),
    )
    .hint(year.to_string())
}

fn no_year(hint: String) -> Fault {
    Fault::say(
        Code::BadDate,
        "Die Zelle zeigt ein Datum ohne Jahr; das Jahr dazuschreiben",
        "The cell shows a date without its year; add the year",
    )
    .hint(hint)
}

/// Returns the text of a cell with a number, and what it holds: `97 %` where the format shows per cent.
pub(crate) fn number_cell(value: f64, format: CellFormat) -> (Result<String, Fault>, Holds) {
    if format.is_percent(value) {
        return (Ok(format!("{}{PERCENT}", number(value * 100.0))), Holds::Percent);
    }
    (Ok(number(value)), Holds::Number)
}

/// Stands behind the number in the text of a cell that is shown in per cent.
pub(crate) const PERCENT: &str = " %";

/// Writes a number with the 15 digits that spreadsheet programs keep; a whole number has no point.
fn number(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// Returns the parts of a date that a format code shows. Codes are English in the file, in whatever language they are shown;
/// some programs write the German letters `T` and `J` all the same.
fn date_parts(code: &str) -> DateParts {
    let mut parts = DateParts::default();
    if code.eq_ignore_ascii_case("general") {
        return parts;
    }
    let letters: Vec<char> = sections(&code.to_lowercase().replace("am/pm", "").replace("a/p", ""))
        .into_iter()
        .next()
        .unwrap_or_default();
    let mut runs: Vec<char> = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let repeats = index > 0 && letters[index - 1] == *letter;
        if letter.is_ascii_lowercase() && !repeats {
            runs.push(*letter);
        }
    }
    for (index, run) in runs.iter().enumerate() {
        let is_minute = index > 0 && runs[index - 1] == 'h' || runs.get(index + 1) == Some(&'s');
        match run {
            'd' | 't' => parts.day = true,
            'm' if is_minute => parts.time = true,
            'm' => parts.month = true,
            'q' => parts.quarter = true,
            'y' | 'j' | 'e' => parts.year = true,
            'h' | 's' => parts.time = true,
            _ => {}
        }
    }
    parts
}

/// Splits a format code into its sections, without quoted texts, escaped characters and what stands in brackets.
fn sections(code: &str) -> Vec<Vec<char>> {
    let mut sections = vec![Vec::new()];
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|end| *end == '"')),
            '[' => drop(characters.by_ref().find(|end| *end == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            ';' => sections.push(Vec::new()),
            other => sections.last_mut().expect("there is a section").push(other),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_per_cent_outside_of_quotes() {
        let table = [
            ("0%", 0.97, true),
            ("0.0 %", 0.97, true),
            ("0.00%;[Red]-0.00%", -0.5, true),
            ("[Green]#,##0.0%", 0.1, true),
            ("0\" %\"", 97.0, false),
            ("0.0\\%", 97.0, false),
            ("[$%-407]0", 97.0, false),
            ("0;0%", 97.0, false),
            ("0;0%", -0.1, true),
            ("General", 0.97, false),
        ];
        for (code, value, expected) in table {
            assert_eq!(CellFormat::of(code).is_percent(value), expected, "{code} {value}");
        }
        for (value, expected) in [(0.276522, "27.6522 %"), (0.97, "97 %"), (-0.005, "-0.5 %"), (1.0, "100 %")]
        {
            let cell = number_cell(value, CellFormat::of("0.0%"));
            assert_eq!(cell, (Ok(expected.to_owned()), Holds::Percent));
        }
    }

    #[test]
    fn dates_are_as_precise_as_their_formats() {
        let stored = StoredDay { year: 2024, month: 6, day: 1 };
        let table = [
            ("dd.mm.yyyy", "2024-06-01"),
            ("TT.MM.JJJJ", "2024-06-01"),
            ("m/d/yy h:mm", "2024-06-01"),
            ("[$-407]d. mmmm yyyy;@", "2024-06-01"),
            ("General", "2024-06-01"),
            ("mmm yy", "2024-06"),
            ("mm/yyyy", "2024-06"),
            ("[$-407]mmmm\\ yyyy", "2024-06"),
            ("\"Stand \"mm.yyyy", "2024-06"),
            ("yyyy", "2024"),
            ("\"d\"yyyy", "2024"),
            ("Q\\ yyyy", "2024-Q2"),
            ("d-mmm", "no year: 2024-06-01"),
            ("mmmm", "no year: 2024-06"),
            ("h:mm", "no date"),
            ("mm:ss", "no date"),
        ];
        for (code, expected) in table {
            let found = date(stored, CellFormat::of(code).date).unwrap_or_else(|fault| {
                match fault.hint_in_english() {
                    Some(hint) => format!("no year: {hint}"),
                    None => "no date".to_owned(),
                }
            });
            assert_eq!(found, expected, "{code}");
        }
        assert_eq!(StoredDay::read("2024-06-01T00:00:00"), Some(stored));
        assert_eq!(StoredDay::read("2024-13-01"), None);
        let typed = StoredDay { year: 1905, month: 7, day: 16 };
        assert_eq!(date(typed, DateParts::default()).unwrap_err().hint_in_english(), Some("2024"));
    }
}
