//! Rules 6 to 9: claims, which of them holds, plans and targets.

use super::{CLAIM, check};
use crate::desk::desk;
use expect_test::expect;

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
            1 recorded #11 counts from 2024-03-31 +jump
            1 recorded #12 counts from 2024-04-30
            1 recorded #13 counts from 2024-05-31 +jump
            1 recorded #14 counts from 2024-06-30 +jump
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
            2025-01-31 DE reported = 290 observed 2024-12-31 carried by alpha
            2025-01-31 DE scope:nur Bund reported = 50 observed 2024-12-31 carried by alpha
            2025-01-31 DE scope:nutzerfreundlich reported share 0.125 observed 2024-12-31 carried by alpha
        "#]],
    );
}

#[test]
fn rule_06b_flows_are_shown_only_in_the_period_that_contains_them() {
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
fn rule_06_other_is_never_summed() {
    let mut desk = desk();
    desk.say(&["figure-reported measure=other; service=ozg:10001; scope=Zahl; place=BW; value=1; on=2024"]);
    check(
        desk.ask("other", "area=BW&basis=summed&on=2025-01-01"),
        expect![[r#"
            0 refused basis dimension_not_here value=summed
        "#]],
    );
}

#[test]
fn rule_06b_flows_are_neither_summed_nor_a_denominator() {
    let mut desk = desk();
    desk.say(&[
        "milestone-reached service=ozg:10002; place=ags:08000001; stage=live; on=2024-01-01",
        "figure-reported measure=reuses_possible; service=ozg:10002; place=BW; value=50; since=2024-01; on=2024-06",
        "figure-reported measure=reuses; service=ozg:10002; place=BW; value=5; since=2024-01; on=2024-06",
    ]);
    let mut said = desk.ask("reuses", "service=ozg:10002&area=BW&on=2024-06-30&kind=stock,period");
    said += "summed\n";
    said += &desk.ask("reuses", "area=BW&basis=summed&on=2024-06-30");
    check(
        said,
        expect![[r#"
            2024-06-30 BW ozg:10002 live counted = 1 observed 2024-01-01 partial
            2024-06-30 BW ozg:10002 live reported = 5 observed 2024-01/2024-06 by alpha
            summed
        "#]],
    );
}

#[test]
fn rule_06d_one_text_in_other_clothes_is_one_source_and_one_scope() {
    let mut desk = desk();
    let mut said = desk.say(&[&format!("{CLAIM}; value=1; source=Märkisch-Oderland")]);
    said += &desk.say(&[&format!("{CLAIM}; value=1; source=ma\u{308}rkisch-oderland\u{200b}")]);
    said += &desk.say(&[&format!("{CLAIM}; value=2; source=MÄRKISCH-ODERLAND")]);
    said += &desk.say(&[&format!("{CLAIM}; value=3; scope=nur Bund; source=A")]);
    said += &desk.say(&[&format!("{CLAIM}; value=3; scope=Nur  Bund; source=a")]);
    said += &desk.say(&[&format!("{CLAIM}; value=4; scope=NUR BUND; source=B")]);
    // What is replaced is compared exactly, but for how its letters are composed.
    said += &desk.say(&[&format!("{CLAIM}; value=1; source=Ma\u{308}rkisch-Oderland; replaces=standing")]);
    said += &desk.say(&[&format!("{CLAIM}; value=1; source=MÄRKISCH-ODERLAND; replaces=standing")]);
    said += &desk.ask("services_launched", "area=DE&on=2025-01-31");
    // The spelling of a recorded name is content.
    let listed = |name: &str| format!("authority-listed authority=ags:08000001; name={name}; population=100");
    said += &desk.say(&[&listed("A\u{308}ach"), &listed("Aach")]);
    said += &desk.say(&[&format!("{}; replaces=standing", listed("Ääch"))]);
    said += &desk.say(&[&format!("{}; replaces=standing", listed("A\u{308}a\u{308}ch"))]);
    check(
        said,
        expect![[r#"
            1 recorded #9
            1 unchanged #9
            1 refused on already_said hint=(replaces: standing) standing=[#9 2024-12-31]
            1 recorded #10
            1 unchanged #10
            1 recorded #11
            1 unchanged #9
            1 corrected #12
            2025-01-31 DE reported = 1 observed 2024-12-31 carried by MÄRKISCH-ODERLAND
            2025-01-31 DE scope:nur Bund reported = 3 observed 2024-12-31 conflict carried by A
            2025-01-31 DE scope:NUR BUND reported = 4 observed 2024-12-31 conflict carried by B
            1 refused on already_said hint=(replaces: standing) standing=[#4]
            1 corrected #13
            1 unchanged #13
        "#]],
    );
}

#[test]
fn rule_06d_what_the_log_has_taken_is_never_judged_again() {
    let mut desk = desk();
    desk.say(&[&format!("{CLAIM}; value=50; source=Landkreis Barnim")]);
    desk.is_loading = true;
    for text in ["value=55; source=landkreis barnim", "value=50; source=LANDKREIS BARNIM"] {
        desk.say(&[&format!("{CLAIM}; {text}")]);
    }
    check(
        desk.ask("services_launched", "area=DE&on=2025-01-31"),
        expect![[r#"
            2025-01-31 DE reported = 50 observed 2024-12-31 conflict carried by Landkreis Barnim
            2025-01-31 DE reported = 55 observed 2024-12-31 conflict carried by landkreis barnim
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
            2025-01-31 DE reported = 290 of 575 share 0.504348 observed 2024-12-31 carried by Dashboard; Bericht
            conflict
            2025-01-31 DE reported = 270 of 575 share 0.469565 observed 2024-12-31 conflict carried by Zeitung
            2025-01-31 DE reported = 290 of 575 share 0.504348 observed 2024-12-31 conflict carried by Dashboard; Bericht
            2025-01-31 DE reported = 290 (>) of 575 share 0.504348 (>) observed 2024-12-31 conflict carried by Anfrage
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
            2025-01-01 DE ozg:10002 live reported = 130 of 600 share 0.216667 observed 2024 carried by EfA
            2025-01-01 DE ozg:10002 rolling_out reported = 20 (ca) of 600 share 0.033333 (ca) observed 2024 carried by EfA
            2025-01-01 DE ozg:10002 live reported = 130 of 600 share 0.216667 observed 2024 carried by EfA
            2025-01-01 DE ozg:10002 reported = 600 observed 2024 carried by EfA
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
            2024-01-01 BW interested counted = 0 partial
            2024-01-01 BW agreed counted = 0 partial
            2024-01-01 BW ready counted = 0 partial
            2024-01-01 BW connected counted = 0 partial
            2024-01-01 BW pilot counted = 0 partial
            2024-01-01 BW rolling_out counted = 0 partial
            2024-01-01 BW live counted = 1 observed 2024-01-01 partial
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
