//! What is kept between two scrapes.

use super::log::Tally;
use ozg_core::held::Held;
use ozg_core::words::{Day, Position};
use std::sync::Arc;

/// The values of the domain as last computed, and the counts of the log so far.
#[derive(Default)]
pub(crate) struct Gauges {
    pub(super) domain: Held<Option<(Position, Day, Arc<str>)>>,
    pub(super) log: Held<Tally>,
}
