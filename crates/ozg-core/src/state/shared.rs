//! A vector whose clone takes few steps. A write copies one leaf, so the clones that readers hold never change.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// A growing vector, shared between the writer and its readers leaf by leaf. A write copies one leaf, its branch and the
/// list of branches. To copy a list is to count up each of its leaves, so lists are kept short, what is large goes behind
/// an `Arc`, and long columns of small values take larger leaves.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T, const LEAF: usize = 64> {
    branches: Arc<Vec<Arc<Branch<T>>>>,
}

type Leaf<T> = Vec<T>;
type Branch<T> = Vec<Arc<Leaf<T>>>;

/// Leaves of a branch.
const BRANCH: usize = 32;

/// A long column of small values.
pub(crate) type Column<T> = Shared<T, 1024>;

impl<T, const LEAF: usize> Default for Shared<T, LEAF> {
    fn default() -> Shared<T, LEAF> {
        Shared { branches: Arc::default() }
    }
}

impl<T, const LEAF: usize> Shared<T, LEAF> {
    pub(crate) fn len(&self) -> usize {
        let Some(branch) = self.branches.last() else { return 0 };
        let full = (self.branches.len() - 1) * BRANCH + branch.len() - 1;
        full * LEAF + branch.last().map_or(0, |leaf| leaf.len())
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let leaf = index / LEAF;
        self.branches.get(leaf / BRANCH)?.get(leaf % BRANCH)?.get(index % LEAF)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.branches.iter().flat_map(|branch| branch.iter()).flat_map(|leaf| leaf.iter())
    }

    /// Finds the number of leading elements for which the predicate holds; it must hold for a prefix only.
    pub(crate) fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(&holds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<T: Clone, const LEAF: usize> Shared<T, LEAF> {
    pub(crate) fn push(&mut self, value: T) {
        let branches = Arc::make_mut(&mut self.branches);
        match branches.last_mut() {
            Some(branch) if branch.last().is_some_and(|leaf| leaf.len() < LEAF) => {
                Arc::make_mut(branch)
                    .last_mut()
                    .into_iter()
                    .for_each(|leaf| with_room(leaf).push(value.clone()));
            }
            Some(branch) if branch.len() < BRANCH => Arc::make_mut(branch).push(Arc::new(vec![value])),
            _ => branches.push(Arc::new(vec![Arc::new(vec![value])])),
        }
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let leaf = index / LEAF;
        let branch = Arc::make_mut(Arc::make_mut(&mut self.branches).get_mut(leaf / BRANCH)?);
        Arc::make_mut(branch.get_mut(leaf % BRANCH)?).get_mut(index % LEAF)
    }

    /// Returns the element at an index, filling up with defaults where the vector is shorter.
    pub(crate) fn grow_mut(&mut self, index: usize) -> &mut T
    where
        T: Default,
    {
        while self.len() <= index {
            self.push(T::default());
        }
        let leaf = index / LEAF;
        let branch = Arc::make_mut(&mut Arc::make_mut(&mut self.branches)[leaf / BRANCH]);
        &mut Arc::make_mut(&mut branch[leaf % BRANCH])[index % LEAF]
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
        let mut branches = Vec::with_capacity(leaves.len().div_ceil(BRANCH));
        let mut rest = leaves.into_iter().peekable();
        while rest.peek().is_some() {
            branches.push(Arc::new(rest.by_ref().take(BRANCH).collect()));
        }
        Ok(Shared { branches: Arc::new(branches) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_keeps_what_it_saw() {
        let mut vector: Shared<usize> = Shared::default();
        (0..20_000).for_each(|n| vector.push(n));
        let seen = vector.clone();
        *vector.get_mut(700).unwrap() = 7;
        *vector.grow_mut(25_000) = 9;
        assert_eq!((seen.len(), seen.get(700)), (20_000, Some(&700)));
        assert_eq!((vector.len(), vector.get(700), vector.get(24_000)), (25_001, Some(&7), Some(&0)));
        assert_eq!(vector.get(25_001), None);
        assert_eq!(seen.partition_point(|n| *n < 12_340), 12_340);
        assert_eq!(seen.partition_point(|_| true), 20_000);
        assert_eq!(seen.iter().copied().collect::<Vec<_>>(), (0..20_000).collect::<Vec<_>>());
    }
}
