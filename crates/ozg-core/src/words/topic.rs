//! Topics: the 14 Themenfelder of the OZG by FIM slug, and `ohne_themenfeld` for services without one.

use super::set::Set;
use super::table::{self, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

words! {
    /// A Themenfeld of the OZG.
    Topic;
    0 Work "arbeit_ruhestand" "Arbeit & Ruhestand" "Work & retirement";
    1 Building "bauen_wohnen" "Bauen & Wohnen" "Building & housing";
    2 Education "bildung" "Bildung" "Education";
    3 Migration "ein_auswanderung" "Ein- & Auswanderung" "Immigration & emigration";
    4 Engagement "engagement_hobby" "Engagement & Hobby" "Volunteering & leisure";
    5 Family "familie_kind" "Familie & Kind" "Family & children";
    6 Research "forschung_foerderung" "Forschung & Förderung" "Research & funding";
    7 Health "gesundheit" "Gesundheit" "Health";
    8 Mobility "mobilitaet_reisen" "Mobilität & Reisen" "Mobility & travel";
    9 CrossCutting "querschnittsleistungen" "Querschnittsleistungen" "Cross-cutting services" ["querschnitt"];
    10 Law "recht_ordnung" "Recht & Ordnung" "Law & order";
    11 Taxes "steuern_zoll" "Steuern & Zoll" "Taxes & customs";
    12 Environment "umwelt" "Umwelt" "Environment";
    13 Business "unternehmensfuehrung_entwicklung" "Unternehmensführung & -entwicklung" "Running & developing a business";
    14 None "ohne_themenfeld" "ohne Themenfeld" "no topic";
}

impl Topic {
    /// Reads the slug or the name in either language; "und" may stand for "&".
    ///
    /// # Errors
    /// `unknown_topic` for anything else.
    pub fn read(text: &str) -> Result<Topic, Fault> {
        let word = text.trim().to_lowercase().replace(" und ", " & ").replace(" and ", " & ");
        let what = Label { de: "Das Themenfeld", en: "The topic" };
        table::find(&word).ok_or_else(|| table::unknown_word::<Topic>(text, Code::UnknownTopic, what))
    }
}

word_as_text!(Topic);

/// A set of topics.
pub type TopicSet = Set<Topic>;

impl TopicSet {
    /// Returns the set itself, or `ohne_themenfeld` alone where it is empty.
    #[must_use]
    pub fn or_none(self) -> TopicSet {
        if self.is_empty() { TopicSet::from_iter([Topic::None]) } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_offers_the_nearest() {
        assert_eq!(Topic::read("Bauen und Wohnen"), Ok(Topic::Building));
        assert_eq!(Topic::read("bauen_wohnung").unwrap_err().hint_in_english(), Some("bauen_wohnen"));
    }
}
