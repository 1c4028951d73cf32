//! Matchers: what a selector demands of a label.

use crate::errors::Error;
use crate::labels::Labels;
use promql_parser::label::{MatchOp, Matchers};
use regex::{Regex, RegexBuilder};

/// How a label is compared.
#[derive(Debug, Clone)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`, the whole value
    Matches(Regex),
    /// `!~`, the whole value
    MatchesNot(Regex),
}

/// One demand of a selector, such as `area=~"B.*"`.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// The label.
    pub label: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// The value or the text of the pattern.
    pub value: String,
}

impl Matcher {
    /// Makes a matcher that accepts one value.
    #[must_use]
    pub fn equal(label: &str, value: &str) -> Matcher {
        Matcher { label: label.to_owned(), comparison: Comparison::Equal, value: value.to_owned() }
    }

    /// Tells whether the matcher accepts a value. A missing label has the empty value.
    #[must_use]
    pub fn accepts(&self, value: &str) -> bool {
        match &self.comparison {
            Comparison::Equal => self.value == value,
            Comparison::NotEqual => self.value != value,
            Comparison::Matches(pattern) => pattern.is_match(value),
            Comparison::MatchesNot(pattern) => !pattern.is_match(value),
        }
    }

    /// Tells whether the matcher accepts a label set.
    #[must_use]
    pub fn accepts_labels(&self, labels: &Labels) -> bool {
        self.accepts(labels.get(&self.label))
    }
}

/// Largest size of a compiled pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 512 << 10;

/// Compiles a pattern that must match a whole value, up to a bounded size.
pub(crate) fn pattern(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("^(?:{text})$")).size_limit(PATTERN_BYTES_MAX).build()
}

/// Converts the matchers of the parser.
pub(crate) fn of_parser(name: Option<&str>, matchers: &Matchers) -> Result<Vec<Matcher>, Error> {
    if !matchers.or_matchers.is_empty() {
        return Err(Error::bad("parse error: `or` between label matchers is not PromQL"));
    }
    let name = name.map(|name| Matcher::equal(crate::labels::NAME, name));
    let others = matchers.matchers.iter().map(|matcher| Matcher {
        label: matcher.name.clone(),
        comparison: match &matcher.op {
            MatchOp::Equal => Comparison::Equal,
            MatchOp::NotEqual => Comparison::NotEqual,
            MatchOp::Re(pattern) => Comparison::Matches(pattern.clone()),
            MatchOp::NotRe(pattern) => Comparison::MatchesNot(pattern.clone()),
        },
        value: matcher.value.clone(),
    });
    Ok(name.into_iter().chain(others).collect())
}
