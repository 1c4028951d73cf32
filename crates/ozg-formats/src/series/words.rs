//! Numbers words in the order in which they come, as the categories of a dimension.

use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The word of a dimension that does not apply, as in SDMX.
pub(crate) const NOT_APPLICABLE: &str = "_Z";

/// Numbered words, each with a label for people.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberedWords {
    ids: Vec<String>,
    labels: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl NumberedWords {
    /// Returns the number of a word; a new one gets the next.
    pub(crate) fn number(&mut self, id: &str, label: impl FnOnce() -> String) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.push(id.to_owned());
        self.labels.push(label());
        self.numbers.insert(id.to_owned(), number);
        number
    }

    /// Sorts the words, and returns the new number of each old number.
    pub(crate) fn sort(&mut self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_by(|left, right| self.ids[*left].cmp(&self.ids[*right]));
        let mut new = vec![0; order.len()];
        for (number, old) in (0_u32..).zip(&order) {
            new[*old] = number;
            self.numbers.insert(self.ids[*old].clone(), number);
        }
        self.labels = order.iter().map(|old| self.labels[*old].clone()).collect();
        self.ids = order.iter().map(|old| self.ids[*old].clone()).collect();
        new
    }

    /// Returns a word; empty for an unknown number.
    pub(crate) fn id(&self, number: u32) -> &str {
        self.ids.get(number as usize).map_or("", String::as_str)
    }

    /// Returns the number of words.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells whether any word is not empty.
    pub(crate) fn says_anything(&self) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|id| !id.is_empty())
    }

    /// Returns the words as a category of JSON-stat.
    pub(crate) fn category(&self) -> Value {
        let shown = |id: &String| if id.is_empty() { NOT_APPLICABLE.to_owned() } else { id.clone() };
        let index: Vec<String> = self.ids.iter().map(shown).collect();
        let labels = index.iter().zip(&self.labels).map(|(id, label)| {
            (id.clone(), Value::from(if label.is_empty() { "–" } else { label.as_str() }))
        });
        let labels: Map<String, Value> = labels.collect();
        json!({ "index": index, "label": labels })
    }
}
