//! The forms of a list, by the endings of its addresses.

use crate::address::Gives;
use crate::problem::{Problem, ProblemKind};
use crate::templates::XLSX_TYPE;
use ozg_formats::lists::SHEET_ROWS_MAX;

/// A form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An object with the rows as objects.
    Json,
    /// A table in which commas separate cells.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// Returns the ending of its address.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Form::Json => ".json",
            Form::Csv => ".csv",
            Form::Xlsx => ".xlsx",
        }
    }

    /// Returns the media type of an answer.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Form::Json => "application/json",
            Form::Csv => "text/csv; charset=utf-8; header=present",
            Form::Xlsx => XLSX_TYPE,
        }
    }

    /// Returns what an answer is made of, where as JSON it has a schema.
    pub(super) fn gives(self, schema: &'static str) -> Gives {
        match self {
            Form::Json => Gives::Json(schema),
            Form::Csv => Gives::Text("text/csv"),
            Form::Xlsx => Gives::Text(XLSX_TYPE),
        }
    }

    /// Refuses rows of which there are more than the form holds, before any is written.
    pub(super) fn check<T>(self, rows: &dyn Iterator<Item = T>) -> Result<(), Problem> {
        if self != Form::Xlsx || rows.size_hint().0 <= SHEET_ROWS_MAX {
            return Ok(());
        }
        let problem = Problem::say(
            ProblemKind::BadParameters,
            format!(
                "XLSX fasst {SHEET_ROWS_MAX} Zeilen, diese Antwort hat mehr: eingrenzen, oder .csv nehmen"
            ),
            format!("XLSX holds {SHEET_ROWS_MAX} rows, and this answer has more: narrow it, or take .csv"),
        );
        Err(problem.with("limit", SHEET_ROWS_MAX).with("hint", "csv"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_refused_rows_that_it_cannot_hold() {
        let is_taken = |form: Form, rows: usize| form.check(&(0..rows)).is_ok();
        assert!(is_taken(Form::Xlsx, SHEET_ROWS_MAX));
        assert!(!is_taken(Form::Xlsx, SHEET_ROWS_MAX + 1));
        assert!(is_taken(Form::Csv, SHEET_ROWS_MAX + 1));
    }
}
