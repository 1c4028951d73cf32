//! Events as JSON, CloudEvents, lines, dumps and archives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    for kind in
        [InputKind::Json, InputKind::CloudEvents, InputKind::Ndjson, InputKind::Dump, InputKind::Archive]
    {
        ozg_fuzz::read(bytes, Some(kind));
    }
});
