//! Rules 1 to 3 and 23: what a batch takes back and says again, what `standing` means, every mistake at once.

use super::{CLAIM, check, ended, live};
use crate::desk::desk;
use expect_test::expect;

#[test]
fn rule_03_news_is_judged_against_what_stands_after_the_batch() {
    let mut desk = desk();
    desk.say(&[&live("2024-05-01"), &format!("{CLAIM}; value=7; source=A")]);
    let again = ["entry-withdrawn entry=#9; reason=a", &live("2024-05-01")];
    let claim = ["entry-withdrawn entry=#10; reason=a", &format!("{CLAIM}; value=7; source=A")];
    let mut said = desk.say(&again);
    said += &desk.say(&[claim[1], claim[0]]);
    // The same batches again are no news.
    said += &desk.say(&again);
    said += &desk.say(&claim);
    check(
        said,
        expect![[r#"
        1 withdrawn #11
        2 recorded #12 +withdrawn_before
        1 recorded #14 +withdrawn_before
        2 withdrawn #13
        1 unchanged #11
        2 unchanged #12
        1 unchanged #13
        2 unchanged #14
    "#]],
    );
}

#[test]
fn rule_03_with_replaces_any_difference_is_news() {
    let mut desk = desk();
    let observed = |on: &str, more: &str| {
        format!("milestone-observed service=ozg:10001; place=ags:08000001; stage=live; on={on}{more}")
    };
    let mut said = desk.say(&[&observed("2024-05-01", "")]);
    said += &desk.say(&[&observed("2024-09-01", "; replaces=#9")]);
    said += &desk.say(&[&observed("2024-09-01", "; replaces=#9")]);
    said += &desk.say(&[&observed("2024-10-01", "; replaces=standing")]);
    said += &desk.say(&[&observed("2024-10-01", "; replaces=standing; note=from the press")]);
    said += &desk.say(&[&observed("2024-10-01", "; replaces=standing; note=from the press")]);
    said += &desk.say(&[&observed("2024-09-01", "; replaces=#9")]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            1 recorded #9
            1 corrected #10
            1 unchanged #10
            1 corrected #11
            1 corrected #12
            1 unchanged #12
            1 refused replaces not_standing value=00000000-0000-0000-0000-000000001009 standing=[#10]
            2024-10-01 BW live counted = 1 observed 2024-10-01 partial
        "#]],
    );
}

#[test]
fn rule_03_two_spellings_of_one_day_are_one_day() {
    let mut desk = desk();
    let claim = |on: &str, value: u32| {
        format!("figure-reported measure=services_launched; place=BW; on={on}; value={value}; source=A")
    };
    let mut said = desk.say(&[&claim("2024-Q1", 7)]);
    said += &desk.say(&[&claim("2024-03-31", 7)]);
    said += &desk.say(&[&claim("2024-03", 8)]);
    said += &desk.say(&[&live("2024-06-30")]);
    said += &desk.say(&[&live("2024-06")]);
    said += &desk.say(&[&claim("2024-03", 8), &format!("{}; replaces=standing", claim("2024-03-31", 9))]);
    check(
        said,
        expect![[r#"
        1 recorded #9 counts from 2024-03-31
        1 unchanged #9
        1 refused on already_said hint=(replaces: standing) standing=[#9 2024-Q1]
        1 recorded #10
        1 unchanged #10
        1 refused on contradiction standing=[same batch 2024-03-31]
    "#]],
    );
}

#[test]
fn rule_02_standing_is_narrowed_in_turn_for_every_type() {
    let mut desk = desk();
    let level = |on: &str, level: &str, more: &str| {
        format!("maturity-assessed service=ozg:10001; place=BW; level={level}; on={on}{more}")
    };
    desk.say(&[&level("2023-01-01", "1.1:2", ""), &level("2024-01-01", "1.1:3", "")]);
    let mut said = desk.say(&[&level("2024-01-01", "1.1:4", "; replaces=standing")]);
    said += &desk.say(&[&level("2024-02-01", "1.1:4", "; replaces=standing")]);
    desk.say(&[
        &format!("{CLAIM}; value=1; source=A; published=2025-01-10"),
        &format!("{CLAIM}; value=2; source=A; source_url=https://a.example; published=2025-01-20"),
        "figure-reported measure=services_launched; place=DE; on=2023; value=3; source=A; published=2025-01-10",
    ]);
    said += &desk.say(&[&format!("{CLAIM}; value=4; source=B; published=2025-01-20; replaces=standing")]);
    said += &desk.say(&[&format!("{CLAIM}; value=5; source=A; published=2025-01-30; replaces=standing")]);
    said += &desk.say(&[
        "figure-reported measure=services_launched; place=BY; on=2024; value=3; source=A; replaces=standing",
    ]);
    check(
        said,
        expect![[r#"
        1 corrected #11
        1 refused replaces standing_unclear value=standing standing=[#9 2023-01-01, #11 2024-01-01]
        1 corrected #15
        1 corrected #16 +replaced_revision
        1 refused replaces standing_unclear value=standing
    "#]],
    );
}

#[test]
fn rule_23_every_mistake_is_named_at_once() {
    let mut desk = desk();
    desk.say(&[&live("2023-05-05")]);
    let unreached =
        "milestone-ended service=ozg:10001; place=ags:08000002; stage=live; on=2023-06-05; reason=a";
    let mut said = desk.say(&[
        &live("2023-06-05"),
        unreached,
        "milestone-reached service=ozg:19999; place=BW; stage=launched; on=2023-06-05",
        "milestone-reached service=ozg:10001; place=ags:01000001; stage=live; on=2027-06-05",
    ]);
    // What only seems wrong, since a mistake stands before it, is not named.
    said += &desk.say(&[
        "milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2027-06-05",
        unreached,
        &ended("2022-01-01"),
    ]);
    check(
        said,
        expect![[r#"
        1 refused on already_reached value=2023-06-05 hint=(replaces: standing) standing=[#9 2023-05-05]
        2 refused on not_reached value=2023-06-05
        3 refused service unknown_service value=ozg:19999
        4 refused on future_date value=2027-06-05
        1 refused on future_date value=2027-06-05
        3 refused on not_reached value=2022-01-01 standing=[#9 2023-05-05]
    "#]],
    );
}

#[test]
fn rule_01_an_observation_is_judged_after_what_was_reached() {
    let observed = "milestone-observed service=ozg:10001; place=ags:08000001; stage=live; on=2024-06-01";
    let earlier = "milestone-observed service=ozg:10001; place=ags:08000001; stage=live; on=2024-05-15";
    let reached = live("2024-05-01");
    let mut said = String::new();
    for batch in [[observed, earlier, &reached], [&reached, observed, earlier]] {
        said += &desk().say(&batch);
    }
    for batch in [[observed, earlier], [earlier, observed]] {
        said += &desk().say(&batch);
    }
    check(
        said,
        expect![[r#"
        1 unchanged #9
        2 unchanged #9
        3 recorded #9
        1 recorded #9
        2 unchanged #9
        3 unchanged #9
        1 unchanged #9
        2 recorded #9
        1 recorded #9
        2 unchanged #9
    "#]],
    );
}

#[test]
fn rule_01_a_correction_of_the_catalogue_counts_for_its_batch() {
    let corrected = |kinds: &str| {
        format!(
            "service-listed service=ozg:10001; name=Wohngeld; topics=bauen_wohnen; executed_by={kinds}; replaces=#1"
        )
    };
    let at_sister = "milestone-reached service=ozg:10001; place=abh:08001; stage=live; on=2024-05-01";
    let (opened, closed) = (corrected("gemeinde,auslaenderbehoerde"), corrected("auslaenderbehoerde"));
    let at_gemeinde = live("2024-05-01");
    let mut said = String::new();
    for batch in
        [[&opened, at_sister], [at_sister, &opened], [&closed, &at_gemeinde], [&at_gemeinde, &closed]]
    {
        said += &desk().say(&batch);
    }
    check(
        said,
        expect![[r#"
        1 corrected #9
        2 recorded #10
        1 recorded #10
        2 corrected #9
        2 refused place kind_does_not_execute value=ags:08000001
        1 refused place kind_does_not_execute value=ags:08000001
    "#]],
    );
}
