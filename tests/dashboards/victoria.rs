//! VictoriaMetrics, filled from the export that fills a Prometheus, gives the same values.

use crate::binary::{Server, command, try_ask};
use crate::oracle::compare::Asked;
use crate::process::{Process, free_address, wait_for};
use serde_json::Value;
use std::process::{Command, Stdio};

/// VictoriaMetrics looks back by the step of a question.
const STEP: &str = "36h";
/// Noon of 1 July 2022 and of 15 June 2026.
const INSTANTS: [&str; 2] = ["1656676800", "1781524800"];

#[test]
fn victoria_metrics_takes_the_export_and_gives_the_same_values() {
    if Command::new("victoria-metrics").arg("--version").output().is_err() {
        eprintln!(
            "SKIPPED: victoria-metrics is not installed, so the second home is not tried; `make test` installs it"
        );
        return;
    }
    let tracker = Server::demo();
    let folder = tempfile::tempdir().expect("a folder");
    let address = free_address();
    let child = Command::new("victoria-metrics")
        .args(["-retentionPeriod=100y", "-search.latencyOffset=0s", &format!("-httpListenAddr={address}")])
        .arg(format!("-storageDataPath={}", folder.path().display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("victoria-metrics starts");
    let _running = Process(child);
    wait_for("VictoriaMetrics is ready", || {
        try_ask(&address, "GET", "/health", &[], b"").filter(|(status, _)| *status == 200)
    });
    let selector = "ozg_services_rolled_out{topic=\"all\",unit=\"ozg\"}";
    let export = command(tracker.folder())
        .args(["export", "openmetrics", "--data", "data", "--match", selector])
        .output()
        .expect("the command runs");
    assert!(export.status.success(), "{}", String::from_utf8_lossy(&export.stderr));
    let (status, body) =
        try_ask(&address, "POST", "/api/v1/import/prometheus", &[], &export.stdout).expect("an answer");
    assert!(status < 300, "{status} {body}");
    try_ask(&address, "GET", "/internal/force_flush", &[], b"").expect("an answer");
    for instant in INSTANTS {
        let asked = Asked::post("query", &[("query", selector), ("time", instant), ("step", STEP)]);
        let ours = values(&asked.ask(tracker.address(), "/prometheus").1);
        assert!(!ours.is_empty());
        assert_eq!(ours, values(&asked.ask(&address, "").1), "at {instant}");
    }
}

fn values(answer: &Value) -> Vec<(String, f64)> {
    let rows = answer.pointer("/data/result").and_then(Value::as_array).cloned().unwrap_or_default();
    let value = |row: &Value| row["value"][1].as_str().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
    // The order of labels is each server's own.
    let labels = |row: &Value| {
        let metric = row["metric"].as_object().cloned().unwrap_or_default();
        let mut labels: Vec<String> = metric.iter().map(|(name, value)| format!("{name}={value}")).collect();
        labels.sort();
        labels.join(",")
    };
    let mut rows: Vec<(String, f64)> = rows.iter().map(|row| (labels(row), value(row))).collect();
    rows.sort_by(|left, right| left.0.cmp(&right.0));
    rows
}
