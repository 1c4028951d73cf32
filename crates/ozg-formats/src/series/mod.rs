//! Series as they are sent out: one table of formats, each a file. All take their cells from one place, so that the same
//! question has the same answer in each.

mod cells;
mod chart;
mod compare;
mod cross;
mod csv;
mod json;
mod lines;
mod table;
mod wide;

pub use cells::{Cell, cells};
pub use chart::{CHART_LINES_MAX, write_chart};
pub use compare::{COMPARE_COLUMNS, write_comparison_csv, write_comparison_json};
pub use lines::{Line, LineValue, Lines};
pub use table::write_table;

use ozg_core::mistake::{Code, Fault};
use ozg_core::series::{Header, Row};
use ozg_core::time::rfc3339;
use ozg_core::words::{Label, Language, nearest};
use std::io::{self, Write};

/// Who publishes a series, and how it is cited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// Who runs the tracker.
    pub operator: String,
    /// Licence of the data.
    pub licence: String,
    /// Address at which the same bytes can be had again.
    pub permalink: String,
    /// How the series is cited.
    pub citation: String,
}

impl Publication {
    /// Says how the series is cited, in a language.
    #[must_use]
    pub fn citation_in(&self, header: &Header, language: Language) -> String {
        let (Publication { operator, licence, permalink, .. }, position) = (self, header.position);
        let name = header.measure.row().label.in_language(language);
        let definition = header.measure.definition_id();
        let state = header.recorded_at_ms.map_or_else(|| "–".to_owned(), rfc3339);
        let state = match language {
            Language::German => format!("Datenstand {state}, Position {position}"),
            Language::English => format!("Data state {state}, position {position}"),
        };
        format!("{operator}: {name} ({definition}). {state}. {permalink} ({licence})")
    }

    /// Says who runs the tracker by a citation in German, which begins with it.
    #[must_use]
    pub fn operator_of(citation: &str, header: &Header) -> String {
        let name = format!(": {} (", header.measure.row().label.de);
        citation.split_once(&name).map_or("", |(operator, _)| operator).to_owned()
    }
}

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
    /// Whether rows of the long form leave as they come, in constant memory; wide tables are collected first.
    pub streams: bool,
    /// Writes a series.
    pub write: WriteSeries,
}

/// All formats of series.
pub const FORMATS: &[Format] = &[
    Format {
        id: "csv",
        content_type: "text/csv; charset=utf-8; header=present",
        label: Label { de: "CSV-Tabelle", en: "CSV table" },
        streams: true,
        write: csv::write,
    },
    Format {
        id: "json",
        content_type: "application/json",
        label: Label { de: "JSON", en: "JSON" },
        streams: true,
        write: json::write,
    },
];

impl Format {
    /// Reads the id of a format.
    ///
    /// # Errors
    /// `unknown_word` with all known ones.
    pub fn read(text: &str) -> Result<&'static Format, Fault> {
        FORMATS.iter().find(|format| format.id == text.trim()).ok_or_else(|| {
            let ids: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
            let allowed = ids.join(", ");
            let fault = Fault::say(
                Code::UnknownWord,
                format!("Das Format „{text}“ ist unbekannt. Erlaubt: {allowed}"),
                format!("The format \"{text}\" is unknown. Allowed: {allowed}"),
            );
            match nearest(text, ids.into_iter()) {
                Some(near) => fault.hint(near),
                None => fault,
            }
        })
    }
}

/// Writes a series in a format, row by row.
///
/// # Errors
/// Those of the writer.
pub fn write_series(
    format: &Format,
    header: &Header,
    publication: &Publication,
    mut rows: impl Iterator<Item = Row>,
    out: &mut dyn Write,
) -> io::Result<()> {
    (format.write)(header, publication, &mut rows, out)
}
