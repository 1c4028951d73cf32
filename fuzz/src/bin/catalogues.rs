//! Catalogues of services and exports of what is available.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    for kind in [InputKind::OzgCatalogue, InputKind::LeikaCatalogue, InputKind::Availability] {
        ozg_fuzz::read(bytes, Some(kind));
    }
});
