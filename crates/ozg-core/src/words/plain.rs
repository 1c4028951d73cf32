//! Texts as people mean them, whatever the form of their letters, blanks and case (rule 6d).

use super::folded;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// Characters without width.
const UNSEEN: [char; 7] =
    ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];
/// Stands where a word may be parted at the end of a line; it is no part of the word.
const SOFT_HYPHEN: char = '\u{ad}';

fn is_blank(c: char) -> bool {
    c.is_whitespace() || UNSEEN.contains(&c)
}

/// Returns a text with its letters composed (NFC).
#[must_use]
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// Returns the text in NFC and trimmed, without soft hyphens, with each run of white space and zero-width characters as one
/// blank.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = composed(text);
    if text.contains(SOFT_HYPHEN) {
        return Cow::Owned(plain(&text.replace(SOFT_HYPHEN, "")).into_owned());
    }
    let mut before = ' ';
    let is_plain = text.chars().all(|c| {
        let fits = !is_blank(c) || (c == ' ' && before != ' ');
        before = c;
        fits
    });
    if is_plain && !text.ends_with(' ') {
        return text;
    }
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// Returns the letters by which spellings of one word are the same: `Roll out`, `Roll-out`, `ROLLOUT` are `rollout`, and
/// `Thueringen` is `Thüringen`.
pub(crate) fn spelling(text: &str) -> String {
    letters(&plain(text)).collect()
}

/// Tells whether a word of a table, in NFC, has these letters.
pub(crate) fn is_spelled(word: &str, spelling: &str) -> bool {
    letters(word).eq(spelling.chars())
}

fn letters(word: &str) -> impl Iterator<Item = char> {
    let is_between = |c: &char| is_blank(*c) || matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}');
    folded::letters(word).filter(move |c| !is_between(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_in_several_forms_is_one() {
        for text in ["im Einsatz", "im\u{a0}Einsatz", " im \u{200b} Einsatz\t", "im\u{202f}Einsatz\u{feff}"] {
            assert_eq!(plain(text), "im Einsatz", "{text:?}");
        }
        assert_eq!(plain("Mu\u{308}nchen"), "München");
        assert_eq!(plain(" \u{200b} "), "");
        for text in ["Roll out", "ROLL-OUT", "roll_out", "Rol\u{ad}lout"] {
            assert_eq!(spelling(text), "rollout", "{text:?}");
        }
        for text in ["Thüringen", "Thu\u{308}ringen", "Thueringen", "THÜRINGEN"] {
            assert!(is_spelled("Thüringen", &spelling(text)), "{text:?}");
        }
    }
}
