//! `ozg log` shows where the log ends, verifies it, dumps it and loads a dump.

use crate::answer;
use crate::cli::{Global, LogCommand};
use crate::connection::{Connection, folder, open_here, request, unopened};
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use ozg_core::event::{Beside, Draft};
use ozg_core::words::Position;
use ozg_formats::events::DumpBatches;
use ozg_formats::problem::mistake_line;
use ozg_http::message::{Body, Method};
use ozg_tracker::{DumpBatch, DumpEntry, Options, Tracker};
use serde_json::Value;
use std::path::Path;

pub(crate) async fn run(connection: &Connection, command: &LogCommand) -> Result<(), Failure> {
    match command {
        LogCommand::Head => {
            let about = answer::json(connection.get("/v1").await?, None).await?;
            print(&about, &["log", "position", "recorded_at", "chain", "simulated"])
        }
        LogCommand::Verify => {
            let response = connection.send(request(Method::POST, "/local/verify", Body::empty())?).await?;
            let head = answer::followed(response).await?;
            print(&head, &["log", "position", "batches", "recorded_at", "chain", "texts_removed"])
        }
        LogCommand::AcceptClock => {
            let response = connection.send(request(Method::POST, "/local/clock", Body::empty())?).await?;
            print(&answer::json(response, None).await?, &["now"])
        }
        LogCommand::Dump => answer::copy(connection.get("/local/dump").await?, None).await,
        // `load` must have the log alone; it was run before.
        LogCommand::Load { .. } => Ok(()),
    }
}

fn print(about: &Value, names: &[&str]) -> Result<(), Failure> {
    for name in names {
        match &about[*name] {
            Value::Null | Value::Bool(false) => {}
            Value::Number(none) if *name == "texts_removed" && none.as_u64() == Some(0) => {}
            Value::String(text) => tell(format!("{name:<12} {text}"))?,
            other => tell(format!("{name:<12} {other}"))?,
        }
    }
    Ok(())
}

/// Loads a dump with its own times, offices and positions. No server may have the log open.
pub(crate) async fn load(global: &Global, file: &Path) -> Result<(), Failure> {
    let folder = folder(global);
    let bytes = std::fs::read(file).map_err(|error| Failure::said(format!("{}: {error}", file.display())))?;
    let bytes = entries_of(bytes).map_err(|error| Failure::said(format!("{}: {error}", file.display())))?;
    let options = Options { verify: false, ..Options::default() };
    let tracker = open_here(&folder, options).await?.map_err(|error| unopened(&folder, &error))?;
    let name = file.display().to_string();
    let loading = tokio::task::spawn_blocking(move || {
        let head = load_all(&tracker, &bytes, &name);
        tracker.close();
        head
    });
    let head = loading.await.map_err(Failure::said)??;
    tell(format!("{:<12} {head}", "position"))?;
    Ok(())
}

/// Returns the bytes of the dump: the member `events.ndjson` of a ZIP archive, else all bytes.
fn entries_of(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(bytes);
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut member = archive.by_name("events.ndjson")?;
    let mut dump = Vec::new();
    std::io::Read::read_to_end(&mut member, &mut dump)?;
    Ok(dump)
}

fn load_all(tracker: &Tracker, bytes: &[u8], name: &str) -> Result<Position, Failure> {
    let refused = |mistakes: Vec<ozg_core::mistake::Mistake>| {
        Failure::Mistakes(mistakes.iter().map(|mistake| mistake_line(name, mistake, of_terminal())).collect())
    };
    let mut head = tracker.state().head();
    for batch in DumpBatches::new(bytes).map_err(refused)? {
        let batch = batch.map_err(refused)?;
        let entries = batch.entries.into_iter().zip(batch.beside);
        let entries = entries
            .map(|(draft, beside): (Draft, Beside)| Some(DumpEntry { event: draft.into_event()?, beside }));
        let entries = entries.collect::<Option<Vec<_>>>();
        let order = DumpBatch {
            first: Some(batch.first),
            recorded_at_ms: batch.recorded_at_ms,
            office: batch.office,
            simulated: batch.simulated,
            identity: batch.identity,
            facts: batch.facts,
            entries: entries.ok_or_else(|| Failure::said(format!("{name}: {}", batch.first)))?,
        };
        head = tracker.load_blocking(order, true).map_err(|error| match error {
            ozg_tracker::RecordError::Mistakes(mistakes) => refused(mistakes),
            other => Failure::said(format!("{name}: {other}")),
        })?;
    }
    Ok(head)
}
