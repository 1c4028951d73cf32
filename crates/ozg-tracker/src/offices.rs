//! Offices and their tokens, in `offices.json` beside the log: changed by one writer at a time, replaced whole, read again
//! when it changed. Tokens are never kept, only their hashes; nothing of it enters the log, a dump or an archive.

use ozg_core::words::{Area, AreaSet, Topic, TopicSet};
use ozg_log::NewFile;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Name of the file in the data folder.
const FILE_NAME: &str = "offices.json";
/// Mode of the file: only its owner reads it.
const MODE: u32 = 0o600;
/// Bytes of randomness in a token.
const TOKEN_BYTES: usize = 24;
/// What a token begins with, so that it is recognised where it should not be.
const TOKEN_PREFIX: &str = "ozg_";

/// An office that may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its id.
    pub id: String,
    /// Areas that it may write about; empty means all.
    pub areas: AreaSet,
    /// Topics that it may write about; empty means all.
    pub topics: TopicSet,
}

/// A token of an office, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRow {
    /// Id of the office.
    pub id: String,
    /// Ids of the areas that it may write about; empty means all.
    pub areas: Vec<String>,
    /// Slugs of the topics that it may write about; empty means all.
    pub topics: Vec<String>,
    /// Hash of the token (blake3, hexadecimal).
    pub token_hash: String,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
    /// From when it is no longer valid, in milliseconds since 1970 UTC.
    pub expires_at_ms: Option<i64>,
    /// When it was revoked, in milliseconds since 1970 UTC.
    pub revoked_at_ms: Option<i64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    offices: Vec<TokenRow>,
}

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// No office has it.
    #[error("the token is unknown")]
    Unknown,
    /// It is no longer valid.
    #[error("the token has expired")]
    Expired,
    /// It was revoked.
    #[error("the token was revoked")]
    Revoked,
}

/// Why the offices cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is no list of offices.
    #[error("{path} is no list of offices: {error}")]
    Unreadable {
        /// Which file.
        path: String,
        /// Where and why.
        error: String,
    },
    /// The id has other characters than lower-case letters, digits, `-` and `_`.
    #[error("{0:?} is no id of an office: allowed are 1 to 64 lower-case letters, digits, - and _")]
    BadId(String),
    /// There is no such office.
    #[error("there is no office {0:?} with a valid token")]
    NoSuchOffice(String),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes for a token")]
    NoRandomness,
}

/// The offices of a data folder.
pub struct Offices {
    path: PathBuf,
    read: Mutex<(Stamp, Vec<TokenRow>)>,
}

/// What tells that the file has changed: device-independent identity, size and time.
type Stamp = Option<(u64, u64, i64, i64)>;

impl Offices {
    pub(crate) fn open(folder: &Path) -> Result<Offices, OfficeError> {
        let offices = Offices { path: folder.join(FILE_NAME), read: Mutex::new((None, Vec::new())) };
        offices.list()?;
        Ok(offices)
    }

    /// Finds the office of a token.
    ///
    /// # Errors
    /// The token is unknown, has expired or was revoked. A file that cannot be read knows no token.
    pub fn authenticate(&self, token: &str, now_ms: i64) -> Result<Office, AuthError> {
        let hash = blake3::hash(token.as_bytes());
        let rows = self.list().unwrap_or_else(|error| {
            tracing::error!(%error, "the offices cannot be read");
            Vec::new()
        });
        // Hashes compare in constant time.
        let row =
            rows.iter().find(|row| blake3::Hash::from_hex(&row.token_hash).is_ok_and(|known| known == hash));
        let row = row.ok_or(AuthError::Unknown)?;
        if row.revoked_at_ms.is_some() {
            return Err(AuthError::Revoked);
        }
        if row.expires_at_ms.is_some_and(|expires| expires <= now_ms) {
            return Err(AuthError::Expired);
        }
        Ok(row.office())
    }

    /// Gives an office a token, which is returned this once.
    ///
    /// # Errors
    /// The id is none, or the file cannot be written.
    pub fn add(
        &self,
        id: &str,
        areas: AreaSet,
        topics: TopicSet,
        now_ms: i64,
        expires_at_ms: Option<i64>,
    ) -> Result<String, OfficeError> {
        if ozg_core::words::Slug::read(id).is_err() {
            return Err(OfficeError::BadId(id.to_owned()));
        }
        let mut random = [0u8; TOKEN_BYTES];
        getrandom::fill(&mut random).map_err(|_| OfficeError::NoRandomness)?;
        let digits: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let token = format!("{TOKEN_PREFIX}{digits}");
        let row = TokenRow {
            id: id.to_owned(),
            areas: areas.iter().map(|area| area.id().to_owned()).collect(),
            topics: topics.iter().map(|topic| topic.id().to_owned()).collect(),
            token_hash: blake3::hash(token.as_bytes()).to_hex().to_string(),
            created_at_ms: now_ms,
            expires_at_ms,
            revoked_at_ms: None,
        };
        self.change(|rows| {
            rows.push(row);
            Ok(token)
        })
    }

    /// Revokes all tokens of an office; returns how many.
    ///
    /// # Errors
    /// No token of it is valid, or the file cannot be written.
    pub fn revoke(&self, id: &str, now_ms: i64) -> Result<usize, OfficeError> {
        self.change(|rows| {
            let valid = rows.iter_mut().filter(|row| row.id == id && row.revoked_at_ms.is_none());
            match valid.map(|row| row.revoked_at_ms = Some(now_ms)).count() {
                0 => Err(OfficeError::NoSuchOffice(id.to_owned())),
                revoked => Ok(revoked),
            }
        })
    }

    /// Lists all tokens, in the order in which they were made.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn list(&self) -> Result<Vec<TokenRow>, OfficeError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = self.stamp();
        if stamp.is_none() {
            return Ok(Vec::new());
        }
        if read.0 != stamp {
            *read = (stamp, self.read()?);
        }
        Ok(read.1.clone())
    }

    /// Changes the tokens: reads them, lets `change` change them, and replaces the file, all under one lock, which holds
    /// against other processes, too. Nothing is replaced where `change` fails.
    ///
    /// # Errors
    /// Those of `change`, or the file cannot be read or written.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut Vec<TokenRow>) -> Result<T, OfficeError>,
    ) -> Result<T, OfficeError> {
        // The lock is that of the new file.
        let mut new = NewFile::begin(&self.path, MODE).map_err(|error| self.io(error))?;
        let mut offices = if self.path.exists() { self.read()? } else { Vec::new() };
        let changed = change(&mut offices)?;
        let text = serde_json::to_string_pretty(&File { offices }).map_err(std::io::Error::from);
        text.and_then(|text| new.file().write_all(text.as_bytes()))
            .and_then(|()| new.finish())
            .map_err(|error| self.io(error))?;
        Ok(changed)
    }

    fn read(&self) -> Result<Vec<TokenRow>, OfficeError> {
        let unreadable =
            |error: String| OfficeError::Unreadable { path: self.path.display().to_string(), error };
        let text = std::fs::read_to_string(&self.path).map_err(|error| self.io(error))?;
        let file: File = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        let known = |row: &TokenRow| {
            row.areas.iter().all(|area| Area::read(area).is_ok())
                && row.topics.iter().all(|topic| Topic::read(topic).is_ok())
        };
        // An area that is not understood must not widen what a token may do: an empty list means all.
        match file.offices.iter().find(|row| !known(row)) {
            Some(row) => Err(unreadable(format!("the office {} has an unknown area or topic", row.id))),
            None => Ok(file.offices),
        }
    }

    fn stamp(&self) -> Stamp {
        let metadata = std::fs::metadata(&self.path).ok()?;
        Some((metadata.ino(), metadata.size(), metadata.mtime(), metadata.mtime_nsec()))
    }

    fn io(&self, error: std::io::Error) -> OfficeError {
        OfficeError::Io { path: self.path.display().to_string(), error }
    }
}

impl TokenRow {
    /// Returns the office that the token is of.
    #[must_use]
    pub fn office(&self) -> Office {
        Office {
            id: self.id.clone(),
            areas: self.areas.iter().filter_map(|area| Area::read(area).ok()).collect(),
            topics: self.topics.iter().filter_map(|topic| Topic::read(topic).ok()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_valid_until_it_expires_or_is_revoked() {
        let folder = tempfile::tempdir().unwrap();
        let offices = Offices::open(folder.path()).unwrap();
        let areas = AreaSet::from_iter([Area::BB]);
        let token = offices.add("bb", areas, TopicSet::default(), 1_000, Some(5_000)).unwrap();
        assert_eq!(offices.authenticate(&token, 4_999).unwrap().areas, areas);
        assert_eq!(offices.authenticate(&token, 5_000), Err(AuthError::Expired));
        assert_eq!(offices.authenticate("ozg_00", 0), Err(AuthError::Unknown));
        let text = std::fs::read_to_string(folder.path().join(FILE_NAME)).unwrap();
        assert!(!text.contains(&token));
        let elsewhere = Offices::open(folder.path()).unwrap();
        assert_eq!(elsewhere.revoke("bb", 2_000).unwrap(), 1);
        assert_eq!(offices.authenticate(&token, 3_000), Err(AuthError::Revoked));
        assert!(matches!(offices.revoke("bb", 3_000), Err(OfficeError::NoSuchOffice(_))));
        assert!(matches!(offices.add("BB", areas, TopicSet::default(), 0, None), Err(OfficeError::BadId(_))));
    }

    #[test]
    fn changes_at_the_same_time_all_stand() {
        let folder = tempfile::tempdir().unwrap();
        // Each has the file to itself, like another process.
        let offices: Vec<Offices> = (0..24).map(|_| Offices::open(folder.path()).unwrap()).collect();
        let add = |offices: &Offices, id: &str| {
            offices.add(id, AreaSet::default(), TopicSet::default(), 1_000, None).unwrap()
        };
        for number in 0..12 {
            add(&offices[0], &format!("old{number}"));
        }
        let changed: Vec<_> = std::thread::scope(|scope| {
            let change = |number: usize| {
                let offices = &offices[number];
                scope.spawn(move || match number % 2 {
                    0 => Some(add(offices, &format!("new{number}"))),
                    _ => {
                        assert_eq!(offices.revoke(&format!("old{}", number / 2), 2_000).unwrap(), 1);
                        None
                    }
                })
            };
            let changes: Vec<_> = (0..24).map(change).collect();
            changes.into_iter().map(|change| change.join().unwrap()).collect()
        });
        for (number, token) in
            changed.iter().enumerate().filter_map(|(at, token)| Some((at, token.as_ref()?)))
        {
            assert_eq!(offices[1].authenticate(token, 3_000).unwrap().id, format!("new{number}"));
        }
        let rows = offices[0].list().unwrap();
        let (old, new): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.id.starts_with("old"));
        assert_eq!((old.len(), new.len()), (12, 12));
        assert!(old.iter().all(|row| row.revoked_at_ms == Some(2_000)), "no revocation is undone");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(folder.path().join(FILE_NAME)).unwrap().permissions(),
        );
        assert_eq!(mode & 0o777, MODE);
    }

    #[test]
    fn an_unknown_area_never_makes_a_token_wider() {
        let folder = tempfile::tempdir().unwrap();
        let offices = Offices::open(folder.path()).unwrap();
        let token = offices.add("bb", AreaSet::from_iter([Area::BB]), TopicSet::default(), 0, None).unwrap();
        let path = folder.path().join(FILE_NAME);
        let text = std::fs::read_to_string(&path).unwrap().replace("\"BB\"", "\"XX\"");
        std::fs::write(&path, text).unwrap();
        let again = Offices { path, read: Mutex::new((None, Vec::new())) };
        assert_eq!(again.authenticate(&token, 1), Err(AuthError::Unknown));
        assert!(matches!(again.list(), Err(OfficeError::Unreadable { .. })));
    }
}
