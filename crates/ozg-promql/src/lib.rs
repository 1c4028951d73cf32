//! PromQL over series of values that hold from a day until the next value. `promql-parser` reads the text of a query;
//! this crate evaluates it, at all steps at once, so that labels are matched once and not at every step.
//!
//! Pure: series come from a [`Source`], and the caller sets the [`Limits`].

mod aggregate;
mod binary;
mod errors;
mod evaluate;
mod functions;
mod grammar;
mod grid;
mod kahan;
mod labels;
mod lines;
mod matcher;
mod meter;
mod numbers;
mod parse;
mod ranges;
mod selector;
mod source;
mod text;

pub use errors::Error;
pub use evaluate::{Answer, Row, Shape, evaluate};
pub use grid::{Asked, DAY_MS};
pub use labels::{Labels, NAME, is_label_name};
pub use matcher::{Comparison, Matcher};
pub use meter::{ANSWER_POINTS_MAX, Limits, POINTS_MAX, SAMPLES_MAX, SERIES_MAX};
pub use numbers::{ABSENT, is_present, write_seconds, write_value};
pub use parse::{Query, parse_duration_ms, parse_selector};
pub use source::{Change, Series, Source};
pub use text::QUERY_BYTES_MAX;
