//! Rules 6a and 6c: ranges, and what is recorded with a remark.

use super::{check, live};
use crate::desk::desk;
use expect_test::expect;

fn claim(place: &str, on: &str, more: &str) -> String {
    format!("figure-reported measure=services_launched; place={place}; on={on}; source=A; {more}")
}

#[test]
fn rule_06a_ranges_keep_both_ends() {
    let mut desk = desk();
    let mut said = desk.say(&[
        &claim("BW", "2024-06-30", "value=100–120; of=500"),
        &claim("BY", "2024-06-30", "value=zwischen 100 und 120; of=400-500"),
        &claim("BE", "2024-06-30", "percent=40–50"),
        &claim("BB", "2024-06-30", "value=100–100"),
    ]);
    said += &desk.say(&[&claim("HB", "2024-06-30", "value=120–100")]);
    said += &desk.say(&[&claim("BW", "2024-06-30", "value=zwischen 100 und 120; of=500")]);
    said += &desk.say(&[&claim("BW", "2024-06-30", "value=100–130; of=500")]);
    said += &desk.ask("services_launched", "area=BW,BY,BE,BB&basis=reported&on=2024-06-30");
    check(
        said,
        expect![[r#"
        1 recorded #9
        2 recorded #10
        3 recorded #11
        4 recorded #12
        1 refused value bad_number value=120–100 hint=(100–120)
        1 unchanged #9
        1 refused on already_said hint=(replaces: standing) standing=[#9 2024-06-30]
        2024-06-30 BW reported = 100 (between) to 120 of 500 share 0.2 (between) to 0.24 observed 2024-06-30 by A
        2024-06-30 BY reported = 100 (between) to 120 of 400 (between) to 500 share 0.2 (between) to 0.3 observed 2024-06-30 by A
        2024-06-30 BE reported share 0.4 (between) to 0.5 observed 2024-06-30 by A
        2024-06-30 BB reported = 100 observed 2024-06-30 by A
    "#]],
    );
}

#[test]
fn rule_06c_what_follows_from_the_entry() {
    let mut desk = desk();
    let reuse = "reuse-reported service=ozg:10001; place=BW; on=2024-06-30; source=A";
    let mut said = desk.say(&[
        &claim("BW", "2024-06-30", "value=575; of=290"),
        &claim("BY", "2024-06-30", "percent=140"),
        &claim("BE", "2024-06-30", "value=5; published=2024-06-29"),
        &claim("BB", "2024-06", "value=5; published=2024-06-10"),
        &format!("{reuse}; live=20; rolling_out=30; of=18"),
    ]);
    said += &desk.say(&[&claim("BW", "2024-06-30", "value=575; of=290")]);
    said += &desk.say(&[&claim("HH", "2024-06-30", "value=5; of=0")]);
    said += &desk.ask("services_launched", "area=BW,BY,BE,BB&basis=reported&on=2024-06-30");
    said += &desk.ask("reuses_current", "service=ozg:10001&area=BW&basis=reported&on=2024-06-30");
    check(
        said,
        expect![[r#"
            1 recorded #9 +share_above_one
            2 recorded #10 +share_above_one
            3 recorded #11 +published_early
            4 recorded #12 counts from 2024-06-30
            5 recorded #13 +live_above_of
            1 unchanged #9
            1 refused of number_out_of_range value=0
            2024-06-30 BW reported = 575 of 290 share 1.982759 observed 2024-06-30 +share_above_one by A
            2024-06-30 BY reported share 1.4 observed 2024-06-30 +share_above_one by A
            2024-06-30 BE reported = 5 observed 2024-06-30 published 2024-06-29 +published_early by A
            2024-06-30 BB reported = 5 observed 2024-06 published 2024-06-10 by A
            2024-06-30 BW ozg:10001 rolling_out reported = 30 of 18 share 1.666667 observed 2024-06-30 by A
            2024-06-30 BW ozg:10001 live reported = 20 of 18 share 1.111111 observed 2024-06-30 +live_above_of by A
        "#]],
    );
}

#[test]
fn rule_06c_a_jump_is_more_than_half_and_more_than_ten_off_the_one_before() {
    let mut desk = desk();
    for (place, before) in [("BW", 100), ("BY", 100), ("BE", 10), ("BB", 100)] {
        desk.say(&[&claim(place, "2024-01-31", &format!("value={before}"))]);
    }
    let mut said = desk.say(&[
        &claim("BW", "2024-02-29", "value=150"),
        &claim("BY", "2024-02-29", "value=151"),
        &claim("BE", "2024-02-29", "value=20"),
        &claim("BB", "2024-02-29", "value=49"),
    ]);
    // The order of a batch never matters; what comes late is compared with what was before it; a period is no stock.
    said += &desk.say(&[&claim("HB", "2024-02-29", "value=100"), &claim("HB", "2024-01-31", "value=10")]);
    said += &desk.say(&[
        &claim("BW", "2024-02-15", "value=500"),
        &claim("BW", "2024-02-20", "value=900; since=2024-01"),
    ]);
    // Another scope is another line, and reports speak of the same lines as claims.
    said += &desk.say(&[&claim("BW", "2024-03-31", "value=900; scope=nur Bund")]);
    let reuse = |on: &str, live: u32| {
        format!("reuse-reported service=ozg:10001; place=BW; live={live}; on={on}; source=A")
    };
    said += &desk.say(&[&reuse("2024-01-31", 100), &reuse("2024-02-29", 200)]);
    said += &desk.say(&[
        "figure-reported measure=reuses; service=ozg:10001; place=BW; value=20; on=2024-03-31; source=B",
    ]);
    check(
        said,
        expect![[r#"
        1 recorded #13
        2 recorded #14 +jump
        3 recorded #15
        4 recorded #16 +jump
        1 recorded #17 +jump
        2 recorded #18
        1 recorded #19 +jump
        2 recorded #20
        1 recorded #21
        1 recorded #22
        2 recorded #23 +jump
        1 recorded #24 +jump
    "#]],
    );
}

#[test]
fn rule_06c_what_was_withdrawn_outside_a_listing_or_revised() {
    let mut desk = desk();
    desk.say(&[&live("2024-05-01"), &claim("BW", "2024-06-30", "value=7")]);
    desk.say(&[
        "entry-withdrawn entry=#9; reason=never happened",
        "entry-withdrawn entry=#10; reason=misread",
    ]);
    let mut said = desk.say(&[&live("2024-05-01"), &claim("BW", "2024-06-30", "value=7")]);
    desk.say(&["service-delisted service=ozg:10002; on=2024-01-01"]);
    said += &desk.say(&[
        "milestone-reached service=ozg:10002; place=BW; stage=launched; on=2024-06-01",
        "milestone-reached service=ozg:10002; place=BY; stage=launched; on=2023-06-01",
    ]);
    desk.say(&[&claim("BY", "2024-06-30", "value=300; published=2024-07-10")]);
    said += &desk.say(&[&claim("BY", "2024-06-30", "value=310; published=2024-07-10; replaces=standing")]);
    said += &desk.say(&[&claim("BY", "2024-06-30", "value=311; published=2024-09-01; replaces=standing")]);
    check(
        said,
        expect![[r#"
        1 recorded #13 +withdrawn_before
        2 recorded #14 +withdrawn_before
        1 recorded #16 +not_listed
        2 recorded #17
        1 corrected #19
        1 corrected #20 +replaced_revision
    "#]],
    );
}
