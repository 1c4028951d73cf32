//! The log as pages, as NDJSON, and one entry with its history.

use crate::common::{World, id};
use expect_test::expect;
use serde_json::Value;

fn positions(page: &Value) -> Vec<u64> {
    page["entries"].as_array().unwrap().iter().map(|entry| entry["position"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_lead_from_one_to_the_next() {
    let world = World::new().await;
    let mut path = "/v1/events?limit=3".to_owned();
    let mut seen = Vec::new();
    loop {
        let answer = world.get(&path).await;
        let page = answer.json();
        seen.push(positions(&page));
        assert_eq!(page["head"], 7);
        match page["next"].as_str() {
            Some(next) => {
                assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
                path = next.to_owned();
            }
            None => {
                assert_eq!(page["after"], 7);
                break;
            }
        }
    }
    assert_eq!(seen, [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    let beyond = world.get("/v1/events?after=7").await.json();
    assert_eq!((positions(&beyond), beyond["next"].as_str()), (vec![], None));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_choose_entries() {
    let world = World::new().await;
    let of = async |query: &str| positions(&world.get(&format!("/v1/events?{query}")).await.json());
    assert_eq!(of("service=ozg:10255").await, [1, 5, 6]);
    assert_eq!(of("service=ozg:10255&type=milestone-reached&limit=1").await, [5]);
    assert_eq!(of("area=BB").await, [3, 4, 5, 6, 7]);
    assert_eq!(of("area=12&type=authority-listed&after=3").await, [4]);
    assert_eq!(of("office=redaktion").await.len(), 7);
    // An office with a token has recorded nothing; one without a token or an entry does not exist.
    assert_eq!(of("office=bb").await, Vec::<u64>::new());
    for list in ["events", "entries", "due"] {
        assert_eq!(world.get(&format!("/v1/{list}?office=bb")).await.status, 200, "{list}");
        let unknown = world.get(&format!("/v1/{list}?office=redaktio")).await;
        assert_eq!((unknown.status, unknown.json()["errors"][0]["hint"].clone()), (400, "redaktion".into()));
    }
    let page = world.get("/v1/events?service=ozg:10255&type=milestone-reached&limit=1").await.json();
    assert_eq!(page["next"], "/v1/events?after=5&limit=1&service=ozg:10255&type=milestone-reached");
}

#[tokio::test(flavor = "multi_thread")]
async fn ndjson_is_the_whole_rest() {
    let world = World::empty();
    let lines: String = (0..1_500)
        .map(|n| {
            format!(
                "{{\"type\":\"service-listed\",\"service\":\"ozg:{:05}\",\"name\":\"Leistung {n}\"}}\n",
                20_000 + n
            )
        })
        .collect();
    world.post("/v1/events", "application/x-ndjson", lines).await;
    let answer = world.get_with("/v1/events?after=100", "accept", "application/x-ndjson").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/x-ndjson"));
    let entries: Vec<Value> = answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 1_400);
    assert!(entries.iter().enumerate().all(|(at, entry)| entry["position"] == 101 + at));
    let one = world.get_with("/v1/events?service=ozg:21000&limit=5", "accept", "application/x-ndjson").await;
    assert_eq!(one.text.lines().count(), 1);
    let limited = world.get_with("/v1/events?limit=600", "accept", "application/x-ndjson").await;
    assert_eq!(limited.text.lines().count(), 600);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_tells_what_became_of_it() {
    let world = World::new().await;
    let correction = format!(
        r#"{{"type":"milestone-reached","service":"ozg:10000","place":"BB","stage":"rolled_out","on":"2024-05-01","replaces":"{}","reason":"Tippfehler","id":"{}"}}"#,
        id(7),
        id(8)
    );
    assert_eq!(world.record(&correction).await.status, 201);
    let replaced = world.get("/v1/events/7").await.json();
    assert_eq!(
        (replaced["stands"].as_bool(), replaced["replaced_by"]["position"].as_u64()),
        (Some(false), Some(8))
    );
    let withdrawal =
        format!(r#"{{"type":"entry-withdrawn","entry":"{}","reason":"doch nicht","id":"{}"}}"#, id(8), id(9));
    assert_eq!(world.record(&withdrawal).await.status, 201);
    let by_id = world.get(&format!("/v1/events/{}", id(8))).await;
    assert_eq!(by_id.text, world.get("/v1/events/8").await.text);
    let mut body = by_id.json();
    let history = body.as_object_mut().unwrap().remove("history").unwrap();
    let stand: Vec<(u64, bool)> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["position"].as_u64().unwrap(), entry["stands"].as_bool().unwrap()))
        .collect();
    assert_eq!(stand, [(7, true), (8, false), (9, true)]);
    expect![[r#"
        {
          "entry": {
            "position": 8,
            "recorded_at": "2026-06-01T10:00:00.000Z",
            "office": "redaktion",
            "type": "milestone-reached",
            "service": "ozg:10000",
            "place": "BB",
            "stage": "rolled_out",
            "on": "2024-05-01",
            "reason": "Tippfehler",
            "replaces": "00000000-0000-4000-8000-000000000007",
            "id": "00000000-0000-4000-8000-000000000008"
          },
          "batch": {
            "first": 8,
            "last": 8
          },
          "stands": false,
          "replaces": {
            "position": 7,
            "id": "00000000-0000-4000-8000-000000000007"
          },
          "withdraws": null,
          "replaced_by": null,
          "withdrawn_by": {
            "position": 9,
            "id": "00000000-0000-4000-8000-000000000009"
          },
          "objections": []
        }"#]]
    .assert_eq(&format!("{body:#}"));
    assert_eq!(world.get("/v1/events/7").await.json()["stands"], true);
}
