//! Slugs and short texts.

use super::{AuthorityId, composed, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A name in lower-case letters, digits, `-` and `_`, up to 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slug(Box<str>);

/// Longest slug, in characters.
pub(crate) const SLUG_CHARACTERS_MAX: usize = 64;

impl Slug {
    /// Reads a slug.
    ///
    /// # Errors
    /// `bad_key` for other characters, nothing, or more than 64.
    pub fn read(text: &str) -> Result<Slug, Fault> {
        let word = text.trim();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if word.is_empty() || word.len() > SLUG_CHARACTERS_MAX || !word.chars().all(allowed) {
            return Err(Fault::say(
                Code::BadKey,
                format!("„{text}“: erlaubt sind 1 bis 64 Kleinbuchstaben a–z, Ziffern, - und _"),
                format!("\"{text}\": allowed are 1 to 64 lower-case letters a–z, digits, - and _"),
            ));
        }
        Ok(Slug(word.into()))
    }

    /// Names the region that one Kreis is (rule 21d), as nobody can name one.
    pub(crate) fn of_kreis(kreis: &AuthorityId) -> Slug {
        Slug(kreis.to_string().into())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

word_as_text!(Slug);

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A short text for people: trimmed, not empty, without control characters, up to 2,000 characters. A text that was removed
/// from the log has no characters and is shown as [`Text::REMOVED`]. Two texts are equal whose letters are, however they are
/// composed (rule 6d).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Text(Box<str>);

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.0 == other.0 || composed(&self.0) == composed(&other.0)
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        composed(&self.0).cmp(&composed(&other.0))
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        composed(&self.0).hash(state);
    }
}

/// Longest text, in characters.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 2_000;

impl Text {
    /// Reads a text.
    ///
    /// # Errors
    /// `bad_text` where it is empty, too long, or has control characters other than a line break.
    pub fn read(text: &str) -> Result<Text, Fault> {
        let word = text.trim();
        let count = word.chars().count();
        if count == 0 {
            return Err(Fault::say(Code::BadText, "Der Text ist leer", "The text is empty"));
        }
        if count > TEXT_CHARACTERS_MAX {
            return Err(Fault::say(
                Code::BadText,
                format!("Der Text hat {count} Zeichen, erlaubt sind {TEXT_CHARACTERS_MAX}"),
                format!("The text has {count} characters, allowed are {TEXT_CHARACTERS_MAX}"),
            ));
        }
        if let Some(bad) =
            word.chars().find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c))
        {
            return Err(Fault::say(
                Code::BadText,
                format!("Der Text enthält das Steuerzeichen U+{:04X}", bad as u32),
                format!("The text has the control character U+{:04X}", bad as u32),
            ));
        }
        Ok(Text(word.into()))
    }

    /// Tells whether its letters are composed.
    pub(crate) fn is_composed(&self) -> bool {
        self.0.is_ascii() || *composed(&self.0) == *self.0
    }

    /// Returns the text with its letters composed.
    #[must_use]
    pub(crate) fn composed(&self) -> Text {
        Text(composed(&self.0).into())
    }

    /// What stands in the place of a text that was removed.
    pub const REMOVED: &str = "[entfernt / removed]";

    /// Returns the mark of a text that was removed; it is unlike every text that can be read.
    #[must_use]
    pub fn removed() -> Text {
        Text(Box::from(""))
    }

    /// Returns the text; of one that was removed [`Text::REMOVED`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        if self.0.is_empty() { Text::REMOVED } else { &self.0 }
    }
}

word_as_text!(Text);

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_no_control_characters() {
        assert_eq!(Text::read(" a b ").unwrap().as_str(), "a b");
        assert!(Text::read("a\u{0}b").unwrap_err().message.en.contains("U+0000"));
        assert!(Text::read("  ").is_err());
        assert!(Text::read(&"x".repeat(TEXT_CHARACTERS_MAX + 1)).is_err());
    }
}
