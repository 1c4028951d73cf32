//! Replacing a file whole or not at all: it is written under another name, synced, renamed, and its folder synced.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// What a file is called until it is complete.
const NEW_SUFFIX: &str = ".new";

/// The new content of a file, under the name `PATH.new` until it is complete.
///
/// It is locked, so only one writer of a file, in any process, has one at a time: what its holder reads of the old file
/// stays true until [`finish`](Self::finish). One that is dropped before leaves the old file as it was. What a crash left
/// under the name is overwritten by the next writer.
///
/// ```
/// use std::io::Write;
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("offices.json");
/// let mut new = ozg_log::NewFile::begin(&path, 0o600)?;
/// new.file().write_all(b"{}")?;
/// assert!(!path.exists());
/// new.finish()?;
/// assert_eq!(std::fs::read(&path)?, b"{}");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct NewFile {
    file: File,
    new: PathBuf,
    path: PathBuf,
    is_in_place: bool,
}

impl NewFile {
    /// Begins the new content of `path`, empty, once no other writer holds one. `mode` is that of the file, less the umask,
    /// such as 0o600.
    ///
    /// # Errors
    /// The folder does not exist or cannot be written.
    pub fn begin(path: &Path, mode: u32) -> io::Result<Self> {
        Self::locked(path, mode, |file| file.lock().map_err(TryLockError::Error)).map_err(io::Error::from)
    }

    /// Begins like [`begin`](Self::begin), but does not wait.
    ///
    /// # Errors
    /// `WouldBlock` where another writer holds one, else as for [`begin`](Self::begin).
    pub fn try_begin(path: &Path, mode: u32) -> Result<Self, TryLockError> {
        Self::locked(path, mode, File::try_lock)
    }

    fn locked(
        path: &Path,
        mode: u32,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, TryLockError> {
        let mut new = path.as_os_str().to_owned();
        new.push(NEW_SUFFIX);
        let new = PathBuf::from(new);
        loop {
            let file = open(&new, mode).map_err(TryLockError::Error)?;
            lock(&file)?;
            // The one who held the lock before has mostly renamed the file that was waited for.
            if is_still_called(&file, &new) {
                let begun = Self { file, new, path: path.to_owned(), is_in_place: false };
                begun.empty(mode).map_err(TryLockError::Error)?;
                return Ok(begun);
            }
        }
    }

    /// Returns the file to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Makes what was written durable under the final name.
    ///
    /// # Errors
    /// The disk fails; then the old file is there, or the new one.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.new, &self.path)?;
        self.is_in_place = true;
        sync_folder_of(&self.path)
    }

    /// Takes out what a crash left; a file that only its owner may read was not readable by others before, either.
    fn empty(&self, mode: u32) -> io::Result<()> {
        restrict(&self.file, mode)?;
        self.file.set_len(0)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_in_place {
            // What is left is overwritten by the next writer.
            let _ = std::fs::remove_file(&self.new);
        }
    }
}

/// Replaces a file by what `write` writes.
///
/// # Errors
/// Those of `write` and of the disk; then the old file is there, or the new one.
pub fn replace_file(
    path: &Path,
    mode: u32,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut new = NewFile::begin(path, mode)?;
    write(new.file())?;
    new.finish()
}

#[cfg(unix)]
fn open(new: &Path, mode: u32) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(mode).open(new)
}

#[cfg(not(unix))]
fn open(new: &Path, _: u32) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(new)
}

#[cfg(unix)]
fn restrict(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & !mode & 0o777 == 0 {
        return Ok(());
    }
    permissions.set_mode(permissions.mode() & mode);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn restrict(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// Tells whether a name is still that of an open file.
#[cfg(unix)]
fn is_still_called(file: &File, name: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let (opened, named) = (file.metadata().map(identity), std::fs::metadata(name).map(identity));
    matches!((opened, named), (Ok(opened), Ok(named)) if opened == named)
}

#[cfg(not(unix))]
fn is_still_called(_: &File, name: &Path) -> bool {
    name.exists()
}

#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn writers_of_a_file_come_one_after_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("count");
        std::fs::write(&path, "0").expect("a file");
        std::thread::scope(|scope| {
            for _ in 0..24 {
                scope.spawn(|| {
                    let mut new = NewFile::begin(&path, 0o666).expect("a new file");
                    let count: u32 =
                        std::fs::read_to_string(&path).expect("a text").parse().expect("a number");
                    write!(new.file(), "{}", count + 1).expect("written");
                    new.finish().expect("in place");
                });
            }
        });
        assert_eq!(std::fs::read_to_string(&path).expect("a text"), "24");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
    }

    #[test]
    fn one_that_is_not_finished_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        replace_file(&path, 0o666, |file| file.write_all(b"old")).expect("replaced");
        let failed = replace_file(&path, 0o666, |file| {
            file.write_all(b"new")?;
            Err(io::Error::other("the disk refuses"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).expect("a file"), b"old");
        let held = NewFile::begin(&path, 0o666).expect("a new file");
        assert!(matches!(NewFile::try_begin(&path, 0o666), Err(TryLockError::WouldBlock)));
        drop(held);
        drop(NewFile::try_begin(&path, 0o666).expect("free again"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_crash_left_does_not_show_what_only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("offices.json");
        std::fs::write(folder.path().join("offices.json.new"), "a long text that a crash left")
            .expect("written");
        replace_file(&path, 0o600, |file| file.write_all(b"{}")).expect("replaced");
        assert_eq!(std::fs::read(&path).expect("a file"), b"{}");
        let mode = std::fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
