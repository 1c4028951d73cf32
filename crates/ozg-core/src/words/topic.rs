//! Topics: the 14 Themenfelder of the OZG by FIM slug, and `ohne_themenfeld` for services without one.

use super::set::{Member, Set};
use super::{Label, unknown, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// A Themenfeld of the OZG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "names in both languages stand in the table below")]
pub enum Topic {
    Work,
    Building,
    Education,
    Migration,
    Engagement,
    Family,
    Research,
    Health,
    Mobility,
    CrossCutting,
    Law,
    Taxes,
    Environment,
    Business,
    None,
}

const fn row(
    topic: Topic,
    id: &'static str,
    de: &'static str,
    en: &'static str,
) -> (Topic, &'static str, Label) {
    (topic, id, Label { de, en })
}

/// The order of this table is the order of every list of topics.
const TABLE: [(Topic, &str, Label); 15] = [
    row(Topic::Work, "arbeit_ruhestand", "Arbeit & Ruhestand", "Work & retirement"),
    row(Topic::Building, "bauen_wohnen", "Bauen & Wohnen", "Building & housing"),
    row(Topic::Education, "bildung", "Bildung", "Education"),
    row(Topic::Migration, "ein_auswanderung", "Ein- & Auswanderung", "Immigration & emigration"),
    row(Topic::Engagement, "engagement_hobby", "Engagement & Hobby", "Volunteering & leisure"),
    row(Topic::Family, "familie_kind", "Familie & Kind", "Family & children"),
    row(Topic::Research, "forschung_foerderung", "Forschung & Förderung", "Research & funding"),
    row(Topic::Health, "gesundheit", "Gesundheit", "Health"),
    row(Topic::Mobility, "mobilitaet_reisen", "Mobilität & Reisen", "Mobility & travel"),
    row(Topic::CrossCutting, "querschnittsleistungen", "Querschnittsleistungen", "Cross-cutting services"),
    row(Topic::Law, "recht_ordnung", "Recht & Ordnung", "Law & order"),
    row(Topic::Taxes, "steuern_zoll", "Steuern & Zoll", "Taxes & customs"),
    row(Topic::Environment, "umwelt", "Umwelt", "Environment"),
    row(
        Topic::Business,
        "unternehmensfuehrung_entwicklung",
        "Unternehmensführung & -entwicklung",
        "Running & developing a business",
    ),
    row(Topic::None, "ohne_themenfeld", "ohne Themenfeld", "no topic"),
];

impl Topic {
    /// How many topics there are, `ohne_themenfeld` included.
    pub const COUNT: usize = TABLE.len();

    /// Lists all topics in the order of every list.
    pub fn all() -> impl ExactSizeIterator<Item = Topic> + Clone {
        TABLE.iter().map(|row| row.0)
    }

    /// Returns its place in the list.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns the topic at a place of the list.
    #[must_use]
    pub fn from_index(index: usize) -> Option<Topic> {
        TABLE.get(index).map(|row| row.0)
    }

    /// Returns the FIM slug.
    #[must_use]
    pub fn id(self) -> &'static str {
        TABLE[self.index()].1
    }

    /// Returns the name in both languages.
    #[must_use]
    pub fn name(self) -> Label {
        TABLE[self.index()].2
    }

    /// Reads the slug or the name in either language; "und" may stand for "&".
    ///
    /// # Errors
    /// `unknown_topic` for anything else.
    pub fn read(text: &str) -> Result<Topic, Fault> {
        let word = text.trim().to_lowercase().replace(" und ", " & ").replace(" and ", " & ");
        TABLE
            .iter()
            .find(|(_, id, name)| {
                *id == word || name.de.to_lowercase() == word || name.en.to_lowercase() == word
            })
            .map(|row| row.0)
            .or_else(|| (word == "querschnitt").then_some(Topic::CrossCutting))
            .ok_or_else(|| {
                let what = Label { de: "Das Themenfeld", en: "The topic" };
                unknown(Code::UnknownTopic, what, text, TABLE.iter().map(|row| row.1))
            })
    }
}

word_as_text!(Topic);

impl std::fmt::Display for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// A set of topics.
pub type TopicSet = Set<Topic>;

impl Member for Topic {
    fn number(self) -> usize {
        self.index()
    }

    fn with_number(number: usize) -> Option<Topic> {
        Topic::from_index(number)
    }
}

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
    fn the_table_is_in_the_order_of_the_variants() {
        for (index, topic) in Topic::all().enumerate() {
            assert_eq!(topic.index(), index);
            assert_eq!(Topic::read(topic.id()), Ok(topic));
            assert_eq!(Topic::read(topic.name().de), Ok(topic));
        }
    }

    #[test]
    fn reads_names_and_offers_the_nearest() {
        assert_eq!(Topic::read("Bauen und Wohnen"), Ok(Topic::Building));
        assert_eq!(Topic::read("bauen_wohnung").unwrap_err().hint.as_deref(), Some("bauen_wohnen"));
    }
}
