//! Figures as they were printed: ">270", "ca. 300", "knapp 100".

use super::table::{Word, words};
use super::{Number, word_as_text};
use std::cmp::Ordering;

words! {
    /// How exactly a source states a figure. The last column is what is written in front of the number.
    Qualifier with &'static str;
    0 Exact "=" "genau" "exactly" = "";
    1 MoreThan ">" "mehr als" "more than"
        [
            "über", "gut", "etwas mehr als", "deutlich mehr als", "weit mehr als", "knapp über", "etwas über", "deutlich über",
            "weit über", "over", "above",
        ]
        = ">";
    2 AtLeast ">=" "mindestens" "at least" ["≥", "mind.", "wenigstens", "no fewer than"] = ">=";
    3 LessThan "<" "weniger als" "less than"
        ["unter", "knapp unter", "etwas unter", "deutlich unter", "fewer than", "under", "below"] = "<";
    4 AtMost "<=" "höchstens" "at most" ["bis zu", "≤", "maximal", "max.", "up to", "no more than"] = "<=";
    5 About "ca" "etwa" "about"
        [
            "ca.", "circa", "zirka", "rund", "rd.", "ungefähr", "~", "≈", "around", "roughly", "approximately", "approx.",
        ]
        = "ca. ";
    6 JustUnder "knapp" "fast" "nearly" ["almost", "nahezu", "annähernd", "beinahe", "close to"] = "knapp ";
    7 Between "between" "zwischen" "between" = "";
}

/// A number with its qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The number; of a range its lower end.
    pub number: Number,
    /// How exactly it is meant.
    pub qualifier: Qualifier,
    /// The higher end of a range.
    pub upper: Option<Number>,
}

impl Figure {
    /// Makes an exact figure.
    #[must_use]
    pub fn exact(number: impl Into<Number>) -> Figure {
        Figure::new(number.into(), Qualifier::Exact)
    }

    /// Makes a figure with a qualifier, which is not a range.
    #[must_use]
    pub fn new(number: Number, qualifier: Qualifier) -> Figure {
        Figure { number, qualifier, upper: None }
    }

    /// Makes the range between two numbers, which is exact where they are equal; none where they are reversed (rule 6a).
    #[must_use]
    pub fn between(lower: Number, upper: Number) -> Option<Figure> {
        match lower.cmp(&upper) {
            Ordering::Less => {
                Some(Figure { number: lower, qualifier: Qualifier::Between, upper: Some(upper) })
            }
            Ordering::Equal => Some(Figure::exact(lower)),
            Ordering::Greater => None,
        }
    }

    /// Returns the hundredth part, as which a percentage is a share.
    #[must_use]
    pub fn hundredth(self) -> Figure {
        Figure { number: self.number.hundredth(), upper: self.upper.map(Number::hundredth), ..self }
    }

    /// Returns the hundredfold, as which a share is a percentage.
    #[must_use]
    pub fn hundredfold(self) -> Figure {
        Figure { number: self.number.hundredfold(), upper: self.upper.map(Number::hundredfold), ..self }
    }
}

word_as_text!(Figure);

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.qualifier.word_row().columns, self.number)?;
        self.upper.map_or(Ok(()), |upper| write!(f, "–{upper}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mistake::Code;

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
            ("100–120", "100–120"),
            ("100-120", "100–120"),
            ("100 – 120", "100–120"),
            ("zwischen 100 und 120", "100–120"),
            ("Between 100 and 120", "100–120"),
            ("-5–3", "-5–3"),
            ("100–100", "100"),
        ];
        for (text, canonical) in table {
            let figure = Figure::read(text).unwrap();
            assert_eq!(figure.to_string(), canonical);
            assert_eq!(Figure::read(canonical).unwrap(), figure);
        }
    }

    #[test]
    fn refuses_what_may_mean_two_things_and_what_is_absurd() {
        assert_eq!(Figure::read("99999999999999999999").unwrap_err().code, Code::NumberOutOfRange);
        for text in [
            "100-",
            "–5",
            "120–100",
            "zwischen 5",
            "5 und 7",
            "1-2-3",
            "2024-06-30",
            "",
            "viele",
            "ein Drittel",
            "fast alle",
            "1e",
            "1e99",
            "NaN",
            "inf",
            "--1",
            "1.",
            ".5",
            "1 2",
            "1 00",
            "1.23.4",
            "45 %",
            "über 270+",
        ] {
            assert!(Figure::read(text).is_err(), "{text}");
        }
    }
}
