//! Rules 10 and 11: catalogue, registry, maturity.

use super::{LIVE, check, live};
use crate::desk::desk;
use expect_test::expect;

#[test]
fn rule_10_a_listing_describes_until_the_next_one_and_equal_content_is_no_news() {
    let mut desk = desk();
    desk.say(&["milestone-reached service=ozg:10002; place=BW; stage=launched; on=2020-01-01"]);
    let ehe = "service-listed service=ozg:10002; name=Ehe";
    let mut said = desk.say(&[&format!("{ehe}; on=2024-01-01")]);
    // All in one batch and in any order: moved to a topic, off the list, and back as it was.
    said += &desk.say(&[
        &format!("{ehe}; on=2025-01-01"),
        "service-delisted service=ozg:10002; on=2024-01-01",
        &format!("{ehe}; topics=familie_kind; on=2023-01-01"),
    ]);
    desk.declare_all();
    said += &desk.ask(
        "services_launched",
        "area=BW&topic=all,familie_kind,ohne_themenfeld&every=change&basis=counted",
    );
    // A correction of the day alone is news.
    said += &desk.say(&[&format!("{ehe}; on=2025-02-01; replaces=#12")]);
    said += &desk.say(&[&format!("{ehe}; topics=bildung; on=2025-02-01")]);
    check(
        said,
        expect![[r#"
            1 unchanged #2
            1 recorded #12
            2 recorded #11
            3 recorded #10
            2020-01-01 BW counted = 1 of 2 share 0.5 observed 2020-01-01
            2024-01-01 BW counted = 0 of 1 share 0 observed 2024-01-01
            2025-01-01 BW counted = 1 of 2 share 0.5 observed 2025-01-01
            2020-01-01 BW familie_kind counted = 0 of 0
            2023-01-01 BW familie_kind counted = 1 of 1 share 1 observed 2023-01-01
            2024-01-01 BW familie_kind counted = 0 of 0 observed 2024-01-01
            2020-01-01 BW ohne_themenfeld counted = 1 of 1 share 1 observed 2020-01-01
            2023-01-01 BW ohne_themenfeld counted = 0 of 0 observed 2023-01-01
            2025-01-01 BW ohne_themenfeld counted = 1 of 1 share 1 observed 2025-01-01
            1 corrected #27
            1 refused on already_said hint=(replaces: standing) standing=[#27 2025-02-01]
        "#]],
    );
}

#[test]
fn rule_10_an_authority_of_another_kind_is_refused_with_its_sister() {
    let mut desk = desk();
    desk.say(&[
        "service-listed service=ozg:10003; name=Aufenthalt; executed_by=auslaenderbehoerde",
        "authority-listed authority=kreis:08001; name=Kreis Aach",
    ]);
    let at = |place: &str| {
        format!("milestone-reached service=ozg:10003; place={place}; stage=live; on=2024-01-01")
    };
    let mut said = desk.say(&[&at("kreis:08001"), &at("ags:01000001"), &at("abh:08001"), &at("BW")]);
    said += &desk.say(&["milestone-reached service=ozg:10002; place=kreis:08001; stage=live; on=2024-01-01"]);
    said += &desk.ask("reuses", "service=ozg:10002&area=BW&on=2024-01-01&basis=counted");
    check(
        said,
        expect![[r#"
            1 refused place kind_does_not_execute value=kreis:08001 hint=(abh:08001)
            2 refused place kind_does_not_execute value=ags:01000001
            1 recorded #11
            2024-01-01 BW ozg:10002 live counted = 1 observed 2024-01-01 partial
        "#]],
    );
}

#[test]
fn rule_10_refusals_of_catalogue_and_registry() {
    let mut desk = desk();
    let mut said = desk.say(&["service-listed service=ozg:10009; name=a; parents=leika:99000000000001"]);
    said += &desk.say(&[
        "service-listed service=ozg:10009; name=a; on=2024",
        "service-listed service=ozg:10009; name=b; on=2024",
    ]);
    said += &desk.say(&["service-listed service=ozg:10001; name=Wohnen"]);
    said += &desk.say(&["service-delisted service=ozg:10009; on=2024-01-01"]);
    said += &desk.say(&["authority-listed authority=ags:08000009; name=a; kind=kreis; area=BY"]);
    said += &desk.say(&["authority-changed authority=ags:08000009; population=1; on=2024-01-01"]);
    said += &desk.say(&[
        "authority-dissolved authority=ags:08000001; successors=ags:08000001,ags:08000009; on=2024-01-01",
    ]);
    said +=
        &desk.say(&["authority-dissolved authority=ags:08000001; successors=ags:08000009; on=2024-01-01"]);
    check(
        said,
        expect![[r#"
            1 refused parents bad_parent value=leika:99000000000001
            2 refused on contradiction standing=[same batch 2024]
            1 refused on already_said hint=(replaces: standing) standing=[#1]
            1 refused service unknown_service value=ozg:10009
            1 refused kind fields_exclude
            1 refused area fields_exclude
            1 refused authority unknown_place value=ags:08000009
            1 refused successors fields_exclude
            1 refused successors unknown_place value=ags:08000009
        "#]],
    );
}

#[test]
fn rule_10_an_authority_comes_back_in_the_batch_in_which_it_goes() {
    let mut desk = desk();
    desk.say(&[&live("2020-01-01")]);
    let mut said = desk.say(&[
        "authority-listed authority=ags:08000001; name=Aach; population=100; on=2023-01-01",
        "authority-dissolved authority=ags:08000001; on=2022-01-01",
    ]);
    desk.declare_all();
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            1 recorded #11
            2 recorded #10
            2020-01-01 BW live counted = 1 observed 2020-01-01 partial
            2022-01-01 BW live counted = 0 observed 2022-01-01 partial
            2023-01-01 BW live counted = 1 observed 2023-01-01 partial
        "#]],
    );
}

#[test]
fn rule_11_a_later_assessment_in_the_same_model_supersedes() {
    let mut desk = desk();
    let at = |level: &str, on: &str| {
        format!("maturity-assessed service=ozg:10001; place=BW; level={level}; on={on}")
    };
    desk.say(
        &[LIVE, &at("1.1:3", "2022-01-01")]
            .map(|text| if text == LIVE { live("2020-01-01") } else { text.to_owned() })
            .each_ref()
            .map(String::as_str),
    );
    let mut said = desk.say(&[&at("2.0:7", "2022-06-01"), &at("1.1:2", "2023-01-01")]);
    said += &desk.ask("services_compliant", "area=BW&every=change&basis=counted");
    said += &desk.ask("services_at_maturity", "area=BW&on=2024-01-01&basis=counted");
    said += &desk.say(&[&at("1.1:4", "2023-01-01")]);
    said += &desk.say(&[&at("1.1:4", "2023-02-01"), &at("1.1:3", "2023-02-01")]);
    said += &desk.say(&[&at("1.1:5", "2023-02-01")]);
    said += &desk.say(&[&at("3", "2023-02-01")]);
    check(
        said,
        expect![[r#"
            1 recorded #11
            2 recorded #12
            2022-01-01 BW counted = 1 observed 2022-01-01 partial
            2023-01-01 BW counted = 0 observed 2023-01-01 partial
            2024-01-01 BW 1.1:2 counted = 1 observed 2023-01-01 partial
            2024-01-01 BW 1.1:3 counted = 0 observed 2023-01-01 partial
            2024-01-01 BW 2.0:7 counted = 1 observed 2022-06-01 partial
            1 refused level already_said hint=(replaces: standing) standing=[#12 2023-01-01]
            2 refused level contradiction standing=[same batch 2023-02-01]
            1 refused level bad_level value=1.1:5
            1 refused level bad_level value=3 hint=(1.1:3)
        "#]],
    );
}

#[test]
fn rule_10_what_is_in_force_anyway_and_something_else_for_the_same_day_contradict_each_other() {
    let mut said = String::new();
    let batches = [
        ["authority-listed authority=ags:08000001; name=Aach; population=100; on=2024-01-31"; 2],
        [
            "authority-listed authority=ags:08000001; name=Aach; population=100; on=2024-01-31",
            "authority-listed authority=ags:08000001; name=Aach; population=300; on=2024-01",
        ],
        [
            "authority-changed authority=ags:08000001; population=100; on=2024-01-31",
            "authority-changed authority=ags:08000001; population=300; on=2024-01",
        ],
        [
            "service-listed service=ozg:10002; name=Ehe; on=2024-01-31",
            "service-listed service=ozg:10002; name=Ehe und Familie; on=2024-01-31",
        ],
        // For another day it is news, and both hold.
        [
            "service-listed service=ozg:10002; name=Ehe; on=2024-01-31",
            "service-listed service=ozg:10002; name=Ehe und Familie; on=2024-02-01",
        ],
    ];
    for [first, second] in batches {
        said += &desk().say(&[first, second]);
        said += &desk().say(&[second, first]);
    }
    check(
        said,
        expect![[r#"
            1 unchanged #4
            2 unchanged #4
            1 unchanged #4
            2 unchanged #4
            1 refused on contradiction standing=[same batch 2024-01]
            2 refused on contradiction standing=[same batch 2024-01]
            1 refused on contradiction standing=[same batch 2024-01]
            2 refused on contradiction standing=[same batch 2024-01]
            1 refused on contradiction standing=[same batch 2024-01-31]
            2 refused on contradiction standing=[same batch 2024-01-31]
            1 unchanged #2
            2 recorded #9
            1 recorded #9
            2 unchanged #2
        "#]],
    );
}

#[test]
fn rule_11_the_maturity_of_an_authority_shows_there_only() {
    let mut desk = desk();
    let at = |place: &str, level: &str, on: &str| {
        format!("maturity-assessed service=ozg:10001; place={place}; level={level}; on={on}")
    };
    desk.say(&[
        &at("ags:08000001", "1.1:3", "2024-01-15"),
        &at("BW", "1.1:2", "2024-03-01"),
        "authority-dissolved authority=ags:08000001; on=2024-06-01",
    ]);
    let mut said =
        desk.ask("services_compliant", "area=ags:08000001,ags:08000002,BW,DE&every=change&basis=counted");
    said += &desk.ask("services_compliant", "area=ags:08000001&service=ozg:10001&on=2024-02-01");
    said += &desk.ask("services_at_maturity", "area=ags:08000001&on=2024-02-01");
    desk.declare_all();
    said += "declared\n";
    said += &desk.ask("services_compliant", "area=ags:08000001&on=2024-02-01");
    check(
        said,
        expect![[r#"
        2024-01-15 ags:08000001 counted = 1 observed 2024-01-15 partial
        2024-06-01 ags:08000001 counted = 0 observed 2024-06-01 partial
        2024-03-01 BW counted = 0 partial
        2024-02-01 ags:08000001 ozg:10001 counted = 1 of 1 share 1 observed 2024-01-15
        2024-02-01 ags:08000001 1.1:3 counted = 1 observed 2024-01-15 partial
        declared
        2024-02-01 ags:08000001 counted = 1 of 2 share 0.5 observed 2024-01-15
    "#]],
    );
}
