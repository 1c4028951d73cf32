//! Random bytes: none makes a reader panic. Numbers survive being written and read.

use ozg_core::words::{Figure, Language, Number, Qualifier};
use ozg_formats::events::{event_json, read_dump};
use ozg_formats::input::{INPUTS, InputKind, read_drafts};
use ozg_formats::sheets::write_report;
use proptest::prelude::*;

/// Pieces of which inputs that are nearly right are made.
const PIECES: [&str; 44] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ";",
    ":",
    "\"",
    "\n",
    "\r",
    "\\u",
    "type",
    "milestone-reached",
    "Leistung",
    "Stufe",
    "Ort",
    "Datum",
    "ozg:10255",
    "live",
    "2024",
    "#",
    "\u{feff}",
    "data",
    "specversion",
    "ozg_id",
    "name",
    "themenfeld",
    "leika_schluessel",
    "leika_typ",
    "leika_key",
    "online_status",
    "aktiv",
    "art_flaechendeckung",
    "ars",
    "nicht ok",
    "ja",
    "kreisweit flächendeckend",
    "predecessor",
    "successor",
    "kind",
    "99012001001000",
    "6020231130010010000000",
    "position",
    "event",
];

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_drafts(&bytes, None, None);
        let _ = read_dump(&bytes);
        let _ = write_report(&bytes, None, &[], Language::German);
        for input in INPUTS {
            let _ = read_drafts(&bytes, Some(input.kind), None);
        }
    }

    #[test]
    fn pieces_of_inputs_never_panic(pieces in proptest::collection::vec(0..PIECES.len(), 0..60), quoted in any::<bool>()) {
        let text: String = pieces.iter().map(|at| if quoted { format!("\"{}\"", PIECES[*at]) } else { PIECES[*at].to_owned() }).collect();
        let _ = read_dump(text.as_bytes());
        let _ = read_drafts(text.as_bytes(), None, None);
        for input in INPUTS {
            let _ = read_drafts(text.as_bytes(), Some(input.kind), None);
        }
    }

    /// Beyond the checksums of a zip, what stands in the XML of a workbook reaches the reader.
    #[test]
    fn workbooks_with_any_cells_never_panic(cells in "[<>/\"a-z0-9 =A-Z!$:-]{0,200}", at in 0_usize..6) {
        let frames = [
            ("<c r=\"", "\"><v>1</v></c>"),
            ("<c r=\"A1\" t=\"", "\"><v>1</v></c>"),
            ("<c r=\"A1\"><v>", "</v></c>"),
            ("<c r=\"A1\"><f t=\"shared\" si=\"", "\"/></c>"),
            ("<c r=\"A1\" s=\"", "\"><v>45000</v></c>"),
            ("", ""),
        ];
        let (before, behind) = frames[at];
        let bytes = crate::workbooks::packed_sheet(&format!("<row r=\"1\">{before}{cells}{behind}</row>"));
        let _ = read_drafts(&bytes, None, None);
        let _ = read_drafts(&bytes, Some(InputKind::Availability), None);
    }

    #[test]
    fn damaged_workbooks_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = ozg_formats::sheets::write_template(ozg_formats::sheets::SheetKind::Milestones, Language::English).unwrap();
        let index = at.index(bytes.len());
        bytes[index] = byte;
        let _ = read_drafts(&bytes, None, None);
        bytes.truncate(cut.index(bytes.len()));
        let _ = read_drafts(&bytes, None, None);
    }

    #[test]
    fn figures_survive(digits in -1_000_000_000_000_i64..1_000_000_000_000, places in 0_u8..=6, kind in 0_usize..Qualifier::COUNT) {
        let qualifier = Qualifier::from_index(kind).unwrap();
        let number = Number::new(digits, places);
        let range = Figure::between(number, number.plus(1.into())).unwrap();
        let figure = if qualifier == Qualifier::Between { range } else { Figure::new(number, qualifier) };
        prop_assume!(Figure::read(&figure.to_string()).is_ok());
        let text = format!(r#"{{"type":"figure-reported","measure":"other","scope":"x","place":"DE","since":"2020","on":"2024","value":"{figure}"}}"#);
        let event = crate::show::event(&read_drafts(text.as_bytes(), None, None).unwrap()[0]);
        let again = event_json(&event).to_string();
        prop_assert_eq!(crate::show::event(&read_drafts(again.as_bytes(), None, None).unwrap()[0]), event);
    }
}
