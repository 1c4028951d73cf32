//! What a sheet with the statements that stand was asked for, kept in the workbook itself: sent back, it then tells which
//! statements somebody deleted.

use super::kinds::SheetKind;
use rust_xlsxwriter::{Workbook, XlsxError};

/// Name of the sheet that holds it; spreadsheet programs do not show it.
pub(crate) const SHEET_NAME: &str = "ozg-tracker";

/// What was downloaded, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloaded {
    /// The kind of the sheet.
    pub kind: SheetKind,
    /// The position up to which everything was known.
    pub position: u32,
    /// The area or region that it was narrowed to.
    pub area: Option<String>,
    /// The service that it was narrowed to.
    pub service: Option<String>,
}

impl Downloaded {
    /// Writes it into a workbook.
    pub(super) fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet().set_name(SHEET_NAME)?.set_very_hidden(true);
        let rows = [
            ("kind", Some(self.kind.id().to_owned())),
            ("position", Some(self.position.to_string())),
            ("area", self.area.clone()),
            ("service", self.service.clone()),
        ];
        for (row, (name, value)) in (0..).zip(rows) {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 1, value.unwrap_or_default())?;
        }
        Ok(())
    }

    /// Reads it from the rows of its sheet.
    pub(crate) fn read(rows: &[Vec<String>]) -> Option<Downloaded> {
        let value = |name: &str| {
            let row = rows.iter().find(|row| row.first().is_some_and(|first| first == name))?;
            row.get(1).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        Some(Downloaded {
            kind: SheetKind::named(&value("kind")?)?,
            position: value("position")?.parse().ok()?,
            area: value("area"),
            service: value("service"),
        })
    }
}
