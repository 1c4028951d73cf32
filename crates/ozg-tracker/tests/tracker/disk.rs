//! A disk in memory that fails every call after a given number of calls, until the test lets it work again.

use ozg_log::StorageBackend;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// Bytes in memory that several handles share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    bytes: Mutex<Vec<u8>>,
    /// Calls that still work; below zero all do.
    left: AtomicI64,
}

impl Default for Inner {
    fn default() -> Inner {
        Inner { bytes: Mutex::default(), left: AtomicI64::new(i64::MIN) }
    }
}

impl Disk {
    /// Lets every write and sync fail after so many more.
    pub(crate) fn fail_after(&self, calls: i64) {
        self.0.left.store(calls, Ordering::SeqCst);
    }

    /// Lets everything work again.
    pub(crate) fn work_again(&self) {
        self.0.left.store(i64::MIN, Ordering::SeqCst);
    }

    fn call(&self) -> io::Result<()> {
        let left = self.0.left.load(Ordering::SeqCst);
        if left == i64::MIN {
            return Ok(());
        }
        if left <= 0 {
            return Err(io::Error::other("the disk fails as the test asks"));
        }
        self.0.left.store(left - 1, Ordering::SeqCst);
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.bytes.lock().unwrap().len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let bytes = self.0.bytes.lock().unwrap();
        let start = usize::try_from(offset).unwrap();
        out.copy_from_slice(&bytes[start..start + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.call()?;
        self.0.bytes.lock().unwrap().resize(usize::try_from(len).unwrap(), 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.call()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.call()?;
        let start = usize::try_from(offset).unwrap();
        self.0.bytes.lock().unwrap()[start..start + data.len()].copy_from_slice(data);
        Ok(())
    }
}
