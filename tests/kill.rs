//! kill -9 of the real binary under load: acknowledged batches are there, batches are whole, the chain is sound.

use crate::binary::{Folder, Server, try_ask};
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

const ROUNDS: usize = 3;
const CLIENTS: u32 = 4;
/// Batches that are acknowledged before the server is killed.
const BATCHES_PER_ROUND: usize = 120;
const BATCH_ENTRIES: u32 = 3;

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let folder = Folder::new();
    let token = folder.run(&["office", "add", "bb"]).done().trim().to_owned();
    let next = Arc::new(AtomicU32::new(10_000));
    let mut acknowledged: Vec<(u64, u32)> = Vec::new();
    for _ in 0..ROUNDS {
        let mut server = Server::on(&folder);
        let found = Arc::new(Mutex::new(Vec::new()));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (address, token) = (server.address().to_owned(), token.clone());
                let (next, found) = (Arc::clone(&next), Arc::clone(&found));
                std::thread::spawn(move || while send(&address, &token, &next, &found).is_some() {})
            })
            .collect();
        crate::process::wait_for("enough is acknowledged", || {
            (found.lock().unwrap().len() >= BATCHES_PER_ROUND).then_some(())
        });
        server.signal("KILL");
        server.ended();
        clients.into_iter().for_each(|client| client.join().unwrap());
        acknowledged.append(&mut found.lock().unwrap());
    }
    folder.run(&["log", "verify"]).done();
    let head = folder.head();
    assert_eq!(head % BATCH_ENTRIES, 0, "a batch is half there");
    assert!(head as usize >= acknowledged.len() * BATCH_ENTRIES as usize);
    let lines: Vec<Value> = folder
        .run(&["export", "ndjson"])
        .done()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), head as usize);
    for (position, first) in acknowledged {
        let entry = &lines[usize::try_from(position).unwrap() - 1];
        assert_eq!(
            (entry["position"].as_u64(), entry.to_string().contains(&format!("ozg:{first}"))),
            (Some(position), true),
            "{entry}"
        );
    }
}

/// Sends one batch; remembers the position of its first entry once it is acknowledged. Nothing once the server is gone.
fn send(address: &str, token: &str, next: &AtomicU32, found: &Mutex<Vec<(u64, u32)>>) -> Option<()> {
    let first = next.fetch_add(BATCH_ENTRIES, Ordering::Relaxed);
    let event =
        |key: u32| format!(r#"{{"type":"service-listed","service":"ozg:{key}","name":"Leistung {key}"}}"#);
    let events: Vec<String> = (first..first + BATCH_ENTRIES).map(event).collect();
    let body = format!("[{}]", events.join(","));
    let bearer = format!("Authorization: Bearer {token}");
    let headers = [bearer.as_str(), "Content-Type: application/json"];
    let (status, answer) = try_ask(address, "POST", "/v1/events", &headers, body.as_bytes())?;
    let receipt: Value = serde_json::from_str(&answer).ok()?;
    assert_eq!(status, 201, "{answer}");
    let position = receipt["entries"][0]["position"].as_u64()?;
    found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((position, first));
    Some(())
}
