//! A view of a file that is never written to: what is written goes into memory and is read from there.
//!
//! redb repairs a file when it opens it after a failed commit. On a disk that refuses writes that repair happens in memory, so that
//! what is on the disk can be read.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

/// Bytes that are kept in memory as one piece once one of them is written.
const PAGE: usize = 4_096;

/// A file as it is on disk, under what was written to the view.
pub(crate) struct View<B> {
    base: B,
    written: Mutex<Written>,
}

/// What was written to a view.
struct Written {
    len: u64,
    /// Bytes of the file beneath that still show through; those behind were cut off.
    shown: u64,
    /// Pages by their number, each [`PAGE`] bytes.
    pages: BTreeMap<u64, Vec<u8>>,
}

impl<B: StorageBackend> View<B> {
    /// Begins a view of what a backend holds.
    pub(crate) fn new(base: B) -> io::Result<Self> {
        let len = base.len()?;
        Ok(Self { base, written: Mutex::new(Written { len, shown: len, pages: BTreeMap::new() }) })
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what shows through from the file beneath; zeros behind it.
    fn beneath(&self, shown: u64, offset: u64, out: &mut [u8]) -> io::Result<()> {
        out.fill(0);
        let there = usize::try_from(shown.saturating_sub(offset)).unwrap_or(usize::MAX).min(out.len());
        match out.get_mut(..there) {
            Some([]) | None => Ok(()),
            Some(out) => self.base.read(offset, out),
        }
    }
}

/// Returns the page of a byte, and where the byte stands in it.
fn page_of(offset: u64) -> (u64, usize) {
    let start = offset % PAGE as u64;
    (offset / PAGE as u64, usize::try_from(start).unwrap_or_default())
}

/// Lists the pages that a range touches: the number of each, where the range begins in it, and which bytes of the range it has.
fn pieces(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, std::ops::Range<usize>)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let (page, start) = page_of(offset + done as u64);
        let count = (PAGE - start).min(len - done);
        let range = done..done + count;
        done += count;
        (count > 0).then_some((page, start, range))
    })
}

impl<B: StorageBackend> StorageBackend for View<B> {
    fn len(&self) -> io::Result<u64> {
        Ok(self.lock().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let written = self.lock();
        if offset + out.len() as u64 > written.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.beneath(written.shown, offset, out)?;
        for (page, start, range) in pieces(offset, out.len()) {
            if let Some(page) = written.pages.get(&page) {
                let count = range.len();
                out[range].copy_from_slice(&page[start..start + count]);
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut written = self.lock();
        written.len = len;
        written.shown = written.shown.min(len);
        written.pages.split_off(&len.div_ceil(PAGE as u64));
        let (page, start) = page_of(len);
        if let Some(page) = written.pages.get_mut(&page) {
            page[start..].fill(0);
        }
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut written = self.lock();
        written.len = written.len.max(offset + data.len() as u64);
        for (page, start, range) in pieces(offset, data.len()) {
            if !written.pages.contains_key(&page) {
                let mut bytes = vec![0; PAGE];
                self.beneath(written.shown, page * PAGE as u64, &mut bytes)?;
                written.pages.insert(page, bytes);
            }
            if let Some(page) = written.pages.get_mut(&page) {
                page[start..start + range.len()].copy_from_slice(&data[range]);
            }
        }
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.base.close()
    }
}

impl<B> fmt::Debug for View<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("View")
    }
}

#[cfg(test)]
mod tests {
    use super::View;
    use crate::memory::Memory;
    use redb::StorageBackend;

    /// Every change of the view and of a plain vector gives the same bytes, and the file beneath stays as it was.
    #[test]
    fn a_view_is_read_as_a_file_that_was_written() {
        let beneath: Vec<u8> = (0..10_000_u32).map(|at| (at % 251) as u8 + 1).collect();
        let base = Memory::default();
        base.set_len(10_000).unwrap();
        base.write(0, &beneath).unwrap();
        let view = View::new(base.clone()).unwrap();
        let mut model = beneath.clone();
        let mut seed = 17_u64;
        let mut below = |limit: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((seed >> 33) % limit as u64).unwrap()
        };
        for step in 0..2_000_u32 {
            if below(10) == 0 {
                model.resize(below(20_000), 0);
                view.set_len(model.len() as u64).unwrap();
            } else if !model.is_empty() {
                let from = below(model.len());
                let count = below((model.len() - from).min(6_000) + 1);
                let data = vec![step.to_le_bytes()[0]; count];
                view.write(from as u64, &data).unwrap();
                model[from..from + count].copy_from_slice(&data);
            }
            let mut found = vec![0; model.len()];
            view.read(0, &mut found).unwrap();
            assert!(found == model, "after step {step}");
            assert_eq!(view.len().unwrap(), model.len() as u64);
        }
        let mut after = vec![0; 10_000];
        base.read(0, &mut after).unwrap();
        assert_eq!(after, beneath);
    }
}
