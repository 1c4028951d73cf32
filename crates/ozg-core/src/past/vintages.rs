//! Vintages: the values that were known for each point, each from one data state until another. A line is answered as
//! of every position at which it may have changed, and the answers that differ are kept.

use super::revisions::Ends;
use super::{ever, revisions};
use crate::asof::AsOf;
use crate::lines::{self, Claims, Header, KnownAt, Line, Planned, Row, SeriesError, Status, Vintage};
use crate::query::{Query, Vintages};
use crate::words::{Basis, Day, Number, Position, Qualifier};
use std::collections::BTreeMap;

/// Most past answers of lines behind one answer with vintages.
pub(crate) const REVISIONS_MAX: usize = 200_000;
/// Most past answers of lines that are computed on demand: of a service, an authority, a region, a list of services, a
/// territory, and medians. Other lines are read from stored sums.
pub(crate) const FOLDED_REVISIONS_MAX: usize = 20_000;

/// The data states that an answer looks back at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    /// For each line the ends of batches at which it is answered, ascending, the data state of the answer last.
    states: Vec<Vec<Position>>,
    /// Number of past answers of lines.
    revisions: usize,
    /// Number of them that are computed on demand.
    folded: usize,
    /// The data state compared with.
    pub(crate) since: Option<Position>,
}

/// A row with the span of positions in which it was known.
#[derive(Debug, Clone)]
struct Span {
    row: Row,
    from: Position,
    until: Option<Position>,
}

impl Past {
    /// Plans the lines of an answer that looks back, each with the data states at which it is answered and its first day.
    ///
    /// # Errors
    /// More lines than one answer may have.
    pub(crate) fn plan(
        at: AsOf<'_>,
        query: &Query,
        since: Option<Position>,
    ) -> Result<(Past, Vec<Line>), SeriesError> {
        let mut past = Past { since, ..Past::default() };
        let mut found = Vec::new();
        let entries = if query.vintages.is_some() { Ends::of(at.state) } else { Ends::default() };
        for line in ever::lines(at, query)? {
            let mut states = match query.vintages {
                Some(_) => revisions::of_line(at, &entries, query, &line),
                None => vec![at.position],
            };
            states.extend(since.filter(|since| !since.is_start()));
            states.sort_unstable();
            states.dedup();
            // A query beyond the limit is refused before its lines are computed.
            let is_folded = query.vintages.is_some() && revisions::is_folded(query, &line);
            past.folded += if is_folded { states.len() } else { 0 };
            if past.exceeded().is_some() {
                break;
            }
            // The latest vintage begins where the line begins now; earlier ones may begin earlier.
            let now_only = matches!(query.vintages, Some(Vintages::Latest));
            let asked =
                states.iter().filter(|known| !now_only || **known == at.position || Some(**known) == since);
            let starts = asked.filter_map(|known| start_at(at.state.as_of(*known), query, &line));
            if let Some(start) = starts.min() {
                found.push(Line { start, ..line });
                past.revisions += states.len();
                past.states.push(states);
            }
        }
        Ok((past, found))
    }

    /// Returns the number of past answers and the allowed number, if there are too many.
    pub(crate) fn exceeded(&self) -> Option<(usize, usize)> {
        let of = |found: usize, allowed: usize| (found > allowed).then_some((found, allowed));
        of(self.folded, FOLDED_REVISIONS_MAX).or(of(self.revisions, REVISIONS_MAX))
    }

    /// Returns how many answers of lines the answer rests on.
    pub(crate) fn revisions(&self) -> usize {
        self.revisions
    }

    /// Computes the rows of a line with its vintages, or only the updated rows, or both.
    pub(crate) fn rows(&self, planned: &Planned, index: usize) -> Vec<Row> {
        let (line, position) = (&planned.lines[index], planned.header.position);
        let Some(vintages) = planned.header.query.vintages else {
            let since = self.since.unwrap_or_default();
            return updated(&planned.rows_at(line, since), &planned.rows_at(line, position));
        };
        let spans = planned.spans(line, &self.states[index]);
        let mut rows: Vec<Row> = match vintages {
            Vintages::Latest => planned.latest(line, self.since, &spans),
            Vintages::First => planned.chosen(&spans, self.since, first),
            Vintages::All => planned.chosen(&spans, self.since, |spans| spans.to_vec()),
            Vintages::Changed => planned.chosen(&spans, self.since, changed),
        };
        rows.sort_by_key(|row| row.date);
        rows
    }

    /// Leaves out lines together with their data states.
    pub(crate) fn retain(&mut self, lines: &mut Vec<Line>, keep: impl Fn(&Line) -> bool) {
        let mut kept = lines.iter().map(&keep).collect::<Vec<bool>>().into_iter();
        self.states.retain(|_| kept.next().unwrap_or_default());
        lines.retain(keep);
    }
}

/// Gathers the claims that a line rests on.
pub(crate) fn claims_of(at: AsOf<'_>, query: &Query, line: &Line) -> Claims {
    match line.basis {
        Basis::Reported => Claims::gather_of(at, query, Some(&line.about)),
        Basis::Summed => Claims::gather(at, query),
        Basis::Counted | Basis::Target => Claims::default(),
    }
}

/// Returns the first day on which a line has a value, as of a position.
pub(crate) fn start_at(at: AsOf<'_>, query: &Query, line: &Line) -> Option<Day> {
    let claims = claims_of(at, query, line);
    lines::start(at, query, (&line.about, line.basis), &claims)
}

impl Planned {
    /// Computes the rows of a line as of a position.
    pub(crate) fn rows_at(&self, line: &Line, position: Position) -> Vec<Row> {
        if position.is_start() {
            return Vec::new();
        }
        let (at, query) = (self.state.as_of(position), &self.header.query);
        let claims = claims_of(at, query, line);
        let start = lines::start(at, query, (&line.about, line.basis), &claims);
        let Some(start) = start else { return Vec::new() };
        let header = Header { position, ..self.header.clone() };
        self.rows_with(&header, &Line { start, ..line.clone() }, &claims)
    }

    /// Answers a line at each of its data states and keeps the rows that differ.
    fn spans(&self, line: &Line, states: &[Position]) -> Vec<Span> {
        let mut open: BTreeMap<Day, Vec<Span>> = BTreeMap::new();
        let mut closed = Vec::new();
        for at in states {
            let mut now: BTreeMap<Day, Vec<Row>> = BTreeMap::new();
            for row in self.rows_at(line, *at) {
                now.entry(row.date).or_default().push(row);
            }
            for (day, spans) in &mut open {
                let rows = now.get_mut(day);
                let known = rows.map_or(&mut [][..], |rows| rows.as_mut_slice());
                let gone = spans.extract_if(.., |span| !known.contains(&span.row));
                closed.extend(gone.map(|span| Span { until: Some(*at), ..span }));
            }
            for (day, rows) in now {
                let spans = open.entry(day).or_default();
                let new: Vec<Row> =
                    rows.into_iter().filter(|row| spans.iter().all(|span| span.row != *row)).collect();
                spans.extend(new.into_iter().map(|row| Span { row, from: *at, until: None }));
            }
        }
        closed.extend(open.into_values().flatten());
        closed.sort_by(|left, right| {
            (left.row.date, &left.row.scope, left.from).cmp(&(right.row.date, &right.row.scope, right.from))
        });
        closed
    }

    /// Marks the rows of now with the data state from which each was known.
    fn latest(&self, line: &Line, since: Option<Position>, spans: &[Span]) -> Vec<Row> {
        let now = self.rows_at(line, self.header.position);
        let rows = match since {
            Some(since) => updated(&self.rows_at(line, since), &now),
            None => now,
        };
        let with_vintage = |row: Row| {
            let open = spans.iter().filter(|span| span.until.is_none() && span.row == row);
            // A withdrawn row is known as withdrawn from the end of its last value on.
            let ended = spans.iter().filter(|span| key(&span.row) == key(&row));
            let from = open
                .map(|span| span.from)
                .next()
                .or_else(|| ended.filter_map(|span| span.until).max())
                .unwrap_or(self.header.position);
            self.marked(Span { row, from, until: None })
        };
        rows.into_iter().map(with_vintage).collect()
    }

    /// Chooses among the vintages of each point; those that neither began nor ended since are left out.
    fn chosen(
        &self,
        spans: &[Span],
        since: Option<Position>,
        choose: impl for<'a> Fn(&[&'a Span]) -> Vec<&'a Span>,
    ) -> Vec<Row> {
        let mut points: BTreeMap<_, Vec<&Span>> = BTreeMap::new();
        for span in spans {
            points.entry(key(&span.row)).or_default().push(span);
        }
        let after = |at: Position| since.is_none_or(|since| at > since);
        let is_new = |span: &&Span| after(span.from) || span.until.is_some_and(after);
        let mut rows = Vec::new();
        for spans in points.into_values() {
            rows.extend(choose(&spans).into_iter().filter(is_new).map(|span| self.marked(span.clone())));
        }
        rows
    }

    fn marked(&self, span: Span) -> Row {
        let at = |position: Position| KnownAt {
            position,
            recorded_at_ms: self.state.batch_of(position).map_or(0, |batch| batch.recorded_at_ms),
        };
        Row { vintage: Some(Vintage { from: at(span.from), until: span.until.map(at) }), ..span.row }
    }
}

/// The key of the point that a row of a line stands for.
pub(crate) fn key(row: &Row) -> PointKey {
    (row.date, row.scope_looked_up(), row.period())
}

/// The key of a point within a line: the day, the words that narrow a claim, its period.
pub(crate) type PointKey = (Day, Option<String>, Option<(Day, Day)>);

/// A number as a reader quotes it: with its qualifier and the higher end of a range.
type Quoted = (Option<Number>, Option<Qualifier>, Option<Number>);

/// The parts of a row that a reader quotes: value, denominator, share.
pub(crate) fn quoted(row: &Row) -> [Quoted; 3] {
    [
        (row.value, row.qualifier, row.upper),
        (row.denominator, row.denominator_qualifier, row.denominator_upper),
        (row.share, row.share_qualifier, row.share_upper),
    ]
}

fn first<'a>(spans: &[&'a Span]) -> Vec<&'a Span> {
    let first = spans.iter().map(|span| span.from).min();
    spans.iter().copied().filter(|span| Some(span.from) == first).collect()
}

/// Returns all vintages of a point whose value changed or ended after it was first known; none of other points.
fn changed<'a>(spans: &[&'a Span]) -> Vec<&'a Span> {
    let known_first = first(spans);
    let is_new = |span: &&&Span| known_first.iter().all(|first| quoted(&first.row) != quoted(&span.row));
    let is_gone = |first: &&&Span| {
        let still = spans.iter().filter(|span| span.until.is_none());
        still.into_iter().all(|span| quoted(&span.row) != quoted(&first.row))
    };
    let revised = spans.iter().any(|span| is_new(&span)) || known_first.iter().any(|first| is_gone(&first));
    if revised { spans.to_vec() } else { Vec::new() }
}

/// Keeps the rows that differ from those known before. A row that is no longer known has an empty value and is marked
/// as withdrawn.
fn updated(before: &[Row], now: &[Row]) -> Vec<Row> {
    let (old, new) = (by_point(before), by_point(now));
    let mut rows = Vec::new();
    for (point, were) in &old {
        let are = new.get(point).map_or(&[][..], Vec::as_slice);
        let is_gone = |row: &&&Row| {
            are.is_empty() || (are.len() < were.len() && are.iter().all(|other| other.source != row.source))
        };
        rows.extend(were.iter().filter(is_gone).map(|row| withdrawn(row)));
    }
    let differs = |row: &Row| old.get(&key(row)).is_none_or(|were| !were.contains(&row));
    rows.extend(now.iter().filter(|row| differs(row)).cloned());
    rows.sort_by_key(|row| row.date);
    rows
}

/// Sorts the rows of a line by the point that they stand for.
pub(crate) fn by_point(rows: &[Row]) -> BTreeMap<PointKey, Vec<&Row>> {
    let mut points: BTreeMap<_, Vec<&Row>> = BTreeMap::new();
    rows.iter().for_each(|row| points.entry(key(row)).or_default().push(row));
    points
}

fn withdrawn(row: &Row) -> Row {
    Row {
        value: None,
        qualifier: None,
        upper: None,
        denominator: None,
        denominator_qualifier: None,
        denominator_upper: None,
        share_qualifier: None,
        share_upper: None,
        remarks: Vec::new(),
        share: None,
        status: Status {
            withdrawn: true,
            conflict: false,
            disputed: false,
            carried: false,
            partial: false,
            ..row.status
        },
        ..row.clone()
    }
}
