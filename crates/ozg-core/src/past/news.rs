//! News: the batches that changed what is known of a line, today's value or one of the past.

use super::compare::{Compared, Comparison};
use super::ever;
use super::revisions::{self, Ends};
use super::vintages::{key, quoted, start_at};
use crate::count::{Counts, rule};
use crate::lines::{Header, Line, Planned, Point, Points, Row, SeriesError, of_span};
use crate::query::{Every, Query, Viewpoint};
use crate::state::State;
use crate::time::berlin_day;
use crate::words::{Day, Position};
use std::collections::{BTreeMap, BTreeSet};

/// What a batch changed of a line, of one scope and, of periods, of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The end of the batch.
    pub position: Position,
    /// The end of the previous batch at which the line may have changed.
    pub previous: Position,
    /// When the batch was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// The days on which another value begins to hold than was known before, ascending; at least one.
    pub changes: Vec<Change>,
    /// Whether only the past changed, and the value of the day of the batch did not.
    pub is_of_past: bool,
    /// The entries that explain it, by position.
    pub entries: Vec<Position>,
}

/// What was known of a day before and is known of it from then on; several rows where sources contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub day: Day,
    /// The rows known before.
    pub before: Vec<Row>,
    /// The rows known from then on.
    pub after: Vec<Row>,
}

impl News {
    /// Returns the change of the newest day.
    #[must_use]
    pub fn newest(&self) -> Option<&Change> {
        self.changes.last()
    }
}

impl Change {
    /// Returns a row of it, which has its dimensions.
    #[must_use]
    pub fn about(&self) -> Option<&Row> {
        self.after.first().or(self.before.first())
    }

    /// Tells whether a reader sees any difference: another source of the same number makes none.
    fn is_visible(&self) -> bool {
        let seen = |rows: &[Row]| {
            let mut seen: Vec<_> = rows.iter().map(quoted).collect();
            seen.sort_unstable();
            seen.dedup();
            seen
        };
        seen(&self.before) != seen(&self.after)
    }
}

/// News with the comparison that it comes from.
struct Found {
    line: Line,
    comparison: Comparison,
    news: News,
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
        for line in ever::lines(at, query)?.into_iter().filter(|_| !head.is_start()) {
            let states = revisions::of_line(at, &ends, query, &line);
            let first = states.len().saturating_sub(revisions_max);
            let mut later = self.days_of_change(query, &line, head);
            let mut of_line = 0;
            for index in (first..states.len()).rev() {
                let previous = index.checked_sub(1).and_then(|before| states.get(before)).copied();
                let previous = previous.unwrap_or_default();
                let earlier = self.days_of_change(query, &line, previous);
                let days = later.union(&earlier).copied().collect();
                let news = self.news_of(query, &line, (previous, states[index]), days);
                of_line += news.len();
                found.extend(news);
                later = earlier;
                if of_line >= limit {
                    break;
                }
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.news.position));
        found.truncate(limit);
        Ok(found.into_iter().map(Found::explained).collect())
    }

    /// Lists the differences between the data states before and after a batch, on the given days.
    fn news_of(
        &self,
        query: &Query,
        line: &Line,
        (previous, position): (Position, Position),
        days: BTreeSet<Day>,
    ) -> Vec<Found> {
        let Some(batch) = self.batch_of(position) else { return Vec::new() };
        let last = last_day(query, berlin_day(batch.recorded_at_ms));
        let on_day = |day: Day| Point { day, from: day, running: false };
        let points: Vec<Point> = days.into_iter().take_while(|day| *day <= last).map(on_day).collect();
        let query = Query { every: Every::Day, ..query.clone() };
        let comparison = Comparison::new(self.asked(query, position, points), previous);
        // The days of a stock make one item of news for each scope; each period makes one of its own.
        let mut told: BTreeMap<_, (Vec<Change>, bool)> = BTreeMap::new();
        for ((day, scope, period), rows) in comparison.side_by_side(line) {
            let change = change(day, &rows);
            let (changes, is_of_past) = told.entry((scope, period)).or_default();
            *is_of_past = !change.is_visible();
            changes.extend(Some(change).filter(Change::is_visible));
        }
        let told = told.into_values().filter(|(changes, _)| !changes.is_empty());
        let found = told.map(|(changes, is_of_past)| Found {
            line: line.clone(),
            comparison: comparison.clone(),
            news: News {
                position,
                previous,
                recorded_at_ms: batch.recorded_at_ms,
                office: batch.office.clone(),
                changes,
                is_of_past,
                entries: Vec::new(),
            },
        });
        found.collect()
    }

    /// Lists the days on which another value of a line begins, as of a position.
    fn days_of_change(&self, query: &Query, line: &Line, position: Position) -> BTreeSet<Day> {
        let batch = self.batch_of(position);
        let (Some(batch), Some(start)) = (batch, start_at(self.as_of(position), query, line)) else {
            return BTreeSet::new();
        };
        // What was due later may be known at the next data state, too.
        let last = last_day(query, berlin_day(batch.recorded_at_ms));
        let query = Query { every: Every::Change, ..query.clone() };
        let planned = self.asked(query, position, of_span(Every::Change, start, last, None));
        planned.rows_at(line, position).into_iter().map(|row| row.date).collect()
    }

    /// Makes an answer whose lines are computed on the given points, as of a position.
    fn asked(&self, query: Query, position: Position, points: Vec<Point>) -> Planned {
        let header = Header {
            measure: query.measure,
            query,
            position,
            recorded_at_ms: None,
            simulated: self.simulated,
        };
        let points = Points::same(points);
        Planned { header, state: self.clone(), lines: Vec::new(), points }
    }
}

impl Found {
    /// Adds the entries that explain the news, as a comparison names them.
    fn explained(self) -> News {
        let Found { line, comparison, news } = self;
        let causes = comparison.causes(&line);
        let points = news.changes.iter().filter_map(|change| Some((change.day, key(change.about()?))));
        let points = points.map(|(day, (_, scope, period))| (day, scope, period));
        let entries = points.flat_map(|point| causes.until(&point, line.basis));
        let entries: BTreeSet<Position> = entries.collect();
        News { entries: entries.into_iter().collect(), ..news }
    }
}

/// Returns the last day that news of a batch may be about: the day of the batch; for planned milestones any day.
fn last_day(query: &Query, recorded: Day) -> Day {
    let reaches_out = matches!(rule(query.measure).counts, Counts::Plans { overdue: false });
    if reaches_out { Day::LAST } else { recorded }
}

fn change(day: Day, rows: &[Compared]) -> Change {
    let all = |of: fn(&Compared) -> Option<&Row>| rows.iter().filter_map(of).cloned().collect();
    Change {
        day,
        before: all(|compared| compared.against.as_ref()),
        after: all(|compared| compared.row.as_ref()),
    }
}
