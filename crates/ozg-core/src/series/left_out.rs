//! What an answer leaves out: lines of the same measure and area that a question with one other parameter has (rule 21a). Lines
//! are counted, not rows.

use crate::asof::AsOf;
use crate::count::{About, ever_counts};
use crate::lines::{Claims, abouts, counts_plans, places, stages, start, units_of};
use crate::measure::{Counting, Dimension};
use crate::query::{Query, Show};
use crate::words::{Area, Basis, ClaimKind, Day, Place, ServiceId, Stage, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Most related questions of one answer.
pub(super) const LEFT_OUT_MAX: usize = 8;
/// Most services or authorities that one of them names.
const NAMED_MAX: usize = 25;
/// Most counted lines that are looked for. The answer to a question of more lines names left-out claims only.
const LINES_SOUGHT_MAX: usize = 1_000;

/// Lines that an answer leaves out, and the parameter that asks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The parameter whose value leads to these lines.
    pub parameter: &'static str,
    /// Its value, as in an address.
    pub value: String,
    /// How many lines there are.
    pub lines: usize,
}

/// The parameters that a related question may change, in the order in which the answer lists them.
const TOLD: [&str; 8] = ["unit", "kind", "stage", "level", "basis", "topic", "service", "area"];

/// A question whose answer leaves something out.
pub(super) struct Asked<'a> {
    at: AsOf<'a>,
    query: &'a Query,
    places: Vec<Place>,
    units: Vec<Option<Unit>>,
    /// The first day of the answer, if it is given, and its last.
    span: (Option<Day>, Day),
    /// Numbers of lines by parameter and value.
    found: BTreeMap<(usize, String), usize>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(at: AsOf<'a>, query: &'a Query, today: Day) -> Asked<'a> {
        let last = query.on.or(query.to).map_or(today, |day| day.min(today));
        let places = places(query);
        let units = units_of(query, None);
        Asked { at, query, places, units, span: (query.on.or(query.from), last), found: BTreeMap::new() }
    }

    /// Lists what the answer leaves out. The claims must be those of every kind, also where the question is not about claims.
    pub(super) fn left_out(mut self, claims: &Claims) -> Vec<LeftOut> {
        if self.query.list.is_none() && self.query.territory.is_none() {
            self.look_for_claims(claims);
        }
        self.look_for_counted(claims);
        let mut told: Vec<LeftOut> = Vec::new();
        for ((parameter, value), lines) in self.found {
            let parameter = TOLD[parameter];
            // Of services and authorities one question names several.
            match told.iter_mut().find(|one| one.parameter == parameter && names_several(parameter)) {
                Some(one) if one.value.split(',').count() < NAMED_MAX => {
                    one.value = format!("{},{value}", one.value);
                    one.lines += lines;
                }
                Some(_) => {}
                None => told.push(LeftOut { parameter, value, lines }),
            }
        }
        told.truncate(LEFT_OUT_MAX);
        told
    }

    fn note(&mut self, parameter: &str, value: String, lines: usize) {
        let rank = TOLD.iter().position(|one| *one == parameter);
        if let Some(rank) = rank.filter(|_| lines > 0) {
            *self.found.entry((rank, value)).or_default() += lines;
        }
    }

    /// Notes the claims that differ from what is asked for in one parameter.
    fn look_for_claims(&mut self, claims: &Claims) {
        for (about, tracks) in claims.abouts() {
            for kind in ClaimKind::all() {
                let is_period = kind == ClaimKind::Period;
                let of_kind = tracks.iter().filter(|((_, is_flow), _)| *is_flow == is_period);
                let mut days = of_kind.flat_map(|(_, shown)| shown).map(|shown| shown.day);
                if days.any(|day| self.shows(is_period, day))
                    && let Some(differs) = self.differs(about, kind)
                    && let [(parameter, value)] = &differs[..]
                {
                    self.note(parameter, value.clone(), 1);
                }
            }
        }
    }

    /// Tells whether the answer has a row for a claim of a day. Figures of periods are in the rows of their last day only.
    fn shows(&self, is_period: bool, day: Day) -> bool {
        let (first, last) = self.span;
        day <= last && !(is_period && first.is_some_and(|first| day < first))
    }

    /// Lists the parameters that have to be others for a claim to be in the answer; none where it is about something else.
    fn differs(&self, about: &About, kind: ClaimKind) -> Option<Vec<(&'static str, String)>> {
        let (query, mut differs) = (self.query, Vec::new());
        let spreads = |dimension: Dimension| query.spreads(dimension);
        if !self.places.contains(&about.place) {
            let authority = about.place.authority().filter(|_| self.holds(&about.place))?;
            differs.push(("area", authority.to_string()));
        }
        match (&query.topics, about.topic) {
            (Some(topics), topic) if !topics.contains(&topic) => return None,
            (None, Some(topic)) if !spreads(Dimension::Topic) => differs.push(("topic", topic.to_string())),
            _ => {}
        }
        match (&query.services, &about.service) {
            (Some(services), service) if !service.as_ref().is_some_and(|one| services.contains(one)) => {
                return None;
            }
            (None, Some(service)) if !spreads(Dimension::Service) => {
                differs.push(("service", service.to_string()));
            }
            _ => {}
        }
        let is_free = about.service.is_some() && query.units.is_none();
        if query.measure.has(Dimension::Unit) && !is_free && !self.units.contains(&about.unit) {
            differs.push(("unit", about.unit.map_or("none", Unit::id).to_owned()));
        }
        if query.measure.has(Dimension::Stage) && !self.stages().contains(&about.stage) {
            differs.push(("stage", about.stage?.id().to_owned()));
        }
        if let Some(level) = about.level.filter(|level| query.levels.iter().any(|all| !all.contains(level))) {
            differs.push(("level", level.to_string()));
        }
        if !query.kinds.contains(&kind) {
            // There are no changes of periods.
            if query.show == Show::Change {
                return None;
            }
            let both: Vec<&str> = query.kinds.iter().copied().chain([kind]).map(ClaimKind::id).collect();
            differs.push(("kind", both.join(",")));
        }
        if !query.bases.contains(&Basis::Reported) {
            differs.push(("basis", Basis::Reported.id().to_owned()));
        }
        Some(differs)
    }

    /// Tells whether an authority lies in one of the areas.
    fn holds(&self, place: &Place) -> bool {
        let area = place.area();
        self.places.iter().any(|asked| match asked {
            Place::Area(asked) => *asked == area || *asked == Area::DE,
            Place::Authority(_) | Place::Region(_) => false,
        })
    }

    fn stages(&self) -> Vec<Option<Stage>> {
        stages(self.query)
    }

    /// Notes counted lines, and sums and targets, that the question with one other parameter has.
    fn look_for_counted(&mut self, claims: &Claims) {
        let query = self.query;
        let is_counted = query.bases.contains(&Basis::Counted);
        let is_free = |dimension: Dimension| {
            is_counted
                && query.measure.has(dimension)
                && !query.spreads(dimension)
                && query.services.is_none()
        };
        if query.services.is_none() && query.spreads(Dimension::Service) {
            return;
        }
        if is_free(Dimension::Unit) {
            let asked = self.units.clone();
            for unit in Unit::all().filter(|unit| !asked.contains(&Some(*unit))) {
                let other =
                    Query { units: Some(vec![Some(unit)]), bases: vec![Basis::Counted], ..query.clone() };
                self.seek("unit", unit.id(), &other, claims);
            }
        }
        if is_counted && query.measure.has(Dimension::Stage) && !counts_plans(query) {
            let asked = self.stages();
            for stage in Stage::all().filter(|stage| !asked.contains(&Some(*stage))) {
                let other = Query { stages: Some(vec![stage]), bases: vec![Basis::Counted], ..query.clone() };
                self.seek("stage", stage.id(), &other, claims);
            }
        }
        let fits = |basis: Basis| match basis {
            Basis::Counted => query.published_until.is_none() && query.kinds.contains(&ClaimKind::Stock),
            Basis::Target => query.published_until.is_none(),
            Basis::Summed => query.measure.may_be_summed(),
            Basis::Reported => false,
        };
        for basis in Basis::all().filter(|basis| fits(*basis) && !query.bases.contains(basis)) {
            self.seek("basis", basis.id(), &Query { bases: vec![basis], ..query.clone() }, claims);
        }
        if is_counted && query.measure.row().counting == Counting::PerService && query.services.is_none() {
            self.seek_services(claims);
        }
    }

    /// Counts the lines of another question on which anything counts.
    fn seek(&mut self, parameter: &str, value: &str, other: &Query, claims: &Claims) {
        let basis = other.bases[0];
        let Ok(abouts) = abouts(self.at, other, claims) else { return };
        if basis == Basis::Counted && abouts.len() > LINES_SOUGHT_MAX {
            return;
        }
        let is_there = |about: &&About| {
            let begun = start(self.at, other, (*about, basis), claims)
                .is_some_and(|day| day <= self.span.1 || basis == Basis::Target);
            // All stages begin together, so a beginning does not show that anything counts at another stage. Where counting
            // would take long, other stages are left out.
            let counts = || ever_counts(self.at, other, about).unwrap_or(parameter != "stage");
            begun && (basis != Basis::Counted || counts())
        };
        let lines = abouts.iter().filter(is_there).count();
        self.note(parameter, value.to_owned(), lines);
    }

    /// Notes the services of a measure that counts only single ones.
    fn seek_services(&mut self, claims: &Claims) {
        let known: BTreeSet<ServiceId> =
            self.at.state.services.iter().map(|(service, _)| service.clone()).collect();
        let mut sought = 0;
        for service in known {
            let other = Query {
                services: Some(vec![service.clone()]),
                bases: vec![Basis::Counted],
                ..self.query.clone()
            };
            self.seek("service", &service.to_string(), &other, claims);
            sought += self.places.len();
            if sought > LINES_SOUGHT_MAX {
                break;
            }
        }
    }
}

/// Tells whether one question names several values of a parameter.
fn names_several(parameter: &str) -> bool {
    parameter == "service" || parameter == "area"
}
