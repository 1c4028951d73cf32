//! Rows of a sheet that are no statements: sums, headings of groups, footnotes, headings that are repeated. They are left out
//! with a remark. A row with a place, a stage and a day is never one of them.

use super::header::SheetHeader;
use super::layouts::normal;
use super::row::SheetRow;
use super::sink::line_number;
use ozg_core::event::Kind;
use ozg_core::mistake::{Bilingual, Origin};
use ozg_core::remarked::Remarked;
use ozg_core::words::{AuthorityId, PartialDate, Place, Remark, ServiceId, Stage};

/// Words with which a row of sums begins.
const SUMS: [&str; 9] =
    ["summe", "zwischensumme", "gesamt", "gesamtsumme", "insgesamt", "σ", "∑", "total", "sum"];

/// Tells why a row is no statement.
pub(super) fn remark(header: &SheetHeader, row: &SheetRow) -> Option<Remarked> {
    let filled: Vec<(usize, &str)> = row
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| (index, cell.trim()))
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    let (index, first) = *filled.first()?;
    let (de, en) = if repeats_header(header, &filled) {
        (
            "Die Überschriften stehen hier noch einmal; die Zeile wird nicht gelesen",
            "The headings stand here again; the row is not read",
        )
    } else if is_sum(header, &filled) {
        ("Eine Summe; die Zeile wird nicht gelesen", "A sum; the row is not read")
    } else if is_single(header, &filled) {
        (
            "Nur eine Zelle ist gefüllt (Zwischenüberschrift, Fußnote); die Zeile wird nicht gelesen",
            "Only one cell is filled (heading of a group, footnote); the row is not read",
        )
    } else {
        return None;
    };
    let line = line_number(row.line);
    let cell = super::cells::cell_at(line, index).cell;
    let origin = Origin { line, cell, ..Origin::default() };
    Some(Remarked::at(&origin, Remark::RowsIgnored, Some(first)).saying(Bilingual::new(de, en)))
}

fn repeats_header(header: &SheetHeader, filled: &[(usize, &str)]) -> bool {
    let is_heading = |(index, cell): &(usize, &str)| {
        header.texts.get(*index).is_some_and(|text| normal(text) == normal(cell))
    };
    filled.len() > 1 && filled.iter().all(is_heading)
}

/// Tells whether a row begins with a word for a sum and has nothing else in the columns that a statement needs.
fn is_sum(header: &SheetHeader, filled: &[(usize, &str)]) -> bool {
    let Some((at, _)) = filled.iter().find(|(_, cell)| is_sum_word(cell)) else { return false };
    let is_first = filled.first().is_some_and(|(first, _)| first == at);
    let is_empty = |column: usize| column == *at || filled.iter().all(|(index, _)| *index != column);
    is_first && header.needed_columns().all(|(column, _)| is_empty(column))
}

fn is_sum_word(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let word = lower.split([' ', ':']).next().unwrap_or_default();
    SUMS.contains(&word)
}

/// Tells whether the only filled cell of a row says nothing that a statement needs.
fn is_single(header: &SheetHeader, filled: &[(usize, &str)]) -> bool {
    let [(index, text)] = filled else { return false };
    let needs = header.needed_columns().count();
    let is_type = header.columns.get(*index) == Some(&super::headings::HeadingMeaning::Type);
    needs > 1 && !is_type && !is_value(header.kinds.get(*index).copied().flatten(), text)
}

/// Tells whether a cell is, or has in it, what a statement is made of. A row whose cells are separated by another character
/// than those of its header is one long cell.
fn is_value(kind: Option<Kind>, text: &str) -> bool {
    let is_key = |part: &str| {
        ServiceId::read(part).is_ok() || AuthorityId::read(part).is_ok() || Place::read(part).is_ok()
    };
    let is_one = match kind {
        Some(Kind::Stage) => Stage::read(text).is_ok(),
        Some(Kind::Date) => PartialDate::read(text).is_ok(),
        _ => false,
    };
    is_one
        || is_key(text)
        || text.split([',', ';', '\t', '|']).skip(1).count() > 1
            && text.split([',', ';', '\t', '|']).any(|part| is_key(part.trim()))
}
