//! The laws of DESIGN §7 against a naive model, and the rules of SEMANTICS one by one.

#![expect(clippy::unwrap_used, reason = "a test fails where it must not go on")]

mod desk;
mod equality;
mod laws;
mod model;
mod rules;
mod wire;
mod workload;
