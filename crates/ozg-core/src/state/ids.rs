//! Positions of entries by event id, in memory: ids are random, so the disk keeps no index over them.

use super::shared::{Column, Shared, with_room};
use crate::event::EventId;
use crate::words::Position;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The ids of all entries: by position, and the other way round.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Ids {
    by_position: Column<EventId>,
    /// Shards by the first bits of a mix of the id; each sorted by the rest of it: `(rest, position)`.
    shards: Shared<Arc<Vec<(u32, Position)>>>,
}

/// Shards of the index; each is copied whole when it is written while a reader holds it.
const SHARDS: usize = 4096;

fn mix(id: EventId) -> (usize, u32) {
    let (high, low) = id.as_u64_pair();
    let mixed = (high ^ low.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = mixed ^ (mixed >> 29);
    let rest = u32::try_from(mixed & 0xffff_ffff).expect("masked to 32 bits");
    (usize::try_from(mixed >> 52).expect("12 bits") % SHARDS, rest)
}

impl Ids {
    /// Adds the id of the next entry.
    pub(crate) fn push(&mut self, id: EventId) {
        self.by_position.push(id);
        let position = Position::of_count(self.by_position.len());
        let (shard, rest) = mix(id);
        let shard = with_room(self.shards.grow_mut(shard));
        let index = shard.partition_point(|(known, _)| *known <= rest);
        shard.insert(index, (rest, position));
    }

    /// Finds the position of an id.
    pub(crate) fn position(&self, id: EventId) -> Option<Position> {
        let (shard, rest) = mix(id);
        let shard = self.shards.get(shard)?;
        let start = shard.partition_point(|(known, _)| *known < rest);
        shard[start..]
            .iter()
            .take_while(|(known, _)| *known == rest)
            .map(|(_, position)| *position)
            .find(|position| self.id(*position) == Some(id))
    }

    /// Returns the id of the entry at a position.
    pub(crate) fn id(&self, position: Position) -> Option<EventId> {
        self.by_position.get(position.index()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_again() {
        let mut ids = Ids::default();
        let id = |n: u128| EventId::from_u128(n.wrapping_mul(0x1234_5678_9abc_def0_1234_5678_9abc_def1));
        (0..5_000).for_each(|n| ids.push(id(n)));
        for n in 0..5_000u32 {
            assert_eq!(ids.position(id(u128::from(n))), Some(Position::new(n + 1)));
        }
        assert_eq!(ids.position(id(5_001)), None);
        assert_eq!(ids.id(Position::START), None);
    }
}
