//! The whole log as NDJSON: one entry per line, with everything that is needed to load the log again exactly as it was.
//! A free text stands in a line of its own behind its entry, which names it by its hash. Without that line the text was removed. A text
//! that no hash names stands in the entry itself, as older logs have it.

use super::dump_texts::{
    facts_json, hashes, hashes_json, hex, put_texts, read_facts, read_hex, remove, take_texts, write_text,
};
use super::json::{EntryHead, event_json};
use crate::input::json::{Members, event, members};
use crate::input::sink::{Mistakes, line_number, unreadable};
use ozg_core::event::{Beside, Draft, Event, Facts, Form, KeptText, RawEvent, Replaces, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use ozg_core::time::{read_rfc3339, rfc3339};
use ozg_core::words::Position;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::iter::Peekable;

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
    /// The identity of the log, which stands beside its first entry.
    pub identity: Option<[u8; 16]>,
    /// Facts about the batch.
    pub facts: Facts,
    /// Its events, each with its id.
    pub entries: Vec<Draft>,
    /// What stands beside each of them.
    pub beside: Vec<Beside>,
}

/// One entry of a dump, to be written.
#[derive(Debug, Clone, Copy)]
pub struct DumpEntry<'a> {
    /// Position, time and office.
    pub head: &'a EntryHead,
    /// Position of the last entry of its batch.
    pub batch_last: Position,
    /// Whether it was generated.
    pub simulated: bool,
    /// The identity of the log, beside its first entry.
    pub identity: Option<[u8; 16]>,
    /// Facts about the batch, beside its first entry.
    pub batch_facts: Option<&'a Facts>,
    /// What it says.
    pub event: &'a Event,
    /// What stands beside it.
    pub beside: &'a Beside,
}

/// Writes one entry as a line of a dump, and each of its free texts as one behind it.
///
/// # Errors
/// Those of the writer.
pub fn write_dump_entry(entry: &DumpEntry<'_>, out: &mut dyn Write) -> io::Result<()> {
    let DumpEntry { head, event, beside, .. } = *entry;
    let mut line = Map::new();
    line.insert("position".to_owned(), head.position.get().into());
    line.insert("recorded_at".to_owned(), rfc3339(head.recorded_at_ms).into());
    line.insert("office".to_owned(), head.office.as_str().into());
    line.insert("batch_last".to_owned(), entry.batch_last.get().into());
    if entry.simulated {
        line.insert("simulated".to_owned(), true.into());
    }
    if let Some(identity) = entry.identity {
        line.insert("log".to_owned(), hex(&identity).into());
    }
    for (name, facts) in [("batch_facts", entry.batch_facts), ("facts", Some(&beside.facts))] {
        if let Some(facts) = facts.filter(|facts| !facts.is_empty()) {
            line.insert(name.to_owned(), facts_json(facts));
        }
    }
    let texts = &beside.texts;
    if !texts.is_empty() {
        line.insert("texts".to_owned(), hashes_json(texts));
    }
    let mut said = event_json(event);
    if let Value::Object(members) = &mut said {
        members.retain(|name, _| texts.iter().all(|text| text.name != name));
    }
    line.insert("event".to_owned(), said);
    serde_json::to_writer(&mut *out, &Value::Object(line))?;
    out.write_all(b"\n")?;
    for text in texts {
        write_text(head.position.get(), text, out)?;
    }
    Ok(())
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
    lines: Peekable<Lines<'a>>,
    next_position: Option<Position>,
    latest_ms: i64,
    has_ended: bool,
}

/// The lines of a dump that are not empty, each with its index.
type Lines<'a> = std::iter::Filter<std::iter::Enumerate<std::str::Lines<'a>>, fn(&(usize, &'a str)) -> bool>;

/// One line of an entry, read; its free texts stand in the lines behind it.
struct Line {
    head: EntryHead,
    batch_last: Position,
    simulated: bool,
    identity: Option<[u8; 16]>,
    batch_facts: Facts,
    facts: Facts,
    /// The texts that do not stand in the event, by their names and hashes.
    texts: Vec<(&'static str, [u8; 32])>,
    event: Result<RawEvent, Box<Mistake>>,
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
        let is_line: fn(&(usize, &'a str)) -> bool = |(_, text)| !text.trim().is_empty();
        let lines = text.lines().enumerate().filter(is_line).peekable();
        Ok(DumpBatches { lines, next_position: None, latest_ms: i64::MIN, has_ended: false })
    }

    fn batch(&mut self) -> Result<Option<DumpBatch>, Vec<Mistake>> {
        let mut batch: Option<(DumpBatch, Position)> = None;
        let mut mistakes = Mistakes::default();
        loop {
            let Some((at, text)) = self.lines.next() else {
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
            let texts = take_texts(&mut self.lines, position.get(), &line.texts);
            match entry(line, texts) {
                Ok((draft, beside)) => {
                    into.entries.push(draft);
                    into.beside.push(beside);
                }
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
        let follows = follows && (batch.is_none() || line.batch_facts.is_empty() && line.identity.is_none());
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
        identity: line.identity,
        facts: line.batch_facts.clone(),
        entries: Vec::new(),
        beside: Vec::new(),
    };
    (batch, line.batch_last)
}

/// The fields of a line; those between `batch_last` and `event` may be missing.
const FIELDS: [&str; 10] = [
    "position",
    "recorded_at",
    "office",
    "batch_last",
    "simulated",
    "log",
    "batch_facts",
    "facts",
    "texts",
    "event",
];

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
    let facts = |name: &str| get(name).map_or(Some(Facts::new()), read_facts);
    let parsed = || {
        let recorded_at: String = serde_json::from_str(get("recorded_at")?.get()).ok()?;
        let head = EntryHead {
            position: serde_json::from_str(get("position")?.get()).ok()?,
            recorded_at_ms: read_rfc3339(&recorded_at)?,
            office: serde_json::from_str(get("office")?.get()).ok()?,
            on_behalf_of: None,
            remarks: Vec::new(),
        };
        Some(Line {
            head,
            batch_last: serde_json::from_str(get("batch_last")?.get()).ok()?,
            simulated: get("simulated").map_or(Some(false), |flag| serde_json::from_str(flag.get()).ok())?,
            identity: get("log")
                .map(|log| read_hex(serde_json::from_str(log.get()).ok()?))
                .map_or(Some(None), |identity| identity.map(Some))?,
            batch_facts: facts("batch_facts")?,
            facts: facts("facts")?,
            texts: match get("texts") {
                Some(texts) => hashes(texts)?,
                None => Vec::new(),
            },
            event: event(Where { line: number, form: Form::Json("/event".to_owned()) }, get("event")?),
        })
    };
    parsed().ok_or_else(|| vec![no_line(number)])
}

/// Reads the event of a line with its texts; in a log each has its id and names the entry that it replaces.
fn entry(line: Line, texts: Vec<KeptText>) -> Result<(Draft, Beside), Vec<Mistake>> {
    let mut raw = line.event.map_err(|mistake| vec![*mistake])?;
    put_texts(&mut raw, &texts);
    let mut draft = raw.read(None)?;
    remove(&mut draft, &texts);
    let lacks = match (&draft.id, &draft.replaces) {
        (None, _) => "id",
        (_, Some(Replaces::Standing)) => "replaces",
        _ => return Ok((draft, Beside { facts: line.facts, texts })),
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
