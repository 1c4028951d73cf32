//! A tracker in a temporary folder, with a fixed clock, an office and a few entries.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use ozg_core::ledger::Rights;
use ozg_core::words::{Area, Place};
use ozg_http::{App, Config, local_router, router};
use ozg_tracker::{Options, Tracker};
use serde_json::Value;
use std::sync::OnceLock;
use tempfile::TempDir;
use tower::ServiceExt;

/// Monday, 1 June 2026, noon in Berlin.
pub(crate) const NOW_MS: i64 = 1_780_308_000_000;

fn now() -> i64 {
    NOW_MS
}

/// What is tested.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) local: Router,
    pub(crate) token: String,
    /// The token of an office that may write about Brandenburg only.
    pub(crate) narrow: String,
    pub(crate) folder: TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl World {
    /// Opens an empty tracker.
    pub(crate) fn empty() -> World {
        World::ticking(now)
    }

    /// Opens an empty tracker with a clock.
    pub(crate) fn ticking(now: fn() -> i64) -> World {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { clock: ozg_tracker::Clock::believed(now), ..Options::default() };
        let tracker = Tracker::open(folder.path(), options).unwrap();
        let add = |id: &str, areas: &[Area]| {
            let areas = areas.iter().copied().map(Place::Area).collect();
            let rights = Rights { areas, ..Rights::default() };
            tracker.offices().add(id, &rights, NOW_MS, None).unwrap()
        };
        let (token, narrow) = (add("redaktion", &[]), add("bb", &[Area::BB]));
        let config = Config { now, ..Config::default() };
        let app = App { tracker, config };
        World { router: router(app.clone()), local: local_router(app.clone()), app, token, narrow, folder }
    }

    /// Opens a tracker that knows two services, two authorities and three milestones.
    pub(crate) async fn new() -> World {
        let world = World::empty();
        let answer = world.record(CATALOGUE).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let answer = world.record(MILESTONES).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        world
    }

    /// Asks. Every receipt must have only members that are described.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let is_write = request.method() == Method::POST && request.uri().path().starts_with("/v1/");
        let answer = ask(&self.router, request).await;
        if is_write && matches!(answer.status, 200 | 201) && answer.text.starts_with("{\"head\"") {
            let unknown = not_described(&answer.json(), receipt_schema(), "");
            assert!(unknown.is_empty(), "not described: {unknown:?} of {}", answer.text);
        }
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Gets with a header.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        self.ask(Request::get(path).header(name, value).body(Body::empty()).unwrap()).await
    }

    /// Records JSON.
    pub(crate) async fn record(&self, body: &str) -> Answer {
        self.post("/v1/events", "application/json", body.to_owned()).await
    }

    pub(crate) async fn post(&self, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", content_type)
            .header("accept-language", "en");
        self.ask(request.body(body.into()).unwrap()).await
    }

    pub(crate) fn head(&self) -> u32 {
        self.app.tracker.state().head().get()
    }
}

/// Returns how `/openapi.json` describes a receipt.
fn receipt_schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let description: Value = serde_json::from_str(&ozg_http::openapi()).unwrap();
        description["components"]["schemas"]["Receipt"].clone()
    })
}

/// Lists the members of a value that its schema does not name.
fn not_described(value: &Value, schema: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let below = members.iter().map(|(name, value)| match schema["properties"].get(name) {
                None => vec![format!("{path}/{name}")],
                Some(schema) => not_described(value, schema, &format!("{path}/{name}")),
            });
            below.flatten().collect()
        }
        Value::Array(items) => {
            items.iter().flat_map(|item| not_described(item, &schema["items"], path)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

pub(crate) async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let status: StatusCode = parts.status;
    Answer {
        status: status.as_u16(),
        headers: parts.headers,
        // What is binary is compared all the same.
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

pub(crate) const CATALOGUE: &str = r#"[
{"type":"service-listed","service":"ozg:10255","name":"Aufenthalt","topics":["ein_auswanderung"],"executed_by":["auslaenderbehoerde"],"lead":"BB","id":"00000000-0000-4000-8000-000000000001"},
{"type":"service-listed","service":"ozg:10000","name":"Elterngeld","topics":["familie_kind"],"id":"00000000-0000-4000-8000-000000000002"},
{"type":"authority-listed","authority":"abh:12054","name":"Potsdam","population":180000,"id":"00000000-0000-4000-8000-000000000003"},
{"type":"authority-listed","authority":"abh:12051","name":"Brandenburg an der Havel","id":"00000000-0000-4000-8000-000000000004"}
]"#;

pub(crate) const MILESTONES: &str = r#"[
{"type":"milestone-reached","service":"ozg:10255","place":"abh:12054","stage":"live","on":"2024-03-15","id":"00000000-0000-4000-8000-000000000005","source":{"name":"Quelle","url":"https://example.org/a"}},
{"type":"milestone-reached","service":"ozg:10255","place":"abh:12051","stage":"live","on":"2024-05","id":"00000000-0000-4000-8000-000000000006","note":"im Mai"},
{"type":"milestone-reached","service":"ozg:10000","place":"BB","stage":"rolled_out","on":"2024-04-01","id":"00000000-0000-4000-8000-000000000007"}
]"#;

/// The id of a seeded entry.
pub(crate) fn id(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}
