//! Rules 10, 23 and 25: what is refused, and what becomes of conflicts.

use super::{CLAIM, check, ended, live};
use crate::desk::desk;
use expect_test::expect;
use ozg_core::ledger::OnConflict;

#[test]
fn rule_25_on_conflict_replaces_or_skips() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01"), &format!("{CLAIM}; value=5; source=a")]);
    let again = [live("2024-04-01"), format!("{CLAIM}; value=6; source=a"), ended("2025-01-01")];
    let again: Vec<&str> = again.iter().map(String::as_str).collect();
    desk.on_conflict = OnConflict::Skip;
    let mut said = desk.say(&again);
    desk.on_conflict = OnConflict::Replace;
    said += "replace\n";
    said += &desk.say(&again);
    said +=
        &desk.say(&[&live("2024-05-01"), "milestone-reached service=ozg:1; place=BW; stage=live; on=2024"]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            1 skipped
            2 skipped
            3 recorded #11
            replace
            1 corrected #12
            2 corrected #13
            3 unchanged #11
            2 refused service bad_key value=ozg:1
            2024-04-01 BW live counted = 1 observed 2024-04-01 partial
            2025-01-01 BW live counted = 0 observed 2025-01-01 partial
        "#]],
    );
}

#[test]
fn rule_23_refusals_each_with_its_code_and_nothing_recorded() {
    let mut desk = desk();
    let statements = [
        "milestone-reached service=ozg:99999; place=BW; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=ags:08999999; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=ags:1003000; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=1003000; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=Bayrn; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=BW; stage=lief; on=2024",
        "milestone-reached service=ozg:101; place=BW; stage=live; on=2024",
        "milestone-reached service=ozg:10001; place=BW; stage=live; on=2026",
        "milestone-reached service=ozg:10001; place=BW; stage=live; on=31.02.2024",
        "milestone-reached service=ozg:10001; place=BW; stage=live",
        "milestone-reached service=ozg:10001; place=BW; stage=live; on=2024; on=2025",
        "milestone-reached service=ozg:10001; place=BW; stage=live; on=2024; datum=2025",
        "milestone-ended service=ozg:10001; place=BW; stage=live; on=2024",
        "milestone-raeched service=ozg:10001",
        "service-listed service=ozg:10004; name=x; topics=bauen",
        "figure-reported measure=services_roledout; place=DE; value=1; on=2024",
        "milestone-planned service=ozg:10001; place=BW; stage=live; due=2023; on=2024",
        "figure-reported measure=services_launched; place=DE; value=1; on=2024; source=a; published=2027",
    ];
    let mut said = String::new();
    statements.iter().for_each(|statement| said += &desk.say(&[statement]));
    assert_eq!(desk.state.head().get(), 8);
    check(
        said,
        expect![[r#"
        1 refused service unknown_service value=ozg:99999
        1 refused place unknown_place value=ags:08999999
        1 refused place lost_leading_zero value=ags:1003000 hint=(ags:01003000)
        1 refused place lost_leading_zero value=1003000 hint=(ags:01003000)
        1 refused place unknown_place value=Bayrn hint=(BY)
        1 refused stage unknown_stage value=lief
        1 refused service bad_key value=ozg:101
        1 refused on future_date value=2026
        1 refused on bad_date value=31.02.2024
        1 refused on missing_field
        1 refused on duplicate_field
        1 refused datum unknown_field
        1 refused reason missing_field
        1 refused type unknown_type value=milestone-raeched hint=(milestone-reached)
        1 refused topics unknown_topic value=bauen hint=(bauen_wohnen)
        1 refused measure unknown_measure value=services_roledout hint=(services_rolled_out)
        1 refused due end_before_start
        1 refused published future_date value=2027
    "#]],
    );
}

#[test]
fn rule_10_the_kind_is_that_of_the_day_and_what_holds_can_always_end() {
    let mut desk = desk();
    let at = |what: &str, place: &str, on: &str| {
        format!("milestone-{what} service=ozg:10001; place={place}; stage=live; on={on}; reason=moved")
    };
    desk.say(&[&at("reached", "ags:08000001", "2019-01-01")]);
    desk.say(&[
        "service-listed service=ozg:10001; name=Wohngeld; executed_by=auslaenderbehoerde; on=2020-01-01",
    ]);
    let mut said =
        desk.say(&[&at("reached", "ags:08000002", "2020-02-01"), &at("observed", "abh:08001", "2019-12-31")]);
    said += &desk.say(&[&at("ended", "ags:08000001", "2021-01-01")]);
    said += "any kind\n";
    said += &desk.say(&["service-listed service=ozg:10001; name=Wohngeld; on=2024-01-01"]);
    said +=
        &desk.say(&[&at("reached", "abh:08001", "2024-06-01"), &at("reached", "ags:08000002", "2024-06-01")]);
    said += "for its own batch\n";
    said += &desk.say(&[
        "service-listed service=ozg:10001; name=Wohngeld; executed_by=kreis; on=2024-01-01; replaces=standing",
        &at("reached", "ags:08000001", "2024-07-01"),
    ]);
    said += &desk.say(&["service-listed service=leika:99000000000002; name=x; parents=ozg:19999"]);
    check(
        said,
        expect![[r#"
        1 refused place kind_does_not_execute value=ags:08000002
        2 refused place kind_does_not_execute value=abh:08001
        1 recorded #11
        any kind
        1 recorded #12
        1 recorded #13
        2 recorded #14
        for its own batch
        2 refused place kind_does_not_execute value=ags:08000001
        1 refused parents unknown_service value=ozg:19999
    "#]],
    );
}

#[test]
fn rule_10_where_an_authority_does_not_exist_successors_or_predecessors_are_named() {
    let mut desk = desk();
    desk.say(&[
        "authority-listed authority=ags:08000003; name=Neustadt; on=2024-01-01",
        "authority-dissolved authority=ags:08000001; successors=ags:08000003; on=2024-01-01",
        "authority-dissolved authority=ags:08000002; on=2024-01-01",
    ]);
    let at = |what: &str, place: &str, on: &str| {
        format!("milestone-{what} service=ozg:10001; place={place}; stage=live; {on}; reason=x")
    };
    let mut said = desk.say(&[
        &at("reached", "ags:08000001", "on=2024-06-01"),
        &at("observed", "ags:08000001", "on=2023-12-31"),
        &at("reached", "ags:08000003", "on=2023-12-31"),
        &at("planned", "ags:08000001", "due=2026-12-31").replace("; reason=x", ""),
        &at("reached", "ags:08000002", "on=2024-01-01"),
    ]);
    // What an authority held when it went may end afterwards.
    said += &desk.say(&[&at("reached", "ags:08000001", "on=2023-06-01")]);
    said += &desk.say(&[&at("ended", "ags:08000001", "on=2024-06-01")]);
    check(
        said,
        expect![[r#"
        1 refused place unknown_place value=ags:08000001 hint=(ags:08000003)
        3 refused place unknown_place value=ags:08000003 hint=(ags:08000001)
        4 refused place unknown_place value=ags:08000001 hint=(ags:08000003)
        5 refused place unknown_place value=ags:08000002
        1 recorded #12
        1 recorded #13
    "#]],
    );
}
