//! What a counted line rests on: the statements that move its values, and whether anybody objects to one of them.

use super::{Header, Line};
use crate::asof::AsOf;
use crate::count::{self, About, Moved, Statement, Whose};
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{Known, Said, ServiceNo, State, What};
use crate::words::{Area, Day, Position, Stage};
use std::collections::BTreeMap;

/// An entry behind a value, and the direction in which it moves the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behind {
    /// Position of the entry.
    pub position: Position,
    /// +1 if something counts because of it, −1 if something no longer counts, 0 if it states a figure or describes a
    /// thing.
    pub change: i8,
}

/// The entries that the counted values of a line rest on, each with its day. They are known of one service or one authority; of
/// wider sums there are too many to name one.
#[derive(Debug, Default)]
pub(crate) struct Grounds(Vec<(Behind, Day)>);

impl Grounds {
    /// Finds those of a line, if they are asked for or somebody objects to any entry.
    pub(crate) fn of(at: AsOf<'_>, header: &Header, line: &Line) -> Grounds {
        let (about, mut found) = (&line.about, Vec::new());
        let is_asked = header.query.shows("entry") || at.state.has_objections();
        if is_asked && (about.service.is_some() || about.place.authority().is_some()) {
            let query = Query { territory: None, ..header.query.clone() };
            let about = &*about.as_counted(header.measure);
            behind_counted(&Whose::of(at, &query, about), header.measure, about, Day::LAST, &mut found);
        }
        Grounds(found)
    }

    /// Returns the day from which the values are disputed: they rest on an entry that somebody objects to.
    pub(crate) fn disputed_from(&self, at: AsOf<'_>) -> Option<Day> {
        let objected = |(behind, day): &(Behind, Day)| at.disputed_from(behind.position, *day);
        self.0.iter().filter_map(objected).min()
    }

    /// Lists the last entry of each day.
    pub(crate) fn last_of_days(&self) -> BTreeMap<Day, Position> {
        let mut last = BTreeMap::new();
        for (behind, day) in &self.0 {
            let known = last.entry(*day).or_insert(behind.position);
            *known = behind.position.max(*known);
        }
        last
    }
}

/// Lists the statements that a counted line rests on, as the rule of its measure says.
pub(crate) fn behind_counted(
    whose: &Whose<'_>,
    measure: Measure,
    about: &About,
    last: Day,
    found: &mut Vec<(Behind, Day)>,
) {
    let (moves, with_family) = match count::rule(measure).moved_by {
        Moved::By(moves) => (moves, false),
        Moved::ByFamily(moves) => (moves, true),
        Moved::ByCatalogue => {
            services(whose, about, last).for_each(|service| described(whose.at(), service, last, found));
            return;
        }
        Moved::ByPlans { milestones } => return planned(whose, about, milestones, last, found),
        Moved::ByNothing => return,
    };
    for service in services(whose, about, last) {
        let mut family = vec![service];
        if with_family {
            descendants(whose.at().state, service, &mut family);
        }
        for member in family {
            of_service(whose, moves, about, member, last, found);
        }
    }
}

/// Lists the services that a line counts by a day.
fn services<'a>(whose: &'a Whose<'_>, about: &'a About, last: Day) -> impl Iterator<Item = ServiceNo> + 'a {
    let at = whose.at();
    let all = at.state.services.numbered().filter(move |(number, id, _)| {
        about.service.as_ref().is_none_or(|service| service == *id)
            && about.unit.is_none_or(|unit| id.unit() == unit)
            && whose.ever_lists(id)
            && about.topic.is_none_or(|topic| at.topics(*number).on(last).contains(topic))
    });
    all.map(|(number, ..)| number)
}

/// Lists the descriptions of a service in the catalogue.
fn described(at: AsOf<'_>, service: ServiceNo, last: Day, found: &mut Vec<(Behind, Day)>) {
    let said = at.state.services.value(service).map_or(&[][..], |history| &history.said);
    let known = said.iter().filter(|known| known.at(at.position) && known.what.day <= last);
    found.extend(known.map(|known| {
        let change = if known.what.said.is_some() { 1 } else { -1 };
        (Behind { position: known.entry, change }, known.what.day)
    }));
}

/// Lists plans. For overdue milestones it also lists the statements about them, since a milestone that was reached is
/// no longer overdue.
fn planned(whose: &Whose<'_>, about: &About, milestones: bool, last: Day, found: &mut Vec<(Behind, Day)>) {
    let at = whose.at();
    for (milestone, plans) in count::matching_plans(whose, about) {
        let service = at.state.services.number(&milestone.service);
        let Some(service) = service.filter(|_| whose.ever_lists(&milestone.service)) else { continue };
        let of_topic = about.topic.is_none_or(|topic| at.topics(service).on(last).contains(topic));
        let known: Vec<_> =
            plans.iter().filter(|known| known.at(at.position) && known.what.day <= last).collect();
        if !of_topic || known.is_empty() {
            continue;
        }
        found.extend(known.iter().map(|known| (Behind { position: known.entry, change: 1 }, known.what.day)));
        let Some((area, slot)) = count::place_of(at.state, milestone) else { continue };
        let said = at
            .state
            .said_at(service, area, slot)
            .iter()
            .filter(|known| known.at(at.position) && known.what.day <= last);
        let of_milestone = said.filter_map(|known| match known.what.what() {
            What::Reached(stage) | What::Observed(stage) if stage == milestone.stage => Some((known, -1)),
            What::Ended(stage) if stage == milestone.stage => Some((known, 1)),
            What::Reached(_) | What::Observed(_) | What::Ended(_) | What::Level(_) => None,
        });
        if milestones {
            found.extend(
                of_milestone
                    .map(|(known, change)| (Behind { position: known.entry, change }, known.what.day)),
            );
        }
    }
}

pub(crate) fn descendants(state: &State, service: ServiceNo, family: &mut Vec<ServiceNo>) {
    let children = state.services.value(service).map_or(&[][..], |history| &history.children);
    for child in children.iter().copied() {
        if !family.contains(&child) {
            family.push(child);
            descendants(state, child, family);
        }
    }
}

fn of_service(
    whose: &Whose<'_>,
    moves: fn(&Statement) -> bool,
    about: &About,
    service: ServiceNo,
    last: Day,
    found: &mut Vec<(Behind, Day)>,
) {
    let at = whose.at();
    let only = about.place.authority().and_then(|authority| at.state.authorities.number(authority));
    for area in Area::all() {
        let known = at
            .state
            .said_in(service, area)
            .iter()
            .filter(|known| known.at(at.position) && known.what.day <= last);
        for known in known.filter(|known| only.is_none() || known.what.slot.authority() == only) {
            if moves(&statement(whose, about, known, area)) {
                let change = if matches!(known.what.what(), What::Ended(_)) { -1 } else { 1 };
                found.push((Behind { position: known.entry, change }, known.what.day));
            }
        }
    }
}

/// Describes a statement as seen from a line.
fn statement(whose: &Whose<'_>, about: &About, known: &Known<Said>, area: Area) -> Statement {
    let at_authority = known.what.slot.authority().is_some();
    Statement {
        what: known.what.what(),
        at_authority,
        here: !whose.lies(area, known.what.slot).is_empty(),
        around: known.what.slot == whose.own && whose.touched().iter().any(|(touched, _)| *touched == area),
        nationwide: area == Area::DE && !at_authority,
        stage: about.stage.unwrap_or(Stage::Live),
        level: about.level,
    }
}
