//! What the answers of the catalogue, the package and the feeds have in common.

use crate::caching::{Conditions, Freshness, no_body};
use crate::problem::Problem;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};

/// Answers with a text; with 304 if the client has it already, and without a body to HEAD.
pub(super) fn text(
    freshness: &Freshness,
    conditions: &Conditions,
    content_type: &'static str,
    make: impl FnOnce() -> Result<String, Problem>,
) -> Result<Response<Body>, Problem> {
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    let body = if conditions.is_head { no_body() } else { Body::from(make()?) };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    Ok(response)
}

/// Returns the name of a licence in catalogues, and the address of its text. A licence that is neither known nor an address
/// has no such address.
pub(super) fn licence(name: &str) -> (String, Option<String>) {
    let known = |id: &str, address: &str| (id.to_owned(), Some(address.to_owned()));
    match name.to_ascii_lowercase().replace(['/', '_', ' '], "-").as_str() {
        "dl-de-by-2-0" | "dl-de-by-2.0" => {
            known("dl-de-by-2.0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0")
        }
        "dl-de-zero-2-0" | "dl-de-zero-2.0" => {
            known("dl-de-zero-2.0", "http://dcat-ap.de/def/licenses/dl-zero-de/2.0")
        }
        "cc-by-4-0" | "cc-by-4.0" => known("CC-BY-4.0", "http://dcat-ap.de/def/licenses/cc-by/4.0"),
        "cc0-1-0" | "cc0-1.0" | "cc-zero" => known("CC0-1.0", "http://dcat-ap.de/def/licenses/cc-zero"),
        _ if name.starts_with("http://") || name.starts_with("https://") => {
            (name.to_owned(), Some(name.to_owned()))
        }
        _ => (name.to_owned(), None),
    }
}
