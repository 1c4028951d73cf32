//! Which authorities a line is about: those of an area or a region on each day, or those of one edition of the registry.

use super::counted::Sums;
use crate::event::Region;
use crate::state::{Slot, State, Steps};
use crate::words::{Area, AuthorityId, AuthorityKind, Day, Place, StageSet};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far predecessors and successors are followed to rebase a place onto another edition.
const DESCENT_DEPTH_MAX: usize = 16;

/// The authorities that a line is about.
pub(super) struct Extent<'a> {
    state: &'a State,
    position: u32,
    area: Area,
    region: Option<Steps<Option<Arc<Region>>>>,
    territory: Option<Day>,
    /// By number: when an authority belongs to it; empty where the sums of the cube say as much.
    inside: Vec<Steps<bool>>,
    /// By kind, once they were asked for.
    authorities: [OnceCell<Steps<i64>>; AuthorityKind::COUNT],
    people: [OnceCell<Steps<i64>>; AuthorityKind::COUNT],
}

impl<'a> Extent<'a> {
    /// Describes the authorities of a place, as they are on each day or, with a territory, as they were on that day.
    pub(super) fn of(state: &'a State, place: &Place, territory: Option<Day>, position: u32) -> Extent<'a> {
        let region = match place {
            Place::Region(region) => Some(state.region(region, position)),
            Place::Area(_) | Place::Authority(_) => None,
        };
        let is_plain = region.is_none() && territory.is_none();
        let mut extent = Extent {
            state,
            position,
            area: place.area(),
            region,
            territory,
            inside: Vec::new(),
            authorities: Default::default(),
            people: Default::default(),
        };
        if !is_plain {
            extent.inside = (0..state.authorities.len()).map(|number| extent.belongs(number)).collect();
        }
        extent
    }

    /// Tells whether it is an area with the authorities of each day: then the cube has its sums.
    pub(super) fn is_plain(&self) -> bool {
        self.region.is_none() && self.territory.is_none()
    }

    /// Returns the area; DE for regions.
    pub(super) fn area(&self) -> Area {
        self.area
    }

    /// Returns the region, where it is one.
    pub(super) fn region(&self) -> Option<&Steps<Option<Arc<Region>>>> {
        self.region.as_ref()
    }

    fn belongs(&self, number: usize) -> Steps<bool> {
        let Some(id) = self.state.authorities.key(number) else { return Steps::default() };
        if self.area != Area::DE && id.area() != self.area {
            return Steps::default();
        }
        let exists = self.state.registered(number, self.position);
        let exists = match self.territory {
            Some(day) if exists.on(day) => Steps::always(true),
            Some(_) => return Steps::default(),
            None => exists,
        };
        match &self.region {
            None => exists,
            Some(region) => {
                let named = region.map(|region| region.as_ref().is_some_and(|region| region.has(id)));
                exists.and(&self.territory.map_or(named.clone(), |day| {
                    if named.on(day) { Steps::always(true) } else { Steps::default() }
                }))
            }
        }
    }

    /// Returns when an authority belongs to it.
    pub(super) fn inside(&self, number: usize) -> Steps<bool> {
        if self.is_plain() {
            self.belongs(number)
        } else {
            self.inside.get(number).cloned().unwrap_or_default()
        }
    }

    /// Returns how many authorities of a kind belong to it.
    pub(super) fn of_kind(&self, kind: AuthorityKind) -> &Steps<i64> {
        self.authorities[kind.index()].get_or_init(|| self.count_kind(kind))
    }

    fn count_kind(&self, kind: AuthorityKind) -> Steps<i64> {
        if self.is_plain() {
            return Sums { state: self.state, position: self.position }.of_kind(self.area, kind);
        }
        let of_kind = self.inside.iter().enumerate().filter(|(number, inside)| {
            !inside.is_empty() && self.state.authorities.key(*number).is_some_and(|id| id.kind() == kind)
        });
        super::fold::running(of_kind.flat_map(|(_, inside)| super::fold::steps_of(inside)).collect())
    }

    /// Returns the inhabitants of the places of the authorities of a kind.
    pub(super) fn people_of_kind(&self, kind: AuthorityKind) -> &Steps<i64> {
        self.people[kind.index()].get_or_init(|| self.count_people(kind))
    }

    fn count_people(&self, kind: AuthorityKind) -> Steps<i64> {
        let mut changes: Vec<(Day, i64)> = Vec::new();
        for (number, (id, _)) in self.state.authorities.iter().enumerate() {
            if id.kind() == kind && (self.area == Area::DE || id.area() == self.area) {
                super::fold::differences(&self.people(number), &mut changes);
            }
        }
        super::fold::running(changes)
    }

    /// Returns the inhabitants of the place of an authority, 0 while it does not belong here.
    pub(super) fn people(&self, number: usize) -> Steps<i64> {
        let described = self.state.registration(number, self.position);
        let people = described.map(|described| {
            described.as_ref().and_then(|described| described.population).map_or(0, i64::from)
        });
        let people = match self.territory {
            Some(day) if people.on(day) != 0 => Steps::always(people.on(day)),
            Some(_) => return Steps::default(),
            None => people,
        };
        if self.is_plain() {
            return people;
        }
        people.zip(&self.inside(number), |people, inside| if *inside { *people } else { 0 })
    }

    /// Lists the authorities at which a service may hold anything, with their areas and slots, and those areas themselves
    /// where `areas_too`.
    pub(super) fn slots(&self, service: usize) -> Vec<(Area, Slot)> {
        let areas = if self.area == Area::DE { Area::all().collect() } else { vec![self.area] };
        let of_area = |area: Area| self.state.slots(service, area).into_iter().map(move |slot| (area, slot));
        if self.territory.is_none() {
            return areas.into_iter().flat_map(of_area).collect();
        }
        let said = Area::all().flat_map(of_area).filter_map(|(_, slot)| slot.authority());
        let related = self.related(said.collect());
        let inside = related.into_iter().filter(|number| !self.inside(*number).is_empty());
        let slot =
            |number: usize| Some((self.state.authorities.key(number)?.area(), Slot::of_authority(number)));
        inside.filter_map(slot).collect()
    }

    /// Adds predecessors and successors to authorities.
    fn related(&self, numbers: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut found = numbers.clone();
        let mut next: Vec<usize> = numbers.into_iter().collect();
        for _ in 0..DESCENT_DEPTH_MAX {
            let kin = next.iter().flat_map(|number| {
                let mut kin = self.state.succession(*number, self.position);
                kin.extend(self.state.precession(*number, self.position));
                kin
            });
            next = kin.filter(|number| found.insert(*number)).collect();
        }
        found
    }

    /// Returns the stages that a service holds at a place while that place belongs here.
    pub(super) fn stages(&self, service: usize, area: Area, slot: Slot) -> Steps<StageSet> {
        match (self.territory, slot.authority()) {
            (Some(_), Some(authority)) => self.rebased(service, authority),
            (_, Some(authority)) if !self.is_plain() => {
                let stages = self.state.pair(service, area, slot, self.position);
                stages.zip(
                    &self.inside(authority),
                    |stages, inside| {
                        if *inside { *stages } else { StageSet::default() }
                    },
                )
            }
            _ => self.state.pair(service, area, slot, self.position),
        }
    }

    /// Returns what a place of the edition held: itself while it existed, before that what all its predecessors held, after
    /// that what all its successors hold.
    fn rebased(&self, service: usize, authority: usize) -> Steps<StageSet> {
        let (state, position) = (self.state, self.position);
        let exists = state.registered(authority, position);
        let own = self.own(service, authority);
        let Some((first, _)) = exists.iter().next().copied() else { return own };
        let before =
            self.of_kin(service, state.precession(authority, position), Kin::Before, DESCENT_DEPTH_MAX);
        let own = cut(&before, &own, first);
        match exists.iter().last() {
            Some((ended, false)) => {
                let after = self.of_kin(
                    service,
                    state.succession(authority, position),
                    Kin::After,
                    DESCENT_DEPTH_MAX,
                );
                cut(&own, &after, *ended)
            }
            _ => own,
        }
    }

    fn own(&self, service: usize, authority: usize) -> Steps<StageSet> {
        let area = self.state.authorities.key(authority).map_or(Area::DE, AuthorityId::area);
        self.state.pair(service, area, Slot::of_authority(authority), self.position)
    }

    /// Returns the stages that all predecessors or all successors held, each with its own kin before or after it.
    fn of_kin(&self, service: usize, kin: Vec<usize>, which: Kin, depth: usize) -> Steps<StageSet> {
        let (state, position) = (self.state, self.position);
        let held = kin.into_iter().map(|number| {
            let own = self.own(service, number);
            let exists = state.registered(number, position);
            let (first, last) = (exists.iter().next().copied(), exists.iter().last().copied());
            match (which, first, last) {
                _ if depth == 0 => own,
                (Kin::Before, Some((first, _)), _) if first > Day::EVER => {
                    let kin = state.precession(number, position);
                    cut(&self.of_kin(service, kin, which, depth - 1), &own, first)
                }
                (Kin::After, _, Some((ended, false))) => {
                    let kin = state.succession(number, position);
                    cut(&own, &self.of_kin(service, kin, which, depth - 1), ended)
                }
                _ => own,
            }
        });
        held.reduce(|left, right| left.zip(&right, |left, right| left.both(*right))).unwrap_or_default()
    }
}

/// Which kin of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    Before,
    After,
}

/// Returns the one timeline until a day and the other from it on.
fn cut(until: &Steps<StageSet>, from: &Steps<StageSet>, day: Day) -> Steps<StageSet> {
    let mut is_later = Steps::default();
    is_later.push(day, true);
    let both = until.zip(from, |until, from| (*until, *from));
    both.zip(&is_later, |(until, from), is_later| if *is_later { *from } else { *until })
}
