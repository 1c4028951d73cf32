//! The types of statements: one declaration makes what a statement says and the table of types.

use super::body::{
    Assessment, Claim, Dissolution, EventId, Listing, Maturity, Milestone, Objection, Plan, Region, Register,
    Registration, RegistrationChange, ReuseReport, ServiceList, Target,
};
use super::fields::Need::{self, Optional as May, Required as Must};
use super::parts::{Fields, Part};
use super::value::Values;
use crate::words::table::words;
use crate::words::tagged::tagged;
use crate::words::{AuthorityId, PartialDate, ServiceId, Slug};

/// The columns of the table of event types beside code, name and label.
#[derive(Debug, Clone, Copy)]
pub struct EventTypeRow {
    /// What sort of statement it is.
    pub says: Says,
    /// Whether statements of different sources stand beside each other: two sources may give different figures for one scope.
    pub is_sourced: bool,
    /// What it says.
    pub doc: &'static str,
    /// The fields that it has besides the common ones.
    pub fields: &'static [(&'static str, Need)],
}

/// The sort of statement that a type is. Counted values rest on progress and descriptions, reported values on claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// How far a service is at a place, or is planned to be.
    Progress,
    /// What somebody published or set for a measure.
    Claim,
    /// What a peer review found; no series rests on it.
    Review,
    /// Who and what there is to count: catalogue, registry, regions and lists.
    Description {
        /// The place among the descriptions for one day in a batch: a change follows the listing that it changes.
        order: u8,
    },
    /// That another office is held to be wrong; no value rests on it.
    Objection,
    /// That an entry was a mistake.
    Withdrawal,
}

/// Declares the statements and the table of their types. A row is: code, type, what a statement holds, the name of the
/// type in JSON, its labels, and its other columns. What a statement holds is read and written part by part; the name of a
/// part is that of its field, if it has only one.
macro_rules! event_types {
    ($(
        $(#[doc = $doc:literal])*
        $code:literal $variant:ident($($field:ident: $holds:ty),+) $id:literal $de:literal $en:literal = $row:expr;
    )+) => {
        tagged! {
            /// What a statement says.
            #[derive(Debug, Clone, PartialEq, Eq)]
            Body;
            $($(#[doc = $doc])* $code $variant($($field: $holds),+);)+
        }

        words! {
            /// The type of an event.
            EventType with EventTypeRow;
            $($code $variant $id $de $en = $row;)+
        }

        impl Body {
            /// Returns the type of the statement.
            #[must_use]
            pub fn event_type(&self) -> EventType {
                match self {
                    $(Body::$variant(..) => EventType::$variant,)+
                }
            }

            /// Reads a statement from its values; none only if a required value is missing, which is checked before.
            pub(super) fn of(event_type: EventType, mut values: Values) -> Option<Body> {
                let values = &mut values;
                Some(match event_type {
                    $(EventType::$variant => Body::$variant($(Part::read(values, stringify!($field))?),+),)+
                })
            }

            /// Writes the parts of the statement as fields.
            pub(super) fn parts(&self) -> Fields {
                let mut fields = Fields::new();
                match self {
                    $(Body::$variant($($field),+) => {
                        $($field.write(stringify!($field), &mut fields);)+
                    })+
                }
                fields
            }
        }
    };
}

event_types! {
    /// A service reached a stage at a place.
    0 MilestoneReached(about: Milestone, on: PartialDate)
        "milestone-reached" "Meilenstein erreicht" "milestone reached" = EventTypeRow {
            says: Says::Progress,
            is_sourced: false,
            doc: "`service` reached `stage` at `place` `on` a day.",
            fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must)],
        };
    /// A service left a stage at a place; it no longer holds on that day.
    1 MilestoneEnded(about: Milestone, on: PartialDate)
        "milestone-ended" "Meilenstein beendet" "milestone ended" = EventTypeRow {
            says: Says::Progress,
            is_sourced: false,
            doc: "`service` left `stage` at `place`; it no longer holds `on` that day.",
            fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must), ("reason", Must)],
        };
    /// A service has a level of maturity at a place since a day.
    2 MaturityAssessed(maturity: Maturity)
        "maturity-assessed" "Reifegrad bewertet" "maturity assessed" = EventTypeRow {
            says: Says::Progress,
            is_sourced: false,
            doc: "`service` at `place` has `level` since `on`.",
            fields: &[("service", Must), ("place", Must), ("level", Must), ("model", May), ("on", Must)],
        };
    /// A service is in use at so many authorities of a place: a claim.
    3 ReuseReported(report: ReuseReport)
        "reuse-reported" "Nachnutzung gemeldet" "reuse reported" = EventTypeRow {
            says: Says::Claim,
            is_sourced: true,
            doc: "A source says that `service` is in use at `live` authorities of `place` (`of` so many), `rolling_out` more on the way.",
            fields: &[("service", Must), ("place", Must), ("live", May), ("rolling_out", May), ("of", May), ("on", Must)],
        };
    /// Any other published figure: a claim.
    4 FigureReported(claim: Claim)
        "figure-reported" "Zahl gemeldet" "figure reported" = EventTypeRow {
            says: Says::Claim,
            is_sourced: true,
            doc: "A source states a `value` or `percent` of a `measure` for exactly this scope.",
            fields: &[("measure", Must), ("place", Must), ("topic", May), ("service", May), ("stage", May), ("level", May), ("unit", May), ("scope", May), ("value", May), ("percent", May), ("of", May), ("on", Must), ("since", May)],
        };
    /// A milestone is due on a day.
    5 MilestonePlanned(plan: Plan)
        "milestone-planned" "Meilenstein geplant" "milestone planned" = EventTypeRow {
            says: Says::Progress,
            is_sourced: true,
            doc: "A milestone is `due`; never promoted to a fact by itself.",
            fields: &[("service", Must), ("place", Must), ("stage", Must), ("due", Must), ("on", May)],
        };
    /// A measure is to reach a value by a day.
    6 TargetSet(target: Target)
        "target-set" "Ziel gesetzt" "target set" = EventTypeRow {
            says: Says::Claim,
            is_sourced: true,
            doc: "A measure shall have a `value` or `percent` when `due`.",
            fields: &[("measure", Must), ("place", Must), ("topic", May), ("service", May), ("stage", May), ("level", May), ("unit", May), ("scope", May), ("value", May), ("percent", May), ("of", May), ("due", Must), ("on", May)],
        };
    /// A peer review came to a result.
    7 AssessmentMade(assessment: Assessment)
        "assessment-made" "Bewertung abgegeben" "assessment made" = EventTypeRow {
            says: Says::Review,
            is_sourced: true,
            doc: "A peer review of *Status und Fortschritt* came to a result about `subject`.",
            fields: &[("subject", Must), ("status", Must), ("implementation", May), ("urgent", May), ("on", Must), ("outlook", May)],
        };
    /// The catalogue lists a service with this description, from a day on.
    8 ServiceListed(service: ServiceId, listing: Listing, on: Option<PartialDate>)
        "service-listed" "Leistung im Katalog" "service listed" = EventTypeRow {
            says: Says::Description { order: 0 },
            is_sourced: false,
            doc: "The catalogue describes `service` so from `on` until the next listing; without `on` it has always held.",
            fields: &[("service", Must), ("name", Must), ("topics", May), ("parents", May), ("executed_by", May), ("lead", May), ("on", May)],
        };
    /// A service leaves the catalogue.
    9 ServiceDelisted(service: ServiceId, on: PartialDate)
        "service-delisted" "Leistung aus dem Katalog genommen" "service delisted" = EventTypeRow {
            says: Says::Description { order: 0 },
            is_sourced: false,
            doc: "`service` is no longer in the catalogue `on` that day.",
            fields: &[("service", Must), ("on", Must)],
        };
    /// The registry lists an authority with this description, from a day on.
    10 AuthorityListed(authority: AuthorityId, registration: Registration, on: Option<PartialDate>)
        "authority-listed" "Behörde eingetragen" "authority listed" = EventTypeRow {
            says: Says::Description { order: 0 },
            is_sourced: false,
            doc: "The registry describes `authority` so from `on` until the next listing; without `on` it has always held.",
            fields: &[("authority", Must), ("name", Must), ("kind", May), ("area", May), ("ars", May), ("population", May), ("on", May)],
        };
    /// The named fields of an authority change on a day; the others stay.
    11 AuthorityChanged(authority: AuthorityId, change: RegistrationChange, on: PartialDate)
        "authority-changed" "Behörde geändert" "authority changed" = EventTypeRow {
            says: Says::Description { order: 1 },
            is_sourced: false,
            doc: "What is named of `authority` changes `on` a day; the rest stays.",
            fields: &[("authority", Must), ("name", May), ("ars", May), ("population", May), ("on", Must)],
        };
    /// An authority ceases to exist.
    12 AuthorityDissolved(dissolution: Dissolution)
        "authority-dissolved" "Behörde aufgelöst" "authority dissolved" = EventTypeRow {
            says: Says::Description { order: 2 },
            is_sourced: false,
            doc: "`authority` no longer exists `on` that day; `successors` take over and hold nothing by themselves unless it `inherits`.",
            fields: &[("authority", Must), ("successors", May), ("inherits", May), ("on", Must)],
        };
    /// An entry was a mistake.
    13 EntryWithdrawn(entry: EventId)
        "entry-withdrawn" "Eintrag zurückgezogen" "entry withdrawn" = EventTypeRow {
            says: Says::Withdrawal,
            is_sourced: false,
            doc: "`entry` was a mistake; withdrawing is final.",
            fields: &[("entry", Must), ("reason", Must)],
        };
    /// A service held a stage at a place on a day; it began on that day or earlier, nobody says when.
    14 MilestoneObserved(about: Milestone, on: PartialDate)
        "milestone-observed" "Meilenstein vorgefunden" "milestone observed" = EventTypeRow {
            says: Says::Progress,
            is_sourced: false,
            doc: "`service` held `stage` at `place` `on` a day; it began then or earlier, nobody says when. It counts from that day and is never a go-live date.",
            fields: &[("service", Must), ("place", Must), ("stage", Must), ("on", Must)],
        };
    /// A region consists of these Länder and Kreise from a day on. Without members it no longer exists.
    15 RegionDefined(region: Slug, defined: Region, on: Option<PartialDate>)
        "region-defined" "Region festgelegt" "region defined" = EventTypeRow {
            says: Says::Description { order: 3 },
            is_sourced: false,
            doc: "`region` consists of the Länder and Kreise in `members` from `on` until the next definition; of none: it no longer exists. Without `on` it has always been so.",
            fields: &[("region", Must), ("name", Must), ("members", May), ("on", May)],
        };
    /// A named list holds these services from a day on. Without services it no longer exists.
    16 ListDefined(list: Slug, defined: ServiceList, on: Option<PartialDate>)
        "list-defined" "Leistungsliste festgelegt" "list of services defined" = EventTypeRow {
            says: Says::Description { order: 3 },
            is_sourced: false,
            doc: "`list` holds these `services` from `on` until the next definition; none: it no longer exists. Without `on` it has always been so.",
            fields: &[("list", Must), ("name", Must), ("services", May), ("on", May)],
        };
    /// A catalogue or a register is complete from a day on, or no longer is.
    17 RegisterDeclared(register: Register, complete: bool, on: Option<PartialDate>)
        "register-declared" "Register erklärt" "register declared" = EventTypeRow {
            says: Says::Description { order: 4 },
            is_sourced: false,
            doc: "The catalogue of a `unit`, or the register of a `kind` in an `area` (`DE`: in all Länder), is complete from `on` until the next declaration; with `complete` false it is partial. Without `on` it has always been so.",
            fields: &[("unit", May), ("kind", May), ("area", May), ("complete", May), ("on", May)],
        };
    /// An office objects to what another one said.
    18 ObjectionMade(objection: Objection)
        "objection-made" "Widerspruch erhoben" "objection made" = EventTypeRow {
            says: Says::Objection,
            is_sourced: true,
            doc: "The office objects to a standing `entry` of another office and `says` why; `on` is the day that it holds to be right. No value changes.",
            fields: &[("entry", Must), ("on", May), ("says", Must)],
        };
}
