//! Things that have a history of their own, found by key and numbered in the order in which they appeared.

use super::known::Known;
use super::numbers::Number;
use super::shared::Shared;
use crate::words::Position;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

/// Keys and their histories, with the type of their numbers; a key keeps its number for ever.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(
    serialize = "K: Serialize + Hash + Eq, V: Serialize",
    deserialize = "K: Deserialize<'de> + Hash + Eq, V: Deserialize<'de> + Clone"
))]
pub(crate) struct Keyed<K, N, V> {
    numbers: Arc<IndexMap<K, (), foldhash::fast::FixedState>>,
    values: Shared<Arc<V>>,
    #[serde(skip)]
    numbered: PhantomData<fn() -> N>,
}

impl<K, N, V> Default for Keyed<K, N, V> {
    fn default() -> Keyed<K, N, V> {
        Keyed { numbers: Arc::default(), values: Shared::default(), numbered: PhantomData }
    }
}

impl<K: Hash + Eq + Clone, N: Number, V: Clone + Default> Keyed<K, N, V> {
    /// Returns the number of a key.
    pub(crate) fn number(&self, key: &K) -> Option<N> {
        self.numbers.get_index_of(key).map(N::of_index)
    }

    /// Returns the number of a key, giving it one if it is new.
    pub(crate) fn number_or_new(&mut self, key: &K) -> N {
        if let Some(number) = self.number(key) {
            return number;
        }
        let (index, _) = Arc::make_mut(&mut self.numbers).insert_full(key.clone(), ());
        self.values.push(Arc::default());
        N::of_index(index)
    }

    /// Returns the key with a number.
    pub(crate) fn key(&self, number: N) -> Option<&K> {
        self.numbers.get_index(number.index()).map(|(key, ())| key)
    }

    /// Returns the history with a number.
    pub(crate) fn value(&self, number: N) -> Option<&V> {
        self.values.get(number.index()).map(Arc::as_ref)
    }

    /// Returns the history of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.value(self.number(key)?)
    }

    /// Returns the history with a number, to be written.
    pub(crate) fn value_mut(&mut self, number: N) -> Option<&mut V> {
        self.values.get_mut(number.index()).map(Arc::make_mut)
    }

    /// Lists all numbers.
    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = N> + Clone + use<K, N, V> {
        (0..self.numbers.len()).map(N::of_index)
    }

    /// Lists numbers, keys and histories by number.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (N, &K, &V)> {
        self.iter().enumerate().map(|(index, (key, value))| (N::of_index(index), key, value))
    }

    /// Lists keys and histories by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.numbers.keys().zip(self.values.iter().map(Arc::as_ref))
    }
}

impl<K: Hash + Eq + Clone, N: Number, T: Clone> Keyed<K, N, Vec<Known<T>>> {
    /// Adds what the entry at a position says to the history of a key, and returns the number of the key.
    pub(crate) fn remember(&mut self, key: &K, position: Position, said: T) -> N {
        let number = self.number_or_new(key);
        if let Some(history) = self.value_mut(number) {
            history.push(Known::new(position, said));
        }
        number
    }
}
