//! Keys without the scheme that says which kind of authority has them: of a Kreis, a Gemeinde, or an Amtlicher Regionalschlüssel.

use super::look_up::{Candidates, GENERAL, Lookup};
use crate::mistake::{Code, Fault};
use crate::words::{AuthorityId, AuthorityKind, KindSet};

impl Lookup<'_> {
    /// Lists the registered authorities with a key of 5, 8 or 12 digits; a lost leading zero is added.
    ///
    /// # Errors
    /// `lost_leading_zero` for a key that no authority has even with its zero, `unknown_place` for others.
    pub(super) fn with_key(
        &self,
        digits: &str,
        kinds: KindSet,
        text: &str,
    ) -> Result<Candidates<AuthorityId>, Fault> {
        let is_lost = matches!(digits.len(), 4 | 7 | 11);
        let keys = keys_of(&if is_lost { format!("0{digits}") } else { digits.to_owned() });
        let general = self.known(&keys, GENERAL.into_iter());
        let found = if general.is_empty() { self.known(&keys, AuthorityKind::all()) } else { general };
        let found = if kinds.is_empty() { found } else { self.of_kinds(&keys, found, kinds) };
        if found.is_empty() { Err(no_key(is_lost, text)) } else { Ok(found) }
    }

    /// Lists the authorities of the executing kinds that have one of the keys. A key of eight digits that ends in `000` also
    /// finds the city that is a Kreis of its own. If there is none, chooses among those that were found without regard to
    /// kinds.
    fn of_kinds(
        &self,
        keys: &[String],
        found: Candidates<AuthorityId>,
        kinds: KindSet,
    ) -> Candidates<AuthorityId> {
        let cities = keys.iter().filter(|key| key.len() == 8).filter_map(|key| key.strip_suffix("000"));
        let cities: Vec<String> = cities.map(str::to_owned).collect();
        for keys in [keys, &cities] {
            let of_kind = self.known(keys, kinds.iter());
            if !of_kind.is_empty() {
                return of_kind;
            }
        }
        self.executing(found, kinds, self.today)
    }

    /// Lists the registered authorities of some kinds with one of some keys.
    fn known(&self, keys: &[String], kinds: impl Iterator<Item = AuthorityKind>) -> Candidates<AuthorityId> {
        let with =
            |kind: AuthorityKind, key: &String| AuthorityId::read(&format!("{}:{key}", kind.scheme())).ok();
        let all = kinds.flat_map(|kind| keys.iter().filter_map(move |key| with(kind, key)));
        all.filter(|one| self.is_known(one)).map(|one| self.with_name(one, self.today)).collect()
    }
}

/// Returns the digits of a text of digits and blanks only; `None` for any other text.
pub(super) fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Lists the keys that digits stand for: an ARS has four digits of the Verband behind the five of the Kreis.
fn keys_of(digits: &str) -> Vec<String> {
    match digits.len() {
        5 | 8 => vec![digits.to_owned()],
        12 if digits.ends_with("0000000") => vec![digits[..5].to_owned(), format!("{}000", &digits[..5])],
        12 => vec![format!("{}{}", &digits[..5], &digits[9..])],
        _ => Vec::new(),
    }
}

fn no_key(is_lost: bool, text: &str) -> Fault {
    let (code, de, en) = match is_lost {
        true => (Code::LostLeadingZero, ", auch nicht mit führender Null", ", not even with a leading zero"),
        false => (Code::UnknownPlace, "", ""),
    };
    Fault::say(
        code,
        format!(
            "Keine eingetragene Behörde hat den Schlüssel „{text}“{de}; den Schlüssel prüfen oder die Behörde zuerst eintragen (authority-listed)"
        ),
        format!(
            "No registered authority has the key \"{text}\"{en}; check the key, or register the authority first with authority-listed"
        ),
    )
}
