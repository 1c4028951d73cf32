//! Series and the entries behind them.

use crate::common::World;
use expect_test::expect;

#[tokio::test(flavor = "multi_thread")]
async fn a_series_as_csv() {
    let world = World::new().await;
    let answer = world.get("/v1/series/reuses.csv?area=BB&from=2024-03&to=2024-06&service=ozg:10255").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    expect![[r#"
        </v1/series/reuses.csv?by=area&area=BB&topic=all&service=ozg:10255&stage=live&unit=ozg&basis=counted,reported&kind=stock&every=month&from=2024-03-01&to=2024-06-30&position=7&definition=reuses/2&rules=2>; rel="cite-as"
        date,area,topic,service,stage,level,unit,scope,basis,value,qualifier,denominator,share,observed,status,source,source_url,definition,since,upper,denominator_qualifier,denominator_upper,share_qualifier,share_upper,published,entry,remark,note
        2024-03-31,BB,all,ozg:10255,live,,ozg,,counted,1,,,,2024-03-15,partial,,,reuses/2,,,,,,,,5,,
        2024-04-30,BB,all,ozg:10255,live,,ozg,,counted,1,,,,2024-03-15,partial,,,reuses/2,,,,,,,,5,,
        2024-05-31,BB,all,ozg:10255,live,,ozg,,counted,2,,,,2024-05-31,partial,,,reuses/2,,,,,,,,6,,
        2024-06-30,BB,all,ozg:10255,live,,ozg,,counted,2,,,,2024-05-31,partial,,,reuses/2,,,,,,,,6,,
    "#]].assert_eq(&format!("{}\n{}", answer.header("link"), answer.text));
}

#[expect(clippy::too_many_lines, reason = "the answer is shown whole")]
#[tokio::test(flavor = "multi_thread")]
async fn a_series_as_json_names_its_definition_its_state_and_how_it_is_cited() {
    let world = World::new().await;
    let answer = world.get("/v1/series/services_rolled_out.json?area=BB&on=2024-04-30&basis=counted").await;
    assert_eq!(answer.header("content-type"), "application/json");
    expect![[r#"
        {
          "measure": "services_rolled_out",
          "definition": {
            "id": "services_rolled_out/1",
            "version": 1,
            "label": {
              "de": "Leistungen flächendeckend (laut Angabe)",
              "en": "Services rolled out (as stated)"
            },
            "de": "Leistungen, für die „flächendeckend“ im Gebiet oder in DE gemeldet ist; in DE auch, wenn es in allen 16 Ländern gemeldet ist.",
            "en": "Services for which \"rolled out\" is recorded for the area or for DE; for DE also when it holds in all 16 Länder.",
            "unit": {
              "de": "Leistungen",
              "en": "services"
            },
            "addition": {
              "de": "DE ist eine eigene Frage, nicht die Summe der Länder. Eine Leistung in zwei Themenfeldern zählt in beiden und einmal in der Gesamtzahl.",
              "en": "DE is a question of its own, not the sum of the Länder. A service in two topics counts in both and once in the total."
            }
          },
          "query": {
            "by": "area",
            "area": "BB",
            "topic": "all",
            "unit": "ozg",
            "basis": "counted",
            "kind": "stock",
            "on": "2024-04-30",
            "position": "7",
            "definition": "services_rolled_out/1",
            "rules": "2"
          },
          "position": 7,
          "recorded_at": "2026-06-01T10:00:00.000Z",
          "permalink": "/v1/series/services_rolled_out.json?by=area&area=BB&topic=all&unit=ozg&basis=counted&kind=stock&on=2024-04-30&position=7&definition=services_rolled_out/1&rules=2",
          "operator": "OZG-Tracker",
          "citation": "OZG-Tracker: Leistungen flächendeckend (laut Angabe), Brandenburg, gezählt (services_rolled_out/1). Datenstand 2026-06-01T10:00:00.000Z, Position 7. /v1/series/services_rolled_out.json?by=area&area=BB&topic=all&unit=ozg&basis=counted&kind=stock&on=2024-04-30&position=7&definition=services_rolled_out/1&rules=2 (dl-de/by-2-0)",
          "licence": "dl-de/by-2-0",
          "rows": [
            {
              "date": "2024-04-30",
              "area": "BB",
              "topic": "all",
              "service": null,
              "stage": null,
              "level": null,
              "unit": "ozg",
              "scope": null,
              "basis": "counted",
              "value": 1,
              "qualifier": null,
              "denominator": null,
              "share": null,
              "observed": "2024-04-01",
              "status": "partial",
              "source": null,
              "source_url": null,
              "definition": "services_rolled_out/1",
              "since": null,
              "upper": null,
              "denominator_qualifier": null,
              "denominator_upper": null,
              "share_qualifier": null,
              "share_upper": null,
              "published": null,
              "entry": null,
              "remark": null,
              "note": null
            }
          ]
        }"#]].assert_eq(&format!("{:#}", answer.json()));
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_tables_are_in_german_words() {
    let world = World::new().await;
    let answer =
        world.get("/v1/series/reuses.csv?area=BB,BE&from=2024-04&to=2024-06&shape=wide&basis=counted").await;
    expect![[r#"
        Datum,Brandenburg
        2024-04-30,1
        2024-05-31,2
        2024-06-30,2
    "#]]
    .assert_eq(&answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_within_a_batch_is_the_batch_before() {
    let world = World::new().await;
    let answer = world.get("/v1/series/services_listed.json?position=6").await;
    assert_eq!((answer.status, answer.json()["position"].as_u64()), (200, Some(4)), "{}", answer.text);
    assert!(answer.header("link").contains("position=4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_entries_behind_a_value() {
    let world = World::new().await;
    let end = r#"{"type":"milestone-ended","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2025-01-01","reason":"Störung, \"länger\"","id":"00000000-0000-4000-8000-000000000008"}"#;
    assert_eq!(world.record(end).await.status, 201);
    let csv = world.get("/v1/series/reuses/entries.csv?area=BB").await;
    expect![[r#"
        position,id,type,on,recorded_at,office,place,service,stage,change,reason,source,note,on_behalf_of
        5,00000000-0000-4000-8000-000000000005,milestone-reached,2024-03-15,2026-06-01T10:00:00.000Z,redaktion,abh:12054,ozg:10255,live,1,,Quelle,,
        6,00000000-0000-4000-8000-000000000006,milestone-reached,2024-05,2026-06-01T10:00:00.000Z,redaktion,abh:12051,ozg:10255,live,1,,,im Mai,
        8,00000000-0000-4000-8000-000000000008,milestone-ended,2025-01-01,2026-06-01T10:00:00.000Z,redaktion,abh:12054,ozg:10255,live,-1,"Störung, ""länger""",,,
    "#]].assert_eq(&csv.text);
    let json = world.get("/v1/series/reuses/entries.json?area=BB&position=7").await.json();
    assert_eq!(json["entries"].as_array().unwrap().len(), 2);
    assert_eq!(
        (json["entries"][0]["change"].as_i64(), json["entries"][0]["reason"].as_str()),
        (Some(1), None)
    );
    assert!(
        json["permalink"].as_str().unwrap().starts_with("/v1/series/reuses/entries.json?by=area&area=BB&")
    );
    assert_eq!(world.get("/v1/series/reuse/entries.csv").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_streams_and_is_whole() {
    let world = World::new().await;
    let path = "/v1/series/reuses.csv?every=day&from=2023-01-01&to=2026-05-31&stage=live,pilot&basis=counted";
    let answer = world.get(path).await;
    assert!(
        answer.header("content-length").is_empty() && answer.text.len() > 200_000,
        "{}",
        answer.text.len()
    );
    let (first, lines) = (answer.text.lines().next().unwrap(), answer.text.lines().count());
    let last = answer.text.lines().last().unwrap();
    assert!(first.starts_with("date,area") && last.starts_with("2026-05-31,"), "{last}");
    // Germany and Brandenburg have values from the first milestone on; each stage is a line of its own.
    assert_eq!(lines, 1 + 2 * 2 * 808);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_can_be_chosen_only_where_not_everything_is() {
    let world = World::new().await;
    for (path, status) in [
        ("reuses.csv?show=share", 400),
        ("reuses.json?show=value", 400),
        ("reuses.csv?shape=long&show=change", 400),
        ("reuses.csv?shape=wide&show=share", 200),
        ("reuses.svg?show=share", 200),
    ] {
        let answer = world.get(&format!("/v1/series/{path}")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        if status == 400 {
            let mistake = &answer.json()["errors"][0];
            assert_eq!(
                (&mistake["field"], &mistake["hint"]),
                (&"show".into(), &"shape=wide".into()),
                "{mistake}"
            );
        }
    }
}
