//! Editions: files that describe everything of one kind on one day, such as a register of municipalities, a catalogue
//! or an export of available services. An edition states no events; the differences between an edition and the state
//! become events.

mod availability;
mod catalogue;
mod difference;
mod standing;

pub use crate::event::{Covers, SaidWith};
pub use difference::{CHANGES_MAX, Change, Difference, JUMP_PERCENT_MAX, Taking, Turn};

use crate::event::{Listing, Milestone, Registration, Where};
use crate::words::{AuthorityId, PartialDate, ServiceId, Source};

/// A file that describes everything of one kind on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The id of the input that it was read as, such as `gv100ad`.
    pub input: &'static str,
    /// The things that it describes completely. A thing of this kind that it does not name does not exist on its day.
    pub covers: Covers,
    /// The day that the edition itself names, if any.
    pub on: Option<PartialDate>,
    /// The source; every entry that follows from the edition names it.
    pub source: Option<Source>,
    /// Its rows, in the order of the file.
    pub rows: Vec<EditionRow>,
}

/// One thing that an edition states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRow {
    /// Where it stood.
    pub at: Where,
    /// What it states.
    pub states: Stated,
}

/// The statement of a row, for the day of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// An authority exists, with this description.
    Authority(AuthorityId, Registration),
    /// A service is in the catalogue, with this description.
    Service(ServiceId, Listing),
    /// A milestone holds.
    Holds(Milestone),
    /// A service is not counted.
    NotCounted(ServiceId),
}
