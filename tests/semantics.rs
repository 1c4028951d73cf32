//! docs/semantics.md against the program: every rule that holds names its tests, comments cite rules that exist, and the
//! worked examples come out as they are written, but those that `semantics/not-yet.txt` names.

mod answers;
mod citations;
mod examples;
mod form;
mod promises;
mod rules;
pub(crate) mod world;
