//! Two data states side by side, as CSV and as JSON, with the entries that explain each difference.

use super::Publication;
use super::cell::{Cell, qualifier as qualifier_cell};
use super::columns::{COLUMNS, Column, Role, TABLE, place_of};
use super::csv::{put, spell};
use super::stream::stream;
use crate::delimited::writer;
use ozg_core::series::{Compared, Header, Row};
use ozg_core::words::Position;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// What stands in a comparison behind the columns that tell one value from another.
const BESIDE: [&str; 11] = [
    "source",
    "value",
    "value_against",
    "qualifier",
    "qualifier_against",
    "change",
    "change_qualifier",
    "change_upper",
    "entries",
    "explained_by",
    "definition",
];

/// Lists the columns of a comparison: those of a series that tell one value from another, then what both data states say.
pub fn compare_columns() -> impl Iterator<Item = &'static str> + Clone {
    about().map(|column| column.id).chain(BESIDE)
}

/// Says what a row is about, without its day: `Brandenburg · Bildung · live`.
#[must_use]
pub fn said_about(row: &Row, header: &Header) -> String {
    let cells = about().skip(1).map(|column| (column.cell)(row, header.measure, header.query.language));
    cells.filter(|cell| !cell.is_empty()).map(|cell| cell.to_string()).collect::<Vec<_>>().join(" · ")
}

/// Lists the columns of a series that say what a value is about: the day, and what tells lines apart.
fn about() -> impl Iterator<Item = &'static Column> + Clone {
    TABLE.iter().filter(|column| column.role == Role::Time || column.telling.is_some())
}

/// Most positions that one cell names; the column `entries` has the number of all.
const NAMED_MAX: usize = 100;

/// Writes a comparison as CSV.
///
/// # Errors
/// Those of the writer.
pub fn write_comparison_csv(
    header: &Header,
    rows: impl Iterator<Item = Compared>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(compare_columns())?;
    for compared in rows {
        let positions = named(&compared).map(|position| position.to_string()).collect::<Vec<_>>().join(" ");
        for cell in row(&compared, header, Cell::from(positions.as_str())) {
            put(&mut csv, spell, &cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes a comparison as JSON, one row per line; `explained_by` is an array of positions.
///
/// # Errors
/// Those of the writer.
pub fn write_comparison_json(
    header: &Header,
    against: Position,
    publication: &Publication,
    rows: impl Iterator<Item = Compared>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let query: Map<String, Value> =
        header.query.parameters().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let head = json!({
        "measure": header.measure.id(),
        "definition": header.measure.definition_id(),
        "query": query,
        "position": header.position,
        "against": against,
        "permalink": publication.permalink,
        "citation": publication.citation,
        "licence": publication.licence,
    });
    let write = |compared: Compared, out: &mut dyn Write| {
        let values = row(&compared, header, Cell::Empty).into_iter().map(Cell::json);
        let mut object: Map<String, Value> = compare_columns().map(str::to_owned).zip(values).collect();
        object.insert("explained_by".to_owned(), named(&compared).map(Position::get).collect());
        Ok(serde_json::to_writer(out, &object)?)
    };
    stream(&head, "rows", rows, write, out)
}

fn named(compared: &Compared) -> impl Iterator<Item = Position> {
    compared.entries.iter().copied().take(NAMED_MAX)
}

/// Returns the cells of a point in the order of [`compare_columns`].
fn row<'a>(compared: &'a Compared, header: &Header, explained_by: Cell<'a>) -> Vec<Cell<'a>> {
    let Some(of_both) = compared.about() else { return Vec::new() };
    let (measure, language) = (header.measure, header.query.language);
    let cell_of = |row: &'a Row, id: &str, language| (COLUMNS[place_of(id)].cell)(row, measure, language);
    let value = |row: &Option<Row>| row.as_ref().and_then(|row| row.value);
    let (now, then) = (value(&compared.row), value(&compared.against));
    let change = compared.row.as_ref().zip(compared.against.as_ref());
    let change = change.and_then(|(row, against)| row.change_from(against));
    let qualifier =
        |row: &'a Option<Row>| row.as_ref().map_or(Cell::Empty, |row| cell_of(row, "qualifier", None));
    let entries = i64::try_from(compared.entries.len()).unwrap_or(i64::MAX);
    let mut out: Vec<Cell<'a>> = about().map(|column| (column.cell)(of_both, measure, language)).collect();
    out.push(cell_of(of_both, "source", language));
    out.extend([Cell::number(now), Cell::number(then)]);
    out.extend([qualifier(&compared.row), qualifier(&compared.against)]);
    out.push(Cell::number(change.map(|change| change.number)));
    out.push(qualifier_cell(change.map(|change| change.qualifier)));
    out.push(Cell::number(change.and_then(|change| change.upper)));
    out.extend([Cell::Number(entries.into()), explained_by]);
    out.push(cell_of(of_both, "definition", language));
    out
}
