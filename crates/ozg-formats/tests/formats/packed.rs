//! Files in a zip are read as if they had been sent by themselves. Dumps are recorded again.

use crate::show::{check, check_as};
use crate::workbooks::zip;
use expect_test::expect;
use ozg_formats::input::InputKind;

const DUMP: &str = concat!(
    r#"{"position":1,"recorded_at":"2026-01-31T12:00:00.000Z","office":"a","batch_last":2,"event":{"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}}"#,
    "\n",
    r#"{"position":2,"recorded_at":"2026-01-31T12:00:00.000Z","office":"a","batch_last":2,"event":{"type":"milestone-reached","service":"ozg:10255","place":"BX","stage":"live","on":"2024"}}"#,
    "\n",
    r#"{"position":3}"#,
    "\n"
);

#[test]
fn dumps_and_archives() {
    let good = DUMP.lines().next().unwrap();
    check(
        good.as_bytes(),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}
    "#]],
    );
    check(
        DUMP.as_bytes(),
        &expect![[r#"
        unknown_place in:2:/event/place: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
        missing_field in:3:/event: event: This is not a line of a dump: the field "event" is missing
    "#]],
    );
    check(
        &zip(&[("README.md", b"x"), ("events.ndjson", good.as_bytes()), ("other.ndjson", b"")]),
        &expect![[r#"
            1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}
        "#]],
    );
    let event =
        br#"{"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024"}"#;
    check_as(
        &zip(&[("a/b.ndjson", event)]),
        Some(InputKind::Archive),
        &expect![[r#"
        1 {"type":"milestone-reached","service":"ozg:10255","place":"BW","stage":"live","on":"2024","id":"00000000-0000-0000-0000-000000000000"}
    "#]],
    );
}

#[test]
fn sheets() {
    let sheet = "service,place,stage,on\nozg:10255,BX,live,2024\n".as_bytes();
    check(
        &zip(&[("__MACOSX/._a.csv", b""), ("a.csv", sheet), ("liesmich.pdf", b"")]),
        &expect![[r#"
        unknown_place in:2:B2: place: "BX" is not a place. Allowed: DE, a Land (BW, DE-BW, 08), an authority (ags:01003000) or a region (region:rhein-neckar)
    "#]],
    );
}
