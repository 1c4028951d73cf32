//! Authorities: a kind and a key that begins with the official key of the Land.

use super::set::Set;
use super::table::{self, Word, words};
use super::{Area, Label, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// How the keys of authorities of a kind are written.
#[derive(Debug)]
pub struct Keys {
    /// What stands before the colon of an id.
    scheme: &'static str,
    /// How many digits a key may have; none where it is a slug.
    digits: &'static [usize],
}

const fn keys(scheme: &'static str, digits: &'static [usize]) -> Keys {
    Keys { scheme, digits }
}

words! {
    /// What kind of body an authority is.
    AuthorityKind with Keys;
    0 Gemeinde "gemeinde" "Gemeinde" "municipality" = keys("ags", &[8]);
    1 Kreis "kreis" "Kreis oder kreisfreie Stadt" "district or district-free city" = keys("kreis", &[5]);
    2 Auslaenderbehoerde "auslaenderbehoerde" "Ausländerbehörde" "immigration office" = keys("abh", &[5, 8]);
    3 Bauaufsicht "bauaufsicht" "Bauaufsichtsbehörde" "building authority" = keys("bauaufsicht", &[5, 8]);
    4 Meldebehoerde "meldebehoerde" "Meldebehörde" "residents' registration office" = keys("melde", &[5, 8]);
    5 Fahrerlaubnisbehoerde "fahrerlaubnisbehoerde" "Fahrerlaubnisbehörde" "driving licence office"
        = keys("feb", &[5, 8]);
    6 Jugendamt "jugendamt" "Jugendamt" "youth welfare office" = keys("jugendamt", &[5, 8]);
    7 Sozialamt "sozialamt" "Sozialamt" "social welfare office" = keys("sozialamt", &[5, 8]);
    8 Standesamt "standesamt" "Standesamt" "registry office" = keys("standesamt", &[5, 8]);
    9 Land "land" "Landesbehörde" "Land authority" = keys("land", &[2]);
    10 Bund "bund" "Bundesbehörde" "federal authority" = keys("bund", &[]);
}

use AuthorityKind as K;

impl AuthorityKind {
    /// Returns what stands before the colon of an authority's id, such as `melde`.
    #[must_use]
    pub fn scheme(self) -> &'static str {
        self.word_row().columns.scheme
    }

    /// Reads the id or the name in either language.
    ///
    /// # Errors
    /// `unknown_kind` for anything else.
    pub fn read(text: &str) -> Result<AuthorityKind, Fault> {
        table::read(text, Code::UnknownKind, Label { de: "Die Behördenart", en: "The kind of authority" })
    }
}

word_as_text!(AuthorityKind);

/// The stable id of an authority, such as `ags:01003000` or `abh:12054-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AuthorityId {
    kind: AuthorityKind,
    key: Box<str>,
}

impl AuthorityId {
    /// Returns the kind, which the scheme of the id names.
    #[must_use]
    pub fn kind(&self) -> AuthorityKind {
        self.kind
    }

    /// Returns what stands behind the colon.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the Land that the key begins with, or DE for authorities of the Bund.
    #[must_use]
    pub fn area(&self) -> Area {
        self.key.get(..2).and_then(Area::from_official_key).unwrap_or(Area::DE)
    }

    /// Lists the authorities of a kind that may stand for the same place: with the same key, and of a city that is a Kreis of
    /// its own with the key of its other level (`12054` and `12054000`).
    pub fn sisters(&self, kind: AuthorityKind) -> impl Iterator<Item = AuthorityId> + use<> {
        let digits = kind.word_row().columns.digits;
        let city = match self.key.len() {
            5 => Some(format!("{}000", self.key)),
            8 => self.key.strip_suffix("000").map(str::to_owned),
            _ => None,
        };
        let keys = std::iter::once(self.key.to_string()).chain(city);
        let keys = keys.filter(move |key| digits.contains(&key.split('-').next().map_or(0, str::len)));
        keys.map(move |key| AuthorityId { kind, key: key.into() })
    }

    /// Tells whether a text is a key behind its scheme: `ags:01003000`, but also `AGS 01 003 000` and `Kreis 01051`.
    #[must_use]
    pub fn is_spelled(text: &str) -> bool {
        split(text).is_some_and(|(scheme, _)| kind_of_scheme(scheme).is_some())
    }

    /// Reads `ags:01003000`, `kreis:01051`, `abh:12054`, `abh:12054-2` (a second one of that Kreis), `bund:bamf`; also
    /// `AGS 01003000` and with blanks between the digits.
    ///
    /// # Errors
    /// `lost_leading_zero` with the whole key as hint, `bad_key` for other forms and keys outside the 16 Länder.
    pub fn read(text: &str) -> Result<AuthorityId, Fault> {
        let Some((scheme, key)) = split(text) else { return Err(wrong_form(text)) };
        let key: String = key.chars().filter(|letter| !letter.is_whitespace()).collect();
        let key = key.as_str();
        let Some(kind) = kind_of_scheme(scheme) else {
            let what = Label { de: "Die Behördenart vor dem Doppelpunkt", en: "The kind before the colon" };
            return Err(Fault::unknown(
                Code::UnknownKind,
                what,
                scheme,
                AuthorityKind::all().map(AuthorityKind::scheme),
            ));
        };
        if kind == K::Bund {
            let slug = super::Slug::read(&key.to_lowercase())?;
            return Ok(AuthorityId { kind, key: slug.as_str().into() });
        }
        let digits = key.split('-').next().unwrap_or(key);
        let suffix = &key[digits.len()..];
        let lengths = kind.word_row().columns.digits;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !is_suffix(suffix) {
            return Err(wrong_form(text));
        }
        if !lengths.contains(&digits.len()) {
            let whole = format!("0{digits}");
            if lengths.contains(&whole.len()) && Area::from_official_key(&whole[..2]).is_some() {
                return Err(lost_zero(text, &format!("{}:{whole}{suffix}", kind.scheme())));
            }
            return Err(wrong_length(text, digits.len(), lengths));
        }
        if Area::from_official_key(&digits[..2]).is_none() {
            return Err(Fault::say(
                Code::BadKey,
                format!("„{text}“: {} ist kein Landesschlüssel (01 bis 16)", &digits[..2]),
                format!("\"{text}\": {} is not the key of a Land (01 to 16)", &digits[..2]),
            ));
        }
        Ok(AuthorityId { kind, key: key.into() })
    }
}

/// Splits a text at its colon, or where digits begin behind a word.
fn split(text: &str) -> Option<(&str, &str)> {
    let word = text.trim();
    if let Some((scheme, key)) = word.split_once(':') {
        return Some((scheme.trim(), key.trim()));
    }
    let (scheme, key) = word.split_at(word.find(|letter: char| letter.is_ascii_digit())?);
    let is_digits = |text: &str| text.chars().all(|one| one.is_ascii_digit() || one.is_whitespace());
    let is_key = is_digits(key) || !key.contains(char::is_whitespace);
    Some((scheme.trim(), key)).filter(|(scheme, _)| is_key && !scheme.is_empty())
}

fn kind_of_scheme(scheme: &str) -> Option<AuthorityKind> {
    AuthorityKind::all().find(|kind| kind.scheme().eq_ignore_ascii_case(scheme))
}

fn is_suffix(suffix: &str) -> bool {
    suffix.is_empty()
        || (suffix.len() > 1
            && suffix.len() <= 17
            && suffix[1..].bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

fn wrong_form(text: &str) -> Fault {
    Fault::say(
        Code::BadKey,
        format!(
            "„{text}“ ist keine Behördenkennung. Erlaubt: ags:01003000, kreis:01051, abh:12054, melde:…, bund:…"
        ),
        format!(
            "\"{text}\" is not the id of an authority. Allowed: ags:01003000, kreis:01051, abh:12054, melde:…, bund:…"
        ),
    )
}

fn lost_zero(text: &str, whole: &str) -> Fault {
    Fault::say(
        Code::LostLeadingZero,
        format!("„{text}“ hat seine führende Null verloren; die Spalte als Text anlegen"),
        format!("\"{text}\" has lost its leading zero; keep the column as text"),
    )
    .hint(whole)
}

fn wrong_length(text: &str, found: usize, lengths: &[usize]) -> Fault {
    let allowed: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    Fault::say(
        Code::BadKey,
        format!("„{text}“: der Schlüssel hat {found} Ziffern, erlaubt sind {}", allowed.join(" oder ")),
        format!("\"{text}\": the key has {found} digits, allowed are {}", allowed.join(" or ")),
    )
}

word_as_text!(AuthorityId);

impl std::fmt::Display for AuthorityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind.scheme(), self.key)
    }
}

/// A set of kinds of authorities.
pub type KindSet = Set<AuthorityKind>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_ids() {
        for text in [
            "ags:01003000",
            "kreis:01051",
            "abh:12054",
            "abh:12054-2",
            "melde:02000000",
            "bund:bamf",
            "land:08",
        ] {
            assert_eq!(AuthorityId::read(text).unwrap().to_string(), text);
        }
        assert_eq!(AuthorityId::read("ags:01003000").unwrap().area(), Area::SH);
        assert_eq!(AuthorityId::read("bund:bamf").unwrap().area(), Area::DE);
    }

    #[test]
    fn a_lost_zero_is_refused_with_the_whole_key() {
        let fault = AuthorityId::read("ags:1003000").unwrap_err();
        assert_eq!((fault.code, fault.hint_in_english()), (Code::LostLeadingZero, Some("ags:01003000")));
        let fault = AuthorityId::read("kreis:1051").unwrap_err();
        assert_eq!((fault.code, fault.hint_in_english()), (Code::LostLeadingZero, Some("kreis:01051")));
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "ags:17003000",
            "ags:010030001",
            "ags:01003ab0",
            "xyz:1",
            "01003000",
            "abh:12054-",
            "abh:12054-Ä",
        ] {
            assert!(AuthorityId::read(text).is_err(), "{text}");
        }
    }
}
