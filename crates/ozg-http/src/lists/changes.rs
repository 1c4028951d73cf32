//! What changed in meaning or in the past: corrections, withdrawals, definitions of regions and lists, and what is declared of
//! catalogues and registers; by day, the newest first, each with its entry and its reason.

use super::entries::{BEFORE, LIMIT, RECORDED_FROM, RECORDED_TO, page};
use super::entry_row::{COLUMNS, Reader};
use super::list::{Answered, Asked, List, Rows};
use super::narrowing;
use super::selection::{AS_OF, LANGUAGE, POSITION, Selection};
use super::shown::word;
use crate::problem::Problem;
use ozg_core::event::EventType;
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, put};
use ozg_core::state::State;
use ozg_core::words::{Label, Position};
use serde_json::{Value, json};
use std::io;

pub(super) const LIST: List = List {
    name: "changes",
    schema: "Changes",
    doc: "what changed in meaning or in the past, the newest first: corrections, withdrawals, definitions, editions of catalogues and registers, with the reason",
    columns: &[
        "day",
        "change",
        "position",
        "recorded_at",
        "office",
        "type",
        "service",
        "service_name",
        "place",
        "place_name",
        "subject",
        "stage",
        "measure",
        "topic",
        "unit",
        "scope",
        "on",
        "value",
        "percent",
        "qualifier",
        "of",
        "changed",
        "on_before",
        "value_before",
        "percent_before",
        "qualifier_before",
        "of_before",
        "reason",
        "note",
        "source",
    ],
    parameters: &PARAMETERS,
    rows: Rows::Question { check: None, rows },
    one: None,
};

static PARAMETERS: [Parameter<Selection>; 12] = [
    CHANGE,
    RECORDED_FROM,
    RECORDED_TO,
    narrowing::place("only changes about this area or region and authorities in it, or about this authority"),
    narrowing::topic("only changes about services of this topic, or about the topic itself"),
    narrowing::service("only changes about this service"),
    narrowing::office("only changes by this office"),
    BEFORE,
    LIMIT,
    POSITION,
    AS_OF,
    LANGUAGE,
];

/// The kinds of changes, with their names.
const CHANGES: [(Change, &str, Label); 4] = [
    (Change::Correction, "correction", Label { de: "Korrektur", en: "correction" }),
    (Change::Withdrawal, "withdrawal", Label { de: "Rücknahme", en: "withdrawal" }),
    (Change::Definition, "definition", Label { de: "Definition", en: "definition" }),
    (Change::Edition, "edition", Label { de: "Katalog oder Register", en: "catalogue or register" }),
];

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// An entry replaces another.
    Correction,
    /// An entry takes another back.
    Withdrawal,
    /// A region or a list of services means something else from a day on.
    Definition,
    /// A catalogue or a register is declared complete or partial.
    Edition,
}

impl Change {
    fn read(text: &str) -> Result<Change, Fault> {
        let what = Label { de: "Die Art der Änderung", en: "The kind of change" };
        let known = CHANGES.iter().find(|(_, id, name)| [*id, name.de, name.en].contains(&text));
        known.map(|(change, ..)| *change).ok_or_else(|| {
            Fault::unknown(Code::UnknownWord, what, text, CHANGES.iter().map(|(_, id, _)| *id))
        })
    }

    fn row(self) -> &'static (Change, &'static str, Label) {
        CHANGES.iter().find(|(change, ..)| *change == self).unwrap_or(&CHANGES[0])
    }

    /// Returns what an entry changes; none where it only adds.
    fn of(state: &State, position: Position) -> Option<Change> {
        match state.type_at(position)? {
            EventType::EntryWithdrawn => Some(Change::Withdrawal),
            EventType::ObjectionMade => None,
            _ if state.fate(position)?.acts_on.is_some() => Some(Change::Correction),
            EventType::RegionDefined | EventType::ListDefined => Some(Change::Definition),
            EventType::RegisterDeclared => Some(Change::Edition),
            _ => None,
        }
    }
}

const CHANGE: Parameter<Selection> = Parameter::new(
    ("change", "only changes of this kind"),
    Takes::Word(|| CHANGES.map(|(_, id, _)| id.to_owned()).to_vec()),
    |selection, text| put(&mut selection.change, Change::read(text).map(Some)),
    |selection| selection.change.map(|change| change.row().1.to_owned()),
);

/// Columns of which a withdrawal has what the withdrawn entry says.
const NARROWING: [&str; 5] = ["stage", "measure", "topic", "unit", "scope"];

fn rows(asked: &Asked) -> Result<Answered, Problem> {
    let Asked { tracker, state, selection } = asked;
    let is_asked = |position: Position| {
        let change = Change::of(state, position);
        change.is_some_and(|change| selection.change.is_none_or(|wanted| wanted == change))
    };
    let (positions, next) = page(state, selection, is_asked)?;
    let reader = Reader::of(tracker, state, selection);
    let rows = positions.into_iter().map(move |position| row(&reader, position));
    Ok(Answered { rows: Box::new(rows), next })
}

/// Takes cells out of the rows of two entries: the one that changes and the one that it changes.
fn row(reader: &Reader, position: Position) -> io::Result<Vec<Value>> {
    let (state, language) = (&reader.state, reader.language);
    let changed = state.fate(position).and_then(|fate| fate.acts_on);
    let now = reader.row(position)?;
    let before = changed.map(|changed| reader.row(changed)).transpose()?;
    let of = |row: &[Value], column: &str| {
        COLUMNS.iter().position(|known| *known == column).and_then(|place| row.get(place)).cloned()
    };
    let change = Change::of(state, position).map(|change| change.row());
    let cell = |column: &&str| match *column {
        "day" => json!(
            state
                .batch_of(position)
                .map(|batch| { ozg_core::time::berlin_day(batch.recorded_at_ms).to_string() })
        ),
        "change" => json!(change.map(|(_, id, name)| word(id, *name, language))),
        "changed" => json!(changed.map(Position::get)),
        other => match other.strip_suffix("_before") {
            Some(column) => before.as_deref().and_then(|before| of(before, column)).unwrap_or_default(),
            // A withdrawal is about what the entry says that it withdraws.
            None => match (of(&now, other).unwrap_or_default(), &before) {
                (Value::Null, Some(before)) if NARROWING.contains(&other) => {
                    of(before, other).unwrap_or_default()
                }
                (cell, _) => cell,
            },
        },
    };
    Ok(LIST.columns.iter().map(cell).collect())
}
