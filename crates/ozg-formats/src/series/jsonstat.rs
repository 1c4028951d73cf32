//! Series as a JSON-stat 2.0 dataset (json-stat.org/format): a cube with the roles time, geo and metric. Every column
//! that distinguishes values is a dimension. The dimension `statement` distinguishes several statements about one cell
//! (sources in conflict), so that no value is lost. `extension.attributes` holds the attributes
//! of each value, by its index.

use super::Publication;
use super::cell::Cell;
use super::columns::{COLUMNS, Role, WIDTH, cube, place_of};
use super::json::{definition, query};
use super::publication::state;
use super::stream::open;
use super::words::NumberedWords;
use ozg_core::series::{Header, Row};
use ozg_core::time::rfc3339;
use ozg_core::words::{Label, Language, Number};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The heading of the dimension that distinguishes several statements about one cell.
const STATEMENT: Label = Label { de: "Angabe", en: "Statement" };
/// The heading of the dimension of values, denominators and shares.
const METRIC: Label = Label { de: "Größe", en: "Metric" };
/// Digits behind the point of shares.
const SHARE_DECIMALS: u8 = 6;

/// The number of columns that are metrics.
const METRICS: usize = {
    let (mut at, mut count) = (0, 0);
    while at < WIDTH {
        count += matches!(COLUMNS[at].role, Role::Metric) as usize;
        at += 1;
    }
    count
};

/// One row; each word is replaced by its number.
struct CubeEntry {
    words: [u32; WIDTH],
    /// The numbers, in the order of the metrics.
    numbers: [Option<Number>; METRICS],
    statement: usize,
}

/// A series as a cube.
struct DataCube {
    words: Vec<NumberedWords>,
    entries: Vec<CubeEntry>,
    /// The columns that are dimensions of this answer: those with at least one word.
    dimensions: Vec<usize>,
    metrics: Vec<usize>,
    statements: usize,
}

/// Writes a series as a dataset.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let cube = DataCube::of(header, rows);
    let mut out = io::BufWriter::new(out);
    out.write_all(open(&cube.head(header, publication)).as_bytes())?;
    let mut indexed: Vec<(u64, usize)> =
        cube.entries.iter().enumerate().map(|(at, entry)| (cube.index(entry), at)).collect();
    indexed.sort_unstable();
    out.write_all(b",\n\"value\":{")?;
    let values = indexed.iter().flat_map(|(index, at)| {
        let numbers = cube.entries[*at].numbers.iter().zip(*index..);
        numbers.filter_map(|(number, index)| Some((index, (*number)?.to_string())))
    });
    members(values, &mut out)?;
    out.write_all(b"},\n\"status\":{")?;
    cube.attribute(place_of("status"), &indexed, &mut out)?;
    write!(out, "}},\n\"extension\":{},\n\"attributes\":{{", extension(header, publication))?;
    for (count, at) in attributes(header).enumerate() {
        write!(out, "{}\"{}\":{{", if count == 0 { "" } else { "," }, COLUMNS[at].id)?;
        cube.attribute(at, &indexed, &mut out)?;
        out.write_all(b"}")?;
    }
    out.write_all(b"}}}\n")?;
    out.flush()
}

/// Lists the columns of attributes for which JSON-stat has no member.
fn attributes(header: &Header) -> impl Iterator<Item = usize> + use<'_> {
    let has_place = |id: &str| id == "status" || id == "definition";
    cube(header).filter(move |at| COLUMNS[*at].role == Role::Attribute && !has_place(COLUMNS[*at].id))
}

/// Writes members of an object; the values are JSON already.
fn members(members: impl Iterator<Item = (u64, String)>, out: &mut dyn Write) -> io::Result<()> {
    for (at, (name, value)) in members.enumerate() {
        write!(out, "{}\"{name}\":{value}", if at == 0 { "" } else { "," })?;
    }
    Ok(())
}

/// Returns the member `extension`, without its closing brace.
fn extension(header: &Header, publication: &Publication) -> String {
    open(&json!({
        "definition": definition(header),
        "query": query(header),
        "position": header.position,
        "permalink": publication.permalink,
        "citation": publication.citations_json(header),
        "licence": publication.licence_json(),
    }))
}

impl DataCube {
    fn of(header: &Header, rows: &mut dyn Iterator<Item = Row>) -> DataCube {
        let language = header.query.language.unwrap_or_default();
        let mut words = vec![NumberedWords::default(); WIDTH];
        let is_dimension = |at: &usize| COLUMNS[*at].is_dimension();
        let metrics: Vec<usize> = cube(header).filter(|at| COLUMNS[*at].role == Role::Metric).collect();
        let (mut entries, mut before): (Vec<CubeEntry>, Option<[u32; WIDTH]>) = (Vec::new(), None);
        let mut statements = 0;
        for row in rows {
            let mut entry = CubeEntry { words: [0; WIDTH], numbers: [None; METRICS], statement: 0 };
            for at in cube(header) {
                let cell = |language| (COLUMNS[at].cell)(&row, header.measure, language);
                let label = || cell(Some(language)).to_string();
                match (cell(None), metrics.iter().position(|metric| *metric == at)) {
                    (Cell::Number(number), Some(metric)) => entry.numbers[metric] = Some(number),
                    (cell, _) => entry.words[at] = words[at].number(&cell.to_string(), label),
                }
            }
            // Rows about the same cell follow each other.
            let key = std::array::from_fn(|at| if is_dimension(&at) { entry.words[at] } else { 0 });
            if before == Some(key) {
                entry.statement = entries.last().map_or(0, |last| last.statement + 1);
            }
            statements = statements.max(entry.statement + 1);
            before = Some(key);
            entries.push(entry);
        }
        let order = words[0].sort();
        entries.iter_mut().for_each(|entry| entry.words[0] = order[entry.words[0] as usize]);
        let dimensions = cube(header).filter(is_dimension).filter(|at| words[*at].says_anything()).collect();
        DataCube { words, entries, dimensions, metrics, statements }
    }

    /// Returns the index of the first metric of a row, in row-major order.
    fn index(&self, entry: &CubeEntry) -> u64 {
        let size = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
        let mut index = 0;
        for at in &self.dimensions {
            index = index * size(self.words[*at].len()) + u64::from(entry.words[*at]);
        }
        (index * size(self.statements.max(1)) + size(entry.statement)) * size(self.metrics.len())
    }

    /// Writes an attribute column: its words by the index of the value that they belong to.
    fn attribute(&self, column: usize, indexed: &[(u64, usize)], out: &mut dyn Write) -> io::Result<()> {
        let members_of = indexed.iter().filter_map(|(index, at)| {
            let word = self.words[column].id(self.entries[*at].words[column]);
            (!word.is_empty()).then(|| (*index, Value::from(word).to_string()))
        });
        members(members_of, out)
    }

    fn head(&self, header: &Header, publication: &Publication) -> Value {
        let language = header.query.language.unwrap_or_default();
        let row = header.measure.row();
        let mut ids: Vec<&str> = self.dimensions.iter().map(|at| COLUMNS[*at].id).collect();
        let mut sizes: Vec<usize> = self.dimensions.iter().map(|at| self.words[*at].len()).collect();
        if self.statements > 1 {
            ids.push("statement");
            sizes.push(self.statements);
        }
        ids.push("metric");
        sizes.push(self.metrics.len());
        json!({
            "version": "2.0",
            "class": "dataset",
            "href": publication.permalink,
            "label": header.measure.name().in_language(language),
            "source": publication.operator,
            "updated": header.recorded_at_ms.map(rfc3339),
            "note": [row.definition.in_language(language), row.addition.in_language(language), state(header, language)],
            "id": ids,
            "size": sizes,
            "role": { "time": [self.of_role(Role::Time)], "geo": [self.of_role(Role::Geo)], "metric": ["metric"] },
            "dimension": self.dimension(header, language),
        })
    }

    fn of_role(&self, role: Role) -> &'static str {
        COLUMNS.iter().find(|column| column.role == role).map_or("", |column| column.id)
    }

    fn dimension(&self, header: &Header, language: Language) -> Map<String, Value> {
        let mut all = Map::new();
        for at in &self.dimensions {
            let label = COLUMNS[*at].label.in_language(language);
            let category = self.words[*at].category();
            all.insert(COLUMNS[*at].id.to_owned(), json!({ "label": label, "category": category }));
        }
        if self.statements > 1 {
            let index: Vec<String> = (1..=self.statements).map(|number| number.to_string()).collect();
            let label = STATEMENT.in_language(language);
            all.insert("statement".to_owned(), json!({ "label": label, "category": { "index": index } }));
        }
        let metric =
            json!({ "label": METRIC.in_language(language), "category": self.metric(header, language) });
        all.insert("metric".to_owned(), metric);
        all
    }

    fn metric(&self, header: &Header, language: Language) -> Value {
        let unit = header.measure.row().value_unit.in_language(language);
        let index: Vec<&str> = self.metrics.iter().map(|at| COLUMNS[*at].id).collect();
        let labels =
            self.metrics.iter().map(|at| (COLUMNS[*at].id, COLUMNS[*at].label.in_language(language)));
        let labels: Map<String, Value> = labels.map(|(id, label)| (id.to_owned(), label.into())).collect();
        let unit_of = |id: &str| match id {
            "share" => json!({ "decimals": SHARE_DECIMALS, "label": "1" }),
            // JSON-stat demands the decimals of a unit.
            _ => json!({ "decimals": self.decimals(id), "label": unit }),
        };
        let units: Map<String, Value> = index.iter().map(|id| ((*id).to_owned(), unit_of(id))).collect();
        json!({ "index": index, "label": labels, "unit": units })
    }

    /// Returns the most digits after the point that a metric has in this answer.
    fn decimals(&self, id: &str) -> u8 {
        let at = self.metrics.iter().position(|metric| COLUMNS[*metric].id == id).unwrap_or_default();
        self.entries.iter().filter_map(|entry| entry.numbers[at].map(Number::places)).max().unwrap_or(0)
    }
}
