//! Dumps: they are read back as they were written, and missing lines are noticed.

use crate::out::{events, head};
use crate::show::{self, event};
use expect_test::{Expect, expect};
use ozg_core::event::{Beside, Body, Event, EventId, Facts, KeptText, Objection};
use ozg_core::words::{Language, Position, Text};
use ozg_formats::events::{DumpBatches, DumpEntry, EntryHead, read_dump, write_dump_entry};
use ozg_formats::input::InputKind;
use ozg_formats::problem::mistake_line;

/// Writes the events of all types in batches of three.
fn dump() -> Vec<u8> {
    let mut out = Vec::new();
    let events = events();
    let count = u32::try_from(events.len()).unwrap();
    for (position, one) in (1_u32..).zip(&events) {
        let last = (position.div_ceil(3) * 3).min(count);
        write(position, last, one, &Beside::default(), &mut out);
    }
    out
}

fn write(position: u32, batch_last: u32, event: &Event, beside: &Beside, out: &mut Vec<u8>) {
    let head = EntryHead { position: Position::new(position), ..head(batch_last) };
    let simulated = batch_last == 6;
    let (identity, batch_facts) = (None, None);
    let batch_last = Position::new(batch_last);
    let entry = DumpEntry { head: &head, batch_last, simulated, identity, batch_facts, event, beside };
    write_dump_entry(&entry, out).unwrap();
}

#[test]
fn facts_and_texts_come_back_and_a_text_without_a_line_was_removed() {
    let one = events().remove(0);
    let (note, reason) = (Text::read("laut Bericht").ok(), Text::read("verlesen").ok());
    let event = Event { note, reason, ..one };
    let salt = *b"sixteen bytes! !";
    let text = |number: u8, (name, text): (&'static str, &Text)| KeptText {
        name,
        hash: [number; 32],
        kept: Some((salt, text.clone())),
    };
    let facts = Facts::from([(7, vec![1, 255]), (300, Vec::new())]);
    let texts = (1..).zip(event.free_texts()).map(|(number, named)| text(number, named)).collect();
    let beside = Beside { facts: facts.clone(), texts };
    let head = EntryHead { position: Position::new(1), ..head(1) };
    let entry = DumpEntry {
        head: &head,
        batch_last: Position::new(1),
        simulated: false,
        identity: Some([9; 16]),
        batch_facts: Some(&facts),
        event: &event,
        beside: &beside,
    };
    let mut out = Vec::new();
    write_dump_entry(&entry, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    expect![[r#"
        {"position":1,"recorded_at":"2026-01-01T00:00:00.124Z","office":"redaktion","batch_last":1,"log":"09090909090909090909090909090909","batch_facts":{"7":"01ff","300":""},"facts":{"7":"01ff","300":""},"texts":{"note":"0101010101010101010101010101010101010101010101010101010101010101","reason":"0202020202020202020202020202020202020202020202020202020202020202"},"event":{"type":"milestone-reached","service":"ozg:10255","place":"ags:01003000","stage":"live","on":"2024-06-30","source":{"name":"Hansestadt Lübeck","url":"https://example.org/go-live","published":"2024-07-02"},"id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}}
        {"position":1,"text":"note","salt":"7369787465656e206279746573212021","says":"laut Bericht"}
        {"position":1,"text":"reason","salt":"7369787465656e206279746573212021","says":"verlesen"}
    "#]].assert_eq(&text);
    let read = read_dump(text.as_bytes()).unwrap().remove(0);
    assert_eq!((read.identity, &read.facts, &read.beside[0]), (Some([9; 16]), &facts, &beside));
    assert_eq!(show::event(&read.entries[0]), event);
    // Without the line of the note.
    let read = read_dump(format!("{}\n{}\n", lines[0], lines[2]).as_bytes()).unwrap().remove(0);
    let texts = &read.beside[0].texts;
    assert_eq!(
        (&texts[0], texts[1].kept.is_some()),
        (&KeptText { name: "note", hash: [1; 32], kept: None }, true)
    );
    assert_eq!(read.entries[0].note, Some(Text::removed()));
    assert_eq!(read.entries[0].reason, event.reason);
    // A line that holds no text of the entry before it is none of a dump.
    assert!(read_dump(format!("{}\n{}\n{}\n", lines[0], lines[1], lines[1]).as_bytes()).is_err());
    // Said again, it has its texts.
    let said = ozg_formats::input::read_drafts(text.as_bytes(), InputKind::read("dump").ok(), None).unwrap();
    assert_eq!((&said[0].note, &said[0].reason), (&event.note, &event.reason));
}

#[test]
fn a_dump_reads_back_batch_by_batch() {
    let batches = read_dump(&dump()).unwrap();
    let shape: Vec<(u32, usize, bool)> =
        batches.iter().map(|batch| (batch.first.get(), batch.entries.len(), batch.simulated)).collect();
    assert_eq!(
        shape,
        [
            (1, 3, false),
            (4, 3, true),
            (7, 3, false),
            (10, 3, false),
            (13, 3, false),
            (16, 3, false),
            (19, 3, false),
            (22, 1, false)
        ]
    );
    assert_eq!(batches[0].recorded_at_ms, head(3).recorded_at_ms);
    let read: Vec<_> = batches.iter().flat_map(|batch| &batch.entries).map(event).collect();
    // `replaces: standing` does not stand in a log; the tests write it as nothing.
    assert_eq!(read, events());
    assert_eq!(DumpBatches::new(&dump()).unwrap().count(), 8);
    assert_eq!(read_dump(b""), Ok(Vec::new()));
}

#[test]
fn gaps_and_breaks_are_refused() {
    let text = String::from_utf8(dump()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let check = |lines: &[&str], expected: Expect| {
        let mistakes = read_dump(lines.join("\n").as_bytes()).unwrap_err();
        let shown: Vec<String> =
            mistakes.iter().map(|mistake| mistake_line("dump", mistake, Language::English)).collect();
        expected.assert_eq(&shown.join("\n"));
    };
    check(&[lines[0], lines[2]], expect!["dump:2: The dump has a gap: position 1 is followed by 3"]);
    check(
        &[lines[0], lines[1], lines[1]],
        expect!["dump:3: The dump has a gap: position 2 is followed by 2"],
    );
    check(&lines[..5], expect!["dump: The dump breaks off within the batch 4 to 6"]);
    check(
        &[lines[0], &lines[1].replace("redaktion", "andere"), lines[2]],
        expect![
            "dump:2: The line does not fit the previous one: batch_last, recorded_at, office and simulated are the same within a batch, and time does not go back"
        ],
    );
    check(
        &[lines[0], &lines[1].replace("\"batch_last\":3", "\"batch_last\":2"), lines[2]],
        expect![
            "dump:2: The line does not fit the previous one: batch_last, recorded_at, office and simulated are the same within a batch, and time does not go back"
        ],
    );
    check(
        &[
            &lines[0].replace("2026-01-01", "2027-01-01"),
            &lines[1].replace("2026-01-01", "2027-01-01"),
            &lines[2].replace("2026-01-01", "2027-01-01"),
            lines[3],
        ],
        expect![
            "dump:4: The line does not fit the previous one: batch_last, recorded_at, office and simulated are the same within a batch, and time does not go back"
        ],
    );
    check(
        &[&lines[0].replace("\"office\"", "\"amt\"")],
        expect![
            "dump:1: This is not a line of a dump; such a line has position, recorded_at, office, batch_last, event"
        ],
    );
    check(
        &["x"],
        expect![
            "dump:1: This is not a line of a dump; such a line has position, recorded_at, office, batch_last, event"
        ],
    );
    check(
        &[
            lines[0],
            &lines[1].replace("\"stage\":\"live\"", "\"stage\":\"liv\"").replace("\"id\"", "\"entry\""),
            lines[2],
        ],
        expect![[r#"
            dump:2:/event/stage: stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live (hint: live)
            dump:2:/event/entry: entry: milestone-ended has no field "entry". Allowed: service, place, stage, on, reason, replaces, source, source_url, published, note, id"#]],
    );
}

/// What an objection says stands beside its entry; in entries of older logs it stands in them, beside a note that does not.
#[test]
fn what_an_objection_says_comes_back_wherever_it_stood() {
    let (says, note) = (Text::read("gilt erst ab Mai").unwrap(), Text::read("laut Bericht").unwrap());
    let body = Body::ObjectionMade(Objection { entry: EventId::from_u128(7), on: None, says: says.clone() });
    let event = Event { body, source: None, note: Some(note.clone()), replaces: None, ..events().remove(0) };
    let kept = |name: &'static str, text: &Text| KeptText {
        name,
        hash: [3; 32],
        kept: Some((*b"sixteen bytes! !", text.clone())),
    };
    let mut written = String::new();
    for texts in [vec![], vec![kept("note", &note)], vec![kept("note", &note), kept("says", &says)]] {
        let beside = Beside { facts: Facts::new(), texts };
        let mut out = Vec::new();
        write(1, 1, &event, &beside, &mut out);
        let read = read_dump(&out).unwrap().remove(0);
        assert_eq!((show::event(&read.entries[0]), &read.beside[0]), (event.clone(), &beside));
        written += &String::from_utf8(out).unwrap();
    }
    expect![[r#"
        {"position":1,"recorded_at":"2026-01-01T00:00:00.124Z","office":"redaktion","batch_last":1,"event":{"type":"objection-made","entry":"00000000-0000-0000-0000-000000000007","says":"gilt erst ab Mai","note":"laut Bericht","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}}
        {"position":1,"recorded_at":"2026-01-01T00:00:00.124Z","office":"redaktion","batch_last":1,"texts":{"note":"0303030303030303030303030303030303030303030303030303030303030303"},"event":{"type":"objection-made","entry":"00000000-0000-0000-0000-000000000007","says":"gilt erst ab Mai","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}}
        {"position":1,"text":"note","salt":"7369787465656e206279746573212021","says":"laut Bericht"}
        {"position":1,"recorded_at":"2026-01-01T00:00:00.124Z","office":"redaktion","batch_last":1,"texts":{"note":"0303030303030303030303030303030303030303030303030303030303030303","says":"0303030303030303030303030303030303030303030303030303030303030303"},"event":{"type":"objection-made","entry":"00000000-0000-0000-0000-000000000007","id":"0197a3c2-5b7e-7c11-9d52-0242ac120002"}}
        {"position":1,"text":"note","salt":"7369787465656e206279746573212021","says":"laut Bericht"}
        {"position":1,"text":"says","salt":"7369787465656e206279746573212021","says":"gilt erst ab Mai"}
    "#]].assert_eq(&written);
    // Without its line it was removed.
    let lines: Vec<&str> = written.lines().collect();
    let read = read_dump(format!("{}\n{}\n", lines[3], lines[4]).as_bytes()).unwrap().remove(0);
    let Body::ObjectionMade(made) = &read.entries[0].body else { panic!("an objection") };
    assert_eq!((&made.says, &read.beside[0].texts[1].kept), (&Text::removed(), &None));
}
