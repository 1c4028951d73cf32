//! HTML of the OZG tracker for people, in German and English: one function a page, every text in one table.
//!
//! Pure: it gets what it shows and returns a page. No script, nothing from elsewhere; readable without its style.

mod start;
mod style;
mod texts;

pub use start::{Start, start};
pub use style::CONTENT_SECURITY_POLICY;
