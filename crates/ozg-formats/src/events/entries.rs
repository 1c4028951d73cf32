//! The log as a sheet: one entry per row, for people who ask what changed.

use super::EntryHead;
use crate::delimited::writer;
use crate::series::{Cell, Publication, put, spell, stream};
use ozg_core::event::Event;
use ozg_core::series::Header;
use ozg_core::time::rfc3339;
use ozg_core::words::Position;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One column of the sheet: its name, and its cell of a row.
pub struct EntryColumn {
    /// Name, in the sheet and in JSON.
    pub id: &'static str,
    cell: fn(&EntryRow) -> Cell<'_>,
}

const fn column(id: &'static str, cell: fn(&EntryRow) -> Cell<'_>) -> EntryColumn {
    EntryColumn { id, cell }
}

/// The columns of the sheet, in order.
pub static ENTRY_COLUMNS: [EntryColumn; 14] = [
    column("position", |row| Cell::Number(i64::from(row.position.get()).into())),
    column("id", |row| Cell::from(row.id.as_str())),
    column("type", |row| Cell::from(row.event_type.as_str())),
    column("on", |row| Cell::from(row.on.as_str())),
    column("recorded_at", |row| Cell::from(row.recorded_at.as_str())),
    column("office", |row| Cell::from(row.office.as_str())),
    column("place", |row| Cell::from(row.place.as_str())),
    column("service", |row| Cell::from(row.service.as_str())),
    column("stage", |row| Cell::from(row.stage.as_str())),
    column("change", |row| row.change.map_or(Cell::Empty, |change| Cell::Number(i64::from(change).into()))),
    column("reason", |row| Cell::from(row.reason.as_str())),
    column("source", |row| Cell::from(row.source.as_str())),
    column("note", |row| Cell::from(row.note.as_str())),
    column("on_behalf_of", |row| Cell::from(row.on_behalf_of.as_str())),
];

/// One row of the sheet; a column that does not apply is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryRow {
    /// Position in the log.
    pub position: Position,
    /// Id of the event.
    pub id: String,
    /// Type of the event.
    pub event_type: String,
    /// The date of the event, as it was written.
    pub on: String,
    /// When it was recorded, RFC 3339 in UTC with milliseconds.
    pub recorded_at: String,
    /// The office that recorded it.
    pub office: String,
    /// The place.
    pub place: String,
    /// The service.
    pub service: String,
    /// The stage.
    pub stage: String,
    /// The direction in which the entry moves the value of the query: 1, -1, or 0 if it states a figure or describes a thing.
    pub change: Option<i8>,
    /// The reason that the office gave.
    pub reason: String,
    /// Name of its source.
    pub source: String,
    /// A remark.
    pub note: String,
    /// The office that a coordinator spoke for.
    pub on_behalf_of: String,
}

impl EntryRow {
    /// Makes the row of an entry; `change` is the direction in which it moves the value of the query.
    #[must_use]
    pub fn new(head: &EntryHead, event: &Event, change: Option<i8>) -> EntryRow {
        let text = |value: Option<&dyn ToString>| value.map(ToString::to_string).unwrap_or_default();
        EntryRow {
            position: head.position,
            id: event.id.to_string(),
            event_type: event.event_type().id().to_owned(),
            on: event.body.on().map(|on| on.to_string()).unwrap_or_default(),
            recorded_at: rfc3339(head.recorded_at_ms),
            office: head.office.clone(),
            place: event.body.place().map(|place| place.to_string()).unwrap_or_default(),
            service: event.body.service().map(ToString::to_string).unwrap_or_default(),
            stage: event.body.stage().map(|stage| stage.id().to_owned()).unwrap_or_default(),
            change,
            reason: text(event.reason.as_ref().map(|reason| reason as &dyn ToString)),
            source: event.source.as_ref().map(|source| source.name.to_string()).unwrap_or_default(),
            note: text(event.note.as_ref().map(|note| note as &dyn ToString)),
            on_behalf_of: head.on_behalf_of.clone().unwrap_or_default(),
        }
    }
}

/// Writes the sheet.
///
/// # Errors
/// Those of the writer.
pub fn write_entries(rows: impl IntoIterator<Item = EntryRow>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(ENTRY_COLUMNS.iter().map(|column| column.id))?;
    for row in rows {
        for column in &ENTRY_COLUMNS {
            put(&mut csv, spell, &(column.cell)(&row))?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes the entries behind the values of a series as JSON, a row a line; what is empty is null.
///
/// # Errors
/// Those of the writer.
pub fn write_entries_json(
    header: &Header,
    publication: &Publication,
    rows: impl Iterator<Item = EntryRow>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let query: Map<String, Value> =
        header.query.parameters().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let head = json!({
        "measure": header.measure.id(),
        "query": query,
        "position": header.position,
        "permalink": publication.permalink,
        "citation": publication.citation,
        "licence": publication.licence,
    });
    let write = |row: EntryRow, out: &mut dyn Write| {
        let members = ENTRY_COLUMNS.iter().map(|column| (column.id.to_owned(), (column.cell)(&row).json()));
        Ok(serde_json::to_writer(out, &members.collect::<Map<String, Value>>())?)
    };
    stream(&head, "entries", rows, write, out)
}
