//! Inputs: one table says what is read, how it is recognised and which function reads it. Most inputs are statements.
//! Some are editions, which describe everything of a kind on one day.

mod across;
mod archive;
mod asides;
mod availability;
mod cells;
mod choice;
mod cloudevents;
mod columns;
mod contacts;
pub(crate) mod content;
mod dump;
mod finding;
mod foreign;
mod guess;
mod gv100ad;
mod header;
pub(crate) mod headings;
pub(crate) mod json;
mod keys;
mod kind;
mod layouts;
mod left_out;
mod leika;
mod mapping;
mod mapping_draft;
mod merged;
mod ndjson;
pub(crate) mod numbers;
mod ods;
mod ods_cells;
mod ods_styles;
pub(crate) mod opening;
mod ozg;
mod pages;
mod register;
mod remarks;
pub(crate) mod row;
pub(crate) mod rows;
mod shape;
mod shares;
mod sheet;
pub(crate) mod shown;
pub(crate) mod sink;
mod successors;
mod syntax;
mod table;
mod text;
mod turned;
mod unclear;
mod unseen;
pub(crate) mod workbook;
pub(crate) mod xlsx_parts;

pub use archive::{ARCHIVE_FILES_MAX, UNPACKED_BYTES_MAX, UNPACKED_RATIO_MAX, WORKBOOK_BYTES_MAX};
pub use cells::CELL_BYTES_MAX;
pub use cloudevents::cloud_event_id;
pub use headings::{COLUMNS_MAX, heading_of, type_word};
pub use json::{DEPTH_MAX, MEMBERS_MAX};
pub use kind::InputKind;
pub use mapping::{MAPPING_BYTES_MAX, MAPPING_MEMBERS, Mapping, Shape};
pub use mapping_draft::map_draft;
pub use opening::HEADER_ROWS_MAX;
pub use remarks::REMARKS_MAX;
pub use sink::{EVENTS_MAX, MISTAKES_MAX};
pub use table::{INPUTS, Input};

pub(crate) use archive::{Unpacked, unpack};
pub(crate) use content::Content;

use crate::sheets::Downloaded;
use ozg_core::edition::Edition;
use ozg_core::event::{Draft, RawEvent};
use ozg_core::mistake::Mistake;
use ozg_core::remarked::Remarked;
use ozg_core::words::PartialDate;
use sink::Sink;

/// What an input is beside the statements that it passes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The edition that it is; none for an input of statements.
    pub edition: Option<Edition>,
    /// Remarks of the reader, for the person who sent it.
    pub remarks: Vec<Remarked>,
    /// Statements that cells of a sheet deny. They record nothing; one of them without a day is about today.
    pub denied: Vec<RawEvent>,
    /// What the sheet was downloaded as, where it is one that holds what stood.
    pub downloaded: Option<Downloaded>,
}

/// An input that cannot be read: every mistake of it, and the remarks on what was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
    /// Remarks of the reader.
    pub remarks: Vec<Remarked>,
}

impl From<Vec<Mistake>> for Refused {
    fn from(mistakes: Vec<Mistake>) -> Refused {
        Refused { mistakes, remarks: Vec::new() }
    }
}

/// What the sender says about an input.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The kind of the input; else that of the media type, else it is guessed from the bytes.
    pub kind: Option<InputKind>,
    /// The media type.
    pub content_type: Option<&'a str>,
    /// The sheets of a workbook that are to be read: a name, several with `/` between them, or `all` that look like data; else
    /// the one that looks most like data. Several are one input.
    pub sheet: Option<&'a str>,
    /// The day of a sheet that says what holds and not since when.
    pub day: Option<PartialDate>,
    /// What the columns and words of a sheet mean.
    pub mapping: Option<&'a Mapping>,
}

/// Reads the statements of an input without looking into their fields. The kind of the input is `kind`, else that of the
/// media type, else it is guessed from the bytes.
///
/// # Errors
/// Every mistake that keeps a statement from being read: of encoding, syntax, headings, cells, limits. `unreadable` for an
/// edition, which only [`read_each`] returns.
pub fn read(
    bytes: &[u8],
    kind: Option<InputKind>,
    content_type: Option<&str>,
) -> Result<Vec<RawEvent>, Vec<Mistake>> {
    let mut events = Vec::new();
    let reading = read_each(bytes, kind, content_type, EVENTS_MAX, &mut |event| {
        events.push(event);
        Ok(())
    })?;
    reading.edition.map_or(Ok(events), |_| Err(vec![states_no_events()]))
}

/// Reads the statements of an input together with their fields.
///
/// # Errors
/// Those of [`read`] and every mistake of every statement, up to [`MISTAKES_MAX`] and one that says how many more.
pub fn read_drafts(
    bytes: &[u8],
    kind: Option<InputKind>,
    content_type: Option<&str>,
) -> Result<Vec<Draft>, Vec<Mistake>> {
    let mut drafts = Vec::new();
    let reading = read_each(bytes, kind, content_type, EVENTS_MAX, &mut |event| {
        drafts.push(event.read(None)?);
        Ok(())
    })?;
    reading.edition.map_or(Ok(drafts), |_| Err(vec![states_no_events()]))
}

/// Reads an input. Statements are passed to `take` one by one, so that memory never holds all of them; an edition is returned,
/// and the remarks of the reader.
///
/// # Errors
/// Those of [`read`] and what `take` returns.
pub fn read_each(
    bytes: &[u8],
    kind: Option<InputKind>,
    content_type: Option<&str>,
    events_max: usize,
    take: &mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
) -> Result<Reading, Vec<Mistake>> {
    let asked = Asked { kind, content_type, ..Asked::default() };
    read_asked(bytes, &asked, events_max, take).map_err(|refused| refused.mistakes)
}

/// Reads an input as its sender asks for it; else as [`read_each`].
///
/// # Errors
/// Those of [`read_each`], `unknown_word` for a sheet that the workbook does not have, and those of a mapping that does not fit
/// the sheet. The remarks stand beside them.
pub fn read_asked(
    bytes: &[u8],
    asked: &Asked<'_>,
    events_max: usize,
    take: &mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
) -> Result<Reading, Refused> {
    let Asked { kind, content_type, day, mapping, .. } = *asked;
    let unpacked = unpack(bytes).map_err(|mistake| vec![*mistake])?;
    let sheet = asked.sheet.or(mapping.and_then(|mapping| mapping.sheet.as_deref()));
    let mut content = Content::of(&unpacked, sheet).map_err(|mistake| vec![*mistake])?;
    let mut sink = Sink::new(take, events_max).told(day, mapping);
    let mut edition = None;
    loop {
        let input = guess::of_content(kind, content_type, &mut content).row();
        sink.start_sheet(content.sheet_of_several());
        match content.assumed() {
            Some(mistake) if !input.windows_1252 => sink.mistake(mistake.clone()),
            _ => edition = (input.read)(&mut content, &mut sink),
        }
        if input.is_edition && content.sheet_of_several().is_some() {
            sink.mistake(choice::edition_of_several());
        }
        content.remark(&mut sink);
        if !content.next_sheet() {
            break;
        }
    }
    sink.start_sheet(None);
    content.remark_unread(&mut sink);
    let is_edition = edition.is_some();
    let (mistakes, remarks, denied) = sink.finish(is_edition);
    let downloaded = content.downloaded();
    match mistakes.or(()) {
        Ok(()) => Ok(Reading { edition, remarks, denied, downloaded }),
        Err(mistakes) => Err(Refused { mistakes, remarks }),
    }
}

/// Makes the mistake of an edition where statements are expected. The statements of an edition depend on the state.
fn states_no_events() -> Mistake {
    sink::unreadable(
        0,
        "Das ist ein Verzeichnis oder Katalog; hier werden nur einzelne Ereignisse gelesen",
        "This is a register or a catalogue; only single events are read here",
    )
}
