//! A small step chart for the terminal. Each line holds its value until the next one; its name stands at its end.

use super::lines::{DrawnLine, DrawnLines};
use ozg_core::words::Day;
use std::io::{self, Write};

/// The most lines that a chart shows.
pub const CHART_LINES_MAX: usize = 8;
/// The smallest size of a readable chart, in characters and lines.
const SMALLEST: (usize, usize) = (20, 4);

/// The grid of characters on which lines are drawn.
struct Grid {
    cells: Vec<Vec<char>>,
    first: Day,
    days: u16,
    lowest: f64,
    range: f64,
}

/// Draws a chart of at most [`CHART_LINES_MAX`] lines. `width` and `height` are the size of the drawing without its labels,
/// in characters.
///
/// # Errors
/// Those of the writer.
pub fn write_chart(lines: &DrawnLines, width: usize, height: usize, out: &mut dyn Write) -> io::Result<()> {
    let (Some(first), Some(last)) = (lines.days.first(), lines.days.last()) else { return Ok(()) };
    let shown = &lines.lines[..lines.lines.len().min(CHART_LINES_MAX)];
    let mut grid = Grid::new(shown, (*first, *last), (width.max(SMALLEST.0), height.max(SMALLEST.1)));
    let mut names: Vec<Vec<&str>> = vec![Vec::new(); grid.cells.len()];
    for line in shown {
        if let Some(row) = grid.draw(line) {
            names[row].push(&line.heading);
        }
    }
    let labels: Vec<String> = (0..grid.cells.len()).map(|row| grid.label(row)).collect();
    let margin = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    for ((cells, label), names) in grid.cells.iter().zip(&labels).zip(&names) {
        let drawing: String = cells.iter().collect();
        let line = format!("{label:>margin$} ┤{drawing} {}", names.join(", "));
        writeln!(out, "{}", line.trim_end())?;
    }
    let (from, to) = (first.to_string(), if first == last { String::new() } else { last.to_string() });
    let gap = grid.cells[0].len().saturating_sub(from.len() + to.len());
    writeln!(out, "{:margin$} └{}", "", "─".repeat(grid.cells[0].len()))?;
    let dates = format!("{:margin$}  {from}{:gap$}{to}", "", "");
    writeln!(out, "{}", dates.trim_end())?;
    if lines.lines.len() > shown.len() {
        writeln!(out, "{:margin$}  … +{}", "", lines.lines.len() - shown.len())?;
    }
    if lines.is_without_periods {
        writeln!(out, "{:margin$}  … kind=period", "")?;
    }
    Ok(())
}

impl Grid {
    fn new(lines: &[DrawnLine], (first, last): (Day, Day), (width, height): (usize, usize)) -> Grid {
        let values = || lines.iter().flat_map(|line| line.values.values()).map(|value| value.number.to_f64());
        let lowest = values().fold(0.0, f64::min);
        let highest = values().fold(lowest, f64::max);
        let range = if highest > lowest { highest - lowest } else { 1.0 };
        let days = last.0.saturating_sub(first.0);
        Grid { cells: vec![vec![' '; width]; height], first, days, lowest, range }
    }

    /// Draws a line and returns the row in which it ends.
    fn draw(&mut self, line: &DrawnLine) -> Option<usize> {
        let mut before: Option<usize> = None;
        for column in 0..self.cells[0].len() {
            let day = self.day(column);
            if line.ends.is_some_and(|ends| ends < day) {
                break;
            }
            let value = line.values.range(..=day).next_back().map(|(_, value)| value.number.to_f64());
            let Some(row) = value.map(|value| self.row(value)) else { continue };
            match before {
                Some(old) if old > row => self.step(column, (row, old), ('┌', '┘')),
                Some(old) if old < row => self.step(column, (old, row), ('┐', '└')),
                _ => self.put(column, row, '─'),
            }
            before = Some(row);
        }
        before
    }

    /// Draws a step between two rows, the upper one first, with its corners.
    fn step(&mut self, column: usize, (upper, lower): (usize, usize), (at_upper, at_lower): (char, char)) {
        self.put(column, upper, at_upper);
        (upper + 1..lower).for_each(|row| self.put(column, row, '│'));
        self.put(column, lower, at_lower);
    }

    /// Draws a character unless the place is taken: where lines cross, the first one stays in front.
    fn put(&mut self, column: usize, row: usize, mark: char) {
        let cell = &mut self.cells[row][column];
        if *cell == ' ' {
            *cell = mark;
        }
    }

    /// Returns the last day that a column stands for.
    fn day(&self, column: usize) -> Day {
        let columns = self.cells[0].len() - 1;
        let passed = usize::from(self.days) * column / columns.max(1);
        Day(self.first.0.saturating_add(u16::try_from(passed).unwrap_or(u16::MAX)))
    }

    /// Returns the row of a value, 0 at the top.
    fn row(&self, value: f64) -> usize {
        let rows = self.cells.len() - 1;
        let height = (value - self.lowest) / self.range;
        let nearest = (0..=rows).min_by(|left, right| {
            let distance = |row: usize| (fraction(row, rows) - height).abs();
            distance(*left).total_cmp(&distance(*right))
        });
        rows - nearest.unwrap_or(0)
    }

    /// Returns the value at the top, in the middle and at the bottom.
    fn label(&self, row: usize) -> String {
        let rows = self.cells.len() - 1;
        if row != 0 && row != rows && row != rows / 2 {
            return String::new();
        }
        let value = self.lowest + self.range * fraction(rows - row, rows);
        if self.range < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
    }
}

fn fraction(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}
