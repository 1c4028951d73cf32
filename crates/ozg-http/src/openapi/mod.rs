//! `GET /openapi.json`: the description of all addresses (OpenAPI 3.1), made from the table of routes, the table of
//! parameters and the schemas of `ozg-formats`.

pub(crate) mod parameters;
mod prometheus;
mod schemas;

use crate::about::json_answer;
use crate::address::{Address, Gives, RequestBody};
use crate::app::Door;
use crate::described::DescribedParameter;
use crate::parameters::Given;
use crate::problem::{PROBLEM_TYPE, Problem};

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use ozg_formats::series::FORMATS;
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// Statuses that every address may answer with.
const EVERYWHERE: [u16; 3] = [400, 500, 503];

/// Answers with the description.
pub(crate) async fn answer(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    static DESCRIPTION: OnceLock<Value> = OnceLock::new();
    given.none()?;
    let description = DESCRIPTION.get_or_init(|| describe(&door.addresses));
    if door.config.public_url.is_empty() {
        return Ok(json_answer(description));
    }
    let mut description = description.clone();
    description["servers"] = json!([{ "url": door.config.public_url }]);
    Ok(json_answer(&description))
}

/// Writes the description as it is checked in.
pub(crate) fn description(addresses: &[&Address]) -> String {
    format!("{:#}\n", describe(addresses))
}

fn describe(addresses: &[&Address]) -> Value {
    let mut paths = Map::new();
    for address in addresses.iter().filter(|address| !address.is_local) {
        let path = paths.entry(address.path.as_ref()).or_insert_with(|| json!({}));
        path[address.verb.name().to_ascii_lowercase()] = operation(address);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "OZG-Tracker",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "An append-only log of dated milestones of the Onlinezugangsgesetz, from which every progress series, at any date, as known at any date, is computed, cited and reproduced.",
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas::all(),
            "securitySchemes": { "office": { "type": "http", "scheme": "bearer", "description": "The token of an office; reading needs none." } },
            "responses": {
                "Problem": {
                    "description": "A problem (RFC 9457), in the language of Accept-Language.",
                    "content": { (PROBLEM_TYPE): { "schema": { "$ref": "#/components/schemas/Problem" } } },
                },
                "PrometheusRefusal": {
                    "description": "Why there is no answer, in the form that Prometheus uses; a problem (RFC 9457) where the request never became a query.",
                    "content": {
                        "application/json": { "schema": { "$ref": "#/components/schemas/PrometheusRefusal" } },
                        (PROBLEM_TYPE): { "schema": { "$ref": "#/components/schemas/Problem" } },
                    },
                },
            },
        },
    })
}

fn operation(address: &Address) -> Value {
    let mut operation = Map::new();
    operation.insert("operationId".to_owned(), address.id.as_ref().into());
    operation.insert("summary".to_owned(), address.doc.as_ref().into());
    let parameters = (address.parameters)();
    if !parameters.is_empty() && address.body == RequestBody::Form {
        let (of_path, of_form): (Vec<_>, Vec<_>) =
            parameters.iter().partition(|parameter| parameter.is_of_path());
        operation
            .insert("parameters".to_owned(), of_path.into_iter().map(DescribedParameter::json).collect());
        operation.insert("requestBody".to_owned(), prometheus::form_body(&of_form));
    } else if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), parameters.iter().map(DescribedParameter::json).collect());
    }
    match address.body {
        RequestBody::Batch => drop(operation.insert("requestBody".to_owned(), schemas::batch_body())),
        RequestBody::Mapping => {
            let content = json!({ "application/json": { "schema": schema_of("Mapping") } });
            operation.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
        }
        RequestBody::Nothing | RequestBody::Form => {}
    }
    if address.is_of_office {
        operation.insert("security".to_owned(), json!([{ "office": [] }]));
    }
    operation.insert("responses".to_owned(), responses(address));
    Value::Object(operation)
}

fn responses(address: &Address) -> Value {
    let content = content(address);
    let mut statuses: Vec<u16> = address.statuses.iter().copied().chain(EVERYWHERE).chain([200]).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let is_prometheus = address.path.starts_with("/prometheus/");
    let response = |status: u16| match status {
        400.. if is_prometheus => json!({ "$ref": "#/components/responses/PrometheusRefusal" }),
        302 => json!({ "description": "The answer is at the address in `Location`." }),
        304 => json!({ "description": "The client already has this answer." }),
        400.. => json!({ "$ref": "#/components/responses/Problem" }),
        status => json!({ "description": described(status), "content": content }),
    };
    statuses
        .into_iter()
        .map(|status| (status.to_string(), response(status)))
        .collect::<Map<String, Value>>()
        .into()
}

/// Returns the schemas of an answer by media type.
fn content(address: &Address) -> Map<String, Value> {
    let mut content = Map::new();
    let mut put = |media_type: &str, schema: Value| {
        drop(content.insert(media_type.to_owned(), json!({ "schema": schema })));
    };
    for made in &address.gives {
        match made {
            Gives::Json(name) => put("application/json", schema_of(name)),
            Gives::Text(media_type) => put(media_type, any_of(media_type)),
            Gives::Formats => {
                for format in FORMATS {
                    let media_type = format.content_type.split(';').next().unwrap_or_default().trim();
                    put(media_type, any_of(media_type));
                }
                let or_other = json!({ "anyOf": [schema_of("Series"), { "type": "object" }] });
                put("application/json", or_other);
            }
        }
    }
    content
}

fn schema_of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn any_of(media_type: &str) -> Value {
    json!({ "type": if media_type.ends_with("+json") { "object" } else { "string" } })
}

fn described(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("an answer")
}
