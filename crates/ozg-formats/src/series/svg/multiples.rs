//! Small multiples: more lines than one drawing can tell apart, each in a drawing of its own with its name above it, all with
//! the same scale and days.

use super::super::lines::DrawnLine;
use super::axes::{draw_end_years, draw_numbers};
use super::frame::{Frame, Scale};
use super::lines::{draw_bars, draw_line, draw_rule, draw_silences};
use super::look::{Canvas, Letters};
use super::marks::draw_marks;
use super::runs::Break;
use super::text::{characters, said, width_of, wrapped_within};
use ozg_core::words::{Day, Language};

/// Least width of a drawing.
const WIDTH_MIN: f64 = 92.0;
/// Height between the axes, and of the room around it.
const HEIGHT: f64 = 92.0;
/// The same where there are few.
const HEIGHT_OF_FEW: f64 = 170.0;
const BELOW: f64 = 28.0;
/// Room between drawings.
const GAP: f64 = 18.0;
/// Size of the letters of names.
const SIZE: f64 = 13.0;
/// Most lines of a name.
const NAME_LINES: usize = 3;

/// What all of them share.
pub(super) struct Grid<'a> {
    pub(super) scale: &'a Scale,
    pub(super) days: (Day, Day),
    pub(super) broken: Option<Break>,
    pub(super) bars: bool,
    pub(super) language: Language,
    /// Names what a line is about, and how it is known.
    pub(super) name: &'a dyn Fn(&DrawnLine) -> String,
    pub(super) basis: &'a dyn Fn(&DrawnLine) -> &'static str,
}

/// Draws groups of lines, each in a drawing of its own. Tells whether any of them is silent somewhere.
pub(super) fn draw_multiples(
    canvas: &mut Canvas,
    grid: &Grid<'_>,
    groups: &[Vec<&DrawnLine>],
    (left, width): (f64, f64),
) -> bool {
    let ticks = grid.scale.ticks(grid.language);
    let numbers = ticks.iter().map(|(_, text)| width_of(text, SIZE)).fold(0.0, f64::max) + 10.0;
    let most = groups.iter().take(5).map(|_| 1.0).sum::<f64>();
    let mut columns = 1.0;
    while (columns + 1.0) * (numbers + WIDTH_MIN) + columns * GAP <= width && columns < most {
        columns += 1.0;
    }
    let height = if groups.len() <= 3 && columns > 1.0 { HEIGHT_OF_FEW } else { HEIGHT };
    let each = (width - (columns - 1.0) * GAP) / columns;
    let mut has_silence = false;
    let (mut column, mut row_height) = (0.0, 0.0);
    let mut top = canvas.y + 8.0;
    for row in groups.chunks(usize_of(columns)) {
        let headings: Vec<Heading> = row.iter().map(|group| Heading::of(group, grid, each)).collect();
        let lines = headings.iter().map(Heading::height).fold(1.0, f64::max);
        let head = lines * 16.0 + 12.0;
        for (group, heading) in row.iter().zip(&headings) {
            let x = left + column * (each + GAP);
            let frame = Frame {
                scale: grid.scale,
                days: grid.days,
                sides: (x + numbers, x + each - 4.0),
                ends: (top + head, top + head + height),
            };
            // Headings stand at the foot of their room, so that they are near to what they name.
            heading.draw(canvas, (x, top + 14.0 + (lines - heading.height()) * 16.0));
            has_silence |= draw_one(canvas, &frame, group, grid);
            column += 1.0;
        }
        row_height = head + height + BELOW;
        top += row_height;
        column = 0.0;
    }
    canvas.y = if row_height > 0.0 { top } else { canvas.y };
    has_silence
}

fn usize_of(columns: f64) -> usize {
    (1..=5_u8).find(|count| f64::from(*count) >= columns).map_or(5, usize::from)
}

/// The name of a group and its last values, in lines of text.
struct Heading {
    names: Vec<String>,
    values: Vec<String>,
}

impl Heading {
    /// A change says nothing by itself of where things stand: it is read at its bar.
    fn of(group: &[&DrawnLine], grid: &Grid<'_>, width: f64) -> Heading {
        let name = (grid.name)(group[0]);
        let names = wrapped_within(&name, characters(width, SIZE), NAME_LINES);
        let values = group.iter().filter(|_| !grid.bars).filter_map(|line| {
            let (_, value) = line.values.last_key_value()?;
            let value = said(value, grid.scale.is_share, grid.language);
            Some(if group.len() == 1 { value } else { format!("{value} {}", (grid.basis)(line)) })
        });
        Heading { names, values: values.collect() }
    }

    /// Returns how many lines of text it has.
    fn height(&self) -> f64 {
        self.names.iter().chain(&self.values).map(|_| 1.0).sum()
    }

    fn draw(&self, canvas: &mut Canvas, (x, mut y): (f64, f64)) {
        let letters = Letters::new(SIZE, canvas.look.text);
        let names = self.names.iter().map(|name| (letters.bold(), name));
        for (letters, text) in names.chain(self.values.iter().map(|value| (letters, value))) {
            canvas.text(letters, (x, y), text);
            y += 16.0;
        }
    }
}

fn draw_one(canvas: &mut Canvas, frame: &Frame<'_>, group: &[&DrawnLine], grid: &Grid<'_>) -> bool {
    canvas.open(group.first().map_or("", |line| &line.subject));
    draw_numbers(canvas, frame, grid.language);
    draw_end_years(canvas, frame);
    let is_silent = !grid.bars && draw_silences(canvas, frame, group, (grid.broken, grid.language));
    if let Some(broken) = grid.broken.filter(|_| !grid.bars) {
        draw_rule(canvas, frame, broken);
    }
    let colour = canvas.look.series(0);
    for line in group {
        if grid.bars {
            draw_bars(canvas, frame, line, (colour, grid.language));
        } else {
            draw_line(canvas, frame, line, (colour, grid.broken));
            draw_marks(canvas, frame, line, (colour, 3.6, grid.language));
        }
    }
    canvas.close();
    is_silent
}
