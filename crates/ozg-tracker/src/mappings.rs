//! Mappings of sheets that offices keep by name, in `mappings.json` beside the log: changed by one writer at a time and
//! replaced whole, as the offices are. Nothing of it enters the log, a dump or an archive.

use ozg_core::words::Slug;
use ozg_log::NewFile;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the file in the data folder.
const FILE_NAME: &str = "mappings.json";
/// Mode of the file: only its owner reads it.
const MODE: u32 = 0o600;
/// The most mappings that an office keeps.
pub const MAPPINGS_MAX: usize = 100;

/// A mapping of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingRow {
    office: String,
    name: String,
    /// The mapping, as it was sent.
    text: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    mappings: Vec<MappingRow>,
}

/// Why mappings cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: String,
        /// What the system or the reader says.
        error: std::io::Error,
    },
    /// The name has other characters than lower-case letters, digits, `-` and `_`.
    #[error("{0:?} is no name of a mapping: allowed are 1 to 64 lower-case letters, digits, - and _")]
    BadName(String),
    /// The office keeps too many.
    #[error("an office keeps at most {MAPPINGS_MAX} mappings")]
    TooMany,
}

/// The mappings of a data folder.
pub struct Mappings {
    path: PathBuf,
}

impl Mappings {
    pub(crate) fn new(folder: &Path) -> Mappings {
        Mappings { path: folder.join(FILE_NAME) }
    }

    /// Lists the names of the mappings of an office, in alphabetical order.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn names(&self, office: &str) -> Result<Vec<String>, MappingError> {
        let rows = self.read()?;
        let own = rows.into_iter().filter(|row| row.office == office);
        let mut names: Vec<String> = own.map(|row| row.name).collect();
        names.sort();
        Ok(names)
    }

    /// Returns a mapping of an office.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn get(&self, office: &str, name: &str) -> Result<Option<String>, MappingError> {
        let found = self.read()?.into_iter().find(|row| row.office == office && row.name == name);
        Ok(found.map(|row| row.text))
    }

    /// Keeps a mapping of an office by a name; tells whether the name is new.
    ///
    /// # Errors
    /// The name is none, the office keeps too many, or the file cannot be read or written.
    pub fn put(&self, office: &str, name: &str, text: &str) -> Result<bool, MappingError> {
        if Slug::read(name).is_err() {
            return Err(MappingError::BadName(name.to_owned()));
        }
        self.change(|rows| {
            let text = text.to_owned();
            if let Some(row) = rows.iter_mut().find(|row| row.office == office && row.name == name) {
                row.text = text;
                return Ok(false);
            }
            if rows.iter().filter(|row| row.office == office).count() >= MAPPINGS_MAX {
                return Err(MappingError::TooMany);
            }
            rows.push(MappingRow { office: office.to_owned(), name: name.to_owned(), text });
            Ok(true)
        })
    }

    /// Forgets a mapping of an office; tells whether there was one.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn remove(&self, office: &str, name: &str) -> Result<bool, MappingError> {
        self.change(|rows| {
            let count = rows.len();
            rows.retain(|row| row.office != office || row.name != name);
            Ok(rows.len() < count)
        })
    }

    /// Changes the mappings and replaces the file, all under one lock, which holds against other processes, too.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Vec<MappingRow>) -> Result<T, MappingError>,
    ) -> Result<T, MappingError> {
        let mut new = NewFile::begin(&self.path, MODE).map_err(|error| self.io(error))?;
        let mut mappings = self.read()?;
        let changed = change(&mut mappings)?;
        let text = serde_json::to_string_pretty(&MappingFile { mappings }).map_err(std::io::Error::from);
        text.and_then(|text| new.file().write_all(text.as_bytes()))
            .and_then(|()| new.finish())
            .map_err(|error| self.io(error))?;
        Ok(changed)
    }

    fn read(&self) -> Result<Vec<MappingRow>, MappingError> {
        let text = match std::fs::read_to_string(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            text => text.map_err(|error| self.io(error))?,
        };
        let file: MappingFile = serde_json::from_str(&text).map_err(|error| self.io(error.into()))?;
        Ok(file.mappings)
    }

    fn io(&self, error: std::io::Error) -> MappingError {
        MappingError::Io { path: self.path.display().to_string(), error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_keeps_its_own_mappings_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let mappings = Mappings::new(folder.path());
        assert!(mappings.names("bb").unwrap().is_empty());
        assert!(mappings.put("bb", "rollout", "{}").unwrap());
        assert!(!mappings.put("bb", "rollout", "{\"shape\":\"rows\"}").unwrap());
        assert!(mappings.put("by", "rollout", "{}").unwrap());
        assert!(mappings.put("bb", "anbindung", "{}").unwrap());
        assert_eq!(mappings.names("bb").unwrap(), ["anbindung", "rollout"]);
        assert_eq!(mappings.get("bb", "rollout").unwrap().as_deref(), Some("{\"shape\":\"rows\"}"));
        assert_eq!(mappings.get("sn", "rollout").unwrap(), None);
        assert!(matches!(mappings.put("bb", "Rollout 1", "{}"), Err(MappingError::BadName(_))));
        assert!(mappings.remove("bb", "rollout").unwrap());
        assert!(!mappings.remove("bb", "rollout").unwrap());
        assert_eq!(mappings.get("by", "rollout").unwrap().as_deref(), Some("{}"));
        for number in 1..MAPPINGS_MAX {
            assert!(mappings.put("bb", &format!("m{number}"), "{}").unwrap());
        }
        assert!(matches!(mappings.put("bb", "more", "{}"), Err(MappingError::TooMany)));
        std::fs::write(folder.path().join(FILE_NAME), "[").unwrap();
        assert!(matches!(mappings.names("bb"), Err(MappingError::Io { .. })));
    }
}
