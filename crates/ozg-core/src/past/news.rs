//! News: the batches that changed the value of a line for the day on which they were recorded.

use super::ever;
use super::revisions::{self, Ends};
use crate::lines::{Header, Line, Planned, Point, Row, SeriesError};
use crate::query::{Query, Viewpoint};
use crate::state::State;
use crate::time::berlin_day;
use crate::words::{Day, Position};

/// A value that a batch changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The end of the batch.
    pub position: Position,
    /// The end of the previous batch at which the line may have changed.
    pub previous: Position,
    /// When the batch was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The day in Berlin on which it was recorded, which the values are for.
    pub day: Day,
    /// The office that recorded it.
    pub office: String,
    /// The row known before; none if there was no value.
    pub before: Option<Row>,
    /// The row known from then on; none if there is no value any more.
    pub after: Option<Row>,
}

impl State {
    /// Lists the newest news of all lines of a query, newest first. At most `revisions_max` batches are examined per
    /// line.
    ///
    /// # Errors
    /// The query names a region or a list that is not defined.
    pub fn news(&self, query: &Query, limit: usize, revisions_max: usize) -> Result<Vec<News>, SeriesError> {
        let (head, ends) = (self.data_state(Viewpoint::Head)?.position, Ends::of(self));
        let at = self.as_of(head);
        at.check_possible(query, Day::LAST)?;
        let mut found = Vec::new();
        for line in ever::lines(at, query)? {
            let states = revisions::of_line(at, &ends, query, &line);
            let first = states.len().saturating_sub(revisions_max);
            let mut of_line = 0;
            for index in (first..states.len()).rev().take_while(|_| !head.is_start()) {
                let previous =
                    index.checked_sub(1).and_then(|before| states.get(before)).copied().unwrap_or_default();
                let news = self.news_of(query, &line, states[index], previous);
                of_line += usize::from(news.is_some());
                found.extend(news);
                if of_line == limit {
                    break;
                }
            }
        }
        found.sort_by_key(|news| std::cmp::Reverse(news.position));
        found.truncate(limit);
        Ok(found)
    }

    fn news_of(&self, query: &Query, line: &Line, position: Position, previous: Position) -> Option<News> {
        let batch = self.batch_of(position)?;
        let day = berlin_day(batch.recorded_at_ms);
        let answer = self.of_day(query, day);
        let lowest = |position: Position| {
            let rows = answer.rows_at(line, position);
            rows.into_iter().min_by_key(|row| (row.value.is_none(), row.value, row.share))
        };
        let (before, after) = (lowest(previous), lowest(position));
        let value =
            |row: &Option<Row>| row.as_ref().map(|row| (row.value, row.share, row.qualifier, row.upper));
        let same_value = |row: &Option<Row>| row.as_ref().map(|row| (row.value, row.upper));
        // A change of the denominator alone is no news.
        let is_news = if before.as_ref().and_then(|row| row.value).is_some() {
            same_value(&before) != same_value(&after)
        } else {
            value(&before) != value(&after)
        };
        is_news.then_some(News {
            position,
            previous,
            recorded_at_ms: batch.recorded_at_ms,
            day,
            office: batch.office,
            before,
            after,
        })
    }

    /// Makes an answer about one day, of which lines are computed at any data state.
    fn of_day(&self, query: &Query, day: Day) -> Planned {
        let query = Query { on: Some(day), ..query.clone() };
        let header = Header {
            measure: query.measure,
            query,
            position: self.head(),
            recorded_at_ms: None,
            simulated: self.simulated,
        };
        let points = vec![Point { day, from: day, running: false }];
        Planned { header, state: self.clone(), lines: Vec::new(), points }
    }
}
