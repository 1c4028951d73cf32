//! The names of lines: at their ends, or above the drawing where it is narrow; and the numbers at marks.

use super::super::lines::DrawnLine;
use super::frame::Frame;
use super::look::{Canvas, Letters};
use super::marks::{Mark, marked};
use super::runs::{Break, runs};
use super::text::{characters, said, width_of, wrapped_within};
use ozg_core::words::{Day, Language};

/// Size of the letters of names.
const SIZE: f64 = 13.0;
/// Height of a line of a name.
const HEIGHT: f64 = 16.0;
/// How far names begin behind the ends of lines.
const DISTANCE: f64 = 30.0;
/// Most lines of a name.
const NAME_LINES: usize = 3;
/// Up to so many marks of a line have their numbers.
const NUMBERED_MAX: usize = 10;

/// A line of the chart with its colour and the name that stands beside it.
pub(super) struct Named<'a> {
    pub(super) line: &'a DrawnLine,
    pub(super) colour: &'static str,
    pub(super) name: String,
}

impl Named<'_> {
    /// Returns the last day and what is said of it, with the mark.
    fn last(&self, is_share: bool, language: Language) -> Option<(Mark, String)> {
        let value = self.line.values.last_key_value()?.1;
        Some((Mark::of(self.line, value), said(value, is_share, language)))
    }
}

/// A name in lines of text, and where it stands.
struct Placed {
    line: usize,
    texts: Vec<String>,
    value: String,
    /// Where the line ends.
    end: (f64, f64),
    y: f64,
}

impl Placed {
    fn height(&self) -> f64 {
        HEIGHT * self.texts.iter().map(|_| 1.0).sum::<f64>() + 6.0
    }
}

/// Returns the room that names need right of the drawing.
pub(super) fn room(lines: &[Named<'_>], (is_share, language): (bool, Language), most: f64) -> f64 {
    let longest = lines.iter().filter_map(|line| {
        let (_, value) = line.last(is_share, language)?;
        Some(width_of(&line.name, SIZE).max(width_of(&value, SIZE)))
    });
    longest.fold(60.0, f64::max).min(most) + DISTANCE + 2.0
}

/// Writes the name and the last value of each line at its end; names that would overlap move apart.
pub(super) fn draw_names(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    lines: &[Named<'_>],
    (width, broken, language): (f64, Option<Break>, Language),
) {
    let placed = lines.iter().enumerate().filter_map(|(at, named)| {
        let (_, value) = named.last(frame.scale.is_share, language)?;
        let (day, last) = named.line.values.last_key_value()?;
        let end = runs(named.line, frame.days.1, broken).last().map_or(*day, |run| run.end);
        let shown = last_before(named.line, end).unwrap_or_else(|| last.number.to_f64());
        let end = (frame.x(end), frame.y(shown));
        let mut texts = wrapped_within(&named.name, characters(width - DISTANCE, SIZE), NAME_LINES);
        texts.push(String::new());
        Some(Placed { line: at, texts, value, end, y: end.1 })
    });
    let mut placed: Vec<Placed> = placed.collect();
    placed.sort_by(|left, right| left.end.1.total_cmp(&right.end.1));
    spread(&mut placed, frame.ends);
    for name in &placed {
        draw_name(canvas, name, &lines[name.line]);
    }
}

fn last_before(line: &DrawnLine, end: Day) -> Option<f64> {
    line.values.range(..=end).next_back().map(|(_, value)| value.number.to_f64())
}

fn draw_name(canvas: &mut Canvas, name: &Placed, named: &Named<'_>) {
    let (from, level) = name.end;
    let (x, mut y) = (from + DISTANCE, name.y);
    let leader = format!("M{:.1} {level:.1}H{:.1}L{:.1} {:.1}", from + 7.0, x - 14.0, x - 4.0, y - 4.5);
    canvas.path(&leader, named.colour, 0.8, "");
    let letters = Letters::new(SIZE, named.colour);
    for text in &name.texts {
        match text.as_str() {
            "" => canvas.text_in_front(letters.bold(), (x, y), &name.value),
            text => canvas.text_in_front(letters, (x, y), text),
        }
        y += HEIGHT;
    }
}

/// Moves names apart, from top to bottom, then back up where the last ones stand too low.
fn spread(names: &mut [Placed], (top, bottom): (f64, f64)) {
    let mut free = top - 10.0;
    for name in names.iter_mut() {
        name.y = (name.end.1 - name.height() / 2.0).max(free);
        free = name.y + name.height();
    }
    let mut limit = bottom + 24.0;
    for name in names.iter_mut().rev() {
        name.y = name.y.min(limit - name.height());
        limit = name.y;
    }
    names.iter_mut().for_each(|name| name.y += 13.0);
}

/// Lists names and last values above a narrow drawing, each with its mark.
pub(super) fn list_names(
    canvas: &mut Canvas,
    lines: &[Named<'_>],
    (left, width): (f64, f64),
    (is_share, language): (bool, Language),
) {
    for named in lines {
        let Some((mark, value)) = named.last(is_share, language) else { continue };
        let letters = Letters::new(SIZE, named.colour);
        let mut texts = wrapped_within(&named.name, characters(width - 20.0, SIZE), NAME_LINES);
        let last = texts.pop().unwrap_or_default();
        let fits = width_of(&last, SIZE) + width_of(&value, SIZE) + SIZE < width - 20.0;
        canvas.y += HEIGHT + 2.0;
        mark.draw(canvas, (left + 6.0, canvas.y - 4.5), (named.colour, 5.0), "");
        for text in texts {
            canvas.text(letters, (left + 18.0, canvas.y), &text);
            canvas.y += HEIGHT;
        }
        if fits {
            canvas.runs(letters, (left + 18.0, canvas.y), &[(&last, false), (&value, true)]);
        } else {
            canvas.text(letters, (left + 18.0, canvas.y), &last);
            canvas.y += HEIGHT;
            canvas.text(letters.bold(), (left + 18.0, canvas.y), &value);
        }
    }
}

/// Writes the numbers at marks that have room; the last one stands beside the name.
pub(super) fn draw_numbers(
    canvas: &mut Canvas,
    frame: &Frame<'_>,
    lines: &[Named<'_>],
    (broken, language): (Option<Break>, Language),
) {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let rule = broken.map(|broken| frame.x(broken.day));
    for named in lines {
        let marks = marked(named.line);
        for (day, value) in &marks {
            let (x, y) = (frame.x(*day), frame.y(value.number.to_f64()));
            taken.push([x - 6.0, y - 6.0, x + 6.0, y + 6.0]);
        }
    }
    for named in lines {
        let marks = marked(named.line);
        if marks.len() > NUMBERED_MAX {
            continue;
        }
        for (day, value) in &marks {
            let text = said(value, frame.scale.is_share, language);
            let top = value.highest.or(value.upper).unwrap_or(value.number);
            let (x, y) = (frame.x(*day), frame.y(top.to_f64()) - 10.0);
            let half = width_of(&text, 12.5) / 2.0;
            // Beside a break, not across its rule.
            let x = match rule.filter(|rule| (x - rule).abs() < half + 5.0) {
                Some(rule) if x < rule => rule - half - 5.0,
                Some(rule) => rule + half + 5.0,
                None => x,
            };
            let x = x.clamp(
                frame.sides.0 + half,
                (frame.sides.1 + DISTANCE - 8.0 - half).max(frame.sides.0 + half),
            );
            let place = [x - half, y - 10.0, x + half, y + 1.0];
            if taken.iter().any(|other| overlap(other, &place)) {
                continue;
            }
            taken.push(place);
            let letters = Letters::new(12.5, named.colour).at("middle");
            canvas.text_in_front(letters, (x, y), &text);
        }
    }
}

fn overlap(one: &[f64; 4], other: &[f64; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}
