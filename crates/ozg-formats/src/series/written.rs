//! The columns of a CSV as it is written: long or wide, with ids or with names in a language.

use super::columns::{COLUMNS, Cells, Column, columns};
use super::wide::{WideCells, WideColumn};
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

/// Returns the columns of the CSV of a series; a wide one has those that were written.
pub(crate) fn of_table(header: &Header, wide: &[WideColumn]) -> Vec<TableColumn> {
    match header.query.shape {
        Shape::Long => long(header),
        Shape::Wide => wide.iter().map(of_wide).collect(),
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

fn of_wide(column: &WideColumn) -> TableColumn {
    let heading = neutral(column.heading.as_str().into()).into_owned();
    let (name, cells, doc) = match column.says {
        WideCells::Lead(at) => (COLUMNS[at].id.to_owned(), COLUMNS[at].cells, COLUMNS[at].doc),
        WideCells::Line(number) => (format!("line_{number}"), Cells::Number, LINE_DOC),
        WideCells::Qualifier(number) => (format!("line_{number}_qualifier"), Cells::Text, QUALIFIER_DOC),
        WideCells::Period(number) => (format!("line_{number}_period"), Cells::Text, PERIOD_DOC),
        WideCells::Conflict => ("conflict".to_owned(), Cells::Text, CONFLICT_DOC),
    };
    TableColumn { name, heading, cells, always: matches!(column.says, WideCells::Lead(_)), doc }
}

/// The heading of the column that names conflicts. A table without conflicts has no such column.
pub(crate) const CONFLICT: Label = Label { de: "Widerspruch", en: "conflict" };
/// The last word of the heading of a column that says how exactly the values of a line are meant.
pub(crate) const QUALIFIER: Label = Label { de: "Genauigkeit", en: "qualifier" };

const CONFLICT_DOC: Label = Label {
    de: "Zeilen, deren Quellen sich widersprechen, mit niedrigstem und höchstem Wert",
    en: "lines whose sources contradict each other, with the lowest and the highest value",
};
const LINE_DOC: Label = Label {
    de: "eine Linie; wo sich Quellen widersprechen, der niedrigste Wert",
    en: "a line; where sources contradict each other, the lowest value",
};
const QUALIFIER_DOC: Label = Label {
    de: "wie genau die Werte der Linie davor gemeint sind: `>`, `ca`; `–120`, wo der Wert eine Spanne bis 120 ist; leer bei genauen",
    en: "how exactly the values of the line before are meant: `>`, `ca`; `–120` where the value is a range up to 120; empty for exact ones",
};
const PERIOD_DOC: Label = Label {
    de: "von welchem Zeitraum der Wert der Linie davor ist; von mehreren dem letzten, von diesen dem kürzesten",
    en: "of which period the value of the line before is; of several the last to end, of these the shortest",
};
