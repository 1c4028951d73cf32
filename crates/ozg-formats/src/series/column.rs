//! What a column of a series is.

use super::cell::Cell;
use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::series::Row;
use ozg_core::words::{Label, Language};
use std::cmp::Ordering;

/// What kind of cells a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// A day.
    Date,
    /// A text.
    Text,
    /// A number.
    Number,
    /// What a field of an event takes.
    Kind(Kind),
    /// What a value rests on.
    Basis,
    /// How exactly a value is meant.
    Qualifier,
}

/// What a column is for where a format has dimensions, measures and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The dimension of time.
    Time,
    /// The dimension of space.
    Geo,
    /// Another dimension: it tells one value from another.
    Dimension,
    /// A number that is stated.
    Metric,
    /// What must be known beside a number.
    Attribute,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// In every answer.
    Everywhere,
    /// Only where vintages are asked for.
    WithVintages,
    /// Only in cubes and comparisons: it tells apart what the tables say in other columns.
    InCubes,
}

/// One row of the table of columns.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name, and its heading where no language is asked for.
    pub id: &'static str,
    /// Its heading in both languages.
    pub label: Label,
    /// Kind of its cells.
    pub cells: Cells,
    /// What it is for.
    pub role: Role,
    /// Whether each row has one.
    pub always: bool,
    /// What it says.
    pub doc: Label,
    /// Where it stands.
    pub stands: Stands,
    /// Makes its cell of a row, as an id, or as a name where a language is given.
    pub(crate) cell: MakeCell,
    /// Compares two rows in it, where it tells one line from another.
    pub(crate) telling: Option<fn(&Row, &Row) -> Ordering>,
}

/// Makes a cell of a row of a measure.
type MakeCell = for<'a> fn(&'a Row, Measure, Option<Language>) -> Cell<'a>;

pub(super) const fn column(
    (id, de, en): (&'static str, &'static str, &'static str),
    cells: Cells,
    role: Role,
    doc: (&'static str, &'static str),
    cell: MakeCell,
) -> Column {
    let (label, doc) = (Label { de, en }, Label { de: doc.0, en: doc.1 });
    Column { id, label, cells, role, always: false, doc, stands: Stands::Everywhere, cell, telling: None }
}

impl Column {
    pub(super) const fn always(self) -> Column {
        Column { always: true, ..self }
    }

    /// Says where it stands, if not everywhere.
    pub(super) const fn only(self, stands: Stands) -> Column {
        Column { stands, ..self }
    }

    pub(super) const fn telling(self, compare: fn(&Row, &Row) -> Ordering) -> Column {
        Column { telling: Some(compare), ..self }
    }

    /// Returns its heading, its name where no language is given.
    #[must_use]
    pub fn heading(&self, language: Option<Language>) -> &'static str {
        language.map_or(self.id, |language| self.label.in_language(language))
    }

    /// Tells whether it tells one value from another.
    pub(crate) fn is_dimension(&self) -> bool {
        matches!(self.role, Role::Time | Role::Geo | Role::Dimension)
    }
}
