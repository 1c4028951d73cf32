//! Searches for names: each word that is sought begins a word of the name, or is one with a typing mistake.

use super::look_up::{Candidates, Lookup, each_once};
use crate::mistake::Fault;
use crate::query::escape;
use crate::words::{Day, folded};

/// Most services with names like an unknown one that are looked at, and that are named.
const FOUND_MAX: usize = 8;
const NEAR_NAMED_MAX: usize = 3;

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

    /// Tells whether the words that are sought begin words of a folded name, without typing mistakes.
    fn begins_words_of(&self, folded: &str) -> bool {
        self.words.iter().all(|sought| folded.split(' ').any(|word| word.starts_with(sought.as_str())))
    }
}

impl Lookup<'_> {
    /// Names services that are called nearly so, or whose names have words that begin so, and says how to search for more.
    pub(super) fn searched(&self, fault: Fault, text: &str, near: Candidates<String>, day: Day) -> Fault {
        // Whole names are gone through, so not for each of thousands of unknown ones.
        let left = self.searches_left.get();
        if left == 0 {
            return fault;
        }
        self.searches_left.set(left - 1);
        let sought = Sought::read(text);
        let all = self.names.services.all().chain(self.own.names.services.all());
        let found = all.filter(|named| named.holds(day) && sought.begins_words_of(&named.form.base));
        let mut found: Candidates<String> = near
            .into_iter()
            .chain(found.map(|named| (named.what.to_string(), named.name.to_string())))
            .take(FOUND_MAX)
            .collect();
        each_once(&mut found, |(key, _)| key);
        let more = found.len().saturating_sub(NEAR_NAMED_MAX);
        let (more_de, more_en) = if more == 0 { ("", "") } else { (" u. a.", " and others") };
        let named: Vec<String> =
            found.iter().take(NEAR_NAMED_MAX).map(|(key, name)| format!("{name} ({key})")).collect();
        if named.is_empty() {
            return fault;
        }
        let (named, address) = (named.join(", "), format!("/v1/services?search={}", escape(text.trim())));
        let command = format!("ozg services --search \"{}\"", text.trim());
        fault.more(
            &format!(". Ähnlich heißen: {named}{more_de}; suchen: {address} oder {command}"),
            &format!(". Nearly so are called: {named}{more_en}; to search: {address} or {command}"),
        )
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
