//! Gathers the sources behind the rows of a series while the rows are written.

use ozg_core::series::Row;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Names and addresses of sources; each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sources(BTreeSet<(String, String)>);

impl Sources {
    /// Adds the source of a row.
    pub(crate) fn note(&mut self, row: &Row) {
        if !row.source.is_empty() || !row.source_url.is_empty() {
            let source = (row.source.clone(), row.source_url.clone());
            self.0.insert(source);
        }
    }

    /// Lists names and addresses, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, url)| (name.as_str(), url.as_str()))
    }

    /// Lists them as objects with `title`, and with `path` if they have an address.
    pub(crate) fn json(&self) -> Vec<Value> {
        let object = |(name, url): (&str, &str)| match url {
            "" => json!({ "title": name }),
            url => json!({ "title": if name.is_empty() { url } else { name }, "path": url }),
        };
        self.iter().map(object).collect()
    }
}
