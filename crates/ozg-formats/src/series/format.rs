//! The table of formats of series: a row and a file for each format.

use super::{
    Publication, csv, csvw, datapackage, german_csv, json, jsonstat, metadata, png, sdmx, svg, xlsx,
};
use ozg_core::mistake::{Code, Fault, Mistake, Origin};
use ozg_core::query::{PARAMETERS, Query, Scope, Shape};
use ozg_core::series::{Header, Row};
use ozg_core::words::{Label, Language};
use std::io::{self, Write};

/// The function that writes a format.
pub type WriteSeries =
    fn(&Header, &Publication, &mut dyn Iterator<Item = Row>, &mut dyn Write) -> io::Result<()>;

/// One row of the table of formats.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Id, and the ending of addresses and file names.
    pub id: &'static str,
    /// Media type.
    pub content_type: &'static str,
    /// Name in both languages.
    pub label: Label,
    /// Whether rows of the long form are written as they come, in constant memory; wide tables are collected first.
    pub streams: bool,
    /// Whether the format is binary, and so nothing for a terminal.
    pub is_binary: bool,
    /// Whether a permalink gives the same bytes for ever. If not, it does so within a release, and gives the same content
    /// afterwards.
    pub is_for_ever: bool,
    /// Whether it says the names of what has keys: charts in the place of keys, workbooks among the notes.
    pub has_names: bool,
    /// Most rows that the format holds in the long form; none if only the tracker limits them.
    pub rows_max: Option<usize>,
    /// Language of names and headings if the query names none; none means ids.
    pub language: Option<Language>,
    /// The shapes of the format.
    pub shapes: Shapes,
    /// The Cargo feature that it needs; none if it is always built.
    pub feature: Option<&'static str>,
    /// Writes a series.
    pub write: WriteSeries,
}

/// The shapes that a format can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shapes {
    /// One row per value, whatever `shape` says.
    Long,
    /// The shape that `shape` names.
    Both,
    /// Lines, whatever `shape` says; `show` chooses values, shares or changes.
    Lines,
}

/// The default row: a text with the same bytes for ever, written in constant memory, with ids. Rows name only what differs.
const TEXT: Format = Format {
    id: "",
    content_type: "",
    label: Label { de: "", en: "" },
    streams: true,
    is_binary: false,
    is_for_ever: true,
    has_names: false,
    rows_max: None,
    language: None,
    shapes: Shapes::Long,
    feature: None,
    write: json::write,
};

/// All formats of series.
pub const FORMATS: &[Format] = &[
    Format {
        id: "csv",
        content_type: "text/csv; charset=utf-8; header=present",
        label: Label { de: "CSV-Tabelle", en: "CSV table" },
        shapes: Shapes::Both,
        write: csv::write,
        ..TEXT
    },
    Format {
        id: "de.csv",
        content_type: "text/csv; charset=utf-8; header=present",
        label: Label { de: "CSV-Tabelle für ein deutsches Excel", en: "CSV table for a German Excel" },
        language: Some(Language::German),
        shapes: Shapes::Both,
        write: german_csv::write,
        ..TEXT
    },
    Format {
        id: "xlsx",
        content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        label: Label { de: "Excel-Arbeitsmappe", en: "Excel workbook" },
        is_binary: true,
        is_for_ever: false,
        has_names: true,
        rows_max: Some(crate::book::SHEET_ROWS_MAX),
        language: Some(Language::German),
        shapes: Shapes::Both,
        write: xlsx::write,
        ..TEXT
    },
    Format {
        id: "json",
        content_type: "application/json",
        label: Label { de: "JSON", en: "JSON" },
        write: json::write,
        ..TEXT
    },
    Format {
        id: "jsonstat.json",
        content_type: "application/json",
        label: Label { de: "JSON-stat 2.0", en: "JSON-stat 2.0" },
        streams: false,
        rows_max: Some(COLLECTED_MAX),
        write: jsonstat::write,
        ..TEXT
    },
    Format {
        id: "sdmx.csv",
        content_type: "application/vnd.sdmx.data+csv; version=2.1.0",
        label: Label { de: "SDMX-CSV 2.1", en: "SDMX-CSV 2.1" },
        write: sdmx::write,
        ..TEXT
    },
    Format {
        id: "parquet",
        content_type: "application/vnd.apache.parquet",
        label: Label { de: "Parquet", en: "Parquet" },
        is_binary: true,
        is_for_ever: false,
        feature: Some("parquet"),
        write: write_parquet,
        ..TEXT
    },
    Format {
        id: "metadata.json",
        content_type: "application/json",
        label: Label { de: "Alles über die Zeitreihe", en: "everything about the series" },
        write: metadata::write,
        ..TEXT
    },
    Format {
        id: "csv-metadata.json",
        content_type: "application/csvm+json",
        label: Label { de: "Beschreibung der CSV-Tabelle (CSVW)", en: "description of the CSV table (CSVW)" },
        shapes: Shapes::Both,
        write: csvw::write,
        ..TEXT
    },
    Format {
        id: "svg",
        content_type: "image/svg+xml",
        label: Label { de: "Stufendiagramm", en: "step chart" },
        streams: false,
        has_names: true,
        rows_max: Some(COLLECTED_MAX),
        language: Some(Language::German),
        shapes: Shapes::Lines,
        write: svg::write,
        ..TEXT
    },
    Format {
        id: "png",
        content_type: "image/png",
        label: Label { de: "Stufendiagramm als Bild", en: "step chart as a picture" },
        streams: false,
        is_binary: true,
        is_for_ever: false,
        has_names: true,
        rows_max: Some(COLLECTED_MAX),
        language: Some(Language::German),
        shapes: Shapes::Lines,
        write: png::write,
        ..TEXT
    },
    Format {
        id: "zip",
        content_type: "application/zip",
        label: Label {
            de: "Frictionless Data Package v2: CSV, Beschreibung, README",
            en: "Frictionless Data Package v2: CSV, description, README",
        },
        is_binary: true,
        is_for_ever: false,
        shapes: Shapes::Both,
        write: datapackage::write,
        ..TEXT
    },
];

/// Most rows of a format that has to see all rows before it writes the first.
const COLLECTED_MAX: usize = 1_000_000;

#[cfg(feature = "parquet")]
use super::parquet::write as write_parquet;

/// Refuses Parquet in a build without it.
#[cfg(not(feature = "parquet"))]
fn write_parquet(
    _: &Header,
    _: &Publication,
    _: &mut dyn Iterator<Item = Row>,
    _: &mut dyn Write,
) -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "this build has no Parquet: build it with --features parquet",
    ))
}

impl Format {
    /// Reads the id of a format.
    ///
    /// # Errors
    /// `unknown_word`, with all formats of this build.
    pub fn read(text: &str) -> Result<&'static Format, Fault> {
        let known = || FORMATS.iter().filter(|format| format.is_built());
        known().find(|format| format.id == text.trim()).ok_or_else(|| {
            let what = Label { de: "Das Format", en: "The format" };
            Fault::unknown(Code::UnknownWord, what, text, known().map(|format| format.id))
        })
    }

    /// Tells whether this build has the format.
    #[must_use]
    pub fn is_built(&self) -> bool {
        self.feature.is_none() || cfg!(feature = "parquet")
    }

    /// Checks what depends on the format; `parameters` are those that stood in the address.
    ///
    /// # Errors
    /// `fields_exclude` at parameters of charts where nothing is drawn.
    pub fn check(&self, parameters: &[(String, String)]) -> Result<(), Vec<Mistake>> {
        let of_charts =
            |name: &str| PARAMETERS.iter().any(|row| row.scope == Scope::Charts && row.name == name);
        let draws = self.shapes == Shapes::Lines;
        let wrong = parameters.iter().filter(|(name, _)| !draws && of_charts(name));
        let mistakes: Vec<Mistake> = wrong
            .map(|(name, value)| {
                let fault = Fault::say(
                    Code::FieldsExclude,
                    format!("„{name}“ gibt es nur bei Diagrammen: .svg oder .png"),
                    format!("\"{name}\" exists for charts only: .svg or .png"),
                );
                Mistake::at(&Origin::default(), name, Some(value), fault.hint("svg"))
            })
            .collect();
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// Tells whether the answer to a query has a row a value in this format, not a line a column.
    #[must_use]
    pub fn shows_rows(&self, query: &Query) -> bool {
        match self.shapes {
            Shapes::Long => true,
            Shapes::Both => query.shape == Shape::Long,
            Shapes::Lines => false,
        }
    }

    /// Adds the defaults of the format to a query: its language if the query names none, and its shape if it shows lines.
    pub fn adapt(&self, query: &mut Query) {
        query.language = query.language.or(self.language);
        if self.shapes == Shapes::Lines {
            query.shape = Shape::Wide;
        }
    }
}

/// Writes a series in a format, row by row. [`Format::adapt`] has put the language and shape of the format into its query.
///
/// # Errors
/// Those of the writer, and `FileTooLarge` for more rows than the format holds. A format that needs all rows before it
/// writes the first fails before it writes anything.
pub fn write_series(
    format: &Format,
    header: &Header,
    publication: &Publication,
    mut rows: impl Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(rows_max) = format.rows_max else {
        return (format.write)(header, publication, &mut rows, out);
    };
    let (mut count, mut bytes) = (0, Vec::new());
    let mut bounded = rows.by_ref().take(rows_max).inspect(|_| count += 1);
    let to: &mut dyn Write = if format.streams { out } else { &mut bytes };
    (format.write)(header, publication, &mut bounded, to)?;
    if count == rows_max && rows.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {rows_max} rows")));
    }
    out.write_all(&bytes)
}
