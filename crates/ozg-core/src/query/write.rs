//! Writes a query as the parameters of its canonical address, in the order of the table; defaults are spelt out where
//! they have an effect, so that the address means the same for ever.

use super::{Query, Shape, Show, Viewpoint};
use crate::measure::Dimension;

impl Query {
    /// Lists the parameters with an effect, in canonical order. Dates are full days.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let by: Vec<&str> =
            self.by.iter().filter(|dimension| self.measure.has(**dimension)).map(|d| d.id()).collect();
        put(&mut out, "by", Some(by.join(",")).filter(|by| !by.is_empty()));
        put(&mut out, "area", joined(self.areas.as_deref()));
        let topics = self.topics.as_ref();
        let topics: Option<Vec<&str>> =
            topics.map(|topics| topics.iter().map(|topic| topic.map_or("all", |topic| topic.id())).collect());
        put(&mut out, "topic", joined(topics.as_deref()));
        put(&mut out, "service", joined(self.services.as_deref()));
        put(&mut out, "list", self.list.as_ref().map(ToString::to_string));
        put(&mut out, "territory", self.territory.map(|day| day.to_string()));
        put(&mut out, "stage", joined(self.stages.as_deref()));
        put(&mut out, "level", joined(self.levels.as_deref()));
        put(&mut out, "unit", joined(self.units.as_deref()));
        let bases: Vec<&str> = self.bases.iter().map(|basis| basis.id()).collect();
        put(&mut out, "basis", Some(bases.join(",")));
        match self.on {
            Some(on) => put(&mut out, "on", Some(on.to_string())),
            None => {
                put(&mut out, "every", Some(self.every.id().to_owned()));
                put(&mut out, "from", self.from.map(|day| day.to_string()));
                put(&mut out, "to", self.to.map(|day| day.to_string()));
                put(&mut out, "last", self.last.map(|count| count.to_string()));
            }
        }
        let is_position = matches!(self.viewpoint, Viewpoint::Position(_));
        put(&mut out, if is_position { "position" } else { "as_of" }, self.viewpoint.written());
        put(&mut out, "vintages", self.vintages.map(|vintages| vintages.id().to_owned()));
        put(&mut out, "updated_after", self.updated_after.and_then(Viewpoint::written));
        put(&mut out, "published_until", self.published_until.map(|day| day.to_string()));
        put(&mut out, "definition", Some(self.measure.definition_id()));
        if self.shape == Shape::Wide {
            put(&mut out, "shape", Some("wide".to_owned()));
            let show = match self.show {
                Show::Value => "value",
                Show::Share => "share",
                Show::Change => "change",
            };
            put(&mut out, "show", Some(show.to_owned()));
        }
        put(&mut out, "lang", self.language.map(|language| language.tag().to_owned()));
        out
    }

    /// Writes the canonical query string of an address.
    #[must_use]
    pub fn query_string(&self) -> String {
        let pairs: Vec<String> =
            self.parameters().into_iter().map(|(name, value)| format!("{name}={}", escape(&value))).collect();
        pairs.join("&")
    }

    /// Tells whether a dimension is spread out into a line each.
    #[must_use]
    pub fn spreads(&self, dimension: Dimension) -> bool {
        self.by.contains(&dimension)
    }
}

impl Viewpoint {
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

fn put(out: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<String>) {
    out.extend(value.map(|value| (name, value)));
}

fn joined<T: std::fmt::Display>(values: Option<&[T]>) -> Option<String> {
    values.map(|values| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

/// Escapes what may not stand in a query string; commas, colons and slashes may (RFC 3986).
fn escape(text: &str) -> String {
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
