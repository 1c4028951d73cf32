//! Two data states side by side, with the entries between them that explain each difference.

use super::vintages::{PointKey, by_point, quoted};
use crate::event::{ClaimScope, EventType, Says};
use crate::lines::{Header, Line, Planned, Row, descendants, is_about, is_published};
use crate::measure::Reports;
use crate::state::{Dated, Known};
use crate::words::{Area, Basis, Day, Place, Position, ServiceId, looked_up};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries that are listed if none can be named precisely.
const ENTRIES_MAX: usize = 1_000;

/// The answers to a query at two data states, planned; computed line by line as they are read.
#[derive(Debug, Clone)]
pub struct Comparison {
    planned: Planned,
    against: Position,
}

/// A point at both data states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What is known at the data state of the query.
    pub row: Option<Row>,
    /// What is known at the other one.
    pub against: Option<Row>,
    /// The entries between the two that explain the difference, by position; none where there is no difference.
    pub entries: Vec<Position>,
}

impl Compared {
    /// Returns a row of the point, which has its date and its dimensions.
    #[must_use]
    pub fn about(&self) -> Option<&Row> {
        self.row.as_ref().or(self.against.as_ref())
    }

    fn differs(&self) -> bool {
        match (&self.row, &self.against) {
            (Some(row), Some(against)) => quoted(row) != quoted(against),
            _ => true,
        }
    }
}

impl Comparison {
    pub(crate) fn new(planned: Planned, against: Position) -> Comparison {
        Comparison { planned, against }
    }

    /// Returns what belongs to all rows.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.planned.header
    }

    /// Lists the names of the sources of the figures that are known at the data state of the query, each once.
    #[must_use]
    pub fn sources(&self) -> Vec<String> {
        self.planned.sources_now()
    }

    /// Returns the position of the data state that is compared with.
    #[must_use]
    pub fn against(&self) -> Position {
        self.against
    }

    /// Computes the points, line by line, each by date.
    pub fn into_rows(self) -> impl Iterator<Item = Compared> + Send {
        (0..self.planned.lines.len()).flat_map(move |index| self.line(&self.planned.lines[index]))
    }

    fn line(&self, line: &Line) -> Vec<Compared> {
        let mut causes = None;
        let mut found = Vec::new();
        for (point, rows) in self.side_by_side(line) {
            for mut compared in rows {
                if compared.differs() {
                    let causes = causes.get_or_insert_with(|| self.causes(line));
                    compared.entries = causes.until(&point, line.basis);
                }
                found.push(compared);
            }
        }
        found
    }

    /// Puts the rows of a line side by side, by point, without what explains them.
    pub(super) fn side_by_side(&self, line: &Line) -> Vec<(PointKey, Vec<Compared>)> {
        let (now, then) = (
            self.planned.rows_at(line, self.planned.header.position),
            self.planned.rows_at(line, self.against),
        );
        let (now, then) = (by_point(&now), by_point(&then));
        let points: BTreeSet<&PointKey> = now.keys().chain(then.keys()).collect();
        let both = |point: &PointKey| {
            let known_now = now.get(point).map_or(&[][..], Vec::as_slice);
            let known_then = then.get(point).map_or(&[][..], Vec::as_slice);
            (point.clone(), pairs(known_now, known_then))
        };
        points.into_iter().map(both).collect()
    }

    /// Finds the entries that may explain the differences of a line.
    pub(super) fn causes(&self, line: &Line) -> Causes {
        Causes::of(self, line)
    }

    /// Returns the entry that was recorded between the two data states: the entry itself, the one that acted on it, or
    /// the one that acted on that.
    fn cause(&self, entry: Position) -> Option<Position> {
        let acted_by = |position: Position| {
            self.planned.state.entry(position).map_or(Position::START, |mark| mark.acted_by)
        };
        let actor = acted_by(entry);
        [acted_by(actor), actor, entry].into_iter().find(|position| self.is_between(*position))
    }

    /// Lists the claims about a line that were ever said, whether they stand or not.
    fn said_of(&self, line: &Line) -> Vec<Said> {
        let (state, about, header) = (&self.planned.state, &line.about, &self.planned.header);
        let is_asked = |scope: &ClaimScope| scope.measure == header.measure && is_about(scope, about);
        let figures = state.figures.iter().filter(|(scope, _)| is_asked(scope));
        let figures = figures.flat_map(|(_, said)| said).filter(|known| is_published(&header.query, known));
        let figures = figures.map(|known| {
            let claim = &known.what.said;
            let scope = claim.scope.scope.as_ref().map(|words| looked_up(words.as_str()));
            self.said(known, (scope, claim.since.map(|since| (since.first(), claim.on.last()))))
        });
        let speaks = |(service, place): &(ServiceId, Place)| {
            header.measure.row().reports != Reports::None
                && about.service.as_ref() == Some(service)
                && about.place == *place
        };
        let reports = state.reuse_reports.iter().filter(|(of, _)| speaks(of)).flat_map(|(_, said)| said);
        let reports = reports.filter(|known| is_published(&header.query, known));
        figures.chain(reports.map(|known| self.said(known, (None, None)))).collect()
    }

    fn said<T>(&self, known: &Known<Dated<T>>, of: Track) -> Said {
        let stands = [self.planned.header.position, self.against].map(|position| known.at(position));
        let entries = self.cause(known.entry).into_iter().flat_map(|cause| self.chain(cause)).collect();
        Said { day: known.what.day, of, stands, entries }
    }

    /// Lists an entry and those that it corrected or withdrew, as far as they lie between the two data states.
    fn chain(&self, last: Position) -> impl Iterator<Item = Position> + '_ {
        let acts_on = |position: &Position| self.planned.state.acts_on(*position);
        std::iter::successors(Some(last), acts_on).take_while(|position| self.is_between(*position))
    }

    fn is_between(&self, position: Position) -> bool {
        let (from, until) = self.span();
        from < position && position <= until
    }

    fn span(&self) -> (Position, Position) {
        let position = self.planned.header.position;
        (position.min(self.against), position.max(self.against))
    }
}

/// Puts rows of one point side by side: those of the same source first, the others in their order.
fn pairs(now: &[&Row], then: &[&Row]) -> Vec<Compared> {
    let mut then: Vec<&Row> = then.to_vec();
    let mut found = Vec::new();
    for row in now {
        let same = then.iter().position(|other| other.source == row.source);
        let same = same.or_else(|| (now.len() == 1 && then.len() == 1).then_some(0));
        let against = same.map(|index| then.remove(index).clone());
        found.push(Compared { row: Some((*row).clone()), against, entries: Vec::new() });
    }
    let gone = then.into_iter();
    found.extend(gone.map(|row| Compared { row: None, against: Some(row.clone()), entries: Vec::new() }));
    found
}

/// What tells claims about a line apart that never compete: the words that narrow them, as they are looked up, and their period.
type Track = (Option<String>, Option<(Day, Day)>);

/// A claim about a line, seen from two data states.
struct Said {
    day: Day,
    of: Track,
    /// Whether it stands at the data state of the query, and at the other one.
    stands: [bool; 2],
    /// The entries between the two that said it, acted on it, and what they corrected.
    entries: Vec<Position>,
}

/// The entries that may explain the differences of a line: those on which it rests at only one of the data states and what was said
/// of it in between, each with its day and with what it corrected in between, and the descriptions of the things that are counted.
/// If there are none, the other entries between the two that may concern the line.
pub(super) struct Causes {
    /// Of a reported line all claims about it.
    said: Vec<Said>,
    named: Vec<(Day, Position)>,
    others: Vec<Position>,
}

impl Causes {
    fn of(comparison: &Comparison, line: &Line) -> Causes {
        let planned = &comparison.planned;
        let last = planned.points.last();
        let at = |position: Position| -> BTreeMap<Position, Day> {
            let behind = planned.behind_line(line, position, last);
            behind.into_iter().map(|(behind, day)| (behind.position, day)).collect()
        };
        let (now, then) = (at(planned.header.position), at(comparison.against));
        let only =
            |left: &BTreeMap<Position, Day>, right: &BTreeMap<Position, Day>| -> Vec<(Position, Day)> {
                left.iter().filter(|(entry, _)| !right.contains_key(entry)).map(|(e, d)| (*e, *d)).collect()
            };
        let differing = [only(&now, &then), only(&then, &now)].concat();
        let causes = differing.into_iter().filter_map(|(entry, day)| Some((day, comparison.cause(entry)?)));
        // What was said in between and corrected again lies between, too.
        let named = causes.flat_map(|(day, cause)| comparison.chain(cause).map(move |one| (day, one)));
        let others = others(comparison, line);
        // A withdrawal counts like the entry that it withdraws.
        let acts_on = |position: &Position| planned.state.acts_on(*position);
        let describes = |position: &&Position| {
            let mut said = std::iter::successors(Some(**position), acts_on);
            line.basis == Basis::Counted
                && said.any(|said| planned.state.type_at(said).is_some_and(EventType::describes))
        };
        // Their day does not matter: a description may change the counts of earlier days, too.
        let describing = others.iter().filter(describes).map(|position| (Day::EVER, *position));
        let said = if line.basis == Basis::Reported { comparison.said_of(line) } else { Vec::new() };
        Causes { said, named: named.chain(describing).collect(), others }
    }

    /// Lists those that may explain a difference at a point, ascending.
    pub(super) fn until(&self, (day, scope, period): &PointKey, basis: Basis) -> Vec<Position> {
        let found: BTreeSet<Position> = if basis == Basis::Reported {
            self.of_claims(*day, &(scope.clone(), *period)).collect()
        } else {
            self.named.iter().filter(|(from, _)| from <= day).map(|(_, entry)| *entry).collect()
        };
        if found.is_empty() { self.others.clone() } else { found.into_iter().collect() }
    }

    /// Lists those of claims. They are looked up, so what lies before the claims that hold at both data states does not matter.
    fn of_claims<'a>(&'a self, day: Day, of: &'a Track) -> impl Iterator<Item = Position> + 'a {
        let said = self.said.iter().filter(move |said| &said.of == of && (of.1.is_some() || said.day <= day));
        let holding = |side: usize| said.clone().filter(|said| said.stands[side]).map(|said| said.day).max();
        let from = [0, 1].into_iter().filter_map(holding).min().unwrap_or(Day::EVER);
        said.filter(move |said| said.day >= from).flat_map(|said| said.entries.iter().copied())
    }
}

/// Lists entries between the two data states that are about the area and the service of a line, or about the catalogue or
/// the registry, as far as they are of the kind that its basis rests on.
fn others(comparison: &Comparison, line: &Line) -> Vec<Position> {
    let (from, until) = comparison.span();
    let state = &comparison.planned.state;
    let area = line.about.place.area();
    let family = line.about.service.as_ref().and_then(|service| state.services.number(service)).map(|own| {
        let mut family = vec![own];
        descendants(state, own, &mut family);
        family
    });
    let concerns = |position: &Position| {
        let (service, place) = state.about(*position);
        let of_basis = match state.type_at(*position).map(EventType::says) {
            Some(Says::Withdrawal) => true,
            Some(Says::Objection) => false,
            Some(Says::Claim) => line.basis != Basis::Counted,
            Some(Says::Progress | Says::Review | Says::Description { .. }) | None => {
                line.basis == Basis::Counted
            }
        };
        let of_area = area == Area::DE || place.is_none_or(|place| place == area || place == Area::DE);
        let of_service = match (&family, service.and_then(|service| state.services.number(service))) {
            (Some(family), Some(number)) => family.contains(&number),
            _ => true,
        };
        of_basis && of_area && of_service
    };
    from.up_to(until).filter(concerns).take(ENTRIES_MAX).collect()
}
