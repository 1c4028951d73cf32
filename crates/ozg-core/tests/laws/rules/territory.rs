//! Territorial change, on real cases: predecessors leave numerator and denominator on the day, successors enter; a successor
//! is live only when that is recorded, unless it inherits; past values keep the territory of then, `territory=` rebases them.

use super::check;
use crate::desk::{Desk, empty};
use expect_test::expect;

/// A registry of what was there before, with one service of municipalities.
fn registry(authorities: &[&str]) -> Desk {
    let mut desk = empty();
    let mut said = vec!["service-listed service=ozg:10001; name=Wohngeld; executed_by=gemeinde".to_owned()];
    for (number, authority) in authorities.iter().enumerate() {
        let (id, name) = authority.split_once(' ').unwrap();
        said.push(format!("authority-listed authority={id}; name={name}; population={}", 100 << number));
    }
    let said = desk.say(&said.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(!said.contains("refused"), "{said}");
    desk.declare_all();
    desk
}

fn live(authority: &str, on: &str) -> String {
    format!("milestone-reached service=ozg:10001; place={authority}; stage=live; on={on}")
}

fn say(desk: &mut Desk, said: &[&str]) {
    let outcome = desk.say(said);
    assert!(!outcome.contains("refused"), "{outcome}");
}

fn years(desk: &Desk, measure: &str, area: &str, more: &str) -> String {
    let span = "from=2020-12-31&to=2023-12-31&every=year&basis=counted";
    desk.ask(measure, &format!("area={area}&{span}{more}"))
}

#[test]
fn langelsheim_took_in_its_neighbours_and_is_live_only_when_that_is_said() {
    let old = ["ags:03153006", "ags:03153007", "ags:03153009", "ags:03153014"];
    let mut desk = registry(&[
        "ags:03153006 Hahausen",
        "ags:03153007 Langelsheim, Stadt",
        "ags:03153009 Lutter am Barenberge",
        "ags:03153014 Wallmoden",
    ]);
    say(&mut desk, &[&live("ags:03153007", "2020-06-01"), &live("ags:03153014", "2020-06-01")]);
    let merger =
        old.map(|id| format!("authority-dissolved authority={id}; successors=ags:03153019; on=2021-11-01"));
    let mut batch = vec!["authority-listed authority=ags:03153019; name=Langelsheim, Stadt; on=2021-11-01"];
    batch.extend(merger.iter().map(String::as_str));
    say(&mut desk, &batch);
    let mut said = years(&desk, "reuses", "NI", "");
    said += "live from 2023 on\n";
    say(&mut desk, &[&live("ags:03153019", "2023-01-01")]);
    said += &years(&desk, "reuses", "NI", "");
    said += "as of the territory of 2023: before, only where all predecessors were live\n";
    said += &years(&desk, "reuses", "NI", "&territory=2023-11-30");
    said += "as of the territory of 2020: after, where the successor is\n";
    said += &years(&desk, "reuses", "NI", "&territory=2020-12-31");
    check(
        said,
        expect![[r#"
            2020-12-31 NI live counted = 2 of 4 share 0.5 observed 2020-06-01
            2021-12-31 NI live counted = 0 of 1 share 0 observed 2021-11-01
            2022-12-31 NI live counted = 0 of 1 share 0 observed 2021-11-01
            2023-12-31 NI live counted = 0 of 1 share 0 observed 2021-11-01
            live from 2023 on
            2020-12-31 NI live counted = 2 of 4 share 0.5 observed 2020-06-01
            2021-12-31 NI live counted = 0 of 1 share 0 observed 2021-11-01
            2022-12-31 NI live counted = 0 of 1 share 0 observed 2021-11-01
            2023-12-31 NI live counted = 1 of 1 share 1 observed 2023-01-01
            as of the territory of 2023: before, only where all predecessors were live
            2020-12-31 NI live scope:territory=2023-11-30 counted = 0 of 1 share 0
            2021-12-31 NI live scope:territory=2023-11-30 counted = 0 of 1 share 0
            2022-12-31 NI live scope:territory=2023-11-30 counted = 0 of 1 share 0
            2023-12-31 NI live scope:territory=2023-11-30 counted = 1 of 1 share 1 observed 2023-01-01
            as of the territory of 2020: after, where the successor is
            2020-12-31 NI live scope:territory=2020-12-31 counted = 2 of 4 share 0.5 observed 2020-06-01
            2021-12-31 NI live scope:territory=2020-12-31 counted = 0 of 4 share 0 observed 2021-11-01
            2022-12-31 NI live scope:territory=2020-12-31 counted = 0 of 4 share 0 observed 2021-11-01
            2023-12-31 NI live scope:territory=2020-12-31 counted = 4 of 4 share 1 observed 2023-01-01
        "#]],
    );
}

#[test]
fn eisenach_lost_its_kreis_and_keeps_what_it_held_under_its_new_key() {
    let mut desk =
        registry(&["ags:16056000 Eisenach, Stadt", "kreis:16056 Eisenach", "kreis:16063 Wartburgkreis"]);
    say(&mut desk, &[&live("ags:16056000", "2020-03-01")]);
    say(
        &mut desk,
        &[
            "authority-listed authority=ags:16063105; name=Eisenach, Stadt; population=41000; on=2021-07-01",
            "authority-dissolved authority=ags:16056000; successors=ags:16063105; inherits=ja; on=2021-07-01",
            "authority-dissolved authority=kreis:16056; successors=kreis:16063; on=2021-07-01",
        ],
    );
    let mut said = years(&desk, "reuses", "TH", "");
    said += &desk.ask("reuses", "area=ags:16056000,ags:16063105&on=2022-01-01&basis=counted");
    said += "authorities\n";
    said += &desk.ask("authorities_active", "area=TH&from=2020-12-31&to=2021-12-31&every=year&basis=counted");
    check(
        said,
        expect![[r#"
            2020-12-31 TH live counted = 1 of 1 share 1 observed 2020-03-01
            2021-12-31 TH live counted = 1 of 1 share 1 observed 2020-03-01
            2022-12-31 TH live counted = 1 of 1 share 1 observed 2020-03-01
            2023-12-31 TH live counted = 1 of 1 share 1 observed 2020-03-01
            2022-01-01 ags:16056000 live counted = 0 observed 2021-07-01
            2022-01-01 ags:16063105 live counted = 1 observed 2021-07-01
            authorities
            2020-12-31 TH counted = 1 of 3 share 0.333333 observed 2020-03-01
            2021-12-31 TH counted = 1 of 2 share 0.5 observed 2020-03-01
        "#]],
    );
}

#[test]
fn jahnatal_neitersen_and_greussen_follow_their_predecessors_in_the_denominator() {
    let mut desk = registry(&[
        "ags:14522450 Ostrau",
        "ags:14522620 Zschaitz-Ottewig",
        "ags:07132074 Neitersen",
        "ags:07132084 Obernau",
        "ags:16065023 Greußen, Stadt",
        "ags:16065082 Wolferschwenda",
        "ags:16065084 Großenehrich, Stadt",
    ]);
    say(
        &mut desk,
        &[
            &live("ags:14522450", "2020-06-01"),
            &live("ags:14522620", "2020-09-01"),
            &live("ags:07132074", "2020-06-01"),
            &live("ags:16065023", "2020-06-01"),
        ],
    );
    say(
        &mut desk,
        &[
            "authority-listed authority=ags:14522275; name=Jahnatal; population=6000; on=2023-01-01",
            "authority-dissolved authority=ags:14522450; successors=ags:14522275; inherits=ja; on=2023-01-01",
            "authority-dissolved authority=ags:14522620; successors=ags:14522275; inherits=ja; on=2023-01-01",
            "authority-listed authority=ags:07132502; name=Neitersen; on=2022-01-01",
            "authority-dissolved authority=ags:07132074; successors=ags:07132502; on=2022-01-01",
            "authority-dissolved authority=ags:07132084; successors=ags:07132502; on=2022-01-01",
            "authority-listed authority=ags:16065089; name=Greußen, Stadt; on=2021-12-31",
            "authority-dissolved authority=ags:16065023; successors=ags:16065089; on=2021-12-31",
            "authority-dissolved authority=ags:16065082; successors=ags:16065089; on=2021-12-31",
            "authority-dissolved authority=ags:16065084; successors=ags:16065089; on=2021-12-31",
        ],
    );
    let mut said = years(&desk, "reuses_possible", "SN,RP,TH", "");
    said += "Jahnatal inherits, since both were live\n";
    said += &years(&desk, "reuses", "SN", "");
    said += "population\n";
    said += &years(&desk, "population_covered", "SN", "&service=ozg:10001");
    check(
        said,
        expect![[r#"
            2020-12-31 SN counted = 2
            2021-12-31 SN counted = 2
            2022-12-31 SN counted = 2
            2023-12-31 SN counted = 1 observed 2023-01-01
            2020-12-31 RP counted = 2
            2021-12-31 RP counted = 2
            2022-12-31 RP counted = 1 observed 2022-01-01
            2023-12-31 RP counted = 1 observed 2022-01-01
            2020-12-31 TH counted = 3
            2021-12-31 TH counted = 1 observed 2021-12-31
            2022-12-31 TH counted = 1 observed 2021-12-31
            2023-12-31 TH counted = 1 observed 2021-12-31
            Jahnatal inherits, since both were live
            2020-12-31 SN live counted = 2 of 2 share 1 observed 2020-09-01
            2021-12-31 SN live counted = 2 of 2 share 1 observed 2020-09-01
            2022-12-31 SN live counted = 2 of 2 share 1 observed 2020-09-01
            2023-12-31 SN live counted = 1 of 1 share 1 observed 2023-01-01
            population
            2020-12-31 SN ozg:10001 counted = 300 of 300 share 1 observed 2020-09-01
            2021-12-31 SN ozg:10001 counted = 300 of 300 share 1 observed 2020-09-01
            2022-12-31 SN ozg:10001 counted = 300 of 300 share 1 observed 2020-09-01
            2023-12-31 SN ozg:10001 counted = 6000 of 6000 share 1 observed 2023-01-01
        "#]],
    );
}

#[test]
fn a_new_regional_key_under_the_same_ags_changes_nothing_that_is_counted() {
    let mut desk = registry(&["ags:01058053 Flintbek"]);
    say(&mut desk, &[&live("ags:01058053", "2020-06-01")]);
    say(&mut desk, &["authority-changed authority=ags:01058053; ars=010585896053; on=2023-11-30"]);
    check(
        years(&desk, "reuses", "SH", ""),
        expect![[r#"
            2020-12-31 SH live counted = 1 of 1 share 1 observed 2020-06-01
            2021-12-31 SH live counted = 1 of 1 share 1 observed 2020-06-01
            2022-12-31 SH live counted = 1 of 1 share 1 observed 2020-06-01
            2023-12-31 SH live counted = 1 of 1 share 1 observed 2020-06-01
        "#]],
    );
}

#[test]
fn before_its_first_edition_the_registry_says_so() {
    let mut desk = empty();
    let edition = "source=Gemeindeverzeichnis; published=2023-11-30";
    say(
        &mut desk,
        &[
            "service-listed service=ozg:10001; name=Wohngeld; executed_by=gemeinde",
            &format!("authority-listed authority=ags:01058053; name=Flintbek; {edition}"),
            &format!("authority-listed authority=ags:01058018; name=Blumenthal; {edition}"),
            "register-declared unit=ozg",
            "register-declared kind=gemeinde; area=SH; on=2023-11-30",
        ],
    );
    say(&mut desk, &[&live("ags:01058053", "2022-06-01")]);
    let mut said = years(&desk, "reuses", "SH", "");
    said += &desk.ask("services_launched", "area=SH&on=2022-12-31&basis=counted");
    said += "asked for that territory\n";
    said += &desk.ask("reuses", "area=SH&on=2022-12-31&basis=counted&territory=2023-11-30");
    check(
        said,
        expect![[r#"
            2022-12-31 SH live counted = 1 of 2 share 0.5 observed 2022-06-01 first_edition
            2023-12-31 SH live counted = 1 of 2 share 0.5 observed 2022-06-01
            2022-12-31 SH counted = 1 of 1 share 1 observed 2022-06-01
            asked for that territory
            2022-12-31 SH live scope:territory=2023-11-30 counted = 1 of 2 share 0.5 observed 2022-06-01
        "#]],
    );
}

#[test]
fn another_territory_is_had_only_where_authorities_are_counted() {
    let desk = registry(&["ags:01058053 Flintbek"]);
    check(
        desk.ask("services_launched", "territory=2023-11-30"),
        expect![[r#"
            0 refused territory dimension_not_here value=2023-11-30
        "#]],
    );
}
