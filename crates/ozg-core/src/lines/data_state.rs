//! Data states: up to where the log is read, and why a question has no answer.

use crate::asof::AsOf;
use crate::mistake::Mistake;
use crate::query::{Query, Viewpoint};
use crate::state::{Batch, State};
use crate::time::end_of_berlin_day;
use crate::words::{Place, Position, Slug};

/// Why a query has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// The position lies beyond the head of the log.
    #[error("position {asked} lies beyond the head of the log, {head}")]
    BeyondHead {
        /// The position that was asked for.
        asked: Position,
        /// The last position of the log.
        head: Position,
    },
    /// The data state lies before anything was known.
    #[error(
        "nothing was known at that time: the first entry was recorded on {first}. To ask about an earlier day of the world, use `to`"
    )]
    BeforeFirstEntry {
        /// When the first batch was recorded, RFC 3339.
        first: String,
    },
    /// The query names a region or a list that is not defined.
    #[error("there is no {what} \"{id}\"")]
    Undefined {
        /// `region` or `list`.
        what: &'static str,
        /// What was asked for.
        id: String,
        /// The nearest known id.
        near: Option<String>,
    },
    /// What the query asks for cannot be: each mistake names the nearest that can.
    #[error("{}", .0.iter().map(|mistake| mistake.message.en.as_str()).collect::<Vec<_>>().join("; "))]
    Impossible(Vec<Mistake>),
    /// More points, lines or rows than one answer may have.
    #[error("{found} {what}, at most {allowed}: narrow the span, the step width or the dimensions")]
    TooMany {
        /// Points, lines or rows.
        what: &'static str,
        /// The number that the answer would have.
        found: usize,
        /// The number that it may have.
        allowed: usize,
    },
}

/// A data state: the end of a batch, or the empty log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataState {
    /// Position of the last entry that is known, [`Position::START`] for none.
    pub position: Position,
    /// The batch that ends there.
    pub batch: Option<Batch>,
    /// Whether the query named a position or a time; "today" is then the day of the data state.
    pub pinned: bool,
}

impl State {
    /// Finds the data state of a viewpoint.
    ///
    /// # Errors
    /// `BeyondHead` and `BeforeFirstEntry`.
    pub fn data_state(&self, viewpoint: Viewpoint) -> Result<DataState, SeriesError> {
        let batch = match viewpoint {
            Viewpoint::Head => self.batch_until(self.head()),
            Viewpoint::Position(asked) if asked > self.head() => {
                return Err(SeriesError::BeyondHead { asked, head: self.head() });
            }
            Viewpoint::Position(position) => self.batch_until(position),
            Viewpoint::Day(day) => self.batch_by(end_of_berlin_day(day) - 1),
            Viewpoint::Instant(instant) => self.batch_by(instant),
        };
        let pinned = viewpoint != Viewpoint::Head;
        if pinned && batch.is_none() {
            let first = self
                .batch(0)
                .map_or_else(|| "never".to_owned(), |first| crate::time::rfc3339(first.recorded_at_ms));
            return Err(SeriesError::BeforeFirstEntry { first });
        }
        Ok(DataState { position: batch.as_ref().map_or(Position::START, |batch| batch.last), batch, pinned })
    }

    /// Returns the position of a data state, the start before anything was known.
    ///
    /// # Errors
    /// `BeyondHead`.
    pub fn position_at(&self, viewpoint: Viewpoint) -> Result<Position, SeriesError> {
        match self.data_state(viewpoint) {
            Ok(data) => Ok(data.position),
            Err(SeriesError::BeforeFirstEntry { .. }) => Ok(Position::START),
            Err(error) => Err(error),
        }
    }
}

impl AsOf<'_> {
    /// Checks that definitions of the regions and the list of a query stand.
    pub(crate) fn check_defined(&self, query: &Query) -> Result<(), SeriesError> {
        for place in query.areas.iter().flatten() {
            self.check_region(place)?;
        }
        match &query.list {
            Some(list)
                if self
                    .state
                    .lists
                    .get(list)
                    .is_none_or(|known| !known.iter().any(|known| known.at(self.position))) =>
            {
                let near = nearest(list, self.state.lists.iter().map(|(list, _)| list));
                Err(SeriesError::Undefined { what: "list", id: list.to_string(), near })
            }
            _ => Ok(()),
        }
    }

    /// Checks that a definition of a region stands; other places are their own.
    ///
    /// # Errors
    /// `Undefined`.
    pub fn check_region(&self, place: &Place) -> Result<(), SeriesError> {
        let Some(region) = place.region() else { return Ok(()) };
        if self
            .state
            .regions
            .get(region)
            .is_some_and(|known| known.iter().any(|known| known.at(self.position)))
        {
            return Ok(());
        }
        let near = nearest(region, self.state.regions.iter().map(|(region, _)| region));
        Err(SeriesError::Undefined { what: "region", id: region.to_string(), near })
    }
}

/// Returns the id that was probably meant.
fn nearest<'a>(id: &Slug, known: impl Iterator<Item = &'a Slug>) -> Option<String> {
    crate::words::nearest(id.as_str(), known.map(Slug::as_str)).map(str::to_owned)
}
