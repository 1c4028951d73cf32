//! Remarks of a reader, up to a limit.

use ozg_core::mistake::Bilingual;
use ozg_core::remarked::Remarked;
use ozg_core::words::Remark;

/// The most remarks that are kept. One more remark then tells the number of the others.
pub const REMARKS_MAX: usize = 10_000;

/// The remarks made so far.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    kept: Vec<Remarked>,
    more: usize,
}

impl Remarks {
    /// Adds a remark.
    pub(crate) fn add(&mut self, remark: Remarked) {
        if self.kept.len() == REMARKS_MAX {
            self.more += 1;
            return;
        }
        self.kept.push(remark);
    }

    /// Returns all remarks.
    pub(crate) fn all(mut self) -> Vec<Remarked> {
        if self.more > 0 {
            let message = Bilingual::new(
                format!("{} weitere Bemerkungen; gezeigt werden nur die ersten {REMARKS_MAX}", self.more),
                format!("{} more remarks; only the first {REMARKS_MAX} are shown", self.more),
            );
            self.kept.push(Remarked::on_line(0, Remark::MoreRemarks, None).saying(message));
        }
        self.kept
    }
}
