//! The orders that a writer takes, and its answers.

use crate::offices::{AuthError, Proof};
use ozg_core::edition::SaidWith;
use ozg_core::event::{Beside, Draft, Event, Facts};
use ozg_core::ledger::{OnConflict, Outcome, OutcomeKind};
use ozg_core::mistake::Mistake;
use ozg_core::words::Position;
use ozg_log::Identity;

/// A request to record a batch.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The office that records it.
    pub office: String,
    /// How it proved who it is.
    pub proof: Proof,
    /// Its statements.
    pub drafts: Vec<Draft>,
    /// Whether the order is only checked, not recorded.
    pub dry_run: bool,
    /// What to do with a statement that contradicts a standing one.
    pub on_conflict: OnConflict,
    /// The head of the log that the office has seen; the order is refused if the log has moved on. None accepts any head.
    pub expected_head: Option<Position>,
    /// Whether the entries are generated; such a log is marked for ever.
    pub simulated: bool,
    /// The edition that it is said with.
    pub edition: Option<SaidWith>,
}

impl Order {
    /// Returns the facts beside one of its batches; `is_last` tells whether the order ends with that batch.
    pub(crate) fn facts(&self, is_last: bool) -> Facts {
        self.edition.as_ref().map_or_else(Facts::default, |edition| edition.fact(is_last))
    }
}

/// A batch of a dump, to be loaded with its own time and office.
#[derive(Debug, Clone)]
pub struct DumpBatch {
    /// Position of its first entry, if the dump names it.
    pub first: Option<Position>,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// Whether it was generated.
    pub simulated: bool,
    /// The identity of the log that the dump is of, where the dump names it; an empty log takes it over.
    pub identity: Option<Identity>,
    /// Facts about the batch.
    pub facts: Facts,
    /// Its entries, in the order of their positions.
    pub entries: Vec<DumpEntry>,
}

/// An entry of a dump.
#[derive(Debug, Clone)]
pub struct DumpEntry {
    /// What it says.
    pub event: Event,
    /// What stands beside it.
    pub beside: Beside,
}

impl From<Event> for DumpEntry {
    /// Makes an entry with nothing beside it: its free texts stand in it, as in logs of format 1.
    fn from(event: Event) -> DumpEntry {
        DumpEntry { event, beside: Beside::default() }
    }
}

/// The result of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The head of the log afterwards.
    pub head: Position,
    /// Number of entries that were recorded, or would be.
    pub recorded: usize,
    /// Number of statements that were no news.
    pub unchanged: usize,
    /// Number of statements that were left out because of a conflict, as requested.
    pub skipped: usize,
    /// Whether the order was only checked.
    pub dry_run: bool,
    /// The outcome of each statement, in the order of the input.
    pub outcomes: Vec<Outcome>,
}

impl Receipt {
    pub(crate) fn of(outcomes: &[Outcome], head: Position, dry_run: bool) -> Receipt {
        let count =
            |kinds: &[OutcomeKind]| outcomes.iter().filter(|outcome| kinds.contains(&outcome.kind)).count();
        Receipt {
            head,
            recorded: count(&[OutcomeKind::Recorded, OutcomeKind::Corrected, OutcomeKind::Withdrawn]),
            unchanged: count(&[OutcomeKind::Unchanged]),
            skipped: count(&[OutcomeKind::Skipped]),
            dry_run,
            outcomes: outcomes.to_vec(),
        }
    }
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The order has mistakes; these are all of them.
    #[error("{} mistakes", .0.len())]
    Mistakes(Vec<Mistake>),
    /// The log has moved on since the office last saw it.
    #[error("the head of the log is {head}, not {expected}")]
    HeadMoved {
        /// The head that was expected.
        expected: Position,
        /// The head that there is.
        head: Position,
    },
    /// The office may no longer write: its token has expired or was revoked since it was sent.
    #[error(transparent)]
    Unauthorized(#[from] AuthError),
    /// The queue of orders is full; try again.
    #[error("the writer is busy, try again")]
    Busy,
    /// The disk failed. Whether the batch is durable is unknown; the same request again with the same ids is safe.
    #[error("{0}")]
    Unavailable(String),
    /// The clock went further than time passed; the operator decides whether it is right.
    #[error("the clock went {} days further than time passed", jump_ms / 86_400_000)]
    ClockJumped {
        /// By how many milliseconds.
        jump_ms: i64,
    },
}

/// Explains why an order is refused whose entries are generated and the log's are not, or the other way round.
pub(crate) fn not_mixed(log_is_simulated: bool) -> String {
    if log_is_simulated {
        "this log holds generated entries; real ones need a log of their own".to_owned()
    } else {
        "this log holds real entries; generated ones need a log of their own".to_owned()
    }
}

/// Whether a tracker accepts writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It accepts writes.
    Ready,
    /// A commit has failed, and the disk takes no writes yet: the reason.
    ReadOnly(String),
    /// The clock went further than time passed, so that nothing is recorded.
    ClockJumped {
        /// By how many milliseconds.
        jump_ms: i64,
    },
}
