//! The scheme of the *Status und Fortschritt* peer reviews: traffic light, Harvey ball, subject.

use super::table::{self, words};
use super::tagged::tagged;
use super::{Label, Slug, Topic, word_as_text};
use crate::mistake::{Code, Fault};

words! {
    /// The traffic light of an assessment.
    AssessmentStatus;
    0 Critical "kritisch" "kritisch" "critical";
    1 MeasuresNeeded "massnahmen" "Maßnahmen" "measures needed";
    2 Uncritical "unkritisch" "unkritisch" "uncritical";
}

impl AssessmentStatus {
    /// Reads the id (`massnahmen`) or the name in either language (`Maßnahmen`, `measures needed`).
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<AssessmentStatus, Fault> {
        table::read(text, Code::UnknownWord, Label { de: "Der Status", en: "The status" })
    }
}

word_as_text!(AssessmentStatus);

words! {
    /// The Harvey ball of an assessment.
    Implementation;
    0 Beginning "am_anfang" "am Anfang" "at the beginning";
    1 Advanced "fortgeschritten" "fortgeschritten" "advanced";
    2 Completed "abgeschlossen" "abgeschlossen" "completed";
}

impl Implementation {
    /// Reads the id (`am_anfang`) or the name in either language (`am Anfang`, `advanced`).
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<Implementation, Fault> {
        table::read(
            text,
            Code::UnknownWord,
            Label { de: "Der Umsetzungsstand", en: "The state of implementation" },
        )
    }
}

word_as_text!(Implementation);

tagged! {
    /// What an assessment is about: a topic, a level of the strategy, or a free building block.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    Subject;
    /// `topic:bauen_wohnen`
    0 Topic(topic: Topic);
    /// `strategy:<slug>`
    1 Strategy(slug: Slug);
    /// `block:<slug>`
    2 Block(slug: Slug);
}

impl Subject {
    /// Reads `topic:<slug of a topic>`, `strategy:<slug>` or `block:<slug>`.
    ///
    /// # Errors
    /// `unknown_word` for another scheme, else those of topics and slugs.
    pub fn read(text: &str) -> Result<Subject, Fault> {
        match text.trim().split_once(':') {
            Some(("topic", rest)) => Topic::read(rest).map(Subject::Topic),
            Some(("strategy", rest)) => Slug::read(rest).map(Subject::Strategy),
            Some(("block", rest)) => Slug::read(rest).map(Subject::Block),
            _ => Err(Fault::say(
                Code::UnknownWord,
                format!(
                    "„{text}“ ist kein Gegenstand. Erlaubt: topic:bauen_wohnen, strategy:name, block:name"
                ),
                format!(
                    "\"{text}\" is not a subject. Allowed: topic:bauen_wohnen, strategy:name, block:name"
                ),
            )),
        }
    }
}

word_as_text!(Subject);

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Subject::Topic(topic) => write!(f, "topic:{topic}"),
            Subject::Strategy(slug) => write!(f, "strategy:{slug}"),
            Subject::Block(slug) => write!(f, "block:{slug}"),
        }
    }
}
