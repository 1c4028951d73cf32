//! Rules 18 to 21: points, viewpoints, permalinks.

use super::{check, live};
use crate::desk::{desk, empty};
use expect_test::expect;

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
            2024-01-03 BW live counted = 1 observed 2024-01-03 partial
            2024-01-04 BW live counted = 1 observed 2024-01-03 partial
            2024-01-05 BW live counted = 1 observed 2024-01-03 partial
            week&to=2024-01-21
            2024-01-07 BW live counted = 1 observed 2024-01-03 partial
            2024-01-14 BW live counted = 1 observed 2024-01-03 partial
            2024-01-21 BW live counted = 1 observed 2024-01-03 partial
            month&to=2024-03-10
            2024-01-31 BW live counted = 1 observed 2024-01-03 partial
            2024-02-29 BW live counted = 1 observed 2024-01-03 partial
            2024-03-10 BW live counted = 1 observed 2024-01-03 running partial
            quarter&to=2024-06
            2024-03-31 BW live counted = 1 observed 2024-01-03 partial
            2024-06-30 BW live counted = 1 observed 2024-01-03 partial
            year
            2024-12-31 BW live counted = 1 observed 2024-01-03 partial
            2025-06-20 BW live counted = 1 observed 2024-01-03 running partial
            change
            2024-01-03 BW live counted = 1 observed 2024-01-03 partial
            2025-05-31 BW live counted = 1 observed 2024-01-03 partial
            2025-06-20 BW live counted = 1 observed 2024-01-03 running partial
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
    said += &desk.permalink("reuses", "area=BW&as_of=2025-06&on=2025");
    said += &desk.permalink("milestones_planned", "area=BW&to=2026");
    said += &desk.ask("reuses", "area=BW&as_of=2025-06&basis=counted");
    said += &desk.ask("reuses", "area=BW&position=9&as_of=2025");
    check(
        said,
        expect![[r#"
            by=area&area=BW&topic=all&stage=live&unit=ozg&basis=counted,reported&kind=stock&every=month&from=2025-06-01&to=2025-08-01&position=10&definition=reuses/2&rules=2
            by=area&area=BW&topic=all&stage=live&unit=ozg&basis=counted,reported&kind=stock&every=month&from=2025-01-01&to=2025-06-20&position=9&definition=reuses/2&rules=2
            by=area&area=BW&topic=all&stage=live&unit=ozg&basis=counted,reported&kind=stock&on=2025-08-01&position=9&definition=reuses/2&rules=2
            by=area&area=BW&topic=all&unit=ozg&basis=counted,reported&kind=stock&every=month&from=2026-12-31&to=2026-12-31&position=10&definition=milestones_planned/1&rules=2
            2025-06-20 BW live counted = 1 observed 2025-06-01 running partial
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
            2025-02-01 BW live counted = 2 observed 2025-01-01 partial
            9
            8
            7
            nothing was known at that time: the first entry was recorded on 2025-06-20T10:00:00.000Z. To ask about an earlier day of the world, use `to`
            0
            nothing was known at that time: the first entry was recorded on 2025-06-20T10:00:00.000Z. To ask about an earlier day of the world, use `to`
            11
            position 11 lies beyond the head of the log, 10
            by=area&area=BW&topic=all&stage=live&unit=ozg&basis=counted,reported&kind=stock&on=2025-02-01&position=8&definition=reuses/2&rules=2
            nothing was known at that time: the first entry was recorded on 2025-06-20T10:00:00.000Z. To ask about an earlier day of the world, use `to`
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
            2024-12-31 SH live counted = 1 observed 2024-05-01 partial
            2025-06-20 SH live counted = 1 observed 2024-05-01 running partial
            2024-12-31 BW live counted = 1 observed 2024-01-03 partial
            2025-06-20 BW live counted = 1 observed 2024-01-03 running partial
            2024-12-31 BW live reported = 9 observed 2024-02-01 by a
            2025-06-20 BW live reported = 9 observed 2024-02-01 running carried by a
            lists
            2024-06-01 DE live counted = 2 observed 2024-05-01 partial
            2024-06-01 BW live counted = 1 observed 2024-01-03 partial
            2024-06-01 BW live reported = 9 observed 2024-02-01 carried by a
            2024-06-01 SH live counted = 1 observed 2024-05-01 partial
            topics
            2024-06-01 DE ohne_themenfeld live counted = 1 observed 2024-05-01 partial
            2024-06-01 DE live counted = 2 observed 2024-05-01 partial
            2024-06-01 DE bauen_wohnen live counted = 1 observed 2024-01-03 partial
            stages
            2024-06-01 BW live counted = 1 observed 2024-01-03 partial
            2024-06-01 BW connected counted = 0 partial
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
            2025-02-01 BW live counted = 1 observed 2025-01-01 partial
            2025-02-01 BW live counted = 2 observed 2025-01-01 partial
            2025-02-01 BW live counted = 1 observed 2025-01-01 partial
            2025-02-01 BW live counted = 2 observed 2025-01-01 partial
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
    for until in ["2022-03", "2022-04", "2022-07-31", "2022-08", "2025-06-20"] {
        said += &desk.ask("services_launched", &format!("area=DE&on=2025-06-20&published_until={until}"));
    }
    check(
        said,
        expect![[r#"
            2025-06-20 DE reported = 80 observed 2022-04 carried published_assumed by c
            2025-06-20 DE reported = 90 observed 2022-05-31 carried published 2022-06-15 by b
            2025-06-20 DE reported = 100 observed 2022-06-30 carried published 2022-08 by a
            2025-06-20 DE reported = 500 observed 2025 published_assumed by d
        "#]],
    );
}
