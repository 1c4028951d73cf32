//! Batches in bytes, as the writer hands them to the log.

use crate::beside::{encode_kept, encode_new, facts_to_log};
use crate::orders::{DumpBatch, RecordError};
use ozg_core::event::{Beside, Event, EventId, Facts};
use ozg_log::{Annex, NewBatch, NewEntry};
use std::collections::BTreeMap;

/// A batch in bytes.
pub(crate) struct Encoded {
    recorded_at_ms: i64,
    office: String,
    simulated: bool,
    facts: ozg_log::Facts,
    entries: Vec<(Vec<u8>, Annex)>,
}

impl Encoded {
    /// Encodes new events, each with the facts beside it: their free texts stand beside them, each with new random bytes.
    pub(crate) fn new(
        office: &str,
        recorded_at_ms: i64,
        simulated: bool,
        facts: &Facts,
        (events, beside): (&[Event], &[Facts]),
    ) -> Result<Encoded, RecordError> {
        let said = events.iter().zip(beside);
        let entries: Result<_, _> = said.map(|(event, facts)| encode_new(event, facts)).collect();
        let entries = entries.map_err(RecordError::Unavailable)?;
        let facts = facts_to_log(facts);
        Ok(Encoded { recorded_at_ms, office: office.to_owned(), simulated, facts, entries })
    }

    /// Encodes a batch of a dump with what stands beside its entries; `events` are those of the batch, in the order in which they
    /// are recorded. None where the events are not the entries of the batch, each once.
    pub(crate) fn kept(batch: &DumpBatch, events: &[Event]) -> Result<Option<Encoded>, RecordError> {
        let beside: BTreeMap<EventId, &Beside> =
            batch.entries.iter().map(|entry| (entry.event.id, &entry.beside)).collect();
        if beside.len() != events.len() || batch.entries.len() != events.len() {
            return Ok(None);
        }
        let entry = |event: &Event| Some(encode_kept(event, beside.get(&event.id)?));
        let Some(entries) = events.iter().map(entry).collect::<Option<Vec<_>>>() else { return Ok(None) };
        Ok(Some(Encoded {
            recorded_at_ms: batch.recorded_at_ms,
            office: batch.office.clone(),
            simulated: batch.simulated,
            facts: facts_to_log(&batch.facts),
            entries: entries.into_iter().collect::<Result<_, _>>().map_err(RecordError::Unavailable)?,
        }))
    }

    /// Counts its entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Gives the batch to the log.
    pub(crate) fn as_new(&self) -> NewBatch<'_> {
        NewBatch {
            recorded_at_ms: self.recorded_at_ms,
            office: &self.office,
            simulated: self.simulated,
            facts: self.facts.clone(),
            entries: self.entries.iter().map(|(payload, annex)| NewEntry { payload, annex }).collect(),
        }
    }
}
