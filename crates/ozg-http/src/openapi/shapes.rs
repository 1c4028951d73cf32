//! The shapes of parameter values, in their canonical forms.

use ozg_core::words::{Area, Topic, Unit};
use serde_json::{Value, json};

/// A date within the years that the tracker accepts.
const DATE: &str =
    "^(1949|19[5-9][0-9]|20[0-6][0-9]|207[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4])?$";
const SERVICE: &str = "^(ozg:[0-9]{5}|leika:99[0-9]{12}|dienst:[a-z0-9_-]{1,64})$";

pub(super) fn list(item: &Value) -> Value {
    json!({ "type": "array", "items": item, "minItems": 1, "maxItems": ozg_core::query::LIST_MAX })
}

pub(super) fn date() -> Value {
    json!({ "type": "string", "pattern": DATE, "examples": ["2024-06-30", "2024-06", "2024"] })
}

pub(super) fn position() -> Value {
    whole(0)
}

pub(super) fn whole(minimum: u32) -> Value {
    json!({ "type": "integer", "minimum": minimum, "maximum": u32::MAX })
}

pub(super) fn service() -> Value {
    json!({ "type": "string", "pattern": SERVICE, "examples": ["ozg:10255"] })
}

pub(super) fn area() -> Value {
    json!({ "enum": Area::all().map(Area::id).collect::<Vec<_>>() })
}

pub(super) fn topics() -> Vec<&'static str> {
    Topic::all().map(Topic::id).collect()
}

pub(super) fn units() -> Vec<&'static str> {
    Unit::all().map(Unit::id).collect()
}
