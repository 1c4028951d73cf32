//! Zip archives: their structure, and files within them.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    ozg_fuzz::read(&[b"PK\x03\x04", bytes].concat(), None);
    ozg_fuzz::read(&ozg_fuzz::packed(&[("a.csv", bytes)]), None);
});
