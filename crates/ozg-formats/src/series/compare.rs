//! Two data states side by side, as CSV and as JSON, with the entries that explain each difference.

use super::Publication;
use super::cells::{Cell, cells};
use super::csv::{put, spell};
use super::lines::negated;
use crate::delimited::writer;
use ozg_core::series::{Compared, Header, Row};
use ozg_core::words::{Number, Position};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The columns of a comparison.
pub const COMPARE_COLUMNS: [&str; 18] = [
    "date",
    "area",
    "topic",
    "service",
    "stage",
    "level",
    "unit",
    "scope",
    "basis",
    "source",
    "value",
    "value_against",
    "qualifier",
    "qualifier_against",
    "change",
    "entries",
    "explained_by",
    "definition",
];

/// The number of leading columns, and the places of the columns for qualifier, source and definition.
const DIMENSIONS: usize = 9;
const QUALIFIER: usize = 10;
const SOURCE: usize = 15;
const DEFINITION: usize = 17;
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
    csv.write_record(COMPARE_COLUMNS)?;
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
    })
    .to_string();
    out.write_all(&head.as_bytes()[..head.len() - 1])?;
    out.write_all(b",\"rows\":[")?;
    for (index, compared) in rows.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let values = row(&compared, header, Cell::Empty).into_iter().map(json_cell);
        let names = COMPARE_COLUMNS.iter().map(|name| (*name).to_owned());
        let mut object: Map<String, Value> = names.zip(values).collect();
        object.insert("explained_by".to_owned(), named(&compared).map(Position::get).collect());
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n]}\n")
}

fn named(compared: &Compared) -> impl Iterator<Item = Position> {
    compared.entries.iter().copied().take(NAMED_MAX)
}

/// Returns the cells of a point in the order of [`COMPARE_COLUMNS`].
fn row<'a>(compared: &'a Compared, header: &Header, explained_by: Cell<'a>) -> Vec<Cell<'a>> {
    let Some(about) = compared.about() else { return Vec::new() };
    let of_series = cells(about, header, header.query.language);
    let value = |row: &Option<Row>| row.as_ref().and_then(|row| row.value);
    let (now, then) = (value(&compared.row), value(&compared.against));
    let change = now.zip(then).map(|(now, then)| now.plus(negated(then)));
    let number = |number: Option<Number>| number.map_or(Cell::Empty, Cell::Number);
    let qualifier = |row: &Option<Row>| {
        row.as_ref().map_or(Cell::Empty, |row| cells(row, header, None)[QUALIFIER].clone().into_owned())
    };
    let entries = i64::try_from(compared.entries.len()).unwrap_or(i64::MAX);
    let mut out = of_series[..DIMENSIONS].to_vec();
    out.push(of_series[SOURCE].clone());
    out.extend([number(now), number(then), qualifier(&compared.row), qualifier(&compared.against)]);
    out.push(number(change));
    out.extend([Cell::Number(entries.into()), explained_by]);
    out.push(of_series[DEFINITION].clone());
    out
}

fn json_cell(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => text.into_owned().into(),
        Cell::Date(day) => day.to_string().into(),
        Cell::Number(number) => {
            number.to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
        }
    }
}
