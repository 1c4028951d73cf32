//! Rule 10: successors of dissolved authorities, and what they take over.

use super::{check, live};
use crate::desk::desk;
use crate::workload::request;
use expect_test::expect;
use ozg_core::event::{Body, Dissolution, Draft, Event, EventId};
use ozg_core::ledger::Request;
use ozg_core::words::{AuthorityId, PartialDate};

#[test]
fn rule_10_a_successor_holds_what_all_its_predecessors_held_if_it_inherits() {
    let mut desk = desk();
    desk.say(&["authority-listed authority=ags:08000003; name=Neustadt; on=2024-01-01; population=300"]);
    let at = |place: &str, stage: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage={stage}; on=2023-01-01")
    };
    desk.say(&[&at("ags:08000001", "live"), &at("ags:08000002", "live"), &at("ags:08000001", "connected")]);
    let dissolved = |id: &str, more: &str| {
        format!("authority-dissolved authority={id}; successors=ags:08000003; on=2024-01-01{more}")
    };
    let mut said = desk
        .say(&[&dissolved("ags:08000001", "; inherits=true"), &dissolved("ags:08000002", "; inherits=true")]);
    desk.declare_all();
    said += &desk.ask("reuses", "area=BW&stage=live,connected&every=change&basis=counted");
    // What was taken over may end, but not twice.
    let end = |on: &str| {
        format!("milestone-ended service=ozg:10001; place=ags:08000003; stage=live; reason=x; on={on}")
    };
    said += &desk.say(&[&end("2023-12-31")]);
    said += &desk.say(&[&end("2024-06-01")]);
    said += &desk.say(&[&end("2024-07-01")]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            1 recorded #13
            2 recorded #14
            2023-01-01 BW live counted = 2 observed 2023-01-01 partial
            2024-01-01 BW live counted = 1 observed 2024-01-01 partial
            2023-01-01 BW connected counted = 1 observed 2023-01-01 partial
            2024-01-01 BW connected counted = 0 observed 2024-01-01 partial
            1 refused on not_reached value=2023-12-31
            1 recorded #29
            1 refused on not_reached value=2024-07-01 standing=[#29 2024-06-01]
            2023-01-01 BW live counted = 2 observed 2023-01-01 partial
            2024-01-01 BW live counted = 1 observed 2024-01-01 partial
            2024-06-01 BW live counted = 0 observed 2024-06-01 partial
        "#]],
    );
}

#[test]
fn rule_10_a_successor_holds_nothing_by_itself() {
    let mut desk = desk();
    desk.say(&[
        &live("2023-01-01"),
        "authority-dissolved authority=ags:08000001; successors=ags:08000002; on=2024-01-01",
    ]);
    let mut said = desk.ask("reuses", "area=BW&every=change&basis=counted");
    let at =
        |on: &str| format!("milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on={on}");
    said += &desk.say(&[&at("2024-02-01")]);
    // A predecessor that hands nothing down is no reason to reach a stage twice.
    said += &desk.say(&[&at("2024-03-01")]);
    check(
        said,
        expect![[r#"
            2023-01-01 BW live counted = 1 observed 2023-01-01 partial
            2024-01-01 BW live counted = 0 observed 2024-01-01 partial
            1 recorded #11
            1 refused on already_reached value=2024-03-01 hint=(replaces: standing) standing=[#11 2024-02-01]
        "#]],
    );
}

#[test]
fn rule_10_a_predecessor_that_is_withdrawn_leaves_what_the_others_hand_down() {
    let mut desk = desk();
    desk.say(&["authority-listed authority=ags:08000003; name=Neustadt; population=300"]);
    let dissolved = |id: &str| {
        format!("authority-dissolved authority={id}; successors=ags:08000003; inherits=true; on=2024-01-01")
    };
    desk.say(&[&live("2023-01-01"), &dissolved("ags:08000001"), &dissolved("ags:08000002")]);
    let mut said = desk.ask("reuses", "area=BW&on=2024-01-01&basis=counted");
    // The second held nothing and was never dissolved: nothing was ever said of the service there.
    said += &desk.say(&["entry-withdrawn entry=#11; reason=besteht fort"]);
    said += &desk.ask("reuses", "area=BW&on=2024-01-01&basis=counted");
    check(
        said,
        expect![[r#"
            2024-01-01 BW live counted = 0 observed 2024-01-01 partial
            1 withdrawn #13
            2024-01-01 BW live counted = 1 observed 2023-01-01 partial
        "#]],
    );
}

#[test]
fn rule_10_an_end_of_what_was_taken_over_keeps_what_it_rests_on() {
    let mut desk = desk();
    desk.say(&[&live("2023-01-01")]);
    desk.say(&[
        "authority-dissolved authority=ags:08000001; successors=ags:08000002; inherits=true; on=2024-01-01",
    ]);
    desk.say(&["milestone-ended service=ozg:10001; place=ags:08000002; stage=live; reason=x; on=2024-06-01"]);
    let mut said = desk.say(&["entry-withdrawn entry=#10; reason=besteht fort"]);
    said += &desk.say(&["entry-withdrawn entry=#9; reason=nie gewesen"]);
    said += &desk.say(&["authority-dissolved authority=ags:08000001; successors=ags:08000002; inherits=true; on=2025-01-01; replaces=#10"]);
    said += &desk.say(&["entry-withdrawn entry=#11; reason=x", "entry-withdrawn entry=#10; reason=x"]);
    check(
        said,
        expect![[r#"
            1 refused on not_reached value=2024-06-01 standing=[#11 2024-06-01]
            1 refused on not_reached value=2024-06-01 standing=[#11 2024-06-01]
            1 refused on not_reached value=2024-06-01 standing=[#11 2024-06-01]
            1 withdrawn #13
            2 withdrawn #12
        "#]],
    );
}

fn dissolved(authority: &str, successor: &str, on: &str) -> String {
    format!(
        "authority-dissolved authority=ags:0800000{authority}; successors=ags:0800000{successor}; on={on}"
    )
}

#[test]
fn rule_10_nobody_succeeds_itself_by_whatever_way() {
    let third = "authority-listed authority=ags:08000003; name=Calw";
    let mut desk = desk();
    desk.say(&[third, &dissolved("1", "2", "2020-01-01")]);
    let mut said = desk.say(&[&dissolved("2", "1", "2021-01-01")]);
    // Whichever is dissolved first.
    said += &desk.say(&[&dissolved("2", "1", "2019-01-01")]);
    said += &desk.say(&[&dissolved("2", "3", "2021-01-01")]);
    said += &desk.say(&[&dissolved("3", "1", "2022-01-01")]);
    said += "what came into being anew may take over\n";
    said += &desk.say(&[
        "authority-listed authority=ags:08000001; name=Aach; on=2022-01-01",
        &dissolved("3", "1", "2022-01-01"),
    ]);
    said += "in one batch, in any order\n";
    let (there, back) = (dissolved("1", "2", "2020-01-01"), dissolved("2", "1", "2020-01-01"));
    said += &crate::desk::desk().say(&[&there, &back]);
    said += &crate::desk::desk().say(&[&back, &there]);
    check(
        said,
        expect![[r#"
        1 refused successors already_said value=ags:08000001 standing=[#10 2020-01-01]
        1 refused successors already_said value=ags:08000001 standing=[#10 2020-01-01]
        1 recorded #11
        1 refused successors already_said value=ags:08000001 standing=[#11 2021-01-01]
        what came into being anew may take over
        1 recorded #12
        2 recorded #13
        in one batch, in any order
        2 refused successors contradiction value=ags:08000001 standing=[same batch 2020-01-01]
        2 refused successors contradiction value=ags:08000002 standing=[same batch 2020-01-01]
    "#]],
    );
}

#[test]
fn rule_10_an_authority_is_dissolved_once_until_it_is_registered_anew() {
    let mut desk = desk();
    desk.say(&["authority-listed authority=ags:08000003; name=Calw", &dissolved("1", "2", "2020-01-01")]);
    let mut said = desk.say(&[&dissolved("1", "2", "2020-01-01")]);
    said += &desk.say(&[&dissolved("1", "3", "2020-01-01")]);
    said += &desk.say(&[&dissolved("1", "3", "2021-01-01")]);
    said += &desk.say(&[&dissolved("1", "2", "2019-01-01")]);
    said += &desk.say(&[&(dissolved("1", "3", "2021-01-01") + "; replaces=standing")]);
    said += &desk.say(&[
        "authority-listed authority=ags:08000001; name=Aach; on=2022-01-01",
        &dissolved("1", "3", "2023-01-01"),
    ]);
    said += &desk.say(&[&dissolved("2", "3", "2020-01-01"), &dissolved("2", "3", "2021-01-01")]);
    check(
        said,
        expect![[r#"
            1 unchanged #10
            1 refused on already_said hint=(replaces: standing) standing=[#10 2020-01-01]
            1 refused on already_said value=2021-01-01 hint=(replaces: standing) standing=[#10 2020-01-01]
            1 refused on already_said value=2019-01-01 hint=(replaces: standing) standing=[#10 2020-01-01]
            1 corrected #11
            1 recorded #12
            2 recorded #13
            2 refused on contradiction value=2021-01-01 standing=[same batch 2020-01-01]
        "#]],
    );
}

#[test]
fn rule_10_a_circle_that_stands_in_an_old_log_is_folded_all_the_same() {
    let mut desk = desk();
    desk.say(&[&live("2019-01-01")]);
    // When they were recorded, nobody looked for circles.
    let turns = [("1", "2", "2020-01-01"), ("2", "1", "2021-01-01"), ("1", "2", "2022-01-01")];
    let events = turns.map(|(from, to, on)| Event {
        id: EventId::from_u128(on.bytes().map(u128::from).sum()),
        body: Body::AuthorityDissolved(Dissolution {
            authority: AuthorityId::read(&format!("ags:0800000{from}")).unwrap(),
            successors: vec![AuthorityId::read(&format!("ags:0800000{to}")).unwrap()],
            inherits: true,
            on: PartialDate::read(on).unwrap(),
        }),
        source: None,
        note: None,
        reason: None,
        replaces: None,
    });
    // Nor does a dump meet rules that its log did not know.
    let drafts: Vec<Draft> = events.iter().cloned().map(Event::into_draft).collect();
    let loading = Request { was_accepted: true, ..request("alpha", desk.now_ms) };
    let loaded = desk.state.accept(&drafts, &loading, &mut || EventId::from_u128(1)).unwrap();
    assert_eq!(loaded.events, events);
    desk.state.replay("alpha", desk.now_ms, false, &events);
    let mut said = desk.ask("reuses", "area=BW&every=change&basis=counted");
    said += &desk.ask("reuses", "area=BW&on=2025-01-01&territory=2019-01-01&basis=counted");
    // What else is said there is taken; what would add to the circle is not; what mends it is.
    said += &desk.say(&["authority-changed authority=ags:08000001; population=101; on=2019-06-01"]);
    said += &desk.say(&[&dissolved("2", "1", "2023-01-01")]);
    said += &desk.say(&["entry-withdrawn entry=#12; reason=x", "entry-withdrawn entry=#11; reason=x"]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            2019-01-01 BW live counted = 1 observed 2019-01-01 partial
            2021-01-01 BW live counted = 0 observed 2021-01-01 partial
            2025-01-01 BW live scope:territory=2019-01-01 counted = 0 observed 2021-01-01 partial
            1 recorded #13
            1 refused on already_said value=2023-01-01 hint=(replaces: standing) standing=[#11 2021-01-01]
            1 refused successors already_said value=ags:08000001 standing=[#12 2022-01-01]
            1 withdrawn #14
            2 withdrawn #15
            2019-01-01 BW live counted = 1 observed 2019-01-01 partial
        "#]],
    );
}
