//! An entry as it is shown.

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
    EntryHead { position: entry.position, recorded_at_ms: entry.recorded_at_ms, office: entry.office.clone() }
}
