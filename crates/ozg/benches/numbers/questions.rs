//! Questions to the imported log, in process.

use crate::import::record;
use crate::measured::{Table, options, quantiles, timed};
use ozg_core::event::Draft;
use ozg_core::measure::Measure;
use ozg_core::query::{Query, Viewpoint};
use ozg_core::time::berlin_day;
use ozg_core::words::{Basis, Day, Position};
use ozg_http::message::{Body, Request, to_bytes};
use ozg_http::{App, Config};
use ozg_tracker::Tracker;
use std::path::Path;
use std::time::Duration;
use tower::ServiceExt;

const RUNS: usize = 500;
/// Writes with a scrape after each.
pub(crate) const SCRAPES: usize = 50;

/// Asks for the authorities where something is live, by area and month, 2017 to 2026.
pub(crate) fn reuses_by_area() -> Query {
    let mut query = Query::new(Measure::Reuses);
    query.bases = vec![Basis::Counted];
    query.from = Day::from_ymd(2017, 1, 1);
    query.to = Day::from_ymd(2026, 12, 31);
    query
}

pub(crate) fn run(folder: &Path, table: &mut Table) {
    let tracker = Tracker::open(folder, options()).expect("the log");
    let state = tracker.state();
    let head = state.batch_until(state.head()).expect("a batch");
    let today = berlin_day(head.recorded_at_ms);
    let mut ask = |what: &str, aim: &str, query: &Query| {
        let mut times: Vec<Duration> = Vec::new();
        let mut rows = 0;
        for _ in 0..RUNS {
            let (count, time) = timed(|| state.series(query, today).expect("an answer").rows().count());
            rows = count;
            times.push(time);
        }
        let (median, slowest) = quantiles(&mut times);
        table.row(what, format!("{median:.1?} / {slowest:.1?} ({rows} rows)"), aim);
    };
    let mut query = reuses_by_area();
    ask("series: 17 areas by month, at head, median / 99 %", "≤ 100 µs", &query);
    query.viewpoint = Viewpoint::Position(Position::new(state.head().get() / 2));
    ask("series: the same, as of the middle", "≤ 200 µs", &query);
    query.viewpoint = Viewpoint::Head;
    query.measure = Measure::ServicesLaunched;
    ask("series: services_launched, at head", "", &query);
    tracker.close();
}

/// Scrapes through the router, without a network between: after a write, and where nothing is new.
pub(crate) fn scrape(folder: &Path, rest: Vec<Draft>, table: &mut Table) {
    let tracker = Tracker::open(folder, options()).expect("the log");
    let config = Config { now: crate::measured::now_ms, ..Config::default() };
    let router = ozg_http::router(App { tracker: tracker.clone(), config });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let (mut news, mut again): (Vec<Duration>, Vec<Duration>) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for draft in rest.into_iter().take(SCRAPES) {
        record(&tracker, vec![draft]);
        for times in [&mut news, &mut again] {
            let request = Request::get("/metrics").body(Body::empty()).expect("a request");
            let scraping = async {
                let response = router.clone().oneshot(request).await.expect("an answer");
                to_bytes(response.into_body(), usize::MAX).await.expect("a body")
            };
            let (body, time) = timed(|| runtime.block_on(scraping));
            bytes = body.len();
            times.push(time);
        }
    }
    for (what, mut times) in [("after a write", news), ("where nothing is new", again)] {
        let (median, slowest) = quantiles(&mut times);
        let value = format!("{median:.1?} / {slowest:.1?} ({bytes} bytes)");
        table.row(&format!("scrape: /metrics {what}, median / 99 %"), value, "≤ 10 ms");
    }
    tracker.close();
}
