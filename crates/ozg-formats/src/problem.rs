//! Mistakes on their way out: as the body of a problem (RFC 9457), and as lines for the terminal.

use ozg_core::event::Field;
use ozg_core::mistake::{Code, Mistake, Origin, Standing};
use ozg_core::words::{Label, Language};
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
    put("sheet", mistake.origin.sheet.as_deref());
    put("cell", mistake.origin.cell.as_deref());
    put("pointer", mistake.origin.pointer.as_deref());
    put("field", Some(&mistake.field));
    put("code", Some(mistake.code.as_str()));
    put("value", mistake.value.as_deref());
    put("message", Some(mistake.message.in_language(language)));
    put("hint", mistake.hint.as_ref().map(|hint| hint.in_language(language)));
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

/// What stands before what was probably meant.
const HINT: Label = Label { de: "Hinweis", en: "hint" };

fn standing_json(standing: &Standing) -> Value {
    let mut entry = Map::new();
    entry.insert("id".to_owned(), standing.id.to_string().into());
    if let Some(position) = standing.position {
        entry.insert("position".to_owned(), position.get().into());
    }
    entry.insert("on".to_owned(), standing.on.as_str().into());
    Value::Object(entry)
}

/// The places that a line names for equal mistakes, beside the first.
const PLACES_NAMED: usize = 3;

/// Writes mistakes as lines; equal ones are one line with their number and the first places. What sums up comes last.
#[must_use]
pub fn mistake_lines(file: &str, mistakes: &[Mistake], language: Language) -> Vec<String> {
    let mut kinds: Vec<(_, Vec<&Mistake>)> = Vec::new();
    for mistake in mistakes {
        let Mistake { field, value, hint, standing, .. } = mistake;
        let (message, hint) = (mistake.message.in_language(language), hint.as_ref().map(|hint| &hint.en));
        let named: Vec<_> = standing.iter().map(|standing| standing.id).collect();
        let is_sum = mistake.origin.line == 0 && mistake.code == Code::TooMany;
        let kind = (is_sum, &mistake.origin.sheet, field, value, message, hint, named);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, equal)) => equal.push(mistake),
            None => kinds.push((kind, vec![mistake])),
        }
    }
    kinds.sort_by_key(|((is_sum, ..), _)| *is_sum);
    kinds.iter().map(|(_, equal)| equal_line(file, equal, language)).collect()
}

fn equal_line(file: &str, equal: &[&Mistake], language: Language) -> String {
    let [first, others @ ..] = equal else { unreachable!("a kind has a mistake") };
    let line = mistake_line(file, first, language);
    let place = |mistake: &&Mistake| {
        let Origin { line, cell, pointer, .. } = &mistake.origin;
        cell.clone().or_else(|| pointer.clone()).or_else(|| (*line > 0).then(|| line.to_string()))
    };
    let mut places: Vec<String> = others.iter().filter_map(place).take(PLACES_NAMED).collect();
    if others.len() > places.len() && !places.is_empty() {
        places.push("…".to_owned());
    }
    match (others.len(), language) {
        (0, _) => line,
        (more, Language::German) => format!("{line} – {}-mal, auch {}", more + 1, places.join(", ")),
        (more, Language::English) => format!("{line} – {} times, also {}", more + 1, places.join(", ")),
    }
}

/// Returns what a field is called in a language: its heading in German, its name in English.
#[must_use]
pub fn field_name(name: &str, language: Language) -> &str {
    match (Field::named(name), language) {
        (Some(field), Language::German) => field.heading.de,
        _ => name,
    }
}

/// Writes one mistake as a line: `file:line:cell: field: message (hint: …)`; empty parts are left out.
#[must_use]
pub fn mistake_line(file: &str, mistake: &Mistake, language: Language) -> String {
    let mut place = vec![file.to_owned()];
    place.extend(mistake.origin.sheet.clone());
    if mistake.origin.line > 0 {
        place.push(mistake.origin.line.to_string());
    }
    place.extend(
        mistake.origin.cell.clone().or_else(|| mistake.origin.pointer.clone()).filter(|at| !at.is_empty()),
    );
    let mut line = place.join(":");
    if !mistake.field.is_empty() {
        line.push_str(": ");
        line.push_str(field_name(&mistake.field, language));
    }
    line.push_str(": ");
    line.push_str(mistake.message.in_language(language));
    if let Some(hint) = &mistake.hint {
        line.push_str(&format!(" ({}: {})", HINT.in_language(language), hint.in_language(language)));
    }
    for standing in &mistake.standing {
        let at = standing.position.map(|position| format!(" #{position}")).unwrap_or_default();
        line.push_str(&format!(" [{}{at} {}]", standing.id, standing.on));
    }
    // Control characters in texts of others must not reach the terminal.
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
