//! The remarks of a receipt: on how the input was read, and on what was recorded.

use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use ozg_core::words::{Language, Remark};
use serde_json::Value;

/// Number of lines that are shown without `--verbose`.
const FEW: usize = 10;

/// Shows the remarks on how an input was read.
pub(crate) fn tell_reading(name: &str, receipt: &Value, verbose: bool) -> Result<(), Failure> {
    let language = of_terminal().tag();
    let line = |remark: &Value| {
        let said = remark[language].as_str().unwrap_or_default();
        match remark["value"].as_str().filter(|value| !said.contains(value)) {
            Some(value) => format!("{}: {value}: {said}", place(name, remark)),
            None => format!("{}: {said}", place(name, remark)),
        }
    };
    let remarks = receipt["remarks"].as_array().map(Vec::as_slice).unwrap_or_default();
    list(remarks, remarks.len(), verbose, line)
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
    match (at["cell"].as_str(), at["line"].as_u64().filter(|line| *line > 0)) {
        (Some(cell), _) => format!("{name}:{cell}"),
        (None, Some(line)) => format!("{name}:{line}"),
        (None, None) => name.to_owned(),
    }
}

/// Shows the first lines, or all of them where `verbose`, and how many more there are.
pub(super) fn list(
    lines: &[Value],
    total: usize,
    verbose: bool,
    write: impl Fn(&Value) -> String,
) -> Result<(), Failure> {
    let shown = if verbose { lines.len() } else { lines.len().min(FEW) };
    lines[..shown].iter().try_for_each(|line| tell(write(line).trim_end()))?;
    match total.saturating_sub(shown) {
        0 => Ok(()),
        more => tell(match of_terminal() {
            Language::German => format!("  … {more} weitere (mit --verbose)"),
            Language::English => format!("  … {more} more (with --verbose)"),
        }),
    }
}
