//! The lines of an answer: which there are, which points each has, and the row of each point. A line is computed for itself, as
//! of any position.

mod behind;
mod claimed;
mod counted;
mod data_state;
mod plan;
mod points;
mod possible;
mod reported;
mod row;
mod sources;
mod summed;
mod targets;

pub use behind::Behind;
pub(crate) use behind::{behind_counted, descendants};
pub use claimed::Claimed;
pub use data_state::{DataState, SeriesError};
pub(crate) use plan::{Line, abouts, counts_plans, places, plan, stages, start, units_of};
pub(crate) use points::{Point, Points, of_span};
pub(crate) use reported::{Claims, is_about, is_published};
pub use row::{Header, KnownAt, Observed, Proof, Row, Status, Vintage};
pub(crate) use targets::{last_due, matching as matching_targets};

use crate::state::State;
use crate::words::Basis;

/// Lines that have been planned, with all that their rows are computed from.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) header: Header,
    pub(crate) state: State,
    pub(crate) lines: Vec<Line>,
    pub(crate) points: Points,
}

impl Planned {
    /// Computes the rows of a line as of the position of a header.
    pub(crate) fn rows_with(&self, header: &Header, line: &Line, claims: &Claims) -> Vec<Row> {
        let at = self.state.as_of(header.position);
        let points = self.points.of(&header.query, line.basis);
        match line.basis {
            Basis::Counted => counted::rows(at, header, line, points),
            Basis::Reported => reported::rows(at, header, line, points, claims),
            Basis::Summed => summed::rows(at, header, line, points, claims),
            Basis::Target => targets::rows(at, header, line, points),
        }
    }
}
