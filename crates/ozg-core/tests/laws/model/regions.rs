//! Regions: what lies in one on a day, and around which Länder it does, read from the definitions anew.

use super::{World, counts};
use crate::workload::authorities;
use ozg_core::event::Body;
use ozg_core::words::{Area, AuthorityId, AuthorityKind, Day, Place, Slug};
use std::collections::BTreeSet;

/// Lists the Kreise of the workload.
pub(super) fn kreise() -> impl Iterator<Item = AuthorityId> {
    authorities().into_iter().filter(|authority| authority.kind() == AuthorityKind::Kreis)
}

/// Names the region that one Kreis is.
pub(super) fn region_of(kreis: &AuthorityId) -> Slug {
    Slug::read(&kreis.to_string().replace(':', "-")).unwrap()
}

impl World {
    /// Lists the definitions of a region: the day from which each holds, and the members.
    fn definitions(&self, region: &Slug) -> Vec<(Day, Vec<Place>)> {
        // A Kreis that is asked about is a region that has always been that one Kreis (rule 21d).
        if let Some(kreis) = kreise().find(|kreis| region_of(kreis) == *region) {
            return vec![(Day::EVER, vec![Place::Authority(kreis)])];
        }
        let said = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::RegionDefined(id, defined, on) if id == region => {
                let day = on.map_or(Day::EVER, |on| counts(on, entry.recorded));
                Some((day, defined.members.clone()))
            }
            _ => None,
        });
        said.collect()
    }

    /// Returns the members of a region on a day: those of the latest definition; none where it does not exist.
    fn members(&self, region: &Slug, day: Day) -> Vec<Place> {
        let by_then = self.definitions(region).into_iter().filter(|(from, _)| *from <= day);
        by_then.max_by_key(|(from, _)| *from).map(|(_, members)| members).unwrap_or_default()
    }

    /// Lists all regions that anybody has defined.
    pub(super) fn regions(&self) -> BTreeSet<Slug> {
        let said = self.entries.iter().filter_map(|entry| match &entry.event.body {
            Body::RegionDefined(id, ..) => Some(id.clone()),
            _ => None,
        });
        said.collect()
    }

    /// Returns the first day on which a place has members; areas and authorities have always been there.
    pub(super) fn exists_from(&self, within: &Place) -> Option<Day> {
        let Place::Region(region) = within else { return Some(Day::EVER) };
        let days = self.definitions(region).into_iter().map(|(day, _)| day);
        days.filter(|day| !self.members(region, *day).is_empty()).min()
    }

    /// Tells whether a place lies within another on a day.
    pub(super) fn lies(&self, place: &Place, within: &Place, day: Day) -> bool {
        match within {
            Place::Area(Area::DE) => true,
            Place::Area(area) => place.area() == *area,
            Place::Authority(_) => place == within,
            Place::Region(region) => self.members(region, day).iter().any(|member| match (member, place) {
                (Place::Area(land), Place::Authority(authority)) => authority.area() == *land,
                (Place::Authority(kreis), Place::Authority(authority)) => {
                    authority.key().starts_with(kreis.key())
                }
                (member, place) => member == place,
            }),
        }
    }

    /// Lists the areas of which a place is the whole or a part: itself, of a region the Länder of its members.
    pub(super) fn around(&self, within: &Place, day: Day) -> BTreeSet<Area> {
        match within {
            Place::Region(region) => self.members(region, day).iter().map(Place::area).collect(),
            place => BTreeSet::from([place.area()]),
        }
    }
}
