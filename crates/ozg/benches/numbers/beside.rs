//! The query API and a real Prometheus on one machine: both hold the same series and answer the same questions in turn.

use crate::measured::{Table, grouped, quantiles, timed, to_f64};
use crate::programs;
use crate::running::{Running, get, mib};
use serde_json::Value;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// The series that both have: what the dashboard *Übersicht* asks for, and all topics of two measures.
const CHOSEN: [&str; 4] = [
    r#"{__name__=~"ozg_services_(launched|rolled_out)(_denominator)?",unit="ozg"}"#,
    r#"ozg_reuses{topic="all",unit="ozg",stage="live"}"#,
    r#"ozg_reported_conflict"#,
    r#"{__name__=~"ozg_(area|topic)_info"}"#,
];
/// Noon of 1 January 2017 and of 15 June 2026, and a day: over nine years.
const SPAN: (i64, i64) = (1_483_272_000, 1_781_524_800);
const DAY_SECONDS: i64 = 86_400;
/// How often each question is asked of each.
const ROUNDS: usize = 15;
const DEADLINE: Duration = Duration::from_secs(120);

/// Questions over the whole span.
const RANGES: [(&str, &str); 4] = [
    (
        "sum by (area), all topics, 1 d steps",
        r#"sum by (area) (ozg_services_launched{topic!="all",basis="counted"})"#,
    ),
    ("one series, 1 d steps", r#"ozg_services_rolled_out{area="HH",topic="all",basis="reported"}"#),
    (
        "share by area, 1 d steps",
        r#"ozg_services_rolled_out{topic="all",basis="reported"} / ozg_services_rolled_out_denominator{topic="all",basis="reported"}"#,
    ),
    (
        "change within 90 days by area and topic, 1 d steps",
        r#"ozg_services_launched{basis="counted"} - ozg_services_launched{basis="counted"} offset 90d"#,
    ),
];
/// Questions about one instant.
const INSTANTS: [(&str, &str); 2] = [
    ("sum by (area), one instant", r#"sum by (area) (ozg_services_launched{topic!="all",basis="counted"})"#),
    ("avg_over_time 365 d, one instant", r#"avg_over_time(ozg_services_rolled_out{topic="all"}[365d])"#),
];

/// Runs all of it in a folder, or says why not.
pub(crate) fn run(folder: &Path, table: &mut Table) {
    if !programs::are_there() {
        println!(
            "prometheus is not installed, so nothing is measured beside it (apt-get install prometheus)"
        );
        return;
    }
    std::fs::create_dir_all(folder).expect("a folder");
    let tracker = Running::tracker(folder, &["--demo"]);
    export(folder, &tracker, table);
    let prometheus = start_prometheus(folder);
    for (name, expression) in RANGES {
        let path = range(expression);
        compare(table, name, &tracker, &prometheus, &|server| drop(ask(server, &path)));
    }
    for (name, expression) in INSTANTS {
        let path = format!("query?query={}&time={}", escaped(expression), SPAN.1);
        compare(table, name, &tracker, &prometheus, &|server| drop(ask(server, &path)));
    }
    let values = "label/area/values?match[]=ozg_services_launched";
    compare(table, "label values", &tracker, &prometheus, &|server| drop(ask(server, values)));
    let panels = panels_of_overview();
    compare(table, "all panels of Übersicht at once", &tracker, &prometheus, &|server| {
        std::thread::scope(|scope| {
            panels.iter().for_each(|path| drop(scope.spawn(|| drop(ask(server, path)))));
        });
    });
    let (ours, theirs) = (tracker.peak_bytes(), prometheus.peak_bytes());
    table.row(
        "peak memory, tracker / Prometheus",
        format!(
            "{:.0} MiB / {:.0} MiB = {:.2}",
            mib(ours),
            mib(theirs),
            to_f64(ours) / to_f64(theirs.max(1))
        ),
        "",
    );
}

/// Asks both in turn, so that what else the machine does falls on both.
fn compare(table: &mut Table, name: &str, ours: &Running, theirs: &Running, ask: &dyn Fn(&Running)) {
    let ((), first) = timed(|| ask(ours));
    ask(theirs);
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(timed(|| ask(ours)).1);
        other.push(timed(|| ask(theirs)).1);
    }
    let ((own, _), (other, _)) = (quantiles(&mut own), quantiles(&mut other));
    let ratio = own.as_secs_f64() / other.as_secs_f64();
    let value = format!("{own:.1?} / {other:.1?} = {ratio:.2} (first {first:.1?})");
    table.row(&format!("PromQL: {name}, tracker / Prometheus"), value, "≤ 1");
}

fn export(folder: &Path, tracker: &Running, table: &mut Table) {
    let chosen: Vec<String> =
        CHOSEN.iter().map(|selector| format!("match[]={}", escaped(selector))).collect();
    let path = format!("/v1/samples.openmetrics?{}", chosen.join("&"));
    let (body, time) = timed(|| get(&tracker.address, &path));
    let samples = body
        .split(|byte| *byte == b'\n')
        .filter(|line| line.first().is_some_and(|byte| *byte != b'#'))
        .count();
    let each = to_f64(samples) / time.as_secs_f64();
    table.row(
        "PromQL: export of samples to fill a Prometheus",
        format!("{}/s ({} samples)", grouped(each), grouped(to_f64(samples))),
        "≥ 1,000,000/s",
    );
    std::fs::write(folder.join("samples"), body).expect("a file");
}

fn start_prometheus(folder: &Path) -> Running {
    programs::fill(folder);
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let address = free.expect("a free port").to_string();
    let child = programs::start(folder, programs::CONFIG, &address);
    let started = Instant::now();
    while TcpStream::connect(&address).is_err()
        || !get(&address, "/-/ready").starts_with(b"Prometheus Server is Ready")
    {
        assert!(started.elapsed() < DEADLINE, "Prometheus is not ready");
        std::thread::sleep(Duration::from_millis(50));
    }
    Running { child, address, prefix: "", _out: None }
}

/// The requests of the dashboard, a day a step.
fn panels_of_overview() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dashboards/de/uebersicht.json");
    let text = std::fs::read_to_string(file).expect("the dashboard");
    let dashboard: Value = serde_json::from_str(&text).expect("JSON");
    let panels = dashboard["panels"].as_array().into_iter().flatten();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let path = |target: &Value| {
        let expression = target["expr"].as_str().unwrap_or_default();
        if target["instant"] == true {
            format!("query?query={}&time={}", escaped(expression), SPAN.1)
        } else {
            range(expression)
        }
    };
    targets.map(path).collect()
}

fn range(expression: &str) -> String {
    let (start, end) = SPAN;
    format!("query_range?query={}&start={start}&end={end}&step={DAY_SECONDS}", escaped(expression))
}

fn ask(server: &Running, path: &str) -> Vec<u8> {
    let body = get(&server.address, &format!("{}/api/v1/{path}", server.prefix));
    assert!(body.starts_with(b"{\"status\":\"success\""), "{path}: {}", String::from_utf8_lossy(&body));
    body
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(escape).collect()
}
