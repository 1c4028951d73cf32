//! Refusals of the query API, in the form that Prometheus uses.

use crate::problem::Problem;
use crate::telling::AlreadyWritten;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use ozg_core::series::SeriesError;
use serde_json::json;

/// A refusal: its class, as Prometheus names it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    class: Class,
    text: String,
}

/// The classes of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    BadData,
    Execution,
    Timeout,
    NotFound,
    Unavailable,
    Internal,
}

/// Longest text of a refusal, in characters.
const TEXT_CHARACTERS_MAX: usize = 600;

/// The classes with their status and name.
const CLASSES: [(Class, u16, &str); 6] = [
    (Class::BadData, 400, "bad_data"),
    (Class::NotFound, 404, "not_found"),
    (Class::Execution, 422, "execution"),
    (Class::Timeout, 503, "timeout"),
    (Class::Unavailable, 503, "unavailable"),
    (Class::Internal, 500, "internal"),
];

impl Refusal {
    /// Makes the refusal of a parameter.
    pub(super) fn parameter(name: &str, why: impl std::fmt::Display) -> Refusal {
        Refusal { class: Class::BadData, text: format!("invalid parameter {name:?}: {why}") }
    }

    /// Makes the refusal of a request that cannot be understood.
    pub(super) fn bad(why: impl Into<String>) -> Refusal {
        Refusal { class: Class::BadData, text: why.into() }
    }

    /// Makes the refusal of an address that does not exist.
    pub(crate) fn unknown(path: &str) -> Refusal {
        Refusal { class: Class::NotFound, text: format!("there is no {path:?}; /v1 lists all addresses") }
    }

    /// Makes the refusal of a request for which no turn is free.
    pub(super) fn busy() -> Refusal {
        Refusal { class: Class::Unavailable, text: "too many queries at once, try again".to_owned() }
    }
}

impl From<ozg_promql::Error> for Refusal {
    fn from(error: ozg_promql::Error) -> Refusal {
        let text = error.to_string();
        let class = match error {
            ozg_promql::Error::BadData(_) => Class::BadData,
            ozg_promql::Error::NotFound(_) => Class::NotFound,
            ozg_promql::Error::Execution(_) => Class::Execution,
            ozg_promql::Error::Timeout => Class::Timeout,
        };
        Refusal { class, text }
    }
}

impl From<SeriesError> for Refusal {
    fn from(error: SeriesError) -> Refusal {
        let class = match error {
            SeriesError::BeyondHead { .. } => Class::NotFound,
            SeriesError::BeforeFirstEntry { .. }
            | SeriesError::Undefined { .. }
            | SeriesError::Impossible(_) => Class::BadData,
            SeriesError::TooMany { .. } => Class::Execution,
        };
        Refusal { class, text: error.to_string() }
    }
}

/// Turns a problem, which is a missing turn or an internal failure, into a refusal.
impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        if problem.is_internal() {
            return Refusal {
                class: Class::Internal,
                text: "the tracker failed; its record says how".to_owned(),
            };
        }
        Refusal::busy()
    }
}

/// Leaves out the middle of a text that repeats something long; why it was refused stands at its end.
fn shortened(text: String) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= TEXT_CHARACTERS_MAX {
        return text;
    }
    let part = TEXT_CHARACTERS_MAX / 2;
    letters[..part]
        .iter()
        .chain(" … ".chars().collect::<Vec<_>>().iter())
        .chain(&letters[letters.len() - part..])
        .collect()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        let row = CLASSES.iter().find(|(class, ..)| *class == self.class).unwrap_or(&CLASSES[0]);
        let body = json!({ "status": "error", "errorType": row.2, "error": shortened(self.text) });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = StatusCode::from_u16(row.1).unwrap_or(StatusCode::BAD_REQUEST);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response.extensions_mut().insert(AlreadyWritten);
        response
    }
}
