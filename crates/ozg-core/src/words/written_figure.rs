//! How figures are read as they were printed: qualifiers before them, rounded millions, percentages, `5 von 16`.

use super::number::{NoNumber, ambiguous, out_of_range};
use super::plain::plain;
use super::table::Word;
use super::{Figure, Number, Qualifier, range};
use crate::mistake::{Code, Fault};

/// What stands behind a number that may be higher.
const OR_MORE: [&str; 4] = ["+", "und mehr", "oder mehr", "or more"];
/// What stands behind a percentage.
const PER_CENT: [&str; 7] = ["%", "prozent", "percent", "per cent", "v. h.", "v.h.", "vom hundert"];
/// What stands between a number and the number that it is a part of.
const OF: [&str; 2] = [" von ", " of "];
/// What may be counted, behind `5 von 16`.
const COUNTED: [&str; 14] = [
    "ländern",
    "bundesländern",
    "behörden",
    "ausländerbehörden",
    "kommunen",
    "gemeinden",
    "städten",
    "kreisen",
    "landkreisen",
    "leistungen",
    "ozg-leistungen",
    "authorities",
    "services",
    "municipalities",
];
/// Words behind a number that is rounded: how many zeros each stands for.
const ROUNDED: [(&str, i32); 12] = [
    ("tsd.", 3),
    ("tsd", 3),
    ("tausend", 3),
    ("thousand", 3),
    ("mio.", 6),
    ("mio", 6),
    ("millionen", 6),
    ("million", 6),
    ("mrd.", 9),
    ("mrd", 9),
    ("milliarden", 9),
    ("milliarde", 9),
];

impl Qualifier {
    /// Finds the longest spelling of a qualifier that a text in lower case begins with; returns what follows it, too.
    fn before(text: &str) -> Option<(Qualifier, &str)> {
        // A range has two numbers, and is read by itself.
        let words = Qualifier::TABLE.iter().filter(|row| row.word != Qualifier::Between);
        let all = words.flat_map(|row| row.spellings().map(|word| (row.word, word)));
        let is_whole = |word: &str, rest: &str| {
            !(word.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic))
        };
        let fitting = all.filter_map(|(qualifier, word)| Some((qualifier, word, text.strip_prefix(word)?)));
        let whole = fitting.filter(|(_, word, rest)| is_whole(word, rest));
        whole.map(|(qualifier, _, rest)| (qualifier, rest.trim_start())).min_by_key(|(_, rest)| rest.len())
    }
}

impl Figure {
    /// Reads a number as printed, such as `>270`, `ca. 300`, `knapp 100`, `mindestens 5`, `270+`, `1,2 Mio.`, `1 000`, `100–120`.
    ///
    /// # Errors
    /// `bad_number` for what is no number, may mean two numbers or is a percentage; `number_out_of_range` beyond 10^12.
    pub fn read(text: &str) -> Result<Figure, Fault> {
        let word = plain(text).to_lowercase();
        match without(&word, &PER_CENT) {
            Some(_) => Err(is_percentage(text)),
            None => printed(text, &word),
        }
    }

    /// Reads a percentage as printed, with or without a sign: `45`, `45 %`, `über 97 Prozent`.
    ///
    /// # Errors
    /// `bad_number` and `number_out_of_range`, as for numbers.
    pub fn read_percent(text: &str) -> Result<Figure, Fault> {
        let word = plain(text).to_lowercase();
        printed(text, without(&word, &PER_CENT).unwrap_or(&word))
    }

    /// Tells whether a number is written with a sign or a word for per cent: `45 %`.
    #[must_use]
    pub fn says_percent(text: &str) -> bool {
        without(&plain(text).to_lowercase(), &PER_CENT).is_some()
    }

    /// Splits `5 von 16 Ländern` into the number and the number that it is a part of.
    #[must_use]
    pub fn split_of(text: &str) -> Option<(String, String)> {
        let word = plain(text).to_lowercase();
        let (part, whole) = OF.iter().find_map(|of| word.split_once(of))?;
        let whole = without(whole, &COUNTED).unwrap_or(whole);
        let is_number = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        (is_number(part) && is_number(whole)).then(|| (part.to_owned(), whole.to_owned()))
    }
}

/// Returns what stands before one of the words.
fn without<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_suffix(word)).map(str::trim_end)
}

/// Reads a number in lower case with the words around it; messages quote the text as it was written.
fn printed(text: &str, word: &str) -> Result<Figure, Fault> {
    if let Some((lower, upper)) = range::ends(word) {
        return range::read(text, lower, upper);
    }
    let (qualifier, rest) = Qualifier::before(word).unwrap_or((Qualifier::Exact, word));
    let more = without(rest, &OR_MORE).filter(|_| qualifier == Qualifier::Exact);
    let (qualifier, rest) = more.map_or((qualifier, rest), |rest| (Qualifier::AtLeast, rest));
    let rounded =
        ROUNDED.iter().find_map(|(word, zeros)| Some((rest.strip_suffix(word)?.trim_end(), *zeros)));
    let (digits, zeros) = rounded.unwrap_or((rest, 0));
    let qualifier =
        if rounded.is_some() && qualifier == Qualifier::Exact { Qualifier::About } else { qualifier };
    match Number::parse(digits).and_then(|number| number.with_zeros(zeros)) {
        Ok(number) => Ok(Figure::new(number, qualifier)),
        Err(NoNumber::OutOfRange) => Err(out_of_range(text)),
        Err(NoNumber::Ambiguous(whole, behind)) => {
            let fault = ambiguous(text, &whole, &behind);
            // The hint keeps the words before the number. Of millions, thousands are not what is meant.
            let unsigned = digits.trim_start_matches(['-', '+', '\u{2212}']);
            let meant = plain(text).replacen(unsigned, &format!("{whole}{behind}"), 1);
            Err(if rounded.is_none() { fault.hint(meant) } else { fault })
        }
        Err(NoNumber::Form) => Err(match without_footnote(digits) {
            Some(number) if Number::parse(number).is_ok() => {
                not_a_number(text).hint(plain(text).replacen(digits, number, 1))
            }
            _ => not_a_number(text),
        }),
    }
}

/// Returns what stands before the mark of a footnote: `270 1)`, `270*`, `270¹⁾`.
fn without_footnote(text: &str) -> Option<&str> {
    let open = text.trim_end_matches([')', '⁾']);
    let is_mark = |c: char| matches!(c, '*' | '¹' | '²' | '³' | '⁴'..='⁹');
    let marked = open.trim_end_matches(is_mark);
    if marked.len() < open.len() {
        return Some(marked.trim_end());
    }
    let (number, mark) = open.rsplit_once(' ').filter(|_| open.len() < text.len())?;
    mark.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.trim_end_matches(['(', ' ']))
}

fn not_a_number(text: &str) -> Fault {
    Fault::say(
        Code::BadNumber,
        format!(
            "„{text}“ ist keine Zahl. Erlaubt: 270, \">270\", \"<20\", \"ca. 300\", \"knapp 100\", \"mindestens 5\""
        ),
        format!(
            "\"{text}\" is not a number. Allowed: 270, \">270\", \"<20\", \"ca. 300\", \"knapp 100\", \"mindestens 5\""
        ),
    )
}

fn is_percentage(text: &str) -> Fault {
    Fault::say(
        Code::BadNumber,
        format!(
            "„{text}“ ist ein Anteil; er steht in „Prozent“ einer veröffentlichten Zahl (figure-reported), hier eine Anzahl"
        ),
        format!(
            "\"{text}\" is a percentage; it stands in \"percent\" of a published figure (figure-reported), here a number"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_words_of_press_and_parliament() {
        let table = [
            ("gut 300", ">300"),
            ("über 300", ">300"),
            ("etwas mehr als 300", ">300"),
            ("270+", ">=270"),
            ("270 und mehr", ">=270"),
            ("mind. 5", ">=5"),
            ("≥ 5", ">=5"),
            ("unter 20", "<20"),
            ("maximal 20", "<=20"),
            ("max. 20", "<=20"),
            ("rd. 300", "ca. 300"),
            ("Ungefähr 300", "ca. 300"),
            ("ungefa\u{308}hr 300", "ca. 300"),
            ("ca 300", "ca. 300"),
            ("nahezu 100", "knapp 100"),
            ("annähernd 100", "knapp 100"),
            ("1,2 Mio.", "ca. 1200000"),
            ("über 1,2 Millionen", ">1200000"),
            ("12 Tsd.", "ca. 12000"),
            ("1 000", "1000"),
            ("1\u{a0}234", "1234"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("rund 12 500", "ca. 12500"),
            ("1.234.567", "1234567"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1e5", "100000"),
            ("1.5E3", "1500"),
        ];
        for (text, canonical) in table {
            assert_eq!(Figure::read(text).map(|figure| figure.to_string()), Ok(canonical.into()), "{text}");
        }
        for (text, canonical) in
            [("45 %", "45"), ("45%", "45"), ("0,45", "0.45"), ("über 97 Prozent", ">97"), ("97 v. H.", "97")]
        {
            assert_eq!(
                Figure::read_percent(text).map(|figure| figure.to_string()),
                Ok(canonical.into()),
                "{text}"
            );
        }
        for (text, part, whole) in [
            ("5 von 16", "5", "16"),
            ("5 von 16 Ländern", "5", "16"),
            ("mehr als 270 of 575", "mehr als 270", "575"),
        ] {
            assert_eq!(Figure::split_of(text), Some((part.into(), whole.into())), "{text}");
        }
        assert_eq!(Figure::split_of("drei von vier"), None);
    }

    #[test]
    fn a_hint_keeps_the_words_and_is_read() {
        let table = [
            ("1.234", "1234"),
            ("rund 1.000", "rund 1000"),
            (">1.000", ">1000"),
            ("Knapp 12.500", "Knapp 12500"),
            ("mehr als 1.000", "mehr als 1000"),
            ("270 1)", "270"),
            ("rund 270*", "rund 270"),
            ("270¹⁾", "270"),
        ];
        for (text, hint) in table {
            let fault = Figure::read(text).unwrap_err();
            assert_eq!((fault.code, fault.hint_in_english()), (Code::BadNumber, Some(hint)), "{text}");
            assert!(fault.message.de.contains(&format!("„{text}“")), "{}", fault.message.de);
            let before = text.to_lowercase();
            let said = Qualifier::before(&before).map_or(Qualifier::Exact, |(qualifier, _)| qualifier);
            assert_eq!(Figure::read(hint).unwrap().qualifier, said, "{text}");
        }
        assert_eq!(
            Figure::read("rund 1.000").unwrap_err().message.de,
            "„rund 1.000“ kann 1000 oder 1,000 heißen; ohne Tausenderpunkt schreiben"
        );
    }
}
