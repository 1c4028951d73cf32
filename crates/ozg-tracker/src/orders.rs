//! What a writer is asked to do, and what it answers.

use ozg_core::event::{Draft, Event};
use ozg_core::ledger::{OnConflict, Outcome};
use ozg_core::mistake::Mistake;
use ozg_core::words::{AreaSet, Position, TopicSet};

/// A request to record a batch.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// The office that records it.
    pub office: String,
    /// Areas that it may write about; empty means all.
    pub areas: AreaSet,
    /// Topics that it may write about; empty means all.
    pub topics: TopicSet,
    /// What it says.
    pub drafts: Vec<Draft>,
    /// Whether everything is checked and nothing recorded.
    pub dry_run: bool,
    /// What to do where a statement is at odds with one that stands.
    pub on_conflict: OnConflict,
    /// The head of the log that the office has seen, where it minds.
    pub expected_head: Option<Position>,
    /// Whether the entries are generated; such a log is marked for ever.
    pub simulated: bool,
}

/// A batch of a dump, to be loaded with its own time and office.
#[derive(Debug, Clone)]
pub struct DumpBatch {
    /// Position of its first entry, where the dump names it.
    pub first: Option<Position>,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// Whether it was generated.
    pub simulated: bool,
    /// Its entries, in the order of their positions.
    pub events: Vec<Event>,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The head of the log afterwards.
    pub head: Position,
    /// How many entries were recorded, or would be.
    pub recorded: usize,
    /// How many statements stood already.
    pub unchanged: usize,
    /// How many were left out because of a conflict, as asked for.
    pub skipped: usize,
    /// Whether nothing was recorded because only a check was asked for.
    pub dry_run: bool,
    /// What became of each statement, in the order of the input.
    pub outcomes: Vec<Outcome>,
}

/// Why nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Something of it is wrong; here is every mistake.
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
    /// More orders are waiting than the queue holds; try again.
    #[error("the writer is busy, try again")]
    Busy,
    /// The disk failed. Whether the batch is durable is unknown; the same request again with the same ids is safe.
    #[error("{0}")]
    Unavailable(String),
}

/// Whether a tracker takes writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Ready,
    /// A commit has failed and the log could not be reopened yet.
    ReadOnly(String),
}
