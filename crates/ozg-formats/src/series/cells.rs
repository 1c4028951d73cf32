//! The cells of a row of a series, as ids or in a language. Every format writes these: the 18 that every row has, and when
//! it was known where vintages were asked for.

use ozg_core::measure::{Dimension, Measure};
use ozg_core::series::{COLUMNS, Header, Observed, Row, Status, VINTAGE_COLUMNS};
use ozg_core::words::{Day, Label, Language, Number, PartialDate, Place, Qualifier, Topic, Unit};
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

/// How many columns a row may have: those of every row, and when it was known.
pub(crate) const WIDTH: usize = COLUMNS.len() + VINTAGE_COLUMNS.len();

/// Returns how many columns the rows of an answer have.
pub(crate) fn width(header: &Header) -> usize {
    header.columns().count()
}

/// What stands for all topics.
pub(crate) const ALL: Label = Label { de: "alle", en: "all" };

/// Returns the cells of a row in the order of [`Header::columns`], as ids, or as names where a language is given.
#[must_use]
pub fn cells<'a>(row: &'a Row, header: &Header, language: Option<Language>) -> Vec<Cell<'a>> {
    let measure = header.measure;
    let word = |id: &'static str, name: Label| {
        Cell::from(language.map_or(id, |language| name.in_language(language)))
    };
    let qualifier = row.qualifier.filter(|qualifier| *qualifier != Qualifier::Exact);
    let mut cells = vec![
        Cell::Date(row.date),
        Cell::Text(area(&row.area, language)),
        topic(row.topic, measure, language).map_or(Cell::Empty, Cell::from),
        Cell::written(row.service.as_ref()),
        row.stage.map_or(Cell::Empty, |stage| word(stage.id(), stage.name())),
        Cell::written(row.level),
        row.unit.map_or(Cell::Empty, |unit: Unit| word(unit.id(), unit.name())),
        row.scope.as_deref().map_or(Cell::Empty, Cell::from),
        word(row.basis.id(), row.basis.name()),
        Cell::number(row.value),
        qualifier.map_or(Cell::Empty, |qualifier| Cell::from(qualifier.id())),
        Cell::number(row.denominator),
        Cell::number(row.share),
        observed(row.observed),
        status(row.status, language),
        Cell::from(row.source.as_str()),
        Cell::from(row.source_url.as_str()),
        Cell::Text(Cow::Owned(measure.definition_id())),
    ];
    if header.query.vintages.is_some() {
        let vintage = row.vintage;
        cells.push(Cell::written(vintage.map(|vintage| vintage.from)));
        cells.push(Cell::written(vintage.and_then(|vintage| vintage.until)));
    }
    cells
}

/// Returns the headings in the order of [`Header::columns`], as ids or in a language.
pub(crate) fn headings(header: &Header, language: Option<Language>) -> Vec<&'static str> {
    let heading =
        |(id, label): (&'static str, Label)| language.map_or(id, |language| label.in_language(language));
    header.columns().map(heading).collect()
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
pub(crate) fn topic(
    topic: Option<Topic>,
    measure: Measure,
    language: Option<Language>,
) -> Option<&'static str> {
    match (topic, language) {
        (Some(topic), None) => Some(topic.id()),
        (Some(topic), Some(language)) => Some(topic.name().in_language(language)),
        (None, _) if !measure.has(Dimension::Topic) => None,
        (None, None) => Some("all"),
        (None, Some(language)) => Some(ALL.in_language(language)),
    }
}

/// Returns a whole day as such, all else as it was written.
fn observed(observed: Option<Observed>) -> Cell<'static> {
    match observed {
        Some(Observed::On(PartialDate::Day(day))) => Cell::Date(day),
        other => Cell::written(other),
    }
}

fn status(status: Status, language: Option<Language>) -> Cell<'static> {
    let Some(language) = language else {
        return Cell::written(Some(status).filter(|status| *status != Status::default()));
    };
    let words = [
        (status.conflict, Label { de: "Widerspruch", en: "conflict" }),
        (status.simulated, Label { de: "simuliert", en: "simulated" }),
        (status.running, Label { de: "läuft noch", en: "running" }),
        (status.first_edition, Label { de: "erster Registerstand", en: "first edition of the registry" }),
        (status.withdrawn, Label { de: "zurückgezogen", en: "withdrawn" }),
    ];
    let words: Vec<&str> = words
        .into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, word)| word.in_language(language))
        .collect();
    if words.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(words.join(", "))) }
}

impl Cell<'_> {
    fn written(value: Option<impl std::fmt::Display>) -> Cell<'static> {
        value.map_or(Cell::Empty, |value| Cell::Text(Cow::Owned(value.to_string())))
    }

    fn number(number: Option<Number>) -> Cell<'static> {
        number.map_or(Cell::Empty, Cell::Number)
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
