//! All series of the query API as OpenMetrics, one sample a day at 00:00 UTC, to fill a Prometheus with.

use super::source::Seen;
use super::store::since_1970;
use crate::app::Door;
use crate::families::FAMILIES;
use crate::limits::EXPORT_TIMEOUT;
use crate::params::{Query, Reading};
use crate::problem::Problem;
use crate::streaming::{blocking, written};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use ozg_core::query::Viewpoint;
use ozg_core::words::{Day, PartialDate};
use ozg_formats::openmetrics::{Family, end, write_family};
use ozg_promql::{Matcher, NAME, Series};
use std::io::{self, Write};
use std::time::Instant;

/// The media type of OpenMetrics.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text";
const CONTENT_TYPE: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Answers with all samples, family by family.
pub(crate) async fn samples(State(door): State<Door>, query: Query) -> Result<Response<Body>, Problem> {
    let mut reading = Reading::new(&query, &["from", "to"]);
    let from = reading.read("from", |text| Ok(PartialDate::read(text)?.first()));
    let to = reading.read("to", |text| Ok(PartialDate::read(text)?.last()));
    reading.finish()?;
    let turn = door.turn().await?;
    let (site, last) = (door.share(), door.today());
    let days = since_1970(from.unwrap_or(Day::EVER))..=since_1970(to.unwrap_or(last).min(last));
    let seen = blocking(move || Seen::new(site, Viewpoint::Head, Instant::now() + EXPORT_TIMEOUT)).await?;
    let seen =
        seen.map_err(|_| Problem::unavailable("Es gibt keinen Datenstand", "There is no data state"))?;
    let body = written(turn, move |out| {
        FAMILIES
            .iter()
            .try_for_each(|row| write_all(&seen, &row.name, &row.help, (*days.start(), *days.end()), out))?;
        end(out)
    });
    let mut response = Response::new(body.await?);
    response.headers_mut().insert(header::CONTENT_TYPE, CONTENT_TYPE);
    Ok(response)
}

fn write_all(seen: &Seen, name: &str, help: &str, days: (i32, i32), out: &mut dyn Write) -> io::Result<()> {
    let matchers = [Matcher::equal(NAME, name)];
    let mut found: Vec<Series> = Vec::new();
    let collected = seen.each(&matchers, |series| {
        found.push(series.clone());
        Ok(())
    });
    collected.map_err(io::Error::other)?;
    found.sort_by(|left, right| left.labels.cmp(&right.labels));
    let family = Family { name, help };
    let series = found.iter().map(|series| {
        let labels = series.labels.iter().filter(|(label, _)| *label != NAME);
        let changes = series.changes.iter().map(|change| (change.day, change.value));
        (labels, changes)
    });
    write_family(&family, series, days, out)
}
