//! The notes of published figures and targets. The state does not keep them, since a note can be removed from the log: they are read
//! from the log, each once for an answer that shows them. Counted values rest on too many entries to read a note for each.

use ozg_core::series::{Header, Row};
use ozg_core::state::State;
use ozg_core::words::{Basis, Position};
use ozg_formats::series::{Format, Publication, write_series};
use ozg_tracker::Tracker;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes a series, with the notes of its entries where the format and the question show them. The first note that cannot be read
/// ends the answer with a failure.
pub(crate) fn write_noted(
    tracker: &Tracker,
    format: &Format,
    (header, publication): (&Header, &Publication),
    rows: impl Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !format.shows_rows(&header.query) || !header.query.shows("note") {
        return write_series(format, header, publication, rows, out);
    }
    let mut notes = Notes { tracker, state: tracker.state(), read: BTreeMap::new() };
    let mut failure = None;
    let rows = rows.map_while(|row| notes.put(row).map_err(|error| failure = Some(error)).ok());
    write_series(format, header, publication, rows, out)?;
    failure.map_or(Ok(()), Err)
}

/// Notes, as they are read.
struct Notes<'a> {
    tracker: &'a Tracker,
    state: Arc<State>,
    read: BTreeMap<Position, String>,
}

impl Notes<'_> {
    /// Puts the notes of its entries into a row that is not counted, each once.
    fn put(&mut self, mut row: Row) -> io::Result<Row> {
        if row.basis == Basis::Counted {
            return Ok(row);
        }
        let mut notes: Vec<&str> = Vec::new();
        let noted: Vec<Position> =
            row.proof.entries.iter().copied().filter(|entry| self.state.is_noted(*entry)).collect();
        for entry in &noted {
            if !self.read.contains_key(entry) {
                let note = self.tracker.entry(*entry).map_err(io::Error::other)?;
                let note = note.and_then(|entry| entry.event.note).map(|note| note.to_string());
                self.read.insert(*entry, note.unwrap_or_default());
            }
        }
        for note in noted.iter().filter_map(|entry| self.read.get(entry)) {
            if !notes.contains(&note.as_str()) {
                notes.push(note);
            }
        }
        row.proof.note = notes.join("; ");
        Ok(row)
    }
}
