//! Bytes in and out of the OZG tracker, one file a format: what people send becomes events or *all* their mistakes,
//! what the tracker knows becomes tables, JSON and schemas.
//!
//! Pure: it reads the bytes that it is given and writes into an [`std::io::Write`]; it knows no file, no network and no
//! clock. A new input is a row of [`input::INPUTS`] and a file; a new output of series is a row of [`series::FORMATS`]
//! and a file.

pub mod delimited;
pub mod events;
pub mod input;
pub mod openmetrics;
pub mod problem;
pub mod schema;
pub mod series;
pub mod sheets;
