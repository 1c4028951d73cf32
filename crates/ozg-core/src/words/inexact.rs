//! What is computed from inexact numbers is inexact itself: shares, differences, sums (rule 7c).

use super::{Figure, Number, Qualifier};

/// A part of a share, a difference or a sum.
#[derive(Debug, Clone, Copy)]
struct Part {
    figure: Figure,
    /// Whether it stands below the line or is subtracted, so that up and down and the ends of a range change places.
    is_turned: bool,
}

/// Where a part pulls what is computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pull {
    Exact,
    /// Up; strictly or not.
    Up {
        strict: bool,
    },
    /// Down; strictly or not.
    Down {
        strict: bool,
    },
    /// Between two ends.
    Range,
    /// About.
    About,
    /// About, and down beside other inexact parts than this and the one before.
    JustUnder,
}

impl Part {
    fn of(figure: Figure) -> Part {
        Part { figure, is_turned: false }
    }

    fn turned(figure: Figure) -> Part {
        Part { figure, is_turned: true }
    }

    fn pull(self) -> Pull {
        let pull = match self.figure.qualifier {
            Qualifier::Exact => Pull::Exact,
            Qualifier::MoreThan => Pull::Up { strict: true },
            Qualifier::AtLeast => Pull::Up { strict: false },
            Qualifier::LessThan => Pull::Down { strict: true },
            Qualifier::AtMost => Pull::Down { strict: false },
            Qualifier::Between => Pull::Range,
            Qualifier::About => Pull::About,
            Qualifier::JustUnder => Pull::JustUnder,
        };
        if self.is_turned { pull.turned() } else { pull }
    }

    /// Returns the end from which the lower result follows, or the higher one.
    fn end(self, is_upper: bool) -> Number {
        match self.figure.upper.filter(|_| is_upper != self.is_turned) {
            Some(upper) => upper,
            None => self.figure.number,
        }
    }
}

impl Pull {
    fn turned(self) -> Pull {
        match self {
            Pull::Up { strict } => Pull::Down { strict },
            Pull::Down { strict } => Pull::Up { strict },
            Pull::Exact | Pull::Range | Pull::About | Pull::JustUnder => self,
        }
    }

    fn is_up(self) -> bool {
        matches!(self, Pull::Up { .. })
    }

    fn is_down(self) -> bool {
        matches!(self, Pull::Down { .. })
    }
}

/// Computes a number from parts; none where they pull both ways, or there is no such number.
fn computed(parts: &[Part], compute: impl Fn(&[Number]) -> Option<Number>) -> Option<Figure> {
    let mut pulls: Vec<Pull> = parts.iter().map(|part| part.pull()).collect();
    let pulls_or_ranges = |pull: &Pull| !matches!(pull, Pull::Exact | Pull::About | Pull::JustUnder);
    let is_pulled = pulls.iter().any(pulls_or_ranges);
    if is_pulled {
        for (pull, part) in pulls.iter_mut().zip(parts).filter(|(pull, _)| **pull == Pull::JustUnder) {
            let down = Pull::Down { strict: true };
            *pull = if part.is_turned { down.turned() } else { down };
        }
    }
    let (up, down) = (pulls.iter().any(|pull| pull.is_up()), pulls.iter().any(|pull| pull.is_down()));
    let strict =
        pulls.iter().any(|pull| matches!(pull, Pull::Up { strict: true } | Pull::Down { strict: true }));
    let at = |is_upper: bool| compute(&parts.iter().map(|part| part.end(is_upper)).collect::<Vec<_>>());
    let said = |number: Number, strictly: Qualifier, loosely: Qualifier| {
        Some(Figure::new(number, if strict { strictly } else { loosely }))
    };
    match (up, down, is_pulled) {
        (true, true, _) => None,
        (true, false, _) => said(at(false)?, Qualifier::MoreThan, Qualifier::AtLeast),
        (false, true, _) => said(at(true)?, Qualifier::LessThan, Qualifier::AtMost),
        (false, false, true) => Figure::between(at(false)?, at(true)?),
        (false, false, false) => Some(Figure::new(at(false)?, about(parts, &pulls))),
    }
}

/// Says how exact what is computed from parts is that neither pull nor are ranges.
fn about(parts: &[Part], pulls: &[Pull]) -> Qualifier {
    let mut inexact = parts.iter().zip(pulls).filter(|(_, pull)| **pull != Pull::Exact);
    match (inexact.next(), inexact.next()) {
        (None, _) => Qualifier::Exact,
        (Some((part, Pull::JustUnder)), None) if !part.is_turned => Qualifier::JustUnder,
        _ => Qualifier::About,
    }
}

impl Figure {
    /// Returns its share of a denominator. There is none if the two qualifiers pull the share both ways (`>270` of `>500`), if
    /// the denominator is 0, or if the figure is negative and the denominator inexact.
    #[must_use]
    pub fn share_of(self, below: Figure) -> Option<Figure> {
        if self.number.is_negative() && below.qualifier != Qualifier::Exact {
            return None;
        }
        computed(&[Part::of(self), Part::turned(below)], |numbers| numbers[0].divided_by(numbers[1]))
    }

    /// Returns by how much it is more than another; none where the parts pull both ways.
    #[must_use]
    pub fn less(self, other: Figure) -> Option<Figure> {
        computed(&[Part::of(self), Part::turned(other)], |numbers| {
            Some(numbers[0].plus(numbers[1].negated()))
        })
    }

    /// Adds up. Where the parts pull both ways, those that pull down count as at least 0.
    #[must_use]
    pub fn sum(figures: &[Figure]) -> Figure {
        let total =
            |numbers: &[Number]| Some(numbers.iter().fold(Number::from(0), |sum, number| sum.plus(*number)));
        let parts: Vec<Part> = figures.iter().copied().map(Part::of).collect();
        computed(&parts, total).unwrap_or_else(|| {
            let lowered = |figure: &Figure| match Part::of(*figure).pull() {
                Pull::Down { .. } | Pull::JustUnder => Figure::unknown(),
                Pull::Exact | Pull::Up { .. } | Pull::Range | Pull::About => *figure,
            };
            let parts: Vec<Part> = figures.iter().map(lowered).map(Part::of).collect();
            computed(&parts, total).unwrap_or_else(|| unreachable!("nothing pulls down any more"))
        })
    }

    /// Returns the part of a sum of which nothing is known.
    #[must_use]
    pub fn unknown() -> Figure {
        Figure::new(Number::from(0), Qualifier::AtLeast)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Figure {
        Figure::read(text).unwrap()
    }

    #[test]
    fn rule_07c_shares_of_inexact_parts() {
        let table = [
            ("150", ">500", Some("<0.3")),
            (">270", "500", Some(">0.54")),
            (">270", ">500", None),
            ("ca. 300", "500", Some("ca. 0.6")),
            ("knapp 50", "500", Some("knapp 0.1")),
            ("knapp 50", ">500", Some("<0.1")),
            ("50", "knapp 500", Some("ca. 0.1")),
            ("knapp 50", "knapp 500", Some("ca. 0.1")),
            ("<20", ">100", Some("<0.2")),
            ("mindestens 20", "höchstens 100", Some(">=0.2")),
            ("100–120", "500", Some("0.2–0.24")),
            ("150", "400–500", Some("0.3–0.375")),
            ("ca. 300", ">500", Some("<0.6")),
            ("100–120", ">500", Some("<0.24")),
            (">270", "400–500", Some(">0.54")),
            ("<20", "<100", None),
            ("100–120", "knapp 500", Some(">0.2")),
            ("20", "0", None),
            ("-20", "100", Some("-0.2")),
            ("-20", ">100", None),
        ];
        for (above, below, expected) in table {
            let found = read(above).share_of(read(below)).map(|share| share.to_string());
            assert_eq!(found.as_deref(), expected, "{above} of {below}");
        }
    }

    #[test]
    fn rule_07c_differences_of_inexact_parts() {
        let table = [
            ("100", "80", Some("20")),
            (">200", "80", Some(">120")),
            ("232", ">200", Some("<32")),
            (">250", ">200", None),
            ("mindestens 250", "höchstens 200", Some(">=50")),
            ("<20", "10", Some("<10")),
            ("knapp 120", "100", Some("knapp 20")),
            ("120", "knapp 100", Some("ca. 20")),
            ("ca. 120", "100", Some("ca. 20")),
            ("knapp 120", ">100", Some("<20")),
            ("150", "100–120", Some("30–50")),
            ("100–120", "100–120", Some("-20–20")),
            (">200", "100–120", Some(">80")),
            ("ca. 120", ">100", Some("<20")),
        ];
        for (now, before, expected) in table {
            let found = read(now).less(read(before)).map(|difference| difference.to_string());
            assert_eq!(found.as_deref(), expected, "{before} to {now}");
        }
    }

    #[test]
    fn rule_07c_sums_of_inexact_parts() {
        let table: [(&[&str], &str); 12] = [
            (&["10", "20"], "30"),
            (&["10", ">20"], ">30"),
            (&["10", ">=0"], ">=10"),
            (&["ca. 30", "10"], "ca. 40"),
            (&["<20", "10"], "<30"),
            (&["<20", ">10"], ">10"),
            (&["knapp 20", ">10"], ">10"),
            (&["5–8", "10"], "15–18"),
            (&["knapp 50", "10"], "knapp 60"),
            (&["knapp 50", "knapp 10"], "ca. 60"),
            (&["5–8", ">=0"], ">=5"),
            (&[], "0"),
        ];
        for (parts, expected) in table {
            let figures: Vec<Figure> = parts.iter().map(|part| read(part)).collect();
            assert_eq!(Figure::sum(&figures).to_string(), expected, "{parts:?}");
        }
    }
}
