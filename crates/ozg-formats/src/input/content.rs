//! The content of an input, as its bytes show it before anything is read: a text or a workbook.

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

/// The first bytes of a compound file: an old Excel file, or any file that is protected by a password.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

impl<'a> Content<'a> {
    /// Recognises unpacked bytes.
    ///
    /// # Errors
    /// `unreadable` for a file of another kind, a damaged or a protected one; `wrong_encoding` for bytes that are not text.
    pub(crate) fn of(unpacked: &'a Unpacked<'a>) -> Result<Content<'a>, Box<Mistake>> {
        match unpacked {
            Unpacked::Workbook(bytes) => Ok(Content::Workbook(Box::new(Workbook::open(bytes)?))),
            Unpacked::File(bytes) if is_protected(bytes) => Err(whole(protected())),
            Unpacked::File(bytes) if bytes.starts_with(b"PK\x03\x04") => Err(whole(damaged())),
            Unpacked::File(bytes) => decode(bytes).map(Content::Text),
        }
    }

    /// Returns the mistake of a text that is not UTF-8, for formats that must be.
    pub(crate) fn assumed(&self) -> Option<&Mistake> {
        match self {
            Content::Text(decoded) => decoded.assumed.as_deref(),
            Content::Workbook(_) => None,
        }
    }

    /// Returns the text; a workbook is a mistake.
    pub(crate) fn text(&self) -> Result<&str, Box<Mistake>> {
        match self {
            Content::Text(decoded) => Ok(&decoded.text),
            Content::Workbook(_) => Err(whole(Fault::say(
                Code::Unreadable,
                "Das ist eine Arbeitsmappe (XLSX); erwartet wird Text",
                "This is a workbook (XLSX); text is expected",
            ))),
        }
    }

    /// Passes all rows of cells to `read`, including comments.
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

    /// Passes the rows of cells to `read`.
    ///
    /// # Errors
    /// `unreadable` for a workbook without a readable sheet.
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

/// Tells whether a compound file is a workbook behind a password, by the name of its stream in UTF-16.
fn is_protected(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(COMPOUND_FILE) && bytes.windows(name.len()).any(|window| window == name)
}
