//! Tables as JSON, in pages: `{"content":[{…}],"page":{"totalPages":1}}`, a list of such pages, or the list of rows alone.

use super::headings::COLUMNS_MAX;
use super::row::{RowSource, SheetRow};
use super::sink::unreadable;
use super::syntax::syntax;
use csv::StringRecord;
use ozg_core::event::{Columns, Form};
use ozg_core::mistake::Mistake;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Tells whether a text is a table in pages, by its first letter.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The rows of all pages, below a row with the names of the columns.
pub(crate) struct PageRows {
    rows: std::vec::IntoIter<Vec<String>>,
    line: usize,
}

impl PageRows {
    /// Reads all pages.
    ///
    /// # Errors
    /// `unreadable` for a text that is not such JSON, and where pages are missing.
    pub(crate) fn read(text: &str) -> Result<PageRows, Box<Mistake>> {
        let value: Value = serde_json::from_str(text).map_err(|error| Box::new(syntax(&error, 0)))?;
        let pages = match value {
            Value::Array(pages) => pages,
            page => vec![page],
        };
        let mut objects: Vec<Map<String, Value>> = Vec::new();
        let (mut count, mut total) = (0, None);
        for page in pages {
            let Value::Object(mut page) = page else { return Err(Box::new(no_page())) };
            match page.get_mut("content").map(Value::take) {
                Some(Value::Array(rows)) => {
                    count += 1;
                    total = total.max(page.get("page").and_then(|page| page["totalPages"].as_u64()));
                    for row in rows {
                        let Value::Object(row) = row else { return Err(Box::new(no_page())) };
                        objects.push(row);
                    }
                }
                Some(_) => return Err(Box::new(no_page())),
                None => objects.push(page),
            }
        }
        if let Some(total) = total.filter(|total| *total > count) {
            return Err(Box::new(pages_missing(count, total)));
        }
        Ok(PageRows { rows: table(&objects).into_iter(), line: 0 })
    }
}

/// Turns objects into rows below a row with all names.
fn table(objects: &[Map<String, Value>]) -> Vec<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(Map::keys) {
        // A table with more columns than are allowed is refused by its first row.
        if names.len() <= COLUMNS_MAX && !names.contains(name) {
            names.push(name.clone());
        }
    }
    let row = |object: &Map<String, Value>| names.iter().map(|name| cell(object.get(name))).collect();
    let rows: Vec<Vec<String>> = objects.iter().map(row).collect();
    std::iter::once(names).chain(rows).collect()
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

impl RowSource for PageRows {
    fn next(&mut self) -> Option<SheetRow> {
        let cells = StringRecord::from(self.rows.next()?);
        let row = SheetRow { line: self.line, cells, quotes: None, holds: Vec::new(), faults: Vec::new() };
        self.line += 1;
        Some(row)
    }

    fn give_back(&mut self, _: StringRecord) {}

    fn form(&self, line: usize, _: &Arc<Columns>) -> Form {
        Form::Json(format!("/content/{}", line.saturating_sub(1)))
    }
}

fn no_page() -> Mistake {
    unreadable(
        0,
        "Erwartet werden Seiten mit „content“, einer Liste von Objekten",
        "Pages with \"content\", a list of objects, are expected",
    )
}

fn pages_missing(count: u64, total: u64) -> Mistake {
    unreadable(
        0,
        format!(
            "Das sind {count} von {total} Seiten; alle Seiten in einer Liste senden: [{{\"content\":…}}, …]"
        ),
        format!("These are {count} of {total} pages; send all pages in one list: [{{\"content\":…}}, …]"),
    )
}
