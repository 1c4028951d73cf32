//! The families of values that Prometheus and Grafana see: one table, from which `/metrics` takes the current values and
//! the query API the whole history. Both are made of the rows of the very series that everyone can ask for.

mod claims;
mod group;
mod history;
mod names;

pub(crate) use claims::all as claims;
pub(crate) use group::{MeasureLines, tell, tell_regions, tell_service};
pub(crate) use history::{HeldDays, LabelledLine};
pub(crate) use names::{areas, regions, services, topics};

use ozg_core::measure::{Counting, Measure};
use std::sync::LazyLock;

/// Lists the measures that are scraped.
pub(crate) fn scraped() -> impl Iterator<Item = Measure> {
    Measure::all().filter(|measure| measure.row().metrics.are_scraped())
}

/// Lists the measures that the query API also has for each service.
fn of_services() -> impl Iterator<Item = Measure> {
    Measure::all().filter(|measure| measure.row().metrics.are_of_services())
}

/// The kind of values that a family has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FamilyContent {
    /// The values of a measure.
    Values(Measure),
    /// The denominators of a measure.
    Denominators(Measure),
    /// The distance between published values that contradict each other.
    Conflicts,
    /// The day that a published value is about.
    Timestamps,
    /// The names of areas.
    Areas,
    /// The names of topics.
    Topics,
    /// The names of services.
    ServiceNames,
    /// The values of a measure for each service.
    Services(Measure),
    /// Published values one by one.
    Claims,
}

/// One row of the table of families.
#[derive(Debug)]
pub(crate) struct FamilyRow {
    pub(crate) name: String,
    pub(crate) help: String,
    pub(crate) made: FamilyContent,
}

/// All families, those of `/metrics` first, in its order. All are gauges: milestones can be withdrawn.
pub(crate) static FAMILIES: LazyLock<Vec<FamilyRow>> = LazyLock::new(table);

fn table() -> Vec<FamilyRow> {
    let row = |name: String, help: String, made: FamilyContent| FamilyRow { name, help, made };
    let mut all = Vec::new();
    for measure in scraped() {
        let name = format!("ozg_{measure}");
        let below = format!("The denominator of the share of {name}.");
        all.push(row(name.clone(), measure.row().definition.en.to_owned(), FamilyContent::Values(measure)));
        all.push(row(format!("{name}_denominator"), below, FamilyContent::Denominators(measure)));
    }
    let others = [
        (
            "ozg_reported_conflict",
            "Highest minus lowest of the published values that contradict each other; absent where none do.",
            FamilyContent::Conflicts,
        ),
        (
            "ozg_reported_timestamp_seconds",
            "The day that the published value is about, as seconds since 1970.",
            FamilyContent::Timestamps,
        ),
        ("ozg_area_info", "The name of an area.", FamilyContent::Areas),
        ("ozg_topic_info", "The name of a topic; all is their total.", FamilyContent::Topics),
    ];
    all.extend(others.map(|(name, help, made)| row(name.to_owned(), help.to_owned(), made)));
    for measure in of_services() {
        // What is counted for one service only needs no word that tells it from a sum.
        let of_service = if measure.row().counting == Counting::PerService { "" } else { "service_" };
        let help = format!("By service. {}", measure.row().definition.en);
        all.push(row(format!("ozg_{of_service}{measure}"), help, FamilyContent::Services(measure)));
    }
    let help = "The name of a service that has series of reuses or published values.";
    all.push(row("ozg_service_info".to_owned(), help.to_owned(), FamilyContent::ServiceNames));
    let help = "A published value while it holds, by scope and source.";
    all.push(row("ozg_claim".to_owned(), help.to_owned(), FamilyContent::Claims));
    all
}

/// Returns the row of a kind of values.
pub(crate) fn family(made: FamilyContent) -> &'static FamilyRow {
    // Every kind has a row, which a test checks; the first row stands in for a forgotten one.
    FAMILIES.iter().find(|row| row.made == made).unwrap_or(&FAMILIES[0])
}
