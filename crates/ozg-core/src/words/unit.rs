//! Units of counting services. They are never mixed in one number.

use super::table::{self, Word, words};
use super::{Label, word_as_text};
use crate::mistake::{Code, Fault};

words! {
    /// What is counted as one service. The last column says how deep it lies: parents lie less deep.
    Unit with u8;
    /// OZG-Leistung, the ~575 of the OZG catalogue.
    0 Ozg "ozg" "OZG-Leistungen" "OZG services" = 0;
    /// LeiKa-/FIM-Leistung, the ~7,500 single services.
    1 Leika "leika" "LeiKa-Leistungen" "LeiKa services" = 1;
    /// Onlinedienst, the software.
    2 Dienst "dienst" "Onlinedienste" "online services (software)" = 2;
}

impl Unit {
    /// Returns how deep it lies: a service belongs to services of units that lie less deep.
    #[must_use]
    pub fn depth(self) -> u8 {
        self.word_row().columns
    }

    /// Reads `ozg`, `leika` or `dienst`, or the name in either language.
    ///
    /// # Errors
    /// `unknown_unit` for anything else.
    pub fn read(text: &str) -> Result<Unit, Fault> {
        table::read(text, Code::UnknownUnit, Label { de: "Die Zähleinheit", en: "The unit" })
    }
}

word_as_text!(Unit);
