//! All series of the query API as OpenMetrics, one sample a day at 00:00 UTC, ready to fill a Prometheus.

use super::source::{AS_OF, SeenSeries};
use super::store::since_1970;
use super::viewpoint;
use crate::app::Door;
use crate::families::{FAMILIES, FamilyRow};
use crate::limits::EXPORT_TIMEOUT;
use crate::parameters::Given;
use crate::problem::Problem;
use crate::streaming::{blocking, written};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use ozg_core::mistake::{Code, Fault};
use ozg_core::query::{Parameter, Takes, Viewpoint, put};
use ozg_core::words::{Day, PartialDate};
use ozg_formats::openmetrics::{Family, end, write_family};
use ozg_promql::{Labels, Matcher, NAME, Series, parse_selector};
use std::io::{self, Write};
use std::time::Instant;

/// The media type of OpenMetrics.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text";
const CONTENT_TYPE: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The parameter that chooses series, as in the query API; it is repeated for each selector.
const SELECTOR: &str = "match[]";

/// The days that are exported, and the data state.
#[derive(Debug, Clone, Default)]
pub(crate) struct SampleSpan {
    from: Option<Day>,
    to: Option<Day>,
    viewpoint: Viewpoint,
}

/// The parameters of an export beside its selectors.
pub(crate) static SAMPLES: [Parameter<SampleSpan>; 3] = [
    Parameter::<SampleSpan>::new(
        ("from", "the first day; a partial date means its first"),
        Takes::Date,
        |span, text| put(&mut span.from, PartialDate::read(text).map(|date| Some(date.first()))),
        |_| None,
    ),
    Parameter::<SampleSpan>::new(
        ("to", "the last day; a partial date means its last"),
        Takes::Date,
        |span, text| put(&mut span.to, PartialDate::read(text).map(|date| Some(date.last()))),
        |_| None,
    ),
    Parameter::<SampleSpan>::new(
        (
            "as_of",
            "the data state: a day such as 2027-01-31 or a position such as p1042; everything known where it is not given",
        ),
        Takes::Text("2027-01-31"),
        |span, text| put(&mut span.viewpoint, data_state(text)),
        |_| None,
    ),
];

/// Answers with the samples of all series, or of the chosen ones, family by family.
pub(crate) async fn samples(State(door): State<Door>, given: Given) -> Result<Response<Body>, Problem> {
    let (chosen, others): (Vec<_>, Vec<_>) = given.0.into_iter().partition(|(name, _)| name == SELECTOR);
    let chosen: Vec<Vec<Matcher>> =
        chosen.iter().map(|(_, text)| selector(text)).collect::<Result<_, _>>()?;
    if chosen.iter().flatten().any(|matcher| matcher.label == AS_OF) {
        let why = "Hier wählt der Parameter as_of den Datenstand, nicht ein Merkmal der Reihe";
        let fault =
            Fault::say(Code::BadText, why, "Here the parameter as_of chooses the data state, not a label");
        return Err(Problem::parameter(SELECTOR, Some(AS_OF), fault));
    }
    let SampleSpan { from, to, viewpoint } = Given(others).read(SampleSpan::default(), &SAMPLES)?;
    let turn = door.turn().await?;
    let (site, last) = (door.share(), door.today());
    let days = since_1970(from.unwrap_or(Day::EVER))..=since_1970(to.unwrap_or(last).min(last));
    let seen = blocking(move || SeenSeries::new(site, viewpoint, Instant::now() + EXPORT_TIMEOUT)).await?;
    let seen =
        seen.map_err(|_| Problem::unavailable("Es gibt keinen Datenstand", "There is no data state"))?;
    let body = written(turn, move |out| {
        let days = (*days.start(), *days.end());
        for row in FAMILIES.iter() {
            write_all(&seen, row, &chosen, days, out)?;
        }
        end(out)
    });
    let mut response = Response::new(body.await?);
    response.headers_mut().insert(header::CONTENT_TYPE, CONTENT_TYPE);
    Ok(response)
}

fn data_state(text: &str) -> Result<Viewpoint, Fault> {
    viewpoint::read(text).map_err(|why| {
        let german =
            format!("„{text}“ ist kein Datenstand: ein Tag wie 2027-01-31 oder eine Position wie p1042");
        Fault::say(Code::BadText, german, why)
    })
}

fn selector(text: &str) -> Result<Vec<Matcher>, Problem> {
    parse_selector(text).map_err(|error| {
        let (de, en) = (format!("„{text}“ wählt keine Reihen aus: {error}"), error.to_string());
        Problem::parameter(SELECTOR, Some(text), Fault::say(Code::BadText, de, en))
    })
}

fn write_all(
    seen: &SeenSeries,
    row: &FamilyRow,
    chosen: &[Vec<Matcher>],
    days: (i32, i32),
    out: &mut dyn Write,
) -> io::Result<()> {
    let accepts = |labels: &Labels| {
        chosen.is_empty() || chosen.iter().any(|all| all.iter().all(|matcher| matcher.accepts_labels(labels)))
    };
    let is_chosen = chosen.is_empty()
        || chosen.iter().any(|all| all.iter().all(|m| m.label != NAME || m.accepts(&row.name)));
    if !is_chosen {
        return Ok(());
    }
    let mut found: Vec<Series> = Vec::new();
    let collected = seen.each(&[Matcher::equal(NAME, &row.name)], |series| {
        if accepts(&series.labels) {
            found.push(series.clone());
        }
        Ok(())
    });
    collected.map_err(io::Error::other)?;
    if found.is_empty() {
        return Ok(());
    }
    found.sort_by(|left, right| left.labels.cmp(&right.labels));
    let family = Family { name: &row.name, help: &row.help };
    let series = found.iter().map(|series| {
        let labels = series.labels.iter().filter(|(label, _)| *label != NAME);
        let changes = series.changes.iter().map(|change| (change.day, change.value));
        (labels, changes)
    });
    write_family(&family, series, days, out)
}
