//! The rules of SEMANTICS one by one, with the example given there: what is said, what becomes of it, what is answered.

use crate::desk::{desk, empty};
use expect_test::{Expect, expect};
use ozg_core::ledger::OnConflict;

#[expect(clippy::needless_pass_by_value, reason = "expectations are made where they are checked")]
fn check(found: String, expected: Expect) {
    expected.assert_eq(&found);
}

const LIVE: &str = "milestone-reached service=ozg:10001; place=ags:08000001; stage=live";
const ENDED: &str = "milestone-ended service=ozg:10001; place=ags:08000001; stage=live; reason=Umbau";

fn live(on: &str) -> String {
    format!("{LIVE}; on={on}")
}

fn ended(on: &str) -> String {
    format!("{ENDED}; on={on}")
}

#[test]
fn rule_01_a_milestone_no_longer_holds_on_the_day_it_ends() {
    let mut desk = desk();
    check(
        desk.say(&[&ended("2024-09-30"), &live("2024-03-01")]),
        expect![[r#"
        1 recorded #9
        2 recorded #10
    "#]],
    );
    check(
        desk.ask("reuses", "area=BW&every=change&basis=counted"),
        expect![[r#"
        2024-03-01 BW live counted = 1 of 2 share 0.5 observed 2024-03-01
        2024-09-30 BW live counted = 0 of 2 share 0 observed 2024-09-30
    "#]],
    );
}

#[test]
fn rule_01_statements_alternate_or_the_neighbour_is_named() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    let mut said = desk.say(&[&live("2024-04-01")]);
    said += &desk.say(&[&live("2024-02-01")]);
    said += &desk.say(&[&ended("2024-02-01")]);
    desk.say(&[&ended("2024-06-01")]);
    said += &desk.say(&[&ended("2024-07-01")]);
    said += &desk.say(&[&live("2024-05-01")]);
    said += &desk.say(&[&live("2024-08-01")]);
    said += &desk.say(&["milestone-ended service=ozg:10001; place=BW; stage=live; on=2024-01-01; reason=x"]);
    check(
        said,
        expect![[r#"
        1 refused on already_reached value=2024-04-01 hint=(replaces: standing) standing=[#9 2024-03-01]
        1 refused on already_reached value=2024-02-01 hint=(replaces: standing) standing=[#9 2024-03-01]
        1 refused on not_reached value=2024-02-01 standing=[#9 2024-03-01]
        1 refused on not_reached value=2024-07-01 standing=[#10 2024-06-01]
        1 refused on already_reached value=2024-05-01 hint=(replaces: standing) standing=[#9 2024-03-01]
        1 recorded #11
        1 refused on not_reached value=2024-01-01
    "#]],
    );
}

#[test]
fn rule_01_same_day_pairs_come_in_the_order_that_alternates() {
    let mut desk = desk();
    let mut said = desk.say(&[&ended("2024-05-01"), &live("2024-05-01")]);
    said += &desk.ask("reuses", "area=BW&on=2024-05-01&basis=counted");
    said += &desk.say(&[&live("2024-03-01")]);
    // Held before, ended and reached on one day: it goes on.
    said += &desk.ask("reuses", "area=BW&on=2024-05-01&basis=counted");
    // Three of one day, of which two are reached: not held before, held after.
    said += &desk.say(&[&ended("2024-06-30"), &live("2024-06"), &live("2024-06-30"), &ended("2024-06")]);
    said += &desk.ask("reuses", "area=BW&on=2024-06-30&basis=counted");
    check(
        said,
        expect![[r#"
        1 recorded #9
        2 recorded #10
        2024-05-01 BW live counted = 0 of 2 share 0
        1 recorded #11
        2024-05-01 BW live counted = 1 of 2 share 0.5 observed 2024-03-01
        1 recorded #12
        2 recorded #13 counts from 2024-06-30
        3 recorded #14
        4 recorded #15 counts from 2024-06-30
        2024-06-30 BW live counted = 1 of 2 share 0.5 observed 2024-03-01
    "#]],
    );
}

#[test]
fn rule_01_two_statements_of_one_batch_may_not_contradict_each_other_in_any_order() {
    let mut desk = desk();
    let mut said = desk.say(&[&live("2024-03-01"), &live("2024-04-01")]);
    said += &desk.say(&[&live("2024-04-01"), &live("2024-03-01")]);
    said += &desk.say(&[&live("2024-03-01"), &ended("2024-02-01")]);
    said += &desk.say(&[&ended("2024-02-01"), &live("2024-03-01")]);
    check(
        said,
        expect![[r#"
        2 refused on contradiction value=2024-04-01 hint=(replaces: standing) standing=[same batch 2024-03-01]
        2 refused on contradiction value=2024-03-01 hint=(replaces: standing) standing=[same batch 2024-04-01]
        2 refused on end_before_start value=2024-02-01 standing=[same batch 2024-03-01]
        2 refused on end_before_start value=2024-03-01 standing=[same batch 2024-02-01]
    "#]],
    );
}

#[test]
fn rule_02_replaces_by_id_and_standing() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    let mut said = desk.say(&[&format!("{}; replaces=#9", live("2024-04-01"))]);
    // The first no longer stands; who corrects it again is told what does.
    said += &desk.say(&[&format!("{}; replaces=#9", live("2024-05-01"))]);
    said += &desk.say(&[&format!("{}; replaces=standing", live("2024-06-01"))]);
    said += &desk.say(&["milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2024-01-01; replaces=standing"]);
    said += &desk.say(&[&format!("{}; replaces=#11", ended("2024-06-01"))]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
        1 corrected #10
        1 refused replaces not_standing value=00000000-0000-0000-0000-000000001009 standing=[#10]
        1 corrected #11
        1 refused replaces standing_unclear value=standing
        1 refused replaces other_type value=00000000-0000-0000-0000-00000000100b
        2024-06-01 BW live counted = 1 of 2 share 0.5 observed 2024-06-01
    "#]],
    );
}

#[test]
fn rule_02_standing_is_one_or_all_are_named() {
    let mut desk = desk();
    desk.say(&[&live("2023-03-01"), &ended("2023-06-01"), &live("2024-03-01")]);
    let mut said = desk.say(&[&format!("{}; replaces=standing", live("2024-04-01"))]);
    said += &desk.say(&[&format!("{}; replaces=standing", ended("2023-07-01"))]);
    // In one batch the order must not decide which correction holds.
    said += &desk.say(&[
        &format!("{}; replaces=standing", ended("2023-08-01")),
        &format!("{}; replaces=standing", ended("2023-09-01")),
    ]);
    check(
        said,
        expect![[r#"
        1 refused replaces standing_unclear value=standing standing=[#9 2023-03-01, #11 2024-03-01]
        1 corrected #12
        2 refused replaces contradiction value=standing standing=[same batch 2023-08-01]
    "#]],
    );
}

#[test]
fn rule_02_a_correction_may_change_everything_but_the_type() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    let moved = "milestone-reached service=ozg:10002; place=SH; stage=launched; on=2023-03-01; replaces=#9; reason=verwechselt";
    let mut said = desk.say(&[moved]);
    said += &desk.ask("reuses", "area=BW&on=2025-01-01&basis=counted");
    said += &desk.ask("services_launched", "area=SH&on=2025-01-01&basis=counted");
    check(
        said,
        expect![[r#"
        1 corrected #10
        2025-01-01 SH counted = 1 of 2 share 0.5 observed 2023-03-01
    "#]],
    );
}

#[test]
fn rule_02_withdrawing_a_correction_makes_what_it_replaced_stand_again_and_is_final() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    desk.say(&[&format!("{}; replaces=#9", live("2024-05-01"))]);
    let mut said = desk.say(&["entry-withdrawn entry=#10; reason=doch richtig"]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    said += &desk.say(&["entry-withdrawn entry=#11; reason=wieder anders"]);
    said += &desk.say(&["entry-withdrawn entry=#10; reason=noch einmal"]);
    said += &desk.say(&["entry-withdrawn entry=#9; reason=gar nicht"]);
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    said += &desk.say(&[&live("2024-06-01")]);
    for position in [10, 11, 12] {
        said += &desk.ask("reuses", &format!("area=BW&every=change&basis=counted&position={position}"));
    }
    check(
        said,
        expect![[r#"
        1 withdrawn #11
        2024-03-01 BW live counted = 1 of 2 share 0.5 observed 2024-03-01
        1 refused entry not_standing value=00000000-0000-0000-0000-00000000100b
        1 unchanged #11
        1 withdrawn #12
        1 recorded #13
        2024-05-01 BW live counted = 1 of 2 share 0.5 observed 2024-05-01
        2024-03-01 BW live counted = 1 of 2 share 0.5 observed 2024-03-01
    "#]],
    );
}

#[test]
fn rule_02_a_correction_and_what_it_replaced_are_withdrawn_in_any_order() {
    let mut said = String::new();
    for order in [[9, 10, 11], [11, 10, 9], [10, 11, 9]] {
        let mut desk = desk();
        desk.say(&[&live("2024-03-01")]);
        desk.say(&[&format!("{}; replaces=#9", live("2024-05-01"))]);
        desk.say(&[&format!("{}; replaces=#10", live("2024-06-01"))]);
        let batch = order.map(|position| format!("entry-withdrawn entry=#{position}; reason=x"));
        said += &desk.say(&batch.each_ref().map(String::as_str));
        said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    }
    check(
        said,
        expect![[r#"
        1 withdrawn #14
        2 withdrawn #13
        3 withdrawn #12
        1 withdrawn #12
        2 withdrawn #13
        3 withdrawn #14
        1 withdrawn #13
        2 withdrawn #12
        3 withdrawn #14
    "#]],
    );
}

#[test]
fn rule_02_a_withdrawal_that_leaves_an_end_alone_names_the_end() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01"), &ended("2024-05-01")]);
    let mut said = desk.say(&["entry-withdrawn entry=#9; reason=nie gewesen"]);
    said += &desk.say(&[
        "entry-withdrawn entry=#9; reason=nie gewesen",
        "entry-withdrawn entry=#10; reason=nie gewesen",
    ]);
    check(
        said,
        expect![[r#"
        1 refused on not_reached value=2024-05-01 standing=[#10 2024-05-01]
        1 withdrawn #11
        2 withdrawn #12
    "#]],
    );
}

#[test]
fn rule_02_an_office_touches_its_own_entries_only() {
    let mut desk = desk();
    desk.say(&[&live("2024-03-01")]);
    desk.office("beta");
    let mut said = desk.say(&["entry-withdrawn entry=#9; reason=falsch"]);
    said += &desk.say(&[&format!("{}; replaces=#9", live("2024-04-01"))]);
    said += &desk.say(&[&format!("{}; replaces=standing", live("2024-04-01"))]);
    said += &desk.say(&["entry-withdrawn entry=00000000-0000-0000-0000-00000000ffff; reason=falsch"]);
    check(
        said,
        expect![[r#"
        1 refused entry foreign_entry
        1 refused replaces foreign_entry
        1 refused replaces foreign_entry
        1 refused entry unknown_entry value=00000000-0000-0000-0000-00000000ffff
    "#]],
    );
}

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

const CLAIM: &str = "figure-reported measure=services_launched; place=DE; on=2024-12-31";

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
        2024-05-01 BW live counted = 1 of 2 share 0.5 observed 2024-05-01
        1 corrected #10
        2 recorded #9
        3 unchanged #9
        2024-05-01 BW live counted = 1 of 2 share 0.5 observed 2024-05-01
        1 recorded #9
        2 corrected #10
        3 unchanged #9
        2024-05-01 BW live counted = 1 of 2 share 0.5 observed 2024-05-01
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
        2023-03-31 DE live counted = 1 of 3 share 0.333333 observed 2023-03-31
        2024-12-31 DE live counted = 2 of 3 share 0.666667 observed 2024-12-31
        2025-06-20 DE live counted = 5 of 3 share 1.666667 observed 2025-06-20
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
        2 refused on end_before_start value=2024-06-30 hint=(Ein ungenaues Datum zählt ab seinem letzten Tag: das genaue Datum angeben / give the exact day) standing=[same batch 2024]
        1 refused on not_reached value=2024-06-30 hint=(Ein ungenaues Datum zählt ab seinem letzten Tag: das genaue Datum angeben / give the exact day) standing=[#9 2024]
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

#[test]
fn rule_06_claims_are_read_as_printed() {
    let mut desk = desk();
    let values = [">270", "ca. 300", "knapp 100", "fast 100", "mindestens 5", "<20", "12,5", "viele"];
    let claims: Vec<String> = (1..)
        .zip(values)
        .map(|(month, value)| {
            format!("figure-reported measure=other; scope=Zahl; place=DE; value={value}; on=2024-{month:02}")
        })
        .collect();
    let mut said = String::new();
    claims.iter().for_each(|claim| said += &desk.say(&[claim]));
    said +=
        &desk.say(&["figure-reported measure=other; scope=Zahl; place=ags:08000001; value=1783; on=2024-01"]);
    said += &desk.ask("other", "area=DE,ags:08000001&every=change");
    check(
        said,
        expect![[r#"
        1 recorded #9 counts from 2024-01-31
        1 recorded #10 counts from 2024-02-29
        1 recorded #11 counts from 2024-03-31
        1 recorded #12 counts from 2024-04-30
        1 recorded #13 counts from 2024-05-31
        1 recorded #14 counts from 2024-06-30
        1 recorded #15 counts from 2024-07-31
        1 refused value bad_number value=viele
        1 recorded #16 counts from 2024-01-31
        2024-01-31 DE scope:Zahl reported = 270 (>) observed 2024-01 by alpha
        2024-02-29 DE scope:Zahl reported = 300 (ca) observed 2024-02 by alpha
        2024-03-31 DE scope:Zahl reported = 100 (knapp) observed 2024-03 by alpha
        2024-04-30 DE scope:Zahl reported = 100 (knapp) observed 2024-04 by alpha
        2024-05-31 DE scope:Zahl reported = 5 (>=) observed 2024-05 by alpha
        2024-06-30 DE scope:Zahl reported = 20 (<) observed 2024-06 by alpha
        2024-07-31 DE scope:Zahl reported = 12.5 observed 2024-07 by alpha
        2024-01-31 ags:08000001 scope:Zahl reported = 1783 observed 2024-01 by alpha
    "#]],
    );
}

#[test]
fn rule_06_exactly_one_of_value_and_percent_and_other_needs_a_scope() {
    let mut desk = desk();
    let mut said = desk.say(&[CLAIM]);
    said += &desk.say(&[&format!("{CLAIM}; value=1; percent=2")]);
    said += &desk.say(&[&format!("{CLAIM}; value=-1")]);
    said += &desk.say(&["figure-reported measure=other; place=DE; value=1; on=2024"]);
    said += &desk.say(&["figure-reported measure=services_at_maturity; place=DE; value=1; on=2024"]);
    said += &desk.say(&["figure-reported measure=services_launched; stage=live; place=DE; value=1; on=2024"]);
    said += &desk.say(&["figure-reported measure=applications; place=DE; value=1; on=2023; since=2024"]);
    check(
        said,
        expect![[r#"
        1 refused value fields_exclude
        1 refused value fields_exclude
        1 refused value number_out_of_range
        1 refused scope missing_field
        1 refused level missing_field
        1 refused stage dimension_not_here
        1 refused since end_before_start
    "#]],
    );
}

#[test]
fn rule_06_each_scope_is_its_own_row() {
    let mut desk = desk();
    desk.say(&[
        &format!("{CLAIM}; value=290"),
        &format!("{CLAIM}; value=50; scope=nur Bund"),
        &format!("{CLAIM}; percent=12.5; scope=nutzerfreundlich"),
    ]);
    check(
        desk.ask("services_launched", "area=DE&on=2025-01-31"),
        expect![[r#"
        2025-01-31 DE reported = 290 observed 2024-12-31 by alpha
        2025-01-31 DE scope:nur Bund reported = 50 observed 2024-12-31 by alpha
        2025-01-31 DE scope:nutzerfreundlich reported share 0.125 observed 2024-12-31 by alpha
    "#]],
    );
}

#[test]
fn rule_06_flows_are_shown_only_in_the_period_that_contains_them() {
    let mut desk = desk();
    let flow = "figure-reported measure=applications; place=DE";
    desk.say(&[
        &format!("{flow}; value=500; since=2024-01; on=2024-02"),
        &format!("{flow}; value=-11; since=2024-03; on=2024-04-15"),
    ]);
    let mut said = desk.ask("applications", "area=DE&from=2024-01&to=2024-06&every=month");
    said += "a quarter\n";
    said += &desk.ask("applications", "area=DE&from=2024-01&to=2024-06&every=quarter");
    said += "on a day\n";
    said += &desk.ask("applications", "area=DE&on=2024-04-14");
    said += &desk.ask("applications", "area=DE&on=2024-04-15");
    said += &desk.ask("applications", "area=DE&on=2024-04-16");
    check(
        said,
        expect![[r#"
        2024-02-29 DE reported = 500 observed 2024-01/2024-02 by alpha
        2024-04-30 DE reported = -11 observed 2024-03/2024-04-15 by alpha
        a quarter
        2024-03-31 DE reported = 500 observed 2024-01/2024-02 by alpha
        2024-06-30 DE reported = -11 observed 2024-03/2024-04-15 by alpha
        on a day
        2024-04-15 DE reported = -11 observed 2024-03/2024-04-15 by alpha
    "#]],
    );
}

#[test]
fn rule_07_the_latest_claims_hold_joined_where_equal_marked_where_not() {
    let mut desk = desk();
    desk.say(&[
        &format!("{CLAIM}; value=290; of=575; source=Dashboard; source_url=https://d.example"),
        &format!("{CLAIM}; value=290; of=575; source=Bericht; source_url=https://b.example"),
        "figure-reported measure=services_launched; place=DE; on=2024-11-30; value=900; source=Zeitung",
    ]);
    let mut said = desk.ask("services_launched", "area=DE&every=month&from=2024-11&to=2025-01");
    desk.say(&[
        &format!("{CLAIM}; value=270; of=575; source=Zeitung"),
        &format!("{CLAIM}; value=>290; of=575; source=Anfrage"),
    ]);
    said += "conflict\n";
    said += &desk.ask("services_launched", "area=DE&on=2025-01-31");
    check(
        said,
        expect![[r#"
        2024-11-30 DE reported = 900 observed 2024-11-30 by Zeitung
        2024-12-31 DE reported = 290 of 575 share 0.504348 observed 2024-12-31 by Dashboard; Bericht
        2025-01-31 DE reported = 290 of 575 share 0.504348 observed 2024-12-31 by Dashboard; Bericht
        conflict
        2025-01-31 DE reported = 270 of 575 share 0.469565 observed 2024-12-31 conflict by Zeitung
        2025-01-31 DE reported = 290 of 575 share 0.504348 observed 2024-12-31 conflict by Dashboard; Bericht
        2025-01-31 DE reported = 290 (>) of 575 share 0.504348 observed 2024-12-31 conflict by Anfrage
    "#]],
    );
}

#[test]
fn rule_08_reuse_reported_speaks_of_three_measures() {
    let mut desk = desk();
    let mut said = desk.say(&["reuse-reported service=ozg:10002; place=DE; live=130; rolling_out=ca. 20; of=600; on=2024; source=EfA"]);
    said += &desk.say(&["reuse-reported service=ozg:10002; place=DE; on=2024"]);
    for measure in ["reuses", "reuses_current", "reuses_possible"] {
        said += &desk.ask(measure, "service=ozg:10002&area=DE&on=2025-01-01&basis=reported");
    }
    check(
        said,
        expect![[r#"
        1 recorded #9 counts from 2024-12-31
        1 refused live missing_field
        2025-01-01 DE ozg:10002 live reported = 130 of 600 share 0.216667 observed 2024 by EfA
        2025-01-01 DE ozg:10002 rolling_out reported = 20 (ca) of 600 share 0.033333 observed 2024 by EfA
        2025-01-01 DE ozg:10002 live reported = 130 of 600 share 0.216667 observed 2024 by EfA
        2025-01-01 DE ozg:10002 reported = 600 observed 2024 by EfA
    "#]],
    );
}

#[test]
fn rule_08_furthest_follows_the_order_of_stages() {
    let mut desk = desk();
    let at = |stage: &str| {
        format!("milestone-reached service=ozg:10001; place=ags:08000001; stage={stage}; on=2024-01-01")
    };
    let mut said = desk.say(&[&at("live"), &at("connected"), &at("rolling_out"), &at("interested")]);
    said += &desk.ask("reuses_current", "area=BW&on=2024-01-01&basis=counted");
    said += &desk.say(&[&at("launched")]);
    said += &desk.say(&[&at("rolled_out")]);
    check(
        said,
        expect![[r#"
        1 recorded #9
        2 recorded #10
        3 recorded #11
        4 recorded #12
        2024-01-01 BW interested counted = 0 of 2 share 0
        2024-01-01 BW agreed counted = 0 of 2 share 0
        2024-01-01 BW ready counted = 0 of 2 share 0
        2024-01-01 BW connected counted = 0 of 2 share 0
        2024-01-01 BW pilot counted = 0 of 2 share 0
        2024-01-01 BW rolling_out counted = 0 of 2 share 0
        2024-01-01 BW live counted = 1 of 2 share 0.5 observed 2024-01-01
        1 refused stage stage_not_here value=launched hint=(live)
        1 refused stage stage_not_here value=rolled_out hint=(live)
    "#]],
    );
}

#[test]
fn rule_09_the_latest_plan_by_a_day_holds_on_it() {
    let mut desk = desk();
    let plan = |on: &str, due: &str| {
        format!("milestone-planned service=ozg:10001; place=BW; stage=rolled_out; due={due}; on={on}")
    };
    desk.say(&[&plan("2023-01-01", "2023-12-31"), &plan("2024-02-01", "2024-06")]);
    desk.say(&["milestone-reached service=ozg:10001; place=BW; stage=rolled_out; on=2024-09-01"]);
    let mut said = desk.ask("milestones_planned", "area=BW&every=change&to=2025-01-01");
    said += &desk.ask("milestones_overdue", "area=BW&every=change&to=2025-01-01");
    check(
        said,
        expect![[r#"
        2023-01-01 BW counted = 0
        2023-12-31 BW counted = 1 observed 2023-12-31
        2024-02-01 BW counted = 0 observed 2024-02-01
        2024-06-30 BW counted = 1 observed 2024-06-30
        2023-01-01 BW counted = 0 of 0
        2023-12-31 BW counted = 0 of 1 share 0
        2024-01-01 BW counted = 1 of 1 share 1 observed 2024-01-01
        2024-02-01 BW counted = 0 of 0 observed 2024-02-01
        2024-06-30 BW counted = 0 of 1 share 0 observed 2024-02-01
        2024-07-01 BW counted = 1 of 1 share 1 observed 2024-07-01
        2024-09-01 BW counted = 0 of 1 share 0 observed 2024-09-01
    "#]],
    );
}

#[test]
fn rule_09_targets_are_rows_of_their_own_and_never_facts() {
    let mut desk = desk();
    let mut said = desk.say(&["target-set measure=services_rolled_out; place=DE; value=575; due=2027; on=2025-01-01; source=Programm"]);
    said += &desk.ask("services_rolled_out", "area=DE&every=year&to=2027&basis=target,reported,counted");
    check(
        said,
        expect![[r#"
        1 recorded #9
        2027-12-31 DE target = 575 observed 2027 by Programm
    "#]],
    );
}

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
        1 corrected #13
        1 refused on already_said hint=(replaces: standing) standing=[#13 2025-02-01]
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
        2024-01-01 BW ozg:10002 live counted = 1 observed 2024-01-01
    "#]],
    );
}

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
        2023-01-01 BW live counted = 2 of 2 share 1 observed 2023-01-01
        2024-01-01 BW live counted = 1 of 1 share 1 observed 2024-01-01
        2023-01-01 BW connected counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 BW connected counted = 0 of 1 share 0 observed 2024-01-01
        1 refused on not_reached value=2023-12-31
        1 recorded #15
        1 refused on not_reached value=2024-07-01 standing=[#15 2024-06-01]
        2023-01-01 BW live counted = 2 of 2 share 1 observed 2023-01-01
        2024-01-01 BW live counted = 1 of 1 share 1 observed 2024-01-01
        2024-06-01 BW live counted = 0 of 1 share 0 observed 2024-06-01
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
        2023-01-01 BW live counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 BW live counted = 0 of 1 share 0 observed 2024-01-01
        1 recorded #11
        1 refused on already_reached value=2024-03-01 hint=(replaces: standing) standing=[#11 2024-02-01]
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
        2 refused on contradiction hint=(replaces: standing) standing=[same batch 2024]
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
    said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    check(
        said,
        expect![[r#"
        1 recorded #11
        2 recorded #10
        2020-01-01 BW live counted = 1 of 2 share 0.5 observed 2020-01-01
        2022-01-01 BW live counted = 0 of 1 share 0 observed 2022-01-01
        2023-01-01 BW live counted = 1 of 2 share 0.5 observed 2023-01-01
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
        2020-01-01 BW counted = 0 of 2 share 0
        2022-01-01 BW counted = 1 of 2 share 0.5 observed 2022-01-01
        2023-01-01 BW counted = 0 of 2 share 0 observed 2023-01-01
        2024-01-01 BW 1.1:2 counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 BW 1.1:3 counted = 0 of 2 share 0 observed 2023-01-01
        2024-01-01 BW 2.0:7 counted = 1 of 2 share 0.5 observed 2022-06-01
        1 refused level already_said hint=(replaces: standing) standing=[#12 2023-01-01]
        2 refused level contradiction hint=(replaces: standing) standing=[same batch 2023-02-01]
        1 refused level bad_level value=1.1:5
        1 refused level bad_level value=3 hint=(1.1:3)
    "#]],
    );
}

#[test]
fn rule_12_launched_rolls_up_through_parents_while_they_are_named() {
    let mut desk = desk();
    desk.say(&[
        "milestone-reached service=leika:99000000000001; place=ags:08000001; stage=live; on=2023-01-01",
    ]);
    desk.say(&["service-listed service=leika:99000000000001; name=Wohngeldantrag; on=2024-01-01"]);
    let mut said = desk.ask("services_launched", "area=BW&unit=ozg,leika&every=change&basis=counted");
    said += &desk.ask("services_launched", "area=DE&service=ozg:10001&every=change&basis=counted");
    check(
        said,
        expect![[r#"
        2023-01-01 BW counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 BW counted = 0 of 2 share 0 observed 2024-01-01
        2023-01-01 BW counted = 1 of 1 share 1 observed 2023-01-01
        2023-01-01 DE ozg:10001 counted = 1 of 1 share 1 observed 2023-01-01
        2024-01-01 DE ozg:10001 counted = 0 of 1 share 0 observed 2024-01-01
    "#]],
    );
}

#[test]
fn rule_13_rolled_out_there_or_in_germany_or_in_all_laender() {
    let mut desk = desk();
    let out = |place: &str, on: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage=rolled_out; on={on}")
    };
    let laender =
        ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"];
    let said: Vec<String> = laender
        .iter()
        .map(|land| out(land, if *land == "TH" { "2024-05-01" } else { "2024-01-01" }))
        .collect();
    desk.say(&said.iter().map(String::as_str).collect::<Vec<_>>());
    let mut said = desk.ask("services_rolled_out", "area=DE,BW,TH&every=change&basis=counted");
    desk.say(&["milestone-reached service=ozg:10002; place=DE; stage=rolled_out; on=2024-08-01"]);
    said += "and nationwide\n";
    said += &desk.ask("services_rolled_out", "area=DE,BW&every=change&basis=counted&from=2024-07-01");
    check(
        said,
        expect![[r#"
        2024-01-01 DE counted = 0 of 2 share 0
        2024-05-01 DE counted = 1 of 2 share 0.5 observed 2024-05-01
        2024-01-01 BW counted = 1 of 2 share 0.5 observed 2024-01-01
        2024-05-01 TH counted = 1 of 2 share 0.5 observed 2024-05-01
        and nationwide
        2024-07-01 DE counted = 1 of 2 share 0.5 observed 2024-05-01
        2024-08-01 DE counted = 2 of 2 share 1 observed 2024-08-01
        2024-07-01 BW counted = 1 of 2 share 0.5 observed 2024-01-01
        2024-08-01 BW counted = 2 of 2 share 1 observed 2024-08-01
    "#]],
    );
}

#[test]
fn rule_14_covering_all_needs_a_responsible_authority_and_counts_only_those() {
    let mut desk = desk();
    let at = |place: &str, on: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage=live; on={on}")
    };
    desk.say(&[
        &at("ags:08000001", "2023-01-01"),
        &at("ags:08000002", "2023-02-01"),
        &at("BY", "2023-01-01"),
    ]);
    let mut said = desk.ask("services_covering_all", "area=BW,BY,DE&every=change&basis=counted");
    desk.say(&[&at("ags:01000001", "2023-06-01")]);
    said += "the last municipality\n";
    said += &desk.ask("services_covering_all", "area=DE&every=change&basis=counted");
    // From 2024 the immigration offices execute it, none of which is live yet.
    desk.say(&[
        "service-listed service=ozg:10001; name=Wohngeld; executed_by=auslaenderbehoerde; on=2024-01-01",
    ]);
    said += "executed by others\n";
    said += &desk.ask("services_covering_all", "area=BW&every=change&basis=counted");
    said += &desk.ask("services_covering_all", "area=BW&service=ozg:10001&every=change&basis=counted");
    check(
        said,
        expect![[r#"
        2023-01-01 BW counted = 0 of 2 share 0
        2023-02-01 BW counted = 1 of 2 share 0.5 observed 2023-02-01
        2023-01-01 BY counted = 0 of 2 share 0
        2023-01-01 DE counted = 0 of 2 share 0
        the last municipality
        2023-01-01 DE counted = 0 of 2 share 0
        2023-06-01 DE counted = 1 of 2 share 0.5 observed 2023-06-01
        executed by others
        2023-01-01 BW counted = 0 of 2 share 0
        2023-02-01 BW counted = 1 of 2 share 0.5 observed 2023-02-01
        2024-01-01 BW counted = 0 of 2 share 0 observed 2024-01-01
        2023-01-01 BW ozg:10001 counted = 0 of 1 share 0
        2023-02-01 BW ozg:10001 counted = 1 of 1 share 1 observed 2023-02-01
        2024-01-01 BW ozg:10001 counted = 0 of 1 share 0 observed 2024-01-01
    "#]],
    );
}

#[test]
fn rule_14_areas_reusing_and_what_is_no_pair() {
    let mut desk = desk();
    let at = |place: &str| {
        format!("milestone-reached service=ozg:10002; place={place}; stage=live; on=2023-01-01")
    };
    desk.say(&[&at("BW"), &at("ags:08000001"), &at("ags:01000001"), &at("DE"), &at("bund:bamf")]);
    let mut said = desk.ask("areas_reusing", "service=ozg:10002&on=2024-01-01&basis=counted");
    said += &desk.ask("reuses", "area=DE,BW,SH&on=2024-01-01&basis=counted");
    check(
        said,
        expect![[r#"
        2024-01-01 DE ozg:10002 live counted = 2 of 16 share 0.125 observed 2023-01-01
        2024-01-01 DE live counted = 3 of 3 share 1 observed 2023-01-01
        2024-01-01 BW live counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 SH live counted = 1 of 1 share 1 observed 2023-01-01
    "#]],
    );
}

#[test]
fn rule_14_a_claimed_denominator_serves_the_rows_of_that_service_and_is_named() {
    let mut desk = desk();
    desk.say(&[
        "milestone-reached service=ozg:10002; place=ags:08000001; stage=live; on=2023-01-01",
        "reuse-reported service=ozg:10002; place=BW; of=50; on=2023-06-01; source=Bericht",
    ]);
    let mut said = desk.ask("reuses", "service=ozg:10002&area=BW&on=2024-01-01&basis=counted");
    said += &desk.ask("reuses", "area=BW&on=2024-01-01&basis=counted");
    said += &desk.ask("reuses_possible", "area=BW&on=2024-01-01&basis=counted");
    check(
        said,
        expect![[r#"
        2024-01-01 BW ozg:10002 live counted = 1 of 50 share 0.02 observed 2023-01-01 by Bericht
        2024-01-01 BW live counted = 1 of 2 share 0.5 observed 2023-01-01
        2024-01-01 BW counted = 2
    "#]],
    );
}

#[test]
fn rule_15_sums_of_claims_only_when_asked_for() {
    let mut desk = desk();
    let claim = |service: &str, place: &str, value: &str, source: &str| {
        format!(
            "figure-reported measure=reuses; service={service}; place={place}; value={value}; on=2024-01-01; source={source}"
        )
    };
    desk.say(&[
        &claim("ozg:10001", "BW", "10", "a"),
        &claim("ozg:10001", "SH", ">5", "a"),
        &claim("ozg:10002", "DE", "3", "a"),
        &claim("ozg:10002", "BW", "2", "a"),
    ]);
    let sums = |desk: &crate::desk::Desk| desk.ask("reuses", "area=DE,BW,SH&on=2024-02-01&basis=summed");
    let mut said = sums(&desk);
    said += "about\n";
    desk.say(&["service-delisted service=ozg:10001; on=2024-02-01"]);
    said += &sums(&desk);
    desk.say(&[&claim("ozg:10002", "BW", "4", "b")]);
    said += "a part in conflict\n";
    said += &sums(&desk);
    said += &desk.ask("reuses", "area=DE&on=2024-02-01");
    said += &desk.ask("services_launched", "basis=summed");
    check(
        said,
        expect![[r#"
        2024-02-01 DE live summed = 18 (>) observed 2024-01-01
        2024-02-01 BW live summed = 12 observed 2024-01-01
        2024-02-01 SH live summed = 5 (>) observed 2024-01-01
        about
        2024-02-01 DE live summed = 3 observed 2024-01-01
        2024-02-01 BW live summed = 2 observed 2024-01-01
        a part in conflict
        2024-02-01 DE live summed = 3 observed 2024-01-01
        0 refused basis dimension_not_here value=summed
    "#]],
    );
}

#[test]
fn rule_16_medians_are_lower_medians() {
    let mut desk = desk();
    let at = |service: &str, stage: &str, on: &str| {
        format!("milestone-reached service={service}; place=BW; stage={stage}; on={on}")
    };
    desk.say(&[
        &at("ozg:10001", "launched", "2024-01-01"),
        &at("ozg:10001", "rolled_out", "2024-01-11"),
        &at("ozg:10002", "launched", "2024-01-01"),
        &at("ozg:10002", "rolled_out", "2024-02-10"),
    ]);
    let mut said = desk.ask("lead_time_days", "area=BW&every=change");
    said += &desk.ask("reporting_lag_days", "area=BW&on=2025-01-01");
    check(
        said,
        expect![[r#"
        2024-01-11 BW counted = 10 observed 2024-01-11
        2025-01-01 BW counted = 526 observed 2024-02-10
    "#]],
    );
}

#[test]
fn rule_17_zero_is_not_silence() {
    let mut desk = desk();
    let silent = desk.ask("reuses", "area=BW,SH,DE&on=2025-01-01");
    desk.say(&["milestone-reached service=ozg:10002; place=ags:08000001; stage=interested; on=2024-03-15"]);
    let mut said = silent + &desk.ask("reuses", "area=BW,SH,DE&every=month&from=2024-02&to=2024-04");
    desk.say(&["entry-withdrawn entry=#9; reason=falsch"]);
    said += "withdrawn\n";
    said += &desk.ask("reuses", "area=BW,SH,DE&every=month&from=2024-02&to=2024-04");
    check(
        said,
        expect![[r#"
        2024-03-31 BW live counted = 0 of 2 share 0
        2024-04-30 BW live counted = 0 of 2 share 0
        2024-03-31 DE live counted = 0 of 3 share 0
        2024-04-30 DE live counted = 0 of 3 share 0
        withdrawn
    "#]],
    );
}

#[test]
fn rule_17_what_a_successor_takes_over_breaks_the_silence_of_its_land() {
    let mut desk = desk();
    desk.say(&[&live("2023-05-01")]);
    let mut said = desk.ask("reuses", "area=BW,SH,DE&every=change");
    // Of another Land, where nothing was ever reached; what it takes over is a milestone there.
    desk.say(&[
        "authority-dissolved authority=ags:08000001; successors=ags:01000001; inherits=true; on=2024-01-01",
    ]);
    said += "merged\n";
    said += &desk.ask("reuses", "area=BW,SH,DE&every=change");
    said += &desk.ask("reuses", "area=ags:01000001&on=2024-01-01");
    said += "as it was known before\n";
    said += &desk.ask("reuses", "area=SH&every=change&position=9");
    desk.say(&["entry-withdrawn entry=#9; reason=falsch"]);
    said += "nothing was taken over\n";
    said += &desk.ask("reuses", "area=BW,SH,DE&every=change");
    check(
        said,
        expect![[r#"
            2023-05-01 BW live counted = 1 of 2 share 0.5 observed 2023-05-01
            2023-05-01 DE live counted = 1 of 3 share 0.333333 observed 2023-05-01
            merged
            2023-05-01 BW live counted = 1 of 2 share 0.5 observed 2023-05-01
            2024-01-01 BW live counted = 0 of 1 share 0 observed 2024-01-01
            2024-01-01 SH live counted = 1 of 1 share 1 observed 2024-01-01
            2023-05-01 DE live counted = 1 of 3 share 0.333333 observed 2023-05-01
            2024-01-01 DE live counted = 1 of 2 share 0.5 observed 2023-05-01
            2024-01-01 ags:01000001 live counted = 1 observed 2024-01-01
            as it was known before
            nothing was taken over
        "#]],
    );
}

#[test]
fn rule_18_points_are_ends_of_periods_and_the_last_day() {
    let mut desk = desk();
    desk.say(&[&live("2024-01-03")]);
    let mut said = String::new();
    for every in [
        "day&to=2024-01-05",
        "week&to=2024-01-21",
        "month&to=2024-03-10",
        "quarter&to=2024-06",
        "year",
        "change",
    ] {
        said += &format!("{every}\n{}", desk.ask("reuses", &format!("area=BW&basis=counted&every={every}")));
    }
    said += &desk.ask("reuses", "area=BW&basis=counted&every=month&last=2");
    check(
        said,
        expect![[r#"
        day&to=2024-01-05
        2024-01-03 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-01-04 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-01-05 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        week&to=2024-01-21
        2024-01-07 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-01-14 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-01-21 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        month&to=2024-03-10
        2024-01-31 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-02-29 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-03-10 BW live counted = 1 of 2 share 0.5 observed 2024-01-03 running
        quarter&to=2024-06
        2024-03-31 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-06-30 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        year
        2024-12-31 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2025-06-20 BW live counted = 1 of 2 share 0.5 observed 2024-01-03 running
        change
        2024-01-03 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2025-05-31 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2025-06-20 BW live counted = 1 of 2 share 0.5 observed 2024-01-03 running
    "#]],
    );
}

#[test]
fn rule_19_to_ends_today_and_permalinks_spell_out_everything() {
    let mut desk = desk();
    desk.say(&[&live("2025-06-01")]);
    desk.at("2025-08-01T10:00:00Z")
        .say(&["milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2025-06-10"]);
    let mut said = desk.permalink("reuses", "area=BW&to=2026");
    said += &desk.permalink("reuses", "area=BW&position=9&from=2025");
    said += &desk.permalink("reuses", "area=BW&as_of=2025-06&on=2026");
    said += &desk.permalink("milestones_planned", "area=BW&to=2026");
    said += &desk.ask("reuses", "area=BW&as_of=2025-06&basis=counted");
    said += &desk.ask("reuses", "area=BW&position=9&as_of=2025");
    check(
        said,
        expect![[r#"
        by=area&area=BW&basis=counted,reported&every=month&from=2025-06-01&to=2025-08-01&position=10&definition=reuses/1
        by=area&area=BW&basis=counted,reported&every=month&from=2025-01-01&to=2025-06-20&position=9&definition=reuses/1
        by=area&area=BW&basis=counted,reported&on=2025-08-01&position=9&definition=reuses/1
        by=area&area=BW&basis=counted,reported&every=month&from=2025-06-01&to=2026-12-31&position=10&definition=milestones_planned/1
        2025-06-20 BW live counted = 1 of 2 share 0.5 observed 2025-06-01 running
        0 refused as_of fields_exclude
    "#]],
    );
}

#[test]
fn rule_19_inside_a_batch_is_the_batch_before() {
    let mut desk = desk();
    desk.say(&[
        &live("2025-01-01"),
        "milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2025-01-01",
    ]);
    let mut said = String::new();
    for position in [10, 9, 8, 7, 0, 11] {
        said += &format!(
            "{position}\n{}",
            desk.ask("reuses", &format!("area=BW&on=2025-02-01&basis=counted&position={position}"))
        );
    }
    said += &desk.permalink("reuses", "area=BW&on=2025-02-01&position=9");
    said += &desk.ask("reuses", "as_of=2025-06-19");
    said += &empty().ask("reuses", "position=1");
    check(
        said,
        expect![[r#"
        10
        2025-02-01 BW live counted = 2 of 2 share 1 observed 2025-01-01
        9
        8
        7
        nothing was known then: the first entry was recorded on 2025-06-20T10:00:00.000Z; for the world of an earlier day use `to`
        0
        nothing was known then: the first entry was recorded on 2025-06-20T10:00:00.000Z; for the world of an earlier day use `to`
        11
        position 11 lies beyond the head of the log, 10
        by=area&area=BW&basis=counted,reported&on=2025-02-01&position=8&definition=reuses/1
        nothing was known then: the first entry was recorded on 2025-06-20T10:00:00.000Z; for the world of an earlier day use `to`
        position 1 lies beyond the head of the log, 0
    "#]],
    );
}

#[test]
fn rule_19_lines_come_as_asked_or_in_the_order_of_lists_each_by_date() {
    let mut desk = desk();
    desk.say(&[
        "milestone-reached service=ozg:10002; place=ags:01000001; stage=live; on=2024-05-01",
        &live("2024-01-03"),
        "figure-reported measure=reuses; place=BW; value=9; on=2024-02-01; source=a",
    ]);
    let mut said = desk.ask("reuses", "area=SH,BW&every=year");
    said += "lists\n";
    said += &desk.ask("reuses", "on=2024-06-01");
    said += "topics\n";
    said += &desk.ask("reuses", "by=topic&topic=ohne_themenfeld,all,bauen_wohnen&on=2024-06-01");
    said += "stages\n";
    said += &desk.ask("reuses", "area=BW&stage=live,connected&on=2024-06-01&basis=counted");
    check(
        said,
        expect![[r#"
        2024-12-31 SH live counted = 1 of 1 share 1 observed 2024-05-01
        2025-06-20 SH live counted = 1 of 1 share 1 observed 2024-05-01 running
        2024-12-31 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2025-06-20 BW live counted = 1 of 2 share 0.5 observed 2024-01-03 running
        2024-12-31 BW live reported = 9 observed 2024-02-01 by a
        2025-06-20 BW live reported = 9 observed 2024-02-01 running by a
        lists
        2024-06-01 DE live counted = 2 of 3 share 0.666667 observed 2024-05-01
        2024-06-01 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-06-01 BW live reported = 9 observed 2024-02-01 by a
        2024-06-01 SH live counted = 1 of 1 share 1 observed 2024-05-01
        topics
        2024-06-01 DE ohne_themenfeld live counted = 1 observed 2024-05-01
        2024-06-01 DE live counted = 2 of 3 share 0.666667 observed 2024-05-01
        2024-06-01 DE bauen_wohnen live counted = 1 of 3 share 0.333333 observed 2024-01-03
        stages
        2024-06-01 BW live counted = 1 of 2 share 0.5 observed 2024-01-03
        2024-06-01 BW connected counted = 0 of 2 share 0
    "#]],
    );
}

#[test]
fn rule_20_a_day_ends_at_midnight_in_berlin_and_an_instant_is_inclusive() {
    let mut desk = desk();
    desk.at("2025-06-30T21:59:59.999Z").say(&[&live("2025-01-01")]);
    desk.at("2025-06-30T22:00:00Z")
        .say(&["milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2025-01-01"]);
    let mut said = String::new();
    for as_of in [
        "2025-06-30",
        "2025-07-01",
        "2025-06-30T21:59:59.999Z",
        "2025-06-30T21:59:59.998Z",
        "2025-06-30T22:00:00Z",
    ] {
        said += &desk.ask("reuses", &format!("area=BW&on=2025-02-01&basis=counted&as_of={as_of}"));
    }
    check(
        said,
        expect![[r#"
        2025-02-01 BW live counted = 1 of 2 share 0.5 observed 2025-01-01
        2025-02-01 BW live counted = 2 of 2 share 1 observed 2025-01-01
        2025-02-01 BW live counted = 1 of 2 share 0.5 observed 2025-01-01
        2025-02-01 BW live counted = 2 of 2 share 1 observed 2025-01-01
    "#]],
    );
}

#[test]
fn rule_21_published_until_is_what_people_could_read() {
    let mut desk = desk();
    desk.say(&[
        "figure-reported measure=services_launched; place=DE; on=2022-06-30; value=100; source=a; published=2022-08",
        "figure-reported measure=services_launched; place=DE; on=2022-05-31; value=90; source=b; published=2022-06-15",
        "figure-reported measure=services_launched; place=DE; on=2022-04; value=80; source=c",
        "figure-reported measure=services_launched; place=DE; on=2025; value=500; source=d",
    ]);
    let mut said = String::new();
    for until in ["2022-03", "2022-04", "2022-07-31", "2022-08", "2025-06-30"] {
        said += &desk.ask("services_launched", &format!("area=DE&on=2025-06-20&published_until={until}"));
    }
    check(
        said,
        expect![[r#"
        2025-06-20 DE reported = 80 observed 2022-04 by c
        2025-06-20 DE reported = 90 observed 2022-05-31 by b
        2025-06-20 DE reported = 100 observed 2022-06-30 by a
        2025-06-20 DE reported = 500 observed 2025 by d
    "#]],
    );
}

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
        2024-04-01 BW live counted = 1 of 2 share 0.5 observed 2024-04-01
        2025-01-01 BW live counted = 0 of 2 share 0 observed 2025-01-01
    "#]],
    );
}

#[test]
fn design_4_refusals_each_with_its_code_and_nothing_recorded() {
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
        "figure-reported measure=services_rolledout; place=DE; value=1; on=2024",
        "milestone-planned service=ozg:10001; place=BW; stage=live; due=2023; on=2024",
        "figure-reported measure=services_launched; place=DE; value=1; on=2024; source=a; published=2027",
    ];
    let mut said = String::new();
    statements.iter().for_each(|statement| said += &desk.say(&[statement]));
    assert_eq!(desk.state.head(), 8);
    check(
        said,
        expect![[r#"
        1 refused service unknown_service value=ozg:99999
        1 refused place unknown_place value=ags:08999999
        1 refused place lost_leading_zero value=ags:1003000 hint=(ags:01003000)
        1 refused place lost_leading_zero value=1003000 hint=(ags:01003000)
        1 refused place unknown_place value=Bayrn hint=(BY)
        1 refused stage unknown_stage value=lief hint=(live)
        1 refused service bad_key value=ozg:101
        1 refused on future_date value=2026
        1 refused on bad_date value=31.02.2024
        1 refused on missing_field
        1 refused on duplicate_field
        1 refused datum unknown_field
        1 refused reason missing_field
        1 refused type unknown_type value=milestone-raeched hint=(milestone-reached)
        1 refused topics unknown_topic value=bauen hint=(bauen_wohnen)
        1 refused measure unknown_measure value=services_rolledout hint=(services_rolled_out)
        1 refused due end_before_start
        1 refused published future_date value=2027
    "#]],
    );
}
