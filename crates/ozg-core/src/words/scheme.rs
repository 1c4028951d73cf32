//! The scheme of the *Status und Fortschritt* peer reviews: traffic light, Harvey ball, subject.

use super::{Label, Slug, Topic, unknown, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// The traffic light of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AssessmentStatus {
    /// `kritisch`
    Critical,
    /// `massnahmen`: measures are needed.
    MeasuresNeeded,
    /// `unkritisch`
    Uncritical,
}

impl AssessmentStatus {
    /// Lists all.
    pub fn all() -> impl Iterator<Item = AssessmentStatus> + Clone {
        [AssessmentStatus::Critical, AssessmentStatus::MeasuresNeeded, AssessmentStatus::Uncritical]
            .into_iter()
    }

    /// Returns the id, a German word of the scheme.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            AssessmentStatus::Critical => "kritisch",
            AssessmentStatus::MeasuresNeeded => "massnahmen",
            AssessmentStatus::Uncritical => "unkritisch",
        }
    }

    /// Reads the id.
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<AssessmentStatus, Fault> {
        let word = text.trim().to_lowercase().replace("maßnahmen", "massnahmen");
        AssessmentStatus::all().find(|status| status.id() == word).ok_or_else(|| {
            let what = Label { de: "Der Status", en: "The status" };
            unknown(Code::UnknownWord, what, text, AssessmentStatus::all().map(AssessmentStatus::id))
        })
    }
}

word_as_text!(AssessmentStatus);

impl std::fmt::Display for AssessmentStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// The Harvey ball of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Implementation {
    /// `am_anfang`
    Beginning,
    /// `fortgeschritten`
    Advanced,
    /// `abgeschlossen`
    Completed,
}

impl Implementation {
    /// Lists all.
    pub fn all() -> impl Iterator<Item = Implementation> + Clone {
        [Implementation::Beginning, Implementation::Advanced, Implementation::Completed].into_iter()
    }

    /// Returns the id, a German word of the scheme.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Implementation::Beginning => "am_anfang",
            Implementation::Advanced => "fortgeschritten",
            Implementation::Completed => "abgeschlossen",
        }
    }

    /// Reads the id.
    ///
    /// # Errors
    /// `unknown_word` for anything else.
    pub fn read(text: &str) -> Result<Implementation, Fault> {
        let word = text.trim().to_lowercase().replace(' ', "_");
        Implementation::all().find(|state| state.id() == word).ok_or_else(|| {
            let what = Label { de: "Der Umsetzungsstand", en: "The state of implementation" };
            unknown(Code::UnknownWord, what, text, Implementation::all().map(Implementation::id))
        })
    }
}

word_as_text!(Implementation);

impl std::fmt::Display for Implementation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

/// What an assessment is about: a topic, a level of the strategy, or a free building block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// `topic:bauen_wohnen`
    Topic(Topic),
    /// `strategy:<slug>`
    Strategy(Slug),
    /// `block:<slug>`
    Block(Slug),
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
