//! Sheets of events and of successors as CSV.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    for kind in [
        InputKind::Csv,
        InputKind::Milestones,
        InputKind::Figures,
        InputKind::Authorities,
        InputKind::Services,
        InputKind::Successors,
    ] {
        ozg_fuzz::read(bytes, Some(kind));
    }
});
