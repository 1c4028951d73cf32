//! With which edition a batch was said: a fact beside the batch.

use super::beside::Facts;
use crate::words::{AreaSet, Day, KindSet, PartialDate, Unit};
use serde::{Deserialize, Serialize};

/// The code of the fact beside a batch that says with which edition it was said.
const CODE: u32 = 1;
/// The form of the fact; another one is of a newer tracker.
const VERSION: u8 = 1;

/// With which edition a batch was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidWith {
    /// The id of the input that the file was read as, such as `gv100ad`.
    pub input: String,
    /// The things that the edition describes completely.
    pub covers: Covers,
    /// The day from which the edition holds; none for a first catalogue that names no day and so has always held.
    pub on: Option<PartialDate>,
    /// The hash of the file (blake3).
    pub file: [u8; 32],
    /// Whether the batch ends the edition: a long one is recorded in several batches, and may break off between them.
    pub is_complete: bool,
}

impl SaidWith {
    /// Returns the edition as a fact beside a batch; `is_complete` tells whether this batch ends it.
    #[must_use]
    pub fn fact(&self, is_complete: bool) -> Facts {
        let said = SaidWith { is_complete, ..self.clone() };
        let bytes = postcard::to_extend(&said, vec![VERSION])
            .unwrap_or_else(|error| unreachable!("memory takes a fact: {error}"));
        Facts::from([(CODE, bytes)])
    }

    /// Reads the edition from the facts beside a batch; none where there is none that this tracker understands.
    #[must_use]
    pub fn of_facts(facts: &Facts) -> Option<SaidWith> {
        match facts.get(&CODE)?.split_first()? {
            (&VERSION, said) => postcard::from_bytes(said).ok(),
            _ => None,
        }
    }

    /// Returns the day for which the edition holds; of one that names none the first day of all.
    pub(crate) fn day(&self, today: Day) -> Day {
        self.on.map_or(Day::EVER, |on| on.counts_from(today))
    }
}

/// What an edition describes wholly. The order of the variants is that of their codes in the log: new ones come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Covers {
    /// All authorities of these kinds.
    Authorities(KindSet),
    /// All services of a unit.
    Services(Unit),
    /// The availability of LeiKa-Leistungen in these areas.
    Availability(AreaSet),
}

impl Covers {
    /// Returns the word of a receipt.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Covers::Authorities(_) => "authorities",
            Covers::Services(_) => "services",
            Covers::Availability(_) => "availability",
        }
    }

    /// Tells whether two editions speak of the same things.
    #[must_use]
    pub fn overlaps(self, other: Covers) -> bool {
        match (self, other) {
            (Covers::Authorities(one), Covers::Authorities(other)) => {
                one.iter().any(|kind| other.contains(kind))
            }
            (Covers::Services(one), Covers::Services(other)) => one == other,
            (Covers::Availability(one), Covers::Availability(other)) => {
                one.iter().any(|area| other.contains(area))
            }
            (Covers::Authorities(_) | Covers::Services(_) | Covers::Availability(_), _) => false,
        }
    }
}
