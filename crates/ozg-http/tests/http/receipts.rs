//! Receipts: which statements were recorded, which were no news, and from which day each counts.

use crate::common::{World, id};
use expect_test::expect;

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_says_what_became_of_each_statement() {
    let world = World::new().await;
    let body = format!(
        r#"[{{"type":"milestone-reached","service":"ozg:10000","place":"BB","stage":"rolled_out","on":"2024-04-01"}},
{{"type":"milestone-reached","service":"ozg:10000","place":"SN","stage":"launched","on":"2024","id":"{}"}},
{{"type":"milestone-reached","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2024-06","replaces":"standing","id":"{}"}},
{{"type":"entry-withdrawn","entry":"{}","reason":"Irrtum","id":"{}"}}]"#,
        id(11),
        id(12),
        id(5),
        id(13)
    );
    let answer = world.record(&body).await;
    assert_eq!((answer.status, answer.header("etag")), (201, "\"10\""));
    assert_eq!(answer.header("location"), "");
    let pretty = format!("{:#}", answer.json());
    expect![[r#"
        {
          "head": 10,
          "recorded": 3,
          "unchanged": 1,
          "skipped": 0,
          "dry_run": false,
          "entries": [
            {
              "line": 1,
              "outcome": "unchanged",
              "id": "00000000-0000-4000-8000-000000000007",
              "position": 7
            },
            {
              "line": 2,
              "outcome": "recorded",
              "id": "00000000-0000-4000-8000-000000000011",
              "position": 10,
              "counts_from": "2024-12-31"
            },
            {
              "line": 3,
              "outcome": "corrected",
              "id": "00000000-0000-4000-8000-000000000012",
              "position": 9,
              "counts_from": "2024-06-30"
            },
            {
              "line": 4,
              "outcome": "withdrawn",
              "id": "00000000-0000-4000-8000-000000000013",
              "position": 8
            }
          ]
        }"#]]
    .assert_eq(&pretty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_event_has_its_address() {
    let world = World::new().await;
    let body = format!(
        r#"{{"type":"milestone-reached","service":"ozg:10000","place":"SN","stage":"launched","on":"2024-01-01","id":"{}"}}"#,
        id(11)
    );
    let answer = world.record(&body).await;
    assert_eq!(answer.header("location"), format!("/v1/events/{}", id(11)));
    assert_eq!(world.get(answer.header("location")).await.json()["entry"]["position"], 8);
    assert_eq!(world.record(&body).await.header("location"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_receipt_names_the_first_and_the_last() {
    let world = World::empty();
    let lines: String = (0..1_200)
        .map(|n| {
            format!(
                "{{\"type\":\"service-listed\",\"service\":\"ozg:{:05}\",\"name\":\"Leistung {n}\"}}\n",
                20_000 + n
            )
        })
        .collect();
    let answer = world.post("/v1/events", "application/x-ndjson", lines.clone()).await;
    let receipt = answer.json();
    assert_eq!(
        (answer.status, receipt["recorded"].as_u64(), receipt["entries"].as_array()),
        (201, Some(1_200), None)
    );
    assert_eq!((receipt["first"].as_u64(), receipt["last"].as_u64()), (Some(1), Some(1_200)));
    let again = world.post("/v1/events", "application/x-ndjson", lines).await;
    assert_eq!((again.status, again.json()["unchanged"].as_u64()), (200, Some(1_200)));
    assert!(again.json()["first"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_and_cloud_events_are_read_too() {
    let world = World::new().await;
    let sheet = "Leistung;Ort;Stufe;Datum;Quelle\nozg:10000;BE;Go-live;01.02.2024;Senat\n";
    let answer = world.post("/v1/events", "text/csv", sheet).await;
    assert_eq!((answer.status, answer.json()["recorded"].as_u64()), (201, Some(1)), "{}", answer.text);
    let cloud = r#"{"specversion":"1.0","id":"7","source":"https://example.org","type":"de.ozg-tracker.milestone-reached.v1","data":{"service":"ozg:10000","place":"HH","stage":"launched","on":"2024-02-01"}}"#;
    assert_eq!(world.post("/v1/events", "application/cloudevents+json", cloud).await.status, 201);
    assert_eq!(
        world.post("/v1/events", "application/cloudevents-batch+json", format!("[{cloud}]")).await.status,
        200
    );
    let skip = "Leistung;Ort;Stufe;Datum\nozg:10000;BE;Go-live;02.02.2024\nozg:10000;HE;Go-live;02.02.2024\n";
    let answer = world.post("/v1/events?as=milestones&on_conflict=skip", "text/csv", skip).await;
    let receipt = answer.json();
    assert_eq!(
        (receipt["recorded"].as_u64(), receipt["skipped"].as_u64()),
        (Some(1), Some(1)),
        "{}",
        answer.text
    );
}
