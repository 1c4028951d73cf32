//! Counted values: sums from the cube, or folded on demand for one service, one authority, plans and medians.

use super::extent::Extent;
use super::lines::{About, Line};
use super::points::{Point, chosen};
use super::reported::Claims;
use super::row::{Header, Observed, Row, Status};
use crate::measure::{Counting, Denominator, Measure};
use crate::query::{Every, Query};
use crate::state::{CellId, Count, State, Steps};
use crate::words::{
    Area, AuthorityKind, Day, KindSet, Number, PartialDate, Place, Position, Stage, Topic, Unit,
};
use std::borrow::Cow;

/// The counted timeline of a line.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) value: Steps<i64>,
    /// When there is a value at all, where that is not always so.
    pub(super) holds: Option<Steps<bool>>,
    pub(super) denominator: Option<Steps<i64>>,
    /// When all that is counted has a denominator, where that is not always so.
    pub(super) whole: Option<Steps<bool>>,
    /// Claims that serve as the denominator, each from its day on.
    pub(super) claimed: Vec<ClaimedDenominator>,
    /// The day of the first edition of a registry that is taken for the time before it, too.
    pub(super) first_edition: Option<Day>,
}

impl Counted {
    /// Returns what stands below the line on a day, with source and address where that is a claim.
    fn below(&self, counted: Option<i64>, day: Day) -> (Option<Number>, String, String) {
        let is_counted = counted.is_some_and(|counted| counted > 0);
        let claimed = self.claimed.iter().rfind(|claimed| claimed.from <= day && !is_counted);
        match claimed {
            Some(claimed) => (Some(claimed.number), claimed.source.clone(), claimed.url.clone()),
            None => (counted.map(Number::from), String::new(), String::new()),
        }
    }

    /// Lists the days on which anything of it may change.
    fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self.value.iter().map(|(day, _)| *day).collect();
        days.extend(self.holds.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.denominator.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.whole.iter().flat_map(Steps::iter).map(|(day, _)| *day));
        days.extend(self.claimed.iter().map(|claimed| claimed.from));
        days
    }
}

/// A claim that serves as the denominator from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClaimedDenominator {
    pub(super) from: Day,
    pub(super) number: Number,
    pub(super) source: String,
    pub(super) url: String,
}

/// Returns the first day on which a counted line has a value: the first milestone of any service in its area or region, which
/// must exist.
pub(super) fn start(state: &State, query: &Query, about: &About, position: Position) -> Option<Day> {
    let measure = query.measure;
    match measure.row().counting {
        Counting::ReportedOnly => return None,
        Counting::PerService if about.service.is_none() => return None,
        _ => {}
    }
    // What was not known yet as of the position has no line then, whatever was recorded of it later.
    if let Some(service) = &about.service
        && state.listing(state.services.number(service)?, position).is_empty()
    {
        return None;
    }
    if let Place::Authority(authority) = &about.place {
        let counts_places = matches!(measure, Measure::Reuses | Measure::ReusesCurrent);
        if !counts_places || state.registered(state.authorities.number(authority)?, position).is_empty() {
            return None;
        }
    }
    if measure == Measure::ServicesAtMaturity
        && query.levels.is_none()
        && about.service.is_none()
        && is_never_at_level(state, about, position)
    {
        return None;
    }
    let extent = Extent::of(state, &about.place, None, position);
    let plans = matches!(measure, Measure::MilestonesPlanned | Measure::MilestonesOverdue);
    let planned = plans.then(|| super::plans::first_plan(&extent)).flatten();
    let Some(region) = extent.region() else {
        return first_day(state, extent.area(), position).into_iter().chain(planned).min();
    };
    let (exists_from, _) = *region.map(Option::is_some).iter().next()?;
    let Place::Region(id) = &about.place else { return None };
    let first_reached = state.region_starts.of(id, position, || extent.first_reached());
    first_reached.into_iter().chain(planned).min().map(|first| first.max(exists_from))
}

/// Tells whether no service is ever at the level of a line.
fn is_never_at_level(state: &State, about: &About, position: Position) -> bool {
    let (Place::Area(area), Some(level)) = (&about.place, about.level) else {
        let query = Query::new(Measure::ServicesAtMaturity);
        return super::fold::counted(state, &query, position, about).value.is_empty();
    };
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let cell = CellId::new(Count::AtMaturity, *area, about.topic, unit, level.index());
    state.cube.at(cell, position).is_empty()
}

/// Returns the first day on which anything was reached in an area, as of a position.
pub(super) fn first_day(state: &State, area: Area, position: Position) -> Option<Day> {
    let of = |area: Area| {
        let known = state.first_days.get(area.index())?;
        known[..known.partition_point(|(from, _)| *from <= position)].last()?.1
    };
    if area == Area::DE { Area::all().filter_map(of).min() } else { of(area) }
}

/// Computes the rows of a counted line.
pub(super) fn rows(state: &State, header: &Header, line: &Line, points: &[Point]) -> Vec<Row> {
    let counted = compute(state, header, line);
    let mut value_on = counted.value.cursor();
    let mut below_on = counted.denominator.as_ref().map(Steps::cursor);
    let mut rows = Vec::with_capacity(points.len().min(1024));
    let mut last: Option<(Option<Number>, Option<Number>)> = None;
    let on_change = header.query.every == Every::Change && header.query.on.is_none();
    let changes = on_change.then(|| counted.days());
    for point in chosen(points, line.start, changes) {
        let holds = counted.holds.as_ref().is_none_or(|holds| holds.on(point.day));
        if !holds {
            last = None;
            continue;
        }
        let step = value_on.step_on(point.day);
        let value = Number::from(step.map_or(0, |(_, value)| *value));
        let below = below_on.as_mut().map(|below| below.step_on(point.day).map_or(0, |(_, below)| *below));
        let is_whole = counted.whole.as_ref().is_none_or(|whole| whole.on(point.day));
        let (denominator, source, source_url) = counted.below(below.filter(|_| is_whole), point.day);
        if on_change && last == Some((Some(value), denominator)) {
            continue;
        }
        last = Some((Some(value), denominator));
        let observed = step.map(|(day, _)| *day).filter(|day| *day > Day::EVER);
        rows.push(Row {
            value: Some(value),
            denominator,
            share: denominator.and_then(|denominator| value.divided_by(denominator)),
            observed: observed.map(|day| Observed::On(PartialDate::Day(day))),
            scope: scope(header),
            status: Status {
                simulated: header.simulated,
                running: point.running,
                first_edition: counted.first_edition.is_some_and(|first| point.day < first),
                ..Status::default()
            },
            source,
            source_url,
            ..empty_row(line, point.day)
        });
    }
    if let (true, Some(last)) = (on_change, header.query.last) {
        rows.drain(..rows.len().saturating_sub(last as usize));
    }
    rows
}

/// Returns the words that narrow what was counted: the list and the territory that were asked for.
fn scope(header: &Header) -> Option<String> {
    let list = header.query.list.as_ref().map(|list| format!("list={list}"));
    let territory = header.query.territory.map(|day| format!("territory={day}"));
    let words: Vec<String> = list.into_iter().chain(territory).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Makes a row of a line without any value yet.
pub(super) fn empty_row(line: &Line, date: Day) -> Row {
    let about = &line.about;
    Row {
        date,
        area: about.place.clone(),
        topic: about.topic,
        service: about.service.clone(),
        stage: about.stage,
        level: about.level,
        unit: about.unit,
        scope: None,
        basis: line.basis,
        value: None,
        qualifier: None,
        denominator: None,
        share: None,
        observed: None,
        status: Status::default(),
        source: String::new(),
        source_url: String::new(),
        vintage: None,
    }
}

fn compute(state: &State, header: &Header, line: &Line) -> Counted {
    let (measure, about, position) = (header.measure, &line.about, header.position);
    if let (Some(service), Some(unit)) = (&about.service, about.unit)
        && service.unit() != unit
    {
        return Counted::default();
    }
    match measure {
        Measure::MilestonesPlanned | Measure::MilestonesOverdue => {
            super::plans::counted(state, header, about)
        }
        Measure::LeadTimeDays | Measure::ReportingLagDays => super::median::counted(state, header, about),
        _ if is_folded(header, about) => {
            let mut counted = super::fold::counted(state, &header.query, position, about);
            claim_denominator(state, header, about, &mut counted);
            counted.first_edition = first_edition(state, header, about);
            counted
        }
        _ => {
            let first_edition = first_edition(state, header, about);
            Counted { first_edition, ..stored(state, measure, about, position) }
        }
    }
}

/// Tells whether a line is about less than the cube has sums of.
fn is_folded(header: &Header, about: &About) -> bool {
    about.service.is_some()
        || !matches!(about.place, Place::Area(_))
        || header.query.list.is_some()
        || header.query.territory.is_some()
        || header.measure == Measure::PopulationCovered
}

/// Returns the day of the first edition of the registries that a measure rests on; before it that edition is taken.
fn first_edition(state: &State, header: &Header, about: &About) -> Option<Day> {
    let position = header.position;
    let rests_on_registry = header.measure == Measure::ReusesPossible
        || header.measure == Measure::ServicesCoveringAll
        || matches!(
            header.measure.row().denominator,
            Denominator::ReusesPossible
                | Denominator::AuthoritiesRegistered
                | Denominator::PopulationResponsible
        );
    if !rests_on_registry || header.query.territory.is_some() {
        return None;
    }
    let of_kind = |kind: AuthorityKind| {
        let cell = CellId::new(Count::FirstEdition, Area::DE, None, Unit::Ozg, kind.index());
        state.cube.at(cell, position).iter().find(|(_, change)| *change > 0).map(|(day, _)| *day)
    };
    kinds(state, header, about).into_iter().filter_map(of_kind).max()
}

/// Lists the kinds of authorities that a line rests on: those that execute its services.
fn kinds(state: &State, header: &Header, about: &About) -> Vec<AuthorityKind> {
    let position = header.position;
    if let Some(service) = about.service.as_ref().and_then(|service| state.services.number(service)) {
        let executed_by = state.executed_by(service, position);
        let ever: KindSet = executed_by.iter().flat_map(|(_, kinds)| kinds.iter()).collect();
        return ever.iter().collect();
    }
    let unit = about.unit.unwrap_or(Unit::Ozg);
    let executes = |kind: &AuthorityKind| {
        let cell = CellId::new(Count::Executing, Area::DE, about.topic, unit, kind.index());
        header.measure == Measure::AuthoritiesActive || !state.cube.at(cell, position).is_empty()
    };
    AuthorityKind::all().filter(executes).collect()
}

/// Where a service has no denominator of its own, the last claim serves, and is named (SEMANTICS 14).
fn claim_denominator(state: &State, header: &Header, about: &About, counted: &mut Counted) {
    // A claim speaks of one service.
    let asks = matches!(header.measure, Measure::Reuses | Measure::ReusesCurrent) && about.service.is_some();
    let has_own = counted.denominator.as_ref().is_some_and(|denominator| denominator.lowest() > 0);
    if !asks || (has_own && counted.whole.is_none()) {
        return;
    }
    let query = Query {
        measure: Measure::ReusesPossible,
        viewpoint: header.query.viewpoint,
        published_until: header.query.published_until,
        ..Query::new(Measure::ReusesPossible)
    };
    let claims = Claims::gather(state, &query, header.position);
    let possible = About { stage: None, level: None, ..about.clone() };
    counted.claimed = claims.lowest_by_day(&possible);
}

/// Sums of cells, by area, topic, unit and stage or level.
fn stored(state: &State, measure: Measure, about: &About, position: Position) -> Counted {
    let cube = Sums { state, position };
    let area = about.place.area();
    let (topic, unit) = (about.topic, about.unit.unwrap_or(Unit::Ozg));
    let stage = about.stage.unwrap_or(Stage::Live).index();
    let value = match measure {
        Measure::ServicesListed => cube.steps(Count::Listed, Area::DE, topic, unit, 0),
        Measure::ServicesLaunched => cube.steps(Count::Launched, area, topic, unit, 0),
        Measure::ServicesRolledOut => cube.steps(Count::RolledOut, area, topic, unit, 0),
        Measure::ServicesCoveringAll => cube.steps(Count::CoveringAll, area, topic, unit, 0),
        Measure::ServicesCompliant => cube.steps(Count::Compliant, area, topic, unit, 0),
        Measure::ServicesAtMaturity => cube.steps(
            Count::AtMaturity,
            area,
            topic,
            unit,
            about.level.map_or(0, crate::words::Level::index),
        ),
        Measure::Reuses => cube.summed(Count::Reuses, area, topic, unit, stage),
        Measure::ReusesCurrent => cube.summed(Count::ReusesCurrent, area, topic, unit, stage),
        Measure::ReusesPossible => cube.possible(area, topic, unit),
        Measure::AuthoritiesActive => cube.summed(Count::AuthoritiesActive, area, topic, unit, 0),
        _ => Steps::default(),
    };
    let denominator = match measure.row().denominator {
        Denominator::ServicesListed => Some(cube.steps(Count::Listed, Area::DE, topic, unit, 0)),
        Denominator::ReusesPossible => {
            Some(cube.possible(area, topic, unit)).filter(|steps| !steps.is_empty())
        }
        Denominator::AuthoritiesRegistered => Some(cube.registered(area)),
        _ => None,
    };
    let outside = match measure {
        Measure::Reuses => Some(Count::ReusesOutside),
        Measure::ReusesCurrent => Some(Count::ReusesCurrentOutside),
        _ => None,
    };
    let outside = outside.map(|count| cube.summed(count, area, topic, unit, stage));
    let whole = outside
        .filter(|outside| !outside.is_empty())
        .map(|outside| Steps::always(true).zip(&outside, |_, outside| *outside == 0));
    Counted { value, denominator, whole, ..Counted::default() }
}

/// Timelines of cells, as of a position.
pub(super) struct Sums<'a> {
    pub(super) state: &'a State,
    pub(super) position: Position,
}

impl Sums<'_> {
    pub(super) fn steps(
        &self,
        count: Count,
        area: Area,
        topic: Option<Topic>,
        unit: Unit,
        sub: usize,
    ) -> Steps<i64> {
        self.state.cube.at(CellId::new(count, area, topic, unit, sub), self.position).steps()
    }

    /// DE is the sum of the Länder and of the authorities without one.
    fn summed(&self, count: Count, area: Area, topic: Option<Topic>, unit: Unit, sub: usize) -> Steps<i64> {
        if area != Area::DE {
            return self.steps(count, area, topic, unit, sub);
        }
        let cells: Vec<Cow<'_, crate::state::Net>> = Area::all()
            .map(|area| self.state.cube.at(CellId::new(count, area, topic, unit, sub), self.position))
            .collect();
        crate::state::Net::sum_of(&cells).steps()
    }

    /// Returns how many authorities of a kind exist.
    pub(super) fn of_kind(&self, area: Area, kind: AuthorityKind) -> Steps<i64> {
        self.summed(Count::Registered, area, None, Unit::Ozg, kind.index())
    }

    fn registered(&self, area: Area) -> Steps<i64> {
        AuthorityKind::all().fold(Steps::default(), |sum, kind| sum.plus(&self.of_kind(area, kind)))
    }

    /// Pairs of services and authorities of the kinds that execute them: a product, taken last.
    fn possible(&self, area: Area, topic: Option<Topic>, unit: Unit) -> Steps<i64> {
        let mut sum = Steps::default();
        for kind in AuthorityKind::all() {
            let services = self.steps(Count::Executing, Area::DE, topic, unit, kind.index());
            if !services.is_empty() {
                sum = sum.plus(&services.times(&self.of_kind(area, kind)));
            }
        }
        sum
    }
}
