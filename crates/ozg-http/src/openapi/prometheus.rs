//! The parameters and answers of the query API of Prometheus. Addresses at an earlier data state have that data state
//! in their path.

use crate::described::DescribedParameter;
use serde_json::{Map, Value, json};

/// Adds the data state as the first parameter if the path has it.
fn at(is_as_of: bool, parameters: impl IntoIterator<Item = DescribedParameter>) -> Vec<DescribedParameter> {
    let schema = json!({
        "type": "string", "pattern": "^(p[0-9]{1,9}|20[0-6][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))$",
        "examples": ["2027-01-31", "p1042"],
    });
    let doc = "the data state: the end of a day in Berlin, or p and a position of the log";
    let state = is_as_of.then(|| DescribedParameter::path("state", doc, schema));
    state.into_iter().chain(parameters).collect()
}

fn text(name: &'static str, doc: &str, example: &str) -> DescribedParameter {
    DescribedParameter::query(name, doc, json!({ "type": "string", "examples": [example] }))
}

fn expression() -> DescribedParameter {
    text("query", "a PromQL expression", "sum by (area) (ozg_services_rolled_out)")
}

fn instant(name: &'static str, doc: &str) -> DescribedParameter {
    text(name, doc, "1780308000")
}

fn limit() -> DescribedParameter {
    let schema = json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000 });
    DescribedParameter::query("limit", "most series or names of the answer; 0 means all", schema)
}

fn timeout() -> DescribedParameter {
    text("timeout", "how long it may take; there is a limit besides", "10s")
}

pub(super) fn selectors() -> DescribedParameter {
    let item = json!({ "type": "string", "examples": ["ozg_reuses{area=\"BB\"}"] });
    DescribedParameter::query(
        "match[]",
        "selectors of series; given again for each",
        json!({ "type": "array", "items": item }),
    )
}

fn search() -> [DescribedParameter; 4] {
    let (start, end) = (instant("start", "the first instant"), instant("end", "the last instant"));
    [selectors(), start, end, limit()]
}

/// The parameters of a query at one instant.
pub(crate) fn prom_query(is_as_of: bool) -> Vec<DescribedParameter> {
    let time = instant("time", "the instant, in seconds since 1970 or RFC 3339; now where it is not given");
    at(is_as_of, [expression(), time, timeout(), limit()])
}

/// The parameters of a query over a span.
pub(crate) fn prom_query_range(is_as_of: bool) -> Vec<DescribedParameter> {
    let step = text("step", "the step width, a duration or seconds", "1d");
    let (start, end) = (instant("start", "the first instant"), instant("end", "the last instant"));
    at(is_as_of, [expression(), start, end, step, timeout(), limit()])
}

/// The parameters of a search for series.
pub(crate) fn prom_series(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, search())
}

/// The parameters of a search for names of labels.
pub(crate) fn prom_labels(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, search())
}

/// The parameters of a search for values of a label.
pub(crate) fn prom_label_values(is_as_of: bool) -> Vec<DescribedParameter> {
    let schema = json!({ "type": "string", "pattern": "^[a-z_]+$", "examples": ["area"] });
    at(is_as_of, [DescribedParameter::path("name", "the label", schema)].into_iter().chain(search()))
}

/// The parameters of a request for metadata.
pub(crate) fn prom_metadata(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, [text("metric", "only this metric", "ozg_reuses"), limit()])
}

/// The parameters of a request to format a query.
pub(crate) fn prom_format(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, [expression()])
}

/// The parameters of a request for exemplars.
pub(crate) fn prom_exemplars(is_as_of: bool) -> Vec<DescribedParameter> {
    let (start, end) = (instant("start", "the first instant"), instant("end", "the last instant"));
    at(is_as_of, [expression(), start, end])
}

/// The parameters of a ranking.
pub(crate) fn prom_limited(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, [limit()])
}

/// The parameters of a federation.
pub(crate) fn prom_federate(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, [selectors()])
}

/// The parameters of requests that have none of their own.
pub(crate) fn prom_plain(is_as_of: bool) -> Vec<DescribedParameter> {
    at(is_as_of, [])
}

/// Describes parameters as a form.
pub(super) fn form_body(parameters: &[&DescribedParameter]) -> Value {
    let mut properties = Map::new();
    for (name, doc, schema) in parameters.iter().map(|parameter| parameter.parts()) {
        let mut schema = schema.clone();
        schema["description"] = doc.into();
        properties.insert(name.to_owned(), schema);
    }
    let schema = json!({ "type": "object", "properties": properties });
    json!({ "content": { "application/x-www-form-urlencoded": { "schema": schema } } })
}

/// Returns the schemas of answers by name.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let labels = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let text = json!({ "type": "string" });
    let list = |items: &Value| json!({ "type": "array", "items": items });
    let about = json!({
        "type": "object", "required": ["type", "help", "unit"],
        "properties": { "type": { "const": "gauge" }, "help": text, "unit": text },
    });
    let values = json!({
        "type": "object",
        "required": ["resultType", "result"],
        "properties": { "resultType": { "enum": ["scalar", "vector", "matrix", "string"] }, "result": { "type": "array" } },
        "additionalProperties": false,
    });
    let refusal = json!({
        "type": "object",
        "required": ["status", "errorType", "error"],
        "properties": {
            "status": { "const": "error" },
            "errorType": { "enum": ["bad_data", "execution", "not_found", "timeout", "unavailable"] },
            "error": text,
        },
        "additionalProperties": false,
    });
    vec![
        ("PrometheusValues", success(&values)),
        ("PrometheusSeries", success(&list(&labels))),
        ("PrometheusTexts", success(&list(&text))),
        ("PrometheusText", success(&text)),
        ("PrometheusMetadata", success(&json!({ "type": "object", "additionalProperties": list(&about) }))),
        ("PrometheusList", success(&json!({ "type": "array" }))),
        ("PrometheusObject", success(&json!({ "type": "object" }))),
        ("PrometheusRefusal", refusal),
    ]
}

fn success(data: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["status", "data"],
        "properties": {
            "status": { "const": "success" },
            "data": data,
            "warnings": { "type": "array", "items": { "type": "string" } },
        },
        "additionalProperties": false,
    })
}
