//! A list as CSV, in the form of all CSV of the tracker: UTF-8, comma, LF, quotes where needed, no formulas.

use serde_json::Value;

/// Writes rows under their headings; what is null is empty, lists are separated by blanks.
pub(super) fn write(columns: &[&str], rows: Vec<Vec<Value>>) -> String {
    let mut out = columns.join(",");
    out.push('\n');
    for row in rows {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            put(&mut out, value);
        }
        out.push('\n');
    }
    out
}

fn put(out: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => quoted(out, text),
        Value::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            quoted(out, &words.join(" "));
        }
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => out.push_str(&value.to_string()),
    }
}

/// Writes a text; one that a spreadsheet program would take for a formula gets a `'` before it.
fn quoted(out: &mut String, text: &str) {
    let is_risky =
        text.starts_with(|first: char| matches!(first, '=' | '+' | '-' | '@') || first.is_control());
    let text = if is_risky { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        let rows =
            vec![vec![json!("a, \"b\""), json!(["x", "y"]), json!(null), json!(3), json!("=1+1"), json!(-1)]];
        assert_eq!(
            write(&["a", "b", "c", "d", "e", "f"], rows),
            "a,b,c,d,e,f\n\"a, \"\"b\"\"\",x y,,3,'=1+1,-1\n"
        );
    }
}
