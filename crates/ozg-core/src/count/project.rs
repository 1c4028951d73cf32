//! From what a batch has touched to the differences in the cube, level upon level: places make counts of a service in an
//! area, those say whether it is available there, those make the sums by area and topic (ARCHITECTURE.md).

use super::stored;
use super::sums::Sub;
use crate::asof::AsOf;
use crate::measure::Measure;
use crate::state::{Asked, AuthorityNo, CellId, Count, Gathered, Levels, ServiceNo, Slot, State, Touched};
use crate::steps::Steps;
use crate::words::{Area, Day, KindSet, Model, Position, TopicSet, Unit};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The authorities that are responsible in an area.
#[derive(Debug, Clone)]
pub(crate) struct Responsible {
    /// How many there are.
    pub(crate) authorities: Steps<i64>,
    /// When the registers of all executing kinds are complete.
    pub(crate) complete: Steps<bool>,
}

/// The executing kinds of a service, and who is responsible by area, computed on first use.
type ResponsibleByArea = (Steps<KindSet>, Vec<Option<Rc<Responsible>>>);

/// One projection: the state, the two positions between which the difference is taken, and what has been gathered.
pub(crate) struct Projection<'a> {
    pub(crate) state: &'a State,
    pub(crate) levels: Levels,
    pub(crate) before: Position,
    pub(crate) after: Position,
    pub(crate) out: Gathered,
    /// Services in an area whose counts changed; those that are launched are looked at again.
    pub(crate) counts_changed: BTreeSet<(ServiceNo, Area)>,
    pub(crate) services: BTreeSet<ServiceNo>,
    pub(crate) responsible: RefCell<Vec<ResponsibleByArea>>,
}

impl State {
    /// Appends to the cube what changed between two ends of batches.
    pub(crate) fn project(&mut self, before: Position, after: Position, touched: &Touched) {
        let levels = self.levels.take().unwrap_or_else(|| self.fold_levels(before));
        let registered = self.project_registry(before, after, &touched.authorities);
        self.cube.append(registered, after);
        let mut projection = Projection::new(self, levels, before, after, &touched.services);
        projection.run(touched);
        let (levels, out) = (projection.levels, projection.out);
        self.cube.append(out, after);
        self.levels.give(levels);
        // What was asked while the batch was tried knew the cube without it.
        self.asked = Asked::default();
    }

    /// Folds the middle levels as of a position: one projection from nothing, of which only the levels are kept.
    fn fold_levels(&self, position: Position) -> Levels {
        if position.is_start() {
            return Levels::default();
        }
        let services: Vec<ServiceNo> = self.services.all().collect();
        let mut projection = Projection::new(self, Levels::default(), Position::START, position, &services);
        projection.run(&Touched { services: services.clone(), ..Touched::default() });
        projection.levels
    }

    fn project_registry(&self, before: Position, after: Position, authorities: &[AuthorityNo]) -> Gathered {
        let mut out = Gathered::default();
        let authorities: BTreeSet<AuthorityNo> = authorities.iter().copied().collect();
        for authority in authorities {
            let Some(id) = self.authorities.key(authority) else { continue };
            let cell = CellId::new(Count::Registered, id.area(), None, Unit::Ozg, id.kind().index());
            changes(&self.as_of(before).registered(authority), |day, up| out.add(cell, day, -up));
            changes(&self.as_of(after).registered(authority), |day, up| out.add(cell, day, up));
        }
        out
    }

    pub(crate) fn unit_of(&self, service: ServiceNo) -> Unit {
        self.services.key(service).map_or(Unit::Ozg, crate::words::ServiceId::unit)
    }

    /// Returns how many authorities of these kinds exist in an area, and when their registers there are complete.
    pub(crate) fn responsible(&self, at: Position, area: Area, kinds: &Steps<KindSet>) -> Responsible {
        let mut sum: Steps<i64> = Steps::default();
        let mut complete = Steps::always(true);
        for kind in ever(kinds).iter() {
            let register = self.as_of(at).register(kind, area);
            let named = kinds.map(|kinds| kinds.contains(kind));
            complete = complete.and(&named.not().or(&register.holds));
            let cell = CellId::new(Count::Registered, area, None, Unit::Ozg, kind.index());
            let Some(net) = self.cube.head(cell) else { continue };
            let registered = register.with_first(net.steps());
            sum = sum.plus(&registered.zip(&named, |count, named| if *named { *count } else { 0 }));
        }
        Responsible { authorities: sum, complete }
    }
}

/// Lists the kinds that ever execute a service.
pub(crate) fn ever(executed_by: &Steps<KindSet>) -> KindSet {
    executed_by.iter().flat_map(|(_, kinds)| kinds.iter()).collect()
}

/// Calls with each day on which a timeline rises (+1) or falls (−1).
pub(crate) fn changes(steps: &Steps<bool>, mut put: impl FnMut(Day, i32)) {
    let mut before = false;
    for (day, now) in steps.iter() {
        if *now != before {
            put(*day, if *now { 1 } else { -1 });
        }
        before = *now;
    }
}

impl<'a> Projection<'a> {
    fn new(
        state: &'a State,
        levels: Levels,
        before: Position,
        after: Position,
        services: &[ServiceNo],
    ) -> Projection<'a> {
        Projection {
            state,
            levels,
            before,
            after,
            out: Gathered::default(),
            counts_changed: BTreeSet::new(),
            services: services.iter().copied().collect(),
            responsible: RefCell::default(),
        }
    }

    /// Projects what was touched.
    fn run(&mut self, touched: &Touched) {
        let slots = self.dirty_slots(touched);
        self.catalogue();
        self.pairs(&slots);
        self.rolled_out(&slots);
        self.maturity(&slots);
        self.launched();
        self.covering(touched);
    }

    /// Lists the places whose timelines may have changed: those touched, all of services and authorities that were
    /// described anew, and those that inherit from any of them.
    fn dirty_slots(&self, touched: &Touched) -> Vec<(ServiceNo, Area, Slot)> {
        let mut slots = touched.slots.clone();
        for service in &self.services {
            for area in Area::all() {
                slots.extend(self.state.slots(*service, area).into_iter().map(|slot| (*service, area, slot)));
            }
        }
        for authority in &touched.authorities {
            slots.extend(self.slots_of_authority(*authority));
            // The stages that a successor takes over also depend on its other predecessors of the same day.
            for successor in self.state.successors(*authority) {
                slots.extend(self.slots_of_authority(successor));
            }
        }
        if self.state.inheriting {
            let mut index = 0;
            while let Some((service, _, slot)) = slots.get(index).copied() {
                for successor in
                    slot.authority().into_iter().flat_map(|authority| self.state.successors(authority))
                {
                    let area = self
                        .state
                        .authorities
                        .key(successor)
                        .map_or(Area::DE, crate::words::AuthorityId::area);
                    let inheriting = (service, area, Slot::of_authority(successor));
                    if !slots.contains(&inheriting) {
                        slots.push(inheriting);
                    }
                }
                index += 1;
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    fn slots_of_authority(&self, authority: AuthorityNo) -> Vec<(ServiceNo, Area, Slot)> {
        let Some(history) = self.state.authorities.value(authority) else { return Vec::new() };
        let area = self.state.authorities.key(authority).map_or(Area::DE, crate::words::AuthorityId::area);
        let mut services: Vec<ServiceNo> = history.services.clone();
        // An authority may hold by inheritance the stages of its predecessors, and of theirs.
        let mut predecessors = history.predecessors.clone();
        let mut index = 0;
        while let Some(predecessor) = predecessors.get(index) {
            if let Some(history) = self.state.authorities.value(*predecessor) {
                services.extend(&history.services);
                let earlier = history.predecessors.iter().filter(|earlier| !predecessors.contains(earlier));
                predecessors.extend(earlier.copied().collect::<Vec<_>>());
            }
            index += 1;
        }
        services.sort_unstable();
        services.dedup();
        services.into_iter().map(|service| (service, area, Slot::of_authority(authority))).collect()
    }

    /// Services listed, and services by the kind that executes them.
    fn catalogue(&mut self) {
        for service in self.services.clone() {
            let about = (Area::DE, self.state.unit_of(service));
            let topics = self.both(|at| at.topics(service));
            let listed = topics.each_ref().map(|topics| topics.map(|topics| !topics.is_empty()));
            self.swap(Measure::ServicesListed, (service, Area::DE), listed.each_ref());
            let kinds = self.both(|at| at.executed_by(service));
            self.emit(about, kinds.each_ref(), topics.each_ref(), |kinds, put| {
                kinds.iter().for_each(|kind| put(Count::Executing, kind.index()));
            });
        }
    }

    /// Reads the state as of after the batch.
    pub(crate) fn after(&self) -> AsOf<'a> {
        self.state.as_of(self.after)
    }

    /// Folds something as of before the batch and as of after it.
    pub(crate) fn both<V>(&self, fold: impl Fn(AsOf<'a>) -> V) -> [V; 2] {
        [self.before, self.after].map(|position| fold(self.state.as_of(position)))
    }

    /// Replaces a timeline in the cells of its topics: takes out the old steps and puts in the new ones. A value counts
    /// in each topic of its day and in all topics together. Steps that both begin with stay untouched.
    pub(crate) fn emit<V: Clone + PartialEq + Default>(
        &mut self,
        (area, unit): (Area, Unit),
        values: [&Steps<V>; 2],
        topics: [&Steps<TopicSet>; 2],
        put: impl Fn(&V, &mut dyn FnMut(Count, usize)),
    ) {
        if values[0] == values[1] && topics[0] == topics[1] {
            return;
        }
        let join = |index: usize| {
            if values[index].is_empty() || topics[index].is_empty() {
                return Steps::default();
            }
            values[index].zip(topics[index], |value, topics| (value.clone(), *topics))
        };
        let joined: [Steps<(V, TopicSet)>; 2] = [join(0), join(1)];
        let common = joined[0].common(&joined[1]);
        let [mut last, mut now]: [Vec<(Count, usize)>; 2] = Default::default();
        let list = |value: &V, out: &mut Vec<(Count, usize)>| {
            out.clear();
            put(value, &mut |count, sub| out.push((count, sub)));
        };
        for (steps, sign) in joined.iter().zip([-1, 1]) {
            let mut rest = steps.iter().skip(common.saturating_sub(1));
            let mut topics = TopicSet::default();
            last.clear();
            if common > 0
                && let Some((_, (value, of_day))) = rest.next()
            {
                list(value, &mut last);
                topics = *of_day;
            }
            for (day, (value, of_day)) in rest {
                list(value, &mut now);
                let unchanged = |item: &(Count, usize), other: &[(Count, usize)]| {
                    topics == *of_day && other.contains(item)
                };
                for (items, others, topics, sign) in
                    [(&last, &now, topics, -sign), (&now, &last, *of_day, sign)]
                {
                    for (count, sub) in items.iter().filter(|item| !unchanged(item, others)) {
                        self.out.put((*count, area, unit, *sub), topics, *day, sign);
                    }
                }
                std::mem::swap(&mut last, &mut now);
                topics = *of_day;
            }
        }
    }

    /// Projects services rolled out; only statements about areas themselves matter.
    fn rolled_out(&mut self, slots: &[(ServiceNo, Area, Slot)]) {
        let mut dirty: BTreeSet<(ServiceNo, Area)> = BTreeSet::new();
        for (service, area, _) in slots.iter().filter(|(.., slot)| *slot == Slot::AREA) {
            dirty.insert((*service, Area::DE));
            if *area == Area::DE {
                dirty.extend(Area::laender().map(|land| (*service, land)));
            } else {
                dirty.insert((*service, *area));
            }
        }
        for (service, area) in dirty {
            let holds = |position| {
                self.holds(Measure::ServicesRolledOut, self.state.as_of(position), (service, area))
            };
            let [before, after] = [self.before, self.after].map(holds);
            self.swap(Measure::ServicesRolledOut, (service, area), [&before, &after]);
        }
    }

    /// Services by level, and compliant ones.
    fn maturity(&mut self, slots: &[(ServiceNo, Area, Slot)]) {
        for (service, area, _) in slots.iter().filter(|(.., slot)| *slot == Slot::AREA) {
            let about = (*area, self.state.unit_of(*service));
            let topics = self.both(|at| at.topics(*service));
            for model in [Model::V1_1, Model::V2_0] {
                let level = self.both(|at| at.level(*service, *area, Slot::AREA, model));
                self.emit(about, level.each_ref(), topics.each_ref(), |level, put| {
                    let Some(level) = level else { return };
                    for (counts, count, sub) in stored::STORED_LEVELS.iter() {
                        if counts(*level, Some(*level)) {
                            put(*count, if *sub == Sub::Level { level.index() } else { 0 });
                        }
                    }
                });
            }
        }
    }
}
