//! The state on disk, so that a restart need not fold the whole log. The log is folded if the snapshot is missing,
//! damaged, of another version or of another log.

use crate::Shared;
use ozg_core::state::State;
use ozg_core::words::order_of_tables;
use ozg_log::{Identity, Log, replace_file};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

/// Name of the file in the data folder.
const FILE_NAME: &str = "state.snapshot";
/// Mode of the file, less the umask.
const MODE: u32 = 0o640;
/// What the file begins with; the number grows with every change of what is kept. A hash of the order of all tables of
/// words follows, since a snapshot holds places in these tables.
const MAGIC: &[u8; 12] = b"ozg-state-07";
const VERSION_BYTES: usize = MAGIC.len() + HASH_BYTES;
const IDENTITY_BYTES: usize = size_of::<Identity>();
const CHAIN_BYTES: usize = 32;
const HASH_BYTES: usize = 32;
const HEADER_BYTES: usize = VERSION_BYTES + IDENTITY_BYTES + CHAIN_BYTES + HASH_BYTES;

/// Fewest new entries for which a snapshot is written. A resting writer writes one when these are also a fifth of the log, a
/// busy writer when they are half of it, since a snapshot under way makes the writer copy what the snapshot holds.
const GROWTH_MIN: u32 = 20_000;

/// Loads the newest snapshot, if it fits the log.
pub(crate) fn load(folder: &Path, log: &Log) -> Option<State> {
    let bytes = std::fs::read(folder.join(FILE_NAME)).ok()?;
    let (header, body) = bytes.split_at_checked(HEADER_BYTES)?;
    let (found, rest) = header.split_at(VERSION_BYTES);
    let (identity, rest) = rest.split_at(IDENTITY_BYTES);
    let (chain, hash) = rest.split_at(CHAIN_BYTES);
    if found != version() || blake3::hash(body).as_bytes() != hash {
        tracing::warn!("the snapshot is damaged or of another version; the log is folded instead");
        return None;
    }
    let state: State = postcard::from_bytes(body).ok()?;
    let info = log.entry(u64::from(state.head())).ok()??.info;
    if log.identity() != identity || info.chain != chain || info.last != u64::from(state.head()) {
        tracing::warn!("the snapshot is of another log; the log is folded instead");
        return None;
    }
    Some(state)
}

/// Returns the first bytes of a snapshot of this build.
fn version() -> Vec<u8> {
    [MAGIC.as_slice(), blake3::hash(order_of_tables().as_bytes()).as_bytes()].concat()
}

impl Shared {
    /// Tells whether a snapshot is worth writing, to a writer that rests or to one that is busy.
    pub(crate) fn snapshot_is_due(&self, at_rest: bool) -> bool {
        let (head, last) = (self.state.load().head().get(), self.snapshot.load(Ordering::Acquire));
        head.saturating_sub(last) >= GROWTH_MIN.max(head / if at_rest { 5 } else { 2 })
    }

    /// Writes a snapshot beside the old one and renames it, if the log has grown by at least so many entries.
    pub(crate) fn write_snapshot(&self, growth_min: u32) {
        let state = self.state.load_full();
        let (head, last) = (state.head().get(), self.snapshot.load(Ordering::Acquire));
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
        let Some(info) = entry.map(|part| part.info) else { return Ok(()) };
        replace_file(&self.folder.join(FILE_NAME), MODE, |file| {
            file.seek(SeekFrom::Start(HEADER_BYTES as u64))?;
            // Written as it is encoded: a buffer would take as much memory again as the state.
            let mut body = Hashed { file: BufWriter::new(&mut *file), hasher: blake3::Hasher::new() };
            postcard::to_io(state, &mut body).map_err(std::io::Error::other)?;
            let hash = body.hasher.finalize();
            body.flush()?;
            drop(body);
            file.rewind()?;
            file.write_all(
                &[version().as_slice(), &self.log.identity(), &info.chain, hash.as_bytes()].concat(),
            )
        })
    }
}

/// The thread that writes snapshots, one at a time.
pub(crate) struct Snapshots<'a> {
    shared: &'a Arc<Shared>,
    running: Option<JoinHandle<()>>,
}

impl<'a> Snapshots<'a> {
    pub(crate) fn new(shared: &'a Arc<Shared>) -> Snapshots<'a> {
        Snapshots { shared, running: None }
    }

    /// Waits for the one under way.
    pub(crate) fn finish(self) {
        self.running.into_iter().for_each(|thread| drop(thread.join()));
    }

    /// Begins one, unless one is under way.
    pub(crate) fn start(&mut self) {
        if self.running.as_ref().is_none_or(JoinHandle::is_finished) {
            let shared = Arc::clone(self.shared);
            let write = move || shared.write_snapshot(1);
            self.running = std::thread::Builder::new().name("snapshot".into()).spawn(write).ok();
        }
    }
}

/// A file and the hash of what is written to it.
struct Hashed<'a> {
    file: BufWriter<&'a mut std::fs::File>,
    hasher: blake3::Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
