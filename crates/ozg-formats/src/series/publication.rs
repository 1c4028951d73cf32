//! The publication of a series: its publisher, its permanent address and its citation.

use super::Related;
use super::licence::Licence;
use super::narrowing::narrowing;
use ozg_core::series::Header;
use ozg_core::time::rfc3339;
use ozg_core::words::Language;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most sources that a citation names.
const SOURCES_NAMED: usize = 3;

/// The publisher and the citation of a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// The name of the operator of the tracker.
    pub operator: String,
    /// Licence of the data: an id of [`super::LICENCES`], or any other text.
    pub licence: String,
    /// The address that gives the same bytes for ever.
    pub permalink: String,
    /// The citation of the series.
    pub citation: String,
    /// The names of the sources of its values.
    pub sources: Vec<String>,
    /// The names of what it names by key, by key: services, authorities, regions and the list. Empty where keys are shown.
    pub names: BTreeMap<String, String>,
    /// Related questions, whose answers have what this one leaves out; `None` where they were not looked for.
    pub also: Option<Vec<Related>>,
}

impl Publication {
    /// Returns the citation in a language, at full length, with everything that narrows the query.
    #[must_use]
    pub fn citation_in(&self, header: &Header, language: Language) -> String {
        let (Publication { operator, licence, permalink, .. }, state) = (self, state(header, language));
        let name = header.measure.name().in_language(language).to_owned();
        let name = [vec![name], narrowing(header, &BTreeMap::new(), language)].concat().join(", ");
        let definition = header.measure.definition_id();
        let sources = self.sources_in(language);
        format!("{sources}{operator}: {name} ({definition}). {state}. {permalink} ({licence})")
    }

    /// Returns the citation in a language, in short, as below a chart.
    #[must_use]
    pub fn short_citation_in(&self, header: &Header, language: Language) -> String {
        let (operator, definition, permalink) =
            (&self.operator, header.measure.definition_id(), &self.permalink);
        let sources = self.sources_in(language);
        format!("{sources}{operator}, {definition}, {}, {permalink}", state(header, language))
    }

    /// Names the sources of the values, three and how many more, as they stand before the tracker; nothing where all is counted.
    fn sources_in(&self, language: Language) -> String {
        let named = self.sources.iter().take(SOURCES_NAMED).cloned().collect::<Vec<_>>().join("; ");
        match (language, self.sources.len().saturating_sub(SOURCES_NAMED)) {
            _ if named.is_empty() => named,
            (_, 0) => format!("{named}. "),
            (Language::German, 1) => format!("{named} und 1 weitere. "),
            (Language::German, more) => format!("{named} und {more} weitere. "),
            (Language::English, more) => format!("{named} and {more} more. "),
        }
    }

    /// Returns the permalink of the same answer in another format.
    #[must_use]
    pub fn permalink_as(&self, header: &Header, ending: &str) -> String {
        let (path, query) = self.permalink.split_once('?').unwrap_or((&self.permalink, ""));
        let measure = header.measure.id();
        let before = path.rfind(&format!("/{measure}.")).map_or("", |at| &path[..at]);
        format!("{before}/{measure}.{ending}?{query}")
    }

    /// Returns the name of the licence in a language; an unknown licence as the operator gives it.
    #[must_use]
    pub fn licence_name(&self, language: Language) -> &str {
        Licence::find(&self.licence).map_or(&self.licence, |licence| licence.name.in_language(language))
    }

    /// Returns the address of the text of the licence; none for an unknown licence.
    #[must_use]
    pub fn licence_url(&self) -> Option<&'static str> {
        Licence::find(&self.licence).map(|licence| licence.url)
    }

    /// Returns the SPDX id of the licence; an unknown licence as the operator gives it.
    #[must_use]
    pub fn licence_id(&self) -> &str {
        Licence::find(&self.licence).map_or(&self.licence, |licence| licence.standard_id)
    }

    /// Returns the licence with id, names and address.
    pub(crate) fn licence_json(&self) -> Value {
        json!({
            "id": self.licence_id(),
            "name": { "de": self.licence_name(Language::German), "en": self.licence_name(Language::English) },
            "url": self.licence_url(),
        })
    }

    /// Returns both citations in both languages.
    pub(crate) fn citations_json(&self, header: &Header) -> Value {
        let (german, english) = (Language::German, Language::English);
        json!({
            "short": { "de": self.short_citation_in(header, german), "en": self.short_citation_in(header, english) },
            "long": { "de": self.citation_in(header, german), "en": self.citation_in(header, english) },
        })
    }
}

/// Describes the data state of an answer: when it was recorded, and its position.
pub(crate) fn state(header: &Header, language: Language) -> String {
    let (at, position) = (header.recorded_at_ms.map_or_else(|| "–".to_owned(), rfc3339), header.position);
    match language {
        Language::German => format!("Datenstand {at}, Position {position}"),
        Language::English => format!("Data state {at}, position {position}"),
    }
}
