//! Codes as words of officials.

use crate::model::Codes;
use ozg_core::words::{Area, Basis, Label, Language, Stage, Topic, Unit};
use serde_json::{Value, json};

/// Lists the codes of a kind with their words.
fn table(codes: Codes) -> Vec<(&'static str, Label)> {
    match codes {
        Codes::Areas => Area::all().map(|area| (area.id(), area.name())).collect(),
        Codes::Topics => Topic::all().map(|topic| (topic.id(), topic.name())).collect(),
        Codes::Stages => Stage::all().map(|stage| (stage.id(), stage.name())).collect(),
        Codes::Basis => Basis::all().map(|basis| (basis.id(), basis.name())).collect(),
        Codes::Units => Unit::all().map(|unit| (unit.id(), unit.name())).collect(),
    }
}

/// Makes the transformations that put words into the place of codes in legends.
pub(super) fn in_legends(codes: &[Codes], language: Language) -> Vec<Value> {
    let rename = |(code, word): (&str, Label)| {
        json!({
            "id": "renameByRegex",
            "options": { "regex": format!("/\\b{code}\\b/"), "renamePattern": word.in_language(language) }
        })
    };
    codes.iter().flat_map(|codes| table(*codes)).map(rename).collect()
}

/// Makes the mapping that puts words into the place of codes in a column; nothing if the label has no codes.
pub(super) fn in_column(label: &str, language: Language) -> Option<Value> {
    let codes = match label {
        "area" => Codes::Areas,
        "topic" => Codes::Topics,
        "stage" => Codes::Stages,
        "basis" => Codes::Basis,
        "unit" => Codes::Units,
        _ => return None,
    };
    let words = (0..).zip(table(codes)).map(|(index, (code, word))| {
        (code.to_owned(), json!({ "text": word.in_language(language), "index": index }))
    });
    Some(json!([{ "type": "value", "options": Value::Object(words.collect()) }]))
}
