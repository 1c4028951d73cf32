//! Sheets that lie on their side: their headings stand below each other in a column, and each record is a column. They are
//! refused by name, with the way to turn them.

use super::headings::is_of_events;
use super::layouts::normal;
use super::opening::Opened;
use super::row::SheetRow;
use super::sink::line_number;
use ozg_core::event::column_letters;
use ozg_core::mistake::{Bilingual, Code, Fault, Mistake, Origin};
use ozg_core::words::Stage;
use std::collections::BTreeSet;

/// Most headings that the message names.
const NAMED_MAX: usize = 5;

/// Returns the mistake of a sheet that lies on its side. In one that does not, a row has several headings, or no column has them.
pub(super) fn mistake(sheet: &Opened<'_>) -> Option<Mistake> {
    let rows: Vec<&SheetRow> = sheet.first_rows().collect();
    let across = rows.iter().map(|row| distinct(row.cells.iter())).max().unwrap_or_default();
    let column =
        rows.iter().filter(|row| filled(row).count() > 1).filter_map(|row| filled(row).next()).min()?;
    // Beside a heading stand its values; a title stands alone.
    let beside = || rows.iter().filter(|row| filled(row).any(|index| index > column));
    let labels: Vec<&str> = beside()
        .filter_map(|row| row.cells.get(column))
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let is_stage = |label: &&&str| Stage::read(label).is_ok();
    let are_stages = labels.iter().any(|label| is_stage(&label))
        && labels.iter().all(|label| is_of_events(label) || is_stage(&label));
    let down = distinct(labels.iter().copied());
    let is_turned = across <= 1 && (down > 1 || down == 1 && are_stages);
    let first = beside().next().filter(|_| is_turned)?;
    let origin = Origin { line: line_number(first.line), ..Origin::default() };
    Some(Mistake::at(&origin, "", None, on_its_side(column, &labels)))
}

/// Lists the filled cells of a row.
fn filled(row: &SheetRow) -> impl Iterator<Item = usize> {
    row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).map(|(index, _)| index)
}

/// Counts the known headings among cells, each once. The name of a stage, as `live`, may as well be a value.
fn distinct<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    let is_heading = |cell: &&str| is_of_events(cell) && Stage::read(cell).is_err();
    cells.filter(is_heading).map(normal).collect::<BTreeSet<_>>().len()
}

fn on_its_side(column: usize, labels: &[&str]) -> Fault {
    let more = if labels.len() > NAMED_MAX { " …" } else { "" };
    let named = labels.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
    let letters = column_letters(column);
    let fault = Fault::say(
        Code::Unreadable,
        format!(
            "Die Überschriften stehen untereinander in der Spalte {letters} ({named}{more}) statt nebeneinander in einer Zeile; die Tabelle drehen: in Excel kopieren, „Inhalte einfügen“, „Transponieren“"
        ),
        format!(
            "The headings stand below each other in the column {letters} ({named}{more}), not beside each other in a row; turn the sheet: in Excel copy, paste special, transpose"
        ),
    );
    fault.hint(Bilingual::new(
        "kopieren, dann „Inhalte einfügen“, „Transponieren“",
        "copy, then paste special, transpose",
    ))
}
