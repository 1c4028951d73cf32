//! Two data states side by side, with the entries between them that explain each difference.

use super::vintages::{PointKey, by_point, quoted};
use crate::event::{EventType, Says};
use crate::lines::{Header, Line, Planned, Row, descendants};
use crate::words::{Area, Basis, Day, Position};
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
        for ((day, ..), rows) in self.side_by_side(line) {
            for mut compared in rows {
                if compared.differs() {
                    let causes = causes.get_or_insert_with(|| self.causes(line));
                    compared.entries = causes.until(day, line.basis);
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

/// The entries that may explain the differences of a line: those on which it rests at only one of the data states, each
/// with its day, and the descriptions of the things that are counted. If there are none, the other entries between the
/// two that may concern the line.
pub(super) struct Causes {
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
        let named = differing.into_iter().filter_map(|(entry, day)| Some((day, comparison.cause(entry)?)));
        let others = others(comparison, line);
        // A withdrawal counts like the entry that it withdraws.
        let acts_on =
            |position: &Position| planned.state.entry(*position).and_then(|mark| mark.acts_on.entry());
        let describes = |position: &&Position| {
            let mut said = std::iter::successors(Some(**position), acts_on);
            line.basis == Basis::Counted
                && said.any(|said| planned.state.type_at(said).is_some_and(EventType::describes))
        };
        // Their day does not matter: a description may change the counts of earlier days, too.
        let describing = others.iter().filter(describes).map(|position| (Day::EVER, *position));
        Causes { named: named.chain(describing).collect(), others }
    }

    /// Lists those that may explain a difference on a day, ascending.
    pub(super) fn until(&self, day: Day, basis: Basis) -> Vec<Position> {
        let known = self.named.iter().filter(|(from, _)| *from <= day);
        // Claims are looked up, so only the latest claims matter.
        let latest = known.clone().map(|(from, _)| *from).max().filter(|_| basis == Basis::Reported);
        let speaking = known.filter(|(from, _)| latest.is_none_or(|latest| *from == latest));
        let found: BTreeSet<Position> = speaking.map(|(_, entry)| *entry).collect();
        if found.is_empty() { self.others.clone() } else { found.into_iter().collect() }
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
