//! Questions of every day: entries by office and span; and entries that are named by their position.

use crate::common::{Answer, CATALOGUE, MILESTONES, World, id};
use axum::body::Body;
use axum::http::Request;
use expect_test::expect;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::{Mutex, MutexGuard};

/// Noon in Berlin on 1 June 2026, moved by the days of each world.
static NOW_MS: AtomicI64 = AtomicI64::new(1_780_308_000_000);
/// The clock is that of one world at a time.
static CLOCK: Mutex<()> = Mutex::const_new(());
const DAY_MS: i64 = 86_400_000;

/// Records three batches on 1, 2 and 3 June, the last by the office of Brandenburg: entries 1 to 4, 5 to 7 and 8 to 13. The
/// clock is the world's until the guard is dropped.
async fn three_days() -> (World, MutexGuard<'static, ()>) {
    let clock = CLOCK.lock().await;
    let first = 1_780_308_000_000;
    NOW_MS.store(first, Ordering::Relaxed);
    let world = World::ticking(|| NOW_MS.load(Ordering::Relaxed));
    assert_eq!(world.record(CATALOGUE).await.status, 201);
    NOW_MS.store(first + DAY_MS, Ordering::Relaxed);
    assert_eq!(world.record(MILESTONES).await.status, 201);
    NOW_MS.store(first + 2 * DAY_MS, Ordering::Relaxed);
    let answer = of_brandenburg(&world, OF_BRANDENBURG).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    (world, clock)
}

const OF_BRANDENBURG: &str = r#"[
{"type":"milestone-planned","service":"ozg:10000","place":"BB","stage":"live","due":"2027-Q2","id":"00000000-0000-4000-8000-000000000008"},
{"type":"figure-reported","measure":"reuses","place":"BB","service":"ozg:10255","value":">3","of":16,"on":"2025","source":"Landtag","id":"00000000-0000-4000-8000-000000000009"},
{"type":"reuse-reported","place":"BB","service":"ozg:10000","live":"4–6","rolling_out":2,"on":"2025-06","source":"Landtag","id":"00000000-0000-4000-8000-000000000010"},
{"type":"figure-reported","measure":"reuses","place":"BB","service":"ozg:10255","value":">4","of":16,"on":"2025","source":"Landtag","replaces":"00000000-0000-4000-8000-000000000009","reason":"Druckfehler","id":"00000000-0000-4000-8000-000000000011"},
{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-000000000008","reason":"nie beschlossen","id":"00000000-0000-4000-8000-000000000012"},
{"type":"target-set","measure":"services_rolled_out","place":"BB","topic":"familie_kind","percent":"ca. 80","due":"2027","id":"00000000-0000-4000-8000-000000000013"}
]"#;

async fn of_brandenburg(world: &World, body: &str) -> Answer {
    let request = Request::post("/v1/events")
        .header("authorization", format!("Bearer {}", world.narrow))
        .header("content-type", "application/json")
        .header("accept-language", "en");
    world.ask(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// The positions of the entries that a question finds.
async fn found(world: &World, question: &str) -> String {
    let answer = world.get(&format!("/v1/entries.json?{question}")).await;
    if answer.status != 200 {
        return format!(
            "{} {}",
            answer.status,
            answer.json()["errors"][0]["message"].as_str().unwrap_or(&answer.text)
        );
    }
    let entries = answer.json()["entries"].as_array().unwrap().clone();
    entries.iter().map(|entry| entry["position"].to_string()).collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_found_by_either_clock_and_by_what_they_are_about() {
    let (world, _clock) = three_days().await;
    let questions = [
        "",
        "office=bb",
        "recorded_from=2026-06-02",
        "recorded_from=2026-06-02&recorded_to=2026-06-02",
        "recorded_to=2026-06-01",
        "recorded_to=2026-05",
        "recorded_from=2026-06",
        "recorded_from=2026-06-02T10:00:00Z",
        "recorded_from=2026-06-02T10:00:01Z&recorded_to=2026-06-03T09:59:59Z",
        // A partial date counts from its last day; a withdrawal is about what it withdraws; a plan about the day it was made.
        "from=2024-05-31&to=2024-05-31",
        "from=2024&to=2024",
        "from=2026-06",
        "to=2024-03",
        "area=BB&type=milestone-reached",
        "area=abh:12054",
        "area=Potsdam",
        "topic=familie_kind",
        "service=Aufenthalt&office=redaktion",
        "limit=2",
        "limit=2&before=11",
        "before=1",
        "position=7",
        "as_of=2026-06-01",
        "recorded_form=2026",
        "type=milestone",
        "limit=0",
        "area=region:nirgends",
    ];
    let mut said = String::new();
    for question in questions {
        said.push_str(&format!("{question}: {}\n", found(&world, question).await));
    }
    expect![[r#"
        : 13 12 11 10 9 8 7 6 5 4 3 2 1
        office=bb: 13 12 11 10 9 8
        recorded_from=2026-06-02: 13 12 11 10 9 8 7 6 5
        recorded_from=2026-06-02&recorded_to=2026-06-02: 7 6 5
        recorded_to=2026-06-01: 4 3 2 1
        recorded_to=2026-05: 
        recorded_from=2026-06: 13 12 11 10 9 8 7 6 5 4 3 2 1
        recorded_from=2026-06-02T10:00:00Z: 13 12 11 10 9 8 7 6 5
        recorded_from=2026-06-02T10:00:01Z&recorded_to=2026-06-03T09:59:59Z: 
        from=2024-05-31&to=2024-05-31: 6
        from=2024&to=2024: 7 6 5
        from=2026-06: 13 11 8
        to=2024-03: 5
        area=BB&type=milestone-reached: 7 6 5
        area=abh:12054: 5 3
        area=Potsdam: 5 3
        topic=familie_kind: 13 11 10 8 7 2
        service=Aufenthalt&office=redaktion: 6 5 1
        limit=2: 13 12
        limit=2&before=11: 10 9
        before=1: 
        position=7: 7 6 5 4 3 2 1
        as_of=2026-06-01: 4 3 2 1
        recorded_form=2026: 400 Den Parameter „recorded_form“ gibt es nicht. Erlaubt: office, recorded_from, recorded_to, from, to, area, topic, service, type, before, limit, position, as_of, lang
        type=milestone: 400 Der Ereignistyp „milestone“ ist unbekannt. Erlaubt: Meilenstein erreicht, Meilenstein beendet, Reifegrad bewertet, Nachnutzung gemeldet, Zahl gemeldet, Meilenstein geplant, Ziel gesetzt, Bewertung abgegeben, Leistung im Katalog, Leistung aus dem Katalog genommen, Behörde eingetragen, Behörde geändert, Behörde aufgelöst, Eintrag zurückgezogen, Meilenstein vorgefunden, Region festgelegt, Leistungsliste festgelegt, Register erklärt, Widerspruch erhoben
        limit=0: 400 „0“ ist keine ganze Zahl von 1 bis 4294967295
        area=region:nirgends: 400 {"type":"/problems/bad-parameters","status":400,"title":"Die Anfrage ist so nicht verständlich","detail":"Die Region „nirgends“ ist nicht festgelegt; alle stehen unter /v1/regions"}

    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_says_what_an_entry_is_about_and_what_became_of_it() {
    let (world, _clock) = three_days().await;
    expect![[r#"
        position,recorded_at,office,type,service,service_name,place,place_name,subject,stage,level,measure,topic,unit,scope,on,since,due,value,percent,qualifier,upper,rolling_out,of,status,ended_by,reason,source,source_url,published,note,on_behalf_of,remarks,id
        13,2026-06-03T10:00:00.000Z,bb,entry-withdrawn,ozg:10000,Elterngeld,BB,Brandenburg,#8,,,,,,,,,,,,,,,,stands,,nie beschlossen,,,,,,,00000000-0000-4000-8000-000000000012
        12,2026-06-03T10:00:00.000Z,bb,figure-reported,ozg:10255,Aufenthalt,BB,Brandenburg,,live,,reuses,,ozg,,2025,,,4,,>,,,16,stands,,Druckfehler,Landtag,,,,,,00000000-0000-4000-8000-000000000011
        11,2026-06-03T10:00:00.000Z,bb,target-set,,,BB,Brandenburg,,,,services_rolled_out,familie_kind,ozg,,,,2027,,80,ca,,,,stands,,,,,,,,,00000000-0000-4000-8000-000000000013
        10,2026-06-03T10:00:00.000Z,bb,reuse-reported,ozg:10000,Elterngeld,BB,Brandenburg,,,,,,,,2025-06,,,4,,between,6,2,,stands,,,Landtag,,,,,,00000000-0000-4000-8000-000000000010
        9,2026-06-03T10:00:00.000Z,bb,figure-reported,ozg:10255,Aufenthalt,BB,Brandenburg,,live,,reuses,,ozg,,2025,,,3,,>,,,16,replaced,12,,Landtag,,,,,,00000000-0000-4000-8000-000000000009
        8,2026-06-03T10:00:00.000Z,bb,milestone-planned,ozg:10000,Elterngeld,BB,Brandenburg,,live,,,,,,,,2027-Q2,,,,,,,withdrawn,13,,,,,,,,00000000-0000-4000-8000-000000000008
        7,2026-06-02T10:00:00.000Z,redaktion,milestone-reached,ozg:10000,Elterngeld,BB,Brandenburg,,rolled_out,,,,,,2024-04-01,,,,,,,,,stands,,,,,,,,,00000000-0000-4000-8000-000000000007
        6,2026-06-02T10:00:00.000Z,redaktion,milestone-reached,ozg:10255,Aufenthalt,abh:12051,Brandenburg an der Havel,,live,,,,,,2024-05,,,,,,,,,stands,,,,,,im Mai,,,00000000-0000-4000-8000-000000000006
        5,2026-06-02T10:00:00.000Z,redaktion,milestone-reached,ozg:10255,Aufenthalt,abh:12054,Potsdam,,live,,,,,,2024-03-15,,,,,,,,,stands,,,Quelle,https://example.org/a,,,,,00000000-0000-4000-8000-000000000005
    "#]].assert_eq(&world.get("/v1/entries.csv?from=2024").await.text);
    expect![[r#"
        Position,aufgezeichnet,Stelle,Art,Leistung,Name der Leistung,Ort,Name des Ortes,Gegenstand,Stufe,Reifegrad,Kennzahl,Themenfeld,Zähleinheit,Eingrenzung,Datum,seit,fällig,Wert,Prozent,Genauigkeit,bis,im Roll-out,von,Status,beendet durch,Grund,Quelle,Quelle_URL,veröffentlicht,Anmerkung,im Namen von,Bemerkungen,Kennung
        13,2026-06-03T10:00:00.000Z,bb,Eintrag zurückgezogen,ozg:10000,Elterngeld,BB,Brandenburg,#8,,,,,,,,,,,,,,,,steht,,nie beschlossen,,,,,,,00000000-0000-4000-8000-000000000012
        12,2026-06-03T10:00:00.000Z,bb,Zahl gemeldet,ozg:10255,Aufenthalt,BB,Brandenburg,,im Einsatz,,Nachnutzungen,,OZG-Leistungen,,2025,,,4,,>,,,16,steht,,Druckfehler,Landtag,,,,,,00000000-0000-4000-8000-000000000011
        11,2026-06-03T10:00:00.000Z,bb,Ziel gesetzt,,,BB,Brandenburg,,,,Leistungen flächendeckend (laut Angabe),Familie & Kind,OZG-Leistungen,,,,2027,,80,ca,,,,steht,,,,,,,,,00000000-0000-4000-8000-000000000013
        10,2026-06-03T10:00:00.000Z,bb,Nachnutzung gemeldet,ozg:10000,Elterngeld,BB,Brandenburg,,,,,,,,2025-06,,,4,,between,6,2,,steht,,,Landtag,,,,,,00000000-0000-4000-8000-000000000010
        9,2026-06-03T10:00:00.000Z,bb,Zahl gemeldet,ozg:10255,Aufenthalt,BB,Brandenburg,,im Einsatz,,Nachnutzungen,,OZG-Leistungen,,2025,,,3,,>,,,16,ersetzt,12,,Landtag,,,,,,00000000-0000-4000-8000-000000000009
        8,2026-06-03T10:00:00.000Z,bb,Meilenstein geplant,ozg:10000,Elterngeld,BB,Brandenburg,,im Einsatz,,,,,,,,2027-Q2,,,,,,,zurückgezogen,13,,,,,,,,00000000-0000-4000-8000-000000000008
    "#]].assert_eq(&world.get("/v1/entries.csv?office=bb&lang=de").await.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_permalinks_stay_as_they_are() {
    let (world, _clock) = three_days().await;
    let page = world.get("/v1/entries.json?office=bb&limit=2").await;
    let json = page.json();
    let links: Vec<_> = page.headers.get_all("link").iter().map(|link| link.to_str().unwrap()).collect();
    expect![[r#"
        "/v1/entries.json?office=bb&limit=2&position=13"
        "/v1/entries.json?office=bb&before=12&limit=2&position=13"
        </v1/entries.json?office=bb&limit=2&position=13>; rel="cite-as"
        </v1/entries.json?office=bb&before=12&limit=2&position=13>; rel="next"
    "#]]
    .assert_eq(&format!("{}\n{}\n{}\n", json["permalink"], json["next"], links.join("\n")));
    let positions = |page: &Answer| -> Vec<u64> {
        let entries = page.json()["entries"].as_array().unwrap().clone();
        entries.iter().map(|entry| entry["position"].as_u64().unwrap()).collect()
    };
    let next = world.get(json["next"].as_str().unwrap()).await;
    let last = world.get(next.json()["next"].as_str().unwrap()).await;
    assert_eq!([positions(&page), positions(&next), positions(&last)], [[13, 12], [11, 10], [9, 8]]);
    assert!(last.json()["next"].is_null());

    let (permalink, pinned) = (json["permalink"].as_str().unwrap(), "/v1/entries.csv?from=2024&position=13");
    let before = world.get(pinned).await.text;
    let more = r#"{"type":"entry-withdrawn","entry":7,"reason":"falsch"}"#;
    assert_eq!(world.record(more).await.status, 201);
    assert_eq!(world.get(pinned).await.text, before);
    assert_eq!(world.get(permalink).await.text, page.text);
    assert_eq!(world.get(permalink).await.header("cache-control"), "public, max-age=31536000, immutable");
    // What became of the entry is told as it was known then.
    let status = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("7,")).unwrap();
        line.split(',').skip(24).take(2).collect::<Vec<_>>().join(" ")
    };
    let after = world.get("/v1/entries.csv?from=2024").await.text;
    assert_eq!([status(&before), status(&after)], ["stands ", "withdrawn 14"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_named_by_its_position_or_its_id() {
    let world = World::new().await;
    let withdraw = |entry: &str| format!(r#"{{"type":"entry-withdrawn","entry":{entry},"reason":"falsch"}}"#);
    let correct = |entry: &str| {
        format!(
            r#"{{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-04-01","replaces":{entry}}}"#
        )
    };
    let mut said = String::new();
    for body in [
        withdraw("7"),
        withdraw("\"#6\""),
        correct("\"5\""),
        withdraw("6"),
        withdraw("99"),
        withdraw("0"),
        withdraw("\"x7\""),
        r#"{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"pilot","on":"2024-04-01","id":"7"}"#.to_owned(),
    ] {
        let answer = world.record(&body).await;
        let json = answer.json();
        let error = &json["errors"][0];
        let text = match answer.status {
            201 => json["entries"][0]["outcome"].to_string(),
            _ => format!("{} {} {}", error["field"], error["code"], error["message"]),
        };
        said.push_str(&format!("{} {text}\n", answer.status));
    }
    expect![[r#"
        201 "withdrawn"
        201 "withdrawn"
        201 "corrected"
        200 null null null
        422 "entry" "unknown_entry" "There is no entry #99; the log ends at 10"
        422 "entry" "unknown_entry" "There is no entry #0; the log ends at 10"
        422 "entry" "bad_id" "\"x7\" is neither a position such as 16586 nor a UUID such as 0197a3c2-5b7e-7c11-9d52-0242ac120002"
        422 "id" "bad_id" "\"7\" is not a UUID such as 0197a3c2-5b7e-7c11-9d52-0242ac120002"
    "#]].assert_eq(&said);

    let objection = r#"{"type":"objection-made","entry":1,"says":"so nicht"}"#;
    assert_eq!(of_brandenburg(&world, objection).await.status, 201);
    let position = world.head();
    for name in [position.to_string(), format!("%23{position}")] {
        assert_eq!(world.get(&format!("/v1/objections/{name}")).await.json()["entry_position"], 1, "{name}");
        assert_eq!(
            world.get(&format!("/v1/events/{name}")).await.json()["entry"]["position"],
            position,
            "{name}"
        );
    }
    assert_eq!(world.get(&format!("/v1/events/{}", id(5))).await.json()["entry"]["position"], 5);
    let batch =
        world.post(&format!("/v1/batches/{}/withdrawal?reason=falsch", id(2)), "text/plain", "").await;
    assert_eq!((batch.status, &batch.json()["recorded"]), (201, &4.into()), "{}", batch.text);
}
