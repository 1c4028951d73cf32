//! The cross table of one day: a row per value of the first dimension of `by`, a column per value of the second.

use super::cell::Cell;
use super::columns::{COLUMNS, place_of};
use super::csv::Spell;
use super::lines::{LineKey, headings, keyed};
use super::wide::Wide;
use super::written::CONFLICT;
use ozg_core::measure::Dimension;
use ozg_core::series::{Header, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the dimension of the rows and that of the columns, if the query is about one day and two dimensions.
pub(super) fn dimensions(header: &Header) -> Option<(Dimension, Dimension)> {
    header.query.on?;
    let mut spread = header.query.by.iter().copied().filter(|dimension| header.measure.has(*dimension));
    Some((spread.next()?, spread.next()?))
}

/// Makes the cross table. Where sources contradict each other, the cell has the lowest value and a column names the conflict.
pub(super) fn cross(
    header: &Header,
    down: Dimension,
    rows: &mut dyn Iterator<Item = Row>,
    spell: Spell,
) -> Wide {
    let language = header.query.language;
    let (_, lines) = keyed(header, rows);
    let across: BTreeSet<LineKey> = lines.iter().map(|(key, _)| key.without(down)).collect();
    let across: Vec<&LineKey> = across.iter().collect();
    let names = headings(&across, header);
    let mut table: Vec<(String, Vec<Cell<'static>>, Vec<String>)> = Vec::new();
    let mut number_of: BTreeMap<String, usize> = BTreeMap::new();
    for (key, values) in &lines {
        let (Some(value), word) = (values.values().next(), key.word(down, header)) else { continue };
        let row = *number_of.entry(word.clone()).or_insert(table.len());
        if row == table.len() {
            table.push((word, vec![Cell::Empty; across.len()], Vec::new()));
        }
        let of_line = key.without(down);
        let Some(column) = across.iter().position(|other| **other == of_line) else { continue };
        table[row].1[column] = Cell::Number(value.number);
        let number = |number| spell(&Cell::Number(number));
        let conflict = value
            .highest
            .map(|highest| format!("{}: {}–{}", names[column], number(value.number), number(highest)));
        table[row].2.extend(conflict);
    }
    let mut all = vec![COLUMNS[place_of(down.id())].heading(language).to_owned()];
    all.extend(names);
    let has_conflict = table.iter().any(|(.., conflicts)| !conflicts.is_empty());
    if has_conflict {
        all.push(language.map_or("conflict", |language| CONFLICT.in_language(language)).to_owned());
    }
    let row = |(name, cells, conflicts): (String, Vec<Cell<'static>>, Vec<String>)| {
        let conflicts = conflicts.join("; ");
        let conflict = if conflicts.is_empty() { Cell::Empty } else { Cell::Text(conflicts.into()) };
        let conflict = has_conflict.then_some(conflict);
        std::iter::once(Cell::Text(name.into())).chain(cells).chain(conflict).collect()
    };
    Wide { headings: all, rows: table.into_iter().map(row).collect() }
}
