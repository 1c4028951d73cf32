//! The pages for people, which `ozg-pages` writes.

use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::parameters::{Given, without_foreign};
use crate::problem::Problem;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
};
use axum::http::{HeaderValue, Response, StatusCode, Uri};
use ozg_core::words::Language;
use ozg_pages::Start;

/// Answers with the first page in German.
pub(crate) async fn german(
    state: State<Door>,
    given: Given,
    uri: Uri,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    start(&state, (&given, &uri), &conditions, Language::German)
}

/// Answers with the first page in English.
pub(crate) async fn english(
    state: State<Door>,
    given: Given,
    uri: Uri,
    conditions: Conditions,
) -> Result<Response<Body>, Problem> {
    start(&state, (&given, &uri), &conditions, Language::English)
}

fn start(
    door: &Door,
    (given, uri): (&Given, &Uri),
    conditions: &Conditions,
    language: Language,
) -> Result<Response<Body>, Problem> {
    given.none()?;
    if let Some(address) = without_foreign(uri).map(|address| format!("{}{address}", door.config.prefix()))
        && let Ok(address) = HeaderValue::from_str(&address)
    {
        let mut response = Response::new(no_body());
        *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
        response.headers_mut().insert(LOCATION, address);
        return Ok(response);
    }
    let freshness = Freshness::of_head(door);
    if let Some(response) = freshness.not_modified(conditions) {
        return Ok(response);
    }
    let state = door.state();
    let page = ozg_pages::start(
        &Start {
            operator: &door.config.operator,
            licence: &door.config.licence,
            prefix: door.config.prefix(),
            position: state.head(),
            recorded_at_ms: state.batch_until(state.head()).map(|batch| batch.recorded_at_ms),
            is_simulated: state.is_simulated(),
        },
        language,
    );
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(ozg_pages::CONTENT_SECURITY_POLICY));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    freshness.put(headers);
    Ok(response)
}
