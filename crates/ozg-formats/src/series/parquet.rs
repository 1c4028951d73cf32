//! Series as Apache Parquet (format 2), always in the long form: days are DATE, numbers DOUBLE, texts UTF-8. The
//! metadata of the file holds what belongs to all rows. Each group of rows is sent as soon as it is full.

use super::Publication;
use super::cell::Cell;
use super::columns::{Cells, cells, columns};
use super::json::{definition, query};
use ozg_core::held::Held;
use ozg_core::series::{Header, Row};
use ozg_core::words::{Day, Language};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::mem::take;
use std::sync::Arc;

/// Rows per group.
const GROUP_ROWS: usize = 100_000;
/// The number of 1970-01-01 as ozg-core counts days, from 1900.
const EPOCH: i32 = 25_567;

/// The values of one column of a group, and for each row whether it has one (1) or not (0).
#[derive(Default)]
struct ColumnChunk {
    days: Vec<i32>,
    numbers: Vec<f64>,
    texts: Vec<ByteArray>,
    has: Vec<i16>,
}

/// Bytes that are not yet sent.
#[derive(Clone, Default)]
struct Written(Arc<Held<Vec<u8>>>);

/// Writes a series.
///
/// # Errors
/// Those of the writer.
pub(crate) fn write(
    header: &Header,
    publication: &Publication,
    rows: &mut dyn Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let written = Written::default();
    let properties = properties(header, publication);
    let schema = schema(header).map_err(io::Error::other)?;
    let mut file =
        SerializedFileWriter::new(written.clone(), schema, Arc::new(properties)).map_err(io::Error::other)?;
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let mut chunks: Vec<(Cells, ColumnChunk)> =
            columns(header).map(|column| (column.cells, ColumnChunk::default())).collect();
        for row in rows.by_ref().take(GROUP_ROWS) {
            for ((kind, chunk), cell) in chunks.iter_mut().zip(&cells(&row, header, header.query.language)) {
                chunk.put(cell, *kind);
            }
        }
        write_group(&mut file, chunks).map_err(io::Error::other)?;
        out.write_all(&written.taken())?;
    }
    file.close().map_err(io::Error::other)?;
    out.write_all(&written.taken())
}

fn write_group(
    file: &mut SerializedFileWriter<Written>,
    chunks: Vec<(Cells, ColumnChunk)>,
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    let mut chunks = chunks.into_iter();
    while let Some(mut writer) = group.next_column()? {
        if let Some((kind, chunk)) = chunks.next() {
            chunk.write(kind, &mut writer)?;
        }
        writer.close()?;
    }
    group.close().map(drop)
}

impl ColumnChunk {
    fn put(&mut self, cell: &Cell<'_>, cells: Cells) {
        let has = match (cells, cell) {
            (_, Cell::Empty) => false,
            (Cells::Date, cell) => self.put_day(cell),
            (Cells::Number, Cell::Number(number)) => {
                self.numbers.push(number.to_f64());
                true
            }
            (Cells::Number, _) => false,
            (_, cell) => {
                self.texts.push(ByteArray::from(cell.to_string().into_bytes()));
                true
            }
        };
        self.has.push(i16::from(has));
    }

    fn put_day(&mut self, cell: &Cell<'_>) -> bool {
        let day = match cell {
            Cell::Date(day) => Some(*day),
            other => Day::read(&other.to_string()).ok(),
        };
        self.days.extend(day.map(|day| i32::from(day.0) - EPOCH));
        day.is_some()
    }

    fn write(self, cells: Cells, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let has = Some(self.has.as_slice());
        match cells {
            Cells::Date => writer.typed::<Int32Type>().write_batch(&self.days, has, None),
            Cells::Number => writer.typed::<DoubleType>().write_batch(&self.numbers, has, None),
            _ => writer.typed::<ByteArrayType>().write_batch(&self.texts, has, None),
        }
        .map(drop)
    }
}

impl Written {
    fn taken(&self) -> Vec<u8> {
        take(&mut *self.0.hold())
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.hold().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn schema(header: &Header) -> Result<Arc<Type>, ParquetError> {
    let field = |(name, cells): (&str, Cells)| {
        let (physical, logical) = match cells {
            Cells::Date => (Physical::INT32, Some(LogicalType::Date)),
            Cells::Number => (Physical::DOUBLE, None),
            _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let builder = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    };
    let names = columns(header).map(|column| (column.heading(header.query.language), column.cells));
    let fields: Result<Vec<Arc<Type>>, ParquetError> = names.map(field).collect();
    Type::group_type_builder("series").with_fields(fields?).build().map(Arc::new)
}

fn properties(header: &Header, publication: &Publication) -> WriterProperties {
    let language = header.query.language.unwrap_or(Language::English);
    let pairs = [
        ("definition", definition(header).to_string()),
        ("query", serde_json::Value::from(query(header)).to_string()),
        ("position", header.position.to_string()),
        ("recorded_at", header.recorded_at_ms.map(ozg_core::time::rfc3339).unwrap_or_default()),
        ("permalink", publication.permalink.clone()),
        ("citation", publication.citation_in(header, language)),
        ("publisher", publication.operator.clone()),
        ("licence", publication.licence_json().to_string()),
    ];
    let pairs = pairs.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value));
    WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by("ozg-tracker".to_owned())
        .set_key_value_metadata(Some(pairs.collect()))
        .build()
}
