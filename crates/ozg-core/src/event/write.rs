//! Writes an event as its fields, in the order of the table. Reading them back gives the same event.

use super::body::{Draft, Event, Replaces};
use super::parts::{Fields, put};
use super::raw::{Form, Raw, Where};
use super::types::{Body, EventType};
use crate::words::Source;

impl Event {
    /// Lists the fields of the event as they are written in JSON, without `type`.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = body(&self.body);
        put(&mut fields, "reason", self.reason.as_ref());
        put(&mut fields, "replaces", self.replaces.as_ref());
        if let Some(source) = &self.source {
            fields.push(("source", source_object(source)));
        }
        put(&mut fields, "note", self.note.as_ref());
        fields.push(("id", Raw::text(self.id)));
        fields
    }

    /// Returns its type.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        self.body.event_type()
    }

    /// Returns the event as a draft with its own id, as a dump holds it.
    #[must_use]
    pub fn into_draft(self) -> Draft {
        Draft {
            at: Where { line: 0, form: Form::None },
            id: Some(self.id),
            body: self.body,
            source: self.source,
            note: self.note,
            reason: self.reason,
            replaces: self.replaces.map(Replaces::Entry),
        }
    }
}

impl Draft {
    /// Returns the draft as the event of a log; nothing where it has no id of its own or replaces "standing", which only
    /// the ledger can resolve.
    #[must_use]
    pub fn into_event(self) -> Option<Event> {
        let replaces = match self.replaces {
            None => None,
            Some(Replaces::Entry(id)) => Some(id),
            Some(Replaces::Standing) => return None,
        };
        let Draft { id, body, source, note, reason, .. } = self;
        Some(Event { id: id?, body, source, note, reason, replaces })
    }
}

fn source_object(source: &Source) -> Raw {
    let mut object = vec![("name".to_owned(), Raw::text(&source.name))];
    if let Some(url) = &source.url {
        object.push(("url".to_owned(), Raw::text(url)));
    }
    if let Some(published) = &source.published {
        object.push(("published".to_owned(), Raw::text(published)));
    }
    Raw::Object(object)
}

/// Writes a statement; kind and area of an authority, which its id has, stand behind its name.
fn body(body: &Body) -> Fields {
    let mut fields = body.parts();
    if let Body::AuthorityListed(authority, ..) = body {
        let follows = [("kind", Raw::text(authority.kind())), ("area", Raw::text(authority.area()))];
        fields.splice(2..2, follows);
    }
    fields
}
