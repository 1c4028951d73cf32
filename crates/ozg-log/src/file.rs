//! How the file is opened and created: whole or not at all, by one process at a time.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, StorageBackend, StorageError};

use crate::errors::{FileError, OpenError};
use crate::replace::NewFile;
use crate::rows::{failed, format, guarded, initialise};
use crate::shapes::{Identity, Options};
use crate::view::View;
use crate::{FORMAT, memory::Memory};

/// The name of the file in its folder.
pub const FILE_NAME: &str = "ozg.redb";

/// The mode of a new log, less the umask.
const MODE: u32 = 0o640;

/// The format before this one: it had no identity and no texts, and its batches are read as they are.
const FORMAT_1: u64 = 1;

type OpenBackend = dyn Fn(&Builder, Access) -> Result<Database, OpenError> + Send + Sync;

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reading and writing.
    Write,
    /// Reading; the file stays as it is.
    Read,
}

/// Where a log comes from, so that it can be opened again.
pub(crate) enum Origin {
    /// A file on disk.
    File(PathBuf),
    /// A backend of a test.
    Backend(Box<OpenBackend>),
}

impl Origin {
    /// Takes each opening's backend from `make`; an empty one becomes a new log.
    pub(crate) fn backend<B: StorageBackend>(make: impl Fn() -> B + Send + Sync + 'static) -> Self {
        Self::Backend(Box::new(move |builder, access| match access {
            Access::Write => open_backend(builder, make(), None),
            Access::Read => open_view(builder, Path::new("(memory)"), make()),
        }))
    }

    /// Keeps the bytes in memory.
    pub(crate) fn memory() -> Self {
        let memory = Memory::default();
        Self::backend(move || memory.clone())
    }

    /// Opens the store and checks that it is a log that this program can read; for writing it is created if there is none.
    pub(crate) fn open(&self, options: &Options, access: Access) -> Result<Database, OpenError> {
        let (path, builder) = (self.path(), builder(options));
        let db = match (self, access) {
            (Self::File(_), Access::Read) => open_file_view(&builder, path)?,
            (Self::File(_), Access::Write) if path.exists() => open_file(&builder, path)?,
            (Self::File(_), Access::Write) => create_file(&builder, path)?,
            (Self::Backend(open), access) => open(&builder, access)?,
        };
        let failed = |source| file_error(path, source);
        match guarded(|| format(&db)).map_err(failed)? {
            Some(FORMAT) => Ok(db),
            Some(FORMAT_1) => {
                guarded(|| initialise(&db, &new_identity()?)).map_err(failed)?;
                Ok(db)
            }
            Some(found) if found > FORMAT => Err(OpenError::newer(found)),
            _ => Err(not_a_log(path, "a redb file of another program")),
        }
    }

    /// Gives the path for messages.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Backend(_) => Path::new("(memory)"),
        }
    }
}

/// Makes the file of an error known.
pub(crate) fn file_error(path: &Path, source: FileError) -> OpenError {
    OpenError::File { path: path.to_owned(), source }
}

/// Creates a new log beside its final name. The lock is kept while it is renamed, so no one comes between.
fn create_file(builder: &Builder, path: &Path) -> Result<Database, OpenError> {
    match create_new(builder, path, None)? {
        Some((db, new)) => {
            new.finish().map_err(|error| file_error(path, error.into()))?;
            Ok(db)
        }
        None => open_file(builder, path),
    }
}

/// Creates a new log beside its final name, to be put in place; none if meanwhile there is one at `path`. It has the given
/// identity, or one of its own.
pub(crate) fn create_new(
    builder: &Builder,
    path: &Path,
    identity: Option<Identity>,
) -> Result<Option<(Database, NewFile)>, OpenError> {
    let io_error = |error: io::Error| file_error(path, error.into());
    let mut new = NewFile::try_begin(path, MODE).map_err(|error| match error {
        TryLockError::WouldBlock => OpenError::InUse { path: path.to_owned() },
        TryLockError::Error(error) => io_error(error),
    })?;
    // Another process may have finished between the look at the final name and the lock.
    if path.exists() {
        return Ok(None);
    }
    let file = new.file().try_clone().map_err(io_error)?;
    let backend = FileBackend::new(file).map_err(|error| open_error(path, error))?;
    Ok(Some((open_backend(builder, backend, identity)?, new)))
}

/// Prepares redb.
pub(crate) fn builder(options: &Options) -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(options.cache_bytes);
    if let Some(progress) = options.on_recovery.clone() {
        builder.set_repair_callback(move |session| progress(session.progress()));
    }
    builder
}

fn open_file(builder: &Builder, path: &Path) -> Result<Database, OpenError> {
    let open = || Ok(builder.open(path));
    guarded(open).map_err(|source| file_error(path, source))?.map_err(|error| open_error(path, error))
}

/// Opens what a file holds for reading, under its lock.
fn open_file_view(builder: &Builder, path: &Path) -> Result<Database, OpenError> {
    let file = std::fs::File::open(path).map_err(|error| file_error(path, error.into()))?;
    let backend = FileBackend::new(file).map_err(|error| open_error(path, error))?;
    open_view(builder, path, backend)
}

/// Opens what a backend holds for reading.
fn open_view<B: StorageBackend>(builder: &Builder, path: &Path, backend: B) -> Result<Database, OpenError> {
    let open = || Ok(builder.create_with_backend(View::new(backend)?));
    guarded(open).map_err(|source| file_error(path, source))?.map_err(|error| open_error(path, error))
}

fn open_backend<B: StorageBackend>(
    builder: &Builder,
    backend: B,
    identity: Option<Identity>,
) -> Result<Database, OpenError> {
    let path = Path::new("(memory)");
    let open = || {
        let is_new = backend.len()? == 0;
        let db = builder.create_with_backend(backend);
        if let (true, Ok(db)) = (is_new, &db) {
            initialise(db, &identity.map_or_else(new_identity, Ok)?)?;
        }
        Ok(db)
    };
    guarded(open).map_err(|source| file_error(path, source))?.map_err(|error| open_error(path, error))
}

fn new_identity() -> Result<Identity, FileError> {
    let mut identity = Identity::default();
    let filled = getrandom::fill(&mut identity);
    filled
        .map_err(|error| FileError::Store(format!("no random bytes for the identity of a log: {error}")))?;
    Ok(identity)
}

fn open_error(path: &Path, error: DatabaseError) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            OpenError::InUse { path: path.to_owned() }
        }
        DatabaseError::Storage(StorageError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
            not_a_log(path, &error.to_string())
        }
        error => file_error(path, failed(error)),
    }
}

fn not_a_log(path: &Path, found: &str) -> OpenError {
    OpenError::NotALog { path: path.to_owned(), found: found.to_owned() }
}
