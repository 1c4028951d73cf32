//! From what somebody wrote to the one key that is meant: names in their official forms, and keys without their scheme.

use super::by_key::digits;
use super::forms::Form;
use super::index::{Index, Named};
use super::{Names, Own};
use crate::asof::AsOf;
use crate::mistake::{Code, Fault};
use crate::words::{
    Area, AuthorityId, AuthorityKind, Day, KindSet, Label, Place, ServiceId, Slug, folded, two_things,
};
use std::cell::Cell;

/// Most keys that a message lists.
pub const NAMED_MAX: usize = 8;

/// Looks up names in a state, and in what a batch itself says.
pub struct Lookup<'a> {
    pub(super) at: AsOf<'a>,
    pub(super) names: &'a Names,
    pub(super) own: Own,
    /// The day of recording, which a name without a date is about.
    pub(super) today: Day,
    /// How many more unknown names are searched for in whole names.
    pub(super) searches_left: Cell<usize>,
}

/// What a text means: the key, and the name that led to it where one did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant<T> {
    /// The thing with the key.
    pub what: T,
    /// The registered name, where the text is not the key itself.
    pub name: Option<String>,
}

impl<T> Meant<T> {
    fn key(what: T) -> Meant<T> {
        Meant { what, name: None }
    }
}

/// The things that a text may mean, each with its name.
pub(super) type Candidates<T> = Vec<(T, String)>;

impl<'a> Lookup<'a> {
    /// Looks names up in a state; `today` is the day of recording in Berlin.
    #[must_use]
    pub fn new(at: AsOf<'a>, names: &'a Names, today: Day) -> Lookup<'a> {
        Lookup { at, names, own: Own::default(), today, searches_left: Cell::new(SEARCHES_MAX) }
    }

    /// Finds the place that is meant. Where authorities of one place are sisters, that of the executing `kinds` is.
    ///
    /// # Errors
    /// `ambiguous_name` with the keys, `unknown_place` with the nearest name, those of [`Place::read`] for a key.
    pub fn place(&self, text: &str, day: Day, kinds: KindSet) -> Result<Meant<Place>, Fault> {
        if let Some(place) = Place::find(text) {
            return Ok(Meant { name: self.city_beside(text, &place, day), what: place });
        }
        if folded(text) == "bund" {
            return Err(two_things(text));
        }
        if has_scheme(text) {
            return Place::read(text).map(Meant::key);
        }
        let form = Form::of(text);
        let candidates = match digits(text) {
            Some(digits) => self.with_key(&digits, kinds, text)?,
            None => self.called_authority(&form, day, kinds),
        };
        let mut places: Candidates<Place> =
            candidates.into_iter().map(|(one, name)| (Place::Authority(one), name)).collect();
        let regions = self.called(|names| &names.regions, &Form::of_region(text).base, day);
        places.extend(
            regions.into_iter().map(|named| (Place::Region(named.what.clone()), named.name.to_string())),
        );
        one_of(text, &places).unwrap_or_else(|| Err(self.no_place(text, &form, day, kinds)))
    }

    /// Finds the authority that is meant.
    ///
    /// # Errors
    /// Those of [`Lookup::place`].
    pub fn authority(&self, text: &str, day: Day) -> Result<Meant<AuthorityId>, Fault> {
        if has_scheme(text) {
            return AuthorityId::read(text).map(Meant::key);
        }
        let form = Form::of(text);
        let candidates = match digits(text) {
            Some(digits) => self.with_key(&digits, KindSet::default(), text)?,
            None => self.called_authority(&form, day, KindSet::default()),
        };
        let land = Area::find(text).filter(|area| *area != Area::DE && candidates.is_empty());
        let land = land.and_then(|land| AuthorityId::read(&format!("land:{}", land.official_key())).ok());
        if let Some((what, name)) =
            land.filter(|land| self.is_known(land)).map(|land| self.with_name(land, day))
        {
            return Ok(Meant { what, name: Some(name) });
        }
        one_of(text, &candidates).unwrap_or_else(|| Err(self.no_place(text, &form, day, KindSet::default())))
    }

    /// Finds the Land or Kreis that is meant, what regions consist of.
    ///
    /// # Errors
    /// Those of [`Lookup::place`] and [`Place::read_member`].
    pub fn member(&self, text: &str, day: Day) -> Result<Meant<Place>, Fault> {
        let meant = self.place(text, day, [AuthorityKind::Kreis].into_iter().collect())?;
        Place::read_member(&meant.what.to_string()).map(|what| Meant { what, name: meant.name })
    }

    /// Finds the service that is meant.
    ///
    /// # Errors
    /// `ambiguous_name` with the keys, `unknown_service` with the nearest name, those of [`ServiceId::read`] for a key.
    pub fn service(&self, text: &str, day: Day) -> Result<Meant<ServiceId>, Fault> {
        let read = ServiceId::read(text);
        if read.is_ok() || text.contains(':') || !text.contains(char::is_alphabetic) {
            return read.map(Meant::key);
        }
        let form = Form::whole(text);
        let called = self.called(|names| &names.services, &form.base, day);
        let candidates: Candidates<ServiceId> =
            called.into_iter().map(|named| (named.what.clone(), named.name.to_string())).collect();
        one_of(text, &candidates).unwrap_or_else(|| {
            let near = self.near(|names| &names.services, &form.base, day);
            let fault = unknown(Code::UnknownService, NO_SERVICE, text, near.as_slice());
            Err(if near.len() == 1 { fault } else { self.searched(fault, text, near, day) })
        })
    }

    /// Finds the list of services that is meant.
    ///
    /// # Errors
    /// `ambiguous_name` with the keys, `bad_key` for what no list is called.
    pub fn list(&self, text: &str, day: Day) -> Result<Meant<Slug>, Fault> {
        let read = Slug::read(text);
        if read.as_ref().is_ok_and(|slug| self.at.state.lists.get(slug).is_some()) {
            return read.map(Meant::key);
        }
        let called = self.called(|names| &names.lists, &folded(text), day);
        let candidates: Candidates<Slug> =
            called.into_iter().map(|named| (named.what.clone(), named.name.to_string())).collect();
        one_of(text, &candidates).unwrap_or_else(|| read.map(Meant::key))
    }

    /// Returns the kinds of authorities that execute a service on a day, by its listing of then, else the next, else the last.
    pub(super) fn kinds_on(&self, service: &ServiceId, day: Day) -> KindSet {
        if let Some(own) = self.own.kinds.get(service) {
            let before = own.range(..=day).next_back();
            return before
                .or_else(|| own.first_key_value())
                .map_or_else(KindSet::default, |(_, kinds)| *kinds);
        }
        let number = self.at.state.services.number(service);
        number.map_or_else(KindSet::default, |number| self.at.executing(number, day))
    }

    /// Returns the kinds of authorities that ever executed a service; empty ones are all.
    pub(super) fn kinds_ever(&self, service: &ServiceId) -> KindSet {
        let number = self.at.state.services.number(service);
        let steps = number.map(|number| self.at.executed_by(number));
        let kept = steps.iter().flat_map(|steps| steps.iter().map(|(_, kinds)| *kinds));
        let own = self.own.kinds.get(service).into_iter().flat_map(|own| own.values().copied());
        kept.chain(own).flat_map(KindSet::iter).collect()
    }

    /// Lists the things with a name: those that bear it on the day, else those that ever did.
    pub(super) fn called<'l, T: Clone + PartialEq + 'l>(
        &'l self,
        index: impl Fn(&'l Names) -> &'l Index<T>,
        base: &str,
        day: Day,
    ) -> Vec<&'l Named<T>> {
        let (kept, own) = (index(self.names), index(&self.own.names));
        let all = || own.of_base(base).iter().chain(kept.of_base(base));
        let then: Vec<&Named<T>> = all().filter(|named| named.holds(day)).collect();
        let mut found = if then.is_empty() { all().collect() } else { then };
        each_once(&mut found, |named| &named.what);
        found
    }

    /// Lists the things whose names on the day are near.
    fn near<'l, T: Clone + PartialEq + std::fmt::Display + 'l>(
        &'l self,
        index: impl Fn(&'l Names) -> &'l Index<T>,
        base: &str,
        day: Day,
    ) -> Candidates<String> {
        let near = index(self.names).near(base).chain(index(&self.own.names).near(base));
        let mut near: Vec<&Named<T>> = near.filter(|named| named.holds(day)).collect();
        each_once(&mut near, |named| &named.what);
        near.into_iter().map(|named| (named.what.to_string(), named.name.to_string())).collect()
    }

    /// Keeps the candidates of the executing kinds, else their sisters of these kinds, else all.
    pub(super) fn executing(
        &self,
        all: Candidates<AuthorityId>,
        kinds: KindSet,
        day: Day,
    ) -> Candidates<AuthorityId> {
        let of_kind: Candidates<AuthorityId> =
            all.iter().filter(|(one, _)| kinds.contains(one.kind())).cloned().collect();
        if !of_kind.is_empty() {
            return of_kind;
        }
        let sisters =
            all.iter().flat_map(|(one, _)| self.at.sisters_of(one, kinds, |sister| self.is_known(sister)));
        let mut sisters: Candidates<AuthorityId> =
            sisters.map(|sister| self.with_name(sister, day)).collect();
        sisters.sort();
        sisters.dedup();
        if sisters.is_empty() { all } else { sisters }
    }

    /// Tells whether an authority was ever registered.
    pub(super) fn is_known(&self, authority: &AuthorityId) -> bool {
        self.own.registered.contains_key(authority) || self.at.is_known(authority)
    }

    /// Tells whether the Kreis of an authority is a city, by its authorities.
    pub(super) fn is_city(&self, authority: &AuthorityId) -> bool {
        let key = authority.key();
        key.len() == 5 && AuthorityId::read(&format!("ags:{key}000")).is_ok_and(|city| self.is_known(&city))
    }

    pub(super) fn with_name(&self, authority: AuthorityId, day: Day) -> (AuthorityId, String) {
        let own = self.own.registered.get(&authority).cloned();
        let name = own.or_else(|| Some(self.at.name_of(&authority, day)?.to_string()));
        (authority, name.unwrap_or_default())
    }

    /// Returns the name of a Land that is also the name of a city.
    fn city_beside(&self, text: &str, place: &Place, day: Day) -> Option<String> {
        let Place::Area(land) = place else { return None };
        let is_name = CITIES.contains(land) && folded(text) == folded(land.name().de);
        let beside = is_name && !self.called(|names| &names.authorities, &folded(text), day).is_empty();
        beside.then(|| format!("Land {}", land.name().de))
    }

    fn no_place(&self, text: &str, form: &Form, day: Day, kinds: KindSet) -> Fault {
        let near = self.names.authorities.near(&form.base).chain(self.own.names.authorities.near(&form.base));
        let near = near.filter(|named| named.holds(day) && self.fits(form, named));
        let mut near: Candidates<AuthorityId> =
            near.map(|named| (named.what.clone(), named.name.to_string())).collect();
        each_once(&mut near, |(one, _)| one);
        let near = if kinds.is_empty() {
            near
        } else {
            self.executing(near, kinds, day)
                .into_iter()
                .filter(|(one, _)| kinds.contains(one.kind()))
                .collect()
        };
        let areas = Area::near(text).into_iter().map(|area| (area.to_string(), area.name().de.to_owned()));
        let near: Candidates<String> =
            areas.chain(near.into_iter().map(|(one, name)| (one.to_string(), name))).collect();
        unknown(Code::UnknownPlace, NO_PLACE, text, &near)
    }
}

/// The kinds of authorities that stand for a place as a whole.
pub(super) const GENERAL: [AuthorityKind; 4] =
    [AuthorityKind::Gemeinde, AuthorityKind::Kreis, AuthorityKind::Land, AuthorityKind::Bund];
/// The most unknown names of an input that are searched for in whole names.
const SEARCHES_MAX: usize = 50;
/// The Länder that are cities.
const CITIES: [Area; 3] = [Area::BE, Area::HB, Area::HH];

const NO_PLACE: Label = Label {
    de: "ist kein Ort: so heißt kein Land, keine eingetragene Behörde und keine Region. Erlaubt: DE, ein Land (BW), eine Behörde mit Namen oder Schlüssel (ags:01003000), eine Region (region:rhein-neckar)",
    en: "is not a place: no Land, no registered authority and no region is called so. Allowed: DE, a Land (BW), an authority by its name or key (ags:01003000), a region (region:rhein-neckar)",
};
const NO_SERVICE: Label = Label {
    de: "ist keine Leistung: so heißt keine im Katalog. Erlaubt: ihr Name dort oder ihr Schlüssel (ozg:10255, leika:99012001001000, dienst:aufenthalt)",
    en: "is not a service: none in the catalogue is called so. Allowed: its name there or its key (ozg:10255, leika:99012001001000, dienst:aufenthalt)",
};

/// Tells whether a text is a key with its scheme, rightly or wrongly written.
fn has_scheme(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.trim());
    AuthorityId::is_spelled(text)
        || scheme.is_some_and(|scheme| !scheme.is_empty() && !scheme.contains(char::is_whitespace))
}

/// Removes what comes a second time.
pub(super) fn each_once<T, K: PartialEq>(all: &mut Vec<T>, key: impl Fn(&T) -> &K) {
    let mut index = 0;
    while index < all.len() {
        let is_again = all[..index].iter().any(|before| key(before) == key(&all[index]));
        if is_again {
            all.remove(index);
        } else {
            index += 1;
        }
    }
}

/// Returns the only candidate, or refuses several; none where there is none.
fn one_of<T: Clone + std::fmt::Display>(
    text: &str,
    candidates: &[(T, String)],
) -> Option<Result<Meant<T>, Fault>> {
    match candidates {
        [] => None,
        [(what, name)] => Some(Ok(Meant { what: what.clone(), name: Some(name.clone()) })),
        several => Some(Err(ambiguous(text, several))),
    }
}

fn ambiguous<T: std::fmt::Display>(text: &str, candidates: &[(T, String)]) -> Fault {
    let mut named: Vec<String> = candidates.iter().map(|(key, name)| format!("{key} ({name})")).collect();
    named.sort();
    let more = named.len().saturating_sub(NAMED_MAX);
    named.truncate(NAMED_MAX);
    let named = named.join(", ");
    let (more_de, more_en) = if more == 0 {
        Default::default()
    } else {
        (format!(" und {more} weitere"), format!(" and {more} more"))
    };
    Fault::say(
        Code::AmbiguousName,
        format!("„{text}“ kann mehreres meinen: {named}{more_de}. Den Schlüssel angeben"),
        format!("\"{text}\" may mean several things: {named}{more_en}. Give the key"),
    )
}

/// Says that nothing has the name. If one name alone is near, it is the hint.
fn unknown(code: Code, what: Label, text: &str, near: &[(String, String)]) -> Fault {
    let fault = Fault::say(code, format!("„{text}“ {}", what.de), format!("\"{text}\" {}", what.en));
    match near {
        [(key, name)] => fault
            .more(&format!(". Gemeint ist vielleicht „{name}“"), &format!(". Perhaps \"{name}\" is meant"))
            .hint(key),
        _ => fault,
    }
}
