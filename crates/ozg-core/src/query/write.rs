//! Writes a query as the parameters of its canonical address, in the order of the table; defaults are spelt out where
//! they have an effect, so that the address means the same for ever.

use super::parameter::write_parameters;
use super::{PARAMETERS, Query, Viewpoint};
use crate::measure::Dimension;

impl Query {
    /// Lists the parameters with an effect, in canonical order. Dates are full days.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        write_parameters(self, &PARAMETERS)
    }

    /// Writes the canonical query string of an address.
    #[must_use]
    pub fn query_string(&self) -> String {
        query_string(&self.parameters())
    }

    /// Tells whether a dimension is spread out into a line each.
    #[must_use]
    pub fn spreads(&self, dimension: Dimension) -> bool {
        self.by.contains(&dimension)
    }
}

impl Viewpoint {
    /// Writes the data state as the parameter `position` takes it; nothing where it is no position.
    #[must_use]
    pub fn as_position(self) -> Option<String> {
        self.written().filter(|_| matches!(self, Viewpoint::Position(_)))
    }

    /// Writes the data state as the parameter `as_of` takes it; nothing where it is no day or instant.
    #[must_use]
    pub fn as_moment(self) -> Option<String> {
        self.written().filter(|_| !matches!(self, Viewpoint::Position(_)))
    }

    /// Writes the data state as a parameter takes it; nothing for the head.
    #[must_use]
    pub fn written(self) -> Option<String> {
        match self {
            Viewpoint::Head => None,
            Viewpoint::Position(position) => Some(position.to_string()),
            Viewpoint::Day(day) => Some(day.to_string()),
            Viewpoint::Instant(instant) => Some(crate::time::rfc3339(instant)),
        }
    }
}

/// Writes parameters as the query string of an address: `by=area&every=month`.
#[must_use]
pub fn query_string(parameters: &[(&str, String)]) -> String {
    let pairs = parameters.iter().map(|(name, value)| format!("{name}={}", escape(value)));
    pairs.collect::<Vec<String>>().join("&")
}

/// Writes several values, separated by commas.
pub(super) fn joined<T: std::fmt::Display>(values: Option<&[T]>) -> Option<String> {
    values.map(|values| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

/// Escapes a part of a path: as in a query string, and its slashes.
#[must_use]
pub fn escape_part(text: &str) -> String {
    escape(text).replace('/', "%2F")
}

/// Escapes what may not stand in a query string; commas, colons and slashes may (RFC 3986).
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' | b'/' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
