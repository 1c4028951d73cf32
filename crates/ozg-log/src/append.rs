//! Recording: checked and packed before the writer is asked for, then one durable commit.

use crate::annex::Annex;
use crate::errors::{AppendError, Refusal};
use crate::log::{Log, State};
use crate::record::{PackedBatch, Sealed, head_after, seal};
use crate::rows::{StoredBatch, write};
use crate::segment::pack_all;
use crate::shapes::{BatchInfo, Identity, NewBatch, NewEntry, RecordedBatch};
use crate::texts::{SegmentTexts, TextBlock};
use crate::{
    BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, BATCH_FACTS_BYTES_MAX, ENTRY_BYTES_MAX, ENTRY_FACTS_BYTES_MAX,
    ENTRY_TEXTS_MAX, OFFICE_BYTES_MAX, TEXT_BYTES_MAX,
};

/// What a dump says of a batch.
struct Expected {
    first: u64,
    chain: Option<[u8; 32]>,
}

impl Log {
    /// Records batches in one durable commit, all or none, and returns their positions.
    ///
    /// # Errors
    /// The refusal of a batch, such as one with too many bytes; nothing is recorded then. A commit that failed: the log must
    /// be [reopened](Log::reopen) before the next one.
    ///
    /// # Examples
    /// ```
    /// use ozg_log::{Facts, Log, NewBatch, NewEntry};
    ///
    /// let log = Log::in_memory();
    /// let entries = vec![NewEntry::from(&b"live in Potsdam"[..]), NewEntry::from(&b"live in Cottbus"[..])];
    /// let recorded_at_ms = 1_717_200_000_000;
    /// let batch = NewBatch { recorded_at_ms, office: "bb", simulated: false, facts: Facts::default(), entries };
    /// let recorded = log.append(&[batch])?;
    /// assert_eq!((recorded[0].first, recorded[0].last), (1, 2));
    /// # Ok::<(), ozg_log::AppendError>(())
    /// ```
    pub fn append(&self, batches: &[NewBatch<'_>]) -> Result<Vec<BatchInfo>, AppendError> {
        let batches: Vec<_> = batches.iter().map(|batch| (batch, None)).collect();
        self.commit(&batches, None)
    }

    /// Records batches that another log recorded, all or none, with their positions, times and chain values. An empty log takes
    /// over the identity of that log, if the first batch names it.
    pub fn append_recorded(&self, batches: &[RecordedBatch<'_>]) -> Result<Vec<BatchInfo>, AppendError> {
        let identity = batches.first().and_then(|recorded| recorded.identity);
        let batches: Vec<_> = batches
            .iter()
            .map(|recorded| {
                (&recorded.batch, Some(Expected { first: recorded.first, chain: recorded.chain }))
            })
            .collect();
        self.commit(&batches, identity)
    }

    fn commit(
        &self,
        batches: &[(&NewBatch<'_>, Option<Expected>)],
        identity: Option<Identity>,
    ) -> Result<Vec<BatchInfo>, AppendError> {
        let packed = each(batches, |(batch, _)| pack(batch))?;
        let _writer = self.lock_writer();
        let before = self.state();
        if before.failed {
            return Err(AppendError::Reopen);
        }
        let mut after = before;
        let mut packed = packed.iter();
        let sealed = each(batches, |(batch, expected)| {
            let packed = packed.next().unwrap_or_else(|| unreachable!("each batch was packed"));
            place(&mut after, batch, expected.as_ref(), packed)
        })?;
        if let Some(identity) = identity.filter(|_| before.head.batches == 0) {
            after.identity = identity;
        }
        if !sealed.is_empty() {
            self.write(&before, &after, &sealed)?;
        }
        Ok(sealed.into_iter().map(|sealed| sealed.info).collect())
    }

    /// Writes and remembers. A commit that fails leaves the log closed for writing.
    fn write(&self, before: &State, after: &State, sealed: &[Sealed]) -> Result<(), AppendError> {
        let identity = (after.identity != before.identity).then_some(&after.identity);
        let written = self
            .with_db(|db| write(db, before.head.position, identity, sealed.iter().map(StoredBatch::from)));
        match &written {
            Ok(()) => *self.state_mut() = *after,
            Err(_) => self.state_mut().failed = true,
        }
        written.map_err(AppendError::Failed)
    }
}

/// Does something with each batch and names the one that is refused.
fn each<B, T>(batches: &[B], mut work: impl FnMut(&B) -> Result<T, Refusal>) -> Result<Vec<T>, AppendError> {
    let refused = |index| move |refusal| AppendError::Refused { index, refusal };
    batches.iter().enumerate().map(|(index, batch)| work(batch).map_err(refused(index))).collect()
}

fn pack(batch: &NewBatch<'_>) -> Result<PackedBatch, Refusal> {
    check(batch)?;
    let has_annexes = batch.entries.iter().any(|entry| !entry.annex.is_empty());
    if !has_annexes {
        let payloads: Vec<&[u8]> = batch.entries.iter().map(|entry| entry.payload).collect();
        return Ok(PackedBatch { segments: pack_all(&payloads, |_| 0), has_annexes, texts: Vec::new() });
    }
    let stored: Vec<Vec<u8>> =
        batch.entries.iter().map(|entry| [&entry.annex.to_bytes(), entry.payload].concat()).collect();
    let stored: Vec<&[u8]> = stored.iter().map(Vec::as_slice).collect();
    let segments = pack_all(&stored, |index| text_lengths(batch.entries[index].annex).sum());
    let texts = pack_texts(batch, segments.iter().map(|segment| segment.sizes.count));
    Ok(PackedBatch { segments, has_annexes, texts })
}

/// Packs the texts of each segment that has some; `counts` are the entries of the segments.
fn pack_texts(batch: &NewBatch<'_>, counts: impl Iterator<Item = usize>) -> Vec<TextBlock> {
    let (mut start, mut blocks) = (0, Vec::new());
    for count in counts {
        let entries = (0..).zip(&batch.entries[start..start + count]);
        let texts = SegmentTexts::new(entries.flat_map(|(entry, NewEntry { annex, .. })| {
            (0..).zip(&annex.texts).map(move |(index, text)| ((entry, index), text))
        }));
        if !texts.is_empty() {
            blocks.push((start as u64, texts.to_block()));
        }
        start += count;
    }
    blocks
}

fn text_lengths(annex: &Annex) -> impl Iterator<Item = usize> + Clone {
    annex.texts.iter().map(|text| text.text().map_or(0, str::len))
}

fn check(batch: &NewBatch<'_>) -> Result<(), Refusal> {
    let entries = &batch.entries;
    if entries.is_empty() {
        return Err(Refusal::NoEntries);
    }
    if entries.len() > BATCH_ENTRIES_MAX {
        return Err(Refusal::TooManyEntries(entries.len()));
    }
    let mut bytes = 0;
    for (index, entry) in entries.iter().enumerate() {
        bytes += check_entry(index, entry)?;
    }
    if bytes > BATCH_BYTES_MAX {
        return Err(Refusal::TooManyBytes(bytes));
    }
    if batch.office.len() > OFFICE_BYTES_MAX {
        return Err(Refusal::OfficeTooLong(batch.office.len()));
    }
    let facts = batch.facts.to_bytes().len();
    if facts > BATCH_FACTS_BYTES_MAX {
        return Err(Refusal::FactsTooLong { bytes: facts, max: BATCH_FACTS_BYTES_MAX });
    }
    Ok(())
}

/// Checks an entry and counts its bytes, those of facts and texts included.
fn check_entry(index: usize, entry: &NewEntry<'_>) -> Result<usize, Refusal> {
    if entry.payload.len() > ENTRY_BYTES_MAX {
        return Err(Refusal::EntryTooLong { index, bytes: entry.payload.len() });
    }
    if entry.annex.is_empty() {
        return Ok(entry.payload.len());
    }
    let Annex { facts, texts } = entry.annex;
    let facts = facts.to_bytes().len();
    if facts > ENTRY_FACTS_BYTES_MAX {
        return Err(Refusal::FactsTooLong { bytes: facts, max: ENTRY_FACTS_BYTES_MAX });
    }
    if texts.len() > ENTRY_TEXTS_MAX {
        return Err(Refusal::TooManyTexts { index, texts: texts.len() });
    }
    let lengths = text_lengths(entry.annex);
    if let Some(bytes) = lengths.clone().find(|bytes| *bytes > TEXT_BYTES_MAX) {
        return Err(Refusal::TextTooLong { index, bytes });
    }
    Ok(entry.payload.len() + facts + lengths.sum::<usize>())
}

/// Places a batch at the end of the log that `state` tells of, and moves that end.
fn place(
    state: &mut State,
    batch: &NewBatch<'_>,
    expected: Option<&Expected>,
    packed: &PackedBatch,
) -> Result<Sealed, Refusal> {
    let head = &state.head;
    if head.batches > 0 && state.simulated != batch.simulated {
        return Err(if batch.simulated { Refusal::SimulatedInReal } else { Refusal::RealInSimulated });
    }
    // Clocks step back; positions do not. Readers bisect on this.
    let recorded_at_ms = match head.batches {
        0 => batch.recorded_at_ms,
        _ => batch.recorded_at_ms.max(head.recorded_at_ms),
    };
    if let Some(expected) = expected {
        let (next, last) = (head.position + 1, head.recorded_at_ms);
        if expected.first != next {
            return Err(Refusal::OtherFirst { given: expected.first, next });
        }
        if recorded_at_ms != batch.recorded_at_ms {
            return Err(Refusal::RecordedBefore { given: batch.recorded_at_ms, last });
        }
    }
    let sealed = seal(head, recorded_at_ms, batch, packed);
    let chain = expected.and_then(|expected| expected.chain);
    if chain.is_some_and(|chain| chain != sealed.info.chain) {
        return Err(Refusal::OtherChain);
    }
    state.head = head_after(head.batches + 1, &sealed.info);
    state.simulated = batch.simulated;
    Ok(sealed)
}
