//! The upper levels of the projection: whether a service counts as launched in an area, and whether it covers it.

use super::project::Projection;
use crate::state::{AuthorityNo, Count, ServiceNo, State};
use crate::steps::{Net, Steps};
use crate::words::{Area, AuthorityKind, KindSet, Stage};
use std::cmp::Reverse;
use std::collections::BTreeSet;

impl Projection<'_> {
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
            let after = self.compute_launched(service, area);
            let changed = before != after;
            let listed_anew = self.services.contains(&service);
            if !changed && !listed_anew {
                continue;
            }
            self.swap(service, area, Count::Launched, [&before, &after]);
            if changed {
                self.levels.in_area_mut(service, area).launched = after;
            }
            for parent in self.parents(service) {
                dirty.insert(order(self.state, parent, area));
            }
        }
    }

    fn compute_launched(&self, service: ServiceNo, area: Area) -> Steps<bool> {
        let state = self.state;
        let own = |area| self.levels.in_area(service, area).map(|counts| &counts.own);
        let mut launched = own(area).cloned().unwrap_or_default();
        if area == Area::DE {
            Area::laender().filter_map(own).for_each(|land| launched = launched.or(land));
        } else {
            launched = launched.or(&self.after().area_holds(service, Area::DE, Stage::RolledOut));
        }
        let children = state.services.value(service).map_or(&[][..], |history| &history.children);
        for child in children.iter().copied() {
            if let Some(counts) =
                self.levels.in_area(child, area).filter(|counts| !counts.launched.is_empty())
            {
                launched = launched.or(&counts.launched.and(&self.after().linked(child, service)));
            }
        }
        launched
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

    /// Takes what a service counted as out of its cells and puts in what it counts as now.
    fn swap(&mut self, service: ServiceNo, area: Area, count: Count, holds: [&Steps<bool>; 2]) {
        let unit = self.state.unit_of(service);
        let topics = self.both(|at| at.topics(service));
        self.emit((area, unit), holds, topics.each_ref(), |holds, put| {
            if *holds {
                put(count, 0);
            }
        });
    }

    /// Services live at all responsible authorities.
    pub(crate) fn covering(&mut self, authorities: &[AuthorityNo]) {
        let mut dirty: BTreeSet<ServiceNo> =
            self.counts_changed.iter().map(|(service, _)| *service).collect();
        dirty.extend(&self.services);
        let kinds: BTreeSet<AuthorityKind> = authorities
            .iter()
            .filter_map(|authority| self.state.authorities.key(*authority))
            .map(|id| id.kind())
            .collect();
        let areas: BTreeSet<Area> = authorities
            .iter()
            .filter_map(|authority| self.state.authorities.key(*authority))
            .map(|id| id.area())
            .collect();
        let all: Vec<ServiceNo> =
            if kinds.is_empty() { Vec::new() } else { self.state.services.all().collect() };
        dirty.extend(all.into_iter().filter(|service| {
            let executed_by = self.after().executed_by(*service);
            executed_by.iter().any(|(_, executing)| kinds.iter().any(|kind| executing.contains(*kind)))
        }));
        for service in dirty {
            let executed_by = self.after().executed_by(service);
            let listed_anew = self.services.contains(&service);
            let mut for_germany =
                listed_anew || !areas.is_empty() || self.counts_changed.contains(&(service, Area::DE));
            for area in Area::laender() {
                if listed_anew || areas.contains(&area) || self.counts_changed.contains(&(service, area)) {
                    for_germany |= self.cover(service, area, &executed_by, listed_anew);
                }
            }
            if for_germany {
                self.cover(service, Area::DE, &executed_by, listed_anew);
            }
        }
    }

    /// Looks again at whether a service covers an area; tells whether that changed.
    fn cover(
        &mut self,
        service: ServiceNo,
        area: Area,
        executed_by: &Steps<KindSet>,
        listed_anew: bool,
    ) -> bool {
        let after = if area == Area::DE {
            self.covers_germany(service, executed_by)
        } else {
            let any = self.responsible(area, executed_by).map(|count| *count > 0);
            self.complete(service, area, executed_by).and(&any)
        };
        let before =
            self.levels.in_area(service, area).map(|counts| counts.covering.clone()).unwrap_or_default();
        let changed = before != after;
        if changed || (listed_anew && !after.is_empty()) {
            self.swap(service, area, Count::CoveringAll, [&before, &after]);
            self.levels.in_area_mut(service, area).covering = after;
        }
        changed
    }

    /// Returns how many authorities are responsible in an area; few services differ in who executes them.
    fn responsible(&mut self, area: Area, executed_by: &Steps<KindSet>) -> Steps<i64> {
        let index =
            self.responsible.iter().position(|(known, _)| known == executed_by).unwrap_or_else(|| {
                self.responsible.push((executed_by.clone(), vec![None; Area::COUNT]));
                self.responsible.len() - 1
            });
        let state = self.state;
        let known = &mut self.responsible[index].1[area.index()];
        known.get_or_insert_with(|| state.responsible(area, executed_by)).clone()
    }

    /// Tells when a service is live at as many authorities of an area as are responsible there, none included.
    fn complete(&mut self, service: ServiceNo, area: Area, executed_by: &Steps<KindSet>) -> Steps<bool> {
        let responsible = self.responsible(area, executed_by);
        let live = self.levels.in_area(service, area).map(|counts| &counts.live);
        if live.map_or(0, Net::peak) < responsible.lowest() {
            return Steps::default();
        }
        let live = live.map(Net::steps).unwrap_or_default();
        let missing = live.zip(&responsible, |live, responsible| responsible - live);
        // A timeline is its default before its first step; here nothing is missing then.
        Steps::always(true).zip(&missing, |_, missing| *missing == 0)
    }

    /// All responsible authorities of Germany are those of all Länder and those without one.
    fn covers_germany(&mut self, service: ServiceNo, executed_by: &Steps<KindSet>) -> Steps<bool> {
        let mut complete = Steps::always(true);
        let mut any = Steps::default();
        for area in Area::all() {
            complete = complete.and(&self.complete(service, area, executed_by));
            if complete.is_empty() {
                return complete;
            }
            any = any.or(&self.responsible(area, executed_by).map(|count| *count > 0));
        }
        complete.and(&any)
    }
}
