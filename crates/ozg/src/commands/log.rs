//! `ozg log`: where the log ends, whether it is sound, and all of it.

use super::{backup, demo};
use crate::answer;
use crate::cli::{Global, LogCommand};
use crate::connection::{Connection, folder, open_here, request, unopened};
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use axum::body::Body;
use axum::http::Method;
use ozg_formats::events::{DumpBatches, EntryHead, write_dump_entry};
use ozg_formats::problem::mistake_line;
use ozg_tracker::{DumpBatch, Filter, Options, Tracker};
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// Entries that are read at once.
const PAGE_ENTRIES: usize = 8_192;

pub(crate) async fn run(connection: &Connection, command: &LogCommand) -> Result<(), Failure> {
    match command {
        LogCommand::Head => {
            let about = answer::json(connection.get("/v1").await?, None).await?;
            print(&about, &["position", "recorded_at", "simulated"])
        }
        LogCommand::Verify => {
            let response = connection.send(request(Method::POST, "/local/verify", Body::empty())?).await?;
            let head = answer::json(response, None).await?;
            print(&head, &["position", "batches", "recorded_at", "chain"])
        }
        LogCommand::Dump => dump(connection).await,
        // It needs the log for itself and is run before.
        LogCommand::Load { .. } => Ok(()),
    }
}

fn print(about: &Value, names: &[&str]) -> Result<(), Failure> {
    for name in names {
        match &about[*name] {
            Value::Null | Value::Bool(false) => {}
            Value::String(text) => tell(format!("{name:<12} {text}"))?,
            other => tell(format!("{name:<12} {other}"))?,
        }
    }
    Ok(())
}

/// Makes a copy of the log, which is one data state, and writes all of it. A dump holds what the network does not tell:
/// where each batch ends.
async fn dump(connection: &Connection) -> Result<(), Failure> {
    let copy = Copy::new()?;
    backup::run_quietly(connection, &copy.0.join(ozg_log::FILE_NAME)).await?;
    let options = Options { verify: false, ..Options::default() };
    let tracker = open_here(&copy.0, options).await?.map_err(|error| unopened(&copy.0, &error))?;
    let writing = tokio::task::spawn_blocking(move || write_all(&tracker));
    writing.await.map_err(Failure::said)?
}

fn write_all(tracker: &Tracker) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut after = 0;
    loop {
        let page = tracker.entries(after, PAGE_ENTRIES, &Filter::default()).map_err(Failure::said)?;
        for entry in page.entries {
            let head = EntryHead {
                position: entry.position,
                recorded_at_ms: entry.recorded_at_ms,
                office: entry.office,
            };
            write_dump_entry(&head, entry.batch_last, entry.simulated, &entry.event, &mut out)?;
        }
        if page.at_head {
            return Ok(out.flush()?);
        }
        after = page.next_after;
    }
}

/// A folder for a copy, removed when it is dropped.
struct Copy(std::path::PathBuf);

impl Copy {
    fn new() -> Result<Copy, Failure> {
        let folder = std::env::temp_dir().join(format!("ozg-dump-{}", std::process::id()));
        std::fs::create_dir(&folder)
            .map_err(|error| Failure::said(format!("{}: {error}", folder.display())))?;
        Ok(Copy(folder))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What is left of it harms nothing, and there is nobody to tell.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Loads a dump with its own times, offices and positions; needs the log for itself.
pub(crate) async fn load(global: &Global, file: &Path) -> Result<(), Failure> {
    let folder = folder(global);
    let bytes = std::fs::read(file).map_err(|error| Failure::said(format!("{}: {error}", file.display())))?;
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

fn load_all(tracker: &Tracker, bytes: &[u8], name: &str) -> Result<u32, Failure> {
    let refused = |mistakes: Vec<ozg_core::mistake::Mistake>| {
        Failure::Mistakes(mistakes.iter().map(|mistake| mistake_line(name, mistake, of_terminal())).collect())
    };
    let mut head = tracker.state().head();
    for batch in DumpBatches::new(bytes).map_err(refused)? {
        let batch = batch.map_err(refused)?;
        let events = batch.entries.into_iter().map(demo::event).collect::<Option<Vec<_>>>();
        let order = DumpBatch {
            first: Some(batch.first),
            recorded_at_ms: batch.recorded_at_ms,
            office: batch.office,
            simulated: batch.simulated,
            events: events.ok_or_else(|| Failure::said(format!("{name}: {}", batch.first)))?,
        };
        head = tracker.load_blocking(order, true).map_err(|error| match error {
            ozg_tracker::RecordError::Mistakes(mistakes) => refused(mistakes),
            other => Failure::said(format!("{name}: {other}")),
        })?;
    }
    Ok(head)
}
