//! Series on their way out: one table of formats, each in a file of its own. All formats take their cells from one
//! place, so that a query has the same answer in each.

mod cell;
mod chart;
mod column;
mod columns;
mod compare;
mod cross;
mod csv;
mod csvw;
mod datapackage;
mod format;
mod german_csv;
mod json;
mod jsonstat;
mod licence;
mod lines;
mod metadata;
mod narrowing;
mod notes;
#[cfg(feature = "parquet")]
mod parquet;
mod png;
mod publication;
mod related;
mod sdmx;
pub(crate) mod sheet_rows;
mod sources;
mod stream;
mod svg;
mod table;
mod wide;
mod words;
mod written;
mod xlsx;

pub use cell::Cell;
pub use chart::{CHART_LINES_MAX, write_chart};
pub use columns::{COLUMNS, Cells, Column, Role, Stands, cells, columns};
pub use compare::{compare_columns, said_about, write_comparison_csv, write_comparison_json};
pub(crate) use csv::{put, spell};
pub(crate) use csvw::of_any;
pub use format::{FORMATS, Format, Shapes, WriteSeries, write_series};
pub use licence::{LICENCES, Licence};
pub use lines::{DrawnLine, DrawnLines, LineValue};
pub(crate) use notes::Note;
pub use png::png_of_svg;
pub use publication::Publication;
pub use related::Related;
pub(crate) use stream::stream;
pub(crate) use table::write_aligned;
pub use table::write_table;
