//! The headings of a sheet: which field each column holds, in German or English, in any order.

use super::layouts::{self, normal};
use super::sink::{Sink, line_number};
use ozg_core::event::{EventType, FIELDS, Field, Form, Kind, Need, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::words::{Label, Language, nearest, plain};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The most columns that a sheet may have.
pub const COLUMNS_MAX: usize = 200;

/// Characters of an unknown heading that are examined.
const HEADING_CHARACTERS_MAX: usize = 200;
/// Headings of the column with the type of a row.
const TYPE_HEADINGS: [&str; 4] = ["type", "Art", "Typ", "Ereignis"];
/// Headings of the column in which a report names mistakes. A report may be sent back as it is.
pub(crate) const REPORT_HEADING: Label = Label { de: "Fehler", en: "mistakes" };
/// Words that the column of types accepts besides the names of the types.
const TYPE_WORDS: [(&str, EventType); 6] = [
    ("erreicht", EventType::MilestoneReached),
    ("reached", EventType::MilestoneReached),
    ("beendet", EventType::MilestoneEnded),
    ("ended", EventType::MilestoneEnded),
    ("geplant", EventType::MilestonePlanned),
    ("planned", EventType::MilestonePlanned),
];

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingMeaning {
    /// The type of the event.
    Type,
    /// A field.
    Field(&'static str),
    /// A column without a heading; it is no mistake if its cells are empty, too.
    Unnamed,
    /// A column that the tracker itself added in a report.
    Ignored,
}

/// The columns of a sheet and the type of its rows.
#[derive(Debug)]
pub(crate) struct SheetHeader {
    /// The content of each column.
    pub(crate) columns: Vec<HeadingMeaning>,
    /// The kind of value of each column.
    pub(crate) kinds: Vec<Option<Kind>>,
    /// Names of the columns, as rows address their cells.
    pub(crate) names: Arc<Vec<String>>,
    /// The type of a row that does not name its type.
    pub(crate) default_type: Option<EventType>,
    /// Whether the rows can be read at all.
    pub(crate) is_usable: bool,
    /// The language of most headings, and so of the numbers below them.
    pub(crate) language: Language,
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

/// Reads the headings in a line; all their mistakes go into the sink.
pub(crate) fn read(
    headings: &[&str],
    line: usize,
    asked: Option<EventType>,
    sink: &mut Sink<'_>,
) -> SheetHeader {
    let names: Vec<String> = headings.iter().enumerate().map(|(index, text)| name_of(index, text)).collect();
    let at = Where { line: line_number(line), form: Form::Sheet(Arc::new(positions(headings.len()))) };
    let mut columns: Vec<HeadingMeaning> = headings.iter().map(|heading| column_of(heading)).collect();
    let default_type = asked.or_else(|| default_type(&columns));
    for (index, heading) in headings.iter().enumerate() {
        // A heading that is too long is neither looked up nor repeated in full.
        let end = heading.char_indices().nth(HEADING_CHARACTERS_MAX);
        let heading = &end.map_or(*heading, |(end, _)| &heading[..end]);
        let (column, known) = (columns[index], columns[..index].contains(&columns[index]));
        if column == HeadingMeaning::Ignored {
            continue;
        }
        if column == HeadingMeaning::Unnamed && !heading.trim().is_empty() {
            let (fault, near) = unknown_heading(heading, default_type);
            sink.mistake(Mistake::at(&at.field(&index.to_string()), heading.trim(), None, fault));
            columns[index] = near.filter(|near| !columns.contains(near)).unwrap_or(HeadingMeaning::Unnamed);
        } else if known && column != HeadingMeaning::Unnamed {
            sink.mistake(Mistake::at(&at.field(&index.to_string()), heading.trim(), None, twice(heading)));
            columns[index] = HeadingMeaning::Unnamed;
        }
    }
    let is_usable = has_what_it_needs(&columns, default_type, &at, sink);
    let names = names.into_iter().zip(&columns).map(|(name, column)| match column {
        HeadingMeaning::Type => "type".to_owned(),
        HeadingMeaning::Field(field) => (*field).to_owned(),
        HeadingMeaning::Unnamed | HeadingMeaning::Ignored => name,
    });
    let language = language(headings);
    let kind = |column: &HeadingMeaning| match column {
        HeadingMeaning::Field(name) => Field::named(name).map(|field| field.kind),
        HeadingMeaning::Type | HeadingMeaning::Unnamed | HeadingMeaning::Ignored => None,
    };
    let kinds = columns.iter().map(kind).collect();
    SheetHeader { kinds, names: Arc::new(names.collect()), columns, default_type, is_usable, language }
}

/// Tells whether a heading is known in sheets of events or in one of the other layouts.
pub(crate) fn is_known(heading: &str) -> bool {
    is_field(heading) || layouts::is_known(heading)
}

/// Tells whether a heading is known in sheets of events.
pub(crate) fn is_field(heading: &str) -> bool {
    !matches!(column_of(heading), HeadingMeaning::Unnamed | HeadingMeaning::Ignored)
}

/// Returns the language of most headings; English if all of them are the same in both languages.
fn language(headings: &[&str]) -> Language {
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

/// Returns the word for a type in the column of types.
pub(crate) fn word_of_type(event_type: EventType, language: Language) -> &'static str {
    let mut short = TYPE_WORDS.iter().filter(|(_, known)| *known == event_type).map(|(word, _)| *word);
    let label = event_type.name().in_language(language);
    match language {
        Language::German => short.next().unwrap_or(label),
        Language::English => short.nth(1).unwrap_or(label),
    }
}

/// Tells whether a heading stands over the column in which a report names mistakes.
pub(crate) fn is_report(heading: &str) -> bool {
    column_of(heading) == HeadingMeaning::Ignored
}

/// Returns the type of the rows of a sheet, as its headings imply it.
pub(crate) fn type_of_rows(headings: &[&str]) -> Option<EventType> {
    default_type(&headings.iter().map(|heading| column_of(heading)).collect::<Vec<_>>())
}

/// Names a column that is not a field, with a name that no field has.
pub(crate) fn name_of(index: usize, heading: &str) -> String {
    format!("{index} {}", heading.trim())
}

fn positions(count: usize) -> Vec<String> {
    (0..count).map(|index| index.to_string()).collect()
}

fn column_of(heading: &str) -> HeadingMeaning {
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
    KNOWN.get(&normal(heading)).copied().unwrap_or(HeadingMeaning::Unnamed)
}

fn default_type(columns: &[HeadingMeaning]) -> Option<EventType> {
    let has = |name: &'static str| columns.contains(&HeadingMeaning::Field(name));
    match (has("measure"), has("stage")) {
        (true, _) => Some(EventType::FigureReported),
        (false, true) => Some(EventType::MilestoneReached),
        // The other columns imply the type of a row that names none. If they fit two types, the rows must name theirs.
        (false, false) => match (has("name"), has("authority"), has("service")) {
            (true, true, false) => Some(EventType::AuthorityListed),
            (true, false, true) => Some(EventType::ServiceListed),
            _ => None,
        },
    }
}

/// Checks that the sheet has the required columns. If the rows name their types, each row is checked instead.
fn has_what_it_needs(
    columns: &[HeadingMeaning],
    default: Option<EventType>,
    at: &Where,
    sink: &mut Sink<'_>,
) -> bool {
    if columns.contains(&HeadingMeaning::Type) {
        return true;
    }
    let Some(event_type) = default else {
        sink.fault(at, "", None, no_type());
        return false;
    };
    let mut is_usable = true;
    for (field, need) in event_type.fields() {
        if need == Need::Required && !columns.contains(&HeadingMeaning::Field(field.name)) {
            sink.fault(at, field.name, None, missing(field));
            is_usable = false;
        }
    }
    is_usable
}

fn unknown_heading(heading: &str, default: Option<EventType>) -> (Fault, Option<HeadingMeaning>) {
    let fields: Vec<&Field> = match default {
        Some(event_type) => event_type.fields().map(|(field, _)| field).collect(),
        None => FIELDS.iter().collect(),
    };
    let german: Vec<&str> =
        TYPE_HEADINGS[1..2].iter().copied().chain(fields.iter().map(|f| f.heading.de)).collect();
    let english: Vec<&str> =
        TYPE_HEADINGS[..1].iter().copied().chain(fields.iter().map(|f| f.heading.en)).collect();
    let fault = Fault::say(
        Code::UnknownField,
        format!("Die Überschrift „{heading}“ ist unbekannt. Erlaubt: {}", german.join(", ")),
        format!("The heading \"{heading}\" is unknown. Allowed: {}", english.join(", ")),
    );
    match nearest(heading, german.iter().chain(&english).copied()) {
        Some(near) => (fault.hint(near), Some(column_of(near))),
        None => (fault, None),
    }
}

fn twice(heading: &str) -> Fault {
    Fault::twice(Label { de: "Die Überschrift", en: "The heading" }, heading)
        .more(" (oder auf Deutsch und auf Englisch)", " (or in German and in English)")
}

fn missing(field: &Field) -> Fault {
    Fault::missing(Label { de: "Die Spalte", en: "The column" }, field.heading)
}

fn no_type() -> Fault {
    Fault::say(
        Code::MissingField,
        "Die Überschriften sagen nicht, was die Zeilen sind: eine Spalte „Stufe“ für Meilensteine, „Kennzahl“ für Zahlen oder „Art“ ergänzen",
        "The headings do not say what the rows are: add a column \"stage\" for milestones, \"measure\" for figures, or \"type\"",
    )
}

fn unknown_type(text: &str) -> Fault {
    let known = || TYPE_WORDS.iter().map(|row| row.0).chain(EventType::all().map(EventType::id));
    Fault::unknown(Code::UnknownType, Label { de: "Die Art", en: "The type" }, text, known())
}
