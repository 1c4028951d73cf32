//! Keys of services: OZG-Leistung, LeiKa-/FIM-Leistung, Onlinedienst.

use super::tagged::tagged;
use super::{Slug, Unit, word_as_text};
use crate::mistake::{Bilingual, Code, Fault};

tagged! {
    /// The key of a service.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    ServiceId;
    /// `ozg:10255`, five digits.
    0 Ozg(key: u32);
    /// `leika:99012001001000`, 14 digits that start with 99.
    1 Leika(key: u64);
    /// `dienst:<slug>`, the software.
    2 Dienst(slug: Slug);
}

const FORMS: (&str, &str) = (
    "Erlaubt: ozg:12345 (fünf Ziffern), leika:99… (14 Ziffern, beginnt mit 99), dienst:name-in-kleinbuchstaben",
    "Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case",
);

impl ServiceId {
    /// Returns what kind of service it is.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self {
            ServiceId::Ozg(_) => Unit::Ozg,
            ServiceId::Leika(_) => Unit::Leika,
            ServiceId::Dienst(_) => Unit::Dienst,
        }
    }

    /// Reads `ozg:10255`, `leika:99012001001000` or `dienst:<slug>`; a bare key of 5 or 14 digits is understood.
    ///
    /// # Errors
    /// `bad_key` with the allowed forms.
    pub fn read(text: &str) -> Result<ServiceId, Fault> {
        let word: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let word = word.to_lowercase();
        let begin = word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len());
        let (scheme, key) = word.split_once(':').unwrap_or_else(|| word.split_at(begin));
        match scheme {
            "ozg" | "" if is_digits(key, 5) => key.parse().map(ServiceId::Ozg).map_err(|_| wrong_form(text)),
            "leika" | "" if is_digits(key, 14) && key.starts_with("99") => {
                key.parse().map(ServiceId::Leika).map_err(|_| wrong_form(text))
            }
            "dienst" if word.contains(':') => {
                // Blanks within a slug are no spelling of it.
                let slug = text.split_once(':').map_or("", |(_, slug)| slug).trim();
                Slug::read(&slug.to_lowercase()).map(ServiceId::Dienst)
            }
            _ => Err(wrong_form(text)),
        }
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn wrong_form(text: &str) -> Fault {
    let rounded = text.contains("E+") || text.contains("e+");
    let fault = Fault::say(
        Code::BadKey,
        format!("„{text}“ ist kein Leistungsschlüssel. {}", FORMS.0),
        format!("\"{text}\" is not the key of a service. {}", FORMS.1),
    );
    if rounded {
        fault.hint(Bilingual::new(
            "Spalte als Text anlegen: die Ziffern wurden gerundet",
            "keep the column as text: the digits were rounded",
        ))
    } else {
        fault
    }
}

word_as_text!(ServiceId);

impl std::fmt::Display for ServiceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ServiceId::Ozg(key) => write!(f, "ozg:{key:05}"),
            ServiceId::Leika(key) => write!(f, "leika:{key:014}"),
            ServiceId::Dienst(slug) => write!(f, "dienst:{slug}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_the_three_kinds() {
        for text in ["ozg:10255", "leika:99012001001000", "dienst:ewa", "ozg:00012"] {
            assert_eq!(ServiceId::read(text).unwrap().to_string(), text);
        }
        for text in ["10255", "OZG 10255", "OZG10255", "ozg: 10 255", "OZG:10255"] {
            assert_eq!(ServiceId::read(text).unwrap(), ServiceId::Ozg(10255), "{text}");
        }
        for text in ["99 012 001 001 000", "LeiKa 99012001001000", "LEIKA:99\u{a0}012001001000"] {
            assert_eq!(ServiceId::read(text).unwrap().to_string(), "leika:99012001001000", "{text}");
        }
        assert_eq!(ServiceId::read("DIENST:Aufenthalt").unwrap().to_string(), "dienst:aufenthalt");
        assert_eq!(ServiceId::read("99012001001000").unwrap().unit(), Unit::Leika);
    }

    #[test]
    fn refuses_other_keys() {
        for text in [
            "ozg:1025",
            "leika:89012001001000",
            "leika:9901200100100",
            "dienst:",
            "dienst:Ä",
            "x:1",
            "",
            "9.9E+13",
        ] {
            assert!(ServiceId::read(text).is_err(), "{text}");
        }
    }
}
