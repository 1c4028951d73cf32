//! What each column of a series holds, for every format that describes its columns and for the schemas.

use super::cells::{WIDTH, headings};
use crate::delimited::neutral;
use ozg_core::event::Kind;
use ozg_core::query::Shape;
use ozg_core::series::{COLUMNS, Header, VINTAGE_COLUMNS};
use ozg_core::words::Label;

/// What kind of cells a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cells {
    Date,
    Text,
    Number,
    Kind(Kind),
    Basis,
    Qualifier,
}

/// What a column is for where a format has dimensions, measures and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
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
pub(crate) struct Column {
    /// Name, as in [`COLUMNS`].
    pub(crate) id: &'static str,
    /// Kind of its cells.
    pub(crate) cells: Cells,
    /// What it is for.
    pub(crate) role: Role,
    /// Whether each row has one.
    pub(crate) always: bool,
    /// What it says.
    pub(crate) doc: Label,
}

const fn column(
    id: &'static str,
    cells: Cells,
    role: Role,
    always: bool,
    (de, en): (&'static str, &'static str),
) -> Column {
    Column { id, cells, role, always, doc: Label { de, en } }
}

/// Every column, in the order of [`COLUMNS`], and behind them those of vintages.
pub(crate) const ABOUT: [Column; WIDTH] = {
    use Cells as C;
    use Role as R;
    [
        column(
            "date",
            C::Date,
            R::Time,
            true,
            ("der Tag, für den der Wert gilt", "the day that the value is for"),
        ),
        column(
            "area",
            C::Kind(Kind::Place),
            R::Geo,
            true,
            (
                "Deutschland, ein Land, oder eine Behörde oder Region, nach der gefragt wurde",
                "Germany, a Land, or an authority or region where one was asked for",
            ),
        ),
        column(
            "topic",
            C::Text,
            R::Dimension,
            false,
            (
                "das Themenfeld; `all` für alle; leer, wo die Kennzahl keine Themenfelder hat",
                "the topic; `all` for all; empty where the measure has no topics",
            ),
        ),
        column(
            "service",
            C::Kind(Kind::Service),
            R::Dimension,
            false,
            ("die Leistung; leer für alle", "the service; empty for all"),
        ),
        column(
            "stage",
            C::Kind(Kind::Stage),
            R::Dimension,
            false,
            ("die Stufe, bei Kennzahlen mit Stufen", "the stage, for measures that have it"),
        ),
        column(
            "level",
            C::Kind(Kind::Level),
            R::Dimension,
            false,
            (
                "der Reifegrad mit seinem Modell, bei Kennzahlen mit Reifegraden",
                "the level of maturity with its model, for measures that have it",
            ),
        ),
        column(
            "unit",
            C::Kind(Kind::Unit),
            R::Dimension,
            false,
            ("was als eine Leistung zählt", "what is counted as one service"),
        ),
        column(
            "scope",
            C::Text,
            R::Dimension,
            false,
            (
                "Worte, die eine veröffentlichte Zahl eingrenzen; bei gezählten Liste und Territorium",
                "words that narrow a published figure; of counted ones the list and the territory",
            ),
        ),
        column(
            "basis",
            C::Basis,
            R::Dimension,
            true,
            (
                "worauf der Wert beruht; Werte verschiedener Grundlagen werden nie addiert oder vermischt",
                "what the value rests on; values of different bases are never added or mixed",
            ),
        ),
        column(
            "value",
            C::Number,
            R::Metric,
            false,
            (
                "der Wert; leer, wo nur ein Anteil veröffentlicht wurde",
                "the value; empty where only a percentage was published",
            ),
        ),
        column(
            "qualifier",
            C::Qualifier,
            R::Attribute,
            false,
            (
                "wie genau der Wert gemeint ist; leer bei genauen Werten",
                "how exactly the value is meant; empty for exact values",
            ),
        ),
        column(
            "denominator",
            C::Number,
            R::Metric,
            false,
            ("was unter dem Bruchstrich des Anteils steht", "what stands below the line of the share"),
        ),
        column(
            "share",
            C::Number,
            R::Metric,
            false,
            (
                "Wert durch Nenner, oder der veröffentlichte Anteil, als Anteil an 1",
                "value by denominator, or the published percentage, as a share of 1",
            ),
        ),
        column(
            "observed",
            C::Text,
            R::Attribute,
            false,
            (
                "der Stand der Zahl, wie er angegeben ist: `2022-07`, bei einer Änderung `2022-03/2022-07`; bei gezählten Werten der Tag der letzten Änderung",
                "the date of the figure as written, `2022-07`, for a change `2022-03/2022-07`; for counted values the day of the last change",
            ),
        ),
        column(
            "status",
            C::Text,
            R::Attribute,
            false,
            (
                "aus `conflict` (Quellen widersprechen sich), `simulated` (erzeugt), `running` (der Zeitraum läuft noch), `first_edition` (das Register gab es noch nicht, sein erster Stand gilt), `withdrawn` (zurückgezogen), durch Leerzeichen getrennt",
                "of `conflict`, `simulated`, `running`, `first_edition`, `withdrawn`, separated by blanks",
            ),
        ),
        column(
            "source",
            C::Text,
            R::Attribute,
            false,
            ("Namen der Quellen, durch `; ` getrennt", "names of the sources, separated by `; `"),
        ),
        column(
            "source_url",
            C::Text,
            R::Attribute,
            false,
            (
                "Adressen der Quellen, durch Leerzeichen getrennt",
                "addresses of the sources, separated by blanks",
            ),
        ),
        column(
            "definition",
            C::Text,
            R::Attribute,
            true,
            (
                "die Kennzahl und die Fassung ihrer Definition",
                "the measure and the version of its definition",
            ),
        ),
        column(
            "known_from",
            C::Text,
            R::Dimension,
            false,
            (
                "der Datenstand, ab dem die Zeile bekannt war: wann er aufgezeichnet wurde, und seine Position; nur mit `vintages`",
                "the data state from which the row was known: when it was recorded, and its position; only with `vintages`",
            ),
        ),
        column(
            "known_until",
            C::Text,
            R::Attribute,
            false,
            (
                "der Datenstand, ab dem sie es nicht mehr war; leer, solange sie es ist; nur mit `vintages`",
                "the data state from which it no longer was; empty while it is; only with `vintages`",
            ),
        ),
    ]
};

/// One column of a table as it is written: long or wide, with ids or in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableColumn {
    /// A name for programs: letters, digits, `_`.
    pub(crate) name: String,
    /// What heads it in the file.
    pub(crate) heading: String,
    /// Kind of its cells.
    pub(crate) cells: Cells,
    /// Whether each row has one.
    pub(crate) always: bool,
    /// What it says.
    pub(crate) doc: Label,
}

/// Returns the heading of a column in both languages.
pub(crate) fn label_of(at: usize) -> Label {
    COLUMNS.get(at).unwrap_or_else(|| &VINTAGE_COLUMNS[at - COLUMNS.len()]).1
}

/// Returns the place of a column by its name.
pub(crate) fn place_of(id: &str) -> usize {
    COLUMNS.iter().position(|(name, _)| *name == id).unwrap_or_default()
}

/// Returns the columns of the CSV of a series; a wide one has those that its headings say.
pub(crate) fn of_table(header: &Header, wide: &[String]) -> Vec<TableColumn> {
    match header.query.shape {
        Shape::Long => long(header),
        Shape::Wide => {
            wide.iter().enumerate().map(|(at, heading)| of_wide(at, heading, wide.len())).collect()
        }
    }
}

fn long(header: &Header) -> Vec<TableColumn> {
    let about = ABOUT.iter().zip(headings(header, header.query.language));
    let column = |(about, heading): (&Column, &'static str)| TableColumn {
        name: about.id.to_owned(),
        heading: heading.to_owned(),
        cells: about.cells,
        always: about.always,
        doc: about.doc,
    };
    about.map(column).collect()
}

fn of_wide(at: usize, heading: &str, columns: usize) -> TableColumn {
    let heading = neutral(heading.into()).into_owned();
    let is_conflict = at + 1 == columns && CONFLICTS.contains(&heading.as_str());
    let (name, cells, doc) = match at {
        0 => (ABOUT[0].id.to_owned(), ABOUT[0].cells, ABOUT[0].doc),
        _ if is_conflict => ("conflict".to_owned(), Cells::Text, CONFLICT_DOC),
        _ => (format!("line_{at}"), Cells::Number, LINE_DOC),
    };
    TableColumn { name, heading, cells, always: at == 0, doc }
}

/// What may head the column of a wide table that names conflicts.
const CONFLICTS: [&str; 3] = ["conflict", super::wide::CONFLICT.de, super::wide::CONFLICT.en];
const CONFLICT_DOC: Label = Label {
    de: "Zeilen, deren Quellen sich widersprechen, mit niedrigstem und höchstem Wert",
    en: "lines whose sources contradict each other, with the lowest and the highest value",
};
const LINE_DOC: Label = Label {
    de: "eine Linie; wo sich Quellen widersprechen, der niedrigste Wert",
    en: "a line; where sources contradict each other, the lowest value",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_described() {
        let columns: Vec<&str> = COLUMNS.iter().chain(&VINTAGE_COLUMNS).map(|row| row.0).collect();
        assert_eq!(ABOUT.map(|row| row.id).to_vec(), columns);
    }
}
