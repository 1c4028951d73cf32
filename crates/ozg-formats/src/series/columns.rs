//! The table of columns of a series: a row says all of one column, its name, its headings, its cells, what it is for and what
//! it says. Every format and the schemas follow from it.

use super::cell::{Cell, area, observed, qualifier, remarks, status, topic, word};
use super::column::column;
pub use super::column::{Cells, Column, Role, Stands};
use ozg_core::event::Kind;
use ozg_core::series::{Header, Observed, Row};
use ozg_core::words::Language;
use std::borrow::Cow;

/// Every column, in order; those that do not stand everywhere come last.
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
        .telling(|one, other| one.scope_looked_up().cmp(&other.scope_looked_up())),
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
                "wie genau der Wert gemeint ist; leer bei genauen Werten und wo kein Wert steht",
                "how exactly the value is meant; empty for exact values and where there is no value",
            ),
            |row, _, _| qualifier(row.qualifier),
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
                "der Stand der Zahl, wie er angegeben ist: `2022-07`, bei einem Zeitraum `2022-03/2022-07`; bei gezählten Werten der Tag der letzten Änderung",
                "the date of the figure as written, `2022-07`, for a period `2022-03/2022-07`; for counted values the day of the last change",
            ),
            |row, _, language| observed(row.observed, language),
        ),
        column(
            ("status", "Hinweis", "Status"),
            C::Text,
            R::Attribute,
            (
                "aus `conflict` (Quellen widersprechen sich), `simulated` (erzeugt), `running` (der Zeitraum läuft noch), `first_edition` (Register oder Katalog war noch nicht vollständig, der erste vollständige Stand gilt), `withdrawn` (zurückgezogen), `carried` (fortgeschrieben: der Stand liegt vor dem Zeitraum), `partial` (Register oder Katalog ist unvollständig, deshalb kein Nenner), `published_assumed` (wann veröffentlicht, ist unbekannt; angenommen ist der Stand), `disputed` (eine Stelle widerspricht), durch Leerzeichen getrennt",
                "of `conflict`, `simulated`, `running`, `first_edition`, `withdrawn`, `carried` (observed before the period, and holding on), `partial` (a register or catalogue is partial, hence no denominator), `published_assumed` (nobody knows when it was published; the date of the figure is taken), `disputed`, separated by blanks",
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
            ("since", "seit", "Since"),
            C::Text,
            R::Attribute,
            (
                "der Beginn des Zeitraums, über den die veröffentlichte Zahl spricht, wie er angegeben ist: `2022-03`; leer bei einem Bestand",
                "the beginning of the period that the published figure is of, as written, `2022-03`; empty for a stock",
            ),
            |row, _, language| match row.observed {
                Some(Observed::Between(since, _)) => observed(Some(Observed::On(since)), language),
                Some(Observed::On(_)) | None => Cell::Empty,
            },
        ),
        column(
            ("upper", "bis", "Upper"),
            C::Number,
            R::Metric,
            (
                "das obere Ende des Werts, wo er eine Spanne ist (`between`)",
                "the higher end of the value, where it is a range (`between`)",
            ),
            |row, _, _| Cell::number(row.upper),
        ),
        column(
            ("denominator_qualifier", "Genauigkeit_Nenner", "Denominator qualifier"),
            C::Qualifier,
            R::Attribute,
            (
                "wie genau der Nenner gemeint ist; leer bei genauen",
                "how exactly the denominator is meant; empty for exact ones",
            ),
            |row, _, _| qualifier(row.denominator_qualifier),
        ),
        column(
            ("denominator_upper", "Nenner_bis", "Denominator upper"),
            C::Number,
            R::Metric,
            (
                "das obere Ende des Nenners, wo er eine Spanne ist",
                "the higher end of the denominator, where it is a range",
            ),
            |row, _, _| Cell::number(row.denominator_upper),
        ),
        column(
            ("share_qualifier", "Genauigkeit_Anteil", "Share qualifier"),
            C::Qualifier,
            R::Attribute,
            (
                "wie genau der Anteil ist: wie veröffentlicht, oder wie er aus Wert und Nenner folgt; leer bei genauen",
                "how exact the share is: as published, or as it follows from value and denominator; empty for exact ones",
            ),
            |row, _, _| qualifier(row.share_qualifier),
        ),
        column(
            ("share_upper", "Anteil_bis", "Share upper"),
            C::Number,
            R::Metric,
            (
                "das obere Ende des Anteils, wo er eine Spanne ist",
                "the higher end of the share, where it is a range",
            ),
            |row, _, _| Cell::number(row.share_upper),
        ),
        column(
            ("published", "veröffentlicht", "Published"),
            C::Text,
            R::Attribute,
            (
                "wann die Zahl veröffentlicht wurde, wie es angegeben ist; bei mehreren Quellen das früheste Datum",
                "when the figure was published, as written; of several sources the earliest date",
            ),
            |row, _, language| observed(row.published.map(Observed::On), language),
        ),
        column(
            ("entry", "Eintrag", "Entry"),
            C::Number,
            R::Attribute,
            (
                "die Position des Eintrags, aus dem die veröffentlichte Zahl kommt, bei mehreren Quellen des ersten; bei gezählten Werten einer Leistung oder einer Behörde des Eintrags, der sie zuletzt bewegt hat; bei Summen leer: `…/entries` nennt alle",
                "the position of the entry that the published figure comes from, of several sources the first; for counted values of one service or one authority the entry that moved them last; empty for sums: `…/entries` names all",
            ),
            |row, _, _| row.proof.entries.first().map_or(Cell::Empty, |entry| Cell::Number(i64::from(entry.get()).into())),
        ),
        column(
            ("remark", "Bemerkung", "Remark"),
            C::Text,
            R::Attribute,
            (
                "was an der veröffentlichten Zahl selbst auffällt: `share_above_one`, `live_above_of`, `published_early`, durch Leerzeichen getrennt",
                "what is worth a second look in the published figure itself: `share_above_one`, `live_above_of`, `published_early`, separated by blanks",
            ),
            |row, _, language| remarks(&row.remarks, language),
        ),
        column(
            ("note", "Anmerkung", "Note"),
            C::Text,
            R::Attribute,
            (
                "die Anmerkung zur veröffentlichten Zahl, wie sie aufgezeichnet ist: `abgeleitet: 276-98 und 246-68`; bei mehreren Quellen durch `; ` getrennt; bei gezählten Werten leer",
                "the note on the published figure as recorded, such as `abgeleitet: 276-98 und 246-68` (derived); of several sources separated by `; `; empty for counted values",
            ),
            |row, _, _| Cell::from(row.proof.note.as_str()),
        ),
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
        .only(Stands::WithVintages),
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
        .only(Stands::WithVintages),
        column(
            ("period", "Zeitraum", "Period"),
            C::Text,
            R::Dimension,
            (
                "der Zeitraum, über den die veröffentlichte Zahl spricht: `2022-03/2022-07`; leer bei einem Bestand",
                "the period that the published figure is of, `2022-03/2022-07`; empty for a stock",
            ),
            |row, _, language| match row.observed {
                Some(Observed::Between(..)) => observed(row.observed, language),
                Some(Observed::On(_)) | None => Cell::Empty,
            },
        )
        .only(Stands::InCubes)
        .telling(|one, other| one.period().cmp(&other.period())),
    ]
};

/// How many columns a row may have.
pub(crate) const WIDTH: usize = 31;

/// Lists the columns of the long form of an answer: those that its query chooses, else all; those of vintages only where vintages
/// are asked for.
pub fn columns(header: &Header) -> impl Iterator<Item = &'static Column> + Clone + use<'_> {
    let chosen = header.query.columns.as_deref();
    let all = stand(header).filter(move |at| chosen.is_none() && TABLE[*at].stands != Stands::InCubes);
    chosen.into_iter().flatten().copied().chain(all).map(|at| &TABLE[at])
}

/// Lists the places of the columns of a cube: dimensions, the value, and of the others those that the query chooses.
pub(crate) fn cube(header: &Header) -> impl Iterator<Item = usize> + Clone + use<'_> {
    let is_needed = |at: usize| TABLE[at].is_dimension() || TABLE[at].id == "value";
    stand(header).filter(move |at| is_needed(*at) || header.query.shows(TABLE[*at].id))
}

/// Lists the places of the columns that an answer can have.
fn stand(header: &Header) -> impl Iterator<Item = usize> + Clone + use<> {
    let has_vintages = header.query.vintages.is_some();
    (0..WIDTH).filter(move |at| has_vintages || TABLE[*at].stands != Stands::WithVintages)
}

/// The same, in one place of the memory.
pub(crate) static TABLE: [Column; WIDTH] = COLUMNS;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_know_the_columns_by_the_same_names_in_the_same_order() {
        let rows = TABLE.iter().filter(|column| column.stands != Stands::InCubes).map(|column| column.id);
        assert_eq!(rows.collect::<Vec<_>>(), ozg_core::query::COLUMNS);
        assert_eq!(TABLE[WIDTH - 1].stands, Stands::InCubes, "what no question can choose comes last");
    }
}
