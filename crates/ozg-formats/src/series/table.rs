//! A series as an aligned table for the terminal.

use super::cell::Cell;
use super::columns::{cells, headings};
use super::csv::spell;
use super::{Publication, wide};
use ozg_core::query::Shape;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Label, Language};
use std::io::{self, Write};

/// Columns of the long form that the table leaves out unless they are asked for. The definition, which every row shares, stands below the table.
const LEFT_OUT: [&str; 2] = ["source_url", "definition"];
/// Longest cell of a table, in characters; the rest is cut.
const CELL_CHARACTERS_MAX: usize = 48;

/// Writes a series as an aligned table, numbers to the right; columns without any value are left out. All rows are collected
/// first, since the widths follow from them.
///
/// # Errors
/// Those of the writer.
pub fn write_table(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (headings, rows) = match header.query.shape {
        Shape::Long => long(header, rows),
        Shape::Wide => {
            let wide = wide::wide(header, rows, spell);
            (wide.headings(), wide.rows)
        }
    };
    write_aligned(&headings, &rows, out)?;
    write_also(header.query.language.unwrap_or(Language::English), publication, rows.is_empty(), out)?;
    writeln!(out, "{}", header.measure.definition_id())?;
    for line in [&publication.citation, &publication.permalink].into_iter().filter(|line| !line.is_empty()) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Writes what the answer leaves out, a line each; of an empty one also that there is nothing.
fn write_also(
    language: Language,
    publication: &Publication,
    is_empty: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(also) = &publication.also else { return Ok(()) };
    let word = |de, en| Label { de, en }.in_language(language);
    if is_empty && also.is_empty() {
        let nothing = word(
            "Keine Werte, auch nicht mit anderer Einheit, Art, Stufe oder Grundlage.",
            "No values, nor any with another unit, kind, stage or basis.",
        );
        return writeln!(out, "{nothing}");
    }
    for related in also {
        writeln!(out, "{}: {}", word("Außerdem", "Also"), related.title(language))?;
    }
    Ok(())
}

/// Writes rows aligned under their headings, numbers to the right; columns without any value are left out.
pub(crate) fn write_aligned(
    headings: &[String],
    rows: &[Vec<Cell<'_>>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown: Vec<usize> =
        (0..headings.len()).filter(|column| rows.iter().any(|row| !row[*column].is_empty())).collect();
    let heads: Vec<(String, bool)> = shown.iter().map(|column| (cut(&headings[*column]), false)).collect();
    let body: Vec<Vec<(String, bool)>> = rows
        .iter()
        .map(|row| {
            shown.iter().map(|column| (cut(&row[*column].to_string()), is_number(&row[*column]))).collect()
        })
        .collect();
    let is_right: Vec<bool> = (0..shown.len()).map(|at| body.iter().any(|row| row[at].1)).collect();
    let width =
        |at: usize| body.iter().chain([&heads]).map(|row| row[at].0.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..shown.len()).map(width).collect();
    for row in [&heads].into_iter().chain(&body) {
        let cells = row.iter().enumerate().map(|(at, (text, _))| {
            let width = widths[at];
            if is_right[at] { format!("{text:>width$}") } else { format!("{text:<width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<String>>().join("  ").trim_end())?;
    }
    Ok(())
}

type Table = (Vec<String>, Vec<Vec<Cell<'static>>>);

fn long(header: &Header, rows: &mut dyn Iterator<Item = Row>) -> Table {
    let language = header.query.language;
    let (ids, headings) = (headings(header, None), headings(header, language));
    let is_chosen = header.query.columns.is_some();
    let kept: Vec<usize> =
        (0..ids.len()).filter(|column| is_chosen || !LEFT_OUT.contains(&ids[*column])).collect();
    let rows = rows.map(|row| {
        let cells: Vec<Cell<'static>> =
            cells(&row, header, language).into_iter().map(Cell::into_owned).collect();
        kept.iter().map(|column| cells[*column].clone()).collect()
    });
    (kept.iter().map(|column| headings[*column].to_owned()).collect(), rows.collect())
}

fn is_number(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Number(_))
}

/// Cuts a long text and removes control characters, which must not reach the terminal.
fn cut(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    if text.chars().count() <= CELL_CHARACTERS_MAX {
        return text.chars().map(clean).collect();
    }
    text.chars().take(CELL_CHARACTERS_MAX - 1).map(clean).chain(['…']).collect()
}
