//! What an independent model of the rules found: small logs whose answers were wrong.

use super::check;
use crate::desk::empty;
use expect_test::expect;

#[test]
fn a_pair_at_a_kind_that_no_longer_executes_has_no_denominator_of_an_old_claim() {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=ozg:10001; name=Eins; executed_by=gemeinde,auslaenderbehoerde",
        "authority-listed authority=ags:12051000; name=Brandenburg an der Havel; population=100",
        "authority-listed authority=abh:12051; name=ABH Brandenburg an der Havel",
        "reuse-reported service=ozg:10001; place=BB; on=2019-04-17; of=60",
        "milestone-reached service=ozg:10001; place=abh:12051; stage=rolling_out; on=2019-09-30",
        "milestone-reached service=ozg:10001; place=ags:12051000; stage=live; on=2019-09-30",
        "service-listed service=ozg:10001; name=Eins; executed_by=gemeinde; on=2020-05-21",
    ]);
    assert!(!said.contains("refused"), "{said}");
    desk.declare_all();
    let asked = "service=ozg:10001&area=BB&stage=live,rolling_out&basis=counted&on=2023-12-31";
    check(
        desk.ask("reuses_current", asked),
        expect![[r#"
        2023-12-31 BB ozg:10001 live counted = 1 of 1 share 1 observed 2019-09-30
        2023-12-31 BB ozg:10001 rolling_out counted = 1 observed 2019-09-30
    "#]],
    );
}

#[test]
fn of_a_service_without_registered_authorities_nothing_was_counted() {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=dienst:eins; name=Eins",
        "service-listed service=ozg:10000; name=Null",
        "authority-listed authority=ags:12051000; name=Brandenburg an der Havel; population=100",
        "milestone-reached service=ozg:10000; place=ags:12051000; stage=live; on=2018-05-01",
        "reuse-reported service=dienst:eins; place=BB; on=2020-03-15; live=10; of=50",
    ]);
    assert!(!said.contains("refused"), "{said}");
    check(
        desk.ask("reuses_possible", "service=dienst:eins&area=BB&on=2023-12-31"),
        expect![[r#"
            2023-12-31 BB dienst:eins reported = 50 observed 2020-03-15 carried by alpha
        "#]],
    );
}

#[test]
fn who_lies_in_a_region_follows_from_the_day_of_the_value_with_a_territory_too() {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=ozg:10000; name=Null; executed_by=gemeinde",
        "authority-listed authority=ags:12051000; name=Brandenburg an der Havel; population=100",
        "region-defined region=r1; name=R; members=BB; on=2019-08-05",
        "milestone-reached service=ozg:10000; place=ags:12051000; stage=live; on=2019-01-01",
    ]);
    assert!(!said.contains("refused"), "{said}");
    desk.declare_all();
    let asked = "area=region:r1&every=year&from=2019-09-01&to=2021-12-31&territory=2018-01-07&basis=counted";
    check(
        desk.ask("reuses", asked) + &desk.ask("population_covered", asked),
        expect![[r#"
        2019-12-31 region:r1 live scope:territory=2018-01-07 counted = 1 of 1 share 1 observed 2019-08-05
        2020-12-31 region:r1 live scope:territory=2018-01-07 counted = 1 of 1 share 1 observed 2019-08-05
        2021-12-31 region:r1 live scope:territory=2018-01-07 counted = 1 of 1 share 1 observed 2019-08-05
        2019-12-31 region:r1 scope:territory=2018-01-07 counted = 100 of 100 share 1 observed 2019-08-05
        2020-12-31 region:r1 scope:territory=2018-01-07 counted = 100 of 100 share 1 observed 2019-08-05
        2021-12-31 region:r1 scope:territory=2018-01-07 counted = 100 of 100 share 1 observed 2019-08-05
    "#]],
    );
}

#[test]
fn a_sum_of_which_only_some_laender_speak_is_at_least_so_much() {
    let mut desk = empty();
    let said = desk.say(&[
        "service-listed service=ozg:10000; name=Null; topics=umwelt",
        "reuse-reported service=ozg:10000; place=BB; on=2021-01-01; live=10",
        "reuse-reported service=ozg:10000; place=SH; on=2021-01-01; live=mindestens 5",
    ]);
    assert!(!said.contains("refused"), "{said}");
    check(
        desk.ask("reuses", "area=DE,BB,SH&basis=summed&on=2022-12-31"),
        expect![[r#"
            2022-12-31 DE live summed = 15 (>=) observed 2021-01-01 carried
            2022-12-31 BB live summed = 10 observed 2021-01-01 carried
            2022-12-31 SH live summed = 5 (>=) observed 2021-01-01 carried
        "#]],
    );
}
