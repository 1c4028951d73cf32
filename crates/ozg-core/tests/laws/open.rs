//! What is listed as open is what is counted: plans that are overdue, and authorities that lack a stage.

use crate::desk::desk;
use crate::equality::{areas, rows, some_days};
use crate::seeds::seeds;
use crate::workload::{Dice, TOPICS, authorities, history, services};
use ozg_core::measure::Measure;
use ozg_core::query::Query;
use ozg_core::series::{Missing, NotExecuted, OpenAsked, OpenPlan};
use ozg_core::state::State;
use ozg_core::time::berlin_day;
use ozg_core::words::{
    Area, AuthorityId, AuthorityKind, Basis, Day, Number, Place, ServiceId, Stage, Topic, Unit,
};

/// The counted value of one line on a day; none where the line begins later, or nothing was counted.
fn counted(state: &State, query: Query, day: Day) -> Option<i64> {
    let query = Query { on: Some(day), bases: vec![Basis::Counted], ..query };
    let rows = rows(state, &query, day);
    assert!(rows.len() <= 1, "{rows:?}");
    rows.first().and_then(|row| row.value.and_then(Number::whole))
}

fn places() -> Vec<Place> {
    let mut places = areas();
    places.extend(authorities().into_iter().map(Place::Authority));
    places
}

#[test]
fn rule_09_what_is_listed_as_overdue_is_what_is_counted() {
    let mut found = (0, 0);
    for seed in seeds(25) {
        let history = history(seed);
        let Some(last) = history.batches.last() else { continue };
        let (state, world) = (&history.state, history.model.world(last.last));
        let mut dice = Dice::new(seed ^ 0x77);
        for day in some_days(&mut dice, &world, berlin_day(last.at_ms), 3) {
            for place in places() {
                let topics = [None, Some(TOPICS[0])];
                for (unit, topic, stage) in Unit::all()
                    .flat_map(|unit| topics.map(|topic| (unit, topic)))
                    .flat_map(|(unit, topic)| [(unit, topic, Stage::Live), (unit, topic, Stage::RollingOut)])
                {
                    let asked = OpenAsked {
                        place: place.clone(),
                        topic,
                        service: None,
                        stage: Some(stage),
                        unit: Some(unit),
                    };
                    let open = state.as_of(last.last).open_plans(&asked, day);
                    let overdue = open.iter().filter(|plan| plan.days_overdue(day).is_some());
                    let query = Query {
                        areas: Some(vec![place.clone()]),
                        topics: Some(vec![topic]),
                        stages: Some(vec![stage]),
                        units: Some(vec![Some(unit)]),
                        ..Query::new(Measure::MilestonesOverdue)
                    };
                    let overdue = i64::try_from(overdue.count()).unwrap();
                    let Some(value) = counted(state, query, day) else { continue };
                    assert_eq!(overdue, value, "seed {seed} {asked:?} {day}");
                    found = (found.0 + overdue, found.1 + open.len());
                }
            }
        }
    }
    assert!(found.0 > 0 && i64::try_from(found.1).unwrap() > found.0, "the histories have plans: {found:?}");
}

#[test]
fn the_authorities_that_lack_a_stage_are_those_that_execute_the_service_and_do_not_hold_it() {
    let (mut found, mut refused) = (0, 0);
    for seed in seeds(25) {
        let history = history(seed);
        let Some(last) = history.batches.last() else { continue };
        let (state, world) = (&history.state, history.model.world(last.last));
        let mut dice = Dice::new(seed ^ 0x78);
        for day in some_days(&mut dice, &world, berlin_day(last.at_ms), 3) {
            for (service, place) in services()
                .into_iter()
                .flat_map(|one| areas().into_iter().map(move |place| (one.clone(), place)))
            {
                let at = state.as_of(last.last);
                let Ok(kinds) = at.executing_on(&service, day) else {
                    refused += 1;
                    continue;
                };
                let missing = at.missing((&service, kinds), (&place, Stage::Live), day);
                // By definition: who is registered that day, of a kind that executes the service, and counts as no reuse.
                let is_here =
                    |one: &AuthorityId| place == Place::Area(Area::DE) || Place::Area(one.area()) == place;
                let reuses = |one: &AuthorityId| {
                    let (areas, services) =
                        (Some(vec![Place::Authority(one.clone())]), Some(vec![service.clone()]));
                    let stages = Some(vec![Stage::Live]);
                    let query = Query { areas, services, stages, ..Query::new(Measure::Reuses) };
                    counted(state, query, day).unwrap_or(0)
                };
                // A Kreis counts all that lies in it (rule 21d).
                let lies_in = |one: &AuthorityId, kreis: &AuthorityId| {
                    kreis.kind() == AuthorityKind::Kreis && one != kreis && one.key().starts_with(kreis.key())
                };
                let is_live = |one: &AuthorityId| {
                    let others = authorities().into_iter().filter(|other| lies_in(other, one));
                    reuses(one) - others.map(|other| reuses(&other)).sum::<i64>() == 1
                };
                let mut lacking = authorities();
                lacking.retain(|one| {
                    let exists = at.registration_on(one, day).is_some();
                    exists && kinds.contains(one.kind()) && is_here(one) && !is_live(one)
                });
                lacking.sort();
                let missing: Vec<AuthorityId> = missing.into_iter().map(|one| one.authority).collect();
                assert_eq!(missing, lacking, "seed {seed} {service} {place} {day}");
                found += missing.len();
            }
        }
    }
    assert!(found > 0 && refused > 0, "{found} {refused}");
}

fn shown(plan: &OpenPlan, on: Day) -> String {
    let OpenPlan { milestone, due, first_due, entry, .. } = plan;
    let (service, place, stage) = (&milestone.service, &milestone.place, milestone.stage);
    format!("{due} (first {first_due}) {service} {place} {stage} #{entry}{}\n", overdue(plan, on))
}

fn overdue(plan: &OpenPlan, on: Day) -> String {
    plan.days_overdue(on).map(|days| format!(" overdue by {days}")).unwrap_or_default()
}

#[test]
fn plans_are_open_until_their_stage_comes() {
    let mut desk = desk();
    desk.at("2025-01-10T10:00:00Z").say(&[
        "milestone-planned service=ozg:10001; place=ags:08000001; stage=live; due=2025-03",
        "milestone-planned service=ozg:10001; place=ags:08000002; stage=live; due=2025-02-01",
        "milestone-planned service=ozg:10002; place=BW; stage=launched; due=2025-Q4",
        "milestone-planned service=leika:99000000000001; place=ags:01000001; stage=pilot; due=2025-02-01",
    ]);
    desk.at("2025-02-10T10:00:00Z").say(&[
        "milestone-planned service=ozg:10001; place=ags:08000002; stage=live; due=2025-06-30",
        "milestone-reached service=ozg:10001; place=ags:08000001; stage=live; on=2025-02-05",
    ]);
    let asked =
        OpenAsked { place: Place::Area(Area::DE), topic: None, service: None, stage: None, unit: None };
    let narrowed = [
        ("all", asked.clone()),
        ("BW", OpenAsked { place: Place::Area(Area::BW), ..asked.clone() }),
        ("Bühl", OpenAsked { place: Place::read("ags:08000002").unwrap(), ..asked.clone() }),
        ("bauen_wohnen", OpenAsked { topic: Some(Topic::read("bauen_wohnen").unwrap()), ..asked.clone() }),
        ("ozg:10002", OpenAsked { service: Some(ServiceId::read("ozg:10002").unwrap()), ..asked.clone() }),
        ("pilot", OpenAsked { stage: Some(Stage::Pilot), ..asked.clone() }),
        ("dienst", OpenAsked { unit: Some(Unit::Dienst), ..asked.clone() }),
    ];
    let mut said = String::new();
    for day in ["2025-01-09", "2025-02-01", "2025-02-04", "2025-02-10", "2025-07-01"] {
        let day = Day::read(day).unwrap();
        said.push_str(&format!("{day}\n"));
        for plan in desk.state.now().open_plans(&asked, day) {
            said.push_str(&shown(&plan, day));
        }
    }
    let day = Day::read("2025-07-01").unwrap();
    for (name, asked) in narrowed {
        let open = desk.state.now().open_plans(&asked, day);
        let entries: Vec<String> = open.iter().map(|plan| format!("#{}", plan.entry)).collect();
        said.push_str(&format!("{name}: {}\n", entries.join(" ")));
    }
    expect_test::expect![[r#"
        2025-01-09
        2025-02-01
        2025-02-01 (first 2025-02-01) ozg:10001 ags:08000002 live #10
        2025-02-01 (first 2025-02-01) leika:99000000000001 ags:01000001 pilot #12
        2025-03 (first 2025-03) ozg:10001 ags:08000001 live #9
        2025-Q4 (first 2025-Q4) ozg:10002 BW launched #11
        2025-02-04
        2025-02-01 (first 2025-02-01) ozg:10001 ags:08000002 live #10 overdue by 3
        2025-02-01 (first 2025-02-01) leika:99000000000001 ags:01000001 pilot #12 overdue by 3
        2025-03 (first 2025-03) ozg:10001 ags:08000001 live #9
        2025-Q4 (first 2025-Q4) ozg:10002 BW launched #11
        2025-02-10
        2025-02-01 (first 2025-02-01) leika:99000000000001 ags:01000001 pilot #12 overdue by 9
        2025-06-30 (first 2025-02-01) ozg:10001 ags:08000002 live #13
        2025-Q4 (first 2025-Q4) ozg:10002 BW launched #11
        2025-07-01
        2025-02-01 (first 2025-02-01) leika:99000000000001 ags:01000001 pilot #12 overdue by 150
        2025-06-30 (first 2025-02-01) ozg:10001 ags:08000002 live #13 overdue by 1
        2025-Q4 (first 2025-Q4) ozg:10002 BW launched #11
        all: #12 #13 #11
        BW: #13 #11
        Bühl: #13
        bauen_wohnen: #13
        ozg:10002: #11
        pilot: #12
        dienst: 
    "#]]
    .assert_eq(&said);
}

#[test]
fn authorities_lack_a_stage_with_what_they_hold_and_plan() {
    let mut desk = desk();
    let said = desk.at("2025-09-01T10:00:00Z").say(&[
        "milestone-planned service=ozg:10001; place=ags:08000001; stage=live; due=2025-03; on=2025-01-10",
        "milestone-reached service=ozg:10001; place=ags:08000001; stage=pilot; on=2025-01-01",
        "milestone-reached service=ozg:10001; place=ags:08000002; stage=live; on=2025-01-05",
        "authority-listed authority=ags:08000003; name=Calw; on=2025-05-01",
        "service-delisted service=ozg:10001; on=2025-08-01",
    ]);
    assert!(!said.contains("refused"), "{said}");
    let mut said = String::new();
    let questions = [
        ("ozg:10001", "DE", Stage::Live, "2025-01-04"),
        ("ozg:10001", "DE", Stage::Live, "2025-04-02"),
        ("ozg:10001", "BW", Stage::Live, "2025-05-02"),
        ("ozg:10001", "ags:08000001", Stage::Live, "2025-04-02"),
        ("ozg:10001", "BW", Stage::Pilot, "2025-04-02"),
        ("ozg:10001", "DE", Stage::Live, "2025-08-01"),
        ("ozg:10002", "DE", Stage::Live, "2025-04-02"),
        ("ozg:19999", "DE", Stage::Live, "2025-04-02"),
    ];
    for (service, place, stage, on) in questions {
        let (service, place) = (ServiceId::read(service).unwrap(), Place::read(place).unwrap());
        let on = Day::read(on).unwrap();
        said.push_str(&format!("{service} {place} {stage} {on}\n"));
        let now = desk.state.now();
        match now.executing_on(&service, on) {
            Ok(kinds) => {
                let missing = now.missing((&service, kinds), (&place, stage), on);
                missing.iter().for_each(|one| said.push_str(&format!("  {}\n", lacking(one, on))));
            }
            Err(why @ (NotExecuted::Unknown | NotExecuted::NotListed | NotExecuted::NoKind)) => {
                said.push_str(&format!("  {why:?}\n"));
            }
        }
    }
    expect_test::expect![[r#"
        ozg:10001 DE live 2025-01-04
          ags:01000001 Kiel holds nothing
          ags:08000001 Aach holds pilot
          ags:08000002 Bühl holds nothing
        ozg:10001 DE live 2025-04-02
          ags:01000001 Kiel holds nothing
          ags:08000001 Aach holds pilot, due 2025-03 overdue by 2
        ozg:10001 BW live 2025-05-02
          ags:08000001 Aach holds pilot, due 2025-03 overdue by 32
          ags:08000003 Calw holds nothing
        ozg:10001 ags:08000001 live 2025-04-02
          ags:08000001 Aach holds pilot, due 2025-03 overdue by 2
        ozg:10001 BW pilot 2025-04-02
          ags:08000002 Bühl holds live
        ozg:10001 DE live 2025-08-01
          NotListed
        ozg:10002 DE live 2025-04-02
          NoKind
        ozg:19999 DE live 2025-04-02
          Unknown
    "#]]
    .assert_eq(&said);
}

fn lacking(missing: &Missing, on: Day) -> String {
    let holds = missing.holds.furthest().map_or("nothing".to_owned(), |stage| stage.to_string());
    let plan = missing.plan.as_ref().map(|plan| format!(", due {}{}", plan.due, overdue(plan, on)));
    format!("{} {} holds {holds}{}", missing.authority, missing.name, plan.unwrap_or_default())
}
