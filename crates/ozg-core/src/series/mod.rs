//! Series: the answer to a query, row by row, and what stands beside every value.
//!
//! An answer is planned first (which lines, which points, which viewpoint) and computed line by line as it is read, so
//! that a long one never stands in memory whole.

mod claimed;
mod left_out;
mod names;
mod spelt_out;

pub use crate::count::{Missing, NotExecuted, OpenAsked, OpenPlan};
pub use crate::lines::{
    Claimed, DataState, Header, KnownAt, Observed, Proof, Row, SeriesError, Status, Vintage,
};
pub use crate::past::{Behind, Change, Compared, Comparison, Concerns, News};
pub use claimed::Covered;
pub use left_out::LeftOut;

use crate::lines::{self, Claims, Line, Planned, Points};
use crate::measure::Measure;
use crate::past::{Past, REVISIONS_MAX};
use crate::query::{Every, POINTS_MAX, Query, Viewpoint};
use crate::state::State;
use crate::words::{Basis, ClaimKind, Day, Position};

/// Most rows that one answer may have.
pub const ROWS_MAX: usize = 5_000_000;

/// An answer that has been planned; its rows are computed as they are read.
#[derive(Debug, Clone)]
pub struct Series {
    planned: Planned,
    claims: Claims,
    /// The data states that it looks back at, where it does.
    past: Option<Past>,
}

impl State {
    /// Plans the answer to a query. `today` is the day in Berlin.
    ///
    /// # Errors
    /// A viewpoint that does not exist, or more points or rows than allowed.
    ///
    /// # Examples
    /// How many services had been launched in Brandenburg by the end of May 2024?
    ///
    /// ```
    /// # use ozg_core::event::{EventId, Form, Raw, RawEvent, Where};
    /// # use ozg_core::ledger::{OnConflict, Request, Rights};
    /// use ozg_core::measure::Measure;
    /// use ozg_core::query::Query;
    /// use ozg_core::state::State;
    /// use ozg_core::words::{Day, Number};
    ///
    /// # let read = |line, fields: &[(&str, &str)]| {
    /// #     let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), Raw::text(value))).collect();
    /// #     RawEvent { at: Where { line, form: Form::None }, fields }.read(None)
    /// # };
    /// # let listed = [("type", "service-listed"), ("service", "ozg:10255"), ("name", "Aufenthalt")];
    /// # let launched = [("service", "ozg:10255"), ("place", "BB"), ("stage", "launched"), ("on", "2024-03-01")];
    /// # let launched = [&[("type", "milestone-reached")], &launched[..]].concat();
    /// # let drafts = [read(1, &listed)?, read(2, &launched)?];
    /// #
    /// # let (rights, now_ms, on_conflict) = (Rights::default(), 1_717_200_000_000, OnConflict::Reject);
    /// # let request = Request { office: "bb", rights, now_ms, on_conflict, was_accepted: false };
    /// # let mut last = 0;
    /// # let mut new_id = || {
    /// #     last += 1;
    /// #     EventId::from_u128(last)
    /// # };
    /// # let state = State::default().accept(&drafts, &request, &mut new_id)?.into_state(&request, now_ms, false);
    /// // A log with two entries: a service is listed, and it was launched in Brandenburg on 1 March 2024.
    /// let parameters = [("area", "BB"), ("basis", "counted"), ("on", "2024-05-31")];
    /// let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
    /// let query = Query::read(Measure::ServicesLaunched, &parameters)?;
    /// let today = Day::from_ymd(2024, 6, 1).expect("a day of the calendar");
    /// let series = state.series(&query, today).expect("the answer is small");
    /// let row = series.rows().next().expect("one row");
    /// assert_eq!(row.value, Some(Number::from(1)));
    /// // Nobody declared the catalogue complete, so nothing stands below the line: "1 of 1" would be read as 100 %.
    /// assert_eq!(row.denominator, None);
    /// # Ok::<(), Vec<ozg_core::mistake::Mistake>>(())
    /// ```
    pub fn series(&self, query: &Query, today: Day) -> Result<Series, SeriesError> {
        let data = self.data_state(query.viewpoint)?;
        let at = self.as_of(data.position);
        at.check_possible(query, today)?;
        let since = query.updated_after.map(|since| self.position_at(since)).transpose()?;
        let since = since.map(|since| since.min(data.position));
        if since.is_some() || query.vintages.is_some() {
            return self.looking_back(query, today, data, since);
        }
        let claims = Claims::gather(at, query);
        let lines = lines::plan(at, query, &claims)?;
        self.answer(query, today, data, (claims, lines, None))
    }

    /// Plans the answer to a query like [`State::series`], and lists what it leaves out; none where its data state is pinned or
    /// it looks back.
    ///
    /// # Errors
    /// Those of [`State::series`].
    pub fn series_and_left_out(
        &self,
        query: &Query,
        today: Day,
    ) -> Result<(Series, Option<Vec<LeftOut>>), SeriesError> {
        let data = self.data_state(query.viewpoint)?;
        if data.pinned || query.updated_after.is_some() || query.vintages.is_some() {
            return Ok((self.series(query, today)?, None));
        }
        let at = self.as_of(data.position);
        at.check_possible(query, today)?;
        let (bases, kinds) = (vec![Basis::Reported], ClaimKind::all().collect());
        let mut claims = Claims::gather(at, &Query { bases, kinds, ..query.clone() });
        let left_out = left_out::Asked::new(at, query, today).left_out(&claims);
        claims.narrow(query);
        let lines = lines::plan(at, query, &claims)?;
        Ok((self.answer(query, today, data, (claims, lines, None))?, Some(left_out)))
    }

    /// Plans the answer about every stock that is claimed of a measure, whatever it is about, on each day up to `today` on which another
    /// begins to hold.
    ///
    /// # Errors
    /// A viewpoint that does not exist.
    pub fn claims(&self, measure: Measure, viewpoint: Viewpoint, today: Day) -> Result<Series, SeriesError> {
        let (bases, kinds) = (vec![Basis::Reported], vec![ClaimKind::Stock]);
        let query =
            Query { bases, kinds, every: Every::Change, to: Some(today), viewpoint, ..Query::new(measure) };
        let data = self.data_state(viewpoint)?;
        let claims = Claims::gather(self.as_of(data.position), &query);
        let lines = claims.lines();
        self.answer(&query, today, data, (claims, lines, None))
    }

    /// Plans the comparison of the answers to a query at its data state and at another one.
    ///
    /// # Errors
    /// Those of [`State::series`], of either data state.
    pub fn compare(&self, query: &Query, against: Viewpoint, today: Day) -> Result<Comparison, SeriesError> {
        let data = self.data_state(query.viewpoint)?;
        self.as_of(data.position).check_possible(query, today)?;
        let against = self.position_at(against)?;
        let mut planned = self.looking_back(query, today, data, Some(against))?.planned;
        planned.header.query.updated_after = None;
        Ok(Comparison::new(planned, against))
    }

    /// Plans an answer that looks back at earlier data states.
    fn looking_back(
        &self,
        query: &Query,
        today: Day,
        data: DataState,
        since: Option<Position>,
    ) -> Result<Series, SeriesError> {
        let (past, lines) = Past::plan(self.as_of(data.position), query, since)?;
        let query = &Query { updated_after: since.map(Viewpoint::Position), ..query.clone() };
        self.answer(query, today, data, (Claims::default(), lines, Some(past)))
    }

    fn answer(
        &self,
        query: &Query,
        today: Day,
        data: DataState,
        (claims, mut lines, mut past): (Claims, Vec<Line>, Option<Past>),
    ) -> Result<Series, SeriesError> {
        let effective = spelt_out::spelt_out(self.as_of(data.position), query, (&data, today), &lines);
        let points = Points::of_query(&effective, today);
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
        let planned = Planned { header, state: self.clone(), lines, points };
        Ok(Series { planned, claims, past })
    }
}

impl Series {
    /// Returns what belongs to all rows.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.planned.header
    }

    /// Tells whether the answer may have more rows than a number: without conflicts it has one a point of each line at most.
    #[must_use]
    pub fn may_exceed(&self, rows: usize) -> bool {
        // Each of the sources that contradict each other has a row; more than this are not expected.
        const ROWS_OF_POINT: usize = 16;
        self.planned.header.query.every == Every::Change
            || self.planned.header.query.vintages.is_some()
            || self
                .planned
                .points
                .len()
                .saturating_mul(self.planned.lines.len())
                .saturating_mul(ROWS_OF_POINT)
                > rows
    }

    /// Computes the rows, line by line, each by date.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.planned.lines.len()).flat_map(|index| self.rows_of(index))
    }

    /// Computes the rows like [`Series::rows`], owning the answer.
    pub fn into_rows(self) -> impl Iterator<Item = Row> + Send {
        (0..self.planned.lines.len()).flat_map(move |index| self.rows_of(index))
    }

    /// Lists the entries that the values of the answer rest on, up to its last day, by position.
    #[must_use]
    pub fn entries(&self) -> Vec<Behind> {
        self.planned.entries(self.past.is_none().then_some(&self.claims))
    }

    /// Lists the names of the sources of the figures that the answer shows, each once; of one that looks back those at its data
    /// state.
    #[must_use]
    pub fn sources(&self) -> Vec<String> {
        match &self.past {
            None => self.planned.sources(&self.claims),
            Some(_) => self.planned.sources_now(),
        }
    }

    fn rows_of(&self, index: usize) -> Vec<Row> {
        match &self.past {
            Some(past) => past.rows(&self.planned, index),
            None => self.planned.rows_with(&self.planned.header, &self.planned.lines[index], &self.claims),
        }
    }
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
