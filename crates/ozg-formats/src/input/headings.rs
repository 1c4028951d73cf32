//! What a heading means: a field, the type of a row, or nothing that the tracker knows. German or English, in the words of
//! the templates and in those that offices use.

use super::layouts::{self, normal};
use ozg_core::event::{EventType, FIELDS, Field, Need};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::{Label, Language, plain};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most columns that a sheet may have.
pub const COLUMNS_MAX: usize = 200;

/// Headings of the column with the type of a row.
pub(super) const TYPE_HEADINGS: [&str; 4] = ["type", "Art", "Typ", "Ereignis"];
/// Headings of the column in which a report names mistakes. A report may be sent back as it is.
pub(crate) const REPORT_HEADING: Label = Label { de: "Fehler", en: "mistakes" };
/// Words that the column of types accepts besides the names of the types.
const TYPE_WORDS: [(&str, EventType); 8] = [
    ("erreicht", EventType::MilestoneReached),
    ("reached", EventType::MilestoneReached),
    ("beendet", EventType::MilestoneEnded),
    ("ended", EventType::MilestoneEnded),
    ("geplant", EventType::MilestonePlanned),
    ("planned", EventType::MilestonePlanned),
    ("vorgefunden", EventType::MilestoneObserved),
    ("observed", EventType::MilestoneObserved),
];

/// Headings that offices use for a field that a sheet needs. They hold where no column has the heading of the template.
const ALSO: [(&str, &[&str]); 5] = [
    (
        "service",
        &[
            "OZG-Leistung",
            "OZG",
            "OZG-ID",
            "OZG-Schlüssel",
            "Verwaltungsleistung",
            "Onlinedienst",
            "Online-Dienst",
            "Dienst",
            "EfA-Leistung",
            "EfA-Dienst",
            "LeiKa",
            "LeiKa-Schlüssel",
            "LeiKa-Leistung",
        ],
    ),
    (
        "place",
        &[
            "Behörde",
            "authority",
            "Kommune",
            "Gemeinde",
            "Stadt",
            "Kreis",
            "Landkreis",
            "Ausländerbehörde",
            "municipality",
            "AGS",
            "ARS",
            "Gemeindeschlüssel",
            "Amtlicher Gemeindeschlüssel",
            "Regionalschlüssel",
        ],
    ),
    (
        "stage",
        &[
            "Status",
            "Umsetzungsstand",
            "Umsetzungsstatus",
            "Rolloutstatus",
            "Rollout-Status",
            "Rollout-Stand",
        ],
    ),
    ("on", &["date", "seit", "since", "Datum seit", "Tag"]),
    ("authority", &["Kommune", "Gemeinde", "AGS", "Gemeindeschlüssel", "Regionalschlüssel"]),
];
/// Headings that mean a field only where no other column can.
const WEAKLY: [(&str, &[&str]); 1] = [("place", &["Land", "Bundesland", "area"])];

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingMeaning {
    /// The type of the event.
    Type,
    /// A field.
    Field(&'static str),
    /// Each filled cell is a statement of its own, in which the heading stands for this field: a stage, a service, a place.
    Across(&'static str),
    /// A column without a heading.
    Unnamed,
    /// A column of the office's own, which is not read.
    Own,
    /// A column that the tracker itself added in a report.
    Ignored,
}

/// How surely a heading means a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sureness {
    /// It is the heading of the template, or the name of the field.
    Own,
    /// Offices use it for the field.
    Also,
    /// It means the field where nothing else does.
    Weakly,
}

/// Returns the heading of a field in sheets; without a field, that of the column of types.
#[must_use]
pub fn heading_of(field: Option<&Field>, language: Language) -> &'static str {
    let of_type = Label { de: TYPE_HEADINGS[1], en: TYPE_HEADINGS[0] };
    field.map_or(of_type, |field| field.heading).in_language(language)
}

/// Reads a cell of the column of types: `erreicht`, `ended`, the name or the label of a type.
///
/// # Errors
/// `unknown_type` with the nearest known one.
pub fn type_word(text: &str) -> Result<EventType, Fault> {
    let word = plain(text).to_lowercase();
    let label = |label: Label| label.de.to_lowercase() == word || label.en.to_lowercase() == word;
    let short = TYPE_WORDS.iter().find(|(short, _)| *short == word).map(|(_, event_type)| *event_type);
    let long = || EventType::all().find(|known| known.id() == word || label(known.name()));
    short.or_else(long).ok_or_else(|| unknown_type(text))
}

/// Returns the word for a type in the column of types.
pub(crate) fn word_of_type(event_type: EventType, language: Language) -> &'static str {
    let mut short = TYPE_WORDS.iter().filter(|(_, known)| *known == event_type).map(|(word, _)| *word);
    let label = event_type.name().in_language(language);
    match language {
        Language::German => short.next().unwrap_or(label),
        Language::English => short.nth(1).unwrap_or(label),
    }
}

/// Tells whether a heading is known in sheets of events or in one of the other layouts.
pub(crate) fn is_known(heading: &str) -> bool {
    is_of_events(heading) || layouts::is_known(heading)
}

/// Tells whether a heading is known in sheets of events.
pub(crate) fn is_of_events(heading: &str) -> bool {
    let is_also = |(field, _): &(&str, _)| sureness(heading, field).is_some();
    matches!(column_of(heading), HeadingMeaning::Type | HeadingMeaning::Field(_)) || ALSO.iter().any(is_also)
}

/// Tells whether a heading stands over the column in which a report names mistakes.
pub(crate) fn is_report(heading: &str) -> bool {
    column_of(heading) == HeadingMeaning::Ignored
}

/// Returns the content of a column by the headings of the templates and the names of fields alone; `Own` for any other
/// heading.
pub(crate) fn column_of(heading: &str) -> HeadingMeaning {
    static KNOWN: LazyLock<HashMap<String, HeadingMeaning>> = LazyLock::new(|| {
        let types = TYPE_HEADINGS.iter().map(|heading| (normal(heading), HeadingMeaning::Type));
        let fields = FIELDS.iter().flat_map(|field| {
            [field.name, field.heading.de, field.heading.en]
                .map(|text| (normal(text), HeadingMeaning::Field(field.name)))
        });
        let report =
            [REPORT_HEADING.de, REPORT_HEADING.en].map(|text| (normal(text), HeadingMeaning::Ignored));
        types.chain(fields).chain(report).collect()
    });
    let heading = normal(heading);
    match KNOWN.get(&heading) {
        Some(known) => *known,
        None if heading.is_empty() => HeadingMeaning::Unnamed,
        None => HeadingMeaning::Own,
    }
}

/// Tells how surely a heading means a field.
pub(crate) fn sureness(heading: &str, field: &str) -> Option<Sureness> {
    static OTHERS: LazyLock<HashMap<String, Vec<(&'static str, Sureness)>>> = LazyLock::new(|| {
        let mut others: HashMap<String, Vec<(&str, Sureness)>> = HashMap::new();
        for (table, sure) in [(&ALSO[..], Sureness::Also), (&WEAKLY[..], Sureness::Weakly)] {
            for (field, names) in table {
                names.iter().for_each(|name| others.entry(normal(name)).or_default().push((field, sure)));
            }
        }
        others
    });
    if column_of(heading).field() == Some(field) {
        return Some(Sureness::Own);
    }
    let others = OTHERS.get(&normal(heading))?;
    others.iter().find(|(known, _)| *known == field).map(|(_, sure)| *sure)
}

/// Returns the type of the rows of a sheet, as the headings of the templates imply it.
pub(crate) fn type_of_rows(headings: &[&str]) -> Option<EventType> {
    let has = |field: &str, least: Sureness| {
        headings.iter().any(|heading| sureness(heading, field).is_some_and(|sure| sure <= least))
    };
    let own = |field: &str| has(field, Sureness::Own);
    if own("measure") {
        return Some(EventType::FigureReported);
    }
    if own("stage") {
        return Some(EventType::MilestoneReached);
    }
    // The other columns imply the type of a row that names none. If they fit two types, the rows must name theirs.
    let is_of_stages = has("stage", Sureness::Also);
    match (own("name") && !is_of_stages, own("authority"), has("service", Sureness::Also)) {
        (true, true, false) => Some(EventType::AuthorityListed),
        (true, false, true) if own("service") => Some(EventType::ServiceListed),
        _ => None,
    }
}

/// Returns the type of the rows of a sheet, as the headings imply it that offices use.
pub(crate) fn type_in_other_words(headings: &[&str]) -> Option<EventType> {
    let has = |field: &str| headings.iter().any(|heading| sureness(heading, field).is_some());
    (has("stage") && (has("service") || has("place"))).then_some(EventType::MilestoneReached)
}

/// Lists the types that a sheet may mix whose rows are of a type where they do not name theirs.
pub(crate) fn family(default: Option<EventType>) -> &'static [EventType] {
    const MILESTONES: &[EventType] = &[
        EventType::MilestoneReached,
        EventType::MilestoneEnded,
        EventType::MilestonePlanned,
        EventType::MilestoneObserved,
    ];
    const FIGURES: &[EventType] =
        &[EventType::FigureReported, EventType::ReuseReported, EventType::TargetSet];
    match default {
        Some(found) if MILESTONES.contains(&found) => MILESTONES,
        Some(found) if FIGURES.contains(&found) => FIGURES,
        _ => &[],
    }
}

/// Returns the fields that a row of a type needs.
pub(crate) fn needed(event_type: EventType) -> impl Iterator<Item = &'static Field> {
    event_type.fields().filter(|(_, need)| *need == Need::Required).map(|(field, _)| field)
}

/// Returns the language of most headings; English if all of them are the same in both languages.
pub(crate) fn language(headings: &[&str]) -> Language {
    let in_language = |of: fn(Label) -> &'static str| {
        let type_heading = Label { de: TYPE_HEADINGS[1], en: TYPE_HEADINGS[0] };
        let is_one = |text: &&&str| {
            let text = normal(text);
            normal(of(type_heading)) == text || FIELDS.iter().any(|field| normal(of(field.heading)) == text)
        };
        headings.iter().filter(is_one).count()
    };
    let (german, english) = (in_language(|label| label.de), in_language(|label| label.en));
    if german > english { Language::German } else { Language::English }
}

impl HeadingMeaning {
    /// Returns the field of a column of a field.
    pub(crate) fn field(self) -> Option<&'static str> {
        match self {
            HeadingMeaning::Field(field) => Some(field),
            _ => None,
        }
    }

    /// Tells whether the cells of the column are read at all.
    pub(crate) fn is_read(self) -> bool {
        matches!(self, HeadingMeaning::Type | HeadingMeaning::Field(_) | HeadingMeaning::Across(_))
    }
}

fn unknown_type(text: &str) -> Fault {
    let known = || TYPE_WORDS.iter().map(|row| row.0).chain(EventType::all().map(EventType::id));
    Fault::unknown(Code::UnknownType, Label { de: "Die Art", en: "The type" }, text, known())
}
