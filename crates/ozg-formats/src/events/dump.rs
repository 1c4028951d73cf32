//! The whole log as NDJSON: one entry per line, with everything that is needed to load the log again exactly as it was.

use super::json::{EntryHead, event_json};
use crate::input::json::{Members, event, members};
use crate::input::sink::{Mistakes, line_number, unreadable};
use ozg_core::event::{Draft, Event, Form, Replaces, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::time::{read_rfc3339, rfc3339};
use ozg_core::words::Position;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// One batch of a dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpBatch {
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: i64,
    /// The office that recorded it.
    pub office: String,
    /// Whether its entries were generated.
    pub simulated: bool,
    /// Position of its first entry.
    pub first: Position,
    /// Its events, each with its id.
    pub entries: Vec<Draft>,
}

/// Writes one entry as a line of a dump; `batch_last` is the position of the last entry of its batch.
///
/// # Errors
/// Those of the writer.
pub fn write_dump_entry(
    head: &EntryHead,
    batch_last: Position,
    simulated: bool,
    event: &Event,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = Map::new();
    line.insert("position".to_owned(), head.position.get().into());
    line.insert("recorded_at".to_owned(), rfc3339(head.recorded_at_ms).into());
    line.insert("office".to_owned(), head.office.as_str().into());
    line.insert("batch_last".to_owned(), batch_last.get().into());
    if simulated {
        line.insert("simulated".to_owned(), true.into());
    }
    line.insert("event".to_owned(), event_json(event));
    serde_json::to_writer(&mut *out, &Value::Object(line))?;
    out.write_all(b"\n")
}

/// Reads a dump.
///
/// # Errors
/// Every line that does not belong to a dump, every event that cannot be read, and the first gap: a position that is missing
/// or repeated, a batch that breaks off, a time that goes back.
pub fn read_dump(bytes: &[u8]) -> Result<Vec<DumpBatch>, Vec<Mistake>> {
    let mut batches = Vec::new();
    let mut mistakes = Mistakes::default();
    for batch in DumpBatches::new(bytes)? {
        match batch {
            Ok(batch) => batches.push(batch),
            Err(more) => mistakes.add(more),
        }
    }
    mistakes.or(batches)
}

/// Reads a dump batch by batch, so that memory never holds all of it. The iteration ends after a gap.
#[derive(Debug)]
pub struct DumpBatches<'a> {
    lines: std::iter::Enumerate<std::str::Lines<'a>>,
    next_position: Option<Position>,
    latest_ms: i64,
    has_ended: bool,
}

/// One line of a dump.
struct Line {
    head: EntryHead,
    batch_last: Position,
    simulated: bool,
    event: Result<Draft, Vec<Mistake>>,
}

impl<'a> DumpBatches<'a> {
    /// Starts to read a dump, which may begin at any position.
    ///
    /// # Errors
    /// `wrong_encoding` for bytes that are not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<DumpBatches<'a>, Vec<Mistake>> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            let fault = Fault::say(Code::WrongEncoding, "Ein Abzug muss UTF-8 sein", "A dump must be UTF-8");
            vec![Mistake::at(&Where::default().field(""), "", None, fault)]
        })?;
        let lines = text.lines().enumerate();
        Ok(DumpBatches { lines, next_position: None, latest_ms: i64::MIN, has_ended: false })
    }

    fn batch(&mut self) -> Result<Option<DumpBatch>, Vec<Mistake>> {
        let mut batch: Option<(DumpBatch, Position)> = None;
        let mut mistakes = Mistakes::default();
        loop {
            let Some((at, text)) = self.lines.by_ref().find(|(_, text)| !text.trim().is_empty()) else {
                return match batch {
                    Some((batch, last)) => Err(vec![self.end(breaks_off(batch.first, last))]),
                    None => mistakes.or(None),
                };
            };
            let number = line_number(at + 1);
            let line = line(number, text).inspect_err(|_| self.has_ended = true)?;
            self.check(number, &line, batch.as_ref()).map_err(|mistake| vec![self.end(*mistake)])?;
            let position = line.head.position;
            let (into, last) = batch.get_or_insert_with(|| start(&line));
            match line.event {
                Ok(draft) => into.entries.push(draft),
                Err(more) => mistakes.add(more),
            }
            if position == *last {
                return mistakes.or(batch.map(|(batch, _)| batch));
            }
        }
    }

    /// Checks that a line continues the previous ones.
    fn check(
        &mut self,
        number: u32,
        line: &Line,
        batch: Option<&(DumpBatch, Position)>,
    ) -> Result<(), Box<Mistake>> {
        let position = line.head.position;
        if let Some(expected) = self.next_position.filter(|expected| *expected != position) {
            return Err(Box::new(gap(number, expected, position)));
        }
        let follows = match batch {
            Some((batch, last)) => {
                (line.batch_last, line.head.recorded_at_ms) == (*last, batch.recorded_at_ms)
                    && (&line.head.office, line.simulated) == (&batch.office, batch.simulated)
            }
            None => {
                line.batch_last >= position
                    && line.head.recorded_at_ms >= self.latest_ms
                    && !position.is_start()
            }
        };
        if !follows {
            return Err(Box::new(out_of_order(number)));
        }
        self.next_position = Some(position.next());
        self.latest_ms = line.head.recorded_at_ms;
        Ok(())
    }

    fn end(&mut self, mistake: Mistake) -> Mistake {
        self.has_ended = true;
        mistake
    }
}

impl Iterator for DumpBatches<'_> {
    type Item = Result<DumpBatch, Vec<Mistake>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended { None } else { self.batch().transpose() }
    }
}

fn start(line: &Line) -> (DumpBatch, Position) {
    let batch = DumpBatch {
        recorded_at_ms: line.head.recorded_at_ms,
        office: line.head.office.clone(),
        simulated: line.simulated,
        first: line.head.position,
        entries: Vec::new(),
    };
    (batch, line.batch_last)
}

/// The fields of a line; `simulated` may be missing.
const FIELDS: [&str; 6] = ["position", "recorded_at", "office", "batch_last", "simulated", "event"];

fn line(number: u32, text: &str) -> Result<Line, Vec<Mistake>> {
    let at = Where { line: number, form: Form::Json(String::new()) };
    let value: &RawValue = serde_json::from_str(text).map_err(|_| vec![no_line(number)])?;
    let Members(members) = members(&at, value).map_err(|mistake| vec![*mistake])?;
    let is_known = |name: &str| FIELDS.contains(&name);
    let repeated = (1..members.len()).any(|at| members[..at].iter().any(|(name, _)| *name == members[at].0));
    if repeated || members.iter().any(|(name, _)| !is_known(name)) {
        return Err(vec![no_line(number)]);
    }
    let get = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
    let parsed = || {
        let recorded_at: String = serde_json::from_str(get("recorded_at")?.get()).ok()?;
        let head = EntryHead {
            position: serde_json::from_str(get("position")?.get()).ok()?,
            recorded_at_ms: read_rfc3339(&recorded_at)?,
            office: serde_json::from_str(get("office")?.get()).ok()?,
        };
        let batch_last: Position = serde_json::from_str(get("batch_last")?.get()).ok()?;
        let simulated = get("simulated").map_or(Some(false), |flag| serde_json::from_str(flag.get()).ok())?;
        Some((head, batch_last, simulated, get("event")?))
    };
    let (head, batch_last, simulated, event) = parsed().ok_or_else(|| vec![no_line(number)])?;
    Ok(Line { head, batch_last, simulated, event: entry(number, event) })
}

/// Reads the event of a line. In a log every event has an id, and a correction names the entry that it replaces by id.
fn entry(number: u32, value: &RawValue) -> Result<Draft, Vec<Mistake>> {
    let at = Where { line: number, form: Form::Json("/event".to_owned()) };
    let draft = event(at, value).map_err(|mistake| vec![*mistake])?.read(None)?;
    let lacks = match (&draft.id, &draft.replaces) {
        (None, _) => "id",
        (_, Some(Replaces::Standing)) => "replaces",
        _ => return Ok(draft),
    };
    let fault = Fault::say(
        Code::BadId,
        "Erwartet wird die Kennung eines Eintrags (UUID)",
        "The id of an entry (UUID) is expected",
    );
    Err(vec![Mistake::at(&draft.at.field(lacks), lacks, None, fault)])
}

fn no_line(number: u32) -> Mistake {
    let fields = "position, recorded_at, office, batch_last, event";
    unreadable(
        number,
        format!("Das ist keine Zeile eines Abzugs; eine solche hat {fields}"),
        format!("This is not a line of a dump; such a line has {fields}"),
    )
}

fn gap(number: u32, expected: Position, found: Position) -> Mistake {
    let before = expected.previous().unwrap_or_default();
    unreadable(
        number,
        format!("Der Abzug hat eine Lücke: nach Position {before} kommt {found}"),
        format!("The dump has a gap: position {before} is followed by {found}"),
    )
}

fn out_of_order(number: u32) -> Mistake {
    unreadable(
        number,
        "Die Zeile passt nicht zur vorigen: batch_last, recorded_at, office und simulated sind in einem Stapel gleich, und die Zeit geht nicht zurück",
        "The line does not fit the previous one: batch_last, recorded_at, office and simulated are the same within a batch, and time does not go back",
    )
}

fn breaks_off(first: Position, last: Position) -> Mistake {
    unreadable(
        0,
        format!("Der Abzug bricht im Stapel {first} bis {last} ab"),
        format!("The dump breaks off within the batch {first} to {last}"),
    )
}
