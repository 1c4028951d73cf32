//! Reads entries back from the log, in chunks; each chunk is one transaction.

use crate::Tracker;
use crate::beside::{decode, facts_from_log};
use ozg_core::asof::AsOf;
use ozg_core::event::{Beside, Event, EventType, Facts, WireError};
use ozg_core::words::{Day, Place, Position, ServiceId, Topic};
use ozg_log::{BatchInfo, Log};

/// An entry: an event with what the log adds to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position, gapless from 1.
    pub position: Position,
    /// Position of the first entry of its batch.
    pub batch_first: Position,
    /// Position of the last entry of its batch.
    pub batch_last: Position,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// Whether it was generated.
    pub simulated: bool,
    /// The statement.
    pub event: Event,
    /// What the log keeps beside it.
    pub beside: Beside,
    /// Facts about its batch.
    pub batch_facts: Facts,
}

impl Entry {
    /// Tells whether its batch begins with it.
    #[must_use]
    pub fn begins_batch(&self) -> bool {
        self.batch_first == self.position
    }
}

/// A filter of entries. A member that is none accepts all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Entries about this service.
    pub service: Option<ServiceId>,
    /// Entries about this area or an authority in it; for a region, entries about the region and the places in it.
    pub area: Option<Place>,
    /// Entries of this type.
    pub event_type: Option<EventType>,
    /// Entries of this office.
    pub office: Option<String>,
    /// Entries about a service of this topic, or about the topic itself.
    pub topic: Option<Topic>,
    /// Entries about this day or a later one.
    pub from: Option<Day>,
    /// Entries about this day or an earlier one.
    pub to: Option<Day>,
}

impl Filter {
    /// Lists the positions of the entries that pass, as they are known at a data state: those behind a position up to another,
    /// the newest first.
    pub fn newest<'a>(
        &'a self,
        at: AsOf<'a>,
        (after, last): (Position, Position),
    ) -> impl Iterator<Item = Position> + 'a {
        after.up_to(last.min(at.position())).rev().filter(move |position| self.passes(at, *position))
    }

    fn passes(&self, at: AsOf<'_>, position: Position) -> bool {
        let state = at.state();
        self.event_type.is_none_or(|wanted| state.type_at(position) == Some(wanted))
            && self.office.as_ref().is_none_or(|wanted| state.office_of(position) == Some(wanted))
            && self.service.as_ref().is_none_or(|wanted| state.about(position).0 == Some(wanted))
            && self.area.as_ref().is_none_or(|wanted| at.is_about(position, wanted))
            && self.topic.is_none_or(|wanted| at.is_of_topic(position, wanted))
            && self.is_in_span(at, position)
    }

    fn is_in_span(&self, at: AsOf<'_>, position: Position) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        at.day_of(position)
            .is_some_and(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }
}

/// A page of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The entries, by position.
    pub entries: Vec<Entry>,
    /// The position after which the next page begins.
    pub next_after: Position,
    /// Whether no entry follows.
    pub at_head: bool,
}

/// Why entries cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The log cannot be read.
    #[error(transparent)]
    Log(#[from] ozg_log::ReadError),
    /// An entry cannot be decoded as an event.
    #[error("entry {position}: {error}")]
    Wire {
        /// Position of the entry.
        position: u64,
        /// Why it cannot be decoded.
        error: WireError,
    },
}

/// Entries that are read from the log in one transaction while a whole log is read.
const CHUNK_ENTRIES: usize = 8_192;

impl Tracker {
    /// Reads the entry at a position; blocks on the disk.
    ///
    /// # Errors
    /// The log is damaged there, or the disk fails.
    pub fn entry(&self, position: Position) -> Result<Option<Entry>, ReadError> {
        let Some(part) = self.shared.log.entry(u64::from(position))? else { return Ok(None) };
        part.entries().next().map(|found| entry(&part.info, &found)).transpose()
    }

    /// Reads up to `limit` entries after a position that pass a filter; blocks on the disk.
    ///
    /// # Errors
    /// The log is damaged there, or the disk fails.
    pub fn entries(&self, after: Position, limit: usize, filter: &Filter) -> Result<Page, ReadError> {
        let state = self.state();
        let head = state.head();
        if *filter == Filter::default() {
            return self.all_entries(after, limit, head);
        }
        let mut page = Page { next_after: after.max(head), at_head: true, ..Page::default() };
        for position in after.up_to(head) {
            if !filter.passes(state.now(), position) {
                continue;
            }
            if page.entries.len() == limit {
                page.next_after = page.entries.last().map_or(after, |last| last.position);
                page.at_head = false;
                break;
            }
            page.entries.extend(self.entry(position)?);
        }
        Ok(page)
    }

    /// Lists the positions of the entries that pass a filter, ascending.
    #[must_use]
    pub fn positions(&self, filter: &Filter) -> Vec<Position> {
        let state = self.state();
        Position::START.up_to(state.head()).filter(|position| filter.passes(state.now(), *position)).collect()
    }

    fn all_entries(&self, after: Position, limit: usize, head: Position) -> Result<Page, ReadError> {
        let mut page = Page { next_after: after, ..Page::default() };
        while page.entries.len() < limit && page.next_after < head {
            let wanted = (limit - page.entries.len()).min(CHUNK_ENTRIES);
            let parts = self.shared.log.batches(u64::from(page.next_after), wanted)?;
            if parts.is_empty() {
                break;
            }
            for part in &parts {
                for found in part.entries() {
                    page.entries.push(entry(&part.info, &found)?);
                }
            }
            page.next_after = page.entries.last().map_or(after, |last| last.position);
        }
        page.at_head = page.next_after >= head;
        Ok(page)
    }
}

fn entry(info: &BatchInfo, found: &ozg_log::Entry<'_>) -> Result<Entry, ReadError> {
    let position = found.position;
    let (event, beside) = decode(found).map_err(|error| ReadError::Wire { position, error })?;
    Ok(Entry {
        position: Position::of_count(position),
        batch_first: Position::of_count(info.first),
        batch_last: Position::of_count(info.last),
        recorded_at_ms: info.recorded_at_ms,
        office: info.office.clone(),
        simulated: info.simulated,
        event,
        beside,
        batch_facts: facts_from_log(&info.facts),
    })
}

/// Reads whole batches after a position, one after the other.
pub(crate) fn each_batch(
    log: &Log,
    after: Position,
    mut take: impl FnMut(&BatchInfo, Vec<Event>),
) -> Result<(), ReadError> {
    let mut next = u64::from(after);
    let mut events = Vec::new();
    loop {
        let parts = log.batches(next, CHUNK_ENTRIES)?;
        let Some(last) = parts.last() else { return Ok(()) };
        next = last.last();
        for part in &parts {
            for found in part.entries() {
                let position = found.position;
                let (event, _) = decode(&found).map_err(|error| ReadError::Wire { position, error })?;
                events.push(event);
            }
            if part.ends_batch() {
                take(&part.info, std::mem::take(&mut events));
            }
        }
    }
}
