//! Series as SDMX-CSV 2.1 (SDMX 3.1): `STRUCTURE,STRUCTURE_ID,ACTION`, dimensions, measures, attributes; always ids. A
//! dimension that does not apply is `_Z`, a total is `_T`. `STATEMENT` numbers several statements about one cell
//! (sources in conflict); without it SDMX would take them for one observation.

use super::Publication;
use super::cell::Cell;
use super::columns::{COLUMNS, Role, cube};
use super::words::NOT_APPLICABLE;
use crate::delimited::{neutral, writer};
use ozg_core::measure::Measure;
use ozg_core::series::{Header, Row};
use std::borrow::Cow;
use std::io::{self, Write};

/// The agency that the structures belong to.
const AGENCY: &str = "OZG_TRACKER";
/// The first columns.
const FRONT: [&str; 3] = ["STRUCTURE", "STRUCTURE_ID", "ACTION"];
/// The code of a total.
const TOTAL: &str = "_T";

/// Writes a series.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    _: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let order = order(header);
    let dimensions = order.iter().filter(|at| COLUMNS[**at].is_dimension()).count();
    let mut csv = writer(out);
    let (keys, rest) = order.split_at(dimensions);
    let names = |part: &[usize]| part.iter().map(|at| name(COLUMNS[*at].id)).collect::<Vec<String>>();
    let front = FRONT.map(str::to_owned).to_vec();
    csv.write_record([front, names(keys), vec!["STATEMENT".to_owned()], names(rest)].concat())?;
    let structure = structure_id(header.measure);
    let (mut before, mut statement) = (Vec::new(), 0_u32);
    for row in rows {
        let cell = |at: &usize| (COLUMNS[*at].cell)(&row, header.measure, None);
        let key: Vec<String> = keys.iter().map(|at| word(&cell(at))).collect();
        statement = if key == before { statement + 1 } else { 1 };
        for field in ["dataflow", &structure, "I"] {
            csv.write_field(field)?;
        }
        for word in &key {
            csv.write_field(neutral(Cow::Borrowed(word)).as_ref())?;
        }
        csv.write_field(statement.to_string())?;
        for at in rest {
            match &cell(at) {
                Cell::Text(text) => csv.write_field(neutral(Cow::Borrowed(text)).as_ref())?,
                other => csv.write_field(other.to_string())?,
            }
        }
        csv.write_record(None::<&[u8]>)?;
        before = key;
    }
    csv.flush()
}

/// Returns the id of the dataflow: the measure, and the version of its definition.
fn structure_id(measure: Measure) -> String {
    format!("{AGENCY}:{}({}.0.0)", measure.id().to_uppercase(), measure.row().version)
}

/// Lists the columns: dimensions, measures, attributes.
fn order(header: &Header) -> Vec<usize> {
    let mut order: Vec<usize> = cube(header).collect();
    order.sort_by_key(|at| match COLUMNS[*at].role {
        Role::Time | Role::Geo | Role::Dimension => 0,
        Role::Metric => 1,
        Role::Attribute => 2,
    });
    order
}

/// Returns the name of a column; the usual name in SDMX if there is one.
fn name(id: &str) -> String {
    match id {
        "date" => "TIME_PERIOD".to_owned(),
        "area" => "REF_AREA".to_owned(),
        "value" => "OBS_VALUE".to_owned(),
        other => other.to_uppercase(),
    }
}

fn word(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => NOT_APPLICABLE.to_owned(),
        Cell::Text(text) if text == "all" => TOTAL.to_owned(),
        other => other.to_string(),
    }
}
