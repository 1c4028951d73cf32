//! The key of a chart: it explains the marks and dashes that the chart has, nothing else. Names stand beside their lines.

use super::super::lines::DrawnLine;
use super::lines::{CARRIED, PUBLISHED};
use super::look::{Canvas, Letters};
use super::marks::{Mark, marked};
use super::runs::runs;
use super::text::width_of;
use ozg_core::words::{Basis, Day, Label, Language, Qualifier};
use std::collections::BTreeSet;

/// Size of the letters of a key.
const SIZE: f64 = 12.5;
/// Height of a line of a key.
const HEIGHT: f64 = 20.0;

/// A sign of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Mark(Mark),
    Solid,
    Dashes,
    Dots,
    Range,
    Bar,
    Change,
    Running,
    More,
    Fewer,
    Hatch,
}

impl Sign {
    /// Returns the width of its picture.
    fn width(self) -> f64 {
        match self {
            Sign::Mark(_) | Sign::Range => 14.0,
            Sign::Solid | Sign::Dashes | Sign::Dots | Sign::Hatch => 30.0,
            Sign::Bar | Sign::Change | Sign::Running => 16.0,
            Sign::More | Sign::Fewer => 8.0,
        }
    }

    /// Returns the sign that stands before the number of a bar, which has no mark.
    fn of_qualifier(qualifier: Qualifier) -> Option<Sign> {
        match qualifier {
            Qualifier::MoreThan => Some(Sign::More),
            Qualifier::LessThan => Some(Sign::Fewer),
            // These are written in words, or are two numbers.
            Qualifier::Exact | Qualifier::AtLeast | Qualifier::AtMost | Qualifier::About => None,
            Qualifier::JustUnder | Qualifier::Between => None,
        }
    }

    fn words(self) -> Label {
        match self {
            Sign::Mark(mark) => mark.words(),
            Sign::Solid => Label { de: "gezählt bis zum Ende", en: "counted up to the end" },
            Sign::Dashes => Label { de: "gilt bis zur nächsten Angabe", en: "holds until the next figure" },
            Sign::Dots => Label {
                de: "fortgeschrieben, höchstens zwölf Monate",
                en: "carried on, for twelve months at most",
            },
            Sign::Range => Label { de: "Widerspruch oder Spanne", en: "conflict or range" },
            Sign::Bar => Label { de: "von Tag bis Tag", en: "from day to day" },
            Sign::Change => Label { de: "Veränderung zum vorigen Wert", en: "change to the value before" },
            Sign::More => Label { de: "mehr als", en: "more than" },
            Sign::Fewer => Label { de: "weniger als", en: "less than" },
            Sign::Running => Label { de: "Zeitraum läuft noch", en: "period has not ended" },
            Sign::Hatch => Label { de: "keine Angabe", en: "no figure" },
        }
    }

    fn draw(self, canvas: &mut Canvas, (x, y): (f64, f64)) {
        let (colour, middle) = (canvas.look.muted, y - 4.5);
        let (end, across) = (x + self.width(), format!("M{x:.1} {middle:.1}h30"));
        match self {
            Sign::Mark(mark) => mark.draw(canvas, (x + 7.0, middle), (colour, 5.0), ""),
            Sign::Solid => canvas.path(&across, colour, 2.0, ""),
            Sign::Dashes => canvas.path(&across, colour, 2.0, PUBLISHED),
            Sign::Dots => canvas.path(&across, colour, 2.4, CARRIED),
            Sign::Range => canvas.line((x + 7.0, y - 12.0), (x + 7.0, y + 2.0), colour, 1.5),
            Sign::Bar | Sign::Change => canvas.bar([x, y - 11.0, 14.0, 12.0], (colour, 1.0), ""),
            Sign::Running => canvas.bar([x, y - 11.0, 14.0, 12.0], (colour, 0.45), ""),
            Sign::More | Sign::Fewer => {
                let sign = if self == Sign::More { ">" } else { "<" };
                canvas.text(Letters::new(SIZE, colour).bold(), (x, y), sign);
            }
            Sign::Hatch => canvas.hatch((x, end), (y - 11.0, y + 2.0)),
        }
    }
}

/// Lists the signs that lines have.
fn signs(lines: &[DrawnLine], (last, bars, has_silence): (Day, bool, bool)) -> BTreeSet<Sign> {
    let mut signs = BTreeSet::new();
    signs.extend(has_silence.then_some(Sign::Hatch));
    for line in lines {
        if bars {
            let values = || line.values.values();
            let of_qualifiers = values().flat_map(|value| value.qualifiers).flatten();
            signs.extend(of_qualifiers.filter_map(Sign::of_qualifier));
            signs.insert(if line.period.is_some() { Sign::Bar } else { Sign::Change });
            signs.extend(values().any(|value| value.is_running).then_some(Sign::Running));
            continue;
        }
        for (_, value) in marked(line) {
            signs.insert(Sign::Mark(Mark::of(line, value)));
            signs.extend(value.highest.or(value.upper).map(|_| Sign::Range));
        }
        for run in runs(line, last, None) {
            let is_short = run.steps.len() == 1 && run.steps[0].0 == run.end;
            signs.extend((!is_short).then_some(match line.basis {
                _ if run.is_carried => Sign::Dots,
                Basis::Counted => Sign::Solid,
                Basis::Reported | Basis::Summed | Basis::Target => Sign::Dashes,
            }));
        }
    }
    // A counted line explains itself by its mark; without marks, the line is what is explained.
    if signs.contains(&Sign::Mark(Mark::Counted)) {
        signs.remove(&Sign::Solid);
    }
    signs
}

/// Draws the key in lines of at most `width`.
pub(super) fn draw_key(
    canvas: &mut Canvas,
    lines: &[DrawnLine],
    (left, width): (f64, f64),
    (last, bars, has_silence): (Day, bool, bool),
    language: Language,
) {
    let signs = signs(lines, (last, bars, has_silence));
    if signs.is_empty() {
        return;
    }
    let (mut x, mut y) = (left, canvas.y + HEIGHT);
    for sign in signs {
        let words = sign.words().in_language(language);
        let needed = sign.width() + 6.0 + width_of(words, SIZE);
        if x > left && x + needed > left + width {
            (x, y) = (left, y + HEIGHT);
        }
        sign.draw(canvas, (x, y));
        canvas.text(Letters::new(SIZE, canvas.look.muted), (x + sign.width() + 6.0, y), words);
        x += needed + 18.0;
    }
    canvas.y = y + 4.0;
}
