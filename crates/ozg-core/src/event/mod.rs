//! Events: what can be said. An event is one statement; in the log it becomes an entry.

mod body;
mod fields;
mod raw;
mod read;
mod wire;
mod write;

pub use body::{
    Amount, Assessment, Body, Claim, ClaimScope, Draft, Event, EventId, EventType, Listing, Maturity,
    Milestone, Outlook, Plan, Registration, RegistrationChange, Replaces, ReuseReport, Target,
};
pub use fields::{EVENT_TYPES, EventTypeRow, FIELDS, Field, Kind, Need};
pub use raw::{Form, Raw, RawEvent, Where};
pub use wire::{WIRE_VERSION, WireError};
