//! Looking back: what was known when, two data states side by side, news, and the entries behind a value. All of it asks the
//! lines again at other positions; nothing here is counted anew.

mod behind;
mod compare;
mod concerns;
mod ever;
mod news;
mod revisions;
mod vintages;

pub use crate::lines::Behind;
pub use compare::{Compared, Comparison};
pub use concerns::Concerns;
pub use news::{Change, News};
pub(crate) use vintages::{Past, REVISIONS_MAX};
