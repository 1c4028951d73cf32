//! The network as its clients see it: a real tracker in a temporary folder, called in process, or over real sockets
//! where that matters.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_input;
mod caching;
mod common;
mod daily;
mod description;
mod feeds;
mod finding;
mod formats;
mod forms;
mod imports;
mod impossible;
mod laws;
mod left_out;
mod lists;
mod local;
mod log;
mod metrics;
mod names;
mod open_plans;
mod pages;
mod prometheus;
mod proof;
mod receipts;
mod regions;
mod revisions;
mod series;
mod sockets;
mod standard;
mod statuses;
mod told;
