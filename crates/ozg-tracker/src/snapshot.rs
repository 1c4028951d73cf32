//! The state on disk, so that a restart need not fold the whole log. It is derived: one that is missing, damaged, of
//! another version or of another log is dropped, and the log is folded instead.

use crate::Shared;
use ozg_core::state::State;
use ozg_log::Log;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Name of the file in the data folder.
const FILE_NAME: &str = "state.snapshot";
/// What the file begins with; the number grows with every change of what is kept.
const MAGIC: &[u8; 12] = b"ozg-state-02";
const CHAIN_BYTES: usize = 32;
const HASH_BYTES: usize = 32;
const HEADER_BYTES: usize = MAGIC.len() + CHAIN_BYTES + HASH_BYTES;

/// A snapshot is written when the log has grown by this many entries, and by a fifth.
const GROWTH_MIN: u32 = 20_000;

/// Loads the newest snapshot, if it fits the log.
pub(crate) fn load(folder: &Path, log: &Log) -> Option<State> {
    let bytes = std::fs::read(folder.join(FILE_NAME)).ok()?;
    let (header, body) = bytes.split_at_checked(HEADER_BYTES)?;
    let (magic, rest) = header.split_at(MAGIC.len());
    let (chain, hash) = rest.split_at(CHAIN_BYTES);
    if magic != MAGIC || blake3::hash(body).as_bytes() != hash {
        tracing::warn!("the snapshot is damaged or of another version; the log is folded instead");
        return None;
    }
    let state: State = postcard::from_bytes(body).ok()?;
    let (info, _) = log.entry(u64::from(state.head())).ok()??;
    if info.chain != chain || info.last != u64::from(state.head()) {
        tracing::warn!("the snapshot is of another log; the log is folded instead");
        return None;
    }
    Some(state)
}

impl Shared {
    /// Tells whether a snapshot is worth writing.
    pub(crate) fn snapshot_is_due(&self) -> bool {
        let (head, last) = (self.state.load().head(), self.snapshot.load(Ordering::Acquire));
        head.saturating_sub(last) >= GROWTH_MIN.max(head / 5)
    }

    /// Writes a snapshot beside the old one and renames it, if the log has grown by at least so many entries.
    pub(crate) fn write_snapshot(&self, growth_min: u32) {
        let state = self.state.load_full();
        let (head, last) = (state.head(), self.snapshot.load(Ordering::Acquire));
        if head == last || head - last.min(head) < growth_min {
            return;
        }
        match self.try_write(&state) {
            Ok(()) => self.snapshot.store(head, Ordering::Release),
            Err(error) => tracing::warn!(%error, "no snapshot was written; a restart folds the log"),
        }
    }

    fn try_write(&self, state: &State) -> std::io::Result<()> {
        let entry = self.log.entry(u64::from(state.head())).map_err(std::io::Error::other)?;
        let Some((info, _)) = entry else { return Ok(()) };
        let body = postcard::to_allocvec(state).map_err(std::io::Error::other)?;
        let new = self.folder.join(format!("{FILE_NAME}.new"));
        let mut file = std::fs::File::create(&new)?;
        file.write_all(MAGIC)?;
        file.write_all(&info.chain)?;
        file.write_all(blake3::hash(&body).as_bytes())?;
        file.write_all(&body)?;
        file.sync_all()?;
        std::fs::rename(&new, self.folder.join(FILE_NAME))?;
        std::fs::File::open(&self.folder)?.sync_all()
    }
}
