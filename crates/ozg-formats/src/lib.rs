//! Bytes in and out of the OZG tracker, one file per format. Inputs become events, or *all* their mistakes; answers
//! become tables, JSON and schemas.
//!
//! Pure: the crate reads bytes in memory and writes into an [`std::io::Write`]; it knows no file, no network and no
//! clock. A new input is a row of [`input::INPUTS`] and a file; a new output of series is a row of [`series::FORMATS`]
//! and a file.

mod book;
pub mod delimited;
pub mod events;
pub mod input;
pub mod lists;
pub mod openmetrics;
pub mod problem;
pub mod schema;
pub mod series;
pub mod sheets;
pub mod xml;
