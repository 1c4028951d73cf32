//! Places: where a milestone holds.

use super::tagged::tagged;
use super::{Area, AuthorityId, AuthorityKind, Slug, folded, two_things, word_as_text};
use crate::mistake::{Code, Fault};

tagged! {
    /// Germany, a Land, an authority or a region.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    Place;
    /// Germany or a Land.
    0 Area(area: Area);
    /// An authority.
    1 Authority(authority: AuthorityId);
    /// A region that may cross Länder: there are claims and series about it, but no milestones hold there.
    2 Region(region: Slug);
}

impl Place {
    /// Returns the area in which the place lies: itself, the authority's Land, or DE for authorities of the Bund and for
    /// regions.
    #[must_use]
    pub fn area(&self) -> Area {
        match self {
            Place::Area(area) => *area,
            Place::Authority(authority) => authority.area(),
            Place::Region(_) => Area::DE,
        }
    }

    /// Returns the authority, where the place is one.
    #[must_use]
    pub fn authority(&self) -> Option<&AuthorityId> {
        match self {
            Place::Area(_) | Place::Region(_) => None,
            Place::Authority(authority) => Some(authority),
        }
    }

    /// Returns the region, where the place is one.
    #[must_use]
    pub fn region(&self) -> Option<&Slug> {
        match self {
            Place::Region(region) => Some(region),
            Place::Area(_) | Place::Authority(_) => None,
        }
    }

    /// Reads a Land or a Kreis, what regions consist of.
    ///
    /// # Errors
    /// Those of [`Place::read`], `bad_key` for other places.
    pub fn read_member(text: &str) -> Result<Place, Fault> {
        let place = Place::read(text)?;
        match &place {
            Place::Area(area) if *area != Area::DE => Ok(place),
            Place::Authority(authority) if authority.kind() == AuthorityKind::Kreis => Ok(place),
            Place::Area(_) | Place::Authority(_) | Place::Region(_) => Err(Fault::say(
                Code::BadKey,
                format!("„{text}“: eine Region besteht aus Ländern (RP) und Kreisen (kreis:08221)"),
                format!("\"{text}\": a region consists of Länder (RP) and Kreise (kreis:08221)"),
            )),
        }
    }

    /// Finds the place that a text names by its key, or the area by its name, as [`Place::read`] does.
    #[must_use]
    pub fn find(text: &str) -> Option<Place> {
        let word = text.trim();
        match word.split_once(':') {
            Some((scheme, region)) if scheme.trim().eq_ignore_ascii_case("region") => {
                Slug::read(&region.trim().to_lowercase()).ok().map(Place::Region)
            }
            _ if AuthorityId::is_spelled(word) => AuthorityId::read(word).ok().map(Place::Authority),
            _ => Area::find(word).map(Place::Area),
        }
    }

    /// Reads an area, the id of an authority or a region.
    ///
    /// # Errors
    /// `unknown_place`, `bad_key` or `lost_leading_zero`, with what was probably meant.
    pub fn read(text: &str) -> Result<Place, Fault> {
        if let Some(place) = Place::find(text) {
            return Ok(place);
        }
        let word = text.trim();
        if let Some(region) = word.strip_prefix("region:") {
            return Slug::read(region).map(Place::Region);
        }
        if AuthorityId::is_spelled(word) || word.contains(':') {
            return AuthorityId::read(word).map(Place::Authority);
        }
        if folded(word) == "bund" {
            return Err(two_things(text));
        }
        let fault = Fault::say(
            Code::UnknownPlace,
            format!(
                "„{text}“ ist kein Ort. Erlaubt: DE, ein Land (BW, DE-BW, 08), eine Behörde (ags:01003000) oder eine Region (region:rhein-neckar)"
            ),
            format!(
                "\"{text}\" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)"
            ),
        );
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let guess = match (digits, word.len()) {
            (true, 8) => Some(format!("ags:{word}").into()),
            (true, 7) => Some(format!("ags:0{word}").into()),
            (true, 5) => Some(format!("kreis:{word}").into()),
            (true, 4) => Some(format!("kreis:0{word}").into()),
            _ => Area::read(word).err().and_then(|fault| fault.hint),
        };
        let lost = matches!((digits, word.len()), (true, 7 | 4));
        let fault = if lost { Fault { code: Code::LostLeadingZero, ..fault } } else { fault };
        Err(match guess {
            Some(guess) => fault.hint(guess),
            None => fault,
        })
    }
}

word_as_text!(Place);

impl From<Area> for Place {
    fn from(area: Area) -> Place {
        Place::Area(area)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Area(area) => area.fmt(f),
            Place::Authority(authority) => authority.fmt(f),
            Place::Region(region) => write!(f, "region:{region}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_areas_and_authorities() {
        assert_eq!(Place::read("8").unwrap(), Place::Area(Area::BW));
        assert_eq!(Place::read("DE").unwrap().area(), Area::DE);
        for text in ["ags:01003000", "AGS 01003000", "AGS: 01 003 000", "ags01003000", "\u{a0}AGS:01003000"] {
            assert_eq!(Place::read(text).unwrap().to_string(), "ags:01003000", "{text}");
        }
        assert_eq!(Place::read("Region:Rhein-Neckar").unwrap().to_string(), "region:rhein-neckar");
        assert!(Place::read("Bund").unwrap_err().message.en.contains("two things"));
    }

    #[test]
    fn a_bare_key_is_refused_with_a_hint() {
        let fault = Place::read("1003000").unwrap_err();
        assert_eq!((fault.code, fault.hint_in_english()), (Code::LostLeadingZero, Some("ags:01003000")));
        let fault = Place::read("01003000").unwrap_err();
        assert_eq!((fault.code, fault.hint_in_english()), (Code::UnknownPlace, Some("ags:01003000")));
        assert_eq!(Place::read("Bayrn").unwrap_err().code, Code::UnknownPlace);
    }
}
