//! Editions beside entries that were recorded by hand, in logs of older trackers, and after an import that broke off.

use super::check;
use super::editions::{catalogue, import, import_without_facts, register, snapshot};
use crate::desk::{Desk, empty};
use crate::workload::request;
use expect_test::expect;
use ozg_core::edition::{Edition, Taking};
use ozg_core::event::EventId;
use ozg_core::ledger::BATCH_ENTRIES_MAX;
use ozg_core::time::berlin_day;
use ozg_core::words::{PartialDate, Stage, Unit};

#[test]
fn what_was_recorded_by_hand_for_later_does_not_refuse_a_register() {
    let mut desk = empty();
    let rows = ["ags:01058053 Flintbek 7000 010585896053", "ags:01059101 Tastrup 400 010595919101"];
    let mut said = import(&mut desk, &register("2024-12-31", &rows), false);
    said += "by hand, for a later day, by another office\n";
    desk.office = "beta";
    said += &desk.say(&["authority-listed authority=ags:14522450; name=Ostrau; on=2025-06-01"]);
    desk.office = "alpha";
    said += "the register of a day before, then one that is older than a register\n";
    let grown = ["ags:01058053 Flintbek 7100 010585896053", rows[1]];
    said += &import(&mut desk, &register("2025-01-31", &grown), false);
    let other = ["ags:01058053 Flintbek 7050 010585896053", rows[1]];
    said += &import(&mut desk, &register("2025-01-15", &other), false);
    said += "withdrawn, it stands in no other's way\n";
    let withdrawn = format!("entry-withdrawn entry=#{}; reason=x", desk.state.head());
    said += &desk.say(&[&withdrawn]);
    said += &import(&mut desk, &register("2025-01-15", &grown), false);
    check(
        said,
        expect![[r#"
            first true stood 0 unchanged 0
            2 began ags:01058053 Flintbek
            3 began ags:01059101 Tastrup
            3 entries
            by hand, for a later day, by another office
            1 recorded #4
            the register of a day before, then one that is older than a register
            first false stood 2 unchanged 2
            2 changed ags:01058053 7000 → 7100
            1 entries
            end_before_start The edition of 2025-01-15 is older than that of 2025-01-31, which was imported already; import editions in order
            withdrawn, it stands in no other's way
            1 withdrawn #6
            first false stood 2 unchanged 2
            2 changed ags:01058053 7000 → 7100
            1 entries
        "#]],
    );
}

/// A log whose editions were recorded before logs kept them.
#[test]
fn an_older_log_knows_its_editions_from_the_next_one_with_news_on() {
    let mut desk = empty();
    let rows = ["ags:01058053 Flintbek 7000 010585896053", "ags:01059101 Tastrup 400 010595919101"];
    let mut said = import_without_facts(&mut desk, &register("2024-12-31", &rows));
    said += "the same file again\n";
    said += &import(&mut desk, &register("2024-12-31", &rows), false);
    said += "a later one is none that always held\n";
    let grown = ["ags:01058053 Flintbek 7100 010585896053", rows[1], "ags:14522450 Ostrau 3500 145225123450"];
    said += &import(&mut desk, &register("2025-01-31", &grown), true);
    let other = ["ags:01058053 Flintbek 7050 010585896053", rows[1]];
    said += &import(&mut desk, &register("2024-12-31", &other), false);
    check(
        said,
        expect![[r#"
            first true stood 0 unchanged 0
            2 began ags:01058053 Flintbek
            3 began ags:01059101 Tastrup
            3 entries
            the same file again
            first true stood 2 unchanged 3
            0 entries
            a later one is none that always held
            first false stood 2 unchanged 2
            2 changed ags:01058053 7000 → 7100
            4 began ags:14522450 Ostrau
            3 entries
            end_before_start The edition of 2024-12-31 is older than that of 2025-01-31, which was imported already; import editions in order
        "#]],
    );
}

#[test]
fn what_was_recorded_by_hand_for_later_does_not_refuse_an_export() {
    let mut desk = empty();
    let keys: Vec<u64> = (1..=6).map(|number| 99_000_000_000_000 + number).collect();
    let listed: Vec<String> =
        keys.iter().map(|key| format!("service-listed service=leika:{key}; name=Antrag {key}")).collect();
    desk.say(&listed.iter().map(String::as_str).collect::<Vec<_>>());
    let rows: Vec<(u64, Stage)> = keys[..5].iter().map(|key| (*key, Stage::Launched)).collect();
    let mut said = import(&mut desk, &snapshot("2024-03-01", &rows), false);
    said += "by hand, for a later day\n";
    let by_hand = |kind: &str, key: u64| {
        format!("milestone-{kind} service=leika:{key}; place=BB; stage=launched; on=2024-06-10; reason=x")
    };
    said += &desk.say(&[&by_hand("reached", keys[5]), &by_hand("ended", keys[0])]);
    said += "the export of a day before knows better of both\n";
    let mut second = rows;
    second.remove(0);
    second.push((keys[5], Stage::Launched));
    said += &import(&mut desk, &snapshot("2024-04-01", &second), true);
    said += &import(&mut desk, &snapshot("2024-04-01", &second), true);
    said += &desk.ask("services_launched", "unit=leika&area=BB&every=change&basis=counted");
    said += "an older export than the one before is refused as ever\n";
    said += &import(&mut desk, &snapshot("2024-03-15", &second), true);
    check(
        said,
        expect![[r#"
            first true stood 0 unchanged 0
            5 entries
            by hand, for a later day
            1 recorded #12
            2 recorded #13
            the export of a day before knows better of both
            first false stood 5 unchanged 4
            6 began leika:99000000000006 BB launched
            remark leika:99000000000006 BB launched is in the export of 2024-04-01, but was reached only on 2024-06-10 by an entry; it is recorded as observed
            remark leika:99000000000001 BB launched is missing in the export of 2024-04-01, but ends only on 2024-06-10 by an entry; the entry stays
            1 entries
            first false stood 6 unchanged 5
            remark leika:99000000000001 BB launched is missing in the export of 2024-04-01, but ends only on 2024-06-10 by an entry; the entry stays
            0 entries
            2024-03-01 BB counted = 5 observed 2024-03-01 partial
            2024-04-01 BB counted = 6 observed 2024-04-01 partial
            2024-06-10 BB counted = 5 observed 2024-06-10 partial
            an older export than the one before is refused as ever
            end_before_start The edition of 2024-03-15 is older than that of 2024-04-01, which was imported already; import editions in order
        "#]],
    );
}

/// Imports an edition of more differences than a batch holds, as the writer does it; with `breaks_off` the first batch is
/// all that becomes durable. Tells how many entries were recorded.
fn import_in_batches(desk: &mut Desk, edition: &Edition, breaks_off: bool) -> usize {
    let today = berlin_day(desk.now_ms);
    let taking = Taking { office: desk.office, today, on: None, accept_jump: false, file: [7; 32] };
    let difference = edition.against(&desk.state, &taking).unwrap();
    let mut next = u128::from(desk.state.head().get()) << 64;
    let mut ids = || {
        next += 1;
        EventId::from_u128(next)
    };
    let request = request(desk.office, desk.now_ms);
    let events = desk.state.accept(&difference.drafts, &request, &mut ids).unwrap().events;
    let said_with = difference.said_with.unwrap();
    let (count, mut recorded) = (events.len().div_ceil(BATCH_ENTRIES_MAX), 0);
    for (number, batch) in
        (1..).zip(events.chunks(BATCH_ENTRIES_MAX)).take(if breaks_off { 1 } else { count })
    {
        desk.state.replay(desk.office, desk.now_ms, false, batch);
        desk.state.take_facts(&said_with.fact(number == count));
        recorded += batch.len();
    }
    recorded
}

/// Everything that a state knows of the catalogue, the registry and what is available.
fn known(desk: &Desk) -> String {
    let services = desk.state.services().map(|service| {
        let listings = desk.state.service(service).unwrap().listings;
        format!("{service} {:?}\n", listings.iter().map(|said| (said.on, &said.what)).collect::<Vec<_>>())
    });
    let authorities = desk.state.authorities().map(|authority| {
        let said = desk.state.authority(authority).unwrap().registrations;
        format!("{authority} {:?}\n", said.iter().map(|said| (said.on, &said.what)).collect::<Vec<_>>())
    });
    let mut known: Vec<String> = services.chain(authorities).collect();
    known.sort_unstable();
    known.concat() + &desk.ask("services_launched", "unit=leika&area=BB&every=change&basis=counted")
}

#[test]
fn what_breaks_off_between_two_batches_is_completed_by_the_same_file() {
    let keys: Vec<u64> = (1..=12_000).map(|number| 99_000_000_000_000 + number).collect();
    let services: Vec<String> = keys.iter().map(|key| format!("leika:{key}")).collect();
    let rows = |name: &'static str| -> Vec<(&str, &str, &[&str])> {
        services.iter().map(|service| (service.as_str(), name, &[] as &[&str])).collect()
    };
    let municipalities = |population: u32| {
        let row = |number: u32| format!("ags:01{number:06} Ort {population} 0100{number:08}");
        (1..=12_000).map(row).collect::<Vec<_>>()
    };
    let of_register =
        |on: &str, rows: Vec<String>| register(on, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    let available: Vec<(u64, Stage)> = keys.iter().map(|key| (*key, Stage::Launched)).collect();
    let dated = Edition { on: PartialDate::read("2025-01-01").ok(), ..catalogue(Unit::Leika, &rows("b")) };
    let editions = [
        catalogue(Unit::Leika, &rows("a")),
        dated,
        of_register("2023-12-31", municipalities(100)),
        of_register("2024-12-31", municipalities(200)),
        snapshot("2025-02-01", &available),
    ];
    let (mut whole, mut broken) = (empty(), empty());
    // Only the last batch of a first edition declares its catalogue or register complete.
    for (edition, declared) in editions.iter().zip([1, 0, 1, 0, 0]) {
        assert_eq!(import_in_batches(&mut whole, edition, false), 12_000 + declared);
        assert_eq!(import_in_batches(&mut broken, edition, true), BATCH_ENTRIES_MAX);
        assert_eq!(import_in_batches(&mut broken, edition, false), 2_000 + declared);
        assert_eq!(import_in_batches(&mut broken, edition, false), 0);
        assert!(known(&whole) == known(&broken), "{:?}", edition.covers);
    }
}
