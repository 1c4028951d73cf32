//! What the bytes of an input are before anybody looks at what they say: a text or a workbook.

use super::archive::{Unpacked, damaged, protected, whole};
use super::row::RowSource;
use super::rows::{Rows, with_line_feeds};
use super::text::{Decoded, decode};
use super::workbook::Workbook;
use ozg_core::mistake::{Code, Fault, Mistake};
use std::borrow::Cow;

/// The content of an input.
pub(crate) enum Content<'a> {
    /// A text.
    Text(Decoded<'a>),
    /// A workbook (XLSX).
    Workbook(Box<Workbook<'a>>),
}

/// With what a file begins that keeps several streams: old Excel, or anything that is protected by a password.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

impl<'a> Content<'a> {
    /// Finds out what unpacked bytes are.
    ///
    /// # Errors
    /// `unreadable` for files of another kind, damaged or protected ones; `wrong_encoding` for bytes that are no text.
    pub(crate) fn of(unpacked: &'a Unpacked<'a>) -> Result<Content<'a>, Box<Mistake>> {
        match unpacked {
            Unpacked::Workbook(bytes) => Ok(Content::Workbook(Box::new(Workbook::open(bytes)?))),
            Unpacked::File(bytes) if is_protected(bytes) => Err(whole(protected())),
            Unpacked::File(bytes) if bytes.starts_with(b"PK\x03\x04") => Err(whole(damaged())),
            Unpacked::File(bytes) => decode(bytes).map(Content::Text),
        }
    }

    /// Returns the mistake for formats that are UTF-8 only, where the text is not.
    pub(crate) fn assumed(&self) -> Option<&Mistake> {
        match self {
            Content::Text(decoded) => decoded.assumed.as_deref(),
            Content::Workbook(_) => None,
        }
    }

    /// Returns the text, or the mistake that a workbook is none.
    pub(crate) fn text(&self) -> Result<&str, Box<Mistake>> {
        match self {
            Content::Text(decoded) => Ok(&decoded.text),
            Content::Workbook(_) => Err(whole(Fault::say(
                Code::Unreadable,
                "Das ist eine Arbeitsmappe (XLSX); hier wird ein Text gelesen",
                "This is a workbook (XLSX); a text is read here",
            ))),
        }
    }

    /// Hands its rows of cells on, those that are marked as comments among them.
    ///
    /// # Errors
    /// Those of [`Content::rows`].
    pub(crate) fn all_rows<R>(
        &mut self,
        read: impl FnOnce(&mut dyn RowSource) -> R,
    ) -> Result<R, Box<Mistake>> {
        match self {
            Content::Text(decoded) => {
                let text: Cow<'_, str> = with_line_feeds(&decoded.text);
                Ok(read(&mut Rows::with_comments(&text, true)))
            }
            Content::Workbook(workbook) => Ok(read(&mut workbook.rows()?.with_comments())),
        }
    }

    /// Hands its rows of cells on.
    ///
    /// # Errors
    /// `unreadable` for a workbook without a sheet that could be meant.
    pub(crate) fn rows<R>(&mut self, read: impl FnOnce(&mut dyn RowSource) -> R) -> Result<R, Box<Mistake>> {
        match self {
            Content::Text(decoded) => {
                let text: Cow<'_, str> = with_line_feeds(&decoded.text);
                Ok(read(&mut Rows::new(&text)))
            }
            Content::Workbook(workbook) => Ok(read(&mut workbook.rows()?)),
        }
    }
}

/// Tells whether a file is a workbook behind a password: a compound file with a stream of that name, in UTF-16.
fn is_protected(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND_FILE) && bytes.windows(name.len()).any(|window| window == name)
}
