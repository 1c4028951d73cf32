//! E-mail addresses, telephone numbers and names of contacts in texts that everybody can read: they are recorded, with a remark.

use super::unseen::Lines;
use ozg_core::event::{Raw, RawEvent};
use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;

/// The fields whose texts are published and in which people write to each other.
const TEXTS: [&str; 2] = ["note", "reason"];
/// Words that stand before the name or the number of a person.
const PERSONS: [&str; 12] = [
    "herr",
    "frau",
    "ansprechpartner",
    "ansprechpartnerin",
    "ansprechperson",
    "kontakt",
    "tel",
    "telefon",
    "durchwahl",
    "mobil",
    "contact",
    "phone",
];
/// The fewest digits of a telephone number.
const DIGITS_MIN: usize = 7;

/// The statements of an input whose texts name a contact.
#[derive(Debug, Default)]
pub(crate) struct Contacts(Lines);

impl Contacts {
    /// Looks into the texts of a statement.
    pub(crate) fn note(&mut self, event: &RawEvent) {
        let texts = event.fields.iter().filter(|(name, _)| TEXTS.contains(&name.as_str()));
        let names_contact = |(_, raw): &(String, Raw)| matches!(raw, Raw::Text(text) if names_contact(text));
        if texts.into_iter().any(names_contact) {
            self.0.add(usize::try_from(event.at.line).unwrap_or(usize::MAX));
        }
    }

    /// Returns the remark on all of them.
    pub(crate) fn remark(&self) -> Option<Remarked> {
        let (count, named) = (self.0.count, self.0.named());
        let message = Bilingual::new(
            format!(
                "Anmerkung oder Grund nennt E-Mail, Telefon oder Person und wird veröffentlicht ({count}): Zeile {named}"
            ),
            format!(
                "A note or reason names an e-mail address, a telephone number or a person, and is published ({count}): line {named}"
            ),
        );
        (count > 0).then(|| Remarked::on_line(0, Remark::ContactInNote, None).saying(message))
    }
}

fn names_contact(text: &str) -> bool {
    has_address(text) || has_number(text) || names_person(text)
}

/// Tells whether a word is an e-mail address: something, an @, and a domain with a point.
fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let parts = word.split_once('@');
        parts.is_some_and(|(name, domain)| {
            let domain = domain.trim_end_matches(|c: char| !c.is_alphanumeric());
            name.ends_with(|c: char| c.is_alphanumeric())
                && domain.split('.').filter(|part| !part.is_empty()).count() > 1
        })
    })
}

/// Tells whether a text has a telephone number: it begins with + or 0 and has groups. Bare keys such as 01003000 have none.
fn has_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/' | '(' | ')' | '+');
    text.split(|c: char| !is_part(c)).map(str::trim).any(|number| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let is_foreign = number.starts_with("+") || number.starts_with("00");
        let has_groups = number.starts_with(['0', '(']) && number.contains([' ', '-', '/', ')']);
        digits >= DIGITS_MIN && (is_foreign || has_groups)
    })
}

/// Tells whether a name with a capital, or a number, stands behind a word for a person.
fn names_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let word = pair[0].trim_end_matches(['.', ':']).to_lowercase();
        PERSONS.contains(&word.as_str())
            && pair[1].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_told_from_other_texts() {
        for text in [
            "mail an erika.muster@stadt.de, danke",
            "Rückruf 0331 866-1234",
            "+49 331 8661234",
            "(0331) 8661234",
            "Ansprechpartnerin: Muster",
            "Frau Muster fragen",
            "Tel. 1234",
        ] {
            assert!(names_contact(text), "{text}");
        }
        for text in [
            "",
            "ags:01003000 und 12054000",
            "seit 2024-06-30, vorher 01.03.2020",
            "0 von 18",
            "Drucksache 8/1234",
            "@home",
            "Kontakt besteht",
            "99 012 001 001 000",
        ] {
            assert!(!names_contact(text), "{text}");
        }
    }
}
