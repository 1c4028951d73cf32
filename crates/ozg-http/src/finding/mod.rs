//! Ways to the data and out of the house: the catalogue (DCAT-AP), the data package, feeds, and the archive of a day.

mod archive;
mod atom;
mod catalog;
mod feed;
mod news;
mod package;
mod triples;

pub(crate) use archive::answer as archive;
pub(crate) use catalog::{as_json_ld, as_turtle};
pub(crate) use feed::answer as events_feed;
pub(crate) use news::answer as measure_feed;
pub(crate) use package::answer as package;

use crate::caching::{Asking, Freshness, no_body};
use crate::problem::Problem;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use ozg_core::mistake::{Code, Fault};
use ozg_core::words::Language;

/// Answers with a text; with 304 if the client has it already, and without a body to HEAD.
fn text(
    freshness: &Freshness,
    asking: &Asking,
    content_type: &'static str,
    make: impl FnOnce() -> Result<String, Problem>,
) -> Result<Response<Body>, Problem> {
    if let Some(response) = freshness.not_modified(asking) {
        return Ok(response);
    }
    let body = if asking.is_head { no_body() } else { Body::from(make()?) };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    freshness.put(response.headers_mut());
    Ok(response)
}

/// Reads the language of a feed.
fn language(text: &str) -> Result<Language, Fault> {
    match text {
        "de" => Ok(Language::German),
        "en" => Ok(Language::English),
        _ => Err(Fault::say(
            Code::UnknownWord,
            format!("„{text}“ ist weder de noch en"),
            format!("\"{text}\" is neither de nor en"),
        )
        .hint("de")),
    }
}

/// Returns the name of a licence in catalogues, and the address of its text. A licence that is neither known nor an address
/// has no such address.
fn licence(name: &str) -> (String, Option<String>) {
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
