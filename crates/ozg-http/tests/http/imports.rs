//! Editions, templates, regions and lists over HTTP.

use crate::common::{NOW_MS, World, ask};
use axum::body::Body;
use axum::http::Request;
use ozg_core::event::{Form, Raw, RawEvent, Where};
use ozg_http::{App, Config, router};
use ozg_tracker::{DumpBatch, DumpEntry, Filter, Order, Tracker};
use serde_json::{Value, json};
use std::io::Cursor;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tower::ServiceExt;

async fn post(world: &World, path: &str, content_type: &str, body: impl Into<Body>) -> (u16, Value) {
    let answer = world.post(path, content_type, body).await;
    (answer.status, answer.json())
}

async fn bytes(world: &World, path: &str) -> Vec<u8> {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = world.router.clone().oneshot(request).await.unwrap();
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

const CATALOGUE: &str = "ozg_id,name,lage,themenfeld\n10901,Baugenehmigung,Bauen,Bauen & Wohnen\n10902,Wohngeld,Wohnen,Bauen & Wohnen\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_compared_and_says_what_it_changes() {
    let world = World::new().await;
    // The office has listed two services itself, so this is not the first that it says.
    let (status, problem) = post(&world, "/v1/events", "text/csv", CATALOGUE).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("jump")), "{problem}");
    let first = "/v1/events?on=2017-01-01&accept_jump=true";
    let (status, dry) = post(&world, &format!("{first}&dry_run=true"), "text/csv", CATALOGUE).await;
    assert_eq!((status, &dry["recorded"], &dry["dry_run"]), (200, &json!(5), &json!(true)), "{dry}");
    assert_eq!((&dry["edition"]["began"], &dry["edition"]["ended"]), (&json!(2), &json!(2)));
    assert_eq!(dry["edition"]["changes"][0]["thing"], "ozg:10901");
    let (status, receipt) = post(&world, first, "text/csv", CATALOGUE).await;
    assert_eq!((status, &receipt["recorded"]), (201, &json!(5)));
    let said = world.app.tracker.state().said_with(world.app.tracker.state().head()).cloned().unwrap();
    assert_eq!(
        (said.input.as_str(), said.covers.id(), said.is_complete),
        ("ozg-catalogue", "services", true)
    );
    assert_eq!(said.on.map(|on| on.to_string()).as_deref(), Some("2017-01-01"));
    let (status, again) = post(&world, "/v1/events?on=2026-01-01", "text/csv", CATALOGUE).await;
    assert_eq!((status, &again["recorded"], &again["unchanged"]), (200, &json!(0), &json!(3)));
    let without = CATALOGUE.lines().take(2).collect::<Vec<_>>().join("\n");
    let (status, problem) = post(&world, "/v1/events?on=2026-02-01", "text/csv", without.clone()).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("jump")), "{problem}");
    let (status, receipt) =
        post(&world, "/v1/events?on=2026-02-01&accept_jump=true", "text/csv", without).await;
    assert_eq!((status, &receipt["edition"]["ended"]), (201, &json!(1)));
    let listed = world.get("/v1/services.csv?on=2026-02-01&unit=ozg").await.text;
    assert!(listed.contains("ozg:10901") && !listed.contains("ozg:10902"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_and_lists_are_listed_and_narrow_what_is_asked() {
    let world = World::new().await;
    let events = json!([
        {"type": "region-defined", "region": "nord", "name": "Nord", "members": ["SH", "HH"]},
        {"type": "list-defined", "list": "alle", "name": "Alle", "services": ["ozg:10001"]},
    ]);
    let known = world.get("/v1/services.csv?unit=ozg").await.text;
    let service = known.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let events = events.to_string().replace("ozg:10001", &service);
    let (status, receipt) = post(&world, "/v1/events", "application/json", events).await;
    assert_eq!(status, 201, "{receipt}");
    let regions = world.get("/v1/regions.csv").await.text;
    assert_eq!(regions, "region,name,members,since\nnord,Nord,HH SH,\n");
    assert_eq!(world.get("/v1/regions/nord").await.json()["definitions"][0]["members"], json!(["HH", "SH"]));
    assert!(world.get("/v1/lists").await.text.contains(&service));
    assert_eq!(world.get("/v1/lists/keine").await.status, 404);
    for path in [
        "/v1/authorities.csv?area=region:nord",
        "/v1/events?area=region:nord",
        "/v1/events.atom?area=region:nord",
        "/v1/series/reuses.csv?area=region:nord&list=alle",
        "/v1/series/reuses.csv?area=region:nord&vintages=all",
        "/v1/series/reuses.csv?territory=2026-01-01&list=alle",
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
    let milestone = format!(
        r#"{{"type":"milestone-reached","service":"{service}","place":"SH","stage":"launched","on":"2026-01-01"}}"#
    );
    assert_eq!(world.record(&milestone).await.status, 201);
    let query = "/prometheus/api/v1/query?query=ozg_services_launched{area=\"region:nord\",unit=\"ozg\"}";
    let answer = world.get(&query.replace('{', "%7B").replace('}', "%7D").replace('"', "%22")).await.json();
    assert_eq!(answer["data"]["result"][0]["value"][1], "1", "{answer}");
    let info = world.get("/prometheus/api/v1/query?query=ozg_area_info").await.text;
    assert!(info.contains("\"area\":\"region:nord\",\"name\":\"Nord\""), "{info}");
    let problem = world.get("/v1/series/reuses.csv?area=region:nort").await;
    assert_eq!((problem.status, problem.text.contains("\"hint\":\"nord\"")), (400, true), "{}", problem.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filled_template_comes_back_as_no_news() {
    let world = World::new().await;
    let head = world.head();
    for kind in ["milestones", "figures", "authorities", "services"] {
        for lang in ["de", "en"] {
            let path = format!("/v1/templates/{kind}.xlsx?filled=true&lang={lang}");
            let sheet = bytes(&world, &path).await;
            assert!(zip::ZipArchive::new(Cursor::new(sheet.clone())).is_ok(), "{path}");
            let type_name = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let (status, receipt) = post(&world, &format!("/v1/events?as={kind}"), type_name, sheet).await;
            let is_empty = receipt["title"].as_str().is_some();
            assert!(is_empty || (status, &receipt["recorded"]) == (200, &json!(0)), "{path}: {receipt}");
        }
    }
    assert_eq!(world.head(), head);
    let unknown = world.get("/v1/templates/x.xlsx").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_of_successors_that_goes_round_or_ends_twice_is_refused_at_its_cells() {
    let world = World::new().await;
    let named = |number: u32| {
        format!(
            "{{\"type\":\"authority-listed\",\"authority\":\"ags:0800000{number}\",\"name\":\"Ort {number}\"}}\n"
        )
    };
    let lines: String = (1..=3).map(named).collect();
    assert_eq!(post(&world, "/v1/events", "application/x-ndjson", lines).await.0, 201);
    let sheet = |rows: &str| format!("predecessor,successor,on,kind\n{rows}");
    let said = async |rows: &str| post(&world, "/v1/events?as=successors", "text/csv", sheet(rows)).await;
    let told = |problem: &Value| {
        let mistake = &problem["errors"][0];
        assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1), "{problem}");
        ["line", "cell", "field", "code", "value", "message"].map(|name| mistake[name].to_string()).join(" ")
    };
    let (status, problem) =
        said("08000001,08000002,2020-01-01,merger\n08000002,08000001,2021-01-01,merger\n").await;
    assert_eq!(status, 422);
    let circle = told(&problem);
    assert!(
        circle.starts_with("3 \"B3\" \"successors\" \"contradiction\" \"ags:08000001\"")
            && circle.contains("ags:08000002 → ags:08000001 → ags:08000002. Name a successor"),
        "{circle}"
    );
    assert_eq!(said("08000001,08000002,2020-01-01,merger\n").await.0, 201);
    let (status, problem) = said("08000001,08000003,2021-01-01,merger\n").await;
    assert_eq!(status, 409);
    let twice = told(&problem);
    assert!(
        twice.starts_with("2 \"C2\" \"on\" \"already_said\" \"2021-01-01\"")
            && twice.contains("already dissolved on 2020-01-01"),
        "{twice}"
    );
    let (status, again) = said("08000001,08000002,2020-01-01,merger\n").await;
    assert_eq!((status, &again["unchanged"]), (200, &json!(1)));
}

/// Somebody else, who records something at each look of the server at its clock, which it takes between comparing and
/// recording: no test needs to be lucky.
struct Rival {
    tracker: OnceLock<Tracker>,
    /// What it says one after the other.
    said: OnceLock<Vec<String>>,
    looks: AtomicU32,
}

impl Rival {
    const fn new() -> Rival {
        Rival { tracker: OnceLock::new(), said: OnceLock::new(), looks: AtomicU32::new(0) }
    }

    fn look(&self) -> i64 {
        let look = self.looks.fetch_add(1, Ordering::SeqCst) as usize;
        let said = self.said.get().and_then(|said| said.get(look));
        if let (Some(tracker), Some(name)) = (self.tracker.get().cloned(), said.cloned()) {
            // The writer is waited for on a thread that may block.
            std::thread::spawn(move || record_list(&tracker, &name)).join().unwrap();
        }
        NOW_MS
    }

    /// Serves a world with the rival's clock.
    fn beside(&'static self, world: &World, said: Vec<String>, now: fn() -> i64) -> axum::Router {
        let config = Config { now, ..Config::default() };
        let served = router(App { tracker: world.app.tracker.clone(), config });
        self.said.set(said).unwrap();
        assert!(self.tracker.set(world.app.tracker.clone()).is_ok());
        served
    }
}

fn record_list(tracker: &Tracker, name: &str) {
    let fields = [("type", "list-defined"), ("list", name), ("name", name), ("services", "ozg:10255")];
    let fields = fields.map(|(name, value)| (name.to_owned(), Raw::text(value))).to_vec();
    let draft = RawEvent { at: Where { line: 1, form: Form::None }, fields }.read(None).unwrap();
    let order = Order { office: "andere".to_owned(), drafts: vec![draft], ..Order::default() };
    assert_eq!(tracker.record_blocking(order).unwrap().recorded, 1);
}

fn import(world: &World, path: &str, if_match: Option<u32>) -> Request<Body> {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {}", world.token))
        .header("content-type", "text/csv")
        .header("accept-language", "en");
    let head = if_match.map(|head| format!("\"{head}\""));
    let request = head.into_iter().fold(request, |request, head| request.header("if-match", head));
    request.body(Body::from(CATALOGUE)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_compared_anew_where_others_record_something_meanwhile() {
    static RIVAL: Rival = Rival::new();
    let world = World::new().await;
    // One look is at the token, the next ones are between comparing and recording.
    let said = (0..4).map(|number| format!("liste-{number}")).collect();
    let served = RIVAL.beside(&world, said, || RIVAL.look());
    let head = world.head();
    let path = "/v1/events?on=2017-01-01&accept_jump=true";
    let answer = ask(&served, import(&world, path, None)).await;
    assert_eq!((answer.status, &answer.json()["recorded"]), (201, &json!(5)), "{}", answer.text);
    assert_eq!(world.head(), head + 4 + 5);
    assert_eq!(RIVAL.looks.load(Ordering::SeqCst), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_that_is_outrun_time_and_again_is_told_so() {
    static RIVAL: Rival = Rival::new();
    let world = World::new().await;
    let said = (0..99).map(|number| format!("liste-{number}")).collect();
    let served = RIVAL.beside(&world, said, || RIVAL.look());
    let path = "/v1/events?on=2017-01-01&accept_jump=true";
    let answer = ask(&served, import(&world, path, None)).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "2"), "{}", answer.text);
    assert!(answer.text.contains("Others recorded something 8 times"), "{}", answer.text);
    assert!(world.get("/v1/services/ozg:10901").await.status == 404);
    // A request that names the head it saw is answered at once.
    let answer = ask(&served, import(&world, path, Some(world.head() + 1))).await;
    assert_eq!(
        (answer.status, &answer.json()["type"]),
        (412, &json!("/problems/head-moved")),
        "{}",
        answer.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_edition_sent_twice_at_once_is_recorded_once() {
    let world = World::new().await;
    let head = world.head();
    let path = "/v1/events?on=2017-01-01&accept_jump=true";
    let imports = (0..8).map(|_| {
        let (served, request) = (world.router.clone(), import(&world, path, None));
        tokio::spawn(async move { ask(&served, request).await })
    });
    let mut recorded = Vec::new();
    for import in imports.collect::<Vec<_>>() {
        let answer = import.await.unwrap();
        assert!([200, 201].contains(&answer.status), "{}", answer.text);
        recorded.push(answer.json()["recorded"].as_u64().unwrap());
    }
    recorded.sort_unstable();
    assert_eq!(recorded, [0, 0, 0, 0, 0, 0, 0, 5]);
    assert_eq!(world.head(), head + 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_of_more_than_a_batch_that_broke_off_is_completed_by_the_same_file() {
    let row = |number: u64| format!("{},Antrag {number},10255\n", 99_000_000_000_000 + number);
    let file = "leika_schluessel,name,ozg_id\n".to_owned() + &(1..=10_700).map(row).collect::<String>();
    let whole = World::new().await;
    let before = whole.app.tracker.state().head();
    let (status, receipt) = post(&whole, "/v1/events?as=leika-catalogue", "text/csv", file.clone()).await;
    assert_eq!((status, &receipt["recorded"]), (201, &json!(10_701)));
    // A power cut leaves the first batch, here in another log.
    let world = World::new().await;
    let page = whole.app.tracker.entries(before, 10_000, &Filter::default()).unwrap().entries;
    let head = page.last().unwrap().clone();
    assert_eq!((head.position, head.position.get() - before.get()), (head.batch_last, 10_000));
    let batch = DumpBatch {
        first: Some(before.next()),
        recorded_at_ms: head.recorded_at_ms,
        office: head.office,
        simulated: head.simulated,
        identity: None,
        facts: head.batch_facts,
        entries: page
            .into_iter()
            .map(|entry| DumpEntry { event: entry.event, beside: entry.beside })
            .collect(),
    };
    let loading = world.app.tracker.clone();
    tokio::task::spawn_blocking(move || loading.load_blocking(batch, false)).await.unwrap().unwrap();
    let (status, receipt) = post(&world, "/v1/events?as=leika-catalogue", "text/csv", file.clone()).await;
    assert_eq!((status, &receipt["recorded"]), (201, &json!(701)), "{receipt}");
    assert_eq!(receipt["edition"]["first"], json!(true));
    let last = world.get("/v1/services/leika:99000000010700").await.json();
    assert_eq!(last["listings"][0]["on"], Value::Null, "{last}");
    let (status, receipt) = post(&world, "/v1/events?as=leika-catalogue", "text/csv", file).await;
    assert_eq!((status, &receipt["recorded"], &receipt["unchanged"]), (200, &json!(0), &json!(10_701)));
}
