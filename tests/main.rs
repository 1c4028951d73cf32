//! The tests of the whole: the real binary, real files, real sockets.

mod bad_input;
mod binary;
mod browser;
mod charts;
mod commands;
mod crosscheck;
mod dashboards;
mod demo;
mod docs;
mod faults;
mod files;
#[path = "../crates/ozg-core/tests/laws/german.rs"]
mod german;
mod house;
mod in_use;
mod kill;
mod oracle;
mod prefix;
mod process;
mod promtool;
mod real_data;
mod schemathesis;
mod semantics;
mod shutdown;
mod walkthrough;
