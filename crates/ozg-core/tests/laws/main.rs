//! The laws of ARCHITECTURE.md against a naive model, and the rules of docs/semantics.md one by one.
//!
//! `OZG_SEEDS` sets how many random histories each law takes, `OZG_SEED` runs one (`seeds.rs`). To be sure that the tests can
//! fail, each of these faults was planted in the core, one at a time, and caught: Germany left out of what is launched ·
//! every topic instead of a service's own · `until` one position too long · a withdrawn correction that lets nothing stand
//! again · a successor that inherits what any predecessor held · an end that holds one day longer · partial dates that count
//! from their first day · the oldest claim holding · authorities that count before and after they exist · authorities of any
//! kind covering an area · Germany starting with its own first milestone only · alternation unchecked · the first stage as
//! the furthest · catalogue changes that leave pairs as they were · listings taken in the order of the lines.

#![expect(clippy::unwrap_used, reason = "a test fails where it must not go on")]

mod addition;
mod census;
mod desk;
mod equality;
mod german;
mod laws;
mod model;
mod narrowing;
mod open;
mod rules;
mod seeds;
mod steps;
mod vintages;
mod wire;
mod workload;
