//! Writes a dashboard as Grafana's classic JSON, schema version 42.

use crate::content::ANNOTATIONS;
use crate::model::{Annotation, Dashboard, Panel, Query, Source, Variable, Visual};
use ozg_core::words::{Label, Language};
use serde_json::{Value, json};

/// The version of the classic dashboard model.
const SCHEMA_VERSION: u32 = 42;
const PAGE_WIDTH: u32 = 24;
/// The step of queries: values change once a day at most, so more points show nothing new.
const INTERVAL: &str = "1d";
/// The step of queries for process metrics, as often as they are scraped.
const PROCESS_INTERVAL: &str = "1m";
/// The tag by which dashboards of one language link to each other.
const TAG: &str = "ozg";

/// Returns the text of the file of a dashboard in a language.
pub(crate) fn text(dashboard: &Dashboard, language: Language) -> String {
    // Writing numbers and strings does not fail.
    let mut text = serde_json::to_string_pretty(&value(dashboard, language)).unwrap_or_default();
    text.push('\n');
    text
}

fn value(dashboard: &Dashboard, language: Language) -> Value {
    let word = |label: &Label| label.in_language(language);
    let annotations: Vec<Value> = if dashboard.is_about_progress {
        ANNOTATIONS.iter().map(|annotation| mark(annotation, language)).collect()
    } else {
        Vec::new()
    };
    let tag = format!("{TAG}-{}", language.tag());
    json!({
        "uid": uid(dashboard, language),
        "title": word(&dashboard.title),
        "description": word(&dashboard.description),
        "tags": [TAG, tag],
        "timezone": "utc",
        "editable": false,
        "graphTooltip": 1,
        "time": { "from": dashboard.from, "to": "now" },
        "timepicker": {},
        "refresh": if dashboard.is_about_progress { "" } else { "1m" },
        "weekStart": "monday",
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "links": [{
            "title": "OZG", "type": "dashboards", "icon": "external link", "tooltip": "", "tags": [tag],
            "asDropdown": false, "targetBlank": false, "includeVars": false, "keepTime": true
        }],
        "annotations": { "list": annotations },
        "templating": { "list": variables(dashboard, language) },
        "panels": panels(dashboard, language),
    })
}

/// The address of a dashboard within Grafana.
fn uid(dashboard: &Dashboard, language: Language) -> String {
    format!("{TAG}-{}-{}", language.tag(), dashboard.file.in_language(language))
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
        "step": "86400s",
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
    let address = json!({
        "type": "textbox", "name": "tracker", "hide": 0, "query": "http://127.0.0.1:8017",
        "label": Label { de: "Adresse des Trackers", en: "Address of the tracker" }.in_language(language),
        "current": { "text": "http://127.0.0.1:8017", "value": "http://127.0.0.1:8017" }
    });
    let has_links = dashboard.panels.iter().any(|panel| panel.csv.is_some());
    let chosen = dashboard.variables.iter().map(|variable| choice(variable, language));
    sources.chain(chosen).chain(has_links.then_some(address)).collect()
}

fn choice(variable: &Variable, language: Language) -> Value {
    json!({
        "type": "query", "name": variable.name, "label": variable.label.in_language(language),
        "datasource": data_source(Source::Now),
        "query": variable.query,
        "definition": variable.query,
        "regex": variable.regex, "refresh": 1, "sort": 1, "hide": 0, "multi": false, "includeAll": false,
        "current": { "text": variable.text, "value": variable.value }
    })
}

/// Places panels from left to right; a full line begins a new one.
fn panels(dashboard: &Dashboard, language: Language) -> Vec<Value> {
    let (mut x, mut y, mut line) = (0, 0, 0);
    let mut placed = Vec::new();
    for (number, panel) in (1..).zip(&dashboard.panels) {
        let (width, height) = panel.size;
        if x + width > PAGE_WIDTH {
            (x, y, line) = (0, y + line, 0);
        }
        let place = json!({ "x": x, "y": y, "w": width, "h": height });
        placed.push(picture(panel, number, &place, language));
        x += width;
        line = line.max(height);
    }
    placed
}

fn picture(panel: &Panel, number: u32, place: &Value, language: Language) -> Value {
    let kind = match panel.visual {
        Visual::Steps => "timeseries",
        Visual::Stat => "stat",
        Visual::Table => "table",
        Visual::Bars => "bargauge",
    };
    let sources: Vec<Source> = panel.queries.iter().map(|query| query.source).collect();
    let mixed = sources.windows(2).any(|pair| pair[0] != pair[1]);
    let source = if mixed {
        json!({ "type": "datasource", "uid": "-- Mixed --" })
    } else {
        data_source(sources.first().copied().unwrap_or(Source::Now))
    };
    let is_process = sources.contains(&Source::Process);
    let links: Vec<Value> = panel.csv.iter().map(|address| link(address, language)).collect();
    json!({
        "id": number,
        "type": kind,
        "title": panel.title.in_language(language),
        "description": panel.description.in_language(language),
        "gridPos": place,
        "datasource": source,
        "interval": if is_process { PROCESS_INTERVAL } else { INTERVAL },
        "links": links,
        "targets": targets(panel, language),
        "transformations": transformations(panel, language),
        "fieldConfig": { "defaults": field(panel, language), "overrides": [] },
        "options": options(panel.visual),
    })
}

fn link(address: &str, language: Language) -> Value {
    let title = Label { de: "Diese Zahlen als CSV", en: "These figures as CSV" };
    json!({
        "title": title.in_language(language), "type": "link", "icon": "", "tooltip": "", "tags": [],
        "url": format!("${{tracker}}{address}"), "asDropdown": false, "targetBlank": true, "includeVars": false,
        "keepTime": false
    })
}

fn targets(panel: &Panel, language: Language) -> Vec<Value> {
    let is_now = panel.visual != Visual::Steps;
    let target = |(letter, query): (char, &Query)| {
        json!({
            "refId": letter.to_string(),
            "datasource": data_source(query.source),
            "editorMode": "code",
            "expr": query.expression,
            "legendFormat": query.legend.in_language(language),
            "instant": is_now,
            "range": !is_now,
            "format": if panel.visual == Visual::Table { "table" } else { "time_series" },
        })
    };
    ('A'..='Z').zip(&panel.queries).map(target).collect()
}

/// Joins the queries of a table by their labels, with one named column per query.
fn transformations(panel: &Panel, language: Language) -> Vec<Value> {
    if panel.visual != Visual::Table {
        return Vec::new();
    }
    let several = panel.queries.len() > 1;
    let column = |letter: char| if several { format!("Value #{letter}") } else { "Value".to_owned() };
    let mut names = serde_json::Map::new();
    for (letter, query) in ('A'..='Z').zip(&panel.queries) {
        names.insert(column(letter), query.legend.in_language(language).into());
    }
    for (label, name) in LABELS {
        names.insert((*label).to_owned(), name.in_language(language).into());
    }
    let hidden = json!({ "Time": true, "__name__": true });
    let organize = json!({
        "id": "organize",
        "options": { "excludeByName": hidden, "indexByName": {}, "renameByName": names }
    });
    let merge = json!({ "id": "merge", "options": {} });
    if several { vec![merge, organize] } else { vec![organize] }
}

/// Headings of labels in tables.
const LABELS: &[(&str, Label)] = &[
    ("area", Label { de: "Gebiet", en: "Area" }),
    ("topic", Label { de: "Themenfeld", en: "Topic" }),
    ("name", Label { de: "Name", en: "Name" }),
    ("stage", Label { de: "Stufe", en: "Stage" }),
    ("measure", Label { de: "Kennzahl", en: "Measure" }),
    ("source", Label { de: "Quelle", en: "Source" }),
    ("qualifier", Label { de: "Genauigkeit", en: "Qualifier" }),
    ("scope", Label { de: "Einschränkung", en: "Scope" }),
    ("unit", Label { de: "Zähleinheit", en: "Unit" }),
    ("level", Label { de: "Reifegrad", en: "Maturity" }),
    ("office", Label { de: "Stelle", en: "Office" }),
];

fn field(panel: &Panel, language: Language) -> Value {
    let step = |(value, color): &(Option<f64>, &str)| json!({ "value": value, "color": color });
    let thresholds: Vec<Value> = panel.thresholds.iter().map(step).collect();
    let mappings: Vec<Value> = panel
        .words_for
        .iter()
        .zip(0..)
        .map(|((value, text, color), index)| {
            let result = json!({ "text": text.in_language(language), "color": color, "index": index });
            json!({ "type": "value", "options": { *value: result } })
        })
        .collect();
    let by_threshold = panel.thresholds.len() > 1;
    let is_lines = panel.visual == Visual::Steps;
    let custom = match panel.visual {
        Visual::Steps => json!({
            "drawStyle": "line", "lineInterpolation": "stepAfter", "lineWidth": 2, "fillOpacity": 0,
            "showPoints": "never", "spanNulls": false,
            "thresholdsStyle": { "mode": if by_threshold { "area" } else { "off" } }
        }),
        Visual::Table => json!({ "align": "auto", "inspect": false, "filterable": true }),
        Visual::Stat | Visual::Bars => json!({}),
    };
    let lowest = if panel.visual == Visual::Stat { Value::Null } else { json!(0) };
    let mut field = json!({
        "unit": panel.unit,
        "color": { "mode": if by_threshold && !is_lines { "thresholds" } else { "palette-classic" } },
        "thresholds": { "mode": "absolute", "steps": thresholds },
        "mappings": mappings,
        "custom": custom,
    });
    let is_difference = panel.queries.iter().any(|query| query.expression.contains(" - "));
    if !is_difference && !lowest.is_null() {
        field["min"] = lowest;
    }
    if panel.unit == "percentunit" {
        field["max"] = json!(1);
    }
    field
}

fn options(visual: Visual) -> Value {
    let last = json!({ "calcs": ["lastNotNull"], "fields": "", "values": false });
    match visual {
        Visual::Steps => json!({
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": ["lastNotNull"] },
            "tooltip": { "mode": "multi", "sort": "desc" }
        }),
        Visual::Stat => json!({
            "reduceOptions": last, "colorMode": "value", "graphMode": "none", "justifyMode": "auto",
            "orientation": "auto", "textMode": "value_and_name", "wideLayout": true, "showPercentChange": false,
            "percentChangeColorMode": "standard"
        }),
        Visual::Bars => json!({
            "reduceOptions": last, "displayMode": "basic", "orientation": "horizontal", "valueMode": "color",
            "namePlacement": "auto", "showUnfilled": true, "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
            "maxVizHeight": 300,
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": false, "calcs": [] }
        }),
        Visual::Table => json!({ "frameIndex": 0, "showHeader": true, "cellHeight": "sm" }),
    }
}
