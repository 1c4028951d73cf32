//! Small facts about drafts and standing entries, which several checks need.

use crate::event::texts::{Composed, Said};
use crate::event::{Draft, Event};
use crate::mistake::Standing;
use crate::state::{Known, State};
use crate::words::{PartialDate, Position, Source};

/// Returns a hash of what an event says, without its id and what it replaces. It is stable for ever (FNV-1a, 64 bits).
pub(crate) fn fingerprint(event: &Event) -> u64 {
    fingerprint_of((&event.body, event.source.as_ref(), event.note.as_ref(), event.reason.as_ref()))
}

/// Returns the hash that the event of a draft will have.
pub(super) fn fingerprint_of_draft(draft: &Draft) -> u64 {
    fingerprint_of((&draft.body, draft.source.as_ref(), draft.note.as_ref(), draft.reason.as_ref()))
}

fn fingerprint_of(said: Said<'_>) -> u64 {
    let composed = Composed::of(said);
    let said = composed.as_ref().map_or(said, Composed::said);
    let bytes =
        postcard::to_extend(&said, Vec::with_capacity(160)).expect("encoding into memory does not fail");
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Lists what stands of a history.
pub(crate) fn standing<T>(history: &[Known<T>]) -> impl Iterator<Item = &Known<T>> {
    history.iter().filter(|known| known.stands())
}

impl State {
    /// Names a standing entry; one of the batch that is being tried has no position yet.
    pub(crate) fn name(&self, position: Position, head: Position, on: Option<PartialDate>) -> Standing {
        Standing {
            id: self.ids.id(position).expect("a standing entry has an id"),
            position: (position <= head).then_some(position),
            on: on.map(|on| on.to_string()).unwrap_or_default(),
        }
    }
}

/// Tells whether two claims come from the same source: by name and address, or else from the same office.
pub(crate) fn same_source(left: (Option<&Source>, &str), right: (Option<&Source>, &str)) -> bool {
    match (left.0, right.0) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => left.1 == right.1,
        _ => false,
    }
}
