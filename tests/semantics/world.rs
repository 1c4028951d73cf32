//! The world of one example: a tracker in a folder of its own, whose clock stands still, asked through its whole address
//! space but without a socket.

use super::form::Batch;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use ozg_core::event::Draft;
use ozg_core::time::{end_of_berlin_day, rfc3339};
use ozg_core::words::Day;
use ozg_formats::events::read_dump;
use ozg_http::{App, Config, local_router, router};
use ozg_tracker::{DumpBatch, DumpEntry, Options, Tracker};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Half a day, in milliseconds.
const HALF_A_DAY_MS: i64 = 12 * 60 * 60 * 1000;
/// Noon of 30 November 2026 in Berlin, the today of all examples.
const NOW_MS: i64 = 1_796_036_400_000;

fn now() -> i64 {
    NOW_MS
}

/// Returns the today of all examples.
pub(super) fn today() -> Day {
    ozg_core::time::berlin_day(NOW_MS)
}

/// Returns noon in Berlin.
fn noon(day: Day) -> i64 {
    end_of_berlin_day(day) - HALF_A_DAY_MS
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(super) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// Returns a header, empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Returns the body as JSON, null where it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// Lists the codes of the mistakes that a problem names.
    pub(super) fn codes(&self) -> Vec<String> {
        let problem = self.json();
        let errors = problem["errors"].as_array().into_iter().flatten();
        errors.filter_map(|error| error["code"].as_str()).map(str::to_owned).collect()
    }
}

/// A tracker with what its example has said so far.
pub(crate) struct World {
    runtime: Runtime,
    tracker: Tracker,
    router: Router,
    local: Router,
    /// How many entries were loaded.
    loaded: usize,
    /// The token of each office.
    tokens: BTreeMap<String, String>,
    /// Removed with the world.
    _folder: TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let options =
            Options { clock: ozg_tracker::Clock::believed(now), verify: false, ..Options::default() };
        let tracker = Tracker::open(folder.path(), options).expect("a tracker");
        let app = App { tracker: tracker.clone(), config: Config { now, ..Config::default() } };
        World {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"),
            tracker,
            router: router(app.clone()),
            local: local_router(app),
            loaded: 0,
            tokens: BTreeMap::new(),
            _folder: folder,
        }
    }

    /// Gives an office its rights, or says why it cannot have them.
    pub(super) fn add_office(&mut self, id: &str, options: &[(String, Vec<String>)]) -> Result<(), String> {
        let mut fields = json!({ "id": id });
        options.iter().for_each(|(name, words)| fields[name.as_str()] = json!(words));
        let request = Request::post("/local/offices").header("content-type", "application/json");
        let answer = self.send(&self.local, request.body(fields.to_string().into()).expect("a request"));
        let token = answer.json()["token"].as_str().map(str::to_owned);
        let token = token.ok_or_else(|| format!("no office {id}: {}", answer.text))?;
        self.tokens.insert(id.to_owned(), token);
        Ok(())
    }

    /// Loads a batch of an earlier day as a dump does, or says why it cannot be.
    pub(super) fn load(&mut self, batch: &Batch) -> Result<(), String> {
        let first = self.loaded + 1;
        self.loaded += batch.statements.len();
        let (last, recorded_at) = (self.loaded, rfc3339(noon(batch.day)));
        let line = |(position, statement): (usize, &String)| {
            let event = with_id(statement, position);
            let entry = json!({ "position": position, "recorded_at": recorded_at, "office": batch.office, "batch_last": last, "event": event });
            format!("{entry}\n")
        };
        let dump: String = (first..).zip(&batch.statements).map(line).collect();
        for batch in read_dump(dump.as_bytes()).map_err(|mistakes| format!("{mistakes:?}"))? {
            let entry = |draft: Draft| draft.into_event().map(DumpEntry::from);
            let entries = batch.entries.into_iter().map(entry).collect::<Option<Vec<_>>>();
            let order = DumpBatch {
                first: Some(batch.first),
                recorded_at_ms: batch.recorded_at_ms,
                office: batch.office,
                simulated: false,
                identity: None,
                facts: batch.facts,
                entries: entries.expect("each entry has an id"),
            };
            self.tracker.load_blocking(order, true).map_err(|error| format!("{error:?}"))?;
        }
        Ok(())
    }

    /// Sends a batch of today in the name of its office.
    pub(super) fn post(&mut self, batch: &Batch) -> Result<Answer, String> {
        if !self.tokens.contains_key(&batch.office) {
            self.add_office(&batch.office, &[])?;
        }
        let statements: Vec<String> = batch.statements.iter().map(|statement| whole_ids(statement)).collect();
        let request = Request::post("/v1/events")
            .header("authorization", format!("Bearer {}", self.tokens[&batch.office]))
            .header("content-type", "application/json");
        let body = format!("[{}]", statements.join(",\n"));
        Ok(self.send(&self.router, request.body(body.into()).expect("a request")))
    }

    /// Sends bytes to an address in the name of an office that may say everything.
    pub(crate) fn upload(&mut self, path: &str, bytes: &[u8]) -> Answer {
        self.upload_in("en", path, bytes)
    }

    /// Sends bytes, and asks for the answer in a language.
    pub(crate) fn upload_in(&mut self, language: &str, path: &str, bytes: &[u8]) -> Answer {
        let office = "redaktion";
        if !self.tokens.contains_key(office) {
            self.add_office(office, &[]).expect("an office");
        }
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", self.tokens[office]))
            .header("accept-language", language)
            .header("content-type", "application/octet-stream");
        self.send(&self.router, request.body(bytes.to_vec().into()).expect("a request"))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&self.router, Request::get(path).body(Body::empty()).expect("a request"))
    }

    fn send(&self, router: &Router, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a whole answer");
            let text = String::from_utf8(bytes.to_vec()).expect("text");
            Answer { status: parts.status.as_u16(), headers: parts.headers, text }
        })
    }
}

/// Writes `"#1"`, an id of the example, as the UUID that it stands for.
fn whole_ids(statement: &str) -> String {
    (1..10).fold(statement.to_owned(), |statement, number| {
        statement
            .replace(&format!("\"#{number}\""), &format!("\"00000000-0000-4000-8000-00000000000{number}\""))
    })
}

/// Gives the event of a dump an id where the example names none.
fn with_id(statement: &str, position: usize) -> Value {
    let mut event: Value = serde_json::from_str(&whole_ids(statement)).expect("a statement is JSON");
    if event.get("id").is_none() {
        event["id"] = json!(format!("00000000-0000-4000-8000-0000ffff{position:04}"));
    }
    event
}
