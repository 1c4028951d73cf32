//! The notes of a series in a language: definition, clocks, basis, data state, sources, licence, citation. The sheet of
//! notes and the README of an archive print them.

use super::Publication;
use super::cell::{STATUSES, StatusRow};
use super::publication::state;
use super::sources::Sources;
use ozg_core::series::Header;
use ozg_core::words::{Label, Language};

/// One heading with its paragraphs.
pub(crate) struct Note {
    /// The heading.
    pub(crate) heading: &'static str,
    /// The paragraphs below it.
    pub(crate) texts: Vec<String>,
}

const CLOCKS: Label = Label {
    de: "Zwei Uhren: „Datum“ ist der Tag, an dem ein Wert in der Welt gilt; der Datenstand ist das, was der Tracker zu einem Zeitpunkt wusste. Spätere Einträge ändern einen Wert, der mit seinem Datenstand angegeben ist, nie mehr.",
    en: "Two clocks: \"Date\" is the day on which a value holds in the world; the data state is what the tracker knew at a moment. Later entries never change a value that is given with its data state.",
};
const BASES: Label = Label {
    de: "Grundlage: „gezählt“ kommt aus gemeldeten Meilensteinen, „berichtet“ aus veröffentlichten Angaben, „Summe der Angaben“ ist die Summe von Angaben zu einzelnen Leistungen, „Ziel“ ein gesetztes Ziel. Sie werden nie addiert oder vermischt.",
    en: "Basis: \"counted\" comes from milestones that were recorded, \"reported\" from published claims, \"sum of claims\" is the sum of claims about single services, \"target\" a target that was set. They are never added or mixed.",
};
const PRECISE: Label = Label {
    de: "Ein Stand ist so genau, wie die Quelle ihn nennt: 2024, 2024-06, 2024-06-30. In der Arbeitsmappe ist er Text und sortiert sich so richtig.",
    en: "The date of a figure is as precise as its source says: 2024, 2024-06, 2024-06-30. In the workbook it is text, so that it is sorted rightly.",
};
const SIMULATED: Label = Label {
    de: "Achtung: Das Protokoll enthält erzeugte Einträge. Diese Zahlen sind keine Tatsachen.",
    en: "Note: the log holds generated entries. These numbers are not facts.",
};
const NO_SOURCE: Label =
    Label { de: "Gezählt aus den Einträgen des Trackers.", en: "Counted from the entries of the tracker." };

/// Returns all notes of a series in a language.
pub(crate) fn notes(
    header: &Header,
    publication: &Publication,
    sources: &Sources,
    language: Language,
) -> Vec<Note> {
    let row = header.measure.row();
    let text = |label: Label| label.in_language(language).to_owned();
    let note = |de: &'static str, en: &'static str, texts: Vec<String>| Note {
        heading: Label { de, en }.in_language(language),
        texts,
    };
    let mut measure = vec![format!("{} ({})", text(header.measure.name()), header.measure.definition_id())];
    measure.extend(header.simulated.then(|| text(SIMULATED)));
    let citations =
        vec![publication.citation_in(header, language), publication.short_citation_in(header, language)];
    let mut notes = vec![
        note("Kennzahl", "Measure", measure),
        note("Definition", "Definition", vec![text(row.definition).replace('`', "")]),
        note("Einheit", "Unit", vec![text(row.value_unit)]),
        note("Summen", "Sums", vec![text(row.addition)]),
        note("Lesart", "How to read it", vec![text(CLOCKS), text(BASES), text(PRECISE), marks(language)]),
        note("Datenstand", "Data state", vec![state(header, language)]),
        note("Quellen", "Sources", names(sources, language)),
        note("Herausgeber", "Publisher", vec![publication.operator.clone()]),
        note("Lizenz", "Licence", licence(publication, language)),
        note("Zitieren als", "Cite as", citations),
        note("Dauerhafte Adresse", "Permalink", vec![publication.permalink.clone()]),
    ];
    if !publication.names.is_empty() {
        let names = publication.names.iter().map(|(key, name)| format!("{key}: {name}")).collect();
        notes.push(note("Namen", "Names", names));
    }
    notes
}

/// Says what the words of the column `status` mean.
fn marks(language: Language) -> String {
    let column = Label { de: "Hinweis", en: "Status" }.in_language(language);
    let (open, close) = if language == Language::German { ("„", "“") } else { ("\"", "\"") };
    let meaning = |row: &StatusRow| {
        format!("{open}{}{close}: {}", row.word.in_language(language), row.meaning.in_language(language))
    };
    format!("{column}: {}.", STATUSES.iter().map(meaning).collect::<Vec<_>>().join("; "))
}

fn names(sources: &Sources, language: Language) -> Vec<String> {
    let mut names: Vec<String> = sources
        .iter()
        .map(|(name, url)| {
            [name, url].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        })
        .collect();
    if names.is_empty() {
        names.push(NO_SOURCE.in_language(language).to_owned());
    }
    names
}

fn licence(publication: &Publication, language: Language) -> Vec<String> {
    let name = publication.licence_name(language).to_owned();
    std::iter::once(name).chain(publication.licence_url().map(str::to_owned)).collect()
}
