//! Regions that cross Länder, lists of services, and what was found without a date.

use super::check;
use crate::desk::{Desk, desk, empty};
use expect_test::expect;
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::words::Day;

fn say(desk: &mut Desk, said: &[&str]) {
    let outcome = desk.say(said);
    assert!(!outcome.contains("refused"), "{outcome}");
}

/// Two Länder, of which one Kreis each and a whole Land belong together.
fn rhein_neckar() -> Desk {
    let mut desk = empty();
    say(
        &mut desk,
        &[
            "service-listed service=ozg:10001; name=Wohngeld; executed_by=gemeinde",
            "service-listed service=ozg:10002; name=Ehe; executed_by=kreis",
            "authority-listed authority=kreis:08226; name=Rhein-Neckar-Kreis; population=550000",
            "authority-listed authority=kreis:06431; name=Bergstraße; population=270000",
            "authority-listed authority=ags:08226095; name=Weinheim; population=45000",
            "authority-listed authority=ags:08111000; name=Stuttgart; population=630000",
            "authority-listed authority=ags:06431002; name=Bensheim; population=41000",
        ],
    );
    say(
        &mut desk,
        &[
            "region-defined region=rhein-neckar; name=Metropolregion Rhein-Neckar; members=kreis:08226",
            "region-defined region=rhein-neckar; name=Metropolregion Rhein-Neckar; members=kreis:08226,kreis:06431; on=2024-01-01",
            "milestone-reached service=ozg:10001; place=ags:08226095; stage=live; on=2023-06-01",
            "milestone-reached service=ozg:10001; place=ags:08111000; stage=live; on=2022-01-01",
            "milestone-reached service=ozg:10001; place=ags:06431002; stage=live; on=2022-06-01",
            "milestone-reached service=ozg:10002; place=BW; stage=rolled_out; on=2023-09-01",
        ],
    );
    desk.declare_all();
    desk
}

#[test]
fn a_region_counts_what_lies_in_its_kreise_on_the_day() {
    let desk = rhein_neckar();
    let span = "area=region:rhein-neckar&from=2022-12-31&to=2024-12-31&every=year&basis=counted";
    let mut said = String::new();
    for measure in [
        "reuses",
        "services_launched",
        "services_rolled_out",
        "services_covering_all",
        "authorities_active",
        "population_covered",
    ] {
        said += &format!("{measure}\n{}", desk.ask(measure, span));
    }
    check(
        said,
        expect![[r#"
            reuses
            2023-12-31 region:rhein-neckar live counted = 1 of 2 share 0.5 observed 2023-06-01
            2024-12-31 region:rhein-neckar live counted = 2 of 4 share 0.5 observed 2024-01-01
            services_launched
            2023-12-31 region:rhein-neckar counted = 2 of 2 share 1 observed 2023-09-01
            2024-12-31 region:rhein-neckar counted = 2 of 2 share 1 observed 2023-09-01
            services_rolled_out
            2023-12-31 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2023-09-01
            2024-12-31 region:rhein-neckar counted = 0 of 2 share 0 observed 2024-01-01
            services_covering_all
            2023-12-31 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2023-06-01
            2024-12-31 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2023-06-01
            authorities_active
            2023-12-31 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2023-06-01
            2024-12-31 region:rhein-neckar counted = 2 of 4 share 0.5 observed 2024-01-01
            population_covered
            2023-12-31 region:rhein-neckar counted = 45000 of 595000 share 0.07563 observed 2023-06-01
            2024-12-31 region:rhein-neckar counted = 86000 of 906000 share 0.094923 observed 2024-01-01
        "#]],
    );
}

#[test]
fn a_region_must_be_defined_and_holds_no_milestones_itself() {
    let mut desk = rhein_neckar();
    let mut said = desk.ask("reuses", "area=region:rhein-nekar");
    said += &desk.say(&[
        "milestone-reached service=ozg:10001; place=region:rhein-neckar; stage=live; on=2024-01-01",
        "figure-reported measure=reuses; place=region:ruhr; service=ozg:10001; value=3; on=2024-01-01; source=a",
        "region-defined region=ruhr; name=Ruhr; members=kreis:05113",
    ]);
    said += &desk.say(&["region-defined region=ruhr; name=Ruhr; members=ags:06431002"]);
    said += "claims about it are its own\n";
    say(
        &mut desk,
        &[
            "figure-reported measure=reuses; place=region:rhein-neckar; service=ozg:10001; value=3; on=2024-01-01; source=a",
        ],
    );
    said += &desk.ask("reuses", "area=region:rhein-neckar&service=ozg:10001&on=2024-06-30");
    check(
        said,
        expect![[r#"
            there is no region "rhein-nekar"
            1 refused place stage_not_here value=region:rhein-neckar
            3 refused members unknown_place value=kreis:05113
            1 refused members bad_key value=ags:06431002
            claims about it are its own
            2024-06-30 region:rhein-neckar ozg:10001 live counted = 2 of 2 share 1 observed 2024-01-01
            2024-06-30 region:rhein-neckar ozg:10001 live reported = 3 observed 2024-01-01 carried by a
        "#]],
    );
}

/// The Kreise of three Länder, and from 2024 a whole Land beside them.
fn three_laender() -> Desk {
    let mut desk = empty();
    let region = "region-defined region=rhein-neckar; name=Metropolregion Rhein-Neckar; members=";
    say(
        &mut desk,
        &[
            "service-listed service=ozg:10001; name=Wohngeld; executed_by=gemeinde",
            "service-listed service=ozg:10002; name=Ehe; executed_by=kreis",
            "authority-listed authority=kreis:08226; name=Rhein-Neckar-Kreis",
            "authority-listed authority=kreis:06431; name=Bergstraße",
            "authority-listed authority=kreis:07314; name=Ludwigshafen",
            "authority-listed authority=ags:08226095; name=Weinheim",
            "authority-listed authority=ags:08111000; name=Stuttgart",
            &format!("{region}kreis:08226,kreis:06431,kreis:07314"),
            &format!("{region}kreis:08226,kreis:06431,kreis:07314,SL; on=2024-01-01"),
        ],
    );
    desk.declare_all();
    desk
}

#[test]
fn maturity_in_a_region_is_the_lowest_of_its_laender_once_all_are_assessed() {
    let mut desk = three_laender();
    let level = |place: &str, level: &str, on: &str| {
        format!("maturity-assessed service=ozg:10001; place={place}; level={level}; on={on}")
    };
    say(
        &mut desk,
        &[
            "milestone-reached service=ozg:10001; place=ags:08226095; stage=live; on=2022-01-01",
            &level("BW", "1.1:4", "2022-01-01"),
            &level("HE", "1.1:2", "2022-01-01"),
            &level("RP", "1.1:3", "2023-01-01"),
            &level("HE", "1.1:3", "2023-06-01"),
            &level("DE", "1.1:0", "2022-01-01"),
            &level("RP", "2.0:5", "2022-01-01"),
            &level("SL", "1.1:4", "2025-01-01"),
        ],
    );
    let span = "area=region:rhein-neckar&every=change&basis=counted";
    let mut said = desk.ask("services_compliant", span);
    said += "each level that there ever is\n";
    said += &desk.ask("services_at_maturity", span);
    check(
        said,
        expect![[r#"
            2023-01-01 region:rhein-neckar counted = 0 of 2 share 0
            2023-06-01 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2023-06-01
            2024-01-01 region:rhein-neckar counted = 0 of 2 share 0 observed 2024-01-01
            2025-01-01 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2025-01-01
            each level that there ever is
            2023-01-01 region:rhein-neckar 1.1:2 counted = 1 of 2 share 0.5 observed 2023-01-01
            2023-06-01 region:rhein-neckar 1.1:2 counted = 0 of 2 share 0 observed 2023-06-01
            2023-01-01 region:rhein-neckar 1.1:3 counted = 0 of 2 share 0
            2023-06-01 region:rhein-neckar 1.1:3 counted = 1 of 2 share 0.5 observed 2023-06-01
            2024-01-01 region:rhein-neckar 1.1:3 counted = 0 of 2 share 0 observed 2024-01-01
            2025-01-01 region:rhein-neckar 1.1:3 counted = 1 of 2 share 0.5 observed 2025-01-01
        "#]],
    );
}

#[test]
fn plans_in_a_region_are_those_of_its_places_while_they_lie_in_it() {
    let mut desk = three_laender();
    let plan = |place: &str, stage: &str| {
        format!(
            "milestone-planned service=ozg:10001; place={place}; stage={stage}; due=2023-03-31; on=2023-01-01"
        )
    };
    say(
        &mut desk,
        &[
            &plan("ags:08226095", "live"),
            &plan("ags:08111000", "live"),
            &plan("BW", "launched"),
            &plan("SL", "launched"),
            "milestone-reached service=ozg:10001; place=ags:08226095; stage=live; on=2023-09-01",
        ],
    );
    let span = "area=region:rhein-neckar&every=change&basis=counted";
    let said = desk.ask("milestones_planned", span) + &desk.ask("milestones_overdue", span);
    check(
        said,
        expect![[r#"
        2023-01-01 region:rhein-neckar counted = 0
        2023-03-31 region:rhein-neckar counted = 1 observed 2023-03-31
        2024-01-01 region:rhein-neckar counted = 2 observed 2024-01-01
        2023-01-01 region:rhein-neckar counted = 0 of 0
        2023-03-31 region:rhein-neckar counted = 0 of 1 share 0
        2023-04-01 region:rhein-neckar counted = 1 of 1 share 1 observed 2023-04-01
        2023-09-01 region:rhein-neckar counted = 0 of 1 share 0 observed 2023-09-01
        2024-01-01 region:rhein-neckar counted = 1 of 2 share 0.5 observed 2024-01-01
    "#]],
    );
}

#[test]
fn laender_that_a_region_touches_count_in_it_and_lend_it_their_lead_times() {
    let mut desk = three_laender();
    let reached = |place: &str, stage: &str, on: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage={stage}; on={on}")
    };
    say(
        &mut desk,
        &[
            &reached("ags:08226095", "live", "2023-01-01"),
            &reached("ags:08111000", "live", "2022-01-01"),
            &reached("SL", "live", "2023-06-01"),
            &reached("BW", "launched", "2023-01-01"),
            &reached("BW", "rolled_out", "2023-02-01"),
            &reached("SL", "launched", "2023-01-01"),
            &reached("SL", "rolled_out", "2023-01-11"),
            &reached("BY", "launched", "2023-01-01"),
            &reached("BY", "rolled_out", "2023-01-02"),
        ],
    );
    let span = "area=region:rhein-neckar&every=change&basis=counted";
    let mut said = desk.ask("areas_reusing", &format!("{span}&service=ozg:10001"));
    said += "days from launch to roll-out, of BW and then of SL too\n";
    said += &desk.ask("lead_time_days", span);
    said += "days until it was recorded: Weinheim, then what is said of SL too\n";
    said += &desk.ask("reporting_lag_days", span);
    check(
        said,
        expect![[r#"
            2023-01-01 region:rhein-neckar ozg:10001 live counted = 1 of 3 share 0.333333 observed 2023-01-01
            2024-01-01 region:rhein-neckar ozg:10001 live counted = 2 of 4 share 0.5 observed 2024-01-01
            days from launch to roll-out, of BW and then of SL too
            2023-02-01 region:rhein-neckar counted = 31 observed 2023-02-01
            2024-01-01 region:rhein-neckar counted = 10 observed 2024-01-01
            days until it was recorded: Weinheim, then what is said of SL too
            2023-01-01 region:rhein-neckar counted = 901 observed 2023-01-01
            2024-01-01 region:rhein-neckar counted = 891 observed 2024-01-01
        "#]],
    );
}

#[test]
fn a_region_has_no_values_before_it_exists() {
    let mut desk = desk();
    desk.declare_all();
    say(
        &mut desk,
        &[
            "milestone-reached service=ozg:10001; place=BW; stage=launched; on=2022-01-01",
            "region-defined region=sued; name=Süd; members=BW; on=2023-01-01",
        ],
    );
    check(
        desk.ask("services_launched", "area=region:sued&every=change&basis=counted"),
        expect![[r#"
        2023-01-01 region:sued counted = 1 of 2 share 0.5 observed 2023-01-01
    "#]],
    );
}

#[test]
fn the_entries_behind_a_region_are_those_of_its_places() {
    let desk = rhein_neckar();
    let query = |parameters: &str| {
        let pairs: Vec<(String, String)> = parameters
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Query::read(Measure::Reuses, &pairs).unwrap()
    };
    let today = Day::read("2025-06-20").unwrap();
    let behind = |parameters: &str| -> Vec<u32> {
        let series = desk.state.series(&query(parameters), today).unwrap();
        series.entries().iter().map(|behind| behind.position.get()).collect()
    };
    // Stuttgart (11) lies in no Kreis of the region.
    assert_eq!(behind("area=region:rhein-neckar&basis=counted&on=2024-06-30"), [10, 12]);
    assert_eq!(behind("area=DE&basis=counted&on=2024-06-30"), [10, 11, 12]);
}

#[test]
fn a_list_counts_its_services_on_the_days_on_which_they_are_on_it() {
    let mut desk = desk();
    desk.declare_all();
    say(
        &mut desk,
        &[
            "list-defined list=fokus; name=Fokusleistungen; services=ozg:10001",
            "list-defined list=fokus; name=Fokusleistungen; services=ozg:10001,ozg:10002; on=2024-01-01",
            "milestone-reached service=ozg:10001; place=BW; stage=launched; on=2023-01-01",
            "milestone-reached service=ozg:10002; place=BW; stage=launched; on=2023-01-01",
            "milestone-reached service=ozg:10001; place=ags:08000001; stage=live; on=2023-01-01",
            "figure-reported measure=services_launched; place=BW; value=9; on=2023-06-01; source=a",
        ],
    );
    let span = "area=BW&from=2023-12-31&to=2024-12-31&every=year&list=fokus";
    let mut said = desk.ask("services_launched", span);
    said += &desk.ask("services_listed", &format!("{span}&basis=counted"));
    said += &desk.ask("reuses", span);
    said += "each\n";
    said += &desk.ask("services_launched", "by=service&list=fokus&on=2024-06-30&basis=counted");
    said += &desk.ask("services_launched", "list=focus");
    said += &desk.permalink("reuses", "list=fokus&territory=2023&on=2024-06-30");
    check(
        said,
        expect![[r#"
            2023-12-31 BW scope:list=fokus counted = 1 of 1 share 1 observed 2023-01-01
            2024-12-31 BW scope:list=fokus counted = 2 of 2 share 1 observed 2024-01-01
            2023-12-31 BW scope:list=fokus counted = 1
            2024-12-31 BW scope:list=fokus counted = 2 observed 2024-01-01
            2023-12-31 BW live scope:list=fokus counted = 1 of 2 share 0.5 observed 2023-01-01
            2024-12-31 BW live scope:list=fokus counted = 1 observed 2023-01-01 partial
            each
            2024-06-30 DE ozg:10001 scope:list=fokus counted = 1 of 1 share 1 observed 2023-01-01
            2024-06-30 DE ozg:10002 scope:list=fokus counted = 1 of 1 share 1 observed 2024-01-01
            there is no list "focus"
            by=area&topic=all&list=fokus&territory=2023-12-31&stage=live&unit=ozg&basis=counted,reported&kind=stock&on=2024-06-30&position=28&definition=reuses/2&rules=2
        "#]],
    );
}

#[test]
fn what_was_found_counts_from_its_day_and_is_no_day_of_going_live() {
    let mut desk = desk();
    let observed = "milestone-observed service=ozg:10001; place=BW; stage=launched";
    let mut said = desk.say(&[
        &format!("{observed}; on=2024-03-01"),
        "milestone-reached service=ozg:10001; place=BW; stage=rolled_out; on=2024-06-01",
    ]);
    said += &desk.ask("services_launched", "area=BW&every=change&basis=counted");
    said += "no lead time, since nobody knows when it began\n";
    said += &desk.ask("lead_time_days", "area=BW&on=2024-12-31&basis=counted");
    said += "observed again, and where it holds anyway: no news\n";
    said += &desk.say(&[&format!("{observed}; on=2024-03-01"), &format!("{observed}; on=2024-09-01")]);
    said += "somebody knows the day\n";
    said += &desk.say(&["milestone-reached service=ozg:10001; place=BW; stage=launched; on=2023-05-01"]);
    said += &desk.ask("lead_time_days", "area=BW&on=2024-12-31&basis=counted");
    said += "what was found may end\n";
    said += &desk.say(&[
        "milestone-ended service=ozg:10001; place=BW; stage=launched; on=2025-01-01; reason=aus",
        "milestone-observed service=ozg:10002; place=BW; stage=launched; on=2024-03-01",
        "milestone-ended service=ozg:10002; place=BW; stage=launched; on=2025-01-01; reason=aus",
        "milestone-ended service=ozg:10002; place=SH; stage=launched; on=2025-01-01; reason=aus",
    ]);
    check(
        said,
        expect![[r#"
            1 recorded #10
            2 recorded #9
            2024-03-01 BW counted = 1 observed 2024-03-01 partial
            no lead time, since nobody knows when it began
            observed again, and where it holds anyway: no news
            1 unchanged #10
            2 unchanged #10
            somebody knows the day
            1 recorded #11
            2024-12-31 BW counted = 397 observed 2024-06-01
            what was found may end
            4 refused on not_reached value=2025-01-01
        "#]],
    );
}
