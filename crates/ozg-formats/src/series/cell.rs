//! One cell of a row of a series, as an id or in a language. Every format writes these; the table of columns makes them.

use ozg_core::measure::{Dimension, Measure};
use ozg_core::series::{Observed, Row, Status};
use ozg_core::words::{Day, Label, Language, Number, PartialDate, Place, Qualifier, Remark};
use serde_json::Value;
use std::borrow::Cow;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A day.
    Date(Day),
    /// A number.
    Number(Number),
}

/// What stands for all topics.
pub(crate) const ALL: Label = Label { de: "alle", en: "all" };

/// Returns the id or the name of a word, nothing where there is none.
pub(crate) fn word(word: Option<(&'static str, Label)>, language: Option<Language>) -> Cell<'static> {
    word.map_or(Cell::Empty, |(id, name)| {
        Cell::from(language.map_or(id, |language| name.in_language(language)))
    })
}

/// Returns the id or the name of a place; authorities and regions have their id only.
pub(crate) fn area(place: &Place, language: Option<Language>) -> Cow<'static, str> {
    match (place, language) {
        (Place::Area(area), Some(language)) => Cow::Borrowed(area.name().in_language(language)),
        (Place::Area(area), None) => Cow::Borrowed(area.id()),
        (place, _) => Cow::Owned(place.to_string()),
    }
}

/// Returns the id or the name of a topic, `all` for none; nothing where the measure has no topics.
pub(crate) fn topic(row: &Row, measure: Measure, language: Option<Language>) -> Cell<'static> {
    let said = match row.topic {
        Some(topic) => Some((topic.id(), topic.name())),
        None => measure.has(Dimension::Topic).then_some(("all", ALL)),
    };
    word(said, language)
}

/// Returns a whole day as such, all else as precise as it was said.
pub(crate) fn observed(observed: Option<Observed>, language: Option<Language>) -> Cell<'static> {
    match observed {
        Some(Observed::On(PartialDate::Day(day))) => Cell::Date(day),
        other => Cell::written(other.map(|other| other.in_language(language))),
    }
}

/// What may have to be known beside a value.
pub(crate) struct StatusRow {
    applies: fn(Status) -> bool,
    /// The word that stands beside the value.
    pub(crate) word: Label,
    /// What it means.
    pub(crate) meaning: Label,
}

/// All that may have to be known beside a value, in the order in which it is written.
pub(crate) const STATUSES: [StatusRow; 9] = [
    StatusRow {
        applies: |status| status.conflict,
        word: Label { de: "Widerspruch", en: "conflict" },
        meaning: Label {
            de: "Quellen widersprechen einander; jede hat ihre Zeile, keine wird gemittelt",
            en: "sources contradict each other; each has its row, none is averaged",
        },
    },
    StatusRow {
        applies: |status| status.simulated,
        word: Label { de: "simuliert", en: "simulated" },
        meaning: Label {
            de: "das Protokoll enthält erzeugte Einträge",
            en: "the log holds generated entries",
        },
    },
    StatusRow {
        applies: |status| status.running,
        word: Label { de: "läuft noch", en: "running" },
        meaning: Label { de: "der Zeitraum ist nicht zu Ende", en: "the period has not ended" },
    },
    StatusRow {
        applies: |status| status.first_edition,
        word: Label { de: "erster Registerstand", en: "first edition of the registry" },
        meaning: Label {
            de: "das Register oder der Katalog war noch nicht vollständig; es gilt der erste vollständige Stand",
            en: "a register or catalogue was not complete yet; its first complete edition is taken",
        },
    },
    StatusRow {
        applies: |status| status.withdrawn,
        word: Label { de: "zurückgezogen", en: "withdrawn" },
        meaning: Label { de: "die Angabe gilt nicht mehr", en: "the figure no longer stands" },
    },
    StatusRow {
        applies: |status| status.carried,
        word: Label { de: "fortgeschrieben", en: "carried" },
        meaning: Label {
            de: "seit der vorigen Zeile gibt es keine neue Angabe; die letzte gilt weiter, ihr Tag steht unter „Stand“",
            en: "there is no new figure since the row before; the last one holds on, its day stands under \"observed\"",
        },
    },
    StatusRow {
        applies: |status| status.partial,
        word: Label { de: "Register oder Katalog unvollständig", en: "register or catalogue partial" },
        meaning: Label {
            de: "gezählt ist nur, was hier erfasst ist; es kann mehr geben, deshalb fehlen Nenner und Anteil",
            en: "only what is recorded here is counted; there may be more, so there is no denominator and no share",
        },
    },
    StatusRow {
        applies: |status| status.published_assumed,
        word: Label { de: "Veröffentlichung unbekannt", en: "day of publication not known" },
        meaning: Label {
            de: "angenommen ist, dass die Zahl an ihrem Stand veröffentlicht wurde",
            en: "the figure is taken as published on the day that it is about",
        },
    },
    StatusRow {
        applies: |status| status.disputed,
        word: Label { de: "bestritten", en: "disputed" },
        meaning: Label { de: "eine Stelle widerspricht", en: "an office objects" },
    },
];

/// Returns what must be known beside a value, as ids separated by blanks, or as names separated by commas.
pub(crate) fn status(status: Status, language: Option<Language>) -> Cell<'static> {
    let Some(language) = language else {
        return Cell::written(Some(status).filter(|status| *status != Status::default()));
    };
    let words: Vec<&str> = STATUSES
        .iter()
        .filter(|row| (row.applies)(status))
        .map(|row| row.word.in_language(language))
        .collect();
    if words.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(words.join(", "))) }
}

/// Makes the cell of a qualifier, which is empty for exact numbers.
pub(crate) fn qualifier(qualifier: Option<Qualifier>) -> Cell<'static> {
    let inexact = qualifier.filter(|qualifier| *qualifier != Qualifier::Exact);
    inexact.map_or(Cell::Empty, |qualifier| Cell::from(qualifier.id()))
}

/// Makes the cell of remarks: their codes, or their names where a language is given.
pub(crate) fn remarks(remarks: &[Remark], language: Option<Language>) -> Cell<'static> {
    let word = |remark: &Remark| language.map_or(remark.id(), |language| remark.name().in_language(language));
    let words: Vec<&str> = remarks.iter().map(word).collect();
    match words.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(Cow::Owned(words.join(if language.is_some() { "; " } else { " " }))),
    }
}

impl Cell<'_> {
    pub(crate) fn written(value: Option<impl std::fmt::Display>) -> Cell<'static> {
        value.map_or(Cell::Empty, |value| Cell::Text(Cow::Owned(value.to_string())))
    }

    pub(crate) fn number(number: Option<Number>) -> Cell<'static> {
        number.map_or(Cell::Empty, Cell::Number)
    }

    /// Returns it as JSON; nothing is null.
    pub(crate) fn json(self) -> Value {
        match self {
            Cell::Empty => Value::Null,
            Cell::Text(text) => text.into_owned().into(),
            Cell::Date(day) => day.to_string().into(),
            Cell::Number(number) => {
                number.to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
            }
        }
    }

    /// Makes the cell of a JSON value; a blank separates the words of an array.
    pub(crate) fn of_json(value: &Value) -> Cell<'static> {
        match value {
            Value::Null => Cell::Empty,
            Value::String(text) => Cell::from(text.as_str()).into_owned(),
            Value::Array(items) => {
                let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                Cell::from(words.join(" ").as_str()).into_owned()
            }
            Value::Number(number) => Number::written(&number.to_string())
                .map_or_else(|| Cell::Text(Cow::Owned(number.to_string())), Cell::Number),
            Value::Bool(_) | Value::Object(_) => Cell::Text(Cow::Owned(value.to_string())),
        }
    }

    /// Copies what it borrows.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Empty => Cell::Empty,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Date(day) => Cell::Date(day),
            Cell::Number(number) => Cell::Number(number),
        }
    }

    /// Tells whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
    }
}

impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Date(day) => day.fmt(f),
            Cell::Number(number) => number.fmt(f),
        }
    }
}
