//! The laws of DESIGN §7 against a naive model, and the rules of SEMANTICS one by one.

#![allow(missing_docs, reason = "a test binary")]

mod desk;
mod equality;
mod laws;
mod model;
mod rules;
mod wire;
mod workload;
