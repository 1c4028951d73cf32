//! The first page: what this service is, the two clocks, the data state, ready-made series, lists, addresses for
//! programs.

use crate::style::STYLE;
use crate::texts::TEXTS;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ozg_core::measure::{Counting, Dimension, Measure};
use ozg_core::time::rfc3339;
use ozg_core::words::{Label, Language, Position};
use ozg_formats::sheets::SheetKind;

/// The content of the first page.
#[derive(Debug, Clone)]
pub struct Start<'a> {
    /// The name of the operator.
    pub operator: &'a str,
    /// The licence of the data.
    pub licence: &'a str,
    /// The path under which a proxy offers the tracker (`/ozg`), empty if there is none.
    pub prefix: &'a str,
    /// The position of the last entry, 0 for an empty log.
    pub position: Position,
    /// When it was recorded, in milliseconds since 1970 UTC.
    pub recorded_at_ms: Option<i64>,
    /// Whether the log holds generated entries.
    pub is_simulated: bool,
}

/// Writes the first page in a language.
#[must_use]
pub fn start(shown: &Start<'_>, language: Language) -> String {
    let say = |label: Label| label.in_language(language);
    let body = html! {
        p { (say(TEXTS.what)) }
        h2 { (say(TEXTS.clocks_heading)) }
        p { (say(TEXTS.clocks)) }
        (data_state(shown, language))
        (charts(language))
        (series(language))
        h2 { (say(TEXTS.lists_heading)) }
        ul {
            @for (path, label) in LISTS {
                li { (say(label)) ": " a href=(format!("{path}.csv")) { "CSV" } ", " a href=(path) { "JSON" } }
            }
            li {
                (say(TEXTS.due)) ": "
                a href=(format!("/v1/due.csv?lang={}", language.tag())) { "CSV" } ", "
                a href="/v1/due" { "JSON" }
            }
            li {
                (say(TEXTS.entries)) ": "
                a href=(format!("/v1/entries.csv?limit={NEWEST}&lang={}", language.tag())) { "CSV" } ", "
                a href=(format!("/v1/entries?limit={NEWEST}")) { "JSON" }
            }
        }
        h2 { (say(TEXTS.offices_heading)) }
        p { (say(TEXTS.offices)) }
        ul {
            @for kind in SheetKind::all() {
                li { a href=(format!("/v1/templates/{}.xlsx?lang={}", kind.id(), language.tag())) { (say(kind.name())) " (XLSX)" } }
            }
        }
        h2 { (say(TEXTS.machines_heading)) }
        ul {
            @for (path, label) in MACHINES {
                li { a href=(path) { code { (path) } } ": " (say(label)) }
            }
        }
    };
    under(shown.prefix, &page(shown, language, &body))
}

/// Puts a prefix before the addresses of a page. Texts within it have no bare quotation marks.
fn under(prefix: &str, page: &str) -> String {
    let led = |page: &str, name: &str| page.replace(&format!(" {name}=\"/"), &format!(" {name}=\"{prefix}/"));
    led(&led(page, "href"), "src")
}

const LISTS: [(&str, Label); 7] = [
    ("/v1/measures", TEXTS.measures),
    ("/v1/areas", TEXTS.areas),
    ("/v1/topics", TEXTS.topics),
    ("/v1/services", TEXTS.services),
    ("/v1/authorities", TEXTS.authorities),
    ("/v1/regions", TEXTS.regions),
    ("/v1/lists", TEXTS.lists),
];

/// Entries that the page links to.
const NEWEST: usize = 1_000;

const MACHINES: [(&str, Label); 8] = [
    ("/v1", TEXTS.discovery),
    ("/v1/events", TEXTS.events),
    ("/openapi.json", TEXTS.description),
    ("/metrics", TEXTS.metrics),
    ("/v1/events.atom", TEXTS.feed),
    ("/v1/catalog.ttl", TEXTS.catalogue),
    ("/datapackage.json", TEXTS.package),
    ("/archive/latest.zip", TEXTS.archive),
];

/// The charts: a measure and a query each.
const CHARTS: [(Measure, &str); 2] = [
    (Measure::ServicesRolledOut, "area=DE&basis=reported,counted"),
    (Measure::ServicesLaunched, "area=DE&basis=reported,counted"),
];

/// The formats that each measure links to.
const LINKED: [&str; 6] = ["csv", "de.csv", "xlsx", "json", "svg", "zip"];

/// Puts a page around its content.
fn page(shown: &Start<'_>, language: Language, body: &Markup) -> String {
    let say = |label: Label| label.in_language(language);
    let (other, other_path) = match language {
        Language::German => (Language::English, "/en/"),
        Language::English => (Language::German, "/"),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (say(TEXTS.title)) " – " (shown.operator) }
                link rel="alternate" type="application/atom+xml" href="/v1/events.atom" title=(say(TEXTS.feed));
                link rel="alternate" hreflang=(other.tag()) href=(other_path);
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#content" { (say(TEXTS.skip)) }
                header {
                    h1 { (say(TEXTS.title)) }
                    nav { a href=(other_path) hreflang=(other.tag()) lang=(other.tag()) { (say(TEXTS.other_language)) } }
                }
                @if shown.is_simulated {
                    p class="notice" role="note" { strong { (say(TEXTS.simulated)) } }
                }
                main id="content" { (*body) }
                footer { (shown.operator) " · " (say(TEXTS.licence)) ": " (shown.licence) }
            }
        }
    };
    page.into_string()
}

fn data_state(shown: &Start<'_>, language: Language) -> Markup {
    let say = |label: Label| label.in_language(language);
    html! {
        h2 { (say(TEXTS.state_heading)) }
        @match shown.recorded_at_ms.map(rfc3339) {
            Some(recorded_at) => {
                dl {
                    dt { (say(TEXTS.position)) } dd { (shown.position) }
                    dt { (say(TEXTS.recorded_at)) } dd { time datetime=(recorded_at) { (recorded_at) } }
                }
            }
            None => p { (say(TEXTS.empty)) }
        }
    }
}

/// Lists the measures that need no parameter.
fn series(language: Language) -> Markup {
    let say = |label: Label| label.in_language(language);
    let shown = |measure: &Measure| matches!(measure.row().counting, Counting::Stored | Counting::Folded);
    html! {
        h2 { (say(TEXTS.series_heading)) }
        div class="scroll" tabindex="0" role="region" aria-label=(say(TEXTS.series_heading)) {
            table {
                caption { (say(TEXTS.series_caption)) }
                thead {
                    tr {
                        th scope="col" { (say(TEXTS.measure)) }
                        th scope="col" { (say(TEXTS.by_area)) }
                        th scope="col" { (say(TEXTS.by_topic)) }
                        th scope="col" { (say(TEXTS.definition)) }
                    }
                }
                tbody { @for measure in Measure::all().filter(shown) { (row(measure, language)) } }
            }
        }
    }
}

/// Shows charts of the figures that most people want first. Each is an address that anyone may embed.
fn charts(language: Language) -> Markup {
    html! {
        @for (measure, query) in CHARTS {
            figure {
                img src=(format!("/v1/series/{measure}.svg?{query}&lang={}", language.tag())) alt=(measure.name().in_language(language)) width="860";
            }
        }
    }
}

fn row(measure: Measure, language: Language) -> Markup {
    let name = measure.name().in_language(language);
    let link = |ending: &str, query: &str| {
        let by = if query.is_empty() { TEXTS.by_area } else { TEXTS.by_topic };
        let label = format!("{name}, {}, {}", by.in_language(language), ending.to_uppercase());
        html! { a href=(format!("/v1/series/{measure}.{ending}{query}")) aria-label=(label) { (ending.to_uppercase()) } }
    };
    html! {
        tr {
            th scope="row" { (name) }
            td { @for ending in LINKED { (link(ending, "")) " " } }
            td {
                @if measure.has(Dimension::Topic) {
                    @for ending in LINKED { (link(ending, "?by=topic")) " " }
                }
            }
            td { a href=(format!("/v1/measures/{measure}")) { (measure.definition_id()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(is_simulated: bool) -> Start<'static> {
        Start {
            operator: "A & B",
            licence: "dl-de/by-2-0",
            prefix: "",
            position: Position::new(42),
            recorded_at_ms: Some(0),
            is_simulated,
        }
    }

    #[test]
    fn each_language_names_itself_and_links_the_other() {
        let german = start(&shown(false), Language::German);
        assert!(
            german.contains("<html lang=\"de\">")
                && german.contains("<a href=\"/en/\" hreflang=\"en\" lang=\"en\">")
        );
        assert!(german.contains("A &amp; B") && german.contains("1970-01-01T00:00:00.000Z"));
        assert!(german.contains("href=\"/v1/series/services_launched.csv\"") && !german.contains("Achtung"));
        let english = start(&shown(true), Language::English);
        assert!(
            english.contains("<html lang=\"en\">") && english.contains("Caution: this log holds generated")
        );
    }

    #[test]
    fn nothing_comes_from_elsewhere_and_nothing_runs() {
        let page = start(&shown(true), Language::German);
        for forbidden in ["<script", "http://", "https://", "onclick", "style=\""] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert_eq!(page.matches("src=").count(), page.matches("src=\"/v1/series/").count());
    }

    #[test]
    fn a_prefix_leads_every_address() {
        let page = start(&Start { prefix: "/ozg", ..shown(false) }, Language::German);
        let plain = start(&shown(false), Language::German);
        for name in ["href", "src"] {
            let (all, led) = (format!(" {name}=\"/"), format!(" {name}=\"/ozg/"));
            assert_eq!(page.matches(&all).count(), page.matches(&led).count());
            assert_eq!(page.matches(&led).count(), plain.matches(&all).count());
        }
    }

    #[test]
    fn an_empty_log_says_so() {
        let empty = Start { position: Position::START, recorded_at_ms: None, ..shown(false) };
        assert!(start(&empty, Language::German).contains("noch leer"));
    }
}
