//! Tests of the readers and writers: bytes in, text out, and the other way round.

#![expect(clippy::unwrap_used, reason = "a test whose ground is missing shall stop")]

mod anything;
mod attacks;
mod charts;
mod dump;
mod editions;
mod filled;
mod forms;
mod json_in;
mod lists;
mod mappings;
mod mistakes;
mod one_number;
mod open_documents;
mod out;
mod packed;
mod paper;
mod read_back;
mod real;
mod schemas;
mod series;
mod sheets_in;
mod sheets_more;
mod sheets_out;
mod show;
mod survive;
mod texts;
mod wide;
mod workbooks;
mod written;
