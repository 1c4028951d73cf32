//! `/federate`: the values of now of the series that selectors find, in the text format of Prometheus, for a Prometheus that
//! wants some series and not all of `/metrics`. Samples have no time, so that the one that scrapes gives them its own.

use super::ask::Ask;
use super::refusal::Refusal;
use super::source::SeenSeries;
use crate::families::FAMILIES;
use crate::metrics::{Family, MetricKind, TEXT};
use axum::response::Response;
use ozg_promql::{Labels, NAME, Series, Source, write_value};
use std::collections::BTreeMap;

/// Answers with the values of now of the series that selectors find.
pub(crate) async fn federate(ask: Ask) -> Response {
    ask.answer_as(TEXT, written).await
}

fn written(ask: &Ask, seen: &SeenSeries) -> Result<Vec<u8>, Refusal> {
    let selectors = ask.selectors()?;
    if selectors.is_empty() {
        return Err(Refusal::bad(
            "no match[] parameter provided, as in match[]=ozg_services_rolled_out{area=\"DE\"}",
        ));
    }
    let mut found: BTreeMap<Labels, f64> = BTreeMap::new();
    for matchers in &selectors {
        for series in seen.select(matchers)? {
            if let Some(value) = value_of(&series, seen.last_day()) {
                found.insert(series.labels, value);
            }
        }
    }
    let mut out = String::new();
    for row in FAMILIES.iter() {
        let mut family = Family::new(&*row.name, MetricKind::Gauge, &row.help);
        for (labels, value) in found.iter().filter(|(labels, _)| labels.get(NAME) == row.name) {
            let pairs: Vec<(&str, &str)> = labels.iter().filter(|(name, _)| *name != NAME).collect();
            let mut text = Vec::new();
            write_value(&mut text, *value);
            family.put(&pairs, String::from_utf8_lossy(&text));
        }
        out.push_str(&family.text());
    }
    Ok(out.into_bytes())
}

/// Returns the value that a series has on a day.
fn value_of(series: &Series, day: i32) -> Option<f64> {
    let begun = series.changes.partition_point(|change| change.day <= day);
    begun.checked_sub(1).and_then(|last| series.changes[last].value)
}
