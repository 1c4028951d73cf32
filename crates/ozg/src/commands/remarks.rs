//! The remarks of a receipt: on how the input was read, and on what was recorded.

use crate::failure::{Failure, tell};
use crate::language::{of_terminal, say};
use ozg_core::words::{Language, Remark};
use serde_json::Value;

/// Number of lines that are shown without `--verbose`.
const FEW: usize = 10;

/// Shows the remarks on how an input was read.
pub(crate) fn tell_reading(name: &str, receipt: &Value, verbose: bool) -> Result<(), Failure> {
    let remarks = receipt["remarks"].as_array().map(Vec::as_slice).unwrap_or_default();
    list(remarks, remarks.len(), verbose, |remark| format!("{}: {}", place(name, remark), said(remark)))
}

/// Writes the remarks on an input that was refused, marked as such among its mistakes.
pub(crate) fn of_refused(name: &str, problem: &Value) -> Vec<String> {
    let remarks = problem["remarks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mark = say("Bemerkung", "remark");
    let line = |remark: &Value| format!("{}: {mark}: {}", place(name, remark), said(remark));
    lines(remarks, remarks.len(), false, line)
}

fn said(remark: &Value) -> String {
    let said = remark[of_terminal().tag()].as_str().unwrap_or_default();
    match remark["value"].as_str().filter(|value| !said.contains(value)) {
        Some(value) => format!("{value}: {said}"),
        None => said.to_owned(),
    }
}

/// Shows the remarks on what was recorded, or would be.
pub(crate) fn tell_entries(name: &str, receipt: &Value, verbose: bool) -> Result<(), Failure> {
    let entries = receipt["entries"].as_array().into_iter().flatten();
    let remarked: Vec<Value> = entries.filter(|entry| entry["remarks"].is_array()).cloned().collect();
    list(&remarked, remarked.len(), verbose, |entry| format!("{}: {}", place(name, entry), of_entry(entry)))
}

/// Returns the remarks on an entry of a receipt in words; nothing where there are none.
pub(crate) fn of_entry(entry: &Value) -> String {
    let remarks = entry["remarks"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let word = |id: &str| Remark::all().find(|remark| remark.id() == id);
    let said = remarks.map(|id| word(id).map_or(id, |remark| remark.name().in_language(of_terminal())));
    said.collect::<Vec<_>>().join("; ")
}

fn place(name: &str, at: &Value) -> String {
    let name = at["sheet"].as_str().map_or_else(|| name.to_owned(), |sheet| format!("{name}:{sheet}"));
    match (at["cell"].as_str(), at["line"].as_u64().filter(|line| *line > 0)) {
        (Some(cell), _) => format!("{name}:{cell}"),
        (None, Some(line)) => format!("{name}:{line}"),
        (None, None) => name,
    }
}

/// Shows the first lines, or all of them where `verbose`, and how many more there are.
pub(super) fn list(
    lines: &[Value],
    total: usize,
    verbose: bool,
    write: impl Fn(&Value) -> String,
) -> Result<(), Failure> {
    self::lines(lines, total, verbose, write).iter().try_for_each(tell)
}

/// Writes the first lines, or all of them where `verbose`, and how many more there are.
fn lines(lines: &[Value], total: usize, verbose: bool, write: impl Fn(&Value) -> String) -> Vec<String> {
    let shown = if verbose { lines.len() } else { lines.len().min(FEW) };
    let mut written: Vec<String> =
        lines[..shown].iter().map(|line| write(line).trim_end().to_owned()).collect();
    let more = total.saturating_sub(shown);
    if more > 0 {
        written.push(match of_terminal() {
            Language::German => format!("  … {more} weitere (mit --verbose)"),
            Language::English => format!("  … {more} more (with --verbose)"),
        });
    }
    written
}
