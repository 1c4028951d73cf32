//! What is missing and what is due: `/v1/missing` and `/v1/due`.

use crate::common::World;
use expect_test::expect;

/// The catalogue and what is planned in it: Potsdam is live, Brandenburg is not and was to be in May.
const PLANNED: &str = r#"[
{"type":"authority-listed","authority":"abh:11000","name":"Landesamt für Einwanderung","population":3700000},
{"type":"milestone-planned","service":"ozg:10255","place":"abh:12051","stage":"live","due":"2026-03","on":"2025-01-15"},
{"type":"milestone-planned","service":"ozg:10255","place":"abh:12051","stage":"live","due":"2026-05","on":"2025-06-01"},
{"type":"milestone-planned","service":"ozg:10255","place":"abh:12054","stage":"live","due":"2024-01","on":"2023-06-01"},
{"type":"milestone-planned","service":"ozg:10255","place":"abh:11000","stage":"live","due":"2026-12-31","on":"2025-06-01"},
{"type":"milestone-planned","service":"ozg:10000","place":"BB","stage":"launched","due":"2026-Q1","on":"2025-06-01"},
{"type":"milestone-reached","service":"ozg:10255","place":"abh:12051","stage":"pilot","on":"2025-01-01"},
{"type":"milestone-ended","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2025-02-01","reason":"Umzug"}
]"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_with_plans() {
    let world = World::new().await;
    let answer = world.record(PLANNED).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let mut said = String::new();
    for question in [
        "service=ozg:10255",
        "service=Aufenthalt&area=Brandenburg&lang=de",
        "service=ozg:10255&area=BE&on=2027-01-01",
        "service=ozg:10255&stage=pilot&on=2026-01-01",
        "service=ozg:10255&on=2025-01-31",
        "service=ozg:10255&area=abh:12051",
    ] {
        let text = world.get(&format!("/v1/missing.csv?{question}")).await.text;
        said.push_str(&format!("{question}\n{text}\n"));
    }
    expect![[r#"
        service=ozg:10255
        authority,name,kind,area,population,holds,due,due_day,days_overdue,plan,service,service_name,stage
        abh:11000,Landesamt für Einwanderung,auslaenderbehoerde,BE,3700000,,2026-12-31,2026-12-31,,12,ozg:10255,Aufenthalt,live
        abh:12051,Brandenburg an der Havel,auslaenderbehoerde,BB,,pilot,2026-05,2026-05-31,1,10,ozg:10255,Aufenthalt,live

        service=Aufenthalt&area=Brandenburg&lang=de
        Behörde,Name,Behördenart,Gebiet,Einwohner,hat,fällig,fällig am,Tage überfällig,Plan,Leistung,Name der Leistung,Stufe
        abh:12051,Brandenburg an der Havel,Ausländerbehörde,Brandenburg,,Pilot,2026-05,2026-05-31,1,10,ozg:10255,Aufenthalt,im Einsatz

        service=ozg:10255&area=BE&on=2027-01-01
        authority,name,kind,area,population,holds,due,due_day,days_overdue,plan,service,service_name,stage
        abh:11000,Landesamt für Einwanderung,auslaenderbehoerde,BE,3700000,,2026-12-31,2026-12-31,1,12,ozg:10255,Aufenthalt,live

        service=ozg:10255&stage=pilot&on=2026-01-01
        authority,name,kind,area,population,holds,due,due_day,days_overdue,plan,service,service_name,stage
        abh:11000,Landesamt für Einwanderung,auslaenderbehoerde,BE,3700000,,,,,,ozg:10255,Aufenthalt,pilot
        abh:12054,Potsdam,auslaenderbehoerde,BB,180000,live,,,,,ozg:10255,Aufenthalt,pilot

        service=ozg:10255&on=2025-01-31
        authority,name,kind,area,population,holds,due,due_day,days_overdue,plan,service,service_name,stage
        abh:11000,Landesamt für Einwanderung,auslaenderbehoerde,BE,3700000,,,,,,ozg:10255,Aufenthalt,live

        service=ozg:10255&area=abh:12051
        authority,name,kind,area,population,holds,due,due_day,days_overdue,plan,service,service_name,stage
        abh:12051,Brandenburg an der Havel,auslaenderbehoerde,BB,,pilot,2026-05,2026-05-31,1,10,ozg:10255,Aufenthalt,live

    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_refused_with_the_reason_where_nobody_knows() {
    let world = World::new().await;
    let answer = world.record(PLANNED).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let mut refused = String::new();
    for question in [
        "",
        "area=BB&stage=rolled_out",
        "service=ozg:19999",
        "service=ozg:1025",
        "service=Aufentalt",
        "service=ozg:10000",
        "service=ozg:10255&area=region:nirgends",
    ] {
        let answer = world.get_with(&format!("/v1/missing.json?{question}"), "accept-language", "en").await;
        let json = answer.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let of = |error: &serde_json::Value| {
            format!("  {} {} {} (hint {})\n", error["field"], error["code"], error["message"], error["hint"])
        };
        refused.push_str(&format!("{} {question} {}\n", answer.status, json["detail"]));
        refused.extend(errors.iter().map(of));
    }
    expect![[r#"
        400  null
          "service" "missing_field" "The parameter \"service\" is missing: the service" (hint null)
        400 area=BB&stage=rolled_out null
          "stage" "stage_not_here" "The stage rolled out exists for Länder and DE only; authorities may lack live" (hint "live")
          "service" "missing_field" "The parameter \"service\" is missing: the service" (hint null)
        400 service=ozg:19999 null
          "service" "unknown_service" "ozg:19999 is in no entry of the catalogue; all services: /v1/services" (hint null)
        400 service=ozg:1025 null
          "service" "bad_key" "\"ozg:1025\" is not the key of a service. Allowed: ozg:12345 (five digits), leika:99… (14 digits, starts with 99), dienst:name-in-lower-case" (hint null)
        400 service=Aufentalt null
          "service" "unknown_service" "\"Aufentalt\" is not a service: none in the catalogue is called so. Allowed: its name there or its key (ozg:10255, leika:99012001001000, dienst:aufenthalt). Perhaps \"Aufenthalt\" is meant" (hint "ozg:10255")
        400 service=ozg:10000 null
          "service" "missing_field" "The catalogue does not say which authorities execute ozg:10000, so nobody knows where it is missing. The way on: list the service again with `executed_by`: ozg record service-listed --service ozg:10000 --executed-by …" (hint null)
        400 service=ozg:10255&area=region:nirgends "there is no region \"nirgends\"; all are under /v1/regions"
    "#]].assert_eq(&refused);
    world.record(r#"{"type":"service-delisted","service":"ozg:10255","on":"2026-01-01"}"#).await;
    let gone = world.get_with("/v1/missing?service=ozg:10255", "accept-language", "en").await;
    assert!(gone.text.contains("is not in the catalogue on 2026-06-01"), "{}", gone.text);
    assert_eq!(world.get("/v1/missing?service=ozg:10255&on=2025-12-31").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_and_overdue_is_what_the_measure_counts() {
    let world = World::new().await;
    assert_eq!(world.record(PLANNED).await.status, 201);
    let mut said = String::new();
    for question in [
        "",
        "on=2026-05-31",
        "until=2026-05&lang=de",
        "area=BB&stage=live",
        "topic=familie_kind",
        "service=Aufenthalt&area=abh:11000",
        "office=bb",
        "unit=dienst",
        "position=4",
    ] {
        let text = world.get(&format!("/v1/due.csv?{question}")).await.text;
        said.push_str(&format!("{question}\n{text}\n"));
    }
    expect![[r#"

        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan
        2026-Q1,2026-03-31,62,ozg:10000,Elterngeld,BB,Brandenburg,BB,launched,2026-Q1,2025-06-01,redaktion,13
        2026-05,2026-05-31,1,ozg:10255,Aufenthalt,abh:12051,Brandenburg an der Havel,BB,live,2026-03,2025-06-01,redaktion,10
        2026-12-31,2026-12-31,,ozg:10255,Aufenthalt,abh:11000,Landesamt für Einwanderung,BE,live,2026-12-31,2025-06-01,redaktion,12

        on=2026-05-31
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan
        2026-Q1,2026-03-31,61,ozg:10000,Elterngeld,BB,Brandenburg,BB,launched,2026-Q1,2025-06-01,redaktion,13
        2026-05,2026-05-31,,ozg:10255,Aufenthalt,abh:12051,Brandenburg an der Havel,BB,live,2026-03,2025-06-01,redaktion,10
        2026-12-31,2026-12-31,,ozg:10255,Aufenthalt,abh:11000,Landesamt für Einwanderung,BE,live,2026-12-31,2025-06-01,redaktion,12

        until=2026-05&lang=de
        fällig,fällig am,Tage überfällig,Leistung,Name der Leistung,Ort,Name des Ortes,Gebiet,Stufe,zuerst fällig,geplant am,Stelle,Plan
        2026-Q1,2026-03-31,62,ozg:10000,Elterngeld,BB,Brandenburg,Brandenburg,Go-live,2026-Q1,2025-06-01,redaktion,13
        2026-05,2026-05-31,1,ozg:10255,Aufenthalt,abh:12051,Brandenburg an der Havel,Brandenburg,im Einsatz,2026-03,2025-06-01,redaktion,10

        area=BB&stage=live
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan
        2026-05,2026-05-31,1,ozg:10255,Aufenthalt,abh:12051,Brandenburg an der Havel,BB,live,2026-03,2025-06-01,redaktion,10

        topic=familie_kind
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan
        2026-Q1,2026-03-31,62,ozg:10000,Elterngeld,BB,Brandenburg,BB,launched,2026-Q1,2025-06-01,redaktion,13

        service=Aufenthalt&area=abh:11000
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan
        2026-12-31,2026-12-31,,ozg:10255,Aufenthalt,abh:11000,Landesamt für Einwanderung,BE,live,2026-12-31,2025-06-01,redaktion,12

        office=bb
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan

        unit=dienst
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan

        position=4
        due,due_day,days_overdue,service,service_name,place,place_name,area,stage,first_due,set_on,office,plan

    "#]].assert_eq(&said);
    for (area, on) in [("DE", "2026-06-01"), ("BB", "2026-06-01"), ("BB", "2026-05-31")] {
        let question = format!("area={area}&on={on}&unit=ozg&stage=live");
        let due = world.get(&format!("/v1/due?{question}")).await.json();
        let rows = due["due"].as_array().unwrap().iter();
        let overdue = rows.filter(|row| row["days_overdue"].as_u64().is_some_and(|days| days > 0)).count();
        let series = format!("/v1/series/milestones_overdue.json?{question}&basis=counted");
        let counted = world.get(&series).await.json()["rows"][0]["value"].as_u64().unwrap();
        assert_eq!(u64::try_from(overdue).unwrap(), counted, "{area} {on}");
    }
    let permalink = world.get("/v1/due").await.json()["permalink"].as_str().unwrap().to_owned();
    let before = world.get(&permalink).await;
    let reached = r#"{"type":"milestone-reached","service":"ozg:10255","place":"abh:11000","stage":"live","on":"2026-05-01"}"#;
    assert_eq!(world.record(reached).await.status, 201);
    assert_eq!(world.get(&permalink).await.text, before.text);
    assert_ne!(world.get("/v1/due").await.text, before.text);
}
