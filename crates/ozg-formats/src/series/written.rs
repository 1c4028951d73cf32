//! The columns of a CSV as it is written: long or wide, with ids or with names in a language.

use super::columns::{COLUMNS, Cells, Column, columns};
use crate::delimited::neutral;
use ozg_core::query::Shape;
use ozg_core::series::Header;
use ozg_core::words::Label;

/// One column of such a CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableColumn {
    /// A name for programs: letters, digits, `_`.
    pub(crate) name: String,
    /// What heads it in the file.
    pub(crate) heading: String,
    /// Kind of its cells.
    pub(crate) cells: Cells,
    /// Whether each row has one.
    pub(crate) always: bool,
    /// What it says.
    pub(crate) doc: Label,
}

/// Returns the columns of the CSV of a series; a wide one has those that its headings say.
pub(crate) fn of_table(header: &Header, wide: &[String]) -> Vec<TableColumn> {
    match header.query.shape {
        Shape::Long => long(header),
        Shape::Wide => {
            wide.iter().enumerate().map(|(at, heading)| of_wide(at, heading, wide.len())).collect()
        }
    }
}

fn long(header: &Header) -> Vec<TableColumn> {
    let column = |column: &Column| TableColumn {
        name: column.id.to_owned(),
        heading: column.heading(header.query.language).to_owned(),
        cells: column.cells,
        always: column.always,
        doc: column.doc,
    };
    columns(header).map(column).collect()
}

fn of_wide(at: usize, heading: &str, columns: usize) -> TableColumn {
    let heading = neutral(heading.into()).into_owned();
    let is_conflict = at + 1 == columns && CONFLICTS.contains(&heading.as_str());
    let (name, cells, doc) = match at {
        0 => (COLUMNS[0].id.to_owned(), COLUMNS[0].cells, COLUMNS[0].doc),
        _ if is_conflict => ("conflict".to_owned(), Cells::Text, CONFLICT_DOC),
        _ => (format!("line_{at}"), Cells::Number, LINE_DOC),
    };
    TableColumn { name, heading, cells, always: at == 0, doc }
}

/// The heading of the column that names conflicts. A table without conflicts has no such column.
pub(crate) const CONFLICT: Label = Label { de: "Widerspruch", en: "Conflict" };

/// What may head the column of a wide table that names conflicts.
const CONFLICTS: [&str; 3] = ["conflict", CONFLICT.de, CONFLICT.en];
const CONFLICT_DOC: Label = Label {
    de: "Zeilen, deren Quellen sich widersprechen, mit niedrigstem und höchstem Wert",
    en: "lines whose sources contradict each other, with the lowest and the highest value",
};
const LINE_DOC: Label = Label {
    de: "eine Linie; wo sich Quellen widersprechen, der niedrigste Wert",
    en: "a line; where sources contradict each other, the lowest value",
};
