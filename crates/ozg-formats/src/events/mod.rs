//! Events on their way out: plain JSON, CloudEvents, NDJSON, a dump of the log, a sheet of entries.

mod dump;
pub(crate) mod dump_texts;
mod entries;
mod json;

pub use dump::{DumpBatch, DumpBatches, DumpEntry, read_dump, write_dump_entry};
pub use entries::{ENTRY_COLUMNS, EntryColumn, EntryRow, write_entries, write_entries_json};
pub use json::{EntryHead, cloud_event_json, entry_json, event_json, write_ndjson};
