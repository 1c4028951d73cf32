//! Offices and rights: what lies outside a scope, what belongs to others, who coordinates (rules 26,
//! 27).

use super::check;
use crate::desk::{Desk, empty};
use expect_test::expect;
use ozg_core::ledger::Rights;

/// Services of two topics, authorities of two Länder and a region, at positions 1 to 11.
pub(super) fn world() -> Desk {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=ozg:10001; name=Bau; topics=bauen_wohnen",
        "service-listed service=ozg:10002; name=Kind; topics=familie_kind",
        "service-listed service=ozg:10003; name=Beides; topics=bauen_wohnen,familie_kind",
        "service-listed service=dienst:eins; name=Eins; topics=bauen_wohnen; parents=ozg:10001; lead=BB",
        "authority-listed authority=kreis:12060; name=Barnim",
        "authority-listed authority=ags:12060020; name=Bernau",
        "authority-listed authority=ags:12060024; name=Biesenthal",
        "authority-listed authority=ags:12054000; name=Potsdam",
        "authority-listed authority=ags:09000010; name=Aidenbach",
        "authority-listed authority=ags:09000011; name=Aldersbach",
        "region-defined region=nord; name=Nord; members=kreis:12060",
    ]);
    assert!(!said.contains("refused"), "{said}");
    desk
}

/// Says each statement as a batch of its own, and notes behind it what became of it.
pub(super) fn each(desk: &mut Desk, statements: &[&str]) -> String {
    let said = |statement: &&str| format!("{statement}\n    {}", desk.say(&[statement]));
    statements.iter().map(said).collect()
}

const LAUNCHED: &str = "stage=launched; on=2024-01-01";

#[test]
fn rule_26_a_topic_office_describes_only_what_is_wholly_its_own() {
    let mut desk = world();
    desk.limited("bau", "", "bauen_wohnen");
    let milestone = |service: &str| format!("milestone-reached service={service}; place=BB; {LAUNCHED}");
    let said = each(
        &mut desk,
        &[
            "service-listed service=ozg:10002; name=übernommen; topics=bauen_wohnen; on=2017-01-01",
            "service-delisted service=ozg:10002; on=2020-01-01",
            "service-delisted service=ozg:10003; on=2020-01-01",
            "service-listed service=ozg:10004; name=Neu; topics=bauen_wohnen",
            "service-listed service=ozg:10004; name=Neu; topics=bauen_wohnen,bildung; on=2024-01-01",
            "service-listed service=ozg:10005; name=Ohne",
            "service-listed service=dienst:zwei; name=Zwei; topics=bauen_wohnen; parents=ozg:10002",
            "service-listed service=dienst:zwei; name=Zwei; topics=bauen_wohnen; parents=ozg:10003",
            "list-defined list=bau; name=Bau; services=ozg:10001,ozg:10002",
            "list-defined list=bau; name=Bau; services=ozg:10001",
            &milestone("ozg:10003"),
            &milestone("ozg:10002"),
            "figure-reported measure=services_launched; place=DE; topic=bauen_wohnen; service=ozg:10002; value=1; on=2024-01-01",
            "figure-reported measure=services_launched; place=DE; topic=familie_kind; value=1; on=2024-01-01",
            "figure-reported measure=services_launched; place=DE; value=1; on=2024-01-01",
            "figure-reported measure=services_launched; place=DE; topic=bauen_wohnen; value=1; on=2024-01-01",
            "authority-changed authority=ags:12060020; population=5; on=2024-01-01",
            "assessment-made subject=topic:familie_kind; status=kritisch; on=2024-01-01",
        ],
    );
    check(
        said,
        expect![[r#"
        service-listed service=ozg:10002; name=übernommen; topics=bauen_wohnen; on=2017-01-01
            1 refused service out_of_scope value=familie_kind
        service-delisted service=ozg:10002; on=2020-01-01
            1 refused service out_of_scope value=familie_kind
        service-delisted service=ozg:10003; on=2020-01-01
            1 refused service out_of_scope value=familie_kind
        service-listed service=ozg:10004; name=Neu; topics=bauen_wohnen
            1 recorded #12
        service-listed service=ozg:10004; name=Neu; topics=bauen_wohnen,bildung; on=2024-01-01
            1 refused topics out_of_scope value=bildung
        service-listed service=ozg:10005; name=Ohne
            1 refused topics out_of_scope value=ohne_themenfeld
        service-listed service=dienst:zwei; name=Zwei; topics=bauen_wohnen; parents=ozg:10002
            1 refused parents out_of_scope value=familie_kind
        service-listed service=dienst:zwei; name=Zwei; topics=bauen_wohnen; parents=ozg:10003
            1 recorded #13
        list-defined list=bau; name=Bau; services=ozg:10001,ozg:10002
            1 refused services out_of_scope value=familie_kind
        list-defined list=bau; name=Bau; services=ozg:10001
            1 recorded #14
        milestone-reached service=ozg:10003; place=BB; stage=launched; on=2024-01-01
            1 recorded #15
        milestone-reached service=ozg:10002; place=BB; stage=launched; on=2024-01-01
            1 refused service out_of_scope value=familie_kind
        figure-reported measure=services_launched; place=DE; topic=bauen_wohnen; service=ozg:10002; value=1; on=2024-01-01
            1 refused service out_of_scope value=familie_kind
        figure-reported measure=services_launched; place=DE; topic=familie_kind; value=1; on=2024-01-01
            1 refused topic out_of_scope value=familie_kind
        figure-reported measure=services_launched; place=DE; value=1; on=2024-01-01
            1 refused topic out_of_scope
        figure-reported measure=services_launched; place=DE; topic=bauen_wohnen; value=1; on=2024-01-01
            1 recorded #16
        authority-changed authority=ags:12060020; population=5; on=2024-01-01
            1 refused authority out_of_scope
        assessment-made subject=topic:familie_kind; status=kritisch; on=2024-01-01
            1 refused subject out_of_scope value=familie_kind
    "#]],
    );
}

#[test]
fn rule_26_a_topic_office_takes_no_foreign_service_over_in_one_batch_either() {
    let mut desk = world();
    desk.limited("bau", "", "bauen_wohnen");
    let batch = [
        "service-listed service=ozg:10002; name=übernommen; topics=bauen_wohnen; on=2017-01-01",
        "service-delisted service=ozg:10002; on=2020-01-01",
        &format!("milestone-reached service=ozg:10002; place=BB; {LAUNCHED}"),
    ];
    let mut said = desk.say(&batch);
    said += &desk.say(&[batch[2], batch[1], batch[0]]);
    check(
        said,
        expect![[r#"
        1 refused service out_of_scope value=familie_kind
        2 refused service out_of_scope value=familie_kind
        3 refused service out_of_scope value=familie_kind
        1 refused service out_of_scope value=familie_kind
        2 refused service out_of_scope value=familie_kind
        3 refused service out_of_scope value=familie_kind
    "#]],
    );
}

#[test]
fn rule_26_a_milestone_needs_a_topic_that_its_service_has_then() {
    let mut desk = world();
    desk.say(&[
        "service-listed service=ozg:10006; name=Wechsel; topics=familie_kind; on=2018-01-01",
        "service-listed service=ozg:10006; name=Wechsel; topics=bauen_wohnen; on=2024-01-01",
    ]);
    desk.limited("bau", "", "bauen_wohnen");
    let said = each(
        &mut desk,
        &[
            "milestone-reached service=ozg:10006; place=BB; stage=launched; on=2023-12-31",
            "milestone-reached service=ozg:10006; place=BB; stage=launched; on=2017-01-01",
            "milestone-reached service=ozg:10006; place=BB; stage=launched; on=2024-01-01",
        ],
    );
    check(
        said,
        expect![[r#"
        milestone-reached service=ozg:10006; place=BB; stage=launched; on=2023-12-31
            1 refused service out_of_scope value=familie_kind
        milestone-reached service=ozg:10006; place=BB; stage=launched; on=2017-01-01
            1 refused service out_of_scope value=familie_kind
        milestone-reached service=ozg:10006; place=BB; stage=launched; on=2024-01-01
            1 recorded #14
    "#]],
    );
}

#[test]
fn rule_26_an_area_office_does_not_reach_across() {
    let mut desk = world();
    desk.say(&[
        "authority-dissolved authority=ags:12060024; successors=ags:09000010; inherits=true; on=2025-01-01",
    ]);
    desk.limited("bb", "BB", "");
    let mut said = each(
        &mut desk,
        &[
            "milestone-reached service=ozg:10001; place=ags:12060020; stage=live; on=2024-01-01",
            "authority-dissolved authority=ags:12060020; successors=ags:09000010,ags:09000011; inherits=true; on=2024-06-01",
            "authority-dissolved authority=ags:12060020; successors=ags:12054000; inherits=true; on=2024-06-01",
            "milestone-reached service=ozg:10001; place=ags:12060024; stage=live; on=2024-01-01",
            "authority-changed authority=ags:12060024; population=7; on=2024-01-01",
            "service-listed service=ozg:10007; name=Neu",
            "service-listed service=dienst:neu; name=Neu; lead=BB",
            "service-listed service=dienst:neu; name=Neu; lead=BY; on=2024-01-01",
            "service-listed service=dienst:ohne; name=Neu",
            "service-delisted service=dienst:neu; on=2025-01-01",
            "service-delisted service=ozg:10001; on=2025-01-01",
            "region-defined region=sued; name=Süd; members=BB,BY",
            "region-defined region=eins; name=Eins; members=BB",
            "list-defined list=bau; name=Bau; services=ozg:10001",
            "figure-reported measure=services_launched; place=region:nord; value=1; on=2024-01-01",
            "figure-reported measure=services_launched; place=DE; value=1; on=2024-01-01",
            "assessment-made subject=topic:familie_kind; status=kritisch; on=2024-01-01",
        ],
    );
    desk.limited("by", "BY", "");
    said += &desk.say(&["authority-changed authority=ags:09000010; population=7; on=2024-01-01"]);
    said += &desk.ask("reuses", "area=BY&on=2025-06-01&basis=counted&unit=ozg");
    check(
        said,
        expect![[r#"
        milestone-reached service=ozg:10001; place=ags:12060020; stage=live; on=2024-01-01
            1 recorded #13
        authority-dissolved authority=ags:12060020; successors=ags:09000010,ags:09000011; inherits=true; on=2024-06-01
            1 refused successors out_of_scope value=ags:09000010, ags:09000011
        authority-dissolved authority=ags:12060020; successors=ags:12054000; inherits=true; on=2024-06-01
            1 recorded #14
        milestone-reached service=ozg:10001; place=ags:12060024; stage=live; on=2024-01-01
            1 refused place out_of_scope value=ags:09000010
        authority-changed authority=ags:12060024; population=7; on=2024-01-01
            1 refused authority out_of_scope value=ags:09000010
        service-listed service=ozg:10007; name=Neu
            1 refused service out_of_scope
        service-listed service=dienst:neu; name=Neu; lead=BB
            1 recorded #15
        service-listed service=dienst:neu; name=Neu; lead=BY; on=2024-01-01
            1 refused lead out_of_scope value=BY
        service-listed service=dienst:ohne; name=Neu
            1 refused service out_of_scope
        service-delisted service=dienst:neu; on=2025-01-01
            1 recorded #16
        service-delisted service=ozg:10001; on=2025-01-01
            1 refused service out_of_scope
        region-defined region=sued; name=Süd; members=BB,BY
            1 refused members out_of_scope value=BY
        region-defined region=eins; name=Eins; members=BB
            1 recorded #17
        list-defined list=bau; name=Bau; services=ozg:10001
            1 refused list out_of_scope
        figure-reported measure=services_launched; place=region:nord; value=1; on=2024-01-01
            1 recorded #18
        figure-reported measure=services_launched; place=DE; value=1; on=2024-01-01
            1 refused place out_of_scope value=DE
        assessment-made subject=topic:familie_kind; status=kritisch; on=2024-01-01
            1 refused subject out_of_scope
        1 refused authority out_of_scope value=ags:12060024
    "#]],
    );
}

#[test]
fn rule_26_a_kreis_an_authority_and_a_region_are_scopes() {
    let mut desk = world();
    let live = |place: &str, on: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage=live; on={on}")
    };
    let mut said = String::new();
    for (areas, on) in
        [("12060", "2024-01-01"), ("ags:12060020", "2024-01-02"), ("region:nord", "2024-01-03")]
    {
        desk.limited("barnim", areas, "");
        said += &format!("{areas}\n");
        said += &desk
            .say(&[&live("ags:12060020", on).replace("live", "pilot").replace("ozg:10001", "ozg:10002")]);
        said += &desk.say(&[&live("ags:12060024", on).replace("ozg:10001", "ozg:10003")]);
        said += &desk.say(&[&live("ags:12054000", on)]);
        said += &desk
            .say(&["figure-reported measure=services_launched; place=region:nord; value=1; on=2024-01-01"]);
        said += &desk.say(&["region-defined region=nord; name=Nord; members=kreis:12060,BY; on=2025-01-01"]);
    }
    check(
        said,
        expect![[r#"
        12060
        1 recorded #12
        1 recorded #13
        1 refused place out_of_scope value=ags:12054000
        1 recorded #14
        1 refused members out_of_scope value=BY
        ags:12060020
        1 refused on already_reached value=2024-01-02 hint=(replaces: standing) standing=[#12 2024-01-01]
        1 refused place out_of_scope value=ags:12060024
        1 refused place out_of_scope value=ags:12054000
        1 unchanged #14
        1 refused members out_of_scope value=BY, kreis:12060
        region:nord
        1 refused on already_reached value=2024-01-03 hint=(replaces: standing) standing=[#12 2024-01-01]
        1 refused on already_reached value=2024-01-03 hint=(replaces: standing) standing=[#13 2024-01-01]
        1 refused place out_of_scope value=ags:12054000
        1 unchanged #14
        1 refused members out_of_scope value=BY, kreis:12060
    "#]],
    );
}

#[test]
fn rule_26_ending_what_others_said_is_foreign() {
    let mut desk = world();
    let [live, ended] = ["reached", "ended"].map(|how| {
        move |place: &str, on: &str| {
            format!("milestone-{how} service=ozg:10001; place={place}; stage=live; reason=x; on={on}")
        }
    });
    desk.say(&[&live("ags:12060020", "2023-01-01"), &live("ags:12060024", "2023-01-01")]);
    desk.say(&[
        "authority-dissolved authority=ags:12060024; successors=ags:12054000; inherits=true; on=2024-01-01",
    ]);
    desk.limited("bb", "BB", "");
    let mut said = desk.say(&[&ended("ags:12060020", "2024-05-01")]);
    said += &desk.say(&[&ended("ags:12054000", "2024-05-01")]);
    desk.office("alpha").say(&[&ended("ags:12060020", "2024-05-01")]);
    // Its own, after what others said has ended.
    desk.limited("bb", "BB", "");
    said += &desk.say(&[&live("ags:12060020", "2024-06-01"), &ended("ags:12060020", "2024-07-01")]);
    check(
        said,
        expect![[r#"
        1 refused stage foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-00000000100c) standing=[#12]
        1 refused stage foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-00000000100d) standing=[#13]
        1 recorded #16
        2 recorded #17
    "#]],
    );
}

#[test]
fn rule_27_a_coordinator_corrects_ends_and_withdraws_within_its_scope() {
    let mut desk = world();
    let live = |place: &str, on: &str| {
        format!("milestone-reached service=ozg:10001; place={place}; stage=live; on={on}")
    };
    desk.office("kommune").say(&[&live("ags:12060020", "2023-05-05"), &live("ags:12054000", "2023-05-05")]);
    desk.say(&[&live("ags:12060024", "2023-05-05")]);
    let coordinator = |desk: &mut Desk, areas: &str| {
        desk.limited("land", "BB", "");
        let places = areas.split_whitespace().map(|area| Rights::read_area(area).unwrap());
        desk.rights.coordinates = Some(places.collect());
    };
    coordinator(&mut desk, "12060");
    let mut said = desk.say(&[&format!("{}; replaces=#12", live("ags:12060020", "2023-06-05"))]);
    said += &desk
        .say(&["milestone-ended service=ozg:10001; place=ags:12060020; stage=live; reason=x; on=2024-05-05"]);
    said += &desk.say(&["entry-withdrawn entry=#13; reason=x"]);
    coordinator(&mut desk, "");
    said += &desk.say(&["entry-withdrawn entry=#13; reason=x", "entry-withdrawn entry=#14; reason=x"]);
    desk.office("kommune");
    said += &desk.say(&[&format!("{}; replaces=standing", live("ags:12060020", "2023-05-05"))]);
    check(
        said,
        expect![[r#"
        1 corrected #15
        1 recorded #16
        1 refused entry foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-00000000100d)
        1 withdrawn #17
        2 withdrawn #18
        1 refused replaces foreign_entry hint=(objection-made: entry=00000000-0000-0000-0000-00000000100f)
    "#]],
    );
}
