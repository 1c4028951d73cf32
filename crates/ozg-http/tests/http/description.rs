//! `/openapi.json` and `/v1` describe the table of addresses truthfully.

use crate::common::{World, id};
use axum::body::Body;
use axum::http::Request;
use ozg_http::{ROUTES, Verb};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_described_and_discovered() {
    let world = World::empty();
    let description = world.get("/openapi.json").await.json();
    let discovery = world.get("/v1").await.json();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| (path.clone(), method.to_uppercase()))
        })
        .collect();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let discovered: BTreeSet<(String, String)> = discovery["addresses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(&row["href"]), text(&row["method"])))
        .collect();
    let table: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| !route.is_local)
        .map(|route| (route.path.to_string(), route.verb.name().to_owned()))
        .collect();
    assert_eq!(described, table);
    assert_eq!(discovered, table);
    let ids: BTreeSet<&str> = ROUTES.iter().map(|route| route.id.as_ref()).collect();
    assert_eq!(ids.len(), ROUTES.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_described_in_every_media_type_that_is_taken() {
    let world = World::empty();
    let description = world.get("/openapi.json").await.json();
    let body = &description["paths"]["/v1/events"]["post"]["requestBody"]["content"];
    let described: BTreeSet<String> = body.as_object().unwrap().keys().cloned().collect();
    // What is taken names itself where something else is sent.
    let refused = world.post("/v1/events", "text/turtle", "x").await;
    let taken = refused.json()["allowed"].clone();
    let taken = taken.as_array().unwrap().iter().map(|media_type| media_type.as_str().unwrap().to_owned());
    assert_eq!((refused.status, taken.collect::<BTreeSet<_>>()), (415, described.clone()));
    for media_type in described {
        let answer = world.post("/v1/events", &media_type, "x").await;
        assert_ne!(answer.status, 415, "{media_type}: {}", answer.text);
    }
}

const OBJECTION: &str = "00000000-0000-4000-8000-0000000000aa";

/// Fills the parameters of a path with something that is there.
fn filled(path: &str) -> String {
    let id = match path {
        "/v1/measures/{id}" => "reuses",
        "/v1/areas/{id}" => "BB",
        "/v1/topics/{id}" => "bildung",
        "/v1/words/{id}" => "stage",
        "/v1/services/{id}" => "ozg:10255",
        "/v1/authorities/{id}" => "abh:12054",
        "/v1/regions/{id}" => "mitte",
        "/v1/lists/{id}" => "fokus",
        "/v1/objections/{id}" => OBJECTION,
        _ => "1",
    };
    let path = path.replace("{id}", id).replace("{measure}", "reuses").replace("{slug}", "too-large");
    let path = path.replace("{state}", "p7").replace("{name}", "area");
    match path.rsplit('/').next() {
        Some("query" | "format_query" | "query_exemplars") => format!("{path}?query=ozg_reuses"),
        Some("query_range") => format!("{path}?query=ozg_reuses&start=1&end=2&step=1"),
        Some("series" | "federate") => format!("{path}?match[]=ozg_reuses"),
        Some("missing" | "missing.json" | "missing.csv" | "missing.xlsx") => {
            format!("{path}?service=ozg:10255")
        }
        Some("{file}") if path.starts_with("/archive") => path.replace("{file}", "2026-06-01.zip"),
        Some("{file}") if path.starts_with("/v1/compare") => format!("{path}?against=4"),
        _ => path,
    }
}

/// Tells whether an address gives files of their own, or what only its office sees: both are asked for elsewhere.
fn is_of_files(path: &str) -> bool {
    ["/archive", "/v1/templates", "/v1/mappings"].iter().any(|start| path.starts_with(start))
}

#[tokio::test(flavor = "multi_thread")]
async fn real_answers_are_as_described() {
    let world = World::new().await;
    let defined = r#"[{"type":"region-defined","region":"mitte","name":"Mitte","members":["BB"]},{"type":"list-defined","list":"fokus","name":"Fokus","services":["ozg:10255"]}]"#;
    assert_eq!(world.record(defined).await.status, 201);
    let objection =
        format!(r#"{{"type":"objection-made","entry":"{}","says":"erst im Mai","id":"{OBJECTION}"}}"#, id(5));
    let request = Request::post("/v1/events").header("authorization", format!("Bearer {}", world.narrow));
    let request = request.header("content-type", "application/json").body(Body::from(objection)).unwrap();
    assert_eq!(world.ask(request).await.status, 201);
    let description = world.get("/openapi.json").await.json();
    for route in
        ROUTES.iter().filter(|route| !route.is_local && route.verb == Verb::Get && !is_of_files(&route.path))
    {
        for file in ["reuses.json", "services_rolled_out.csv"] {
            let path = filled(&route.path).replace("{file}", file);
            let answer = world.ask(Request::get(&path).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            check(
                &description,
                &format!("/paths/{}/get/responses/200", route.path.replace('/', "~1")),
                &answer.text,
                answer.header("content-type"),
                &path,
            );
        }
    }
    let posted = world.record(r#"{"type":"service-listed","service":"ozg:10001","name":"X"}"#).await;
    check(
        &description,
        "/paths/~1v1~1events/post/responses/201",
        &posted.text,
        posted.header("content-type"),
        "POST",
    );
    let refused = world.record(r#"{"type":"service-listed","service":"ozg:1","name":""}"#).await;
    check(
        &description,
        "/components/responses/Problem",
        &refused.text,
        refused.header("content-type"),
        "422",
    );
}

fn check(description: &Value, pointer: &str, text: &str, content_type: &str, what: &str) {
    let media_type = content_type.split(';').next().unwrap();
    let content =
        description.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"))["content"].as_object().unwrap();
    let described =
        content.get(media_type).unwrap_or_else(|| panic!("{what}: {media_type} is not described"));
    if !media_type.ends_with("json") || media_type == "application/x-ndjson" {
        return;
    }
    let mut schema = described["schema"].clone();
    schema["components"] = description["components"].clone();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value: Value = serde_json::from_str(text).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_all_events_fit_their_schemas() {
    let description = World::empty().get("/openapi.json").await.json();
    let schema = json!({ "$ref": "#/components/schemas/Event", "components": description["components"] });
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (_, example) in ozg_formats::schema::EXAMPLES {
        let example: Value = serde_json::from_str(example).unwrap();
        assert!(validator.is_valid(&example), "{example}");
    }
    assert!(!validator.is_valid(&json!({ "type": "milestone-reached", "service": "x" })));
}

#[test]
fn the_checked_in_description_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/openapi.json");
    let generated = ozg_http::openapi();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == generated,
        "schemas/openapi.json is out of date: run the test with UPDATE_SCHEMAS=1"
    );
}
