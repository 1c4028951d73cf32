//! The table of fields. From it and from the table of event types follow the JSON form, the sheet headings, the fields of
//! `ozg record`, the JSON Schemas and the docs.

use super::kind::Kind;
use super::types::{EventType, EventTypeRow, Says};
use crate::mistake::{Code, Fault};
use crate::words::table::unknown_word;
use crate::words::{Label, Word};

/// A field of events: its name, its kind, its heading in sheets, what it says.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Name in JSON and English heading in sheets.
    pub name: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// Heading in sheets, German and English.
    pub heading: Label,
    /// What it says.
    pub doc: &'static str,
}

const fn field(
    name: &'static str,
    kind: Kind,
    de: &'static str,
    en: &'static str,
    doc: &'static str,
) -> Field {
    Field { name, kind, heading: Label { de, en }, doc }
}

/// All fields of all types, in the order in which they are written.
pub const FIELDS: &[Field] = &[
    field("service", Kind::Service, "Leistung", "service", "the service"),
    field("authority", Kind::Authority, "Behörde", "authority", "the authority"),
    field("region", Kind::Slug, "Region", "region", "the region, as in `area=region:…`"),
    field("list", Kind::Slug, "Liste", "list", "the list of services, as in `list=…`"),
    field("subject", Kind::Subject, "Gegenstand", "subject", "what is assessed"),
    field("measure", Kind::Measure, "Kennzahl", "measure", "the measure that the figure is about"),
    field("place", Kind::Place, "Ort", "place", "where it holds"),
    field("topic", Kind::Topic, "Themenfeld", "topic", "the topic that the figure is about; none for all"),
    field("stage", Kind::Stage, "Stufe", "stage", "the stage"),
    field("level", Kind::Level, "Reifegrad", "level", "the level of maturity"),
    field("model", Kind::Model, "Modell", "model", "the model, where the level is written without it"),
    field("unit", Kind::Unit, "Zähleinheit", "unit", "what is counted as one service"),
    field("scope", Kind::Text, "Eingrenzung", "scope", "words that narrow what the figure is about"),
    field("value", Kind::Figure, "Wert", "value", "the figure"),
    field("percent", Kind::Figure, "Prozent", "percent", "the figure, in percent"),
    field("live", Kind::Figure, "im_Einsatz", "live", "authorities at which it is in use"),
    field(
        "rolling_out",
        Kind::Figure,
        "im_Rollout",
        "rolling_out",
        "further authorities where it is being rolled out",
    ),
    field("of", Kind::Figure, "von", "of", "of how many"),
    field("status", Kind::Status, "Status", "status", "the traffic light"),
    field("implementation", Kind::Implementation, "Umsetzung", "implementation", "the Harvey ball"),
    field("urgent", Kind::Flag, "dringend", "urgent", "whether it is urgent"),
    field("name", Kind::Text, "Name", "name", "the name"),
    field(
        "kind",
        Kind::AuthorityKind,
        "Behördenart",
        "kind",
        "the kind of authority; that of an authority follows from its id",
    ),
    field("area", Kind::Area, "Land", "area", "the Land; that of an authority follows from its id"),
    field("ars", Kind::RegionalKey, "ARS", "ars", "Amtlicher Regionalschlüssel"),
    field("population", Kind::Count, "Einwohner", "population", "inhabitants"),
    field("successors", Kind::Authorities, "Nachfolger", "successors", "the authorities that take over"),
    field(
        "inherits",
        Kind::Flag,
        "erbt",
        "inherits",
        "whether a successor holds each stage that all its predecessors held",
    ),
    field("members", Kind::Members, "Mitglieder", "members", "the Länder and Kreise of a region"),
    field("services", Kind::Services, "Leistungen", "services", "the services on a list"),
    field("topics", Kind::Topics, "Themenfelder", "topics", "the topics of the service"),
    field("parents", Kind::Services, "übergeordnet", "parents", "the services that it belongs to"),
    field(
        "executed_by",
        Kind::AuthorityKinds,
        "ausgeführt_von",
        "executed_by",
        "the kinds of authorities that execute it",
    ),
    field("lead", Kind::Area, "Federführung", "lead", "the Land that builds it under EfA"),
    field(
        "complete",
        Kind::Flag,
        "vollständig",
        "complete",
        "whether the catalogue or the register is complete; `true` where it is not given",
    ),
    field("on", Kind::Date, "Datum", "on", "the day it is about; a partial date counts from its last day"),
    field("since", Kind::Date, "seit", "since", "since when, which makes the figure a change or a flow"),
    field("due", Kind::Date, "fällig", "due", "when it is due; of plans and targets only"),
    field("outlook", Kind::Outlook, "Ausblick", "outlook", "what is expected of later years"),
    field("entry", Kind::Entry, "Eintrag", "entry", "the entry that is withdrawn or objected to"),
    field("says", Kind::Text, "Widerspruch", "says", "why the office objects"),
    field("reason", Kind::Text, "Grund", "reason", "why"),
    field("replaces", Kind::EntryOrStanding, "ersetzt", "replaces", "the entry that it corrects"),
    field("source", Kind::Source, "Quelle", "source", "where it comes from"),
    field("source_url", Kind::Url, "Quelle_URL", "source_url", "the address of the source, in sheets"),
    field("published", Kind::Date, "veröffentlicht", "published", "when the source was published, in sheets"),
    field("note", Kind::Text, "Anmerkung", "note", "a remark"),
    field("id", Kind::Id, "Kennung", "id", "the id of the event; the tracker gives one where there is none"),
];

/// Whether a type needs a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be given.
    Required,
    /// It may be given.
    Optional,
}

/// The fields that every type may have.
pub(crate) const COMMON: &[&str] = &["reason", "replaces", "source", "source_url", "published", "note", "id"];

impl Field {
    /// Finds a field by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name == name)
    }
}

impl EventType {
    /// Returns the columns of its row.
    #[must_use]
    pub fn row(self) -> &'static EventTypeRow {
        &self.word_row().columns
    }

    /// Returns what sort of statement it is.
    #[must_use]
    pub fn says(self) -> Says {
        self.row().says
    }

    /// Tells whether statements of this type describe the things that can be counted: catalogue, registry, regions and
    /// lists.
    #[must_use]
    pub fn describes(self) -> bool {
        matches!(self.says(), Says::Description { .. })
    }

    /// Reads the name, or the `type` of a CloudEvent (`de.ozg-tracker.milestone-reached.v1`).
    ///
    /// # Errors
    /// `unknown_type` with the nearest known one.
    pub fn read(text: &str) -> Result<EventType, Fault> {
        let word = text.trim();
        let short = word
            .strip_prefix(CLOUD_EVENT_PREFIX)
            .and_then(|rest| rest.strip_suffix(CLOUD_EVENT_SUFFIX))
            .unwrap_or(word);
        EventType::all().find(|event_type| event_type.id() == short).ok_or_else(|| {
            let what = Label { de: "Der Ereignistyp", en: "The type of event" };
            unknown_word::<EventType>(short, Code::UnknownType, what)
        })
    }

    /// Returns the `type` that it has as a CloudEvent.
    #[must_use]
    pub fn cloud_event_type(self) -> String {
        format!("{CLOUD_EVENT_PREFIX}{self}{CLOUD_EVENT_SUFFIX}")
    }

    /// Finds one of its fields by name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        let known = self.row().fields.iter().any(|(own, _)| *own == name) || COMMON.contains(&name);
        if known { Field::named(name) } else { None }
    }

    /// Lists its fields, the common ones last, each with whether it is needed.
    pub fn fields(self) -> impl Iterator<Item = (&'static Field, Need)> {
        let own = self.row().fields;
        let common = COMMON.iter().filter(move |name| own.iter().all(|(known, _)| known != *name));
        own.iter()
            .copied()
            .chain(common.map(|name| (*name, Need::Optional)))
            .filter_map(|(name, need)| Some((Field::named(name)?, need)))
    }
}

const CLOUD_EVENT_PREFIX: &str = "de.ozg-tracker.";
const CLOUD_EVENT_SUFFIX: &str = ".v1";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_names_known_fields() {
        for event_type in EventType::all() {
            for (name, _) in event_type.row().fields {
                assert!(Field::named(name).is_some(), "{name}");
            }
            assert_eq!(EventType::read(&event_type.cloud_event_type()), Ok(event_type));
        }
        assert_eq!(
            EventType::read("milestone_reached").unwrap_err().hint_in_english(),
            Some("milestone-reached")
        );
    }

    #[test]
    fn headings_are_unambiguous() {
        for (index, field) in FIELDS.iter().enumerate() {
            for other in &FIELDS[index + 1..] {
                assert_ne!(field.name, other.name);
                assert_ne!(field.heading.de.to_lowercase(), other.heading.de.to_lowercase());
            }
        }
    }
}
