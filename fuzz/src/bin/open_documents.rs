//! Spreadsheets in OpenDocument: any XML where the styles and the tables stand.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    let middle = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (tables, styles) = bytes.split_at(middle);
    let book = ozg_fuzz::open_document(tables, styles.get(1..).unwrap_or_default());
    ozg_fuzz::read(&book, Some(InputKind::Csv));
    ozg_fuzz::read(&book, Some(InputKind::Availability));
});
