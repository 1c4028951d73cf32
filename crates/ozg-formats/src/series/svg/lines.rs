//! The lines of a chart as steps, the bars of changes and periods, the hatched foot where nothing is known, and breaks.

use super::super::lines::{DrawnLine, LineValue};
use super::frame::Frame;
use super::look::{Canvas, Letters};
use super::runs::{Break, Run, runs, silences};
use super::text::{date, in_words, said, width_of};
use ozg_core::words::{Basis, Day, Label, Language};
use std::fmt::Write as _;

/// Dashes of what was published, and dots of what is carried on.
pub(super) const PUBLISHED: &str = "6 4";
pub(super) const CARRIED: &str = "1 5";
/// Height of the hatched foot.
const FOOT: f64 = 22.0;
/// Up to so many bars, each has its number.
const BARS_NUMBERED_MAX: usize = 14;

/// Draws a line: solid what is counted, dashed what was published, dotted what is carried on.
pub(super) fn draw_line(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    line: &DrawnLine,
    (colour, broken): (&str, Option<Break>),
) {
    for run in runs(line, frame.days.1, broken) {
        let dashes = match line.basis {
            _ if run.is_carried => CARRIED,
            Basis::Counted => "",
            Basis::Reported | Basis::Summed | Basis::Target => PUBLISHED,
        };
        if let Some(path) = path(frame, &run) {
            canvas.path(&path, colour, if run.is_carried { 2.4 } else { 2.0 }, dashes);
        }
    }
}

fn path(frame: &Frame<'_>, run: &Run) -> Option<String> {
    let (first, value) = *run.steps.first()?;
    let mut path = format!("M{:.1} {:.1}", frame.x(first), frame.y(value));
    let (mut at, mut before) = (first, value);
    for (day, value) in &run.steps[1..] {
        if (value - before).abs() > f64::EPSILON {
            let _ = write!(path, "H{:.1}V{:.1}", frame.x(*day), frame.y(*value));
            at = *day;
        }
        before = *value;
    }
    if run.end > at {
        let _ = write!(path, "H{:.1}", frame.x(run.end));
    }
    path.contains(['H', 'V']).then_some(path)
}

/// Hatches the foot where no line says anything, with words where there is room. Tells whether there is such a place.
pub(super) fn draw_silences(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    lines: &[&DrawnLine],
    (broken, language): (Option<Break>, Language),
) -> bool {
    let bottom = frame.y(0.0);
    let foot = FOOT.min((frame.ends.1 - frame.ends.0) / 6.0);
    let silent =
        silences(lines, frame.days, broken).into_iter().map(|(from, to)| (frame.x(from), frame.x(to)));
    let silent: Vec<(f64, f64)> = silent.filter(|(left, right)| right - left >= 6.0).collect();
    for (left, right) in &silent {
        canvas.hatch((*left, *right), (bottom - foot, bottom));
        let words = Label { de: "keine Angabe", en: "no figure" }.in_language(language);
        if width_of(words, 12.5) + 12.0 < right - left {
            let letters = Letters::new(12.5, canvas.look.text).at("middle");
            canvas.text_in_front(letters, (f64::midpoint(*left, *right), bottom - foot / 2.0 + 4.5), words);
        }
    }
    !silent.is_empty()
}

/// Draws a double rule where another unit begins to be counted, with words.
pub(super) fn draw_break(canvas: &mut Canvas, frame: &Frame<'_>, broken: Break, language: Language) {
    draw_rule(canvas, frame, broken);
    let (x, top, (left, right)) = (frame.x(broken.day), frame.ends.0, frame.sides);
    let unit = broken.unit.name().in_language(language);
    let words = match language {
        Language::German => format!("Reihenbruch: ab hier {unit}"),
        Language::English => format!("break: {unit} from here on"),
    };
    let letters = Letters::new(12.5, canvas.look.text);
    let width = width_of(&words, 12.5);
    let (anchor, at) = match () {
        () if x - left > width + 10.0 => ("end", x - 8.0),
        () if right - x > width + 10.0 => ("start", x + 8.0),
        () => ("end", right),
    };
    let y = if right - x > width + 10.0 || x - left > width + 10.0 { top - 5.0 } else { top - 18.0 };
    canvas.text_in_front(letters.at(anchor), (at, y), &words);
}

/// Draws the double rule alone.
pub(super) fn draw_rule(canvas: &mut Canvas, frame: &Frame<'_>, broken: Break) {
    let (x, (top, bottom)) = (frame.x(broken.day), frame.ends);
    for side in [-2.0, 2.0] {
        canvas.line((x + side, top - 10.0), (x + side, bottom), canvas.look.text, 1.2);
    }
}

/// Draws a bar for each value: of a period from its first to its last day, of a change around its day.
pub(super) fn draw_bars(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    line: &DrawnLine,
    (colour, language): (&'static str, Language),
) {
    let places: Vec<f64> = line.values.keys().map(|day| frame.x(*day)).collect();
    let nearest = places.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::MAX, f64::min);
    let width = (nearest * 0.7).clamp(1.5, 24.0);
    let is_numbered = line.values.len() <= BARS_NUMBERED_MAX;
    for (day, value) in &line.values {
        let (from, to) = extent(frame, (*day, value), width);
        let (y, zero) = (frame.y(value.number.to_f64()), frame.y(0.0));
        let text = said(value, frame.scale.is_share, language);
        let span = value.observed.filter(|_| line.period.is_some());
        let when = span.map_or_else(|| date(*day, language), |span| span.in_language(Some(language)));
        let bar = [from, y.min(zero), to - from, (zero - y).abs().max(1.0)];
        let title = format!("{when}: {}", in_words(value, frame.scale.is_share, language));
        canvas.bar(bar, (colour, if value.is_running { 0.45 } else { 1.0 }), &title);
        if is_numbered && (width_of(&text, 12.5) < nearest.min(1e6) || places.len() == 1) {
            let place = if y <= zero { y - 5.0 } else { y + 14.0 };
            let letters = Letters::new(12.5, canvas.look.text).at("middle");
            canvas.text_in_front(letters, (f64::midpoint(from, to), place), &text);
        }
    }
}

fn extent(frame: &Frame<'_>, (day, value): (Day, &LineValue), width: f64) -> (f64, f64) {
    match value.observed.and_then(|observed| observed.period()) {
        Some((first, last)) => {
            let (from, to) = (frame.x(first) + 0.5, frame.x(last) - 0.5);
            if to - from >= 3.0 { (from, to) } else { (to - 3.0, to) }
        }
        None => {
            let x = frame.x(day);
            ((x - width / 2.0).max(frame.sides.0), (x + width / 2.0).min(frame.sides.1 + width / 2.0))
        }
    }
}
