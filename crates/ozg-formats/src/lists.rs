//! Lists: the headings of their columns in both languages, lists as JSON, as a workbook, and aligned for a terminal.

use crate::book::Book;
pub use crate::book::SHEET_ROWS_MAX;
use crate::series::sheet_rows::{Look, SheetRows};
use crate::series::{Cell, Note, write_aligned};
use ozg_core::words::{Label, Language, PartialDate};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Rows as they are computed; the first that fails ends the table.
pub type ListRows<'a> = &'a mut dyn Iterator<Item = io::Result<Vec<Value>>>;

/// The headings of columns, the names of lists, and what is noted about them, whose ids are no headings for people.
const HEADINGS: &[(&str, &str, &str)] = &[
    ("position", "Position", "position"),
    ("recorded_at", "aufgezeichnet", "recorded at"),
    ("office", "Stelle", "office"),
    ("type", "Art", "type"),
    ("service", "Leistung", "service"),
    ("service_name", "Name der Leistung", "name of the service"),
    ("place", "Ort", "place"),
    ("place_name", "Name des Ortes", "name of the place"),
    ("subject", "Gegenstand", "subject"),
    ("stage", "Stufe", "stage"),
    ("level", "Reifegrad", "level"),
    ("measure", "Kennzahl", "measure"),
    ("topic", "Themenfeld", "topic"),
    ("scope", "Eingrenzung", "scope"),
    ("on", "Datum", "on"),
    ("since", "seit", "since"),
    ("due", "fällig", "due"),
    ("value", "Wert", "value"),
    ("percent", "Prozent", "percent"),
    ("qualifier", "Genauigkeit", "qualifier"),
    ("upper", "bis", "up to"),
    ("rolling_out", "im Roll-out", "rolling out"),
    ("of", "von", "of"),
    ("status", "Status", "status"),
    ("ended_by", "beendet durch", "ended by"),
    ("reason", "Grund", "reason"),
    ("source", "Quelle", "source"),
    ("note", "Anmerkung", "note"),
    ("on_behalf_of", "im Namen von", "on behalf of"),
    ("remarks", "Bemerkungen", "remarks"),
    ("id", "Kennung", "id"),
    ("authority", "Behörde", "authority"),
    ("name", "Name", "name"),
    ("kind", "Behördenart", "kind"),
    ("area", "Gebiet", "area"),
    ("population", "Einwohner", "population"),
    ("holds", "hat", "holds"),
    ("due_day", "fällig am", "due on"),
    ("days_overdue", "Tage überfällig", "days overdue"),
    ("plan", "Plan", "plan"),
    ("first_due", "zuerst fällig", "first due"),
    ("set_on", "geplant am", "planned on"),
    ("measures", "Kennzahlen", "Measures"),
    ("areas", "Gebiete", "Areas"),
    ("topics", "Themenfelder", "Topics"),
    ("words", "Wörter", "Words"),
    ("services", "Leistungen", "Services"),
    ("authorities", "Behörden", "Authorities"),
    ("regions", "Regionen", "Regions"),
    ("lists", "Listen von Leistungen", "Lists of services"),
    ("objections", "Widersprüche", "Objections"),
    ("entries", "Einträge", "Entries"),
    ("missing", "Was fehlt", "Missing"),
    ("conflicts", "Was sich widerspricht", "Conflicts"),
    ("stale", "Alter der Zahlen", "Age of figures"),
    ("coverage", "Wer nichts meldet", "Coverage"),
    ("changes", "Was sich geändert hat", "Changes"),
    ("permalink", "Dauerhafte Adresse", "Permalink"),
    ("next", "weiter mit", "Next"),
    ("unit", "Zähleinheit", "unit"),
    ("source_url", "Quelle_URL", "source URL"),
    ("published", "veröffentlicht", "published"),
    ("entry", "Eintrag", "entry"),
    ("age_days", "Alter in Tagen", "age in days"),
    ("basis", "Grundlage", "basis"),
    ("area_name", "Name des Gebiets", "name of the area"),
    ("first", "zuerst", "first"),
    ("last", "zuletzt", "last"),
    ("days_silent", "Tage ohne Angabe", "days of silence"),
    ("day", "Tag", "day"),
    ("change", "Änderung", "change"),
    ("changed", "geänderter Eintrag", "changed entry"),
    ("on_before", "Datum vorher", "on, before"),
    ("value_before", "Wert vorher", "value before"),
    ("percent_before", "Prozent vorher", "percent before"),
    ("qualifier_before", "Genauigkeit vorher", "qualifier before"),
    ("of_before", "von, vorher", "of, before"),
];

/// The columns of days; days among them are dates in a workbook, partial dates stay texts.
const DAYS: [&str; 11] = [
    "on",
    "since",
    "due",
    "due_day",
    "first_due",
    "set_on",
    "published",
    "first",
    "last",
    "day",
    "on_before",
];

/// Returns the heading of a column: in a language, else its id.
#[must_use]
pub fn heading(column: &str, language: Option<Language>) -> &str {
    let Some(language) = language else { return column };
    let known = HEADINGS.iter().find(|(id, ..)| *id == column);
    known.map_or(column, |(_, de, en)| Label { de, en }.in_language(language))
}

/// Writes an object in one line: the members of its head, and under a name a list, each row an object by the ids of its columns.
///
/// # Errors
/// Those of a row and of `out`.
pub fn write_list_json(
    head: &Map<String, Value>,
    (name, columns): (&str, &[&str]),
    rows: ListRows<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    let (mut text, is_empty) = (Value::Object(head.clone()).to_string(), head.is_empty());
    // The brace that ends the head follows behind the list.
    text.pop();
    write!(out, "{text}{}\"{name}\":[", if is_empty { "" } else { "," })?;
    for (index, row) in rows.enumerate() {
        let object: Map<String, Value> = columns.iter().map(|id| (*id).to_owned()).zip(row?).collect();
        write!(out, "{}{}", if index == 0 { "" } else { "," }, Value::Object(object))?;
    }
    out.write_all(b"]}\n")?;
    out.flush()
}

/// What a list is besides its rows.
#[derive(Debug, Clone)]
pub struct ListBook<'a> {
    /// Its name, as in its address.
    pub name: &'a str,
    /// The ids of its columns.
    pub columns: &'a [&'a str],
    /// The members of its head; they become notes.
    pub head: &'a Map<String, Value>,
    /// Who publishes it.
    pub operator: &'a str,
    /// The instant of its data state.
    pub recorded_at_ms: Option<i64>,
    /// The language of its headings; ids where none is asked for.
    pub language: Option<Language>,
}

/// Writes a list as a workbook (XLSX): days are dates, partial dates and keys texts; what stands in the head is a sheet of notes.
///
/// # Errors
/// Those of a row and of `out`.
pub fn write_list_xlsx(list: &ListBook<'_>, rows: ListRows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ListBook { name, columns, head, operator, recorded_at_ms, language } = *list;
    let spoken = language.unwrap_or_default();
    let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let notes = || {
        let of_head = head.iter().filter(|(_, value)| !value.is_null());
        of_head
            .map(|(id, value)| Note { heading: noted(id, spoken), texts: vec![said(value)] })
            .collect::<Vec<Note>>()
    };
    let headings: Vec<String> = columns.iter().map(|column| heading(column, language).to_owned()).collect();
    let permalink = head.get("permalink").map(said).unwrap_or_default();
    let title = heading(name, Some(spoken));
    let book = Book {
        sheet: title,
        headings: &headings,
        repeated: 1,
        properties: [title, operator, &permalink],
        recorded_at_ms,
        language: spoken,
        notes: &notes,
    };
    let is_day: Vec<bool> = columns.iter().map(|column| DAYS.contains(column)).collect();
    let cell = |(value, is_day): (&Value, &bool)| match Cell::of_json(value) {
        Cell::Text(text) if *is_day => match PartialDate::read(&text) {
            Ok(PartialDate::Day(day)) => Cell::Date(day),
            _ => Cell::Text(text),
        },
        cell => cell,
    };
    let next = &mut |sheet: &mut SheetRows, text: &mut String| {
        let Some(row) = rows.next().transpose()? else { return Ok(false) };
        let cells: Vec<Cell<'_>> = row.iter().zip(&is_day).map(cell).collect();
        sheet.put(&cells, text);
        Ok(true)
    };
    book.write(vec![Look::Plain; columns.len()], next, out)
}

/// Returns the heading of a note about a list.
fn noted(id: &str, language: Language) -> &'static str {
    let known = HEADINGS.iter().find(|(known, ..)| *known == id);
    known.map_or("", |(_, de, en)| Label { de, en }.in_language(language))
}

/// Writes a list aligned for a terminal, numbers to the right; columns without any value are left out.
///
/// # Errors
/// Those of a row and of `out`.
pub fn write_list_table(headings: &[&str], rows: &[Vec<Value>], out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rows: Vec<Vec<Cell<'static>>> =
        rows.iter().map(|row| row.iter().map(Cell::of_json).collect()).collect();
    write_aligned(&headings, &rows, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows() -> Vec<Vec<Value>> {
        vec![
            vec![json!(16586), json!("bb"), json!(null), json!(12.5)],
            vec![json!(7), json!("redaktion"), json!([]), json!(-3)],
        ]
    }

    #[test]
    fn a_list_is_an_object_with_a_head_and_rows() {
        let mut head = Map::new();
        for (expected, columns) in [
            (
                "{\"entries\":[{\"position\":16586,\"office\":\"bb\"},{\"position\":7,\"office\":\"redaktion\"}]}\n",
                &["position", "office"],
            ),
            (
                "{\"on\":1,\"entries\":[{\"a\":16586,\"b\":\"bb\"},{\"a\":7,\"b\":\"redaktion\"}]}\n",
                &["a", "b"],
            ),
        ] {
            let mut out = Vec::new();
            write_list_json(&head, ("entries", columns), &mut rows().into_iter().map(Ok), &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
            head.insert("on".to_owned(), json!(1));
        }
    }

    #[test]
    fn a_table_is_aligned_and_headed_in_the_language() {
        let said = |language| {
            let headings = ["position", "office", "note", "value"].map(|id| heading(id, language));
            let mut out = Vec::new();
            write_list_table(&headings, &rows(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(
            said(Some(Language::German)),
            "Position  Stelle     Wert\n   16586  bb         12.5\n       7  redaktion    -3\n"
        );
        assert_eq!(
            said(None),
            "position  office     value\n   16586  bb          12.5\n       7  redaktion     -3\n"
        );
    }

    #[test]
    fn each_column_has_one_heading() {
        let mut ids: Vec<&str> = HEADINGS.iter().map(|(id, ..)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), HEADINGS.len());
    }
}
