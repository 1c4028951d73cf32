//! Rules 3 to 5: what is no news, ids, dates.

use super::{CLAIM, check, ended, live};
use crate::desk::desk;
use expect_test::expect;

#[test]
fn rule_03_no_news_comes_before_every_other_check() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    // Source and note alone make no news of a milestone, whoever says it; another precision is another date.
    let mut said =
        desk.office("beta").say(&[&format!("{}; source=Zeitung; note=gelesen", live("2024-03-01"))]);
    said += &desk.say(&[&live("2024-03-01"), &live("2024-03-01")]);
    said += &desk.office("alpha").say(&[&live("2024-03")]);
    desk.say(&[&format!("{}; replaces=#9", live("2024-04-01"))]);
    said += &desk.say(&[&format!("{}; replaces=#9", live("2024-04-01"))]);
    said += &desk.say(&[&format!("{}; replaces=standing", live("2024-04-01"))]);
    desk.say(&["entry-withdrawn entry=#10; reason=a"]);
    said += &desk.say(&["entry-withdrawn entry=#10; reason=b"]);
    check(
        said,
        expect![[r#"
        1 unchanged #9
        1 unchanged #9
        2 unchanged #9
        1 refused on already_reached value=2024-03 hint=(replaces: standing) standing=[#9 2024-03-01]
        1 unchanged #10
        1 unchanged #10
        1 unchanged #11
    "#]],
    );
}

#[test]
fn rule_03_of_claims_the_source_is_part_of_the_thing() {
    let mut desk = desk();
    let mut said = desk.say(&[&format!("{CLAIM}; value=290; of=575; source=Dashboard")]);
    said += &desk.say(&[&format!("{CLAIM}; value=290; of=575; source=Dashboard")]);
    said += &desk.say(&[&format!("{CLAIM}; value=300; of=575; source=Dashboard")]);
    said += &desk.say(&[&format!("{CLAIM}; value=300; of=575; source=Zeitung")]);
    said +=
        &desk.say(&[&format!("{CLAIM}; value=300; of=575; source=Dashboard; source_url=https://a.example")]);
    said += &desk.say(&[&format!("{CLAIM}; value=301; of=575; source=Dashboard; replaces=standing")]);
    // Without a source it is the word of the office, so another office's is another claim.
    said += &desk.say(&[&format!("{CLAIM}; value=7")]);
    said += &desk.office("beta").say(&[&format!("{CLAIM}; value=7")]);
    said += &desk.say(&[&format!("{CLAIM}; value=8")]);
    check(
        said,
        expect![[r#"
        1 recorded #9
        1 unchanged #9
        1 refused on already_said hint=(replaces: standing) standing=[#9 2024-12-31]
        1 recorded #10
        1 recorded #11
        1 corrected #12
        1 recorded #13
        1 recorded #14
        1 refused on already_said hint=(replaces: standing) standing=[#14 2024-12-31]
    "#]],
    );
}

#[test]
fn rule_03_of_plans_too() {
    let mut desk = desk();
    let plan = |due: &str, more: &str| {
        format!("milestone-planned service=ozg:10001; place=BW; stage=rolled_out; due={due}{more}")
    };
    let mut said = desk.say(&[&plan("2026", "")]);
    said += &desk.say(&[&plan("2026", "")]);
    said += &desk.say(&[&plan("2027", "")]);
    said += &desk.say(&[&plan("2027", "; source=Zeitung")]);
    // Days later the plan is put off, and later still it goes back: that is news, for the first is in force no more.
    said += &desk.at("2025-06-25T10:00:00Z").say(&[&plan("2028", "")]);
    said += &desk.at("2025-06-26T10:00:00Z").say(&[&plan("2026", "")]);
    said += &desk.say(&[&plan("2026", "")]);
    said += &desk.office("beta").say(&[&plan("2026", "")]);
    check(
        said,
        expect![[r#"
        1 recorded #9
        1 unchanged #9
        1 refused due already_said hint=(replaces: standing) standing=[#9 2026]
        1 recorded #10
        1 recorded #11
        1 recorded #12
        1 unchanged #12
        1 recorded #13
    "#]],
    );
}

#[test]
fn rule_04_an_id_that_is_no_news_is_understood_within_its_batch() {
    let id = "; id=00000000-0000-0000-0000-0000000000aa";
    let correction = format!("{}; replaces=00000000-0000-0000-0000-0000000000aa", live("2024-05-01"));
    let batch = [live("2024-03-01"), live("2024-03-01") + id, correction];
    let mut said = String::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut desk = desk();
        said += &desk.say(&order.map(|index: usize| batch[index].as_str()));
        said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    }
    check(
        said,
        expect![[r#"
            1 recorded #9
            2 unchanged #9
            3 corrected #10
            2024-05-01 BW live counted = 1 observed 2024-05-01 partial
            1 corrected #10
            2 recorded #9
            3 unchanged #9
            2024-05-01 BW live counted = 1 observed 2024-05-01 partial
            1 recorded #9
            2 corrected #10
            3 unchanged #9
            2024-05-01 BW live counted = 1 observed 2024-05-01 partial
        "#]],
    );
}

#[test]
fn rule_04_a_known_id_says_the_same_or_is_taken() {
    let mut desk = desk();
    let id = "; id=00000000-0000-0000-0000-0000000000aa";
    let mut said = desk.say(&[&(live("2024-03-01") + id)]);
    said += &desk.say(&[&(live("2024-03-01") + id)]);
    said += &desk.say(&[&(live("2024-04-01") + id)]);
    said += &desk.say(&[&(live("2024-03-01") + id + "; note=anders")]);
    desk.say(&["entry-withdrawn entry=#9; reason=falsch"]);
    said += &desk.say(&[&(live("2024-03-01") + id)]);
    said += &desk.say(&[&(live("2024-03-01") + "; id=7")]);
    check(
        said,
        expect![[r#"
        1 recorded #9
        1 unchanged #9
        1 refused id id_taken value=00000000-0000-0000-0000-0000000000aa standing=[#9]
        1 refused id id_taken value=00000000-0000-0000-0000-0000000000aa standing=[#9]
        1 unchanged #9
        1 refused id bad_id value=7
    "#]],
    );
}

#[test]
fn rule_05_partial_dates_count_from_their_last_day_or_the_day_recorded() {
    let mut desk = desk();
    let at = |place: &str, on: &str| {
        format!("milestone-reached service=ozg:10002; place={place}; stage=live; on={on}")
    };
    let mut said = desk.say(&[
        &at("ags:08000001", "2025-06"),
        &at("ags:08000002", "2024"),
        &at("ags:01000001", "2023-Q1"),
        &at("abh:08001", "2025"),
        &at("bund:bamf", "2025-06-20"),
    ]);
    said += &desk.say(&[&at("BW", "2025-07")]);
    said += &desk.say(&[&at("BW", "2025-06-21")]);
    said += &desk.ask("reuses", "area=DE&every=change&basis=counted");
    check(
        said,
        expect![[r#"
            1 recorded #9 counts from 2025-06-20
            2 recorded #10 counts from 2024-12-31
            3 recorded #11 counts from 2023-03-31
            4 recorded #12 counts from 2025-06-20
            5 recorded #13
            1 refused on future_date value=2025-07
            1 refused on future_date value=2025-06-21
            2023-03-31 DE live counted = 1 observed 2023-03-31 partial
            2024-12-31 DE live counted = 2 observed 2024-12-31 partial
            2025-06-20 DE live counted = 5 observed 2025-06-20 partial
        "#]],
    );
}

#[test]
fn rule_05_a_partial_start_with_an_exact_end_is_refused_with_a_hint() {
    let mut desk = desk();
    let mut said = desk.say(&[&live("2024"), &ended("2024-06-30")]);
    desk.say(&[&live("2024")]);
    said += &desk.say(&[&ended("2024-06-30")]);
    check(
        said,
        expect![[r#"
            2 refused on end_before_start value=2024-06-30 hint=(A partial date counts from its last day: give the exact day) standing=[same batch 2024]
            1 refused on not_reached value=2024-06-30 hint=(A partial date counts from its last day: give the exact day) standing=[#9 2024]
        "#]],
    );
}

#[test]
fn rule_05_the_future_is_berlins() {
    let mut desk = desk();
    desk.at("2025-06-30T21:30:00Z");
    let mut said = desk.say(&[&live("2025-07-01")]);
    desk.at("2025-06-30T22:30:00Z");
    said += &desk.say(&[&live("2025-07-01")]);
    check(
        said,
        expect![[r#"
        1 refused on future_date value=2025-07-01
        1 recorded #9
    "#]],
    );
}
