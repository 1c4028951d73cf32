//! Units of counting services. They are never mixed in one number.

use super::table::{self, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

words! {
    /// What is counted as one service.
    Unit;
    /// OZG-Leistung, the ~575 of the OZG catalogue.
    0 Ozg "ozg" "OZG-Leistungen" "OZG services";
    /// LeiKa-/FIM-Leistung, the ~7,500 single services.
    1 Leika "leika" "LeiKa-Leistungen" "LeiKa services";
    /// Onlinedienst, the software.
    2 Dienst "dienst" "Onlinedienste" "online services (software)";
}

impl Unit {
    /// Reads `ozg`, `leika` or `dienst`, or the name in either language.
    ///
    /// # Errors
    /// `unknown_unit` for anything else.
    pub fn read(text: &str) -> Result<Unit, Fault> {
        table::read(text, Code::UnknownUnit, Label { de: "Die Zähleinheit", en: "The unit" })
    }
}

word_as_text!(Unit);
