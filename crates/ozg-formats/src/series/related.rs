//! Where an answer leads to: questions whose answers have what it leaves out.

use ozg_core::words::Language;
use serde_json::{Value, json};

/// A question with one other parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The parameter that is another.
    pub parameter: &'static str,
    /// Its value.
    pub value: String,
    /// How many lines its answer has that this one leaves out.
    pub lines: usize,
    /// Its address.
    pub href: String,
}

impl Related {
    /// Says what is there: `2 lines with unit=dienst`.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        let Related { parameter, value, lines, .. } = self;
        match (language, lines) {
            (Language::German, 1) => format!("1 Reihe mit {parameter}={value}"),
            (Language::German, _) => format!("{lines} Reihen mit {parameter}={value}"),
            (Language::English, 1) => format!("1 line with {parameter}={value}"),
            (Language::English, _) => format!("{lines} lines with {parameter}={value}"),
        }
    }

    /// Returns it as an object: `{"unit":"dienst","lines":2,"href":"…"}`.
    pub(crate) fn json(&self) -> Value {
        json!({ self.parameter: self.value, "lines": self.lines, "href": self.href })
    }

    /// Reads such an object.
    #[must_use]
    pub fn read(json: &Value) -> Option<Related> {
        let known = ozg_core::query::PARAMETERS.iter().map(|row| row.name);
        let (parameter, value) = known.filter_map(|name| Some((name, json.get(name)?.as_str()?))).next()?;
        let lines = usize::try_from(json["lines"].as_u64()?).ok()?;
        let href = json["href"].as_str()?.to_owned();
        Some(Related { parameter, value: value.to_owned(), lines, href })
    }
}
