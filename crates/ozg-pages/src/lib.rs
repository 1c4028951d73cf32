//! HTML pages of the OZG tracker, in German and English: one function per page, every text in one table.
//!
//! Pure: a function gets what it shows and returns a page. Pages have no script, load nothing from elsewhere, and are
//! readable without their style.

mod start;
mod style;
mod texts;

pub use start::{Start, start};
pub use style::CONTENT_SECURITY_POLICY;
