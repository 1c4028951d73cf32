//! Events: what can be said. An event is one statement; in the log it becomes an entry.

mod about;
mod beside;
mod body;
mod fields;
mod kind;
mod on_behalf_of;
mod parts;
mod raw;
mod read;
pub(crate) mod remarks;
mod said_with;
pub(crate) mod texts;
mod together;
mod types;
mod value;
mod vocabulary;
mod wire;
mod write;

pub(crate) use about::Matter;
pub use beside::{Beside, FREE_TEXTS, Facts, KeptText, Salt};
pub use body::{
    Amount, Assessment, Claim, ClaimScope, Dissolution, Draft, Event, EventId, Listing, Maturity, Milestone,
    Objection, Outlook, Plan, Region, Register, Registration, RegistrationChange, Replaces, ReuseReport,
    ServiceList, Target,
};
pub use fields::{FIELDS, Field, Need};
pub use kind::Kind;
pub(crate) use on_behalf_of::on_behalf_of;
pub use on_behalf_of::said_for;
pub use raw::{Columns, Form, Raw, RawEvent, Where, column_letters};
pub use remarks::{remarks_fact, remarks_of_facts};
pub use said_with::{Covers, SaidWith};
pub use types::{Body, EventType, EventTypeRow, Says};
pub use vocabulary::{Spelling, VOCABULARIES, Vocabulary};
pub use wire::{WIRE_VERSION, WireError};
