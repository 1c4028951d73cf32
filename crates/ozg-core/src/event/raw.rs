//! Statements as they come in: fields with names and untyped values, and where each stood.

use super::fields::Field;
use crate::mistake::Origin;
use crate::words::unmarked;
use std::sync::Arc;

/// An untyped value, as JSON or a cell of a sheet has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Nothing.
    Null,
    /// A text.
    Text(String),
    /// A number, as it was written.
    Number(String),
    /// True or false.
    Flag(bool),
    /// A list.
    List(Vec<Raw>),
    /// An object, its fields in the order in which they stood, repeated ones included.
    Object(Vec<(String, Raw)>),
}

impl Raw {
    /// Makes a text.
    pub fn text(text: impl std::fmt::Display) -> Raw {
        Raw::Text(text.to_string())
    }

    /// Takes away the marks around its texts.
    fn unmark(&mut self) {
        match self {
            Raw::Text(text) => {
                let bare = unmarked(text);
                if bare.len() < text.len() {
                    *text = bare.into_owned();
                }
            }
            Raw::List(items) => items.iter_mut().for_each(Raw::unmark),
            Raw::Object(fields) => fields.iter_mut().for_each(|(_, raw)| raw.unmark()),
            Raw::Null | Raw::Number(_) | Raw::Flag(_) => {}
        }
    }
}

/// A statement whose fields have not been read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    /// Where it stood.
    pub at: Where,
    /// Its fields, repeated ones included.
    pub fields: Vec<(String, Raw)>,
}

impl RawEvent {
    /// Takes away the marks around keys, words, dates and figures, as [`unmarked`] does; texts that are worded freely keep theirs.
    pub fn unmark(&mut self) {
        let is_free = |name: &str| Field::named(name).is_some_and(|field| field.kind.is_free());
        self.fields.iter_mut().filter(|(name, _)| !is_free(name)).for_each(|(_, raw)| raw.unmark());
    }
}

/// Where a statement stood in the input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Where {
    /// Line of the file, or number of the event in an array, counted from 1.
    pub line: u32,
    /// How its fields are addressed.
    pub form: Form,
}

/// How the fields of a statement are addressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Form {
    /// They are not.
    #[default]
    None,
    /// By JSON pointers below this one (`` for the event itself, `/13` for one of an array).
    Json(String),
    /// By cells of a sheet.
    Sheet(Arc<Columns>),
}

/// The columns of a sheet, by which its rows address their cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The field of each column, or several fields with `|` between them.
    pub names: Vec<String>,
    /// The name of the sheet, where several of a workbook are read.
    pub sheet: Option<Arc<str>>,
}

impl Where {
    /// Returns the name of the sheet, where several of a workbook are read.
    #[must_use]
    pub fn sheet(&self) -> Option<&Arc<str>> {
        if let Form::Sheet(columns) = &self.form { columns.sheet.as_ref() } else { None }
    }

    /// Returns where a field of the statement stood.
    #[must_use]
    pub fn field(&self, name: &str) -> Origin {
        let line = Origin { line: self.line, ..Origin::default() };
        match &self.form {
            Form::None => line,
            Form::Json(base) if name.is_empty() => Origin { pointer: Some(base.clone()), ..line },
            Form::Json(base) => {
                // What a pointer is made of is escaped in a name (RFC 6901).
                let name = name.replace('~', "~0").replace('/', "~1");
                Origin { pointer: Some(format!("{base}/{name}")), ..line }
            }
            Form::Sheet(columns) => {
                let is_field =
                    |column: &String| column == name || column.split('|').any(|field| field == name);
                // A column that is not read has no name; a mistake of the whole row has no cell.
                let column = columns.names.iter().position(is_field).filter(|_| !name.is_empty());
                let cell = column.map(|column| format!("{}{}", column_letters(column), self.line));
                Origin { sheet: columns.sheet.as_deref().map(str::to_owned), cell, ..line }
            }
        }
    }
}

/// Returns the letters of a column of a sheet: 0 is A, 26 is AA.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).expect("26 letters")));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_addressed_by_pointer_or_cell() {
        let json = Where { line: 14, form: Form::Json("/13".to_owned()) };
        assert_eq!(json.field("place").pointer.as_deref(), Some("/13/place"));
        assert_eq!(json.field("a/b").pointer.as_deref(), Some("/13/a~1b"));
        let columns = Columns { names: vec!["service".into(), "place".into()], sheet: Some("2024".into()) };
        let sheet = Where { line: 14, form: Form::Sheet(Arc::new(columns)) };
        assert_eq!(sheet.field("place").sheet.as_deref(), Some("2024"));
        assert_eq!(sheet.field("place").cell.as_deref(), Some("B14"));
        assert_eq!([0, 25, 26, 701, 702].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
