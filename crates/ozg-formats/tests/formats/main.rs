//! Bytes in, text out; and the other way round.

#![expect(clippy::unwrap_used, reason = "a test whose ground is missing shall stop")]

mod anything;
mod dump;
mod json_in;
mod mistakes;
mod one_number;
mod out;
mod read_back;
mod schemas;
mod series;
mod sheets_in;
mod show;
mod survive;
mod texts;
