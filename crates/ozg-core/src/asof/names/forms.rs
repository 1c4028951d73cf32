//! Names of authorities, taken apart: what is the name of a place, and what says which body of that place is meant.

use super::told::Told;
use crate::words::{AuthorityId, AuthorityKind, folded};
use AuthorityKind as K;
use std::sync::LazyLock;

/// What a word before or behind the name of a place says about the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// A city; it may be a Kreis of its own.
    City,
    /// A Gemeinde.
    Gemeinde,
    /// A Kreis.
    Kreis,
    /// An authority with a task of its own.
    Office(AuthorityKind),
}

/// The words for bodies, folded.
const BODIES: &[(Says, &[&str])] = &[
    (
        Says::City,
        &[
            "stadt",
            "kreisfreie stadt",
            "krfr stadt",
            "stadtkreis",
            "landeshauptstadt",
            "hauptstadt",
            "kreisstadt",
            "grosse kreisstadt",
            "hansestadt",
            "universitaetsstadt",
            "hanse und universitaetsstadt",
            "universitaets und hansestadt",
            "freie und hansestadt",
            "freie hansestadt",
            "stadtverwaltung",
            "magistrat",
        ],
    ),
    (
        Says::Gemeinde,
        &[
            "gemeinde",
            "gem",
            "gemeindeverwaltung",
            "markt",
            "marktgemeinde",
            "flecken",
            "kreisangehoerige stadt",
        ],
    ),
    (
        Says::Kreis,
        &["landkreis", "landkreises", "lk", "lkr", "kreis", "kreises", "kreisverwaltung", "landratsamt"],
    ),
];
/// Other words for authorities with a task of their own; their kinds have names, too.
const OFFICES: &[(AuthorityKind, &[&str])] = &[
    (K::Auslaenderbehoerde, &["auslaenderamt"]),
    (K::Bauaufsicht, &["bauaufsicht", "untere bauaufsichtsbehoerde", "bauaufsichtsamt"]),
    (K::Meldebehoerde, &["einwohnermeldeamt", "meldeamt"]),
    (K::Fahrerlaubnisbehoerde, &["fuehrerscheinstelle"]),
];
/// Words between the name of a body and that of its place.
const BETWEEN: [&str; 6] = ["der", "des", "die", "fuer", "im", "in"];
/// Words that are shortened in names of places.
const SHORT: [(&str, &str); 4] =
    [(" a d ", " an der "), (" i d ", " in der "), (" v d ", " vor der "), (" b ", " bei ")];

/// The words for bodies and offices, the longest first.
static PHRASES: LazyLock<Vec<(String, Says)>> = LazyLock::new(|| {
    let bodies = BODIES.iter().flat_map(|(says, words)| words.iter().map(|word| ((*word).to_owned(), *says)));
    let tasks = K::all().filter(|kind| !matches!(kind, K::Gemeinde | K::Kreis | K::Land | K::Bund));
    let named =
        tasks.flat_map(|kind| [kind.scheme(), kind.name().de].map(|word| (folded(word), Says::Office(kind))));
    let others = OFFICES
        .iter()
        .flat_map(|(kind, words)| words.iter().map(|word| ((*word).to_owned(), Says::Office(*kind))));
    let mut phrases: Vec<(String, Says)> = bodies.chain(named).chain(others).collect();
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
});

/// A name of an authority, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The name of the place alone, folded.
    pub(super) base: String,
    pub(super) body: Option<Says>,
    pub(super) office: Option<AuthorityKind>,
    /// What is left of the name where somebody leaves out what tells the place from others, and that.
    pub(super) told: Option<Told>,
}

impl Form {
    /// Takes a name apart: `Ausländerbehörde der Stadt Potsdam` is a city and an Ausländerbehörde, `potsdam`.
    pub(super) fn of(name: &str) -> Form {
        let (mut body, mut office) = (None, None);
        let mut note = |says: Says| match says {
            Says::Office(kind) => office = office.or(Some(kind)),
            Says::City | Says::Gemeinde | Says::Kreis => body = body.or(Some(says)),
        };
        let mut rest = name.trim();
        while let Some((head, tail)) = rest.rsplit_once([',', '(']) {
            let tail = folded(tail);
            let Some((_, says)) = PHRASES.iter().find(|(phrase, _)| *phrase == tail) else { break };
            note(*says);
            rest = head;
        }
        let whole = spelt_out(rest);
        let mut base = whole.as_str();
        for cut in [before as Cut, behind] {
            while let Some((rest, says)) =
                PHRASES.iter().find_map(|(phrase, says)| Some((cut(base, phrase)?, *says)))
            {
                note(says);
                base = rest;
            }
        }
        let told = Told::of(base, rest);
        Form { base: base.to_owned(), body, office, told }
    }

    /// Takes a name as a whole, in which nothing says what is meant.
    pub(super) fn whole(name: &str) -> Form {
        Form { base: folded(name), body: None, office: None, told: None }
    }

    /// Takes the name of a region: `Region Rhein-Neckar` is `Rhein-Neckar`.
    pub(super) fn of_region(name: &str) -> Form {
        let form = Form::whole(name);
        let base = form.base.strip_prefix("region ").unwrap_or(&form.base).to_owned();
        Form { base, ..form }
    }

    /// Tells whether a name that somebody wrote may mean an authority, by what the name says about the body. `is_city` tells
    /// whether the Kreis of the authority is a city.
    pub(super) fn may_mean(&self, authority: &AuthorityId, is_city: impl Fn() -> bool) -> bool {
        let length = authority.key().split('-').next().map_or(0, str::len);
        let fits = match self.body {
            None | Some(Says::Office(_)) => true,
            Some(Says::City) => length == 8 || length == 5 && is_city(),
            Some(Says::Gemeinde) => length == 8,
            Some(Says::Kreis) => length == 5,
        };
        fits && self.office.is_none_or(|office| office == authority.kind())
    }

    /// Tells whether the name says that a city is meant.
    pub(super) fn is_city(&self) -> bool {
        self.body == Some(Says::City)
    }

    /// Tells whether the name says nothing but the place.
    pub(super) fn is_bare(&self) -> bool {
        self.body.is_none() && self.office.is_none()
    }
}

/// Folds a name, words that are shortened in names of places spelt out.
pub(super) fn spelt_out(name: &str) -> String {
    let mut whole = format!(" {} ", folded(name));
    SHORT.iter().for_each(|(short, long)| whole = whole.replace(short, long));
    whole.trim().to_owned()
}

/// Cuts a phrase off a name; never the whole name.
type Cut = for<'n> fn(&'n str, &str) -> Option<&'n str>;

/// Cuts a phrase off the beginning of a name, with the words that link them.
fn before<'n>(name: &'n str, phrase: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(phrase)?.strip_prefix(' ')?;
    let linked = |rest: &&'n str| BETWEEN.iter().find_map(|word| rest.strip_prefix(word)?.strip_prefix(' '));
    std::iter::successors(Some(rest), linked).last()
}

/// Cuts a phrase off the end of a name.
fn behind<'n>(name: &'n str, phrase: &str) -> Option<&'n str> {
    name.strip_suffix(phrase)?.strip_suffix(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let table = [
            ("Potsdam, Stadt", "potsdam", "city"),
            ("Stadt Potsdam", "potsdam", "city"),
            ("Landeshauptstadt Potsdam", "potsdam", "city"),
            ("Kiel, Landeshauptstadt", "kiel", "city"),
            ("LK Barnim", "barnim", "kreis"),
            ("Barnim (Landkreis)", "barnim", "kreis"),
            ("Rhein-Neckar-Kreis", "rhein neckar", "kreis"),
            ("Ausländerbehörde Potsdam, Stadt", "potsdam", "city abh"),
            ("Ausländerbehörde des Landkreises Barnim", "barnim", "kreis abh"),
            ("ABH der Landeshauptstadt Potsdam", "potsdam", "city abh"),
            ("Jugendamt", "jugendamt", ""),
            ("Stadt", "stadt", ""),
            ("Stadt Wehlen, Stadt", "wehlen", "city"),
            ("Neustadt a. d. Weinstraße", "neustadt an der weinstrasse", ""),
            ("Stadtlohn", "stadtlohn", ""),
            ("Kreis, Stadt", "kreis", "city"),
            ("Stadt Kreis", "kreis", "city"),
            ("LK Kreis", "kreis", "kreis"),
            ("ABH Kreis (Landkreis)", "kreis", "kreis abh"),
        ];
        for (name, base, says) in table {
            let form = Form::of(name);
            let body = match form.body {
                Some(Says::City) => "city",
                Some(Says::Gemeinde) => "gemeinde",
                Some(Says::Kreis) => "kreis",
                Some(Says::Office(_)) | None => "",
            };
            let office = form.office.map_or("", AuthorityKind::scheme);
            assert_eq!((form.base.as_str(), format!("{body} {office}").trim()), (base, says), "{name}");
        }
    }
}
