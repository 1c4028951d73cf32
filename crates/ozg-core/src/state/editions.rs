//! The batches that were said with an edition, as the state remembers them.

use super::State;
use crate::event::{Covers, Facts, SaidWith};
use crate::words::Position;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A batch that was said with an edition, as the state remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EditionMark {
    /// The number of the batch, from 0.
    batch: u32,
    pub(crate) said: SaidWith,
}

impl State {
    /// Takes in the facts beside the last batch. Those that this tracker does not know mean nothing to it.
    pub fn take_facts(&mut self, facts: &Facts) {
        let last = self.batches.len().checked_sub(1).and_then(|batch| u32::try_from(batch).ok());
        if let (Some(batch), Some(said)) = (last, SaidWith::of_facts(facts)) {
            Arc::make_mut(&mut self.editions).push(EditionMark { batch, said });
        }
    }

    /// Lists the editions of the same things that were recorded by an office, or by any, and of which something stands; one
    /// that was recorded in several batches once for each.
    pub(crate) fn editions_like(&self, covers: Covers, office: Option<&str>) -> Vec<&SaidWith> {
        let is_like = |mark: &&EditionMark| {
            let batch = self.batch(mark.batch as usize);
            mark.said.covers.overlaps(covers)
                && batch.is_some_and(|batch| {
                    office.is_none_or(|office| batch.office == office)
                        && batch.positions().any(|position| self.stands(position))
                })
        };
        self.editions.iter().filter(is_like).map(|mark| &mark.said).collect()
    }

    /// Returns the edition with which an entry was said; none for one that was recorded by hand, or before logs kept it.
    #[must_use]
    pub fn said_with(&self, position: Position) -> Option<&SaidWith> {
        let batch = self.batches.partition_point(|batch| batch.last < position);
        let found = self.editions.binary_search_by_key(&batch, |mark| mark.batch as usize).ok()?;
        self.editions.get(found).map(|mark| &mark.said)
    }
}
