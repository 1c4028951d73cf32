//! Writes a panel.

use super::{data_source, table, uid, words};
use crate::content::{LAND, TOPIC};
use crate::model::{Codes, Csv, Panel, Query, Settings, Source, Visual};
use ozg_core::words::{Label, Language};
use serde_json::{Value, json};

/// The least step of queries. Values change once a day at most, but a line of six hours needs two points.
const INTERVAL: &str = "1h";
/// The step of queries for process metrics, as often as they are scraped.
const PROCESS_INTERVAL: &str = "1m";

/// Writes a panel at a place.
pub(super) fn picture(
    panel: &Panel,
    number: u32,
    place: &Value,
    settings: &Settings,
    language: Language,
) -> Value {
    let head = json!({ "id": number, "type": kind(panel.visual), "gridPos": place });
    let rest = match panel.visual {
        Visual::Words => explanation(panel, language),
        Visual::Gap => json!({ "title": "", "transparent": true, "options": markdown("") }),
        _ => figures(panel, settings, language),
    };
    let parts = [head, rest].into_iter().filter_map(|part| part.as_object().cloned());
    Value::Object(parts.flatten().collect())
}

fn kind(visual: Visual) -> &'static str {
    match visual {
        Visual::Steps => "timeseries",
        Visual::Stat | Visual::Tile => "stat",
        Visual::Table => "table",
        Visual::Bars => "bargauge",
        Visual::Words | Visual::Gap => "text",
    }
}

fn markdown(content: &str) -> Value {
    json!({ "mode": "markdown", "content": content })
}

fn explanation(panel: &Panel, language: Language) -> Value {
    json!({
        "title": panel.title.in_language(language),
        "options": markdown(panel.description.in_language(language)),
    })
}

fn figures(panel: &Panel, settings: &Settings, language: Language) -> Value {
    let sources: Vec<Source> = panel.queries.iter().map(|query| query.source).collect();
    let mixed = sources.windows(2).any(|pair| pair[0] != pair[1]);
    let source = if mixed {
        json!({ "type": "datasource", "uid": "-- Mixed --" })
    } else {
        data_source(sources.first().copied().unwrap_or(Source::Now))
    };
    let is_process = sources.contains(&Source::Process);
    let links: Vec<Value> = panel.csv.iter().map(|csv| link(csv, settings, language)).collect();
    let is_table = panel.visual == Visual::Table;
    let transformations = if is_table {
        table::transformations(panel, language)
    } else {
        words::in_legends(panel.codes, language)
    };
    let overrides = if is_table { table::overrides(panel, language) } else { overrides(panel, language) };
    json!({
        "title": panel.title.in_language(language),
        // A tile has room for a code alone.
        "description": if panel.visual == Visual::Tile { "" } else { panel.description.in_language(language) },
        "datasource": source,
        "interval": if is_process { PROCESS_INTERVAL } else { INTERVAL },
        "links": links,
        "targets": targets(panel, language),
        "transformations": transformations,
        "fieldConfig": { "defaults": field(panel, language), "overrides": overrides },
        "options": options(panel, language),
    })
}

fn link(csv: &Csv, settings: &Settings, language: Language) -> Value {
    let title = Label { de: "Diese Zahlen als CSV", en: "These figures as CSV" }.in_language(language);
    let of = csv.of.map(|of| format!("{title}: {}", of.in_language(language)));
    // An earlier data state is a position or a day.
    let then = match settings.then.strip_prefix('p') {
        Some(position) => format!("position={position}"),
        None => format!("as_of={}", settings.then),
    };
    let address = csv.address.replace("{then}", &then);
    json!({
        "title": of.unwrap_or_else(|| title.to_owned()), "type": "link", "icon": "", "tooltip": "", "tags": [],
        "url": format!("{}{address}", settings.tracker), "asDropdown": false, "targetBlank": true,
        "includeVars": false, "keepTime": false
    })
}

/// Numbers the queries of a panel by letters, as Grafana does.
pub(super) fn lettered(panel: &Panel) -> impl Iterator<Item = (char, &Query)> {
    ('A'..='Z').zip(&panel.queries)
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
    lettered(panel).map(target).collect()
}

/// Makes a link from a value to the dashboard of its Land or its topic; both keep data source and time.
pub(super) fn row_link(codes: Codes, value: &str, language: Language) -> Option<Value> {
    let (file, variable, title) = match codes {
        Codes::Areas => (LAND, "area", Label { de: "Dieses Land", en: "This Land" }),
        Codes::Topics => (TOPIC, "topic", Label { de: "Dieses Themenfeld", en: "This topic" }),
        _ => return None,
    };
    let url = format!(
        "/d/{}?${{datasource:queryparam}}&var-{variable}={value}&${{__url_time_range}}",
        uid(&file, language)
    );
    Some(json!({ "title": title.in_language(language), "url": url, "targetBlank": false }))
}

fn field(panel: &Panel, language: Language) -> Value {
    let step = |(value, color): &(Option<f64>, &str)| json!({ "value": value, "color": color });
    let thresholds: Vec<Value> = panel.thresholds.iter().map(step).collect();
    let mappings = panel.words_for.iter().zip(0..).map(|((value, text, color), index)| {
        let result = json!({ "text": text.in_language(language), "color": color, "index": index });
        json!({ "type": "value", "options": { *value: result } })
    });
    let mut field = json!({
        "unit": panel.unit,
        "color": color(panel),
        "thresholds": { "mode": "absolute", "steps": thresholds },
        "mappings": mappings.collect::<Vec<Value>>(),
        "noValue": panel.nothing.in_language(language),
        "custom": custom(panel),
    });
    let is_difference = panel.queries.iter().any(|query| query.expression.contains(" offset "));
    if matches!(panel.visual, Visual::Steps | Visual::Bars | Visual::Tile) && !is_difference {
        field["min"] = json!(0);
    }
    if panel.unit == "percentunit" {
        field["max"] = json!(1);
    }
    // Grafana writes no number at an axis that its digits do not tell from the next: of shares only 0 % and 100 %.
    let is_axis_of_shares = panel.visual == Visual::Steps && panel.unit == "percentunit";
    if matches!(panel.unit, "percentunit" | "locale") && !is_axis_of_shares {
        field["decimals"] = json!(0);
    }
    field
}

/// What has thresholds has their colours, lines have colours of their own, the rest has one.
fn color(panel: &Panel) -> Value {
    match panel.visual {
        Visual::Steps => json!({ "mode": "palette-classic" }),
        _ if panel.thresholds.len() > 1 => json!({ "mode": "thresholds" }),
        _ => {
            json!({ "mode": "fixed", "fixedColor": panel.thresholds.first().map_or("text", |(_, color)| color) })
        }
    }
}

fn custom(panel: &Panel) -> Value {
    match panel.visual {
        Visual::Steps => {
            let mut custom = json!({
                "drawStyle": "line", "lineInterpolation": "stepAfter", "lineWidth": 2, "fillOpacity": 0,
                "showPoints": "never", "spanNulls": false, "thresholdsStyle": { "mode": "off" },
            });
            // A flat zero would otherwise have an axis to 100.
            if panel.unit == "locale" {
                custom["axisSoftMax"] = json!(5);
            }
            custom
        }
        Visual::Table => json!({
            "align": "auto", "inspect": false, "filterable": false, "minWidth": 70, "wrapHeaderText": true
        }),
        _ => json!({}),
    }
}

/// Makes what differs between the queries of a panel without columns.
fn overrides(panel: &Panel, language: Language) -> Vec<Value> {
    let of_query = |(letter, query): (char, &Query)| {
        let properties = look(query, language);
        let matcher = json!({ "id": "byFrameRefID", "options": letter.to_string() });
        (!properties.is_empty()).then(|| json!({ "matcher": matcher, "properties": properties }))
    };
    // The axis of time has no such label.
    let axis = panel.axis.map(|axis| {
        let label = json!({ "id": "custom.axisLabel", "value": axis.in_language(language) });
        json!({ "matcher": { "id": "byType", "options": "number" }, "properties": [label] })
    });
    let is_of_land =
        panel.visual == Visual::Tile || panel.visual == Visual::Bars && panel.codes.contains(&Codes::Areas);
    let link = is_of_land.then(|| row_link(Codes::Areas, "${__field.labels.area}", language)).flatten();
    let link = link.map(|link| {
        let links = json!({ "id": "links", "value": [link] });
        json!({ "matcher": { "id": "byType", "options": "number" }, "properties": [links] })
    });
    axis.into_iter().chain(link).chain(lettered(panel).filter_map(of_query)).collect()
}

/// Makes the properties by which the result of a query differs.
pub(super) fn look(query: &Query, language: Language) -> Vec<Value> {
    let mut properties = Vec::new();
    let mut set = |id: &str, value: Value| properties.push(json!({ "id": id, "value": value }));
    if let Some(unit) = query.look.unit {
        set("unit", json!(unit.in_language(language)));
        set("decimals", json!(0));
    }
    if let Some(color) = query.look.color {
        set("color", json!({ "mode": "fixed", "fixedColor": color }));
    }
    if query.look.is_dashed {
        set("custom.lineStyle", json!({ "fill": "dash", "dash": [10, 10] }));
    }
    if query.look.is_bar {
        set("min", json!(0));
        set("max", json!(1));
        set("color", json!({ "mode": "fixed", "fixedColor": "blue" }));
        set("custom.cellOptions", json!({ "type": "gauge", "mode": "basic", "valueDisplayMode": "text" }));
    }
    properties
}

fn options(panel: &Panel, language: Language) -> Value {
    let last = json!({ "calcs": ["lastNotNull"], "fields": "", "values": false });
    match panel.visual {
        Visual::Steps => json!({
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": [] },
            "tooltip": { "mode": "multi", "sort": "desc" }
        }),
        Visual::Stat | Visual::Tile => json!({
            "reduceOptions": last, "graphMode": "none", "justifyMode": "auto", "orientation": "auto",
            "colorMode": if panel.visual == Visual::Tile { "background_solid" } else { "value" },
            "textMode": match panel.visual {
                Visual::Tile => "value",
                _ if panel.shows_names => "name",
                _ => "value_and_name",
            },
            "wideLayout": false, "showPercentChange": false, "percentChangeColorMode": "standard"
        }),
        Visual::Bars => json!({
            "reduceOptions": last, "displayMode": "basic", "orientation": "horizontal", "valueMode": "color",
            "namePlacement": "top", "showUnfilled": true, "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16,
            "maxVizHeight": 40,
            "text": { "titleSize": 14, "valueSize": 16 },
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": false, "calcs": [] }
        }),
        Visual::Table => table::options(panel, language),
        Visual::Words | Visual::Gap => Value::Null,
    }
}
