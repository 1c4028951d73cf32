//! Writes a dashboard as Grafana's classic JSON, schema version 42.

mod panel;
mod place;
mod table;
mod words;

use crate::content::ANNOTATIONS;
use crate::model::{Annotation, Choice, Dashboard, Settings, Source, Variable};
use ozg_core::words::{Label, Language};
use serde_json::{Value, json};

/// The version of the classic dashboard model.
const SCHEMA_VERSION: u32 = 42;
/// The tag of all dashboards.
const TAG: &str = "ozg";
/// The step of the query of a mark, longer than any range: the mark has its time in its value, so one point is enough.
const MARK_STEP: &str = "36500d";

/// Returns the text of the file of a dashboard in a language.
pub(crate) fn text(dashboard: &Dashboard, settings: &Settings, language: Language) -> String {
    // Writing numbers and strings does not fail.
    let mut text = serde_json::to_string_pretty(&value(dashboard, settings, language)).unwrap_or_default();
    text.push('\n');
    text
}

fn value(dashboard: &Dashboard, settings: &Settings, language: Language) -> Value {
    let word = |label: &Label| label.in_language(language);
    let annotations: Vec<Value> = if dashboard.is_about_progress {
        ANNOTATIONS.iter().map(|annotation| mark(annotation, language)).collect()
    } else {
        Vec::new()
    };
    json!({
        "uid": uid(&dashboard.file, language),
        "title": word(&dashboard.title),
        "description": word(&dashboard.description),
        "tags": [TAG, tag(dashboard.is_about_progress, language)],
        "timezone": "utc",
        "editable": false,
        "graphTooltip": 1,
        "time": { "from": dashboard.from, "to": "now" },
        "timepicker": {},
        "refresh": if dashboard.is_about_progress { "" } else { "1m" },
        "weekStart": "monday",
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "links": links(dashboard, language),
        "annotations": { "list": annotations },
        "templating": { "list": variables(dashboard, language) },
        "panels": place::panels(dashboard, settings, language),
    })
}

/// The address of a dashboard within Grafana.
fn uid(file: &Label, language: Language) -> String {
    format!("{TAG}-{}-{}", language.tag(), file.in_language(language))
}

/// The tag by which dashboards link to each other: those about progress, and that of operations.
fn tag(is_about_progress: bool, language: Language) -> String {
    let kind = if is_about_progress { "" } else { "-process" };
    format!("{TAG}-{}{kind}", language.tag())
}

/// Makes the links to the other dashboards. Years of progress and hours of operations have no time range in common.
fn links(dashboard: &Dashboard, language: Language) -> Value {
    let link = |title: Label, is_about_progress: bool| {
        let keeps = is_about_progress && dashboard.is_about_progress;
        json!({
            "title": title.in_language(language), "type": "dashboards", "icon": "external link", "tooltip": "",
            "tags": [tag(is_about_progress, language)],
            "asDropdown": false, "targetBlank": false, "includeVars": keeps, "keepTime": keeps
        })
    };
    json!([
        link(Label { de: "Fortschritt", en: "Progress" }, true),
        link(Label { de: "Betrieb", en: "Operations" }, false)
    ])
}

fn data_source(source: Source) -> Value {
    let uid = match source {
        Source::Now => "${datasource}",
        Source::Then => "${then}",
        Source::Process => "${prometheus}",
    };
    json!({ "type": "prometheus", "uid": uid })
}

/// Makes an annotation whose value is its time in milliseconds.
fn mark(annotation: &Annotation, language: Language) -> Value {
    let title = annotation.title.in_language(language);
    json!({
        "name": title,
        "datasource": data_source(Source::Now),
        "enable": true,
        "hide": true,
        "iconColor": annotation.color,
        "expr": format!("vector({})", annotation.at_seconds * 1_000),
        "step": MARK_STEP,
        "titleFormat": title,
        "useValueForTime": true,
    })
}

fn variables(dashboard: &Dashboard, language: Language) -> Vec<Value> {
    let uses = |source: Source| {
        dashboard.panels.iter().flat_map(|panel| &panel.queries).any(|query| query.source == source)
    };
    let sources = [
        (Source::Now, "datasource", Label { de: "Datenquelle", en: "Data source" }, "ozg"),
        (Source::Then, "then", Label { de: "Damals", en: "Then" }, "ozg-then"),
        (Source::Process, "prometheus", Label { de: "Prometheus", en: "Prometheus" }, "prometheus"),
    ];
    let sources = sources.into_iter().filter(|(source, ..)| uses(*source)).map(|(_, name, label, first)| {
        json!({
            "type": "datasource", "name": name, "label": label.in_language(language), "query": "prometheus",
            "current": { "text": first, "value": first }, "refresh": 1, "hide": 0, "regex": ""
        })
    });
    sources.chain(dashboard.variables.iter().map(|variable| choice(variable, language))).collect()
}

fn choice(variable: &Variable, language: Language) -> Value {
    let all = Label { de: "alle", en: "all" }.in_language(language);
    let current = match variable.choice {
        Choice::One(text, value) => json!({ "text": text, "value": value }),
        Choice::Several(text, value) => json!({ "text": [text], "value": [value] }),
        Choice::All => json!({ "text": [all], "value": ["$__all"] }),
    };
    let several = !matches!(variable.choice, Choice::One(..));
    json!({
        "type": "query", "name": variable.name, "label": variable.label.in_language(language),
        "datasource": data_source(Source::Now),
        "query": variable.query,
        "definition": variable.query,
        "regex": variable.regex, "refresh": 1, "sort": 1, "hide": 0, "multi": several, "includeAll": several,
        "current": current
    })
}
