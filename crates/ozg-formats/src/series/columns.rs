//! The table of columns of a series: a row says all of one column, its name, its headings, its cells, what it is for and what
//! it says. Every format and the schemas follow from it.

use super::cell::{Cell, area, observed, status, topic, word};
use ozg_core::event::Kind;
use ozg_core::measure::Measure;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Label, Language, Qualifier};
use std::borrow::Cow;
use std::cmp::Ordering;

/// What kind of cells a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// A day.
    Date,
    /// A text.
    Text,
    /// A number.
    Number,
    /// What a field of an event takes.
    Kind(Kind),
    /// What a value rests on.
    Basis,
    /// How exactly a value is meant.
    Qualifier,
}

/// What a column is for where a format has dimensions, measures and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The dimension of time.
    Time,
    /// The dimension of space.
    Geo,
    /// Another dimension: it tells one value from another.
    Dimension,
    /// A number that is stated.
    Metric,
    /// What must be known beside a number.
    Attribute,
}

/// One row of the table of columns.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name, and its heading where no language is asked for.
    pub id: &'static str,
    /// Its heading in both languages.
    pub label: Label,
    /// Kind of its cells.
    pub cells: Cells,
    /// What it is for.
    pub role: Role,
    /// Whether each row has one.
    pub always: bool,
    /// What it says.
    pub doc: Label,
    /// Whether it is there only where vintages are asked for.
    pub is_of_vintages: bool,
    /// Makes its cell of a row, as an id, or as a name where a language is given.
    pub(crate) cell: MakeCell,
    /// Compares two rows in it, where it tells one line from another.
    pub(crate) telling: Option<fn(&Row, &Row) -> Ordering>,
}

/// Makes a cell of a row of a measure.
type MakeCell = for<'a> fn(&'a Row, Measure, Option<Language>) -> Cell<'a>;

const fn column(
    (id, de, en): (&'static str, &'static str, &'static str),
    cells: Cells,
    role: Role,
    doc: (&'static str, &'static str),
    cell: MakeCell,
) -> Column {
    let (label, doc) = (Label { de, en }, Label { de: doc.0, en: doc.1 });
    Column { id, label, cells, role, always: false, doc, is_of_vintages: false, cell, telling: None }
}

impl Column {
    const fn always(self) -> Column {
        Column { always: true, ..self }
    }

    const fn of_vintages(self) -> Column {
        Column { is_of_vintages: true, ..self }
    }

    const fn telling(self, compare: fn(&Row, &Row) -> Ordering) -> Column {
        Column { telling: Some(compare), ..self }
    }

    /// Returns its heading, its name where no language is given.
    #[must_use]
    pub fn heading(&self, language: Option<Language>) -> &'static str {
        language.map_or(self.id, |language| self.label.in_language(language))
    }

    /// Tells whether it tells one value from another.
    pub(crate) fn is_dimension(&self) -> bool {
        matches!(self.role, Role::Time | Role::Geo | Role::Dimension)
    }
}

/// Every column, in order; those of vintages come last.
pub const COLUMNS: [Column; WIDTH] = {
    use Cells as C;
    use Role as R;
    [
        column(
            ("date", "Datum", "Date"),
            C::Date,
            R::Time,
            ("der Tag, für den der Wert gilt", "the day that the value is for"),
            |row, _, _| Cell::Date(row.date),
        )
        .always(),
        column(
            ("area", "Gebiet", "Area"),
            C::Kind(Kind::Place),
            R::Geo,
            (
                "Deutschland, ein Land, oder eine Behörde oder Region, nach der gefragt wurde",
                "Germany, a Land, or an authority or region where one was asked for",
            ),
            |row, _, language| Cell::Text(area(&row.area, language)),
        )
        .always()
        .telling(|one, other| one.area.cmp(&other.area)),
        column(
            ("topic", "Themenfeld", "Topic"),
            C::Text,
            R::Dimension,
            (
                "das Themenfeld; `all` für alle; leer, wo die Kennzahl keine Themenfelder hat",
                "the topic; `all` for all; empty where the measure has no topics",
            ),
            topic,
        )
        .telling(|one, other| one.topic.cmp(&other.topic)),
        column(
            ("service", "Leistung", "Service"),
            C::Kind(Kind::Service),
            R::Dimension,
            ("die Leistung; leer für alle", "the service; empty for all"),
            |row, _, _| Cell::written(row.service.as_ref()),
        )
        .telling(|one, other| one.service.cmp(&other.service)),
        column(
            ("stage", "Stufe", "Stage"),
            C::Kind(Kind::Stage),
            R::Dimension,
            ("die Stufe, bei Kennzahlen mit Stufen", "the stage, for measures that have it"),
            |row, _, language| word(row.stage.map(|stage| (stage.id(), stage.name())), language),
        )
        .telling(|one, other| one.stage.cmp(&other.stage)),
        column(
            ("level", "Reifegrad", "Maturity level"),
            C::Kind(Kind::Level),
            R::Dimension,
            (
                "der Reifegrad mit seinem Modell, bei Kennzahlen mit Reifegraden",
                "the level of maturity with its model, for measures that have it",
            ),
            |row, _, _| Cell::written(row.level),
        )
        .telling(|one, other| one.level.cmp(&other.level)),
        column(
            ("unit", "Zähleinheit", "Unit"),
            C::Kind(Kind::Unit),
            R::Dimension,
            ("was als eine Leistung zählt", "what is counted as one service"),
            |row, _, language| word(row.unit.map(|unit| (unit.id(), unit.name())), language),
        )
        .telling(|one, other| one.unit.cmp(&other.unit)),
        column(
            ("scope", "Eingrenzung", "Scope"),
            C::Text,
            R::Dimension,
            (
                "Worte, die eine veröffentlichte Zahl eingrenzen; bei gezählten Liste und Territorium",
                "words that narrow a published figure; of counted ones the list and the territory",
            ),
            |row, _, _| row.scope.as_deref().map_or(Cell::Empty, Cell::from),
        )
        .telling(|one, other| one.scope.cmp(&other.scope)),
        column(
            ("basis", "Grundlage", "Basis"),
            C::Basis,
            R::Dimension,
            (
                "worauf der Wert beruht; Werte verschiedener Grundlagen werden nie addiert oder vermischt",
                "what the value rests on; values of different bases are never added or mixed",
            ),
            |row, _, language| word(Some((row.basis.id(), row.basis.name())), language),
        )
        .always()
        .telling(|one, other| one.basis.cmp(&other.basis)),
        column(
            ("value", "Wert", "Value"),
            C::Number,
            R::Metric,
            (
                "der Wert; leer, wo nur ein Anteil veröffentlicht wurde",
                "the value; empty where only a percentage was published",
            ),
            |row, _, _| Cell::number(row.value),
        ),
        column(
            ("qualifier", "Genauigkeit", "Qualifier"),
            C::Qualifier,
            R::Attribute,
            (
                "wie genau der Wert gemeint ist; leer bei genauen Werten",
                "how exactly the value is meant; empty for exact values",
            ),
            |row, _, _| {
                let qualifier = row.qualifier.filter(|qualifier| *qualifier != Qualifier::Exact);
                qualifier.map_or(Cell::Empty, |qualifier| Cell::from(qualifier.id()))
            },
        ),
        column(
            ("denominator", "Nenner", "Denominator"),
            C::Number,
            R::Metric,
            ("was unter dem Bruchstrich des Anteils steht", "what stands below the line of the share"),
            |row, _, _| Cell::number(row.denominator),
        ),
        column(
            ("share", "Anteil", "Share"),
            C::Number,
            R::Metric,
            (
                "Wert durch Nenner, oder der veröffentlichte Anteil, als Anteil an 1",
                "value by denominator, or the published percentage, as a share of 1",
            ),
            |row, _, _| Cell::number(row.share),
        ),
        column(
            ("observed", "Stand", "Observed"),
            C::Text,
            R::Attribute,
            (
                "der Stand der Zahl, wie er angegeben ist: `2022-07`, bei einer Änderung `2022-03/2022-07`; bei gezählten Werten der Tag der letzten Änderung",
                "the date of the figure as written, `2022-07`, for a change `2022-03/2022-07`; for counted values the day of the last change",
            ),
            |row, _, language| observed(row.observed, language),
        ),
        column(
            ("status", "Hinweis", "Status"),
            C::Text,
            R::Attribute,
            (
                "aus `conflict` (Quellen widersprechen sich), `disputed` (eine Stelle widerspricht), `simulated` (erzeugt), `running` (der Zeitraum läuft noch), `first_edition` (das Register gab es noch nicht, sein erster Stand gilt), `withdrawn` (zurückgezogen), durch Leerzeichen getrennt",
                "of `conflict`, `disputed`, `simulated`, `running`, `first_edition`, `withdrawn`, separated by blanks",
            ),
            |row, _, language| status(row.status, language),
        ),
        column(
            ("source", "Quelle", "Source"),
            C::Text,
            R::Attribute,
            ("Namen der Quellen, durch `; ` getrennt", "names of the sources, separated by `; `"),
            |row, _, _| Cell::from(row.source.as_str()),
        ),
        column(
            ("source_url", "Quelle_URL", "Source URL"),
            C::Text,
            R::Attribute,
            (
                "Adressen der Quellen, durch Leerzeichen getrennt",
                "addresses of the sources, separated by blanks",
            ),
            |row, _, _| Cell::from(row.source_url.as_str()),
        ),
        column(
            ("definition", "Definition", "Definition"),
            C::Text,
            R::Attribute,
            (
                "die Kennzahl und die Fassung ihrer Definition",
                "the measure and the version of its definition",
            ),
            |_, measure, _| Cell::Text(Cow::Owned(measure.definition_id())),
        )
        .always(),
        column(
            ("known_from", "bekannt_ab", "Known from"),
            C::Text,
            R::Dimension,
            (
                "der Datenstand, ab dem die Zeile bekannt war: wann er aufgezeichnet wurde, und seine Position; nur mit `vintages`",
                "the data state from which the row was known: when it was recorded, and its position; only with `vintages`",
            ),
            |row, _, _| Cell::written(row.vintage.map(|vintage| vintage.from)),
        )
        .of_vintages(),
        column(
            ("known_until", "bekannt_bis", "Known until"),
            C::Text,
            R::Attribute,
            (
                "der Datenstand, ab dem sie es nicht mehr war; leer, solange sie es ist; nur mit `vintages`",
                "the data state from which it no longer was; empty while it is; only with `vintages`",
            ),
            |row, _, _| Cell::written(row.vintage.and_then(|vintage| vintage.until)),
        )
        .of_vintages(),
    ]
};

/// How many columns a row may have.
pub(crate) const WIDTH: usize = 20;

/// Lists the columns of the long form of an answer: all, or those without vintages where none were asked for.
pub fn columns(header: &Header) -> impl Iterator<Item = &'static Column> + Clone + use<> {
    let has_vintages = header.query.vintages.is_some();
    TABLE.iter().filter(move |column| has_vintages || !column.is_of_vintages)
}

/// The same, in one place of the memory.
pub(crate) static TABLE: [Column; WIDTH] = COLUMNS;

/// Returns how many columns the rows of an answer have.
pub(crate) fn width(header: &Header) -> usize {
    columns(header).count()
}

/// Returns the cells of a row in the order of [`columns`], as ids, or as names where a language is given.
#[must_use]
pub fn cells<'a>(row: &'a Row, header: &Header, language: Option<Language>) -> Vec<Cell<'a>> {
    columns(header).map(|column| (column.cell)(row, header.measure, language)).collect()
}

/// Returns the headings in the order of [`columns`], as ids or in a language.
pub(crate) fn headings(header: &Header, language: Option<Language>) -> Vec<&'static str> {
    columns(header).map(|column| column.heading(language)).collect()
}

/// Returns the place of a column by its name.
pub(crate) fn place_of(id: &str) -> usize {
    let found = COLUMNS.iter().position(|column| column.id == id);
    found.unwrap_or_else(|| unreachable!("there is no column {id}"))
}
