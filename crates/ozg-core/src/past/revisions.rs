//! The data states at which a line may have changed. Too many are harmless, since an answer that does not differ makes
//! no vintage.

use crate::asof::AsOf;
use crate::count::{self, About, Counts};
use crate::event::{EventType, Says};
use crate::lines::{Line, descendants, is_about};
use crate::measure::{Measure, Reports};
use crate::query::Query;
use crate::state::{Known, State};
use crate::words::{Basis, Position, ServiceId};
use std::collections::{BTreeMap, BTreeSet};

/// Lists the ends of batches up to a position at which a line may have changed, ascending; the position is the last.
pub(crate) fn of_line(at: AsOf<'_>, entries: &Ends, query: &Query, line: &Line) -> Vec<Position> {
    let (state, position) = (at.state, at.position);
    let mut found = BTreeSet::new();
    match line.basis {
        Basis::Reported => claims(state, query.measure, Some(&line.about), &mut found),
        Basis::Summed => {
            claims(state, query.measure, None, &mut found);
            entries.of_line(state, &line.about, &mut found);
        }
        Basis::Target => targets(state, query.measure, &line.about, &mut found),
        Basis::Counted => counted((state, entries), query, &line.about, &mut found),
    }
    // An objection shows beside the values that rest on its entry.
    state.objections.iter().for_each(|(_, history)| put(history, &mut found));
    let ends = found.into_iter().filter(|found| *found <= position);
    let ends = ends.filter_map(|found| state.batch_of(found)).map(|batch| batch.last);
    let mut ends: Vec<Position> = ends.filter(|end| *end < position).chain([position]).collect();
    ends.dedup();
    ends
}

fn put<T>(history: &[Known<T>], found: &mut BTreeSet<Position>) {
    found.extend(history.iter().flat_map(|known| [known.from, known.until]));
}

fn claims(state: &State, measure: Measure, about: Option<&About>, found: &mut BTreeSet<Position>) {
    for (scope, history) in state.figures.iter() {
        if scope.measure == measure && about.is_none_or(|about| is_about(scope, about)) {
            put(history, found);
        }
    }
    if measure.row().reports == Reports::None {
        return;
    }
    for ((service, place), history) in state.reuse_reports.iter() {
        if about.is_none_or(|about| about.service.as_ref() == Some(service) && about.place == *place) {
            put(history, found);
        }
    }
}

fn targets(state: &State, measure: Measure, about: &About, found: &mut BTreeSet<Position>) {
    let fitting =
        state.targets.iter().filter(|(scope, _)| scope.measure == measure && is_about(scope, about));
    fitting.for_each(|(_, history)| put(history, found));
}

/// Finds the changes of a counted line. A sum of the cube changes when its cells do; any other line may change with
/// every entry that it may rest on.
fn counted((state, entries): (&State, &Ends), query: &Query, about: &About, found: &mut BTreeSet<Position>) {
    // Any statement about a register may change whether a denominator is known, or the days before a first edition.
    state.registers.iter().for_each(|(_, history)| put(history, found));
    starts((state, entries), query.measure, about, found);
    match count::cells(query, about) {
        Some(cells) => {
            found.extend(cells.into_iter().flat_map(|cell| state.cube.positions(cell)));
        }
        None if matches!(count::rule(query.measure).counts, Counts::Plans { .. }) => {
            found.extend(&entries.all);
        }
        None => {
            entries.of_line(state, about, found);
        }
    }
}

/// Finds the changes of the first day of a counted line, which may rest on other services of its place.
fn starts(
    (state, entries): (&State, &Ends),
    measure: Measure,
    about: &About,
    found: &mut BTreeSet<Position>,
) {
    match count::first_cells(measure, about) {
        Some(cells) => {
            found.extend(cells.into_iter().flat_map(|cell| state.cube.first_changed(cell)));
        }
        None => found.extend(&entries.all),
    }
    // What has always held begins when anything else counts.
    if count::may_always_hold(measure) {
        found.extend(count::cells_of_anything().flat_map(|cell| state.cube.first_changed(cell)));
        state.plans.iter().for_each(|(_, history)| put(history, found));
    }
}

/// Tells whether the counted values of a line are folded on demand, not read from stored sums.
pub(crate) fn is_folded(query: &Query, line: &Line) -> bool {
    matches!(line.basis, Basis::Counted | Basis::Summed) && count::cells(query, &line.about).is_none()
}

/// The ends of batches with statements other than claims.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    all: Vec<Position>,
    /// Batches with statements about the catalogue or the registry.
    general: Vec<Position>,
    /// Batches with statements about a service.
    by_service: BTreeMap<ServiceId, Vec<Position>>,
}

impl Ends {
    /// Reads all entries once.
    pub(crate) fn of(state: &State) -> Ends {
        let mut ends = Ends::default();
        let batches = (0..state.batch_count()).filter_map(|number| state.batch(number));
        for batch in batches {
            for position in batch.positions() {
                ends.add(state, position, batch.last);
            }
        }
        ends
    }

    fn add(&mut self, state: &State, position: Position, end: Position) {
        let put = |ends: &mut Vec<Position>| {
            if ends.last() != Some(&end) {
                ends.push(end);
            }
        };
        let acts_on = state.entry(position).map_or(Position::START, |mark| mark.acts_on);
        let says = |position: Position| state.type_at(position).map(EventType::says);
        let said = match says(position) {
            Some(Says::Withdrawal) => says(acts_on),
            other => other,
        };
        match said {
            Some(Says::Claim | Says::Objection) => return,
            Some(Says::Progress) => {
                if let Some(service) = state.about(position).0 {
                    match self.by_service.get_mut(service) {
                        Some(ends) => put(ends),
                        None => drop(self.by_service.insert(service.clone(), vec![end])),
                    }
                }
            }
            Some(Says::Description { .. } | Says::Review | Says::Withdrawal) | None => put(&mut self.general),
        }
        put(&mut self.all);
    }

    /// Lists the batches that a line may rest on. If the line is about one service, of milestones and plans only those
    /// about that service and the ones below it.
    fn of_line(&self, state: &State, about: &About, found: &mut BTreeSet<Position>) {
        let Some(number) = about.service.as_ref().and_then(|service| state.services.number(service)) else {
            found.extend(&self.all);
            return;
        };
        let mut family = vec![number];
        descendants(state, number, &mut family);
        found.extend(&self.general);
        let members = family.into_iter().filter_map(|member| state.services.key(member));
        found.extend(members.filter_map(|member| self.by_service.get(member)).flatten());
    }
}
