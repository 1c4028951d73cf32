//! Where series come from.

use crate::errors::Error;
use crate::labels::Labels;
use crate::matcher::Matcher;
use std::sync::Arc;

/// A change of a series: from a day on (days since 1970) it has the value; none means that it has no value any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The first day.
    pub day: i32,
    /// The value that holds from then on.
    pub value: Option<f64>,
}

/// A series: labels and changes by day. Before the first it has no value.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The labels, the name of the metric among them.
    pub labels: Labels,
    /// The changes, each on a later day than the one before.
    pub changes: Arc<[Change]>,
}

/// Where series come from.
pub trait Source {
    /// Finds the series that all matchers accept, by labels; no two have the same.
    ///
    /// # Errors
    /// What cannot be asked for, or takes too long.
    fn select(&self, matchers: &[Matcher]) -> Result<Vec<Series>, Error>;

    /// Returns the last day that is known (days since 1970): no series has a value after it.
    fn last_day(&self) -> i32;

    /// Tells whether a label chooses something else than series, so that no answer has it.
    fn is_apart(&self, _label: &str) -> bool {
        false
    }
}
