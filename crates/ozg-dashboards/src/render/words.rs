//! Codes as words of officials.

use crate::model::Codes;
use ozg_core::event::EventType;
use ozg_core::words::{Area, Basis, Label, Language, Qualifier, Stage, Topic, Unit};
use serde_json::{Value, json};

/// Lists the codes of a kind with their words.
fn table(codes: Codes) -> Vec<(&'static str, Label)> {
    match codes {
        Codes::Areas => Area::all().map(|area| (area.id(), area.name())).collect(),
        Codes::Topics => Topic::all().map(|topic| (topic.id(), topic.name())).collect(),
        Codes::Stages => Stage::all().map(|stage| (stage.id(), stage.name())).collect(),
        Codes::Basis => Basis::all().map(|basis| (basis.id(), basis.name())).collect(),
        Codes::Types => EventType::all().map(|kind| (kind.id(), kind.name())).collect(),
        Codes::Qualifiers => Qualifier::all().map(|qualifier| (qualifier.id(), qualifier.name())).collect(),
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
        "type" => Codes::Types,
        "qualifier" => Codes::Qualifiers,
        _ => return None,
    };
    let words = (0..).zip(table(codes)).map(|(index, (code, word))| {
        (code.to_owned(), json!({ "text": word.in_language(language), "index": index }))
    });
    let mut mappings = vec![json!({ "type": "value", "options": Value::Object(words.collect()) })];
    if codes == Codes::Qualifiers {
        // An exact value has no qualifier; an empty cell would look as if nobody knew.
        let exact = json!({ "text": Qualifier::Exact.name().in_language(language), "index": mappings.len() });
        let empty = |what: &str| json!({ "type": "special", "options": { "match": what, "result": exact } });
        mappings.extend(["null", "empty"].map(empty));
    }
    Some(mappings.into())
}
