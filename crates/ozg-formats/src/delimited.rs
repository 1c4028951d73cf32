//! The rules that every CSV file follows: UTF-8 without a byte order mark, comma, LF, quotes where needed, and no cell
//! that a spreadsheet program would take for a formula.

use crate::lists::ListRows;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

/// Writes a list: rows of JSON values under their headings. `null` becomes an empty cell; a blank separates the words of a
/// JSON array.
///
/// # Errors
/// Those of a row and of `out`.
pub fn write_list(headings: &[&str], rows: ListRows<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = writer(out);
    writer.write_record(headings)?;
    for row in rows {
        row?.iter().try_for_each(|value| writer.write_field(&*cell(value)))?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => neutral(text.into()),
        Value::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            neutral(words.join(" ").into())
        }
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string().into(),
    }
}

/// Makes a writer of CSV.
pub(crate) fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).flexible(true).from_writer(out)
}

/// Keeps a spreadsheet program from running a text as a formula: a `'` goes before `=`, `+`, `-`, `@`, their full-width forms,
/// which some programs read alike, and control characters. Numbers are not texts and stay as they are.
pub(crate) fn neutral(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_risky = |first: char| {
        matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') || first.is_control()
    };
    if text.starts_with(is_risky) { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        let row = [json!("a, \"b\""), json!(["x", "y"]), json!(null), json!(3), json!("=1+1"), json!(-1)];
        let mut out = Vec::new();
        write_list(&["a", "b", "c", "d", "e", "f"], &mut [Ok(row.to_vec())].into_iter(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "a,b,c,d,e,f\n\"a, \"\"b\"\"\",x y,,3,'=1+1,-1\n");
        for risky in ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1"] {
            assert_eq!(neutral(risky.into()), format!("'{risky}"));
        }
    }
}
