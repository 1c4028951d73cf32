//! Lists: the headings of their columns in both languages, lists as JSON, and aligned for a terminal.

use crate::series::{Cell, write_aligned};
use ozg_core::words::{Label, Language};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Rows as they are computed; the first that fails ends the table.
pub type ListRows<'a> = &'a mut dyn Iterator<Item = io::Result<Vec<Value>>>;

/// The headings of columns whose ids are no headings for people.
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
