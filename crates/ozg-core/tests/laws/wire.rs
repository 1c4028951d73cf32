//! The frozen samples of the wire: an event of every type and one for every word, written once, decode to the same events
//! for ever.

use expect_test::{expect, expect_file};
use ozg_core::event::{
    Body, Covers, Event, EventId, EventType, Facts, Form, Objection, Raw, RawEvent, SaidWith, Where,
    WireError,
};
use ozg_core::measure::{Dimension, Measure};
use ozg_core::words::{
    Area, AssessmentStatus, AuthorityId, AuthorityKind, Figure, Implementation, Level, Number, PartialDate,
    Qualifier, Stage, Text, Topic, Unit,
};
use std::fmt::Write;

/// Every event as a length in two bytes, least first, and its bytes.
const SAMPLE: &[u8] = include_bytes!("../fixtures/wire-v1.bin");
/// An event for each word of each table, in the same form.
const WORDS: &[u8] = include_bytes!("../fixtures/words-v1.bin");

fn decoded(mut bytes: &[u8]) -> Vec<Event> {
    let mut events = Vec::new();
    while let [low, high, rest @ ..] = bytes {
        let (wire, next) = rest.split_at(usize::from(u16::from_le_bytes([*low, *high])));
        let event = Event::from_wire(wire, &[]).unwrap();
        assert_eq!(event.to_wire().unwrap(), wire, "{event:?} is written in the bytes that it was read from");
        events.push(event);
        bytes = next;
    }
    events
}

fn raw_text(raw: &Raw) -> String {
    match raw {
        Raw::Null => "null".to_owned(),
        Raw::Text(text) => format!("{text:?}"),
        Raw::Number(number) => number.clone(),
        Raw::Flag(flag) => flag.to_string(),
        Raw::List(items) => format!("[{}]", items.iter().map(raw_text).collect::<Vec<_>>().join(",")),
        Raw::Object(fields) => {
            let fields = fields.iter().map(|(name, raw)| format!("{name:?}:{}", raw_text(raw)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

fn event_text(event: &Event) -> String {
    let mut text = format!("{{\"type\":\"{}\"", event.event_type());
    for (name, raw) in event.fields() {
        write!(text, ",{name:?}:{}", raw_text(&raw)).unwrap();
    }
    text + "}\n"
}

#[test]
fn the_sample_of_version_1_decodes_to_the_same_events_for_ever() {
    let events = decoded(SAMPLE);
    let text: String = events.iter().map(event_text).collect();
    expect_file!["../fixtures/wire-v1.ndjson"].assert_eq(&text);
    for event_type in EventType::all() {
        assert!(events.iter().any(|event| event.event_type() == event_type), "{event_type} has no sample");
    }
}

#[test]
fn the_sample_names_every_word_and_decodes_to_the_same_events_for_ever() {
    let events = decoded(WORDS);
    let text: String = events.iter().map(event_text).collect();
    expect_file!["../fixtures/words-v1.ndjson"].assert_eq(&text);
    let missing = missing_words(&events);
    assert!(missing.is_empty(), "append them with `append_the_missing_words`: {missing:#?}");
}

#[test]
fn what_is_written_as_fields_is_read_back_as_the_same_event() {
    for event in decoded(SAMPLE).into_iter().chain(decoded(WORDS)) {
        let mut fields = vec![("type".to_owned(), Raw::text(event.event_type()))];
        fields.extend(event.fields().into_iter().map(|(name, raw)| (name.to_owned(), raw)));
        let draft = RawEvent { at: Where { line: 0, form: Form::None }, fields }.read(None).unwrap();
        assert_eq!(draft, event.into_draft());
    }
}

/// The statements of the sample; a new field or type of version 1 is added at the end, what stands is never changed.
#[rustfmt::skip]
const STATEMENTS: &[&str] = &[
    "milestone-reached service=ozg:10255; place=ags:01003000; stage=live; on=2024-06-30; source=Lübeck; source_url=https://example.org/a; published=2024-07; note=erste",
    "milestone-ended service=leika:99012001001000; place=BW; stage=rolled_out; on=2024-Q2; reason=Abschaltung",
    "maturity-assessed service=dienst:ewa; place=DE; level=2.0:7; on=2023",
    "reuse-reported service=ozg:10255; place=DE; live=>270; rolling_out=ca. 20; of=600; on=2024-12; source=EfA",
    "figure-reported measure=reuses; place=abh:12054-2; service=ozg:10255; stage=connected; value=12,5; of=20; on=2024-06-30; scope=nur Bund",
    "figure-reported measure=services_at_maturity; place=SH; topic=bauen_wohnen; level=1.1:3; unit=leika; percent=<50; on=2024-06",
    "figure-reported measure=applications; place=DE; value=-11; since=2022-03; on=2022-07; note=Veränderung",
    "milestone-planned service=ozg:10255; place=bund:bamf; stage=pilot; due=2027; on=2025-01-01",
    "target-set measure=services_rolled_out; place=DE; value=575; due=2027-12-31",
    "assessment-made subject=topic:gesundheit; status=kritisch; implementation=am_anfang; urgent=ja; on=2024; outlook=2027 unkritisch fortgeschritten; 2028 unkritisch",
    "service-listed service=leika:99012001001000; name=Meldebestätigung; topics=querschnitt,recht_ordnung; parents=ozg:10255; executed_by=meldebehoerde,gemeinde; lead=HH; on=2022-01-01",
    "service-delisted service=ozg:10255; on=2025-06-30",
    "authority-listed authority=ags:01003000; name=Hansestadt Lübeck; kind=gemeinde; area=SH; ars=010030000000; population=218095",
    "authority-changed authority=ags:01003000; population=219044; name=Lübeck; on=2024",
    "authority-dissolved authority=ags:01003000; successors=ags:01003001,ags:01003002; inherits=ja; on=2025-01-01",
    "entry-withdrawn entry=00000000-0000-7000-8000-000000000001; reason=Irrtum",
    "milestone-reached service=ozg:10255; place=ags:01003000; stage=live; on=2024-07-01; replaces=00000000-0000-7000-8000-000000000001; reason=Tippfehler",
    "milestone-observed service=leika:99012001001000; place=BW; stage=rolled_out; on=2024-03-01; source=Dashboard",
    "region-defined region=rhein-neckar; name=Metropolregion Rhein-Neckar; members=RP,kreis:08221; on=2024",
    "list-defined list=ozg-booster; name=OZG-Booster; services=ozg:10255,leika:99012001001000",
    "register-declared kind=auslaenderbehoerde; area=BB; complete=nein; on=2024-06-01",
    "register-declared unit=leika",
    "objection-made entry=00000000-0000-7000-8000-000000000001; on=2024-09; says=Erst im September",
];

/// A word as it stands in a field, and a statement that names it.
type Named = (&'static str, String, String);

/// Lists each word of each table. Topics and kinds of authorities stand twice: as a word and as a bit of a set.
fn every_word() -> Vec<Named> {
    let mut words: Vec<Named> = Vec::new();
    let mut add = |field: &'static str, word: &dyn std::fmt::Display, statement: &str| {
        words.push((field, word.to_string(), statement.replace("{}", &word.to_string())));
    };
    let figure = "figure-reported measure=applications; on=2024; place=DE; value=1";
    let claim = "figure-reported on=2024; place=DE; value=1; scope=Probe";
    let listed = "service-listed service=ozg:10255; name=Probe";
    let assessed = "assessment-made subject=block:probe; on=2024; status=kritisch";
    for area in Area::all() {
        add("place", &area, "figure-reported measure=applications; on=2024; value=1; place={}");
    }
    for topic in Topic::all() {
        add("topic", &topic, &format!("{figure}; topic={{}}"));
        add("topics", &topic, &format!("{listed}; topics={{}}"));
    }
    for kind in AuthorityKind::all() {
        let ids = ["01003000", "01003", "01", "probe"].map(|key| format!("{}:{key}", kind.scheme()));
        let id = ids.iter().find(|id| AuthorityId::read(id).is_ok()).unwrap();
        add("kind", &kind, &format!("authority-listed name=Probe; authority={id}"));
        add("executed_by", &kind, &format!("{listed}; executed_by={{}}"));
    }
    // "tested" exists only with the feature `another-stage`, with which no sample is written.
    for stage in Stage::all().filter(|stage| stage.id() != "tested") {
        add("stage", &stage, "milestone-reached service=ozg:10255; place=DE; on=2024; stage={}");
    }
    for level in Level::all() {
        add("level", &level, "maturity-assessed service=ozg:10255; place=DE; on=2024; level={}");
    }
    for unit in Unit::all() {
        add("unit", &unit, &format!("{figure}; unit={{}}"));
    }
    for measure in Measure::all() {
        let level = if measure.has(Dimension::Level) { "; level=1.1:3" } else { "" };
        add("measure", &measure, &format!("{claim}; measure={{}}{level}"));
    }
    for qualifier in Qualifier::all() {
        let range = Figure::between(1.into(), 2.into()).unwrap();
        let one =
            if qualifier == Qualifier::Between { range } else { Figure::new(Number::from(1), qualifier) };
        add("value", &one, "figure-reported measure=applications; on=2024; place=DE; value={}");
    }
    for date in ["2024-06-30", "2024-06", "2024-Q2", "2024", "2024-H1", "2024-W23"] {
        add("on", &date, "figure-reported measure=applications; place=DE; value=1; on={}");
    }
    for status in AssessmentStatus::all() {
        add("status", &status, "assessment-made subject=block:probe; on=2024; status={}");
    }
    for implementation in Implementation::all() {
        add("implementation", &implementation, &format!("{assessed}; implementation={{}}"));
    }
    for subject in ["topic:umwelt", "strategy:probe", "block:probe"] {
        add("subject", &subject, "assessment-made on=2024; status=kritisch; subject={}");
    }
    for place in ["region:probe", "bund:probe"] {
        add("place", &place, "figure-reported measure=applications; on=2024; value=1; place={}");
    }
    words
}

/// Lists a statement for each word that no event names.
fn missing_words(events: &[Event]) -> Vec<String> {
    let text = |raw: Raw| match raw {
        Raw::Text(text) | Raw::Number(text) => vec![text],
        Raw::List(items) => items.iter().map(|item| raw_text(item).trim_matches('"').to_owned()).collect(),
        Raw::Null | Raw::Flag(_) | Raw::Object(_) => Vec::new(),
    };
    let named: Vec<(&str, String)> = events
        .iter()
        .flat_map(Event::fields)
        .flat_map(|(field, raw)| text(raw).into_iter().map(move |text| (field, text)))
        .collect();
    let mut missing = every_word();
    missing.retain(|(field, word, _)| !named.iter().any(|(known, text)| known == field && text == word));
    missing.into_iter().map(|(_, _, statement)| statement).collect()
}

/// Reads statements as they stand above and writes each as an event, numbered from `first`.
fn encoded(statements: &[impl AsRef<str>], first: u128) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (number, statement) in (first..).zip(statements) {
        let (event_type, rest) = statement.as_ref().split_once(' ').unwrap();
        let mut fields = vec![("type".to_owned(), Raw::text(event_type))];
        for part in rest.split("; ") {
            match part.split_once('=') {
                Some((name, value)) => fields.push((name.to_owned(), Raw::text(value))),
                None => match fields.last_mut() {
                    Some((_, Raw::Text(text))) => *text += &format!("; {part}"),
                    _ => unreachable!("a value that goes on"),
                },
            }
        }
        let draft = RawEvent { at: Where { line: 0, form: Form::None }, fields }.read(None).unwrap();
        let replaces = draft.replaces.map(|replaces| match replaces {
            ozg_core::event::Replaces::Entry(id) => id,
            ozg_core::event::Replaces::Standing => unreachable!("the sample names ids"),
        });
        let id = EventId::from_u128(0x7000_8000_0000_0000_0000 + number);
        let event = Event {
            id,
            body: draft.body,
            source: draft.source,
            note: draft.note,
            reason: draft.reason,
            replaces,
        };
        let wire = event.to_wire().unwrap();
        bytes.extend(u16::try_from(wire.len()).unwrap().to_le_bytes());
        bytes.extend(wire);
    }
    bytes
}

fn write(name: &str, bytes: &[u8]) {
    std::fs::write(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR")), bytes).unwrap();
}

/// Writes the sample; run once when a type or field was added, with `--ignored`.
#[test]
#[ignore = "writes tests/fixtures/wire-v1.bin; what is there is frozen"]
fn write_the_sample() {
    write("wire-v1.bin", &encoded(STATEMENTS, 1));
}

/// Appends a statement for each word that the sample lacks; run once when a word was added, with `--ignored`.
#[test]
#[ignore = "appends to tests/fixtures/words-v1.bin; what is there is frozen"]
fn append_the_missing_words() {
    let events = decoded(WORDS);
    let missing = missing_words(&events);
    write("words-v1.bin", &[WORDS, &encoded(&missing, 1_001 + events.len() as u128)].concat());
}

#[test]
fn a_code_of_no_word_is_an_error_that_says_where() {
    let event = &decoded(SAMPLE)[0];
    let mut wire = event.to_wire().unwrap();
    let live = wire.iter().rposition(|byte| *byte == 6).unwrap();
    wire[live] = 99;
    assert_eq!(Event::from_wire(&wire, &[]), Err(WireError::UnknownCode { byte: live + 1 }));
}

/// With a stage more in the middle of the table the frozen samples above say the same, and the new one has its own code.
/// `make test` runs this file with the feature; see words/stage.rs.
#[cfg(feature = "another-stage")]
mod another_stage {
    use super::*;
    use ozg_core::words::StageSet;

    #[test]
    fn it_stands_in_the_middle_of_the_list_and_is_written_with_its_own_code() {
        let ids: Vec<&str> = Stage::all().map(Stage::id).collect();
        assert_eq!(ids[3..6], ["connected", "tested", "pilot"]);
        let said = |stage: &str| {
            let statement = format!("milestone-reached service=ozg:10255; place=DE; on=2024; stage={stage}");
            encoded(&[statement], 1)
        };
        let (before, new) = (said("connected"), said("tested"));
        let differing: Vec<(u8, u8)> = before
            .iter()
            .zip(&new)
            .filter(|(left, right)| left != right)
            .map(|(left, right)| (*left, *right))
            .collect();
        assert_eq!(differing, [(3, 9)]);
        assert_eq!(decoded(&new)[0].fields()[2], ("stage", Raw::text("tested")));
    }

    #[test]
    fn its_rank_says_which_stage_is_furthest() {
        let furthest = |ids: &[&str]| {
            let mut stages = StageSet::default();
            ids.iter().for_each(|id| stages.set(Stage::read(id).unwrap(), true));
            stages.furthest().map(Stage::id)
        };
        assert_eq!(furthest(&["connected", "tested", "rolled_out"]), Some("tested"));
        assert_eq!(furthest(&["tested", "pilot"]), Some("pilot"));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Version 2: the free texts stand beside the entry.
#[test]
fn an_event_without_its_texts_is_read_for_ever() {
    let body = Body::EntryWithdrawn(EventId::from_u128(1));
    let (note, reason) = (Text::read("laut Bericht").unwrap(), Text::read("verlesen").unwrap());
    let event = Event {
        id: EventId::from_u128(2),
        body,
        source: None,
        note: Some(note.clone()),
        reason: Some(reason.clone()),
        replaces: None,
    };
    let bytes = event.to_wire_apart().unwrap();
    expect!["020310000000000000000000000000000000020d100000000000000000000000000000000100000000"]
        .assert_eq(&hex(&bytes));
    assert_eq!(Event::from_wire(&bytes, &[note.clone(), reason]), Ok(event.clone()));
    let removed = Event::from_wire(&bytes, &[note, Text::removed()]).unwrap();
    assert_eq!(removed.reason.unwrap().as_str(), "[entfernt / removed]");
    assert!(Event::from_wire(&bytes, &[]).is_err());
    let bare = Event { note: None, reason: None, ..event };
    assert_eq!(bare.to_wire_apart(), bare.to_wire(), "without texts it is written in version 1");
}

#[test]
fn an_objection_without_what_it_says_is_read_for_ever() {
    let (note, says) = (Text::read("laut Bericht").unwrap(), Text::read("gilt erst ab Mai").unwrap());
    let body = Body::ObjectionMade(Objection { entry: EventId::from_u128(1), on: None, says: says.clone() });
    let id = EventId::from_u128(2);
    let event = Event { id, body, source: None, note: Some(note.clone()), reason: None, replaces: None };
    // Version 1 has all in itself, version 2 all but the note, version 3 neither text.
    let wires =
        [vec![], vec!["note"], vec!["note", "says"]].map(|names| event.to_wire_without(&names).unwrap());
    expect![[r#"
        011000000000000000000000000000000002121000000000000000000000000000000001001067696c742065727374206162204d616900010c6c61757420426572696368740000
        02011000000000000000000000000000000002121000000000000000000000000000000001001067696c742065727374206162204d616900000000
        03051000000000000000000000000000000002121000000000000000000000000000000001000000000000"#]].assert_eq(&wires.iter().map(|wire| hex(wire)).collect::<Vec<_>>().join("\n"));
    assert_eq!(event.to_wire_apart().as_ref(), Ok(&wires[2]));
    for (wire, texts) in wires.iter().zip([vec![], vec![note.clone()], vec![note.clone(), says]]) {
        assert_eq!(Event::texts_beside(wire).count(), texts.len());
        assert_eq!(Event::from_wire(wire, &texts).as_ref(), Ok(&event));
    }
    let removed = Event::from_wire(&wires[2], &[note.clone(), Text::removed()]).unwrap();
    assert_eq!(
        removed.free_texts().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
        ["laut Bericht", Text::REMOVED]
    );
    // No other version has what an objection says beside it, and version 3 has nothing else in its place.
    for (version, flags) in [(2, 5), (2, 4), (3, 1), (3, 13), (3, 0)] {
        let wire = [&[version, flags], &wires[2][2..]].concat();
        assert!(matches!(Event::from_wire(&wire, &[note.clone(), note.clone()]), Err(WireError::Damaged(_))));
    }
    let withdrawal = Event { body: Body::EntryWithdrawn(id), ..event }.to_wire_apart().unwrap();
    let wire = [&[3, 4], &withdrawal[2..]].concat();
    assert!(Event::from_wire(&wire, &[note]).is_err());
}

#[test]
fn the_fact_of_an_edition_is_read_for_ever() {
    let kinds = [AuthorityKind::Gemeinde, AuthorityKind::Kreis].into_iter().collect();
    let said = |covers: Covers, on: Option<&str>| SaidWith {
        input: "gv100ad".to_owned(),
        covers,
        on: on.map(|on| PartialDate::read(on).unwrap()),
        file: [0xab; 32],
        is_complete: false,
    };
    let editions = [
        said(Covers::Authorities(kinds), Some("2025-12-31")),
        said(Covers::Services(Unit::Leika), None),
        said(Covers::Availability([Area::BB, Area::DE].into_iter().collect()), Some("2026-01")),
    ];
    let bytes: Vec<String> = editions.iter().map(|said| hex(&said.fact(false)[&1])).collect();
    expect![[r#"
        01076776313030616400030100c4e702abababababababababababababababababababababababababababababababab00
        010767763130306164010100abababababababababababababababababababababababababababababababab00
        01076776313030616402110101ea0f01abababababababababababababababababababababababababababababababab00"#]]
    .assert_eq(&bytes.join("\n"));
    for said in editions {
        assert_eq!(SaidWith::of_facts(&said.fact(false)), Some(said.clone()));
        assert!(SaidWith::of_facts(&said.fact(true)).unwrap().is_complete);
    }
    assert_eq!(
        SaidWith::of_facts(&Facts::from([(1, vec![9, 9])])),
        None,
        "that of a newer tracker means nothing"
    );
}
