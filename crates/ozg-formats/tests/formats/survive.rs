//! Any text that is allowed as a name survives in every format.

use crate::read_back::READERS;
use crate::series::{bytes, header, row};
use ozg_core::measure::Measure;
use ozg_core::query::Shape;
use ozg_core::series::Row;
use ozg_core::words::{Area, Basis, Text};
use proptest::prelude::*;
use quick_xml::events::Event;

/// Texts that some format gives a meaning to.
const HOSTILE: [&str; 16] = [
    "=1+1",
    "+49",
    "-1",
    "@x",
    "a\nb",
    "\"q\"",
    "a,b;c\td",
    "_x0041_",
    "<b>&amp;]]>",
    "'quoted",
    "\u{fffe}",
    "1.5",
    "2024-01-01",
    "TRUE",
    "'=x",
    "🙂 ü",
];

fn text() -> impl Strategy<Value = String> {
    let hostile = (0..HOSTILE.len()).prop_map(|at| HOSTILE[at].to_owned());
    prop_oneof![hostile, "\\PC{1,40}", "[=+@'\"&<a-z \\-]{1,12}"]
        .prop_filter_map("no text of the tracker", |text| Some(Text::read(&text).ok()?.as_str().to_owned()))
}

fn named(scope: &str, source: &str) -> Row {
    Row {
        scope: Some(scope.to_owned()),
        basis: Basis::Reported,
        source: source.to_owned(),
        ..row("2022-07-31", Area::BE, 7)
    }
}

/// Returns all texts of an XML document, without blanks; it must be well-formed.
fn xml_text(bytes: &[u8]) -> String {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(part) => text.push_str(match &*part {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("{other}"),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn texts_survive(scope in text(), source in text()) {
        let header = header(Measure::ServicesRolledOut);
        for (id, read) in READERS {
            let found = read(&header, vec![named(&scope, &source)]);
            // A quotation mark of the text's own before a formula cannot be told from ours.
            let is_ours = |text: &str| text.starts_with("'=") || text.starts_with("'+") || text.starts_with("'-") || text.starts_with("'@");
            for (name, text) in [("scope", &scope), ("source", &source)].into_iter().filter(|(_, text)| !is_ours(text)) {
                prop_assert_eq!(found[0].get(name), Some(text), "{}: {:?}", id, &found);
            }
        }
    }

    #[test]
    fn descriptions_are_whole(scope in text(), source in text()) {
        let mut header = header(Measure::ServicesRolledOut);
        header.query.shape = Shape::Wide;
        let rows = || vec![named(&scope, &source), row("2022-07-31", Area::DE, 9)];
        for id in ["metadata.json", "csv-metadata.json"] {
            let value: serde_json::Value = serde_json::from_slice(&bytes(id, &header, rows())).unwrap();
            let title = value["sources"][0]["title"].as_str().or(value["dc:source"][0].as_str());
            prop_assert_eq!(title, Some(source.as_str()), "{}", id);
        }
        let svg = xml_text(&bytes("svg", &header, rows()));
        let source: String = source.split_whitespace().collect();
        prop_assert!(svg.contains(&source.replace('\u{fffe}', "\u{fffd}")), "{} is not in {}", source, svg);
    }
}
