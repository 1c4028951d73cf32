//! The files in `dashboards/` with real programs: every query is run against the tracker and against a Prometheus that
//! was filled from it, every link is followed, every rule is evaluated.

mod asked;
mod scraping;
mod victoria;

use crate::binary::Server;
use crate::oracle::compare::{Answered, Asked, difference};
use crate::oracle::prometheus::Prometheus;
use asked::{Dashboard, Question};
use std::collections::{BTreeMap, BTreeSet};

/// Noon of 1 January 2017 and of 15 June 2026, which the demo's figures lie between, and how far steps are apart.
const SPAN: (i64, i64) = (1_483_272_000, 1_781_524_800);
const STEP_SECONDS: i64 = 10 * 86_400;
/// The earlier data state that provisioning names.
const THEN: &str = "p200";

#[test]
fn every_query_gives_the_same_non_empty_answer_as_a_filled_prometheus() {
    if !Prometheus::is_there() {
        eprintln!(
            "SKIPPED: prometheus is not installed, so no query of the dashboards is compared; `make test` installs it"
        );
        return;
    }
    let tracker = Server::demo();
    let dashboards = Dashboard::all();
    let questions: Vec<Question> = dashboards.iter().flat_map(Dashboard::questions).collect();
    assert!(questions.len() > 100, "both languages ask {} questions", questions.len());
    let selectors = |then: bool| -> Vec<String> {
        let of_state = questions.iter().filter(|question| question.is_then == then);
        of_state.flat_map(|question| question.selectors()).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (now, then) = (selectors(false), selectors(true));
    let texts = |selectors: &[String]| selectors.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let now = Prometheus::filled_from(&tracker, &texts(&now).lines().collect::<Vec<_>>());
    let then = Prometheus::filled_as_of(&tracker, &texts(&then).lines().collect::<Vec<_>>(), THEN);
    let earlier = format!("/prometheus/as-of/{THEN}");
    let mut wrong = Vec::new();
    // Both languages ask the same. The value tells whether there was an answer.
    let (mut asked, mut said) = (BTreeMap::new(), BTreeSet::new());
    for question in &questions {
        let (prometheus, prefix) = if question.is_then { (&then, &*earlier) } else { (&now, "/prometheus") };
        let request = question.request();
        let has_answer = *asked.entry((prefix, request.to_string())).or_insert_with(|| {
            let ours = request.ask(tracker.address(), prefix);
            let theirs = request.ask(prometheus.address(), "");
            wrong.extend(difference(&ours, &theirs).map(|what| format!("{question}: {what}")));
            !is_empty(&ours)
        });
        // One query of each panel says something. What is counted of a partial catalogue has no share, what nobody said
        // is no zero, and perhaps nothing has changed.
        if has_answer || question.may_be_empty() {
            said.insert(&question.panel);
        }
    }
    let silent = questions.iter().filter(|question| !said.contains(&question.panel));
    wrong.extend(silent.map(|question| format!("{question}: the tracker says nothing")));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), asked.len(), wrong.join("\n"));
}

fn is_empty(Answered(status, body): &Answered) -> bool {
    let data = &body["data"];
    let found = data.get("result").unwrap_or(data);
    *status != 200 || found.as_array().is_none_or(Vec::is_empty)
}

#[test]
fn what_a_dashboard_begins_with_can_be_chosen_and_its_links_lead_to_figures() {
    let tracker = Server::demo();
    for dashboard in Dashboard::all() {
        for (variable, value) in dashboard.choices() {
            let answer = variable.request().ask(tracker.address(), "/prometheus");
            assert!(answer.1.to_string().contains(&format!("\"{value}\"")), "{variable}: no {value}");
        }
        for link in dashboard.links() {
            let text = tracker.get(&link);
            assert!(text.lines().count() > 1, "{link}: {text}");
        }
    }
}

#[test]
fn promtool_accepts_the_rules_and_their_cases_come_out() {
    if !Prometheus::is_there() {
        eprintln!("SKIPPED: promtool is not installed, so no rule is tested; `make test` installs it");
        return;
    }
    for arguments in [
        ["check", "rules", "alerts.yml"],
        ["check", "rules", "recording.yml"],
        ["test", "rules", "tests.yml"],
    ] {
        let output = std::process::Command::new("promtool")
            .args(arguments)
            .current_dir(asked::folder().join("rules"))
            .output()
            .expect("promtool runs");
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    }
}

/// The request for a question over the time that the demo has figures for.
fn span(expression: &str) -> Asked {
    Asked::span(expression, SPAN, STEP_SECONDS)
}
