//! Lists for those who read critically: which figures contradict each other, which are old, who is silent, what changed in meaning
//! or in the past.

use crate::common::World;
use crate::feeds::{demo, load, story};
use expect_test::{Expect, expect};
use ozg_core::measure::Measure;
use serde_json::Value;
use std::collections::BTreeSet;

async fn check(world: &World, address: &str, expected: Expect) {
    let answer = world.get(address).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.text);
    expected.assert_eq(&answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_contradict_each_other_stand_together() {
    let world = story().await;
    check(&world, "/v1/conflicts.csv", expect![[r#"
        measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope,since,on,value,percent,qualifier,upper,of,source,office,published,entry
        services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06,300,,>,,575,Dashboard,redaktion,,9
        services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06-30,290,,,,575,Zeitung,redaktion,,14
        services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06,300,,>,,582,Blatt,redaktion,,15
    "#]]).await;
    check(&world, "/v1/conflicts.csv?lang=de&measure=services_launched&area=BB", expect![[r#"
        Kennzahl,Gebiet,Ort,Name des Ortes,Themenfeld,Leistung,Name der Leistung,Stufe,Reifegrad,Zähleinheit,Eingrenzung,seit,Datum,Wert,Prozent,Genauigkeit,bis,von,Quelle,Stelle,veröffentlicht,Eintrag
        Leistungen mit Go-live,Brandenburg,BB,Brandenburg,,,,,,OZG-Leistungen,,,2025-06,300,,>,,575,Dashboard,redaktion,,9
        Leistungen mit Go-live,Brandenburg,BB,Brandenburg,,,,,,OZG-Leistungen,,,2025-06-30,290,,,,575,Zeitung,redaktion,,14
        Leistungen mit Go-live,Brandenburg,BB,Brandenburg,,,,,,OZG-Leistungen,,,2025-06,300,,>,,582,Blatt,redaktion,,15
    "#]]).await;
    // Before the second source spoke nothing contradicted.
    check(&world, "/v1/conflicts.csv?position=13", expect![[r#"
        measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope,since,on,value,percent,qualifier,upper,of,source,office,published,entry
    "#]]).await;
    check(&world, "/v1/conflicts.csv?area=HH", expect![[r#"
        measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope,since,on,value,percent,qualifier,upper,of,source,office,published,entry
    "#]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_have_an_age() {
    let world = story().await;
    check(&world, "/v1/stale.csv?on=2026-06-01", expect![[r#"
        age_days,measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope,since,on,value,percent,qualifier,upper,of,source,office,published,entry
        336,services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06,300,,>,,575,Dashboard,redaktion,,9
        336,services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06-30,290,,,,575,Zeitung,redaktion,,14
        336,services_launched,BB,BB,Brandenburg,,,,,,ozg,,,2025-06,300,,>,,582,Blatt,redaktion,,15
        336,services_launched,BB,BB,Brandenburg,,,,,,ozg,nur Bund,,2025-06-30,9,,,,,Dashboard,redaktion,,12
        336,services_launched,BB,BB,Brandenburg,,,,,,leika,,,2025-06-30,88,,,,,Dashboard,redaktion,,16
    "#]]).await;
    check(&world, "/v1/stale.csv?on=2025-03-01&order=newest&lang=de", expect![[r#"
        Alter in Tagen,Kennzahl,Gebiet,Ort,Name des Ortes,Themenfeld,Leistung,Name der Leistung,Stufe,Reifegrad,Zähleinheit,Eingrenzung,seit,Datum,Wert,Prozent,Genauigkeit,bis,von,Quelle,Stelle,veröffentlicht,Eintrag
        29,Leistungen mit Go-live,Brandenburg,BB,Brandenburg,,,,,,OZG-Leistungen,,,2025-01-31,280,,,,575,Dashboard,redaktion,,11
    "#]]).await;
    check(&world, "/v1/stale.csv?on=2026-06-01&min_age=400", expect![[r#"
        age_days,measure,area,place,place_name,topic,service,service_name,stage,level,unit,scope,since,on,value,percent,qualifier,upper,of,source,office,published,entry
    "#]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_land_that_is_silent_has_a_row_too() {
    let world = story().await;
    let launched = "/v1/coverage.csv?measure=services_launched&on=2026-06-01";
    check(
        &world,
        &format!("{launched}&basis=reported&lang=de"),
        expect![[r#"
        Kennzahl,Grundlage,Gebiet,Name des Gebiets,zuerst,zuletzt,Tage ohne Angabe,Status
        Leistungen mit Go-live,berichtet,DE,Deutschland,,,,noch nie
        Leistungen mit Go-live,berichtet,BW,Baden-Württemberg,,,,noch nie
        Leistungen mit Go-live,berichtet,BY,Bayern,,,,noch nie
        Leistungen mit Go-live,berichtet,BE,Berlin,,,,noch nie
        Leistungen mit Go-live,berichtet,BB,Brandenburg,2025-01-31,2025-06-30,336,
        Leistungen mit Go-live,berichtet,HB,Bremen,,,,noch nie
        Leistungen mit Go-live,berichtet,HH,Hamburg,,,,noch nie
        Leistungen mit Go-live,berichtet,HE,Hessen,,,,noch nie
        Leistungen mit Go-live,berichtet,MV,Mecklenburg-Vorpommern,,,,noch nie
        Leistungen mit Go-live,berichtet,NI,Niedersachsen,,,,noch nie
        Leistungen mit Go-live,berichtet,NW,Nordrhein-Westfalen,,,,noch nie
        Leistungen mit Go-live,berichtet,RP,Rheinland-Pfalz,,,,noch nie
        Leistungen mit Go-live,berichtet,SL,Saarland,,,,noch nie
        Leistungen mit Go-live,berichtet,SN,Sachsen,,,,noch nie
        Leistungen mit Go-live,berichtet,ST,Sachsen-Anhalt,,,,noch nie
        Leistungen mit Go-live,berichtet,SH,Schleswig-Holstein,,,,noch nie
        Leistungen mit Go-live,berichtet,TH,Thüringen,,,,noch nie
    "#]],
    )
    .await;
    check(
        &world,
        &format!("{launched}&area=BB"),
        expect![[r#"
        measure,basis,area,area_name,first,last,days_silent,status
        services_launched,counted,BB,Brandenburg,2024-03-15,2024-04-01,791,
        services_launched,reported,BB,Brandenburg,2025-01-31,2025-06-30,336,
    "#]],
    )
    .await;
    let all = world.get("/v1/coverage.json").await.json();
    let rows = all["coverage"].as_array().unwrap();
    assert_eq!(rows.len() % 17, 0, "each of Germany and the 16 Länder has a row");
    let applications = rows.iter().filter(|row| row["measure"] == "applications" && row["status"] != "never");
    let areas: Vec<&Value> = applications.map(|row| &row["area"]).collect();
    assert_eq!(areas, ["BB"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_meaning_or_the_past_is_listed_with_its_reason() {
    let world = story().await;
    let more = r#"[
{"type":"register-declared","unit":"ozg","on":"2026-01-01"},
{"type":"list-defined","list":"fokus","name":"Fokus","services":["ozg:10255"]}
]"#;
    assert_eq!(world.record(more).await.status, 201);
    check(&world, "/v1/changes.csv", expect![[r#"
        day,change,position,recorded_at,office,type,service,service_name,place,place_name,subject,stage,measure,topic,unit,scope,on,value,percent,qualifier,of,changed,on_before,value_before,percent_before,qualifier_before,of_before,reason,note,source
        2026-06-01,edition,20,2026-06-01T10:00:00.000Z,redaktion,register-declared,,,,,ozg,,,,,,2026-01-01,,,,,,,,,,,,,
        2026-06-01,definition,19,2026-06-01T10:00:00.000Z,redaktion,list-defined,,,,,fokus,,,,,,,,,,,,,,,,,,,
        2026-06-01,withdrawal,17,2026-06-01T10:00:00.000Z,redaktion,entry-withdrawn,,,BB,Brandenburg,#10,,services_launched,,ozg,,,,,,,10,2023-12-31,159,,,575,unbestätigt,,
        2026-06-01,correction,11,2026-06-01T10:00:00.000Z,redaktion,figure-reported,,,BB,Brandenburg,,,services_launched,,ozg,,2025-01-31,280,,,575,8,2025-01-31,276,,,575,Tippfehler in der Quelle,,Dashboard
    "#]]).await;
    check(&world, "/v1/changes.csv?change=withdrawal&lang=de&area=BB", expect![[r#"
        Tag,Änderung,Position,aufgezeichnet,Stelle,Art,Leistung,Name der Leistung,Ort,Name des Ortes,Gegenstand,Stufe,Kennzahl,Themenfeld,Zähleinheit,Eingrenzung,Datum,Wert,Prozent,Genauigkeit,von,geänderter Eintrag,Datum vorher,Wert vorher,Prozent vorher,Genauigkeit vorher,"von, vorher",Grund,Anmerkung,Quelle
        2026-06-01,Rücknahme,17,2026-06-01T10:00:00.000Z,redaktion,Eintrag zurückgezogen,,,BB,Brandenburg,#10,,Leistungen mit Go-live,,OZG-Leistungen,,,,,,,10,2023-12-31,159,,,575,unbestätigt,,
    "#]]).await;
    let page = world.get("/v1/changes.json?limit=1").await;
    assert_eq!(page.json()["changes"].as_array().unwrap().len(), 1);
    let next = page.json()["next"].as_str().unwrap().to_owned();
    assert!(next.contains("before="), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_mean_nothing_are_refused() {
    let world = World::new().await;
    let mut said = String::new();
    for address in [
        "/v1/stale?order=jung",
        "/v1/stale?min_age=-1",
        "/v1/coverage?basis=summed",
        "/v1/coverage?area=Bayernland",
        "/v1/changes?change=neu",
        "/v1/conflicts?measure=reuse",
    ] {
        let answer = world.get_with(address, "accept-language", "en").await;
        let error = &answer.json()["errors"][0];
        said += &format!("{address}: {} {} {}\n", answer.status, error["code"], error["message"]);
    }
    expect![[r#"
        /v1/stale?order=jung: 400 "unknown_word" "The order \"jung\" is unknown. Allowed: oldest, newest"
        /v1/stale?min_age=-1: 400 "bad_number" "\"-1\" is not a whole number from 0 to 4294967295"
        /v1/coverage?basis=summed: 400 "unknown_word" "The basis \"summed\" is unknown. Allowed: counted, reported"
        /v1/coverage?area=Bayernland: 400 "unknown_place" "\"Bayernland\" is not a place: no Land, no registered authority and no region is called so. Allowed: DE, a Land (BW), an authority by its name or key (ags:01003000), a region (region:rhein-neckar)"
        /v1/changes?change=neu: 400 "unknown_word" "The kind of change \"neu\" is unknown. Allowed: correction, withdrawal, definition, edition"
        /v1/conflicts?measure=reuse: 400 "unknown_measure" "The measure \"reuse\" is unknown. Allowed: services_listed, services_launched, services_rolled_out, services_covering_all, services_compliant, services_at_maturity, reuses, reuses_current, reuses_possible, authorities_active, population_covered, areas_reusing, milestones_planned, milestones_overdue, applications, other, lead_time_days, reporting_lag_days"
    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permalink_of_each_list_gives_the_same_bytes_after_later_entries() {
    let world = story().await;
    let mut kept = Vec::new();
    for list in ["conflicts", "stale", "coverage", "changes"] {
        for ending in ["csv", "json"] {
            let answer = world.get(&format!("/v1/{list}.{ending}?lang=de")).await;
            let link = answer.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
            assert!(link.contains("position=18"), "{link}");
            kept.push((link, answer.text));
        }
    }
    let claim = r#"{"type":"figure-reported","measure":"services_launched","unit":"ozg","place":"BB","value":7,"on":"2025-06-30","source":{"name":"Andere"}}"#;
    assert_eq!(world.record(claim).await.status, 201);
    for (link, text) in kept {
        let answer = world.get(&link).await;
        assert_eq!(answer.text, text, "{link}");
        assert!(answer.header("cache-control").ends_with("immutable"), "{link}");
    }
}

/// What a row says, by the columns that both have: the day on which it begins to hold, the value, how exact it is, and where.
fn said(row: &Value, day: &str) -> String {
    let cells = ["area", "unit", "scope", "value", "qualifier"].map(|name| row[name].to_string());
    format!("{day} {}", cells.join(" "))
}

/// Law 8, one number: the figures of the list are those of the rows of series with the status `conflict`.
#[tokio::test(flavor = "multi_thread")]
async fn contradictions_of_the_demo_are_the_rows_of_series_with_a_conflict() {
    let world = World::empty();
    for batch in demo() {
        load(&world, batch).await;
    }
    let list = world.get("/v1/conflicts.json").await.json();
    let list = list["conflicts"].as_array().unwrap();
    let mut found = BTreeSet::new();
    for row in list {
        let (measure, place) = (row["measure"].as_str().unwrap(), row["place"].as_str().unwrap());
        let entry = world.get(&format!("/v1/events/{}", row["entry"])).await;
        assert_eq!(entry.status, 200);
        let mut address =
            format!("/v1/series/{measure}.json?area={place}&basis=reported&every=change&kind=stock,period");
        for name in ["service", "topic", "stage", "unit"] {
            if let Some(word) = row[name].as_str() {
                address += &format!("&{name}={word}");
            }
        }
        let series = world.get(&address).await;
        assert_eq!(series.status, 200, "{address}: {}", series.text);
        let rows = series.json()["rows"].as_array().unwrap().clone();
        let same = rows.iter().find(|other| {
            other["status"].as_str().unwrap_or_default().contains("conflict")
                && other["observed"].as_str().unwrap_or_default().ends_with(row["on"].as_str().unwrap())
                && ["value", "qualifier", "scope"].iter().all(|name| other[name] == row[name])
                && other["source"].as_str().unwrap().contains(row["source"].as_str().unwrap())
        });
        let same = same.unwrap_or_else(|| panic!("no row of {address} says {row}"));
        if row["service"].is_null() && row["topic"].is_null() {
            found.insert(format!("{measure} {}", said(same, same["date"].as_str().unwrap())));
        }
    }
    // And the other way round, for all areas and units.
    let mut marked = BTreeSet::new();
    for measure in Measure::all() {
        for unit in ["ozg", "leika", "dienst"] {
            let address = format!(
                "/v1/series/{measure}.json?unit={unit}&basis=reported&every=change&kind=stock,period"
            );
            let series = world.get(&address).await;
            if series.status != 200 {
                continue;
            }
            let rows = series.json()["rows"].as_array().unwrap().clone();
            let conflicts =
                rows.iter().filter(|row| row["status"].as_str().unwrap_or_default().contains("conflict"));
            marked.extend(
                conflicts.map(|row| format!("{measure} {}", said(row, row["date"].as_str().unwrap()))),
            );
        }
    }
    assert!(list.len() >= 4 && !marked.is_empty(), "{list:#?}");
    assert_eq!(found, marked);
}
