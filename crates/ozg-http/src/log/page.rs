//! A page of the log as JSON.

use super::question::LogQuestion;
use super::shown::as_json;
use crate::app::Door;
use crate::caching::{Conditions, Freshness, no_body};
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LINK, VARY};
use axum::http::{HeaderValue, Response};
use serde_json::{Map, Value, json};

/// Answers with a page: its entries, the address of the next page (null at the head), the position from which to continue,
/// and the head.
pub(super) async fn answer(
    door: &Door,
    question: LogQuestion,
    conditions: &Conditions,
) -> Result<Response<Body>, Problem> {
    let freshness = Freshness::of_head(door);
    let vary = |response: &mut Response<Body>| {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    };
    if let Some(mut response) = freshness.not_modified(conditions) {
        vary(&mut response);
        return Ok(response);
    }
    if conditions.is_head {
        let mut response = Response::new(no_body());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        freshness.put(response.headers_mut());
        vary(&mut response);
        return Ok(response);
    }
    let turn = door.turn().await?;
    let (site, reading) = (door.share(), question.clone());
    let page = blocking(move || {
        let page = site.tracker.entries(reading.after, reading.page_entries(), &reading.filter);
        drop(turn);
        page
    });
    let page = page.await??;
    let next = (!page.at_head)
        .then(|| format!("{}/v1/events?{}", door.config.prefix(), question.page_after(page.next_after)));
    let mut body = Map::new();
    body.insert("entries".to_owned(), page.entries.iter().map(as_json).collect());
    body.insert("next".to_owned(), json!(next));
    body.insert("after".to_owned(), page.next_after.get().into());
    body.insert("head".to_owned(), door.state().head().get().into());
    let mut response = Response::new(Body::from(format!("{}\n", Value::Object(body))));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let link = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    headers.extend(link.map(|link| (LINK, link)));
    freshness.put(headers);
    vary(&mut response);
    Ok(response)
}
