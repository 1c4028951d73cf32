//! The marks of a chart. The mark says how a value is known, the colour what it is about.

use super::super::lines::{DrawnLine, LineValue};
use super::frame::Frame;
use super::look::Canvas;
use super::text::{date, in_words};
use ozg_core::words::{Basis, Day, Label, Language, Qualifier};

/// Up to so many changes of a counted line, each has a mark.
const COUNTED_MAX: usize = 26;

/// How a value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// ● counted.
    Counted,
    /// ◇ published.
    Published,
    /// △ published as more than so many.
    More,
    /// ▽ published as fewer than so many.
    Fewer,
    /// □ a target.
    Target,
}

impl Mark {
    /// Returns the mark of a value.
    pub(super) fn of(line: &DrawnLine, value: &LineValue) -> Mark {
        match (line.basis, value.qualifiers[0]) {
            (Basis::Counted, _) => Mark::Counted,
            (Basis::Target, _) => Mark::Target,
            (_, Some(Qualifier::MoreThan | Qualifier::AtLeast)) => Mark::More,
            (_, Some(Qualifier::LessThan | Qualifier::AtMost | Qualifier::JustUnder)) => Mark::Fewer,
            (_, Some(Qualifier::About | Qualifier::Between | Qualifier::Exact) | None) => Mark::Published,
        }
    }

    /// Says in a key what it means.
    pub(super) fn words(self) -> Label {
        match self {
            Mark::Counted => Label { de: "ausgezählt", en: "counted" },
            Mark::Published => Label { de: "veröffentlicht", en: "published" },
            Mark::More => Label { de: "veröffentlicht: mehr als", en: "published: more than" },
            Mark::Fewer => Label { de: "veröffentlicht: weniger als", en: "published: fewer than" },
            Mark::Target => Label { de: "Ziel", en: "target" },
        }
    }

    /// Draws the mark around a point.
    pub(super) fn draw(
        self,
        canvas: &mut Canvas,
        (x, y): (f64, f64),
        (colour, size): (&str, f64),
        title: &str,
    ) {
        let ground = canvas.look.ground;
        let (path, fill) = match self {
            Mark::Counted => {
                let r = size * 0.8;
                let arc =
                    format!("a{r:.1} {r:.1} 0 1 0 {:.1} 0a{r:.1} {r:.1} 0 1 0 {:.1} 0z", 2.0 * r, -2.0 * r);
                (format!("M{:.1} {y:.1}{arc}", x - r), colour)
            }
            Mark::Published => {
                (format!("M{x:.1} {:.1}l{size} {size}l-{size} {size}l-{size} -{size}z", y - size), ground)
            }
            Mark::More => {
                (format!("M{x:.1} {:.1}l{size} {:.1}h-{:.1}z", y - size, 1.8 * size, 2.0 * size), ground)
            }
            Mark::Fewer => {
                (format!("M{x:.1} {:.1}l{size} -{:.1}h-{:.1}z", y + size, 1.8 * size, 2.0 * size), ground)
            }
            Mark::Target => {
                let (half, side) = (size * 0.8, size * 1.6);
                (format!("M{:.1} {:.1}h{side:.1}v{side:.1}h-{side:.1}z", x - half, y - half), ground)
            }
        };
        canvas.shape(&path, (fill, colour), title);
    }
}

/// Lists the values of a line that are marked: what was observed, of counted lines each change unless there are many.
pub(super) fn marked(line: &DrawnLine) -> Vec<(Day, &LineValue)> {
    let observed =
        line.values.iter().filter(|(_, value)| !value.is_carried).map(|(day, value)| (*day, value));
    if line.basis != Basis::Counted {
        return observed.collect();
    }
    let mut before = None;
    let changes: Vec<_> =
        observed.filter(|(_, value)| before.replace(value.number) != Some(value.number)).collect();
    if changes.len() <= COUNTED_MAX { changes } else { Vec::new() }
}

/// Draws the marks of a line, and a rule from the lowest to the highest of figures that contradict each other.
pub(super) fn draw_marks(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    line: &DrawnLine,
    (colour, size, language): (&str, f64, Language),
) {
    for (day, value) in marked(line) {
        let (x, y) = (frame.x(day), frame.y(value.number.to_f64()));
        let mark = Mark::of(line, value);
        let title = format!("{}: {}", date(day, language), in_words(value, frame.scale.is_share, language));
        if let Some(highest) = value.highest.or(value.upper) {
            let top = frame.y(highest.to_f64());
            canvas.line((x, y), (x, top), colour, 1.5);
            let upper = if value.highest.is_some() { Mark::of_upper(value, mark) } else { mark };
            upper.draw(canvas, (x, top), (colour, size), &title);
        }
        mark.draw(canvas, (x, y), (colour, size), &title);
    }
}

impl Mark {
    /// Returns the mark of the highest of figures that contradict each other.
    fn of_upper(value: &LineValue, lowest: Mark) -> Mark {
        match (lowest, value.qualifiers[1]) {
            (Mark::Counted | Mark::Target, _) => lowest,
            (_, Some(Qualifier::MoreThan | Qualifier::AtLeast)) => Mark::More,
            (_, Some(Qualifier::LessThan | Qualifier::AtMost | Qualifier::JustUnder)) => Mark::Fewer,
            (_, Some(Qualifier::About | Qualifier::Between | Qualifier::Exact) | None) => Mark::Published,
        }
    }
}
