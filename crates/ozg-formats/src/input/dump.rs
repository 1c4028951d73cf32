//! The tracker's own dump as an input. Its events are recorded again and keep their ids and free texts; position, time,
//! office, batch and facts are given anew. To keep those, too, load the dump into an empty tracker (`ozg log load`).

use super::json::{self, Members};
use super::ndjson;
use super::sink::{Sink, line_number};
use super::syntax::syntax;
use crate::events::dump_texts::{hashes, put_texts, take_texts};
use ozg_core::event::{Form, RawEvent, Where};
use ozg_core::mistake::{Code, Fault, Mistake};
use serde_json::value::RawValue;

/// Reads a dump line by line. A wrong line does not keep the others from being read.
pub(crate) fn read(text: &str, sink: &mut Sink<'_>) {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
    while let Some((index, line)) = lines.next() {
        match event(line, index) {
            Ok((mut event, position, texts)) => {
                put_texts(&mut event, &take_texts(&mut lines, position, &texts));
                if sink.event(event).is_break() {
                    return;
                }
            }
            Err(mistake) => sink.mistake(*mistake),
        }
    }
}

/// Reads the events of an archive: a dump or bare events.
pub(crate) fn read_either(text: &str, sink: &mut Sink<'_>) {
    if is_dump(text) { read(text, sink) } else { ndjson::read(text, sink) }
}

/// Tells whether the first line of a text is one of a dump.
pub(crate) fn is_dump(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let members = serde_json::from_str::<Members<'_>>(first);
    members.is_ok_and(|Members(members)| {
        ["position", "event"].iter().all(|wanted| members.iter().any(|(name, _)| name == wanted))
    })
}

/// The names and hashes of the free texts that stand behind an entry.
type Texts = Vec<(&'static str, [u8; 32])>;

/// Reads the event of a line, its position and which free texts stand behind it.
fn event(line: &str, lines_before: usize) -> Result<(RawEvent, u32, Texts), Box<Mistake>> {
    let at = Where { line: line_number(lines_before + 1), form: Form::Json(String::new()) };
    let value: &RawValue =
        serde_json::from_str(line).map_err(|error| Box::new(syntax(&error, lines_before)))?;
    let Members(members) = json::members(&at, value)?;
    let get = |name: &str| members.iter().find(|(found, _)| found == name).map(|(_, value)| *value);
    let position = get("position").and_then(|position| position.get().parse().ok()).unwrap_or_default();
    let texts = get("texts").and_then(hashes).unwrap_or_default();
    match get("event") {
        Some(event) => {
            let at = Where { line: at.line, form: Form::Json("/event".to_owned()) };
            Ok((json::event(at, event)?, position, texts))
        }
        None => Err(Box::new(Mistake::at(&at.field("event"), "event", None, no_event()))),
    }
}

fn no_event() -> Fault {
    Fault::say(
        Code::MissingField,
        "Das ist keine Zeile eines Abzugs: das Feld „event“ fehlt",
        "This is not a line of a dump: the field \"event\" is missing",
    )
}
