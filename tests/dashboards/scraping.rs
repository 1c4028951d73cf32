//! A real Prometheus that scrapes the tracker: it evaluates the rules and answers the dashboard of operations.

use super::asked::{Dashboard, folder};
use crate::binary::{Server, try_ask};
use crate::oracle::compare::Asked;
use crate::oracle::prometheus::Prometheus;
use crate::process::wait_for;
use serde_json::Value;
use std::collections::BTreeMap;

/// Scrapes that rates need.
const SCRAPES_MIN: f64 = 3.0;

/// Families that the query API has and a scrape does not, and those of the process.
const NOT_BOTH: [&str; 6] =
    ["ozg_service_", "ozg_claim", "ozg_log_", "ozg_objections_", "ozg_http_", "ozg_build_"];

/// Reads type and help of every family that both have.
fn metadata(address: &str, prefix: &str) -> BTreeMap<String, String> {
    let answer = Asked::get("metadata", &[]).ask(address, prefix).1;
    let families = answer["data"].as_object().cloned().unwrap_or_default();
    let both = |name: &str| name.starts_with("ozg_") && !NOT_BOTH.iter().any(|other| name.starts_with(other));
    let told: BTreeMap<String, String> = families
        .into_iter()
        .filter(|(name, _)| both(name))
        .map(|(name, told)| (name, format!("{} {}", told[0]["type"], told[0]["help"])))
        .collect();
    assert!(told.len() > 5, "{answer}");
    told
}

#[test]
fn a_prometheus_that_scrapes_answers_for_operations_and_evaluates_every_rule() {
    if !Prometheus::is_there() {
        eprintln!(
            "SKIPPED: prometheus is not installed, so nothing scrapes the tracker; `make test` installs it"
        );
        return;
    }
    let tracker = Server::demo();
    tracker.get("/v1/series/services_rolled_out.csv");
    let rules = folder().join("rules").canonicalize().expect("a folder");
    let config = format!(
        "global: {{ scrape_interval: 1s, evaluation_interval: 1s }}\nrule_files: ['{0}/alerts.yml', '{0}/recording.yml']\nscrape_configs:\n  - job_name: ozg\n    static_configs: [{{ targets: ['{1}'] }}]\n",
        rules.display(),
        tracker.address()
    );
    let prometheus = Prometheus::with_config(&config);
    wait_for("three scrapes", || {
        let scraped = Asked::post("query", &[("query", "count_over_time(ozg_build_info[1m])")]);
        let answer = scraped.ask(prometheus.address(), "").1;
        let count = answer.pointer("/data/result/0/value/1")?.as_str()?.parse::<f64>().ok()?;
        (count >= SCRAPES_MIN).then_some(())
    });
    for question in Dashboard::all().iter().flat_map(Dashboard::process_questions) {
        let asked = Asked::post("query", &[("query", question.expression())]);
        let answer = asked.ask(prometheus.address(), "").1;
        let found = answer.pointer("/data/result").and_then(Value::as_array).map_or(0, Vec::len);
        assert!(found > 0 || question.may_be_empty(), "{question}: {answer}");
    }
    let health = wait_for("every rule was evaluated", || {
        let (_, body) = try_ask(prometheus.address(), "GET", "/api/v1/rules", &[], b"")?;
        let body: Value = serde_json::from_str(&body).ok()?;
        let groups = body.pointer("/data/groups")?.as_array()?;
        let rules = groups.iter().flat_map(|group| group["rules"].as_array().into_iter().flatten());
        let health: Vec<(String, String)> =
            rules.map(|rule| (rule["name"].to_string(), rule["health"].to_string())).collect();
        (!health.is_empty() && health.iter().all(|(_, health)| health != "\"unknown\"")).then_some(health)
    });
    assert!(health.len() >= 8 && health.iter().all(|(_, health)| health == "\"ok\""), "{health:?}");
    // The query API also lists families that have no value today.
    let known = metadata(tracker.address(), "/prometheus");
    for (name, told) in metadata(prometheus.address(), "") {
        assert_eq!(known.get(&name), Some(&told), "{name}");
    }
    // What is scraped is what the query API says.
    let question = "sum by (area, basis) (ozg_services_rolled_out{topic=\"all\",unit=\"ozg\"})";
    let asked = Asked::post("query", &[("query", question)]);
    let values = |answer: Value| -> Vec<(String, String)> {
        let rows = answer.pointer("/data/result").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut rows: Vec<_> =
            rows.iter().map(|row| (row["metric"].to_string(), row["value"][1].to_string())).collect();
        rows.sort();
        rows
    };
    let scraped = values(asked.ask(prometheus.address(), "").1);
    assert!(!scraped.is_empty());
    assert_eq!(scraped, values(asked.ask(tracker.address(), "/prometheus").1));
}
