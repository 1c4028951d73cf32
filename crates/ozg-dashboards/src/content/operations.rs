//! Betrieb: the log, response times, and the time since each office last wrote. Its data source is a Prometheus that
//! scrapes the tracker.

use super::same;
use crate::model::{Dashboard, Panel, Source, Visual};
use ozg_core::words::Label;

pub(super) fn dashboard() -> Dashboard {
    Dashboard {
        file: Label { de: "betrieb", en: "operations" },
        title: Label { de: "OZG · Betrieb", en: "OZG · Operations" },
        description: Label {
            de: "Das Protokoll, die Antwortzeiten und wie lange jede Stelle schweigt. Die Datenquelle ist ein Prometheus, das /metrics abfragt.",
            en: "The log, response times, and for how long each office has been silent. The data source is a Prometheus that scrapes /metrics.",
        },
        from: "now-6h",
        variables: Vec::new(),
        panels: [state(), log(), speed(), process()].concat(),
        is_about_progress: false,
    }
}

fn ask(panel: Panel, expression: &str, legend: Label) -> Panel {
    panel.ask_of(Source::Process, expression, legend)
}

fn state() -> Vec<Panel> {
    vec![
        ask(
            Panel::new(
                Visual::Stat,
                Label { de: "Protokoll", en: "Log" },
                Label { de: "Position des letzten Eintrags.", en: "Position of the last entry." },
            )
            .size(6, 5),
            "max(ozg_log_head_position)",
            Label { de: "Einträge", en: "entries" },
        ),
        ask(
            Panel::new(
                Visual::Stat,
                Label { de: "Ungeprüft", en: "Not verified" },
                Label {
                    de: "Einträge nach dem zuletzt geprüften. Geprüft wird bei jedem Start und durch „ozg log verify“.",
                    en: "Entries after the last one that was verified. Each start verifies the log, and so does \"ozg log verify\".",
                },
            )
            .size(6, 5)
            .thresholds(&[(None, "green"), (Some(10_000.0), "orange")]),
            "max(ozg_log_head_position - ozg_log_verified_position)",
            Label { de: "Einträge", en: "entries" },
        ),
        ask(
            Panel::new(
                Visual::Stat,
                Label { de: "Erreichbar", en: "Up" },
                Label {
                    de: "Ob die letzte Abfrage von /metrics gelang.",
                    en: "Whether the last scrape of /metrics succeeded.",
                },
            )
            .size(6, 5)
            .thresholds(&[(None, "red"), (Some(1.0), "green")])
            .words_for(&[
                ("0", Label { de: "nein", en: "no" }, "red"),
                ("1", Label { de: "ja", en: "yes" }, "green"),
            ]),
            "up and on (instance, job) ozg_build_info",
            same("{{instance}}"),
        ),
        ask(
            Panel::new(
                Visual::Stat,
                Label { de: "Version", en: "Version" },
                Label { de: "Die laufende Version.", en: "The running version." },
            )
            .size(6, 5)
            .names_only(),
            "ozg_build_info",
            same("{{version}}"),
        ),
    ]
}

fn log() -> Vec<Panel> {
    vec![
        ask(
            Panel::new(
                Visual::Bars,
                Label { de: "Schweigen der Stellen", en: "Silence of offices" },
                Label {
                    de: "Zeit seit dem letzten Eintrag jeder Stelle; hat eine Stelle noch nie geschrieben, seit sie angelegt wurde.",
                    en: "Time since each office last recorded something; since it was added, if it never did.",
                },
            )
            .unit("s")
            .thresholds(&[(None, "green"), (Some(1_209_600.0), "orange"), (Some(2_592_000.0), "red")]),
            "sort_desc(time() - ozg_log_last_recorded_timestamp_seconds)",
            same("{{office}}"),
        ),
        ask(
            Panel::new(
                Visual::Table,
                Label { de: "Einträge nach Art", en: "Entries by type" },
                Label { de: "Was im Protokoll steht.", en: "What the log holds." },
            ),
            "sort_desc(sum by (type) (ozg_log_entries_total))",
            Label { de: "Einträge", en: "entries" },
        ),
    ]
}

fn speed() -> Vec<Panel> {
    vec![
        ask(
            Panel::new(
                Visual::Steps,
                Label { de: "Anfragen je Sekunde", en: "Requests per second" },
                Label { de: "Nach Adresse und Status.", en: "By route and status." },
            )
            .unit("reqps"),
            "sum by (route, status) (rate(ozg_http_request_duration_seconds_count[$__rate_interval]))",
            same("{{route}} {{status}}"),
        ),
        ask(
            Panel::new(
                Visual::Steps,
                Label { de: "Antwortzeit, 99 von 100", en: "Response time, 99 of 100" },
                Label {
                    de: "Unter diesem Wert bleiben 99 von 100 Antworten, nach Adresse.",
                    en: "99 of 100 answers stay below this, by route.",
                },
            )
            .unit("s"),
            "histogram_quantile(0.99, sum by (le, route) (rate(ozg_http_request_duration_seconds_bucket[$__rate_interval])))",
            same("{{route}}"),
        ),
        ask(
            Panel::new(
                Visual::Steps,
                Label { de: "Dauer des dauerhaften Schreibens", en: "Time of a durable commit" },
                Label {
                    de: "Unter diesem Wert bleiben 99 von 100 Schreibvorgängen.",
                    en: "99 of 100 commits stay below this.",
                },
            )
            .unit("s")
            .or_nothing(Label {
                de: "In dieser Zeit wurde nichts eingetragen",
                en: "Nothing was recorded in this time",
            }),
            "histogram_quantile(0.99, sum by (le) (rate(ozg_log_commit_duration_seconds_bucket[$__rate_interval]))) >= 0",
            Label { de: "99 von 100", en: "99 of 100" },
        ),
    ]
}

/// What the process uses. Other processes that are scraped have families of the same names.
fn process() -> Vec<Panel> {
    let of_tracker = |expression: &str| format!("{expression} and on (instance, job) ozg_build_info");
    let panel = |title: Label, description: Label, unit: &'static str, expression: &str| {
        ask(
            Panel::new(Visual::Steps, title, description).unit(unit),
            &of_tracker(expression),
            same("{{instance}}"),
        )
    };
    let open = ask(
        Panel::new(
            Visual::Steps,
            Label { de: "Offene Dateien und Verbindungen", en: "Open files and connections" },
            Label {
                de: "Wie viele der Prozess offen hat, als Anteil an denen, die er haben darf.",
                en: "How many the process has open, as a share of those that it may have.",
            },
        )
        .unit("percentunit"),
        &of_tracker("process_open_fds / process_max_fds"),
        same("{{instance}}"),
    );
    vec![
        panel(
            Label { de: "Speicher", en: "Memory" },
            Label { de: "Arbeitsspeicher, den der Prozess belegt.", en: "Memory that the process holds." },
            "bytes",
            "process_resident_memory_bytes",
        ),
        panel(
            Label { de: "Prozessor", en: "Processor" },
            Label {
                de: "Rechenzeit je Sekunde: 1 heißt, dass ein Kern ganz beschäftigt ist.",
                en: "Processor time per second: 1 means that one core is fully busy.",
            },
            "none",
            "rate(process_cpu_seconds_total[$__rate_interval])",
        )
        .axis(Label { de: "Kerne", en: "cores" }),
        open,
    ]
}
