//! `GET /metrics`: the current values of the domain, computed from the state once per head and day, and the counters of
//! the process.

mod domain;
mod family;
pub(crate) mod gauges;
mod log;
pub(crate) mod process;
mod usage;

pub(crate) use family::{Family, MetricKind};

use crate::app::{Door, Site};
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::blocking;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use std::sync::Arc;

/// The text format of Prometheus.
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// Answers with all values.
pub(crate) async fn scrape(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    given.none()?;
    let turn = door.turn().await?;
    let site = door.share();
    let text = blocking(move || {
        let text = text(&site);
        drop(turn);
        text
    });
    let mut response = Response::new(Body::from(text.await??));
    response.headers_mut().insert(CONTENT_TYPE, TEXT);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn text(site: &Site) -> Result<String, Problem> {
    let state = site.state();
    let today = site.today();
    let domain = {
        let mut known = site.gauges.domain.hold();
        match &*known {
            Some((head, day, text)) if (*head, *day) == (state.head(), today) => Arc::clone(text),
            _ => {
                let text: Arc<str> = domain::text(&state, today)?.into();
                *known = Some((state.head(), today, Arc::clone(&text)));
                text
            }
        }
    };
    let rows = site.tracker.offices().list().map_err(|error| Problem::internal(&error))?;
    let log = {
        let mut tally = site.gauges.log.hold();
        tally.take_in(&state);
        log::text(&tally, &state, &site.tracker, &rows)
    };
    let process = site.counters.text(site.tracker.take_commit_seconds());
    Ok([&*domain, &log, &process, &usage::text()].concat())
}
