//! No bytes whatever make a reader panic, and numbers survive the way out and in.

use ozg_core::words::{Figure, Number, Qualifier};
use ozg_formats::events::{event_json, read_dump};
use ozg_formats::input::{INPUTS, read_drafts};
use proptest::prelude::*;

/// Pieces of which inputs that are nearly right are made.
const PIECES: [&str; 24] = [
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
];

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_drafts(&bytes, None, None);
        let _ = read_dump(&bytes);
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

    #[test]
    fn figures_survive(digits in -1_000_000_000_000_i64..1_000_000_000_000, places in 0_u8..=6, kind in 0_usize..7) {
        use Qualifier as Q;
        let qualifier = [Q::Exact, Q::MoreThan, Q::AtLeast, Q::LessThan, Q::AtMost, Q::About, Q::JustUnder][kind];
        let figure = Figure { number: Number::new(digits, places), qualifier };
        prop_assume!(Figure::read(&figure.to_string()).is_ok());
        let text = format!(r#"{{"type":"figure-reported","measure":"other","scope":"x","place":"DE","since":"2020","on":"2024","value":"{figure}"}}"#);
        let event = crate::show::event(&read_drafts(text.as_bytes(), None, None).unwrap()[0]);
        let again = event_json(&event).to_string();
        prop_assert_eq!(crate::show::event(&read_drafts(again.as_bytes(), None, None).unwrap()[0]), event);
    }
}
