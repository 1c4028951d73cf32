//! The differences of an edition (a register, a catalogue, an export) from what stands, shown before it is recorded.

use super::remarks::{list, tell_reading};
use crate::failure::{Failure, tell};
use crate::language::of_terminal;
use ozg_core::words::{AuthorityKind, Language, Unit};
use serde_json::Value;

/// Shows what an edition begins, changes and ends, and its remarks.
pub(crate) fn tell_all(name: &str, receipt: &Value, verbose: bool) -> Result<(), Failure> {
    let edition = &receipt["edition"];
    let number = |name: &str| edition[name].as_u64().unwrap_or(0);
    let on = edition["on"].as_str().unwrap_or("–");
    let (stood, began, changed, ended) =
        (number("stood"), number("began"), number("changed"), number("ended"));
    // What a first snapshot of an area found began nobody knows when.
    let recorded = receipt["recorded"].as_u64().unwrap_or(0);
    let found = if edition["covers"] == "availability" {
        recorded.saturating_sub(began + changed + ended)
    } else {
        0
    };
    let found = match (found, of_terminal()) {
        (0, _) => String::new(),
        (found, Language::German) => format!(", {found} vorgefunden"),
        (found, Language::English) => format!(", {found} found"),
    };
    let is_first = edition["first"] == Value::Bool(true);
    let is_snapshot = edition["covers"] == "availability";
    let is_dated = edition["covers"] == "services" && edition["on"].is_string();
    let first = match (is_first, of_terminal()) {
        (false, _) => "",
        (true, Language::German) if is_snapshot => {
            " (der erste; er sagt, was vorgefunden wurde, nicht seit wann)"
        }
        (true, Language::English) if is_snapshot => " (the first; it says what was found, not since when)",
        (true, Language::German) if is_dated => " (der erste)",
        (true, Language::English) if is_dated => " (the first)",
        (true, Language::German) => " (der erste; er gilt seit jeher)",
        (true, Language::English) => " (the first; it has always held)",
    };
    tell(match of_terminal() {
        Language::German => format!(
            "{name}: Stand {on}{first}: {stood} vorhanden, {began} neu, {changed} geändert, {ended} nicht mehr enthalten{found}"
        ),
        Language::English => format!(
            "{name}: edition of {on}{first}: {stood} stood, {began} new, {changed} changed, {ended} no longer in it{found}"
        ),
    })?;
    tell_declared(name, edition)?;
    if !is_first {
        let changes = edition["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let total = usize::try_from(began + changed + ended).unwrap_or(usize::MAX);
        list(changes, total, verbose, |change| {
            let text = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
            let sign = match change["change"].as_str() {
                Some("began") => "+",
                Some("ended") => "-",
                _ => "~",
            };
            format!("  {sign} {} {}", text("thing"), text("detail"))
        })?;
    }
    tell_reading(name, receipt, verbose)
}

/// Says which registers and catalogues the edition declares complete, each of which is an entry of its own.
fn tell_declared(name: &str, edition: &Value) -> Result<(), Failure> {
    let declared = edition["declared"].as_array().map(Vec::as_slice).unwrap_or_default();
    let registers: Vec<String> = declared.iter().map(register).collect();
    if registers.is_empty() {
        return Ok(());
    }
    let registers = registers.join(", ");
    tell(match of_terminal() {
        Language::German => format!("{name}: für vollständig erklärt: {registers}"),
        Language::English => format!("{name}: declared complete: {registers}"),
    })
}

/// Names a register, such as `Gemeinde (DE)`, or a catalogue by its unit.
fn register(register: &Value) -> String {
    let text = |name: &str| register[name].as_str().unwrap_or_default();
    match Unit::read(text("unit")) {
        Ok(unit) => unit.name().in_language(of_terminal()).to_owned(),
        Err(_) => {
            let kind = AuthorityKind::read(text("kind")).map(|kind| kind.name().in_language(of_terminal()));
            format!("{} ({})", kind.unwrap_or(text("kind")), text("area"))
        }
    }
}
