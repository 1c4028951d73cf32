//! Sheets as XLSX for people: templates to fill in, statements to edit and send back, and reports that show mistakes
//! beside their cells.

pub(crate) mod downloaded;
mod kinds;
pub(crate) mod paper;
mod patched;
mod report;
mod styles;
mod template;
mod words;
mod write;

pub use downloaded::Downloaded;
pub use kinds::SheetKind;
pub use report::{REPORT_CELLS_MAX, write_report};
pub use template::write_template;
pub use words::explain;
pub use write::{ROWS_MAX, write_downloaded, write_sheet};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io;

/// Makes a workbook whose bytes depend on its content alone, not on the time of writing.
fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(workbook)
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}
