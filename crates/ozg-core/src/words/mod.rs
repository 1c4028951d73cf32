//! The closed vocabulary: areas, topics, stages, units, services, authorities, places, dates, numbers.
//!
//! Every word reads what people write (`DE-BW`, `BW`, `08`) and says in German and English what is wrong with the
//! rest. Its `Display` is the canonical id; reading that id back gives the same word. A closed word is a row of one
//! table (`table.rs`); its code is what the log holds.

mod area;
mod authority;
mod basis;
mod claim_kind;
mod date;
mod figure;
mod folded;
mod inexact;
mod level;
mod lists;
mod near;
mod number;
mod place;
pub(crate) mod plain;
mod position;
mod range;
mod remark;
mod same_text;
mod scheme;
mod service;
mod set;
mod slug;
mod source;
mod stage;
pub(crate) mod table;
pub(crate) mod tagged;
mod topic;
mod unit;
mod unmarked;
mod written_date;
mod written_figure;

pub(crate) use area::two_things;
pub use area::{Area, AreaSet};
pub use authority::{AuthorityId, AuthorityKind, KindSet};
pub use basis::Basis;
pub use claim_kind::ClaimKind;
pub use date::{Day, PartialDate, Precision};
pub use figure::{Figure, Qualifier};
pub use folded::folded;
pub use level::{Level, Model};
pub(crate) use lists::List;
pub use lists::order_of_tables;
pub use near::nearest;
pub use number::Number;
pub use place::Place;
pub use plain::{composed, plain};
pub use position::Position;
pub use remark::{Remark, RemarkOn};
pub use same_text::{looked_up, same_text};
pub use scheme::{AssessmentStatus, Implementation, Subject};
pub use service::ServiceId;
pub use set::Set;
pub use slug::{Slug, Text};
pub use source::Source;
pub use stage::{Stage, StageSet};
pub use table::{Word, WordRow};
pub use topic::{Topic, TopicSet};
pub use unit::Unit;
pub use unmarked::unmarked;
pub use written_date::{DATE_FORMS, DateForm, VAGUE};

/// A name in both languages of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// German, as officials write it.
    pub de: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// Returns the name in the given language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::German => self.de,
            Language::English => self.en,
        }
    }
}

/// A language that pages, labels and messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// German, the default for officials.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// Reads `de` or `en`, also with a region (`de-DE`, `en_GB.UTF-8`).
    #[must_use]
    pub fn read(text: &str) -> Option<Language> {
        match text.get(..2)?.to_ascii_lowercase().as_str() {
            "de" => Some(Language::German),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// Lists both.
    pub fn all() -> impl Iterator<Item = Language> + Clone {
        [Language::German, Language::English].into_iter()
    }

    /// Returns the BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::German => "de",
            Language::English => "en",
        }
    }
}

/// Lets `text.parse()` read a word by the rules of its `read`.
macro_rules! word_as_text {
    ($word:ty) => {
        impl std::str::FromStr for $word {
            type Err = $crate::mistake::Fault;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <$word>::read(text)
            }
        }
    };
}
pub(crate) use word_as_text;
