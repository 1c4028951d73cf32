//! `/datapackage.json`: all series and lists as a data package (Frictionless, version 2).

use super::answer::{licence, text};
use crate::app::{Door, Site};
use crate::caching::{Conditions, Freshness};
use crate::lists::list::List;
use crate::lists::of_things;
use crate::parameters::Given;
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use ozg_core::measure::Measure;
use ozg_core::time::rfc3339;
use ozg_core::words::Position;
use ozg_formats::series::{COLUMNS, Cells, Stands};
use serde_json::{Value, json};

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Answers with the package, whose resources are addresses of the tracker.
pub(crate) async fn answer(
    door: State<Door>,
    given: Given,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    text(&Freshness::of_head(&door), &conditions, "application/json", || {
        let head = door.state().head();
        let base = &door.config.public_url;
        let at = |path: String| if base.is_empty() { path } else { format!("{base}/{path}") };
        let of_series = |id: &str| at(format!("v1/series/{id}.csv"));
        let of_list = |name: &str| at(format!("v1/{name}.csv"));
        Ok(format!("{:#}\n", package(&door, head, &of_series, &of_list, &[])))
    })
}

/// Writes a package as of a position; the caller names its resources.
pub(super) fn package(
    site: &Site,
    position: Position,
    of_series: &dyn Fn(&str) -> String,
    of_list: &dyn Fn(&str) -> String,
    more: &[Value],
) -> Value {
    let (name, address) = licence(&site.config.licence);
    let mut licence = json!({ "name": name, "title": site.config.licence });
    if let Some(address) = address {
        licence["path"] = address.into();
    }
    let recorded = site.state().batch_until(position).map(|batch| rfc3339(batch.recorded_at_ms));
    let series = Measure::all().map(|measure| series(measure, &of_series(measure.id())));
    let list = |list: &List| {
        table(list.name, &of_list(list.name), &list.columns.iter().map(field).collect::<Vec<Value>>())
    };
    let lists = of_things().map(list);
    let mut package = json!({
        "$schema": PROFILE,
        "name": "ozg-tracker",
        "title": "OZG-Tracker",
        "description": "Stand der Umsetzung des Onlinezugangsgesetzes / Progress of the Onlinezugangsgesetz",
        "version": position.to_string(),
        "licenses": [licence],
        "contributors": [{ "title": site.config.operator, "roles": ["publisher"] }],
        "resources": series.chain(lists).chain(more.iter().cloned()).collect::<Vec<_>>(),
    });
    if let Some(recorded) = recorded {
        package["created"] = recorded.into();
    }
    package
}

fn series(measure: Measure, path: &str) -> Value {
    let columns = COLUMNS.iter().filter(|column| column.stands == Stands::Everywhere);
    let fields = columns.map(|column| {
        let kind = match column.cells {
            Cells::Date => "date",
            Cells::Number => "number",
            Cells::Text | Cells::Kind(_) | Cells::Basis | Cells::Qualifier => "string",
        };
        json!({ "name": column.id, "title": column.label.en, "type": kind })
    });
    let mut resource = table(measure.id(), path, &fields.collect::<Vec<Value>>());
    resource["title"] = measure.name().en.into();
    resource["description"] = measure.row().definition.en.into();
    resource
}

fn field(name: &&'static str) -> Value {
    json!({ "name": name, "type": if *name == "population" { "integer" } else { "string" } })
}

fn table(name: &str, path: &str, fields: &[Value]) -> Value {
    json!({
        "name": name,
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "missingValues": [""] },
    })
}
