//! Label sets: names with values, sorted by name. An empty value means that the label is absent.

use std::sync::Arc;

/// The label that holds the name of a metric.
pub const NAME: &str = "__name__";

type Pair = (Arc<str>, Arc<str>);

/// A set of labels; cloning it copies a pointer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Labels(Arc<[Pair]>);

impl Default for Labels {
    fn default() -> Labels {
        Labels(Arc::from([]))
    }
}

impl Labels {
    /// Makes a set from names and values. Labels with empty values are left out; a later value replaces an earlier one.
    pub fn new<N: Into<Arc<str>>, V: Into<Arc<str>>>(pairs: impl IntoIterator<Item = (N, V)>) -> Labels {
        let mut all: Vec<Pair> = Vec::new();
        for (name, value) in pairs {
            let (name, value) = (name.into(), value.into());
            all.retain(|(other, _)| *other != name);
            if !value.is_empty() {
                all.push((name, value));
            }
        }
        all.sort();
        Labels(all.into())
    }

    /// Returns the value of a label; the empty text if the label is absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| &**other == name).map_or("", |(_, value)| value)
    }

    /// Lists names and values, by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Returns the set with `name` set to `value`; an empty value removes the label.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Labels {
        let kept = self.0.iter().filter(|(other, _)| &**other != name).cloned();
        let mut all: Vec<Pair> = kept.collect();
        if !value.is_empty() {
            all.push((Arc::from(name), Arc::from(value)));
            all.sort();
        }
        Labels(all.into())
    }

    /// Returns the set without these labels.
    #[must_use]
    pub fn without<S: AsRef<str>>(&self, names: &[S]) -> Labels {
        self.filtered(|name| !names.iter().any(|other| other.as_ref() == name))
    }

    /// Returns the set with only these labels.
    #[must_use]
    pub fn only<S: AsRef<str>>(&self, names: &[S]) -> Labels {
        self.filtered(|name| names.iter().any(|other| other.as_ref() == name))
    }

    /// Returns the set without the name of the metric.
    #[must_use]
    pub fn nameless(&self) -> Labels {
        self.filtered(|name| name != NAME)
    }

    fn filtered(&self, keeps: impl Fn(&str) -> bool) -> Labels {
        if self.0.iter().all(|(name, _)| keeps(name)) {
            return self.clone();
        }
        Labels(self.0.iter().filter(|(name, _)| keeps(name)).cloned().collect())
    }
}

impl std::fmt::Display for Labels {
    /// Writes the set as a selector: `{__name__="live",area="BB"}`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs: Vec<String> = self.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        write!(f, "{{{}}}", pairs.join(","))
    }
}

/// Tells whether a text may be the name of a label.
#[must_use]
pub fn is_label_name(text: &str) -> bool {
    let mut letters = text.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_without_a_value_is_none() {
        let labels = Labels::new([("b", "2"), ("a", "1"), ("c", ""), (NAME, "x")]);
        let shown: Vec<(&str, &str)> = labels.iter().collect();
        assert_eq!(shown, [(NAME, "x"), ("a", "1"), ("b", "2")]);
        assert_eq!(labels.nameless().with("a", "").with("d", "4"), Labels::new([("b", "2"), ("d", "4")]));
        assert_eq!(labels.only(&["a", "z"]), Labels::new([("a", "1")]));
        assert!(is_label_name("_a1") && !is_label_name("1a") && !is_label_name("") && !is_label_name("a-b"));
    }
}
