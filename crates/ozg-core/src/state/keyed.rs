//! Things that have a history of their own, found by key and numbered in the order in which they appeared.

use super::known::Known;
use super::shared::Shared;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::hash::Hash;
use std::sync::Arc;

/// Keys and their histories; a key keeps its number for ever.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(
    serialize = "K: Serialize + Hash + Eq, V: Serialize",
    deserialize = "K: Deserialize<'de> + Hash + Eq, V: Deserialize<'de> + Clone"
))]
pub(crate) struct Keyed<K, V> {
    numbers: Arc<IndexMap<K, (), foldhash::fast::FixedState>>,
    values: Shared<Arc<V>>,
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Keyed<K, V> {
        Keyed { numbers: Arc::default(), values: Shared::default() }
    }
}

impl<K: Hash + Eq + Clone, V: Clone + Default> Keyed<K, V> {
    /// Returns the number of a key.
    pub(crate) fn number(&self, key: &K) -> Option<usize> {
        self.numbers.get_index_of(key)
    }

    /// Returns the number of a key, giving it one if it is new.
    pub(crate) fn number_or_new(&mut self, key: &K) -> usize {
        if let Some(number) = self.numbers.get_index_of(key) {
            return number;
        }
        let (number, _) = Arc::make_mut(&mut self.numbers).insert_full(key.clone(), ());
        self.values.push(Arc::default());
        number
    }

    /// Returns the key with a number.
    pub(crate) fn key(&self, number: usize) -> Option<&K> {
        self.numbers.get_index(number).map(|(key, ())| key)
    }

    /// Returns the history with a number.
    pub(crate) fn value(&self, number: usize) -> Option<&V> {
        self.values.get(number).map(Arc::as_ref)
    }

    /// Returns the history of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.values.get(self.number(key)?).map(Arc::as_ref)
    }

    /// Returns the history with a number, to be written.
    pub(crate) fn value_mut(&mut self, number: usize) -> Option<&mut V> {
        self.values.get_mut(number).map(Arc::make_mut)
    }

    /// Lists keys and histories by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.numbers.keys().zip(self.values.iter().map(Arc::as_ref))
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }
}

impl<K: Hash + Eq + Clone, T: Clone> Keyed<K, Vec<Known<T>>> {
    /// Adds what the entry at a position says to the history of a key, and returns the number of the key.
    pub(crate) fn remember(&mut self, key: &K, position: u32, said: T) -> usize {
        let number = self.number_or_new(key);
        if let Some(history) = self.value_mut(number) {
            history.push(Known::new(position, said));
        }
        number
    }
}
