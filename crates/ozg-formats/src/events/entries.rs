//! The log as a sheet: one entry per row, for people who ask what changed.

use super::EntryHead;
use crate::delimited::{neutral, writer};
use ozg_core::event::Event;
use ozg_core::time::rfc3339;
use ozg_core::words::Position;
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns of the sheet, in order.
pub const ENTRY_COLUMNS: [&str; 13] = [
    "position",
    "id",
    "type",
    "on",
    "recorded_at",
    "office",
    "place",
    "service",
    "stage",
    "change",
    "reason",
    "source",
    "note",
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
        }
    }
}

/// Writes the sheet.
///
/// # Errors
/// Those of the writer.
pub fn write_entries(rows: impl IntoIterator<Item = EntryRow>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(ENTRY_COLUMNS)?;
    for row in rows {
        csv.write_field(row.position.to_string())?;
        for text in
            [row.id, row.event_type, row.on, row.recorded_at, row.office, row.place, row.service, row.stage]
        {
            csv.write_field(neutral(Cow::Owned(text)).as_ref())?;
        }
        csv.write_field(row.change.map(|change| change.to_string()).unwrap_or_default())?;
        for text in [row.reason, row.source, row.note] {
            csv.write_field(neutral(Cow::Owned(text)).as_ref())?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}
