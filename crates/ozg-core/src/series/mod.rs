//! Series: the answer to a query, row by row, and what stands beside every value.
//!
//! An answer is planned first (which lines, which points, which viewpoint) and computed line by line as it is read, so
//! that a long one never stands in memory whole.

mod behind;
mod compare;
mod counted;
mod extent;
mod fold;
mod lines;
mod median;
mod news;
mod plans;
mod points;
mod reported;
mod revisions;
mod row;
mod summed;
mod vintages;

pub use behind::Behind;
pub use compare::{Compared, Comparison};
pub use news::News;
pub use row::{COLUMNS, Header, KnownAt, Observed, Row, Status, VINTAGE_COLUMNS, Vintage};

use crate::measure::Measure;
use crate::query::{Every, POINTS_MAX, Query, Shape, Viewpoint};
use crate::state::{Batch, State};
use crate::time::{berlin_day, end_of_berlin_day};
use crate::words::{Area, Basis, Day, Language, Place, Position, Slug};
use extent::Extent;
use lines::Line;
use points::Point;
use reported::Claims;
use vintages::{Past, REVISIONS_MAX};

/// Most rows that one answer may have.
pub const ROWS_MAX: usize = 5_000_000;

/// An answer that has been planned; its rows are computed as they are read.
#[derive(Debug, Clone)]
pub struct Series {
    header: Header,
    state: State,
    lines: Vec<Line>,
    points: Vec<Point>,
    claims: Claims,
    /// The data states that it looks back at, where it does.
    past: Option<Past>,
}

/// Why a question has no answer.
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
        "nothing was known then: the first entry was recorded on {first}; for the world of an earlier day use `to`"
    )]
    BeforeFirstEntry {
        /// When the first batch was recorded, RFC 3339.
        first: String,
    },
    /// Something that is asked about is not defined.
    #[error("there is no {what} \"{id}\"")]
    Undefined {
        /// `region` or `list`.
        what: &'static str,
        /// What was asked for.
        id: String,
        /// The nearest that there is.
        near: Option<String>,
    },
    /// More points, lines or rows than one answer may have.
    #[error("{found} {what}, at most {allowed}: narrow the span, the step width or the dimensions")]
    TooMany {
        /// Points, lines or rows.
        what: &'static str,
        /// How many there would be.
        found: usize,
        /// How many there may be.
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
    /// Whether it was asked for by position or time, so that "today" is its own day.
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

    /// Plans the answer to a query. `today` is the day in Berlin.
    ///
    /// # Errors
    /// A viewpoint that does not exist, or more points or rows than allowed.
    pub fn series(&self, query: &Query, today: Day) -> Result<Series, SeriesError> {
        let data = self.data_state(query.viewpoint)?;
        self.check_defined(query, data.position)?;
        let since = query.updated_after.map(|since| self.position_at(since)).transpose()?;
        let since = since.map(|since| since.min(data.position));
        if since.is_some() || query.vintages.is_some() {
            return self.looking_back(query, today, data, since);
        }
        let claims = Claims::gather(self, query, data.position);
        let lines = lines::plan(self, query, data.position, &claims)?;
        self.answer(query, today, data, (claims, lines, None))
    }

    /// Checks that definitions of the regions and the list of a query stand as of a position.
    fn check_defined(&self, query: &Query, position: Position) -> Result<(), SeriesError> {
        for place in query.areas.iter().flatten() {
            self.check_region(place, position)?;
        }
        match &query.list {
            Some(list)
                if self.lists.get(list).is_none_or(|known| !known.iter().any(|known| known.at(position))) =>
            {
                let near = nearest(list, self.lists.iter().map(|(list, _)| list));
                Err(SeriesError::Undefined { what: "list", id: list.to_string(), near })
            }
            _ => Ok(()),
        }
    }

    /// Checks that a definition of a region stands as of a position; other places are their own.
    ///
    /// # Errors
    /// `Undefined`.
    pub fn check_region(&self, place: &Place, position: Position) -> Result<(), SeriesError> {
        let Some(region) = place.region() else { return Ok(()) };
        if self.regions.get(region).is_some_and(|known| known.iter().any(|known| known.at(position))) {
            return Ok(());
        }
        let near = nearest(region, self.regions.iter().map(|(region, _)| region));
        Err(SeriesError::Undefined { what: "region", id: region.to_string(), near })
    }

    /// Plans the answer about every claim of a measure, whatever it is about, on each day up to `today` on which another
    /// begins to hold.
    ///
    /// # Errors
    /// A viewpoint that does not exist.
    pub fn claims(&self, measure: Measure, viewpoint: Viewpoint, today: Day) -> Result<Series, SeriesError> {
        let bases = vec![Basis::Reported];
        let query = Query { bases, every: Every::Change, to: Some(today), viewpoint, ..Query::new(measure) };
        let data = self.data_state(viewpoint)?;
        let claims = Claims::gather(self, &query, data.position);
        let lines = claims.lines();
        self.answer(&query, today, data, (claims, lines, None))
    }

    /// Returns the first day that anything is known of, as of a position: the first milestone, claim or plan.
    #[must_use]
    pub fn first_day(&self, position: Position) -> Option<Day> {
        let figures = self.figures.iter().flat_map(|(_, known)| known);
        let figures = figures.filter(|known| known.at(position)).map(|known| known.what.day);
        let reports = self.reuse_reports.iter().flat_map(|(_, known)| known);
        let reports = reports.filter(|known| known.at(position)).map(|known| known.what.day);
        let reached = counted::first_day(self, Area::DE, position);
        let planned = plans::first_plan(&Extent::of(self, &Place::Area(Area::DE), None, position));
        figures.chain(reports).chain(reached).chain(planned).min()
    }

    /// Plans the comparison of the answers to a query at its data state and at another one.
    ///
    /// # Errors
    /// Those of [`State::series`], of either data state.
    pub fn compare(&self, query: &Query, against: Viewpoint, today: Day) -> Result<Comparison, SeriesError> {
        let data = self.data_state(query.viewpoint)?;
        let against = self.position_at(against)?;
        let mut series = self.looking_back(query, today, data, Some(against))?;
        series.header.query.updated_after = None;
        Ok(Comparison::new(series, against))
    }

    /// Plans an answer that looks back at earlier data states.
    fn looking_back(
        &self,
        query: &Query,
        today: Day,
        data: DataState,
        since: Option<Position>,
    ) -> Result<Series, SeriesError> {
        let (past, lines) = Past::plan(self, query, data.position, since)?;
        let query = &Query { updated_after: since.map(Viewpoint::Position), ..query.clone() };
        self.answer(query, today, data, (Claims::default(), lines, Some(past)))
    }

    /// Returns the position of a data state, the start before anything was known.
    fn position_at(&self, viewpoint: Viewpoint) -> Result<Position, SeriesError> {
        match self.data_state(viewpoint) {
            Ok(data) => Ok(data.position),
            Err(SeriesError::BeforeFirstEntry { .. }) => Ok(Position::START),
            Err(error) => Err(error),
        }
    }

    fn answer(
        &self,
        query: &Query,
        today: Day,
        data: DataState,
        (claims, mut lines, mut past): (Claims, Vec<Line>, Option<Past>),
    ) -> Result<Series, SeriesError> {
        // A pinned answer ends by itself on the day of its data state; what is asked for expressly may go on to today.
        let end = match (&data.batch, data.pinned) {
            (Some(batch), true) => berlin_day(batch.recorded_at_ms).min(today),
            _ => today,
        };
        let mut effective = query.clone();
        effective.viewpoint = Viewpoint::Position(data.position);
        if query.shape == Shape::Wide {
            effective.language = query.language.or(Some(Language::German));
        }
        let reaches_out = query.measure == Measure::MilestonesPlanned || query.bases.contains(&Basis::Target);
        let cut = |day: Day| if reaches_out { day } else { day.min(today) };
        effective.to = Some(query.to.map_or(end, cut));
        effective.on = query.on.map(cut);
        let first = lines.iter().map(|line| line.start).min();
        let from = query.from.or(first).or(effective.to);
        effective.from = from;
        let points = match (effective.on, from, effective.to) {
            (Some(on), ..) => vec![Point { day: on, from: on, running: false }],
            (None, Some(from), Some(to)) => points::of_span(query.every, from, to, query.last),
            _ => Vec::new(),
        };
        if effective.on.is_some() {
            (effective.from, effective.to, effective.last) = (None, None, None);
            effective.every = Every::Month;
        }
        if points.len() > POINTS_MAX {
            return Err(SeriesError::TooMany { what: "points", found: points.len(), allowed: POINTS_MAX });
        }
        let rows = points.len().saturating_mul(lines.len());
        // On change there are as many rows as there are changes, which the log bounds.
        if rows > ROWS_MAX && effective.every != Every::Change {
            return Err(SeriesError::TooMany { what: "rows", found: rows, allowed: ROWS_MAX });
        }
        let last_day = effective.on.or(effective.to).unwrap_or(today);
        match &mut past {
            Some(past) => past.retain(&mut lines, |line| line.start <= last_day),
            None => lines.retain(|line| line.start <= last_day),
        }
        check_revisions(past.as_ref(), points.len(), effective.every)?;
        let header = Header {
            measure: query.measure,
            query: effective,
            position: data.position,
            recorded_at_ms: data.batch.map(|batch| batch.recorded_at_ms),
            simulated: self.simulated,
        };
        Ok(Series { header, state: self.clone(), lines, points, claims, past })
    }
}

impl Series {
    /// Returns what belongs to all rows.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Tells whether the answer may have more rows than a number: without conflicts it has one a point of each line at most.
    #[must_use]
    pub fn may_exceed(&self, rows: usize) -> bool {
        // Sources that contradict each other have a row each; so many of them are not credible.
        const ROWS_OF_POINT: usize = 16;
        self.header.query.every == Every::Change
            || self.header.query.vintages.is_some()
            || self.points.len().saturating_mul(self.lines.len()).saturating_mul(ROWS_OF_POINT) > rows
    }

    /// Computes the rows, line by line, each by date.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.lines.len()).flat_map(|index| self.rows_of(index))
    }

    /// Computes the rows like [`Series::rows`], owning the answer.
    pub fn into_rows(self) -> impl Iterator<Item = Row> + Send {
        (0..self.lines.len()).flat_map(move |index| self.rows_of(index))
    }

    fn rows_of(&self, index: usize) -> Vec<Row> {
        match &self.past {
            Some(past) => self.rows_with_past(past, index),
            None => self.rows_with(&self.header, &self.lines[index], &self.claims),
        }
    }

    fn rows_with(&self, header: &Header, line: &Line, claims: &Claims) -> Vec<Row> {
        match line.basis {
            Basis::Counted => counted::rows(&self.state, header, line, &self.points),
            Basis::Reported => reported::rows(&self.state, header, line, &self.points, claims),
            Basis::Summed => summed::rows(&self.state, header, line, &self.points, claims),
            Basis::Target => plans::target_rows(&self.state, header, line, &self.points),
        }
    }
}

/// Returns what was probably meant.
fn nearest<'a>(id: &Slug, known: impl Iterator<Item = &'a Slug>) -> Option<String> {
    crate::words::nearest(id.as_str(), known.map(Slug::as_str)).map(str::to_owned)
}

/// Bounds the work of looking back: so many answers of lines, each of so many points.
fn check_revisions(past: Option<&Past>, points: usize, every: Every) -> Result<(), SeriesError> {
    if let Some((found, allowed)) = past.and_then(Past::exceeded) {
        return Err(SeriesError::TooMany { what: "vintages", found, allowed });
    }
    let revisions = past.map_or(0, Past::revisions);
    // On change a line has as many points as it has changes, which the log bounds.
    let found = if every == Every::Change { revisions } else { revisions.saturating_mul(points) };
    let allowed = if every == Every::Change { REVISIONS_MAX } else { ROWS_MAX };
    if found > allowed {
        return Err(SeriesError::TooMany { what: "vintages", found, allowed });
    }
    Ok(())
}
