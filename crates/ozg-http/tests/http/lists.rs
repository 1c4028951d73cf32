//! The lists, and each one of them with its history.

use crate::common::{World, id};
use axum::body::Body;
use axum::http::Request;
use expect_test::expect;
use ozg_core::measure::Measure;

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_there_in_every_form() {
    let world = World::new().await;
    for (name, count) in
        [("measures", Measure::COUNT), ("areas", 17), ("topics", 15), ("services", 2), ("authorities", 2)]
    {
        let json = world.get(&format!("/v1/{name}")).await;
        assert_eq!(json.json()[name].as_array().unwrap().len(), count, "{name}");
        assert_eq!(json.text, world.get(&format!("/v1/{name}.json")).await.text);
        let csv = world.get(&format!("/v1/{name}.csv")).await;
        assert_eq!(csv.text.lines().count(), count + 1, "{name}: {}", csv.text);
        let first =
            json.json()[name][0].as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        assert_eq!(world.get(&format!("/v1/{name}/{first}")).await.status, 200, "{name} {first}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_dated_and_narrowed() {
    let world = World::new().await;
    world.record(r#"{"type":"service-delisted","service":"ozg:10000","on":"2025-01-01"}"#).await;
    expect![[r#"
        service,unit,name,topics,parents,executed_by,lead,since
        ozg:10255,ozg,Aufenthalt,ein_auswanderung,,auslaenderbehoerde,BB,
    "#]]
    .assert_eq(&world.get("/v1/services.csv").await.text);
    assert_eq!(world.get("/v1/services.csv?on=2024").await.text.lines().count(), 3);
    assert_eq!(world.get("/v1/services.csv?on=2024&topic=familie_kind").await.text.lines().count(), 2);
    expect![[r#"
        authority,kind,area,name,ars,population,since
        abh:12051,auslaenderbehoerde,BB,Brandenburg an der Havel,,,
        abh:12054,auslaenderbehoerde,BB,Potsdam,,180000,
    "#]]
    .assert_eq(&world.get("/v1/authorities.csv?area=BB&kind=auslaenderbehoerde").await.text);
    assert_eq!(world.get("/v1/authorities.csv?area=BE").await.text.lines().count(), 1);
}

const CHANGES: &str = r#"[{"type":"service-listed","service":"ozg:10255","name":"Aufenthaltstitel","on":"2024-07-01","id":"00000000-0000-4000-8000-000000000008"},
{"type":"service-listed","service":"dienst:aufenthalt-digital","name":"Aufenthalt digital","parents":["ozg:10255"],"id":"00000000-0000-4000-8000-000000000009"},
{"type":"authority-changed","authority":"abh:12054","on":"2025-01-01","population":187000,"id":"00000000-0000-4000-8000-000000000010"},
{"type":"authority-dissolved","authority":"abh:12051","on":"2025-07-01","successors":["abh:12054"],"id":"00000000-0000-4000-8000-000000000011"}]"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_service_has_a_history() {
    let world = World::new().await;
    assert_eq!(world.record(CHANGES).await.status, 201);
    expect![[r#"
        {
          "service": "ozg:10255",
          "unit": "ozg",
          "listings": [
            {
              "from": null,
              "until": "2024-07-01",
              "on": null,
              "stands": true,
              "position": 1,
              "id": "00000000-0000-4000-8000-000000000001",
              "listed": true,
              "name": "Aufenthalt",
              "topics": [
                "ein_auswanderung"
              ],
              "parents": [],
              "executed_by": [
                "auslaenderbehoerde"
              ],
              "lead": "BB"
            },
            {
              "from": "2024-07-01",
              "until": null,
              "on": "2024-07-01",
              "stands": true,
              "position": 9,
              "id": "00000000-0000-4000-8000-000000000008",
              "listed": true,
              "name": "Aufenthaltstitel",
              "topics": [
                "ohne_themenfeld"
              ],
              "parents": [],
              "executed_by": [],
              "lead": null
            }
          ],
          "children": [
            "dienst:aufenthalt-digital"
          ],
          "links": {
            "events": "/v1/events?service=ozg:10255",
            "reuses": "/v1/series/reuses.csv?service=ozg:10255",
            "areas_reusing": "/v1/series/areas_reusing.csv?service=ozg:10255&area=DE",
            "population_covered": "/v1/series/population_covered.csv?service=ozg:10255"
          }
        }"#]]
    .assert_eq(&format!("{:#}", world.get("/v1/services/ozg:10255").await.json()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_has_a_history() {
    let world = World::new().await;
    assert_eq!(world.record(CHANGES).await.status, 201);
    expect![[r#"
        {
          "authority": "abh:12051",
          "kind": "auslaenderbehoerde",
          "area": "BB",
          "registrations": [
            {
              "from": null,
              "until": "2025-07-01",
              "on": null,
              "stands": true,
              "position": 4,
              "id": "00000000-0000-4000-8000-000000000004",
              "what": "listed",
              "name": "Brandenburg an der Havel",
              "ars": null,
              "population": null
            },
            {
              "from": "2025-07-01",
              "until": null,
              "on": "2025-07-01",
              "stands": true,
              "position": 11,
              "id": "00000000-0000-4000-8000-000000000011",
              "what": "dissolved",
              "successors": [
                "abh:12054"
              ],
              "inherits": false
            }
          ],
          "predecessors": [],
          "links": {
            "reuses": "/v1/series/reuses.csv?area=abh:12051"
          }
        }"#]]
    .assert_eq(&format!("{:#}", world.get("/v1/authorities/abh:12051").await.json()));
    let potsdam = world.get("/v1/authorities/abh:12054").await.json();
    assert_eq!(potsdam["predecessors"][0], "abh:12051");
    assert_eq!(potsdam["registrations"][0]["until"], "2025-01-01");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_measure_has_its_definition_in_both_languages() {
    let world = World::empty();
    let measure = world.get("/v1/measures/services_rolled_out").await.json();
    assert_eq!(measure["definition_id"], "services_rolled_out/1");
    assert!(measure["definition"]["de"].as_str().unwrap().starts_with("Leistungen"));
    assert_eq!(measure["links"]["csv"], "/v1/series/services_rolled_out.csv");
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_and_lists_are_had_as_of_a_data_state() {
    let world = World::new().await;
    let define = async |members: &str, services: &str| {
        let statements = format!(
            r#"[{{"type":"region-defined","region":"mitte","name":"Mitte","members":[{members}]}},
            {{"type":"list-defined","list":"fokus","name":"Fokus","services":[{services}]}}]"#
        );
        let answer = world.post("/v1/events?on_conflict=replace", "application/json", statements).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    };
    define("\"BB\"", "\"ozg:10255\"").await;
    let known = world.head();
    let paths = [
        "/v1/regions",
        "/v1/regions.csv",
        "/v1/lists",
        "/v1/lists.csv",
        "/v1/authorities.csv?area=region:mitte",
    ];
    let mut were = Vec::new();
    for path in paths {
        let open = world.get(path).await;
        let link = open.header("link").to_owned();
        let permalink = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
        assert!(permalink.ends_with(&format!("&position={known}")), "{permalink}");
        were.push((path, permalink, open.text));
    }
    define("\"BE\"", "\"ozg:10000\"").await;
    for (path, permalink, text) in were {
        let pinned = world.get(&permalink).await;
        assert_eq!((pinned.status, &pinned.text), (200, &text), "{permalink}");
        assert!(pinned.header("cache-control").ends_with("immutable"), "{permalink}");
        let now = world.get(path).await;
        assert_ne!(now.text, text, "{path}");
    }
    for path in ["/v1/regions.csv?position=7", "/v1/lists.csv?position=7"] {
        assert_eq!(world.get(path).await.text.lines().count(), 1, "{path}");
    }
    for path in ["/v1/regions?as_of=2026-06-01", "/v1/lists?as_of=2026-06-01"] {
        assert_eq!(world.get(path).await.json()["position"].as_u64(), Some(world.head().into()), "{path}");
    }
    assert_eq!(world.get("/v1/regions?position=7&as_of=2026-06-01").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_28_an_objection_shows_on_its_entry_in_the_list_and_in_the_metrics() {
    let world = World::new().await;
    let say = async |statement: String| {
        let request = Request::post("/v1/events").header("authorization", format!("Bearer {}", world.narrow));
        let request = request.header("content-type", "application/json").body(Body::from(statement)).unwrap();
        world.ask(request).await
    };
    // A conflict with what another office said names this way.
    let rival = r#"{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-09-01"}"#;
    let refused = say(rival.to_owned()).await;
    let hint = format!("objection-made: entry={}", id(5));
    assert_eq!((refused.status, refused.json()["errors"][0]["hint"].as_str()), (409, Some(hint.as_str())));
    let objection = format!(
        r#"{{"type":"objection-made","entry":"{}","on":"2024-09-01","says":"erst im September","id":"{}"}}"#,
        id(5),
        id(8)
    );
    assert_eq!(say(objection).await.status, 201);
    let columns =
        "id,position,recorded_at,office,open,says,on,entry,entry_position,entry_office,service,place\n";
    let row = |open: bool| {
        let (id, entry) = (id(8), id(5));
        format!(
            "{columns}{id},8,2026-06-01T10:00:00.000Z,bb,{open},erst im September,2024-09-01,{entry},5,redaktion,ozg:10255,abh:12054\n"
        )
    };
    assert_eq!(world.get("/v1/objections.csv").await.text, row(true));
    assert_eq!(world.get("/v1/objections.csv?position=7").await.text, columns);
    assert_eq!(world.get(&format!("/v1/objections/{}", id(8))).await.json()["open"], true);
    assert_eq!(world.get(&format!("/v1/objections/{}", id(5))).await.status, 404);
    let entry = world.get("/v1/events/5").await.json();
    assert_eq!(
        (&entry["objections"][0]["position"], &entry["objections"][0]["open"]),
        (&8.into(), &true.into())
    );
    let disputed = async |query: &str| {
        let rows = world.get(&format!("/v1/series/reuses.csv?{query}&basis=counted")).await.text;
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},{},{}", cells[0], cells[9], cells[14])
        };
        rows.lines().skip(1).map(row).collect::<Vec<_>>().join("; ")
    };
    let of_service = "service=ozg:10255&area=BB&from=2024-02&to=2024-04";
    assert_eq!(disputed(of_service).await, "2024-03-31,1,partial disputed; 2024-04-30,1,partial disputed");
    assert_eq!(disputed("area=abh:12054&on=2024-04-30").await, "2024-04-30,1,disputed");
    assert_eq!(disputed("area=BB&on=2024-04-30").await, "2024-04-30,1,partial");
    assert_eq!(
        disputed(&format!("{of_service}&position=7")).await,
        "2024-03-31,1,partial; 2024-04-30,1,partial"
    );
    let feed = world.get("/v1/events.atom?area=BB").await.text;
    assert!(feed.contains("erst im September") || feed.contains("objection-made"), "{feed}");
    let metrics = world.get("/metrics").await.text;
    assert!(metrics.contains("ozg_objections_open{area=\"BB\"} 1\n"), "{metrics}");
    // Withdrawn by its office it is gone, closed by a correction it stands and is closed.
    let corrected = rival.replace("}", &format!(r#","replaces":"{}"}}"#, id(5)));
    assert_eq!(world.record(&corrected).await.status, 201);
    assert_eq!(world.get("/v1/objections.csv").await.text, row(false));
    assert_eq!(disputed(of_service).await, "");
    let withdrawal = format!(r#"{{"type":"entry-withdrawn","entry":"{}","reason":"erledigt"}}"#, id(8));
    assert_eq!(say(withdrawal).await.status, 201);
    assert_eq!(world.get("/v1/objections.csv").await.text, columns);
}
