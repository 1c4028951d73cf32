//! The wide table: a row per date, a column per line. One day with two dimensions gives the cross table instead.

use super::cell::Cell;
use super::columns::headings;
use super::cross;
use super::csv::Spell;
use super::lines::DrawnLines;
use super::written::CONFLICT;
use ozg_core::series::{Header, Row};
use ozg_core::words::Day;

/// A table of texts and numbers.
pub(crate) struct Wide {
    /// One heading per column.
    pub(crate) headings: Vec<String>,
    /// One row per date.
    pub(crate) rows: Vec<Vec<Cell<'static>>>,
}

/// Makes the wide table of a series, with a row per date; for one day the cross table of its first two dimensions. `spell`
/// writes the numbers within texts.
pub(crate) fn wide(header: &Header, rows: &mut dyn Iterator<Item = Row>, spell: Spell) -> Wide {
    if let Some((down, _)) = cross::dimensions(header) {
        return cross::cross(header, down, rows, spell);
    }
    let lines = DrawnLines::of(header, rows);
    let language = header.query.language;
    let mut headings = vec![headings(header, language)[0].to_owned()];
    headings.extend(lines.lines.iter().map(|line| line.heading.clone()));
    let has_conflict =
        lines.lines.iter().flat_map(|line| line.values.values()).any(|value| value.highest.is_some());
    if has_conflict {
        headings.push(language.map_or("conflict", |language| CONFLICT.in_language(language)).to_owned());
    }
    let row = |day: &Day| {
        let mut row = vec![Cell::Date(*day)];
        row.extend(
            lines
                .lines
                .iter()
                .map(|line| line.values.get(day).map_or(Cell::Empty, |v| Cell::Number(v.number))),
        );
        if has_conflict {
            let conflicts = conflicts(&lines, *day, spell);
            row.push(if conflicts.is_empty() { Cell::Empty } else { Cell::Text(conflicts.into()) });
        }
        row
    };
    Wide { rows: lines.days.iter().map(row).collect(), headings }
}

/// Names the lines whose sources contradict each other on a day, each with its lowest and highest value.
fn conflicts(lines: &DrawnLines, day: Day, spell: Spell) -> String {
    let number = |number| spell(&Cell::Number(number));
    let conflicts = lines.lines.iter().filter_map(|line| {
        let value = line.values.get(&day)?;
        Some(format!("{}: {}–{}", line.heading, number(value.number), number(value.highest?)))
    });
    conflicts.collect::<Vec<String>>().join("; ")
}
