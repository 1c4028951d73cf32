//! The wide table: a row a date, a column a line; for one day with two dimensions the cross table.

use super::cells::{Cell, headings};
use super::cross;
use super::csv::put;
use super::lines::Lines;
use crate::delimited::writer;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Day, Label};
use std::io::{self, Write};

/// A table of texts and numbers.
pub(crate) struct Wide {
    /// One a column.
    pub(crate) headings: Vec<String>,
    /// One a date.
    pub(crate) rows: Vec<Vec<Cell<'static>>>,
}

/// What heads the column that names conflicts; it is there only where there is one.
pub(super) const CONFLICT: Label = Label { de: "Widerspruch", en: "Conflict" };

/// Writes the wide table as CSV.
pub(crate) fn write(
    header: &Header,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let wide = wide(header, rows);
    let mut csv = writer(out);
    for heading in &wide.headings {
        put(&mut csv, &Cell::from(heading.as_str()))?;
    }
    csv.write_record(None::<&[u8]>)?;
    for row in &wide.rows {
        for cell in row {
            put(&mut csv, cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Makes the wide table of a series: a row a date, or for one day the cross table of its first two dimensions.
pub(crate) fn wide(header: &Header, rows: &mut dyn Iterator<Item = Row>) -> Wide {
    if let Some((down, _)) = cross::dimensions(header) {
        return cross::cross(header, down, rows);
    }
    let lines = Lines::of(header, rows);
    let language = header.query.language;
    let mut headings = vec![headings(header, language)[0].to_owned()];
    headings.extend(lines.lines.iter().map(|line| line.heading.clone()));
    let has_conflict =
        lines.lines.iter().flat_map(|line| line.values.values()).any(|value| value.highest.is_some());
    if has_conflict {
        headings.push(language.map_or("conflict", |language| CONFLICT.in_language(language)).to_owned());
    }
    let row = |day: &Day| {
        let mut row = vec![Cell::Text(day.to_string().into())];
        row.extend(
            lines
                .lines
                .iter()
                .map(|line| line.values.get(day).map_or(Cell::Empty, |v| Cell::Number(v.number))),
        );
        if has_conflict {
            let conflicts = conflicts(&lines, *day);
            row.push(if conflicts.is_empty() { Cell::Empty } else { Cell::Text(conflicts.into()) });
        }
        row
    };
    Wide { rows: lines.days.iter().map(row).collect(), headings }
}

/// Names the lines whose sources contradict each other on a day, each with its lowest and highest value.
fn conflicts(lines: &Lines, day: Day) -> String {
    let conflicts = lines.lines.iter().filter_map(|line| {
        let value = line.values.get(&day)?;
        Some(format!("{}: {}–{}", line.heading, value.number, value.highest?))
    });
    conflicts.collect::<Vec<String>>().join("; ")
}
