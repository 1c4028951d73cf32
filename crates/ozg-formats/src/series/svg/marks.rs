//! The lines of a chart, the marks at their values, and their names.

use super::super::lines::{DrawnLine, LineValue};
use super::axes::Frame;
use super::text::{said, wrapped};
use crate::xml::escape;

use ozg_core::words::{Basis, Day, Language, Qualifier};
use std::fmt::Write as _;
use std::ops::RangeBounds;

/// Colours that people with any kind of colour vision tell apart, each at least 3:1 on white.
const COLOURS: [&str; 12] = [
    "#0077bb", "#cc5500", "#222222", "#009080", "#aa3377", "#7a7a00", "#cc3311", "#332288", "#117733",
    "#8c510a", "#767676", "#8844aa",
];
/// How the values behind the last observation of a line are drawn.
const CARRIED: &str = " stroke-dasharray=\"1 5\"";
/// Up to so many values that were observed, each has a dot.
const DOTTED_MAX: usize = 26;
/// Characters of a line of a name.
const NAME_CHARACTERS: usize = 26;
/// Up to so many lines, a name has two lines of text.
const LONG_NAMES_MAX: usize = 6;
/// Height of a line of a name.
const NAME_HEIGHT: f64 = 15.5;
/// Where names begin, right of the drawing.
const NAME_DISTANCE: f64 = 26.0;

/// Draws all lines, the first one on top.
pub(super) fn draw_lines(frame: &Frame, lines: &[DrawnLine], language: Language, out: &mut String) {
    for (line, colour) in lines.iter().zip(COLOURS).rev() {
        let _ = writeln!(out, "<g stroke=\"{colour}\"><title>{}</title>", escape(&line.heading));
        if line.period.is_none() {
            let dashes = match line.basis {
                Basis::Counted => "",
                Basis::Reported | Basis::Summed => " stroke-dasharray=\"7 5\"",
                Basis::Target => " stroke-dasharray=\"1 6\"",
            };
            let behind = line.carried_behind().unwrap_or(Day::LAST);
            for (part, dashes) in
                [(path(frame, line, ..=behind), dashes), (path(frame, line, behind..), CARRIED)]
            {
                if part.contains('H') || line.values.len() == 1 && !part.is_empty() {
                    let _ = writeln!(out, "<path class=\"line\"{dashes} d=\"{part}\"/>");
                }
            }
        }
        let last = line.values.keys().next_back();
        let observed = line.values.values().filter(|value| !value.is_carried).count();
        let dotted = line.period.is_some() || observed <= DOTTED_MAX;
        let mut before = None;
        for (day, value) in &line.values {
            let is_new =
                before.replace((value.number, value.qualifiers)) != Some((value.number, value.qualifiers));
            if let Some(highest) = value.highest.or(value.upper) {
                bar(frame, *day, (value, highest.to_f64()), out);
            }
            let is_marked = !value.is_carried && (dotted || Some(day) == last);
            let qualifier = value.qualifiers[0].filter(|_| is_marked || is_new);
            if is_marked || value.is_running && !value.is_carried || qualifier.is_some() {
                dot(frame, *day, value, (colour, language), out);
            }
            if let Some(qualifier) = qualifier {
                inexact(frame.x(*day), frame.y(value.number.to_f64()), qualifier, out);
            }
        }
        out.push_str("</g>\n");
    }
}

/// Draws the days of a line, which holds each value until the next.
fn path(frame: &Frame, line: &DrawnLine, days: impl RangeBounds<Day>) -> String {
    let mut path = String::new();
    for (at, (day, value)) in line.values.range(days).enumerate() {
        let (x, y) = (frame.x(*day), frame.y(value.number.to_f64()));
        let _ = if at == 0 { write!(path, "M{x:.1} {y:.1}") } else { write!(path, "H{x:.1}V{y:.1}") };
    }
    path
}

/// Draws how far the sources of a day lie apart, or the ends of a range.
fn bar(frame: &Frame, day: Day, (value, highest): (&LineValue, f64), out: &mut String) {
    let (x, from, to) = (frame.x(day), frame.y(value.number.to_f64()), frame.y(highest));
    let _ =
        writeln!(out, "<line class=\"range\" x1=\"{x:.1}\" y1=\"{from:.1}\" x2=\"{x:.1}\" y2=\"{to:.1}\"/>");
}

fn dot(frame: &Frame, day: Day, value: &LineValue, (colour, language): (&str, Language), out: &mut String) {
    let (x, y) = (frame.x(day), frame.y(value.number.to_f64()));
    let (fill, radius) = if value.is_running { ("#fff", 4.2) } else { (colour, 3.0) };
    let shown = LineValue { highest: None, ..*value };
    let title = format!("{}: {}", super::text::date(day, language), said(&shown, frame.is_share, language));
    let title = escape(&title);
    let _ = writeln!(
        out,
        "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"><title>{title}</title></circle>"
    );
}

/// Marks a value that is not exact: a triangle above it where it is more, below it where it is less, both where it is about so
/// much.
fn inexact(x: f64, y: f64, qualifier: Qualifier, out: &mut String) {
    let (above, below) = match qualifier {
        // A range has a bar up to its higher end.
        Qualifier::Exact | Qualifier::Between => (false, false),
        Qualifier::MoreThan | Qualifier::AtLeast => (true, false),
        Qualifier::LessThan | Qualifier::AtMost | Qualifier::JustUnder => (false, true),
        Qualifier::About => (true, true),
    };
    for (_, side) in [(above, -1.0), (below, 1.0)].into_iter().filter(|(is_there, _)| *is_there) {
        let (base, tip) = (y + side * 7.0, side * 7.0);
        let _ = writeln!(out, "<path class=\"inexact\" d=\"M{:.1} {base:.1}h9l-4.5 {tip}z\"/>", x - 4.5);
    }
}

/// The name of a line and where it stands.
struct Name {
    line: usize,
    /// Lines of text.
    texts: Vec<String>,
    /// The last value, which stands behind the last of them, or in its place where that is empty.
    value: String,
    /// Where the line ends.
    end: f64,
    /// Where the first of the texts stands.
    y: f64,
}

/// Returns the height of so many lines of text.
fn height_of(texts: &[String]) -> f64 {
    NAME_HEIGHT * texts.iter().map(|_| 1.0).sum::<f64>() + 4.0
}

/// Returns the room that the names of all lines need.
pub(super) fn height_of_names(lines: &[DrawnLine], is_share: bool, language: Language) -> f64 {
    let texts = lines.iter().filter_map(|line| texts(line, (is_share, lines.len()), language));
    texts.map(|(texts, _)| height_of(&texts)).sum()
}

/// Writes the name and the last value of each line at its end; names that would overlap move apart.
pub(super) fn draw_labels(frame: &Frame, lines: &[DrawnLine], language: Language, out: &mut String) {
    let mut names: Vec<Name> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let (texts, value) = texts(line, (frame.is_share, lines.len()), language)?;
            let end = frame.y(line.values.last_key_value()?.1.number.to_f64());
            Some(Name { line: at, texts, value, end, y: end })
        })
        .collect();
    names.sort_by(|left, right| left.end.total_cmp(&right.end));
    spread(&mut names, frame.ends());
    for name in &names {
        let last = lines[name.line].values.keys().next_back();
        draw_label(frame, name, last.map_or(frame.sides().1, |day| frame.x(*day)), out);
    }
}

fn draw_label(frame: &Frame, name: &Name, last: f64, out: &mut String) {
    let (_, right) = frame.sides();
    let colour = COLOURS[name.line % COLOURS.len()];
    let (x, y) = (right + NAME_DISTANCE, name.y);
    let _ = writeln!(
        out,
        "<path class=\"leader\" stroke=\"{colour}\" d=\"M{:.1} {:.1}H{:.1}L{:.1} {:.1}\"/>",
        last + 6.0,
        name.end,
        right + 7.0,
        x - 8.0,
        y - 4.5
    );
    let mut texts = String::new();
    for (at, text) in name.texts.iter().enumerate() {
        let dy = if at == 0 { String::new() } else { format!(" dy=\"{NAME_HEIGHT}\"") };
        let place = format!("x=\"{x:.1}\"{dy}");
        let _ = match text.as_str() {
            "" => write!(texts, "<tspan class=\"value\" {place}>{}</tspan>", escape(&name.value)),
            text => write!(texts, "<tspan {place}>{}</tspan>", escape(text)),
        };
    }
    if name.texts.last().is_some_and(|text| !text.is_empty()) {
        let _ = write!(texts, " <tspan class=\"value\">{}</tspan>", escape(&name.value));
    }
    let _ = writeln!(out, "<text class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\">{texts}</text>");
    let _ = writeln!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"{:.1}\" fill=\"{colour}\"/>",
        x - 8.0,
        y - 11.5,
        height_of(&name.texts) - 4.0
    );
}

/// Returns the name of a line in lines of text, and its last value.
fn texts(
    line: &DrawnLine,
    (is_share, lines): (bool, usize),
    language: Language,
) -> Option<(Vec<String>, String)> {
    let (_, value) = line.values.last_key_value()?;
    let said = said(value, is_share, language);
    let mut texts = wrapped(&line.heading, NAME_CHARACTERS);
    let most = if lines <= LONG_NAMES_MAX { 3 } else { 2 };
    if texts.len() > most {
        texts.truncate(most);
        texts[most - 1].push('…');
    }
    let has_room =
        texts.last().is_some_and(|text| text.chars().count() + said.chars().count() < NAME_CHARACTERS);
    if !has_room {
        texts.push(String::new());
    }
    Some((texts, said))
}

/// Moves names apart, from top to bottom, then back up where the last ones stand too low.
fn spread(names: &mut [Name], (top, bottom): (f64, f64)) {
    let mut free = top;
    for name in names.iter_mut() {
        name.y = (name.end - height_of(&name.texts) / 2.0).max(free);
        free = name.y + height_of(&name.texts);
    }
    let mut limit = bottom + 30.0;
    for name in names.iter_mut().rev() {
        name.y = name.y.min(limit - height_of(&name.texts));
        limit = name.y;
    }
    names.iter_mut().for_each(|name| name.y += 11.0);
}
