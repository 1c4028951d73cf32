//! The entries behind a value: which statements a number rests on.

use crate::asof::AsOf;
use crate::count::{self, About, Extent};
use crate::event::ServiceList;
use crate::lines::{self, Claims, Line, Planned};
use crate::measure::Measure;
use crate::query::Query;
use crate::state::{Known, Said, ServiceNo, Slot, State, What};
use crate::steps::Steps;
use crate::words::{Area, Basis, Day, Position, Stage, StageSet};
use std::sync::Arc;

/// An entry behind a value, and which way it moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behind {
    /// Position of the entry.
    pub position: Position,
    /// +1 where it lets something count, −1 where it ends that, 0 where it states a figure or describes.
    pub change: i8,
}

impl Planned {
    /// Lists the entries that the values of all lines rest on, up to the last day, by position. Claims that were gathered
    /// already need not be gathered again.
    pub(crate) fn entries(&self, known: Option<&Claims>) -> Vec<Behind> {
        let last = self.points.last().map_or(Day::EVER, |point| point.day);
        let mut found = Vec::new();
        for line in self.lines.iter().filter(|line| line.basis != Basis::Target) {
            let said = match known {
                Some(claims) => self.behind_with(line, self.header.position, last, claims),
                None => self.behind_line(line, self.header.position, last),
            };
            found.extend(said.into_iter().map(|(behind, _)| behind));
        }
        found.sort_unstable();
        found.dedup_by_key(|behind| behind.position);
        found
    }

    /// Lists the entries that a line rests on as of a position, each with its day.
    pub(crate) fn behind_line(&self, line: &Line, position: Position, last: Day) -> Vec<(Behind, Day)> {
        let claims = super::vintages::claims_of(self.state.as_of(position), &self.header.query, line);
        self.behind_with(line, position, last, &claims)
    }

    fn behind_with(&self, line: &Line, position: Position, last: Day, claims: &Claims) -> Vec<(Behind, Day)> {
        let (at, measure, mut found) = (self.state.as_of(position), self.header.measure, Vec::new());
        match line.basis {
            Basis::Counted => {
                let whose = Whose::new(at, &self.header.query, &line.about);
                counted(&whose, measure, &line.about, last, &mut found);
            }
            Basis::Reported | Basis::Summed => {
                let tracks = claims.tracks(&line.about).into_iter().flat_map(|tracks| tracks.values());
                let shown = tracks.flatten().filter(|shown| shown.day <= last);
                let behind = |entry: Position| Behind { position: entry, change: 0 };
                found.extend(shown.map(|shown| (behind(shown.entry()), shown.day)));
            }
            Basis::Target => {
                let targets = lines::matching_targets(at.state, measure, &line.about);
                let targets = targets.flat_map(|(_, targets)| targets).filter(|known| known.at(position));
                let behind = |entry: Position| Behind { position: entry, change: 0 };
                found.extend(targets.map(|known| (behind(known.entry), known.what.said.due.last())));
            }
        }
        found
    }
}

/// Whose statements a line rests on: the services on its list, the places in its region.
struct Whose<'a> {
    at: AsOf<'a>,
    extent: Extent<'a>,
    touched: Vec<Area>,
    list: Option<Steps<Option<Arc<ServiceList>>>>,
}

impl<'a> Whose<'a> {
    fn new(at: AsOf<'a>, query: &Query, about: &About) -> Whose<'a> {
        let list = query.list.as_ref().map(|list| at.list(list));
        // What counts for the places of another territory was said of their predecessors and successors, too.
        let extent = Extent::of(at, &about.place, None);
        let touched = extent.touched().iter().map(|(area, _)| *area).collect();
        Whose { at, extent, touched, list }
    }

    /// Tells whether a service was ever on the list.
    fn lists(&self, service: ServiceNo) -> bool {
        let (Some(list), Some(id)) = (&self.list, self.at.state.services.key(service)) else { return true };
        list.iter().any(|(_, list)| list.as_ref().is_some_and(|list| list.services.contains(id)))
    }

    /// Tells whether a place ever lies here.
    fn has(&self, area: Area, slot: Slot) -> bool {
        !self.extent.lies(area, slot).is_empty()
    }

    /// Tells whether what is said of an area as a whole ever holds here.
    fn touches(&self, area: Area) -> bool {
        self.touched.contains(&area)
    }
}

fn counted(whose: &Whose<'_>, measure: Measure, about: &About, last: Day, found: &mut Vec<(Behind, Day)>) {
    let at = whose.at;
    let services: Vec<ServiceNo> = match &about.service {
        Some(service) => at.state.services.number(service).into_iter().collect(),
        None => at.state.services.all().collect(),
    };
    if matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue) {
        planned(whose, measure, about, last, found);
        return;
    }
    for number in services {
        let of_unit =
            at.state.services.key(number).is_some_and(|id| about.unit.is_none_or(|unit| id.unit() == unit));
        let topics = at.topics(number).on(last);
        if !of_unit || !whose.lists(number) || about.topic.is_some_and(|topic| !topics.contains(topic)) {
            continue;
        }
        if measure == Measure::ServicesListed {
            let said = at.state.services.value(number).map_or(&[][..], |history| &history.said);
            let known = said.iter().filter(|known| known.at(at.position) && known.what.day <= last);
            found.extend(known.map(|known| {
                let change = if known.what.said.is_some() { 1 } else { -1 };
                (Behind { position: known.entry, change }, known.what.day)
            }));
            continue;
        }
        let mut family = vec![number];
        if measure == Measure::ServicesLaunched {
            descendants(at.state, number, &mut family);
        }
        for member in family {
            of_service(whose, measure, about, member, last, found);
        }
    }
}

/// Lists plans and, of what may be overdue, the statements about their milestones: what was reached is overdue no longer.
fn planned(whose: &Whose<'_>, measure: Measure, about: &About, last: Day, found: &mut Vec<(Behind, Day)>) {
    let at = whose.at;
    for (milestone, plans) in count::matching_plans(&whose.extent, about) {
        let Some(service) =
            at.state.services.number(&milestone.service).filter(|service| whose.lists(*service))
        else {
            continue;
        };
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
        if measure == Measure::MilestonesOverdue {
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
    measure: Measure,
    about: &About,
    service: ServiceNo,
    last: Day,
    found: &mut Vec<(Behind, Day)>,
) {
    let at = whose.at;
    let only = about.place.authority().and_then(|authority| at.state.authorities.number(authority));
    for area in Area::all() {
        let known = at
            .state
            .said_in(service, area)
            .iter()
            .filter(|known| known.at(at.position) && known.what.day <= last);
        for known in known.filter(|known| only.is_none() || known.what.slot.authority() == only) {
            if let Some(change) = change(whose, measure, about, known, area) {
                found.push((Behind { position: known.entry, change }, known.what.day));
            }
        }
    }
}

/// Tells which way a statement moves a measure, none where it has nothing to do with it.
fn change(whose: &Whose<'_>, measure: Measure, about: &About, known: &Known<Said>, area: Area) -> Option<i8> {
    let at_authority = known.what.slot.authority().is_some();
    let (here, around) = (whose.has(area, known.what.slot), !at_authority && whose.touches(area));
    let nationwide = area == Area::DE && !at_authority;
    let stage = about.stage.unwrap_or(Stage::Live);
    let (of_stage, change): (Stage, i8) = match known.what.what() {
        What::Reached(stage) | What::Observed(stage) => (stage, 1),
        What::Ended(stage) => (stage, -1),
        What::Level(level) => {
            let is_asked = about.level.is_none_or(|asked| asked.model() == level.model());
            let is_compliance =
                measure == Measure::ServicesCompliant && level.model() == crate::words::Model::V1_1;
            let counts = is_compliance || (measure == Measure::ServicesAtMaturity && is_asked);
            return (around && counts).then_some(1);
        }
    };
    let counts = match measure {
        Measure::ServicesLaunched => {
            let mut one = StageSet::default();
            one.set(of_stage, true);
            let rolled_out = of_stage == Stage::RolledOut && (around || nationwide);
            (here && one.meets(StageSet::AVAILABLE)) || rolled_out
        }
        Measure::ServicesRolledOut => {
            of_stage == Stage::RolledOut && !at_authority && (here || around || nationwide)
        }
        Measure::ServicesCoveringAll | Measure::AuthoritiesActive | Measure::PopulationCovered => {
            here && of_stage == Stage::Live && at_authority
        }
        Measure::Reuses => here && of_stage == stage && at_authority,
        Measure::ReusesCurrent => here && at_authority,
        Measure::AreasReusing => (here || around) && of_stage == stage,
        Measure::LeadTimeDays => around && matches!(of_stage, Stage::Launched | Stage::RolledOut),
        Measure::ReportingLagDays => here && !matches!(known.what.what(), What::Observed(_)),
        Measure::ServicesListed
        | Measure::ServicesCompliant
        | Measure::ServicesAtMaturity
        | Measure::ReusesPossible
        | Measure::MilestonesPlanned
        | Measure::MilestonesOverdue
        | Measure::Applications
        | Measure::Other => false,
    };
    counts.then_some(change)
}
