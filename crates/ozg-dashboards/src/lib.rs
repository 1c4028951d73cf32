//! The Grafana dashboards. Each is described once, with its texts in both languages; the files of both languages are
//! generated from that description, so they cannot drift apart. `dashboards/` holds the files, a test compares them,
//! and every query in them is run.

mod content;
mod model;
mod render;

pub use model::{
    Annotation, Choice, Codes, Csv, Dashboard, Look, Panel, Query, Settings, Source, Text, Thresholds,
    Variable, Visual,
};
use ozg_core::words::Language;

/// The data sources, as Grafana's provisioning reads them.
const DATA_SOURCES: &str = include_str!("data_sources.yml");

/// Lists all dashboards, the one to begin with first.
#[must_use]
pub fn dashboards() -> Vec<Dashboard> {
    content::all()
}

/// Lists the files of all dashboards and of the data sources: `(path below dashboards/, text)`.
#[must_use]
pub fn files(settings: &Settings) -> Vec<(String, String)> {
    let of_language = |language: Language| {
        dashboards().into_iter().map(move |dashboard| {
            let name = dashboard.file.in_language(language);
            (format!("{}/{name}.json", language.tag()), render::text(&dashboard, settings, language))
        })
    };
    let sources = DATA_SOURCES.replace("{tracker}", &settings.tracker).replace("{then}", &settings.then);
    let sources = ("provisioning/datasources/ozg.yml".to_owned(), sources);
    Language::all().flat_map(of_language).chain([sources]).collect()
}
