//! Units of counting services. They are never mixed in one number.

use super::{Label, unknown, word_as_text};
use crate::mistake::{Code, Fault};
use serde::{Deserialize, Serialize};

/// What is counted as one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// OZG-Leistung, the ~575 of the OZG catalogue.
    Ozg,
    /// LeiKa-/FIM-Leistung, the ~7,500 single services.
    Leika,
    /// Onlinedienst, the software.
    Dienst,
}

impl Unit {
    /// How many units there are.
    pub const COUNT: usize = 3;

    /// Lists all units.
    pub fn all() -> impl ExactSizeIterator<Item = Unit> + Clone {
        [Unit::Ozg, Unit::Leika, Unit::Dienst].into_iter()
    }

    /// Returns its place in the list.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Returns the id, such as `ozg`.
    #[must_use]
    pub fn id(self) -> &'static str {
        ["ozg", "leika", "dienst"][self.index()]
    }

    /// Returns the name in both languages.
    #[must_use]
    pub fn name(self) -> Label {
        match self {
            Unit::Ozg => Label { de: "OZG-Leistungen", en: "OZG services" },
            Unit::Leika => Label { de: "LeiKa-Leistungen", en: "LeiKa services" },
            Unit::Dienst => Label { de: "Onlinedienste", en: "online services (software)" },
        }
    }

    /// Reads `ozg`, `leika` or `dienst`.
    ///
    /// # Errors
    /// `unknown_unit` for anything else.
    pub fn read(text: &str) -> Result<Unit, Fault> {
        let word = text.trim().to_lowercase();
        Unit::all().find(|unit| unit.id() == word || unit.name().de.to_lowercase() == word).ok_or_else(|| {
            let what = Label { de: "Die Zähleinheit", en: "The unit" };
            unknown(Code::UnknownUnit, what, text, Unit::all().map(Unit::id))
        })
    }
}

word_as_text!(Unit);

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
