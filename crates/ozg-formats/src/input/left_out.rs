//! Cells of a sheet that are not read, and the remarks that say so: below no heading, or in a column of a field that the type of
//! the row does not have.

use super::cells::cell_at;
use super::header::SheetHeader;
use super::sink::Sink;
use ozg_core::event::{EventType, Raw, column_letters};
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;
use std::collections::{BTreeMap, BTreeSet};

/// What was left out so far.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// The line of the first cell of each column without a heading.
    nameless: BTreeMap<usize, u32>,
    foreign: BTreeSet<usize>,
}

impl LeftOut {
    /// Notes a cell without a heading.
    pub(super) fn nameless(&mut self, index: usize, line: u32) {
        self.nameless.entry(index).or_insert(line);
    }

    /// Leaves out the fields that the type of a row does not have, in columns that only other types have.
    pub(super) fn foreign(
        &mut self,
        header: &SheetHeader,
        event_type: Option<EventType>,
        fields: &mut Vec<(String, Raw)>,
    ) {
        let Some(event_type) = event_type else { return };
        for (index, column) in header.columns.iter().enumerate().filter(|(index, _)| header.foreign[*index]) {
            let Some(field) = column.field().filter(|field| event_type.field(field).is_none()) else {
                continue;
            };
            let count = fields.len();
            fields.retain(|(known, _)| known != field);
            if fields.len() < count {
                self.foreign.insert(index);
            }
        }
    }

    /// Makes the remarks.
    pub(super) fn finish(self, header: &SheetHeader, sink: &mut Sink<'_>) {
        for (index, line) in self.nameless {
            let letters = column_letters(index);
            let message = Bilingual::new(
                format!("Über dieser Zelle steht keine Überschrift; die Spalte {letters} wird nicht gelesen"),
                format!("There is no heading above this cell; the column {letters} is not read"),
            );
            let remark = Remarked::at(&cell_at(line, index), Remark::ColumnsIgnored, Some(&letters));
            sink.remark(remark.saying(message));
        }
        let named = |index: &usize| {
            let heading = header.texts.get(*index).map_or("", |text| text.trim());
            format!("{heading} ({})", column_letters(*index))
        };
        let list: Vec<String> = self.foreign.iter().map(named).collect();
        if !list.is_empty() {
            let list = list.join(", ");
            let message = Bilingual::new(format!("Nicht gelesen: {list}"), format!("Not read: {list}"));
            sink.remark(Remarked::on_line(0, Remark::ColumnsIgnored, Some(&list)).saying(message));
        }
    }
}
