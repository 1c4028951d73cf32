//! A small set of words of one closed list, in four bytes.

use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// A word of a closed list of at most 32, which knows its number in it.
pub trait Member: Copy {
    /// Returns the number of the word in its list, from 0.
    fn number(self) -> usize;
    /// Returns the word with a number.
    fn with_number(number: usize) -> Option<Self>;
}

/// A set of words of one closed list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Set<W> {
    bits: u32,
    #[serde(skip)]
    of: PhantomData<W>,
}

impl<W: Member> Set<W> {
    /// Adds a word.
    pub fn insert(&mut self, word: W) {
        self.bits |= 1 << word.number();
    }

    /// Tells whether the word is in it.
    #[must_use]
    pub fn contains(self, word: W) -> bool {
        self.bits & (1 << word.number()) != 0
    }

    /// Tells whether nothing is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Tells whether the two sets share a word.
    #[must_use]
    pub fn meets(self, other: Set<W>) -> bool {
        self.bits & other.bits != 0
    }

    /// Lists what is in it, in the order of every list.
    pub fn iter(self) -> impl Iterator<Item = W> {
        let mut bits = self.bits;
        let numbers = std::iter::from_fn(move || {
            let number = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(number)
        });
        numbers.filter_map(W::with_number)
    }
}

impl<W> Default for Set<W> {
    fn default() -> Set<W> {
        Set { bits: 0, of: PhantomData }
    }
}

impl<W: Member> FromIterator<W> for Set<W> {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Set<W> {
        let mut set = Set::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}

impl<W: Member + std::fmt::Debug> std::fmt::Debug for Set<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Area, AreaSet, AuthorityKind, KindSet, Topic, TopicSet};

    fn holds_its_whole_list<W: Member + PartialEq + std::fmt::Debug>(all: impl Iterator<Item = W> + Clone) {
        let mut set = Set::default();
        for word in all.clone() {
            assert!(!set.contains(word) && !set.meets(Set::from_iter([word])));
            set.insert(word);
            assert!(set.contains(word) && set.meets(Set::from_iter([word])));
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), all.collect::<Vec<_>>());
    }

    #[test]
    fn holds_any_words_in_the_order_of_their_list() {
        holds_its_whole_list(Area::all());
        holds_its_whole_list(Topic::all());
        holds_its_whole_list(AuthorityKind::all());
        assert!(AreaSet::default().is_empty() && KindSet::default().iter().next().is_none());
    }

    #[test]
    fn is_one_number_in_the_log() {
        let topics: TopicSet = [Topic::Building, Topic::Law].into_iter().collect();
        let bits = 1u16 << Topic::Building.index() | 1 << Topic::Law.index();
        assert_eq!(postcard::to_stdvec(&topics), postcard::to_stdvec(&bits));
        assert_eq!(postcard::from_bytes(&postcard::to_stdvec(&bits).unwrap()), Ok(topics));
    }
}
