//! Recording: checked and packed before the writer is asked for, then one durable commit.

use crate::errors::{AppendError, Refusal};
use crate::log::{Log, State};
use crate::record::{Sealed, head_after, seal};
use crate::rows::write;
use crate::segment::{Packed, pack_all};
use crate::shapes::{BatchInfo, NewBatch, RecordedBatch};
use crate::{BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, ENTRY_BYTES_MAX, OFFICE_BYTES_MAX};

/// What a dump says of a batch: its first position and perhaps its chain value.
type Expected = Option<(u64, Option<[u8; 32]>)>;

impl Log {
    /// Records batches in one durable commit, all or none, and tells where they came to lie.
    pub fn append(&self, batches: &[NewBatch<'_>]) -> Result<Vec<BatchInfo>, AppendError> {
        let batches: Vec<_> = batches.iter().map(|batch| (batch, None)).collect();
        self.commit(&batches)
    }

    /// Records batches that another log recorded, all or none, with their positions, times and chain values.
    pub fn append_recorded(&self, batches: &[RecordedBatch<'_>]) -> Result<Vec<BatchInfo>, AppendError> {
        let batches: Vec<_> = batches
            .iter()
            .map(|recorded| (&recorded.batch, Some((recorded.first, recorded.chain))))
            .collect();
        self.commit(&batches)
    }

    fn commit(&self, batches: &[(&NewBatch<'_>, Expected)]) -> Result<Vec<BatchInfo>, AppendError> {
        let packed = each(batches, |(batch, _)| pack(batch))?;
        let _writer = self.lock_writer();
        let before = self.state();
        if before.failed {
            return Err(AppendError::Reopen);
        }
        let mut after = before;
        let mut packed = packed.iter();
        let sealed = each(batches, |(batch, expected)| {
            let segments = packed.next().map_or(&[][..], Vec::as_slice);
            place(&mut after, batch, expected, segments)
        })?;
        if !sealed.is_empty() {
            self.write(&before, &after, &sealed)?;
        }
        Ok(sealed.into_iter().map(|sealed| sealed.info).collect())
    }

    /// Writes and remembers. A commit that fails leaves the log closed for writing.
    fn write(&self, before: &State, after: &State, sealed: &[Sealed]) -> Result<(), AppendError> {
        let written = self.with_db(|db| write(db, before.head.position, sealed));
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

fn pack(batch: &NewBatch<'_>) -> Result<Vec<Packed>, Refusal> {
    let entries = &batch.entries;
    if entries.is_empty() {
        return Err(Refusal::NoEntries);
    }
    if entries.len() > BATCH_ENTRIES_MAX {
        return Err(Refusal::TooManyEntries(entries.len()));
    }
    if let Some((index, entry)) = entries.iter().enumerate().find(|(_, entry)| entry.len() > ENTRY_BYTES_MAX)
    {
        return Err(Refusal::EntryTooLong { index, bytes: entry.len() });
    }
    let bytes = entries.iter().map(|entry| entry.len()).sum();
    if bytes > BATCH_BYTES_MAX {
        return Err(Refusal::TooManyBytes(bytes));
    }
    if batch.office.len() > OFFICE_BYTES_MAX {
        return Err(Refusal::OfficeTooLong(batch.office.len()));
    }
    Ok(pack_all(entries))
}

/// Places a batch at the end of the log that `state` tells of, and moves that end.
fn place(
    state: &mut State,
    batch: &NewBatch<'_>,
    expected: &Expected,
    packed: &[Packed],
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
    if let Some((given, _)) = *expected {
        let (next, last) = (head.position + 1, head.recorded_at_ms);
        if given != next {
            return Err(Refusal::OtherFirst { given, next });
        }
        if recorded_at_ms != batch.recorded_at_ms {
            return Err(Refusal::RecordedBefore { given: batch.recorded_at_ms, last });
        }
    }
    let sealed = seal(head, (recorded_at_ms, batch.office, batch.simulated), packed);
    if expected.is_some_and(|(_, chain)| chain.is_some_and(|chain| chain != sealed.info.chain)) {
        return Err(Refusal::OtherChain);
    }
    state.head = head_after(head.batches + 1, &sealed.info);
    state.simulated = batch.simulated;
    Ok(sealed)
}
