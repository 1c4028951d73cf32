//! Tables: rows by labels, a column for each query.

use super::panel::{lettered, look, row_link};
use super::words;
use crate::model::{Codes, Panel, Query};
use ozg_core::words::{Label, Language};
use serde_json::{Map, Value, json};

/// The labels that can be columns, in their order, with their headings.
const LABELS: &[(&str, Label)] = &[
    ("area", Label { de: "Gebiet", en: "Area" }),
    ("topic", Label { de: "Themenfeld", en: "Topic" }),
    ("name", Label { de: "Name", en: "Name" }),
    ("measure", Label { de: "Kennzahl", en: "Measure" }),
    ("stage", Label { de: "Stufe", en: "Stage" }),
    ("unit", Label { de: "Zähleinheit", en: "Unit" }),
    ("basis", Label { de: "Grundlage", en: "Basis" }),
    ("level", Label { de: "Reifegrad", en: "Maturity" }),
    ("scope", Label { de: "Einschränkung", en: "Scope" }),
    ("source", Label { de: "Quelle", en: "Source" }),
    ("qualifier", Label { de: "Genauigkeit", en: "Qualifier" }),
    ("office", Label { de: "Stelle", en: "Office" }),
    ("type", Label { de: "Art", en: "Type" }),
];
/// The widths of columns of names, in German and in English.
const NAME_WIDTHS: [(&str, [u32; 2]); 6] = [
    ("area", [200, 245]),
    ("topic", [180, 205]),
    ("source", [150, 150]),
    ("unit", [140, 140]),
    ("stage", [120, 95]),
    ("qualifier", [96, 90]),
];
/// The width of a column of days.
const DAY_WIDTH: u32 = 100;
/// What a cell says of which nothing is known.
const UNKNOWN: &str = "–";
/// The heading of areas where Germany is not among them.
const LAND: Label = Label { de: "Land", en: "Land" };

/// Tells whether the rows are Länder.
fn is_about_laender(panel: &Panel) -> bool {
    let only =
        |expression: &str| expression.contains("area!=\"DE\"") || expression.contains("area=~\"$area\"");
    panel.queries.iter().all(|query| only(&query.expression))
}

fn heading(panel: &Panel, label: &str, heading: Label) -> Label {
    if label == "area" && is_about_laender(panel) { LAND } else { heading }
}

/// Joins the queries by their labels, orders and names the columns.
pub(super) fn transformations(panel: &Panel, language: Language) -> Vec<Value> {
    let several = panel.queries.len() > 1;
    let column = |letter: char| if several { format!("Value #{letter}") } else { "Value".to_owned() };
    let (mut names, mut order) = (Map::new(), Map::new());
    let mut hidden: Map<String, Value> = ["Time", "__name__"]
        .iter()
        .chain(panel.left_out)
        .map(|label| ((*label).to_owned(), json!(true)))
        .collect();
    for (label, word) in LABELS {
        order.insert((*label).to_owned(), json!(order.len()));
        names.insert((*label).to_owned(), heading(panel, label, *word).in_language(language).into());
    }
    for (letter, query) in lettered(panel) {
        order.insert(column(letter), json!(order.len()));
        names.insert(column(letter), query.legend.in_language(language).into());
        if query.look.is_hidden {
            hidden.insert(column(letter), json!(true));
        }
    }
    let organize = json!({
        "id": "organize",
        "options": { "excludeByName": hidden, "indexByName": order, "renameByName": names }
    });
    let merge = json!({ "id": "merge", "options": {} });
    if several { vec![merge, organize] } else { vec![organize] }
}

/// Makes what differs between the columns: words and links for labels, units and bars for values.
pub(super) fn overrides(panel: &Panel, language: Language) -> Vec<Value> {
    let of_column = |heading: &str, properties: Vec<Value>| {
        let matcher = json!({ "id": "byName", "options": heading });
        (!properties.is_empty()).then(|| json!({ "matcher": matcher, "properties": properties }))
    };
    let labels = LABELS.iter().filter_map(|(label, word)| {
        let is_there = !panel.left_out.contains(label) && asks_for(panel, label);
        let properties = if is_there { of_label(panel, label, language) } else { Vec::new() };
        of_column(heading(panel, label, *word).in_language(language), properties)
    });
    let values = lettered(panel)
        .filter(|(_, query)| !query.look.is_hidden)
        .filter_map(|(_, query)| of_column(query.legend.in_language(language), of_value(query, language)));
    // What the whole panel says if it is empty is too long for a cell.
    let cells = json!({
        "matcher": { "id": "byRegexp", "options": "/.*/" },
        "properties": [{ "id": "noValue", "value": UNKNOWN }]
    });
    [cells].into_iter().chain(labels).chain(values).collect()
}

fn of_value(query: &Query, language: Language) -> Vec<Value> {
    let is_day = query.look.unit.is_some_and(|unit| unit.en.starts_with("time:"));
    let width = is_day.then(|| json!({ "id": "custom.width", "value": DAY_WIDTH }));
    look(query, language).into_iter().chain(width).collect()
}

/// Tells whether the rows have a label, as far as the expressions tell.
fn asks_for(panel: &Panel, label: &str) -> bool {
    panel.queries.iter().any(|query| query.expression.contains(label))
}

fn of_label(panel: &Panel, label: &str, language: Language) -> Vec<Value> {
    let codes = match label {
        "area" if is_about_laender(panel) => Some(Codes::Areas),
        "topic" => Some(Codes::Topics),
        _ => None,
    };
    let link = codes.and_then(|codes| row_link(codes, "${__value.raw}", language));
    let mappings = words::in_column(label, language).map(|words| json!({ "id": "mappings", "value": words }));
    // Names are longer than numbers.
    let width = NAME_WIDTHS.iter().find(|(named, _)| *named == label);
    let at = usize::from(language == Language::English);
    let width = width.map(|(_, widths)| json!({ "id": "custom.width", "value": widths[at] }));
    let link = link.map(|link| json!({ "id": "links", "value": [link] }));
    mappings.into_iter().chain(link).chain(width).collect()
}

/// Makes the options of the panel.
pub(super) fn options(panel: &Panel, language: Language) -> Value {
    let mut options = json!({ "frameIndex": 0, "showHeader": true, "cellHeight": "sm" });
    if let Some(heading) = panel.ordered_by {
        options["sortBy"] = json!([{ "displayName": heading.in_language(language), "desc": true }]);
    }
    options
}
