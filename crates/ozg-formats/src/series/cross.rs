//! The cross table of one day: a row per value of the first dimension of `by`, a column per value of the second.

use super::cell::Cell;
use super::csv::Spell;
use super::lines::{LineKey, LineValue, Names, headings, keyed};
use super::wide::{Wide, WideLine, table};
use ozg_core::measure::Dimension;
use ozg_core::series::{Header, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the dimension of the rows and that of the columns, if the query is about one day and two dimensions.
pub(super) fn dimensions(header: &Header) -> Option<(Dimension, Dimension)> {
    header.query.on?;
    let mut spread = header.query.by.iter().copied().filter(|dimension| header.measure.has(*dimension));
    Some((spread.next()?, spread.next()?))
}

/// Makes the cross table.
pub(super) fn cross(
    header: &Header,
    (down, across): (Dimension, Dimension),
    rows: &mut dyn Iterator<Item = Row>,
    spell: Spell,
) -> Wide {
    let language = header.query.language;
    let (_, lines) = keyed(header, rows);
    let columns: BTreeSet<LineKey> = lines.iter().map(|(key, _)| key.without(down)).collect();
    let columns: Vec<&LineKey> = columns.iter().collect();
    let (mut leads, mut row_of): (Vec<Cell<'static>>, BTreeMap<String, usize>) = Default::default();
    let mut found: Vec<(usize, usize, LineValue)> = Vec::new();
    for (key, values) in &lines {
        let (Some(value), word) = (values.values().next(), key.word(down, header)) else { continue };
        let row = *row_of.entry(word.clone()).or_insert(leads.len());
        if row == leads.len() {
            leads.push(Cell::Text(word.into()));
        }
        let of_line = key.without(down);
        let column = columns.iter().position(|other| **other == of_line);
        found.extend(column.map(|column| (column, row, *value)));
    }
    let mut lines: Vec<WideLine> = headings(&columns, (header, &Names::new()), across)
        .into_iter()
        .map(|(heading, period)| WideLine { heading, period, values: vec![None; leads.len()] })
        .collect();
    found.into_iter().for_each(|(column, row, value)| lines[column].values[row] = Some(value));
    table((down.id(), leads), &lines, language, spell)
}
