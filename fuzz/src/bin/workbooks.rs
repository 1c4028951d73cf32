//! Workbooks: any XML where the rows of a sheet stand, and any packed bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::InputKind;

fuzz_target!(|bytes: &[u8]| {
    let middle = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (rows, strings) = bytes.split_at(middle);
    let book = ozg_fuzz::workbook(rows, strings.get(1..).unwrap_or_default());
    ozg_fuzz::read(&book, Some(InputKind::Csv));
    ozg_fuzz::read(&book, Some(InputKind::Availability));
});
