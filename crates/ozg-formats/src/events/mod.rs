//! Events on their way out: plain JSON, CloudEvents, NDJSON, a dump of the log, a sheet of entries.

mod dump;
mod entries;
mod json;

pub use dump::{DumpBatch, DumpBatches, read_dump, write_dump_entry};
pub use entries::{ENTRY_COLUMNS, EntryRow, write_entries};
pub use json::{EntryHead, cloud_event_json, entry_json, event_json, write_ndjson};
