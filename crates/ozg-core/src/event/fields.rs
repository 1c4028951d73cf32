//! The table of fields and the table of event types. From these two follow the JSON form, the sheet headings, the
//! fields of `ozg record`, the JSON Schemas and the docs.

use super::body::EventType;
use super::kind::Kind;
use crate::mistake::{Code, Fault};
use crate::words::{Label, unknown};

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
    field("kind", Kind::AuthorityKind, "Behördenart", "kind", "the kind of authority; follows from the id"),
    field("area", Kind::Area, "Land", "area", "the Land; follows from the id"),
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
    field("on", Kind::Date, "Datum", "on", "the day it is about; a partial date counts from its last day"),
    field("since", Kind::Date, "seit", "since", "since when, which makes the figure a change or a flow"),
    field("due", Kind::Date, "fällig", "due", "when it is due"),
    field("outlook", Kind::Outlook, "Ausblick", "outlook", "what is expected of later years"),
    field("entry", Kind::Entry, "Eintrag", "entry", "the entry that was a mistake"),
    field("reason", Kind::Text, "Grund", "reason", "why"),
    field("replaces", Kind::EntryOrStanding, "ersetzt", "replaces", "the entry that it corrects"),
    field("source", Kind::Source, "Quelle", "source", "where it comes from"),
    field("source_url", Kind::Url, "Quelle_URL", "source_url", "the address of the source, in sheets"),
    field("published", Kind::Date, "veröffentlicht", "published", "when the source was published, in sheets"),
    field("note", Kind::Text, "Anmerkung", "note", "a remark"),
    field(
        "id",
        Kind::Entry,
        "Kennung",
        "id",
        "the id of the event; the tracker gives one where there is none",
    ),
];

/// Whether a type needs a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be given.
    Required,
    /// It may be given.
    Optional,
}

/// One row of the table of event types.
#[derive(Debug, Clone, Copy)]
pub struct EventTypeRow {
    /// Which type.
    pub event_type: EventType,
    /// Its name, as in `type`.
    pub name: &'static str,
    /// What it is called in both languages.
    pub label: Label,
    /// What it says.
    pub doc: &'static str,
    /// The fields that it has besides the common ones.
    pub fields: &'static [(&'static str, Need)],
}

use Need::{Optional as May, Required as Must};

/// The fields that every type may have.
pub(crate) const COMMON: &[&str] = &["reason", "replaces", "source", "source_url", "published", "note", "id"];

/// All event types.
pub const EVENT_TYPES: [EventTypeRow; 17] = [
    EventTypeRow {
        event_type: EventType::MilestoneReached,
        name: "milestone-reached",
        label: Label { de: "Meilenstein erreicht", en: "milestone reached" },
        doc: "`service` reached `stage` at `place` `on` a day.",
        fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::MilestoneEnded,
        name: "milestone-ended",
        label: Label { de: "Meilenstein beendet", en: "milestone ended" },
        doc: "`service` left `stage` at `place`; it no longer holds `on` that day.",
        fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must), ("reason", Must)],
    },
    EventTypeRow {
        event_type: EventType::MaturityAssessed,
        name: "maturity-assessed",
        label: Label { de: "Reifegrad bewertet", en: "maturity assessed" },
        doc: "`service` at `place` has `level` since `on`.",
        fields: &[("service", Must), ("place", Must), ("level", Must), ("model", May), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::ReuseReported,
        name: "reuse-reported",
        label: Label { de: "Nachnutzung gemeldet", en: "reuse reported" },
        doc: "A source says that `service` is in use at `live` authorities of `place` (`of` so many), `rolling_out` more on the way.",
        fields: &[
            ("service", Must),
            ("place", Must),
            ("live", May),
            ("rolling_out", May),
            ("of", May),
            ("on", Must),
        ],
    },
    EventTypeRow {
        event_type: EventType::FigureReported,
        name: "figure-reported",
        label: Label { de: "Zahl gemeldet", en: "figure reported" },
        doc: "A source states a `value` or `percent` of a `measure` for exactly this scope.",
        fields: &[
            ("measure", Must),
            ("place", Must),
            ("topic", May),
            ("service", May),
            ("stage", May),
            ("level", May),
            ("unit", May),
            ("scope", May),
            ("value", May),
            ("percent", May),
            ("of", May),
            ("on", Must),
            ("since", May),
        ],
    },
    EventTypeRow {
        event_type: EventType::MilestonePlanned,
        name: "milestone-planned",
        label: Label { de: "Meilenstein geplant", en: "milestone planned" },
        doc: "A milestone is `due`; never promoted to a fact by itself.",
        fields: &[("service", Must), ("place", Must), ("stage", Must), ("due", Must), ("on", May)],
    },
    EventTypeRow {
        event_type: EventType::TargetSet,
        name: "target-set",
        label: Label { de: "Ziel gesetzt", en: "target set" },
        doc: "A measure shall have a `value` or `percent` when `due`.",
        fields: &[
            ("measure", Must),
            ("place", Must),
            ("topic", May),
            ("service", May),
            ("stage", May),
            ("level", May),
            ("unit", May),
            ("scope", May),
            ("value", May),
            ("percent", May),
            ("of", May),
            ("due", Must),
            ("on", May),
        ],
    },
    EventTypeRow {
        event_type: EventType::AssessmentMade,
        name: "assessment-made",
        label: Label { de: "Bewertung abgegeben", en: "assessment made" },
        doc: "A peer review of *Status und Fortschritt* came to a result about `subject`.",
        fields: &[
            ("subject", Must),
            ("status", Must),
            ("implementation", May),
            ("urgent", May),
            ("on", Must),
            ("outlook", May),
        ],
    },
    EventTypeRow {
        event_type: EventType::ServiceListed,
        name: "service-listed",
        label: Label { de: "Leistung im Katalog", en: "service listed" },
        doc: "The catalogue describes `service` so from `on` until the next listing; without `on` it has always held.",
        fields: &[
            ("service", Must),
            ("name", Must),
            ("topics", May),
            ("parents", May),
            ("executed_by", May),
            ("lead", May),
            ("on", May),
        ],
    },
    EventTypeRow {
        event_type: EventType::ServiceDelisted,
        name: "service-delisted",
        label: Label { de: "Leistung aus dem Katalog genommen", en: "service delisted" },
        doc: "`service` is no longer in the catalogue `on` that day.",
        fields: &[("service", Must), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::AuthorityListed,
        name: "authority-listed",
        label: Label { de: "Behörde eingetragen", en: "authority listed" },
        doc: "The registry describes `authority` so from `on` until the next listing; without `on` it has always held.",
        fields: &[
            ("authority", Must),
            ("name", Must),
            ("kind", May),
            ("area", May),
            ("ars", May),
            ("population", May),
            ("on", May),
        ],
    },
    EventTypeRow {
        event_type: EventType::AuthorityChanged,
        name: "authority-changed",
        label: Label { de: "Behörde geändert", en: "authority changed" },
        doc: "What is named of `authority` changes `on` a day; the rest stays.",
        fields: &[("authority", Must), ("name", May), ("ars", May), ("population", May), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::AuthorityDissolved,
        name: "authority-dissolved",
        label: Label { de: "Behörde aufgelöst", en: "authority dissolved" },
        doc: "`authority` no longer exists `on` that day; `successors` take over and hold nothing by themselves unless it `inherits`.",
        fields: &[("authority", Must), ("successors", May), ("inherits", May), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::EntryWithdrawn,
        name: "entry-withdrawn",
        label: Label { de: "Eintrag zurückgezogen", en: "entry withdrawn" },
        doc: "`entry` was a mistake; withdrawing is final.",
        fields: &[("entry", Must), ("reason", Must)],
    },
    EventTypeRow {
        event_type: EventType::MilestoneObserved,
        name: "milestone-observed",
        label: Label { de: "Meilenstein vorgefunden", en: "milestone observed" },
        doc: "`service` held `stage` at `place` `on` a day; it began then or earlier, nobody says when. It counts from that day and is never a go-live date.",
        fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must)],
    },
    EventTypeRow {
        event_type: EventType::RegionDefined,
        name: "region-defined",
        label: Label { de: "Region festgelegt", en: "region defined" },
        doc: "`region` consists of the Länder and Kreise in `members` from `on` until the next definition; of none: it no longer exists. Without `on` it has always been so.",
        fields: &[("region", Must), ("name", Must), ("members", May), ("on", May)],
    },
    EventTypeRow {
        event_type: EventType::ListDefined,
        name: "list-defined",
        label: Label { de: "Leistungsliste festgelegt", en: "list of services defined" },
        doc: "`list` holds these `services` from `on` until the next definition; none: it no longer exists. Without `on` it has always been so.",
        fields: &[("list", Must), ("name", Must), ("services", May), ("on", May)],
    },
];

impl Field {
    /// Finds a field by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.name == name)
    }
}

impl EventType {
    /// Lists all types.
    pub fn all() -> impl ExactSizeIterator<Item = EventType> + Clone {
        EVENT_TYPES.iter().map(|row| row.event_type)
    }

    /// Returns its row of the table.
    #[must_use]
    pub fn row(self) -> &'static EventTypeRow {
        &EVENT_TYPES[self as usize]
    }

    /// Returns its name, as in `type`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Tells whether it says who and what there is to count: catalogue, registry, regions and lists.
    #[must_use]
    pub fn describes(self) -> bool {
        matches!(
            self,
            EventType::ServiceListed
                | EventType::ServiceDelisted
                | EventType::AuthorityListed
                | EventType::AuthorityChanged
                | EventType::AuthorityDissolved
                | EventType::RegionDefined
                | EventType::ListDefined
        )
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
        EVENT_TYPES.iter().find(|row| row.name == short).map(|row| row.event_type).ok_or_else(|| {
            let what = Label { de: "Der Ereignistyp", en: "The type of event" };
            unknown(Code::UnknownType, what, short, EVENT_TYPES.iter().map(|row| row.name))
        })
    }

    /// Returns the `type` that it has as a CloudEvent.
    #[must_use]
    pub fn cloud_event_type(self) -> String {
        format!("{CLOUD_EVENT_PREFIX}{}{CLOUD_EVENT_SUFFIX}", self.name())
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

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_names_known_fields_in_the_order_of_the_variants() {
        for (index, row) in EVENT_TYPES.iter().enumerate() {
            assert_eq!(row.event_type as usize, index);
            for (name, _) in row.fields {
                assert!(Field::named(name).is_some(), "{name}");
            }
            assert_eq!(EventType::read(&row.event_type.cloud_event_type()), Ok(row.event_type));
        }
        assert_eq!(
            EventType::read("milestone_reached").unwrap_err().hint.as_deref(),
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
