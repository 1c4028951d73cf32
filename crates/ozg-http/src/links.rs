//! Addresses within answers, where a proxy offers the tracker under a path of its host (`https://example.org/ozg`).

use crate::app::Config;
use serde_json::Value;

impl Config {
    /// Returns the path of the public address, such as `/ozg`; it is empty where the tracker has a host of its own.
    pub(crate) fn prefix(&self) -> &str {
        let behind_scheme = self.public_url.split_once("://").map_or("", |(_, rest)| rest);
        behind_scheme.find('/').map_or("", |at| behind_scheme[at..].trim_end_matches('/'))
    }
}

/// Puts a prefix before the addresses in an answer: those named `href`, and those within `links`.
pub(crate) fn lead(value: &mut Value, prefix: &str) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "href" => prefixed(value, prefix),
                    "links" => all(value, prefix),
                    _ => lead(value, prefix),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| lead(value, prefix)),
        _ => {}
    }
}

fn all(value: &mut Value, prefix: &str) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| all(value, prefix)),
        Value::Array(values) => values.iter_mut().for_each(|value| all(value, prefix)),
        _ => prefixed(value, prefix),
    }
}

fn prefixed(value: &mut Value, prefix: &str) {
    if let Value::String(address) = value
        && address.starts_with('/')
    {
        address.insert_str(0, prefix);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_prefix_is_the_path_of_the_public_address() {
        let cases = [
            ("", ""),
            ("https://ozg.example.org", ""),
            ("https://ozg.example.org/", ""),
            ("https://example.org/ozg", "/ozg"),
            ("https://example.org:8443/a/ozg/", "/a/ozg"),
        ];
        for (public_url, wanted) in cases {
            let config = Config { public_url: public_url.to_owned(), ..Config::default() };
            assert_eq!(config.prefix(), wanted, "{public_url}");
        }
    }

    #[test]
    fn addresses_are_led_by_it_and_nothing_else() {
        let mut value = json!({ "name": "/x", "links": { "a": "/v1/a", "list": ["/v1/b"], "other": "https://x.org/y" }, "rows": [{ "href": "/v1" }] });
        lead(&mut value, "/ozg");
        let wanted = json!({ "name": "/x", "links": { "a": "/ozg/v1/a", "list": ["/ozg/v1/b"], "other": "https://x.org/y" }, "rows": [{ "href": "/ozg/v1" }] });
        assert_eq!(value, wanted);
    }
}
