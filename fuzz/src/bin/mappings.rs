//! Mappings: what stands before the first line that begins with `---` is a mapping, the rest a sheet that is read by it and
//! drafted anew.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ozg_formats::input::{Asked, InputKind, Mapping, map_draft, read_asked};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (mapping, sheet) = text.split_once("\n---\n").unwrap_or((&text, ""));
    let sheet = sheet.as_bytes();
    match Mapping::read(mapping) {
        Ok(mapping) => {
            let asked = Asked { kind: Some(InputKind::Csv), mapping: Some(&mapping), ..Asked::default() };
            let read = read_asked(sheet, &asked, 10_000, &mut |event| event.read(None).map(|_| ()));
            let mistakes = read.err().unwrap_or_default().mistakes;
            let draft = map_draft(sheet, InputKind::Csv, Some(&mapping), &mistakes);
            assert!(draft.is_ok_and(|draft| draft.starts_with('{')) || !mistakes.is_empty());
        }
        Err(mistakes) => assert!(!mistakes.is_empty(), "a mapping is refused without a reason"),
    }
});
