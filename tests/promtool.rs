//! promtool checks the real `/metrics`.

use crate::binary::Server;
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn promtool_finds_nothing_wrong_with_the_metrics() {
    if Command::new("promtool").arg("--version").output().is_err() {
        eprintln!(
            "SKIPPED: promtool is not installed, so nothing checks /metrics but our own tests; `make test` installs it (apt-get install prometheus)"
        );
        return;
    }
    let server = Server::demo();
    server.get("/v1/series/services_rolled_out.csv");
    let metrics = server.get("/metrics");
    let mut child = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(metrics.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.trim().is_empty(), "{said}");
    for name in [
        "ozg_services_rolled_out{",
        "ozg_reported_timestamp_seconds{",
        "ozg_area_info{",
        "ozg_build_info{",
        "ozg_log_entries_total{",
    ] {
        assert!(metrics.contains(name), "{name} is missing");
    }
}
