//! Mistakes on their way out: as the body of a problem (RFC 9457), and as lines for the terminal.

use ozg_core::mistake::{Mistake, Standing};
use ozg_core::words::Language;
use serde_json::{Map, Value};

/// Writes the body of a problem; its type is `/problems/<type_slug>`. Empty members are left out. A single standing entry is
/// an object, several are an array.
#[must_use]
pub fn problem_json(
    type_slug: &str,
    status: u16,
    title: &str,
    mistakes: &[Mistake],
    language: Language,
) -> Value {
    let mut problem = Map::new();
    problem.insert("type".to_owned(), format!("/problems/{type_slug}").into());
    problem.insert("status".to_owned(), status.into());
    problem.insert("title".to_owned(), title.into());
    if !mistakes.is_empty() {
        problem.insert(
            "errors".to_owned(),
            mistakes.iter().map(|mistake| mistake_json(mistake, language)).collect(),
        );
    }
    Value::Object(problem)
}

/// Writes one mistake as an element of `errors`.
#[must_use]
pub fn mistake_json(mistake: &Mistake, language: Language) -> Value {
    let mut error = Map::new();
    if mistake.origin.line > 0 {
        error.insert("line".to_owned(), mistake.origin.line.into());
    }
    let mut put = |name: &str, text: Option<&str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            error.insert(name.to_owned(), text.into());
        }
    };
    put("cell", mistake.origin.cell.as_deref());
    put("pointer", mistake.origin.pointer.as_deref());
    put("field", Some(&mistake.field));
    put("code", Some(mistake.code.as_str()));
    put("value", mistake.value.as_deref());
    put("message", Some(mistake.message.in_language(language)));
    put("hint", mistake.hint.as_deref());
    match mistake.standing.as_slice() {
        [] => {}
        [one] => {
            error.insert("standing".to_owned(), standing_json(one));
        }
        several => {
            error.insert("standing".to_owned(), several.iter().map(standing_json).collect());
        }
    }
    Value::Object(error)
}

fn standing_json(standing: &Standing) -> Value {
    let mut entry = Map::new();
    entry.insert("id".to_owned(), standing.id.to_string().into());
    if let Some(position) = standing.position {
        entry.insert("position".to_owned(), position.get().into());
    }
    entry.insert("on".to_owned(), standing.on.as_str().into());
    Value::Object(entry)
}

/// Writes one mistake as a line: `file:line:cell: field: message (hint: …)`; empty parts are left out.
#[must_use]
pub fn mistake_line(file: &str, mistake: &Mistake, language: Language) -> String {
    let mut place = vec![file.to_owned()];
    if mistake.origin.line > 0 {
        place.push(mistake.origin.line.to_string());
    }
    place.extend(
        mistake.origin.cell.clone().or_else(|| mistake.origin.pointer.clone()).filter(|at| !at.is_empty()),
    );
    let mut line = place.join(":");
    if !mistake.field.is_empty() {
        line.push_str(": ");
        line.push_str(&mistake.field);
    }
    line.push_str(": ");
    line.push_str(mistake.message.in_language(language));
    let hint = match language {
        Language::German => "Hinweis",
        Language::English => "hint",
    };
    if let Some(text) = &mistake.hint {
        line.push_str(&format!(" ({hint}: {text})"));
    }
    for standing in &mistake.standing {
        let at = standing.position.map(|position| format!(" #{position}")).unwrap_or_default();
        line.push_str(&format!(" [{}{at} {}]", standing.id, standing.on));
    }
    // Control characters in texts of others must not reach the terminal.
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
