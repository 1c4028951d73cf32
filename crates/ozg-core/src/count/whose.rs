//! Whom a line asks about: the places of an area or a region on each day, or the authorities of one edition of the registry,
//! and the services on a list.

use super::About;
use super::registered::OfKind;
use crate::asof::{AsOf, OnList};
use crate::event::Region;
use crate::query::Query;
use crate::state::{AuthorityNo, Number, ServiceNo, Slot};
use crate::steps::Steps;
use crate::words::{Area, AuthorityId, AuthorityKind, Day, Place, ServiceId, StageSet, Topic};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most steps through predecessors or successors when a place is rebased onto another edition.
const DESCENT_DEPTH_MAX: usize = 16;

/// The places and services that a line asks about.
pub(crate) struct Whose<'a> {
    pub(super) at: AsOf<'a>,
    pub(super) area: Area,
    /// The place itself, as statements about it name it; that of an area for regions.
    pub(crate) own: Slot,
    region: Option<Steps<Option<Arc<Region>>>>,
    pub(super) territory: Option<Day>,
    list: OnList,
    /// By area, computed on first use: when the area lies here.
    areas: OnceCell<Vec<Steps<bool>>>,
    /// The areas that it touches, computed on first use.
    touched: OnceCell<Vec<(Area, Steps<bool>)>>,
    /// By number: when an authority lies here, whether it exists or not; of regions only.
    lying: OnceCell<Vec<Steps<bool>>>,
    /// By number, computed on first use: when an authority belongs here. A line that the cube has sums for does not
    /// need it.
    inside: OnceCell<Vec<Steps<bool>>>,
    /// By kind, computed on first use.
    pub(super) of_kind: [OfKind; AuthorityKind::COUNT],
}

impl<'a> Whose<'a> {
    /// Describes whom a line asks about: the place as it is on each day or, with a territory, as it was on that day, and the
    /// services on the list.
    pub(crate) fn of(at: AsOf<'a>, query: &Query, about: &About) -> Whose<'a> {
        let list = at.on_list(query.list.as_ref());
        Whose { list, territory: query.territory, ..Whose::at_place(at, &about.place) }
    }

    /// Describes what lies in a place, with all services.
    pub(crate) fn at_place(at: AsOf<'a>, place: &Place) -> Whose<'a> {
        let region = match place {
            Place::Region(region) => Some(at.region(region)),
            Place::Area(_) | Place::Authority(_) => None,
        };
        let number = place.authority().and_then(|authority| at.state.authorities.number(authority));
        Whose {
            at,
            area: place.area(),
            own: number.map_or(Slot::AREA, Slot::of_authority),
            region,
            territory: None,
            list: at.on_list(None),
            areas: OnceCell::new(),
            touched: OnceCell::new(),
            lying: OnceCell::new(),
            inside: OnceCell::new(),
            of_kind: Default::default(),
        }
    }

    /// Returns the state as of the position that it is read at.
    pub(crate) fn at(&self) -> AsOf<'a> {
        self.at
    }

    /// Returns when a service is in the catalogue, in a topic where one is given, and on the list.
    pub(crate) fn listed(&self, service: ServiceNo, topic: Option<Topic>) -> Steps<bool> {
        let topics = self.at.topics(service);
        let listed = topics.map(|topics| topic.map_or(!topics.is_empty(), |topic| topics.contains(topic)));
        match self.at.state.services.key(service) {
            Some(id) => self.list.while_on(id, listed),
            None => listed,
        }
    }

    /// Tells whether a service is ever on the list.
    pub(crate) fn ever_lists(&self, service: &ServiceId) -> bool {
        self.list.ever(service)
    }

    /// Tells whether it is an area with the authorities of each day: then the cube has its sums.
    pub(crate) fn is_plain(&self) -> bool {
        self.region.is_none() && self.territory.is_none()
    }

    /// Returns the area; DE for regions.
    pub(crate) fn area(&self) -> Area {
        self.area
    }

    /// Returns the region, where it is one.
    pub(crate) fn region(&self) -> Option<&Steps<Option<Arc<Region>>>> {
        self.region.as_ref()
    }

    /// Returns when a place lies here, whether it exists or not: always in its area, in a region while it is a member or lies
    /// in one.
    pub(crate) fn lies(&self, area: Area, slot: Slot) -> &Steps<bool> {
        match (slot.authority(), &self.region) {
            (Some(number), Some(region)) => {
                let of_each = |number| self.lies_in(region, area, Slot::of_authority(number));
                &self.lying.get_or_init(|| self.at.state.authorities.all().map(of_each).collect())
                    [number.index()]
            }
            _ => &self.areas()[area.index()],
        }
    }

    fn areas(&self) -> &[Steps<bool>] {
        self.areas.get_or_init(|| {
            let lies = |area: Area| match &self.region {
                Some(region) => self.lies_in(region, area, Slot::AREA),
                None if self.area == Area::DE || self.area == area => Steps::always(true),
                None => Steps::default(),
            };
            Area::all().map(lies).collect()
        })
    }

    fn lies_in(&self, region: &Steps<Option<Arc<Region>>>, area: Area, slot: Slot) -> Steps<bool> {
        let Some(place) = self.at.state.place(area, slot) else { return Steps::default() };
        region.map(|region| region.as_ref().is_some_and(|region| region.has(&place)))
    }

    /// Lists the Länder here, each with its time: for DE all 16, for a region those that it touches.
    pub(crate) fn laender(&self) -> Vec<(Area, Steps<bool>)> {
        if self.region.is_some() {
            return self.touched().to_vec();
        }
        let all = Area::laender().map(|land| (land, self.lies(land, Slot::AREA).clone()));
        all.filter(|(_, lies)| !lies.is_empty()).collect()
    }

    /// Lists the areas whose statements as a whole hold here, too, each with its time: the area itself; for a region
    /// all Länder that it touches.
    pub(crate) fn touched(&self) -> &[(Area, Steps<bool>)] {
        self.touched.get_or_init(|| {
            let Some(region) = &self.region else { return vec![(self.area, Steps::always(true))] };
            let touches =
                |land| region.map(|region| region.as_ref().is_some_and(|region| region.touches(land)));
            let all = Area::laender().map(|land| (land, touches(land)));
            all.filter(|(_, touched)| !touched.is_empty()).collect()
        })
    }

    fn belongs(&self, number: AuthorityNo) -> Steps<bool> {
        let Some(id) = self.at.state.authorities.key(number) else { return Steps::default() };
        let lies = self.lies(id.area(), Slot::of_authority(number));
        if lies.is_empty() {
            return Steps::default();
        }
        self.of_territory(self.at.registered(number)).and(lies)
    }

    /// Lets the day of the territory, where one is asked for, stand for all days: who there is follows from it, who lies in a
    /// region from the day of the value.
    pub(super) fn of_territory<T: Clone + PartialEq + Default>(&self, of_days: Steps<T>) -> Steps<T> {
        match self.territory {
            Some(day) => Steps::always(of_days.on(day)),
            None => of_days,
        }
    }

    /// Returns when an authority belongs to it.
    pub(crate) fn inside(&self, number: AuthorityNo) -> Steps<bool> {
        if self.is_plain() { self.belongs(number) } else { self.all_inside()[number.index()].clone() }
    }

    fn all_inside(&self) -> &[Steps<bool>] {
        self.inside
            .get_or_init(|| self.at.state.authorities.all().map(|number| self.belongs(number)).collect())
    }

    /// Lists the places at which a service may hold anything, with their areas and slots; with a territory authorities only.
    pub(crate) fn slots(&self, service: ServiceNo) -> Vec<(Area, Slot)> {
        let areas: Vec<Area> = match (self.area == Area::DE, self.region.is_some()) {
            (true, true) => self.touched().iter().map(|(land, _)| *land).collect(),
            (true, false) => Area::all().collect(),
            (false, _) => vec![self.area],
        };
        let of_area =
            |area: Area| self.at.state.slots(service, area).into_iter().map(move |slot| (area, slot));
        if self.territory.is_none() {
            return areas.into_iter().flat_map(of_area).collect();
        }
        let said = Area::all().flat_map(of_area).filter_map(|(_, slot)| slot.authority());
        let related = self.related(said.collect());
        let inside = related.into_iter().filter(|number| !self.inside(*number).is_empty());
        let slot = |number: AuthorityNo| {
            Some((self.at.state.authorities.key(number)?.area(), Slot::of_authority(number)))
        };
        inside.filter_map(slot).collect()
    }

    /// Adds predecessors and successors to authorities.
    fn related(&self, numbers: BTreeSet<AuthorityNo>) -> BTreeSet<AuthorityNo> {
        let mut found = numbers.clone();
        let mut next: Vec<AuthorityNo> = numbers.into_iter().collect();
        for _ in 0..DESCENT_DEPTH_MAX {
            let kin = next.iter().flat_map(|number| {
                let mut kin = self.at.succession(*number);
                kin.extend(self.at.precession(*number));
                kin
            });
            next = kin.filter(|number| found.insert(*number)).collect();
        }
        found
    }

    /// Returns the stages that a service holds at a place while that place belongs here.
    pub(crate) fn stages(&self, service: ServiceNo, area: Area, slot: Slot) -> Steps<StageSet> {
        match (self.territory, slot.authority()) {
            (Some(_), Some(authority)) => {
                while_here(&self.rebased(service, authority), &self.inside(authority))
            }
            _ if self.region.is_some() => {
                while_here(&self.at.pair(service, area, slot), self.lies(area, slot))
            }
            _ => self.at.pair(service, area, slot),
        }
    }

    /// Returns the stages of a place of the edition: its own while it existed, before that those that all its
    /// predecessors held, after that those that all its successors hold.
    fn rebased(&self, service: ServiceNo, authority: AuthorityNo) -> Steps<StageSet> {
        let at = self.at;
        let exists = at.registered(authority);
        let own = self.own(service, authority);
        let Some((first, _)) = exists.iter().next().copied() else { return own };
        let before = self.of_kin(service, at.precession(authority), Kin::Before, DESCENT_DEPTH_MAX);
        let own = cut(&before, &own, first);
        match exists.iter().last() {
            Some((ended, false)) => {
                let after = self.of_kin(service, at.succession(authority), Kin::After, DESCENT_DEPTH_MAX);
                cut(&own, &after, *ended)
            }
            _ => own,
        }
    }

    fn own(&self, service: ServiceNo, authority: AuthorityNo) -> Steps<StageSet> {
        let area = self.at.state.authorities.key(authority).map_or(Area::DE, AuthorityId::area);
        self.at.pair(service, area, Slot::of_authority(authority))
    }

    /// Returns the stages that all predecessors or all successors held, each with its own kin before or after it.
    fn of_kin(&self, service: ServiceNo, kin: Vec<AuthorityNo>, which: Kin, depth: usize) -> Steps<StageSet> {
        let at = self.at;
        let held = kin.into_iter().map(|number| {
            let own = self.own(service, number);
            let exists = at.registered(number);
            let (first, last) = (exists.iter().next().copied(), exists.iter().last().copied());
            match (which, first, last) {
                _ if depth == 0 => own,
                (Kin::Before, Some((first, _)), _) if first > Day::EVER => {
                    let kin = at.precession(number);
                    cut(&self.of_kin(service, kin, which, depth - 1), &own, first)
                }
                (Kin::After, _, Some((ended, false))) => {
                    let kin = at.succession(number);
                    cut(&own, &self.of_kin(service, kin, which, depth - 1), ended)
                }
                _ => own,
            }
        });
        held.reduce(|left, right| left.zip(&right, |left, right| left.both(*right))).unwrap_or_default()
    }
}

/// Returns the stages of a place while it belongs here.
fn while_here(stages: &Steps<StageSet>, here: &Steps<bool>) -> Steps<StageSet> {
    stages.zip(here, |stages, here| if *here { *stages } else { StageSet::default() })
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
