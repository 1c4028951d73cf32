//! What all CSV that is written has in common: UTF-8 without a byte order mark, comma, LF, quotes where needed, and no
//! cell that a spreadsheet program would take for a formula.

use std::borrow::Cow;
use std::io::Write;

/// Makes a writer of CSV.
pub(crate) fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).flexible(true).from_writer(out)
}

/// Keeps a text from being run as a formula by a spreadsheet program: a `'` goes before `=`, `+`, `-`, `@` and control
/// characters. Numbers are no texts and stay as they are.
pub(crate) fn neutral(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_risky = |first: char| matches!(first, '=' | '+' | '-' | '@') || first.is_control();
    if text.starts_with(is_risky) { Cow::Owned(format!("'{text}")) } else { text }
}
