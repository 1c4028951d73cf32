//! Rows lead to their proof: the entry that a value comes from and its note, and questions that choose columns.

use crate::common::World;
use expect_test::expect;

/// Claims with and without notes, two of which say the same; a correction; milestones of one service.
const SAID: [&str; 3] = [
    r#"{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":159,"on":"2023-12","source":"INSM","note":"abgeleitet: 276-98 und 246-68"}
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":159,"on":"2023-12-31","source":"Senat","note":"Jahr geschätzt"}
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":170,"on":"2024-06","source":"INSM","note":"WIDERSPRUCH"}
{"type":"figure-reported","measure":"services_rolled_out","place":"HH","value":171,"on":"2024-06","source":"Senat"}
{"type":"target-set","measure":"services_rolled_out","place":"HH","value":575,"due":"2024-12","on":"2024-01-01","note":"Senatsbeschluss"}"#,
    r#"{"type":"milestone-reached","service":"ozg:10255","place":"BB","stage":"launched","on":"2024-02-10","note":"laut Pressestelle"}
{"type":"milestone-reached","service":"ozg:10255","place":"BE","stage":"launched","on":"2024-02-10","id":"00000000-0000-4000-8000-000000000091"}"#,
    r#"{"type":"milestone-reached","service":"ozg:10255","place":"BE","stage":"launched","on":"2024-03-05","replaces":"00000000-0000-4000-8000-000000000091","reason":"Datum"}"#,
];

async fn world() -> World {
    let world = World::new().await;
    for batch in SAID {
        let answer = world.post("/v1/events", "application/x-ndjson", batch).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    world
}

async fn get(world: &World, question: &str) -> String {
    let answer = world.get(&format!("/v1/series/{question}")).await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text);
    answer.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_names_its_entry_and_its_note() {
    let world = world().await;
    let claims = "services_rolled_out.csv?area=HH&every=quarter&from=2023-10&to=2024-12&basis=reported,target\
                  &columns=date,basis,value,source,status,entry,note";
    expect![[r#"
        date,basis,value,source,status,entry,note
        2023-12-31,reported,159,INSM; Senat,,8,abgeleitet: 276-98 und 246-68; Jahr geschätzt
        2024-03-31,reported,159,INSM; Senat,carried,8,abgeleitet: 276-98 und 246-68; Jahr geschätzt
        2024-06-30,reported,170,INSM,conflict,10,WIDERSPRUCH
        2024-06-30,reported,171,Senat,conflict,11,
        2024-09-30,reported,170,INSM,conflict carried,10,WIDERSPRUCH
        2024-09-30,reported,171,Senat,conflict carried,11,
        2024-12-31,reported,170,INSM,conflict carried,10,WIDERSPRUCH
        2024-12-31,reported,171,Senat,conflict carried,11,
        2024-12-31,target,575,redaktion,,12,Senatsbeschluss
    "#]]
    .assert_eq(&get(&world, claims).await);
    let launched = "services_launched.csv?area=DE,BB,BE&service=ozg:10255&from=2024-01&to=2024-04&basis=counted\
                    &columns=date,area,value,observed,entry,note";
    expect![[r#"
        date,area,value,observed,entry,note
        2024-02-29,DE,1,2024-02-10,13,
        2024-03-31,DE,1,2024-02-10,13,
        2024-04-30,DE,1,2024-02-10,13,
        2024-02-29,BB,1,2024-02-10,13,
        2024-03-31,BB,1,2024-02-10,13,
        2024-04-30,BB,1,2024-02-10,13,
        2024-03-31,BE,1,2024-03-05,15,
        2024-04-30,BE,1,2024-03-05,15,
    "#]]
    .assert_eq(&get(&world, launched).await);
    // Before the correction the other entry had moved the value.
    let before = launched.replace("area=DE,BB,BE", "area=BE").replace("&columns", "&position=14&columns");
    expect![[r#"
        date,area,value,observed,entry,note
        2024-02-29,BE,1,2024-02-10,14,
        2024-03-31,BE,1,2024-02-10,14,
        2024-04-30,BE,1,2024-02-10,14,
    "#]]
    .assert_eq(&get(&world, &before).await);
    // Of wider sums no single entry is named: they have a list of all.
    let sum = "services_launched.csv?area=DE&on=2024-04-30&basis=counted&columns=value,entry,note";
    expect![[r#"
        value,entry,note
        2,,
    "#]]
    .assert_eq(&get(&world, sum).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_chosen_in_every_ending() {
    let world = world().await;
    let chosen = "?area=HH&on=2024-01-31&basis=reported&columns=value,date,note";
    let ask = async |ending: &str| get(&world, &format!("services_rolled_out.{ending}{chosen}")).await;
    expect![[r#"
        value,date,note
        159,2024-01-31,abgeleitet: 276-98 und 246-68; Jahr geschätzt
    "#]]
    .assert_eq(&ask("csv").await);
    expect![[r#"
        ﻿Wert;Datum;Anmerkung
        159;31.01.2024;"abgeleitet: 276-98 und 246-68; Jahr geschätzt"
    "#]]
    .assert_eq(&ask("de.csv").await.replace("\r\n", "\n"));
    expect![[r#"
        {"measure":"services_rolled_out","definition":{"id":"services_rolled_out/1","version":1,"label":{"de":"Leistungen flächendeckend (laut Angabe)","en":"Services rolled out (as stated)"},"de":"Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.","en":"Services for which \"rolled out\" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.","unit":{"de":"Leistungen","en":"services"},"addition":{"de":"DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.","en":"DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total."}},"query":{"by":"area","area":"HH","topic":"all","unit":"ozg","basis":"reported","kind":"stock","on":"2024-01-31","position":"15","definition":"services_rolled_out/1","rules":"2","columns":"value,date,note"},"position":15,"recorded_at":"2026-06-01T10:00:00.000Z","permalink":"/v1/series/services_rolled_out.json?by=area&area=HH&topic=all&unit=ozg&basis=reported&kind=stock&on=2024-01-31&position=15&definition=services_rolled_out/1&rules=2&columns=value,date,note","operator":"OZG-Tracker","citation":"INSM; Senat. OZG-Tracker: Leistungen flächendeckend (laut Angabe), Hamburg, berichtet (services_rolled_out/1). Datenstand 2026-06-01T10:00:00.000Z, Position 15. /v1/series/services_rolled_out.json?by=area&area=HH&topic=all&unit=ozg&basis=reported&kind=stock&on=2024-01-31&position=15&definition=services_rolled_out/1&rules=2&columns=value,date,note (dl-de/by-2-0)","licence":"dl-de/by-2-0","also":[{"basis":"target","lines":1,"href":"/v1/series/services_rolled_out.json?area=HH&on=2024-01-31&columns=value,date,note&basis=target"}],"rows":[
        {"value":159,"date":"2024-01-31","note":"abgeleitet: 276-98 und 246-68; Jahr geschätzt"}
        ]}
    "#]].assert_eq(&ask("json").await);
    expect![[r#"
        STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,REF_AREA,TOPIC,SERVICE,STAGE,LEVEL,UNIT,SCOPE,BASIS,PERIOD,STATEMENT,OBS_VALUE,NOTE
        dataflow,OZG_TRACKER:SERVICES_ROLLED_OUT(1.0.0),I,2024-01-31,HH,_T,_Z,_Z,_Z,ozg,_Z,reported,_Z,1,159,abgeleitet: 276-98 und 246-68; Jahr geschätzt
    "#]].assert_eq(&ask("sdmx.csv").await);
    let cube: serde_json::Value = serde_json::from_str(&ask("jsonstat.json").await).unwrap();
    expect![[r#"["date","area","topic","unit","basis","metric"] {"0":159} {"note":{"0":"abgeleitet: 276-98 und 246-68; Jahr geschätzt"}}"#]].assert_eq(&format!("{} {} {}", cube["id"], cube["value"], cube["extension"]["attributes"]));
    for ending in ["metadata.json", "csv-metadata.json"] {
        let json: serde_json::Value = serde_json::from_str(&ask(ending).await).unwrap();
        let columns =
            if ending == "metadata.json" { &json["columns"] } else { &json["tableSchema"]["columns"] };
        let names: Vec<&str> =
            columns.as_array().unwrap().iter().filter_map(|c| c["name"].as_str()).collect();
        assert_eq!(names, ["value", "date", "note"], "{ending}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_that_cannot_be_shown_are_refused_with_what_can() {
    let world = world().await;
    let mut told = String::new();
    for question in [
        "services_rolled_out.csv?columns=date,valu",
        "services_rolled_out.json?columns=",
        "services_rolled_out.csv?columns=date,period",
        "services_rolled_out.csv?columns=known_from",
        "services_rolled_out.csv?columns=date&shape=wide",
        "services_rolled_out.svg?columns=date",
    ] {
        let answer = world.get_with(&format!("/v1/series/{question}"), "accept-language", "en").await;
        assert_eq!(answer.status, 400, "{question}: {}", answer.text);
        let error = &answer.json()["errors"][0];
        told += &format!("{question}\n   {} {} -> {}\n", error["code"], error["message"], error["hint"]);
    }
    expect![[r#"
        services_rolled_out.csv?columns=date,valu
           "unknown_word" "The column \"valu\" is unknown. Allowed: date, area, topic, service, stage, level, unit, scope, basis, value, qualifier, denominator, share, observed, status, source, source_url, definition, since, upper, denominator_qualifier, denominator_upper, share_qualifier, share_upper, published, entry, remark, note, known_from, known_until" -> "value"
        services_rolled_out.json?columns=
           "bad_text" "The parameter is empty" -> null
        services_rolled_out.csv?columns=date,period
           "unknown_word" "The column \"period\" is unknown. Allowed: date, area, topic, service, stage, level, unit, scope, basis, value, qualifier, denominator, share, observed, status, source, source_url, definition, since, upper, denominator_qualifier, denominator_upper, share_qualifier, share_upper, published, entry, remark, note, known_from, known_until" -> null
        services_rolled_out.csv?columns=known_from
           "fields_exclude" "The column \"known_from\" exists with \"vintages\" only" -> "vintages=latest"
        services_rolled_out.csv?columns=date&shape=wide
           "fields_exclude" "\"columns\" chooses columns of the long form; in a wide table and in a chart each line is a column. Leave \"columns\" or \"shape\" out" -> "shape=long"
        services_rolled_out.svg?columns=date
           "fields_exclude" "\"columns\" chooses columns of the long form; in a wide table and in a chart each line is a column. Leave \"columns\" or \"shape\" out" -> "shape=long"
    "#]].assert_eq(&told);
    let compared = world.get("/v1/compare/services_rolled_out.csv?against=3&columns=date").await;
    assert_eq!(compared.status, 400, "{}", compared.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_columns_stand_in_the_permalink_and_keep_its_bytes() {
    let world = world().await;
    let answer =
        world.get("/v1/series/services_rolled_out.csv?area=HH&on=2024-01-31&columns=date,note").await;
    let link = answer.header("link").to_owned();
    assert!(link.contains("&columns=date%2Cnote") || link.contains("&columns=date,note"), "{link}");
    let address = link.split(['<', '>']).nth(1).unwrap();
    let path = address.trim_start_matches("https://example.org").to_owned();
    let path = &path[path.find("/v1/").unwrap()..];
    assert_eq!(world.get(path).await.text, answer.text);
    let vintages = get(&world, "services_rolled_out.csv?area=HH&on=2024-01-31&basis=reported&vintages=latest&columns=value,known_from,entry").await;
    expect![[r#"
        value,known_from,entry
        159,2026-06-01T10:00:00.000Z p12,8
    "#]]
    .assert_eq(&vintages);
}
