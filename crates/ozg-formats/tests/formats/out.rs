//! Events on their way out, and back in again.

use crate::show::event;
use expect_test::expect;
use ozg_core::event::Event;
use ozg_core::words::Position;
use ozg_formats::events::{
    EntryHead, EntryRow, cloud_event_json, entry_json, event_json, write_entries, write_ndjson,
};
use ozg_formats::input::{InputKind, read_drafts};
use ozg_formats::schema::EXAMPLES;

/// Returns an event of each type; those without an id get one.
pub(crate) fn events() -> Vec<Event> {
    let read = |(index, text): (usize, &str)| {
        let draft = read_drafts(text.as_bytes(), Some(InputKind::Json), None).unwrap().remove(0);
        let id = draft.id.unwrap_or_else(|| uuid::Uuid::from_u128(index as u128 + 1));
        Event { id, ..event(&draft) }
    };
    EXAMPLES.iter().map(|(_, text)| *text).enumerate().map(read).collect()
}

pub(crate) fn head(position: u32) -> EntryHead {
    EntryHead {
        position: Position::new(position),
        recorded_at_ms: 1_767_225_600_123 + i64::from(position),
        office: "redaktion".to_owned(),
        on_behalf_of: None,
        remarks: Vec::new(),
    }
}

#[test]
fn every_type_reads_back_as_the_same_event() {
    for one in events() {
        for (text, kind) in [
            (event_json(&one).to_string(), InputKind::Json),
            (cloud_event_json(&one, "https://example.org", None).to_string(), InputKind::CloudEvents),
            (
                cloud_event_json(&one, "https://example.org", Some(&head(3))).to_string(),
                InputKind::CloudEvents,
            ),
        ] {
            let drafts = read_drafts(text.as_bytes(), Some(kind), None).unwrap();
            assert_eq!(event(&drafts[0]), one, "{text}");
        }
    }
}

#[test]
fn the_forms_of_an_event() {
    let all = events();
    expect![[r#"{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-06-30","source":{"name":"Hansestadt Lübeck","url":"https://example.org/go-live","published":"2024-07-02"},"note":"Wohnsitzanmeldung","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}"#]].assert_eq(&event_json(&all[0]).to_string());
    expect![[r#"{"position":1,"recorded_at":"2026-01-01T00:00:00.124Z","office":"redaktion","type":"reuse-reported","service":"dienst:aufenthalt-digital","place":"DE","live":">270","rolling_out":40,"of":538,"on":"2024-11","source":{"name":"Land Brandenburg"},"id":"00000000-0000-0000-0000-000000000004"}"#]].assert_eq(&entry_json(&head(1), &all[3]).to_string());
    expect![[r#"{"specversion":"1.0","id":"00000000-0000-0000-0000-000000000004","source":"https://example.org","type":"de.ozg-tracker.reuse-reported.v1","time":"2026-01-01T00:00:00.124Z","position":1,"office":"redaktion","datacontenttype":"application/json","data":{"service":"dienst:aufenthalt-digital","place":"DE","live":">270","rolling_out":40,"of":538,"on":"2024-11","source":{"name":"Land Brandenburg"}}}"#]].assert_eq(&cloud_event_json(&all[3], "https://example.org", Some(&head(1))).to_string());
}

#[test]
fn lines_read_back() {
    let mut out = Vec::new();
    write_ndjson(events().iter().map(event_json), &mut out).unwrap();
    let drafts = read_drafts(&out, None, Some("application/x-ndjson")).unwrap();
    assert_eq!(drafts.iter().map(event).collect::<Vec<Event>>(), events());
}

#[test]
fn numbers_beyond_a_double_stay_exact() {
    let text = r#"{"id":"0197a3c2-5b7e-7c11-9d52-0242ac120002","type":"figure-reported","measure":"other","scope":"x","place":"DE","on":"2024","value":999999999999.123456}"#;
    let one = event(&read_drafts(text.as_bytes(), None, None).unwrap()[0]);
    let again = event_json(&one).to_string();
    assert!(again.contains("\"999999999999.123456\""), "{again}");
    assert_eq!(event(&read_drafts(again.as_bytes(), None, None).unwrap()[0]), one);
}

#[test]
fn entries_as_a_sheet() {
    let rows = events().into_iter().enumerate().map(|(index, event)| {
        let row = EntryRow::new(&head(u32::try_from(index + 1).unwrap()), &event, (index == 1).then_some(-1));
        EntryRow { note: if index == 2 { "=cmd|' /C calc'!A0".to_owned() } else { row.note.clone() }, ..row }
    });
    let mut out = Vec::new();
    write_entries(rows, &mut out).unwrap();
    expect![[r#"
        position,id,type,on,recorded_at,office,place,service,stage,change,reason,source,note,on_behalf_of
        1,0197a3c2-5b7e-7c11-9d52-0242ac120002,milestone-reached,2024-06-30,2026-01-01T00:00:00.124Z,redaktion,ags:01003000,ozg:10255,live,,,Hansestadt Lübeck,Wohnsitzanmeldung,
        2,00000000-0000-0000-0000-000000000002,milestone-ended,2025-01,2026-01-01T00:00:00.125Z,redaktion,melde:02000000,dienst:ewa,live,-1,Dienst abgeschaltet,,,
        3,00000000-0000-0000-0000-000000000003,maturity-assessed,2023-Q4,2026-01-01T00:00:00.126Z,redaktion,BW,leika:99012001001000,,,,,'=cmd|' /C calc'!A0,
        4,00000000-0000-0000-0000-000000000004,reuse-reported,2024-11,2026-01-01T00:00:00.127Z,redaktion,DE,dienst:aufenthalt-digital,,,,Land Brandenburg,,
        5,00000000-0000-0000-0000-000000000005,figure-reported,2022-07,2026-01-01T00:00:00.128Z,redaktion,BE,,,,,Bitkom,,
        6,00000000-0000-0000-0000-000000000006,figure-reported,2022-07,2026-01-01T00:00:00.129Z,redaktion,DE,,,,Zahlendreher,,,
        7,00000000-0000-0000-0000-000000000007,milestone-planned,2024-01-15,2026-01-01T00:00:00.130Z,redaktion,BY,ozg:10255,rolled_out,,,,,
        8,00000000-0000-0000-0000-000000000008,target-set,,2026-01-01T00:00:00.131Z,redaktion,DE,,,,,,,
        9,00000000-0000-0000-0000-000000000009,assessment-made,2025-09,2026-01-01T00:00:00.132Z,redaktion,,,,,,,,
        10,00000000-0000-0000-0000-00000000000a,service-listed,2020-01-01,2026-01-01T00:00:00.133Z,redaktion,,leika:99012001001000,,,,,,
        11,00000000-0000-0000-0000-00000000000b,service-delisted,2025-12-31,2026-01-01T00:00:00.134Z,redaktion,,ozg:10255,,,,,,
        12,00000000-0000-0000-0000-00000000000c,authority-listed,2023-01-01,2026-01-01T00:00:00.135Z,redaktion,ags:01003000,,,,,,,
        13,00000000-0000-0000-0000-00000000000d,authority-changed,2024-01-01,2026-01-01T00:00:00.136Z,redaktion,ags:01003000,,,,,,,
        14,00000000-0000-0000-0000-00000000000e,authority-dissolved,2024-01-01,2026-01-01T00:00:00.137Z,redaktion,ags:16063004,,,,,,,
        15,00000000-0000-0000-0000-00000000000f,authority-dissolved,2030-01-01,2026-01-01T00:00:00.138Z,redaktion,bund:bamf,,,,,,,
        16,00000000-0000-0000-0000-000000000010,entry-withdrawn,,2026-01-01T00:00:00.139Z,redaktion,,,,,Falsche Gemeinde,,,
        17,00000000-0000-0000-0000-000000000011,milestone-observed,2024-03-01,2026-01-01T00:00:00.140Z,redaktion,BB,leika:99012001001000,launched,,,Dashboard Digitale Verwaltung,,
        18,00000000-0000-0000-0000-000000000012,region-defined,,2026-01-01T00:00:00.141Z,redaktion,region:rhein-neckar,,,,,,,
        19,00000000-0000-0000-0000-000000000013,list-defined,2024-01-01,2026-01-01T00:00:00.142Z,redaktion,,,,,,,,
        20,00000000-0000-0000-0000-000000000014,register-declared,2024-01-01,2026-01-01T00:00:00.143Z,redaktion,BB,,,,,,,
        21,00000000-0000-0000-0000-000000000015,register-declared,2026-01-01,2026-01-01T00:00:00.144Z,redaktion,,,,,,,,
        22,00000000-0000-0000-0000-000000000016,objection-made,2024-09-01,2026-01-01T00:00:00.145Z,redaktion,,,,,,,,
    "#]].assert_eq(&String::from_utf8(out).unwrap());
}
