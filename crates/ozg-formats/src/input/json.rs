//! Events as plain JSON: one event, or an array. Repeated keys and numbers are kept as they were written, so that
//! mistakes can quote them.

use super::sink::{Sink, line_number};
use super::syntax::{reason, syntax};
use ozg_core::event::{Form, Raw, RawEvent, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::ops::ControlFlow;

/// How deep JSON may be nested, counting the array of events.
pub const DEPTH_MAX: usize = 8;

/// The most members that the object of an event may have.
pub const MEMBERS_MAX: usize = 200;

/// The members of a JSON object in their order, including repeated ones.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

/// Reads one event or an array of events.
pub(crate) fn read(text: &str, sink: &mut Sink<'_>) {
    each(text, sink, &mut |at, value, sink| {
        if value.get().contains("\"specversion\"") && is_cloud_event(value) {
            sink.fault(&at, "specversion", None, cloud_event_here());
            return ControlFlow::Continue(());
        }
        match event(at, value) {
            Ok(event) => sink.event(event),
            Err(mistake) => {
                sink.mistake(*mistake);
                ControlFlow::Continue(())
            }
        }
    });
}

/// Takes a value of an array, or the only value.
type TakeValue<'t> = dyn FnMut(Where, &RawValue, &mut Sink<'_>) -> ControlFlow<()> + 't;

/// Passes each value of an array, or the only value, to `take`, with its place.
pub(crate) fn each(text: &str, sink: &mut Sink<'_>, take: &mut TakeValue<'_>) {
    if !text.trim_start().starts_with('[') {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) => {
                let _ = take(Where { line: 1, form: Form::Json(String::new()) }, value, sink);
            }
            Err(error) => sink.mistake(syntax(&error, 0)),
        }
        return;
    }
    let mut is_full = false;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let elements = Elements { sink, take, is_full: &mut is_full };
    let result = deserializer.deserialize_seq(elements).and_then(|()| deserializer.end());
    if let Err(error) = result
        && !is_full
    {
        sink.mistake(syntax(&error, 0));
    }
}

/// Reads the elements of an array one by one, so that those before a syntax error are read, too.
struct Elements<'e, 's, 't> {
    sink: &'e mut Sink<'s>,
    take: &'e mut TakeValue<'t>,
    is_full: &'e mut bool,
}

impl<'de> Visitor<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(value) = array.next_element::<&'de RawValue>()? {
            let at = Where { line: line_number(index + 1), form: Form::Json(format!("/{index}")) };
            if (self.take)(at, value, self.sink).is_break() {
                *self.is_full = true;
                return Err(A::Error::custom("full"));
            }
            index += 1;
        }
        Ok(())
    }
}

/// Reads one event, without looking into its fields.
///
/// # Errors
/// `wrong_type` for a value that is not an object, `unreadable` for one that is nested too deep or not readable text.
pub(crate) fn event(at: Where, value: &RawValue) -> Result<RawEvent, Box<Mistake>> {
    let Members(members) = members(&at, value)?;
    let fields = fields(&at, members)?;
    Ok(RawEvent { at, fields })
}

/// Returns the members of an object.
///
/// # Errors
/// `wrong_type` for a value that is not an object, `unreadable` for a key that is not readable text.
pub(crate) fn members<'a>(at: &Where, value: &'a RawValue) -> Result<Members<'a>, Box<Mistake>> {
    if !value.get().starts_with('{') {
        let fault =
            Fault::say(Code::WrongType, "Ein Ereignis ist ein JSON-Objekt", "An event is a JSON object");
        return Err(Box::new(Mistake::at(&at.field(""), "", Some(value.get()), fault)));
    }
    let members: Members<'a> = serde_json::from_str(value.get()).map_err(|error| {
        let (de, en) = reason(&error);
        Box::new(Mistake::at(&at.field(""), "", None, Fault::say(Code::Unreadable, de, en)))
    })?;
    few(at, members)
}

/// Returns the members, unless there are absurdly many.
///
/// # Errors
/// `too_many`.
pub(crate) fn few<'a>(at: &Where, members: Members<'a>) -> Result<Members<'a>, Box<Mistake>> {
    if members.0.len() > MEMBERS_MAX {
        return Err(Box::new(Mistake::at(&at.field(""), "", None, too_many_members(members.0.len()))));
    }
    Ok(members)
}

/// Turns members into untyped fields.
///
/// # Errors
/// `unreadable`, with the pointer to a value that is nested too deep or not readable text.
pub(crate) fn fields(
    at: &Where,
    members: Vec<(String, &RawValue)>,
) -> Result<Vec<(String, Raw)>, Box<Mistake>> {
    let depth = if matches!(&at.form, Form::Json(base) if base.is_empty()) { 1 } else { 2 };
    let mut fields = Vec::with_capacity(members.len());
    for (name, value) in members {
        match raw(value, depth) {
            Ok(raw) => fields.push((name, raw)),
            Err(fault) => return Err(Box::new(Mistake::at(&at.field(&name), &name, None, fault))),
        }
    }
    Ok(fields)
}

/// Turns a JSON value into an untyped one; numbers stay as they were written.
pub(crate) fn raw(value: &RawValue, depth: usize) -> Result<Raw, Fault> {
    let text = value.get();
    Ok(match text.as_bytes().first() {
        Some(b'n') => Raw::Null,
        Some(b't') => Raw::Flag(true),
        Some(b'f') => Raw::Flag(false),
        Some(b'"') => Raw::Text(string(text)?),
        Some(b'[' | b'{') if depth >= DEPTH_MAX => return Err(too_deep()),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| no_text(&error))?;
            Raw::List(items.into_iter().map(|item| raw(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text).map_err(|error| no_text(&error))?;
            let members = members.into_iter().map(|(name, value)| Ok((name, raw(value, depth + 1)?)));
            Raw::Object(members.collect::<Result<_, Fault>>()?)
        }
        _ => Raw::Number(text.to_owned()),
    })
}

/// Reads a text; most texts have no escapes and are copied.
fn string(text: &str) -> Result<String, Fault> {
    match text.get(1..text.len() - 1) {
        Some(inner) if !inner.contains('\\') => Ok(inner.to_owned()),
        _ => serde_json::from_str(text).map_err(|error| no_text(&error)),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'a>, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Object).map(Members)
    }
}

fn is_cloud_event(value: &RawValue) -> bool {
    serde_json::from_str::<Members<'_>>(value.get())
        .is_ok_and(|Members(members)| members.iter().any(|(name, _)| name == "specversion"))
}

fn no_text(error: &serde_json::Error) -> Fault {
    let (de, en) = reason(error);
    Fault::say(Code::Unreadable, format!("Kein lesbarer Text: {de}"), format!("Not a readable text: {en}"))
}

fn too_deep() -> Fault {
    Fault::say(
        Code::Unreadable,
        format!("Tiefer als {DEPTH_MAX} Ebenen geschachtelt"),
        format!("Nested deeper than {DEPTH_MAX} levels"),
    )
}

fn too_many_members(found: usize) -> Fault {
    Fault::say(
        Code::TooMany,
        format!("Das Objekt hat {found} Felder, erlaubt sind {MEMBERS_MAX}"),
        format!("The object has {found} fields, allowed are {MEMBERS_MAX}"),
    )
}

fn cloud_event_here() -> Fault {
    Fault::say(
        Code::UnknownField,
        "Das ist ein CloudEvent; es kommt als application/cloudevents+json",
        "This is a CloudEvent; send it as application/cloudevents+json",
    )
    .hint("application/cloudevents+json")
}
