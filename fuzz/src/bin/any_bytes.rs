//! Any bytes, whose kind is guessed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    ozg_fuzz::read(bytes, None);
});
