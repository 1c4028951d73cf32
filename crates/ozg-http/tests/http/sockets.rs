//! Over real sockets: subscriptions, the local socket, shutdown.

use crate::common::{NOW_MS, World};
use ozg_core::ledger::Rights;
use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Server {
    address: String,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn start(world: &World, socket: Option<&Path>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let socket = socket.map(|path| UnixListener::bind(path).unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let app = world.app.clone();
    let ended = tokio::spawn(ozg_http::serve(app, listener, socket, async {
        stopped.await.ok();
    }));
    Server { address, stop, ended }
}

async fn send(stream: &mut (impl AsyncWrite + Unpin), head: &str, body: &str) {
    let request = format!("{head}\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
}

/// Reads until a text has come.
async fn until(stream: &mut (impl AsyncRead + Unpin), seen: &mut String, text: &str) {
    let mut buffer = [0u8; 4096];
    while !seen.contains(text) {
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut buffer)).await;
        let count = read.unwrap_or_else(|_| panic!("{text:?} has not come: {seen}")).unwrap();
        assert_ne!(count, 0, "{text:?} has not come: {seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

const EVENT: &str = r#"{"type":"milestone-reached","service":"ozg:10000","place":"PLACE","stage":"launched","on":"2024-01-01"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_hears_what_is_there_and_what_comes_and_goes_on_after_a_break() {
    let world = World::new().await;
    let server = start(&world, None).await;
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let subscribe = "GET /v1/events?after=5 HTTP/1.1\r\naccept: text/event-stream\r\nhost: x\r\n\r\n";
    stream.write_all(subscribe.as_bytes()).await.unwrap();
    let mut seen = String::new();
    until(&mut stream, &mut seen, "id: 7\n").await;
    assert!(
        seen.contains("content-type: text/event-stream")
            && seen.contains("id: 6\n")
            && !seen.contains("id: 5\n")
    );
    assert_eq!(world.record(&EVENT.replace("PLACE", "SN")).await.status, 201);
    until(&mut stream, &mut seen, "id: 8\ndata: {\"position\":8,").await;
    drop(stream);
    assert_eq!(world.record(&EVENT.replace("PLACE", "ST")).await.status, 201);
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let resume =
        "GET /v1/events?area=ST HTTP/1.1\r\naccept: text/event-stream\r\nlast-event-id: 8\r\nhost: x\r\n\r\n";
    stream.write_all(resume.as_bytes()).await.unwrap();
    let mut seen = String::new();
    until(&mut stream, &mut seen, "id: 9\n").await;
    assert!(!seen.contains("id: 8\n"), "{seen}");
    server.stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(5), server.ended).await;
    ended.expect("subscriptions end with the server").unwrap().unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(String::from_utf8_lossy(&rest).ends_with("0\r\n\r\n"), "the answer ends whole");
    assert!(TcpStream::connect(&server.address).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_has_a_door_of_his_own() {
    let world = World::new().await;
    let socket = world.folder.path().join("ozg.socket");
    let server = start(&world, Some(&socket)).await;
    let mut stream = UnixStream::connect(&socket).await.unwrap();
    let event = EVENT.replace("PLACE", "HB");
    let head = "POST /v1/events HTTP/1.1\r\nozg-office: redaktion\r\ncontent-type: application/json";
    send(&mut stream, head, &event).await;
    let mut seen = String::new();
    until(&mut stream, &mut seen, "\"recorded\":1").await;
    assert!(seen.starts_with("HTTP/1.1 201"), "{seen}");
    let mut tcp = TcpStream::connect(&server.address).await.unwrap();
    send(&mut tcp, "GET /local/offices HTTP/1.1", "").await;
    let mut seen = String::new();
    until(&mut tcp, &mut seen, "unknown-address").await;
    assert!(seen.starts_with("HTTP/1.1 404"), "{seen}");
    server.stop.send(()).unwrap();
    server.ended.await.unwrap().unwrap();
}

/// Asks over the socket, on a connection of its own, and returns the status and the body.
async fn ask_here(socket: &Path, head: &str, body: &str) -> (u16, Value) {
    let mut stream = UnixStream::connect(socket).await.unwrap();
    send(&mut stream, &format!("{head} HTTP/1.1\r\nconnection: close"), body).await;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("{head}")), serde_json::from_str(body).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn offices_changed_at_the_same_time_lose_nothing() {
    let world = World::empty();
    let socket = world.folder.path().join("ozg.socket");
    let server = start(&world, Some(&socket)).await;
    for number in 0..8 {
        let (status, _) =
            ask_here(&socket, "POST /local/offices", &format!(r#"{{"id":"old{number}"}}"#)).await;
        assert_eq!(status, 201);
    }
    let additions = (0..24).map(|number| {
        let socket = socket.clone();
        tokio::spawn(async move {
            ask_here(&socket, "POST /local/offices", &format!(r#"{{"id":"new{number}"}}"#)).await
        })
    });
    let revocations = (0..8).map(|number| {
        let socket = socket.clone();
        tokio::spawn(
            async move { ask_here(&socket, &format!("DELETE /local/offices/old{number}"), "").await },
        )
    });
    let (additions, revocations): (Vec<_>, Vec<_>) = (additions.collect(), revocations.collect());
    for (number, added) in additions.into_iter().enumerate() {
        let (status, body) = added.await.unwrap();
        assert_eq!(status, 201, "{body}");
        let office = world.app.tracker.offices().authenticate(body["token"].as_str().unwrap(), 0);
        assert_eq!(office.unwrap().id, format!("new{number}"), "a token that was handed out is known");
    }
    for revoked in revocations {
        let (status, body) = revoked.await.unwrap();
        assert_eq!((status, &body["revoked"]), (200, &Value::from(1)), "{body}");
    }
    let (_, listed) = ask_here(&socket, "GET /local/offices", "").await;
    let with = |status: &str| {
        let rows = listed["offices"].as_array().unwrap().iter();
        rows.filter(|row| row["status"] == status).map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert!(with("revoked").len() == 8 && with("revoked").iter().all(|id| id.starts_with("old")), "{listed}");
    assert_eq!(with("valid").len(), 24 + 2, "{listed}");
    server.stop.send(()).unwrap();
    server.ended.await.unwrap().unwrap();
}

static CLOCK_MS: AtomicI64 = AtomicI64::new(NOW_MS);

fn ticking() -> i64 {
    CLOCK_MS.load(Ordering::SeqCst)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_revoked_or_expires_while_the_body_arrives_records_nothing() {
    let mut world = World::ticking(ticking);
    let server = start(&world, None).await;
    let offices = world.app.tracker.offices();
    let add = |id: &str, expires| offices.add(id, &Rights::default(), NOW_MS, expires).unwrap();
    let tokens = [add("valid", None), add("revoked", None), add("expired", Some(NOW_MS + 1_000))];
    let body = r#"{"type":"service-listed","service":"ozg:10001","name":"Neu"}"#;
    let mut under_way = Vec::new();
    for token in &tokens {
        let mut stream = TcpStream::connect(&server.address).await.unwrap();
        let length = body.len();
        let head = format!(
            "POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server asks for the body once it knows the token.
        until(&mut stream, &mut String::new(), "100 Continue").await;
        stream.write_all(&body.as_bytes()[..10]).await.unwrap();
        under_way.push(stream);
    }
    assert_eq!(offices.revoke("revoked", NOW_MS).unwrap(), 1);
    CLOCK_MS.store(NOW_MS + 1_000, Ordering::SeqCst);
    for (mut stream, (status, why)) in
        under_way.into_iter().zip([(201, "\"recorded\":1"), (401, "widerrufen"), (401, "abgelaufen")]).rev()
    {
        stream.write_all(&body.as_bytes()[10..]).await.unwrap();
        let mut seen = String::new();
        until(&mut stream, &mut seen, why).await;
        assert!(seen.contains(&format!("HTTP/1.1 {status}")), "{seen}");
        assert_eq!(world.head(), u32::from(status == 201));
    }
    // Whoever cannot read the offices does not blame the token.
    world.token.clone_from(&tokens[0]);
    let path = world.folder.path().join("offices.json");
    std::fs::write(&path, "{").unwrap();
    let answer = world.record(&EVENT.replace("PLACE", "HH")).await;
    assert_eq!((answer.status, answer.json()["type"].as_str()), (503, Some("/problems/unavailable")));
    assert!(!answer.text.contains("offices.json"), "the path is told to the operator only: {}", answer.text);
    server.stop.send(()).unwrap();
    server.ended.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_under_way_is_finished_at_shutdown() {
    let world = World::new().await;
    let server = start(&world, None).await;
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let path = "/v1/series/reuses.csv?every=day&from=2020-01-01&by=area,stage&basis=counted";
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut seen = String::new();
    until(&mut stream, &mut seen, "date,area").await;
    server.stop.send(()).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(String::from_utf8_lossy(&rest).ends_with("\r\n0\r\n\r\n"), "the answer is whole");
    server.ended.await.unwrap().unwrap();
}

/// A request says once which host it is for (RFC 9112, 3.2); HTTP/1.0 need not.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_says_once_for_which_host_it_is() {
    let world = World::new().await;
    let server = start(&world, None).await;
    for (head, expected) in [
        ("GET /healthz HTTP/1.1\r\nhost: x", "HTTP/1.1 200"),
        ("GET /healthz HTTP/1.1\r\nhost:", "HTTP/1.1 200"),
        ("GET /healthz HTTP/1.0", "HTTP/1.0 200"),
        ("GET /healthz HTTP/1.1", "HTTP/1.1 400"),
        ("GET /healthz HTTP/1.1\r\nhost: x\r\nhost: x", "HTTP/1.1 400"),
        ("GET /v1/measures.json HTTP/1.1\r\nhost: x\r\nhost: y", "HTTP/1.1 400"),
    ] {
        let mut stream = TcpStream::connect(&server.address).await.unwrap();
        stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(expected), "{head}: {answer}");
        assert_eq!(answer.contains("genau eine Kopfzeile Host"), expected.ends_with("400"), "{answer}");
    }
}
