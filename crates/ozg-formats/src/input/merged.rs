//! Cells that are merged downwards: the first one holds for all its rows.

use super::row::{Holds, SheetRow};

/// The merged cells of a sheet whose rows are read one by one.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    /// Row, column and last row of each, those with the greatest row first.
    begins: Vec<(u32, usize, u32)>,
    /// Column, last row and content of those that hold in the present row.
    held: Vec<(usize, u32, String, Holds)>,
}

impl Merged {
    /// Takes the merged cells of a sheet, in any order: row, column and last row of each.
    pub(crate) fn new(mut begins: Vec<(u32, usize, u32)>) -> Merged {
        begins.sort_unstable_by(|one, other| other.cmp(one));
        Merged { begins, held: Vec::new() }
    }

    /// Takes a merged cell that begins in the row that is read next.
    pub(crate) fn begin(&mut self, row: u32, column: usize, last: u32) {
        self.begins.push((row, column, last));
    }

    /// Fills the cells of a row that lie below the first of theirs, and keeps the content of those that begin in this row.
    pub(crate) fn fill(&mut self, number: u32, row: &mut SheetRow, texts: &mut Vec<String>) {
        self.held.retain(|(_, last, ..)| *last >= number);
        for (column, _, text, holds) in &self.held {
            if texts.len() <= *column {
                texts.resize(column + 1, String::new());
                row.holds.resize(column + 1, Holds::Text);
            }
            if texts[*column].is_empty() {
                text.clone_into(&mut texts[*column]);
                row.holds[*column] = *holds;
            }
        }
        while let Some((begin, column, last)) =
            self.begins.last().copied().filter(|(begin, ..)| *begin <= number)
        {
            self.begins.pop();
            if let Some(text) = texts.get(column).filter(|text| begin == number && !text.is_empty()) {
                self.held.push((column, last, text.clone(), row.holds(column)));
            }
        }
    }
}
