//! `/prometheus/api/v1/…`: the query API of Prometheus over the whole history, and under `/prometheus/as-of/…` the same
//! at an earlier data state. docs/prometheus.md explains both, and where they differ from Prometheus.

mod answers;
mod ask;
mod export;
mod federate;
mod metadata;
mod queries;
mod refusal;
mod source;
mod standard;
pub(crate) mod store;
mod viewpoint;

pub(crate) use export::{MEDIA_TYPE as OPENMETRICS_TYPE, SAMPLES, samples};
pub(crate) use federate::federate;
pub(crate) use metadata::{build_info, exemplars, format, metadata, rules};
pub(crate) use queries::{label_names, label_values, query, query_range, series};
pub(crate) use refusal::Refusal;
pub(crate) use standard::{
    alerts, config, flags, healthy, ready, root, runtime_info, scrape_pools, targets, tsdb,
};
