//! Searches for names: each word that is sought begins a word of the name, or is one with a typing mistake.

use crate::words::folded;

/// What is sought among names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    text: String,
    words: Vec<String>,
}

impl Sought {
    /// Reads what somebody typed: words in any order, with umlauts or their transcriptions.
    #[must_use]
    pub fn read(text: &str) -> Sought {
        let words = folded(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Sought { text: text.trim().to_owned(), words }
    }

    /// Returns what was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells whether something with these names or keys is sought.
    #[must_use]
    pub fn is_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        let words: Vec<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
        self.words.iter().all(|sought| words.iter().any(|word| begins(word, sought)))
    }
}

/// Tells whether a word begins with what is sought, where one letter in four may be mistyped.
fn begins(word: &str, sought: &str) -> bool {
    if word.starts_with(sought) {
        return true;
    }
    let length = sought.chars().count();
    let allowed = (length / 4).min(2);
    if allowed == 0 || sought.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // The beginning that may be meant is a letter longer or shorter for each that is missing or too much.
    let beginnings = (length - allowed)..=(length + allowed);
    beginnings.into_iter().any(|count| {
        let beginning: String = word.chars().take(count).collect();
        strsim::osa_distance(&beginning, sought) <= allowed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_beginnings_umlauts_and_with_typing_mistakes() {
        let name = ["Ausländerbehörde Potsdam, Stadt", "abh:12054"];
        for text in [
            "potsdam",
            "Pots",
            "auslaender",
            "AUSLÄNDERBEHÖRDE stadt",
            "Postdam",
            "Ausländerbehrde",
            "12054",
            "",
            "abh",
        ] {
            assert!(Sought::read(text).is_in(&name), "{text}");
        }
        for text in ["berlin", "damm", "potsdam berlin", "12055", "pit", "stuttgart"] {
            assert!(!Sought::read(text).is_in(&name), "{text}");
        }
    }
}
