//! Where a statement comes from.

use super::{PartialDate, Text, same_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// A source: who published it, where, when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Name of the source, as a citation gives it.
    pub name: Text,
    /// Address, http or https.
    pub url: Option<Text>,
    /// When it was published.
    pub published: Option<PartialDate>,
}

impl Source {
    /// Reads the address of a source.
    ///
    /// # Errors
    /// `bad_url` where it is not an http or https URL with a host.
    pub fn read_url(text: &str) -> Result<Text, Fault> {
        let word = Text::read(text)?;
        let host = word.as_str().strip_prefix("https://").or_else(|| word.as_str().strip_prefix("http://"));
        match host {
            Some(host) if !host.starts_with('/') && host.len() > 2 && !host.contains(char::is_whitespace) => {
                Ok(word)
            }
            _ => Err(Fault::say(
                Code::BadUrl,
                format!("„{text}“ ist keine Adresse, die mit https:// oder http:// beginnt"),
                format!("\"{text}\" is not an address that starts with https:// or http://"),
            )),
        }
    }
}

impl Source {
    /// Tells whether two sources are one: by name, as it is looked up, and address (rules 3, 6d).
    #[must_use]
    pub(crate) fn is_same(&self, other: &Source) -> bool {
        self.url == other.url && same_text(self.name.as_str(), other.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_http_or_https() {
        assert!(Source::read_url("https://example.org/a?b=c").is_ok());
        for text in ["example.org", "ftp://example.org", "javascript:alert(1)", "https:///", "https://a b"] {
            assert_eq!(Source::read_url(text).unwrap_err().code, Code::BadUrl, "{text}");
        }
    }
}
