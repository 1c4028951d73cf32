//! What every closed word is made of: one table with a row a word. A row keeps apart what a word is in the log (its
//! code), in texts (id, names, other spellings) and in lists (the place of its row); a rank is a column of its own.

use super::Label;
use super::near::only_near;
use super::plain::{is_spelled, spelling};
use crate::mistake::{Code, Fault};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, Unexpected, VariantAccess, Visitor};
use serde::ser::Serializer;
use std::fmt::Write;
use std::marker::PhantomData;

/// One row of the table of a closed word.
#[derive(Debug)]
pub struct WordRow<W: Word> {
    /// Which word.
    pub word: W,
    /// The number that stands for the word in the log, for ever; free of the order of the rows.
    pub code: u8,
    /// The canonical id, as in JSON and addresses.
    pub id: &'static str,
    /// The name in both languages.
    pub name: Label,
    /// Other spellings that are read, in lower case.
    pub also: &'static [&'static str],
    /// The columns that only this table has.
    pub columns: W::Columns,
}

/// A word of a closed list; `words!` makes it from its table.
pub trait Word: Copy + Eq + 'static {
    /// The columns that only this table has.
    type Columns: 'static;
    /// The name of the list, such as `Stage`.
    const LIST: &'static str;
    /// All rows; their order is the order of every list.
    const TABLE: &'static [WordRow<Self>];

    /// Returns the place of the word in its table, from 0: the number that is used in memory and never leaves it.
    fn index(self) -> usize;

    /// Returns its row.
    fn word_row(self) -> &'static WordRow<Self> {
        &Self::TABLE[self.index()]
    }

    /// Returns the word with a code of the log.
    fn with_code(code: u64) -> Option<Self> {
        let has_code = |row: &&WordRow<Self>| u64::from(row.code) == code;
        // Most tables are in the order of their codes: the first look finds the row.
        let near = usize::try_from(code).ok().and_then(|code| Self::TABLE.get(code)).filter(has_code);
        near.or_else(|| Self::TABLE.iter().find(has_code)).map(|row| row.word)
    }
}

/// Finds the word that is meant by its id, its name in either language or another spelling. Case, blanks, hyphens and
/// the form of umlauts do not matter.
pub(crate) fn find<W: Word>(text: &str) -> Option<W> {
    let text = text.trim();
    let by_id = W::TABLE.iter().find(|row| row.id.eq_ignore_ascii_case(text));
    let by_spelling = || {
        let spelling = spelling(text);
        W::TABLE.iter().find(|row| row.spellings().any(|word| is_spelled(word, &spelling)))
    };
    by_id.or_else(by_spelling).map(|row| row.word)
}

/// Finds the word that is meant as [`find`] does.
///
/// # Errors
/// That of [`unknown_word`].
pub(crate) fn read<W: Word>(text: &str, code: Code, what: Label) -> Result<W, Fault> {
    find(text).ok_or_else(|| unknown_word::<W>(text, code, what))
}

/// Builds the fault for a text that names no word of the table: it begins with `what` and lists all names in German, all
/// ids in English. The hint is the only word that is near.
pub(crate) fn unknown_word<W: Word>(text: &str, code: Code, what: Label) -> Fault {
    unknown_among::<W>(text, code, what, |_| true)
}

/// Builds the same fault where only some words may stand; it lists these, and only one of these is the hint.
pub(crate) fn unknown_among<W: Word>(
    text: &str,
    code: Code,
    what: Label,
    may_stand: impl Fn(W) -> bool,
) -> Fault {
    let allowed = W::TABLE.iter().filter(|row| may_stand(row.word)).map(WordRow::said);
    let (de, en): (Vec<&str>, Vec<&str>) = allowed.map(|name| (name.de, name.en)).unzip();
    let fault = Fault::say(
        code,
        format!("{} „{text}“ ist unbekannt. Erlaubt: {}", what.de, de.join(", ")),
        format!("{} \"{text}\" is unknown. Allowed: {}", what.en, en.join(", ")),
    );
    let spellings = W::TABLE.iter().flat_map(|row| row.spellings().map(|word| (word, row.word)));
    match only_near(text, spellings).filter(|word| may_stand(*word)) {
        Some(word) => fault.hint(word.word_row().said()),
        None => fault,
    }
}

impl<W: Word> WordRow<W> {
    /// Lists everything that is read as the word: id, names, other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + use<W> {
        [self.id, self.name.de, self.name.en].into_iter().chain(self.also.iter().copied())
    }

    /// Returns what messages call the word: its name in German, its id in English, which input takes both.
    #[must_use]
    pub fn said(&self) -> Label {
        Label { de: self.name.de, en: self.id }
    }
}

/// Writes a word: its code in the log, its id in JSON.
pub(crate) fn serialize<W: Word, S: Serializer>(word: W, serializer: S) -> Result<S::Ok, S::Error> {
    let row = word.word_row();
    serializer.serialize_unit_variant(W::LIST, row.code.into(), row.id)
}

/// Reads a word back by its code or its id; a code of no row is an error.
pub(crate) fn deserialize<'de, W: Word, D: Deserializer<'de>>(deserializer: D) -> Result<W, D::Error> {
    struct OneWord<W>(PhantomData<W>);
    impl<'de, W: Word> Visitor<'de> for OneWord<W> {
        type Value = W;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "a word of the list {}", W::LIST)
        }

        fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<W, A::Error> {
            let (word, rest) = data.variant_seed(Variant(W::LIST, |written: Written<'_>| match written {
                Written::Code(code) => W::with_code(code),
                Written::Id(id) => W::TABLE.iter().find(|row| row.id == id).map(|row| row.word),
            }))?;
            rest.unit_variant().map(|()| word)
        }
    }
    deserializer.deserialize_enum(W::LIST, &[], OneWord(PhantomData))
}

/// How a variant stands in what is read: by its code in the log, by its id in JSON.
pub(crate) enum Written<'a> {
    Code(u64),
    Id(&'a str),
}

/// Reads which variant of an enum follows; the function knows those that exist.
pub(crate) struct Variant<F>(pub(crate) &'static str, pub(crate) F);

impl<'de, T, F: FnOnce(Written<'_>) -> Option<T>> DeserializeSeed<'de> for Variant<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, T, F: FnOnce(Written<'_>) -> Option<T>> Visitor<'de> for Variant<F> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a code or an id of the list {}", self.0)
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<T, E> {
        let list = self.0;
        self.1(Written::Code(code)).ok_or_else(|| E::invalid_value(Unexpected::Unsigned(code), &list))
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<T, E> {
        let list = self.0;
        self.1(Written::Id(id)).ok_or_else(|| E::invalid_value(Unexpected::Str(id), &list))
    }
}

/// Writes the codes of a table in the order of its rows, `Stage 0 1 2 …`.
pub(crate) fn codes<W: Word>(text: &mut String) {
    text.push_str(W::LIST);
    for row in W::TABLE {
        let _ = write!(text, " {}", row.code);
    }
    text.push('\n');
}

/// Declares a closed word together with its table. A row is: code, variant, id, German name, English name, other
/// spellings, and `=` what stands in the columns that only this table has.
///
/// The code is what the log holds: it is given once, is never changed and never given again. The order of the rows is
/// the order of every list and may change: a new row goes where it belongs and takes the lowest code that was never used.
macro_rules! words {
    (@columns) => { () };
    (@columns $columns:ty) => { $columns };
    (
        $(#[$about:meta])*
        $word:ident $(with $columns:ty)?;
        $(
            $(#[doc = $doc:literal])*
            $(#[cfg($when:meta)])?
            $code:literal $variant:ident $id:literal $de:literal $en:literal
            $([$($also:literal),+ $(,)?])? $(= $own:expr)?;
        )+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $word {
            $(
                $(#[doc = $doc])*
                $(#[cfg($when)])?
                #[doc = concat!("`", $id, "`: ", $en)]
                $variant,
            )+
        }

        impl $crate::words::Word for $word {
            type Columns = $crate::words::table::words!(@columns $($columns)?);
            const LIST: &'static str = $crate::words::List::$word.name();
            const TABLE: &'static [$crate::words::WordRow<Self>] = &[$(
                $(#[cfg($when)])?
                $crate::words::WordRow {
                    word: $word::$variant,
                    code: $code,
                    id: $id,
                    name: $crate::words::Label { de: $de, en: $en },
                    also: &[$($($also),+)?],
                    columns: ($($own)?),
                },
            )+];

            fn index(self) -> usize {
                self as usize
            }
        }

        impl $word {
            /// How many words the list has.
            pub const COUNT: usize = <$word as $crate::words::Word>::TABLE.len();

            /// Lists all words in the order of every list.
            pub fn all() -> impl ExactSizeIterator<Item = $word> + Clone {
                <$word as $crate::words::Word>::TABLE.iter().map(|row| row.word)
            }

            /// Returns the place in the list, from 0.
            #[must_use]
            pub fn index(self) -> usize {
                $crate::words::Word::index(self)
            }

            /// Returns the word at a place of the list, from 0.
            #[must_use]
            pub fn from_index(index: usize) -> Option<$word> {
                <$word as $crate::words::Word>::TABLE.get(index).map(|row| row.word)
            }

            /// Returns the canonical id.
            #[must_use]
            pub fn id(self) -> &'static str {
                $crate::words::Word::word_row(self).id
            }

            /// Returns the name in both languages.
            #[must_use]
            pub fn name(self) -> $crate::words::Label {
                $crate::words::Word::word_row(self).name
            }
        }

        impl std::fmt::Display for $word {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.id())
            }
        }

        impl serde::Serialize for $word {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::words::table::serialize(*self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $word {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$word, D::Error> {
                $crate::words::table::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use before::Unit;
    use std::collections::BTreeSet;

    /// Checks a table: codes, ids and spellings are unique, and each word stands at its place.
    pub(crate) fn check<W: Word + std::fmt::Debug>() {
        let codes: BTreeSet<u8> = W::TABLE.iter().map(|row| row.code).collect();
        assert_eq!(codes.len(), W::TABLE.len(), "{}", W::LIST);
        for (index, row) in W::TABLE.iter().enumerate() {
            assert_eq!(row.word.index(), index);
            assert_eq!(W::with_code(row.code.into()), Some(row.word));
            for text in [row.id, row.name.de, row.name.en].iter().chain(row.also) {
                assert_eq!(find(text), Some(row.word), "{text}");
            }
        }
    }

    /// Checks that a hint is read and never means another word: with one letter left out or two changed over, each spelling
    /// is hinted at as its own word, or not at all, unless what remains is nearer to another word.
    pub(crate) fn check_hints<W: Word + std::fmt::Debug>() {
        let what = Label { de: "Das Wort", en: "The word" };
        for row in W::TABLE {
            for text in row.spellings().flat_map(one_edit) {
                if find::<W>(&text).is_some() {
                    continue;
                }
                let Some(hint) = unknown_word::<W>(&text, Code::UnknownWord, what).hint else { continue };
                let meant = find::<W>(&hint.en).expect("a hint is read");
                assert_eq!(find::<W>(&hint.de), Some(meant), "{text}");
                let edits = |row: &WordRow<W>| {
                    row.spellings().map(|word| strsim::osa_distance(&spelling(word), &spelling(&text))).min()
                };
                assert!(
                    meant == row.word || edits(meant.word_row()) < edits(row),
                    "{text}: {hint:?}, not {}",
                    row.id
                );
            }
        }
    }

    fn one_edit(word: &'static str) -> impl Iterator<Item = String> {
        let letters: Vec<char> = word.chars().collect();
        let without = letters.clone();
        let left_out = (0..letters.len()).map(move |at| {
            let (before, after) = without.split_at(at);
            before.iter().chain(&after[1..]).collect()
        });
        let changed = (1..letters.len()).map(move |at| {
            let mut letters = letters.clone();
            letters.swap(at - 1, at);
            letters.into_iter().collect()
        });
        left_out.chain(changed)
    }

    #[expect(dead_code, unreachable_pub, reason = "a table in a test is used in part")]
    mod before {
        words! {
            /// A word as it was.
            Unit;
            0 One "one" "eins" "one";
            1 Two "two" "zwei" "two" ["a pair"];
        }
    }

    #[expect(dead_code, unreachable_pub, reason = "a table in a test is used in part")]
    mod later {
        words! {
            /// The same word with a row more in the middle.
            Unit;
            0 One "one" "eins" "one";
            2 Half "half" "halb" "half";
            1 Two "two" "zwei" "two" ["a pair"];
        }
    }

    #[test]
    fn a_row_in_the_middle_leaves_what_was_written() {
        let written = postcard::to_stdvec(&[Unit::Two, Unit::One]).unwrap();
        assert_eq!(written, [1, 0]);
        assert_eq!(postcard::from_bytes(&written), Ok([later::Unit::Two, later::Unit::One]));
        assert_eq!((later::Unit::Two.index(), later::Unit::COUNT), (2, 3));
    }

    #[test]
    fn a_new_word_is_written_with_its_own_code_and_refused_by_an_older_table() {
        let written = postcard::to_stdvec(&later::Unit::Half).unwrap();
        assert_eq!(written, [2]);
        assert_eq!(postcard::from_bytes::<Unit>(&written), Err(postcard::Error::SerdeDeCustom));
    }

    #[test]
    fn a_word_is_its_id_in_json() {
        assert_eq!(serde_json::to_string(&Unit::Two).unwrap(), "\"two\"");
        assert_eq!(serde_json::from_str::<Unit>("\"two\"").unwrap(), Unit::Two);
        assert!(serde_json::from_str::<Unit>("\"half\"").is_err());
    }
}
