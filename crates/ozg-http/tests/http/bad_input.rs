//! Bad input gets a clear error and leaves the log untouched.

use crate::common::World;
use axum::body::Body;
use expect_test::expect;

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_bad_input_is_refused_and_nothing_recorded() {
    let world = World::new().await;
    let event = |more: &str| {
        format!(
            r#"{{"type":"milestone-reached","service":"ozg:10000","place":"BE","stage":"live","on":"2024-01-01"{more}}}"#
        )
    };
    let swap = |from: &str, to: &str| event("").replace(from, to);
    let json: &[(&str, String, u16, &str)] = &[
        ("nothing", String::new(), 400, "unreadable"),
        ("truncated", event("")[..40].to_owned(), 400, "unreadable"),
        ("a number", "3".to_owned(), 422, "wrong_type"),
        ("an empty array", "[]".to_owned(), 400, "unreadable"),
        ("wrong type", swap("\"BE\"", "7.5"), 422, ""),
        ("unknown type", swap("milestone-reached", "milestone-reach"), 422, "unknown_type"),
        ("unknown field", event(r#","plase":"BE""#), 422, "unknown_field"),
        ("duplicate key", event(r#","on":"2024-01-02""#), 422, "duplicate_field"),
        ("missing field", swap(r#","on":"2024-01-01""#, ""), 422, "missing_field"),
        ("no such day", swap("2024-01-01", "2024-02-31"), 422, "bad_date"),
        ("no such month", swap("2024-01-01", "2024-13"), 422, "bad_date"),
        ("future", swap("2024-01-01", "2026-06-02"), 422, "future_date"),
        ("control characters", event(r#","note":"a\u0007b""#), 422, "bad_text"),
        ("lost zero", swap("\"BE\"", "\"1003000\""), 422, "lost_leading_zero"),
        ("unknown service", swap("ozg:10000", "ozg:10001"), 422, "unknown_service"),
        ("unknown place", swap("\"BE\"", "\"XX\""), 422, "unknown_place"),
        ("unknown stage", swap("\"live\"", "\"alive\""), 422, "unknown_stage"),
        ("unknown entry", r#"{"type":"entry-withdrawn","entry":"00000000-0000-4000-8000-0000000000ff","reason":"x"}"#.to_owned(), 422, "unknown_entry"),
        ("absurd number", r#"{"type":"figure-reported","measure":"reuses","place":"DE","value":99999999999999999999,"on":"2024"}"#.to_owned(), 422, "number_out_of_range"),
        ("not reached", swap("milestone-reached", "milestone-ended").replace('}', r#","reason":"x"}"#), 409, "not_reached"),
        ("deep", "[".repeat(10_000), 400, ""),
    ];
    for (what, body, status, code) in json {
        let answer = world.record(body).await;
        let problem = answer.json();
        assert_eq!(answer.status, *status, "{what}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
        if !code.is_empty() {
            assert_eq!(problem["errors"][0]["code"], *code, "{what}: {}", answer.text);
        }
        assert!(!problem["errors"][0]["message"].as_str().unwrap().is_empty(), "{what}");
    }
    assert_eq!(world.head(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_are_read_as_excel_writes_them_or_refused() {
    let world = World::new().await;
    let text = "Leistung;Ort;Stufe;Datum;Anmerkung\nozg:10000;8;Go-live;01.02.2024;für Müller\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let with_bom = format!("\u{feff}{}", text.replace(';', ","));
    let mut statuses = Vec::new();
    for body in [Body::from(utf16), Body::from(windows), Body::from(with_bom)] {
        let answer = world.post("/v1/events", "text/csv", body).await;
        statuses.push((
            answer.status,
            answer.json()["recorded"].as_u64(),
            answer.json()["unchanged"].as_u64(),
        ));
    }
    assert_eq!(statuses, [(201, Some(1), Some(0)), (200, Some(0), Some(1)), (200, Some(0), Some(1))]);
    let answer = world
        .post("/v1/events", "text/csv", "Leistung;Ort;Stufe;Datum\nozg:10000;1003000;Go-live;31.02.2024\n")
        .await;
    let problem = answer.json();
    assert_eq!((answer.status, problem["errors"][0]["cell"].as_str()), (422, Some("B2")));
    assert_eq!(problem["errors"][1]["cell"], "D2");
    let latin = b"{\"type\":\"service-listed\",\"service\":\"ozg:10009\",\"name\":\"M\xfcll\"}".to_vec();
    let answer = world.post("/v1/events", "application/json", latin).await;
    assert_eq!((answer.status, answer.json()["errors"][0]["code"].as_str()), (400, Some("wrong_encoding")));
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_are_checked_all_at_once() {
    let world = World::new().await;
    let answer = world
        .get_with(
            "/v1/series/reuses.csv?form=2024&area=XX&every=hour&from=2024&from=2025",
            "accept-language",
            "en",
        )
        .await;
    let problem = answer.json();
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!((answer.status, fields), (400, vec!["form", "area", "every", "from"]));
    for path in [
        "/v1/events?limit=0",
        "/v1/events?limit=1001",
        "/v1/events?limt=5",
        "/v1/events?after=-1",
        "/v1/events?type=milestone",
        "/v1/measures?x=y",
        "/v1/services?on=gestern",
        "/v1?x=1",
        "/metrics?x=1",
        "/v1/series/reuses.csv?position=1&as_of=2024",
        "/v1/series/reuses.csv?as_of=2020",
        "/v1/series/reuses.csv?every=day&from=1950&to=2026&by=area,topic,stage,unit",
        "/v1/series/reuses.csv?%ff=%fe",
    ] {
        assert_eq!(world.get(path).await.status, 400, "{path}");
    }
    assert_eq!(world.get("/v1/events/%ff").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_told_in_the_language_of_its_reader() {
    let world = World::new().await;
    let path = "/v1/series/reuses.csv?evry=month";
    let german = world.get(path).await;
    expect![[r#"
        {
          "type": "/problems/bad-parameters",
          "status": 400,
          "title": "Die Anfrage ist so nicht verständlich",
          "errors": [
            {
              "field": "evry",
              "code": "unknown_field",
              "value": "month",
              "message": "Den Parameter „evry“ gibt es nicht. Erlaubt: by, area, topic, service, list, territory, stage, level, unit, basis, kind, every, from, to, on, last, position, as_of, vintages, updated_after, published_until, definition, rules, shape, show, columns, lang, theme, width",
              "hint": "every"
            }
          ]
        }"#]].assert_eq(&format!("{:#}", german.json()));
    let english = world.get_with(path, "accept-language", "en-GB,de;q=0.5").await;
    assert_eq!((german.header("content-language"), english.header("content-language")), ("de", "en"));
    assert_eq!(english.header("vary"), "accept-language");
    expect![[r#"
        {
          "type": "/problems/bad-parameters",
          "status": 400,
          "title": "The request cannot be understood",
          "errors": [
            {
              "field": "evry",
              "code": "unknown_field",
              "value": "month",
              "message": "There is no parameter \"evry\". Allowed: by, area, topic, service, list, territory, stage, level, unit, basis, kind, every, from, to, on, last, position, as_of, vintages, updated_after, published_until, definition, rules, shape, show, columns, lang, theme, width",
              "hint": "every"
            }
          ]
        }"#]].assert_eq(&format!("{:#}", english.json()));
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_of_form_and_of_content_are_told_at_once() {
    let world = World::new().await;
    let sheet = "Leistung;Ort;Stufe;Datum\nozg:10000;BB;lief;2024-01-01\nozg:99999;BB;launched;2024-01-01\nozg:10000;BE;launched;2030-01-01\nozg:10000;BE;pilot;2024-01-01\n";
    let answer = world.post("/v1/events?as=milestones", "text/csv", sheet).await;
    let told: Vec<String> = answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| format!("{} {}", error["line"], error["code"]))
        .collect();
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(
        told,
        ["2 \"unknown_stage\"", "3 \"unknown_service\"", "4 \"future_date\""],
        "{}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_06c_remarks_stand_beside_the_mistakes_of_what_is_refused() {
    let world = World::new().await;
    let head = "Kennzahl;Ort;Wert;von;Prozent;Datum;Quelle\n";
    let above = "services_rolled_out;BB;575;290;;2024;A\n";
    let below_one = "services_rolled_out;BE;;;0,5;2024;A\n";
    let codes = |answer: &crate::common::Answer| {
        let remarks = answer.json()["remarks"].as_array().cloned().unwrap_or_default();
        let code =
            |remark: &serde_json::Value| format!("{} {}", remark["line"], remark["code"].as_str().unwrap());
        remarks.iter().map(code).collect::<Vec<_>>()
    };
    // A row that cannot be read, and one that what stands refuses.
    let unreadable = format!("{head}{above}{below_one}services_rolled_out;XX;1;;;2024;A\n");
    let answer = world.post("/v1/events", "text/csv", unreadable).await;
    assert_eq!(
        (answer.status, codes(&answer)),
        (422, vec!["3 percent_below_one".into(), "2 share_above_one".into()])
    );
    let first = format!("{head}services_rolled_out;HH;5;;;2024;A\n");
    assert_eq!(world.post("/v1/events", "text/csv", first).await.status, 201);
    let conflict = format!("{head}{above}{below_one}services_rolled_out;HH;6;;;2024;A\n");
    let answer = world.post("/v1/events", "text/csv", conflict).await;
    assert_eq!(
        (answer.status, codes(&answer)),
        (409, vec!["3 percent_below_one".into(), "2 share_above_one".into()])
    );
    assert!(world.post("/v1/events", "text/csv", "Wo\nx\n").await.json().get("remarks").is_none());
}
