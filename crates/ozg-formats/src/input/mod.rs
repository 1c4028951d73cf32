//! Inputs: one table of what is read, how it is recognised, and by which function.

mod cloudevents;
mod guess;
mod headings;
pub(crate) mod json;
mod ndjson;
mod rows;
mod sheet;
pub(crate) mod sink;
mod syntax;
mod text;

pub use cloudevents::cloud_event_id;
pub use headings::{COLUMNS_MAX, heading_of, type_word};
pub use json::{DEPTH_MAX, MEMBERS_MAX};
pub use sheet::CELL_BYTES_MAX;
pub use sink::{EVENTS_MAX, MISTAKES_MAX};

use ozg_core::event::{Draft, EventType, RawEvent};
use ozg_core::mistake::{Fault, Mistake};
use ozg_core::words::Label;
use sink::Sink;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputKind {
    /// One event or an array of events as plain JSON.
    Json,
    /// One CloudEvent or an array of them.
    CloudEvents,
    /// One event as JSON a line.
    Ndjson,
    /// A sheet whose header says what its rows are.
    Csv,
    /// A sheet of milestones.
    Milestones,
    /// A sheet of published figures.
    Figures,
}

/// One row of the table of inputs.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Which kind.
    pub kind: InputKind,
    /// Id, as in `as=` and `--as`.
    pub id: &'static str,
    /// Media types that name it; the first row with a media type is meant by it.
    pub content_types: &'static [&'static str],
    /// Endings of file names, without the point.
    pub endings: &'static [&'static str],
    /// Name in both languages.
    pub label: Label,
    /// What it holds.
    pub doc: &'static str,
    read: fn(&str, &mut Sink<'_>),
    windows_1252: bool,
}

const SHEET_TYPES: &[&str] = &["text/csv", "text/tab-separated-values"];
const SHEET_ENDINGS: &[&str] = &["csv", "tsv"];

/// All inputs.
pub const INPUTS: &[Input] = &[
    Input {
        kind: InputKind::Json,
        id: "json",
        content_types: &["application/json"],
        endings: &["json"],
        label: Label { de: "Ereignisse als JSON", en: "events as JSON" },
        doc: "One event, or an array of events: `type` and its fields.",
        read: json::read,
        windows_1252: false,
    },
    Input {
        kind: InputKind::CloudEvents,
        id: "cloudevents",
        content_types: &["application/cloudevents+json", "application/cloudevents-batch+json"],
        endings: &[],
        label: Label { de: "CloudEvents 1.0", en: "CloudEvents 1.0" },
        doc: "One CloudEvent, or an array of them: `type` is `de.ozg-tracker.<type>.v1`, the fields stand in `data`.",
        read: cloudevents::read,
        windows_1252: false,
    },
    Input {
        kind: InputKind::Ndjson,
        id: "ndjson",
        content_types: &["application/x-ndjson", "application/ndjson", "application/jsonl"],
        endings: &["ndjson", "jsonl"],
        label: Label { de: "Ereignisse als JSON, eines je Zeile", en: "events as JSON, one a line" },
        doc: "One event as JSON a line; empty lines are skipped.",
        read: ndjson::read,
        windows_1252: false,
    },
    Input {
        kind: InputKind::Csv,
        id: "csv",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Tabelle (CSV)", en: "sheet (CSV)" },
        doc: "A sheet: figures where there is a column `Kennzahl`, milestones where there is a column `Stufe`, else a column `type` says what a row is.",
        read: |text, sink| sheet::read(text, None, sink),
        windows_1252: true,
    },
    Input {
        kind: InputKind::Milestones,
        id: "milestones",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Meilensteine (CSV)", en: "milestones (CSV)" },
        doc: "A sheet of milestones, reached unless the column `Art` says otherwise.",
        read: |text, sink| sheet::read(text, Some(EventType::MilestoneReached), sink),
        windows_1252: true,
    },
    Input {
        kind: InputKind::Figures,
        id: "figures",
        content_types: SHEET_TYPES,
        endings: SHEET_ENDINGS,
        label: Label { de: "Veröffentlichte Zahlen (CSV)", en: "published figures (CSV)" },
        doc: "A sheet of published figures, one a row.",
        read: |text, sink| sheet::read(text, Some(EventType::FigureReported), sink),
        windows_1252: true,
    },
];

impl InputKind {
    /// Returns its row of the table.
    #[must_use]
    pub fn row(self) -> &'static Input {
        &INPUTS[self as usize]
    }

    /// Reads the id of an input.
    ///
    /// # Errors
    /// `unknown_word` with all known ones.
    pub fn read(text: &str) -> Result<InputKind, Fault> {
        INPUTS
            .iter()
            .find(|input| input.id == text.trim())
            .map(|input| input.kind)
            .ok_or_else(|| guess::unknown(text))
    }

    /// Returns the input that a media type names, whatever its parameters.
    #[must_use]
    pub fn of_content_type(content_type: &str) -> Option<InputKind> {
        let name = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        INPUTS.iter().find(|input| input.content_types.contains(&name.as_str())).map(|input| input.kind)
    }

    /// Returns the input that the ending of a file name stands for.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<InputKind> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        INPUTS.iter().find(|input| input.endings.contains(&ending.as_str())).map(|input| input.kind)
    }

    /// Guesses what a file is, from the ending of its name and from what stands in it.
    #[must_use]
    pub fn of_file(name: &str, bytes: &[u8]) -> InputKind {
        guess::of_file(name, bytes)
    }
}

/// Reads the statements of an input without looking into their fields. What it is follows from `kind`, else from the
/// media type, else from the bytes themselves.
///
/// # Errors
/// Everything that keeps a statement from being read: encoding, syntax, headings, cells, limits.
pub fn read(
    bytes: &[u8],
    kind: Option<InputKind>,
    content_type: Option<&str>,
) -> Result<Vec<RawEvent>, Vec<Mistake>> {
    let mut events = Vec::new();
    read_each(bytes, kind, content_type, EVENTS_MAX, &mut |event| {
        events.push(event);
        Ok(())
    })?;
    Ok(events)
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
    read_each(bytes, kind, content_type, EVENTS_MAX, &mut |event| {
        drafts.push(event.read(None)?);
        Ok(())
    })?;
    Ok(drafts)
}

/// Reads the statements of an input one by one, so that none need be kept.
///
/// # Errors
/// Those of [`read`] and what `take` returns.
pub fn read_each(
    bytes: &[u8],
    kind: Option<InputKind>,
    content_type: Option<&str>,
    events_max: usize,
    take: &mut dyn FnMut(RawEvent) -> Result<(), Vec<Mistake>>,
) -> Result<(), Vec<Mistake>> {
    let decoded = text::decode(bytes).map_err(|mistake| vec![*mistake])?;
    let kind = kind.or_else(|| content_type.and_then(InputKind::of_content_type));
    let input = kind.unwrap_or_else(|| guess::kind(&decoded.text)).row();
    let mut sink = Sink::new(take, events_max);
    match decoded.assumed {
        Some(mistake) if !input.windows_1252 => sink.mistake(*mistake),
        _ => (input.read)(&decoded.text, &mut sink),
    }
    sink.finish().or(())
}
