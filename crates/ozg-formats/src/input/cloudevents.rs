//! CloudEvents 1.0 in the JSON form, one or a batch. The fields of the event stand in `data`; of the attributes only
//! `type`, and `source` with `id`, mean something to the tracker.

use super::json::{self, Members};
use super::sink::Sink;
use ozg_core::event::{EventType, Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault};
use ozg_core::time::read_rfc3339;
use ozg_core::words::Label;
use serde_json::value::RawValue;
use std::ops::ControlFlow;
use uuid::Uuid;

/// The attributes of a CloudEvent that the standard names.
const ATTRIBUTES: [&str; 9] =
    ["specversion", "id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "data"];
/// The attributes that a CloudEvent must have.
const REQUIRED: [&str; 5] = ["specversion", "id", "source", "type", "data"];

/// Returns the id of the event in a CloudEvent. An id that is a UUID is kept. Any other becomes the UUIDv5 of the id, in the
/// namespace that is the UUIDv5 of `source` as a URL.
#[must_use]
pub fn cloud_event_id(source: &str, id: &str) -> Uuid {
    Uuid::try_parse(id).unwrap_or_else(|_| {
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, source.as_bytes());
        Uuid::new_v5(&namespace, id.as_bytes())
    })
}

/// Reads one CloudEvent or an array of them.
pub(crate) fn read(text: &str, sink: &mut Sink<'_>) {
    json::each(text, sink, &mut |at, value, sink| match json::members(&at, value) {
        Ok(Members(members)) => one(&at, &members, sink),
        Err(mistake) => {
            sink.mistake(*mistake);
            ControlFlow::Continue(())
        }
    });
}

fn one(at: &Where, members: &[(String, &RawValue)], sink: &mut Sink<'_>) -> ControlFlow<()> {
    check(at, members, sink);
    let text = |name: &str| members.iter().find(|(key, _)| key == name).and_then(|(_, value)| text_of(value));
    let event_type = text("type").and_then(|name| match EventType::read(&name) {
        Ok(event_type) => Some(event_type),
        Err(fault) => {
            sink.fault(at, "type", Some(&name), fault);
            None
        }
    });
    let data = members.iter().find(|(key, _)| key == "data").map(|(_, value)| *value);
    let (Some(event_type), Some(data)) = (event_type, data) else { return ControlFlow::Continue(()) };
    let base = at.field("data").pointer.unwrap_or_default();
    let within = Where { line: at.line, form: Form::Json(base) };
    match json::event(within, data) {
        Ok(RawEvent { at: within, fields: mut data }) => {
            let mut fields = vec![("type".to_owned(), Raw::Text(event_type.id().to_owned()))];
            fields.append(&mut data);
            if let (Some(source), Some(id)) = (text("source"), text("id")) {
                fields.push(("id".to_owned(), Raw::text(cloud_event_id(&source, &id))));
            }
            sink.event(RawEvent { at: within, fields })
        }
        Err(mistake) => {
            sink.mistake(*mistake);
            ControlFlow::Continue(())
        }
    }
}

/// Checks the attributes by the rules of CloudEvents 1.0; `data` is checked later.
fn check(at: &Where, members: &[(String, &RawValue)], sink: &mut Sink<'_>) {
    for (index, (name, value)) in members.iter().enumerate() {
        if members[..index].iter().any(|(other, _)| other == name) {
            sink.fault(at, name, None, Fault::twice(ATTRIBUTE, name));
        } else if name != "data"
            && let Err(fault) = attribute(name, value)
        {
            sink.fault(at, name, Some(value.get()), fault);
        }
    }
    for name in REQUIRED {
        if members.iter().all(|(key, value)| key != name || value.get() == "null") {
            sink.fault(at, name, None, missing(name));
        }
    }
}

fn attribute(name: &str, value: &RawValue) -> Result<(), Fault> {
    if value.get() == "null" {
        return Ok(());
    }
    if !ATTRIBUTES.contains(&name) {
        return extension(name, value);
    }
    let Some(text) = text_of(value) else {
        return Err(Fault::say(Code::WrongType, "Erwartet wird ein Text", "A text is expected"));
    };
    match name {
        "specversion" if text != "1.0" => Err(Fault::say(
            Code::UnknownWord,
            "Gelesen wird nur CloudEvents 1.0",
            "Only CloudEvents 1.0 is read",
        )
        .hint("1.0")),
        "time" if read_rfc3339(&text).is_none() => Err(Fault::say(
            Code::BadDate,
            "Erwartet wird ein Zeitpunkt wie 2026-01-31T12:00:00Z",
            "An instant such as 2026-01-31T12:00:00Z is expected",
        )),
        "datacontenttype" if !text.to_ascii_lowercase().contains("json") => {
            Err(Fault::say(Code::UnknownWord, "Die Daten müssen JSON sein", "The data must be JSON")
                .hint("application/json"))
        }
        _ if text.is_empty() => Err(Fault::say(Code::BadText, "Der Text ist leer", "The text is empty")),
        _ => Ok(()),
    }
}

/// Checks an extension attribute: its name has lower-case letters and digits, its value is simple. The tracker ignores it.
fn extension(name: &str, value: &RawValue) -> Result<(), Fault> {
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_name && !value.get().starts_with(['{', '[']) {
        return Ok(());
    }
    let fault = Fault::say(
        Code::UnknownField,
        format!(
            "„{name}“ ist kein Attribut eines CloudEvents; die Felder des Ereignisses gehören als JSON in „data“"
        ),
        format!(
            "\"{name}\" is not an attribute of a CloudEvent; put the fields of the event into \"data\" as JSON"
        ),
    );
    Err(fault.near(name, ATTRIBUTES))
}

fn text_of(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

const ATTRIBUTE: Label = Label { de: "Das Attribut", en: "The attribute" };

fn missing(name: &'static str) -> Fault {
    let all = REQUIRED.join(", ");
    Fault::missing(ATTRIBUTE, Label { de: name, en: name })
        .more(&format!(". Ein CloudEvent hat immer: {all}"), &format!(". A CloudEvent always has: {all}"))
}
