//! Remarks on places of an input: something was left out, or read otherwise than it is written. The receipt has them, the log
//! does not.

use crate::mistake::{Bilingual, Origin, VALUE_CHARACTERS_MAX};
use crate::words::Remark;

/// A remark on a place of an input that is not a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarked {
    /// Where it stood; line 0 where the whole file is meant.
    pub origin: Origin,
    /// Which remark; stable, so that programs can act on it.
    pub remark: Remark,
    /// What was found.
    pub value: Option<String>,
    /// How it was treated.
    pub message: Bilingual,
}

impl Remarked {
    /// Makes a remark on a place of an input, in the words of the table of remarks.
    #[must_use]
    pub fn at(origin: &Origin, remark: Remark, value: Option<&str>) -> Remarked {
        let name = remark.name();
        let value = value.map(|value| value.chars().take(VALUE_CHARACTERS_MAX).collect());
        Remarked { origin: origin.clone(), remark, value, message: Bilingual::new(name.de, name.en) }
    }

    /// Makes a remark on a line, 0 for the whole file.
    #[must_use]
    pub fn on_line(line: u32, remark: Remark, value: Option<&str>) -> Remarked {
        Remarked::at(&Origin { line, ..Origin::default() }, remark, value)
    }

    /// Says it in words of its own.
    #[must_use]
    pub fn saying(self, message: Bilingual) -> Remarked {
        Remarked { message, ..self }
    }
}
