//! What is unclear about the headings of a sheet, as mistakes with the way out of each.

use super::headings;
use ozg_core::event::{EventType, Field};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::Label;

/// Makes the fault of a heading that is nearly that of a needed column.
pub(super) fn unknown_heading(heading: &str, event_type: EventType) -> Fault {
    let fields: Vec<&Field> = event_type.fields().map(|(field, _)| field).collect();
    let german =
        std::iter::once(headings::TYPE_HEADINGS[1]).chain(fields.iter().map(|field| field.heading.de));
    let english =
        std::iter::once(headings::TYPE_HEADINGS[0]).chain(fields.iter().map(|field| field.heading.en));
    let (german, english): (Vec<&str>, Vec<&str>) = (german.collect(), english.collect());
    Fault::say(
        Code::UnknownField,
        format!("Die Überschrift „{heading}“ ist unbekannt. Erlaubt: {}", german.join(", ")),
        format!("The heading \"{heading}\" is unknown. Allowed: {}", english.join(", ")),
    )
}

/// Makes the fault of a column that is there twice.
pub(super) fn twice(heading: &str) -> Fault {
    Fault::say(
        Code::DuplicateField,
        format!("Die Überschrift „{heading}“ steht zweimal da (oder auf Deutsch und auf Englisch)"),
        format!("The heading \"{heading}\" is given twice (or in German and in English)"),
    )
}

/// Makes the fault of columns of which each could be the needed one.
pub(super) fn could_both_be(field: &Field, list: &str) -> Fault {
    let Label { de, en } = field.heading;
    Fault::say(
        Code::DuplicateField,
        format!(
            "Jede dieser Spalten könnte „{de}“ sein: {list}. Die gemeinte so nennen, oder mit einer Zuordnung (--map) sagen, welche es ist"
        ),
        format!(
            "Each of these columns could be \"{en}\": {list}. Call the right one so, or say with a mapping (--map) which it is"
        ),
    )
}

/// Makes the fault of a needed column that is not there.
pub(super) fn missing(field: &Field, event_type: EventType, unknown: &str) -> Fault {
    let fault = Fault::missing(Label { de: "Die Spalte", en: "The column" }, field.heading);
    let fault = match (field.name, event_type) {
        ("on", EventType::MilestoneReached) => fault.more(
            "; sagt die Tabelle, was an einem Tag galt: --on mit diesem Tag",
            "; if the sheet says what held on one day: --on with that day",
        ),
        _ => fault,
    };
    with_unknown(fault, unknown)
}

/// Makes the fault of headings that do not say what the rows are.
pub(super) fn no_type(unknown: &str) -> Fault {
    let fault = Fault::say(
        Code::MissingField,
        "Die Überschriften sagen nicht, was die Zeilen sind: eine Spalte „Stufe“ für Meilensteine, „Kennzahl“ für Zahlen oder „Art“ ergänzen",
        "The headings do not say what the rows are: add a column \"stage\" for milestones, \"measure\" for figures, or \"type\"",
    );
    with_unknown(fault, unknown)
}

/// Names the columns that could be it, and the way to say so.
fn with_unknown(fault: Fault, unknown: &str) -> Fault {
    if unknown.is_empty() {
        return fault;
    }
    let (de, en) = (
        format!(". Unbekannt: {unknown}; was sie sind, sagt eine Zuordnung (ozg import --map-draft)"),
        format!(". Unknown: {unknown}; a mapping says what they are (ozg import --map-draft)"),
    );
    fault.more(&de, &en)
}

/// Makes the fault of a column that only the mapping has.
pub(super) fn not_there(heading: &str) -> Fault {
    Fault::say(
        Code::MissingField,
        format!("Die Zuordnung nennt die Spalte „{heading}“, die diese Tabelle nicht hat"),
        format!("The mapping names the column \"{heading}\", which this sheet does not have"),
    )
}
