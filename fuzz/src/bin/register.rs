//! The register of municipalities.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    ozg_fuzz::read(bytes, Some(InputKind::Gv100ad));
});
