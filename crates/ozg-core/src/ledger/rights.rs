//! What an office may do: the places and topics that it may write about, and where it coordinates (rules 26, 27).

use crate::asof::AsOf;
use crate::mistake::Fault;
use crate::words::{AuthorityKind, Day, Place, Slug, TopicSet};

/// What an office may do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    /// The Länder, Kreise, authorities and regions that it may write about; none means all. A Land and a Kreis have the
    /// authorities in them, `DE` is Germany as a place and the authorities of the Bund.
    pub areas: Vec<Place>,
    /// The topics that it may write about; none means all.
    pub topics: TopicSet,
    /// Where it corrects, ends and withdraws what others said, within its areas and topics; an empty list means all of
    /// them. None: nowhere.
    pub coordinates: Option<Vec<Place>>,
}

impl Rights {
    /// Tells whether the office may write about everything.
    #[must_use]
    pub fn are_unlimited(&self) -> bool {
        self.areas.is_empty() && self.topics.is_empty()
    }

    /// Reads one of the areas: a Land, a Kreis (`kreis:12054` or its five digits), an authority or a region.
    ///
    /// # Errors
    /// Those of [`Place::read`].
    pub fn read_area(text: &str) -> Result<Place, Fault> {
        let word = text.trim();
        let is_kreis = word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_kreis { Place::read(&format!("kreis:{word}")) } else { Place::read(word) }
    }
}

impl AsOf<'_> {
    /// Tells whether a place lies in one of some areas, as regions are on a day. A region lies there if it is named, or if all
    /// its members do. What describes a region is judged without it: a region gives no right to define itself.
    pub(super) fn lies_in(self, areas: &[Place], place: &Place, day: Day, without: Option<&Slug>) -> bool {
        let has = |area: &Place| match area {
            Place::Area(land) => match place {
                Place::Area(other) => other == land,
                Place::Authority(authority) => authority.area() == *land,
                Place::Region(_) => false,
            },
            Place::Authority(kreis) if kreis.kind() == AuthorityKind::Kreis => {
                place.authority().is_some_and(|authority| authority.key().get(..5) == Some(kreis.key()))
            }
            Place::Authority(_) => area == place,
            Place::Region(region) if Some(region) == without => false,
            Place::Region(region) => {
                area == place || self.region_on(region, day).is_some_and(|(_, region)| region.has(place))
            }
        };
        let all_members = |region: &Slug| {
            self.region_on(region, day).is_some_and(|(_, region)| {
                let lies_in = |member: &Place| self.lies_in(areas, member, day, without);
                !region.members.is_empty() && region.members.iter().all(lies_in)
            })
        };
        areas.iter().any(has) || place.region().is_some_and(all_members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    #[test]
    fn an_area_has_what_lies_in_it() {
        let state = State::default();
        let day = Day::read("2024-01-01").unwrap();
        let lies_in = |area: &str, place: &str| {
            let (area, place) = (Rights::read_area(area).unwrap(), Place::read(place).unwrap());
            state.now().lies_in(&[area], &place, day, None)
        };
        for (area, inside, outside) in [
            ("BB", "BB ags:12060020 abh:12060 kreis:12060", "DE BE ags:01003000 bund:bamf region:nord"),
            ("12060", "ags:12060020 abh:12060-2 kreis:12060", "BB ags:12054000 abh:12061"),
            ("ags:12060020", "ags:12060020", "kreis:12060 ags:12060024"),
            ("DE", "DE bund:bamf", "BB ags:12060020"),
            ("region:nord", "region:nord", "BB region:sued"),
        ] {
            inside.split(' ').for_each(|place| assert!(lies_in(area, place), "{area} has {place}"));
            outside.split(' ').for_each(|place| assert!(!lies_in(area, place), "{area} has not {place}"));
        }
        assert!(Rights::read_area("XX").is_err() && Rights::read_area("99000").is_err());
    }
}
