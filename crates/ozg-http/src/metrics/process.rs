//! Metrics of the process, by the Prometheus library: requests, commits, the build.

use axum::http::{Method, StatusCode};
use prometheus::{Encoder, Histogram, HistogramOpts, HistogramVec, IntGaugeVec, Opts, Registry, TextEncoder};

/// Upper bounds of the durations of requests, in seconds.
const REQUEST_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Upper bounds of the durations of commits, in seconds.
const COMMIT_SECONDS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The counters of the process.
pub(crate) struct Counters {
    registry: Registry,
    requests: Option<HistogramVec>,
    commits: Option<Histogram>,
}

impl Counters {
    /// Makes the counters. Registering a counter cannot fail, since all names are fixed; one that did would be missing.
    pub(crate) fn new() -> Counters {
        let registry = Registry::new();
        let requests = HistogramOpts::new(
            "ozg_http_request_duration_seconds",
            "Time until a request was answered, by route template.",
        );
        let requests =
            HistogramVec::new(requests.buckets(REQUEST_SECONDS.to_vec()), &["route", "method", "status"]);
        let commits =
            HistogramOpts::new("ozg_log_commit_duration_seconds", "Time until a commit was durable.");
        let commits = Histogram::with_opts(commits.buckets(COMMIT_SECONDS.to_vec()));
        let build = IntGaugeVec::new(Opts::new("ozg_build_info", "The running release."), &["version"]);
        let registered = |collector: Box<dyn prometheus::core::Collector>| drop(registry.register(collector));
        requests.iter().for_each(|family| registered(Box::new(family.clone())));
        commits.iter().for_each(|family| registered(Box::new(family.clone())));
        if let Ok(build) = &build {
            build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
            registered(Box::new(build.clone()));
        }
        Counters { requests: requests.ok(), commits: commits.ok(), registry }
    }

    /// Counts a request. The route is a template such as `/v1/series/{file}` and the method a known one, so that the number
    /// of labels is bounded.
    pub(crate) fn request(&self, route: &str, method: &Method, status: StatusCode, seconds: f64) {
        let known = [Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS];
        let method = if known.contains(method) { method.as_str() } else { "other" };
        if let Some(requests) = &self.requests {
            requests.with_label_values(&[route, method, status.as_str()]).observe(seconds);
        }
    }

    /// Writes the families, after counting the commits since the previous scrape.
    pub(super) fn text(&self, commits: Vec<f64>) -> String {
        if let Some(histogram) = &self.commits {
            commits.into_iter().for_each(|seconds| histogram.observe(seconds));
        }
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "the metrics of the process cannot be written");
        }
        String::from_utf8(text).unwrap_or_default()
    }
}
