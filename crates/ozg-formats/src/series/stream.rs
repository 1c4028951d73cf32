//! JSON objects that leave as they come: a head, and behind it rows, a line each.

use serde_json::Value;
use std::io::{self, Write};

/// Writes an object without the brace that ends it, so that more members can follow.
pub(crate) fn open(object: &Value) -> String {
    let mut text = object.to_string();
    text.pop();
    text
}

/// Writes an object: the members of its head, and under a name its rows, a line each.
///
/// # Errors
/// Those of the writer.
pub(crate) fn stream<T>(
    head: &Value,
    name: &str,
    rows: impl Iterator<Item = T>,
    write: impl Fn(T, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    write!(out, "{},\"{name}\":[", open(head))?;
    for (index, row) in rows.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write(row, &mut out)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}
