//! Where series come from.

use crate::errors::Error;
use crate::labels::Labels;
use crate::matcher::Matcher;
use std::sync::Arc;

/// A change of a series: from `day` on (days since 1970) the series has `value`; `None` ends its values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The first day.
    pub day: i32,
    /// The value that holds from then on.
    pub value: Option<f64>,
}

/// A series: labels and changes by day. The series has no value before its first change.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The labels, among them the name of the metric ([`NAME`](crate::NAME)).
    pub labels: Labels,
    /// The changes, each on a later day than the one before.
    pub changes: Arc<[Change]>,
}

/// Where series come from.
pub trait Source {
    /// Returns the series that all matchers accept. No two of them have the same labels.
    ///
    /// # Errors
    /// Any error; [`evaluate`](crate::evaluate()) returns it as it is.
    fn select(&self, matchers: &[Matcher]) -> Result<Vec<Series>, Error>;

    /// Returns the last known day (days since 1970). No series has a value after it.
    fn last_day(&self) -> i32;

    /// Tells whether a label chooses something other than series, such as a data state. No answer has such a label.
    fn is_apart(&self, _label: &str) -> bool {
        false
    }
}
