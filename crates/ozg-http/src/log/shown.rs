//! An entry as it is shown.

use ozg_core::event::{remarks_of_facts, said_for};
use ozg_formats::events::{EntryHead, entry_json};
use ozg_tracker::Entry;
use serde_json::Value;

/// Writes an entry as JSON.
pub(super) fn as_json(entry: &Entry) -> Value {
    let head = head_of(entry);
    let mut value = entry_json(&head, &entry.event);
    if let (true, Value::Object(object)) = (entry.simulated, &mut value) {
        object.insert("simulated".to_owned(), true.into());
    }
    value
}

/// Returns what the tracker adds to an event.
pub(crate) fn head_of(entry: &Entry) -> EntryHead {
    let on_behalf_of = said_for(&entry.beside.facts).map(str::to_owned);
    let (position, recorded_at_ms, office) = (entry.position, entry.recorded_at_ms, entry.office.clone());
    let remarks = remarks_of_facts(&entry.beside.facts);
    EntryHead { position, recorded_at_ms, office, on_behalf_of, remarks }
}
