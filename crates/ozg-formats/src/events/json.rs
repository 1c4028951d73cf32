//! An event as JSON: `type`, then its fields in the order of the table. An entry begins with what the tracker adds to
//! the event: position, time and office.

use ozg_core::event::{Event, Raw};
use ozg_core::time::rfc3339;
use ozg_core::words::{Position, Remark};
use serde_json::{Map, Number, Value, json};
use std::io::{self, Write};

/// The facts that the tracker adds to an event when it records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryHead {
    /// Its position in the log, from 1.
    pub position: Position,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// The office whose statement it corrects, ends or withdraws as a coordinator; none where it speaks for itself.
    pub on_behalf_of: Option<String>,
    /// The remarks on it.
    pub remarks: Vec<Remark>,
}

impl EntryHead {
    fn remark_ids(&self) -> Option<Vec<&'static str>> {
        let ids: Vec<_> = self.remarks.iter().map(|remark| remark.id()).collect();
        (!ids.is_empty()).then_some(ids)
    }
}

/// Writes an event as a JSON object that reads back as the same event.
#[must_use]
pub fn event_json(event: &Event) -> Value {
    let mut object = Map::new();
    object.insert("type".to_owned(), event.event_type().id().into());
    put_fields(&mut object, event, true);
    Value::Object(object)
}

/// Writes an entry: `position`, `recorded_at`, `office`, perhaps `on_behalf_of` and `remarks`, then the event.
#[must_use]
pub fn entry_json(head: &EntryHead, event: &Event) -> Value {
    let mut object = Map::new();
    object.insert("position".to_owned(), head.position.get().into());
    object.insert("recorded_at".to_owned(), rfc3339(head.recorded_at_ms).into());
    object.insert("office".to_owned(), head.office.as_str().into());
    if let Some(other) = &head.on_behalf_of {
        object.insert("on_behalf_of".to_owned(), other.as_str().into());
    }
    object.extend(head.remark_ids().map(|ids| ("remarks".to_owned(), ids.into())));
    object.insert("type".to_owned(), event.event_type().id().into());
    put_fields(&mut object, event, true);
    Value::Object(object)
}

/// Writes an event as a CloudEvent; `source` names the tracker. An entry has its recording time in `time`, and its
/// position, office and remarks in the extension attributes `position`, `office` and `remarks`.
#[must_use]
pub fn cloud_event_json(event: &Event, source: &str, head: Option<&EntryHead>) -> Value {
    let mut object = Map::new();
    object.insert("specversion".to_owned(), "1.0".into());
    object.insert("id".to_owned(), event.id.to_string().into());
    object.insert("source".to_owned(), source.into());
    object.insert("type".to_owned(), event.event_type().cloud_event_type().into());
    if let Some(head) = head {
        object.insert("time".to_owned(), rfc3339(head.recorded_at_ms).into());
        object.insert("position".to_owned(), head.position.get().into());
        object.insert("office".to_owned(), head.office.as_str().into());
        // Names of extension attributes have lower-case letters and digits only.
        object.extend(head.on_behalf_of.iter().map(|other| ("onbehalfof".to_owned(), other.as_str().into())));
        // The type of an attribute is never a list.
        object.extend(head.remark_ids().map(|ids| ("remarks".to_owned(), ids.join(" ").into())));
    }
    object.insert("datacontenttype".to_owned(), "application/json".into());
    let mut data = Map::new();
    put_fields(&mut data, event, false);
    object.insert("data".to_owned(), Value::Object(data));
    Value::Object(object)
}

/// Writes JSON objects, one per line.
///
/// # Errors
/// Those of the writer.
pub fn write_ndjson(values: impl IntoIterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    for value in values {
        serde_json::to_writer(&mut *out, &value)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn put_fields(object: &mut Map<String, Value>, event: &Event, with_id: bool) {
    for (name, raw) in event.fields() {
        if with_id || name != "id" {
            object.insert(name.to_owned(), value(raw));
        }
    }
}

/// Turns an untyped value into JSON. A number that a double cannot hold exactly becomes a text, which reads back as the same
/// number.
fn value(raw: Raw) -> Value {
    match raw {
        Raw::Null => Value::Null,
        Raw::Text(text) => Value::String(text),
        Raw::Number(text) => number(&text).map_or_else(|| json!(text), Value::Number),
        Raw::Flag(flag) => Value::Bool(flag),
        Raw::List(items) => Value::Array(items.into_iter().map(value).collect()),
        Raw::Object(members) => members.into_iter().map(|(name, raw)| (name, value(raw))).collect(),
    }
}

fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let double: f64 = text.parse().ok()?;
    Number::from_f64(double).filter(|number| number.to_string() == text)
}
