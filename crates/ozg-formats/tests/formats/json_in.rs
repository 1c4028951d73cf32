//! JSON, CloudEvents and NDJSON as inputs, with the mistakes that each can have.

use crate::show::{check, check_as, event};
use expect_test::expect;
use ozg_formats::events::event_json;
use ozg_formats::input::{InputKind, cloud_event_id, read, read_drafts, read_each};

const REACHED: &str =
    r#"{"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06"}"#;

#[test]
fn one_event_an_array_and_lines() {
    check(
        REACHED.as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    check(
        format!("\u{feff} [\n{REACHED},\n{REACHED}]").as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
        2 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    check(
        format!("{REACHED}\n\n  {REACHED}\r\n").as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
        3 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn numbers_stay_as_they_were_written() {
    let figure = |value: &str| {
        format!(
            r#"{{"type":"figure-reported","measure":"other","scope":"x","place":"DE","on":"2024","value":{value}}}"#
        )
    };
    check(
        figure("12.50").as_bytes(),
        &expect![[r#"
        1 {"type":"figure-reported","measure":"other","place":"DE","scope":"x","value":12.5,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    check(
        figure("1e3").as_bytes(),
        &expect![[r#"
            1 {"type":"figure-reported","measure":"other","place":"DE","scope":"x","value":1000,"on":"2024","id":"00000000-0000-0000-0000-000000000000"}
        "#]],
    );
    check(
        figure("99999999999999999999").as_bytes(),
        &expect![[r#"
        number_out_of_range in:1:/value: value: "99999999999999999999" is outside what is possible (up to 10^12, at most 6 digits behind the point)
    "#]],
    );
    check(
        figure("999999999999.123456").as_bytes(),
        &expect![[r#"
        1 {"type":"figure-reported","measure":"other","place":"DE","scope":"x","value":"999999999999.123456","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    let leika = REACHED.replace("\"ozg:10255\"", "99012001001000");
    check(
        leika.as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"leika:99012001001000","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn a_body_that_breaks_off() {
    check(
        &REACHED.as_bytes()[..40],
        &expect![[r#"
        unreadable in:1: No JSON from line 1, column 40: the text breaks off (EOF while parsing a string)
    "#]],
    );
    check(
        br#"[{"type":"milestone-reached","#,
        &expect![[r#"
        unreadable in:1: No JSON from line 1, column 29: the text breaks off (EOF while parsing an object)
    "#]],
    );
    check(
        b"[\n{\"type\":\"x\"},\n{\"type\":",
        &expect![[r#"
            unknown_type in:1:/0/type: type: The type of event "x" is unknown. Allowed: milestone-reached, milestone-ended, maturity-assessed, reuse-reported, figure-reported, milestone-planned, target-set, assessment-made, service-listed, service-delisted, authority-listed, authority-changed, authority-dissolved, entry-withdrawn, milestone-observed, region-defined, list-defined, register-declared, objection-made
            unreadable in:3: No JSON from line 3, column 8: the text breaks off (EOF while parsing a value)
        "#]],
    );
    check(
        format!("{REACHED}\n{}", &REACHED[..20]).as_bytes(),
        &expect![[r#"
        unreadable in:2: No JSON from line 2, column 20: the text breaks off (EOF while parsing a string)
    "#]],
    );
    check(
        format!("{REACHED} x").as_bytes(),
        &expect![[r#"
        unreadable in:1: No JSON from line 1, column 95: trailing characters
    "#]],
    );
}

#[test]
fn text_that_is_no_json() {
    let table: [&[u8]; 9] = [
        b"{'type':'x'}",
        b"{\"type\":\"a\nb\"}",
        b"{\"type\":nan}",
        b"{\"type\":1,}",
        b"[1,]",
        b"{\"type\" 1}",
        b"{\"type\":\"\\q\"}",
        b"{\"type\":01}",
        b"{\"a\":1 \"b\":2}",
    ];
    let mut all = String::new();
    for text in table {
        for mistake in read(text, Some(InputKind::Json), None).unwrap_err() {
            all.push_str(&format!("{} | {}\n", mistake.message.de, mistake.message.en));
        }
    }
    expect![[r#"
        Kein JSON ab Zeile 1, Spalte 2: ein Schlüssel steht nicht in Anführungszeichen | No JSON from line 1, column 2: key must be a string
        Kein JSON ab Zeile 1, Spalte 10: ein Steuerzeichen (etwa ein Zeilenumbruch) steht in einem Text | No JSON from line 1, column 10: control character (\u0000-\u001F) found while parsing a string
        Kein JSON ab Zeile 1, Spalte 10: ein Wert wird erwartet | No JSON from line 1, column 10: expected value
        Kein JSON ab Zeile 1, Spalte 11: ein Schlüssel steht nicht in Anführungszeichen | No JSON from line 1, column 11: key must be a string
        Ein Ereignis ist ein JSON-Objekt | An event is a JSON object
        Kein JSON ab Zeile 1, Spalte 4: ein Komma ist zu viel | No JSON from line 1, column 4: trailing comma
        Kein JSON ab Zeile 1, Spalte 9: ein Doppelpunkt wird erwartet | No JSON from line 1, column 9: expected `:`
        Kein JSON ab Zeile 1, Spalte 11: hinter \ steht ein falsches Zeichen | No JSON from line 1, column 11: invalid escape
        Kein JSON ab Zeile 1, Spalte 10: das ist keine Zahl | No JSON from line 1, column 10: invalid number
        Kein JSON ab Zeile 1, Spalte 8: ein Komma oder } wird erwartet | No JSON from line 1, column 8: expected `,` or `}`
    "#]].assert_eq(&all);
}

#[test]
fn wrong_types() {
    check(
        b"[1, \"x\", null, []]",
        &expect![[r#"
        wrong_type in:1:/0: An event is a JSON object
        wrong_type in:2:/1: An event is a JSON object
        wrong_type in:3:/2: An event is a JSON object
        wrong_type in:4:/3: An event is a JSON object
    "#]],
    );
    check(
        br#"{"type":"milestone-reached","service":true,"place":["BW"],"stage":{"a":1},"on":2024.5,"note":false}"#,
        &expect![[r#"
            wrong_type in:1:/service: service: Found a boolean, expected a text
            wrong_type in:1:/place: place: Found a list, expected a text
            wrong_type in:1:/stage: stage: Found an object, expected a text
            bad_date in:1:/on: on: "2024.5" is not a date. Allowed: 2024-06-30, 30.06.2024, 2024-06, 2024-Q2, 2024-H1, 2024-W23, 2024
            wrong_type in:1:/note: note: Found a boolean, expected a text
        "#]],
    );
    check(
        br#"{"type":7}"#,
        &expect![[r#"
        wrong_type in:1:/type: type: Found a number, expected a text
    "#]],
    );
    check(
        b"{}",
        &expect![[r#"
        missing_field in:1:/type: type: The field "type" is missing, e.g. milestone-reached
    "#]],
    );
    check(
        b"[]",
        &expect![[r#"
        unreadable in: The input contains no event
    "#]],
    );
}

#[test]
fn unknown_and_repeated_fields() {
    check(
        br#"{"type":"milestone-reached","servcie":"ozg:10255","place":"BW","place":"BY","stage":"live","on":"2024","source":{"name":"a","name":"b"}}"#,
        &expect![[r#"
            unknown_field in:1:/servcie: servcie: milestone-reached has no field "servcie". Allowed: service, place, stage, on, reason, replaces, source, source_url, published, note, id (hint: service)
            duplicate_field in:1:/place: place: The field "place" is given twice
            duplicate_field in:1:/source: source: The field "name" is given twice
            missing_field in:1:/service: service: The field "service" is missing: `ozg:10255`, `leika:99012001001000` or `dienst:<slug>`
        "#]],
    );
    check(
        br#"{"type":"milestone-reachd"}"#,
        &expect![[r#"
            unknown_type in:1:/type: type: The type of event "milestone-reachd" is unknown. Allowed: milestone-reached, milestone-ended, maturity-assessed, reuse-reported, figure-reported, milestone-planned, target-set, assessment-made, service-listed, service-delisted, authority-listed, authority-changed, authority-dissolved, entry-withdrawn, milestone-observed, region-defined, list-defined, register-declared, objection-made (hint: milestone-reached)
        "#]],
    );
    check(
        br#"{"type":"milestone-reached","type":"milestone-ended"}"#,
        &expect![[r#"
            duplicate_field in:1:/type: type: The field "type" is given twice
            missing_field in:1:/service: service: The field "service" is missing: `ozg:10255`, `leika:99012001001000` or `dienst:<slug>`
            missing_field in:1:/place: place: The field "place" is missing: `DE`, a Land (`BW`, `DE-BW`, `08`), an authority (`ags:01003000`) or a region (`region:rhein-neckar`)
            missing_field in:1:/stage: stage: The field "stage" is missing: a stage (`live`)
            missing_field in:1:/on: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
        "#]],
    );
}

#[test]
fn dates_control_characters_zeros_and_absurd_numbers() {
    check(
        br#"[{"type":"milestone-reached","service":"ozg:10255","place":"ags:1003000","stage":"live","on":"2024-02-30","note":"a\u0007b"},
            {"type":"authority-listed","authority":"ags:01003000","name":"\u0000","population":-5},
            {"type":"figure-reported","measure":"other","scope":"x","place":"1003000","on":"9999","value":1e400}]"#,
        &expect![[r#"
            lost_leading_zero in:1:/0/place: place: "ags:1003000" has lost its leading zero; keep the column as text (hint: ags:01003000)
            bad_date in:1:/0/on: on: "2024-02-30": this day does not exist in the calendar
            bad_text in:1:/0/note: note: The text has the control character U+0007
            bad_text in:2:/1/name: name: The text has the control character U+0000
            bad_number in:2:/1/population: population: "-5" is not a whole number from 0
            lost_leading_zero in:3:/2/place: place: "1003000" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar) (hint: ags:01003000)
            date_out_of_range in:3:/2/on: on: "9999": the year must lie between 1949 and 2078
            bad_number in:3:/2/value: value: "1e400" is not a number. Allowed: 270, ">270", "<20", "ca. 300", "knapp 100", "mindestens 5"
        "#]],
    );
}

#[test]
fn depth_and_lone_surrogates() {
    let deep = format!(r#"{{"type":"milestone-reached","note":{}1{}}}"#, "[".repeat(9), "]".repeat(9));
    check(
        deep.as_bytes(),
        &expect![[r#"
        unreadable in:1:/note: note: Nested deeper than 8 levels
    "#]],
    );
    let very_deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check(
        very_deep.as_bytes(),
        &expect![[r#"
        wrong_type in:1:/0: An event is a JSON object
    "#]],
    );
    check(
        br#"[{"type":"milestone-reached","note":"\ud800"},{"\ud800":1}]"#,
        &expect![[r#"
        unreadable in:1:/0/note: note: Not a readable text: unexpected end of hex escape
        unreadable in:2:/1: unexpected end of hex escape
    "#]],
    );
    let members: Vec<String> = (0..300).map(|at| format!("\"a{at}\":1")).collect();
    check(
        format!("{{{}}}", members.join(",")).as_bytes(),
        &expect![[r#"
        too_many in:1: The object has 300 fields, allowed are 200
    "#]],
    );
}

#[test]
fn encodings_of_json() {
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(REACHED.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(
        &utf_16,
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
    check(
        b"{\"type\":\"milestone-reached\",\n\"note\":\"M\xfcnchen\"}",
        &expect![[r#"
        wrong_encoding in:2: The byte 0xFC is not UTF-8 (hint: UTF-8)
    "#]],
    );
}

#[test]
fn cloud_events_are_read() {
    let data = r#""data":{"service":"ozg:10255","place":"BW","stage":"live","on":"2024-06"}"#;
    let head = r#""specversion":"1.0","source":"https://example.org/efa","type":"de.ozg-tracker.milestone-reached.v1""#;
    check(
        format!(r#"{{{head},"id":"0197a3c2-5b7e-7c11-9d52-0242ac120002","time":"2026-01-01T00:00:00Z","traceid":"x","datacontenttype":"application/json",{data}}}"#)
            .as_bytes(),
        &expect![[r#"
            1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}
        "#]],
    );
    check(
        format!(r#"[{{{head},"id":"a-1",{data}}}]"#).as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024-06","id":"9202c00c-c8fa-54fa-804e-b9ed4aae284d"}
    "#]],
    );
    assert_eq!(cloud_event_id("a", "b"), cloud_event_id("a", "b"));
    assert_ne!(cloud_event_id("a", "b"), cloud_event_id("b", "b"));
}

#[test]
fn cloud_events_with_mistakes() {
    check(
        br#"[{"specversion":"0.3","id":"","source":5,"type":"de.ozg-tracker.milestone-reachd.v1","time":"yesterday","data":{}},
            {"specversion":"1.0","id":"a","source":"b","type":"de.ozg-tracker.milestone-reached.v1","data":{"service":"ozg:1","plac":"BW"}},
            {"specversion":"1.0","id":"a","id":"b","source":"b","Data":{},"data_base64":"eA=="},
            {"specversion":"1.0","id":"a","source":"b","type":"de.ozg-tracker.milestone-reached.v1","datacontenttype":"text/xml","data":"<x/>"}]"#,
        &expect![[r#"
            unknown_word in:1:/0/specversion: specversion: Only CloudEvents 1.0 is read (hint: 1.0)
            bad_text in:1:/0/id: id: The text is empty
            wrong_type in:1:/0/source: source: A text is expected
            bad_date in:1:/0/time: time: An instant such as 2026-01-31T12:00:00Z is expected
            unknown_type in:1:/0/type: type: The type of event "milestone-reachd" is unknown. Allowed: milestone-reached, milestone-ended, maturity-assessed, reuse-reported, figure-reported, milestone-planned, target-set, assessment-made, service-listed, service-delisted, authority-listed, authority-changed, authority-dissolved, entry-withdrawn, milestone-observed, region-defined, list-defined, register-declared, objection-made (hint: milestone-reached)
            bad_key in:2:/1/data/service: service: "ozg:1" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case
            unknown_field in:2:/1/data/plac: plac: milestone-reached has no field "plac". Allowed: service, place, stage, on, reason, replaces, source, source_url, published, note, id (hint: place)
            missing_field in:2:/1/data/place: place: The field "place" is missing: `DE`, a Land (`BW`, `DE-BW`, `08`), an authority (`ags:01003000`) or a region (`region:rhein-neckar`)
            missing_field in:2:/1/data/stage: stage: The field "stage" is missing: a stage (`live`)
            missing_field in:2:/1/data/on: on: The field "on" is missing: a date, perhaps partial (`2024-06-30`, `30.06.2024`, `2024-06`, `2024-Q2`, `2024-H1`, `2024-W23`, `2024`)
            duplicate_field in:3:/2/id: id: The attribute "id" is given twice
            unknown_field in:3:/2/Data: Data: "Data" is not an attribute of a CloudEvent; put the fields of the event into "data" as JSON (hint: data)
            unknown_field in:3:/2/data_base64: data_base64: "data_base64" is not an attribute of a CloudEvent; put the fields of the event into "data" as JSON
            missing_field in:3:/2/type: type: The attribute "type" is missing. A CloudEvent always has: specversion, id, source, type, data
            missing_field in:3:/2/data: data: The attribute "data" is missing. A CloudEvent always has: specversion, id, source, type, data
            unknown_word in:4:/3/datacontenttype: datacontenttype: The data must be JSON (hint: application/json)
            wrong_type in:4:/3/data: An event is a JSON object
        "#]],
    );
    check_as(
        br#"{"specversion":"1.0","type":"x"}"#,
        Some(InputKind::Json),
        &expect![[r#"
        unknown_field in:1:/specversion: specversion: This is a CloudEvent; send it as application/cloudevents+json (hint: application/cloudevents+json)
    "#]],
    );
}

#[test]
fn media_types_and_names_choose_the_input() {
    let of = |name: &str| InputKind::of_content_type(name).map(|kind| kind.row().id);
    assert_eq!(of("application/json"), Some("json"));
    assert_eq!(of("Application/CloudEvents-Batch+JSON; charset=utf-8"), Some("cloudevents"));
    assert_eq!(of("text/csv; header=present"), Some("csv"));
    assert_eq!(of("application/x-www-form-urlencoded"), None);
    assert_eq!(InputKind::of_file_name("a.b.NDJSON").map(|kind| kind.row().id), Some("ndjson"));
    assert_eq!(InputKind::of_file_name("csv"), None);
    for input in ozg_formats::input::INPUTS {
        assert_eq!(InputKind::read(input.id), Ok(input.kind));
        assert_eq!(input.kind.row().id, input.id);
    }
    assert_eq!(InputKind::read("milestone").unwrap_err().hint_in_english(), Some("milestones"));
}

#[test]
fn too_many_mistakes_are_counted() {
    let mistakes = read_drafts("{\n".repeat(1_500).as_bytes(), Some(InputKind::Ndjson), None).unwrap_err();
    assert_eq!(mistakes.len(), 1_001);
    expect!["500 more mistakes; only the first 1000 are shown"].assert_eq(&mistakes[1_000].message.en);
}

#[test]
fn too_many_events_are_refused() {
    let mut count = 0;
    let result = read_each("[{},{},{}]".as_bytes(), None, None, 2, &mut |_| {
        count += 1;
        Ok(())
    });
    assert_eq!(count, 2);
    expect![[r#"[("More than 2 events at once; split the file", 3)]"#]].assert_eq(&format!(
        "{:?}",
        result
            .unwrap_err()
            .iter()
            .map(|mistake| (&mistake.message.en, mistake.origin.line))
            .collect::<Vec<_>>()
    ));
}

#[test]
fn the_demo_is_read_and_written_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut count = 0;
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "ndjson")) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let drafts = read_drafts(&bytes, None, None)
            .map_err(|mistakes| {
                mistakes.iter().map(|mistake| format!("{name} {mistake:?}")).collect::<Vec<_>>()
            })
            .unwrap();
        count += drafts.len();
        for draft in &drafts {
            let text = event_json(&event(draft)).to_string();
            assert_eq!(event(&read_drafts(text.as_bytes(), None, None).unwrap()[0]), event(draft), "{text}");
        }
    }
    assert!(count > 200, "{count}");
}
