//! Figures as they were printed: ">270", "ca. 300", "knapp 100".

use super::table::{Word, words};
use super::{Number, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

words! {
    /// How exactly a source states a figure. The last column is what is written in front of the number.
    Qualifier with &'static str;
    0 Exact "=" "genau" "exactly" = "";
    1 MoreThan ">" "mehr als" "more than" ["über"] = ">";
    2 AtLeast ">=" "mindestens" "at least" ["≥"] = ">=";
    3 LessThan "<" "weniger als" "less than" = "<";
    4 AtMost "<=" "höchstens" "at most" ["bis zu", "≤"] = "<=";
    5 About "ca" "etwa" "about" ["ca.", "circa", "rund", "~", "≈"] = "ca. ";
    6 JustUnder "knapp" "fast" "nearly" ["almost"] = "knapp ";
}

impl Qualifier {
    /// Finds the longest spelling of a qualifier that a text in lower case begins with; returns what follows it, too.
    fn before(text: &str) -> Option<(Qualifier, &str)> {
        let spellings = |row: &'static super::WordRow<Qualifier>| {
            [row.id, row.name.de, row.name.en]
                .into_iter()
                .chain(row.also.iter().copied())
                .map(|word| (row.word, word))
        };
        let all = Qualifier::TABLE.iter().flat_map(spellings);
        let fitting = all.filter_map(|(word, spelling)| Some((word, text.strip_prefix(spelling)?)));
        fitting.min_by_key(|(_, rest)| rest.len())
    }
}

/// A number with its qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Figure {
    /// The number.
    pub number: Number,
    /// How exactly it is meant.
    pub qualifier: Qualifier,
}

impl Figure {
    /// Makes an exact figure.
    #[must_use]
    pub fn exact(number: impl Into<Number>) -> Figure {
        Figure { number: number.into(), qualifier: Qualifier::Exact }
    }

    /// Reads a number as printed, such as `>270`, `ca. 300`, `knapp 100`, `mindestens 5`.
    ///
    /// # Errors
    /// Those of [`Number::read`]; `bad_number` for words that are no known qualifier.
    pub fn read(text: &str) -> Result<Figure, Fault> {
        let word = text.trim();
        let lower = word.to_lowercase();
        if let Some((qualifier, rest)) = Qualifier::before(&lower) {
            return Number::read(rest).map(|number| Figure { number, qualifier });
        }
        match Number::read(word) {
            Ok(number) => Ok(Figure { number, qualifier: Qualifier::Exact }),
            Err(fault) if fault.code == Code::BadNumber && fault.hint.is_none() => Err(Fault::say(
                Code::BadNumber,
                format!(
                    "„{text}“ ist keine Zahl. Erlaubt: 270, \">270\", \"<20\", \"ca. 300\", \"knapp 100\", \"mindestens 5\""
                ),
                format!(
                    "\"{text}\" is not a number. Allowed: 270, \">270\", \"<20\", \"ca. 300\", \"knapp 100\", \"mindestens 5\""
                ),
            )),
            Err(fault) => Err(fault),
        }
    }
}

word_as_text!(Figure);

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.qualifier.word_row().columns, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_figures_as_printed() {
        let table = [
            ("270", "270"),
            (">270", ">270"),
            ("> 270", ">270"),
            ("ca. 300", "ca. 300"),
            ("rund 300", "ca. 300"),
            ("knapp 100", "knapp 100"),
            ("fast 100", "knapp 100"),
            ("mindestens 5", ">=5"),
            ("<20", "<20"),
            ("-11", "-11"),
            ("\u{2212}11", "-11"),
            ("12,5", "12.5"),
            ("12.50", "12.5"),
            ("0.125", "0.125"),
        ];
        for (text, canonical) in table {
            let figure = Figure::read(text).unwrap();
            assert_eq!(figure.to_string(), canonical);
            assert_eq!(Figure::read(canonical).unwrap(), figure);
        }
    }

    #[test]
    fn refuses_what_may_mean_two_things_and_what_is_absurd() {
        let fault = Figure::read("1.234").unwrap_err();
        assert_eq!((fault.code, fault.hint.as_deref()), (Code::BadNumber, Some("1234")));
        assert_eq!(Figure::read("99999999999999999999").unwrap_err().code, Code::NumberOutOfRange);
        for text in ["", "viele", "1e9", "NaN", "inf", "--1", "1.", ".5", "1 2"] {
            assert!(Figure::read(text).is_err(), "{text}");
        }
    }
}
