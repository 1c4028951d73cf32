//! The files in `dashboards/` are the generated ones, and they keep the rules of Grafana's dashboard linter.

use ozg_dashboards::{Settings, dashboards};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dashboards")
}

fn files() -> Vec<(String, String)> {
    ozg_dashboards::files(&Settings::default())
}

fn parsed() -> Vec<(String, Value)> {
    let read = |(name, text): (String, String)| (name, serde_json::from_str(&text).expect("JSON"));
    files().into_iter().filter(|(name, _)| name.ends_with(".json")).map(read).collect()
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Writes the files for an installation, as `make dashboards TRACKER=… THEN=… OUT=…` asks.
fn write() {
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let checked_in = Settings::default();
    let tracker = told("OZG_TRACKER").unwrap_or(checked_in.tracker);
    let settings = Settings {
        tracker: tracker.trim_end_matches('/').to_owned(),
        then: told("OZG_THEN").unwrap_or(checked_in.then),
    };
    let out = told("OZG_OUT").map_or_else(folder, std::path::PathBuf::from);
    for (name, text) in ozg_dashboards::files(&settings) {
        let file = out.join(&name);
        std::fs::create_dir_all(file.parent().expect("a file lies in a folder"))
            .expect("the folder can be made");
        std::fs::write(file, &text).expect("the file can be written");
    }
}

#[test]
fn what_is_checked_in_is_what_is_generated() {
    if std::env::var_os("UPDATE_DASHBOARDS").is_some() {
        write();
        return;
    }
    for (name, text) in files() {
        let found = std::fs::read_to_string(folder().join(&name)).unwrap_or_default();
        assert!(found == text, "dashboards/{name} is out of date: run `make dashboards`");
    }
    for language in ["de", "en"] {
        let found = std::fs::read_dir(folder().join(language)).unwrap().count();
        assert_eq!(found, dashboards().len(), "dashboards/{language} holds a file that nothing generates");
    }
}

/// The rules of the linter, as far as they are about dashboards that are provisioned for one service: no `job` and
/// `instance` to choose, since one tracker is asked.
#[test]
fn dashboards_keep_the_rules_of_the_linter() {
    let mut addresses = BTreeSet::new();
    for (name, dashboard) in parsed() {
        assert!(addresses.insert(text(&dashboard, "/uid").to_owned()), "{name}: the uid is taken");
        assert!(text(&dashboard, "/uid").len() <= 40, "{name}: Grafana takes 40 characters of uid");
        assert_eq!(dashboard["editable"], false, "{name}: what is provisioned is not edited");
        assert_eq!(dashboard["schemaVersion"], 42, "{name}");
        let variables: Vec<&str> =
            list(&dashboard, "/templating/list").iter().map(|variable| text(variable, "/name")).collect();
        assert!(
            variables.contains(&"datasource") || variables.contains(&"prometheus"),
            "{name}: no data source to choose"
        );
        for panel in list(&dashboard, "/panels") {
            check_panel(&name, panel, &variables);
        }
        for annotation in list(&dashboard, "/annotations/list") {
            assert_eq!(text(annotation, "/datasource/uid"), "${datasource}", "{name}");
        }
    }
}

/// An installation has its own address and its own earlier data state, in links and in data sources alike.
#[test]
fn links_and_data_sources_name_the_tracker_and_the_data_state_of_the_installation() {
    let settings = Settings { tracker: "https://ozg.example.org".to_owned(), then: "2026-06-30".to_owned() };
    let all = ozg_dashboards::files(&settings);
    for (name, text) in &all {
        assert!(!text.contains("127.0.0.1:8017"), "{name}");
    }
    let of = |name: &str| all.iter().find(|(found, _)| found == name).map(|(_, text)| text.as_str()).unwrap();
    assert!(of("en/then-and-now.json").contains(
        "https://ozg.example.org/v1/series/services_launched.csv?by=area&basis=counted&as_of=2026-06-30"
    ));
    assert!(
        of("provisioning/datasources/ozg.yml")
            .contains("https://ozg.example.org/prometheus/as-of/2026-06-30")
    );
}

fn check_panel(name: &str, panel: &Value, variables: &[&str]) {
    let title = text(panel, "/title");
    if text(panel, "/type") == "text" {
        let is_gap = panel["transparent"] == true;
        let words = text(panel, "/options/content");
        assert_eq!((is_gap, title.is_empty()), (words.is_empty(), is_gap), "{name}: {title}: says nothing");
        return;
    }
    // A tile has the code of its Land, and a panel of words above explains all tiles.
    let is_tile = title.len() == 2;
    assert!(is_tile || text(panel, "/description").len() > 10, "{name}: {title}: says too little");
    assert!(!text(panel, "/fieldConfig/defaults/unit").is_empty(), "{name}: {title}: no unit");
    assert!(!list(panel, "/targets").is_empty(), "{name}: {title}: asks nothing");
    let uid = text(panel, "/datasource/uid");
    assert!(uid.starts_with("${") || uid == "-- Mixed --", "{name}: {title}: a fixed data source");
    let mut letters = BTreeSet::new();
    for target in list(panel, "/targets") {
        let expression = text(target, "/expr");
        assert!(letters.insert(text(target, "/refId")), "{name}: {title}: refId twice");
        let uid = text(target, "/datasource/uid").trim_start_matches("${").trim_end_matches('}');
        assert!(variables.contains(&uid), "{name}: {title}: no variable {uid}");
        for wrong in ["delta(", "irate(", "[5m]", "increase("] {
            assert!(!expression.contains(wrong), "{name}: {title}: {wrong} in {expression}");
        }
        if expression.contains("rate(") {
            assert!(expression.contains("[$__rate_interval]"), "{name}: {title}: {expression}");
        }
        let is_counter =
            expression.contains("_bucket") || expression.contains("_count[") || expression.contains("_sum[");
        assert!(!is_counter || expression.contains("rate("), "{name}: {title}: a counter as it stands");
        let sums_over_areas = expression.contains("sum(") && !expression.contains("area");
        assert!(!sums_over_areas, "{name}: {title}: sums over DE and the Länder at once: {expression}");
    }
}

#[test]
fn panels_do_not_overlap_and_fill_the_page() {
    for (name, dashboard) in parsed() {
        let mut taken = BTreeSet::new();
        for panel in list(&dashboard, "/panels") {
            let at = |key: &str| panel["gridPos"][key].as_u64().unwrap();
            assert!(at("x") + at("w") <= 24, "{name}");
            for cell in
                (at("x")..at("x") + at("w")).flat_map(|x| (at("y")..at("y") + at("h")).map(move |y| (x, y)))
            {
                assert!(taken.insert(cell), "{name}: {} overlaps", text(panel, "/title"));
            }
        }
    }
}

/// What differs between the languages is words only.
#[test]
fn both_languages_ask_the_same() {
    let all = parsed();
    let (german, english) = all.split_at(all.len() / 2);
    for ((name, german), (_, english)) in german.iter().zip(english) {
        let asked = |dashboard: &Value| -> Vec<String> {
            let targets = list(dashboard, "/panels").iter().flat_map(|panel| list(panel, "/targets"));
            targets.map(|target| text(target, "/expr").to_owned()).collect()
        };
        assert_eq!(asked(german), asked(english), "{name}");
        let titles = |dashboard: &Value| -> Vec<String> {
            list(dashboard, "/panels").iter().map(|panel| text(panel, "/title").to_owned()).collect()
        };
        // Tiles have the code of their Land, gaps have no title.
        let same = titles(german)
            .iter()
            .zip(titles(english))
            .filter(|(german, english)| german.len() > 2 && **german == *english)
            .count();
        assert!(same <= 1, "{name}: titles that are not translated");
    }
}

/// Grafana's own schemas, where they are at hand.
#[test]
fn grafana_s_own_schemas_accept_them() {
    let schemas = std::env::var_os("OZG_GRAFANA_SCHEMAS")
        .map_or_else(|| folder().join("../../shared/grafana-schemas"), std::path::PathBuf::from);
    if !schemas.join("dashboard.json").exists() {
        eprintln!("SKIPPED: Grafana's schemas are not at hand (OZG_GRAFANA_SCHEMAS names their folder)");
        return;
    }
    let schema = |name: &str| -> Value {
        let mut schema: Value =
            serde_json::from_str(&std::fs::read_to_string(schemas.join(name)).unwrap()).unwrap();
        // They take an object only where Grafana takes anything: the value of an override, what a matcher is told.
        for pointer in [
            "/definitions/DynamicConfigValue/properties/value",
            "/definitions/MatcherConfig/properties/options",
        ] {
            if let Some(any) = schema.pointer_mut(pointer) {
                *any = true.into();
            }
        }
        schema
    };
    let validator = |name: &str, definition: &str| {
        let mut schema = schema(name);
        schema["$ref"] = format!("#/definitions/{definition}").into();
        jsonschema::validator_for(&schema).unwrap()
    };
    let whole = validator("dashboard.json", "Dashboard");
    let query = validator("prometheus.json", "Dataquery");
    let units: BTreeSet<String> = schema("units.json")["definitions"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|unit| Some(unit.get("const")?.as_str()?.to_owned()))
        .collect();
    for (name, dashboard) in parsed() {
        let mistakes: Vec<String> =
            whole.iter_errors(&dashboard).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
        for panel in list(&dashboard, "/panels").iter().filter(|panel| text(panel, "/type") != "text") {
            let file = format!("{}.json", text(panel, "/type"));
            let mistakes: Vec<String> = validator(&file, "Options")
                .iter_errors(&panel["options"])
                .chain(list(panel, "/targets").iter().flat_map(|target| query.iter_errors(target)))
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert!(mistakes.is_empty(), "{name}: {}: {mistakes:#?}", text(panel, "/title"));
            if schema(&file)["definitions"].get("FieldConfig").is_some() {
                let mut custom = panel["fieldConfig"]["defaults"]["custom"].clone();
                // Newer than the schemas.
                custom.as_object_mut().unwrap().remove("wrapHeaderText");
                let mistakes: Vec<String> = validator(&file, "FieldConfig")
                    .iter_errors(&custom)
                    .map(|error| error.to_string())
                    .collect();
                assert!(mistakes.is_empty(), "{name}: {}: {mistakes:#?}", text(panel, "/title"));
            }
            let unit = text(panel, "/fieldConfig/defaults/unit");
            assert!(units.contains(unit), "{name}: Grafana knows no unit {unit}");
        }
    }
}

/// Grafana's own list of units and reducers, where npm could fetch it (`make tools`).
#[test]
fn units_and_reducers_are_those_of_grafana() {
    let package = folder().join("../.venv/grafana-data/dist/esm");
    let read = |name: &str| std::fs::read_to_string(package.join(name));
    let (Ok(units), Ok(reducers)) =
        (read("valueFormats/categories.mjs"), read("transformations/fieldReducer.mjs"))
    else {
        eprintln!("SKIPPED: @grafana/data is not at hand (`make tools` fetches it where there is npm)");
        return;
    };
    let knows = |list: &str, id: &str| list.contains(&format!("id: \"{id}\""));
    assert!(!knows(&units, "no such unit"));
    for (name, dashboard) in parsed() {
        for panel in list(&dashboard, "/panels").iter().filter(|panel| text(panel, "/type") != "text") {
            let unit = text(panel, "/fieldConfig/defaults/unit");
            assert!(knows(&units, unit), "{name}: Grafana knows no unit {unit}");
            let calculations = ["/options/reduceOptions/calcs", "/options/legend/calcs"];
            for reducer in calculations.iter().flat_map(|pointer| list(panel, pointer)) {
                let reducer = reducer.as_str().unwrap_or_default();
                assert!(knows(&reducers, reducer), "{name}: Grafana knows no reducer {reducer}");
            }
        }
    }
}
