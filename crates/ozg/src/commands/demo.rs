//! The demos, published figures that ship with the command or a generated log, and the office `demo` that may write.

use super::simulate;
use crate::failure::Failure;
use ozg_core::event::Draft;
use ozg_core::time::read_rfc3339;
use ozg_formats::input::{InputKind, read_drafts};
use ozg_tracker::{DumpBatch, DumpEntry, OfficeError, Tracker};
use serde_json::Value;
use std::path::Path;

/// The order of the batches, with the office and the instant of each.
const MANIFEST: &str = include_str!("../../../../demo/manifest.json");

macro_rules! batches {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../../demo/", $name)))),*]
    };
}

const BATCHES: [(&str, &str); 10] = batches!(
    "01-catalogue.ndjson" "02-go-lives.ndjson" "03-figures-2018-2022.ndjson" "04-figures-2023-2024.ndjson"
    "05-figures-2025.ndjson" "06-derived.ndjson" "07-counting-unit-2026.ndjson" "08-corrections.ndjson"
    "09-withdrawal.ndjson" "10-declarations.ndjson"
);

/// The office that a demo makes; it may write about all areas and topics.
const OFFICE: &str = "demo";
/// Size and seed of the simulated demo.
const SIMULATED_ENTRIES: usize = 200_000;
const SIMULATED_SEED: u64 = 1;

/// Loads the published figures into an empty log; one that has entries is left as it is.
pub(crate) async fn publish(tracker: &Tracker) -> Result<(), Failure> {
    if !tracker.state().head().is_start() {
        return Ok(());
    }
    let manifest: Vec<Value> = serde_json::from_str(MANIFEST).map_err(Failure::said)?;
    for row in &manifest {
        let batch = batch(row)?;
        let tracker = tracker.clone();
        let loading = tokio::task::spawn_blocking(move || tracker.load_blocking(batch, true));
        let head =
            loading.await.map_err(Failure::said)?.map_err(|error| Failure::said(format!("{error:?}")))?;
        tracing::info!(%head, file = row["file"].as_str(), "loaded");
    }
    Ok(())
}

fn batch(row: &Value) -> Result<DumpBatch, Failure> {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let file = BATCHES.iter().find(|(name, _)| *name == text("file"));
    let (name, lines) = file.ok_or_else(|| Failure::said(format!("{} does not ship", text("file"))))?;
    let drafts = read_drafts(lines.as_bytes(), Some(InputKind::Ndjson), None);
    let drafts = drafts.map_err(|mistakes| Failure::said(format!("{name}: {mistakes:?}")))?;
    let recorded_at_ms = read_rfc3339(text("recorded_at"));
    let entry = |draft: Draft| draft.into_event().map(DumpEntry::from);
    let entries = drafts.into_iter().map(entry).collect::<Option<Vec<_>>>();
    Ok(DumpBatch {
        first: None,
        recorded_at_ms: recorded_at_ms.ok_or_else(|| Failure::said(format!("{name}: recorded_at")))?,
        office: text("office").to_owned(),
        simulated: false,
        identity: None,
        facts: Default::default(),
        entries: entries.ok_or_else(|| Failure::said(name))?,
    })
}

/// Fills an empty folder with a generated log; one that has a log is left as it is.
pub(crate) async fn simulate(folder: &Path) -> Result<(), Failure> {
    if folder.join(ozg_log::FILE_NAME).exists() {
        return Ok(());
    }
    let settings = crate::simulate::Settings {
        entries: SIMULATED_ENTRIES,
        seed: SIMULATED_SEED,
        batch_entries: ozg_core::ledger::BATCH_ENTRIES_MAX,
    };
    simulate::fill(folder, settings).await.map(drop)
}

/// Gives the demo office a new token; only hashes are kept, so each start makes one and revokes those before.
pub(crate) fn token(tracker: &Tracker) -> Result<String, Failure> {
    let (offices, now_ms) = (tracker.offices(), tracker.now_ms());
    match offices.revoke(OFFICE, now_ms) {
        Ok(_) | Err(OfficeError::NoSuchOffice(_)) => {}
        Err(error) => return Err(Failure::said(error)),
    }
    offices.add(OFFICE, &Default::default(), now_ms, None).map_err(Failure::said)
}
