//! Rows and columns of a sheet that a person may not see, or that are struck through: they are read, with a remark.

use super::sink::Sink;
use ozg_core::event::column_letters;
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;
use std::collections::BTreeSet;

/// The most places that a remark names.
const PLACES_NAMED: usize = 5;

/// What was read of a sheet though it is hidden or struck through.
#[derive(Debug, Default)]
pub(crate) struct Unseen {
    hidden_rows: Lines,
    struck_rows: Lines,
    hidden_columns: BTreeSet<usize>,
}

/// Rows, of which the first are named.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    first: Vec<usize>,
    pub(crate) count: usize,
    last: usize,
}

impl Lines {
    /// Adds a row. Rows before the last one were added when the sheet was read before.
    pub(crate) fn add(&mut self, line: usize) {
        if line > self.last {
            self.last = line;
            self.count += 1;
            if self.first.len() < PLACES_NAMED {
                self.first.push(line);
            }
        }
    }

    /// Lists the first of them.
    pub(crate) fn named(&self) -> String {
        let named: Vec<String> = self.first.iter().map(ToString::to_string).collect();
        let more = if self.count > self.first.len() { " …" } else { "" };
        format!("{}{more}", named.join(", "))
    }
}

impl Unseen {
    pub(crate) fn hidden_row(&mut self, line: usize) {
        self.hidden_rows.add(line);
    }

    pub(crate) fn struck_row(&mut self, line: usize) {
        self.struck_rows.add(line);
    }

    pub(crate) fn hidden_column(&mut self, column: usize) {
        self.hidden_columns.insert(column);
    }

    /// Remarks on each of them.
    pub(crate) fn remark(&self, sink: &mut Sink<'_>) {
        let rows = [
            (&self.hidden_rows, "ausgeblendet", "hidden"),
            (&self.struck_rows, "durchgestrichen", "struck through"),
        ];
        for (lines, de, en) in rows.iter().filter(|(lines, ..)| lines.count > 0) {
            let (count, named) = (lines.count, lines.named());
            let message = Bilingual::new(
                format!("Gelesen wurden auch Zeilen, die {de} sind ({count}): {named}"),
                format!("Rows were read, too, that are {en} ({count}): {named}"),
            );
            sink.remark(Remarked::on_line(0, Remark::HiddenRead, None).saying(message));
        }
        if !self.hidden_columns.is_empty() {
            let named: Vec<String> =
                self.hidden_columns.iter().take(PLACES_NAMED).map(|column| column_letters(*column)).collect();
            let named = named.join(", ");
            let message = Bilingual::new(
                format!("Gelesen wurden auch Spalten, die ausgeblendet sind: {named}"),
                format!("Columns were read, too, that are hidden: {named}"),
            );
            sink.remark(Remarked::on_line(0, Remark::HiddenRead, None).saying(message));
        }
    }
}
