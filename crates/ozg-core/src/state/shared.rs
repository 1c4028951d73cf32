//! A vector that clones in a few steps and copies only the leaf that is written: what readers hold never changes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// A growing vector, shared between the writer and its readers leaf by leaf. A write copies one leaf and the list of
/// leaves, so what is large goes behind an `Arc`, and long columns of small values take larger leaves.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T, const LEAF: usize = 64> {
    leaves: Arc<Vec<Arc<Vec<T>>>>,
}

/// A long column of small values.
pub(crate) type Column<T> = Shared<T, 1024>;

impl<T, const LEAF: usize> Default for Shared<T, LEAF> {
    fn default() -> Shared<T, LEAF> {
        Shared { leaves: Arc::default() }
    }
}

impl<T, const LEAF: usize> Shared<T, LEAF> {
    pub(crate) fn len(&self) -> usize {
        match self.leaves.last() {
            Some(last) => (self.leaves.len() - 1) * LEAF + last.len(),
            None => 0,
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.leaves.get(index / LEAF)?.get(index % LEAF)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.leaves.iter().flat_map(|leaf| leaf.iter())
    }

    /// Finds the number of leading elements for which the predicate holds; it must hold for a prefix only.
    pub(crate) fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let full = self.leaves.partition_point(|leaf| leaf.last().is_some_and(&holds));
        (full * LEAF + self.leaves.get(full).map_or(0, |leaf| leaf.partition_point(holds))).min(self.len())
    }
}

impl<T: Clone, const LEAF: usize> Shared<T, LEAF> {
    pub(crate) fn push(&mut self, value: T) {
        let leaves = Arc::make_mut(&mut self.leaves);
        match leaves.last_mut() {
            Some(last) if last.len() < LEAF => with_room(last).push(value),
            _ => leaves.push(Arc::new(vec![value])),
        }
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let leaf = Arc::make_mut(&mut self.leaves).get_mut(index / LEAF)?;
        Arc::make_mut(leaf).get_mut(index % LEAF)
    }

    /// Returns the element at an index, filling up with defaults where the vector is shorter.
    pub(crate) fn grow_mut(&mut self, index: usize) -> &mut T
    where
        T: Default,
    {
        while self.len() <= index {
            self.push(T::default());
        }
        let leaf = &mut Arc::make_mut(&mut self.leaves)[index / LEAF];
        &mut Arc::make_mut(leaf)[index % LEAF]
    }
}

/// Returns a shared vector for one more element. Where it is copied or must grow it gets room for an eighth more: a vector
/// that doubles would keep half of the memory empty.
pub(crate) fn with_room<T: Clone>(shared: &mut Arc<Vec<T>>) -> &mut Vec<T> {
    let full = |own: &mut Vec<T>| own.len() == own.capacity();
    if Arc::get_mut(shared).is_none_or(full) {
        let mut own = Vec::with_capacity(shared.len() + shared.len() / 8 + 2);
        own.extend_from_slice(shared);
        *shared = Arc::new(own);
    }
    Arc::make_mut(shared)
}

impl<T: Serialize, const LEAF: usize> Serialize for Shared<T, LEAF> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        for element in self.iter() {
            seq.serialize_element(element)?;
        }
        seq.end()
    }
}

impl<'de, T: Deserialize<'de> + Clone, const LEAF: usize> Deserialize<'de> for Shared<T, LEAF> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Shared<T, LEAF>, D::Error> {
        let elements: Vec<T> = Vec::deserialize(deserializer)?;
        let mut leaves = Vec::with_capacity(elements.len().div_ceil(LEAF));
        let mut rest = elements.into_iter().peekable();
        while rest.peek().is_some() {
            leaves.push(Arc::new(rest.by_ref().take(LEAF).collect()));
        }
        Ok(Shared { leaves: Arc::new(leaves) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_keeps_what_it_saw() {
        let mut vector: Shared<usize> = Shared::default();
        (0..2_000).for_each(|n| vector.push(n));
        let seen = vector.clone();
        *vector.get_mut(700).unwrap() = 7;
        *vector.grow_mut(2_500) = 9;
        assert_eq!((seen.len(), seen.get(700)), (2_000, Some(&700)));
        assert_eq!((vector.len(), vector.get(700), vector.get(2_400)), (2_501, Some(&7), Some(&0)));
        assert_eq!(seen.partition_point(|n| *n < 1_234), 1_234);
        assert_eq!(seen.partition_point(|_| true), 2_000);
        assert_eq!(seen.iter().count(), 2_000);
    }
}
