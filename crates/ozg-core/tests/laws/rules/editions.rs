//! Editions: what a file that describes everything on one day says beyond what stands.

use super::check;
use crate::desk::{Desk, empty};
use crate::workload::request;
use expect_test::expect;
use ozg_core::edition::{Covers, Edition, EditionRow, Stated, Taking};
use ozg_core::event::{EventId, Form, Listing, Milestone, Registration, Where};
use ozg_core::time::berlin_day;
use ozg_core::words::{
    Area, AreaSet, AuthorityId, AuthorityKind, KindSet, PartialDate, Place, ServiceId, Source, Stage, Text,
    TopicSet, Unit,
};

fn edition(covers: Covers, on: Option<&str>, states: Vec<Stated>) -> Edition {
    let row = |(line, states)| EditionRow { at: Where { line, form: Form::None }, states };
    Edition {
        input: "gv100ad",
        covers,
        on: on.map(|on| PartialDate::read(on).unwrap()),
        source: Some(Source { name: Text::read("Amt").unwrap(), url: None, published: None }),
        rows: (2..).zip(states).map(row).collect(),
    }
}

/// A register: `ags:01058053 Flintbek 7000 010585896053`.
pub(super) fn register(on: &str, rows: &[&str]) -> Edition {
    let kinds: KindSet = [AuthorityKind::Gemeinde].into_iter().collect();
    let states = rows.iter().map(|row| {
        let parts: Vec<&str> = row.split(' ').collect();
        let registration = Registration {
            name: Text::read(parts[1]).unwrap(),
            ars: Text::read(parts[3]).ok(),
            population: parts[2].parse().ok(),
        };
        Stated::Authority(AuthorityId::read(parts[0]).unwrap(), registration)
    });
    edition(Covers::Authorities(kinds), Some(on), states.collect())
}

/// A catalogue: `ozg:10001 Wohngeld` with topics and parents behind.
pub(super) fn catalogue(unit: Unit, rows: &[(&str, &str, &[&str])]) -> Edition {
    let states = rows.iter().map(|(service, name, parents)| {
        let listing = Listing {
            name: Text::read(name).unwrap(),
            topics: TopicSet::default(),
            parents: parents.iter().map(|parent| ServiceId::read(parent).unwrap()).collect(),
            executed_by: KindSet::default(),
            lead: None,
        };
        Stated::Service(ServiceId::read(service).unwrap(), listing)
    });
    edition(Covers::Services(unit), None, states.collect())
}

/// A snapshot of Brandenburg: `99000000000001 launched`.
pub(super) fn snapshot(on: &str, rows: &[(u64, Stage)]) -> Edition {
    let areas: AreaSet = [Area::BB].into_iter().collect();
    let states = rows.iter().map(|(key, stage)| {
        let service = ServiceId::read(&format!("leika:{key}")).unwrap();
        Stated::Holds(Milestone { service, place: Place::Area(Area::BB), stage: *stage })
    });
    edition(Covers::Availability(areas), Some(on), states.collect())
}

/// Imports an edition, and tells what is shown and what becomes of it.
pub(super) fn import(desk: &mut Desk, edition: &Edition, accept_jump: bool) -> String {
    import_as(desk, edition, accept_jump, true)
}

/// Imports an edition as trackers did that recorded nothing of it but what follows from it.
pub(super) fn import_without_facts(desk: &mut Desk, edition: &Edition) -> String {
    import_as(desk, edition, false, false)
}

fn import_as(desk: &mut Desk, edition: &Edition, accept_jump: bool, with_facts: bool) -> String {
    let today = berlin_day(desk.now_ms);
    let taking = Taking { office: desk.office, today, on: None, accept_jump, file: [7; 32] };
    let difference = match edition.against(&desk.state, &taking) {
        Ok(difference) => difference,
        Err(mistakes) => return format!("{} {}\n", mistakes[0].code.as_str(), mistakes[0].message.en),
    };
    let mut said = format!(
        "first {} stood {} unchanged {}\n",
        difference.is_first, difference.stood, difference.unchanged
    );
    for change in &difference.changes {
        let line = format!("{} {} {} {}", change.line, change.turn.id(), change.thing, change.detail);
        said += &format!("{}\n", line.trim_end());
    }
    difference.remarks.iter().for_each(|remark| said += &format!("remark {}\n", remark.message.en));
    let request = request(desk.office, desk.now_ms);
    let mut next = u128::from(desk.state.head().get()) + 0x9000;
    let mut ids = || {
        next += 1;
        EventId::from_u128(next)
    };
    let accepted = desk.state.accept(&difference.drafts, &request, &mut ids).unwrap();
    said += &format!("{} entries\n", accepted.events.len());
    if !accepted.is_empty() {
        desk.state = accepted.into_state(&request, desk.now_ms, false);
        if with_facts {
            desk.state.take_facts(&difference.said_with.unwrap().fact(true));
        }
    }
    said
}

#[test]
fn a_register_holds_from_ever_and_the_next_one_says_what_changed() {
    let mut desk = empty();
    let first = [
        "ags:01058053 Flintbek 7000 010585830053",
        "ags:03153006 Hahausen 700 031535401006",
        "ags:03153007 Langelsheim 11000 031530007007",
        "ags:16065023 Greußen 3600 160655002023",
        "ags:01059101 Tastrup 400 010595919101",
        "ags:14522450 Ostrau 3500 145225123450",
        "ags:14522620 Zschaitz-Ottewig 1200 145225123620",
    ];
    let mut said = import(&mut desk, &register("2020-12-31", &first), false);
    said += "the same file again\n";
    said += &import(&mut desk, &register("2020-12-31", &first), false);
    said += "a year later\n";
    let mut second = first;
    second[0] = "ags:01058053 Flintbek 7100 010585896053";
    second[3] = "ags:16065023 Greußen-Stadt 3600 160655002023";
    second[1] = "ags:03153019 Langelsheim 14000 031530019019";
    said += &import(&mut desk, &register("2021-12-31", &second), false);
    said += "an older one, a future one, a broken one\n";
    said += &import(&mut desk, &register("2019-12-31", &first), false);
    said += &import(&mut desk, &register("2030-12-31", &first), false);
    said += &import(&mut desk, &register("2022-12-31", &second[..3]), false);
    said += "who takes over is told by somebody else\n";
    said +=
        &desk.say(&["authority-dissolved authority=ags:03153006; successors=ags:03153019; on=2021-11-01"]);
    said += &import(&mut desk, &register("2022-12-31", &second), false);
    said += &desk.say(&["service-listed service=ozg:10001; name=Wohngeld; executed_by=gemeinde"]);
    said += &desk.say(&["milestone-reached service=ozg:10001; place=NI; stage=live; on=2019-01-01"]);
    said += &desk.ask("reuses_possible", "area=NI&from=2019-12-31&to=2022-12-31&every=year&basis=counted");
    check(
        said,
        expect![[r#"
            first true stood 0 unchanged 0
            2 began ags:01058053 Flintbek
            3 began ags:03153006 Hahausen
            4 began ags:03153007 Langelsheim
            5 began ags:16065023 Greußen
            6 began ags:01059101 Tastrup
            7 began ags:14522450 Ostrau
            8 began ags:14522620 Zschaitz-Ottewig
            11 entries
            the same file again
            first true stood 7 unchanged 11
            0 entries
            a year later
            first false stood 7 unchanged 8
            2 changed ags:01058053 010585830053 → 010585896053; 7000 → 7100
            3 began ags:03153019 Langelsheim
            5 changed ags:16065023 Greußen → Greußen-Stadt
            0 ended ags:03153006 Hahausen
            remark Hahausen (ags:03153006) is no longer in the edition of 2021-12-31. It does not say who takes over: dissolve it with a sheet of successors (predecessor,successor,on,kind)
            3 entries
            an older one, a future one, a broken one
            first false stood 7 unchanged 7
            4 entries
            future_date The edition of 2030-12-31 lies in the future (today is 2025-06-20)
            jump Of 8, 5 would end and 0 would be added, more than 20 %: that is nearly always a broken or incomplete file. If it is right, repeat with --accept-jump (accept_jump=true)
            who takes over is told by somebody else
            1 recorded #19
            first false stood 7 unchanged 11
            0 entries
            1 recorded #20
            1 recorded #21
            2019-12-31 NI counted = 2
            2020-12-31 NI counted = 2
            2021-12-31 NI counted = 2 observed 2021-12-31
            2022-12-31 NI counted = 2 observed 2021-12-31
        "#]],
    );
}

#[test]
fn a_catalogue_lists_and_delists_what_its_office_said() {
    let mut desk = empty();
    let mut said = desk.say(&[
        "service-listed service=ozg:10009; name=Eigene; executed_by=kreis",
        "service-listed service=ozg:10001; name=Wohngeld; topics=bauen_wohnen; executed_by=gemeinde",
    ]);
    desk.office("bund");
    let rows: [(&str, &str, &[&str]); 6] = [
        ("ozg:10001", "Wohngeld", &[]),
        ("ozg:10002", "Ehe", &[]),
        ("ozg:10003", "Geburt", &[]),
        ("ozg:10004", "Umzug", &[]),
        ("ozg:10005", "Pass", &[]),
        ("ozg:10006", "Führerschein", &[]),
    ];
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows), false);
    said += "again, then without one, which is a jump\n";
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows), false);
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows[..4]), false);
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows[..5]), false);
    said += "a LeiKa-Leistung has the topics of its parents\n";
    said += &import(
        &mut desk,
        &catalogue(Unit::Leika, &[("leika:99000000000001", "Antrag", &["ozg:10001"])]),
        false,
    );
    desk.say(&["milestone-reached service=ozg:10002; place=DE; stage=launched; on=2020-01-01"]);
    said += &desk.ask("services_listed", "unit=leika&topic=bauen_wohnen&area=DE&on=2025-06-01&basis=counted");
    check(
        said,
        expect![[r#"
            1 recorded #1
            2 recorded #2
            first true stood 0 unchanged 1
            3 began ozg:10002 Ehe
            4 began ozg:10003 Geburt
            5 began ozg:10004 Umzug
            6 began ozg:10005 Pass
            7 began ozg:10006 Führerschein
            6 entries
            again, then without one, which is a jump
            first false stood 5 unchanged 7
            0 entries
            jump Of 5, 2 would end and 0 would be added, more than 20 %: that is nearly always a broken or incomplete file. If it is right, repeat with --accept-jump (accept_jump=true)
            first false stood 5 unchanged 6
            0 ended ozg:10006 Führerschein
            1 entries
            a LeiKa-Leistung has the topics of its parents
            first true stood 0 unchanged 0
            2 began leika:99000000000001 Antrag
            2 entries
            2025-06-01 DE bauen_wohnen counted = 1
        "#]],
    );
}

#[test]
fn two_snapshots_differ_by_milestones_and_the_first_names_no_day_of_going_live() {
    let mut desk = empty();
    let keys: Vec<u64> = (1..=7).map(|number| 99_000_000_000_000 + number).collect();
    let listed: Vec<String> =
        keys.iter().map(|key| format!("service-listed service=leika:{key}; name=Antrag {key}")).collect();
    desk.say(&listed.iter().map(String::as_str).collect::<Vec<_>>());
    let rows: Vec<(u64, Stage)> = keys[..6].iter().map(|key| (*key, Stage::Launched)).collect();
    let mut said = import(&mut desk, &snapshot("2024-03-01", &rows), false);
    said += &import(&mut desk, &snapshot("2024-03-01", &rows), false);
    said += "a month later one became available and one disappeared\n";
    let mut second = rows;
    second.remove(0);
    second.push((keys[6], Stage::Launched));
    said += &import(&mut desk, &snapshot("2024-04-01", &second), false);
    said += "what the office itself said of another Land stays\n";
    said += &desk.say(&[&format!(
        "milestone-reached service=leika:{}; place=BE; stage=launched; on=2020-01-01",
        keys[0]
    )]);
    said += "half of it gone: refused, unless it is right\n";
    said += &import(&mut desk, &snapshot("2024-05-01", &second[..3]), false);
    said += &import(&mut desk, &snapshot("2024-05-01", &second[..3]), true);
    said += &desk.ask("services_launched", "unit=leika&area=BB&every=change&basis=counted");
    said += &desk.ask("reporting_lag_days", "unit=leika&area=BB&on=2024-03-31&basis=counted");
    said += "left out of the count, and back again\n";
    let service = ServiceId::read(&format!("leika:{}", keys[1])).unwrap();
    let mut third = snapshot("2024-06-01", &second[1..3]);
    third
        .rows
        .push(EditionRow { at: Where { line: 9, form: Form::None }, states: Stated::NotCounted(service) });
    said += &import(&mut desk, &third, true);
    said += &desk.ask("services_listed", "unit=leika&area=BB&on=2024-06-01&basis=counted");
    said += &import(&mut desk, &snapshot("2024-07-01", &second[..3]), true);
    said += &desk.ask("services_listed", "unit=leika&area=BB&on=2024-07-01&basis=counted");
    check(
        said,
        expect![[r#"
            first true stood 0 unchanged 0
            6 entries
            first true stood 0 unchanged 6
            0 entries
            a month later one became available and one disappeared
            first false stood 6 unchanged 5
            7 began leika:99000000000007 BB launched
            0 ended leika:99000000000001 BB launched
            2 entries
            what the office itself said of another Land stays
            1 recorded #16
            half of it gone: refused, unless it is right
            jump Of 6, 3 would end and 0 would be added, more than 20 %: that is nearly always a broken or incomplete file. If it is right, repeat with --accept-jump (accept_jump=true)
            first false stood 6 unchanged 3
            0 ended leika:99000000000005 BB launched
            0 ended leika:99000000000006 BB launched
            0 ended leika:99000000000007 BB launched
            3 entries
            2024-03-01 BB counted = 6 observed 2024-03-01 partial
            2024-05-01 BB counted = 3 observed 2024-05-01 partial
            left out of the count, and back again
            first false stood 3 unchanged 2
            9 ended leika:99000000000002 nicht berücksichtigt / not considered
            0 ended leika:99000000000002 BB launched
            2 entries
            2024-06-01 BB counted = 6 observed 2024-06-01 partial
            first false stood 2 unchanged 2
            2 began leika:99000000000002 Antrag 99000000000002
            2 began leika:99000000000002 BB launched
            2 entries
            2024-07-01 BB counted = 7 observed 2024-07-01 partial
        "#]],
    );
}

#[test]
fn a_catalogue_behind_services_listed_by_hand_says_what_becomes_of_them() {
    let mut desk = empty();
    let by_hand =
        ["service-listed service=ozg:10001; name=Wohngeld", "service-listed service=ozg:10009; name=Alt"];
    desk.say(&by_hand);
    let rows = [("ozg:10001", "Wohngeld", &[] as &[&str]), ("ozg:10002", "Ehe", &[])];
    let mut said = import(&mut desk, &catalogue(Unit::Ozg, &rows), false);
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows), true);
    said += "withdrawn first, the catalogue is the first\n";
    let mut desk = empty();
    desk.say(&by_hand);
    desk.say(&["entry-withdrawn entry=#1; reason=x", "entry-withdrawn entry=#2; reason=x"]);
    said += &import(&mut desk, &catalogue(Unit::Ozg, &rows), false);
    check(
        said,
        expect![[r#"
            jump Of 2, 1 would end and 1 would be added, more than 20 %: that is nearly always a broken or incomplete file. If it is right, repeat with --accept-jump (accept_jump=true). If the office listed the 2 services by hand before its first catalogue, this catalogue counts as a later one: services that it describes differently change on 2025-06-20, services that it lacks end then, and new services hold only from then on. If it shall have always held, first withdraw your own entries (entry-withdrawn). Otherwise name with --on the day from which it holds
            first false stood 2 unchanged 1
            3 began ozg:10002 Ehe
            0 ended ozg:10009 Alt
            remark If the office listed the 2 services by hand before its first catalogue, this catalogue counts as a later one: services that it describes differently change on 2025-06-20, services that it lacks end then, and new services hold only from then on. If it shall have always held, first withdraw your own entries (entry-withdrawn). Otherwise name with --on the day from which it holds
            3 entries
            withdrawn first, the catalogue is the first
            first true stood 0 unchanged 0
            2 began ozg:10001 Wohngeld
            3 began ozg:10002 Ehe
            3 entries
        "#]],
    );
}
