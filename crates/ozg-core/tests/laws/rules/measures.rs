//! Rules 12 to 17: what each measure counts.

use super::{check, live};
use crate::desk::{Desk, desk};
use expect_test::expect;

#[test]
fn rule_12_launched_rolls_up_through_parents_while_they_are_named() {
    let mut desk = desk();
    desk.declare_all();
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
    desk.declare_all();
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
    desk.declare_all();
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
            2023-01-01 BW counted = 0 partial
            2023-02-01 BW counted = 1 observed 2023-02-01 partial
            2023-01-01 DE counted = 0 partial
            the last municipality
            2023-01-01 DE counted = 0 partial
            2023-06-01 DE counted = 1 observed 2023-06-01 partial
            executed by others
            2023-01-01 BW counted = 0 partial
            2023-02-01 BW counted = 1 observed 2023-02-01 partial
            2024-01-01 BW counted = 0 observed 2024-01-01 partial
            2023-01-01 BW ozg:10001 counted = 0 of 1 share 0
            2023-02-01 BW ozg:10001 counted = 1 of 1 share 1 observed 2023-02-01
            2024-01-01 BW ozg:10001 counted = 0 of 1 share 0 observed 2024-01-01
        "#]],
    );
}

#[test]
fn rule_14_areas_reusing_and_what_is_no_pair() {
    let mut desk = desk();
    desk.declare_all();
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
            2024-01-01 BW ozg:10002 live counted = 1 of 1 share 1 observed 2023-01-01
            2024-01-01 SH ozg:10002 live counted = 1 of 1 share 1 observed 2023-01-01
            2024-01-01 DE live counted = 3 observed 2023-01-01 partial
            2024-01-01 BW live counted = 1 observed 2023-01-01 partial
            2024-01-01 SH live counted = 1 observed 2023-01-01 partial
        "#]],
    );
}

#[test]
fn rule_10c_a_published_count_stands_below_claims_and_never_below_counts() {
    let mut desk = desk();
    desk.say(&[
        "milestone-reached service=ozg:10002; place=ags:08000001; stage=live; on=2023-01-01",
        "reuse-reported service=ozg:10002; place=BW; live=40; of=50; on=2023-06-01; source=Bericht",
        "reuse-reported service=ozg:10002; place=BW; live=45; on=2024-06-01; source=Bericht",
    ]);
    let mut said = desk.ask("reuses", "service=ozg:10002&area=BW&every=year&to=2024-12-31");
    said += &desk.ask("reuses_possible", "service=ozg:10002&area=BW&on=2024-12-31");
    check(
        said,
        expect![[r#"
            2023-12-31 BW ozg:10002 live counted = 1 observed 2023-01-01 partial
            2024-12-31 BW ozg:10002 live counted = 1 observed 2023-01-01 partial
            2023-12-31 BW ozg:10002 live reported = 40 of 50 share 0.8 observed 2023-06-01 by Bericht
            2024-12-31 BW ozg:10002 live reported = 45 observed 2024-06-01 by Bericht
            2024-12-31 BW ozg:10002 reported = 50 observed 2023-06-01 carried by Bericht
        "#]],
    );
}

#[test]
fn rule_10b_of_possible_pairs_there_is_a_count_only_where_all_who_execute_are_known() {
    let mut desk = desk();
    desk.say(&["milestone-reached service=ozg:10001; place=ags:08000001; stage=live; on=2023-01-01"]);
    let ask = |desk: &Desk, what: &str| {
        let of_all = desk.ask("reuses_possible", "area=BW,SH,DE&on=2024-01-01");
        let of_one = desk.ask("reuses_possible", "area=BW,DE&service=ozg:10002&on=2024-01-01");
        let covering = desk.ask("services_covering_all", "area=BW,DE&on=2024-01-01");
        let active = desk.ask("authorities_active", "area=BW,DE&on=2024-01-01");
        format!("{what}\n{of_all}{of_one}{covering}{active}")
    };
    let mut said = ask(&desk, "nobody says who is there");
    desk.say(&["register-declared kind=gemeinde; area=BW"]);
    said += &ask(&desk, "all municipalities of a Land");
    desk.declare_all();
    said += &ask(&desk, "all");
    check(
        said,
        expect![[r#"
        nobody says who is there
        2024-01-01 BW counted = 1 observed 2023-01-01 partial
        2024-01-01 DE counted = 1 observed 2023-01-01 partial
        all municipalities of a Land
        2024-01-01 BW counted = 2
        2024-01-01 BW counted = 0 partial
        2024-01-01 BW counted = 1 observed 2023-01-01 partial
        2024-01-01 DE counted = 1 observed 2023-01-01 partial
        all
        2024-01-01 BW counted = 2
        2024-01-01 SH counted = 1
        2024-01-01 DE counted = 3
        2024-01-01 BW counted = 0 partial
        2024-01-01 DE counted = 0 partial
        2024-01-01 BW counted = 1 of 3 share 0.333333 observed 2023-01-01
        2024-01-01 DE counted = 1 of 5 share 0.2 observed 2023-01-01
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
            2024-02-01 DE live summed = 18 (>) observed 2024-01-01 carried
            2024-02-01 BW live summed = 12 observed 2024-01-01 carried
            2024-02-01 SH live summed = 5 (>) observed 2024-01-01 carried
            about
            2024-02-01 DE live summed = 3 observed 2024-01-01 carried
            2024-02-01 BW live summed = 2 observed 2024-01-01 carried
            a part in conflict
            2024-02-01 DE live summed = 3 observed 2024-01-01 carried
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
    desk.declare_all();
    let silent = desk.ask("reuses", "area=BW,SH,DE&on=2025-01-01");
    desk.say(&["milestone-reached service=ozg:10002; place=ags:08000001; stage=interested; on=2024-03-15"]);
    let mut said = silent + &desk.ask("reuses", "area=BW,SH,DE&every=month&from=2024-02&to=2024-04");
    desk.say(&["entry-withdrawn entry=#23; reason=falsch"]);
    said += "withdrawn\n";
    said += &desk.ask("reuses", "area=BW,SH,DE&every=month&from=2024-02&to=2024-04");
    check(
        said,
        expect![[r#"
            2024-03-31 BW live counted = 0 partial
            2024-04-30 BW live counted = 0 partial
            2024-03-31 DE live counted = 0 partial
            2024-04-30 DE live counted = 0 partial
            withdrawn
        "#]],
    );
}

#[test]
fn rule_17_what_a_successor_takes_over_breaks_the_silence_of_its_land() {
    let mut desk = desk();
    desk.declare_all();
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
    said += &desk.ask("reuses", "area=SH&every=change&position=23");
    desk.say(&["entry-withdrawn entry=#23; reason=falsch"]);
    said += "nothing was taken over\n";
    said += &desk.ask("reuses", "area=BW,SH,DE&every=change");
    check(
        said,
        expect![[r#"
            2023-05-01 BW live counted = 1 observed 2023-05-01 partial
            2023-05-01 DE live counted = 1 observed 2023-05-01 partial
            merged
            2023-05-01 BW live counted = 1 observed 2023-05-01 partial
            2024-01-01 BW live counted = 0 observed 2024-01-01 partial
            2024-01-01 SH live counted = 1 observed 2024-01-01 partial
            2023-05-01 DE live counted = 1 observed 2023-05-01 partial
            2024-01-01 ags:01000001 live counted = 1 observed 2024-01-01
            as it was known before
            nothing was taken over
        "#]],
    );
}
