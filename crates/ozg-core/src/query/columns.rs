//! The names of the columns of a row in the long form. What each says, and how formats write it, stands in the table of columns
//! of ozg-formats, in the same order.

use super::Query;
use crate::mistake::{Code, Fault};
use crate::words::Label;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 30] = [
    "date",
    "area",
    "topic",
    "service",
    "stage",
    "level",
    "unit",
    "scope",
    "basis",
    "value",
    "qualifier",
    "denominator",
    "share",
    "observed",
    "status",
    "source",
    "source_url",
    "definition",
    "since",
    "upper",
    "denominator_qualifier",
    "denominator_upper",
    "share_qualifier",
    "share_upper",
    "published",
    "entry",
    "remark",
    "note",
    "known_from",
    "known_until",
];

/// The columns that tell vintages apart.
pub(super) const OF_VINTAGES: [&str; 2] = ["known_from", "known_until"];

/// Reads the name of a column; what is read is its place in [`COLUMNS`].
pub(super) fn read_column(text: &str) -> Result<usize, Fault> {
    COLUMNS.iter().position(|column| *column == text).ok_or_else(|| {
        let what = Label { de: "Die Spalte", en: "The column" };
        Fault::unknown(Code::UnknownWord, what, text, COLUMNS.into_iter())
    })
}

impl Query {
    /// Tells whether an answer in the long form has a column.
    #[must_use]
    pub fn shows(&self, column: &str) -> bool {
        self.columns.as_ref().is_none_or(|columns| columns.iter().any(|at| COLUMNS[*at] == column))
    }
}
