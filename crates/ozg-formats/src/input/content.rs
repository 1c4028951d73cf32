//! The content of an input, as its bytes show it before anything is read: a text or a workbook.

use super::archive::{Unpacked, damaged, whole};

use super::choice::{self, SheetChosen, SheetOffered};
use super::ods::Ods;
use super::row::RowSource;
use super::rows::{Rows, with_line_feeds};
use super::sink::Sink;
use super::text::{Decoded, decode};
use super::workbook::Workbook;
use crate::sheets::Downloaded;
use ozg_core::mistake::{Code, Fault, Mistake};
use std::borrow::Cow;

/// The content of an input.
pub(crate) enum Content<'a> {
    /// A text.
    Text(Decoded<'a>),
    /// A workbook, and the sheet of it that is read.
    Workbook(Box<dyn Book + 'a>, SheetChosen),
}

/// A workbook: sheets of cells.
pub(crate) trait Book {
    /// Lists its sheets.
    fn sheets(&mut self) -> Vec<SheetOffered>;

    /// Passes the rows of a sheet to `read`.
    fn read(
        &mut self,
        sheet: &str,
        wants_comments: bool,
        read: &mut dyn FnMut(&mut dyn RowSource),
    ) -> Result<(), Box<Mistake>>;

    /// Remarks once on what was read of a sheet.
    fn remark(&mut self, _: &mut Sink<'_>) {}
}

impl<'a> Content<'a> {
    /// Recognises unpacked bytes; `sheet` is the name of the sheet of a workbook that is to be read.
    ///
    /// # Errors
    /// `unreadable` for a file of another kind, a damaged or a protected one; `wrong_encoding` for bytes that are not text;
    /// `unknown_word` for a sheet that is not there.
    pub(crate) fn of(unpacked: &'a Unpacked<'a>, sheet: Option<&str>) -> Result<Content<'a>, Box<Mistake>> {
        match unpacked {
            Unpacked::Workbook(bytes) => {
                let mut book = Box::new(Workbook::open(bytes)?);
                let chosen = choice::choose(&book.sheets(), sheet)?;
                Ok(Content::Workbook(book, chosen))
            }
            Unpacked::OpenDocument { content, styles } => {
                let mut book = Box::new(Ods::open(content, styles)?);
                let chosen = choice::choose(&book.sheets(), sheet)?;
                Ok(Content::Workbook(book, chosen))
            }
            Unpacked::File(bytes) if bytes.starts_with(b"PK\x03\x04") => Err(whole(damaged())),
            Unpacked::File(bytes) => {
                let decoded = decode(bytes)?;
                if sheet.is_some() { Err(whole(no_workbook())) } else { Ok(Content::Text(decoded)) }
            }
        }
    }

    /// Returns the mistake of a text that is not UTF-8, for formats that must be.
    pub(crate) fn assumed(&self) -> Option<&Mistake> {
        match self {
            Content::Text(decoded) => decoded.assumed.as_deref(),
            Content::Workbook(..) => None,
        }
    }

    /// Returns the text; a workbook is a mistake.
    pub(crate) fn text(&self) -> Result<&str, Box<Mistake>> {
        match self {
            Content::Text(decoded) => Ok(&decoded.text),
            Content::Workbook(..) => Err(whole(Fault::say(
                Code::Unreadable,
                "Das ist eine Arbeitsmappe (XLSX oder ODS); erwartet wird Text",
                "This is a workbook (XLSX or ODS); text is expected",
            ))),
        }
    }

    /// Returns what a workbook was downloaded as.
    pub(crate) fn downloaded(&self) -> Option<Downloaded> {
        match self {
            Content::Text(_) => None,
            Content::Workbook(_, chosen) => chosen.downloaded.clone(),
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
        self.read_rows(true, read)
    }

    /// Passes the rows of cells to `read`.
    ///
    /// # Errors
    /// `unreadable` for a workbook without a readable sheet.
    pub(crate) fn rows<R>(&mut self, read: impl FnOnce(&mut dyn RowSource) -> R) -> Result<R, Box<Mistake>> {
        self.read_rows(false, read)
    }

    /// Returns the name of the sheet that is read.
    pub(crate) fn sheet(&self) -> Option<&str> {
        match self {
            Content::Text(_) => None,
            Content::Workbook(_, chosen) => Some(&chosen.name),
        }
    }

    /// Returns the name of the sheet that is read, where several are.
    pub(crate) fn sheet_of_several(&self) -> Option<&str> {
        match self {
            Content::Workbook(_, chosen) if chosen.are_several => Some(&chosen.name),
            Content::Text(_) | Content::Workbook(..) => None,
        }
    }

    /// Goes on to the next sheet that is to be read; tells whether there is one.
    pub(crate) fn next_sheet(&mut self) -> bool {
        match self {
            Content::Text(_) => false,
            Content::Workbook(_, chosen) => chosen.go_on(),
        }
    }

    /// Remarks once on how the sheet was read.
    pub(crate) fn remark(&mut self, sink: &mut Sink<'_>) {
        match self {
            Content::Text(decoded) => decoded.remark.iter().for_each(|remark| sink.remark(remark.clone())),
            Content::Workbook(book, _) => book.remark(sink),
        }
    }

    /// Names the sheets that are not read.
    pub(crate) fn remark_unread(&self, sink: &mut Sink<'_>) {
        if let Content::Workbook(_, chosen) = self {
            chosen.remark(sink);
        }
    }

    fn read_rows<R>(
        &mut self,
        wants_comments: bool,
        read: impl FnOnce(&mut dyn RowSource) -> R,
    ) -> Result<R, Box<Mistake>> {
        match self {
            Content::Text(decoded) => {
                let text: Cow<'_, str> = with_line_feeds(&decoded.text);
                Ok(read(&mut Rows::with_comments(&text, wants_comments)))
            }
            Content::Workbook(book, chosen) => {
                let (mut read, mut found) = (Some(read), None);
                book.read(&chosen.name, wants_comments, &mut |source| {
                    found = read.take().map(|read| read(source));
                })?;
                found.ok_or_else(|| whole(damaged()))
            }
        }
    }
}

fn no_workbook() -> Fault {
    Fault::say(
        Code::Unreadable,
        "Die Datei ist keine Arbeitsmappe; ein Tabellenblatt kann nicht gewählt werden",
        "The file is no workbook; no sheet of it can be chosen",
    )
}
