//! Editions: files that describe everything of one kind on one day, such as a register of municipalities, a catalogue or an
//! export of what is available. They state no events; events are what an edition says beyond what stands.

mod availability;
mod catalogue;
mod difference;
mod standing;

pub use crate::event::{Covers, SaidWith};
pub use difference::{CHANGES_MAX, Change, Difference, JUMP_PERCENT_MAX, Taking, Turn};

use crate::event::{Listing, Milestone, Registration, Where};
use crate::mistake::Bilingual;
use crate::words::{AuthorityId, PartialDate, ServiceId, Source};

/// A file that describes everything of one kind on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The id of the input that it was read as, such as `gv100ad`.
    pub input: &'static str,
    /// What it describes wholly: what it does not name of this does not exist on its day.
    pub covers: Covers,
    /// The day for which it says itself that it holds; none where it names none.
    pub on: Option<PartialDate>,
    /// Where it comes from; it stands beside every entry that follows from the edition.
    pub source: Option<Source>,
    /// What it states, in the order of the file.
    pub rows: Vec<EditionRow>,
    /// What was left out or made sense of, line by line, for the person who imports it.
    pub remarks: Vec<Remark>,
}

/// One thing that an edition states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRow {
    /// Where it stood.
    pub at: Where,
    /// What it states.
    pub states: Stated,
}

/// What a row of an edition states for the day of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// An authority exists and is so described.
    Authority(AuthorityId, Registration),
    /// A service stands in the catalogue and is so described.
    Service(ServiceId, Listing),
    /// A milestone holds.
    Holds(Milestone),
    /// A service is not counted.
    NotCounted(ServiceId),
}

/// A remark on a line that is no mistake: something was left out, or made sense of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Line of the file, counted from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What was found.
    pub value: Option<String>,
    /// What was made of it.
    pub message: Bilingual,
}
