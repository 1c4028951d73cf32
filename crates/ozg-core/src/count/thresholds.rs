//! The upper levels of the projection: whether a service counts as launched in an area, and whether it covers it.

use super::begins::JudgedAs;
use super::ground::Ground;
use super::project::{Projection, Responsible};
use super::rules::{Counts, judgement, known_kinds, rule};
use super::sums::Sum;
use crate::asof::AsOf;
use crate::event::Register;
use crate::measure::Measure;
use crate::state::{Count, Judgement, ServiceNo, State, Touched};
use crate::steps::{Net, Steps};
use crate::words::{Area, AuthorityKind, KindSet, Stage};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::rc::Rc;

impl<'a> Projection<'a> {
    /// Services launched, children before parents and Länder before Germany.
    pub(crate) fn launched(&mut self) {
        let mut dirty: BTreeSet<(Reverse<u8>, ServiceNo, usize)> = BTreeSet::new();
        let order = |state: &State, service: ServiceNo, area: Area| {
            let depth = Reverse(state.unit_of(service).depth());
            (depth, service, if area == Area::DE { Area::COUNT } else { area.index() })
        };
        for (service, area) in self.counts_changed.iter().copied() {
            let counts = self.levels.in_area_mut(service, area);
            let own = counts.available.above_zero();
            if area != Area::DE && counts.own == own {
                continue;
            }
            counts.own = own;
            dirty.insert(order(self.state, service, area));
            dirty.insert(order(self.state, service, Area::DE));
            if area == Area::DE {
                dirty.extend(Area::laender().map(|land| order(self.state, service, land)));
            }
        }
        for service in &self.services {
            dirty.extend(Area::all().map(|area| order(self.state, *service, area)));
        }
        while let Some((_, service, place)) = dirty.pop_first() {
            let area = Area::from_index(place % Area::COUNT).expect("the rest is the index of an area");
            let before =
                self.levels.in_area(service, area).map(|counts| counts.launched.clone()).unwrap_or_default();
            let after = self.holds(Measure::ServicesLaunched, self.after(), (service, area));
            let changed = before != after;
            let listed_anew = self.services.contains(&service);
            if !changed && !listed_anew {
                continue;
            }
            self.swap(Measure::ServicesLaunched, (service, area), [&before, &after]);
            if changed {
                self.levels.in_area_mut(service, area).launched = after;
            }
            for parent in self.parents(service) {
                dirty.insert(order(self.state, parent, area));
            }
        }
    }

    /// Lists the services that one has ever named as its parents.
    fn parents(&self, service: ServiceNo) -> Vec<ServiceNo> {
        let said = self.state.services.value(service).map_or(&[][..], |history| &history.said);
        let listings = said.iter().filter_map(|known| known.what.said.as_ref());
        listings
            .flat_map(|listing| &listing.parents)
            .filter_map(|parent| self.state.services.number(parent))
            .collect()
    }

    /// Services live at all responsible authorities, and those of which that can be judged.
    pub(crate) fn covering(&mut self, touched: &Touched) {
        let mut dirty: BTreeSet<ServiceNo> =
            self.counts_changed.iter().map(|(service, _)| *service).collect();
        dirty.extend(&self.services);
        let registers = self.registers(touched);
        let kinds: BTreeSet<AuthorityKind> = registers.iter().map(|(kind, _)| *kind).collect();
        let areas: BTreeSet<Area> = registers.iter().map(|(_, area)| *area).collect();
        let all: Vec<ServiceNo> =
            if kinds.is_empty() { Vec::new() } else { self.state.services.all().collect() };
        dirty.extend(all.into_iter().filter(|service| {
            let executed_by = self.after().executed_by(*service);
            executed_by.iter().any(|(_, executing)| kinds.iter().any(|kind| executing.contains(*kind)))
        }));
        for service in dirty {
            let listed_anew = self.services.contains(&service);
            let mut for_germany =
                listed_anew || !areas.is_empty() || self.counts_changed.contains(&(service, Area::DE));
            for area in Area::laender() {
                if listed_anew || areas.contains(&area) || self.counts_changed.contains(&(service, area)) {
                    for_germany |= self.cover(service, area, listed_anew);
                }
            }
            if for_germany {
                self.cover(service, Area::DE, listed_anew);
            }
        }
    }

    /// Lists the registers that were touched: their kinds and areas.
    fn registers(&self, touched: &Touched) -> BTreeSet<(AuthorityKind, Area)> {
        let authorities = touched.authorities.iter().filter_map(|number| self.state.authorities.key(*number));
        let mut registers: BTreeSet<(AuthorityKind, Area)> =
            authorities.map(|id| (id.kind(), id.area())).collect();
        for declared in touched.registers.iter().filter_map(|number| self.state.registers.key(*number)) {
            if let Register::Authorities(kind, area) = declared {
                registers.extend(parts(*area).map(|part| (*kind, part)));
            }
        }
        registers
    }

    /// Looks again at whether a service covers an area; tells whether that changed.
    fn cover(&mut self, service: ServiceNo, area: Area, listed_anew: bool) -> bool {
        let after = self.judge(service, area);
        let before =
            self.levels.in_area(service, area).map(|counts| counts.judged.clone()).unwrap_or_default();
        let changed = before != after;
        if changed || (listed_anew && !after.is_empty()) {
            let topics = self.both(|at| at.topics(service));
            let about = (area, self.state.unit_of(service));
            self.emit(about, [&before, &after], topics.each_ref(), |judged, put| {
                let counts = [
                    (judged.is_covering, Count::CoveringAll, 0),
                    (judged.is_judged, Count::Judged, JudgedAs::Judged as usize),
                    (judged.is_possible, Count::Judged, JudgedAs::Possible as usize),
                    (judged.is_live, Count::Judged, JudgedAs::Live as usize),
                ];
                let counts = counts.into_iter().filter(|(holds, ..)| *holds);
                counts.for_each(|(_, count, sub)| put(count, sub));
            });
            self.levels.in_area_mut(service, area).judged = after;
        }
        changed
    }

    /// Judges whether a service covers an area.
    fn judge(&self, service: ServiceNo, area: Area) -> Steps<Judgement> {
        judgement(&OfArea::new(self, self.after(), service, area))
    }

    /// Returns who is responsible in an area, of Germany in all its parts; few services differ in who executes them.
    fn responsible(&self, area: Area, executed_by: &Steps<KindSet>) -> Rc<Responsible> {
        let mut responsible = self.responsible.borrow_mut();
        let index = responsible.iter().position(|(known, _)| known == executed_by).unwrap_or_else(|| {
            responsible.push((executed_by.clone(), vec![None; Area::COUNT]));
            responsible.len() - 1
        });
        let known = &mut responsible[index].1[area.index()];
        Rc::clone(known.get_or_insert_with(|| {
            let nobody = Responsible { authorities: Steps::default(), complete: known_kinds(executed_by) };
            let of_parts = parts(area).map(|part| self.state.responsible(self.after, part, executed_by));
            Rc::new(of_parts.fold(nobody, |sum, part| Responsible {
                authorities: sum.authorities.plus(&part.authorities),
                complete: sum.complete.and(&part.complete),
            }))
        }))
    }

    /// Returns when a measure of services counts a service in an area.
    pub(crate) fn holds(
        &self,
        measure: Measure,
        at: AsOf<'a>,
        (service, area): (ServiceNo, Area),
    ) -> Steps<bool> {
        let Counts::Services(holds) = rule(measure).counts else { unreachable!("a measure of services") };
        holds(&OfArea::new(self, at, service, area))
    }

    /// Takes the old timeline of a service out of the cells of a measure and puts the new one in.
    pub(crate) fn swap(
        &mut self,
        measure: Measure,
        (service, area): (ServiceNo, Area),
        holds: [&Steps<bool>; 2],
    ) {
        let Some(Sum::OfArea(count, _) | Sum::OfGermany(count)) = rule(measure).stored else {
            unreachable!("a measure with a stored sum")
        };
        let unit = self.state.unit_of(service);
        let topics = self.both(|at| at.topics(service));
        self.emit((area, unit), holds, topics.each_ref(), |holds, put| {
            if *holds {
                put(count, 0);
            }
        });
    }
}

/// Lists the areas whose authorities are those of an area: of Germany all of them.
fn parts(area: Area) -> impl Iterator<Item = Area> {
    Area::all().filter(move |part| area == Area::DE || *part == area)
}

/// One service in one area, read from the middle levels as they are after the batch.
struct OfArea<'p, 'a> {
    projection: &'p Projection<'a>,
    at: AsOf<'a>,
    service: ServiceNo,
    area: Area,
    responsible: OnceCell<Rc<Responsible>>,
}

impl<'p, 'a> OfArea<'p, 'a> {
    fn new(projection: &'p Projection<'a>, at: AsOf<'a>, service: ServiceNo, area: Area) -> OfArea<'p, 'a> {
        OfArea { projection, at, service, area, responsible: OnceCell::new() }
    }

    fn whoever_is_responsible(&self) -> &Responsible {
        self.responsible
            .get_or_init(|| self.projection.responsible(self.area, &self.at.executed_by(self.service)))
    }
}

impl Ground for OfArea<'_, '_> {
    fn throughout(&self, holds: &dyn Fn(AsOf<'_>, ServiceNo, Area) -> Steps<bool>) -> Steps<bool> {
        holds(self.at, self.service, self.area)
    }

    fn available(&self) -> Steps<bool> {
        let own = parts(self.area).filter_map(|part| self.projection.levels.in_area(self.service, part));
        own.fold(Steps::default(), |any: Steps<bool>, counts| any.or(&counts.own))
    }

    fn rolled_out_around(&self) -> Steps<bool> {
        // What is said of the area itself is available there.
        if self.area == Area::DE {
            return Steps::default();
        }
        self.at.area_holds(self.service, Area::DE, Stage::RolledOut)
    }

    fn launched_child(&self) -> Steps<bool> {
        let history = self.at.state.services.value(self.service);
        let children = history.map_or(&[][..], |history| &history.children);
        children.iter().fold(Steps::default(), |any: Steps<bool>, child| {
            match self.projection.levels.in_area(*child, self.area).map(|counts| &counts.launched) {
                Some(launched) if !launched.is_empty() => {
                    any.or(&launched.and(&self.at.linked(*child, self.service)))
                }
                _ => any,
            }
        })
    }

    fn live(&self) -> Steps<i64> {
        let levels = &self.projection.levels;
        let of_parts = parts(self.area).filter_map(|part| levels.in_area(self.service, part));
        let live: Vec<Cow<'_, Net>> = of_parts.map(|counts| Cow::Borrowed(&counts.live)).collect();
        Net::sum_of(&live).steps()
    }

    fn responsible(&self) -> Steps<i64> {
        self.whoever_is_responsible().authorities.clone()
    }

    fn can_be_judged(&self) -> Steps<bool> {
        self.whoever_is_responsible().complete.clone()
    }
}
