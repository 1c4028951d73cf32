//! Rules 1 and 2: when a milestone holds, what replaces and withdraws it.

use super::{check, ended, live};
use crate::desk::desk;
use expect_test::expect;

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
            2024-03-01 BW live counted = 1 observed 2024-03-01 partial
            2024-09-30 BW live counted = 0 observed 2024-09-30 partial
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
            1 recorded #11
            2024-05-01 BW live counted = 1 observed 2024-03-01 partial
            1 recorded #12
            2 recorded #13 counts from 2024-06-30
            3 unchanged #13
            4 unchanged #12
            2024-06-30 BW live counted = 1 observed 2024-03-01 partial
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
            2 refused on contradiction value=2024-04-01 standing=[same batch 2024-03-01]
            2 refused on contradiction value=2024-03-01 standing=[same batch 2024-04-01]
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
    // The first no longer stands; a second correction of it is answered with the entry that does.
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
            2024-06-01 BW live counted = 1 observed 2024-06-01 partial
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
            2025-01-01 SH counted = 1 observed 2023-03-01 partial
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
            2024-03-01 BW live counted = 1 observed 2024-03-01 partial
            1 refused entry not_standing value=00000000-0000-0000-0000-00000000100b
            1 unchanged #11
            1 withdrawn #12
            1 recorded #13
            2024-05-01 BW live counted = 1 observed 2024-05-01 partial
            2024-03-01 BW live counted = 1 observed 2024-03-01 partial
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
fn rule_02_a_correction_withdrawn_in_its_own_batch_makes_room_for_another_in_any_order() {
    let id = "00000000-0000-0000-0000-0000000000aa";
    let batch = [
        format!("{}; replaces=#9; id={id}", live("2024-05-01")),
        format!("{}; replaces=#9", live("2024-06-01")),
        format!("entry-withdrawn entry={id}; reason=x"),
    ];
    let mut said = String::new();
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let mut desk = desk();
        desk.say(&[&live("2024-03-01")]);
        said += &desk.say(&order.map(|index: usize| batch[index].as_str()));
        said += &desk.ask("reuses", "area=BW&every=change&basis=counted");
    }
    check(
        said,
        expect![[r#"
            1 corrected #10
            2 corrected #12
            3 withdrawn #11
            2024-06-01 BW live counted = 1 observed 2024-06-01 partial
            1 corrected #12
            2 corrected #10
            3 withdrawn #11
            2024-06-01 BW live counted = 1 observed 2024-06-01 partial
            1 withdrawn #11
            2 corrected #12
            3 corrected #10
            2024-06-01 BW live counted = 1 observed 2024-06-01 partial
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
            1 refused entry foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-000000001009)
            1 refused replaces foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-000000001009)
            1 refused replaces foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-000000001009)
            1 refused entry unknown_entry value=00000000-0000-0000-0000-00000000ffff
        "#]],
    );
}
