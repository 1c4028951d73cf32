//! Events as JSON, one per line. The other lines are read even if one is not JSON.

use super::sink::{Sink, line_number};
use super::{json, syntax};
use ozg_core::event::{Form, RawEvent, Where};
use ozg_core::mistake::Mistake;

/// Reads one event per line; empty lines are skipped.
pub(crate) fn read(text: &str, sink: &mut Sink<'_>) {
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let at = Where { line: line_number(index + 1), form: Form::Json(String::new()) };
        match event(at, line, index) {
            Ok(event) => {
                if sink.event(event).is_break() {
                    return;
                }
            }
            Err(mistake) => sink.mistake(*mistake),
        }
    }
}

/// Reads the event of a line. Nearly all lines are objects, and these are parsed only once.
fn event(at: Where, line: &str, lines_before: usize) -> Result<RawEvent, Box<Mistake>> {
    let broken = |error: serde_json::Error| Box::new(syntax::syntax(&error, lines_before));
    if !line.trim_start().starts_with('{') {
        return json::event(at, serde_json::from_str(line).map_err(broken)?);
    }
    let members = json::few(&at, serde_json::from_str(line).map_err(broken)?)?;
    let fields = json::fields(&at, members.0)?;
    Ok(RawEvent { at, fields })
}
