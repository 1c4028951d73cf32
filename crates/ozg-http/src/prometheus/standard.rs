//! The addresses at which programs ask whether a Prometheus is there and how it is set up, in its shapes. The tracker scrapes
//! nothing, alerts nobody and has no flags; what it can say truthfully it says.

use super::answers;
use super::ask::Ask;
use super::refusal::Refusal;
use super::source::SeenSeries;
use crate::app::Door;
use crate::limits::{QUERY_TIMEOUT, QUESTIONS_MAX};
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use ozg_core::time::rfc3339;
use ozg_promql::{DAY_MS, NAME, SAMPLES_MAX, Source};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows of a ranking without `limit`, as in Prometheus.
const RANKED: usize = 10;

/// Answers what is here, at the address of the data source itself.
pub(crate) async fn root(ask: Ask) -> Response {
    let text = "The query API of Prometheus, over the history of the tracker: api/v1/query and its like, see docs/prometheus.md.\n";
    ask.answer_as(HeaderValue::from_static("text/plain; charset=utf-8"), |_, _| Ok(text.as_bytes().to_vec()))
        .await
}

/// Answers while the process lives.
pub(crate) async fn healthy() -> Response {
    "The tracker is healthy.\n".into_response()
}

/// Answers that queries can be sent; they always can.
pub(crate) async fn ready() -> Response {
    "The tracker is ready.\n".into_response()
}

/// Answers that no alerts are firing: there are none.
pub(crate) async fn alerts(ask: Ask) -> Response {
    always(ask, json!({ "alerts": [] })).await
}

/// Answers that nothing is scraped.
pub(crate) async fn targets(ask: Ask) -> Response {
    always(ask, json!({ "activeTargets": [], "droppedTargets": [], "droppedTargetCounts": {} })).await
}

/// Answers that nothing is scraped, in no pools.
pub(crate) async fn scrape_pools(ask: Ask) -> Response {
    always(ask, json!({ "scrapePools": [] })).await
}

/// Answers with the limits that are flags of Prometheus.
pub(crate) async fn flags(ask: Ask) -> Response {
    let flags = json!({
        "query.max-concurrency": QUESTIONS_MAX.to_string(),
        "query.max-samples": SAMPLES_MAX.to_string(),
        "query.timeout": format!("{}s", QUERY_TIMEOUT.as_secs()),
    });
    always(ask, flags).await
}

/// Answers with what a configuration would say: that a subquery has a step of a day if it names none.
pub(crate) async fn config(ask: Ask) -> Response {
    always(ask, json!({ "yaml": "global:\n  evaluation_interval: 1d\n" })).await
}

/// Answers with the time, and with what programs read beside it.
pub(crate) async fn runtime_info(State(door): State<Door>, ask: Ask) -> Response {
    let (now, age) = (door.now_ms(), door.started.elapsed().as_secs());
    // To the second, as its age is.
    let started =
        rfc3339(now.saturating_sub(i64::try_from(age).unwrap_or(0).saturating_mul(1_000)) / 1_000 * 1_000);
    let info = json!({
        "startTime": started, "CWD": "", "reloadConfigSuccess": true, "lastConfigTime": started,
        "serverTime": rfc3339(now), "corruptionCount": 0, "goroutineCount": 0,
        "GOMAXPROCS": std::thread::available_parallelism().map_or(1, usize::from), "GOMEMLIMIT": 0, "GOGC": "",
        "GODEBUG": "", "storageRetention": "",
    });
    always(ask, info).await
}

async fn always(ask: Ask, data: Value) -> Response {
    ask.answer(move |_, _| Ok(answers::value(&data))).await
}

/// Answers with the number of series, and which metrics and labels have the most of them.
pub(crate) async fn tsdb(ask: Ask) -> Response {
    ask.answer(|ask, seen| {
        let most = ask.limit()?.unwrap_or(RANKED);
        let counted = Counted::of(seen)?;
        let (mut values, mut bytes): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
        for ((name, value), count) in &counted.pairs {
            *values.entry(name).or_default() += 1;
            *bytes.entry(name).or_default() += count * (name.len() + value.len());
        }
        let named = |all: BTreeMap<&str, usize>| {
            ranked(all.into_iter().map(|(name, count)| (name.to_owned(), count)), most)
        };
        let names = counted.pairs.iter().filter(|((name, _), _)| name == NAME);
        let pairs = counted.pairs.iter().map(|((name, value), count)| (format!("{name}={value}"), *count));
        Ok(answers::value(&json!({
            "headStats": {
                "numSeries": counted.series, "numLabelPairs": counted.pairs.len(), "chunkCount": 0,
                "minTime": counted.first_day * DAY_MS, "maxTime": i64::from(seen.last_day()) * DAY_MS,
            },
            "seriesCountByMetricName": ranked(names.map(|((_, value), count)| (value.clone(), *count)), most),
            "labelValueCountByLabelName": named(values),
            "memoryInBytesByLabelName": named(bytes),
            "seriesCountByLabelValuePair": ranked(pairs, most),
        })))
    })
    .await
}

/// What there is: series, pairs of labels and values with the number of series that have them, and the first day.
#[derive(Default)]
struct Counted {
    series: usize,
    pairs: BTreeMap<(String, String), usize>,
    first_day: i64,
}

impl Counted {
    fn of(seen: &SeenSeries) -> Result<Counted, Refusal> {
        let mut counted = Counted { first_day: i64::from(seen.last_day()), ..Counted::default() };
        seen.each(&[], |series| {
            counted.series += 1;
            let begins = series.changes.first().map_or(i64::MAX, |change| i64::from(change.day));
            counted.first_day = counted.first_day.min(begins);
            for (name, value) in series.labels.iter() {
                *counted.pairs.entry((name.to_owned(), value.to_owned())).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(counted)
    }
}

/// Writes the names with the highest numbers.
fn ranked(all: impl Iterator<Item = (String, usize)>, most: usize) -> Value {
    let mut all: Vec<(String, usize)> = all.collect();
    all.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    all.into_iter().take(most).map(|(name, value)| json!({ "name": name, "value": value })).collect()
}
