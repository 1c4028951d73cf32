//! A disk in memory that remembers what was not synced, can lose it at a power cut, and can refuse to write.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use redb::StorageBackend;

use super::Random;

/// What was asked of the disk.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Write(u64, Vec<u8>),
    SetLen(u64),
    Sync,
    /// The log acknowledged everything up to this position.
    Acknowledged(u64),
}

#[derive(Debug, Default)]
struct Inner {
    bytes: Vec<u8>,
    trace: Vec<Op>,
    /// How many more calls that change something succeed.
    calls_left: Option<usize>,
}

/// A handle to the disk; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk(Arc<Mutex<Inner>>);

impl Disk {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Mutex::new(Inner { bytes, ..Inner::default() })))
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.lock().bytes.clone()
    }

    pub(crate) fn take_trace(&self) -> Vec<Op> {
        std::mem::take(&mut self.lock().trace)
    }

    pub(crate) fn acknowledge(&self, position: u64) {
        self.lock().trace.push(Op::Acknowledged(position));
    }

    /// Lets so many more changing calls succeed; all again with none.
    pub(crate) fn fail_after(&self, calls: Option<usize>) {
        self.lock().calls_left = calls;
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("no test panics while it holds the disk")
    }

    fn change(&self, op: Op) -> io::Result<()> {
        let mut inner = self.lock();
        if let Some(left) = &mut inner.calls_left {
            if *left == 0 {
                return Err(io::Error::other("the disk refuses"));
            }
            *left -= 1;
        }
        apply(&mut inner.bytes, &op);
        inner.trace.push(op);
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.lock().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let inner = self.lock();
        let start = usize::try_from(offset).map_err(io::Error::other)?;
        let found = start.checked_add(out.len()).and_then(|end| inner.bytes.get(start..end));
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.change(Op::SetLen(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.change(Op::Sync)
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.change(Op::Write(offset, data.to_vec()))
    }
}

/// Does what was asked.
pub(crate) fn apply(bytes: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write(offset, data) => write(bytes, *offset as usize, data),
        Op::SetLen(len) => bytes.resize(*len as usize, 0),
        Op::Sync | Op::Acknowledged(_) => {}
    }
}

fn write(bytes: &mut Vec<u8>, start: usize, data: &[u8]) {
    if bytes.len() < start + data.len() {
        bytes.resize(start + data.len(), 0);
    }
    bytes[start..start + data.len()].copy_from_slice(data);
}

/// What is on the disk after a power cut: of what was not synced some is there, some not, some in part,
/// in any order.
pub(crate) fn cut(synced: &[u8], unsynced: &[Op], random: &mut Random) -> Vec<u8> {
    let mut bytes = synced.to_vec();
    let mut order: Vec<&Op> = unsynced.iter().collect();
    if random.below(2) == 0 {
        (1..order.len()).for_each(|index| order.swap(index, random.below(index + 1)));
    }
    // Sometimes nearly all or nearly nothing got through.
    let (kept, torn) = [(90, 5), (50, 20), (10, 10), (0, 100), (100, 0)][random.below(5)];
    for op in order {
        let chance = random.below(100);
        match op {
            _ if chance < kept => apply(&mut bytes, op),
            Op::Write(offset, data) if chance < kept + torn => {
                let (from, to) = tear(data.len(), random);
                write(&mut bytes, *offset as usize + from, &data[from..to]);
            }
            _ => {}
        }
    }
    bytes
}

/// Chooses the part of a write that got through: sectors or any bytes.
fn tear(len: usize, random: &mut Random) -> (usize, usize) {
    let unit = [1, 512][random.below(2)];
    let from = if random.below(2) == 0 { 0 } else { random.below(len) / unit * unit };
    let to = from + random.below(len - from + 1) / unit * unit;
    (from, to)
}
