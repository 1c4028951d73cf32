//! Dumps: they are read back as they were written, and missing lines are noticed.

use crate::out::{events, head};
use crate::show::event;
use expect_test::{Expect, expect};
use ozg_core::words::{Language, Position};
use ozg_formats::events::{DumpBatches, EntryHead, read_dump, write_dump_entry};
use ozg_formats::problem::mistake_line;

/// Writes the events of all types in batches of three.
fn dump() -> Vec<u8> {
    let mut out = Vec::new();
    let events = events();
    let count = u32::try_from(events.len()).unwrap();
    for (number, one) in (1_u32..).zip(&events) {
        let last = (number.div_ceil(3) * 3).min(count);
        let position = Position::new(number);
        write_dump_entry(
            &EntryHead { position, ..head(last) },
            Position::new(last),
            last == 6,
            one,
            &mut out,
        )
        .unwrap();
    }
    out
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
            (19, 1, false)
        ]
    );
    assert_eq!(batches[0].recorded_at_ms, head(3).recorded_at_ms);
    let read: Vec<_> = batches.iter().flat_map(|batch| &batch.entries).map(event).collect();
    // `replaces: standing` does not stand in a log; the tests write it as nothing.
    assert_eq!(read, events());
    assert_eq!(DumpBatches::new(&dump()).unwrap().count(), 7);
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
            dump:2:/event/stage: stage: The stage "liv" is unknown. Allowed: interested, agreed, ready, connected, pilot, rolling_out, live, launched, rolled_out (hint: live)
            dump:2:/event/entry: entry: milestone-ended has no field "entry". Allowed: service, place, stage, on, reason, replaces, source, source_url, published, note, id"#]],
    );
}
