//! The Grafana dashboards. Each is described once, with its texts in both languages; the files of both languages are
//! generated from that description, so they cannot drift apart. `dashboards/` holds the files, a test compares them,
//! and every query in them is run.

mod content;
mod model;
mod render;

pub use model::{Annotation, Dashboard, Panel, Query, Source, Thresholds, Variable, Visual};
use ozg_core::words::Language;

/// Lists all dashboards, the one to begin with first.
#[must_use]
pub fn dashboards() -> Vec<Dashboard> {
    content::all()
}

/// Lists the files of all dashboards: `(path below dashboards/, text)`.
#[must_use]
pub fn files() -> Vec<(String, String)> {
    let languages = [Language::German, Language::English];
    let of_language = |language: Language| {
        dashboards().into_iter().map(move |dashboard| {
            let name = dashboard.file.in_language(language);
            (format!("{}/{name}.json", language.tag()), render::text(&dashboard, language))
        })
    };
    languages.into_iter().flat_map(of_language).collect()
}
