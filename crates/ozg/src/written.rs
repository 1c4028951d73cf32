//! Files that commands write. None takes the place of a file that is there, unless `--force` says so.

use crate::failure::Failure;
use crate::language::say;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Creates a file.
pub(crate) fn create(path: &Path, force: bool) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true);
    let options = if force { options.create(true).truncate(true) } else { options.create_new(true) };
    options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Failure::said(format!("{}: {error}", path.display())),
    })
}

/// Writes a file.
pub(crate) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let written = create(path, force)?.write_all(bytes);
    written.map_err(|error| Failure::said(format!("{}: {error}", path.display())))
}

/// Writes a file, or standard output where none is named.
pub(crate) fn put(bytes: &[u8], path: Option<&Path>, force: bool) -> Result<(), Failure> {
    if let Some(path) = path {
        return write(path, bytes, force);
    }
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// Makes the failure of a file that would be overwritten.
pub(crate) fn exists(path: &Path) -> Failure {
    let why =
        say("gibt es schon; mit --force wird die Datei ersetzt", "exists already; --force replaces the file");
    Failure::said(format!("{}: {why}", path.display()))
}

/// Says that a form is not written to a terminal, and where else.
pub(crate) fn not_for_terminals(form: &str, name: &str) -> String {
    let why = say(
        "ein Binärformat, kein Text für ein Terminal; in eine Datei:",
        "a binary format, no text for a terminal; write a file:",
    );
    format!("{form}: {why} --out {name}.{form}")
}
