//! Rules 6b to 7b: stocks and periods, sources that revise themselves, what is carried.

use super::{CLAIM, check};
use crate::desk::desk;
use expect_test::expect;

const OF_SH: &str = "figure-reported measure=services_rolled_out; place=SH";

#[test]
fn rule_06b_stocks_or_periods_as_asked() {
    let mut desk = desk();
    desk.say(&[
        &format!("{OF_SH}; value=229; on=2023-09"),
        &format!("{OF_SH}; value=70; since=2023-01; on=2023-09"),
        "figure-reported measure=applications; place=SH; value=700; on=2023-12",
        "figure-reported measure=applications; place=SH; value=500; since=2023; on=2023",
    ]);
    let mut said = String::new();
    for kind in ["", "&kind=stock", "&kind=period", "&kind=period,stock", "&kind=period&basis=reported"] {
        said += &format!("{kind}\n");
        said += &desk.ask("services_rolled_out", &format!("area=SH&on=2023-09-30{kind}"));
    }
    said += "applications\n";
    said += &desk.ask("applications", "area=SH&on=2023-12-31");
    said += "refused\n";
    for basis in ["counted", "counted,reported", "target"] {
        said += &desk.ask("services_rolled_out", &format!("area=SH&kind=period&basis={basis}"));
    }
    said += &desk.ask("services_rolled_out", "area=SH&kind=period&shape=wide&show=change");
    said += &desk.ask("services_rolled_out", "area=SH&kind=flow");
    said += &desk.permalink("services_rolled_out", "area=SH&on=2023-09-30");
    said += &desk.permalink("services_rolled_out", "area=SH&on=2023-09-30&kind=period");
    said += &desk.permalink("services_rolled_out", "area=SH&on=2023-09-30&basis=counted");
    check(
        said,
        expect![[r#"

            2023-09-30 SH reported = 229 observed 2023-09 by alpha
            &kind=stock
            2023-09-30 SH reported = 229 observed 2023-09 by alpha
            &kind=period
            2023-09-30 SH reported = 70 observed 2023-01/2023-09 by alpha
            &kind=period,stock
            2023-09-30 SH reported = 229 observed 2023-09 by alpha
            2023-09-30 SH reported = 70 observed 2023-01/2023-09 by alpha
            &kind=period&basis=reported
            2023-09-30 SH reported = 70 observed 2023-01/2023-09 by alpha
            applications
            2023-12-31 SH reported = 700 observed 2023-12 by alpha
            2023-12-31 SH reported = 500 observed 2023/2023 by alpha
            refused
            0 refused kind fields_exclude value=period
            0 refused kind fields_exclude value=period
            0 refused kind fields_exclude value=period
            0 refused kind fields_exclude value=period
            0 refused kind unknown_word value=flow
            by=area&area=SH&topic=all&unit=ozg&basis=counted,reported&kind=stock&on=2023-09-30&position=12&definition=services_rolled_out/1&rules=2
            by=area&area=SH&topic=all&unit=ozg&basis=reported&kind=period&on=2023-09-30&position=12&definition=services_rolled_out/1&rules=2
            by=area&area=SH&topic=all&unit=ozg&basis=counted&kind=stock&on=2023-09-30&position=12&definition=services_rolled_out/1&rules=2
        "#]],
    );
}

#[test]
fn rule_06b_different_periods_are_no_conflict() {
    let mut desk = desk();
    desk.say(&[
        &format!("{OF_SH}; value=70; since=2023-01; on=2023-09; source=A"),
        &format!("{OF_SH}; value=60; since=2023-02; on=2023-09; source=A"),
        &format!("{OF_SH}; value=72; since=2023-01-01; on=2023-09-30; source=B"),
        &format!("{OF_SH}; value=60; since=2023-02; on=2023-Q3; source=B"),
        &format!("{OF_SH}; value=20; since=2023-01; on=2023-03; source=A"),
    ]);
    check(
        desk.ask("services_rolled_out", "area=SH&kind=period&every=year&from=2023&to=2024"),
        expect![[r#"
        2023-12-31 SH reported = 20 observed 2023-01/2023-03 by A
        2023-12-31 SH reported = 70 observed 2023-01/2023-09 conflict by A
        2023-12-31 SH reported = 72 observed 2023-01-01/2023-09-30 conflict by B
        2023-12-31 SH reported = 60 observed 2023-02/2023-09 by A; B
    "#]],
    );
}

#[test]
fn rule_07a_a_source_revises_itself_in_whatever_order() {
    let mut desk = desk();
    let of = |value: u32, published: &str, url: &str| {
        format!("{CLAIM}; value={value}; source=Bericht; published={published}{url}")
    };
    // The third comes late, and is the earliest.
    let mut said = desk.say(&[
        &of(290, "2025-02-10", "; source_url=https://example.org/februar"),
        &of(300, "2025-01-10", ""),
    ]);
    said += &desk.say(&[&of(310, "2025-01-01", "")]);
    let ask = |desk: &crate::desk::Desk, until: &str| {
        desk.ask("services_launched", &format!("area=DE&on=2025-03-01{until}"))
    };
    said += &ask(&desk, "");
    for until in ["2025-02-10", "2025-01-31", "2025-01-05", "2024-12-31"] {
        said += &format!("until {until}\n");
        said += &ask(&desk, &format!("&published_until={until}"));
    }
    said += "for all days\n";
    said += &desk.ask("services_launched", "area=DE&every=month&from=2024-12&to=2025-01");
    // What is published anew with the same figure revises nothing.
    said += &desk.say(&[&of(290, "2025-04-01", "")]);
    said += &ask(&desk, "");
    said += "withdrawn\n";
    said += &desk.say(&["entry-withdrawn entry=#9; reason=x", "entry-withdrawn entry=#12; reason=x"]);
    said += &ask(&desk, "");
    said += "of reports\n";
    let report = "reuse-reported service=ozg:10002; place=DE; on=2024; source=EfA";
    said += &desk.say(&[&format!("{report}; live=130; of=600; published=2025-02")]);
    said += &desk.say(&[&format!("{report}; live=140; published=2025-03")]);
    said += &desk.ask("reuses", "service=ozg:10002&area=DE&on=2025-03-01");
    said += &desk.ask("reuses_possible", "service=ozg:10002&area=DE&on=2025-03-01");
    check(
        said,
        expect![[r#"
        1 recorded #9
        2 recorded #10
        1 recorded #11
        2025-03-01 DE reported = 290 observed 2024-12-31 carried published 2025-02-10 by Bericht
        until 2025-02-10
        2025-03-01 DE reported = 290 observed 2024-12-31 carried published 2025-02-10 by Bericht
        until 2025-01-31
        2025-03-01 DE reported = 300 observed 2024-12-31 carried published 2025-01-10 by Bericht
        until 2025-01-05
        2025-03-01 DE reported = 310 observed 2024-12-31 carried published 2025-01-01 by Bericht
        until 2024-12-31
        for all days
        2024-12-31 DE reported = 290 observed 2024-12-31 published 2025-02-10 by Bericht
        2025-01-31 DE reported = 290 observed 2024-12-31 carried published 2025-02-10 by Bericht
        1 recorded #12
        2025-03-01 DE reported = 290 observed 2024-12-31 carried published 2025-02-10 by Bericht
        withdrawn
        1 withdrawn #13
        2 withdrawn #14
        2025-03-01 DE reported = 300 observed 2024-12-31 carried published 2025-01-10 by Bericht
        of reports
        1 recorded #15 counts from 2024-12-31
        1 recorded #16 counts from 2024-12-31
        2025-03-01 DE ozg:10002 live reported = 140 observed 2024 carried published 2025-03 by EfA
        2025-03-01 DE ozg:10002 reported = 600 observed 2024 carried published 2025-02 by EfA
    "#]],
    );
}

#[test]
fn rule_07a_what_is_no_revision_stands_beside() {
    let mut desk = desk();
    let of = |value: u32, more: &str| format!("{CLAIM}; value={value}; source=Bericht{more}");
    let mut said = desk.say(&[&of(300, "; published=2025-01")]);
    // The same day in another spelling, or none: not with one url, but with another.
    said += &desk.say(&[&of(290, "; published=2025-01-31")]);
    said += &desk.say(&[&of(290, "")]);
    said += &desk.say(&[&of(280, "; published=2025-01-31; source_url=https://example.org/b")]);
    // Nobody overrides another office.
    said += &desk.office("beta").say(&[&of(1, "; published=2025-05-01")]);
    // Other days, words and periods are other figures.
    desk.office("alpha").say(&[
        &of(5, "; published=2025-05-01; scope=nur Bund"),
        &of(6, "; published=2025-05-01; since=2024-11-30"),
    ]);
    said += &desk.ask("services_launched", "area=DE&on=2025-01-31&kind=stock,period");
    check(
        said,
        expect![[r#"
        1 recorded #9
        1 refused on already_said hint=(replaces: standing) standing=[#9 2024-12-31]
        1 refused on already_said hint=(replaces: standing) standing=[#9 2024-12-31]
        1 recorded #10
        1 recorded #11
        2025-01-31 DE reported = 1 observed 2024-12-31 conflict carried published 2025-05-01 by Bericht
        2025-01-31 DE reported = 280 observed 2024-12-31 conflict carried published 2025-01-31 by Bericht
        2025-01-31 DE reported = 300 observed 2024-12-31 conflict carried published 2025-01 by Bericht
        2025-01-31 DE scope:nur Bund reported = 5 observed 2024-12-31 carried published 2025-05-01 by Bericht
    "#]],
    );
}

#[test]
fn rule_07b_what_was_observed_at_an_earlier_point_is_carried() {
    let mut desk = desk();
    let reuses = |service: u32, value: u32, on: &str| {
        format!(
            "figure-reported measure=reuses; service=ozg:1000{service}; place=SH; stage=live; value={value}; on={on}"
        )
    };
    desk.say(&[
        &format!("{OF_SH}; value=135; on=2022-12-31"),
        &format!("{OF_SH}; value=238; on=2025-01"),
        &format!("{OF_SH}; value=20; since=2023-01; on=2025-01"),
        &reuses(1, 10, "2023-12-31"),
        &reuses(2, 5, "2022-12-31"),
    ]);
    let mut said = String::new();
    for question in [
        "every=year&from=2022&to=2025",
        "every=change",
        "every=change&from=2023",
        "every=year&from=2022&to=2025&last=1",
        "every=month&from=2025-01-31&to=2025-02-10",
        "every=month&from=2025-02-01&to=2025-02-10",
        "on=2025-01-31",
        "on=2025-02-01",
    ] {
        said += &format!("{question}\n");
        said += &desk.ask("services_rolled_out", &format!("area=SH&kind=stock,period&{question}"));
    }
    said += "summed\n";
    said += &desk.ask("reuses", "basis=summed&area=SH&every=year&from=2022&to=2024");
    check(
        said,
        expect![[r#"
        every=year&from=2022&to=2025
        2022-12-31 SH reported = 135 observed 2022-12-31 by alpha
        2023-12-31 SH reported = 135 observed 2022-12-31 carried by alpha
        2024-12-31 SH reported = 135 observed 2022-12-31 carried by alpha
        2025-06-20 SH reported = 238 observed 2025-01 running by alpha
        2025-06-20 SH reported = 20 observed 2023-01/2025-01 running by alpha
        every=change
        2022-12-31 SH reported = 135 observed 2022-12-31 by alpha
        2025-01-31 SH reported = 238 observed 2025-01 by alpha
        2025-01-31 SH reported = 20 observed 2023-01/2025-01 by alpha
        every=change&from=2023
        2023-01-01 SH reported = 135 observed 2022-12-31 carried by alpha
        2025-01-31 SH reported = 238 observed 2025-01 by alpha
        2025-01-31 SH reported = 20 observed 2023-01/2025-01 by alpha
        every=year&from=2022&to=2025&last=1
        2025-06-20 SH reported = 238 observed 2025-01 running by alpha
        2025-06-20 SH reported = 20 observed 2023-01/2025-01 running by alpha
        every=month&from=2025-01-31&to=2025-02-10
        2025-01-31 SH reported = 238 observed 2025-01 by alpha
        2025-01-31 SH reported = 20 observed 2023-01/2025-01 by alpha
        2025-02-10 SH reported = 238 observed 2025-01 running carried by alpha
        every=month&from=2025-02-01&to=2025-02-10
        2025-02-10 SH reported = 238 observed 2025-01 running carried by alpha
        on=2025-01-31
        2025-01-31 SH reported = 238 observed 2025-01 by alpha
        2025-01-31 SH reported = 20 observed 2023-01/2025-01 by alpha
        on=2025-02-01
        2025-02-01 SH reported = 238 observed 2025-01 carried by alpha
        summed
        2022-12-31 SH live summed = 5 (>=) observed 2022-12-31
        2023-12-31 SH live summed = 15 observed 2023-12-31 carried
        2024-12-31 SH live summed = 15 observed 2023-12-31 carried
    "#]],
    );
}
