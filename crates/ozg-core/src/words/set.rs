//! A small set of words of one closed list, in four bytes.

use super::Word;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use std::marker::PhantomData;

/// A set of words of one closed list of at most 32: in memory a bit for the place of each word in its table, in the log a
/// bit for its code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Set<W> {
    bits: u32,
    of: PhantomData<W>,
}

impl<W: Word> Set<W> {
    /// Adds a word.
    pub fn insert(&mut self, word: W) {
        const { assert!(W::TABLE.len() <= u32::BITS as usize, "a set has 32 bits") };
        self.bits |= 1 << word.index();
    }

    /// Tells whether the word is in it.
    #[must_use]
    pub fn contains(self, word: W) -> bool {
        self.bits & (1 << word.index()) != 0
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
        numbers.map(|number| W::TABLE[number].word)
    }
}

impl<W> Default for Set<W> {
    fn default() -> Set<W> {
        Set { bits: 0, of: PhantomData }
    }
}

impl<W: Word> FromIterator<W> for Set<W> {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Set<W> {
        let mut set = Set::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}

impl<W: Word + std::fmt::Debug> std::fmt::Debug for Set<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Returns the bit of a code in the log.
fn bit(code: u8) -> u32 {
    1u32.checked_shl(code.into())
        .unwrap_or_else(|| unreachable!("{code} is no code of a word that sets hold: 0 to 31"))
}

impl<W: Word> Serialize for Set<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_seq(self.iter().map(|word| word.word_row().id));
        }
        self.iter().fold(0, |bits, word| bits | bit(word.word_row().code)).serialize(serializer)
    }
}

impl<'de, W: Word + Deserialize<'de>> Deserialize<'de> for Set<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Set<W>, D::Error> {
        if deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Set::from_iter);
        }
        let bits = u32::deserialize(deserializer)?;
        let known = W::TABLE.iter().filter(|row| bits & bit(row.code) != 0);
        let set: Set<W> = known.map(|row| row.word).collect();
        if set.bits.count_ones() != bits.count_ones() {
            return Err(D::Error::custom(format!("a set of the list {} has a bit of no word", W::LIST)));
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Area, AreaSet, AuthorityKind, KindSet, Topic, TopicSet};

    fn holds_its_whole_list<W: Word + std::fmt::Debug>(all: impl Iterator<Item = W> + Clone) {
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
    fn is_one_number_in_the_log_and_a_list_of_ids_in_json() {
        let topics: TopicSet = [Topic::Building, Topic::Law].into_iter().collect();
        let bits = 1u16 << 1 | 1 << 10;
        assert_eq!(postcard::to_stdvec(&topics), postcard::to_stdvec(&bits));
        assert_eq!(postcard::from_bytes(&postcard::to_stdvec(&bits).unwrap()), Ok(topics));
        let text = serde_json::to_string(&topics).unwrap();
        assert_eq!(text, r#"["bauen_wohnen","recht_ordnung"]"#);
        assert_eq!(serde_json::from_str::<TopicSet>(&text).unwrap(), topics);
    }

    #[test]
    fn a_bit_of_no_word_is_an_error() {
        let bits = postcard::to_stdvec(&(1u32 << 30)).unwrap();
        assert!(postcard::from_bytes::<TopicSet>(&bits).is_err());
    }
}
