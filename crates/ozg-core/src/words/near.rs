//! What was probably meant by a word that is not known: the only one that is near.

use super::plain::spelling;

/// Longest word that is looked at, in characters.
const CHARACTERS_MAX: usize = 64;
/// Shortest beginning of a word that stands for the word, in characters.
const BEGINNING_MIN: usize = 4;

/// Finds the known word that is near to what was written, if it is the only one.
pub fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    only_near(text, known.map(|word| (word, word)))
}

/// Finds the meaning of the spelling that is near to what was written, if no other meaning is as near or only one edit
/// further away. Without a near spelling it is the only meaning with a spelling that begins so.
pub(crate) fn only_near<'a, M: PartialEq + Copy>(
    text: &str,
    known: impl Iterator<Item = (&'a str, M)>,
) -> Option<M> {
    let text = spelling(text);
    let length = text.chars().count();
    if length == 0 || length > CHARACTERS_MAX {
        return None;
    }
    let edits_max = edits_max(length);
    let (mut near, mut begun): (Vec<Near<M>>, Vec<(String, M)>) = (Vec::new(), Vec::new());
    for (word, meaning) in known {
        let word = spelling(word);
        let is_new = || !begun.iter().any(|(known, meant)| *meant == meaning || *known == word);
        if length >= BEGINNING_MIN && word.starts_with(&text) && is_new() {
            begun.push((word.clone(), meaning));
        }
        if word.chars().count().abs_diff(length) <= edits_max {
            near.push(Near { edits: strsim::osa_distance(&text, &word), word, meaning });
        }
    }
    near.retain(|near| near.edits <= edits_max);
    let Some(nearest) = near.iter().min_by_key(|near| near.edits) else {
        let only = begun.pop().filter(|_| begun.is_empty());
        return only.map(|(_, meaning)| meaning);
    };
    let is_same = |near: &Near<M>| near.meaning == nearest.meaning || near.word == nearest.word;
    let is_only = near.iter().all(|near| is_same(near) || near.edits > nearest.edits + 1);
    is_only.then_some(nearest.meaning)
}

/// A spelling that is near, and how many letters are wrong.
struct Near<M> {
    edits: usize,
    word: String,
    meaning: M,
}

/// Returns how many letters may be wrong in a word of this length. One edit makes another word of two letters.
fn edits_max(length: usize) -> usize {
    match length {
        ..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_alone_is_near_is_meant() {
        let words = ["live", "rolling_out", "rollout", "rolled_out", "kritisch", "unkritisch", "BY", "BE"];
        let table = [
            ("life", Some("live")),
            ("LIVE ", Some("live")),
            ("rolingout", Some("rolling_out")),
            ("roled_out", None),
            ("rolled_aut", Some("rolled_out")),
            ("kritsch", Some("kritisch")),
            ("nkritisch", None),
            ("unkri", Some("unkritisch")),
            ("roll", None),
            ("BX", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(nearest(text, words.into_iter()), expected, "{text}");
        }
    }
}
