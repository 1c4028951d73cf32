//! The query API beside a real Prometheus that `ozg export openmetrics` filled: the same queries, the same answers.
//! docs/prometheus.md lists the differences.

pub(crate) mod compare;
mod grafana;
mod patterns;
mod programs;
pub(crate) mod prometheus;
mod random;

use crate::binary::Server;
use compare::{Asked, difference};
use prometheus::Prometheus;

/// The expressions, one a line.
const EXPRESSIONS: &str = include_str!("oracle/expressions.txt");
/// At least so many of them.
const EXPRESSIONS_MIN: usize = 400;
/// Noon of a day before, one within and one near the end of the recorded time.
const INSTANTS: [i64; 3] = [1_546_344_000, 1_656_676_800, 1_765_540_800];
/// Noon of 22 June 2017 and of 26 May 2026, and how far steps are apart. The last step lies 21 days before the end, so that
/// `@ end()` and the last step differ.
const SPAN: (i64, i64) = (1_498_132_800, 1_779_796_800);
const STEP_SECONDS: i64 = 41 * 86_400;
/// Series that both have: the export of all would take minutes to fill a Prometheus with.
const CHOSEN: [&str; 4] = [
    r#"{__name__=~"ozg_services_rolled_out.*",topic=~"all|b.*"}"#,
    r#"ozg_services_launched{topic="all"}"#,
    r#"{__name__=~"ozg_reuses(_possible)?",topic="all",unit="ozg"}"#,
    r#"{__name__=~"ozg_claim|ozg_reported_.*|ozg_.*_info"}"#,
];
/// Random expressions and what they begin with.
const RANDOM: usize = 250;
const SEED: u64 = 20_170_818;

#[test]
fn a_real_prometheus_gives_the_same_answers() {
    let Some(both) = Both::new() else { return };
    let expressions: Vec<&str> = EXPRESSIONS.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(expressions.iter().filter(|line| !line.is_empty()).count() >= EXPRESSIONS_MIN);
    let mut wrong: Vec<String> = Vec::new();
    for expression in expressions {
        for asked in Asked::instants(expression, &INSTANTS) {
            wrong.extend(both.differs(&asked));
        }
        wrong.extend(both.differs(&Asked::span(expression, SPAN, STEP_SECONDS)));
    }
    for expression in patterns::expressions() {
        wrong.extend(both.differs(&Asked::instant(&expression, INSTANTS[2])));
        wrong.extend(both.differs(&Asked::span(&expression, SPAN, STEP_SECONDS)));
    }
    let mut random = random::Random::new(SEED);
    for _ in 0..RANDOM {
        let expression = random.expression();
        wrong.extend(both.differs(&Asked::instant(&expression, INSTANTS[2])));
        wrong.extend(both.differs(&Asked::span(&expression, SPAN, STEP_SECONDS)));
    }
    wrong.extend(both.searches());
    wrong.extend(grafana::replay(&both));
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// A tracker and a Prometheus that know the same.
struct Both {
    tracker: Server,
    prometheus: Prometheus,
}

impl Both {
    fn new() -> Option<Both> {
        if !Prometheus::is_there() {
            eprintln!(
                "SKIPPED: prometheus is not installed, so nothing checks the query API but our own tests; `make test` installs it (apt-get install prometheus)"
            );
            return None;
        }
        let tracker = Server::demo();
        let prometheus = Prometheus::filled_from(&tracker, &CHOSEN);
        Some(Both { tracker, prometheus })
    }

    /// Asks both and tells how the answers differ.
    fn differs(&self, asked: &Asked) -> Option<String> {
        let ours = asked.ask(self.tracker.address(), "/prometheus");
        let theirs = asked.as_the_oracle_says_it().ask(self.prometheus.address(), "");
        difference(&ours, &theirs).map(|what| format!("{asked}\n    {what}"))
    }

    /// Looks for the series, labels and values that both have.
    fn searches(&self) -> Vec<String> {
        let selectors: Vec<(&str, &str)> = CHOSEN.iter().map(|selector| ("match[]", *selector)).collect();
        let mut wrong = Vec::new();
        let ends = [("start", "1514808000"), ("end", "1781524800")];
        for span in [&[][..], &ends] {
            let parameters = [&selectors[..], span].concat();
            let paths = ["series", "labels"];
            wrong.extend(paths.iter().filter_map(|path| self.differs(&Asked::post(path, &parameters))));
            let labels =
                ["__name__", "area", "topic", "unit", "basis", "stage", "measure", "source", "nothing"];
            let values = labels.map(|label| format!("label/{label}/values"));
            wrong.extend(values.iter().filter_map(|path| self.differs(&Asked::get(path, &parameters))));
        }
        for (path, parameters) in [
            ("series", &[][..]),
            ("series", &[("match[]", "{}")]),
            ("series", &[("match[]", "ozg_reuses["), ("start", "1")]),
            ("series", &[("match[]", "ozg_area_info"), ("start", "20"), ("end", "10")]),
            ("labels", &[("match[]", "sum(x)")]),
            ("query", &[("query", "1"), ("time", "yesterday")]),
            ("query_range", &[("query", "1"), ("start", "1"), ("end", "2")]),
            ("query_range", &[("query", "1"), ("start", "3"), ("end", "2"), ("step", "1")]),
            ("query_range", &[("query", "1"), ("start", "1"), ("end", "2"), ("step", "0")]),
            ("query_range", &[("query", "1"), ("start", "1"), ("end", "2"), ("step", "-1d")]),
            ("query_range", &[("query", "1"), ("start", "0"), ("end", "11001"), ("step", "1")]),
            ("query_range", &[("query", "1"), ("start", "0"), ("end", "11000"), ("step", "1")]),
            ("query_range", &[("query", "ozg_area_info[1d]"), ("start", "1"), ("end", "2"), ("step", "1")]),
            ("query_range", &[("query", "\"a\""), ("start", "1"), ("end", "2"), ("step", "1")]),
            ("query", &[("query", "ozg_area_info{area=\"BB\"}[5d]"), ("time", "1656676800.25")]),
            ("query", &[("query", "1"), ("time", "2022-07-01T12:00:00.5+02:00")]),
            ("format_query", &[("query", "sum(ozg_reuses)by(area)")]),
            ("format_query", &[("query", "sum(")]),
            ("query_exemplars", &[("query", "ozg_reuses")]),
        ] {
            wrong.extend(self.differs(&Asked::post(path, parameters)));
        }
        for wrong_query in [
            "sum(x) by area",
            "x y",
            "x +",
            "sum by (area) x",
            "x > bool",
            "x @ end",
            "x / on area y",
            "x{a=}",
        ] {
            wrong.extend(self.differs(&Asked::instant(wrong_query, INSTANTS[0])));
        }
        for (path, parameters) in [
            ("label/bad-label/values", &[][..]),
            ("alerts", &[]),
            ("scrape_pools", &[]),
            ("rules", &[("type", "alert")]),
            ("rules", &[("type", "x")]),
            ("metadata", &[("metric", "none"), ("limit", "-1")]),
        ] {
            wrong.extend(self.differs(&Asked::get(path, parameters)));
        }
        wrong
    }
}
