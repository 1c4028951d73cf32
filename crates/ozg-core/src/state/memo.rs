//! What many lines ask of one state, computed once for as long as that state is shared.

use crate::held::Held;
use std::collections::BTreeMap;

/// Most answers that are remembered; beyond, all are computed anew.
const MEMO_MAX: usize = 10_000;

/// Answers to questions that name their position: what holds as of a position never changes. A clone, which the writer may change,
/// begins with none.
#[derive(Debug)]
pub(crate) struct Memo<K, V>(Held<BTreeMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo(Held::new(BTreeMap::new()))
    }
}

impl<K, V> Clone for Memo<K, V> {
    fn clone(&self) -> Memo<K, V> {
        Memo::default()
    }
}

impl<K: Ord, V: Clone> Memo<K, V> {
    /// Returns an answer, and computes it where nobody has asked yet.
    pub(crate) fn of(&self, key: K, compute: impl FnOnce() -> V) -> V {
        if let Some(known) = self.0.hold().get(&key) {
            return known.clone();
        }
        let computed = compute();
        let mut known = self.0.hold();
        if known.len() >= MEMO_MAX {
            known.clear();
        }
        known.insert(key, computed.clone());
        computed
    }
}
