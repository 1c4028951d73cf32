//! Remarks of an edition, up to a limit.

use ozg_core::edition::Remark;
use ozg_core::mistake::{Bilingual, VALUE_CHARACTERS_MAX};

/// The most remarks that are kept. One more remark then tells the number of the others.
pub const REMARKS_MAX: usize = 10_000;

/// The remarks made so far.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    kept: Vec<Remark>,
    more: usize,
}

impl Remarks {
    /// Adds a remark on a line, 0 for the whole file.
    pub(crate) fn add(&mut self, line: u32, value: Option<&str>, message: Bilingual) {
        if self.kept.len() == REMARKS_MAX {
            self.more += 1;
            return;
        }
        let value = value.map(|value| value.chars().take(VALUE_CHARACTERS_MAX).collect());
        self.kept.push(Remark { line, value, message });
    }

    /// Returns all remarks.
    pub(crate) fn all(mut self) -> Vec<Remark> {
        if self.more > 0 {
            let message = Bilingual::new(
                format!("{} weitere Bemerkungen; gezeigt werden nur die ersten {REMARKS_MAX}", self.more),
                format!("{} more remarks; only the first {REMARKS_MAX} are shown", self.more),
            );
            self.kept.push(Remark { line: 0, value: None, message });
        }
        self.kept
    }
}
