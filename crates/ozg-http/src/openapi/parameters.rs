//! The parameters of every address, with what each takes.

use crate::described::{DescribedParameter, rows, schema, with_cached};
use crate::problems::PROBLEMS;
use ozg_core::measure::Measure;
use ozg_core::query::{PARAMETERS, Scope, Takes};
use ozg_formats::series::FORMATS;
use ozg_formats::sheets::SheetKind;
use serde_json::{Value, json};

pub(crate) use super::prometheus::*;
pub(crate) use crate::described::{cached, cached_rows, one};

/// None.
pub(crate) fn none() -> Vec<DescribedParameter> {
    Vec::new()
}

/// Those of an archive.
pub(crate) fn archive() -> Vec<DescribedParameter> {
    let schema = json!({ "type": "string", "pattern": "^(latest|[0-9]{4}-[0-9]{2}-[0-9]{2}(-p[1-9][0-9]{0,9})?)\\.zip$" });
    with_cached([DescribedParameter::path(
        "file",
        "the day and `.zip`, `{date}-p{position}.zip` for a data state, or `latest.zip`",
        schema,
    )])
}

/// Those of a problem.
pub(crate) fn slug() -> Vec<DescribedParameter> {
    let slugs: Vec<&str> = PROBLEMS.iter().map(|row| row.slug).collect();
    vec![DescribedParameter::path("slug", "the last part of its type", json!({ "enum": slugs }))]
}

/// Those of an entry.
pub(crate) fn entry() -> Vec<DescribedParameter> {
    with_cached([DescribedParameter::path("id", "the id of the entry (UUID) or its position", of_entry())])
}

fn of_entry() -> Value {
    json!({ "type": "string", "pattern": "^([1-9][0-9]{0,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$" })
}

/// Those of a reading of the log.
pub(crate) fn log() -> Vec<DescribedParameter> {
    let doc = "the position of the last event seen, for server-sent events";
    let last = DescribedParameter::header("Last-Event-ID", doc, schema(Takes::Whole(0, u32::MAX)));
    with_cached(rows(&crate::log::LOG).chain([last]))
}

/// Those of a write.
pub(crate) fn record() -> Vec<DescribedParameter> {
    let doc = "the head of the log that the office has seen last, in quotes";
    let head = json!({ "type": "string", "pattern": "^\"[0-9]{1,9}\"$" });
    rows(&crate::write::PARAMETERS).chain([DescribedParameter::header("If-Match", doc, head)]).collect()
}

/// Those of the withdrawal of a batch.
pub(crate) fn withdrawal() -> Vec<DescribedParameter> {
    let position = DescribedParameter::path(
        "position",
        "the position, or the id, of any entry of the batch, such as its last",
        of_entry(),
    );
    std::iter::once(position).chain(rows(&crate::write::WITHDRAWAL)).collect()
}

/// Those of a mapping.
pub(crate) fn mapping() -> Vec<DescribedParameter> {
    vec![DescribedParameter::path("name", "the name of the mapping", schema(Takes::Slug(Some("rollout"))))]
}

/// Those of a series.
pub(crate) fn series() -> Vec<DescribedParameter> {
    let files: Vec<String> = Measure::all()
        .flat_map(|measure| FORMATS.iter().map(move |format| format!("{measure}.{}", format.id)))
        .collect();
    let file = DescribedParameter::path("file", "the measure, a point, the format", json!({ "enum": files }));
    let mut all = of_series(file, &[Scope::Everywhere, Scope::Tables, Scope::Charts, Scope::OneState]);
    all.push(DescribedParameter::query(
        crate::series::DOWNLOAD,
        "1 saves the answer as a file, named after the measure and the data state",
        json!({ "enum": ["1"] }),
    ));
    all
}

/// Those of a comparison of two data states.
pub(crate) fn compare() -> Vec<DescribedParameter> {
    let files: Vec<String> = Measure::all()
        .flat_map(|measure| ["csv", "json"].map(|ending| format!("{measure}.{ending}")))
        .collect();
    let doc = "the data state to compare with: a position such as 1042, a day or an instant";
    let against = DescribedParameter::query("against", doc, schema(Takes::DataState)).required();
    let file =
        DescribedParameter::path("file", "the measure, a point, csv or json", json!({ "enum": files }));
    of_series(file, &[Scope::Everywhere]).into_iter().chain([against]).collect()
}

/// Those of the entries behind a series.
pub(crate) fn measure() -> Vec<DescribedParameter> {
    let measures: Vec<&str> = Measure::all().map(Measure::id).collect();
    let first = DescribedParameter::path("measure", "the measure", json!({ "enum": measures }));
    of_series(first, &[Scope::Everywhere, Scope::OneState])
}

fn of_series(first: DescribedParameter, scopes: &[Scope]) -> Vec<DescribedParameter> {
    let table = PARAMETERS.iter().filter(|row| scopes.contains(&row.scope));
    let more = table.map(|row| DescribedParameter::query(row.name, row.doc, schema(row.takes)));
    with_cached(std::iter::once(first).chain(more))
}

/// Those of an export of samples.
pub(crate) fn samples() -> Vec<DescribedParameter> {
    std::iter::once(super::prometheus::selectors()).chain(rows(&crate::prometheus::SAMPLES)).collect()
}

/// Those of a template.
pub(crate) fn template() -> Vec<DescribedParameter> {
    let files: Vec<String> = SheetKind::all().map(|kind| format!("{}.xlsx", kind.id())).collect();
    let file = DescribedParameter::path("file", "which sheet", json!({ "enum": files }));
    with_cached(std::iter::once(file).chain(rows(&crate::templates::PARAMETERS)))
}
