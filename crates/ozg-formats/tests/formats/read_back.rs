//! Reads every format of series back, with other people's readers where there are any.

use crate::series::bytes;
use calamine::{Data, Reader, Xlsx};
use ozg_core::series::{Header, Row};
use ozg_core::words::Day;
use ozg_formats::series::columns;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// One row as it was read: texts by the name of their column, days as ISO 8601, numbers with a point; empty cells left out.
pub(crate) type Cells = BTreeMap<String, String>;

/// Writes a series and reads it back.
type Reading = fn(&Header, Vec<Row>) -> Vec<Cells>;

/// The formats that hold rows, each with its reader.
pub(crate) const READERS: &[(&str, Reading)] = &[
    ("csv", |header, rows| delimited(header, &bytes("csv", header, rows), b',', str::to_owned)),
    ("de.csv", german),
    ("sdmx.csv", sdmx),
    ("json", json),
    ("jsonstat.json", jsonstat),
    ("xlsx", xlsx),
    ("zip", zipped),
    #[cfg(feature = "parquet")]
    ("parquet", of_parquet::rows),
];

/// Lists the names of the columns that every row of an answer has.
pub(crate) fn names(header: &Header) -> impl Iterator<Item = &'static str> {
    columns(header).map(|column| column.id)
}

/// Puts values under the names of the columns.
fn named(header: &Header, values: impl IntoIterator<Item = String>) -> Cells {
    let names = names(header).map(str::to_owned);
    names.zip(values).filter(|(_, value)| !value.is_empty()).collect()
}

/// Takes off the `'` that keeps a text from being a formula.
fn bare(text: &str) -> String {
    let rest = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    rest.unwrap_or(text).to_owned()
}

fn delimited(header: &Header, bytes: &[u8], delimiter: u8, plain: fn(&str) -> String) -> Vec<Cells> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let rows = reader.records().map(|row| named(header, row.unwrap().iter().map(|cell| bare(&plain(cell)))));
    rows.collect()
}

fn german(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let bytes = bytes("de.csv", header, rows);
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut read = delimited(header, bytes, b';', str::to_owned);
    for row in &mut read {
        for name in ["value", "denominator", "share"] {
            row.entry(name.to_owned()).and_modify(|number| *number = number.replace(',', "."));
        }
        for name in ["date", "observed", "since", "published"] {
            let german = |text: &String| text.len() == 10 && text.get(2..3) == Some(".");
            let Some(date) = row.get_mut(name).filter(|text| name == "date" || german(text)) else {
                continue;
            };
            assert!(german(date), "{date}");
            *date = Day::read(date).unwrap().to_string();
        }
    }
    read
}

fn sdmx(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let bytes = bytes("sdmx.csv", header, rows);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heads[..4], ["STRUCTURE", "STRUCTURE_ID", "ACTION", "TIME_PERIOD"]);
    let name = |head: &String| match head.as_str() {
        "TIME_PERIOD" => "date".to_owned(),
        "REF_AREA" => "area".to_owned(),
        "OBS_VALUE" => "value".to_owned(),
        other => other.to_lowercase(),
    };
    let mut keys = std::collections::BTreeSet::new();
    let read = reader.records().map(|row| {
        let row = row.unwrap();
        assert!(keys.insert(row.iter().take(14).map(str::to_owned).collect::<Vec<_>>()), "{row:?} is twice");
        let pairs = heads.iter().map(name).zip(row.iter()).skip(3);
        let pairs = pairs.filter(|(name, value)| {
            name != "statement" && name != "period" && !value.is_empty() && *value != "_Z"
        });
        pairs
            .map(|(name, value)| (name, if value == "_T" { "all".to_owned() } else { bare(value) }))
            .collect()
    });
    read.collect()
}

fn json(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let whole: Value = serde_json::from_slice(&bytes("json", header, rows)).unwrap();
    let rows = whole["rows"].as_array().unwrap().iter();
    rows.map(|row| named(header, names(header).map(|name| plain(&row[name])))).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn jsonstat(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let whole: Value = serde_json::from_slice(&bytes("jsonstat.json", header, rows)).unwrap();
    let ids: Vec<&str> = whole["id"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let index =
        |id: &str, at: u64| plain(&whole["dimension"][id]["category"]["index"][usize::try_from(at).unwrap()]);
    let sizes: Vec<u64> =
        whole["size"].as_array().unwrap().iter().map(|size| size.as_u64().unwrap()).collect();
    for (id, size) in ids.iter().zip(&sizes) {
        let category = &whole["dimension"][id]["category"]["index"];
        assert_eq!(category.as_array().map(Vec::len), usize::try_from(*size).ok(), "{id}");
    }
    let mut found: BTreeMap<Vec<u64>, Cells> = BTreeMap::new();
    let mut note = |at: &str, name: Option<&str>, value: String| {
        let mut rest: u64 = at.parse().unwrap();
        let mut place: Vec<u64> = sizes.iter().rev().map(|size| (rest % size, rest /= size).0).collect();
        place.reverse();
        let metric = index("metric", place.pop().unwrap());
        let cells = found.entry(place).or_default();
        cells.insert(name.map_or(metric, str::to_owned), value);
    };
    let attributes = whole["extension"]["attributes"].as_object().unwrap();
    let named = attributes.iter().map(|(name, values)| (Some(name.as_str()), values));
    for (name, values) in named.chain([(None, &whole["value"]), (Some("status"), &whole["status"])]) {
        values.as_object().unwrap().iter().for_each(|(at, value)| note(at, name, plain(value)));
    }
    let definition = plain(&whole["extension"]["definition"]["id"]);
    let whole_row = |(place, mut cells): (Vec<u64>, Cells)| {
        let words = ids.iter().zip(place).map(|(id, at)| ((*id).to_owned(), index(id, at)));
        cells.extend(words.filter(|(id, word)| id != "statement" && id != "period" && word != "_Z"));
        cells.insert("definition".to_owned(), definition.clone());
        cells
    };
    found.into_iter().map(whole_row).collect()
}

fn xlsx(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes("xlsx", header, rows))).unwrap();
    assert!(["Hinweise", "Notes"].contains(&book.sheet_names()[1].as_str()));
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::DateTime(date) => {
            // Excel counts from the day before 1900, and the 29th of February 1900.
            let serial = date.as_f64().to_string().parse::<u16>().unwrap();
            Day(serial - 2).to_string()
        }
        other => panic!("{other:?}"),
    };
    sheet.rows().skip(1).map(|row| named(header, row.iter().map(cell))).collect()
}

fn zipped(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("zip", header, rows))).unwrap();
    let package: Value = serde_json::from_str(&file(&mut archive, "datapackage.json")).unwrap();
    assert!(file(&mut archive, "README.md").contains(package["citation"]["long"]["de"].as_str().unwrap()));
    let resource = &package["resources"][0];
    let text = file(&mut archive, resource["path"].as_str().unwrap());
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(text.lines().next(), Some(names.join(",").as_str()));
    delimited(header, text.as_bytes(), b',', str::to_owned)
}

/// Reads a file of an archive.
pub(crate) fn file(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[cfg(feature = "parquet")]
mod of_parquet {
    //! Apache Parquet, by the reader of the same crate.

    use super::{Cells, named};
    use crate::series::bytes;
    use ozg_core::series::{Header, Row};
    use ozg_core::words::Day;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    pub(super) fn rows(header: &Header, rows: Vec<Row>) -> Vec<Cells> {
        let file = bytes::Bytes::from(bytes("parquet", header, rows));
        let reader = SerializedFileReader::new(file).unwrap();
        let pairs = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(pairs.iter().any(|pair| pair.key == "permalink" && pair.value.is_some()));
        let cell = |field: &Field| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Double(number) => number.to_string(),
            Field::Date(days) => Day(u16::try_from(days + 25_567).unwrap()).to_string(),
            other => panic!("{other:?}"),
        };
        let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
        rows.map(|row| named(header, row.get_column_iter().map(|(_, field)| cell(field)))).collect()
    }
}
