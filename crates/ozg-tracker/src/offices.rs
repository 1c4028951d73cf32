//! Offices and their tokens, in `offices.json` beside the log: changed by one writer at a time, replaced whole, read again
//! when it changed. Tokens are never kept, only their hashes; nothing of it enters the log, a dump or an archive.

use ozg_core::ledger::Rights;
use ozg_core::words::Topic;
use ozg_log::NewFile;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Write};
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
    /// What it may do.
    pub rights: Rights,
    /// How it proved who it is.
    pub proof: Proof,
}

/// How an office proves who it is. What it may do is looked up again at the moment of recording, since tokens are revoked
/// and expire while a long body arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// The program itself records; it may do everything.
    #[default]
    None,
    /// By a token with this hash.
    Token(blake3::Hash),
    /// The operator names it; it needs a valid token all the same.
    Named,
}

/// A token of an office, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenRow {
    /// Id of the office.
    pub id: String,
    /// Länder, Kreise, authorities and regions that it may write about; empty means all.
    pub areas: Vec<String>,
    /// Slugs of the topics that it may write about; empty means all.
    pub topics: Vec<String>,
    /// Where it coordinates; empty means all that it may write about, none nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Vec<String>>,
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
    /// The offices cannot be read, so nobody can tell.
    #[error("the offices cannot be read")]
    Unreadable,
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
    /// The token would have expired before it is made.
    #[error("a token that is no longer valid from a time in the past on would be of no use")]
    ExpiredAlready,
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
    read: Mutex<(Option<Stamp>, Vec<TokenRow>)>,
}

/// What tells that the file has changed: device-independent identity, size and time.
type Stamp = (u64, u64, i64, i64);

impl Offices {
    pub(crate) fn open(folder: &Path) -> Result<Offices, OfficeError> {
        let offices = Offices { path: folder.join(FILE_NAME), read: Mutex::new((None, Vec::new())) };
        offices.list()?;
        Ok(offices)
    }

    /// Finds the office of a token.
    ///
    /// # Errors
    /// The token is unknown, has expired or was revoked, or the offices cannot be read.
    pub fn authenticate(&self, token: &str, now_ms: i64) -> Result<Office, AuthError> {
        self.of_hash(blake3::hash(token.as_bytes()), now_ms)
    }

    /// Finds the office that the operator names.
    ///
    /// # Errors
    /// No token of it is valid, or the offices cannot be read.
    pub fn named(&self, id: &str, now_ms: i64) -> Result<Office, AuthError> {
        let rows = self.rows()?;
        let mut own = rows.iter().rev().filter(|row| row.id == id).peekable();
        let newest = own.peek().map_or(Err(AuthError::Unknown), |row| row.check(now_ms));
        match own.find(|row| row.check(now_ms).is_ok()) {
            Some(row) => Ok(row.office(Proof::Named)),
            None => Err(newest.err().unwrap_or(AuthError::Unknown)),
        }
    }

    /// Returns what an office may do now, which has proved before who it is.
    ///
    /// # Errors
    /// Its token has expired or was revoked meanwhile, or the offices cannot be read.
    pub(crate) fn rights(&self, id: &str, proof: Proof, now_ms: i64) -> Result<Rights, AuthError> {
        match proof {
            Proof::None => Ok(Rights::default()),
            Proof::Token(hash) => self.of_hash(hash, now_ms).map(|office| office.rights),
            Proof::Named => self.named(id, now_ms).map(|office| office.rights),
        }
    }

    fn of_hash(&self, hash: blake3::Hash, now_ms: i64) -> Result<Office, AuthError> {
        let rows = self.rows()?;
        // Hashes compare in constant time.
        let row =
            rows.iter().find(|row| blake3::Hash::from_hex(&row.token_hash).is_ok_and(|known| known == hash));
        let row = row.ok_or(AuthError::Unknown)?;
        row.check(now_ms).map(|()| row.office(Proof::Token(hash)))
    }

    /// Lists all tokens. Where they cannot be read the operator reads why in the record; the sender of a token does not.
    fn rows(&self) -> Result<Vec<TokenRow>, AuthError> {
        self.list().map_err(|error| {
            tracing::error!(%error, "the offices cannot be read");
            AuthError::Unreadable
        })
    }

    /// Gives an office a token, which is returned this once.
    ///
    /// # Errors
    /// The id is none, the token would have expired, or the file cannot be written.
    pub fn add(
        &self,
        id: &str,
        rights: &Rights,
        now_ms: i64,
        expires_at_ms: Option<i64>,
    ) -> Result<String, OfficeError> {
        if ozg_core::words::Slug::read(id).is_err() {
            return Err(OfficeError::BadId(id.to_owned()));
        }
        if expires_at_ms.is_some_and(|expires| expires <= now_ms) {
            return Err(OfficeError::ExpiredAlready);
        }
        let mut random = [0u8; TOKEN_BYTES];
        getrandom::fill(&mut random).map_err(|_| OfficeError::NoRandomness)?;
        let digits: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let token = format!("{TOKEN_PREFIX}{digits}");
        let Rights { areas, topics, coordinates } = rights;
        let texts = |places: &Vec<_>| places.iter().map(ToString::to_string).collect();
        let row = TokenRow {
            id: id.to_owned(),
            areas: texts(areas),
            topics: topics.iter().map(|topic| topic.id().to_owned()).collect(),
            coordinates: coordinates.as_ref().map(texts),
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

    /// Lists all tokens, in the order in which they were made. Without the file there are none.
    ///
    /// # Errors
    /// The file cannot be read, or there is none any more.
    pub fn list(&self) -> Result<Vec<TokenRow>, OfficeError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = match self.stamp() {
            Err(error) if error.kind() == ErrorKind::NotFound && read.0.is_none() => return Ok(Vec::new()),
            stamp => Some(stamp.map_err(|error| self.io(error))?),
        };
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
            row.areas
                .iter()
                .chain(row.coordinates.iter().flatten())
                .all(|area| Rights::read_area(area).is_ok())
                && row.topics.iter().all(|topic| Topic::read(topic).is_ok())
        };
        // An area that is not understood must not widen what a token may do: an empty list means all.
        match file.offices.iter().find(|row| !known(row)) {
            Some(row) => Err(unreadable(format!("the office {} has an unknown area or topic", row.id))),
            None => Ok(file.offices),
        }
    }

    fn stamp(&self) -> std::io::Result<Stamp> {
        let metadata = std::fs::metadata(&self.path)?;
        Ok((metadata.ino(), metadata.size(), metadata.mtime(), metadata.mtime_nsec()))
    }

    fn io(&self, error: std::io::Error) -> OfficeError {
        OfficeError::Io { path: self.path.display().to_string(), error }
    }
}

impl TokenRow {
    /// Tells whether the token is valid.
    ///
    /// # Errors
    /// It was revoked, or has expired.
    pub fn check(&self, now_ms: i64) -> Result<(), AuthError> {
        if self.revoked_at_ms.is_some() {
            return Err(AuthError::Revoked);
        }
        match self.expires_at_ms {
            Some(expires) if expires <= now_ms => Err(AuthError::Expired),
            _ => Ok(()),
        }
    }

    fn office(&self, proof: Proof) -> Office {
        let places =
            |texts: &Vec<String>| texts.iter().filter_map(|text| Rights::read_area(text).ok()).collect();
        let rights = Rights {
            areas: places(&self.areas),
            topics: self.topics.iter().filter_map(|topic| Topic::read(topic).ok()).collect(),
            coordinates: self.coordinates.as_ref().map(places),
        };
        Office { id: self.id.clone(), rights, proof }
    }
}

#[cfg(test)]
mod tests;
